"""The board's figures, the due list and its reminders."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.due_list import due_list, of_unit, reminder, units_to_remind
from app.domain.lights import Colour
from app.domain.supervising import Facts, cases
from app.domain.tallies import NOBODY, Grouping, lights_over_time, tallies, tally
from app.domain.tasks import Comparator, DeadlineKind, Target
from tests.supervised import (
    FIRST,
    JT,
    KJ,
    LAST,
    WJ,
    deadline_tag,
    item,
    ledger,
    office,
    progress,
    row,
    target_tag,
)
from tests.supervised import PLATFORMS as TWENTY

MAY = date(2026, 5, 10)
EXPLICIT = DeadlineKind.EXPLICIT


def test_that_tasks_are_counted_by_unit_most_tasks_first() -> None:
    found = tallies(cases(office(), MAY), Grouping.UNIT)
    assert [(one.name, one.total, one.closed, one.reported) for one in found] == [
        (WJ, 2, 0, 1),
        (KJ, 1, 0, 1),
        (JT, 1, 1, 0),
    ]
    assert found[0].ids == ("改造社区卫生站", "稳定就业")
    assert found[1].completion == pytest.approx((0.15 + 5 / 45) / 2)
    assert found[0].completion is None


def test_that_sections_keep_their_order_and_tasks_of_no_leader_come_last() -> None:
    found = cases(office(), MAY)
    assert [one.name for one in tallies(found, Grouping.SECTION)] == [
        "（一）壮大实体经济",
        "（二）办好民生实事",
    ]
    assert [one.name for one in tallies(found, Grouping.LEADER)] == ["赵明", "李若川", NOBODY]


def test_that_a_share_beyond_all_does_not_hide_another_s_lack() -> None:
    told = (progress("甲", "2026-03", day=date(2026, 4, 5), figures={"t": "60个", "s": "10个"}),)
    tags = (target_tag("t", TWENTY), target_tag("s", TWENTY))
    facts = Facts(ledger([row(1, "甲")]), (item("甲", *tags),), FIRST, LAST, progress=told)
    assert tally("甲", cases(facts, MAY)).completion == 0.75


def test_that_a_total_s_share_is_no_progress() -> None:
    total = Target("高新技术企业总数", Comparator.EQ, 20, 20, "家")
    told = (progress("甲", "2026-03", day=date(2026, 4, 5), figures={"t": "10个", "s": "20家"}),)
    tags = (target_tag("t", TWENTY), target_tag("s", total))
    facts = Facts(ledger([row(1, "甲")]), (item("甲", *tags),), FIRST, LAST, progress=told)
    assert tally("甲", cases(facts, MAY)).completion == 0.5


def test_that_every_colour_is_counted() -> None:
    lights = tally("全部", cases(office(), date(2026, 7, 1))).lights
    assert lights == {Colour.RED: 2, Colour.YELLOW: 1, Colour.GREEN: 1, Colour.GREY: 0}
    assert list(lights) == list(Colour)


def test_that_lights_over_time_are_those_of_each_month_s_end() -> None:
    months = lights_over_time(office(), date(2026, 4, 30))
    assert [month.on for month in months] == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ]
    assert [month.lights[Colour.GREEN] for month in months] == [0, 1, 2, 1]
    assert [month.lights[Colour.GREY] for month in months] == [4, 3, 0, 1]


@pytest.mark.parametrize(
    ("on", "last", "count"),
    [
        (date(2026, 12, 30), date(2026, 12, 30), 12),
        (LAST, LAST, 12),
        (date(2027, 1, 1), date(2027, 1, 1), 13),
        (date(2027, 3, 9), LAST, 12),
        (FIRST, FIRST, 1),
    ],
)
def test_that_lights_over_time_end_with_the_year(on: date, last: date, count: int) -> None:
    months = lights_over_time(office(), on)
    assert (len(months), months[-1].on) == (count, last)


# --- due list. 2026-06-24 is a Wednesday


def due_on(*days: date) -> Facts:
    rows = [row(n, f"任务{n}") for n, _ in enumerate(days, 1)]
    items = tuple(item(f"任务{n}", deadline_tag(EXPLICIT, day)) for n, day in enumerate(days, 1))
    return Facts(ledger(rows), items, FIRST, LAST)


def listed(facts: Facts, on: date) -> list[list[int]]:
    found = due_list(cases(facts, on), on)
    return [[entry.case.row.number for entry in entries] for _, entries in found.titled]


def test_that_a_task_is_in_the_list_of_its_day() -> None:
    facts = due_on(
        date(2026, 6, 23),
        date(2026, 6, 24),
        date(2026, 6, 28),
        date(2026, 6, 29),
        date(2026, 6, 30),
        date(2026, 7, 1),
    )
    assert listed(facts, date(2026, 6, 24)) == [[1], [2, 3], [4, 5]]


def test_that_a_list_is_by_days() -> None:
    facts = due_on(date(2026, 6, 20), date(2026, 6, 2), date(2026, 6, 11))
    found = due_list(cases(facts, date(2026, 6, 24)), date(2026, 6, 24))
    assert [(entry.case.row.number, entry.days, entry.words) for entry in found.overdue] == [
        (2, -22, "已超期22天"),
        (3, -13, "已超期13天"),
        (1, -4, "已超期4天"),
    ]


def test_that_days_left_are_told() -> None:
    found = due_list(
        cases(due_on(date(2026, 6, 24), date(2026, 6, 25)), date(2026, 6, 24)), date(2026, 6, 24)
    )
    assert [entry.words for entry in found.this_week] == ["今天到期", "还有1天"]


def test_that_a_month_s_last_week_may_lie_in_the_next() -> None:
    assert listed(due_on(date(2026, 7, 5), date(2026, 7, 6)), date(2026, 6, 30)) == [[], [1], []]


def test_that_a_task_with_several_deadlines_stands_at_its_next() -> None:
    tags = (deadline_tag(EXPLICIT, date(2026, 6, 26)), deadline_tag(EXPLICIT, date(2026, 12, 31)))
    facts = Facts(ledger([row(1, "甲")]), (item("甲", *tags),), FIRST, LAST)
    assert listed(facts, date(2026, 6, 24)) == [[], [1], []]
    assert listed(facts, date(2026, 6, 26)) == [[], [1], []]
    assert listed(facts, date(2026, 6, 27)) == [[], [], []]
    assert listed(facts, date(2027, 1, 1)) == [[1], [], []]


def test_that_closed_and_rolling_tasks_are_in_no_list() -> None:
    found = due_list(cases(office(), date(2027, 1, 1)), date(2027, 1, 1))
    assert [entry.case.id for entry in found.overdue] == ["改造社区卫生站", "建设中试平台"]
    assert [case.id for case in found.missed] == ["建设中试平台", "改造社区卫生站", "稳定就业"]


def test_that_a_task_whose_feedback_is_not_due_yet_is_not_chased_for_it() -> None:
    day = date(2026, 4, 20)
    found = due_list(cases(office(), day), day)
    assert [case.id for case in found.missed] == ["改造社区卫生站", "稳定就业"]


REMINDER = """区卫生健康委：
截至2026年6月24日，你单位牵头的下列事项请抓紧办理并反馈。
本月到期（1项）：
第2项 改造社区卫生站（完成时限2026年6月30日，还有6天）
未按期反馈（2项）：
第2项 改造社区卫生站（2026年2月至4月）
第3项 稳定就业（2026年4月）
区政府督查室
2026年6月24日"""


def test_that_a_reminder_is_ready_to_be_sent() -> None:
    day = date(2026, 6, 24)
    found = due_list(cases(office(), day), day)
    assert units_to_remind(found) == (WJ, KJ)
    assert reminder(found, WJ, "区政府督查室") == REMINDER
    assert reminder(found, JT) == ""
    assert of_unit(found, KJ).this_month == ()


def test_that_a_task_nobody_leads_is_chased_by_its_quote() -> None:
    facts = replace(due_on(date(2026, 6, 2)))
    nobody = replace(facts.ledger, tasks=(replace(facts.ledger.tasks[0], lead="", summary=" "),))
    day = date(2026, 6, 24)
    found = due_list(cases(replace(facts, ledger=nobody), day), day)
    assert units_to_remind(found) == ("",)
    assert reminder(found, "").splitlines()[:3] == [
        "各有关单位：",
        "截至2026年6月24日，你单位牵头的下列事项请抓紧办理并反馈。",
        "已超期（1项）：",
    ]
    assert "第1项 任务1的原文（完成时限2026年6月2日，已超期22天）" in reminder(found, "")
