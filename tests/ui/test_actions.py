from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.ui.actions import ACTIONS, LINE, MENUS, Actions, key_text

REAL = [spec for spec in ACTIONS if spec is not LINE]


def test_that_no_key_means_two_things() -> None:
    keys = Counter(QKeySequence(key).toString() for spec in REAL for key in spec.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_that_every_key_of_the_table_is_one_that_qt_knows() -> None:
    for spec in REAL:
        for key in spec.keys:
            assert QKeySequence(key).toString(), key


def test_that_every_menu_has_its_actions_in_the_tables_order(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    menus = Actions(window, print).fill(window.menuBar())
    assert list(menus) == list(MENUS)
    for title, menu in menus.items():
        names = [a.objectName() for a in menu.actions() if not a.isSeparator()]
        assert names == [spec.name for spec in REAL if spec.menu == title]


def test_that_an_action_says_its_name_when_it_is_triggered(qtbot: QtBot) -> None:
    said: list[str] = []
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = Actions(window, said.append)
    actions["undo"].trigger()
    actions["accept"].trigger()
    assert said == ["undo", "accept"]


def test_that_letters_typed_into_a_field_are_no_commands(qtbot: QtBot) -> None:
    said: list[str] = []
    window = QMainWindow()
    qtbot.addWidget(window)
    text, field = QWidget(), QPlainTextEdit(window)
    text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.setCentralWidget(text)
    Actions(window, said.append).work_in(text)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    QTest.keyClicks(field, "snm12/")
    assert (said, field.toPlainText()) == ([], "snm12/")
    text.setFocus()
    QTest.keyClicks(text, "s/")
    assert said == ["split", "search_here"]


def test_that_keys_are_named_as_people_call_them() -> None:
    names = {spec.name: key_text(spec) for spec in REAL}
    assert names["accept"] == "Enter"
    assert names["accept_rest"] == "Ctrl+Enter"
    assert names["dismiss"] == "Delete"
    assert names["about"] == ""
