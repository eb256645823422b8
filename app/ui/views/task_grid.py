"""The table view of the tasks: column widths, the dots of the states, and which editor a cell opens."""

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from app.ui.labels import State, state_of
from app.ui.models.task_columns import COLUMNS, STATE_COLUMN, TITLE_COLUMN, Editor
from app.ui.models.task_table import ITEM_ROLE, TEXT_ORDER, TaskTableModel
from app.ui.theme import Theme
from app.ui.views.card_paint import theme_of
from app.ui.views.table_look import dress, spread, widths_of

EMPTY = "没有符合筛选的任务"
DOT = 8.0
TITLE_ROOM = "六七个字的题目"
ROW_ROOM = 15
CELL_ROOM = 20
"""What a column is wider than its widest text: the cells' padding."""
_Index = QModelIndex | QPersistentModelIndex


class TaskGrid(QTableView):
    """Rows with hairlines, no grid; several may be selected. Owners and deadlines open the panel's editors."""

    owner_asked = Signal(QModelIndex)
    deadline_asked = Signal(QModelIndex)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "tasks", "任务表", row_room=ROW_ROOM)
        self.setItemDelegate(TaskDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)

    @override
    def setModel(self, model: object) -> None:
        if not isinstance(model, TaskTableModel):
            raise TypeError(model)
        super().setModel(model)
        header = self.horizontalHeader()
        header.setSortIndicator(TEXT_ORDER, Qt.SortOrder.AscendingOrder)
        # a third click on a column's head goes back to the order of the report
        header.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        header.setMinimumSectionSize(24)
        spread(self, widths_of(self, (spec.widest for spec in COLUMNS), CELL_ROOM))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex()
        is_plain = here.isValid() and COLUMNS[here.column()].editor is Editor.NONE
        if event.key() == Qt.Key.Key_F2 and is_plain:
            flags = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(here.siblingAtColumn(TITLE_COLUMN), flags)
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Hide what may hide where the titles would have no room."""
        header = self.horizontalHeader()
        wanted = self.fontMetrics().horizontalAdvance(TITLE_ROOM)
        wanted += sum(
            header.sectionSize(i) for i, spec in enumerate(COLUMNS) if spec.widest and not spec.may_hide
        )
        for i, spec in enumerate(COLUMNS):
            if spec.may_hide:
                room = self.fontMetrics().horizontalAdvance(spec.widest) + CELL_ROOM
                self.setColumnHidden(i, self.viewport().width() < wanted + room)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        model = self.model()
        if isinstance(model, TaskTableModel) and not model.rowCount() and model.total:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(theme_of(self.palette()).muted))
            painter.drawText(self.viewport().rect(), int(Qt.AlignmentFlag.AlignCenter), EMPTY)


class TaskDelegate(QStyledItemDelegate):
    """Draws the dots; opens a line for titles, and asks the grid for the other editors."""

    def __init__(self, grid: TaskGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        if index.column() == STATE_COLUMN:
            self._paint_state(painter, index)
        current = self._grid.currentIndex()
        if index.row() == current.row() and index.column() == current.column():
            self._paint_frame(painter, index)

    def _paint_state(self, painter: QPainter, index: _Index) -> None:
        item = index.data(ITEM_ROLE)
        if item is not None:
            here = self._grid.visualRect(self._grid.model().index(index.row(), STATE_COLUMN))
            _paint_dot(painter, here.center(), state_of(item), theme_of(self._grid.palette()))

    def _paint_frame(self, painter: QPainter, index: _Index) -> None:
        """A thin frame says which cell F2 edits, while the table has the keyboard."""
        if COLUMNS[index.column()].editor is not Editor.NONE and self._grid.hasFocus():
            cell = self._grid.visualRect(self._grid.currentIndex())
            painter.save()
            painter.setPen(QPen(QColor(theme_of(self._grid.palette()).accent), 1))
            painter.drawRect(cell.adjusted(0, 0, -1, -2))
            painter.restore()

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget | None:  # type: ignore[override]  # Qt takes a null editor for "none here"
        here = self._grid.model().index(index.row(), index.column())
        editor = COLUMNS[index.column()].editor
        if editor is Editor.OWNER:
            self._grid.owner_asked.emit(here)
        elif editor is Editor.DEADLINE:
            self._grid.deadline_asked.emit(here)
        if editor is not Editor.LINE:
            return None
        line = QLineEdit(parent)
        line.setProperty("role", "cell")
        return line

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, self._grid.fontMetrics().height() + ROW_ROOM)


def _paint_dot(painter: QPainter, centre: QPoint, state: State, theme: Theme) -> None:
    """Green and whole: confirmed. Orange, half filled: to be confirmed. A dashed ring: only suggested."""
    box = QRectF(0, 0, DOT, DOT)
    box.moveCenter(QPointF(centre) + QPointF(0.5, 0.5))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = QColor(
        {State.CONFIRMED: theme.green, State.DRAFT: theme.orange, State.SUGGESTED: theme.muted}[state]
    )
    pen = QPen(colour, 1.3)
    if state is State.SUGGESTED:
        pen.setDashPattern([1.6, 1.4])
    painter.setPen(pen)
    painter.setBrush(colour if state is State.CONFIRMED else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box)
    if state is State.DRAFT:
        painter.setBrush(colour)
        painter.drawPie(box, 90 * 16, 180 * 16)
    painter.restore()
