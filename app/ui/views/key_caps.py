"""Keys with what they do, in one line."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from typing_extensions import override

GAP = 14
"""Between a key's words and the next key, in pixels."""


class KeyCaps(QWidget):
    """A line of key caps, each with its words. It never asks for room: where it has too little, the last key stays
    and of the others as many as fit.
    """

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(1)
        self._role = role
        self._pairs: list[QWidget] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._row.addStretch(1)

    def show_keys(self, keys: tuple[tuple[str, str], ...]) -> None:
        """Show these: (key, what it does)."""
        for old in self._pairs:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._pairs = [self._pair(key, words) for key, words in keys]
        for number, pair in enumerate(self._pairs):
            self._row.insertWidget(number, pair)
        self._fit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()), super().sizeHint().height())

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()  # a key is wider once it is dressed
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _pair(self, key: str, words: str) -> QWidget:
        pair = QWidget(self)
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        for text, role in ((key, "key"), (words, self._role)):
            label = QLabel(text, pair)
            label.setProperty("role", role)
            row.addWidget(label)
        return pair

    def _widths(self) -> list[int]:
        return [pair.sizeHint().width() + GAP for pair in self._pairs]

    def _fit(self) -> None:
        room = self.width()
        last_first = [*zip(self._pairs, self._widths(), strict=True)]
        for pair, width in last_first[-1:] + last_first[:-1]:
            room -= width
            pair.setVisible(room >= 0 or pair is self._pairs[-1])
