from dataclasses import replace
from datetime import date

import pytest

from app.domain.report import (
    Block,
    BlockKind,
    Level,
    Metadata,
    Reading,
    ReportKind,
    RunMap,
    Section,
    SectionKind,
    ShownText,
    Source,
)
from app.domain.spans import Span
from app.suggest.partition import Partition
from app.suggest.walking import Line, lines

P, H, N, C = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.NOTE, BlockKind.CELL
Part = tuple[BlockKind, str, int, int]
"""Kind, text, level and lead of a block."""


def reading(parts: list[Part], sections: tuple[Section, ...] | None = None, year: int = 2026) -> Reading:
    """A reading whose shown text is its source, of one task section unless said otherwise."""
    text, blocks = "", []
    for kind, words, level, lead in parts:
        blocks.append(Block(kind, len(text), len(text) + len(words), level, lead))
        text += words + "\n"
    whole = (Section(0, -1, 1, SectionKind.TASKS, "重点工作", Span(0, len(text))),)
    metadata = Metadata("报告", "", "", date(year, 1, 5), year, year, Level.DISTRICT, ReportKind.WORK_REPORT)
    shown = ShownText(text, tuple(blocks), (RunMap(0, 0, len(text)),))
    return Reading(Source("a.txt", "", "utf-8", text, ""), metadata, shown, sections or whole, ())


def walk(parts: list[Part], sections: tuple[Section, ...] | None = None) -> list[Line]:
    report = reading(parts, sections)
    return list(lines(report, Partition(report.sections)))


def opening(parts: list[Part]) -> list[str]:
    """The sentences that only lead up to something."""
    return [line.text for line in walk(parts) if line.place.is_opening]


ITEM = (P, "抓好港口。疏浚航道。", 0, 5)


def test_that_sentences_of_paragraphs_come_with_their_places_and_spans() -> None:
    found = walk(
        [
            (H, "一、工作", 1, 0),
            (P, "疏浚,航道。加固海堤。", 0, 0),
            (N, "注释。", 0, 0),
            (C, "单元格。", 0, 0),
        ]
    )
    assert [(line.text, line.span, line.source, line.heading, line.paragraph) for line in found] == [
        ("疏浚，航道。", Span(5, 11), Span(5, 11), "重点工作", 1),
        ("加固海堤。", Span(11, 16), Span(11, 16), "重点工作", 1),
    ]
    assert [line.place.has_more for line in found] == [True, False]
    assert {line.place.year for line in found} == {2026}


def test_that_a_page_break_inside_a_sentence_is_in_its_source_span() -> None:
    report = reading([(P, "疏浚航道。", 0, 0)])
    torn = report._replace(shown=report.shown._replace(runs=(RunMap(0, 0, 2), RunMap(2, 4, 3))))
    (line,) = lines(torn, Partition((Section(0, -1, 1, SectionKind.TASKS, "重点", Span(0, 9)),)))
    assert (line.text, line.span, line.source) == ("疏浚航道。", Span(0, 5), Span(0, 7))


def test_that_only_committing_sections_are_walked_even_within_a_paragraph() -> None:
    sections = (
        Section(0, -1, 1, SectionKind.OUTLOOK, "要求", Span(0, 5)),
        Section(1, -1, 1, SectionKind.GOALS, "目标", Span(5, 10)),
        Section(2, -1, 1, SectionKind.TABLE, "专栏", Span(11, 16)),
    )
    found = walk(
        [(P, "稳中求进。稳定增长。", 0, 0), (P, "疏浚航道。", 0, 0), (P, "没有章节。", 0, 0)], sections
    )
    assert [(line.text, line.place.kind, line.in_table) for line in found] == [
        ("稳定增长。", SectionKind.GOALS, False),
        ("疏浚航道。", SectionKind.TABLE, True),
    ]


