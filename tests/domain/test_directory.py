"""Names, renames and successors: what the directory says of them today."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.directory import (
    CODES,
    GROUPS,
    Contact,
    answering,
    bodies_of,
    contact,
    current,
    known_names,
    resolve,
)
from app.domain.proposals import Office
from app.domain.tasks import Owner, Role, Tag, TagKind
from app.domain.units import Unit

DAY = date(2026, 3, 1)
SW = Unit("sw", "商务", "云港区商务局", "区商务局", aliases=("商务局", "外经贸局"), order=1)
SY = Unit("sy", "商务", "云港区商业局", "区商业局", aliases=("商业局",), order=2)
GX = Unit("gx", "工信", "云港区工业和信息化局", "区工信局", order=3)


def closed(unit: Unit, heir: Unit | None = None) -> Unit:
    return replace(unit, valid_to=DAY, successor_id=heir.id if heir else "")


def lead(owner: Owner | None) -> Tag:
    return Tag("t", "layer", "task", TagKind.OWNER, (), "", owner)


def test_that_the_codes_are_those_of_the_guideline_and_the_groups_four() -> None:
    assert len(CODES) == len(set(CODES)) == 55
    assert CODES[0] == "发改"
    assert CODES[-1] == "海关"
    assert GROUPS == ("委办局", "街道", "园区", "其他")


def test_that_a_unit_is_known_by_each_of_its_names_once() -> None:
    unit = Unit("x", "工会", "总工会", "总工会", aliases=("工会", "总工会"))
    assert known_names(unit) == ("总工会", "工会")


@pytest.mark.parametrize("name", ["区商务局", "云港区商务局", "外经贸局"])
def test_that_a_standing_unit_is_found_by_every_name(name: str) -> None:
    assert resolve((GX, SW), name) == SW


def test_that_an_unknown_name_finds_nothing() -> None:
    assert resolve((SW, GX), "区水务局") is None
    assert resolve((SW, GX), "区商") is None
    assert resolve((), "区商务局") is None


def test_that_an_abolished_unit_s_names_find_what_it_has_become() -> None:
    units = (closed(SY, SW), SW)
    assert resolve(units, "区商业局") == SW
    assert resolve(units, "商业局") == SW


def test_that_an_abolished_unit_without_successor_is_itself() -> None:
    assert resolve((closed(SY), SW), "区商业局") == closed(SY)


def test_that_a_standing_unit_comes_before_an_abolished_one_of_the_same_name() -> None:
    old = closed(replace(GX, id="old", short_name="区商务局"))
    assert resolve((old, SW), "区商务局") == SW
    alias = replace(GX, aliases=("区商业局",))
    assert resolve((closed(SY), alias), "区商业局") == alias


def test_that_an_own_name_comes_before_another_s_alias() -> None:
    alias = replace(GX, aliases=("区商务局",))
    assert resolve((alias, SW), "区商务局") == SW


def test_that_a_line_of_successors_is_followed_to_its_end() -> None:
    first, second = closed(SY, GX), closed(GX, SW)
    assert current((first, second, SW), first) == SW
    assert current((SW, second, first), second) == SW
    assert current((first, second, SW), SW) == SW


def test_that_a_line_that_leads_nowhere_ends_at_its_last_unit() -> None:
    first, second = closed(SY, GX), closed(GX)
    assert current((first, second), first) == second
    assert current((closed(SY, SW),), closed(SY, SW)) == closed(SY, SW)


def test_that_a_ring_of_successors_comes_to_an_end() -> None:
    first, second = closed(SY, GX), closed(GX, SY)
    assert current((first, second), first) == second
    own = closed(SY, SY)
    assert current((own,), own) == own
    assert resolve((first, second), "区商业局") == second


def test_that_a_standing_unit_is_never_left_for_a_successor_noted_in_advance() -> None:
    early = replace(SY, successor_id="sw")
    assert current((early, SW), early) == early


def test_that_a_code_means_its_standing_bodies() -> None:
    assert bodies_of((SW, closed(SY), GX), "商务") == (SW,)
    assert bodies_of((SW, SY, GX), "商务") == (SW, SY)
    assert bodies_of((SW, SY, GX), "水务") == ()


def test_that_a_code_whose_bodies_are_all_abolished_means_their_successors_once() -> None:
    units = (closed(SW, GX), closed(SY, GX), GX)
    assert bodies_of(units, "商务") == (GX,)
    assert bodies_of((closed(SW), closed(SY), GX), "商务") == ()


def test_that_an_office_proposes_the_successor_for_an_abolished_body() -> None:
    office = Office("layer", DAY, (closed(SW, GX), GX))
    assert office.owner(Role.LEAD, "商务") == Owner(Role.LEAD, "区工信局", "工信", "gx")
    assert office.named(Role.SUPPORT, "外经贸局") == Owner(Role.SUPPORT, "区工信局", "工信", "gx")


def test_that_an_office_names_a_code_without_any_body_by_the_code() -> None:
    office = Office("layer", DAY, (closed(SW), GX))
    assert office.owner(Role.LEAD, "商务") == Owner(Role.LEAD, "商务", "商务")
    assert Office("layer", DAY, (SW, SY)).owner(Role.LEAD, "商务") == Owner(Role.LEAD, "有关商务", "商务")
    assert office.named(Role.LEAD, "港口公司") == Owner(Role.LEAD, "港口公司")


def test_that_what_answers_for_an_owner_is_found_by_id_and_else_by_name() -> None:
    units = (closed(SY, SW), SW, GX)
    assert answering(units, Owner(Role.LEAD, "旧名", "商务", "gx")) == GX
    assert answering(units, Owner(Role.LEAD, "旧名", "商务", "sy")) == SW
    assert answering(units, Owner(Role.LEAD, "商务局")) == SW
    assert answering(units, Owner(Role.LEAD, "区工信局", "工信", "gone")) == GX
    assert answering(units, Owner(Role.LEAD, "港口公司")) is None


def test_that_the_contact_is_the_lead_s_leader_and_person_with_telephone() -> None:
    unit = replace(SW, leader=" 李若川 ", person=" 周宁 ", telephone=" 022-1234 ")
    owner = Owner(Role.LEAD, "区商务局", "商务", "sw")
    assert contact((unit,), lead(owner)) == Contact("李若川", "周宁（022-1234）")
    assert contact((replace(unit, telephone=""),), lead(owner)).person == "周宁"
    assert contact((replace(unit, person=""),), lead(owner)).person == "022-1234"
    assert contact((SW,), lead(owner)) == Contact()


def test_that_an_abolished_lead_s_contact_is_its_successor_s() -> None:
    units = (replace(closed(SY, SW), leader="旧领导"), replace(SW, leader="李若川"))
    assert contact(units, lead(Owner(Role.LEAD, "区商业局", "商务", "sy"))).leader == "李若川"


def test_that_there_is_no_contact_without_a_known_lead() -> None:
    unit = replace(SW, leader="李若川")
    assert contact((unit,), None) == Contact()
    assert contact((unit,), lead(None)) == Contact()
    assert contact((unit,), lead(Owner(Role.LEAD, "港口公司"))) == Contact()
