"""Periods, the day their feedback is due, and the share of a span that is over."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import UserError
from app.domain.periods import (
    Cycle,
    Period,
    elapsed_share,
    feedback_due,
    overdue_periods,
    period_at,
    period_collected,
    period_of,
    periods_between,
    periods_words,
)

MARCH = Period(date(2026, 3, 1), Cycle.MONTHLY)
DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("key", "first", "last", "words"),
    [
        ("2026-03", date(2026, 3, 1), date(2026, 3, 31), "2026年3月"),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), "2026年12月"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "2028年2月"),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31), "2026年第一季度"),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "2026年第四季度"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026年"),
    ],
)
def test_that_a_key_names_a_month_a_quarter_or_a_year(key: str, first: date, last: date, words: str) -> None:
    period = period_of(f" {key} ")
    assert (period.first, period.last, period.words, period.key) == (first, last, words, key)


@pytest.mark.parametrize(
    "key", ["2026-13", "2026-00", "2026-3", "2026-Q5", "2026-Q0", "26", "", "1026", "2026年"]
)
def test_that_another_key_is_refused_by_name(key: str) -> None:
    with pytest.raises(UserError, match=f"“{key}”不是报送周期"):
        period_of(key)


@pytest.mark.parametrize(
    ("cycle", "keys"),
    [
        (Cycle.MONTHLY, ["2026-11", "2026-12", "2027-01"]),
        (Cycle.QUARTERLY, ["2026-Q4", "2027-Q1"]),
        (Cycle.YEARLY, ["2026", "2027"]),
    ],
)
def test_that_periods_follow_each_other_over_the_year_s_end(cycle: Cycle, keys: list[str]) -> None:
    between = periods_between(date(2026, 11, 30), date(2027, 1, 1), cycle)
    assert [period.key for period in between] == keys


def test_that_there_are_no_periods_before_the_first() -> None:
    assert not list(periods_between(date(2026, 3, 1), date(2026, 2, 28), Cycle.MONTHLY))


@given(DAYS, st.sampled_from(Cycle))
def test_that_a_day_lies_in_its_period_and_in_no_other(day: date, cycle: Cycle) -> None:
    period = period_at(day, cycle)
    assert period.first <= day <= period.last
    assert period.next.first == period.last + timedelta(days=1)
    assert period_of(period.key) == period


@pytest.mark.parametrize(
    ("key", "day", "due"),
    [
        ("2026-03", 25, date(2026, 4, 25)),
        ("2026-12", 25, date(2027, 1, 25)),
        ("2026-01", 31, date(2026, 2, 28)),
        ("2026-Q1", 5, date(2026, 4, 5)),
        ("2026", 25, date(2027, 1, 25)),
    ],
)
def test_that_feedback_is_due_in_the_month_after(key: str, day: int, due: date) -> None:
    assert feedback_due(period_of(key), day) == due


@pytest.mark.parametrize(
    ("on", "keys"),
    [
        (date(2026, 4, 25), ["2026-01", "2026-02"]),
        (date(2026, 4, 26), ["2026-01", "2026-02", "2026-03"]),
        (date(2026, 2, 25), []),
    ],
)
def test_that_feedback_is_overdue_the_day_after_it_was_due(on: date, keys: list[str]) -> None:
    overdue = overdue_periods(on, date(2026, 1, 10), Cycle.MONTHLY, 25)
    assert [period.key for period in overdue] == keys


NEW_YEAR, YEAR_END = date(2026, 1, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("on", "share"),
    [
        (date(2025, 12, 31), 0),
        (date(2026, 1, 1), 1 / 31 / 12),
        (date(2026, 3, 31), 0.25),
        (date(2026, 6, 15), 5.5 / 12),
        (date(2026, 11, 30), 11 / 12),
        (date(2026, 12, 30), (11 + 30 / 31) / 12),
        (date(2026, 12, 31), 1),
        (date(2027, 5, 1), 1),
    ],
)
def test_that_eleven_months_are_eleven_twelfths(on: date, share: float) -> None:
    assert elapsed_share(NEW_YEAR, YEAR_END, on) == pytest.approx(share, abs=1e-12)


def test_that_a_plan_elapses_over_its_years() -> None:
    first, last = date(2026, 1, 1), date(2030, 12, 31)
    assert elapsed_share(first, last, date(2028, 6, 30)) == pytest.approx(0.5)
    assert elapsed_share(first, last, date(2026, 12, 31)) == pytest.approx(0.2)


def test_that_a_span_may_begin_within_a_month() -> None:
    assert elapsed_share(date(2026, 4, 16), date(2026, 4, 30), date(2026, 4, 18)) == pytest.approx(0.2)


def test_that_a_span_over_before_it_began_has_elapsed() -> None:
    assert elapsed_share(NEW_YEAR, date(2025, 6, 30), NEW_YEAR) == 1
    assert elapsed_share(NEW_YEAR, date(2025, 6, 30), date(2025, 6, 29)) == 0


@given(DAYS, DAYS, DAYS)
def test_that_the_share_never_falls(first: date, last: date, on: date) -> None:
    share, next_day = (elapsed_share(first, last, day) for day in (on, on + timedelta(days=1)))
    assert 0 <= share <= next_day <= 1


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("", ""),
        ("2026-02", "2026年2月"),
        ("2026-02 2026-03", "2026年2月至3月"),
        ("2026-02 2026-03 2026-04 2026-06", "2026年2月至4月、2026年6月"),
        ("2025-11 2025-12 2026-01", "2025年11月至2026年1月"),
        ("2026-Q1 2026-Q2", "2026年第一季度至第二季度"),
        ("2026 2027", "2026年至2027年"),
    ],
)
def test_that_periods_that_follow_each_other_are_told_by_the_first_and_last(keys: str, words: str) -> None:
    assert periods_words(map(period_of, keys.split())) == words


@pytest.mark.parametrize(
    ("on", "cycle", "key"),
    [
        (date(2026, 4, 25), Cycle.MONTHLY, "2026-03"),
        (date(2026, 4, 26), Cycle.MONTHLY, "2026-04"),
        (date(2026, 1, 1), Cycle.MONTHLY, "2025-12"),
        (date(2026, 4, 25), Cycle.QUARTERLY, "2026-Q1"),
        (date(2026, 4, 26), Cycle.QUARTERLY, "2026-Q2"),
        (date(2026, 1, 25), Cycle.YEARLY, "2025"),
        (date(2026, 1, 26), Cycle.YEARLY, "2026"),
    ],
)
def test_that_what_is_collected_is_the_last_period_until_its_feedback_is_due(
    on: date, cycle: Cycle, key: str
) -> None:
    assert period_collected(on, date(2025, 1, 1), cycle, 25).key == key


@pytest.mark.parametrize(
    ("on", "first", "cycle", "key"),
    [
        (date(2026, 1, 10), date(2026, 1, 1), Cycle.MONTHLY, "2026-01"),
        (date(2026, 2, 10), date(2026, 1, 31), Cycle.MONTHLY, "2026-01"),
        (date(2026, 2, 10), date(2026, 2, 1), Cycle.MONTHLY, "2026-02"),
        (date(2026, 1, 10), date(2026, 1, 1), Cycle.QUARTERLY, "2026-Q1"),
        (date(2026, 1, 10), date(2026, 1, 1), Cycle.YEARLY, "2026"),
        (date(2026, 1, 10), date(2027, 1, 1), Cycle.MONTHLY, "2026-01"),
    ],
)
def test_that_nothing_is_collected_of_the_time_before_the_report(
    on: date, first: date, cycle: Cycle, key: str
) -> None:
    assert period_collected(on, first, cycle, 25).key == key
