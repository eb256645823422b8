"""The table view of the unit directory: column widths, and how a cell is edited."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from app.ui.models.unit_table import COLUMNS, UnitTableModel
from app.ui.views.card_paint import theme_of
from app.ui.views.table_look import dress, spread, widths_of

CELL_ROOM = 20
_Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class UnitGrid(QTableView):
    """Rows with hairlines, the current cell framed, which F2 or Enter edits; Tab in an editor goes on to the next cell."""

    def __init__(self, model: UnitTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.units = model
        self._here = ("", 0, 0)
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._return)  # after the view's own, which forgets the current cell
        self.setItemDelegate(_UnitDelegate(self))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        dress(self, "units", "单位名录")
        spread(self, widths_of(self, (spec.widest for spec in COLUMNS), CELL_ROOM))

    @property
    def current_id(self) -> str:
        """The id of the current row's unit; "" if there is none."""
        unit = self.units.unit_at(self.currentIndex().row())
        return unit.id if unit else ""

    def show_unit(self, unit_id: str, column: int = -1) -> None:
        """Make a unit's row the current one, in view; the first where it is not shown."""
        row = max(0, self.units.row_of(unit_id))
        index = self.units.index(row, max(0, self.currentIndex().column()) if column < 0 else column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _remember(self) -> None:
        here = self.currentIndex()
        if here.isValid():
            self._here = (self.current_id, here.row(), here.column())

    def _return(self) -> None:
        """Go back to the unit that was the current one, or to what stands in its row now."""
        unit_id, row, column = self._here
        found = self.units.row_of(unit_id)
        row = min(row, self.units.rowCount() - 1) if found < 0 else found
        index = self.units.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_open = self.state() is QAbstractItemView.State.EditingState
        if event.key() in _ENTER and not event.modifiers() and not is_open:
            self.edit(self.currentIndex())
            return
        super().keyPressEvent(event)


class _UnitDelegate(QStyledItemDelegate):
    """Frames the cell that F2 edits. A line for text; for codes and groups a list, where typing finds an entry."""

    def __init__(self, grid: QTableView) -> None:
        super().__init__(grid)
        self._grid = grid

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        here = self._grid.currentIndex()
        if (index.row(), index.column()) == (here.row(), here.column()) and self._grid.hasFocus():
            painter.save()
            painter.setPen(QPen(QColor(theme_of(self._grid.palette()).accent), 1))
            painter.drawRect(self._grid.visualRect(here).adjusted(0, 0, -1, -2))
            painter.restore()

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        spec = COLUMNS[index.column()]
        if not spec.choices:
            line = QLineEdit(parent)
            line.setProperty("role", "cell")
            return line
        box = QComboBox(parent)
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.addItems(spec.choices)
        return box

    @override
    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data()))
            line = editor.lineEdit()
            if line is not None:
                line.selectAll()
        else:
            super().setEditorData(editor, index)

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(model.index(index.row(), index.column()), editor.currentText())
        else:
            super().setModelData(editor, model, index)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, super().sizeHint(option, index).height())
