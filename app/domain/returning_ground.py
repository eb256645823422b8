"""What returned workbooks are held against: a report's rows as they are now, and as they were when they went out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.domain.outgoing import SupervisionRow, supervision_rows, unit_rows, units_of
from app.domain.periods import Period, day_of
from app.domain.progress import Progress
from app.domain.returned import ReturnedFile
from app.domain.returning_rows import Sent
from app.domain.supervising import Case, Facts, cases

Key = tuple[str, str, str]
"""A task, a period and a unit: one report of progress."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of one report. In `facts` everything is known by today's ids.

    `stored`: progress as it is stored, by today's task. `names`: today's ids of tasks and targets, by every id they
    ever had. `bodies`: units as the ledger calls them, by every name. `sent`: when a ledger with that mark went out.
    """

    facts: Facts
    stored: Mapping[Key, Progress]
    names: Mapping[str, str]
    bodies: Mapping[str, str]
    sent: Callable[[str], datetime | None]


@dataclass(frozen=True, slots=True)
class Taker:
    """Who takes workbooks in, when (UTC), and on which day."""

    person_id: str
    who: str
    at: datetime
    on: date


class ReportGround:
    """A report's cases as they are now and as they were when a ledger went out; rows by unit and period."""

    def __init__(self, report_id: str, standing: Standing, on: date) -> None:
        self.id = report_id
        self.standing = standing
        self.on = on
        self.now = cases(standing.facts, on)
        self.by_id = {case.id: case for case in self.now}
        self.units = frozenset(units_of(self.now))
        self._then: dict[tuple[str, str], tuple[Case, ...] | None] = {}
        self._rows: dict[tuple[int, str, Period | None], dict[str, SupervisionRow]] = {}

    def sent(self, file: ReturnedFile, unit: str, period: Period | None) -> "SentRows":
        """What a file's rows are held against. `unit`: its rows are that unit's own, "" for the whole ledger's."""
        head, made = file.marks.get("head", ""), file.marks.get("made", "")
        then = self._cases_then(head, made)
        now_rows = self._by_id(self.now, unit, period)
        then_rows = {} if then is None else self._by_id(then, unit, period)
        return SentRows(self, now_rows, then_rows)

    def _by_id(self, found: tuple[Case, ...], unit: str, period: Period | None) -> dict[str, SupervisionRow]:
        key = (id(found), unit, period)  # the cases stay as long as this ground does
        if key not in self._rows:
            rows = unit_rows(found, unit, period) if unit else supervision_rows(found)
            self._rows[key] = {row.id: row for row in rows}
        return self._rows[key]

    def _cases_then(self, head: str, made: str) -> tuple[Case, ...] | None:
        """The cases as they were when the ledger went out; None where that is not known."""
        if (head, made) not in self._then:
            self._then[head, made] = self._computed_then(head, made)
        return self._then[head, made]

    def _computed_then(self, head: str, made: str) -> tuple[Case, ...] | None:
        at = self.standing.sent(head)
        day = _day(made) or (at and day_of(at))
        if day is None:
            return None
        facts = self.standing.facts
        progress, moves = facts.progress, facts.moves
        if at is not None:
            progress = tuple(p for p in progress if p.at <= at)
            moves = tuple(m for m in moves if m.at <= at)
        if day == self.on and len(progress) == len(facts.progress) and len(moves) == len(facts.moves):
            return self.now
        return cases(replace(facts, progress=progress, moves=moves), day)


@dataclass(frozen=True, slots=True)
class SentRows:
    """The rows of a file as they would go out now, and as they went out (none: not known), by id."""

    report: ReportGround
    now: Mapping[str, SupervisionRow]
    then: Mapping[str, SupervisionRow]

    def of(self, row_id: str) -> Sent | None:
        """What a row is held against; None where the unit has nothing to do with it."""
        row = self.now.get(row_id)
        return Sent(self.report.by_id[row.task_id], row, self.then.get(row_id)) if row else None


def all_ids(report: ReportGround) -> Mapping[str, Case]:
    """The cases by the ids of their tasks and targets."""
    return report.by_id | {goal.id: case for case in report.now for goal in case.goals}


def unit_of_sheet(name: str, report: ReportGround) -> str:
    """The unit that a sheet is called after (区科技局 反馈表), "" for none."""
    first, gap, _ = name.partition(" ")
    unit = report.standing.bodies.get(first, first) if gap else ""
    return unit if unit in report.units else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
