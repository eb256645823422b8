"""How large the window opens: as the screen allows."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

LEAST = QSize(1024, 640)
"""The smallest window that can be worked in."""

FRAME = QSize(0, 40)
"""What a window's title takes beside its own size, at most."""


def fit(window: QWidget, room: QSize) -> None:
    """Let a window fill a screen's room that is too small for its size, and never get smaller than is useful."""
    window.setMinimumSize(LEAST.boundedTo(room - FRAME))
    outer = window.size() + FRAME
    if outer.boundedTo(room) != outer:
        window.resize(window.size().boundedTo(room - FRAME))
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
