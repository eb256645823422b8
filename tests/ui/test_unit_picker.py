"""Choosing a unit: proposals first, initials, aliases and names, and names that the directory lacks."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.tasks import Owner, Role
from app.domain.units import Unit
from app.ui.views.unit_picker import OFFER, Offer, UnitPicker, offers
from tests.ui.fake_workspace import UNITS

ALL = ["区发改委", "区科技局", "区工信局", "区财政局", "区城管委", "区政务服务办"]
PROPOSED = (
    Offer(Owner(Role.LEAD, "区城管委", "城管", "u-cg"), "城市更新"),
    Offer(Owner(Role.LEAD, "有关街道", "街道"), "属地落实"),
)


def names(found: tuple[Offer, ...]) -> list[str]:
    return [offer.shown for offer in found]


def test_that_nothing_typed_offers_proposals_then_every_standing_unit_once() -> None:
    found = offers(UNITS, Role.LEAD, "", PROPOSED)
    assert names(found) == [
        "区城管委",
        "有关街道",
        "区发改委",
        "区科技局",
        "区工信局",
        "区财政局",
        "区政务服务办",
    ]
    assert found[0].reason == "城市更新"
    assert found[3].reason == "云港区科学技术局、科技局"
    assert names(offers(UNITS, Role.LEAD, " ")) == ALL


def test_that_initials_alias_and_name_find_a_unit() -> None:
    for typed in ("qkjj", "kj", "KJJ", "科技局", "科学技术"):
        assert names(offers(UNITS, Role.SUPPORT, typed))[0] == "区科技局"
    found = offers(UNITS, Role.SUPPORT, "gx", PROPOSED)
    assert [o.owner for o in found] == [Owner(Role.SUPPORT, "区工信局", "工信", "u-gx")]


def test_that_a_name_that_is_no_unit_s_can_be_used_as_it_is() -> None:
    found = offers(UNITS, Role.LEAD, "云港港口公司")
    assert names(found) == ["使用“云港港口公司”"]
    assert found[0].owner == Owner(Role.LEAD, "云港港口公司")
    assert names(offers(UNITS, Role.LEAD, "科技")) == ["区科技局", "使用“科技”"]
    assert names(offers(UNITS, Role.LEAD, "区科技局")) == ["区科技局"]
    assert names(offers(UNITS, Role.LEAD, "科技局")) == ["区科技局"]


def test_that_initials_that_fit_nothing_and_abolished_units_are_not_offered() -> None:
    assert offers(UNITS, Role.LEAD, "zzz") == ()
    assert offers(UNITS, Role.LEAD, "qsyj") == ()
    assert names(offers(UNITS, Role.LEAD, "区商业局")) == ["使用“区商业局”"]


class Room:
    """A window with a field, and the picker over it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        self.field = QLineEdit(self.window)
        self.other = QLineEdit(self.window)
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.field)
        layout.addStretch()
        layout.addWidget(self.other)
        self.window.resize(480, 520)
        qtbot.addWidget(self.window)
        self.picker = UnitPicker(self.window)
        self.chosen: list[Owner] = []
        self.picker.chosen.connect(self.chosen.append)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitExposed(self.window)
        self.field.setFocus()
        qtbot.waitUntil(self.field.hasFocus)

    def open(self, typed: str = "", place: QRect | None = None) -> None:
        place = place or self.field.rect()
        self.picker.pick(self.field, place, UNITS, Role.LEAD, "牵头单位", proposals=PROPOSED, typed=typed)

    @property
    def shown(self) -> list[str]:
        return [self.picker.list.item(i).text() for i in range(self.picker.list.count())]


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


def test_that_enter_takes_the_first_proposal_and_gives_the_keyboard_back(room: Room) -> None:
    room.open()
    assert room.picker.line.hasFocus()
    assert room.picker.list.currentRow() == 0
    QTest.keyClick(room.picker.line, Qt.Key.Key_Return)
    assert room.chosen == [PROPOSED[0].owner]
    assert not room.picker.isVisible()
    assert room.field.hasFocus()


def test_that_typed_initials_filter_and_enter_takes_the_first_hit(room: Room) -> None:
    room.open()
    QTest.keyClicks(room.picker.line, "qg")
    assert room.shown == ["区工信局"]
    QTest.keyClick(room.picker.line, Qt.Key.Key_Return)
    assert room.chosen == [Owner(Role.LEAD, "区工信局", "工信", "u-gx")]


def test_that_arrows_walk_the_list_and_stop_at_its_ends(room: Room) -> None:
    room.open()
    QTest.keyClick(room.picker.line, Qt.Key.Key_Up)
    assert room.picker.list.currentRow() == 0
    for _ in range(2):
        QTest.keyClick(room.picker.line, Qt.Key.Key_Down)
    assert room.picker.list.currentRow() == 2
    QTest.keyClick(room.picker.line, Qt.Key.Key_Up)
    assert room.picker.list.currentRow() == 1
    QTest.keyClick(room.picker.line, Qt.Key.Key_PageDown)
    assert room.picker.list.currentRow() == 6
    QTest.keyClick(room.picker.line, Qt.Key.Key_Return)
    assert [owner.name for owner in room.chosen] == ["区政务服务办"]


