"""A task's way from 立项 to 办结销号: who makes which move, and what it needs. One table of rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.errors import UserError
from app.domain.layer_moves import NOBODY
from app.domain.people import EVERY_ROLE, ROLE_NAMES, Person, PersonRole


class TaskState(StrEnum):
    """Where a task stands; the value is what people read."""

    PROPOSED = "未立项"
    REGISTERED = "已立项"
    DECOMPOSED = "已分解"
    DISPATCHED = "已交办"
    ACCEPTED = "承办中"
    REPORTED = "已反馈"
    RETURNED = "已退回"
    VERIFIED = "已核查"
    CLOSED = "已办结"


class TaskMoveName(StrEnum):
    """The moves; the value is what people read."""

    REGISTER = "立项"
    DECOMPOSE = "分解"
    DISPATCH = "交办"
    ACCEPT = "承办"
    REPORT = "反馈"
    REMIND = "催办"
    VERIFY = "核查"
    RETURN = "退回"
    EXTEND = "延期"
    CLOSE = "办结销号"
    REOPEN = "恢复督办"


class Need(StrEnum):
    """What a move wants to be told."""

    REASON = "reason"
    NEW_DUE = "new_due"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class TaskRule:
    """One row of the table. `target` None: the task stays where it is."""

    name: TaskMoveName
    sources: frozenset[TaskState]
    target: TaskState | None
    roles: tuple[PersonRole, ...]
    needs: frozenset[Need] = frozenset()


@dataclass(frozen=True, slots=True)
class TaskMove:
    """A move that was made: append-only. The task's state is what its moves, in order of time, lead to.

    `due_before`, `due_after`: of an extension. `evidence` are file names. `at` is UTC.
    """

    id: str
    report_id: str
    task_id: str
    name: TaskMoveName
    at: datetime
    person_id: str
    who: str
    reason: str = ""
    due_before: date | None = None
    due_after: date | None = None
    evidence: tuple[str, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """What whoever makes a move tells with it."""

    reason: str = ""
    new_due: date | None = None
    evidence: tuple[str, ...] = ()


_OFFICE = (PersonRole.COORDINATOR,)
_CHECKERS = (PersonRole.REVIEWER, PersonRole.COORDINATOR)
UNDER_WAY = frozenset({TaskState.DISPATCHED, TaskState.ACCEPTED, TaskState.REPORTED, TaskState.RETURNED})
"""Where the units are at work: they report, are reminded, and may be given more time."""

RULES = {
    rule.name: rule
    for rule in (
        TaskRule(TaskMoveName.REGISTER, frozenset({TaskState.PROPOSED}), TaskState.REGISTERED, EVERY_ROLE),
        TaskRule(TaskMoveName.DECOMPOSE, frozenset({TaskState.REGISTERED}), TaskState.DECOMPOSED, EVERY_ROLE),
        TaskRule(TaskMoveName.DISPATCH, frozenset({TaskState.DECOMPOSED}), TaskState.DISPATCHED, _OFFICE),
        TaskRule(
            TaskMoveName.ACCEPT,
            frozenset({TaskState.DISPATCHED, TaskState.RETURNED}),
            TaskState.ACCEPTED,
            EVERY_ROLE,
        ),
        TaskRule(TaskMoveName.REPORT, UNDER_WAY, TaskState.REPORTED, EVERY_ROLE),
        TaskRule(TaskMoveName.REMIND, UNDER_WAY, None, _CHECKERS),
        TaskRule(
            TaskMoveName.VERIFY,
            frozenset({TaskState.REPORTED}),
            TaskState.VERIFIED,
            _CHECKERS,
            frozenset({Need.REASON}),
        ),
        TaskRule(
            TaskMoveName.RETURN,
            frozenset({TaskState.REPORTED, TaskState.VERIFIED}),
            TaskState.RETURNED,
            _CHECKERS,
            frozenset({Need.REASON}),
        ),
        TaskRule(TaskMoveName.EXTEND, UNDER_WAY, None, _OFFICE, frozenset({Need.REASON, Need.NEW_DUE})),
        TaskRule(
            TaskMoveName.CLOSE,
            frozenset({TaskState.VERIFIED}),
            TaskState.CLOSED,
            _OFFICE,
            frozenset({Need.EVIDENCE}),
        ),
        TaskRule(
            TaskMoveName.REOPEN,
            frozenset({TaskState.CLOSED}),
            TaskState.ACCEPTED,
            _OFFICE,
            frozenset({Need.REASON}),
        ),
    )
}
"""Who makes which move, from where to where, and what it needs."""

REASON_NAMES = {TaskMoveName.VERIFY: "核查意见"}
"""What the reason of a move is called, where it is no 理由."""


def in_time(moves: Iterable[TaskMove]) -> tuple[TaskMove, ...]:
    """One task's moves in order of time; of two made at one instant, in the same order on every workstation."""
    return tuple(sorted(moves, key=lambda move: (move.at, move.id)))


