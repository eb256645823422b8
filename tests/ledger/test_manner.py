"""The template of Word documents: checked by name, shared as a file."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import UserError
from app.ledger.layout import Face
from app.ledger.manner import (
    FONT_NAMES,
    TEXT_NAMES,
    check_manner,
    dump_manner,
    load_manner,
    manner,
    parse_manner,
    save_manner,
)

Raw = dict[str, Any]


def raw() -> Raw:
    found: Raw = json.loads(dump_manner(manner()))
    return found


def test_that_the_program_brings_every_font_and_text_along() -> None:
    own = manner()
    assert list(own.fonts) == list(FONT_NAMES)
    assert own.texts.keys() == TEXT_NAMES.keys()
    assert own.fonts["body"] == Face("仿宋_GB2312", 16)
    assert (own.lines, own.characters) == (22, 28)


def test_that_a_template_goes_out_and_comes_back_the_same(tmp_path: Path) -> None:
    edited = replace(
        manner(), texts={**manner().texts, "notice_opening": "{项数}项，{周期}{报送日}日，{起报期}起。"}
    )
    save_manner(edited, tmp_path / "a.json")
    assert load_manner(tmp_path / "a.json") == edited
    assert parse_manner(dump_manner(edited)) == edited


@pytest.mark.parametrize("size", [1, 72])
def test_that_a_font_may_be_as_small_and_as_large_as_anybody_prints(size: float) -> None:
    own = manner()
    check_manner(replace(own, fonts={**own.fonts, "body": Face("仿宋_GB2312", size)}))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"texts": {"weather": "晴"}}, "公文模板里不认识“weather”，请改正后重试。"),
        ({"texts": {"notice_title": None}}, "公文模板里缺少“notice_title”，请改正后重试。"),
        ({"fonts": {"caption": {"name": "宋体", "size": 9}}}, "公文模板里不认识“caption”"),
        ({"fonts": {"body": None}}, "公文模板里缺少“body”"),
        ({"fonts": {"body": {"name": " ", "size": 16}}}, "“正文”的字体没有写名称，或字号不在1到72之间"),
        ({"fonts": {"page_number": {"name": "宋体", "size": 73}}}, "“页码”的字体没有写名称，或字号不在"),
        ({"fonts": {"table": {"name": "宋体", "size": 0.5}}}, "“表格”的字体"),
        ({"texts": {"remind_opening": "{起报期}"}}, "公文模板里“{起报期}…”一句中有不认识的名称“{起报期}”"),
        ({"texts": {"division_closing": "{}"}}, "不认识的名称“{}”"),
        ({"texts": {"bulletin_title": "  "}}, "公文要有标题"),
        ({"margins": {"left": 100, "right": 51}}, "页边距、每页行数或每行字数不对"),
        ({"margins": {"top": 100, "bottom": 101}}, "页边距、"),
        ({"margins": {"bottom": 11.9}}, "页边距、"),
        ({"margins": {"left": -1}}, "页边距、"),
        ({"margins": {"gutter": 1}}, "页边距、"),
    ],
)
def test_that_a_wrong_template_is_refused_and_what_is_wrong_is_named(changed: Raw, words: str) -> None:
    wrong = raw()
    for part, values in changed.items():
        for name, value in values.items():
            if value is None:
                del wrong[part][name]
            else:
                wrong[part][name] = value
    with pytest.raises(UserError) as refused:
        parse_manner(json.dumps(wrong))
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("field", "wrong", "right"),
    [("lines", 0, 1), ("lines", 61, 60), ("characters", 0, 1), ("characters", 81, 80)],
)
def test_that_a_page_has_a_sensible_number_of_lines_and_characters(
    field: str, wrong: int, right: int
) -> None:
    check_manner(parse_manner(json.dumps(raw() | {field: right})))
    with pytest.raises(UserError, match="每页行数或每行字数不对"):
        parse_manner(json.dumps(raw() | {field: wrong}))


def test_that_the_edges_of_what_fits_do_fit() -> None:
    for margins in ({"left": 100, "right": 50}, {"top": 188, "bottom": 12}, {"left": 0}):
        changed = raw()
        changed["margins"].update(margins)
        assert parse_manner(json.dumps(changed)).margins.items() >= margins.items()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"fonts": 1}', "null"])
def test_that_what_is_no_template_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="这不是公文模板"):
        parse_manner(text)


def test_that_every_document_may_name_the_report_the_office_and_the_day() -> None:
    for name in TEXT_NAMES:
        check_manner(replace(manner(), texts={**manner().texts, name: "{报告}{发文单位}{日期}"}))


def test_that_a_template_that_cannot_be_read_or_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="不能读取公文模板“没有"):
        load_manner(tmp_path / "没有.json")
    with pytest.raises(UserError, match="模板只能存为"):
        save_manner(manner(), tmp_path / "a.txt")
