"""单位名录: the unit directory in a window of its own, edited in place, in and out by workbook."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain import unit_edits
from app.domain.changes import Change
from app.domain.edits import new_id
from app.domain.errors import UserError
from app.domain.tasks import Owner, Role
from app.domain.units import Unit
from app.ui import prompts as ask
from app.ui.dialogs.unit_form import NAMES, NEW, UnitForm
from app.ui.dialogs.unit_preview import UnitPreview
from app.ui.models.unit_table import NAME_COLUMN, UnitTableModel
from app.ui.prompts import Prompts
from app.ui.session import Session
from app.ui.views.key_bar import KeyBar
from app.ui.views.unit_grid import UnitGrid
from app.ui.views.unit_picker import UnitPicker

FILTER = "名称、拼音首字母、领导、电话"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do: its name (a method of the dialog), its words on a button ("": it has none), its keys.

    One `in_table` works only while the table has the keyboard. `hint`: its short name in the bottom line.
    """

    name: str
    words: str
    keys: tuple[str, ...]
    in_table: bool = False
    hint: str = ""


COMMANDS: tuple[Command, ...] = (
    Command("add_unit", "新增…", ("Ctrl+N",), hint="新增"),
    Command("rename_unit", "更名…", ("Ctrl+R",), hint="更名"),
    Command("merge_unit", "并入…", ("Ctrl+M",), hint="并入"),
    Command("close_or_reopen", "停用/恢复", ("Ctrl+D",), hint="停用"),
    Command("remove_unit", "删除", ("Delete",), in_table=True, hint="删除"),
    Command("move_up", "上移", ("Alt+Up",), hint="移动"),
    Command("move_down", "下移", ("Alt+Down",)),
    Command("import_units", "导入…", ("Ctrl+I",)),
    Command("export_units", "导出…", ("Ctrl+E",)),
    Command("find_unit", "", ("Ctrl+F",), hint="筛选"),
    Command("find_unit_here", "", ("/",), in_table=True),
    Command("undo", "", ("Ctrl+Z",)),
    Command("redo", "", ("Ctrl+Shift+Z", "Ctrl+Y")),
)


