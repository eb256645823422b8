"""Which entry of the log wrote what stands, and how far each chain has been seen: what merging goes by.

A scope is what travels together: "office" (people and units), a report's id (its card, and what was reported on and
decided about its tasks), a layer's id (the layer with its comments and decisions). An annotator's layer is one object,
its tasks, tags and dismissals included; of a reviewed one only the layer itself is, since its contents are made of its
bases and the decisions.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from app.domain.changes import Edit, Stored
from app.domain.comments import Comment
from app.domain.decisions import Decision
from app.domain.judged import Verdict, YearGoal
from app.domain.people import Person
from app.domain.progress import Progress
from app.domain.reports import Layer, ReportCard
from app.domain.task_moves import TaskMove
from app.domain.units import Unit
from db import tables
from db.log import LENGTH, Head

OFFICE = "office"
OF_REPORT = {Progress: "progress", TaskMove: "task_move", Verdict: "verdict", YearGoal: "year_target"}
"""Kinds that belong to a report and to no layer."""

REMEMBERED = ("unit", "layer")
"""Kinds whose removal keeps what wrote it: elsewhere a unit that was removed here may stand as nobody wrote it."""


class Key(NamedTuple):
    """An object as merging knows it: `kind` is person, unit, report, layer, comment, decision or one of OF_REPORT."""

    scope: str
    kind: str
    id: str


class Dot(NamedTuple):
    """An entry of a chain; positions count from 1."""

    chain: str
    position: int


class Sibling(NamedTuple):
    """A version that waits for a person's decision. `payload` is its JSON, None where it is a removal."""

    key: Key
    dot: Dot
    payload: str | None
    origin: str


_dot, _context, _sibling = tables.dot, tables.context, tables.sibling
_chain = tables.chain
_is_it = (
    _dot.c.scope == bindparam("its_scope"),
    _dot.c.kind == bindparam("its_kind"),
    _dot.c.object_id == bindparam("its_id"),
)
_forget = delete(_dot).where(*_is_it)
_insert = insert(_dot)
_scope = bindparam("scope", type_=_dot.c.scope.type)


def key_of(thing: Stored, reviewed: Iterable[str] = ()) -> Key | None:
    """The object that a change of this thing is a new version of; None for what a reviewed layer holds.

    `reviewed` are the ids of reviewed layers.
    """
    if isinstance(thing, Person | Unit):
        return Key(OFFICE, "person" if isinstance(thing, Person) else "unit", thing.id)
    if isinstance(thing, ReportCard):
        return Key(thing.id, "report", thing.id)
    if isinstance(thing, Progress | TaskMove | Verdict | YearGoal):
        return Key(thing.report_id, OF_REPORT[type(thing)], thing.id)
    if isinstance(thing, Layer):
        return Key(thing.id, "layer", thing.id)
    if isinstance(thing, Comment | Decision):
        return Key(thing.layer_id, "comment" if isinstance(thing, Comment) else "decision", thing.id)
    return None if thing.layer_id in reviewed else Key(thing.layer_id, "layer", thing.layer_id)


def stamp(connection: Connection, edits: Iterable[Edit], head: Head, reviewed: Iterable[str] = ()) -> None:
    """Let an entry be what wrote these objects; what it took away has no version any more."""
    written: dict[Key, bool] = {}
    for edit in edits:
        thing = edit.after or edit.before
        key = None if thing is None else key_of(thing, reviewed)
        if key is not None:
            # of a layer, what it holds comes and goes, but the layer stays
            written[key] = edit.after is not None or key.kind in REMEMBERED
    if not written:
        return
    connection.execute(_forget, [_its(key) for key in written])
    rows = [_row(key, Dot(head.chain, head.position)) for key, is_there in written.items() if is_there]
    if rows:
        connection.execute(_insert, rows)


def dots(connection: Connection, scope: str) -> dict[Key, frozenset[Dot]]:
    """What wrote the objects of a scope that stand; one that nobody wrote (a seed) is not in it."""
    found: dict[Key, set[Dot]] = {}
    for row in connection.execute(select(*_dot.c).where(_dot.c.scope == _scope), {"scope": scope}):
        found.setdefault(Key(*row[:3]), set()).add(Dot(*row[3:]))
    return {key: frozenset(own) for key, own in found.items()}


def put(connection: Connection, key: Key, own: Iterable[Dot]) -> None:
    """Let these be what wrote an object; none for one that is gone."""
    connection.execute(_forget, _its(key))
    rows = [_row(key, dot) for dot in own]
    if rows:
        connection.execute(_insert, rows)


def context(connection: Connection, scope: str) -> dict[str, int]:
    """How far each chain has been seen in a scope: everything up to that position.

    Of chains that were written in this file, or in what it is a copy of, everything in it has been seen.
    """
    written = func.coalesce(_chain.c.seen, LENGTH, 0)
    seen: dict[str, int] = {row[0]: row[1] for row in connection.execute(select(_chain.c.id, written))}
    for chain, position in connection.execute(
        select(_context.c.chain, _context.c.position).where(_context.c.scope == _scope), {"scope": scope}
    ):
        seen[chain] = max(position, seen.get(chain, 0))
    return {chain: position for chain, position in seen.items() if position}


def widen(connection: Connection, scope: str, seen: Mapping[str, int]) -> None:
    """Add what a package has seen of a scope to what is seen here."""
    known = context(connection, scope)
    fresh = {chain: position for chain, position in seen.items() if position > known.get(chain, 0)}
    for chain, position in fresh.items():
        place = (_context.c.scope == scope) & (_context.c.chain == chain)
        if not connection.execute(update(_context).where(place).values(position=position)).rowcount:
            connection.execute(insert(_context), {"scope": scope, "chain": chain, "position": position})


def siblings(connection: Connection, scope: str | None = None) -> tuple[Sibling, ...]:
    """The versions that wait for a decision, of one scope or of all."""
    chosen = select(*_sibling.c).order_by(*_sibling.c)
    if scope is not None:
        chosen = chosen.where(_sibling.c.scope == scope)
    return tuple(Sibling(Key(*row[:3]), Dot(*row[3:5]), row[5], row[6]) for row in connection.execute(chosen))


def put_siblings(connection: Connection, key: Key, waiting: Iterable[Sibling]) -> None:
    """Let these be the versions of an object that wait; none when a person has decided."""
    its = (_sibling.c.scope == key.scope, _sibling.c.kind == key.kind, _sibling.c.object_id == key.id)
    connection.execute(delete(_sibling).where(*its))
    rows = [{**_row(key, s.dot), "payload": s.payload, "origin": s.origin} for s in waiting]
    if rows:
        connection.execute(insert(_sibling), rows)


def waiting(connection: Connection, keys: Iterable[Key]) -> set[Key]:
    """Those of some objects that have siblings."""
    return {key for key in keys if connection.execute(_any_sibling, _its(key)).first() is not None}


_any_sibling = (
    select(_sibling.c.chain)
    .where(
        _sibling.c.scope == bindparam("its_scope"),
        _sibling.c.kind == bindparam("its_kind"),
        _sibling.c.object_id == bindparam("its_id"),
        _sibling.c.payload.is_not(None),  # a removal stands back behind what was written beside it
    )
    .limit(1)
)


def _its(key: Key) -> dict[str, str]:
    return {"its_scope": key.scope, "its_kind": key.kind, "its_id": key.id}


def _row(key: Key, dot: Dot) -> dict[str, object]:
    return {
        "scope": key.scope,
        "kind": key.kind,
        "object_id": key.id,
        "chain": dot.chain,
        "position": dot.position,
    }
