"""The rail at the window's left."""

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.places import ROOT
from app.ui import theme
from app.ui.rail import ENTRIES, REVIEW, TAGGING, WIDTH, Rail
from tests.ui.report_samples import count_of


@pytest.fixture
def rail(qtbot: QtBot) -> Rail:
    made = Rail()
    qtbot.addWidget(made)
    made.resize(WIDTH, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_that_there_is_one_entry_for_each_page_with_its_key(rail: Rail) -> None:
    assert [button.text() for button in rail.buttons.values()] == ["标注", "复核", "台账", "看板"]
    assert [button.toolTip() for button in rail.buttons.values()] == [
        "标注（Alt+1）",
        "复核（Alt+2）",
        "台账（Alt+3）",
        "看板（Alt+4）",
    ]
    assert list(rail.buttons) == [entry.name for entry in ENTRIES]


def test_that_a_click_asks_for_a_page_and_the_current_one_is_marked(rail: Rail) -> None:
    chosen: list[str] = []
    rail.chosen.connect(chosen.append)
    rail.show_current(TAGGING.name)
    QTest.mouseClick(rail.buttons[REVIEW.name], Qt.MouseButton.LeftButton)
    assert chosen == [REVIEW.name]
    assert [b.isChecked() for b in rail.buttons.values()] == [False, True, False, False]
    rail.show_current(TAGGING.name)
    assert [b.isChecked() for b in rail.buttons.values()] == [True, False, False, False]
    assert chosen == [REVIEW.name]


def test_that_the_current_page_has_a_bar_at_its_left(rail: Rail) -> None:
    rail.show_current(REVIEW.name)
    height = rail.buttons[REVIEW.name].height()
    here = rail.buttons[REVIEW.name].grab().toImage()
    other = rail.buttons[TAGGING.name].grab().toImage()
    assert count_of(here, theme.LIGHT.accent, (0, 0, 3, height)) == 3 * height
    assert count_of(other, theme.LIGHT.accent) == 0


def test_that_the_rail_never_takes_the_keyboard(rail: Rail) -> None:
    assert {b.focusPolicy() for b in rail.buttons.values()} == {Qt.FocusPolicy.NoFocus}


def test_that_nothing_of_review_is_there_when_the_window_is_made() -> None:
    code = "import sys, app.ui.main_window; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    there = told.stdout.split()
    assert "app.ui.desk" in there
    assert {"app.ui.review", "app.review"}.isdisjoint(there)
