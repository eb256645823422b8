"""The bottom line: the keys that work now, and how far the report is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget


class KeyBar(QWidget):
    """Key caps with their meaning at the left, a word and the state at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keybar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(30)
        self._keys: tuple[tuple[str, str], ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 0, 12, 0)
        self._row.setSpacing(6)
        self._caps = QWidget(self)
        self._word = QLabel("", self)
        self._state = QLabel("", self)
        self._state.setProperty("role", "muted")
        self._state.setAccessibleName("进度")
        self._row.addWidget(self._caps)
        self._row.addStretch(1)
        self._row.addWidget(self._word)
        self._row.addSpacing(16)
        self._row.addWidget(self._state)

    def show_keys(self, keys: tuple[tuple[str, str], ...]) -> None:
        """Show the keys that work now: (key, what it does)."""
        if keys == self._keys:
            return
        self._keys = keys
        old, self._caps = self._caps, QWidget(self)
        row = QHBoxLayout(self._caps)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        for key, words in keys:
            cap = QLabel(key, self._caps)
            cap.setProperty("role", "key")
            label = QLabel(words, self._caps)
            label.setProperty("role", "muted")
            row.addWidget(cap)
            row.addWidget(label)
            row.addSpacing(9)
        self._row.replaceWidget(old, self._caps)
        old.deleteLater()

    def say(self, words: str) -> None:
        """Say a word; it stays until the next one."""
        self._word.setText(words)

    def show_state(self, words: str) -> None:
        """Show how far the report is."""
        self._state.setText(words)
