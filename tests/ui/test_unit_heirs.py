"""A body that was abolished or renamed is found by its old names, and what it has become is offered first."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain import edits
from app.domain.tasks import Item, Owner, Role
from app.domain.units import Unit
from app.ui.views.card_editing import ItemEditor, Place
from app.ui.views.unit_picker import OFFER, Offer, offers
from tests.ui.fake_workspace import CARD, UNITS, open_session

FG, KJ, GX, CZ, CG, ZW, OLD = UNITS
MERGED = replace(OLD, successor_id="u-gx", aliases=("商贸局",))


def shown(found: tuple[Offer, ...]) -> list[tuple[str, str, str]]:
    return [(offer.shown, offer.owner.unit_id, offer.reason) for offer in found]


def test_that_old_names_find_what_a_body_has_become() -> None:
    units = (*UNITS[:-1], MERGED)
    heir = ("区工信局", "u-gx", "原区商业局")
    assert shown(offers(units, Role.LEAD, "区商业局")) == [heir]
    assert shown(offers(units, Role.LEAD, "商贸局")) == [heir]
    assert shown(offers(units, Role.SUPPORT, "qsyj")) == [heir]
    assert offers(units, Role.SUPPORT, "qsyj")[0].owner == Owner(Role.SUPPORT, "区工信局", "工信", "u-gx")
    assert shown(offers(units, Role.LEAD, "商业"))[0] == heir


def test_that_a_heir_found_by_its_own_name_is_offered_once() -> None:
    both = replace(MERGED, aliases=("工信局旧址",))
    assert [o.shown for o in offers((*UNITS[:-1], both), Role.LEAD, "工信")] == ["区工信局", "使用“工信”"]


def test_that_the_first_of_a_heir_s_old_bodies_explains_it() -> None:
    second = Unit(
        "u-x", "商务", "云港区商业二局", "区商业二局", order=9, valid_to=date(2021, 1, 1), successor_id="u-gx"
    )
    assert shown(offers((*UNITS[:-1], MERGED, second), Role.LEAD, "区商业")) == [
        ("区工信局", "u-gx", "原区商业局"),
        ("使用“区商业”", "", "不在单位名录里"),
    ]


class Room:
    """An editor of an item whose lead is stored."""

    def __init__(self, qtbot: QtBot, lead: Owner) -> None:
        self.session = open_session()
        self.panel = QWidget()
        qtbot.addWidget(self.panel)
        self.panel.show()
        first = self.session.items[3]
        self.session.submit(edits.set_lead(CARD.id, first, lead))
        self.item: Item = next(i for i in self.session.items if i.start == first.start)
        self.editor = ItemEditor(self.session, self.panel)

    def offered(self) -> list[tuple[str, str]]:
        self.editor.edit_lead(self.item, Place(self.panel, QRect(0, 0, 10, 10)))
        rows = self.editor.units.list
        found = [rows.item(row).data(OFFER) for row in range(rows.count())]
        return [(offer.shown, offer.reason) for offer in found]


def test_that_the_successor_of_an_abolished_lead_is_offered_first(qtbot: QtBot) -> None:
    room = Room(qtbot, Owner(Role.LEAD, "区商业局", "商务", "u-old"))
    assert room.offered()[0][0] == "区发改委"
    room.session._units = (*UNITS[:-1], MERGED)
    offered = room.offered()
    assert offered[0] == ("区工信局", "区商业局已并入")
    assert [name for name, _ in offered].count("区工信局") == 1


def test_that_the_name_of_today_is_offered_first_for_a_lead_under_an_old_one(qtbot: QtBot) -> None:
    room = Room(qtbot, Owner(Role.LEAD, "区科委", "科技", "u-kj"))
    assert room.offered()[0] == ("区科技局", "区科委的现名")


def test_that_a_lead_as_it_is_today_or_unknown_to_the_directory_has_no_heir(qtbot: QtBot) -> None:
    leads = (Owner(Role.LEAD, "区科技局", "科技", "u-kj"), Owner(Role.LEAD, "科技局"))
    rooms = [Room(qtbot, lead) for lead in leads]  # all kept: what is still painted must not be collected
    assert [room.offered()[0][0] for room in rooms] == ["区发改委", "区发改委"]
