"""The table view of the differences: rows of two lines, what is in force in the colour of how far it is."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from app.ui.review.table import (
    COLUMNS,
    FIRST_COLUMN,
    SECOND_COLUMN,
    SECOND_LINE_ROLE,
    TONE_ROLE,
    DifferenceTable,
    Tone,
)
from app.ui.views.card_paint import theme_of
from app.ui.views.table_look import dress, spread, widths_of

EMPTY, SAME = "没有符合筛选的差异", "没有差异：两份标注完全一致"
UNCHANGED = "复核没有改动您的标注"
PADDING = 9
"""Left and right of a cell's words, in pixels."""

BOLD = (FIRST_COLUMN, SECOND_COLUMN)
"""What stands out in the current row: what is to be decided between."""

_Index = QModelIndex | QPersistentModelIndex


class DifferenceGrid(QTableView):
    """Rows with hairlines, one selected. The two sides share the room; with one layer only, the second is hidden."""

    def __init__(self, model: DifferenceTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self._delegate = DifferenceDelegate(self)
        self.setItemDelegate(self._delegate)
        dress(self, "differences", "差异表")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setDefaultSectionSize(self._row_height())
        self.horizontalHeader().setSectionsClickable(False)
        spread(self, widths_of(self, (spec.widest for spec in COLUMNS), 2 * PADDING))

    def show_single(self, *, is_single: bool) -> None:
        """Hide the second side where there is one layer only."""
        self.setColumnHidden(SECOND_COLUMN, is_single)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.verticalHeader().setDefaultSectionSize(self._row_height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._model.rowCount():
            words = EMPTY if self._model.total else UNCHANGED if self._model.is_own else SAME
            painter = QPainter(self.viewport())
            painter.setPen(QColor(theme_of(self.palette()).muted))
            painter.drawText(self.viewport().rect(), int(Qt.AlignmentFlag.AlignCenter), words)

    def _row_height(self) -> int:
        """Two lines of words with a little air."""
        return 2 * self.fontMetrics().height() + 8


class DifferenceDelegate(QStyledItemDelegate):
    """Draws a cell's words and, smaller and muted, its second line below; one line alone stands in the middle."""

    def __init__(self, grid: DifferenceGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        option.text = ""  # type: ignore[attr-defined]  # missing in the stubs

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        cell = QRect(option.rect).adjusted(PADDING, 0, -PADDING // 2, -1)  # type: ignore[attr-defined]  # missing in the stubs
        theme = theme_of(self._grid.palette())
        text, second = str(index.data() or ""), str(index.data(SECOND_LINE_ROLE) or "")
        tone = index.data(TONE_ROLE)
        is_current = index.row() == self._grid.currentIndex().row()
        painter.save()
        font = QFont(self._grid.font())
        font.setBold(is_current and tone == Tone.INK and index.column() in BOLD)
        painter.setFont(font)
        painter.setPen(QColor(getattr(theme, str(tone or Tone.INK))))
        height = self._grid.fontMetrics().height()
        top = cell.center().y() - (height if second else height // 2)
        self._draw(painter, QRect(cell.x(), top, cell.width(), height), text)
        if second:
            font.setBold(False)
            font.setPixelSize(max(1, font.pixelSize() - 1))
            painter.setFont(font)
            painter.setPen(QColor(theme.muted))
            self._draw(painter, QRect(cell.x(), top + height, cell.width(), height), second)
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, 2 * self._grid.fontMetrics().height() + 8)

    @staticmethod
    def _draw(painter: QPainter, box: QRect, words: str) -> None:
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(
            words.replace("\n", " "), Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(box, flags, shown)
