"""The place of the card, which is made only when the window is on the screen."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override


class CardPlace(QWidget):
    """Where the card will stand, and below it what belongs to it.

    `painted` runs out when the window has been on the screen for a moment.
    """

    def __init__(self, delay: int, parent: QWidget) -> None:
        """`delay`: from its painting to `painted`, in milliseconds."""
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.painted = QTimer(self, interval=delay, singleShot=True)

    def take(self, card: QWidget) -> None:
        """Let the card stand here."""
        self._column.addWidget(card, 0 if self._column.count() else 1)
        card.show()  # at once, not at the next turn: it may be asked for the keyboard

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._column.count():
            self.painted.start()
