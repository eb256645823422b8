"""Every test runs without a display, never in the user's own folders, and leaves the application as it was."""

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# a slow machine is no failure
settings.register_profile("duban", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("duban")


@pytest.fixture(autouse=True)
def plain_application() -> Iterator[None]:
    """What a test dressed the application in is taken off again: the next one measures pixels."""
    before = _application()
    font = before.font() if before else None
    yield
    app = _application()
    if app is None:
        return
    if app.styleSheet():
        from PySide6.QtGui import QPalette

        app.setStyleSheet("")
        app.setPalette(QPalette())
        if font is not None:
            app.setFont(font)
    # what Python has put there must not outlive it: the offscreen clipboard is destroyed after the interpreter
    app.clipboard().clear()


@pytest.fixture(autouse=True)
def nothing_comes_between(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a slow machine too, work shows no progress: offscreen, nobody would give the keyboard back afterwards."""
    if "qtbot" in request.fixturenames:
        monkeypatch.setattr("app.ui.dialogs.progress_dialog.APPEARS_AFTER", 3_600_000)


def _application() -> "QApplication | None":
    """The application, if a test has made one; tests without a window load no Qt."""
    if "PySide6.QtWidgets" not in sys.modules:
        return None
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    return app if isinstance(app, QApplication) else None
