"""Why something is dismissed: a digit, or words of one's own."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ui.dialogs.reason_dialog import REASONS, ReasonDialog


class Room:
    def __init__(self, qtbot: QtBot) -> None:
        self.given: list[str] = []
        self.dialog = ReasonDialog("“新增泊位<3个>”列在遗漏检查中，忽略要说明理由：", self.given.append)
        qtbot.addWidget(self.dialog)
        self.dialog.show()
        self.dialog.activateWindow()
        qtbot.waitUntil(self.dialog.isActiveWindow)


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


def test_that_the_question_is_shown_as_it_is(room: Room) -> None:
    label = room.dialog.findChild(QLabel)
    assert isinstance(label, QLabel)
    assert label.text() == "“新增泊位<3个>”列在遗漏检查中，忽略要说明理由："
    assert label.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize("typed", ["", "  "])
@pytest.mark.parametrize("is_in_words", [True, False])
def test_that_enter_without_a_reason_does_nothing(room: Room, typed: str, is_in_words: bool) -> None:
    target = room.dialog.words if is_in_words else room.dialog
    target.setFocus()
    room.dialog.words.setText(typed)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        QTest.keyClick(target, key)
    assert room.dialog.isVisible()
    assert room.given == []


def test_that_typed_words_are_handed_on_with_enter(room: Room) -> None:
    room.dialog.words.setFocus()
    QTest.keyClicks(room.dialog.words, " 1 done ")
    QTest.keyClick(room.dialog.words, Qt.Key.Key_Return)
    assert room.given == ["1 done"]
    assert not room.dialog.isVisible()


@pytest.mark.parametrize("number", range(len(REASONS)))
def test_that_a_digit_takes_a_common_reason(room: Room, number: int) -> None:
    QTest.keyClicks(room.dialog, str(number + 1))
    assert room.given == [REASONS[number]]
    assert not room.dialog.isVisible()


def test_that_esc_gives_no_reason(room: Room) -> None:
    QTest.keyClick(room.dialog, Qt.Key.Key_Escape)
    assert room.given == []
    assert not room.dialog.isVisible()
