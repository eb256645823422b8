"""One returned row against what went out and what stands: what it says, and which of its cells are not taken."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.completion import Goal, TargetKind
from app.domain.outgoing import SupervisionRow
from app.domain.periods import Period, period_at
from app.domain.progress import Progress
from app.domain.reported_figures import figure_of, read_figure, same_unit
from app.domain.returned import OPEN, TEXTS, Place, RefusedCell, ReturnedFile, ReturnedRow, RowFault
from app.domain.supervising import Case
from app.domain.typed import Cell, Odd, day_of_cell, is_blank, is_same, words_of

LOCKED = "这一栏不能由单位改动"
NOT_CLEARED = "留空不会清除已经报过的内容"
NO_TARGET = "这项任务没有量化目标，完成值没有采用，请写在进展情况里"
ON_FIRST_ROW = "一项任务的文字只填在第一行"
MERGED = "单元格被合并，分不清是哪一行的数"
NO_NUMBER = "读不出一个数"
TOO_LONG = "完成值太长，请把说明写在进展情况里"
NEGATIVE = "累计数不能是负数"
NO_DAY = "日期看不懂"
TOO_LATE = "日期还没有到"
OUT_OF_YEARS = "日期不在报告的年份里"
MISPLACED = "标识和编号、事项对不上，可能只排序了一部分列；这一行没有采用，请按标识列还原后再报"
NO_PERIOD = "没有填写截至日期，不知道是哪一期的进展"

FIGURE_LIMIT = 200
"""The most characters of a figure with what is said about it."""

_KNOWN_BY = ("number", "matter")
_UNTOLD = frozenset({"id", "unit", "role"})
"""What tells rows apart and says nothing of its own."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a row is held against: its case, the row as it would go out now, and as it went out.

    `rows_then` are all rows as they went out, none where that is not known. `own`: what the form's unit had reported
    when it went out, by task, where the form is of one unit for one period; so nothing need be computed for that.
    """

    case: Case
    now: SupervisionRow
    rows_then: Callable[[], Mapping[str, SupervisionRow]]
    own: Mapping[str, Progress] | None

    @property
    def then(self) -> SupervisionRow | None:
        """The row as it went out; None where that is not known."""
        return self.rows_then().get(self.now.id)

    def is_untouched(self, name: str, cell: Cell | None) -> bool:
        """Whether a cell says what went out in it, or what would go out now."""
        if is_same(getattr(self.now, name), cell):
            return True
        then = self.then
        return then is not None and then is not self.now and is_same(getattr(then, name), cell)

    def said_then(self, name: str) -> str | float | date | None:
        """What went out in an open cell of the task's own row; None where that is not known."""
        if self.own is None:
            then = self.then
            return None if then is None else getattr(then, name)
        report = self.own.get(self.case.id)
        if report is None:
            return ""
        if name == "actual":
            return next((f.words for f in report.figures if f.target_id == self.now.id), "")
        value: str | tuple[str, ...] = getattr(report, name)
        return value if isinstance(value, str) else "、".join(value)

    def period_then(self, period: Period | None) -> Period | None:
        """For which period the row went out; `period` is the form's."""
        then = None if self.own is not None or period else self.then
        return period if then is None or then.as_of is None else period_at(then.as_of, self.case.cycle)


