"""Text made fit for a cell and for a sheet's name."""

import pytest

from app.ledger.text import CELL_LIMIT, CUT_NOTE, cell_text, looks_like_formula, sheet_name


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("一\r\n二\r三\n四", "一\n二\n三\n四"),
        ("一\x00\x08\x0b\x0c\x0e\x1f二", "一二"),
        ("一\t二", "一\t二"),
        ("一\ud800二\udfff三\ufffe四\uffff", "一二三四"),
        ("𠮷", "𠮷"),
        ("\x7f～", "\x7f～"),
    ],
)
def test_that_what_xml_forbids_is_removed(raw: str, clean: str) -> None:
    assert cell_text(raw) == clean


def test_that_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    whole = "长" * CELL_LIMIT
    assert cell_text(whole) == whole
    assert cell_text(whole + "长") == "长" * (CELL_LIMIT - len(CUT_NOTE)) + "……（原文过长，见系统）"


def test_that_the_limit_counts_as_excel_counts() -> None:
    assert cell_text("𠮷" * 16_383) == "𠮷" * 16_383
    cut = cell_text("𠮷" * 16_384)
    assert cut == "𠮷" * ((CELL_LIMIT - len(CUT_NOTE)) // 2) + CUT_NOTE
    assert len(cut.encode("utf-16-le")) // 2 <= CELL_LIMIT


@pytest.mark.parametrize("text", ["=1+1", "+86", "-3%", "@某单位", "\t=1", "\n=1"])
def test_that_what_a_spreadsheet_may_take_for_a_formula_is_known(text: str) -> None:
    assert looks_like_formula(text)


@pytest.mark.parametrize("text", ["", "1=1", "一", " =1", "'=1"])
def test_that_other_text_is_no_formula(text: str) -> None:
    assert not looks_like_formula(text)


def test_that_a_sheets_name_is_the_base_or_has_the_label_before_it() -> None:
    assert sheet_name("任务分解表", "", ()) == "任务分解表"
    assert sheet_name("任务分解表", "云港区2026年", ()) == "云港区2026年 任务分解表"


def test_that_a_sheets_name_is_legal() -> None:
    assert sheet_name("任务分解表", "'一[二]三:四*五?六/七\\八' ", ()) == "一二三四五六七八 任务分解表"
    assert sheet_name("表", "[]", ()) == "表"


def test_that_a_long_label_is_cut_and_not_the_base() -> None:
    name = sheet_name("任务分解表", "很" * 40, ())
    assert name == "很" * 25 + " 任务分解表"
    assert len(name) == 31
    assert sheet_name("任务分解表", "很" * 25, ()) == name


def test_that_equal_names_are_counted() -> None:
    taken = ["云港区 表"]
    assert sheet_name("表", "云港区", taken) == "云港区 表(2)"
    assert sheet_name("表", "云港区", [*taken, "云港区 表(2)"]) == "云港区 表(3)"
    assert sheet_name("表", "很" * 40, ["很" * 29 + " 表"]) == "很" * 26 + " 表(2)"
    assert sheet_name("A", "", ["a"]) == "A(2)"
