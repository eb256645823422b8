"""口令: one's own new passphrase, or one that a coordinator sets for another."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from app.domain.errors import UserError
from app.domain.people import Person
from app.workspace import Workspace

NOTE = "口令只在这个工作区里用，换人时输入。两栏都空着就是取消口令。它防的是同一台机器上错用别人的姓名，不能代替保管好文件。"
DIFFERENT = "两次输入的新口令不一样，请重新输入。"


class PassphraseDialog(QDialog):
    """Asks for the old one where there is one, and for the new one twice. `said` gets what was done."""

    def __init__(
        self,
        workspace: Workspace,
        person: Person,
        said: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._person = person
        self._said = said
        self.setObjectName("passphrase")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"口令：{person.name}")
        self.setMinimumWidth(400)
        form = QFormLayout(self)
        form.setContentsMargins(20, 20, 20, 16)
        form.setVerticalSpacing(10)
        self.old, self.new, self.again = (self._line() for _ in range(3))
        is_own = workspace.person is not None and workspace.person.id == person.id
        if is_own and workspace.has_passphrase(person.id):
            form.addRow("原来的口令", self.old)
        else:
            self.old.hide()
        form.addRow("新口令", self.new)
        form.addRow("再输一次", self.again)
        note = QLabel(NOTE, self)
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        form.addRow(note)
        self.problem = QLabel(self)
        self.problem.setProperty("role", "alert")
        self.problem.setWordWrap(True)
        self.problem.hide()
        form.addRow(self.problem)
        buttons = QDialogButtonBox(self)
        buttons.addButton("确定", QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def _line(self) -> QLineEdit:
        line = QLineEdit(self)
        line.setEchoMode(QLineEdit.EchoMode.Password)
        return line

    def _give(self) -> None:
        new = self.new.text()
        if new != self.again.text():
            self._refuse(DIFFERENT)
            return
        try:
            self._workspace.set_passphrase(self._person.id, new, self.old.text())
        except UserError as error:
            self._refuse(str(error))
            return
        self.accept()
        self._said(f"已设{self._person.name}的口令" if new else f"已取消{self._person.name}的口令")

    def _refuse(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()
