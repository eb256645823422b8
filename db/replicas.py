"""A report's scopes as they travel: what stands with what wrote it, and a merge's result put in its place."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from app.domain import codec
from app.domain.changes import Edit, OfReport, Stored
from app.domain.comments import Comment
from app.domain.contents import Contents
from app.domain.decisions import Decision
from app.domain.judged import Verdict, YearGoal
from app.domain.people import Person
from app.domain.progress import Progress
from app.domain.reports import ReportCard
from app.domain.task_moves import TaskMove
from app.domain.units import Unit
from db import changes, dots, log, marks, office, people, reports, supervision, tables, talk
from db.dots import OFFICE, Dot, Key, Sibling
from db.log import Author

Payload = Contents | Comment | Decision | Unit | Person | ReportCard | OfReport
"""A version of an object: a layer with everything in it, else the object itself."""

KINDS: Mapping[str, type[Payload]] = {
    "layer": Contents,
    "comment": Comment,
    "decision": Decision,
    "unit": Unit,
    "person": Person,
    "report": ReportCard,
    "progress": Progress,
    "task_move": TaskMove,
    "verdict": Verdict,
    "year_target": YearGoal,
}
_NAMES = {kind: name for name, kind in KINDS.items()}
_chain, _log = tables.chain, tables.change_log
_own = select(_chain.c.id)
_written = select(_log.c.who, _log.c.at).where(
    _log.c.chain == bindparam("its_chain"),
    _log.c.position == bindparam("its_position"),
    _log.c.is_redacted.is_(False),
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What stands in a scope, what wrote each, what waits beside, and how far each chain was seen.

    An object without dots is one that nobody wrote; a key with dots and no object is a removal that is remembered.
    """

    objects: Mapping[Key, Payload]
    dots: Mapping[Key, frozenset[Dot]]
    siblings: tuple[Sibling, ...]
    context: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an object is to stand: what is shown before and after, what wrote it, and what waits beside."""

    key: Key
    before: Payload | None
    after: Payload | None
    dots: frozenset[Dot]
    waiting: tuple[Sibling, ...] = ()


def scope(connection: Connection, name: str, report_id: str) -> Scope:
    """What stands in a scope: the office's, the report's own, or that of one of its layers."""
    found: dict[Key, Payload] = {}
    for thing in _objects(connection, name, report_id):
        its_id = thing.layer.id if isinstance(thing, Contents) else thing.id
        found[Key(name, _NAMES[type(thing)], its_id)] = thing
    return Scope(
        found, dots.dots(connection, name), dots.siblings(connection, name), dots.context(connection, name)
    )


def _objects(connection: Connection, name: str, report_id: str) -> Iterator[Payload]:
    if name == OFFICE:
        yield from people.people(connection)
        yield from office.units(connection)
    elif name == report_id:
        yield from (card for card in reports.cards(connection) if card.id == name)
        yield from supervision.of_report(connection, name)
    else:
        for layer in reports.layers_by_id(connection, [name]).values():
            yield marks.contents(connection, layer)
        yield from (c for c in talk.comments(connection, report_id) if c.layer_id == name)
        yield from talk.decisions(connection, name)


def own_chains(connection: Connection) -> frozenset[str]:
    """The chains that were written in this file, or in what it is a copy of."""
    return frozenset(connection.execute(_own).scalars())


def writer(connection: Connection, dot: Dot) -> tuple[str, datetime | None]:
    """Who wrote an entry of the log, and when; "" and None where it has not come here, or only its hash."""
    row = connection.execute(_written, {"its_chain": dot.chain, "its_position": dot.position}).first()
    return (row[0], row[1]) if row is not None else ("", None)


def payload_of(sibling: Sibling) -> Payload | None:
    """A version that waits; None where it is a removal."""
    if sibling.payload is None:
        return None
    return codec.decode(KINDS[sibling.key.kind], json.loads(sibling.payload))


def sibling(key: Key, dot: Dot, payload: Payload | None, origin: str) -> Sibling:
    """A version that is to wait for a person's decision; `origin` says for people where it came from."""
    text = None if payload is None else json.dumps(codec.encode(payload), ensure_ascii=False)
    return Sibling(key, dot, text, origin)


def put(
    connection: Connection, outcomes: Iterable[Outcome], contexts: Mapping[str, Mapping[str, int]]
) -> None:
    """Let objects stand as a merge has them, and what it has seen of each scope be seen here.

    Nothing is logged: the records that came with it tell who wrote it.
    """
    outcomes = tuple(outcomes)
    changes.written(connection, tuple(e for o in outcomes for e in edits(o.before, o.after)))
    for outcome in outcomes:
        dots.put(connection, outcome.key, outcome.dots)
        dots.put_siblings(connection, outcome.key, outcome.waiting)
    for name, seen in contexts.items():
        dots.widen(connection, name, seen)


def decide(connection: Connection, author: Author, outcome: Outcome, label: str, report_id: str) -> None:
    """Let a person's choice stand: a version that knows all the others, of which none waits any more."""
    dots.put_siblings(connection, outcome.key, ())
    done = changes.written(connection, edits(outcome.before, outcome.after))
    head = log.append(connection, author, label, report_id, done)
    is_there = outcome.after is not None or outcome.key.kind in dots.REMEMBERED
    dots.put(connection, outcome.key, [Dot(head.chain, head.position)] if is_there else ())


def edits(before: Payload | None, after: Payload | None) -> tuple[Edit, ...]:
    """What makes one version of an object of another. Of a reviewed layer only the layer is anybody's word."""
    return _differences(_parts(before), _parts(after))


Parts = Mapping[tuple[type, str], Stored]
"""What is stored of a version, by class and id."""


def _differences(old: Parts, new: Parts) -> tuple[Edit, ...]:
    pairs = ((old.get(place), new.get(place)) for place in {**new, **old})
    return tuple(Edit(a, b) for a, b in pairs if a is None or b is None or replace(b, version=a.version) != a)


def _parts(payload: Payload | None) -> Parts:
    if payload is None:
        return {}
    if not isinstance(payload, Contents):
        return {(type(payload), payload.id): payload}
    layer = payload.layer
    return {(type(layer), layer.id): layer, **({} if layer.is_reviewed else _held(payload))}


def _held(contents: Contents) -> Parts:
    things: tuple[Stored, ...] = (*contents.tasks, *contents.tags, *contents.dismissals)
    return {(type(thing), thing.id): thing for thing in things}
