"""Lights: each boundary on both sides."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.errors import UserError
from app.domain.lights import COLOUR_NAMES, Colour, Light, LightInputs, LightRule, check_rule, judge

RULE = LightRule()
DUE = date(2026, 12, 31)
CALM = LightInputs(date(2026, 6, 30), DUE, False, False, False, 0.5, 0.5, 0.0, False)


def light(rule: LightRule = RULE, **inputs: object) -> Light:
    return judge(rule, replace(CALM, **inputs))  # type: ignore[arg-type]  # its fields by name


def colour(**inputs: object) -> Colour:
    return light(**inputs).colour  # type: ignore[arg-type]  # its fields by name


def test_that_a_calm_task_is_green() -> None:
    assert (light().colour, light().why) == (Colour.GREEN, ("进度正常",))
    assert light(is_done=True).why == ("已完成",)


def test_that_a_light_keeps_what_it_was_judged_by() -> None:
    rule = LightRule(since=date(2026, 2, 1))
    shown = judge(rule, CALM)
    assert (shown.rule, shown.inputs) == (rule, CALM)


@pytest.mark.parametrize(
    ("on", "expected", "why"),
    [
        (DUE - timedelta(days=16), Colour.GREEN, "进度正常"),
        (DUE - timedelta(days=15), Colour.YELLOW, "距完成时限还有15天，尚未完成"),
        (DUE - timedelta(days=1), Colour.YELLOW, "距完成时限还有1天，尚未完成"),
        (DUE, Colour.YELLOW, "今天到完成时限，尚未完成"),
        (DUE + timedelta(days=1), Colour.RED, "超过完成时限1天，尚未办结"),
    ],
)
def test_that_a_light_changes_fifteen_days_before_the_deadline_and_after_it(
    on: date, expected: Colour, why: str
) -> None:
    assert (light(on=on).colour, light(on=on).why) == (expected, (why,))


def test_that_what_is_done_waits_green_for_its_deadline_and_is_red_after_it_until_it_is_closed() -> None:
    assert colour(on=DUE, is_done=True) is Colour.GREEN
    late = DUE + timedelta(days=1)
    assert colour(on=late, is_done=True) is Colour.RED
    assert colour(on=late, is_closed=True) is Colour.GREEN
    assert light(on=late, is_closed=True, lag=0.9).why == ("已办结",)


@pytest.mark.parametrize(
    ("lag", "expected"),
    [
        (None, Colour.GREEN),
        (-0.5, Colour.GREEN),
        (0.0999, Colour.GREEN),
        (0.1, Colour.YELLOW),
        (0.9 - 0.8, Colour.YELLOW),
        (0.3, Colour.YELLOW),
        (0.9 - 0.6, Colour.YELLOW),
        (0.3001, Colour.RED),
    ],
)
def test_that_a_light_changes_ten_and_more_than_thirty_points_behind(
    lag: float | None, expected: Colour
) -> None:
    assert colour(lag=lag) is expected


def test_that_the_lag_is_told_in_points() -> None:
    assert light(lag=0.3256).why == ("落后序时进度32.6个百分点",)
    assert light(lag=0.2).why == ("落后序时进度20个百分点",)


def test_that_missed_feedback_is_yellow_and_never_red() -> None:
    assert (light(is_feedback_missed=True).colour, light(is_feedback_missed=True).why) == (
        Colour.YELLOW,
        ("没有按期反馈",),
    )


def test_that_every_reason_for_the_colour_is_told_and_none_of_a_lesser() -> None:
    both = light(on=DUE + timedelta(days=2), lag=0.4, is_feedback_missed=True)
    assert both.why == ("超过完成时限2天，尚未办结", "落后序时进度40个百分点")
    yellow = light(on=DUE, lag=0.2, is_feedback_missed=True)
    assert yellow.why == ("今天到完成时限，尚未完成", "落后序时进度20个百分点", "没有按期反馈")


def test_that_a_rolling_task_is_grey_whatever_its_dates_and_shares() -> None:
    late = light(is_rolling=True, on=DUE + timedelta(days=9), lag=0.8)
    assert (late.colour, late.why) == (Colour.GREY, ("持续推进，不按时限亮灯",))
    assert colour(is_rolling=True, is_feedback_missed=True) is Colour.YELLOW
    assert colour(is_rolling=True, is_closed=True) is Colour.GREEN


def test_that_a_task_nobody_has_reported_on_is_grey() -> None:
    assert (light(has_progress=False).colour, light(has_progress=False).why) == (
        Colour.GREY,
        ("尚无进展数据",),
    )
    assert colour(has_progress=False, is_done=True) is Colour.GREEN
    assert colour(has_progress=False, is_feedback_missed=True) is Colour.YELLOW
    assert colour(has_progress=False, on=DUE + timedelta(days=1)) is Colour.RED


def test_that_a_task_without_a_deadline_is_never_overdue() -> None:
    assert colour(due=None, on=DUE + timedelta(days=900)) is Colour.GREEN


def test_that_the_office_s_own_rule_is_followed() -> None:
    strict = LightRule(red_lag=0.2, yellow_lag=0.05, yellow_days=30)
    assert light(strict, lag=0.21).colour is Colour.RED
    assert light(strict, lag=0.05).colour is Colour.YELLOW
    assert light(strict, on=DUE - timedelta(days=30)).colour is Colour.YELLOW
    assert light(strict, on=DUE - timedelta(days=31)).colour is Colour.GREEN


@pytest.mark.parametrize(
    "rule",
    [
        RULE,
        LightRule(red_lag=1.0, yellow_lag=0.99),
        LightRule(yellow_days=0),
        LightRule(yellow_days=366),
        LightRule(feedback_day=1),
        LightRule(feedback_day=31),
    ],
)
def test_that_a_sound_rule_is_taken(rule: LightRule) -> None:
    check_rule(rule)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (LightRule(yellow_lag=0.0), "落后幅度"),
        (LightRule(yellow_lag=0.3), "落后幅度"),
        (LightRule(red_lag=1.01), "落后幅度"),
        (LightRule(yellow_days=-1), "天数"),
        (LightRule(yellow_days=367), "天数"),
        (LightRule(feedback_day=0), "报送日"),
        (LightRule(feedback_day=32), "报送日"),
    ],
)
def test_that_a_rule_against_itself_is_refused(rule: LightRule, words: str) -> None:
    with pytest.raises(UserError, match=words):
        check_rule(rule)


def test_that_every_colour_has_its_name() -> None:
    assert set(COLOUR_NAMES) == set(Colour)
