"""Templates: brought along, shared as text, and refused by name where they are wrong."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from app.domain.errors import UserError
from app.ledger.layout import TEMPLATES, Layout, built_in, check_fit, dump, load, parse, save
from app.ledger.page import set_up_paper

KEYS = ["decomposition", "responsibility", "supervision", "units", "indicators"]

Raw = dict[str, Any]


def raw(key: str = "supervision") -> Raw:
    found: Raw = json.loads((TEMPLATES / f"{key}.json").read_text(encoding="utf-8"))
    return found


def text(changed: Raw) -> str:
    return json.dumps(changed, ensure_ascii=False)


def test_that_the_program_brings_its_templates_along() -> None:
    assert list(built_in()) == KEYS
    assert [layout.name for layout in built_in().values()] == [
        "任务分解表",
        "责任清单",
        "督查台账",
        "督查事项反馈表",
        "主要指标表",
    ]


@pytest.mark.parametrize("key", KEYS)
def test_that_a_template_goes_out_and_comes_back_the_same(key: str, tmp_path: Path) -> None:
    layout = built_in()[key]
    assert parse(dump(layout)) == layout
    save(layout, tmp_path / "模板.json")
    assert load(tmp_path / "模板.json") == layout


def test_that_the_supervision_ledger_has_all_the_office_s_columns() -> None:
    titles = "｜".join(column.title for column in built_in()["supervision"].sheets[0].columns)
    assert titles == (
        "编号｜督查事项｜来源依据｜目标值｜牵头单位｜配合单位｜分管领导｜责任人及电话｜完成时限｜报送周期｜截至日期｜"
        "完成值｜完成比例｜序时进度｜进展情况｜存在问题｜下一步措施｜状态｜亮灯｜核查意见｜办结日期｜标识"
    )


@pytest.mark.parametrize("key", ["supervision", "units"])
def test_that_what_comes_back_is_locked_and_has_a_hidden_id(key: str) -> None:
    (sheet,) = built_in()[key].sheets
    assert sheet.locked
    assert (sheet.columns[-1].field, sheet.columns[-1].hidden) == ("id", True)
    opened = {column.field for column in sheet.columns if column.open}
    assert {"as_of", "actual", "text", "issues", "next_steps"} <= opened
    assert not opened & {"state", "light", "lead", "goal", "number", "id", "completion", "verdict"}


def test_that_titles_order_fonts_and_paper_can_be_edited() -> None:
    changed = raw()
    columns = changed["sheets"][0]["columns"]
    columns[0], columns[1] = columns[1] | {"title": "事项"}, columns[0]
    changed["fonts"]["body"] = {"name": "宋体", "size": 9}
    layout = parse(text(changed | {"paper": "A3"}))
    assert [column.title for column in layout.sheets[0].columns[:2]] == ["事项", "编号"]
    assert (layout.fonts["body"].name, layout.fonts["body"].size, layout.paper) == ("宋体", 9, "A3")


def column(changes: Raw) -> Raw:
    changed = raw()
    changed["sheets"][0]["columns"][1] |= changes
    return changed


def sheet(changes: Raw, key: str = "supervision") -> Raw:
    changed = raw(key)
    changed["sheets"][0] |= changes
    return changed


def without_id() -> Raw:
    changed = raw()
    changed["sheets"][0]["columns"].pop()
    return changed


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (column({"field": "colour"}), "督查台账.*不认识的列“colour”"),
        (column({"field": "is_first"}), "不认识的列“is_first”"),
        (column({"align": "middle"}), "“matter”列的对齐方式“middle”"),
        (column({"kind": "money"}), "“matter”列的内容类型“money”"),
        (column({"choices": "units"}), "“matter”列的选项“units”"),
        (column({"width": 0.9}), "“matter”列的宽度“0.9”"),
        (column({"width": 120.1}), "“matter”列的宽度“120.1”"),
        (column({"field": "number"}), "有一列写了两次"),
        (column({"hidden": True}), "隐藏的列没有放在最后"),
        (sheet({"rows": "people"}), "督查台账.*“people”不认识"),
        (sheet({"group": "lead"}), "不能分组或合并"),
        (sheet({"merge": ["lead"]}), "不能分组或合并"),
        (sheet({"group": "colour"}, "responsibility"), "不认识的列“colour”"),
        (sheet({"merge": ["hue"]}, "responsibility"), "不认识的列“hue”"),
        (sheet({"columns": []}, "responsibility"), "没有一列是看得见的"),
        (without_id(), "不能没有标识列“id”"),
        (raw() | {"sheets": []}, "一张表也没有"),
        (raw() | {"per": "street"}, "每个单位一份"),
        (raw() | {"paper": "B5"}, "A4或A3"),
        (raw() | {"margins": {"left": 5.1}}, "页边距"),
        (raw() | {"margins": {"left": -0.1}}, "页边距"),
        (raw() | {"margins": {"gutter": 1}}, "页边距"),
        (raw() | {"fonts": {"title": {"name": "黑体", "size": 20}}}, "字体没有写全"),
        (raw() | {"fonts": raw()["fonts"] | {"body": {"name": "宋体", "size": 0.5}}}, "字号"),
        (raw() | {"fonts": raw()["fonts"] | {"body": {"name": "宋体", "size": 73}}}, "字号"),
        (raw() | {"fills": {"header": "blue"}}, "“header”的底色“blue”"),
        (raw() | {"fills": {"header": "GGGGGG", "open": "FFFFFF"}}, "“header”的底色“GGGGGG”"),
        (raw() | {"fills": {"header": "FFFFFF"}}, "“open”的底色“”"),
        (raw() | {"colour": "red"}, "不是台账模板"),
        (raw() | {"creator": 7}, "不是台账模板"),
        (column({"title": 7}), "不是台账模板"),
        (column({"open": "yes"}), "不是台账模板"),
        (column({"colour": "red"}), "不是台账模板"),
        ({}, "不是台账模板"),
        ({"sheets": []}, "不是台账模板"),
    ],
)
def test_that_a_wrong_template_is_refused_and_what_is_wrong_is_named(changed: Raw, words: str) -> None:
    with pytest.raises(UserError, match=words):
        parse(text(changed))


@pytest.mark.parametrize(
    "changed",
    [
        column({"width": 1}),
        column({"width": 120}),
        raw() | {"margins": {"left": 5, "right": 0}},
        raw() | {"fonts": raw()["fonts"] | {"body": {"name": "宋体", "size": 1}}},
        raw() | {"fonts": raw()["fonts"] | {"body": {"name": "宋体", "size": 72}}},
        raw() | {"fills": raw()["fills"] | {"header": "0a9FfF"}},
        raw() | {"paper": "A4", "per": "unit"},
    ],
)
def test_that_a_template_may_reach_its_limits(changed: Raw) -> None:
    assert parse(text(changed)).sheets


def test_that_a_template_is_kept_only_for_the_layout_whose_rows_it_lists() -> None:
    own = built_in()["supervision"]
    check_fit("supervision", replace(own, name="另一个名称", paper="A3"))
    for other in (replace(own, per="unit"), replace(own, sheets=built_in()["responsibility"].sheets)):
        with pytest.raises(UserError, match="这是“督查台账”的模板，不能用作“督查台账”的，请换一个模板文件"):
            check_fit("supervision", other)


def test_that_margins_that_a_template_does_not_name_are_those_of_spreadsheets(tmp_path: Path) -> None:
    layout = parse(text(raw() | {"margins": {"left": 1.5}}))
    assert layout.margins == {
        "left": 1.5,
        "right": 0.7,
        "top": 0.75,
        "bottom": 0.75,
        "header": 0.3,
        "footer": 0.3,
    }
    page = Workbook().worksheets[0]
    set_up_paper(page, layout)
    assert (page.page_margins.left, page.page_margins.right) == (1.5, 0.7)
    assert (page.page_margins.top, page.page_margins.bottom) == (0.75, 0.75)
    assert (page.page_margins.header, page.page_margins.footer) == (0.3, 0.3)


@pytest.mark.parametrize("words", ["", "[]", "7", "null", "{", "[" * 100_000, '{"sheets": 7, "fonts": 7}'])
def test_that_what_is_no_template_is_refused(words: str) -> None:
    with pytest.raises(UserError, match="不是台账模板"):
        parse(words)


def test_that_a_template_that_cannot_be_read_or_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"不能读取台账模板“没有[.]json”"):
        load(tmp_path / "没有.json")
    (tmp_path / "坏.json").write_bytes(b"\xff\xfe{")
    with pytest.raises(UserError, match=r"不能读取台账模板“坏[.]json”"):
        load(tmp_path / "坏.json")
    with pytest.raises(UserError, match=r"模板只能存为 .json 文件"):
        save(built_in()["units"], tmp_path / "模板.xlsx")


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 200)
    | st.sampled_from(["", "lead", "left", "text", "E9EDF2"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(st.data())
def test_that_any_change_gives_a_template_or_a_sentence(data: st.DataObject) -> None:
    changed = raw(data.draw(st.sampled_from(KEYS)))
    place: Any = changed
    while isinstance(place, dict | list) and place and data.draw(st.booleans()):
        keys = list(place) if isinstance(place, dict) else range(len(place))
        key = data.draw(st.sampled_from(list(keys)))
        if not isinstance(place[key], dict | list) or data.draw(st.booleans()):
            place[key] = data.draw(_JSON)
        place = place[key]
    try:
        layout = parse(text(changed))
    except UserError:
        return
    assert isinstance(layout, Layout)
    assert parse(dump(layout)) == layout
