"""Reporting periods (2026-03, 2026-Q1, 2026): their days, the day their feedback is due, and 序时进度."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from app.domain.errors import UserError

_KEY = re.compile(r"(2\d\d\d)(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?", re.ASCII)
_QUARTERS = "一二三四"


class Cycle(StrEnum):
    """How often progress is reported; the value is what people read."""

    MONTHLY = "每月"
    QUARTERLY = "每季度"
    YEARLY = "每年"


_MONTHS = {Cycle.MONTHLY: 1, Cycle.QUARTERLY: 3, Cycle.YEARLY: 12}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, quarter or year by its first day. Of two, the one that begins earlier is the lesser."""

    first: date
    cycle: Cycle

    @property
    def last(self) -> date:
        """Its last day."""
        return _month(self.first, _MONTHS[self.cycle]) - timedelta(days=1)

    @property
    def next(self) -> "Period":
        """The period after it."""
        return Period(_month(self.first, _MONTHS[self.cycle]), self.cycle)

    @property
    def key(self) -> str:
        """As it is stored: 2026-03, 2026-Q1, 2026."""
        forms = {
            Cycle.MONTHLY: f"{self.first:%Y-%m}",
            Cycle.QUARTERLY: f"{self.first.year}-Q{self._quarter}",
            Cycle.YEARLY: f"{self.first.year}",
        }
        return forms[self.cycle]

    @property
    def words(self) -> str:
        """As people say it: 2026年3月, 2026年第一季度, 2026年."""
        forms = {
            Cycle.MONTHLY: f"{self.first.month}月",
            Cycle.QUARTERLY: f"第{_QUARTERS[self._quarter - 1]}季度",
            Cycle.YEARLY: "",
        }
        return f"{self.first.year}年{forms[self.cycle]}"

    @property
    def _quarter(self) -> int:
        return (self.first.month + 2) // 3


def period_of(key: str) -> Period:
    """The period of a key. UserError where it is none."""
    match = _KEY.fullmatch(key.strip())
    if match is None:
        raise UserError(f"“{key}”不是报送周期，请写成2026-03（月）、2026-Q1（季度）或2026（年）。")
    year, month, quarter = match.groups()
    if month:
        return Period(date(int(year), int(month), 1), Cycle.MONTHLY)
    if quarter:
        return Period(date(int(year), 3 * int(quarter) - 2, 1), Cycle.QUARTERLY)
    return Period(date(int(year), 1, 1), Cycle.YEARLY)


def period_at(day: date, cycle: Cycle) -> Period:
    """The period that a day lies in."""
    months = _MONTHS[cycle]
    return Period(date(day.year, (day.month - 1) // months * months + 1, 1), cycle)


def periods_between(first: date, last: date, cycle: Cycle) -> Iterator[Period]:
    """The periods from the one of `first` to the one of `last`, in order; none where `last` lies before it."""
    period = period_at(first, cycle)
    while period.first <= last:
        yield period
        period = period.next


def feedback_due(period: Period, day: int) -> date:
    """The last day on which a period's feedback is on time: the `day` of the month after it, or that month's last."""
    after = period.next.first
    return after.replace(day=min(day, monthrange(after.year, after.month)[1]))


def period_collected(on: date, first: date, cycle: Cycle, day: int) -> Period:
    """The period whose feedback is awaited on a day: the last that is over until its feedback is due, then the current.

    What lies before the period of `first` is nobody's to report.
    """
    now = period_at(on, cycle)
    before = period_at(now.first - timedelta(days=1), cycle)
    return before if feedback_due(before, day) >= on and before >= period_at(first, cycle) else now


@lru_cache(maxsize=512)  # asked of every task with the same few days
def overdue_periods(on: date, first: date, cycle: Cycle, day: int) -> tuple[Period, ...]:
    """The periods from that of `first` on whose feedback is overdue on a day, if it has not come."""
    return tuple(p for p in periods_between(first, on, cycle) if feedback_due(p, day) < on)


def periods_words(found: Iterable[Period]) -> str:
    """Periods in order as people say them, those that follow each other by the first and last: 2026年2月至9月."""
    runs: list[list[Period]] = []
    for period in found:
        if runs and runs[-1][-1].next == period:
            runs[-1].append(period)
        else:
            runs.append([period])
    return "、".join(map(_run_words, runs))


def _run_words(run: list[Period]) -> str:
    first, last = run[0], run[-1]
    if first == last:
        return first.words
    year = f"{first.first.year}年"
    return f"{first.words}至{last.words.removeprefix(year) or last.words}"


def elapsed_share(first: date, last: date, on: date) -> float:
    """序时进度: the share of the span, both days included, that is over at the end of `on`; 0 to 1.

    Months count alike, whatever their length: at the end of November 11/12 of a year are over, 91.7 %.
    """
    if on >= last:
        return 1.0
    if on < first:
        return 0.0
    start = _months_until(first - timedelta(days=1))
    return (_months_until(on) - start) / (_months_until(last) - start)


def day_of(at: datetime) -> date:
    """The day of an instant by this workstation's clock: what people call the day it happened."""
    return at.astimezone().date()


def _months_until(day: date) -> float:
    """Months since the year 0 at the end of a day."""
    return day.year * 12 + day.month - 1 + day.day / monthrange(day.year, day.month)[1]


def _month(first: date, later: int) -> date:
    """The first of a month some months later."""
    count = first.year * 12 + first.month - 1 + later
    return date(count // 12, count % 12 + 1, 1)
