"""Starting: where there is a display, what the window is dressed in, the demo without a display."""

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain import edits
from app.ui import errors, start, theme
from app.workspace import Configuration, Workspace


@pytest.mark.parametrize(
    ("environment", "is_there"),
    [
        ({"QT_QPA_PLATFORM": "offscreen"}, False),
        ({"QT_QPA_PLATFORM": "minimal"}, False),
        ({"QT_QPA_PLATFORM": "offscreen:size=1x1"}, False),
        ({"QT_QPA_PLATFORM": "xcb"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({}, False),
        ({"DISPLAY": "terminal.example:0"}, True),
        ({"DISPLAY": ":98765"}, False),
        ({"DISPLAY": "unix:98765.0"}, False),
    ],
)
def test_that_a_display_is_only_counted_on_where_one_answers(
    environment: dict[str, str], is_there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert start.has_display() is is_there


def test_that_other_systems_always_have_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for platform in ("win32", "darwin"):
        monkeypatch.setattr(sys, "platform", platform)
        assert start.has_display()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(errors, "log_qt_messages", lambda: None)
    return tmp_path / "home"


def test_that_without_a_display_a_window_is_refused_in_words(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.window(None) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("duban: 没有显示器")


def test_that_without_a_display_the_sample_is_worked_through_and_pictured(
    home: Path,
    qtbot: QtBot,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    folder = tmp_path / "演示"
    assert start.sample(folder) == 0
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    said = capsys.readouterr()
    assert said.err == ""
    paths = [folder / name for name in ("任务分解表.xlsx", "window.png", "sample.duban")]
    assert [line.split()[0] for line in said.out.splitlines()[2:]] == [str(path) for path in paths]
    assert sorted(p.name for p in folder.iterdir()) == sorted(p.name for p in paths)
    with Workspace.open(paths[2]) as workspace:
        items = workspace.items(workspace.reports()[0].id)
    assert sum(not item.is_open for item in items) == start.DEMO_TASKS
    picture = QImage(str(paths[1]))
    assert (picture.width(), picture.height()) == (1440, 900)
    assert start.sample(folder) == 0  # a second time, over the first one's files
    assert not any(w.isVisible() for w in QApplication.topLevelWidgets())


def test_that_the_window_on_the_sample_is_made_once_and_kept(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path | None] = []

    def window(path: Path | None) -> int:
        opened.append(path)
        return 7

    monkeypatch.setattr(start, "has_display", lambda: True)
    monkeypatch.setattr(start, "window", window)
    assert start.sample(None) == 7
    (path,) = opened
    assert path is not None
    assert path.parent == home
    with Workspace.open(path) as workspace:
        report = workspace.reports()[0].id
        workspace.apply(edits.accept(report, workspace.items(report)[:1]))
    assert start.sample(None) == 7
    assert opened == [path, path]
    with Workspace.open(path) as workspace:
        assert [item.is_open for item in workspace.items(report)[:2]] == [False, True]


def test_that_the_application_is_dressed_named_and_speaks_chinese(home: Path, qtbot: QtBot) -> None:
    app, window = start.make(Configuration("甲", "w", appearance="dark"))
    qtbot.addWidget(window)
    assert (app.applicationName(), app.applicationDisplayName()) == ("duban", "督办")
    assert not app.windowIcon().isNull()
    assert QLocale().language() == QLocale.Language.Chinese
    assert window.theme is theme.DARK
    assert app.palette().color(QPalette.ColorRole.Window).name() == theme.DARK.window
    assert (home / "duban.log").exists()
    assert window.desk is None
    _, again = start.make(Configuration("甲", "w", appearance="light"))
    qtbot.addWidget(again)
    assert app.palette().color(QPalette.ColorRole.Window).name() == theme.LIGHT.window