def test_that_escape_closes_without_a_choice(room: Room, qtbot: QtBot) -> None:
    room.open("kj")
    assert room.picker.line.text() == "kj"
    with qtbot.waitSignal(room.picker.closed):
        QTest.keyClick(room.picker.line, Qt.Key.Key_Escape)
    assert room.chosen == []
    assert not room.picker.isVisible()
    assert room.field.hasFocus()


def test_that_enter_with_nothing_found_chooses_nothing_and_says_so(room: Room) -> None:
    room.open("zzz")
    assert room.picker.list.isHidden()
    assert not room.picker._none.isHidden()
    QTest.keyClick(room.picker.line, Qt.Key.Key_Return)
    assert room.chosen == []
    assert room.picker.isVisible()
    room.picker.line.clear()
    assert not room.picker.list.isHidden()
    assert room.picker._none.isHidden()


def test_that_a_click_takes_a_unit(room: Room) -> None:
    room.open()
    view = room.picker.list
    place = view.visualItemRect(view.item(1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [owner.name for owner in room.chosen] == ["有关街道"]


def test_that_going_elsewhere_closes_it_and_leaves_the_keyboard_there(room: Room) -> None:
    room.open()
    room.other.setFocus()
    assert not room.picker.isVisible()
    assert room.other.hasFocus()


def test_that_it_stays_inside_the_window(room: Room) -> None:
    room.open(place=QRect(400, 480, 60, 20))
    inside = room.window.rect().adjusted(8, 8, -8, -8)
    assert inside.contains(room.picker.geometry())
    top = room.field.mapTo(room.window, QRect(400, 480, 60, 20).topLeft()).y()
    assert room.picker.geometry().bottom() < top
    room.picker.dismiss()
    room.open()
    bottom = room.field.mapTo(room.window, room.field.rect().bottomLeft()).y()
    assert room.picker.geometry().top() == bottom + 3


def test_that_screen_readers_hear_the_reason(room: Room) -> None:
    room.open()
    row = room.picker.list.item(0)
    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == "区城管委，城市更新"
    assert row.toolTip() == "区城管委\n城市更新"
    assert row.data(OFFER) == PROPOSED[0]


def test_that_a_digit_takes_the_numbered_hit_while_nothing_is_typed(room: Room) -> None:
    room.open()
    QTest.keyClick(room.picker.line, Qt.Key.Key_2)
    assert room.chosen == [PROPOSED[1].owner]
    assert not room.picker.isVisible()
    assert room.field.hasFocus()
    room.open()
    QTest.keyClick(room.picker.line, Qt.Key.Key_1)
    assert room.chosen[1:] == [PROPOSED[0].owner]


def test_that_a_digit_takes_the_numbered_hit_of_typed_initials(room: Room) -> None:
    room.open()
    QTest.keyClicks(room.picker.line, "q")
    second = room.shown[1]
    QTest.keyClick(room.picker.line, Qt.Key.Key_2)
    assert [owner.name for owner in room.chosen] == [second]


def test_that_a_digit_without_a_hit_or_in_a_name_is_typed(room: Room) -> None:
    room.open()
    QTest.keyClick(room.picker.line, Qt.Key.Key_0)
    assert room.picker.line.text() == "0"
    for typed in ("云港第", " ", "a1"):
        room.picker.line.setText(typed)
        QTest.keyClick(room.picker.line, Qt.Key.Key_1)
        assert room.picker.line.text() == f"{typed}1"
    room.picker.line.setText("kj")
    QTest.keyClick(room.picker.line, Qt.Key.Key_9)
    assert room.picker.line.text() == "kj9"
    room.picker.line.clear()
    QTest.keyClick(room.picker.line, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert room.chosen == []
    assert room.picker.isVisible()


def test_that_hits_show_the_digit_that_takes_them_while_it_does(room: Room) -> None:
    room.open()
    model = room.picker.list.model()
    delegate = room.picker._delegate
    assert [delegate._words(model.index(n, 0)) for n in (0, 1)] == ["1  区城管委", "2  有关街道"]
    room.picker.line.setText("云港港口公司")
    assert delegate._words(model.index(0, 0)) == "使用“云港港口公司”"
    room.picker.line.setText("kj")
    assert delegate._words(model.index(0, 0)) == "1  区科技局"
    option = QStyleOptionViewItem()
    delegate.initStyleOption(option, model.index(0, 0))
    assert option.text == "1  区科技局"  # type: ignore[attr-defined]  # the stubs leave out the option's fields


def test_that_only_nine_hits_have_a_digit(room: Room) -> None:
    more = tuple(Unit(f"u-{n}", "", f"云港{n}", f"云港{n}", order=n) for n in range(12))
    room.picker.pick(room.field, room.field.rect(), more, Role.LEAD, "牵头单位")
    model = room.picker.list.model()
    words = [room.picker._delegate._words(model.index(n, 0)) for n in (8, 9)]
    assert words == ["9  云港8", "\u2002  云港9"]
    QTest.keyClick(room.picker.line, Qt.Key.Key_9)
    assert [owner.name for owner in room.chosen] == ["云港8"]
