"""The table view of the cases: column widths, lights as shapes, a bar of what is done against what is over."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from app.domain.supervising import Case
from app.ui.ledger.columns import COLUMNS, LIGHT_COLUMN, MATTER_COLUMN, share_of
from app.ui.ledger.painting import light_colour, paint_light
from app.ui.ledger.table import CASE_ROLE, NO_ORDER, LedgerTable
from app.ui.views.card_paint import theme_of
from app.ui.views.table_look import dress, spread, widths_of

MATTER_ROOM = "十来个字的督查事项"
MAY_HIDE = ("latest", "elapsed", "actual", "state")
"""What the card tells too, in the order in which the table can do without."""

EMPTY = "没有符合筛选的事项"
CELL_ROOM = 24
ROW_ROOM = 17
_Index = QModelIndex | QPersistentModelIndex


class LedgerGrid(QTableView):
    """Rows with hairlines; several may be selected, for moves of many at once. `entered`: Enter on a row."""

    entered = Signal()

    def __init__(self, model: LedgerTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "cases", "台账表", row_room=ROW_ROOM)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Delegate(self))
        self.setModel(model)
        header = self.horizontalHeader()
        header.setSortIndicator(NO_ORDER, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        header.setMinimumSectionSize(24)
        spread(self, widths_of(self, (column.widest for column in COLUMNS), CELL_ROOM))

    @property
    def chosen(self) -> tuple[Case, ...]:
        """The selected cases, in the order they are shown."""
        model = self.model()
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        found = (model.case_at(row) for row in rows) if isinstance(model, LedgerTable) else ()
        return tuple(case for case in found if case is not None)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Hide what may hide, one column after the other, where the matters would have no room."""
        header, metrics = self.horizontalHeader(), self.fontMetrics()
        widths = {c.name: metrics.horizontalAdvance(c.widest) + CELL_ROOM for c in COLUMNS if c.widest}
        room = self.viewport().width() - metrics.horizontalAdvance(MATTER_ROOM) - sum(widths.values())
        for name in MAY_HIDE:
            place = next(n for n, column in enumerate(COLUMNS) if column.name == name)
            header.setSectionHidden(place, room < 0)
            room += widths[name] if room < 0 else 0

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        model = self.model()
        if isinstance(model, LedgerTable) and not model.rowCount() and model.total:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(theme_of(self.palette()).muted))
            painter.drawText(self.viewport().rect(), int(Qt.AlignmentFlag.AlignCenter), EMPTY)


class _Delegate(QStyledItemDelegate):
    """Draws the light before its word, and under the matter how much is done of it and how much of its time is over."""

    def __init__(self, grid: LedgerGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        if index.column() == LIGHT_COLUMN:
            option.text = f"     {option.text}"  # type: ignore[attr-defined]  # Qt's stubs lack the public members

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        case = index.data(CASE_ROLE)
        here = QRectF(self._grid.visualRect(self._grid.model().index(index.row(), index.column())))
        if not isinstance(case, Case):
            return
        if index.column() == LIGHT_COLUMN:
            centre = QPointF(here.left() + 13, here.center().y())
            paint_light(painter, centre, case.light.colour, theme_of(self._grid.palette()))
        elif index.column() == MATTER_COLUMN:
            self._paint_bar(painter, here, case)

    def _paint_bar(self, painter: QPainter, here: QRectF, case: Case) -> None:
        """A thin bar: filled as far as it is done, a tick where it should be by now."""
        share, elapsed = share_of(case), case.light.inputs.elapsed
        if share is None:
            return
        theme = theme_of(self._grid.palette())
        room = QRectF(here.left() + 6, here.bottom() - 4, min(140.0, here.width() - 16), 2)
        painter.fillRect(room, QColor(theme.line))
        done = QRectF(room)
        done.setWidth(room.width() * min(1.0, max(0.0, share)))
        painter.fillRect(done, light_colour(case.light.colour, theme))
        if elapsed is not None:
            painter.fillRect(
                QRectF(room.left() + room.width() * elapsed - 0.5, room.top() - 2, 1.4, 5), QColor(theme.ink)
            )
