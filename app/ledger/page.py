"""One sheet as it is filled: set up, headed, line by line, finished. Locks, lists and lights are its template's."""

from collections.abc import Iterable, Sequence

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.lights import COLOUR_NAMES
from app.domain.periods import Cycle
from app.domain.task_moves import TaskState
from app.ledger.filling import Line
from app.ledger.layout import PAPERS, Column, Layout, SheetLayout
from app.ledger.style import Styles, Value

HEADER_ROW = 3
"""The title and the line under it stand above the header."""

_LISTS: dict[str, tuple[str, ...]] = {
    "states": tuple(state.value for state in TaskState),
    "lights": tuple(COLOUR_NAMES.values()),
    "cycles": tuple(cycle.value for cycle in Cycle),
}
_ALLOWED = ("formatColumns", "formatRows", "formatCells", "insertRows", "sort", "autoFilter")
"""What may still be done on a locked sheet."""


def set_up_paper(sheet: Worksheet, layout: Layout) -> None:
    """The template's paper across, one page wide, its margins and page numbers."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = PAPERS[layout.paper].number
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(**layout.margins)
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = layout.footer


class Page:
    """One sheet of a workbook, in the order of its methods."""

    def __init__(self, sheet: Worksheet, plan: SheetLayout, layout: Layout, styles: Styles) -> None:
        self._sheet = sheet
        self._plan = plan
        self._layout = layout
        self._styles = styles
        self._row = 0
        self._body_styles: dict[tuple[float, bool, frozenset[str]], list[StyleArray]] = {}
        self._merging = {plan_field: _Run() for plan_field in plan.merge}

    def set_up(self) -> None:
        """Paper, column widths, the frozen and repeated header."""
        sheet = self._sheet
        set_up_paper(sheet, self._layout)
        sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
        sheet.freeze_panes = f"A{HEADER_ROW + 1}"
        for index, column in enumerate(self._plan.columns, 1):
            dimension = sheet.column_dimensions[get_column_letter(index)]
            dimension.width = column.width
            dimension.hidden = column.hidden

    def head(self, texts: Sequence[str], heights: Sequence[float]) -> None:
        """The title and the line under it across all that is seen, then the columns' titles; each with its height."""
        *over, header_height = heights
        for role, text, height in zip(("title", "subtitle"), texts, over, strict=True):
            self._append([(text, self._styles.heading(role))], height)
            self._merge_across()
        style = self._styles.header()
        self._append([(column.title, style) for column in self._plan.columns], header_height)

    def turn(self) -> None:
        """Begin a new page. A sheet that comes back has its rows sorted and others put in: it breaks where it will."""
        if self._plan.locked or not (self._plan.group or self._plan.merge):
            return
        self._end_runs()
        self._sheet.row_breaks.append(Break(self._row))

    def add(self, line: Line, size: float, height: float) -> None:
        """One line of the table, its print so large and so high.

        Equal categories are repeated where the sheet comes back: a merged cell breaks sorting and the filter.
        """
        if line.is_group:
            self._add_group(str(line.values[0]), height)
            return
        self._append(zip(line.values, self._row_styles(size, line), strict=True), height)
        for name, run in self._merging.items():
            value = next(v for v, c in zip(line.values, self._plan.columns, strict=True) if c.field == name)
            self._merge_run(name, run, value)

    def finish(self) -> None:
        """Cells merged, the filter over the hidden columns too (sorting must take the id along), locks and lists."""
        self._end_runs()
        if not self._plan.group:
            last = get_column_letter(len(self._plan.columns))
            self._sheet.auto_filter.ref = f"A{HEADER_ROW}:{last}{self._row}"
        if self._row > HEADER_ROW:
            for index, column in enumerate(self._plan.columns, 1):
                self._rule(
                    column,
                    f"{get_column_letter(index)}{HEADER_ROW + 1}:{get_column_letter(index)}{self._row}",
                )
        if self._plan.locked:
            self._lock()

    # --- lines

    def _row_styles(self, size: float, line: Line) -> list[StyleArray]:
        """The styles of a line's cells: the same for all lines of its kind."""
        key = (size, line.is_open, line.shut)
        if key not in self._body_styles:
            self._body_styles[key] = [
                self._styles.body(
                    column.align,
                    size,
                    is_open=line.is_open,
                    kind=column.kind,
                    unlocked=self._plan.locked and column.open and column.field not in line.shut,
                )
                for column in self._plan.columns
            ]
        return self._body_styles[key]

    def _add_group(self, text: str, height: float) -> None:
        self._end_runs()
        style = self._styles.group()
        self._append([(text, style), *((None, style) for _ in range(self._plan.visible - 1))], height)
        self._merge_across()

    def _append(self, cells: Iterable[tuple[Value, StyleArray]], height: float) -> None:
        self._sheet.append([self._styles.cell(self._sheet, value, style) for value, style in cells])
        self._row += 1
        self._sheet.row_dimensions[self._row].height = height

    def _merge_across(self) -> None:
        if self._plan.visible > 1:
            last = get_column_letter(self._plan.visible)
            self._sheet.merge_cells(f"A{self._row}:{last}{self._row}")

    def _end_runs(self) -> None:
        for name, run in self._merging.items():
            self._merge(name, run.first, self._row)
            run.value = None

    def _merge_run(self, name: str, run: "_Run", value: Value) -> None:
        """Go on with a run of equal cells, or merge the one that ends here and begin another."""
        if run.value is not None and value == run.value:
            return
        self._merge(name, run.first, self._row - 1)
        run.value, run.first = value, self._row

    def _merge(self, name: str, first: int, last: int) -> None:
        if 0 < first < last and self._merging[name].value is not None:
            letter = get_column_letter(_place(self._plan.columns, name))
            self._sheet.merge_cells(f"{letter}{first}:{letter}{last}")

    # --- rules

    def _rule(self, column: Column, area: str) -> None:
        if column.field == "light":
            for colour, words in COLOUR_NAMES.items():
                fill = self._layout.fills[colour.value]
                rule = CellIsRule(
                    operator="equal",
                    formula=[f'"{words}"'],
                    fill=PatternFill("solid", start_color=fill, end_color=fill),
                )
                self._sheet.conditional_formatting.add(area, rule)
        if column.choices:
            self._validate(area, DataValidation("list", formula1=f'"{",".join(_LISTS[column.choices])}"'))
        elif column.kind == "date" and column.open:
            self._validate(
                area,
                DataValidation(
                    "date", operator="between", formula1="36526", formula2="73415", errorStyle="warning"
                ),
            )

    def _validate(self, area: str, validation: DataValidation) -> None:
        """36526 and 73415 are the first day of 2000 and the last of 2100. Only a list stops what is not in it."""
        is_list = validation.type == "list"
        validation.showErrorMessage = validation.showInputMessage = True
        validation.errorTitle = "请检查"
        validation.error = "请从列表中选择。" if is_list else "请填写日期，如2026-03-31。"
        validation.promptTitle = "" if is_list else "日期"
        validation.prompt = "" if is_list else "如2026-03-31"
        validation.allowBlank = True
        validation.add(area)
        self._sheet.add_data_validation(validation)

    def _lock(self) -> None:
        """Without a password: it keeps people from slips, and what was changed all the same shows on return."""
        protection = self._sheet.protection
        protection.sheet = True
        for name in _ALLOWED:
            setattr(protection, name, False)  # the file says what is forbidden


class _Run:
    """Equal cells one below the other: their value, None where there are none, and first row."""

    def __init__(self) -> None:
        self.value: Value = None
        self.first = 0


def _place(columns: Sequence[Column], name: str) -> int:
    return next(place for place, column in enumerate(columns, 1) if column.field == name)


def shown(value: Value, column: Column) -> str:
    """A value as its cell shows it."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.1%}" if column.kind == "percent" else f"{value:.15g}"
    return str(value)
