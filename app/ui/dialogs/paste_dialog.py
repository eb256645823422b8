"""从剪贴板导入: what would be imported, and under which title."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.ui.pasting import Pasted

LINES, LENGTH = 6, 36
"""How many of its first lines are shown, and how much of each."""
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
        words = QLabel("\n".join(beginning(offer.words)), self)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setProperty("role", "muted")
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


def beginning(text: str) -> list[str]:
    """The first lines that say something, cut to what fits."""
    lines = [line.strip() for line in text.splitlines() if line.strip()][:LINES]
    return [line if len(line) <= LENGTH else line[: LENGTH - 1] + "…" for line in lines]
