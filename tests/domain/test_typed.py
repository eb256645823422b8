"""What people type: days in many styles, blanks, and whether a cell still says what went out in it."""

from datetime import date

import pytest

from app.domain.typed import Odd, day_of_cell, day_of_words, is_blank, is_same, names_of, plain, words_of

MARCH_END = date(2026, 3, 31)


@pytest.mark.parametrize(
    "words",
    [
        "2026-03-31",
        "2026-3-31",
        "2026/3/31",
        "2026.03.31",
        "2026年3月31日",
        "２０２６年３月３１日",
        "2026年3月31号",
        "20260331",
        "3月31日",
        "2026年3月",
        "2026年3月底",
        "2026-03",
        "3月底",
        "3月末",
        "46112",
        "31/3/2026",
        " 截至2026年3月31日 ",
        "2026-03-31 00:00:00",
        "2026/3/31 8:30",
        "到3月底止",
        "3/31",
        "3.31",
        "3-31",
        "2026年3月31日（周二）",
        "2026-3-31 星期二",
        "截至3月31日（含）",
    ],
)
def test_that_a_day_is_read_however_it_is_written(words: str) -> None:
    assert day_of_words(words, 2026) == MARCH_END


@pytest.mark.parametrize(
    "words",
    [
        "",
        "三月",
        "3",
        "2026",
        "2026-13-01",
        "2026-02-30",
        "3月32日",
        "13月底",
        "3/4/2026",
        "36525",
        "73416",
        "12/3/2026",
        "0年3月",
        "尽快",
        "3/32",
        "周二",
        "（3月）",
    ],
)
def test_that_what_is_no_one_day_is_none(words: str) -> None:
    assert day_of_words(words, 2026) is None


def test_that_the_year_is_the_reports_where_none_is_written() -> None:
    assert day_of_words("2月底", 2028) == date(2028, 2, 29)
    assert day_of_words("2027年2月", 2028) == date(2027, 2, 28)
    assert day_of_words("36526", 2026) == date(2000, 1, 1)
    assert day_of_words("73415", 2026) == date(2100, 12, 31)


def test_that_cells_of_days_and_numbers_are_days() -> None:
    assert day_of_cell(MARCH_END, 2026) == MARCH_END
    assert day_of_cell(46112.0, 2026) == MARCH_END
    assert day_of_cell(3.0, 2026) is None
    assert day_of_cell(None, 2026) is None
    assert day_of_cell(Odd("2026-03-31", "是错误值"), 2026) is None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (None, ""),
        (3.0, "3"),
        (0.1 + 0.2, "0.3"),
        (MARCH_END, "2026-03-31"),
        ("  已开工 ", "已开工"),
        ("一\n 二  \n", "一\n 二"),
        (Odd("#N/A", "是错误值"), "#N/A"),
    ],
)
def test_that_a_cell_reads_as_it_was_typed(cell: str | float | date | Odd | None, expected: str) -> None:
    assert words_of(cell) == expected


@pytest.mark.parametrize("cell", [None, "", "  ", "无", "—", "/", " － ", "暂无", "          "])
def test_that_nothing_said_is_blank(cell: str | None) -> None:
    assert is_blank(cell)


@pytest.mark.parametrize("cell", ["0", 0.0, "无异议", "暂无困难，按计划推进", Odd("", "是错误值"), MARCH_END])
def test_that_anything_else_is_not(cell: str | float | date | Odd) -> None:
    assert not is_blank(cell)


@pytest.mark.parametrize(
    ("expected", "cell"),
    [
        ("区科技局", "区科技局"),
        ("第3项\n（续）", "第３项（续） "),
        ("12", 12.0),
        ("3.50", 3.5),
        ("", None),
        ("", ""),
        (" ", ""),
        (None, None),
        (None, ""),
        (0.125, 0.125),
        (0.125, "12.5%"),
        (0.125, "12.50 %"),
        (1.0, "100%"),
        (1234.0, "1,234"),
        (MARCH_END, MARCH_END),
        (MARCH_END, "2026年3月31日"),
        (MARCH_END, 46112.0),
    ],
)
def test_that_a_re_save_changes_nothing(
    expected: str | float | date | None, cell: str | float | date | None
) -> None:
    assert is_same(expected, cell)


@pytest.mark.parametrize(
    ("expected", "cell"),
    [
        ("区科技局", "区财政局"),
        ("区科技局", None),
        ("", "区科技局"),
        (None, "3"),
        ("12", 13.0),
        (0.125, "12.6%"),
        (0.125, 12.5),
        (0.125, "约一成"),
        (MARCH_END, "2026-03-30"),
        (MARCH_END, None),
        ("是", Odd("是", "是错误值")),
        (None, Odd("", "是错误值")),
    ],
)
def test_that_a_change_shows(
    expected: str | float | date | None, cell: str | float | date | Odd | None
) -> None:
    assert not is_same(expected, cell)


def test_that_names_are_parted_by_any_sign() -> None:
    assert names_of("验收单.pdf、照片.jpg；,a.doc\n b.doc ") == ("验收单.pdf", "照片.jpg", "a.doc", "b.doc")
    assert names_of(" ") == ()


def test_that_width_and_spaces_make_no_difference() -> None:
    assert plain(" １ 个\n ａ") == "1个a"
    assert plain("a b\tc") == "abc"
