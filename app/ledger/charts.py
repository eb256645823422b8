"""统计图: progress by unit and leader, lights by section and month, as tables with native charts beside them."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import islice
from math import ceil

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.units import cm_to_EMU
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.lights import COLOUR_NAMES, Colour
from app.domain.outgoing import Heading
from app.domain.supervising import Case
from app.domain.tallies import NOBODY, Grouping, MonthLights, Tally, tallies
from app.ledger.layout import Layout
from app.ledger.measure import fitting, height_of
from app.ledger.page import set_up_paper
from app.ledger.style import Styles, Value
from app.ledger.text import sheet_name

NAME = "统计图"
COLUMNS = ("事项", "已办结", "办结率", "平均完成比例", *COLOUR_NAMES.values())
"""The titles of a table behind its first, which is what they are counted by."""

WIDTHS = (24, 7, 8, 9, 11, 7, 7, 7, 7)
KINDS = ("text", "number", "number", "percent", "percent", "number", "number", "number", "number")
MONTH, MONTH_KINDS = "月份", ("text", "number", "number", "number", "number")
CHART_COLUMN, LABEL_COLUMN = "K", "T"
"""Where charts stand, and hidden behind them the names that are cut short."""

GAP, CHART_WIDTH = 2, 15.5
"""Between table and charts, in Excel's units; a chart's width, in centimetres."""

CHUNK, MOST_HEIGHT = 18, 490.0
"""The most lines of one chart, and how high they may be in points: what a page has room for, and an eye."""

LABEL = 14
"""The most characters of a name beside its bar; the table has it whole."""

COLOURS = {Colour.RED: "C23B34", Colour.YELLOW: "D9A400", Colour.GREEN: "3E8E50", Colour.GREY: "9AA3AE"}
RATE_COLOURS = ("2457A6", "8FB0DD")
GRID = "D9DDE3"
ROW_HEIGHT, LEAST_HEIGHT, PAGE_HEIGHT = 20.0, 230.0, 560.0
"""Of a row, of a table with its chart, and of what a page has room for, in points."""

SLACK = 4.0
"""Points between a chart and the ends of its rows: where those come out lower it must not reach another page."""

EMU_PER_POINT = 12_700
"""What drawings are measured in."""

_Chart = Callable[[Worksheet, int, int], BarChart]
"""(sheet, the header's row, the last row) -> the chart of a table."""

_Line = tuple[list[tuple[Value, StyleArray]], float]
"""The cells of a line and how high it is, in points."""


def add_charts(
    book: Workbook, layout: Layout, found: Sequence[Case], months: Sequence[MonthLights], heading: Heading
) -> None:
    """Add the sheet of figures and charts: what the board shows."""
    sheet = book.create_sheet(sheet_name(NAME, "", book.sheetnames))
    board = _Board(sheet, layout, Styles(book, layout, NAME))
    board.head(f"{heading.title}督查事项统计", " · ".join(filter(None, (heading.office, heading.day_words))))
    board.groups("各牵头单位进度", Grouping.UNIT, tallies(found, Grouping.UNIT), _rates_chart)
    board.groups("各类别亮灯", Grouping.SECTION, tallies(found, Grouping.SECTION), _lights_chart)
    leaders = tallies(found, Grouping.LEADER)
    if any(leader.name != NOBODY for leader in leaders):
        board.groups("各分管领导进度", Grouping.LEADER, leaders, _rates_chart)
    board.months("历月亮灯", months)


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
        sheet.column_dimensions[LABEL_COLUMN].hidden = True

    def head(self, title: str, subtitle: str) -> None:
        """The title and the line under it, across table and charts."""
        for role, text in (("title", title), ("subtitle", subtitle)):
            self._append(
                [(text, self._styles.heading(role))], height_of([(text, 150)], self._layout.fonts[role].size)
            )
            last = get_column_letter(len(WIDTHS) + 9)
            self._sheet.merge_cells(f"A{self._row}:{last}{self._row}")

    def groups(self, title: str, by: Grouping, found: Sequence[Tally], chart: _Chart) -> None:
        """The figures of groups of tasks."""
        lines = [
            self._line(
                KINDS,
                group.name,
                group.total,
                group.closed,
                group.closed / group.total,
                group.completion,
                *(group.lights[colour] for colour in COLOUR_NAMES),
            )
            for group in found
        ]
        self._tables(title, (by.value, *COLUMNS), lines, chart)

    def months(self, title: str, found: Sequence[MonthLights]) -> None:
        """How many tasks had which light at the end of each month."""
        lines = [
            self._line(MONTH_KINDS, _month(one), *(one.lights[colour] for colour in COLOUR_NAMES))
            for one in found
        ]
        self._tables(title, (MONTH, *COLOUR_NAMES.values()), lines, _months_chart)

    def _tables(self, title: str, titles: Sequence[str], lines: Sequence[_Line], chart: _Chart) -> None:
        """A table and its chart beside it; of many lines in parts of about the same length."""
        parts = max(ceil(len(lines) / CHUNK), ceil(sum(height for _, height in lines) / MOST_HEIGHT))
        left = iter(lines)
        for part in range(parts):
            name = f"{title}（续{part}）" if part else title
            self._table(name, titles, list(islice(left, ceil((len(lines) - part) / parts))), chart)

    def _table(self, title: str, titles: Sequence[str], lines: Sequence[_Line], chart: _Chart) -> None:
        header = [(text, self._styles.header()) for text in titles]
        header_height = height_of(zip(titles, WIDTHS, strict=False), self._layout.fonts["header"].size)
        height = max(LEAST_HEIGHT, header_height + sum(height for _, height in lines))
        self._turn(height)
        top = self._row + 1
        self._append(header, header_height)
        for cells, line_height in lines:
            self._append(cells, line_height)
        made = chart(self._sheet, top, self._row)
        made.title = title
        self._label(made, [str(cells[0][0]) for cells, _ in lines], top)
        self._place(made, top, height)
        # a page may not end while the chart goes on
        while self._used < height:
            self._append([], ROW_HEIGHT)

    def _label(self, chart: BarChart, names: Sequence[str], top: int) -> None:
        """Names that would leave the bars no room are cut short, in the chart only."""
        if all(len(name) <= LABEL for name in names):
            return
        place = column_index_from_string(LABEL_COLUMN)
        for row, name in enumerate(names, top + 1):
            cell = self._sheet.cell(row, place)
            cell.value = name if len(name) <= LABEL else f"{name[: LABEL - 1]}…"
            cell.data_type = "s"  # whatever it starts with
        chart.set_categories(Reference(self._sheet, min_col=place, min_row=top + 1, max_row=top + len(names)))
        chart.visible_cells_only = False

    def _place(self, chart: BarChart, top: int, height: float) -> None:
        """Beside the rows from `top` on, `height` points in all."""
        corner = AnchorMarker(
            column_index_from_string(CHART_COLUMN) - 1, 0, top - 1, round(SLACK * EMU_PER_POINT)
        )
        size = XDRPositiveSize2D(cm_to_EMU(CHART_WIDTH), round((height - 3 * SLACK) * EMU_PER_POINT))
        chart.anchor = OneCellAnchor(corner, size)
        self._sheet.add_chart(chart)

    def _turn(self, height: float) -> None:
        """Begin a new page where the next table would not end on this one."""
        if self._page + self._used + ROW_HEIGHT + height > PAGE_HEIGHT:
            self._sheet.row_breaks.append(Break(self._row))
            self._page = 0.0
        else:
            self._append([], ROW_HEIGHT)
            self._page += self._used
        self._used = 0.0

    def _line(self, kinds: Sequence[str], name: str, *figures: Value) -> _Line:
        size, height = fitting([(name, WIDTHS[0])], self._layout.fonts["body"].size)
        styles = (
            self._styles.body("left" if kind == "text" else "right", size, is_open=False, kind=kind)
            for kind in kinds
        )
        return list(zip((name, *figures), styles, strict=True)), max(height, ROW_HEIGHT)

    def _append(self, cells: Sequence[tuple[Value, StyleArray]], height: float) -> None:
        self._sheet.append([self._styles.cell(self._sheet, value, style) for value, style in cells])
        self._row += 1
        self._used += height
        self._sheet.row_dimensions[self._row].height = height


def _month(one: MonthLights) -> str:
    """2026年3月; a day that ends no month by itself."""
    ends = (one.on + timedelta(days=1)).day == 1
    return f"{one.on.year}年{one.on.month}月" + ("" if ends else f"{one.on.day}日")


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
    return _lit(_bars(sheet, top, last, range(6, 10)))


def _months_chart(sheet: Worksheet, top: int, last: int) -> BarChart:
    """Columns from left to right, as time goes."""
    chart = _bars(sheet, top, last, range(2, 6))
    chart.type = "col"
    chart.x_axis.scaling.orientation = "minMax"
    chart.y_axis.crosses = "autoZero"
    return _lit(chart)


def _lit(chart: BarChart) -> BarChart:
    """A chart of lights: one upon the other, in their colours."""
    chart.grouping, chart.overlap = "stacked", 100
    chart.y_axis.number_format = "0"
    for series, colour in zip(chart.series, COLOURS.values(), strict=True):
        series.graphicalProperties.solidFill = colour
    return chart
