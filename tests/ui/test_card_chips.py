"""Chips and rows of chips: size, wrapping, looks, and what a row asks for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme import DARK, LIGHT
from app.ui.views.card_chips import ChipRow
from app.ui.views.card_paint import (
    PLAIN,
    ElidedLabel,
    ground_of,
    ink_of,
    set_property,
    style_of,
    theme_of,
)
from app.ui.views.chips import Chip, ChipFace
from tests.ui.fake_workspace import STYLES

TARGET = STYLES[1]
FACES = tuple(ChipFace(f"t{i}", f"口袋公园第{i}批 ＝ {i} 个", TARGET) for i in range(1, 5))


class Room:
    """A window with one row of chips."""

    def __init__(
        self, qtbot: QtBot, width: int = 500, *, may_add: bool = True, is_single: bool = False
    ) -> None:
        self.window = QWidget()
        self.row = ChipRow("targets", "添加指标", may_add=may_add, is_single=is_single)
        layout = QVBoxLayout(self.window)
        elsewhere = QLineEdit()
        layout.addWidget(elsewhere)
        layout.addWidget(self.row)
        layout.addStretch()
        self.window.resize(width, 300)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitExposed(self.window)
        elsewhere.setFocus()
        qtbot.waitUntil(elsewhere.hasFocus)
        self.asked: list[tuple[str, str]] = []
        for name in ("picked", "opened", "removed", "taken", "added"):
            getattr(self.row, name).connect(lambda key, name=name: self.asked.append((name, key)))


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


def test_that_chips_stand_in_one_line_while_there_is_room(room: Room) -> None:
    room.row.show_faces(FACES[:2])
    first, second = room.row.chips
    assert first.y() == second.y()
    assert second.x() == first.x() + first.width() + 6
    assert first.width() == first.sizeHint().width()
    assert room.row.height() == first.height() + 6
    assert room.row._add.x() == second.x() + second.width() + 6


def test_that_chips_wrap_and_the_row_grows(qtbot: QtBot) -> None:
    room = Room(qtbot, width=260)
    room.row.show_faces(FACES)
    lines = sorted({chip.y() for chip in room.row.chips})
    assert len(lines) > 1
    assert lines[1] - lines[0] == room.row.chips[0].height() + 4
    assert all(chip.geometry().right() <= room.row.width() - 7 for chip in room.row.chips)
    tall = room.row.height()
    room.row.show_faces(FACES[:1])
    assert room.row.height() < tall


def test_that_a_chip_too_long_for_the_row_is_cut_and_says_all_in_its_tooltip(qtbot: QtBot) -> None:
    room = Room(qtbot, width=200)
    words = "先进制造业产业集群及其公共服务平台数量 ＝ 4 个"
    room.row.show_faces([ChipFace("t", words, TARGET, hint="读自原文")])
    chip = room.row.chips[0]
    assert chip.width() == room.row.width() - 14
    assert chip.width() < chip.sizeHint().width()
    assert chip.toolTip() == f"{words}\n读自原文\nEnter 修改 · Delete 删除"


def test_that_a_note_stands_at_the_right_or_below(qtbot: QtBot) -> None:
    room = Room(qtbot)
    room.row.show_faces(FACES[:1], "原文写明由其牵头")
    note = room.row._note
    assert note.geometry().right() == room.row.width() - 8
    assert note.y() == room.row.chips[0].y()
    low = room.row.height()
    room.row.show_faces(
        FACES[:2], "原文写明由其牵头，去年同类任务也由其牵头，且涉及资金、用地与审批等多个环节"
    )
    assert note.y() > room.row.chips[0].y()
    assert room.row.height() > low
    room.row.show_faces((), "没有标注就没有理由")
    assert note.isHidden()


def test_that_an_empty_row_says_what_may_stand_there(room: Room) -> None:
    assert room.row._add.text() == "添加指标"
    room.row.show_faces(FACES[:1])
    assert room.row._add.text() == "＋"
    room.row.show_faces(())
    assert room.row._add.text() == "添加指标"


def test_that_a_click_into_an_empty_row_asks_to_add(room: Room) -> None:
    QTest.mouseClick(room.row, Qt.MouseButton.LeftButton, pos=room.row.rect().center())
    assert room.asked == [("added", "")]
    room.row.show_faces(FACES[:1])
    QTest.mouseClick(room.row, Qt.MouseButton.LeftButton, pos=room.row.rect().center())
    assert room.asked == [("added", "")]
    assert room.row.chips[0].hasFocus()


def test_that_keys_on_a_chip_ask_for_what_they_mean(room: Room) -> None:
    room.row.show_faces([ChipFace("a", "甲", TARGET, is_suggested=True), ChipFace("b", "乙", TARGET)])
    first, second = room.row.chips
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Space):
        QTest.keyClick(first, key)
    assert room.asked == [("opened", "a")] * 3 + [("removed", "a"), ("taken", "a")]
    room.asked.clear()
    QTest.keyClick(second, Qt.Key.Key_Space)
    QTest.keyClick(second, Qt.Key.Key_K)
    QTest.keyClick(second, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(second, Qt.MouseButton.LeftButton)
    assert room.asked == [("added", "k"), ("picked", "b"), ("opened", "b")]


def test_that_a_row_is_one_stop_of_the_tab_key(room: Room) -> None:
    room.row.show_faces(FACES[:3])
    stops = [b for b in (*room.row.chips, room.row._add) if b.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [room.row.chips[0]]
    room.row.focus_row("t3")
    assert room.row.chips[2].hasFocus()
    stops = [b for b in (*room.row.chips, room.row._add) if b.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [room.row.chips[2]]
    room.row.focus_row("nobody")
    assert room.row.chips[0].hasFocus()


def test_that_a_row_with_the_keyboard_is_framed(room: Room) -> None:
    room.row.show_faces(FACES[:1])
    assert room.row.property("active") is False
    room.row.focus_row()
    assert room.row.property("active") is True
    room.row.chips[0].clearFocus()
    assert room.row.property("active") is False


def test_that_a_single_row_offers_no_second_chip(qtbot: QtBot) -> None:
    room = Room(qtbot, is_single=True)
    assert not room.row._add.isHidden()
    room.row.show_faces(FACES[:1])
    assert room.row._add.isHidden()
    QTest.keyClick(room.row.chips[0], Qt.Key.Key_X)
    assert room.asked == [("added", "x")]
    QTest.keyClick(room.row.chips[0], Qt.Key.Key_Right)
    assert room.row.chips[0].face.key == "t1"


def test_that_a_row_that_takes_no_new_chips_never_asks_for_one(qtbot: QtBot) -> None:
    room = Room(qtbot, may_add=False)
    assert room.row._add.isHidden()
    room.row.show_faces(FACES[:1])
    QTest.keyClick(room.row.chips[0], Qt.Key.Key_X)
    QTest.keyClick(room.row.chips[0], Qt.Key.Key_Delete)
    assert room.asked == [("removed", "t1")]


def test_that_chips_are_reused_when_other_tags_are_shown(room: Room) -> None:
    room.row.show_faces(FACES[:2])
    before = room.row.chips
    room.row.show_faces(FACES[2:])
    assert room.row.chips == before
    assert [chip.face.key for chip in room.row.chips] == ["t3", "t4"]
    room.row.show_faces(FACES[:1])
    assert before[1].isHidden()
    assert room.row.place_of("t1") == before[0].geometry()
    assert room.row.place_of("t2") == room.row.rect()


def picture(qtbot: QtBot, face: ChipFace, *, is_current: bool = False) -> QImage:
    chip = Chip()
    qtbot.addWidget(chip)
    chip.show_face(face)
    chip.set_current(is_current=is_current)
    chip.resize(chip.sizeHint())
    return chip.grab().toImage()


def test_that_a_suggestion_is_outlined_and_a_stored_tag_filled(qtbot: QtBot) -> None:
    stored = picture(qtbot, ChipFace("t", "甲", TARGET))
    suggested = picture(qtbot, ChipFace("t", "甲", TARGET, is_suggested=True))
    inside = (4, stored.height() // 2)
    assert stored.pixelColor(*inside) == QColor(TARGET.ground)
    assert suggested.pixelColor(*inside) != QColor(TARGET.ground)
    outline = [suggested.pixelColor(x, 0).lightness() for x in range(6, suggested.width() - 6)]
    assert max(outline) - min(outline) > 80, "an outline of dashes"


def test_that_the_current_chip_is_outlined_in_its_ink(qtbot: QtBot) -> None:
    plain = picture(qtbot, ChipFace("t", "甲", TARGET))
    current = picture(qtbot, ChipFace("t", "甲", TARGET), is_current=True)
    middle = plain.width() // 2
    assert current.pixelColor(middle, 0).lightness() + 60 < plain.pixelColor(middle, 0).lightness()


def test_that_the_kind_s_letter_has_room_before_the_words(qtbot: QtBot) -> None:
    lettered = picture(qtbot, ChipFace("t", "甲", TARGET))
    plain = picture(qtbot, ChipFace("t", "甲", PLAIN))
    assert lettered.width() - plain.width() >= 9


def test_that_colours_follow_the_theme(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    palette = widget.palette()
    palette.setColor(palette.ColorRole.Window, QColor(LIGHT.window))
    assert theme_of(palette) is LIGHT
    assert (ink_of(TARGET, palette), ground_of(TARGET, palette)) == (QColor("#8a5606"), QColor("#fdf1d8"))
    palette.setColor(palette.ColorRole.Window, QColor(DARK.window))
    assert theme_of(palette) is DARK
    assert (ink_of(TARGET, palette), ground_of(TARGET, palette)) == (QColor("#e9b45c"), QColor("#3d3018"))


def test_that_a_kind_has_its_style_and_an_unknown_one_a_plain_one() -> None:
    assert style_of(STYLES, "owner").letter == "责"
    assert style_of(STYLES, "nothing") is PLAIN


def test_that_a_property_is_set_and_looked_at_again(room: Room) -> None:
    set_property(room.row, "active", value=True)
    assert room.row.property("active") is True


def test_that_a_cut_label_says_all_in_its_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(400, 20)
    label.show_words("推动成果落地", "理由")
    assert label.toolTip() == "理由"
    label.resize(30, 20)
    label.show()
    assert label.toolTip() == "推动成果落地\n理由"
    cut = label.grab().toImage()
    label.show_words("推")
    assert label.toolTip() == ""
    assert label.grab().toImage() != cut
