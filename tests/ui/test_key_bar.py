"""The bottom line, the guide and the sheet of all keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.places import RESOURCES
from app.ui import theme
from app.ui.actions import ACTIONS, key_text
from app.ui.dialogs.key_sheet import KeySheet
from app.ui.keys_now import KEYS, Place
from app.ui.views.guide_strip import STEPS, GuideStrip
from app.ui.views.key_bar import KeyBar

pytestmark = pytest.mark.usefixtures("qapp")


def shown_words(widget: QWidget) -> list[str]:
    labels = [w for w in widget.findChildren(QLabel) if w.isVisibleTo(widget) and w.text()]
    return [label.text() for label in sorted(labels, key=lambda w: w.mapTo(widget, w.rect().topLeft()).x())]


@pytest.fixture
def bar(qtbot: QtBot) -> KeyBar:
    bar = KeyBar()
    bar.resize(1400, 30)
    qtbot.addWidget(bar)
    bar.show()
    return bar


def test_that_the_bottom_line_shows_keys_then_a_word_then_the_state(bar: KeyBar, qtbot: QtBot) -> None:
    bar.show_keys((("Enter", "采纳"), ("S", "拆分")))
    bar.say("已撤销：采纳")
    bar.show_state("已处理 1 / 6")
    expected = ["Enter", "采纳", "S", "拆分", "已撤销：采纳", "已处理 1 / 6"]
    qtbot.waitUntil(lambda: shown_words(bar) == expected)


def test_that_other_keys_take_the_place_of_those_before(bar: KeyBar, qtbot: QtBot) -> None:
    bar.show_keys((("Enter", "采纳"),))
    bar.show_keys((("Esc", "回到原文"),))
    qtbot.waitUntil(lambda: shown_words(bar) == ["Esc", "回到原文"])


def test_that_no_key_is_cut_where_they_grew_after_they_were_shown(qtbot: QtBot, qapp: QApplication) -> None:
    bar = KeyBar()
    qtbot.addWidget(bar)
    bar.resize(640, 30)
    bar.show_state("已办结 0 / 110 · 红灯 7")
    bar.show_keys(tuple((key, "反馈") for key in ("N P", "F2", "Ctrl+R", "1—9 0", "F", "L", "F1")))
    bar.show()
    qtbot.waitUntil(lambda: "L" in shown_words(bar))
    theme.apply(qapp, theme.LIGHT)

    def cut() -> list[str]:
        labels = [label for label in bar.findChildren(QLabel) if label.isVisible() and label.text()]
        return [label.text() for label in labels if label.width() < label.sizeHint().width()]

    qtbot.waitUntil(lambda: "L" not in shown_words(bar) and not cut())
    assert {"N P", "F1"} <= {*shown_words(bar)}


def test_that_the_keys_named_are_those_that_work_there() -> None:
    assert dict(KEYS[Place.TEXT])["Enter"] == "采纳并下一条"
    assert dict(KEYS[Place.TEXT])["S"] == "拆分"
    assert dict(KEYS[Place.TAG])["Esc"] == "回到任务"
    assert dict(KEYS[Place.SEARCH])["Enter"] == "下一处"
    assert dict(KEYS[Place.FIELD])["Tab"] == "下一栏"
    assert dict(KEYS[Place.NOWHERE])["Ctrl+I"] == "导入报告"
    assert set(KEYS) == set(Place)
    assert all(keys[-1] == ("F1", "全部按键") for keys in KEYS.values())


def test_that_the_guide_names_the_first_keys_and_goes_when_closed(qtbot: QtBot) -> None:
    guide = GuideStrip()
    qtbot.addWidget(guide)
    guide.show()
    words = [label.text() for label in guide.findChildren(QLabel)]
    assert words == ["入门", *(word for step in STEPS for word in step)]
    button = guide.findChild(QToolButton)
    assert isinstance(button, QToolButton)
    with qtbot.waitSignal(guide.closed):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not guide.isVisible()


def test_that_the_sheet_names_every_key_beside_its_action_in_columns(qtbot: QtBot) -> None:
    sheet = KeySheet()
    qtbot.addWidget(sheet)
    sheet.show()
    at = {label.text(): label.geometry() for label in sheet.findChildren(QLabel)}
    for key, words in (
        ("N", "下一条待处理"),
        ("Ctrl+Z", "撤销"),
        ("F1", "全部按键"),
        ("Ctrl+O", "打开工作区"),
        ("F2", "任务表：就地修改标题、牵头单位、时限"),
    ):
        assert at[key].right() < at[words].left()
        assert abs(at[key].center().y() - at[words].center().y()) <= 2
    assert at["标注"].left() < at["N"].right() < at["文件"].left()
    assert at["文件"].bottom() < at["Ctrl+O"].top()
    assert at["Ctrl+O"].bottom() < at["编辑"].top()
    keyed = [spec for spec in ACTIONS if spec.keys and spec.menu]
    assert {key_text(spec) for spec in keyed} <= at.keys()
    assert {spec.text.rstrip("…") for spec in keyed} <= at.keys()
    assert "备份工作区" not in at


def test_that_the_bottom_line_and_the_guide_are_dressed_by_the_style_sheet(bar: KeyBar, qtbot: QtBot) -> None:
    guide = GuideStrip()
    qtbot.addWidget(guide)
    sheet = (RESOURCES / "styles" / "window.qss").read_text(encoding="utf-8")
    for widget in (bar, guide):
        assert widget.objectName()
        assert f"#{widget.objectName()}" in sheet
