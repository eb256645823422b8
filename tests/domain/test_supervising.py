"""Cases: what stands of a task on a day."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.lights import Colour
from app.domain.periods import Cycle, period_of
from app.domain.progress import Figure
from app.domain.supervising import Case, Facts
from app.domain.task_moves import TaskMove, TaskMoveName, TaskState
from app.domain.tasks import DeadlineKind, Item, Tag
from tests.supervised import (
    CZ,
    FIRST,
    GIVEN_OUT,
    JUNE_END,
    KJ,
    LAST,
    PLATFORMS,
    at,
    deadline_tag,
    item,
    ledger,
    moved,
    office,
    on,
    progress,
    row,
    target_tag,
)

MAY = date(2026, 5, 10)
EXPLICIT = DeadlineKind.EXPLICIT


def alone(*tags: Tag, day: date = MAY, **facts: object) -> Case:
    """The case of one task with these tags, given out on February 3."""
    plain = Facts(
        ledger([row(1, "甲")]),
        (item("甲", *tags),),
        FIRST,
        LAST,
        moves=moved("甲", *GIVEN_OUT, first=date(2026, 2, 1)),
    )
    return on(day, replace(plain, **facts))["甲"]  # type: ignore[arg-type]  # its fields by name


def test_that_every_row_of_the_ledger_is_a_case_in_its_order() -> None:
    assert list(on(MAY)) == ["建设中试平台", "改造社区卫生站", "稳定就业", "编制路网规划"]


def test_that_states_are_those_of_the_moves() -> None:
    assert [case.state for case in on(MAY).values()] == [
        TaskState.REPORTED,
        TaskState.DISPATCHED,
        TaskState.DISPATCHED,
        TaskState.CLOSED,
    ]
    assert on(MAY)["编制路网规划"].is_closed
    assert not on(MAY)["稳定就业"].is_closed


def test_that_what_happened_later_is_left_out() -> None:
    early = on(date(2026, 4, 19))["建设中试平台"]
    assert [report.period for report in early.reports] == ["2026-02"]
    assert on(date(2026, 4, 20))["建设中试平台"].reports[-1].period == "2026-03"
    assert on(date(2026, 2, 2))["建设中试平台"].state is TaskState.DECOMPOSED


def test_that_the_lead_s_latest_figures_are_judged() -> None:
    case = on(MAY)["建设中试平台"]
    assert case.figures == {
        "t-platforms": Figure("t-platforms", 3, "3个"),
        "t-deals": Figure("t-deals", 5e8, "5亿元"),
    }
    assert [judgement.share for judgement in case.judgements] == [
        pytest.approx(0.15),
        pytest.approx(5 / 45),
    ]
    assert [goal.id for goal in case.goals] == ["t-platforms", "t-deals"]


def test_that_of_a_period_s_reports_the_later_counts_and_an_earlier_period_s_never_does() -> None:
    late = (
        progress("甲", "2026-03", day=date(2026, 4, 20), figures={"t": "3个"}),
        progress("甲", "2026-02", day=date(2026, 5, 9), figures={"t": "2个"}),
    )
    case = alone(target_tag("t", PLATFORMS), progress=late)
    assert case.figures["t"].value == 3
    assert case.lead_report == late[0]


def test_that_an_empty_figure_leaves_the_one_before_standing_and_a_foreign_one_is_none() -> None:
    told = (
        progress("甲", "2026-02", day=date(2026, 3, 20), figures={"t": "2个", "foreign": "9个"}),
        progress("甲", "2026-03", day=date(2026, 4, 20), figures={"t": ""}),
    )
    assert alone(target_tag("t", PLATFORMS), progress=told).figures == {"t": Figure("t", 2, "2个")}


def test_that_a_supporting_unit_s_other_figure_is_shown_and_does_not_count() -> None:
    (difference,) = on(MAY)["建设中试平台"].differences
    assert (difference.target_id, difference.period, difference.unit) == ("t-platforms", "2026-03", CZ)
    assert (difference.lead.words, difference.figure.words) == ("3个", "4个")


@pytest.mark.parametrize(
    ("lead", "support", "differs"),
    [
        ("3个", "3", False),
        ("3个", "4个", True),
        ("不详", "不详", False),
        ("不详", "3个", True),
        ("3个", "", False),
    ],
)
def test_that_equal_figures_make_no_difference(lead: str, support: str, *, differs: bool) -> None:
    told = (
        progress("甲", "2026-03", day=date(2026, 4, 20), figures={"t": lead}),
        progress("甲", "2026-03", CZ, lead=False, day=date(2026, 4, 20), figures={"t": support}),
    )
    assert bool(alone(target_tag("t", PLATFORMS), progress=told).differences) is differs


def test_that_another_period_s_figure_makes_no_difference() -> None:
    told = (
        progress("甲", "2026-03", day=date(2026, 4, 20), figures={"t": "3个"}),
        progress("甲", "2026-02", CZ, lead=False, day=date(2026, 4, 20), figures={"t": "2个"}),
    )
    assert not alone(target_tag("t", PLATFORMS), progress=told).differences


def test_that_each_unit_s_latest_report_is_told_the_lead_s_first() -> None:
    case = on(MAY)["建设中试平台"]
    assert [(report.unit, report.period) for report in case.latest] == [(KJ, "2026-03"), (CZ, "2026-03")]
    assert case.supports == (CZ, "区卫生健康委")
    feb = case.report_of(KJ, "2026-02")
    assert feb is not None
    assert feb.text == "已开工2个。"
    assert case.report_of(KJ) == case.lead_report
    assert case.report_of("区司法局") is None
    assert case.report_of(CZ, "2026-02") is None


def test_that_the_history_is_the_lead_s_by_period() -> None:
    case = on(MAY)["建设中试平台"]
    assert case.history("t-platforms") == ((period_of("2026-02"), 2), (period_of("2026-03"), 3))
    assert case.history("t-deals") == ((period_of("2026-02"), 5e8),)
    assert case.history("t-none") == ()


# --- deadlines


def test_that_a_task_without_a_deadline_is_due_at_the_year_s_end() -> None:
    assert (alone().due, alone().dates) == (LAST, (LAST,))


def test_that_a_deadline_that_was_not_read_is_due_at_the_year_s_end() -> None:
    unread = replace(deadline_tag(EXPLICIT, words="早日"), value=None)
    assert (alone(unread).due, alone(unread).dates) == (LAST, (LAST,))
    assert alone(unread, deadline_tag(EXPLICIT, JUNE_END)).due == JUNE_END


def test_that_a_deadline_without_a_day_is_due_at_the_year_s_end() -> None:
    flood = alone(deadline_tag(DeadlineKind.EVENT, None, "汛前"))
    quarterly = alone(deadline_tag(DeadlineKind.RECURRING, None, "每季度"))
    assert [(case.due, case.cycle) for case in (flood, quarterly)] == [
        (LAST, Cycle.MONTHLY),
        (LAST, Cycle.QUARTERLY),
    ]


@pytest.mark.parametrize(
    ("words", "cycle"),
    [
        ("每月", Cycle.MONTHLY),
        ("每半年", Cycle.YEARLY),
        ("每周", Cycle.QUARTERLY),
        ("每季度", Cycle.QUARTERLY),
    ],
)
def test_that_a_task_s_own_words_say_how_often_it_is_reported(words: str, cycle: Cycle) -> None:
    case = alone(deadline_tag(DeadlineKind.RECURRING, None, words), cycle=Cycle.QUARTERLY)
    assert case.cycle is cycle


def test_that_only_a_frequency_says_how_often_it_is_reported() -> None:
    assert (
        alone(deadline_tag(EXPLICIT, JUNE_END, "年中6月底前"), cycle=Cycle.QUARTERLY).cycle is Cycle.QUARTERLY
    )


def test_that_a_rolling_task_is_never_due() -> None:
    case = on(MAY)["稳定就业"]
    assert (case.due, case.dates, case.light.colour) == (None, (), Colour.GREY)
    assert case.light.inputs.elapsed is None


def test_that_a_task_is_due_at_its_last_deadline() -> None:
    case = alone(deadline_tag(EXPLICIT, LAST), deadline_tag(EXPLICIT, JUNE_END), day=date(2026, 7, 1))
    assert (case.dates, case.due) == ((JUNE_END, LAST), LAST)


def test_that_an_extension_moves_the_last_deadline() -> None:
    longer = TaskMove(
        "x",
        "r",
        "甲",
        TaskMoveName.EXTEND,
        at(date(2026, 4, 1)),
        "p",
        "周宁",
        "停工",
        LAST,
        date(2027, 3, 31),
    )
    moves = (*moved("甲", *GIVEN_OUT, first=date(2026, 2, 1)), longer)
    case = alone(deadline_tag(EXPLICIT, JUNE_END), deadline_tag(EXPLICIT, LAST), moves=moves)
    assert (case.dates, case.due) == ((JUNE_END, date(2027, 3, 31)), date(2027, 3, 31))


def test_that_a_rolling_deadline_beside_a_day_leaves_the_day() -> None:
    case = alone(deadline_tag(DeadlineKind.ROLLING), deadline_tag(EXPLICIT, JUNE_END))
    assert case.due == JUNE_END


# --- feedback


def keys(case: Case) -> list[str]:
    return [period.key for period in case.missed]


@pytest.mark.parametrize(
    ("day", "missed"),
    [
        (date(2026, 3, 25), []),
        (date(2026, 3, 26), ["2026-02"]),
        (date(2026, 4, 25), ["2026-02"]),
        (date(2026, 4, 26), ["2026-02", "2026-03"]),
    ],
)
def test_that_feedback_is_wanted_from_the_month_a_task_is_given_out(day: date, missed: list[str]) -> None:
    assert keys(alone(day=day)) == missed
    assert alone(day=day).light.inputs.is_feedback_missed is bool(missed)


def test_that_a_later_report_makes_good_for_an_earlier_one_and_a_supporting_unit_s_does_not() -> None:
    lead = progress("甲", "2026-03", day=date(2026, 4, 20))
    support = progress("甲", "2026-03", CZ, lead=False, day=date(2026, 4, 20))
    assert keys(alone(progress=(lead,))) == []
    assert keys(alone(progress=(support,))) == ["2026-02", "2026-03"]


def test_that_nobody_is_asked_before_a_task_is_given_out_nor_after_it_is_verified() -> None:
    assert keys(alone(moves=moved("甲", *GIVEN_OUT[:2]))) == []
    done = (*GIVEN_OUT, TaskMoveName.REPORT, TaskMoveName.VERIFY)
    assert keys(alone(moves=moved("甲", *done))) == []
    assert keys(alone(moves=moved("甲", *done[:4]))) == ["2026-01", "2026-02", "2026-03"]


def test_that_the_office_s_day_and_cycle_are_followed() -> None:
    assert keys(alone(cycle=Cycle.QUARTERLY, day=date(2026, 4, 26))) == ["2026-Q1"]
    rule = replace(office().rule, feedback_day=9)
    assert keys(alone(rule=rule, day=date(2026, 5, 10))) == ["2026-02", "2026-03", "2026-04"]


# --- elapsed share and lag


def test_that_a_figure_is_held_against_the_end_of_its_period() -> None:
    told = (progress("甲", "2026-03", day=date(2026, 4, 5), figures={"t": "4个"}),)
    case = alone(target_tag("t", PLATFORMS), progress=told, day=date(2026, 4, 24))
    assert case.as_of == date(2026, 3, 31)
    assert case.light.inputs.elapsed == pytest.approx(0.25)
    assert case.light.inputs.completed == pytest.approx(0.2)
    assert case.light.inputs.lag == pytest.approx(0.05)


def test_that_nobody_gains_by_not_reporting() -> None:
    told = (progress("甲", "2026-03", day=date(2026, 4, 5), figures={"t": "4个"}),)
    late = alone(target_tag("t", PLATFORMS), progress=told, day=date(2026, 10, 26))
    assert late.as_of == date(2026, 9, 30)
    assert late.light.inputs.lag == pytest.approx(0.55)
    assert late.light.colour is Colour.RED


def test_that_figures_of_a_period_not_over_are_held_against_the_day() -> None:
    told = (progress("甲", "2026-06", day=MAY, figures={"t": "4个"}),)
    assert alone(target_tag("t", PLATFORMS), progress=told).as_of == MAY


def test_that_without_reports_the_day_counts_until_the_first_feedback_is_due() -> None:
    assert alone(day=date(2026, 2, 25)).as_of == date(2026, 2, 25)
    assert alone(day=date(2026, 2, 26)).as_of == date(2026, 1, 31)


def test_that_time_elapses_until_the_task_s_own_deadline() -> None:
    told = (progress("甲", "2026-03", day=date(2026, 4, 5), figures={"t": "4个"}),)
    case = alone(
        target_tag("t", PLATFORMS), deadline_tag(EXPLICIT, JUNE_END), progress=told, day=date(2026, 4, 24)
    )
    assert case.light.inputs.elapsed == pytest.approx(0.5)


def test_that_the_target_furthest_behind_counts() -> None:
    inputs = on(date(2026, 4, 25))["建设中试平台"].light.inputs
    assert inputs.completed == pytest.approx(5 / 45)
    assert inputs.lag == pytest.approx(0.25 - 5 / 45)


def test_that_only_what_accumulates_lags() -> None:
    told = (progress("稳定就业", "2026-03", day=date(2026, 4, 5), figures={"t": "5.5%"}),)
    jobless = next(i for i in office().items if i.task.id == "稳定就业")
    facts = Facts(
        ledger([row(1, "稳定就业")]), (Item(jobless.task, jobless.tags[:1]),), FIRST, LAST, progress=told
    )
    inputs = on(MAY, facts)["稳定就业"].light.inputs
    assert (inputs.completed, inputs.lag) == (None, None)
    assert inputs.elapsed is not None


def test_that_in_a_plan_only_sums_over_its_years_lag() -> None:
    told = (progress("甲", "2026-12", day=date(2027, 1, 5), figures={"t": "4个", "s": "4个"}),)
    tags = (target_tag("t", PLATFORMS), target_tag("s", replace(PLATFORMS, is_cumulative=True)))
    case = alone(*tags, progress=told, last=date(2030, 12, 31), day=date(2027, 1, 20))
    assert [judgement.accumulates for judgement in case.judgements] == [False, True]
    assert case.light.inputs.elapsed == pytest.approx(0.2)


# --- done


@pytest.mark.parametrize(
    ("figures", "is_done"),
    [({"t": "20个", "s": "21个"}, True), ({"t": "20个", "s": "19个"}, False), ({"t": "20个"}, False)],
)
def test_that_a_task_is_done_when_all_its_targets_are_reached(
    figures: dict[str, str], *, is_done: bool
) -> None:
    told = (progress("甲", "2026-03", day=date(2026, 4, 5), figures=figures),)
    case = alone(target_tag("t", PLATFORMS), target_tag("s", PLATFORMS), progress=told)
    assert case.light.inputs.is_done is is_done


def test_that_a_task_without_targets_is_done_when_it_is_verified() -> None:
    told = (progress("甲", "2026-03", day=date(2026, 4, 5), text="已完成。"),)
    assert not alone(progress=told).light.inputs.is_done
    verified = moved("甲", *GIVEN_OUT, TaskMoveName.REPORT, TaskMoveName.VERIFY)
    assert alone(progress=told, moves=verified).light.inputs.is_done


def test_that_a_person_s_verdict_decides_what_no_figure_does() -> None:
    case = on(MAY, replace(office(), verdicts={"t-income": True}))["编制路网规划"]
    assert case.judgements[0].reached is True
    assert on(MAY)["编制路网规划"].judgements[0].reached is None


def test_that_suggestions_nobody_took_are_no_targets_of_a_confirmed_task() -> None:
    suggested = replace(target_tag("s", PLATFORMS), version=0)
    assert not alone(suggested).goals
    waiting = item("甲", suggested)._replace(task=replace(item("甲").task, is_confirmed=False))
    assert [goal.id for goal in alone(items=(waiting,)).goals] == ["s"]


def test_that_a_task_nobody_reported_on_is_grey_until_its_feedback_is_missed() -> None:
    assert alone(day=date(2026, 3, 25)).light.colour is Colour.GREY
    assert alone(day=date(2026, 3, 26)).light.colour is Colour.YELLOW
