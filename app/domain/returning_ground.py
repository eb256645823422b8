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
    `stood`: the facts with the tasks as they read at a moment (None: unknown), of the version of the report that stands
    ("") or of one that was replaced, by its id.
    """

    facts: Facts
    stored: Mapping[Key, Progress]
    names: Mapping[str, str]
    bodies: Mapping[str, str]
    sent: Callable[[str], datetime | None]
    stood: Callable[[str, datetime | None], Facts] | None = None


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
        self._sendings: dict[tuple[str, str, str], _Sending | None] = {}
        self._rows: dict[tuple[int, str, Period | None], Mapping[str, SupervisionRow]] = {}

    def sent(self, file: ReturnedFile, unit: str, period: Period | None) -> "SentRows":
        """What a file's rows are held against. `unit`: its rows are that unit's own, "" for the whole ledger's."""
        mark = (file.marks.get("head", ""), file.marks.get("made", ""), file.marks.get("older", ""))
        if mark not in self._sendings:
            self._sendings[mark] = self._sending(*mark)
        sending = self._sendings[mark]
        own = sending.reports(unit, period) if sending and unit and period else None

        def then() -> Mapping[str, SupervisionRow]:
            return self._by_id(sending.cases(), unit, period) if sending else {}

        return SentRows(self, self._by_id(self.now, unit, period), then, own)

    def _by_id(
        self, found: tuple[Case, ...], unit: str, period: Period | None
    ) -> Mapping[str, SupervisionRow]:
        key = (id(found), unit, period)  # the cases stay as long as this ground does
        if key not in self._rows:
            rows = unit_rows(found, unit, period) if unit else supervision_rows(found)
            self._rows[key] = {row.id: row for row in rows}
        return self._rows[key]

    def _sending(self, head: str, made: str, older: str) -> "_Sending | None":
        """What is known of the moment when a ledger went out; None where nothing is."""
        at = self.standing.sent(head)
        day = _day(made) or (at and day_of(at))
        return None if day is None else _Sending(self, min(day, self.on), at, older)


class _Sending:
    """The facts of the moment when a ledger went out: of its day, and up to `at` where that is known.

    `older`: the version of the report that it went out for, "" for the one that stands.
    """

    def __init__(self, ground: ReportGround, day: date, at: datetime | None, older: str) -> None:
        facts = ground.standing.facts
        self._ground = ground
        self._day = day
        self._at = at
        self._older = older
        self._progress, self._moves = facts.progress, facts.moves
        if at is not None:
            self._progress = tuple(p for p in facts.progress if p.at <= at)
            self._moves = tuple(m for m in facts.moves if m.at <= at)
        self._cases: tuple[Case, ...] | None = None
        self._reports: dict[tuple[str, Period], dict[str, Progress]] = {}

    def cases(self) -> tuple[Case, ...]:
        """Every task as it stood then: computed when something reads neither as it is now nor as it was reported."""
        if self._cases is None:
            facts = self._ground.standing.facts
            before = self._ground.standing.stood
            stood = before(self._older, self._at) if before else facts
            is_all = (len(self._progress), len(self._moves)) == (len(facts.progress), len(facts.moves))
            if stood is facts and is_all and self._day == self._ground.on:
                self._cases = self._ground.now
            else:
                self._cases = cases(replace(stood, progress=self._progress, moves=self._moves), self._day)
        return self._cases

    def reports(self, unit: str, period: Period) -> Mapping[str, Progress]:
        """What a unit had reported for a period, by task: what its form went out with."""
        key = (unit, period)
        if key not in self._reports:
            self._reports[key] = {
                p.task_id: p
                for p in self._progress
                if p.unit == unit and p.period == period.key and day_of(p.at) <= self._day
            }
        return self._reports[key]


@dataclass(frozen=True, slots=True)
class SentRows:
    """The rows of a file as they would go out now, and as they went out (none: not known), by id.

    `own`: what a form's unit had reported when it went out, by task; None where that is not what it went out with.
    """

    report: ReportGround
    now: Mapping[str, SupervisionRow]
    then: Callable[[], Mapping[str, SupervisionRow]]
    own: Mapping[str, Progress] | None

    def of(self, row_id: str) -> Sent | None:
        """What a row is held against; None where the unit has nothing to do with it."""
        row = self.now.get(row_id)
        return Sent(self.report.by_id[row.task_id], row, self.then, self.own) if row else None


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
