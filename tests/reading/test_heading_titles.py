"""How the outline shows a heading: parted from its number as its line is, whatever figure follows."""

import pytest

from app.domain.report import Source
from app.reading import read_source
from app.reading.kinds import title_of
from app.reading.marks import Style, mark_of
from app.reading.tidy import pieces_of

PLAN = "云港区海洋发展规划纲要\n第一章 总则\n坚持规划引领。\n"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("专栏1　2026年重点工程", "专栏1 2026年重点工程"),
        ("专栏12 20项工程", "专栏12 20项工程"),
        ("专栏1-2 2026年工程", "专栏1-2 2026年工程"),
        ("专栏12026年重点工程", "专栏1 2026年重点工程"),
        ("专栏122026年重点工程", "专栏12 2026年重点工程"),
        ("专栏120 海洋工程", "专栏120 海洋工程"),
        ("专栏3：2026年工程", "专栏3：2026年工程"),
        ("专栏3", "专栏3"),
        ("第二章 2026年起步", "第二章 2026年起步"),
        ("第 二 章　起 步", "第二章 起步"),
        ("第一节 2030年目标", "第一节 2030年目标"),
        ("附件1 2026年重点项目", "附件1 2026年重点项目"),
        ("附表2　2026年 指标", "附表2 2026年指标"),
        ("附件：2026年项目", "附件：2026年项目"),
        ("一、 2026年 工作安排", "一、2026年工作安排"),
        ("（二） 2026年工作", "（二）2026年工作"),
        ("1. 2026年工作安排", "1. 2026年工作安排"),
        ("1.2026年工作安排", "1. 2026年工作安排"),
        ("1. 港口 建设", "1.港口建设"),
        ("2、2026年工作安排", "2、2026年工作安排"),
    ],
)
def test_that_a_number_and_a_figure_stay_two(line: str, title: str) -> None:
    piece = next(p for p in pieces_of(f"{PLAN}{line}\n") if p.text[0] == line[0] and "总则" not in p.text)
    assert title_of(piece) == title


def test_that_the_outline_has_the_title_of_a_box() -> None:
    text = f"{PLAN}专栏1　2026年重点工程\n1.新建泊位：建设泊位3个。\n2.疏浚航道：疏浚12公里。\n第二章 保障\n健全机制。\n"
    titles = [s.title for s in read_source(Source("a.txt", "", "utf-8", text, ""), None).sections]
    assert "专栏1 2026年重点工程" in titles


@pytest.mark.parametrize(
    ("line", "number"),
    [("1.2026年", "1"), ("12、2030 年", "12"), ("3.5公里", None), ("1.20266", None), ("3、4号楼", None)],
)
def test_that_a_year_right_behind_a_number_is_no_part_of_it(line: str, number: str | None) -> None:
    mark = mark_of(line)
    assert (mark.number if mark else None) == number
    assert mark is None or mark.style is Style.DIGIT


def test_that_a_first_work_that_begins_with_a_figure_begins_the_work() -> None:
    text = (
        "云港区2026年政府工作报告\n各位代表：\n一、2025年工作回顾\n建成泊位3个。\n二、2026年总体要求\n"
        "面临的形势更加严峻，机遇和挑战并存。\n1. 5G网络要更快，新建基站40个。\n"
    )
    sections = read_source(Source("a.txt", "", "utf-8", text, ""), None).sections
    assert [s.kind.value for s in sections if s.span.start >= text.index("1. 5G")] == ["tasks"]
