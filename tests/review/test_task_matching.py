"""Which tasks of two layers are taken for the same."""

import pytest

from app.domain.spans import Span
from app.domain.tasks import Task
from app.review import Pair, pairs
from app.review.likeness import most_alike
from app.review.places import overlapping
from tests.review.cases import FIRST, SECOND, layer_of, task

Told = list[tuple[list[str], list[str]]]


def told(first: list[Task], second: list[Task]) -> Told:
    """The pairs of two layers with these tasks, by ids."""
    found = pairs(layer_of(FIRST, *first), layer_of(SECOND, *second))
    return [([e.task.id for e in p.first], [e.task.id for e in p.second]) for p in found]


def over(task_id: str, *bounds: int) -> Task:
    """A task over spans of these bounds."""
    spans = tuple(Span(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True))
    return Task(task_id, "", spans, "题", f"原文{task_id}")


def test_that_tasks_at_the_same_place_are_the_same() -> None:
    assert told([over("x", 0, 10), over("y", 10, 20)], [over("u", 10, 20), over("v", 0, 10)]) == [
        (["x"], ["v"]),
        (["y"], ["u"]),
    ]


def test_that_a_task_with_the_same_id_is_the_same_wherever_it_is() -> None:
    assert told([over("x", 0, 10), over("y", 10, 20)], [over("x", 10, 20), over("y", 0, 10)]) == [
        (["x"], ["x"]),
        (["y"], ["y"]),
    ]


@pytest.mark.parametrize("bounds", [(2, 10), (0, 8), (3, 14), (0, 20), (5, 10), (0, 5)])
def test_that_a_task_that_slipped_is_the_same(bounds: tuple[int, int]) -> None:
    assert told([over("x", 0, 10)], [over("u", *bounds)]) == [(["x"], ["u"])]


@pytest.mark.parametrize("bounds", [(10, 20), (6, 16), (30, 40)])
def test_that_tasks_that_share_less_than_half_are_two(bounds: tuple[int, int]) -> None:
    assert told([over("x", 0, 10)], [over("u", *bounds)]) == [(["x"], []), ([], ["u"])]


def test_that_half_of_the_shorter_one_is_enough() -> None:
    assert told([over("x", 0, 10)], [over("u", 5, 15)]) == [(["x"], ["u"])]
    assert told([over("x", 0, 10)], [over("u", 6, 15)]) == [(["x"], []), ([], ["u"])]


def test_that_a_slip_into_the_neighbour_does_not_draw_it_in() -> None:
    first = [over("x", 0, 50), over("y", 50, 100)]
    assert told(first, [over("u", 0, 52), over("v", 52, 100)]) == [(["x"], ["u"]), (["y"], ["v"])]


def test_that_a_task_split_by_the_other_side_stands_against_all_its_parts() -> None:
    assert told([over("x", 0, 50)], [over("u", 0, 20), over("v", 20, 50)]) == [(["x"], ["u", "v"])]


def test_that_tasks_merged_by_the_other_side_stand_against_it_together() -> None:
    first = [over("x", 0, 20), over("y", 30, 50), over("z", 60, 70)]
    assert told(first, [over("u", 0, 20, 30, 50)]) == [(["x", "y"], ["u"]), (["z"], [])]


def test_that_tasks_cut_in_other_places_are_one_group() -> None:
    first = [over("x", 0, 20), over("y", 20, 50)]
    assert told(first, [over("u", 0, 40), over("v", 40, 50)]) == [(["x", "y"], ["u", "v"])]


def test_that_of_two_at_one_place_the_first_goes_with_the_first() -> None:
    first, second = [over("x", 0, 9), over("y", 0, 9)], [over("u", 0, 9), over("v", 0, 9), over("z", 0, 9)]
    assert told(first, second) == [(["x"], ["u"]), (["y"], ["v"]), ([], ["z"])]


def test_that_tasks_without_a_place_go_by_their_words() -> None:
    first = [task("x", "会议定的一件大事", FIRST), task("y", "另外补充的事项", FIRST)]
    second = [task("u", "另外补充的 事项", SECOND), task("v", "毫不相干", SECOND)]
    assert told(first, second) == [([], ["v"]), (["x"], []), (["y"], ["u"])]


def test_that_words_much_alike_are_enough_without_a_place_and_the_most_alike_goes_first() -> None:
    first = [task("x", "尽快研究出台港口扶持办法", FIRST)]
    second = [task("u", "研究出台港口扶持政策", SECOND), task("v", "尽快研究出台港口扶持措施", SECOND)]
    assert told(first, second) == [([], ["u"]), (["x"], ["v"])]


def test_that_a_task_with_a_place_goes_by_words_with_one_without() -> None:
    assert told([over("x", 0, 10)], [task("u", "原文x", SECOND)]) == [(["x"], ["u"])]


def test_that_the_same_words_at_two_places_are_two_tasks() -> None:
    again = Task("u", "", (Span(40, 50),), "题", "原文x")
    assert told([over("x", 0, 10)], [again]) == [(["x"], []), ([], ["u"])]


def test_that_pairs_stand_in_text_order_those_without_a_place_last() -> None:
    found = told([over("x", 40, 50), task("y", "会上定的")], [over("u", 0, 10), over("v", 41, 50)])
    assert found == [([], ["u"]), (["x"], ["v"]), (["y"], [])]


def test_that_with_one_layer_every_task_stands_alone() -> None:
    found = pairs(layer_of(FIRST, over("x", 0, 10), over("y", 0, 10)), None)
    assert [(p.key, p.start, p.is_twofold, p.is_divided) for p in found] == [
        ("x", 0, False, False),
        ("y", 0, False, False),
    ]


def test_that_a_pair_goes_by_its_first_sides_first_task() -> None:
    (pair,) = pairs(layer_of(FIRST, over("x", 5, 50)), layer_of(SECOND, over("u", 0, 20), over("v", 20, 50)))
    assert (pair.key, pair.start, pair.is_twofold, pair.is_divided) == ("x", 0, True, True)
    assert Pair((), pair.second).key == "u"
    assert not Pair(pair.first, pair.second[:1]).is_divided


# --- likeness and overlap


def test_that_equal_texts_go_together_before_texts_alike() -> None:
    assert most_alike(["港口扶持办法", "港口扶持办法二"], ["港口扶持办法二"]) == [(1, 0)]
    assert most_alike(["", "  "], ["", " "]) == []
    assert most_alike(["同一句", "同一句"], ["同一句"]) == [(0, 0)]


def test_that_texts_less_alike_than_the_bound_do_not_go_together() -> None:
    # of 5 and 5 pairs of characters 3 in common are 0.6, 2 are 0.4
    assert most_alike(["一二三四五六"], ["一二三四七八"]) == [(0, 0)]
    assert most_alike(["一二三四五六"], ["一二三七八九"]) == []


def test_that_overlaps_are_found_also_under_a_span_that_reaches_over_many() -> None:
    ours = [(Span(0, 100),), (Span(50, 60), Span(70, 71))]
    theirs = [(Span(0, 1),), (Span(59, 70),), (Span(60, 70),), (Span(100, 110),), ()]
    assert overlapping(ours, theirs) == {(0, 0), (0, 1), (0, 2), (1, 1)}
