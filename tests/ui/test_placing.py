"""The window and what is in it fit the screen."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.ui import start
from app.ui.dialogs.key_sheet import KeySheet
from app.ui.keys_now import KEYS, Place
from app.ui.main_window import MainWindow
from app.ui.placing import LEAST, fit, low
from app.ui.views.guide_strip import GuideStrip
from app.ui.views.key_bar import KeyBar
from app.workspace import Configuration


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(1440, 900)
    qtbot.addWidget(window)
    return window


@pytest.mark.parametrize(
    ("room", "is_full"),
    [
        ((1920, 1080), False),
        ((1440, 940), False),
        ((1440, 939), True),
        ((1439, 940), True),
        ((1366, 728), True),
    ],
)
def test_that_the_window_fills_a_screen_that_is_too_small_for_it(
    window: QWidget, room: tuple[int, int], is_full: bool
) -> None:
    fit(window, QSize(*room))
    assert window.isMaximized() == is_full
    assert window.minimumSize() == LEAST == QSize(1024, 640)


def test_that_a_window_taken_from_full_size_fits_too(window: QWidget) -> None:
    fit(window, QSize(1366, 728))
    assert window.size() == QSize(1366, 688)


def test_that_the_least_size_fits_a_tiny_screen(window: QWidget) -> None:
    fit(window, QSize(1000, 600))
    assert window.minimumSize() == QSize(1000, 560)


def test_that_the_program_s_window_is_fitted_to_its_screen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = MainWindow(Configuration("甲", "test"))
    qtbot.addWidget(main)
    monkeypatch.setattr(start, "has_display", lambda: True)
    monkeypatch.setattr(start, "make", lambda: (SimpleNamespace(exec=lambda: 7), main))
    monkeypatch.setattr(main, "catch_errors", lambda: None)
    assert main.screen().availableSize().width() < 1440
    assert start.window(None) == 7
    assert main.isMaximized()


def bar_of(qtbot: QtBot, width: int) -> KeyBar:
    bar = KeyBar()
    qtbot.addWidget(bar)
    bar.show_keys(KEYS[Place.TEXT])
    bar.show_state("已处理 1 / 110 · 遗漏 0 · 已保存")
    bar.resize(width, 30)
    bar.show()
    return bar


def caps(widget: QWidget) -> list[str]:
    return [w.text() for w in widget.findChildren(QLabel) if w.property("role") == "key" and w.isVisible()]


def test_that_a_long_word_is_cut_short_instead_of_widening_the_window(qtbot: QtBot) -> None:
    bar = bar_of(qtbot, 1024)
    word = "这是一句很长的话，" * 20
    bar.say(word)
    qtbot.waitUntil(lambda: caps(bar)[-1:] == ["F1"])
    shown = bar._word.text()
    assert shown.endswith("…")
    assert word.startswith(shown[:-1])
    assert bar._word.toolTip() == bar.word == word
    assert bar.minimumWidth() == 1
    assert bar.width() == 1024
    qtbot.waitUntil(lambda: bar._word.width() >= bar._word.sizeHint().width())
    assert bar._state.width() >= bar._state.sizeHint().width()
    bar.resize(6000, 30)
    qtbot.waitUntil(lambda: len(caps(bar)) == len(KEYS[Place.TEXT]))
    assert bar._word.text() == word
    assert bar._word.toolTip() == ""


def test_that_keys_give_way_from_the_end_but_the_last_stays(qtbot: QtBot) -> None:
    bar = bar_of(qtbot, 2000)
    keys = [key for key, _ in KEYS[Place.TEXT]]
    qtbot.waitUntil(lambda: caps(bar) == keys)
    seen = set()
    for width in range(1100, 100, -50):
        bar.resize(width, 30)
        qtbot.waitUntil(lambda: caps(bar)[-1:] == ["F1"])
        now = caps(bar)
        assert now[:-1] == keys[: len(now) - 1]
        seen.add(len(now))
    assert {1, 2, 3} <= seen


def test_that_the_guide_fits_the_least_window(qtbot: QtBot) -> None:
    guide = GuideStrip()
    qtbot.addWidget(guide)
    assert guide.minimumSizeHint().width() < 400


def test_that_the_sheet_of_keys_fits_a_small_laptop(qtbot: QtBot) -> None:
    sheet = KeySheet()
    qtbot.addWidget(sheet)
    scroll = sheet.findChild(QScrollArea)
    assert isinstance(scroll, QScrollArea)
    wanted = scroll.widget().sizeHint()
    assert wanted.width() <= 1366 - 80
    assert wanted.height() <= 768 - 80
    room = sheet.screen().availableSize()
    assert sheet.size() == wanted.boundedTo(QSize(room.width() - 80, room.height() - 80))


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((800, 300), QRect(100, 610, 800, 300)),  # with room for a title
        ((800, 600), QRect(100, 554, 800, 356)),
        ((1500, 300), QRect(100, 610, 864, 300)),
    ],
)
def test_that_a_list_stands_over_the_foot_of_the_window_below_the_text_and_beside_the_card(
    window: QWidget, size: tuple[int, int], wanted: QRect
) -> None:
    window.setGeometry(100, 50, 1440, 900)
    dialog = QDialog(window)
    dialog.resize(*size)
    assert low(dialog, window) is dialog
    assert QRect(dialog.pos(), dialog.size()) == wanted
