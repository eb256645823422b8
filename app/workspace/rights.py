"""What a person may change: asked of every change, in the transaction that writes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from app.domain.changes import Change, Edit
from app.domain.comments import Comment
from app.domain.decisions import Decision, decision_id
from app.domain.errors import ConflictError, UserError
from app.domain.judged import Verdict, YearGoal
from app.domain.layer_moves import NOBODY, edit_refusal, is_visible
from app.domain.people import Person, PersonRole
from app.domain.progress import Progress
from app.domain.reports import Layer, ReportCard
from app.domain.task_moves import TaskMove
from app.domain.tasks import Dismissal, Tag, Task
from app.domain.units import Unit
from app.workspace.layers import fresh_layer
from db import changes, log, people, reports
from db.faults import CONFLICT


@dataclass(slots=True)
class Ground:
    """What a change stands on: who makes it, the stored layers it touches by id, and those it is the first to touch."""

    connection: Connection
    person: Person
    layers: dict[str, Layer]
    begun: list[Layer]


def check(connection: Connection, person: Person | None, change: Change) -> Ground:
    """Raise UserError where the person may not make the change; returns what it stands on otherwise."""
    person = person and people.person(connection, person.id)  # another window may have changed their roles
    if person is None or not person.is_active:
        raise UserError(NOBODY)
    ground = Ground(connection, person, changes.layers_of(connection, change.edits), [])
    _begin(ground, change)
    checked: set[tuple[type, str]] = set()
    for edit in change.edits:
        kind, layer_id = type(edit.after or edit.before), changes.layer_id_of(edit)
        if kind in _OF_LAYER:
            if (Task, layer_id) not in checked:  # one answer for everything in a layer
                checked.add((Task, layer_id))
                _refuse(_layer_refusal(ground, layer_id))
        else:
            _refuse(_RULES[kind](ground, edit))
    if any(isinstance(edit.after or edit.before, Person) for edit in change.edits):
        _check_people(ground, change)
    if any(isinstance(edit.after or edit.before, TaskMove) for edit in change.edits):
        from app.workspace import task_rights

        task_rights.check(connection, person, change)
    return ground


def _begin(ground: Ground, change: Change) -> None:
    """A person's own layer is begun with the first change that touches it."""
    touched = {changes.layer_id_of(edit) for edit in change.edits} - ground.layers.keys() - {""}
    for layer_id in touched:
        own = fresh_layer(change.report_id, ground.person)
        if layer_id != own.id or not change.report_id:
            raise ConflictError(CONFLICT)
        layer = replace(own, created=datetime.now(UTC), version=1)
        ground.layers[layer_id] = layer
        ground.begun.append(layer)


def _refuse(words: str) -> None:
    if words:
        raise UserError(words)


def _layer_refusal(ground: Ground, layer_id: str) -> str:
    layer = ground.layers[layer_id]
    others = reports.layers(ground.connection, layer.report_id) if layer.is_reviewed else ()
    return edit_refusal(ground.person, layer, others)


def _decision_refusal(ground: Ground, edit: Edit) -> str:
    layer = ground.layers[changes.layer_id_of(edit)]
    if not layer.is_reviewed:
        return "裁决只能写在复核稿上。"
    words = _layer_refusal(ground, layer.id)
    if not words and isinstance(edit.after, Decision) and edit.id != decision_id(layer.id, edit.after.key):
        raise ConflictError(CONFLICT)  # there is one decision on each difference
    return words


def _move_refusal(_ground: Ground, _edit: Edit) -> str:
    return "标注的状态只能由提交、退回、定稿这些操作来改，也不能撤销。"


def _person_refusal(ground: Ground, _edit: Edit) -> str:
    if ground.person.is_a(PersonRole.COORDINATOR):
        return ""
    return f"人员和角色由统筹人来定，{ground.person.name}不是统筹人。"


