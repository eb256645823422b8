"""What stands on each sheet of a template: a neutral table, which the workbook writes and a preview shows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from app.domain.ledger import IndicatorRow, Ledger, RowState, TaskRow
from app.domain.outgoing import (
    Heading,
    SupervisionRow,
    indicator_rows,
    supervision_rows,
    unit_rows,
    units_of,
)
from app.domain.periods import Period
from app.domain.supervising import Case
from app.domain.tallies import MonthLights
from app.ledger.layout import Layout, SheetLayout
from app.ledger.style import Value

Row = IndicatorRow | TaskRow | SupervisionRow
NOBODY = "未明确牵头单位"
_TEXTS = frozenset({"text", "issues", "next_steps", "reported_by", "evidence"})
"""What belongs to a task, and is filled in on its first row only."""

_OF_TASKS = frozenset({"tasks", "indicators"})
"""Rows of the tasks as they were decomposed: their sheet says what it was made from, and how far that is."""

FILL_IN = "浅黄色的格子由各单位填写，其他格子已锁定（没有密码）；请不要改动隐藏的标识列"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a workbook is made of. Without cases only the sheets of tasks and indicators can be filled.

    `unit`: whose sheet it is, "" for everybody's. `period`: for which the units' cells are to be filled in. `months`:
    the lights over time, for a workbook with charts.
    """

    ledger: Ledger
    cases: tuple[Case, ...] = ()
    unit: str = ""
    period: Period | None = None
    months: tuple[MonthLights, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table. A group's line has one value, across the table. `shut`: open columns that are locked here.

    `is_open`: nobody has confirmed the row's task.
    """

    values: tuple[Value, ...]
    is_open: bool = False
    is_group: bool = False
    shut: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: the line over it, the line under that, and its lines in order."""

    plan: SheetLayout
    unit: str
    title: str
    subtitle: str
    lines: tuple[Line, ...]


def tables(layout: Layout, contents: Contents, heading: Heading | None = None) -> tuple[Table, ...]:
    """The tables of a template in order, without the optional ones that have no rows."""
    found = (_table(plan, contents, heading) for plan in layout.sheets)
    return tuple(table for table in found if table.lines or not table.plan.optional)


def unit_contents(contents: Contents, units: Iterable[str] = ()) -> tuple[Contents, ...]:
    """The same for each unit, of those named or of all; those that have nothing to do are left out."""
    known = units_of(contents.cases)
    wanted = tuple(units) or known
    return tuple(
        Contents(contents.ledger, contents.cases, unit, contents.period) for unit in wanted if unit in known
    )


def _table(plan: SheetLayout, contents: Contents, heading: Heading | None) -> Table:
    rows = _ROWS[plan.rows](contents)
    title = heading.title if heading and heading.title else contents.ledger.title
    owner = f"（{contents.unit}）" if contents.unit else ""
    return Table(
        plan,
        contents.unit,
        f"{title}{plan.heading}{owner}",
        _subtitle(plan, contents, heading, len(rows)),
        tuple(_grouped(plan, rows) if plan.group else (_line(plan, row) for row in rows)),
    )


_ROWS: dict[str, Callable[[Contents], Sequence[Row]]] = {
    "indicators": lambda contents: contents.ledger.indicators,
    "tasks": lambda contents: contents.ledger.tasks,
    "supervision": lambda contents: supervision_rows(contents.cases),
    "unit": lambda contents: unit_rows(contents.cases, contents.unit, contents.period),
    "indicator_progress": lambda contents: indicator_rows(contents.cases, contents.ledger.indicators),
}


def _subtitle(plan: SheetLayout, contents: Contents, heading: Heading | None, count: int) -> str:
    summary = contents.ledger.summary
    if heading is None or not contents.cases:
        return summary.line
    if plan.rows in _OF_TASKS:
        parts = [heading.office, replace(summary, made=heading.day).line]
    elif contents.unit:
        parts = [heading.office, f"共{count}行", heading.day_words]
    else:
        parts = [heading.office, f"共{count}行", *summary.lacks, heading.day_words]
    if contents.period:
        parts.insert(1, f"报送期：{contents.period.words}")
    if plan.locked:
        parts.append(FILL_IN)
    return " · ".join(part for part in parts if part)


def _line(plan: SheetLayout, row: Row) -> Line:
    values = tuple(getattr(row, column.field) for column in plan.columns)
    if isinstance(row, SupervisionRow):
        return Line(values, shut=_shut(row))
    return Line(values, is_open=row.state is RowState.OPEN)


def _shut(row: SupervisionRow) -> frozenset[str]:
    """A further row of a task has no texts of its own; a task without targets has no figure."""
    texts = frozenset() if row.is_first else _TEXTS
    return texts if row.id != row.task_id else texts | {"actual"}


def _grouped(plan: SheetLayout, rows: Sequence[Row]) -> Iterator[Line]:
    """The rows by group, in the order in which the groups first appear; those of none last."""
    first: dict[Any, int] = {}
    for place, row in enumerate(rows):
        first.setdefault(getattr(row, plan.group), place if getattr(row, plan.group) else len(rows))
    by_group = sorted(rows, key=lambda row: first[getattr(row, plan.group)])
    for name, group in groupby(by_group, key=lambda row: getattr(row, plan.group)):
        members = list(group)
        yield Line((f"{name or NOBODY}（共{len(members)}项）",), is_group=True)
        yield from (_line(plan, row) for row in members)
