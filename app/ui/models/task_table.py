"""The task table's model: the session's items as rows, filtered and sorted here, patched change by change."""

from bisect import bisect_left
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from app.domain.board import Delta
from app.domain.tasks import Item
from app.ui.labels import STATES, state_of
from app.ui.models.task_columns import COLUMNS, STATE_COLUMN, Editor, Facts, TaskFilter
from app.ui.session import Session

ITEM_ROLE = Qt.ItemDataRole.UserRole
TEXT_ORDER = -1
"""The sort column that means: as they stand in the report."""

_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class _Falling:
    """A sort key that orders the other way round."""

    __slots__ = ("key",)

    def __init__(self, key: tuple[Any, ...]) -> None:
        self.key = key

    def __lt__(self, other: "_Falling") -> bool:
        return other.key < self.key


class TaskTableModel(QAbstractTableModel):
    """One row per item that passes the filter, in the chosen order, told as the corrected text reads. Editing a
    cell submits a change.

    A change patches rows and never resets, so that the selection stays: a suggestion that becomes a task, and
    a task that becomes a suggestion again, keep their row. `is_patching` is true meanwhile, when what the view
    says about its current row is none of the user's doing; `patched` says that it is over.
    """

    patched = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._filter = TaskFilter()
        self._column = TEXT_ORDER
        self._order = Qt.SortOrder.AscendingOrder
        self._all: dict[str, Item] = {}
        self._rows: list[Item] = []
        self._facts = Facts({}, 0)
        self._is_editable = True
        self.is_patching = False
        session.board_loaded.connect(self._reload)
        session.report_opened.connect(self._reload)
        session.items_changed.connect(self._follow)
        self._reload()

    # --- what the panel asks

    @property
    def total(self) -> int:
        """How many items there are, shown or not."""
        return len(self._all)

    @property
    def filter(self) -> TaskFilter:
        """What the table is narrowed to."""
        return self._filter

    def set_filter(self, narrowed: TaskFilter) -> None:
        """Narrow the table to what passes a filter."""
        if narrowed != self._filter:
            self._filter = narrowed
            self._rearrange()

    def set_editable(self, is_editable: bool) -> None:
        """Let cells be edited, or not."""
        self._is_editable = is_editable

    def item_at(self, row: int) -> Item | None:
        """The item of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, item_id: str) -> int:
        """The row of an item, also by the key it was suggested with; -1 if it is not shown."""
        by_id = (row for row, item in enumerate(self._rows) if item.task.id == item_id)
        found = next(by_id, None)
        if found is None and item_id:
            found = next((row for row, item in enumerate(self._rows) if item.task.origin == item_id), None)
        return -1 if found is None else found

    # --- the model

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self.item_at(index.row()) if index.isValid() else None
        if item is None:
            return None
        spec = COLUMNS[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return spec.text(item, self._facts)
        if role == Qt.ItemDataRole.ToolTipRole:
            return (spec.hint or spec.text)(item, self._facts)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = STATES[state_of(item)] if index.column() == STATE_COLUMN else spec.text(item, self._facts)
            return f"{spec.title or '状态'}：{words}"
        return item if role == ITEM_ROLE else None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        title = COLUMNS[section].title
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return title or "状态"
        return int(_LEFT) if role == Qt.ItemDataRole.TextAlignmentRole else None

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self._is_editable and COLUMNS[index.column()].editor is not Editor.NONE:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    @override
    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        item = self.item_at(index.row()) if index.isValid() else None
        change = COLUMNS[index.column()].change if index.isValid() else None
        if item is None or change is None or role != Qt.ItemDataRole.EditRole:
            return False
        if str(value).strip() == self.data(index, role):
            return True
        # the item as it is now: what the row was painted from has perhaps moved on
        now = self._session.item(item.task.id) or item
        return self._session.submit(change(self._session.report_id, now, str(value)))

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if (column, order) != (self._column, self._order):
            self._column, self._order = column, order
            self._rearrange()

    # --- inside

    def _key(self, item: Item) -> Any:  # noqa: ANN401  # a key or its falling twin, only ever compared
        place = (item.start, item.task.id)
        if self._column == TEXT_ORDER:
            return place
        key = (*COLUMNS[self._column].key(item, self._facts), *place)
        return key if self._order is Qt.SortOrder.AscendingOrder else _Falling(key)

    def _look(self) -> None:
        report = self._session.report
        self._facts = Facts(self._session.numbers, report.card.metadata.year if report else 0)

    def _arranged(self) -> list[Item]:
        return sorted(filter(self._filter.passes, self._all.values()), key=self._key)

    def _reload(self, _report: object = None) -> None:
        self.is_patching = True
        self.beginResetModel()
        self._look()
        self._all = {item.task.id: self._session.told(item) for item in self._session.items}
        self._rows = self._arranged()
        self.endResetModel()
        self._done()

    def _rearrange(self) -> None:
        """Filter and sort anew; rows that stay keep their selection."""
        self.is_patching = True
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        ids = [self._rows[index.row()].task.id for index in old]
        self._rows = self._arranged()
        rows = {item.task.id: row for row, item in enumerate(self._rows)}
        new = [
            self.index(rows[name], index.column()) if name in rows else QModelIndex()
            for name, index in zip(ids, old, strict=True)
        ]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()
        self._done()

    def _follow(self, delta: Delta) -> None:
        self.is_patching = True
        delta = delta._replace(added=tuple(self._session.told(item) for item in delta.added))
        numbers = list(self._facts.numbers.values())
        self._look()
        # an accepted suggestion has another id but its old number: nothing has shifted then
        shifted = numbers != list(self._facts.numbers.values())
        successors = _successors(delta)
        for item in delta.removed:
            self._all.pop(item.task.id, None)
        self._all.update((item.task.id, item) for item in delta.added)
        for old in delta.removed:
            self._replace(old, successors.get(old.task.id))
        kept = {item.task.id for item in successors.values()}
        for item in delta.added:
            if item.task.id not in kept:
                self._insert(item)
        if shifted and self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(COLUMNS) - 1))
        self._done()

    def _replace(self, old: Item, new: Item | None) -> None:
        """Put what an item has become into its row, and the row where it belongs now."""
        row = next((r for r, item in enumerate(self._rows) if item.task.id == old.task.id), None)
        if row is None:
            if new is not None:
                self._insert(new)
        elif new is None or not self._filter.passes(new):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
        else:
            self._rows[row] = new
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))
            self._settle(row)

    def _settle(self, row: int) -> None:
        """Move a row whose sort key has changed."""
        item = self._rows[row]
        others = self._rows[:row] + self._rows[row + 1 :]
        target = bisect_left(others, self._key(item), key=self._key)
        if target == row:
            return
        # Qt counts the target row before the move takes place
        self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), target + (target > row))
        self._rows = [*others[:target], item, *others[target:]]
        self.endMoveRows()

    def _insert(self, item: Item) -> None:
        if not self._filter.passes(item):
            return
        row = bisect_left(self._rows, self._key(item), key=self._key)
        self.beginInsertRows(QModelIndex(), row, row)
        self._rows.insert(row, item)
        self.endInsertRows()

    def _done(self) -> None:
        self.is_patching = False
        self.patched.emit()


def _successors(delta: Delta) -> dict[str, Item]:
    """What each removed item has become: the same task, or the one made from the same suggestion."""
    added = {item.task.id: item for item in delta.added}
    found = {old.task.id: added.pop(old.task.id) for old in delta.removed if old.task.id in added}
    by_origin = {_origin(item): item for item in reversed(added.values())}
    for old in delta.removed:
        if old.task.id not in found and _origin(old) in by_origin:
            found[old.task.id] = by_origin.pop(_origin(old))
    return found


def _origin(item: Item) -> str:
    return item.task.origin or item.task.id
