"""The cases as a table: filtered, sorted, one row for each."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.domain.supervising import Case
from app.ui.ledger.columns import COLUMNS, due_of_case
from app.ui.ledger.narrowing import Due, DueIds, Narrowing

CASE_ROLE = Qt.ItemDataRole.UserRole + 1
NO_ORDER = -1
"""Of the ledger: not sorted by a column."""

_Index = QModelIndex | QPersistentModelIndex


_tips: dict[str, Callable[[Case], str]] = {
    "light": lambda case: "；".join(case.light.why),
    "due": due_of_case,
}
"""What a column tells as a tip, where that is not its own words."""


class LedgerTable(QAbstractTableModel):
    """The cases that pass the narrowing, in the ledger's order or a column's."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.narrowing = Narrowing()
        self.rows: list[Case] = []
        self._every: tuple[Case, ...] = ()
        self._due: DueIds = dict.fromkeys(Due, frozenset())
        self._order = (NO_ORDER, Qt.SortOrder.AscendingOrder)

    @property
    def total(self) -> int:
        """How many cases there are, shown or not."""
        return len(self._every)

    def show_cases(self, found: Iterable[Case], due: DueIds) -> None:
        """Show these cases, as far as they pass."""
        self._every, self._due = tuple(found), due
        self._arrange()

    def narrow(self, narrowed: Narrowing) -> None:
        """Show only what passes."""
        self.narrowing = narrowed
        self._arrange()

    def case_at(self, row: int) -> Case | None:
        """The case of a row."""
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def row_of(self, case_id: str) -> int:
        """The row of a case; -1 where it is not shown."""
        return next((n for n, case in enumerate(self.rows) if case.id == case_id), -1)

    @override
    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return _aligned(is_right=COLUMNS[section].is_number)
        return None

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        case = self.case_at(index.row()) if index.isValid() else None
        if case is None:
            return None
        column = COLUMNS[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.words(case)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tips.get(column.name, column.words)(case)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(is_right=column.is_number)
        return case if role == CASE_ROLE else None

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._order = (column, order)
        self._arrange()

    def _arrange(self) -> None:
        column, order = self._order
        rows = [case for case in self._every if self.narrowing.passes(case, self._due)]
        if column != NO_ORDER:
            rows.sort(key=COLUMNS[column].key, reverse=order == Qt.SortOrder.DescendingOrder)
        if [case.id for case in rows] == [case.id for case in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


def _aligned(*, is_right: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
