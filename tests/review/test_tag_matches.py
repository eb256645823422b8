"""Which targets, measures and standards of one task are taken for the same."""

from app.domain.spans import Span
from app.domain.tasks import Comparator, Tag, TagKind, Target
from app.review.tag_matching import matched


def figure(
    tag_id: str, start: int, end: int, number: float = 2.0, name: str = "平台", kind: TagKind = TagKind.TARGET
) -> Tag:
    """A tag over a span; without a place where it is empty."""
    spans = (Span(start, end),) if end > start else ()
    value = Target(name, Comparator.EQ, number, number, "个") if kind is TagKind.TARGET else None
    return Tag(tag_id, "", "", kind, spans, tag_id, value)


def told(first: list[Tag], second: list[Tag]) -> list[tuple[str, str]]:
    return [(a.id if a else "", b.id if b else "") for a, b in matched(first, second)]


def test_that_tags_at_one_place_are_the_same_and_those_of_one_value_first() -> None:
    first = [figure("a", 0, 5, 1.0), figure("b", 0, 5, 2.0)]
    assert told(first, [figure("u", 0, 5, 2.0), figure("v", 0, 5, 9.0)]) == [("a", "v"), ("b", "u")]


def test_that_only_tags_of_a_kind_are_matched() -> None:
    other = figure("u", 0, 5, kind=TagKind.MEASURE)
    assert told([figure("a", 0, 5)], [other]) == [("a", ""), ("", "u")]
    assert told([figure("a", 0, 5, kind=TagKind.MEASURE)], [other]) == [("a", "u")]


def test_that_owners_and_deadlines_are_not_matched_one_by_one() -> None:
    assert told([figure("a", 0, 5, kind=TagKind.OWNER)], [figure("u", 0, 5, kind=TagKind.DEADLINE)]) == []


def test_that_the_longest_overlap_goes_first() -> None:
    first = [figure("a", 0, 10), figure("b", 4, 10)]
    assert told(first, [figure("u", 0, 9), figure("v", 5, 11)]) == [("a", "u"), ("b", "v")]


def test_that_an_overlap_of_less_than_half_is_none() -> None:
    assert told([figure("a", 0, 10, 1.0)], [figure("u", 5, 15, 3.0)]) == [("a", "u")]
    assert told([figure("a", 0, 10, 1.0)], [figure("u", 6, 16, 3.0)]) == [("a", ""), ("", "u")]


def test_that_a_target_elsewhere_goes_by_indicator_and_figures() -> None:
    assert told([figure("a", 0, 5)], [figure("u", 50, 55)]) == [("a", "u")]
    assert told([figure("a", 0, 5)], [figure("u", 50, 55, 3.0)]) == [("a", ""), ("", "u")]
    assert told([figure("a", 0, 5)], [figure("u", 50, 55, name="泊位")]) == [("a", ""), ("", "u")]


def test_that_a_target_without_a_place_goes_by_its_indicator() -> None:
    assert told([figure("a", 0, 0)], [figure("u", 50, 55, 3.0)]) == [("a", "u")]
    assert told([figure("a", 0, 0, name="")], [figure("u", 50, 55, 3.0, name="")]) == [("", "u"), ("a", "")]


def test_that_a_tag_without_a_place_goes_by_its_words() -> None:
    first = figure("同", 0, 0, kind=TagKind.MEASURE)
    assert told([first], [figure("同", 0, 0, kind=TagKind.MEASURE)]) == [("同", "同")]
    assert told([first], [figure("异", 0, 0, kind=TagKind.MEASURE)]) == [("同", ""), ("", "异")]


def test_that_matches_stand_in_text_order() -> None:
    found = told(
        [figure("a", 40, 45), figure("b", 0, 0, name="x")], [figure("u", 0, 5, 7.0, "y"), figure("v", 40, 45)]
    )
    assert found == [("", "u"), ("a", "v"), ("b", "")]
