"""The bottom line: the keys that work now, and how far the report is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from typing_extensions import override

MARGIN, SPACE = 12, 16


class KeyBar(QWidget):
    """Key caps with their meaning at the left, a word and the state at the right.

    It never asks for room: what does not fit is left out, a long word is cut short, the last key always stays.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keybar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(30)
        self.setMinimumWidth(1)
        self.word = ""
        self._keys: tuple[tuple[str, str], ...] = ()
        self._pairs: list[QWidget] = []
        self._caps = QHBoxLayout()
        self._caps.setSpacing(SPACE - 2)
        self._word = QLabel("", self)
        self._state = QLabel("", self)
        self._state.setProperty("role", "muted")
        self._state.setAccessibleName("进度")
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(SPACE)
        row.addLayout(self._caps)
        row.addStretch(1)
        row.addWidget(self._word)
        row.addWidget(self._state)

    def show_keys(self, keys: tuple[tuple[str, str], ...]) -> None:
        """Show the keys that work now: (key, what it does)."""
        if keys == self._keys:
            return
        self._keys = keys
        for old in self._pairs:
            self._caps.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._pairs = [self._pair(key, words) for key, words in keys]
        for pair in self._pairs:
            self._caps.addWidget(pair)
        self._fit()

    def say(self, words: str) -> None:
        """Say a word; it stays until the next one."""
        self.word = words
        self._fit()

    def show_state(self, words: str) -> None:
        """Show how far the report is."""
        self._state.setText(words)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _pair(self, key: str, words: str) -> QWidget:
        pair = QWidget(self)
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        for text, role in ((key, "key"), (words, "muted")):
            label = QLabel(text, pair)
            label.setProperty("role", role)
            row.addWidget(label)
        return pair

    def _fit(self) -> None:
        """Share the width: the state whole, a word up to half of the rest or what the keys leave, then the keys."""
        room = self.width() - 2 * MARGIN - 3 * SPACE - self._state.sizeHint().width()
        widths = [pair.sizeHint().width() + self._caps.spacing() for pair in self._pairs]
        metrics = self._word.fontMetrics()
        share = min(metrics.horizontalAdvance(self.word) + 1, max(room // 2, room - sum(widths)))
        shown = metrics.elidedText(self.word, Qt.TextElideMode.ElideRight, max(0, share))
        self._word.setText(shown)
        self._word.setToolTip("" if shown == self.word else self.word)
        room -= share
        for pair, width in zip(self._pairs[-1:] + self._pairs[:-1], widths[-1:] + widths[:-1], strict=True):
            pair.setVisible(width <= room or pair is self._pairs[-1])
            room -= width
