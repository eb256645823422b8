"""到期清单: what is overdue, due this week or this month, and whose feedback has not come; reminders in words."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.supervising import Case
from app.domain.wording import short_title

_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class DueEntry:
    """A task and the day it is due on; `days` are left until then, negative when it is over."""

    case: Case
    day: date
    days: int

    @property
    def words(self) -> str:
        """How it stands: 已超期5天, 今天到期, 还有3天."""
        if self.days < 0:
            return f"已超期{-self.days}天"
        return f"还有{self.days}天" if self.days else "今天到期"


@dataclass(frozen=True, slots=True)
class DueList:
    """The tasks that want chasing on a day, each list by its days. A task stands in one of the first three, and
    besides, where its feedback has not come, in the last.
    """

    on: date
    overdue: tuple[DueEntry, ...]
    this_week: tuple[DueEntry, ...]
    this_month: tuple[DueEntry, ...]
    missed: tuple[Case, ...]

    @property
    def titled(self) -> tuple[tuple[str, tuple[DueEntry, ...]], ...]:
        """The lists of days with their titles."""
        return (
            ("已超期", self.overdue),
            ("本周到期", self.this_week),
            ("本月到期", self.this_month),
        )


def due_list(found: Iterable[Case], on: date) -> DueList:
    """What is to be chased. A task with several deadlines stands at its next, and is overdue after its last.

    A closed task is in no list. What is due this week is not told again for the month; weeks begin on Monday.
    """
    open_cases = [case for case in found if not case.is_closed]
    entries = sorted(
        (DueEntry(case, day, (day - on).days) for case in open_cases if (day := _next(case, on))),
        key=lambda entry: entry.day,
    )
    sunday = on + timedelta(days=_SUNDAY - on.weekday())
    month_end = on.replace(day=monthrange(on.year, on.month)[1])
    return DueList(
        on=on,
        overdue=tuple(e for e in entries if e.days < 0),
        this_week=tuple(e for e in entries if e.days >= 0 and e.day <= sunday),
        this_month=tuple(e for e in entries if sunday < e.day <= month_end),
        missed=tuple(case for case in open_cases if case.missed),
    )


def _next(case: Case, on: date) -> date | None:
    return next((day for day in case.dates if day >= on), case.due)


def of_unit(found: DueList, unit: str) -> DueList:
    """The part of the list that one unit leads."""
    overdue, this_week, this_month = (
        tuple(entry for entry in entries if entry.case.row.lead == unit) for _, entries in found.titled
    )
    missed = tuple(case for case in found.missed if case.row.lead == unit)
    return DueList(found.on, overdue, this_week, this_month, missed)


def units_to_remind(found: DueList) -> tuple[str, ...]:
    """The units that lead something in the list, in the list's order; "" for tasks that nobody leads."""
    named = [entry.case.row.lead for _, entries in found.titled for entry in entries]
    return tuple(dict.fromkeys((*named, *(case.row.lead for case in found.missed))))


def reminder(found: DueList, unit: str, office: str = "") -> str:
    """A unit's reminder, ready to be copied; "" where it has nothing in the list."""
    own = of_unit(found, unit)
    parts = [
        f"{title}（{len(entries)}项）：\n" + "\n".join(map(_line, entries))
        for title, entries in own.titled
        if entries
    ]
    if own.missed:
        parts.append(f"未按期反馈（{len(own.missed)}项）：\n" + "\n".join(map(_missed_line, own.missed)))
    if not parts:
        return ""
    day = f"{own.on.year}年{own.on.month}月{own.on.day}日"
    head = f"{unit or '各有关单位'}：\n截至{day}，你单位牵头的下列事项请抓紧办理并反馈。"
    return "\n".join((head, *parts, *((office,) if office else ()), day))


def _line(entry: DueEntry) -> str:
    day = f"{entry.day.year}年{entry.day.month}月{entry.day.day}日"
    return f"第{entry.case.row.number}项 {_title(entry.case)}（完成时限{day}，{entry.words}）"


def _missed_line(case: Case) -> str:
    return f"第{case.row.number}项 {_title(case)}（{case.missed_words}）"


def _title(case: Case) -> str:
    return case.row.summary.strip() or short_title(case.row.quote)
