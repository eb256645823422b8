"""What was changed in two places without knowing of each other: listed, and decided by a person."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.domain.contents import Contents
from app.domain.errors import ConflictError, UserError
from app.domain.layer_moves import NOBODY, is_visible
from app.domain.people import ROLE_NAMES, Person, PersonRole
from app.domain.reports import Layer, LayerState
from app.exchange.merging import Dot, Key, Replica, Standing
from app.exchange.package import Package
from app.exchange.payloads import DECISION, LAYER, OFFICE, PERSON, Payload
from app.exchange.summary import Conflict
from app.exchange.telling import Writer, conflict, stands
from app.workspace import rebuilding
from app.workspace.scopes import held, local
from db import dots, replicas, reports
from db.engine import Store
from db.log import Author
from db.replicas import Outcome

GONE = "这处冲突已经有了变化，没有改动。请刷新后再看。"
LABEL = "处理冲突：{about}"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An object that waits for a person, and what is told of it. `layer` is the layer it belongs to, if any."""

    key: dots.Key
    standing: Standing[Payload]
    layer: Layer | None
    conflict: Conflict


def every(store: Store, person: Person | None) -> tuple[Conflict, ...]:
    """All that waits for a person to choose, of what this one may see."""
    with store.reading() as connection:
        return tuple(waiting.conflict for waiting in _every(connection, person))


def resolve(store: Store, author: Author, person: Person | None, named: str, take: int) -> None:
    """Let one side of a conflict stand, by its place in `Conflict.sides`. UserError where that may not be."""
    with store.writing() as connection:
        found = next((w for w in _every(connection, person) if w.conflict.id == named), None)
        if found is None or not 0 <= take < len(found.conflict.sides):
            raise ConflictError(GONE)
        words = refusal(connection, person, found)
        if words:
            raise UserError(words)
        report_id = found.conflict.report_id
        stored = held(connection, [found.key.scope], report_id)[found.key.scope].stored.objects.get(found.key)
        chosen = (found.standing.current, *found.standing.others)[take].payload
        outcome = Outcome(found.key, stored, local(chosen, stored), frozenset())
        replicas.decide(connection, author, outcome, LABEL.format(about=found.conflict.about), report_id)
        if found.key.scope == OFFICE:
            reports.forget_suggestions(connection)
        else:
            rebuilding.build_again(connection, author, report_id, [found.key.scope])


def after_merge(
    connection: Connection,
    person: Person | None,
    package: Package,
    merged: Mapping[str, Replica[Payload]],
    own: Collection[str],
) -> tuple[Conflict, ...]:
    """What will wait when a merge of these scopes, of which the office's is always one, has been written."""
    report_id = package.card.id
    scopes = {**_stored(connection, report_id), **merged}
    layers = {layer.id: layer for layer in reports.layers(connection, report_id)}
    for name, replica in merged.items():
        how = stands(replica, own).get(Key(LAYER, name))
        if how is not None and isinstance(how.current.payload, Contents):
            layers[name] = how.current.payload.layer
    found = _waiting(scopes, report_id, layers, own, _writer(connection, package))
    return tuple(waiting.conflict for waiting in found if _is_shown(waiting, person, layers))


def refusal(connection: Connection, person: Person | None, waiting: Waiting) -> str:
    """Why a person may not decide a conflict, as a Chinese sentence; "" where they may."""
    if person is None:
        return NOBODY
    layer = waiting.layer
    roles: tuple[PersonRole, ...] = ()
    if waiting.key.kind == PERSON:
        roles = (PersonRole.COORDINATOR,)
    elif (
        waiting.key.kind in (LAYER, DECISION)
        and layer is not None
        and (layer.person_id != person.id or _is_final(waiting))
    ):
        roles = (PersonRole.REVIEWER, PersonRole.COORDINATOR)
    if layer is not None and layer.is_reviewed:
        bases = reports.layers_by_id(connection, layer.base_ids).values()
        if person.id in {base.person_id for base in bases}:
            return "不能复核自己的标注，请由别的复核人处理这处冲突。"
    if roles and not any(person.is_a(role) for role in roles):
        return f"这处冲突要由{'或'.join(ROLE_NAMES[role] for role in roles)}来定，{person.name}不是。"
    return ""


def _is_final(waiting: Waiting) -> bool:
    """Whether one of the sides was made final: its author alone does not take that back."""
    sides = (waiting.standing.current, *waiting.standing.others)
    return any(isinstance(s.payload, Contents) and s.payload.layer.state is LayerState.FINAL for s in sides)


def _every(connection: Connection, person: Person | None) -> Iterator[Waiting]:
    """All that waits in the store and that this person may see: the office's first, then report by report."""
    own, writer = replicas.own_chains(connection), _writer(connection)
    office = {name: each.replica for name, each in held(connection, _open(connection, [OFFICE]), "").items()}
    yield from _waiting(office, "", {}, own, writer)
    for card in reports.cards(connection):
        layers = {layer.id: layer for layer in reports.layers(connection, card.id)}
        for waiting in _waiting(_stored(connection, card.id), card.id, layers, own, writer):
            if _is_shown(waiting, person, layers):
                yield waiting


def _is_shown(waiting: Waiting, person: Person | None, layers: Mapping[str, Layer]) -> bool:
    return waiting.layer is None or is_visible(waiting.layer, person, layers.values())


def _waiting(
    scopes: Mapping[str, Replica[Payload]],
    report_id: str,
    layers: Mapping[str, Layer],
    own: Collection[str],
    writer: Writer,
) -> Iterator[Waiting]:
    for name, replica in scopes.items():
        owner = "" if name == OFFICE else report_id
        for key, how in sorted(stands(replica, own).items()):
            if how.others:
                told = conflict(name, owner, key, how, writer)
                yield Waiting(dots.Key(name, *key), how, layers.get(name), told)


def _stored(connection: Connection, report_id: str) -> dict[str, Replica[Payload]]:
    """Those scopes of a report in which something waits."""
    names = [report_id, *(layer.id for layer in reports.layers(connection, report_id))]
    return {
        name: each.replica for name, each in held(connection, _open(connection, names), report_id).items()
    }


def _open(connection: Connection, names: Iterable[str]) -> list[str]:
    waiting = {sibling.key.scope for sibling in dots.siblings(connection) if sibling.payload is not None}
    return [name for name in names if name in waiting]


def _writer(connection: Connection, package: Package | None = None) -> Writer:
    """Who wrote what, by the log here, and by that of a package that has not come in yet."""

    def written(dot: Dot) -> tuple[str, datetime | None]:
        who, at = replicas.writer(connection, dots.Dot(*dot))
        links = package.chains.get(dot.chain, ()) if package is not None else ()
        body = links[dot.position - 1].body if at is None and dot.position <= len(links) else None
        return (body["who"], datetime.fromisoformat(body["at"])) if body is not None else (who, at)

    return written
