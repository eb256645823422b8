"""The moves of a task: who makes which, from where, and what it needs."""

from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from app.domain.errors import UserError
from app.domain.layer_moves import NOBODY
from app.domain.people import EVERY_ROLE, Person, PersonRole
from app.domain.task_moves import (
    RULES,
    Given,
    TaskMove,
    TaskMoveName,
    TaskState,
    checked,
    counted,
    due_of,
    lacking,
    last_of,
    refusal,
    state_of,
)

CLERK = Person("p1", "王敏", (PersonRole.ANNOTATOR,))
CHECKER = Person("p2", "李青", (PersonRole.REVIEWER,))
HEAD = Person("p3", "周宁", (PersonRole.COORDINATOR,))
GONE = Person("p4", "吴岩", EVERY_ROLE, is_active=False)
DUE = date(2026, 6, 30)
ROUTE = (
    TaskMoveName.REGISTER,
    TaskMoveName.DECOMPOSE,
    TaskMoveName.DISPATCH,
    TaskMoveName.ACCEPT,
    TaskMoveName.REPORT,
    TaskMoveName.VERIFY,
    TaskMoveName.CLOSE,
)


def made(*names: TaskMoveName) -> tuple[TaskMove, ...]:
    return tuple(
        TaskMove(f"m{n:02}", "r", "t", name, datetime(2026, 1, 1 + n, tzinfo=UTC), "p3", "周宁")
        for n, name in enumerate(names)
    )


def extension(day: int, due: date | None, before: date | None = None) -> TaskMove:
    at = datetime(2026, 3, day, tzinfo=UTC)
    return TaskMove(f"x{day}", "r", "t", TaskMoveName.EXTEND, at, "p3", "周宁", "汛期停工", before, due)


def test_that_every_move_has_its_rule() -> None:
    assert set(RULES) == set(TaskMoveName)
    assert [name.value for name in RULES] == [
        "立项", "分解", "交办", "承办", "反馈", "催办", "核查", "退回", "延期", "办结销号", "恢复督办",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "state"),
    [
        (0, TaskState.PROPOSED),
        (1, TaskState.REGISTERED),
        (2, TaskState.DECOMPOSED),
        (3, TaskState.DISPATCHED),
        (4, TaskState.ACCEPTED),
        (5, TaskState.REPORTED),
        (6, TaskState.VERIFIED),
        (7, TaskState.CLOSED),
    ],
)
def test_that_the_moves_lead_from_registering_to_closing(count: int, state: TaskState) -> None:
    assert state_of(made(*ROUTE[:count])) is state


@pytest.mark.parametrize(
    ("after", "state"),
    [
        ((TaskMoveName.REPORT, TaskMoveName.RETURN), TaskState.RETURNED),
        ((TaskMoveName.REPORT, TaskMoveName.RETURN, TaskMoveName.REPORT), TaskState.REPORTED),
        (
            (TaskMoveName.REPORT, TaskMoveName.VERIFY, TaskMoveName.RETURN, TaskMoveName.ACCEPT),
            TaskState.ACCEPTED,
        ),
        ((TaskMoveName.REMIND,), TaskState.DISPATCHED),
        ((TaskMoveName.REPORT, TaskMoveName.REPORT, TaskMoveName.EXTEND), TaskState.REPORTED),
        (
            (TaskMoveName.REPORT, TaskMoveName.VERIFY, TaskMoveName.CLOSE, TaskMoveName.REOPEN),
            TaskState.ACCEPTED,
        ),
    ],
)
def test_that_a_task_may_come_back(after: tuple[TaskMoveName, ...], state: TaskState) -> None:
    assert state_of(made(*ROUTE[:3], *after)) is state


def test_that_only_the_order_of_time_counts() -> None:
    moves = made(*ROUTE[:4])
    assert {state_of(shuffled) for shuffled in permutations(moves)} == {TaskState.ACCEPTED}


def test_that_a_move_made_elsewhere_from_a_state_gone_by_does_not_count() -> None:
    moves = made(*ROUTE, TaskMoveName.CLOSE, TaskMoveName.REMIND, TaskMoveName.VERIFY)
    assert counted(moves) == moves[:7]
    assert state_of(moves) is TaskState.CLOSED


def test_that_the_last_extension_holds() -> None:
    start = made(*ROUTE[:3])
    assert due_of(DUE, start) == DUE
    later = extension(2, date(2026, 9, 30)), extension(9, date(2026, 10, 31))
    assert due_of(DUE, (*start, *reversed(later))) == date(2026, 10, 31)
    assert due_of(DUE, later) == DUE, "a task that was never given out cannot be given more time"


def test_that_an_extension_without_a_day_changes_nothing() -> None:
    assert due_of(DUE, (*made(*ROUTE[:3]), extension(2, date(2026, 9, 30)), extension(3, None))) == date(
        2026, 9, 30
    )
    assert due_of(None, made(*ROUTE[:3])) is None


def test_that_the_last_move_of_some_names_is_found() -> None:
    moves = made(*ROUTE[:5], TaskMoveName.RETURN, TaskMoveName.REPORT, TaskMoveName.VERIFY)
    assert last_of(moves, TaskMoveName.VERIFY, TaskMoveName.RETURN) == moves[7]
    assert last_of(moves[:6], TaskMoveName.VERIFY, TaskMoveName.RETURN) == moves[5]
    assert last_of(moves, TaskMoveName.CLOSE) is None


