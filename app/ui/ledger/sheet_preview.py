"""The first page of a sheet as it will be printed: its own rows, columns, widths, merged cells and fonts."""

from collections.abc import Iterator
from itertools import groupby

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontInfo, QPainter, QPalette, QPen, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.lights import COLOUR_NAMES
from app.ledger.filling import Line, Table
from app.ledger.layout import Column, Layout
from app.ledger.measure import fitting, height_of
from app.ledger.page import shown
from app.ui.theme import SANS

PAPER, INK, GRID = "#ffffff", "#1d2430", "#8a8f98"
"""A sheet is printed on white paper, whatever the window's theme."""

LONG_EDGE = {"A4": (297.0, 210.0), "A3": (420.0, 297.0)}
POINTS_PER_MM = 72 / 25.4
MOST_ROWS = 80
_ALIGNS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}
ROLES = {"title": "标题", "header": "表头", "body": "正文"}


class SheetPreview(QWidget):
    """A page drawn to fit the width that there is. `about` says on what paper and in which fonts it will be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = QTableWidget(self)
        self.page.setObjectName("sheet_page")
        self.page.setAccessibleName("首页预览")
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.page.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.page.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.page.setShowGrid(False)
        self.page.horizontalHeader().hide()
        self.page.verticalHeader().hide()
        for header in (self.page.horizontalHeader(), self.page.verticalHeader()):
            header.setMinimumSectionSize(2)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        palette = self.page.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(PAPER))
        palette.setColor(QPalette.ColorRole.Text, QColor(INK))
        self.page.setPalette(palette)
        self.page.setItemDelegate(_CellDelegate(self.page))
        self.about = QLabel("", self)
        self.about.setProperty("role", "muted")
        self.about.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.page, 1)
        column.addWidget(self.about)
        column.addStretch(0)

    def show_table(self, table: Table, layout: Layout) -> None:
        """Show a sheet's first page."""
        columns = [column for column in table.plan.columns if not column.hidden]
        page = self.page
        page.clearSpans()
        page.clear()
        lines = list(_first_page(table, layout))
        page.setColumnCount(len(columns))
        page.setRowCount(3 + len(lines))
        scale = self._scale(columns)
        for place, column in enumerate(columns):
            page.setColumnWidth(place, max(4, round(_points(column.width) * scale)))
        width = sum(column.width for column in columns)
        across = len(columns)
        for row, (text, role) in enumerate(((table.title, "title"), (table.subtitle, "subtitle"))):
            if across > 1:
                page.setSpan(row, 0, 1, across)
            face = layout.fonts[role]
            self._put(row, 0, text, self._font(layout, role, face.size, scale), "center", PAPER)
            page.setRowHeight(row, round(height_of([(text, width)], face.size) * scale))
        header = layout.fonts["header"]
        for place, column in enumerate(columns):
            font = self._font(layout, "header", header.size, scale)
            self._put(2, place, column.title, font, "center", f"#{layout.fills['header']}")
        page.setRowHeight(2, round(height_of([(c.title, c.width) for c in columns], header.size) * scale))
        for row, (line, size, height) in enumerate(lines, 3):
            self._put_line(row, line, table, columns, layout, (size, scale))
            page.setRowHeight(row, max(3, round(height * scale)))
        self._merge(table, columns, [line for line, _, _ in lines])
        page.setMaximumHeight(sum(page.rowHeight(row) for row in range(page.rowCount())) + 2)
        self._tell(table, layout, columns, len(lines))

    # --- inside

    def _scale(self, columns: list[Column]) -> float:
        """Pixels of the screen for a point of the sheet, so that all that is seen fits in."""
        room = max(300, self.page.width() - 16)
        return room / sum(_points(column.width) for column in columns)

    def _font(self, layout: Layout, role: str, size: float, scale: float) -> QFont:
        font = QFont()
        font.setFamilies([layout.fonts[role].name, *SANS])
        font.setPixelSize(max(4, round(size * scale)))
        return font

    def _put(self, row: int, column: int, text: str, font: QFont, align: str, fill: str) -> None:
        item = QTableWidgetItem(text)
        item.setFont(font)
        item.setTextAlignment(_ALIGNS[align] | Qt.AlignmentFlag.AlignVCenter)
        item.setBackground(QBrush(QColor(fill)))
        item.setForeground(QBrush(QColor(INK)))
        item.setToolTip(text)
        self.page.setItem(row, column, item)

    def _put_line(
        self,
        row: int,
        line: Line,
        table: Table,
        columns: list[Column],
        layout: Layout,
        sizes: tuple[float, float],
    ) -> None:
        size, scale = sizes
        if line.is_group:
            self.page.setSpan(row, 0, 1, len(columns))
            font = self._font(layout, "header", layout.fonts["header"].size, scale)
            self._put(row, 0, str(line.values[0]), font, "left", f"#{layout.fills['group']}")
            return
        font = self._font(layout, "body", size, scale)
        pairs = [(v, c) for v, c in zip(line.values, table.plan.columns, strict=True) if not c.hidden]
        for place, (value, column) in enumerate(pairs):
            is_input = table.plan.locked and column.open and column.field not in line.shut
            fill = "input" if is_input else "open" if line.is_open else ""
            colour = f"#{layout.fills[fill]}" if fill else PAPER
            words = shown(value, column)
            if column.field == "light":
                colour = _light_fill(words, layout) or colour
            self._put(row, place, words, font, column.align, colour)

    def _merge(self, table: Table, columns: list[Column], lines: list[Line]) -> None:
        """Equal neighbours in the columns that the template merges are one cell."""
        names = [column.field for column in columns]
        for name in table.plan.merge:
            place = names.index(name) if name in names else -1
            row = 3
            for (is_group, value), run in groupby(lines, key=lambda line: _run_key(line, place)):
                count = len(list(run))
                if count > 1 and place >= 0 and not is_group and value:
                    self.page.setSpan(row, place, count, 1)
                row += count

    def _tell(self, table: Table, layout: Layout, columns: list[Column], count: int) -> None:
        fonts = "，".join(
            f"{words} {layout.fonts[role].name} {layout.fonts[role].size:g}" for role, words in ROLES.items()
        )
        missing = [layout.fonts[role].name for role in ROLES if not _is_here(layout.fonts[role].name)]
        lacking = f"；本机没有{'、'.join(dict.fromkeys(missing))}，预览用相近的字体" if missing else ""
        whole = len(table.lines)
        rows = f"共{whole}行" if count >= whole else f"首页{count}行，共{whole}行"
        locked = "；收回的表：浅黄格可填，其余锁定" if table.plan.locked else ""
        room = _paper_width(layout) / sum(_points(column.width) for column in columns)
        self.about.setText(
            f"{layout.paper}横向，按页宽缩放{min(1.0, room):.0%}，{rows}；{fonts}{lacking}{locked}。"
        )


