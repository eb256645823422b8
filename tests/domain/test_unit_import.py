"""A sheet against the directory: what would change, and which rows are left out and why."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.changes import Edit
from app.domain.errors import UserError
from app.domain.tasks import Owner, Role, Tag, TagKind
from app.domain.unit_fields import read, said, tidied
from app.domain.unit_import import UnitImport, UnitRow, UnitSheet, compare
from app.domain.units import Unit

DAY = date(2026, 3, 1)
KJ = Unit("kj", "科技", "云港区科学技术局", "区科技局", aliases=("科技局", "区科委"), initials="i", order=1)
GX = Unit("gx", "工信", "云港区工业和信息化局", "区工信局", initials="i", order=2, leader="周明远")
UNITS = (KJ, GX)
UUID = "0d0ae018-8412-516c-9805-706657f03831"


def row(line: int = 4, unit_id: str = "", /, **texts: str) -> UnitRow:
    return UnitRow(line, unit_id, texts)


def against(
    units: Sequence[Unit], *rows: UnitRow, tags: Iterable[Tag] = (), unknown: tuple[str, ...] = ()
) -> UnitImport:
    return compare(units, UnitSheet(rows, unknown), lambda name: f"<{name}>", lambda _id: tags)


def after(found: UnitImport) -> Unit:
    assert found.misread == ()
    (difference,) = found.differences
    return difference.after


def reasons(found: UnitImport) -> list[tuple[int, str]]:
    return [(m.line, m.reason) for m in found.misread]


# --- fields


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("name", " 云港区 科技局\n", "云港区 科技局"),
        ("aliases", "科技局、区科委，科委；科技局\n 科学局 ", ("科技局", "区科委", "科委", "科学局")),
        ("aliases", " ", ()),
        ("duties", "研发,创新;成果", ("研发", "创新", "成果")),
        ("order", " 12 ", 12),
        ("code", " 科技", "科技"),
        ("group", "园区 ", "园区"),
        ("valid_to", "2026-03-01", DAY),
        ("valid_to", "2026年3月1日", DAY),
        ("valid_from", "2026/3/1", DAY),
        ("valid_from", "2026.03.01", DAY),
        ("valid_to", "", None),
        ("telephone", " 022-1234 ", "022-1234"),
        ("leader", "", ""),
    ],
)
def test_that_a_field_is_read_as_people_write_it(name: str, text: str, value: object) -> None:
    assert read(name, text) == value


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("name", "  ", "名称不能是空的"),
        ("short_name", "", "简称不能是空的"),
        ("name", "局" * 61, "名称超过60个字"),
        ("aliases", "好、" + "局" * 61, "别名超过60个字"),
        ("leader", "长" * 201, "分管领导超过200个字"),
        ("order", "一", "序号“一”不是数字"),
        ("order", "-1", "不是数字"),
        ("order", "1234567", "不是数字"),
        ("code", "科学", "职能代码“科学”不在清单里"),
        ("code", "", "职能代码不能是空的"),
        ("group", "公司", "组别“公司”不在清单里"),
        ("valid_to", "2026-02-30", "停用日期“2026-02-30”不是日期"),
        ("valid_to", "三月", "不是日期"),
        ("valid_from", "2026-3", "启用日期“2026-3”不是日期"),
    ],
)
def test_that_what_cannot_be_meant_is_said(name: str, text: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read(name, text)


def test_that_the_longest_names_are_taken() -> None:
    assert read("name", "局" * 60) == "局" * 60
    assert read("leader", "长" * 200) == "长" * 200
    assert read("order", "999999") == 999_999


def test_that_a_field_says_what_stands() -> None:
    unit = replace(KJ, valid_to=DAY, successor_id="gx")
    assert said(unit, "aliases") == "科技局、区科委"
    assert said(unit, "valid_to") == "2026-03-01"
    assert said(unit, "valid_from") == ""
    assert said(unit, "order") == "1"
    assert said(unit, "successor_id", UNITS) == "区工信局"
    assert said(unit, "successor_id") == ""
    assert tidied(" 甲 \u3000 乙\n丙 ") == "甲 乙 丙"


# --- which unit a row is


def test_that_a_row_is_a_unit_s_by_its_id_whatever_it_is_called() -> None:
    found = against(UNITS, row(5, "kj", name="云港区科学技术和数据局", short_name="区科数局"))
    assert after(found) == replace(
        KJ,
        name="云港区科学技术和数据局",
        short_name="区科数局",
        aliases=("科技局", "区科委", "区科技局", "云港区科学技术局"),
        initials="<区科数局>",
    )
    assert found.differences[0].before == KJ
    assert found.differences[0].line == 5
    assert found.differences[0].fields == (
        ("名称", "云港区科学技术局", "云港区科学技术和数据局"),
        ("简称", "区科技局", "区科数局"),
        ("别名", "科技局、区科委", "科技局、区科委、区科技局、云港区科学技术局"),
    )


@pytest.mark.parametrize("name", ["云港区科学技术局", "区科技局", "区科委", " 区科委 "])
def test_that_without_an_id_a_row_is_a_unit_s_by_any_name(name: str) -> None:
    assert after(against(UNITS, row(name=name, leader="李若川"))) == replace(KJ, leader="李若川")
    assert after(against(UNITS, row(short_name=name, leader="李若川"))) == replace(KJ, leader="李若川")


def test_that_a_row_known_by_a_name_takes_away_what_its_cells_leave_empty_but_no_name() -> None:
    found = against(UNITS, row(name="区工信局", short_name="", leader="", group=""))
    assert after(found) == replace(GX, leader="")


def test_that_an_id_of_elsewhere_counts_for_nothing_where_the_name_is_known() -> None:
    assert after(against(UNITS, row(4, UUID, name="区科技局", leader="李"))).id == "kj"


def test_that_a_standing_unit_is_meant_before_an_abolished_one_of_the_same_name() -> None:
    old = replace(GX, id="old", short_name="区科技局", valid_to=DAY)
    assert after(against((old, KJ), row(short_name="区科技局", leader="李"))).id == "kj"


def test_that_an_own_name_is_meant_before_an_alias() -> None:
    other = replace(GX, valid_to=DAY, aliases=("区商业局",))
    own = Unit("own", "商务", "商业局", "区商业局", valid_to=DAY)
    assert after(against((other, own), row(name="区商业局", leader="李"))).id == "own"


def test_that_a_name_and_a_short_name_of_two_units_are_not_understood() -> None:
    found = against(UNITS, row(name="云港区科学技术局", short_name="区工信局"))
    assert reasons(found) == [(4, "名称和简称是两个单位的：区科技局、区工信局。")]
    assert found.misread[0].name == "区工信局"


def test_that_the_second_row_of_a_unit_is_left_out() -> None:
    found = against(UNITS, row(4, "kj", leader="李"), row(6, name="区科委", leader="王"))
    assert reasons(found) == [(6, "与第4行是同一个单位。")]
    assert found.differences[0].after.leader == "李"


def test_that_a_row_copied_with_its_hidden_id_to_write_a_new_unit_is_one() -> None:
    copied = row(6, "kj", name="云港区海洋局", short_name="区海洋局", code="水务")
    found = against(UNITS, row(4, "kj", name=KJ.name, short_name=KJ.short_name), copied)
    assert after(found).id not in ("kj", "")
    assert after(found).short_name == "区海洋局"


def test_that_two_new_rows_of_one_name_are_one_unit() -> None:
    found = against(UNITS, row(4, code="水务", name="区海洋局"), row(5, code="水务", name="区海洋局"))
    assert reasons(found) == [(5, "与第4行是同一个单位。")]
    assert len(found.added) == 1


def test_that_two_new_rows_of_one_id_are_two_units() -> None:
    found = against((), row(4, UUID, code="水务", name="甲局"), row(5, UUID, code="水务", name="乙局"))
    ids = [d.after.id for d in found.added]
    assert ids[0] == UUID
    assert ids[1] != UUID
    assert len(ids) == 2


# --- what it changes


def test_that_missing_columns_and_unlisted_units_stay() -> None:
    found = against(UNITS, row(name="区工信局", telephone="022-1"), unknown=("备注", "邮箱"))
    assert after(found) == replace(GX, telephone="022-1")
    assert (found.same, found.unlisted, found.unknown) == (0, 1, ("备注", "邮箱"))


def test_that_an_empty_cell_empties_what_may_be_empty() -> None:
    found = against(UNITS, row(4, "gx", name=GX.name, leader=" ", order="", code="", group=""))
    assert after(found) == replace(GX, leader="")


def test_that_a_name_is_not_emptied() -> None:
    assert reasons(against(UNITS, row(4, "gx", name=" "))) == [(4, "名称不能是空的。")]


def test_that_an_empty_short_name_without_id_says_nothing() -> None:
    found = against(UNITS, row(name="区工信局", short_name="", leader="李"))
    assert after(found) == replace(GX, leader="李")


def test_that_aliases_are_only_added() -> None:
    assert after(against(UNITS, row(4, "kj", aliases="科创局"))).aliases == ("科技局", "区科委", "科创局")
    assert against(UNITS, row(4, "kj", aliases="科技局")).differences == ()


def test_that_a_row_that_says_what_stands_changes_nothing() -> None:
    texts = {name: said(GX, name, UNITS) for name in ("order", "code", "name", "short_name", "leader")}
    found = against(UNITS, row(4, "gx", **texts))
    assert (found.differences, found.misread, found.same, found.unlisted) == ((), (), 1, 1)
    assert found.change.edits == ()


def test_that_a_new_unit_needs_no_more_than_a_code_and_a_name() -> None:
    found = against(UNITS, row(code="水务", name="区海洋局"), row(5, code="街道", name="观海街道"))
    first, second = (d.after for d in found.added)
    assert (first.name, first.short_name, first.group) == ("区海洋局", "区海洋局", "委办局")
    assert (first.order, second.order) == (3, 4)
    assert first.initials == "<区海洋局>"
    assert second.group == "街道"
    assert found.changed == ()
    assert found.differences[0].before is None
    assert found.differences[0].fields[0] == ("序号", "", "3")


def test_that_a_new_unit_is_as_its_row_says() -> None:
    texts = {
        "order": "9",
        "code": "园区",
        "short_name": "海洋园",
        "aliases": "海园、海洋园",
        "leader": "李",
        "person": "王",
        "telephone": "1",
        "group": "其他",
        "duties": "海洋",
        "valid_from": "2026-01-01",
    }
    made = after(against(UNITS, row(4, UUID.upper(), **texts)))
    assert made == Unit(
        UUID,
        "园区",
        "海洋园",
        "海洋园",
        "其他",
        ("海园",),
        "<海洋园>",
        ("海洋",),
        "1",
        "李",
        "王",
        9,
        date(2026, 1, 1),
    )


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        ({"name": "区海洋局"}, "职能代码不能是空的。"),
        ({"name": "区海洋局", "code": "海洋"}, "职能代码“海洋”不在清单里。"),
        ({"code": "水务"}, "没有写单位名称。"),
        (
            {"name": "区海洋局", "code": "水务", "aliases": "经信局"},
            "“经信局”已经是区工信局的名称或别名，请换一个。",
        ),
        ({"name": "区海洋局", "code": "水务", "group": "公司"}, "组别“公司”不在清单里。"),
    ],
)
def test_that_a_new_row_that_is_not_filled_in_is_left_out(texts: dict[str, str], reason: str) -> None:
    units = (KJ, replace(GX, aliases=("经信局",)))
    found = against(units, row(7, **texts), row(8, "kj", leader="李"))
    assert reasons(found) == [(7, reason)]
    assert [d.after.leader for d in found.differences] == ["李"]


def test_that_a_row_is_left_out_whole() -> None:
    found = against(UNITS, row(4, "kj", leader="李", code="xx"))
    assert found.differences == ()
    assert found.same == 0


def test_that_a_name_taken_from_another_leaves_both_rows_to_be_looked_at() -> None:
    found = against(UNITS, row(4, "kj", short_name="区工信局"), row(5, "gx", leader="李"))
    assert reasons(found) == [(4, "“区工信局”已经是区工信局的名称或别名，请换一个。")]
    assert [d.after.id for d in found.differences] == ["gx"]


def test_that_what_stood_on_a_row_left_out_is_looked_at_again() -> None:
    """The first row gives its short name away and is itself refused: the second may not take the name."""
    found = against(
        UNITS, row(4, "kj", short_name="区工信局"), row(5, code="水务", name="区海洋局", aliases="区科技局")
    )
    assert [m.line for m in found.misread] == [4, 5]
    assert found.change.edits == ()


# --- successors


def test_that_a_successor_may_stand_further_down() -> None:
    found = against(
        UNITS,
        row(4, "kj", valid_to="2026-03-01", successor_id="区海洋局"),
        row(5, code="水务", name="区海洋局"),
    )
    merged, made = (d.after for d in found.differences)
    assert (merged.valid_to, merged.successor_id) == (DAY, made.id)
    assert found.differences[0].fields == (("停用日期", "", "2026-03-01"), ("并入单位", "", "区海洋局"))


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        ({"valid_to": "2026-03-01", "successor_id": "区海洋局"}, "并入单位“区海洋局”不在名录里。"),
        ({"successor_id": "区工信局"}, "写了并入单位，没有写停用日期。"),
        ({"valid_to": "2026-03-01", "successor_id": "区科技局"}, "并入单位“区科技局”不在名录里。"),
    ],
)
def test_that_a_successor_that_cannot_be_is_left_out(texts: dict[str, str], reason: str) -> None:
    assert reasons(against(UNITS, row(4, "kj", **texts))) == [(4, reason)]


def test_that_a_ring_of_successors_is_left_out() -> None:
    found = against(
        UNITS,
        row(4, "kj", valid_to="2026-03-01", successor_id="区工信局"),
        row(5, "gx", valid_to="2026-03-01", successor_id="区科技局"),
    )
    assert [m.line for m in found.misread] == [4, 5]
    assert found.misread[0].reason == "并入单位已经停用，又没有并入现行的单位。"
    assert found.differences == ()


def test_that_a_successor_is_known_by_an_alias_and_taken_away_by_an_empty_cell() -> None:
    merged = replace(KJ, valid_to=DAY, successor_id="gx")
    found = against((merged, GX), row(4, "kj", successor_id="", valid_to=""))
    assert after(found) == KJ
    texts = {"valid_to": "2026-03-01", "successor_id": "区科委"}
    assert after(against(UNITS, row(4, "gx", **texts))).successor_id == "kj"


def test_that_the_unit_that_stands_is_the_successor_of_those_called_so() -> None:
    gone = replace(GX, id="gone", name="云港区商务局", short_name="区商务局", valid_to=DAY)
    heir = Unit("heir", "商务", "云港区商务局", "区商务局", initials="i", order=3)
    found = against((gone, heir, KJ), row(4, "kj", valid_to="2026-03-01", successor_id="区商务局"))
    assert after(found).successor_id == "heir"


def test_that_a_row_without_the_column_keeps_its_successor() -> None:
    merged = replace(KJ, valid_to=DAY, successor_id="gx")
    assert after(against((merged, GX), row(4, "kj", leader="李"))).successor_id == "gx"
    assert against((merged, GX), row(4, "kj", successor_id="区工信局")).differences == ()


# --- the change


def test_that_all_of_it_is_one_change_with_the_tags_that_name_a_renamed_unit() -> None:
    owner = Owner(Role.LEAD, "区科技局", "科技", "kj")
    tag = Tag("t", "layer", "task", TagKind.OWNER, (), "区科技局", owner, version=1)
    found = against(
        UNITS, row(4, "kj", short_name="区科数局"), row(5, code="水务", name="区海洋局"), tags=[tag]
    )
    changed, made = found.differences
    new = replace(tag, text="区科数局", value=replace(owner, name="区科数局"))
    assert found.change.label == "导入单位名录（2项）"
    assert found.change.report_id == ""
    assert found.change.edits == (Edit(KJ, changed.after), Edit(tag, new), Edit(None, made.after))


def test_that_the_same_sheet_again_changes_nothing() -> None:
    rows: tuple[Any, ...] = (
        row(4, "kj", name="云港区科创局", short_name="区科创局", aliases="科创局", order="7"),
        row(5, "gx", valid_to="2026年3月1日", successor_id="区科创局", telephone="1"),
        row(6, code="水务", name="区海洋局", aliases="海洋局"),
        row(7, name="区科委", leader="李"),
    )
    first = against(UNITS, *rows)
    units = {u.id: u for u in UNITS} | {d.after.id: d.after for d in first.differences}
    again = against(tuple(units.values()), *rows)
    assert again.differences == ()
    assert reasons(again) == reasons(first) == [(7, "与第4行是同一个单位。")]


def test_that_a_sheet_of_thousands_of_rows_is_soon_compared() -> None:
    rows = [
        row(n, code="水务", name=f"第{n}局", valid_to="2026-03-01", successor_id=f"第{n - 1}局")
        for n in range(1500)
    ]
    found = against(UNITS, *rows)
    assert len(found.misread) == 1500


def test_that_a_row_whose_successor_is_left_out_is_left_out_too() -> None:
    found = against(
        UNITS,
        row(4, "kj", valid_to="2026-03-01", successor_id="区海洋局"),
        row(5, code="水务", name="区海洋局", aliases="区工信局"),
    )
    assert reasons(found) == [
        (4, "并入单位已经停用，又没有并入现行的单位。"),
        (5, "“区工信局”已经是区工信局的名称或别名，请换一个。"),
    ]
    assert found.differences == ()
