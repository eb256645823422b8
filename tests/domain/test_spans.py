"""Spans, sentences and the map between the shown text and its source."""

import pytest

from app.domain.report import (
    Block,
    BlockKind,
    RunMap,
    Section,
    SectionKind,
    ShownText,
    section_at,
    section_path,
)
from app.domain.sentences import sentence_around
from app.domain.spans import Span, joined
from app.domain.tasks import Deadline, DeadlineKind, Item, Owner, Role, Tag, TagKind, Task


@pytest.mark.parametrize(
    ("other", "overlaps", "contains"),
    [
        (Span(0, 3), False, False),
        (Span(0, 4), True, False),
        (Span(3, 4), True, True),
        (Span(3, 7), True, True),
        (Span(6, 7), True, True),
        (Span(6, 8), True, False),
        (Span(2, 7), True, False),
        (Span(7, 9), False, False),
    ],
)
def test_that_spans_touch_only_where_they_share_a_character(
    other: Span, overlaps: bool, contains: bool
) -> None:
    assert Span(3, 7).overlaps(other) is overlaps
    assert other.overlaps(Span(3, 7)) is overlaps
    assert Span(3, 7).contains(other) is contains


def test_that_joined_spans_are_in_order_without_doubles_and_neighbours_stay_two() -> None:
    assert joined([Span(5, 8), Span(0, 2), Span(5, 8), Span(2, 4)]) == (Span(0, 2), Span(2, 4), Span(5, 8))
    assert joined([Span(3, 6), Span(0, 4)]) == (Span(0, 6),)
    assert joined([Span(0, 9), Span(3, 6)]) == (Span(0, 9),)
    assert joined([]) == ()


LINES = "建好公园。“办好学校！”  修好道路\n  种好树木？"
#        01234 5678901 2 34567 8 9
PARK, SCHOOL, ROADS, TREES = Span(0, 5), Span(5, 12), Span(14, 18), Span(21, 26)


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (0, PARK),
        (4, PARK),
        (5, SCHOOL),
        (11, SCHOOL),
        (12, ROADS),
        (17, ROADS),
        (18, ROADS),
        (19, TREES),
        (21, TREES),
        (25, TREES),
    ],
)
def test_that_a_sentence_has_its_closing_quote_and_no_space_around_it(at: int, sentence: Span) -> None:
    assert sentence_around(LINES, at) == sentence


def test_that_space_at_a_line_s_end_is_no_part_of_its_sentence() -> None:
    assert sentence_around("建好公园  \n种好树木", 1) == Span(0, 4)
    assert sentence_around("  甲 \n", 2) == Span(2, 3)


def test_that_an_empty_line_has_an_empty_sentence() -> None:
    found = sentence_around("甲。\n   \n乙。", 4)
    assert found.start == found.end


# the source "甲 乙丙\n\n丁" is shown as "甲乙丙", a line break that stands for none, "丁"
SHOWN = ShownText("甲乙丙\n丁", (), (RunMap(0, 10, 1), RunMap(1, 12, 2), RunMap(4, 16, 1)))


def test_that_a_shown_character_has_its_source_and_an_inserted_one_none() -> None:
    assert [SHOWN.source_at(i) for i in range(6)] == [10, 12, 13, None, 16, None]
    assert ShownText("乙", (), (RunMap(1, 0, 1),)).source_at(0) is None


