"""A sheet as it will be printed: its own rows, columns, widths, merged cells and fonts, page by page."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QPainter, QPen, QTextLayout, QTextOption
from typing_extensions import override

from app.domain.lights import COLOUR_NAMES
from app.ledger.filling import Table
from app.ledger.layout import PAPERS, Column, Face, Layout
from app.ledger.page import shown
from app.ledger.paging import (
    POINTS_PER_INCH,
    POINTS_PER_MM,
    Placed,
    heights_of,
    pages,
    points,
    share_of,
)
from app.ui.ledger.page_view import FINE, INK, PAPER, Pages
from app.ui.theme import SANS

GRID = "#8a8f98"
PADDING = 2.0
"""Between a cell's edges and its text, in points."""

PITCH = 1.3
"""From line to line, of the size of the print."""

_ALIGNS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}
ROLES = {"title": "标题", "header": "表头", "body": "正文"}
FOOTER = Face("宋体", 10)


class Cell(NamedTuple):
    """A cell on its page: where, in points of the page, and how."""

    box: QRectF
    text: str
    face: Face
    align: str
    fill: str = PAPER
    is_boxed: bool = True


class SheetPages(Pages):
    """The pages of one table."""

    def __init__(self, table: Table, layout: Layout) -> None:
        self._table, self._layout = table, layout
        self._pages = list(pages(table, layout))
        self._heights = heights_of(table, layout)
        self._columns = [column for column in table.plan.columns if not column.hidden]
        self._share = share_of(table.plan, layout)
        width = sum(points(column.width) for column in self._columns) * self._share
        self._left = (self.size.width() - width) / 2
        self._width = width

    @property
    @override
    def size(self) -> QSizeF:
        paper = PAPERS[self._layout.paper]
        return QSizeF(paper.across * POINTS_PER_MM, paper.down * POINTS_PER_MM)

    @property
    @override
    def count(self) -> int:
        return len(self._pages)

    @property
    @override
    def about(self) -> str:
        layout, plan = self._layout, self._table.plan
        fonts = "，".join(
            f"{words} {layout.fonts[role].name} {layout.fonts[role].size:g}" for role, words in ROLES.items()
        )
        locked = "；收回的表：浅黄格可填，其余锁定" if plan.locked else ""
        lacking = lacking_words([layout.fonts[role].name for role in ROLES])
        return f"{layout.paper}横向，按页宽缩放{self._share:.0%}，共{len(self._table.lines)}行；{fonts}{lacking}{locked}。"

    @override
    def words(self, number: int) -> str:
        return "，".join(cell.text for cell in self.cells(number) if cell.text)

    @override
    def draw(self, painter: QPainter, number: int) -> None:
        for cell in self.cells(number):
            _draw_cell(painter, cell)

    def cells(self, number: int) -> Iterator[Cell]:
        """All that stands on a page, from the top."""
        margins, fonts, share = self._layout.margins, self._layout.fonts, self._share
        top = margins.get("top", 0.75) * POINTS_PER_INCH
        if number == 0:
            for role, text, height in zip(
                ("title", "subtitle"), (self._table.title, self._table.subtitle), self._heights, strict=False
            ):
                box = QRectF(self._left, top, self._width, height * share)
                yield Cell(
                    box, text, self._face(fonts[role].name, fonts[role].size), "center", is_boxed=False
                )
                top = box.bottom()
        height = self._heights.header * share
        header = self._face(fonts["header"].name, fonts["header"].size)
        for column, left, width in self._across():
            box = QRectF(left, top, width, height)
            yield Cell(box, column.title, header, "center", f"#{self._layout.fills['header']}")
        yield from self._body(self._pages[number], top + height)
        yield self._footer(number)

    # --- inside

    def _face(self, name: str, size: float) -> Face:
        return Face(name, size * self._share)

    def _across(self) -> Iterator[tuple[Column, float, float]]:
        """Every column with where it begins and how wide it is."""
        left = self._left
        for column in self._columns:
            width = points(column.width) * self._share
            yield column, left, width
            left += width

    def _body(self, page: tuple[Placed, ...], top: float) -> Iterator[Cell]:
        tops = [top]
        for placed in page:
            tops.append(tops[-1] + placed.height * self._share)
        header = self._layout.fonts["header"]
        for place, (line, _, _) in enumerate(page):
            if line.is_group:
                box = QRectF(self._left, tops[place], self._width, tops[place + 1] - tops[place])
                fill = f"#{self._layout.fills['group']}"
                yield Cell(box, str(line.values[0]), self._face(header.name, header.size), "left", fill)
        fields = [column.field for column in self._table.plan.columns]
        for column, left, width in self._across():
            is_merged = column.field in self._table.plan.merge
            for first, last in _runs(page, fields.index(column.field), is_merged=is_merged):
                box = QRectF(left, tops[first], width, tops[last + 1] - tops[first])
                yield self._cell(page[first], column, fields.index(column.field), box)

    def _cell(self, placed: Placed, column: Column, place: int, box: QRectF) -> Cell:
        line, fills = placed.line, self._layout.fills
        words = shown(line.values[place], column)
        is_input = self._table.plan.locked and column.open and column.field not in line.shut
        fill = "input" if is_input else "open" if line.is_open else ""
        if column.field == "light":
            fill = next((c.value for c, name in COLOUR_NAMES.items() if name == words), fill)
        face = self._face(self._layout.fonts["body"].name, placed.size)
        return Cell(box, words, face, column.align, f"#{fills[fill]}" if fill else PAPER)

    def _footer(self, number: int) -> Cell:
        margins = self._layout.margins
        bottom = self.size.height() - margins.get("footer", 0.3) * POINTS_PER_INCH
        text = self._layout.footer.replace("&P", str(number + 1)).replace("&N", str(self.count))
        return Cell(QRectF(0, bottom - 14, self.size.width(), 14), text, FOOTER, "center", is_boxed=False)