def counted(moves: Iterable[TaskMove]) -> tuple[TaskMove, ...]:
    """The moves that could be made where the task stood, in order of time.

    Two workstations may each have closed a task before they met: the later of the two leads nowhere.
    """
    state, kept = TaskState.PROPOSED, []
    for move in in_time(moves):
        rule = RULES[move.name]
        if state in rule.sources:
            kept.append(move)
            state = rule.target or state
    return tuple(kept)


def state_of(moves: Iterable[TaskMove]) -> TaskState:
    """Where one task's moves have led it."""
    targets = (RULES[move.name].target for move in reversed(counted(moves)))
    return next((target for target in targets if target), TaskState.PROPOSED)


def due_of(deadline: date | None, moves: Iterable[TaskMove]) -> date | None:
    """When a task is due now: by its deadline, or by the last extension."""
    extended = [move.due_after for move in counted(moves) if move.name is TaskMoveName.EXTEND]
    return next((due for due in reversed(extended) if due), deadline)


def last_of(moves: Iterable[TaskMove], *names: TaskMoveName) -> TaskMove | None:
    """The last move of these names that counts, None if there is none."""
    return next((move for move in reversed(counted(moves)) if move.name in names), None)


def refusal(rule: TaskRule, person: Person | None, state: TaskState, due: date | None, on: date) -> str:
    """Why this person may not make this move of a task now, as a Chinese sentence; "" where they may.

    `due` is when the task is due now, `on` the day: a task is extended before it expires, on its last day too.
    """
    if person is None:
        return NOBODY
    if state not in rule.sources:
        then = "或".join(f"“{s.value}”" for s in TaskState if s in rule.sources)
        return f"这项任务现在是“{state.value}”，只有{then}时才能{rule.name.value}。"
    if not any(person.is_a(role) for role in rule.roles):
        roles = "或".join(ROLE_NAMES[role] for role in rule.roles)
        return f"{rule.name.value}要由{roles}来做，{person.name}不是。"
    if rule.name is TaskMoveName.EXTEND:
        return _extension_refusal(due, on)
    return ""


def _extension_refusal(due: date | None, on: date) -> str:
    if due is None:
        return "这项任务没有完成时限，不需要延期。"
    if on > due:
        return f"完成时限{_day(due)}已过，到期以后不能再延期。"
    return ""


def lacking(rule: TaskRule, given: Given, due: date | None) -> str:
    """What a move still wants to be told, as a Chinese sentence; "" where nothing is missing."""
    move = rule.name.value
    if Need.REASON in rule.needs and not given.reason.strip():
        return f"{move}要填写{REASON_NAMES.get(rule.name, '理由')}，请填写后再试。"
    if Need.NEW_DUE in rule.needs and given.new_due is None:
        return f"{move}要填写新的完成时限，请填写后再试。"
    if given.new_due and due and given.new_due <= due:
        return f"新的完成时限要晚于现在的{_day(due)}，请改正后再试。"
    if Need.EVIDENCE in rule.needs and not any(name.strip() for name in given.evidence):
        return f"{move}要有佐证材料，请填写材料的文件名后再试。"
    return ""


def checked(
    rule: TaskRule, person: Person | None, state: TaskState, given: Given, due: date | None, on: date
) -> None:
    """Raise UserError where the move may not be made, or wants to be told something."""
    words = refusal(rule, person, state, due, on) or lacking(rule, given, due)
    if words:
        raise UserError(words)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