def test_that_the_opener_of_a_paragraph_is_a_lead() -> None:
    found = walk([ITEM])
    assert [(line.text, line.place.is_lead) for line in found] == [
        ("抓好港口。", True),
        ("疏浚航道。", False),
    ]


def test_that_an_opener_loses_its_number_and_its_end() -> None:
    found = walk(
        [
            (P, "一是强化政治建设。", 0, 0),
            (P, "2.抓好港口：", 0, 0),
            (P, "（三）抓好航道。", 0, 0),
            (P, "●抓好海堤。", 0, 0),
        ]
    )
    assert [line.opener for line in found] == ["强化政治建设", "抓好港口", "抓好航道", "抓好海堤"]


def test_that_a_short_paragraph_between_a_heading_and_items_leads_up_to_them() -> None:
    assert opening([(H, "一、强港", 1, 0), (P, "坚持陆海统筹。", 0, 0), ITEM]) == ["坚持陆海统筹。"]
    assert opening(
        [(H, "一、强港", 1, 0), (P, "坚持统筹。", 0, 0), (H, "（一）航道", 2, 0), (P, "疏浚。", 0, 0)]
    ) == ["坚持统筹。"]


def test_that_it_does_not_where_nothing_deeper_follows() -> None:
    assert opening([(H, "一、强港", 2, 0), (P, "疏浚航道。", 0, 0), (H, "二、兴城", 2, 0)]) == []
    assert opening([(H, "一、强港", 1, 0), (P, "疏浚航道。", 0, 0), (P, "加固海堤。", 0, 0)]) == []
    assert opening([(P, "疏浚航道。", 0, 0), ITEM, (P, "加固。", 0, 0), ITEM]) == ["疏浚航道。"]
    assert opening([(H, "一、强港", 1, 0), (P, "疏浚航道。", 0, 0), (H, "专栏1 海港工程", 2, 0), ITEM]) == []


def test_that_a_paragraph_of_more_than_three_sentences_says_what_is_to_be_done() -> None:
    assert len(opening([(H, "一、强港", 1, 0), (P, "疏浚。" * 3, 0, 0), ITEM])) == 3
    assert opening([(H, "一、强港", 1, 0), (P, "疏浚。" * 4, 0, 0), ITEM]) == []


def test_that_only_one_paragraph_leads_up_to_items_and_two_to_headings() -> None:
    two = [(P, "坚持统筹。", 0, 0), (P, "疏浚航道。", 0, 0)]
    three = [*two, (P, "加固海堤。", 0, 0)]
    assert opening([(H, "一、强港", 1, 0), *two, ITEM]) == ["坚持统筹。"]
    assert opening([(H, "一、强港", 1, 0), *three, (H, "（一）航道", 2, 0)]) == ["坚持统筹。", "疏浚航道。"]


def test_that_titles_here_and_there_are_not_the_manner_of_a_section() -> None:
    head: list[Part] = [(H, "一、强港", 1, 0), (P, "坚持统筹。", 0, 0), ITEM]
    plain = (P, "加固海堤。", 0, 0)
    assert opening([*head, plain, plain]) == ["坚持统筹。"]
    assert opening([*head, plain, plain, plain]) == []
    assert opening([*head, plain, plain, plain, ITEM, (H, "二、兴城", 1, 0), plain, plain]) == ["坚持统筹。"]


def test_that_a_paragraph_of_more_than_160_characters_says_what_is_to_be_done_but_in_a_plan() -> None:
    just, more = "疏浚" * 79 + "港。", "疏浚" * 80 + "。"
    assert len(opening([(H, "一、强港", 1, 0), (P, just, 0, 0), ITEM])) == 1
    assert opening([(H, "一、强港", 1, 0), (P, more, 0, 0), ITEM]) == []
    report = reading([(H, "一、强港", 1, 0), (P, more, 0, 0), ITEM])
    plan = report._replace(metadata=replace(report.metadata, end_year=2030))
    assert [line.place.is_opening for line in lines(plan, Partition(plan.sections))] == [True, False, False]