class _CellDelegate(QStyledItemDelegate):
    """A cell as a spreadsheet draws it: its fill, its text broken wherever the column ends, a thin line around."""

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        box = option.rect  # type: ignore[attr-defined]  # Qt's stubs lack the public members
        roles = Qt.ItemDataRole
        painter.save()
        painter.fillRect(box, index.data(roles.BackgroundRole) or QBrush(QColor(PAPER)))
        if index.row() > 1:
            painter.setPen(QPen(QColor(GRID), 1))
            painter.drawRect(box.adjusted(-1, -1, -1, -1))
        painter.setPen(QColor(INK))
        painter.setFont(index.data(roles.FontRole))
        manner = QTextOption(Qt.AlignmentFlag(index.data(roles.TextAlignmentRole)))
        manner.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        room = QRectF(box.adjusted(2, 0, -3, 0))
        painter.drawText(room, str(index.data(roles.DisplayRole) or ""), manner)
        painter.restore()


def _run_key(line: Line, place: int) -> tuple[bool, object]:
    return line.is_group, None if line.is_group or place < 0 else line.values[place]


def _points(width: float) -> float:
    """A column's width in points: Excel's unit is seven pixels of 96 to the inch, with five around them."""
    return (width * 7 + 5) * 0.75


def _paper_width(layout: Layout) -> float:
    margins = layout.margins
    return (
        LONG_EDGE[layout.paper][0] * POINTS_PER_MM
        - (margins.get("left", 0.7) + margins.get("right", 0.7)) * 72
    )


def _first_page(table: Table, layout: Layout) -> Iterator[tuple[Line, float, float]]:
    """The lines of the first page, each with its font's size and its height in points."""
    columns = [column for column in table.plan.columns if not column.hidden]
    margins = layout.margins
    down = (
        LONG_EDGE[layout.paper][1] * POINTS_PER_MM
        - (margins.get("top", 0.75) + margins.get("bottom", 0.75)) * 72
    )
    room = down / min(1.0, _paper_width(layout) / sum(_points(column.width) for column in columns)) - 90
    for line in table.lines[:MOST_ROWS]:
        if line.is_group:
            size, height = layout.fonts["header"].size, 24.0
        else:
            cells = [
                (shown(value, column), column.width)
                for value, column in zip(line.values, table.plan.columns, strict=True)
                if not column.hidden
            ]
            size, height = fitting(cells, layout.fonts["body"].size)
        room -= height
        if room < 0:
            return
        yield line, size, height


def _light_fill(words: str, layout: Layout) -> str:
    colour = next((c for c, name in COLOUR_NAMES.items() if name == words), None)
    return f"#{layout.fills[colour.value]}" if colour else ""


def _is_here(name: str) -> bool:
    return QFontInfo(QFont(name)).family() == name
