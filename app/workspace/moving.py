"""The moves of a layer: submitted, taken up, returned, made final, opened again."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4, uuid5

from sqlalchemy import Connection

from app.domain.changes import Change, Edit
from app.domain.comments import Comment
from app.domain.decisions import FIELD_NAMES, Choice, Decision
from app.domain.errors import UserError
from app.domain.layer_moves import MOVES, MoveName, checked, moved
from app.domain.people import Person
from app.domain.reports import Layer, LayerState
from app.domain.revisions import UNSETTLED, notes
from app.domain.spans import Span
from app.workspace.layers import fresh_layer, move_refusal
from db import changes, marks, reports
from db.log import Author

NOWHERE = 1 << 40
"""Where what has no place in the text begins."""
LOCKED = frozenset({LayerState.SUBMITTED, LayerState.RETURNED})
"""Where a base may stand besides when review is made final: nobody corrects it behind what is final."""


def move(
    connection: Connection,
    person: Person | None,
    author: Author,
    name: MoveName,
    layer_id: str,
    reason: str = "",
) -> Change:
    """Make a move in the open transaction; a reviewed layer takes its bases along. UserError where it is refused.

    What is returned leaves its reason as a comment on each layer that its author is to look at again, and beside it
    each difference that was given back, on its task: the author has one list to go through.
    """
    rule = MOVES[name]
    layer = _layer(connection, person, layer_id)
    layers = reports.layers(connection, layer.report_id)
    words = move_refusal(name, person, layer, layers)
    if words:
        raise UserError(words)
    bases = [base for base in layers if base.id in layer.base_ids]
    checked(rule, person, layer, bases, reason)
    if name is MoveName.FINALISE and layer.is_reviewed:
        _finish(connection, author, layer)
    if name is MoveName.SUBMIT:
        _refuse_unsettled(connection, layer)
    at = datetime.now(UTC)
    taken = rule.sources | (LOCKED if name is MoveName.FINALISE else frozenset())
    going = [layer, *(base for base in bases if base.state in taken)]
    edits = [_edit(each, moved(rule, each, at)) for each in going]
    if name is MoveName.RETURN and person is not None:
        for each in going:
            if not each.is_reviewed:
                edits += [Edit(None, _said(each, person, reason, at)), *_points(connection, each, layers)]
    words = f"{rule.words}：{reason.strip()}" if reason.strip() else rule.words
    return changes.apply(connection, Change(words, layer.report_id, tuple(edits)), author)


def _points(connection: Connection, base: Layer, layers: Iterable[Layer]) -> Iterator[Edit]:
    """What review gives back of a layer, difference by difference, as comments on its tasks; each is said once."""
    from app.workspace import reviewing
    from db import talk

    said = {comment.id for comment in talk.comments(connection, base.report_id)}
    for final in layers:
        if base.id not in final.base_ids or not set(final.base_ids) <= {layer.id for layer in layers}:
            continue
        review = reviewing.read(connection, final)
        sides = {pair.key: (pair.first, pair.second)[final.base_ids.index(base.id)] for pair in review.pairs}
        for difference in review.differences:
            decision = difference.decision
            if decision is not None and decision.choice is Choice.RETURNED:
                tasks = [entry.task.id for entry in sides.get(difference.pair_key, ())]
                point = _point(base, decision, tasks[0] if tasks else "", difference.start)
                if point.id not in said:
                    yield Edit(None, point)


def _point(base: Layer, decision: Decision, task_id: str, start: int) -> Comment:
    return Comment(
        id=str(uuid5(UUID(decision.id), f"{base.id}/{decision.at.isoformat()}")),
        report_id=base.report_id,
        layer_id=base.id,
        task_id=task_id,
        span=None if task_id or start >= NOWHERE else Span(start, start + 1),
        text=f"{FIELD_NAMES[decision.field]}：{decision.reason}",
        person_id=decision.person_id,
        who=decision.who,
        at=decision.at,
    )


def _finish(connection: Connection, author: Author, layer: Layer) -> None:
    """What is made final has an answer to every difference between what its bases are now, and is made of these."""
    from app.workspace import reviewing

    review = reviewing.read(connection, layer)
    if not review.is_finished:
        count = sum(difference.is_open for difference in review.differences)
        raise UserError(f"还有{count}处差异没有裁决，不能定稿。请逐条处理后再定稿。")
    merging = review.merging()
    if merging is not None:
        changes.apply(connection, merging, author)


def _refuse_unsettled(connection: Connection, layer: Layer) -> None:
    """What a new version of the report changed has been looked at before others build on it."""
    waiting = notes(marks.tasks(connection, layer.id), marks.tags(connection, layer.id))
    if waiting:
        raise UserError(UNSETTLED.format(count=len(waiting)))


def _layer(connection: Connection, person: Person | None, layer_id: str) -> Layer:
    """The layer, also a person's own that is not begun: there may be nothing to tag."""
    stored = reports.layers_by_id(connection, (layer_id,)).get(layer_id)
    if stored is not None:
        return stored
    fresh = (fresh_layer(card.id, person) for card in reports.cards(connection))
    found = next((layer for layer in fresh if layer.id == layer_id), None)
    if found is None:
        raise UserError("这份标注不在工作区里。请重新打开报告后再试。")
    return replace(found, created=datetime.now(UTC))


def _edit(before: Layer, after: Layer) -> Edit:
    return Edit(before if before.version else None, after)


def _said(layer: Layer, person: Person, reason: str, at: datetime) -> Comment:
    return Comment(
        id=str(uuid4()),
        report_id=layer.report_id,
        layer_id=layer.id,
        task_id="",
        span=None,
        text=reason.strip(),
        person_id=person.id,
        who=person.name,
        at=at,
    )
