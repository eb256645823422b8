"""Which marks two layers have in one text, and the numbers of their tasks."""

from dataclasses import replace

from app.domain.contents import Contents
from app.domain.marks import TASK, Mark
from app.domain.spans import Span
from app.domain.tasks import Comparator, TagKind
from app.review import compare, pairs
from app.ui.review.marks import aliases, numbers_of, side_marks, tag_words
from tests.ui.fake_workspace import SENTENCES, span_of
from tests.ui.review_samples import LI, ZHANG, Layers, first, second


def marks_of(one: Contents, other: Contents) -> list[Mark]:
    return side_marks(pairs(one, other), aliases(compare(one, other)))


def kinds_at(marks: list[Mark], words: str) -> set[str]:
    place = span_of(words)
    return {m.kind for m in marks if (m.start, m.end) == place}


def test_that_what_both_have_is_the_same_on_both_sides() -> None:
    marks = marks_of(first(), second())
    assert kinds_at(marks, "20家以上") == {"first:same", "second:same"}
    assert kinds_at(marks, "区科技局") == {"first:same", "second:same"}


def test_that_what_only_one_side_has_keeps_its_kind_on_that_side() -> None:
    marks = marks_of(first(), second())
    assert kinds_at(marks, "40项") == {"first:target"}
    assert kinds_at(marks, "年底前") == {"first:deadline"}
    back = marks_of(second(), first())
    assert kinds_at(back, "40项") == {"second:target"}


def test_that_another_value_or_place_is_shown_on_both_sides() -> None:
    marks = marks_of(first(), second())
    assert kinds_at(marks, "达到45亿元左右") == {"first:target"}
    assert kinds_at(marks, "达到45亿元") == {"second:target"}


def test_that_the_same_value_over_a_slipped_place_is_the_same() -> None:
    one, other = Layers("a", ZHANG), Layers("b", LI)
    for made, words in ((one, "超过300家"), (other, "300家")):
        made.target(made.task(0), words, "高新技术企业", Comparator.GT, 300, "家")
    marks = marks_of(one.contents(), other.contents())
    assert kinds_at(marks, "超过300家") == {"first:same"}
    assert kinds_at(marks, "300家") == {"second:same"}


def test_that_another_kind_on_the_same_words_is_not_the_same() -> None:
    one, other = Layers("a", ZHANG), Layers("b", LI)
    for made, kind in ((one, TagKind.MEASURE), (other, TagKind.STANDARD)):
        made.tag(made.task(3), kind, "隐性门槛", None)
    marks = marks_of(one.contents(), other.contents())
    assert kinds_at(marks, "隐性门槛") == {"first:measure", "second:standard"}


def test_that_both_marks_of_a_difference_are_current_together() -> None:
    differences = compare(first(), second())
    same_as = aliases(differences)
    assert same_as["b-1-达到45亿元"] == "a-1-达到45亿元左右"
    marks = marks_of(first(), second())
    figures = [m for m in marks if m.kind.endswith(":target") and m.start == span_of("达到45亿元").start]
    assert [m.id for m in figures] == ["a-1-达到45亿元左右"] * 2
    assert "a-2-40项" not in same_as.values()


def test_that_every_mark_belongs_to_the_task_of_its_row() -> None:
    marks = marks_of(first(), second())
    assert {m.task_id for m in marks} == {"a-0", "a-1", "a-2", "a-3", "a-4", "b-5"}


def test_that_each_work_is_one_task_for_the_margin() -> None:
    tasks = [m for m in marks_of(first(), second()) if m.kind == TASK]
    assert [(m.id, m.task_id) for m in tasks] == [(i, i) for i in ("a-0", "a-1", "a-2", "a-3", "a-4", "b-5")]
    assert tasks[5][3:5] == span_of(SENTENCES[5])


def test_that_corners_stand_where_the_sides_cut_the_work_differently() -> None:
    marks = [m for m in marks_of(first(), second()) if m.kind in {"first:task", "second:task"}]
    whole = span_of(SENTENCES[3])
    assert [(m.kind, m.id, m.task_id, m.start, m.end) for m in marks] == [
        ("first:task", "a-3", "a-3", *whole),
        ("second:task", "b-3", "a-3", whole.start, whole.end - 1),
        ("second:task", "b-5", "b-5", *span_of(SENTENCES[5])),
    ]


def test_that_the_parts_of_a_split_have_corners_and_one_row() -> None:
    one, other = Layers("a", ZHANG), Layers("b", LI)
    one.task(4)
    whole = span_of(SENTENCES[4])
    middle = whole.start + 15
    for name, span in (("left", Span(whole.start, middle)), ("right", Span(middle, whole.end))):
        other.task(4, spans=(span,), name=name)
    marks = marks_of(one.contents(), other.contents())
    assert [(m.kind, m.task_id) for m in marks] == [
        (TASK, "a-4"),
        ("first:task", "a-4"),
        ("second:task", "a-4"),
        ("second:task", "a-4"),
    ]


def test_that_nothing_is_marked_as_only_suggested() -> None:
    assert not any(m.is_suggested for m in marks_of(first(), second()))


def test_that_one_work_has_one_number_on_both_sides() -> None:
    numbers = numbers_of(pairs(first(), second()), {})
    assert [numbers[i] for i in ("a-0", "a-1", "a-2", "a-3", "a-4", "b-5")] == [1, 2, 3, 4, 5, 6]
    assert [numbers[i] for i in ("b-0", "b-1", "b-2", "b-3", "b-4")] == [1, 2, 3, 4, 5]


def test_that_a_number_that_has_gone_out_stands_still() -> None:
    numbers = numbers_of(pairs(first(), second()), {"a-2": 1, "a-0": 7})
    assert [numbers[i] for i in ("a-0", "a-1", "a-2", "a-3", "a-4", "b-5")] == [7, 8, 1, 9, 10, 11]


def test_that_a_task_has_the_number_under_which_its_suggestion_went_out() -> None:
    one = first()
    tasks = tuple(replace(task, origin=f"s-{task.id}") for task in one.tasks)
    numbers = numbers_of(pairs(replace(one, tasks=tasks), second()), {"s-a-1": 3})
    assert (numbers["a-1"], numbers["b-1"]) == (3, 3)


def test_that_the_words_of_tags_with_a_place_are_known() -> None:
    words = tag_words([first().tags, second().tags])
    assert words["a-1-达到45亿元左右"] == "达到45亿元左右"
    assert words["b-1-达到45亿元"] == "达到45亿元"
    assert "a-1-区科技局" not in words