@pytest.mark.parametrize(
    ("shown", "source"),
    [
        (Span(0, 1), Span(10, 11)),
        (Span(0, 2), Span(10, 13)),
        (Span(1, 2), Span(12, 13)),
        (Span(2, 3), Span(13, 14)),
        (Span(2, 4), Span(13, 14)),
        (Span(2, 5), Span(13, 17)),
        (Span(3, 5), Span(16, 17)),
        (Span(0, 5), Span(10, 17)),
        (Span(3, 4), None),
        (Span(5, 6), None),
        (Span(1, 1), None),
    ],
)
def test_that_a_shown_span_is_the_source_from_its_first_to_its_last_character(
    shown: Span, source: Span | None
) -> None:
    assert SHOWN.to_source(shown) == source


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (Span(10, 11), Span(0, 1)),
        (Span(11, 12), None),
        (Span(11, 13), Span(1, 2)),
        (Span(13, 14), Span(2, 3)),
        (Span(13, 16), Span(2, 3)),
        (Span(13, 17), Span(2, 5)),
        (Span(0, 99), Span(0, 5)),
        (Span(0, 10), None),
        (Span(14, 16), None),
        (Span(17, 20), None),
    ],
)
def test_that_of_a_source_span_what_is_shown_of_it_is_found(source: Span, shown: Span | None) -> None:
    assert SHOWN.to_shown(source) == shown


def test_that_a_block_stands_in_no_table_unless_told() -> None:
    block = Block(BlockKind.PARAGRAPH, 0, 3)
    assert (block.level, block.lead) == (0, 0)
    assert (block.table, block.row, block.column) == (-1, -1, -1)


SECTIONS = (
    Section(0, -1, 1, SectionKind.TASKS, "一、重点工作", Span(10, 50)),
    Section(1, 0, 2, SectionKind.TASKS, "（一）产业", Span(10, 30)),
    Section(2, 0, 2, SectionKind.TASKS, "（二）民生", Span(30, 50)),
    Section(3, -1, 1, SectionKind.CLOSING, "（结束语）", Span(50, 60)),
)


@pytest.mark.parametrize(
    ("offset", "path"), [(9, []), (10, [0, 1]), (29, [0, 1]), (30, [0, 2]), (49, [0, 2]), (50, [3]), (60, [])]
)
def test_that_the_sections_around_a_place_are_named_from_the_outside_in(offset: int, path: list[int]) -> None:
    assert [section.index for section in section_path(SECTIONS, offset)] == path
    innermost = section_at(SECTIONS, offset)
    assert (innermost.index if innermost else None) == (path[-1] if path else None)


def tag(name: str, kind: TagKind, value: Owner | Deadline | None = None) -> Tag:
    return Tag(name, "layer", "task", kind, (), name, value)


def test_that_an_item_tells_its_lead_its_supporters_and_its_deadlines() -> None:
    lead = tag("lead", TagKind.OWNER, Owner(Role.LEAD, "区教育局"))
    support = tag("support", TagKind.OWNER, Owner(Role.SUPPORT, "区住建局"))
    monthly = tag("monthly", TagKind.DEADLINE, Deadline(DeadlineKind.RECURRING))
    june = tag("june", TagKind.DEADLINE, Deadline(DeadlineKind.EXPLICIT))
    opening = tag("opening", TagKind.DEADLINE, Deadline(DeadlineKind.EVENT))
    task = Task("task", "layer", (Span(7, 9), Span(12, 15)), "建好学校")
    item = Item(task, (support, monthly, june, lead, opening))
    assert item.lead == lead
    assert item.owners(Role.SUPPORT) == (support,)
    assert item.deadlines == (june, opening)
    assert item.deadline == june
    assert item.of_kind(TagKind.OWNER) == (support, lead)
    assert item.start == 7
    assert Item(task, (monthly,)).deadlines == (monthly,)
    bare = Item(Task("t", "layer", (), "议定事项"), ())
    assert (bare.lead, bare.deadline) == (None, None)
    assert bare.start > 1_000_000_000


def test_that_what_is_stored_is_no_suggestion_and_what_is_confirmed_not_open() -> None:
    suggested = Item(Task("t", "layer", (), "甲"), ())
    stored = Item(Task("t", "layer", (), "甲", version=1), ())
    confirmed = Item(Task("t", "layer", (), "甲", is_confirmed=True, version=2), ())
    assert [i.is_suggested for i in (suggested, stored, confirmed)] == [True, False, False]
    assert [i.is_open for i in (suggested, stored, confirmed)] == [True, True, False]
