"""A panel: a 36 px head with a title and a word at its right, over its content."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget


class Panel(QWidget):
    """A titled panel. `note` is the muted word at the head's right end; `head` takes further widgets."""

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        bar = QWidget(self)
        bar.setProperty("role", "head")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.head = QHBoxLayout(bar)
        self.head.setContentsMargins(12, 0, 12, 0)
        self.head.setSpacing(8)
        self.title = QLabel(title, bar)
        self.title.setProperty("role", "title")
        self.note = QLabel("", bar)
        self.note.setProperty("role", "muted")
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.head.addWidget(self.note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(content, 1)
