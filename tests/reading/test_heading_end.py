"""Where the heading of a numbered paragraph ends: both sides of every length and of every sign."""

import pytest

from app.reading.headings import heading_end
from app.reading.marks import mark_of


def end_of(text: str) -> int:
    mark = mark_of(text)
    assert mark is not None
    return heading_end(text, mark)


def of_length(words: str, length: int, end: str = "") -> str:
    return words + "港" * (length - len(words) - len(end)) + end


@pytest.mark.parametrize(
    ("mark", "longest"), [("一、", 70), ("（一）", 70), ("第一章 ", 70), ("1.", 40), ("（1）", 40)]
)
def test_that_a_heading_alone_on_its_line_has_its_longest(mark: str, longest: int) -> None:
    assert end_of(of_length(mark, longest)) == longest
    assert end_of(of_length(mark, longest + 1)) == 0


@pytest.mark.parametrize(("last", "is_heading"), [("港", True), ("；", False), ("，", False), ("、", False)])
def test_that_a_line_that_goes_on_is_no_heading(last: str, is_heading: bool) -> None:
    assert (end_of(f"一、做强港航{last}") > 0) == is_heading


@pytest.mark.parametrize("stop", "。！？")
def test_that_a_heading_that_is_a_sentence_has_sixty_characters_at_most(stop: str) -> None:
    for behind in ("", "疏浚航道。"):
        assert end_of(of_length("（一）", 60, stop) + behind) == 60
        assert end_of(of_length("（一）", 61, stop) + behind) == 0


def test_that_an_items_first_sentence_and_one_with_a_semicolon_are_no_headings() -> None:
    assert end_of("（一）做强港航。疏浚航道。") == 8
    assert end_of("1.做强港航。疏浚航道。") == 0
    assert end_of("（一）做强；港航。疏浚航道。") == 0
    assert end_of("（一）做强港航。疏浚；航道。") == 8


@pytest.mark.parametrize(
    ("words", "is_heading"),
    [
        ("新增泊位9个", False),
        ("占比9.5", False),
        ("到2030年做强港航", True),
        ("12月做强港航", True),
        ("做强5G港航", True),
        ("做强PM2.5治理", True),
        ("做强“9港”", True),
        ("做强“港9" + "航" * 28 + "”", True),
        ("做强“港9" + "航" * 29 + "”", False),
        ("做强《港航9条》", True),
        ("《" + "航" * 39 + "9》", True),
        ("《" + "航" * 40 + "9》", False),
    ],
)
def test_that_a_sentence_with_a_figure_is_no_heading_and_names_and_years_are_none(
    words: str, is_heading: bool
) -> None:
    assert (end_of(f"（一）{words}。") > 0) == is_heading
    assert (end_of(f"（一）{words}。疏浚航道。") > 0) == is_heading


def test_that_the_opener_of_the_first_item_behind_a_space_is_no_part_of_the_heading() -> None:
    heading = "（一）做强现代港航体系能级"
    for opener in ("抓好港口疏浚", "抓" * 24):
        assert end_of(f"{heading} {opener}。疏浚航道。") == len(heading)
    assert end_of(f"{heading} 抓好港口。疏浚航道。") == len(f"{heading} 抓好港口。")
    assert end_of(f"{heading} {'抓' * 25}。疏浚航道。") == len(f"{heading} {'抓' * 25}。")
    assert end_of("（一）做强现代港航体系 抓好港口疏浚。疏浚航道。") == 11 + len(" 抓好港口疏浚。")


@pytest.mark.parametrize("length", [7, 8, 50, 51])
@pytest.mark.parametrize("behind", [58, 59])
def test_that_a_heading_may_end_at_the_one_space_before_a_long_sentence(length: int, behind: int) -> None:
    text = f"（一）{'港' * length} {'航' * behind}。"
    is_heading = 8 <= length <= 50 and behind == 59
    assert end_of(text) == (3 + length if is_heading else 0)
    assert end_of(f"1.{'港' * length} {'航' * behind}。") == 0


@pytest.mark.parametrize(
    "name",
    ["回顾", "总结", "工作安排", "重点工作", "主要工作", "工作任务", "主要任务", "重点任务", "总体要求", "主要目标",
     "预期目标", "自身建设"],
)  # fmt: skip
def test_that_a_chapters_name_ends_before_its_first_sentence(name: str) -> None:
    heading = f"一、港口{name}"
    assert end_of(f"{heading} {'航' * 40}") == len(heading)
    assert end_of(f"{heading} {'航' * 39}") == len(f"{heading} {'航' * 39}")
    for begin in ("2026年", "过去", "今年", "去年", "一年来"):
        for stop in "，。":
            assert end_of(f"{heading}{begin}{'航' * 40}{stop}{'港' * 99}。") == len(heading)
            assert end_of(f"{heading}{begin}{'航' * 41}{stop}{'港' * 99}。") != len(heading)
