"""What the window shows while there is nothing to read: what to do first."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget


class EmptyPage(QWidget):
    """A title, a line, and the buttons for the first steps: (words, what they do)."""

    def __init__(
        self,
        title: str,
        words: str,
        steps: Sequence[tuple[str, Callable[[], object]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        head = QLabel(title, self)
        head.setObjectName("emptytitle")
        line = QLabel(words, self)
        line.setProperty("role", "muted")
        line.setWordWrap(True)
        for label in (head, line):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(8)
        for number, (name, act) in enumerate(steps):
            button = QPushButton(name, self)
            button.setFixedWidth(240)
            button.setProperty("role", "" if number else "primary")
            button.clicked.connect(act)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(3)
