"""Every test runs without a display, never in the user's own folders, and leaves the application as it was."""

import os
import sys
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def plain_application() -> Iterator[None]:
    """What a test dressed the application in is taken off again: the next one measures pixels."""
    yield
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6.QtGui import QFont, QPalette
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    if app.styleSheet():
        app.setStyleSheet("")
        app.setPalette(QPalette())
        app.setFont(QFont())
    # what Python has put there must not outlive it: the offscreen clipboard is destroyed after the interpreter
    app.clipboard().clear()