class UnitDirectory(QDialog):
    """Shows the session's units; every edit is a change of the session, which undo takes back."""

    def __init__(self, session: Session, prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._prompts = prompts
        self._merged = ""
        self.setObjectName("unit_directory")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("单位名录")
        self.resize(1280, 680)
        self.model = UnitTableModel(session, self)
        self.table = UnitGrid(self.model, self)
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(FILTER)
        self.filter.setAccessibleName("筛选单位")
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(240)
        self.filter.textChanged.connect(self._narrow)
        self.filter.installEventFilter(self)
        self.count = QLabel(self)
        self.count.setProperty("role", "muted")
        self.keys = KeyBar(self)
        self.picker = UnitPicker(self)
        self.picker.chosen.connect(self._merge_into)
        self._lay_out()
        session.units_changed.connect(self._show_count)
        session.refresh_units()
        self.table.show_unit("", NAME_COLUMN)
        self.table.setFocus()
        self._show_count()

    # --- commands

    def add_unit(self) -> None:
        """Ask for a new unit."""

        def make(values: dict[str, Any]) -> None:
            unit = Unit(new_id(), **values)
            self.filter.clear()
            self._do(unit_edits.add(self._session.units, unit, self._session.workspace.initials))
            self.table.show_unit(unit.id, NAME_COLUMN)

        texts = {name: "委办局" if name == "group" else "" for name in NEW}
        UnitForm("新增单位", texts, make, self).open()

    def rename_unit(self) -> None:
        """Ask for the current unit's new names; the old ones stay known."""
        unit = self._unit()
        workspace = self._session.workspace

        def give(values: dict[str, Any]) -> None:
            self._do(
                unit_edits.rename(
                    self._session.units,
                    unit,
                    values["name"],
                    values["short_name"],
                    workspace.initials,
                    workspace.tags_of_unit(unit.id),
                )
            )

        note = "原来的名称和简称留作别名，仍然认得；任务里的单位名一并改过来。只是改错字，请在表格里直接改。"
        texts = {name: getattr(unit, name) for name in NAMES}
        UnitForm(f"更名：{unit.short_name}", texts, give, self, note=note).open()

    def merge_unit(self) -> None:
        """Ask which unit the current one becomes part of."""
        unit = self._unit()
        self._merged = unit.id
        others = tuple(u for u in self._session.units if u.id != unit.id)
        place = QRect(self.table.visualRect(self.table.currentIndex()))
        self.picker.pick(self.table.viewport(), place, others, Role.LEAD, f"{unit.short_name}并入哪个单位")

    def close_or_reopen(self) -> None:
        """Abolish the current unit from today on, or let it stand again."""
        unit = self._unit()
        if unit.valid_to:
            self._do(unit_edits.reopen(self._session.units, unit))
        else:
            self._do(unit_edits.close(unit, _today()))

    def remove_unit(self) -> None:
        """Take the current unit out, or abolish it where it has been used."""
        unit = self._unit()
        is_used = self._session.workspace.is_unit_used(unit.id)
        change = unit_edits.remove(self._session.units, unit, _today(), is_used=is_used)
        if self._do(change) and change.edits[0].after:
            self.keys.say(f"任务里有{unit.short_name}，已停用，没有删除")

    def move_up(self) -> None:
        """Move the current unit before the row above it."""
        self._move(-1)

    def move_down(self) -> None:
        """Move the current unit behind the row below it."""
        self._move(1)

    def import_units(self) -> None:
        """Ask for a workbook, show what it would change, and do that if wanted."""
        folder = str(self._session.workspace.path.parent)
        path = self._prompts.open_file("导入单位名录", folder, ask.WORKBOOKS)
        if path:
            preview = self._session.workspace.read_units(path)
            UnitPreview(path.name, preview, lambda: self._do(preview.change), self).open()

    def export_units(self) -> None:
        """Ask for a place and write the directory there."""
        suggested = str(self._session.workspace.path.parent / "单位名录.xlsx")
        path = self._prompts.save_file("导出单位名录", suggested, ask.WORKBOOKS)
        if path:
            count = self._session.workspace.export_units(path)
            self.keys.say(f"已导出{count}个单位到 {path.name}")

    def find_unit(self) -> None:
        """Put the keyboard into the filter."""
        self.filter.setFocus()
        self.filter.selectAll()

    find_unit_here = find_unit

    def undo(self) -> None:
        """Take the last change back, whatever it was."""
        self.keys.say(self._session.undo())

    def redo(self) -> None:
        """Do again what was taken back."""
        self.keys.say(self._session.redo())

    # --- inside

    def _lay_out(self) -> None:
        head = QWidget(self)
        head.setProperty("role", "head")
        title = QLabel("单位名录", head)
        title.setProperty("role", "title")
        bar = QHBoxLayout(head)
        bar.setContentsMargins(12, 0, 8, 0)
        bar.setSpacing(6)
        bar.addWidget(title)
        bar.addWidget(self.count)
        bar.addSpacing(10)
        bar.addWidget(self.filter)
        bar.addStretch(1)
        for command in COMMANDS:
            action = self._action(command)
            if command.words:
                button = QToolButton(head)
                button.setDefaultAction(action)
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                bar.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.keys)
        hints = [(_key_text(c.keys[0]), c.hint) for c in COMMANDS if c.hint]
        self.keys.show_keys((("F2", "修改"), *hints, ("Esc", "关闭")))

    def _action(self, command: Command) -> QAction:
        action = QAction(command.words, self)
        action.setObjectName(command.name)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setToolTip(f"{command.words.rstrip('…')}（{_key_text(command.keys[0])}）")
        action.triggered.connect(lambda _=False, name=command.name: self._run(getattr(self, name)))
        if command.in_table:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.table.addAction(action)
        else:
            self.addAction(action)
        return action

    def _run(self, act: Callable[[], object]) -> None:
        self.keys.say("")
        try:
            act()
        except UserError as error:
            self._prompts.warn("单位名录", str(error))

    def _do(self, change: Change) -> bool:
        """Write a change; what the store refuses the session tells."""
        is_done = self._session.submit(change)
        if is_done and change.edits:
            self.keys.say(f"已保存：{change.label}")
        return is_done

    def _unit(self) -> Unit:
        unit = self.model.unit_at(self.table.currentIndex().row())
        if unit is None:
            raise UserError("请先在表格里选一个单位。")
        return unit

    def _move(self, step: int) -> None:
        unit = self._unit()
        neighbour = self.model.unit_at(self.table.currentIndex().row() + step)
        if neighbour is not None:
            others = [u.id for u in unit_edits.ordered(self._session.units) if u.id != unit.id]
            place = others.index(neighbour.id) + (1 if step > 0 else 0)
            self._do(unit_edits.move(self._session.units, unit, place))

    def _merge_into(self, owner: Owner) -> None:
        unit, successor = (
            next((u for u in self._session.units if u.id == wanted), None)
            for wanted in (self._merged, owner.unit_id)
        )
        if unit is None:
            return
        if successor is None:
            self._prompts.warn("单位名录", f"“{owner.name}”不在单位名录里，请先新增它，再并入。")
        elif self._do(unit_edits.succeed(unit, successor, _today())):
            self.keys.say(f"{unit.short_name}的任务今后建议给{successor.short_name}，已定的不变")

    def _narrow(self, typed: str) -> None:
        self.model.set_filter(typed)
        self._show_count()

    def _show_count(self) -> None:
        shown, total = self.model.rowCount(), len(self._session.units)
        self.count.setText(f"{total} 个" if shown == total else f"{shown} / {total} 个")

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Enter go from the filter to the table; Esc empties the filter before it closes the window."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.table.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
        return super().eventFilter(watched, event)


def _key_text(key: str) -> str:
    return key.replace("Up", "↑").replace("Down", "↓")


def _today() -> date:
    return datetime.now().astimezone().date()