@dataclass(frozen=True, slots=True)
class Span:
    """The years of a report, the day it is, the period that a file is for, and its columns of either kind."""

    first: date
    last: date
    on: date
    period: Period | None
    locked: tuple[str, ...]
    open: tuple[str, ...]

    @classmethod
    def of(cls, file: ReturnedFile, first: date, last: date, on: date, period: Period | None) -> "Span":
        """Of a file's columns those that its template lets a unit fill in are open, and only what a unit may say."""
        is_open = {name: name in OPEN and name not in file.locked for name in file.titles}
        locked = tuple(name for name in file.titles if not is_open[name] and name not in _UNTOLD)
        return cls(
            first, last, on, period, locked, tuple(n for n in file.titles if is_open[n] and n != "as_of")
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """What one cell says anew. `field` is one of TEXTS, or "actual" with its `target_id`.

    `then` is what went out in the cell for the same period, "" where nothing did.
    """

    place: Place
    unit: str
    task_id: str
    period: str
    field: str
    target_id: str
    title: str
    words: str
    then: str = ""


Problem = RefusedCell | RowFault
Told = Statement | Problem


def place_of(file: ReturnedFile, row: ReturnedRow, number: str = "") -> Place:
    """Where a row stands; its number as the ledger has it, else as it is typed."""
    return Place(file.name, row.sheet, row.line, number or words_of(row.cells.get("number")))


def told(file: ReturnedFile, row: ReturnedRow, sent: Sent, unit: str, span: Span) -> Iterator[Told]:
    """What a row says anew, and what of it is not taken. A row that is not what its id says is left out whole."""
    yield from _Reader(file, row, sent, unit, span, place_of(file, row, sent.now.number)).told()


@dataclass(frozen=True, slots=True)
class _Reader:
    file: ReturnedFile
    row: ReturnedRow
    sent: Sent
    unit: str
    span: Span
    place: Place

    def told(self) -> Iterator[Told]:
        if self._is_misplaced():
            yield RowFault(self.place, MISPLACED)
            return
        yield from self._locked()
        said: dict[str, Cell] = {}
        for name in self.span.open:
            yield from self._open(name, said)
        problem, period = self._period()
        if problem:
            yield problem
        if period is None and said:
            yield RowFault(self.place, NO_PERIOD)
        elif period is not None:
            yield from self._statements(period, said)

    # --- what a unit may not change

    def _is_misplaced(self) -> bool:
        """Neither its number nor its words are those of its id; where it has only one of them, that one."""
        seen = [self.sent.is_untouched(n, self.row.cells[n]) for n in _KNOWN_BY if n in self.row.cells]
        return bool(seen) and not any(seen)

    def _locked(self) -> Iterator[RefusedCell]:
        cells, merged = self.row.cells, self.row.merged
        for name in self.span.locked:
            if name not in merged and not self.sent.is_untouched(name, cells.get(name)):
                yield self._refused(name, LOCKED)

    def _refused(self, name: str, why: str, before: str | None = None) -> RefusedCell:
        stands = getattr(self.sent.now, name)
        shown = before if before is not None else _shown(stands)
        after = words_of(self.row.cells.get(name))
        return RefusedCell(self.place, self.file.titles[name].replace("\n", ""), shown, after, why)

    # --- what it says

    def _open(self, name: str, said: dict[str, Cell]) -> Iterator[RefusedCell]:
        """Gather in `said` what an open cell says; what is not taken is told."""
        cell = self.row.cells.get(name)
        if self._is_shut(name):
            is_told = cell is not None and name not in self.row.merged and not is_blank(cell)
            if is_told and not self.sent.is_untouched(name, cell):
                yield self._refused(name, NO_TARGET if name == "actual" else ON_FIRST_ROW)
        elif isinstance(cell, Odd):
            yield self._refused(name, cell.why)
        elif cell is None or is_blank(cell):
            then = self.sent.said_then(name)
            if then and not is_same(then, cell) and name not in self.row.merged:
                yield self._refused(name, NOT_CLEARED)
        elif name == "actual":
            why = self._wrong_figure(words_of(cell))
            if why:
                yield self._refused(name, why)
            else:
                said[name] = cell
        else:
            said[name] = cell

    def _is_shut(self, name: str) -> bool:
        if name == "actual":
            return self.sent.now.id == self.sent.now.task_id
        return name in TEXTS and not self.sent.now.is_first

    def _wrong_figure(self, words: str) -> str:
        goal = next(goal for goal in self.sent.case.goals if goal.id == self.sent.now.id)
        if "actual" in self.row.merged:
            return MERGED
        cell = self.row.cells["actual"]
        if is_same(self.sent.now.actual, cell) or is_same(self.sent.said_then("actual"), cell):
            return ""
        return wrong_figure(goal, words) if len(words) <= FIGURE_LIMIT else TOO_LONG

    def _statements(self, period: Period, said: Mapping[str, Cell]) -> Iterator[Statement]:
        """What was changed since it went out; of another period everything is said anew."""
        key, is_same_period = period.key, period == self.sent.period_then(self.span.period)
        for name, cell in said.items():
            sent = self.sent.said_then(name) if is_same_period else None
            if sent is not None and is_same(sent, cell):
                continue
            target = self.sent.now.id if name == "actual" else ""
            title = self.file.titles[name].replace("\n", "")
            yield Statement(
                self.place,
                self.unit,
                self.sent.case.id,
                key,
                name,
                target,
                title,
                words_of(cell),
                _shown(sent),
            )

    # --- of which period

    def _period(self) -> tuple[RefusedCell | None, Period | None]:
        """The period that the row's day lies in, else the file's; a day that is not taken is told."""
        cell = self.row.cells.get("as_of")
        own = self.span.period
        if cell is None or is_blank(cell) or "as_of" in self.file.locked:
            return None, own
        day = day_of_cell(cell, self._year)
        if day is None:
            return self._refused("as_of", cell.why if isinstance(cell, Odd) else NO_DAY), own
        if own and own.first <= day <= own.last:
            return None, own
        # what is not done when its year is over is reported on all the same, but not by mistake for another period
        last = max(self.span.last, own.last if own else self.span.on)
        if not self.span.first <= day <= last:
            return self._refused("as_of", OUT_OF_YEARS), own
        found = period_at(day, own.cycle if own else self.sent.case.cycle)
        return (self._refused("as_of", TOO_LATE), own) if found.first > self.span.on else (None, found)

    @property
    def _year(self) -> int:
        """What a day means that is written without its year: the period's, else this one as far as the report goes."""
        span = self.span
        return (
            span.period.first.year if span.period else min(max(span.on.year, span.first.year), span.last.year)
        )


def wrong_figure(goal: Goal, words: str) -> str:
    """Why what was typed is no figure of a goal; "" where it is, or the goal is one of words."""
    tests: tuple[Callable[[Goal, str], str], ...] = (_no_number, _other_unit, _negative)
    if goal.kind in {TargetKind.RELATIVE, TargetKind.WORDS}:
        return ""
    return next(filter(None, (test(goal, words) for test in tests)), "")


def _no_number(goal: Goal, words: str) -> str:
    return NO_NUMBER if figure_of(goal.id, words).value is None else ""


def _other_unit(goal: Goal, words: str) -> str:
    read = read_figure(words)
    if read is None or same_unit(read[1], goal.target.unit):
        return ""
    return f"单位“{read[1]}”与目标的单位“{goal.target.unit or '（无）'}”不同"


def _negative(goal: Goal, words: str) -> str:
    value = figure_of(goal.id, words).value
    return NEGATIVE if goal.kind is TargetKind.COUNT and value is not None and value < 0 else ""


def _shown(value: str | float | date | None) -> str:
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)
