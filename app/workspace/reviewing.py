"""Review in a workspace: begun over submitted layers, opened, brought up to what its layers have become."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from app.domain.changes import Change, Edit, Stored
from app.domain.contents import Contents
from app.domain.decisions import Decision
from app.domain.errors import ConflictError, UserError
from app.domain.layer_moves import MOVES, MoveName, checked, edit_refusal, moved
from app.domain.people import Person
from app.domain.reports import Layer, LayerState, reviewed_layer_id
from app.domain.tasks import Dismissal, Tag, Task
from app.review import Review, build
from db import changes, marks, reports, talk
from db.engine import Store
from db.faults import CONFLICT
from db.log import Author

MISSING = "复核所依据的标注不全在这个工作区里。请先导入缺少的交接包。"


def start(
    store: Store, author: Author, person: Person | None, report_id: str, base_ids: Sequence[str]
) -> Layer:
    """The reviewed layer of one or two submitted layers, made if it is not there; its bases are then in review.

    One logged transaction. UserError where this person may not review them, or there is nothing to review.
    """
    with store.writing() as connection:
        layers = {layer.id: layer for layer in reports.layers(connection, report_id)}
        bases = _bases(layers, base_ids)
        layer_id = reviewed_layer_id(report_id, (base.id for base in bases))
        stored, at = layers.get(layer_id), datetime.now(UTC)
        elsewhere = {name for one in layers.values() for name in one.base_ids if stored is None}
        if stored is not None and stored.state is LayerState.FINAL:
            return stored
        edits = [Edit(base, _taken_up(base, person, at, is_free=base.id not in elsewhere)) for base in bases]
        began = _begun(stored, layer_id, report_id, bases, author, at)
        _check(person, began, bases)
        first, second = _sides(connection, bases)
        if stored is None:
            made = build(began, first, second, ())
            things: tuple[Stored, ...] = (began, *made.tasks, *made.tags, *made.dismissals)
            edits += [Edit(None, thing) for thing in things]
        elif stored != began:
            edits.append(Edit(stored, began))
        wanted = tuple(edit for edit in edits if edit.before != edit.after)
        done = changes.apply(connection, Change(MOVES[MoveName.TAKE_UP].words, report_id, wanted), author)
        found = (e.after for e in done.edits if isinstance(e.after, Layer) and e.id == layer_id)
        return next(found, stored or began)


def opened(store: Store, author: Author, person: Person | None, layer: Layer) -> Review:
    """A review as it stands; F is written again where its layers or decisions came to something else meanwhile.

    Only by one who may decide on it, and never when it is final. UserError where a base is not here.
    """
    with store.reading() as connection:
        review = read(connection, layer)
        layers = reports.layers(connection, layer.report_id)
    merging = None if edit_refusal(person, layer, layers) else review.merging()
    if merging is None:
        return review
    with store.writing() as connection:
        review = read(connection, layer)  # another window may have been quicker
        merging = review.merging()
        if merging is not None:
            review.apply(changes.apply(connection, merging, author))
    return review


def read(connection: Connection, layer: Layer) -> Review:
    """A reviewed layer with its bases and decisions, as stored. UserError where a base is not here."""
    by_id = reports.layers_by_id(connection, (*layer.base_ids, layer.id))
    if any(base_id not in by_id for base_id in layer.base_ids):
        raise UserError(MISSING)
    bases = [by_id[base_id] for base_id in layer.base_ids]
    first, second = _sides(connection, bases)
    final = marks.contents(connection, by_id.get(layer.id, layer))
    return Review(first, second, final, talk.decisions(connection, layer.id))


def completed(connection: Connection, person: Person, change: Change, layers: Sequence[Layer]) -> Change:
    """A hand edit of a reviewed layer with the decisions that it means; any other change as it is.

    `layers` are those that the change touches. ConflictError where it was made on something that has changed.
    """
    final = next((layer for layer in layers if layer.is_reviewed), None)
    things = [edit.after or edit.before for edit in change.edits]
    is_by_hand = any(isinstance(thing, Task | Tag | Dismissal) for thing in things)
    if final is None or not is_by_hand or any(isinstance(thing, Decision) for thing in things):
        return change
    review = read(connection, final)
    _refuse_stale(review.final, change)
    return review.completed(change, person, datetime.now(UTC))


def _refuse_stale(final: Contents, change: Change) -> None:
    """What an edit was made on must stand: what is written instead of it would not tell."""
    things: tuple[Stored, ...] = (*final.tasks, *final.tags, *final.dismissals)
    standing: dict[str, Stored | None] = {thing.id: thing for thing in things}
    for edit in change.edits:
        stands = standing.get(edit.id)
        if (stands and replace(stands, version=0)) != (edit.before and replace(edit.before, version=0)):
            raise ConflictError(CONFLICT)
        standing[edit.id] = edit.after


def _bases(layers: dict[str, Layer], base_ids: Sequence[str]) -> list[Layer]:
    """One or two annotators' layers, the one begun first as the first side."""
    wanted = dict.fromkeys(base_ids)
    found = [layers[base_id] for base_id in wanted if base_id in layers and not layers[base_id].is_reviewed]
    if len(found) < len(wanted) or not 1 <= len(found) <= 2:
        raise UserError("请选一份或两份已提交的标注来复核。")
    return sorted(found, key=lambda base: (base.created or datetime.min.replace(tzinfo=UTC), base.id))


def _taken_up(base: Layer, person: Person | None, at: datetime, *, is_free: bool) -> Layer:
    """A base as it is in review. One that is in review already must not be so in another one."""
    if base.state is LayerState.IN_REVIEW and is_free:
        return base
    move = MOVES[MoveName.TAKE_UP]
    checked(move, person, base, (), "")
    return moved(move, base, at)


def _begun(
    stored: Layer | None, layer_id: str, report_id: str, bases: list[Layer], author: Author, at: datetime
) -> Layer:
    """The reviewed layer as it is once its review goes on."""
    if stored is not None:
        return replace(stored, state=LayerState.IN_REVIEW)
    return Layer(
        layer_id,
        report_id,
        author.name,
        LayerState.IN_REVIEW,
        at,
        author.person_id,
        tuple(base.id for base in bases),
    )


def _check(person: Person | None, layer: Layer, bases: list[Layer]) -> None:
    words = edit_refusal(person, layer, bases)
    if words:
        raise UserError(words)


def _sides(connection: Connection, bases: Sequence[Layer]) -> tuple[Contents, Contents | None]:
    first, *second = (marks.contents(connection, base) for base in bases)
    return first, second[0] if second else None
