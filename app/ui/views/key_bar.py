"""The bottom line: the keys that work now, and how far the report is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from app.ui.views.key_caps import KeyCaps

MARGIN, SPACE = 12, 16


class KeyBar(QWidget):
    """Keys at the left, a word and the state at the right. It never asks for room: a long word is cut short.

    `said` carries each word, for the other page's line.
    """

    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keybar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(30)
        self.setMinimumWidth(1)
        self.word = ""
        self._keys: tuple[tuple[str, str], ...] = ()
        self._caps = KeyCaps("muted", self)
        self._word = QLabel("", self)
        self._state = QLabel("", self)
        self._state.setProperty("role", "muted")
        self._state.setAccessibleName("进度")
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._caps, 1)
        row.addWidget(self._word)
        row.addWidget(self._state)

    def show_keys(self, keys: tuple[tuple[str, str], ...]) -> None:
        """Show the keys that work now: (key, what it does)."""
        if keys != self._keys:
            self._keys = keys
            self._caps.show_keys(keys)
            self._fit()

    def say(self, words: str) -> None:
        """Say a word; it stays until the next one."""
        self.word = words
        self._fit()
        self.said.emit(words)

    def show_state(self, words: str) -> None:
        """Show how far the report is."""
        self._state.setText(words)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the word what the keys and the state leave, half of it at least."""
        room = self.width() - 2 * MARGIN - 2 * SPACE - self._state.sizeHint().width()
        metrics = self._word.fontMetrics()
        share = max(room // 2, room - self._caps.sizeHint().width(), 0)
        shown = metrics.elidedText(self.word, Qt.TextElideMode.ElideRight, share)
        self._word.setText(shown)
        self._word.setToolTip("" if shown == self.word else self.word)
