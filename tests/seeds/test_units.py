import json
import re
import uuid
from collections import Counter
from dataclasses import fields
from itertools import combinations
from typing import Any

import pytest

from app.domain.scheme import TagStyle
from app.domain.tasks import TagKind
from app.domain.units import Unit, matching
from app.places import SEEDS

ROWS: list[dict[str, Any]] = json.loads((SEEDS / "units.json").read_text(encoding="utf-8"))
UNITS = tuple(
    Unit(**{**row, "aliases": tuple(row["aliases"]), "duties": tuple(row["duties"])}) for row in ROWS
)
STYLES = tuple(TagStyle(**row) for row in json.loads((SEEDS / "tag_scheme.json").read_text(encoding="utf-8")))

CODES = (
    "发改 教育 科技 工信 公安 民政 司法 财政 人社 规资 生态 住建 城管 交通 水务 农业农村 商务 文旅 卫健 退役 应急 审计 "
    "市监 国资 体育 统计 医保 信访 政务 金融 招商 数据 宣传 政法 组织 残联 妇联 团委 工会 税务 消防 气象 粮食 民宗 外事 "
    "人防 知识产权 园区 街道 政府办 机关事务 纪检 滨海新区 港航 海关"
)

SIMULATED = {
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
}
"""How a colour-blind eye sees linear RGB (Machado and others, 2009)."""


def linear(colour: str) -> tuple[float, float, float]:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """WCAG 2's contrast ratio, 1 to 21."""
    lights = (
        sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True)) for c in (one, other)
    )
    dark, light = sorted(lights)
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: tuple[float, ...]) -> tuple[float, float, float]:
    """CIE L*a*b* of linear sRGB."""
    rows = ((0.4124, 0.3576, 0.1805, 0.9505), (0.2126, 0.7152, 0.0722, 1.0), (0.0193, 0.1192, 0.9505, 1.089))
    shares = [max(0.0, sum(k * p for k, p in zip(row, rgb, strict=False))) / row[3] for row in rows]
    x, y, z = (s ** (1 / 3) if s > 0.008856 else 7.787 * s + 16 / 116 for s in shares)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen_apart(one: str, other: str, eye: str) -> float:
    labs = [
        lab(tuple(sum(k * p for k, p in zip(row, linear(colour), strict=True)) for row in SIMULATED[eye]))
        for colour in (one, other)
    ]
    return float(sum((a - b) ** 2 for a, b in zip(*labs, strict=True)) ** 0.5)


def unit(short_name: str) -> Unit:
    return next(u for u in UNITS if u.short_name == short_name)


def found(typed: str) -> list[str]:
    return [u.short_name for u in matching(UNITS, typed)]


def test_that_every_functional_code_has_a_unit_and_no_other_is_used() -> None:
    assert {u.code for u in UNITS} == set(CODES.split())


def test_that_only_streets_and_parks_share_a_code() -> None:
    shared = {code: n for code, n in Counter(u.code for u in UNITS).items() if n > 1}
    assert shared == {"园区": 3, "街道": 7}


def test_that_a_unit_has_no_field_the_directory_does_not_know() -> None:
    assert all(set(row) <= {f.name for f in fields(Unit)} for row in ROWS)


def test_that_ids_are_uuids_and_unique() -> None:
    ids = [u.id for u in UNITS]
    assert len(set(ids)) == len(ids)
    assert [i for i in ids if str(uuid.UUID(i)) != i] == []


def test_that_units_stand_in_order() -> None:
    assert [u.order for u in UNITS] == list(range(1, len(UNITS) + 1))


def test_that_no_name_or_alias_belongs_to_two_units() -> None:
    counts = Counter(name for u in UNITS for name in {u.name, u.short_name, *u.aliases})
    assert [name for name, n in counts.items() if n > 1] == []


def test_that_no_alias_is_listed_twice_or_empty() -> None:
    for u in UNITS:
        assert len(set(u.aliases)) == len(u.aliases), u.name
        assert all(len(name) > 1 for name in (u.name, u.short_name, *u.aliases)), u.name