def why_not(
    name: TaskMoveName, person: Person | None, state: TaskState, on: date = DUE, due: date | None = DUE
) -> str:
    return refusal(RULES[name], person, state, due, on)


@pytest.mark.parametrize("name", TaskMoveName)
def test_that_a_move_is_made_only_from_its_states(name: TaskMoveName) -> None:
    for state in TaskState:
        refused = why_not(name, HEAD if PersonRole.COORDINATOR in RULES[name].roles else CLERK, state)
        assert (refused == "") is (state in RULES[name].sources)
    assert f"现在是“{TaskState.CLOSED.value}”" in why_not(TaskMoveName.REGISTER, HEAD, TaskState.CLOSED)


@pytest.mark.parametrize(
    ("name", "who"),
    [
        (TaskMoveName.REGISTER, (CLERK, CHECKER, HEAD)),
        (TaskMoveName.DECOMPOSE, (CLERK, CHECKER, HEAD)),
        (TaskMoveName.DISPATCH, (HEAD,)),
        (TaskMoveName.ACCEPT, (CLERK, CHECKER, HEAD)),
        (TaskMoveName.REPORT, (CLERK, CHECKER, HEAD)),
        (TaskMoveName.REMIND, (CHECKER, HEAD)),
        (TaskMoveName.VERIFY, (CHECKER, HEAD)),
        (TaskMoveName.RETURN, (CHECKER, HEAD)),
        (TaskMoveName.EXTEND, (HEAD,)),
        (TaskMoveName.CLOSE, (HEAD,)),
        (TaskMoveName.REOPEN, (HEAD,)),
    ],
)
def test_that_a_move_is_made_only_by_its_roles(name: TaskMoveName, who: tuple[Person, ...]) -> None:
    state = next(state for state in TaskState if state in RULES[name].sources)
    allowed = tuple(p for p in (CLERK, CHECKER, HEAD, GONE) if not why_not(name, p, state))
    assert allowed == who
    assert why_not(name, None, state) == NOBODY


def test_that_a_refusal_says_what_can_be_done() -> None:
    assert (
        why_not(TaskMoveName.CLOSE, HEAD, TaskState.REPORTED)
        == "这项任务现在是“已反馈”，只有“已核查”时才能办结销号。"
    )
    assert (
        why_not(TaskMoveName.RETURN, HEAD, TaskState.CLOSED)
        == "这项任务现在是“已办结”，只有“已反馈”或“已核查”时才能退回。"
    )
    assert why_not(TaskMoveName.VERIFY, CLERK, TaskState.REPORTED) == "核查要由复核人或统筹人来做，王敏不是。"


def test_that_a_task_is_extended_only_before_it_expires() -> None:
    assert why_not(TaskMoveName.EXTEND, HEAD, TaskState.ACCEPTED, DUE) == ""
    assert (
        why_not(TaskMoveName.EXTEND, HEAD, TaskState.ACCEPTED, date(2026, 7, 1))
        == "完成时限2026年6月30日已过，到期以后不能再延期。"
    )
    assert "没有完成时限" in why_not(TaskMoveName.EXTEND, HEAD, TaskState.ACCEPTED, due=None)
    assert why_not(TaskMoveName.REMIND, HEAD, TaskState.ACCEPTED, date(2026, 7, 1)) == ""


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        (TaskMoveName.VERIFY, Given(" "), "核查要填写核查意见，请填写后再试。"),
        (TaskMoveName.RETURN, Given(), "退回要填写理由，请填写后再试。"),
        (TaskMoveName.REOPEN, Given(), "恢复督办要填写理由，请填写后再试。"),
        (TaskMoveName.EXTEND, Given(new_due=date(2026, 9, 1)), "延期要填写理由，请填写后再试。"),
        (TaskMoveName.EXTEND, Given("停工"), "延期要填写新的完成时限，请填写后再试。"),
        (TaskMoveName.EXTEND, Given("停工", DUE), "新的完成时限要晚于现在的2026年6月30日，请改正后再试。"),
        (TaskMoveName.EXTEND, Given("停工", date(2026, 7, 1)), ""),
        (
            TaskMoveName.CLOSE,
            Given("办完", evidence=(" ",)),
            "办结销号要有佐证材料，请填写材料的文件名后再试。",
        ),
        (TaskMoveName.CLOSE, Given(evidence=("验收报告.pdf",)), ""),
        (TaskMoveName.VERIFY, Given("属实"), ""),
        (TaskMoveName.DISPATCH, Given(), ""),
    ],
)
def test_that_a_move_says_what_it_still_wants(name: TaskMoveName, given: Given, words: str) -> None:
    assert lacking(RULES[name], given, DUE) == words


def test_that_a_task_without_a_deadline_takes_any_new_one() -> None:
    assert lacking(RULES[TaskMoveName.EXTEND], Given("停工", date(2020, 1, 1)), None) == ""


def test_that_a_move_is_checked_for_both() -> None:
    rule = RULES[TaskMoveName.RETURN]
    checked(rule, CHECKER, TaskState.REPORTED, Given("数据有误"), DUE, DUE)
    with pytest.raises(UserError, match="退回要填写理由"):
        checked(rule, CHECKER, TaskState.REPORTED, Given(), DUE, DUE)
    with pytest.raises(UserError, match="王敏不是"):
        checked(rule, CLERK, TaskState.REPORTED, Given(), DUE, DUE)
