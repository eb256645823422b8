"""统计图: progress by unit and lights by section, as tables with native charts beside them."""

from collections.abc import Callable, Sequence
from math import ceil

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.lights import COLOUR_NAMES, Colour
from app.domain.outgoing import Heading
from app.domain.supervising import Case
from app.domain.tallies import Grouping, Tally, tallies
from app.ledger.layout import Layout
from app.ledger.measure import fitting, height_of
from app.ledger.page import set_up_paper
from app.ledger.style import Styles, Value
from app.ledger.text import sheet_name

NAME = "统计图"
COLUMNS = ("", "事项", "已办结", "办结率", "平均完成比例", *COLOUR_NAMES.values())
"""The titles of a table; over the names stands what they are counted by."""

WIDTHS = (24, 7, 8, 9, 11, 7, 7, 7, 7)
KINDS = ("text", "number", "number", "percent", "percent", "number", "number", "number", "number")
CHART_COLUMN = "K"
GAP, CHART_WIDTH = 2, 15.5
"""Between table and charts, in Excel's units; a chart's width, in centimetres."""

CHUNK = 16
"""The most groups of one chart: what a page has room for, and an eye."""

COLOURS = {Colour.RED: "C23B34", Colour.YELLOW: "D9A400", Colour.GREEN: "3E8E50", Colour.GREY: "9AA3AE"}
RATE_COLOURS = ("2457A6", "8FB0DD")
GRID = "D9DDE3"
POINTS_PER_CM = 28.35
ROW_HEIGHT, LEAST_HEIGHT, PAGE_HEIGHT = 20.0, 230.0, 560.0
"""Of a row, of a table with its chart, and of what a page has room for, in points."""

_Chart = Callable[[Worksheet, int, int], BarChart]
"""(sheet, the header's row, the last row) -> the chart of a table."""


def add_charts(book: Workbook, layout: Layout, found: Sequence[Case], heading: Heading) -> None:
    """Add the sheet of figures and charts."""
    sheet = book.create_sheet(sheet_name(NAME, "", book.sheetnames))
    board = _Board(sheet, layout, Styles(book, layout, NAME))
    board.head(f"{heading.title}督查事项统计", " · ".join(filter(None, (heading.office, heading.day_words))))
    board.table("各牵头单位进度", Grouping.UNIT, tallies(found, Grouping.UNIT), _rates_chart)
    board.table("各类别亮灯", Grouping.SECTION, tallies(found, Grouping.SECTION), _lights_chart)


class _Board:
    """The sheet as it is filled, from the top."""

    def __init__(self, sheet: Worksheet, layout: Layout, styles: Styles) -> None:
        self._sheet = sheet
        self._layout = layout
        self._styles = styles
        self._row = 0
        self._used = 0.0  # points since the last table began
        self._page = 0.0  # points of the page before that
        set_up_paper(sheet, layout)
        for index, width in enumerate((*WIDTHS, GAP), 1):
            sheet.column_dimensions[get_column_letter(index)].width = width
        for index in range(len(WIDTHS) + 2, len(WIDTHS) + 10):
            sheet.column_dimensions[get_column_letter(index)].width = 9.5

    def head(self, title: str, subtitle: str) -> None:
        """The title and the line under it, across table and charts."""
        for role, text in (("title", title), ("subtitle", subtitle)):
            self._append(
                [(text, self._styles.heading(role))], height_of([(text, 150)], self._layout.fonts[role].size)
            )
            last = get_column_letter(len(WIDTHS) + 9)
            self._sheet.merge_cells(f"A{self._row}:{last}{self._row}")

    def table(self, title: str, by: Grouping, groups: Sequence[Tally], chart: _Chart) -> None:
        """A table and its charts beside it; of many groups in parts of about the same length."""
        parts = ceil(len(groups) / CHUNK) or 1
        length = ceil(len(groups) / parts)
        for part in range(parts):
            name = f"{title}（续{part}）" if part else title
            chunk = groups[part * length : (part + 1) * length]
            if chunk:
                self._chunk(name, by, chunk, chart)

    def _chunk(self, title: str, by: Grouping, chunk: Sequence[Tally], chart: _Chart) -> None:
        lines = [self._line(group) for group in chunk]
        header = [(text or by.value, self._styles.header()) for text in COLUMNS]
        header_height = height_of(zip(COLUMNS, WIDTHS, strict=True), self._layout.fonts["header"].size)
        height = max(LEAST_HEIGHT, header_height + sum(height for _, height in lines))
        self._turn(height)
        top = self._row + 1
        self._append(header, header_height)
        for cells, line_height in lines:
            self._append(cells, line_height)
        made = chart(self._sheet, top, self._row)
        made.title = title
        made.width, made.height = CHART_WIDTH, height / POINTS_PER_CM
        self._sheet.add_chart(made, f"{CHART_COLUMN}{top}")
        # a page may not end while the chart goes on
        while self._used < height:
            self._append([], ROW_HEIGHT)

    def _turn(self, height: float) -> None:
        """Begin a new page where the next table would not end on this one."""
        if self._page + self._used + ROW_HEIGHT + height > PAGE_HEIGHT:
            self._sheet.row_breaks.append(Break(self._row))
            self._page = 0.0
        else:
            self._append([], ROW_HEIGHT)
            self._page += self._used
        self._used = 0.0

    def _line(self, group: Tally) -> tuple[list[tuple[Value, StyleArray]], float]:
        """The cells of a group and how high they are."""
        values: tuple[Value, ...] = (
            group.name,
            group.total,
            group.closed,
            group.closed / group.total,
            group.completion,
            *(group.lights[colour] for colour in COLOUR_NAMES),
        )
        size, height = fitting([(group.name, WIDTHS[0])], self._layout.fonts["body"].size)
        styles = (
            self._styles.body("left" if kind == "text" else "right", size, is_open=False, kind=kind)
            for kind in KINDS
        )
        return list(zip(values, styles, strict=True)), max(height, ROW_HEIGHT)

    def _append(self, cells: Sequence[tuple[Value, StyleArray]], height: float) -> None:
        self._sheet.append([self._styles.cell(self._sheet, value, style) for value, style in cells])
        self._row += 1
        self._used += height
        self._sheet.row_dimensions[self._row].height = height


def _bars(sheet: Worksheet, top: int, last: int, columns: range) -> BarChart:
    """Bars lying one below the other, the first group at the top; a legend below."""
    chart = BarChart()
    chart.type = "bar"
    chart.add_data(
        Reference(sheet, min_col=columns.start, max_col=columns.stop - 1, min_row=top, max_row=last),
        titles_from_data=True,
    )
    chart.set_categories(Reference(sheet, min_col=1, min_row=top + 1, max_row=last))
    chart.legend.position = "b"
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.crosses = "max"
    chart.gapWidth = 50
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=GRID))
    return chart


def _rates_chart(sheet: Worksheet, top: int, last: int) -> BarChart:
    chart = _bars(sheet, top, last, range(4, 6))
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 1
    chart.y_axis.number_format = "0%"
    for series, colour in zip(chart.series, RATE_COLOURS, strict=True):
        series.graphicalProperties.solidFill = colour
    return chart


def _lights_chart(sheet: Worksheet, top: int, last: int) -> BarChart:
    chart = _bars(sheet, top, last, range(6, 10))
    chart.grouping, chart.overlap = "stacked", 100
    chart.y_axis.number_format = "0"
    for series, colour in zip(chart.series, COLOURS.values(), strict=True):
        series.graphicalProperties.solidFill = colour
    return chart
