"""分工意见: headings numbered anew, tasks numbered through, owners in brackets."""

from dataclasses import replace

import pytest

from app.domain.division import DivisionLine, chinese_number, division, owners_words
from app.domain.report import Section, SectionKind
from app.domain.spans import Span
from app.domain.tasks import Item, Task
from tests.supervised import row

TASKS = SectionKind.TASKS


def section(index: int, parent: int, title: str, start: int, end: int) -> Section:
    depth = 1 if parent < 0 else 2 if parent in {0, 5} else 3
    return Section(index, parent, depth, TASKS, title, Span(start, end))


SECTIONS = (
    section(0, -1, "三、2026年重点任务", 0, 500),
    section(1, 0, "（一）壮大实体经济，\n培育新动能。", 10, 200),
    section(2, 1, "1．建强平台。", 20, 100),
    section(3, 1, "2．培育企业", 100, 200),
    section(4, 0, "（二）办好民生实事", 200, 500),
    section(5, -1, "四、自身建设", 500, 900),
    section(6, 5, "（一）依法行政", 510, 900),
)


ITEM = Item(Task("任务1", "layer", (Span(5, 9),), ""), ())


def lines(*starts: int | None) -> list[tuple[int, str]]:
    rows = [row(n, f"任务{n}") for n, _ in enumerate(starts, 1)]
    items = [
        Item(Task(f"任务{n}", "layer", (Span(start, start + 5),) if start is not None else (), ""), ())
        for n, start in enumerate(starts, 1)
    ]
    return [(line.level, line.text) for line in division(rows, items, SECTIONS)]


def test_that_a_chapter_that_all_stand_in_is_no_heading() -> None:
    assert lines(25, 120, 220) == [
        (1, "一、壮大实体经济，培育新动能"),
        (2, "（一）建强平台"),
        (3, "1. 任务1的原文。"),
        (2, "（二）培育企业"),
        (3, "2. 任务2的原文。"),
        (1, "二、办好民生实事"),
        (3, "3. 任务3的原文。"),
    ]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("（政府自身建设）", "政府自身建设"),
        ("（一）建设（二期）", "建设（二期）"),
        ("（一期）和（二期）", "（一期）和（二期）"),
    ],
)
def test_that_a_part_without_a_heading_of_its_own_is_called_without_brackets(title: str, words: str) -> None:
    made = division([row(1, "任务1")], [ITEM], (section(0, -1, title, 0, 500),))
    assert made[0].text == f"一、{words}"


def test_that_chapters_are_headings_where_there_are_several() -> None:
    assert lines(25, 220, 520) == [
        (1, "一、2026年重点任务"),
        (2, "（一）壮大实体经济，培育新动能"),
        (3, "1. 任务1的原文。"),
        (2, "（二）办好民生实事"),
        (3, "2. 任务2的原文。"),
        (1, "二、自身建设"),
        (2, "（一）依法行政"),
        (3, "3. 任务3的原文。"),
    ]


def test_that_headings_may_skip_a_chapter_and_what_all_share_below_it() -> None:
    assert lines(25, 30) == [
        (1, "一、建强平台"),
        (3, "1. 任务1的原文。"),
        (3, "2. 任务2的原文。"),
    ]


def test_that_the_last_heading_is_left_to_tasks_that_share_it() -> None:
    assert lines(220, 230)[0] == (1, "一、办好民生实事")


def test_that_tasks_without_a_source_stand_last_under_a_heading_of_their_own() -> None:
    assert lines(220, None) == [
        (1, "一、办好民生实事"),
        (3, "1. 任务1的原文。"),
        (1, "二、其他事项"),
        (3, "2. 任务2的原文。"),
    ]


def test_that_a_task_goes_by_its_quote_or_its_summary_and_ends_in_a_stop() -> None:
    plain = row(1, "任务1")
    told = [
        division([replace(plain, quote=quote)], [], ())[-1].text
        for quote in ("两行\n一句", "一句。", "一项；", "")
    ]
    assert told == ["1. 两行一句。", "1. 一句。", "1. 一项；", "1. 任务1。"]


def test_that_owners_stand_behind_the_task() -> None:
    line = division([row(1, "任务1", support="区财政局")], [], ())[-1]
    assert line == DivisionLine(
        3, "1. 任务1的原文。", "（区科技局牵头，区财政局按职责分工负责，12月底前完成）"
    )


@pytest.mark.parametrize(
    ("lead", "support", "deadline", "words"),
    [
        ("区科技局", "", "2026年6月底前", "（区科技局负责，6月底前完成）"),
        (
            "区科技局",
            "区财政局、区交通局",
            "2026年6月15日前",
            "（区科技局牵头，区财政局、区交通局按职责分工负责，6月15日前完成）",
        ),
        ("", "区财政局", "持续推进", "（区财政局负责，持续推进）"),
        ("区科技局", "", "2027年6月底前", "（区科技局负责，2027年6月底前完成）"),
        ("区科技局", "", "2026年12月底前（默认）", "（区科技局负责，12月底前完成）"),
        ("区科技局", "", "2026年6月底前；2026年12月底前", "（区科技局负责，6月底前完成、12月底前完成）"),
        ("区科技局", "", "汛前（2026年6月底前）", "（区科技局负责，汛前完成）"),
        ("区科技局", "", "每季度", "（区科技局负责，每季度）"),
        ("区科技局", "", "", "（区科技局负责）"),
        ("", "", "2026年6月底前", ""),
    ],
)
def test_that_owners_are_told_in_the_state_council_s_form(
    lead: str, support: str, deadline: str, words: str
) -> None:
    assert owners_words(row(1, "甲", lead=lead, support=support, deadline=deadline), 2026) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")],
)
def test_that_headings_count_in_chinese(number: int, words: str) -> None:
    assert chinese_number(number) == words
