"""What of the ledger is shown, in what words and in what order; without a window."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.completion import Judgement
from app.domain.due_list import due_list
from app.domain.lights import Colour
from app.domain.task_moves import TaskMove, TaskMoveName, TaskState
from app.ui.ledger import columns
from app.ui.ledger.narrowing import Due, Narrowing, due_ids
from tests.supervised import CZ, JT, KJ, LAST, WJ, at, office, on

APRIL, JULY = date(2026, 5, 10), date(2026, 7, 3)
PLATFORMS, CLINICS, JOBS, ROADS = "建设中试平台", "改造社区卫生站", "稳定就业", "编制路网规划"


def shown(narrowed: Narrowing, day: date = JULY) -> list[str]:
    cases = on(day)
    due = due_ids(due_list(cases.values(), day))
    return [case.id for case in cases.values() if narrowed.passes(case, due)]


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        (Narrowing(), [PLATFORMS, CLINICS, JOBS, ROADS]),
        (Narrowing(unit=KJ), [PLATFORMS]),
        (Narrowing(unit=CZ), [PLATFORMS]),
        (Narrowing(unit=WJ), [PLATFORMS, CLINICS, JOBS]),
        (Narrowing(unit=JT), [ROADS]),
        (Narrowing(section="（二）办好民生实事"), [CLINICS, JOBS]),
        (Narrowing(colour=Colour.RED), [PLATFORMS, CLINICS]),
        (Narrowing(colour=Colour.GREEN), [ROADS]),
        (Narrowing(state=TaskState.CLOSED), [ROADS]),
        (Narrowing(state=TaskState.DISPATCHED), [CLINICS, JOBS]),
        (Narrowing(due=Due.OVERDUE), [CLINICS]),
        (Narrowing(due=Due.WEEK), []),
        (Narrowing(due=Due.MISSED), [PLATFORMS, CLINICS, JOBS]),
        (Narrowing(text="卫生站"), [CLINICS]),
        (Narrowing(text="用地手续"), [PLATFORMS]),
        (Narrowing(text="没有这个词"), []),
        (Narrowing(ids=frozenset({JOBS}), called="赵明"), [JOBS]),
        (Narrowing(unit=WJ, colour=Colour.RED), [PLATFORMS, CLINICS]),
        (Narrowing(unit=WJ, colour=Colour.RED, due=Due.OVERDUE), [CLINICS]),
    ],
)
def test_that_each_narrowing_lets_only_its_own_pass(narrowed: Narrowing, expected: list[str]) -> None:
    assert shown(narrowed) == expected


def test_that_what_is_due_this_week_is_due_this_month_too() -> None:
    day = date(2026, 6, 29)
    assert shown(Narrowing(due=Due.WEEK), day) == [CLINICS]
    assert shown(Narrowing(due=Due.MONTH), day) == [CLINICS]
    assert shown(Narrowing(due=Due.WEEK), date(2026, 6, 10)) == []
    assert shown(Narrowing(due=Due.MONTH), date(2026, 6, 10)) == [CLINICS]


def test_that_the_narrowing_is_told_in_words() -> None:
    assert Narrowing().words == ()
    told = Narrowing(unit=KJ, colour=Colour.YELLOW, state=TaskState.ACCEPTED, due=Due.WEEK, text="平台").words
    assert told == (KJ, "黄灯", "承办中", "本周到期", "“平台”")
    behind = Narrowing(text="平台").behind("区教育局", ("a", "b"))
    assert (behind.words, behind.ids, behind.text) == (("区教育局",), frozenset({"a", "b"}), "")
    assert Narrowing(unit=KJ, text="平台").cleared() == Narrowing(text="平台")


def test_that_a_row_says_how_far_its_task_is() -> None:
    cases = on(APRIL)
    row = {column.title: column.words(cases[PLATFORMS]) for column in columns.COLUMNS}
    assert row["编号"] == "1"
    assert row["督查事项"] == PLATFORMS
    assert (row["牵头单位"], row["完成时限"], row["状态"]) == (KJ, "2026-12-31", "已反馈")
    assert (row["完成值"], row["完成比例"], row["序时进度"]) == ("0/2 达到", "11.1%", "25.0%")
    assert row["最近反馈"] == "3月"


def test_that_a_single_target_shows_its_figure_and_a_level_whether_it_is_kept() -> None:
    jobs = on(APRIL)[JOBS]
    assert columns.actual_words(jobs) == "4.8%"
    assert columns.completion_words(jobs) == "已达到"
    assert columns.elapsed_words(jobs) == "—"
    assert columns.due_short(jobs) == "持续推进"


def test_that_several_targets_are_reached_only_where_all_are() -> None:
    jobs = on(APRIL)[JOBS]
    reached = jobs.judgements[0]
    waiting = replace(reached, reached=None)

    def told(*judgements: Judgement) -> str:
        return columns.completion_words(replace(jobs, judgements=judgements))

    assert told(reached, reached) == "已达到"
    assert told(reached, waiting) == ""
    assert told(reached, replace(reached, reached=False)) == ""
    assert told(waiting, waiting) == ""


def test_that_a_task_without_target_or_report_shows_so() -> None:
    clinics = on(JULY)[CLINICS]
    assert columns.actual_words(clinics) == ""
    assert columns.completion_words(clinics) == ""
    assert columns.latest_words(clinics) == "缺反馈"
    assert columns.latest_words(on(date(2026, 2, 10))[CLINICS]) == "—"
    assert columns.latest_words(on(JULY)[PLATFORMS]) == "3月 缺"


def test_that_columns_sort_by_what_they_mean() -> None:
    cases = list(on(JULY).values())
    by = {column.name: [c.id for c in sorted(cases, key=column.key)] for column in columns.COLUMNS}
    assert by["due"][0] == CLINICS
    assert by["due"][-1] == JOBS
    assert by["light"][:2] == [PLATFORMS, CLINICS]
    assert by["share"][-1] == PLATFORMS
    assert by["latest"][:2] == [CLINICS, ROADS]
    assert by["number"] == [PLATFORMS, CLINICS, JOBS, ROADS]


def test_that_an_extended_deadline_and_one_of_several_are_marked() -> None:
    facts = office()
    extension = TaskMove(
        "x",
        "r",
        PLATFORMS,
        TaskMoveName.EXTEND,
        at(date(2026, 5, 1)),
        "p",
        "周宁",
        "用地",
        LAST,
        date(2027, 2, 15),
    )
    extended = on(date(2026, 5, 10), replace(facts, moves=(*facts.moves, extension)))[PLATFORMS]
    assert columns.due_short(extended) == "2027-02-15 延"
    assert columns.due_of_case(extended) == "2027年2月15日前（已延期）"
    plain = on(date(2026, 5, 10))[PLATFORMS]
    assert columns.due_short(plain) == "2026-12-31"
    assert columns.due_of_case(plain) == "2026年12月底前"
    several = replace(plain, dates=(date(2026, 6, 30), LAST))
    assert columns.due_short(several) == "2026-12-31 等"
