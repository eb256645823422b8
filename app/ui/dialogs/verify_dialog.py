"""核对记录完整性: whether the records are as they were written, alone or against a package."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QVBoxLayout, QWidget

from app.domain.errors import UserError
from app.ui import prompts as ask
from app.ui.prompts import Prompts
from app.ui.views.card_paint import set_property
from app.workspace import Workspace

WHOLE = "记录完整：{count}条记录逐条相扣，没有发现改动、删除或调换。"
ALONE = "末尾被整段删去的，只有与以前导出的交接包或台账对照才看得出来。"
AGAINST = "记录完整，而且包含交接包“{name}”里的全部记录。"
BROKEN = "发现{count}处问题："


class VerifyDialog(QDialog):
    """Checks as it opens; a button checks against a package too."""

    def __init__(self, workspace: Workspace, prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._prompts = prompts
        self.setObjectName("verify")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("核对记录完整性")
        self.setMinimumWidth(560)
        self.words = QLabel(self)
        self.note = QLabel(self)
        for label in (self.words, self.note):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.note.setProperty("role", "muted")
        self.list = QListWidget(self)
        self.list.setAccessibleName("问题")
        self.list.setWordWrap(True)
        buttons = QDialogButtonBox(self)
        self.package = buttons.addButton("与交接包对照…", QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        self.package.clicked.connect(self._choose)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        for widget in (self.words, self.list, self.note, buttons):
            column.addWidget(widget)
        close.setFocus()
        self.check()

    def check(self, package: Path | None = None) -> None:
        """Check, and say what was found."""
        try:
            found = self._workspace.verify(package)
        except UserError as error:
            self._show(str(error), [], is_bad=True)
            return
        if found:
            self._show(BROKEN.format(count=len(found)), found, is_bad=True)
        elif package is not None:
            self._show(AGAINST.format(name=package.name), [])
        else:
            self._show(WHOLE.format(count=self._workspace.log_length()), [])
        self.note.setText("" if found or package is not None else ALONE)
        self.note.setVisible(bool(self.note.text()))

    def _show(self, words: str, found: list[str], *, is_bad: bool = False) -> None:
        self.words.setText(words)
        set_property(self.words, "role", "alert" if is_bad else "title")
        self.list.clear()
        self.list.addItems(found)
        self.list.setVisible(bool(found))
        self.note.hide()
        self.adjustSize()

    def _choose(self) -> None:
        folder = str(self._workspace.path.parent)
        path = self._prompts.open_file("核对记录完整性：选择交接包", folder, ask.PACKAGES)
        if path is not None:
            self.check(path)
