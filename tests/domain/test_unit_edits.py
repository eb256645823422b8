"""What can be done to the directory: each a change that can be taken back."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain import unit_edits
from app.domain.changes import Change, Edit
from app.domain.errors import UserError
from app.domain.spans import Span
from app.domain.tasks import Owner, Role, Tag, TagKind
from app.domain.units import Unit

DAY = date(2026, 3, 1)
KJ = Unit("kj", "科技", "云港区科学技术局", "区科技局", aliases=("科技局",), initials="qkjj", order=1)
GX = Unit("gx", "工信", "云港区工业和信息化局", "区工信局", aliases=("经信局",), initials="qgxj", order=2)
CZ = Unit("cz", "财政", "云港区财政局", "区财政局", initials="qczj", order=3)
UNITS = (KJ, GX, CZ)


def first(name: str) -> str:
    """Stands for pinyin."""
    return f"<{name}>"


def only(change: Change) -> Unit:
    assert len(change.edits) == 1
    after = change.edits[0].after
    assert isinstance(after, Unit)
    return after


def tag(name: str, owner: Owner | None, *spans: Span) -> Tag:
    return Tag(name, "layer", "task", TagKind.OWNER, spans, owner.name if owner else "", owner, version=1)


def test_that_a_new_unit_stands_last_with_its_initials() -> None:
    new = Unit("sw", "商务", " 云港区商务局 ", " 区商务局 ", aliases=("商务局", " 商务局", "区商务局", ""))
    change = unit_edits.add(UNITS, new, first)
    assert change.label == "新增单位 区商务局"
    assert change.edits[0].before is None
    made = only(change)
    assert (made.name, made.short_name, made.aliases) == ("云港区商务局", "区商务局", ("商务局",))
    assert made.order == 4
    assert made.initials == "< 区商务局 >"
    assert only(unit_edits.add((), new, first)).order == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "不能是空的"),
        ({"short_name": " "}, "不能是空的"),
        ({"code": ""}, "请选择职能代码"),
        ({"code": "商贸"}, "职能代码“商贸”不在清单里"),
        ({"group": "公司"}, "组别“公司”不在清单里"),
        ({"short_name": "区科技局"}, "“区科技局”已经是区科技局的"),
        ({"aliases": ("经信局",)}, "“经信局”已经是区工信局的"),
        ({"name": "科技局"}, "“科技局”已经是区科技局的"),
    ],
)
def test_that_a_unit_that_cannot_be_told_apart_is_refused(wrong: dict[str, str], words: str) -> None:
    new = Unit("sw", "商务", "云港区商务局", "区商务局")
    with pytest.raises(UserError, match=words):
        unit_edits.add(UNITS, replace(new, **wrong), first)  # type: ignore[arg-type]  # Unit's fields


def test_that_an_abolished_unit_s_name_may_be_used_again() -> None:
    new = Unit("new", "科技", "云港区科学技术局", "区科技局")
    assert only(unit_edits.add((replace(KJ, valid_to=DAY), GX), new, first)).short_name == "区科技局"


def test_that_a_change_gives_other_values_and_nothing_else() -> None:
    change = unit_edits.change(UNITS, KJ, first, leader="李若川", telephone="022-1")
    assert change.label == "修改单位 区科技局"
    assert change.report_id == ""
    assert change.edits == (Edit(KJ, replace(KJ, leader="李若川", telephone="022-1")),)


def test_that_a_change_to_what_stands_is_none() -> None:
    assert unit_edits.change(UNITS, KJ, first, leader="", name=" 云港区科学技术局 ").edits == ()


def test_that_initials_follow_the_short_name_only() -> None:
    assert only(unit_edits.change(UNITS, KJ, first, short_name="区科创局")).initials == "<区科创局>"
    assert only(unit_edits.change(UNITS, KJ, first, name="云港区科创局")).initials == "qkjj"


def test_that_a_change_into_another_s_name_is_refused() -> None:
    with pytest.raises(UserError, match="区工信局"):
        unit_edits.change(UNITS, KJ, first, aliases=("科技局", "经信局"))


def test_that_an_old_flaw_does_not_stand_in_the_way() -> None:
    flawed = replace(KJ, code="旧码", group="旧组", aliases=("经信局",))
    units = (flawed, GX)
    assert only(unit_edits.change(units, flawed, first, telephone="1")).telephone == "1"
    with pytest.raises(UserError, match="另码"):
        unit_edits.change(units, flawed, first, code="另码")


def test_that_a_correction_of_the_name_leaves_no_alias() -> None:
    assert only(unit_edits.change(UNITS, KJ, first, short_name="区科创局")).aliases == ("科技局",)


def test_that_old_names_stay_known_after_a_renaming() -> None:
    change = unit_edits.rename(UNITS, KJ, "云港区科学技术和数据局", "区科数局", first)
    assert change.label == "更名 区科技局 → 区科数局"
    renamed = only(change)
    assert (renamed.name, renamed.short_name) == ("云港区科学技术和数据局", "区科数局")
    assert renamed.aliases == ("科技局", "区科技局", "云港区科学技术局")
    assert renamed.initials == "<区科数局>"
    assert renamed.id == "kj"


def test_that_renaming_to_an_old_alias_takes_it_out_of_the_aliases() -> None:
    assert only(unit_edits.rename(UNITS, KJ, KJ.name, "科技局", first)).aliases == ("区科技局",)


def test_that_renaming_to_the_same_names_does_nothing() -> None:
    assert unit_edits.rename(UNITS, KJ, KJ.name, KJ.short_name, first).edits == ()


def test_that_the_tags_of_a_unit_take_its_new_name_and_keep_the_report_s_words() -> None:
    owner = Owner(Role.LEAD, "区科技局", "科技", "kj")
    typed, placed = tag("a", owner), tag("b", replace(owner, role=Role.SUPPORT), Span(3, 7))
    by_hand = tag("c", replace(owner, name="科技局专班"))
    other = tag("d", Owner(Role.LEAD, "区科技局", "科技", "gx"))
    change = unit_edits.rename(
        UNITS, KJ, KJ.name, "区科数局", first, (typed, placed, by_hand, other, tag("e", None))
    )
    new = replace(owner, name="区科数局")
    assert change.edits[1:] == (
        Edit(typed, replace(typed, value=new, text="区科数局")),
        Edit(placed, replace(placed, value=replace(new, role=Role.SUPPORT), text="区科技局")),
    )


def test_that_tags_are_left_alone_where_the_short_name_stays() -> None:
    typed = tag("a", Owner(Role.LEAD, "区科技局", "科技", "kj"))
    assert len(unit_edits.change(UNITS, KJ, first, tags=(typed,), leader="李").edits) == 1


def test_that_a_merged_unit_is_abolished_and_points_to_its_successor() -> None:
    change = unit_edits.succeed(KJ, GX, DAY)
    assert change.label == "区科技局并入区工信局"
    assert change.edits == (Edit(KJ, replace(KJ, valid_to=DAY, successor_id="gx")),)


def test_that_a_unit_abolished_before_keeps_its_day_when_it_is_merged() -> None:
    old = replace(KJ, valid_to=date(2025, 1, 1))
    assert only(unit_edits.succeed(old, GX, DAY)).valid_to == date(2025, 1, 1)


def test_that_a_unit_merges_only_into_another_standing_one() -> None:
    with pytest.raises(UserError, match="它自己"):
        unit_edits.succeed(KJ, KJ, DAY)
    with pytest.raises(UserError, match="区工信局已经停用"):
        unit_edits.succeed(KJ, replace(GX, valid_to=DAY), DAY)


def test_that_an_abolished_unit_can_stand_again() -> None:
    change = unit_edits.close(KJ, DAY)
    assert (change.label, only(change)) == ("停用单位 区科技局", replace(KJ, valid_to=DAY))
    merged = replace(KJ, valid_to=DAY, successor_id="gx")
    again = unit_edits.reopen((merged, GX), merged)
    assert (again.label, only(again)) == ("恢复单位 区科技局", KJ)
    with pytest.raises(UserError, match="已经停用了"):
        unit_edits.close(merged, DAY)


def test_that_a_unit_whose_name_was_given_away_cannot_stand_again() -> None:
    old = replace(KJ, valid_to=DAY)
    with pytest.raises(UserError, match="已经是区科数局的"):
        unit_edits.reopen((old, Unit("n", "科技", "甲", "区科数局", aliases=("科技局",))), old)


def test_that_only_a_unit_nobody_needs_is_removed() -> None:
    gone = unit_edits.remove(UNITS, KJ, DAY, is_used=False)
    assert (gone.label, gone.edits) == ("删除单位 区科技局", (Edit(KJ, None),))
    assert only(unit_edits.remove(UNITS, KJ, DAY, is_used=True)) == replace(KJ, valid_to=DAY)
    heir_of = (KJ, replace(GX, valid_to=DAY, successor_id="kj"))
    assert only(unit_edits.remove(heir_of, KJ, DAY, is_used=False)).valid_to == DAY


def orders(units: tuple[Unit, ...], change: Change) -> list[str]:
    changed = {e.after.id: e.after for e in change.edits if isinstance(e.after, Unit)}
    return [u.id for u in unit_edits.ordered([changed.get(u.id, u) for u in units])]


@pytest.mark.parametrize(
    ("place", "expected"),
    [(0, "cz kj gx"), (1, "kj cz gx"), (2, "kj gx cz"), (-5, "cz kj gx"), (9, "kj gx cz")],
)
def test_that_a_unit_moves_to_a_place_and_the_others_close_up(place: int, expected: str) -> None:
    assert orders(UNITS, unit_edits.move(UNITS, CZ, place)) == expected.split()


def test_that_moving_touches_only_what_changes_its_place() -> None:
    change = unit_edits.move(UNITS, GX, 0)
    assert change.label == "调整次序 区工信局"
    assert {edit.id for edit in change.edits} == {"kj", "gx"}
    assert unit_edits.move(UNITS, GX, 1).edits == ()


def test_that_units_of_one_order_can_be_moved_apart() -> None:
    same = tuple(replace(unit, order=0) for unit in UNITS)
    assert orders(same, unit_edits.move(same, same[0], 0))[0] == "kj"


@pytest.mark.parametrize(
    "change",
    [
        unit_edits.rename(UNITS, KJ, "新", "新名", first),
        unit_edits.succeed(KJ, GX, DAY),
        unit_edits.remove(UNITS, KJ, DAY, is_used=False),
        unit_edits.move(UNITS, CZ, 0),
    ],
)
def test_that_everything_can_be_taken_back(change: Change) -> None:
    back = change.inverse()
    assert [(e.before, e.after) for e in back.edits] == [(e.after, e.before) for e in change.edits[::-1]]
