"""Why something is done that needs a reason: one key for a common one, or words of one's own."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

REASONS = ("上年成绩，不是任务", "情况描述或口号", "与其他任务重复", "上级任务，本级不承担")


class ReasonDialog(QDialog):
    """Asks for a reason and hands it on; Esc cancels. The digits take a common reason at once.

    `question` says why one is needed. Enter takes the words typed; without any it does nothing.
    """

    def __init__(
        self,
        question: str,
        then: Callable[[str], None],
        parent: QWidget | None = None,
        *,
        title: str = "忽略的理由",
        reasons: Sequence[str] = REASONS,
    ) -> None:
        super().__init__(parent)
        self._then = then
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        label = QLabel(question, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        layout.addWidget(label)
        for number, reason in enumerate(reasons, 1):
            button = QPushButton(f"{number}  {reason}", self)
            button.setProperty("role", "choice")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, words=reason: self._give(words))
            key = QShortcut(QKeySequence(str(number)), self)
            key.activated.connect(button.click)
            layout.addWidget(button)
        row = QHBoxLayout()
        self.words = QLineEdit(self)
        self.words.setPlaceholderText("其他理由" if reasons else "理由")
        self.words.setAccessibleName("其他理由")
        self.words.returnPressed.connect(lambda: self._give(self.words.text().strip()))
        row.addWidget(self.words)
        layout.addLayout(row)
        (self if reasons else self.words).setFocus()

    def _give(self, reason: str) -> None:
        if reason:
            self.accept()
            self._then(reason)
