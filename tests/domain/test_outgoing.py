"""The rows of 督查台账 and of the sheets that units fill in."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.ledger import IndicatorRow, RowState
from app.domain.outgoing import (
    Heading,
    SupervisionRow,
    indicator_rows,
    supervision_rows,
    unit_rows,
    units_of,
)
from app.domain.periods import period_of
from app.domain.supervising import cases
from app.domain.task_moves import TaskMove, TaskMoveName
from tests.supervised import CZ, JT, JUNE_END, KJ, LAST, WJ, at, office

MAY = date(2026, 5, 10)


def rows(on: date = MAY) -> dict[str, SupervisionRow]:
    return {row.id: row for row in supervision_rows(cases(office(), on))}


def test_that_there_is_a_row_per_target_and_one_for_a_task_without() -> None:
    assert [(row.number, row.id, row.task_id) for row in rows().values()] == [
        ("1-1", "t-platforms", "建设中试平台"),
        ("1-2", "t-deals", "建设中试平台"),
        ("2", "改造社区卫生站", "改造社区卫生站"),
        ("3", "t-jobless", "稳定就业"),
        ("4", "t-income", "编制路网规划"),
    ]


def test_that_a_row_says_what_the_lead_reported_and_what_follows() -> None:
    row = rows()["t-platforms"]
    assert (row.matter, row.goal, row.figure, row.indicator) == (
        "建设中试平台的原文。",
        "新建中试平台 20个以上",
        "20个以上",
        "新建中试平台",
    )
    assert (row.lead, row.support, row.leader, row.person) == (
        KJ,
        f"{CZ}、{WJ}",
        "李若川",
        "陈一鸣（0000-1234）",
    )
    assert (row.as_of, row.actual, row.completion) == (date(2026, 3, 31), "3个", 0.15)
    assert row.elapsed == pytest.approx(0.25)
    assert (row.text, row.issues, row.next_steps, row.reported_by) == (
        "已建成3个。",
        "用地手续未完成。",
        "加快办理。",
        "孙工",
    )
    assert (row.state, row.light, row.why) == ("已反馈", "黄灯", "落后序时进度13.9个百分点")
    assert (row.cycle, row.deadline, row.due, row.closed) == ("每月", "2026年12月底前", LAST, None)
    assert (row.unit, row.role, row.is_first) == (KJ, "牵头", True)
    assert row.differences == "区财政局报4个"


def test_that_texts_stand_in_the_first_row_of_a_task() -> None:
    row = rows()["t-deals"]
    assert (row.text, row.issues, row.next_steps, row.reported_by, row.evidence) == ("见1-1",) * 5
    assert (row.is_first, row.actual, row.differences) == (False, "5亿元", "")


def test_that_a_level_says_whether_it_is_reached_and_has_no_elapsed_share() -> None:
    row = rows()["t-jobless"]
    assert (row.completion, row.elapsed, row.actual) == ("已达到", None, "4.8%")
    assert (row.nature, row.baseline) == ("", "")


def test_that_a_task_nobody_reported_on_has_empty_cells() -> None:
    row = rows()["改造社区卫生站"]
    assert (row.as_of, row.actual, row.completion, row.text, row.goal) == (None, "", "", "", "")
    assert row.elapsed == pytest.approx(0.5), "March is the last month whose feedback is due"


def test_that_a_closed_task_says_when_and_what_was_found() -> None:
    row = rows()["t-income"]
    assert (row.state, row.verdict, row.closed) == ("已办结", "情况属实", date(2026, 2, 6))
    assert rows()["t-platforms"].closed is None
    assert rows()["t-platforms"].verdict == ""


def test_that_a_task_reopened_is_not_closed() -> None:
    facts = office()
    again = TaskMove(
        "x", "r", "编制路网规划", TaskMoveName.REOPEN, at(date(2026, 3, 1)), "p", "周宁", "有反复"
    )
    found = cases(replace(facts, moves=(*facts.moves, again)), MAY)
    assert supervision_rows(found)[-1].closed is None


def test_that_an_extended_deadline_is_told() -> None:
    facts = office()
    longer = TaskMove(
        "x",
        "r",
        "改造社区卫生站",
        TaskMoveName.EXTEND,
        at(date(2026, 3, 1)),
        "p",
        "周宁",
        "停工",
        JUNE_END,
        date(2026, 9, 30),
    )
    found = {
        row.id: row for row in supervision_rows(cases(replace(facts, moves=(*facts.moves, longer)), MAY))
    }
    assert found["改造社区卫生站"].deadline == "2026年9月底前（已延期）"
    assert rows()["改造社区卫生站"].deadline == "2026年6月底前"


@pytest.mark.parametrize(
    ("words", "cell"),
    [("3", 3.0), ("1.5", 1.5), ("-2", -2.0), ("3个", "3个"), ("1.2万", "1.2万"), ("不详", "不详")],
)
def test_that_a_bare_number_is_a_number_and_everything_else_what_was_typed(
    words: str, cell: str | float
) -> None:
    facts = office()
    told = facts.progress[1]
    figure = replace(
        told.figures[0], words=words, value=None if words == "不详" else float(words.rstrip("个万"))
    )
    changed = replace(told, figures=(figure,))
    found = cases(replace(facts, progress=(facts.progress[0], changed)), MAY)
    assert supervision_rows(found)[0].actual == cell


def test_that_split_tasks_are_told_by_their_own_words() -> None:
    facts = office()
    first = facts.items[0]
    split = first._replace(task=replace(first.task, summary=" 第一期建设 "))
    found = cases(replace(facts, items=(split, *facts.items[1:])), MAY)
    assert supervision_rows(found)[0].matter == "第一期建设"


# --- units


def test_that_a_unit_has_what_it_leads_and_what_it_supports() -> None:
    found = unit_rows(cases(office(), MAY), WJ)
    assert [(row.number, row.role, row.unit) for row in found] == [
        ("2", "牵头", WJ),
        ("3", "牵头", WJ),
        ("1-1", "配合", WJ),
        ("1-2", "配合", WJ),
    ]
    assert unit_rows(cases(office(), MAY), "区司法局") == ()
    assert unit_rows(cases(office(), MAY), "") == ()


def test_that_a_unit_reads_its_own_report() -> None:
    found = unit_rows(cases(office(), MAY), CZ)
    assert [(row.actual, row.text) for row in found] == [("4个", "已拨付2000万元。"), ("6亿元", "见1-1")]
    assert found[0].completion == 0.15, "the lead's figure counts"


def test_that_a_period_nobody_reported_on_is_empty_and_ends_on_its_last_day() -> None:
    found = unit_rows(cases(office(), MAY), KJ, period_of("2026-04"))
    assert [(row.actual, row.text, row.as_of) for row in found] == [
        ("", "", date(2026, 4, 30)),
        ("", "见1-1", date(2026, 4, 30)),
    ]
    march = unit_rows(cases(office(), MAY), KJ, period_of("2026-03"))
    assert (march[0].actual, march[0].text) == ("3个", "已建成3个。")


def test_that_all_units_are_named_those_that_lead_first() -> None:
    assert units_of(cases(office(), MAY)) == (KJ, WJ, JT, CZ)


def test_that_indicators_keep_their_sheet_s_order_and_numbers() -> None:
    def indicator(number: int, name: str) -> IndicatorRow:
        return IndicatorRow(number, "", "", "", "", "", "", "", RowState.CONFIRMED, name, "")

    listed = (indicator(1, "t-jobless"), indicator(2, "t-none"), indicator(3, "t-platforms"))
    found = indicator_rows(cases(office(), MAY), listed)
    assert [(row.number, row.id) for row in found] == [("1", "t-jobless"), ("3", "t-platforms")]


def test_that_a_heading_says_its_day() -> None:
    assert Heading("报告", "督查室", date(2026, 4, 3)).day_words == "2026年4月3日"