def _runs(page: tuple[Placed, ...], place: int, *, is_merged: bool) -> Iterator[tuple[int, int]]:
    """The first and last line of each cell of a column on a page: equal neighbours are one where it is merged."""

    def key(number: int) -> tuple[bool, object]:
        line = page[number].line
        return (line.is_group, line.values[place] if is_merged and not line.is_group else number)

    for (is_group, _), run in groupby(range(len(page)), key=key):
        lines = list(run)
        if not is_group:
            yield lines[0], lines[-1]


def _draw_cell(painter: QPainter, cell: Cell) -> None:
    box = QRectF(cell.box.x() * FINE, cell.box.y() * FINE, cell.box.width() * FINE, cell.box.height() * FINE)
    if cell.fill != PAPER:
        painter.fillRect(box, QColor(cell.fill))
    if cell.is_boxed:
        painter.setPen(QPen(QColor(GRID), 0.5 * FINE))
        painter.drawRect(box)
    painter.setPen(QColor(INK))
    room = PADDING * FINE if cell.is_boxed else 0
    _draw_text(painter, cell, box.adjusted(room, 0, -room, 0))


def _draw_text(painter: QPainter, cell: Cell, box: QRectF) -> None:
    """The text in the middle of its box, line by line as far apart as the row was measured for, whatever the font."""
    manner = QTextOption(_ALIGNS[cell.align])
    manner.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(cell.text.replace("\n", "\u2028"), font_of(cell.face))
    layout.setTextOption(manner)
    pitch, down = cell.face.size * PITCH * FINE, 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(box.width())
        line.setPosition(QPointF(0, down + (pitch - line.height()) / 2))
        down += pitch
    layout.endLayout()
    layout.draw(painter, QPointF(box.x(), box.y() + (box.height() - down) / 2))


def font_of(face: Face) -> QFont:
    """A font for a page, FINE times as large as its points."""
    font = QFont()
    font.setFamilies([face.name, *SANS])
    font.setPixelSize(max(1, round(face.size * FINE)))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def lacking_words(names: list[str]) -> str:
    """Which fonts are not here, so that the preview is drawn in others; "" where all are."""
    missing = [name for name in dict.fromkeys(names) if QFontInfo(QFont(name)).family() != name]
    return f"；本机没有{'、'.join(missing)}，预览用相近的字体" if missing else ""
