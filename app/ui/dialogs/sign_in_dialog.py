"""换人: who works here now, and their passphrase where they have one."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.errors import UserError
from app.domain.people import Person
from app.ui.dialogs.people_words import roles_words
from app.workspace import Workspace

ID = Qt.ItemDataRole.UserRole


class SignInDialog(QDialog):
    """Typing a part of a name narrows the list; Enter takes the current one. `then` gets who has signed in."""

    def __init__(
        self, workspace: Workspace, then: Callable[[Person], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._then = then
        self.setObjectName("sign_in")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("换人" if workspace.person else "请选择您的姓名")
        self.setMinimumWidth(380)
        self.typed = QLineEdit(self)
        self.typed.setPlaceholderText("姓名")
        self.typed.setAccessibleName("姓名")
        self.typed.setClearButtonEnabled(True)
        self.typed.textChanged.connect(self._narrow)
        self.typed.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setObjectName("people_list")
        self.list.setAccessibleName("人员")
        self.list.currentRowChanged.connect(self._show_passphrase)
        self.list.itemDoubleClicked.connect(self._give)
        self.passphrase = QLineEdit(self)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setPlaceholderText("口令")
        self.passphrase.setAccessibleName("口令")
        self.problem = QLabel(self)
        self.problem.setProperty("role", "alert")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._lay_out()
        self._narrow()
        is_known = workspace.person is None and self.passphrase.isVisibleTo(self)
        (self.passphrase if is_known else self.typed).setFocus()

    # --- inside

    @property
    def _chosen(self) -> str:
        """The id of the current person; "" where nobody of that name is here."""
        row = self.list.currentRow()
        return str(self.list.item(row).data(ID)) if row >= 0 else ""

    def _lay_out(self) -> None:
        note = QLabel("忘记口令时请统筹人在“人员”里重设。取消后只能看，不能改。", self)
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        note.setVisible(self._workspace.person is None)
        buttons = QDialogButtonBox(self)
        self.button = buttons.addButton("开始工作", QDialogButtonBox.ButtonRole.AcceptRole)
        self.button.setDefault(True)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for widget in (self.typed, self.list, self.passphrase, self.problem, note, buttons):
            column.addWidget(widget)

    def _narrow(self, typed: str = "") -> None:
        now = self._workspace.person
        wanted = now.id if now is not None else self._workspace.last_person_id()
        typed = typed.strip()
        self.list.clear()
        for person in self._workspace.people():
            if not person.is_active or typed not in person.name:
                continue
            here = "　现在" if now is not None and now.id == person.id else ""
            item = QListWidgetItem(f"{person.name}　{roles_words(person)}{here}")
            item.setData(ID, person.id)
            self.list.addItem(item)
            if person.name == typed or (person.id == wanted and not typed):
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self._show_passphrase()

    def _show_passphrase(self, _row: int = 0) -> None:
        chosen = self._chosen
        self.button.setEnabled(bool(chosen))
        is_asked = bool(chosen) and self._workspace.has_passphrase(chosen)
        if not is_asked:
            self.passphrase.clear()
        self.passphrase.setVisible(is_asked)
        self.problem.hide()

    def _give(self, _item: object = None) -> None:
        chosen = self._chosen
        if not chosen:
            return
        if self.passphrase.isVisible() and not self.passphrase.text():
            self.passphrase.setFocus()
            return
        try:
            person = self._workspace.sign_in(chosen, self.passphrase.text())
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()
            self.passphrase.selectAll()
            self.passphrase.setFocus()
            return
        self.accept()
        self._then(person)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows walk the list while a name is typed."""
        is_arrow = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if event.type() is QEvent.Type.KeyPress and is_arrow:
            QApplication.sendEvent(self.list, event)
            return True
        return super().eventFilter(watched, event)