def _comment_refusal(ground: Ground, edit: Edit) -> str:
    layer = ground.layers[changes.layer_id_of(edit)]
    is_begun = layer in ground.begun
    if is_begun and not ground.person.is_a(PersonRole.ANNOTATOR):
        return (
            "这份报告还没有能看的标注，不能留意见。"  # else one who only reviews would have a draft to submit
        )
    if isinstance(edit.after, Comment) and edit.after.report_id != layer.report_id:
        raise ConflictError(CONFLICT)
    if not is_begun and not is_visible(
        layer, ground.person, reports.layers(ground.connection, layer.report_id)
    ):
        return f"{layer.author}的标注还看不到，不能在上面留意见。"
    before, after = edit.before, edit.after
    authors = {thing.person_id for thing in (before, after) if isinstance(thing, Comment)}
    if authors == {ground.person.id}:
        return ""
    is_mark = isinstance(before, Comment) and isinstance(after, Comment) and _words(before) == _words(after)
    return "" if is_mark else "只能写自己的意见，也只能改、删自己写的；别人的意见可以回复或标为已解决。"


def _words(comment: Comment) -> Comment:
    """A comment without what anybody who sees it may change."""
    return replace(comment, is_resolved=False, version=0)


RECENT = timedelta(minutes=10)
"""How long ago what is said now may have been made ready."""


def signed(ground: Ground, change: Change) -> Change:
    """The change with its comments and decisions in the name of who makes it, and dated now.

    One that is put back (an undo) stands as it was said, by whom and when it was.
    """
    return change._replace(edits=tuple(_signed(ground, edit) for edit in change.edits))


def _signed(ground: Ground, edit: Edit) -> Edit:
    before, after = edit.before, edit.after
    if not isinstance(after, Comment | Decision):
        return edit
    is_same = isinstance(before, Comment) and _signature(before) == _signature(after)
    person, now = ground.person, datetime.now(UTC)
    is_own = (after.person_id, after.who) == (person.id, person.name) and abs(now - after.at) < RECENT
    if is_same or is_own or _was_said(ground, after):
        return edit
    return Edit(before, replace(after, person_id=person.id, who=person.name, at=now))


def _signature(said: Comment | Decision) -> tuple[str, str, datetime]:
    return said.person_id, said.who, said.at


def _was_said(ground: Ground, said: Comment | Decision) -> bool:
    """Whether the record tells of this very comment or decision."""
    report_id = ground.layers[said.layer_id].report_id
    told = log.entries(ground.connection, report_id, task_id=said.id)
    sides = (side for entry in told for edit in entry.edits for side in (edit.before, edit.after))
    return any(isinstance(s, type(said)) and replace(s, version=0) == replace(said, version=0) for s in sides)


def _verdict_refusal(ground: Ground, _edit: Edit) -> str:
    if ground.person.is_a(PersonRole.REVIEWER) or ground.person.is_a(PersonRole.COORDINATOR):
        return ""
    return f"目标是否达到要由复核人或统筹人来判定，{ground.person.name}不是。"


def _anybody(_ground: Ground, _edit: Edit) -> str:
    return ""


_OF_LAYER = frozenset((Task, Tag, Dismissal))
_RULES: Mapping[type, Callable[[Ground, Edit], str]] = {
    Layer: _move_refusal,
    Decision: _decision_refusal,
    Comment: _comment_refusal,
    Person: _person_refusal,
    Unit: _anybody,
    ReportCard: _anybody,
    Progress: _anybody,
    TaskMove: _anybody,  # all moves of a change together, in `task_rights`
    Verdict: _verdict_refusal,
    YearGoal: _anybody,
}


def _check_people(ground: Ground, change: Change) -> None:
    """Somebody must be left who can let others in, and a name must tell people apart."""
    left = {person.id: person for person in people.people(ground.connection)}
    for edit in change.edits:
        if isinstance(edit.after, Person):
            left[edit.id] = edit.after
        elif isinstance(edit.before, Person):
            left.pop(edit.id, None)
            if _has_layers(ground.connection, edit.id):
                raise UserError(f"{edit.before.name}已有标注，不能删除；不再参加时请停用。")
    if not any(person.is_a(PersonRole.COORDINATOR) for person in left.values()):
        raise UserError("至少要有一名在用的统筹人，否则以后没有人能管理人员。")
    names = [person.name.strip() for person in left.values()]
    if not all(names):
        raise UserError("姓名不能空着，请填写后再试。")
    if len(set(names)) < len(names):
        raise UserError("已经有同名的人。请加上科室或编号，使姓名能区分开。")


def _has_layers(connection: Connection, person_id: str) -> bool:
    every = reports.layers_by_report(connection).values()
    return any(layer.person_id == person_id for layers in every for layer in layers)
