"""How large the window opens: as the screen allows; where a list stands that is worked through beside the text."""

from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QWidget

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


LOW, LEFT = 0.44, 0.6
"""The shares of a window's height and width that a list over its foot takes, with its title: the text comes into sight
above it, the card stays in sight beside it."""

Low = TypeVar("Low", bound=QDialog)


def low(dialog: Low, window: QWidget) -> Low:
    """Put a dialog over the foot of a window, so that neither the places in the text that it leads to are covered
    nor the card in which they are changed.
    """
    around = window.geometry()
    width = min(dialog.width(), round(LEFT * around.width()))
    height = min(dialog.height(), round(LOW * around.height()) - FRAME.height())
    dialog.resize(width, height)
    dialog.move(around.left(), around.bottom() + 1 - height - FRAME.height())
    return dialog
