"""人员: who works here, in which roles; a coordinator adds, renames, and lets people rest."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.changes import Change, Edit
from app.domain.layer_moves import NOBODY
from app.domain.people import ROLE_NAMES, Person, PersonRole, entered
from app.ui.session import Session
from app.ui.views.key_bar import KeyBar
from app.ui.views.table_look import dress, spread

ROLES = tuple(PersonRole)
NAME, ACTIVE, LOCK = 0, len(ROLES) + 1, len(ROLES) + 2
TITLES = ("姓名", *(ROLE_NAMES[role] for role in ROLES), "在用", "口令")
NOT_YOURS = "人员和角色由统筹人来定，{name}不是统筹人；这里只能看。"
NOTE = "没有人能复核自己的标注。不再参加的人请停用，不要改成别人的名字：已有的标注和记录仍写着他。"
COMMANDS = (
    ("add_person", "新增…", "Ctrl+N"),
    ("rename_person", "更名", "F2"),
    ("rest_or_return", "停用/恢复", "Ctrl+D"),
    ("reset_passphrase", "口令…", "Ctrl+K"),
)
ID = Qt.ItemDataRole.UserRole
_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class PeopleDialog(QDialog):
    """Each tick and each name is a change of the session, which Ctrl+Z takes back; what is refused is told there.

    `ask_passphrase` asks for a person's new one, over the given window.
    """

    def __init__(
        self,
        session: Session,
        ask_passphrase: Callable[[Person, QWidget], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._ask_passphrase = ask_passphrase
        self._people: tuple[Person, ...] = ()
        self._is_filling = False
        self.setObjectName("people")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("人员")
        self.resize(680, 420)
        self.table = QTableWidget(0, len(TITLES), self)
        dress(self.table, "people_table", "人员")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.setHorizontalHeaderLabels(list(TITLES))
        spread(self.table, (0, *(78 for _ in ROLES), 64, 72))
        self.table.itemChanged.connect(self._changed)
        self.why = QLabel(self)
        self.why.setWordWrap(True)
        self.keys = KeyBar(self)
        self._actions: list[QAction] = []
        self._lay_out()
        session.people_changed.connect(self.load)
        self.load()
        self.table.setFocus()

    @property
    def refusal(self) -> str:
        """Why whoever works here may only look; "" where they may edit."""
        person = self._session.workspace.person
        if person is None:
            return NOBODY
        return "" if person.is_a(PersonRole.COORDINATOR) else NOT_YOURS.format(name=person.name)

    def load(self) -> None:
        """Show who there is now."""
        here = self.table.currentRow(), self.table.currentColumn()
        self._people = self._session.workspace.people()
        refusal = self.refusal
        self._is_filling = True
        self.table.setRowCount(len(self._people))
        for row, person in enumerate(self._people):
            for column, cell in enumerate(self._cells(person, refusal)):
                self.table.setItem(row, column, cell)
        self._is_filling = False
        self.table.setCurrentCell(min(max(0, here[0]), len(self._people) - 1), max(0, here[1]))
        self.why.setText(refusal or NOTE)
        for action in self._actions:
            action.setEnabled(not refusal)
            action.setToolTip(refusal or action.text().rstrip("…"))

    # --- commands

    def add_person(self) -> None:
        """Ask for a name and its roles."""
        PersonForm(self._enter, self).open()

    def rename_person(self) -> None:
        """Edit the current person's name in its cell."""
        row = self.table.currentRow()
        self.table.setCurrentCell(row, NAME)
        cell = self.table.item(row, NAME)
        if cell is not None:
            self.table.editItem(cell)

    def rest_or_return(self) -> None:
        """Let the current person rest, or work here again."""
        person = self._current
        if person is not None:
            self._write(person, replace(person, is_active=not person.is_active))

    def reset_passphrase(self) -> None:
        """Set the current person's passphrase."""
        person = self._current
        if person is not None:
            self._ask_passphrase(person, self)

    def undo(self) -> None:
        """Take the last change back, whatever it was."""
        self.keys.say(self._session.undo())

    # --- inside

    @property
    def _current(self) -> Person | None:
        row = self.table.currentRow()
        return self._people[row] if 0 <= row < len(self._people) else None

    def _lay_out(self) -> None:
        head = QWidget(self)
        head.setProperty("role", "head")
        bar = QHBoxLayout(head)
        bar.setContentsMargins(12, 0, 8, 0)
        title = QLabel("人员", head)
        title.setProperty("role", "title")
        bar.addWidget(title)
        bar.addStretch(1)
        for name, words, key in COMMANDS:
            action = QAction(words, self)
            action.setObjectName(name)
            action.setShortcut(QKeySequence(key))
            action.triggered.connect(partial(self._run, name))
            self.addAction(action)
            self._actions.append(action)
            button = QToolButton(head)
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            bar.addWidget(button)
        undo = QAction("撤销", self)
        undo.setShortcut(QKeySequence("Ctrl+Z"))
        undo.triggered.connect(partial(self._run, "undo"))
        self.addAction(undo)
        self.why.setContentsMargins(12, 8, 12, 8)
        self.why.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (head, self.table, self.why, self.keys):
            column.addWidget(widget)
        self.keys.show_keys(
            (("Space", "勾选"), ("F2", "更名"), ("Ctrl+N", "新增"), ("Ctrl+D", "停用"), ("Ctrl+K", "口令"))
        )

    def _run(self, name: str, _checked: bool = False) -> None:
        self.keys.say("")
        getattr(self, name)()

    def _cells(self, person: Person, refusal: str) -> list[QTableWidgetItem]:
        name = QTableWidgetItem(person.name)
        ticks = [self._tick(role in person.roles) for role in ROLES]
        lock = QTableWidgetItem("有" if self._session.workspace.has_passphrase(person.id) else "")
        cells = [name, *ticks, self._tick(person.is_active), lock]
        flags = Qt.ItemFlag
        for column, cell in enumerate(cells):
            may = flags.ItemIsSelectable | flags.ItemIsEnabled
            if not refusal and column == NAME:
                may |= flags.ItemIsEditable
            elif not refusal and column != LOCK:
                may |= flags.ItemIsUserCheckable
            cell.setFlags(may)
            cell.setToolTip(refusal)
            if not person.is_active:
                cell.setForeground(self.palette().placeholderText())
        return cells

    def _tick(self, is_on: bool) -> QTableWidgetItem:
        cell = QTableWidgetItem("")
        cell.setCheckState(_ON if is_on else _OFF)
        return cell

    def _changed(self, cell: QTableWidgetItem) -> None:
        if self._is_filling or not 0 <= cell.row() < len(self._people):
            return
        person = self._people[cell.row()]
        if cell.column() == NAME:
            after = replace(person, name=" ".join(cell.text().split()))
        elif cell.column() == ACTIVE:
            after = replace(person, is_active=cell.checkState() == _ON)
        else:
            on = [r for n, r in enumerate(ROLES, 1) if self._is_on(cell.row(), n)]
            after = replace(person, roles=tuple(on))
        self._write(person, after)

    def _is_on(self, row: int, column: int) -> bool:
        cell = self.table.item(row, column)
        return cell is not None and cell.checkState() == _ON

    def _write(self, before: Person, after: Person) -> None:
        """Write a change of a person; what is refused is told by the session, and shown again as it is."""
        if set(after.roles) == set(before.roles):
            after = replace(after, roles=before.roles)
        if after != before and self._session.submit(
            Change(f"更改人员{before.name}", "", (Edit(before, after),))
        ):
            self.keys.say(f"已保存：{after.name}")
        else:
            self.load()

    def _enter(self, name: str, roles: tuple[str, ...]) -> None:
        person = entered(name, roles)
        if self._session.submit(Change(f"登记人员{name}", "", (Edit(None, person),))):
            self.table.setCurrentCell(next(n for n, p in enumerate(self._people) if p.id == person.id), NAME)
            self.keys.say(f"已登记：{name}")