def test_that_groups_are_the_four_known_ones() -> None:
    assert {u.group for u in UNITS} == {"委办局", "街道", "园区", "其他"}
    assert all((u.group == u.code) == (u.code in {"街道", "园区"}) for u in UNITS)


def test_that_no_person_is_named() -> None:
    assert {(u.telephone, u.leader, u.person) for u in UNITS} == {("", "", "")}


def test_that_initials_are_as_many_letters_as_the_short_name_has_characters() -> None:
    assert [u.short_name for u in UNITS if not re.fullmatch(r"[a-z]+", u.initials)] == []
    assert [u.short_name for u in UNITS if len(u.initials) != len(u.short_name)] == []


@pytest.mark.parametrize(
    ("short_name", "initials"),
    [
        ("区科技局", "qkjj"),
        ("区发改委", "qfgw"),
        ("区人社局", "qrsj"),
        ("区住建局", "qzjj"),
        ("区市场监管局", "qscjgj"),
        ("长堤街道", "cdjd"),
        ("区卫健委", "qwjw"),
        ("区总工会", "qzgh"),
        ("云港经开区", "ygjkq"),
    ],
)
def test_that_initials_are_right(short_name: str, initials: str) -> None:
    assert unit(short_name).initials == initials


@pytest.mark.parametrize(
    "typed", ["qkjj", "kjj", "科技局", "科委", "区科学技术局", "科技", " QKJJ ", "学技术"]
)
def test_that_the_science_bureau_is_found_first(typed: str) -> None:
    assert found(typed)[0] == "区科技局"


def test_that_what_is_typed_whole_comes_before_a_prefix_and_that_before_a_part() -> None:
    units = (
        Unit("1", "甲", "市渔业局办公室", "渔业局办", order=1),
        Unit("2", "乙", "区养渔业协会", "养殖协会", order=2),
        Unit("3", "丙", "渔业", "渔业", order=9),
        Unit("4", "丁", "大渔业促进会", "促进会", order=3),
        Unit("5", "戊", "淡水养渔业所", "淡水所", order=4),
    )
    assert [u.id for u in matching(units, "渔业")] == ["3", "1", "4", "2", "5"]


def test_that_units_of_one_rank_come_in_the_directorys_order() -> None:
    assert found("qswj") == ["区水务局", "区商务局", "区税务局"]


def test_that_nothing_typed_finds_every_unit_and_nonsense_none() -> None:
    assert matching(UNITS, "  ") == UNITS
    assert matching(UNITS, "zzz") == ()


def test_that_the_tag_scheme_has_the_task_and_every_kind_of_tag_once() -> None:
    assert [s.kind for s in STYLES] == ["task", *(kind.value for kind in TagKind)]


def test_that_names_letters_and_keys_are_those_of_the_screens() -> None:
    assert [s.letter + s.name + s.key for s in STYLES] == [
        "任任务1",
        "目目标2",
        "责责任3",
        "时时限4",
        "措措施5",
        "标标准6",
    ]


def test_that_colours_are_lower_case_hex() -> None:
    colours = [c for s in STYLES for c in (s.ink, s.ground, s.dark_ink, s.dark_ground)]
    assert [c for c in colours if not re.fullmatch(r"#[0-9a-f]{6}", c)] == []


@pytest.mark.parametrize("style", STYLES, ids=lambda s: str(s.kind))
def test_that_ink_is_readable_on_its_ground_and_on_the_page_in_both_themes(style: TagStyle) -> None:
    for ink, ground in ((style.ink, style.ground), (style.dark_ink, style.dark_ground)):
        assert contrast(ink, ground) >= 4.5
    assert contrast(style.ink, "#ffffff") >= 4.5
    assert contrast(style.dark_ink, "#1d2430") >= 4.5


@pytest.mark.parametrize("eye", SIMULATED)
def test_that_measure_and_standard_stand_apart_for_the_colour_blind(eye: str) -> None:
    for one, other in combinations(STYLES, 2):
        if {one.kind, other.kind} & {"measure", "standard"}:
            assert seen_apart(one.ink, other.ink, eye) >= 12, (one.kind, other.kind)
            assert seen_apart(one.dark_ink, other.dark_ink, eye) >= 12, (one.kind, other.kind)


def test_that_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
