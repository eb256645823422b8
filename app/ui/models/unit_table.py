"""The unit directory as a table: filtered by what is typed, each edit of a cell a change of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from typing_extensions import override

from app.domain import unit_edits
from app.domain.directory import CODES, GROUPS
from app.domain.errors import UserError
from app.domain.unit_fields import TITLES, read, said, tidied
from app.domain.units import Unit, matching
from app.ui.session import Session

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class UnitColumn:
    """One column: the unit's field, a text it must have room for ("": it shares what is left), its choices."""

    field: str
    widest: str = ""
    choices: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What stands over the column."""
        return TITLES.get(self.field, "有效")


STANDING = "standing"
COLUMNS: tuple[UnitColumn, ...] = (
    UnitColumn("code", "农业农村局", CODES),
    UnitColumn("name"),
    UnitColumn("short_name", "滨海新区管委会"),
    UnitColumn("aliases"),
    UnitColumn("leader", "李若川副区长"),
    UnitColumn("person", "欧阳副局长"),
    UnitColumn("telephone", "022-88001234"),
    UnitColumn("group", "委办局组", GROUPS),
    UnitColumn(STANDING, "已并入区农业农村"),
)
NAME_COLUMN = 1


def standing_words(unit: Unit, units: Sequence[Unit]) -> str:
    """Whether a unit stands, else what became of it."""
    if unit.valid_to is None:
        return "有效"
    successor = said(unit, "successor_id", units)
    return f"已并入{successor}" if successor else f"{unit.valid_to.isoformat()}停用"


class UnitTableModel(QAbstractTableModel):
    """The session's units in their order, those that what was typed may mean. Closed ones are in muted ink.

    An edit leaves its row where it is, even if the filter no longer fits it; the filter is asked again when
    it changes.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._typed = ""
        self._rows: tuple[Unit, ...] = session.units
        session.units_changed.connect(self._follow)

    @property
    def typed(self) -> str:
        """What the table is filtered by."""
        return self._typed

    def set_filter(self, typed: str) -> None:
        """Show the units that what was typed may mean: names, pinyin initials, codes, people, telephones."""
        self._typed = typed.strip()
        self.beginResetModel()
        self._rows = tuple(unit for unit in self._session.units if self._passes(unit))
        self.endResetModel()

    def unit_at(self, row: int) -> Unit | None:
        """The unit of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, unit_id: str) -> int:
        """The row of a unit; -1 where it is not shown."""
        return next((row for row, unit in enumerate(self._rows) if unit.id == unit_id), -1)

    @override
    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        unit = self.unit_at(index.row()) if index.isValid() else None
        if unit is None:
            return None
        if role == Qt.ItemDataRole.ForegroundRole:
            roles = QPalette.ColorRole
            return QGuiApplication.palette().color(roles.PlaceholderText if unit.valid_to else roles.Text)
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole)
        return self._words(unit, COLUMNS[index.column()].field) if role in shown else None

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and COLUMNS[index.column()].field != STANDING:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    @override
    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        shown = self.unit_at(index.row()) if index.isValid() else None
        field = COLUMNS[index.column()].field if index.isValid() else STANDING
        if shown is None or field == STANDING or role != Qt.ItemDataRole.EditRole:
            return False
        if tidied(str(value)) == tidied(said(shown, field)):
            return True
        session = self._session
        tags = session.workspace.tags_of_unit(shown.id) if field == "short_name" else ()
        try:
            change = unit_edits.change(
                session.units,
                shown,
                session.workspace.initials,
                tags=tags,
                **{field: read(field, str(value))},
            )
        except UserError as error:
            session.refuse(error)
            return False
        return session.submit(change)

    # --- inside

    def _words(self, unit: Unit, field: str) -> str:
        return standing_words(unit, self._session.units) if field == STANDING else said(unit, field)

    def _passes(self, unit: Unit) -> bool:
        typed = self._typed
        reached = (unit.leader, unit.person, unit.telephone, unit.group)
        return bool(matching((unit,), typed)) or any(typed in words for words in reached)

    def _follow(self) -> None:
        kept = {unit.id for unit in self._rows}
        rows = tuple(unit for unit in self._session.units if unit.id in kept or self._passes(unit))
        if [unit.id for unit in rows] == [unit.id for unit in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