class PersonForm(QDialog):
    """A new person: the name and the roles; `then` gets both."""

    def __init__(self, then: Callable[[str, tuple[str, ...]], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._then = then
        self.setObjectName("person_form")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("新增人员")
        self.setMinimumWidth(380)
        form = QFormLayout(self)
        form.setContentsMargins(20, 20, 20, 16)
        form.setVerticalSpacing(10)
        self.name = QLineEdit(self)
        self.name.setPlaceholderText("各台机器上要写得一样")
        form.addRow("姓名", self.name)
        self.boxes = {role: QCheckBox(ROLE_NAMES[role], self) for role in ROLES}
        for number, box in enumerate(self.boxes.values()):
            box.setChecked(number == 0)
            form.addRow("" if number else "角色", box)
        buttons = QDialogButtonBox(self)
        self.add = buttons.addButton("新增", QDialogButtonBox.ButtonRole.AcceptRole)
        self.add.setEnabled(False)
        self.add.setDefault(True)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self.name.textChanged.connect(self._judge)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def _judge(self, text: str) -> None:
        self.add.setEnabled(bool(text.strip()))

    def _give(self) -> None:
        roles = tuple(role for role, box in self.boxes.items() if box.isChecked())
        self.accept()
        self._then(" ".join(self.name.text().split()), roles)
