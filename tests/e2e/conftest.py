"""A window on the sample workspace, driven by real keys; prompts answer at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.domain.spans import Span
from app.ui import theme
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.prompts import Prompts
from app.workspace import Configuration, Workspace


class Answers(Prompts):
    """Prompts that answer from what the test has laid out, and keep what they were told."""

    def __init__(self) -> None:
        self.files: list[Path] = []
        self.told: list[str] = []
        self.suggested: list[Path] = []

    @override
    def open_files(self, title: str, folder: str, kinds: str) -> list[Path]:
        files, self.files = self.files, []
        return files

    @override
    def open_file(self, title: str, folder: str, kinds: str) -> Path | None:
        return self.files.pop(0) if self.files else None

    @override
    def save_file(self, title: str, suggested: str, kinds: str, *, may_replace: bool = True) -> Path | None:
        self.suggested.append(Path(suggested))
        return self.files.pop(0) if self.files else None

    @override
    def choose_folder(self, title: str, folder: str) -> Path | None:
        return self.files.pop(0) if self.files else None

    @override
    def confirm(self, title: str, text: str, then: Callable[[], object]) -> None:
        self.told.append(text)
        then()

    @override
    def inform(self, title: str, text: str) -> None:
        self.told.append(text)

    @override
    def warn(self, title: str, text: str) -> None:
        self.told.append(text)


class Driver:
    """The window with short words for what a reviewer does."""

    def __init__(self, bot: QtBot, window: MainWindow, answers: Answers) -> None:
        self.bot, self.window, self.answers = bot, window, answers

    @property
    def desk(self) -> Desk:
        assert self.window.desk is not None
        return self.window.desk

    def press(self, *keys: str, into: QWidget | None = None) -> None:
        """Press keys one after the other, as "Enter" or "Ctrl+Z", in the text or where told."""
        for key in keys:
            *modifiers, name = key.split("+") if len(key) > 1 else [key]
            target = into or QApplication.focusWidget() or self.desk.view
            held = Qt.KeyboardModifier.NoModifier
            for modifier in modifiers:
                held |= getattr(
                    Qt.KeyboardModifier, {"Ctrl": "ControlModifier"}.get(modifier, modifier + "Modifier")
                )
            QTest.keyClick(target, getattr(Qt.Key, f"Key_{name}"), held)

    def go_to(self, offset: int) -> None:
        """Move the caret to a source offset, the last step by key."""
        self.desk.view.reveal(Span(offset - 1, offset))
        self.press("Right", into=self.desk.view)

    def wait(self, ready: Callable[[], bool]) -> None:
        self.bot.waitUntil(ready, timeout=20_000)


def let_fall(on: QWidget, *paths: Path) -> None:
    """Let files fall on a widget, as the desktop does."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    about = Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(2, 2), *about)
    entering.ignore()
    QApplication.sendEvent(on, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(on, QDropEvent(QPointF(2, 2), *about))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("DUBAN_HOME", str(folder))
    return folder


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def open_window(
    qtbot: QtBot, qapp: QApplication, home: Path, answers: Answers
) -> Iterator[Callable[[Path], Driver]]:
    """Opens a window on a workspace file, active and ready for keys."""
    windows: list[MainWindow] = []

    def open_on(path: Path) -> Driver:
        theme.apply(qapp, theme.LIGHT)
        window = MainWindow(Configuration.load(), answers)
        windows.append(window)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        window.files.open_path(path)
        driver = Driver(qtbot, window, answers)
        reports = driver.desk.session.workspace.reports()
        driver.wait(lambda: not reports or bool(driver.desk.session.items))
        driver.desk.view.setFocus()
        # who has a passphrase is asked for it at once
        driver.wait(lambda: window.isActiveWindow() or QApplication.activeModalWidget() is not None)
        return driver

    font = qapp.font()
    yield open_on
    for window in windows:
        window.close()
    qapp.setStyleSheet("")  # the next test file dresses itself
    qapp.setFont(font)


@pytest.fixture
def sample(tmp_path: Path, home: Path) -> Path:
    path = tmp_path / "sample.duban"
    Workspace.create(path, sample=True, author="甲").close()
    return path


@pytest.fixture
def driver(open_window: Callable[[Path], Driver], sample: Path) -> Driver:
    return open_window(sample)
