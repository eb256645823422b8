"""从剪贴板导入: what would be imported, and under which title."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.ui.pasting import Pasted

SHOWN = 240
"""How many of its first characters are shown."""
HINT = "标题（留空就从正文里读）"


class PasteDialog(QDialog):
    """Hands the title on when accepted, "" to have it read."""

    def __init__(self, offer: Pasted, then: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._then = then
        self.setObjectName("paste")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("从剪贴板导入")
        self.setMinimumWidth(520)
        about = QLabel(offer.about, self)
        begin = "\n".join(line.strip() for line in offer.words.splitlines() if line.strip())
        words = QLabel(begin[:SHOWN] + ("……" if len(begin) > SHOWN else ""), self)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setProperty("role", "muted")
        words.setWordWrap(True)
        self.title = QLineEdit(self)
        self.title.setPlaceholderText(HINT)
        self.title.setAccessibleName("标题")
        buttons = QDialogButtonBox(self)
        buttons.addButton("导入", QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        for widget in (about, words, self.title, buttons):
            column.addWidget(widget)
        self.title.setFocus()

    def _take(self) -> None:
        self.accept()
        self._then(self.title.text().strip())
