"""The marks of a stretch, the hits of a search, the lanes of a line."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.marks import TASK, Mark
from app.domain.spans import Span
from app.ui.views.report_lines import HIT, Line, Place, in_order, lanes_of, lines_under, rows_of
from app.ui.views.report_marks import MarkIndex
from app.ui.views.report_search import Hits

SPANS = st.tuples(st.integers(0, 300), st.sampled_from([1, 2, 5, 30, 4000, 4001, 9000])).map(
    lambda pair: Span(pair[0], pair[0] + pair[1])
)


def _mark(number: int, span: Span) -> Mark:
    return Mark(f"m{number}", "t", "target", span.start, span.end, is_suggested=False)


def _place(start: int, end: int, kind: str = "target", name: str = "") -> Place:
    return Place(
        Mark(name or f"{start}-{end}", "t", kind, start, end, is_suggested=False), start, end, True, True
    )


@given(spans=st.lists(SPANS, max_size=30), wanted=SPANS, gone=st.sets(st.integers(0, 29)))
def test_that_just_the_marks_that_touch_a_span_are_found(
    spans: list[Span], wanted: Span, gone: set[int]
) -> None:
    marks = [_mark(number, span) for number, span in enumerate(spans)]
    index = MarkIndex(marks[::2])
    for mark in marks[1::2]:
        index.add(mark)
    for number in gone & set(range(len(marks))):
        index.discard(marks[number])
    left = [mark for number, mark in enumerate(marks) if number not in gone]
    expected = sorted(m for m in left if Span(m.start, m.end).overlaps(wanted))
    assert sorted(index.within(wanted)) == expected
    assert len(index) == len(left)
    assert sorted(index.of_task("t")) == sorted(left)


def test_that_the_marks_of_a_task_come_in_text_order() -> None:
    index = MarkIndex([_mark(1, Span(50, 60)), _mark(2, Span(10, 20))])
    index.add(Mark("other", "u", "target", 0, 5, is_suggested=False))
    assert [mark.id for mark in index.of_task("t")] == ["m2", "m1"]


def test_that_forgetting_an_unknown_mark_changes_nothing() -> None:
    index = MarkIndex([_mark(1, Span(5, 9))])
    index.discard(_mark(2, Span(5, 9)))
    index.discard(_mark(3, Span(7, 9)))
    assert [mark.id for mark in index.within(Span(0, 10))] == ["m1"]


def test_that_a_search_finds_every_place_whatever_the_case() -> None:
    hits = Hits("AI产业，ai应用，Ai", " ai ")
    assert len(hits) == 3
    assert hits.within(Span(0, 1)) == [Span(0, 2)]
    assert hits.within(Span(1, 6)) == [Span(0, 2), Span(5, 7)]
    assert hits.within(Span(2, 5)) == []
    assert [hits.after(offset) for offset in (0, 1, 5, 6, 11)] == [
        Span(0, 2),
        Span(5, 7),
        Span(5, 7),
        Span(10, 12),
        Span(0, 2),
    ]
    assert [hits.before(offset) for offset in (12, 10, 5, 0)] == [
        Span(10, 12),
        Span(5, 7),
        Span(0, 2),
        Span(10, 12),
    ]


def test_that_search_takes_its_wish_literally() -> None:
    assert len(Hits("a.b axb", "a.b")) == 1


def test_that_an_empty_search_finds_nothing() -> None:
    hits = Hits("text", "  ")
    assert (len(hits), hits.after(0), hits.before(0), hits.within(Span(0, 4))) == (0, None, None, [])


@given(spans=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=3))
def test_that_up_to_four_tags_that_overlap_lie_in_different_lanes(spans: list[tuple[int, int]]) -> None:
    row = in_order([_place(a, a + length, name=str(n)) for n, (a, length) in enumerate(spans)])
    lanes = lanes_of(row)
    for n, (one, lane) in enumerate(zip(row, lanes, strict=True)):
        for other, other_lane in list(zip(row, lanes, strict=True))[n + 1 :]:
            if Span(one.start, one.end).overlaps(Span(other.start, other.end)):
                assert lane != other_lane


def test_that_a_lane_is_free_again_where_its_tag_ends() -> None:
    assert lanes_of([_place(0, 10), _place(2, 5), _place(5, 8), _place(10, 12)]) == [0, 1, 1, 0]


def test_that_a_fifth_tag_shares_the_first_lane() -> None:
    assert lanes_of([_place(0, 9, name=str(n)) for n in range(5)]) == [0, 1, 2, 3, 0]


def test_that_tasks_and_hits_take_no_lane() -> None:
    assert lanes_of([_place(0, 9, TASK), _place(0, 9, HIT), _place(0, 9)]) == [0, 0, 0]


def test_that_tasks_are_painted_first_then_hits_then_tags_the_outer_before_the_inner() -> None:
    tag, inner, hit, task = _place(3, 9), _place(3, 5), _place(4, 6, HIT), _place(8, 9, TASK)
    assert in_order([inner, tag, hit, task]) == [task, hit, tag, inner]


def test_that_a_place_lies_on_the_lines_it_touches_and_no_other() -> None:
    lines = [Line(0, 10, 0, 0), Line(10, 20, 0, 0), Line(20, 25, 0, 0)]
    starts = [line.start for line in lines]
    ranges = {(0, 1): [0], (9, 10): [0], (9, 11): [0, 1], (10, 11): [1], (5, 25): [0, 1, 2], (24, 25): [2]}
    assert {span: list(lines_under(_place(*span), starts)) for span in ranges} == ranges
    place = _place(9, 11)
    assert rows_of(lines, [place]) == [[place], [place], []]
