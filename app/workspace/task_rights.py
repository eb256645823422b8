"""Which moves of tasks a person may make: the table of rules, asked of every move in the order of the change."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection

from app.domain.changes import Change
from app.domain.errors import ConflictError, UserError
from app.domain.people import Person, PersonRole
from app.domain.periods import day_of
from app.domain.task_moves import RULES, Given, TaskMove, TaskMoveName, checked, counted, in_time, state_of
from db import reports, supervision
from db.faults import CONFLICT

APPEND_ONLY = "任务流转的记录只能添加，不能修改。"
NOT_LAST = "只能撤销这项任务最近的一步，后面已经有了别的步骤。"
NOT_OWN = "这一步是{who}做的，只有本人或统筹人才能撤销。"
NOT_IN_NAME = "任务流转只能以本人的名义来做。"
TOO_EARLY = "这项任务后面已经有了别的步骤，请核对本机的日期和时间。"


def check(connection: Connection, person: Person, change: Change) -> None:
    """UserError where the person may not make, or take back, one of a change's moves."""
    standing, names = _standing(connection, change)
    for edit in change.edits:
        before, after = edit.before, edit.after
        if isinstance(before, TaskMove) and isinstance(after, TaskMove):
            raise UserError(APPEND_ONLY)
        if isinstance(after, TaskMove):
            made = standing[names.get(after.task_id, after.task_id)]
            _check_made(person, after, made)
            made.append(after)
        elif isinstance(before, TaskMove):
            made = standing[names.get(before.task_id, before.task_id)]
            _check_taken_back(person, before, made)
            made[:] = [move for move in made if move.id != before.id]


def _standing(
    connection: Connection, change: Change
) -> tuple[defaultdict[str, list[TaskMove]], dict[str, str]]:
    """The moves that stand, of the reports that the change touches, by task, and what tasks are called in it.

    Two people who took the same suggestion mean one task: it goes by the suggestion's key.
    """
    found: defaultdict[str, list[TaskMove]] = defaultdict(list)
    names: dict[str, str] = {}
    for report_id in {thing.report_id for thing in _moves(change)}:
        layers = [layer.id for layer in reports.layers(connection, report_id)]
        known = supervision.names(connection, layers)
        names |= {its_id: key for its_id, key, _ in known if key}
        names |= {old: names.get(its_id, its_id) for its_id, _, merged in known for old in merged}
        for move in supervision.moves(connection, report_id):
            found[names.get(move.task_id, move.task_id)].append(move)
    return found, names


def _moves(change: Change) -> Iterable[TaskMove]:
    return (
        thing for edit in change.edits for thing in (edit.before, edit.after) if isinstance(thing, TaskMove)
    )


def _check_made(person: Person, move: TaskMove, made: list[TaskMove]) -> None:
    if move.person_id != person.id:
        raise UserError(NOT_IN_NAME)
    extended = [m.due_after for m in counted(made) if m.name is TaskMoveName.EXTEND]
    due = extended[-1] if extended else move.due_before
    given = Given(move.reason, move.due_after, move.evidence)
    checked(RULES[move.name], person, state_of(made), given, due, day_of(move.at))
    if counted((*made, move))[-1] != move:
        raise UserError(TOO_EARLY)


def _check_taken_back(person: Person, move: TaskMove, made: list[TaskMove]) -> None:
    if not any(other.id == move.id for other in made):
        raise ConflictError(CONFLICT)
    if in_time(made)[-1].id != move.id:
        raise UserError(NOT_LAST)
    if move.person_id != person.id and not person.is_a(PersonRole.COORDINATOR):
        raise UserError(NOT_OWN.format(who=move.who))