def test_that_a_judgement_at_the_head_of_an_opening_is_no_lead() -> None:
    found = walk([(H, "一、强港", 1, 0), (P, "港口是根基。提升能级。", 0, 6), ITEM])
    assert [(line.place.is_opening, line.place.is_lead) for line in found[:2]] == [
        (True, False),
        (True, False),
    ]
    found = walk([(H, "一、强港", 1, 0), (P, "抓好航道。提升能级。", 0, 5), ITEM])
    assert [(line.place.is_opening, line.place.is_lead) for line in found[:2]] == [
        (False, True),
        (False, False),
    ]


def test_that_sentences_before_the_first_of_a_run_lead_up_to_it() -> None:
    found = walk([(P, "建设永远在路上。一是强化政治。学好理论。二是强化法治。", 0, 0)])
    assert [line.place.is_opening for line in found] == [True, False, False, False]
    assert [line.place.has_more for line in found] == [False, True, False, False]


def test_that_further_titles_in_the_manner_of_the_first_are_leads() -> None:
    found = walk([(P, "做强渔业。培育渔企。做优港航。疏浚航道。做优港航、物流和仓储。加固海堤。", 0, 5)])
    assert [line.text for line in found if line.place.is_lead] == ["做强渔业。", "做优港航。"]
    found = walk([(P, "做强渔业。培育渔企。疏浚航道。做实3件。做优港口航道。做优港口航运物流。", 0, 5)])
    assert [line.text for line in found if line.place.is_lead] == ["做强渔业。", "做优港口航道。"]
    found = walk([(P, "培育渔企。培优港航。", 0, 0)])
    assert [line.place.is_lead for line in found] == [False, False]


def test_that_a_numbered_item_ends_the_one_before_it() -> None:
    found = walk([(P, "1.做强渔业。培育渔企。（2）做优港航。疏浚航道。③加固海堤。3.5公里。", 0, 0)])
    assert [line.place.has_more for line in found] == [True, False, True, False, True, False]


@pytest.mark.parametrize(
    "mark",
    [
        "一是",
        "十一要",
        "1.",
        "12、",
        "3．",
        "（3）",
        "（12）",
        "（一）",
        "（十一）",
        *"①⑳●◆■▲★○◇□▶•·",
        "—",
        "——",
    ],
)
def test_that_an_items_title_is_its_words_without_number_or_mark(mark: str) -> None:
    for end in "。：；":
        assert [line.opener for line in walk([(P, f"{mark}抓好港口{end}", 0, 0)])][:1] == ["抓好港口"]


def test_that_what_announces_a_run_is_parted_from_the_first_title() -> None:
    found = walk([(P, "重点抓好三件事：一是做强港航。新增泊位。二是做优渔业。建设鱼塘。", 0, 0)])
    assert [line.text for line in found] == [
        "重点抓好三件事：",
        "一是做强港航。",
        "新增泊位。",
        "二是做优渔业。",
        "建设鱼塘。",
    ]
    assert [line.place.is_opening for line in found] == [True, False, False, False, False]


@pytest.mark.parametrize(
    "text", ["抓好三件事：一是做强港航，新增泊位。", "抓好三件事：一是新增泊位3个以上。"]
)
def test_that_a_run_within_one_sentence_stays_one(text: str) -> None:
    assert [line.text for line in walk([(P, text, 0, 0)])] == [text]


def test_that_a_short_task_followed_by_its_owner_only_is_no_title() -> None:
    (task, owner) = walk([(P, "5.疏浚北岸航道。责任单位：区交通局。", 0, 9)])
    assert (task.place.is_lead, task.place.has_more, owner.text) == (False, False, "责任单位：区交通局。")
    first = walk([(P, "5.疏浚北岸航道。责任单位：区交通局。建设泊位。", 0, 9)])[0]
    assert (first.place.is_lead, first.place.has_more) == (True, True)
