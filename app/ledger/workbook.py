"""Ledgers -> one .xlsx in the office's house style."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.errors import UserError
from app.domain.ledger import IndicatorRow, Ledger, RowState, TaskRow
from app.ledger.layout import Layout, SheetLayout, decomposition
from app.ledger.measure import fitting, height_of
from app.ledger.saving import check_target, write_beside
from app.ledger.style import Styles
from app.ledger.text import cell_text, sheet_name

Progress = Callable[[str, float], None]
"""Called with what is being done and the share done (0 to 1); raises CancelledError to stop the work."""

HEADER_ROW = 3
"""The title and the line under it stand above the header."""

PAPER_A4 = 9
_STEP = 50
_SHARE_OF_ROWS = 0.6


def write_workbook(
    out: Path, ledgers: Sequence[Ledger], *, progress: Callable[[str, float], None] | None = None
) -> None:
    """Write the sheets of every ledger to `out`, an .xlsx; what stood there is replaced when all is done.

    UserError where it cannot be written; then, as when `progress` raises CancelledError, `out` is as it was
    and nothing else is left behind.
    """
    tell = progress or (lambda _message, _share: None)
    if not ledgers:
        raise UserError("没有可以导出的报告，请先导入报告，再导出台账。")
    check_target(out)
    book = _book(ledgers, decomposition(), tell)
    tell("正在生成工作簿", _SHARE_OF_ROWS)
    write_beside(out, lambda: _bytes(book), lambda: tell("正在写入文件", 0.95))


def _bytes(book: Workbook) -> bytes:
    # in memory first: zipfile, when a disk fills up under it, fails a second time while being cleaned up
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _book(ledgers: Sequence[Ledger], layout: Layout, tell: Progress) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    _describe(book, ledgers, layout)
    styles = Styles(book, layout)
    total = sum(len(ledger.indicators) + len(ledger.tasks) for ledger in ledgers) or 1
    done = 0
    for ledger in ledgers:
        label = ledger.name if len(ledgers) > 1 else ""
        for plan in layout.sheets:
            rows: Sequence[IndicatorRow | TaskRow] = getattr(ledger, plan.rows)
            if not rows and plan.optional:
                continue
            sheet = book.create_sheet(sheet_name(plan.name, label, book.sheetnames))
            page = _Page(sheet, plan, layout, styles)
            page.set_up()
            page.head(f"{ledger.title}{plan.heading}", ledger.summary.line)
            for row in rows:
                if done % _STEP == 0:
                    tell(f"正在整理{plan.name}", done / total * _SHARE_OF_ROWS)
                page.add(row)
                done += 1
            page.finish()
    return book


def _describe(book: Workbook, ledgers: Sequence[Ledger], layout: Layout) -> None:
    about = book.properties
    about.creator = about.lastModifiedBy = layout.creator
    about.title = cell_text("；".join(f"{ledger.title}重点任务分解表" for ledger in ledgers))
    about.description = cell_text("\n".join(f"{ledger.title}：{ledger.summary.line}" for ledger in ledgers))


class _Page:
    """One sheet as it is filled: set up, headed, row by row, finished."""

    def __init__(self, sheet: Worksheet, plan: SheetLayout, layout: Layout, styles: Styles) -> None:
        self._sheet = sheet
        self._plan = plan
        self._layout = layout
        self._styles = styles
        self._row = 0

    def set_up(self) -> None:
        """Paper, margins, page numbers, column widths, the frozen and repeated header."""
        sheet = self._sheet
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = PAPER_A4
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.page_margins = PageMargins(**self._layout.margins)
        sheet.print_options.horizontalCentered = True
        sheet.oddFooter.center.text = self._layout.footer
        sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
        sheet.freeze_panes = f"A{HEADER_ROW + 1}"
        for index, column in enumerate(self._plan.columns, 1):
            dimension = sheet.column_dimensions[get_column_letter(index)]
            dimension.width = column.width
            dimension.hidden = column.hidden

    def head(self, title: str, subtitle: str) -> None:
        """The title and the line under it across all that is seen, then the columns' titles."""
        width = sum(column.width for column in self._plan.columns if not column.hidden)
        for role, text in (("title", title), ("subtitle", subtitle)):
            height = height_of([(text, width)], self._layout.fonts[role].size)
            self._append([(text, self._styles.heading(role))], height)
            last = get_column_letter(self._plan.visible)
            self._sheet.merge_cells(f"A{self._row}:{last}{self._row}")
        cells = [(column.title, column.width) for column in self._plan.columns]
        height = height_of(cells, self._layout.fonts["header"].size)
        style = self._styles.header()
        self._append([(column.title, style) for column in self._plan.columns], height)

    def add(self, row: IndicatorRow | TaskRow) -> None:
        """One row of the table.

        Equal categories are repeated and not merged: a merged cell breaks sorting and the filter, and the
        workbook comes back.
        """
        values = [getattr(row, column.field) for column in self._plan.columns]
        seen = zip(values, self._plan.columns, strict=True)
        size, height = fitting(
            ((str(value), column.width) for value, column in seen if not column.hidden),
            self._layout.fonts["body"].size,
        )
        is_open = row.state is RowState.OPEN
        self._append(
            [
                (value, self._styles.body(column.align, size, is_open=is_open))
                for value, column in zip(values, self._plan.columns, strict=True)
            ],
            height,
        )

    def finish(self) -> None:
        """The filter, over the hidden columns too: sorting must take the id along with its row."""
        last = get_column_letter(len(self._plan.columns))
        self._sheet.auto_filter.ref = f"A{HEADER_ROW}:{last}{self._row}"

    def _append(self, cells: Iterable[tuple[str | int, StyleArray]], height: float) -> None:
        self._sheet.append([self._styles.cell(self._sheet, value, style) for value, style in cells])
        self._row += 1
        self._sheet.row_dimensions[self._row].height = height
