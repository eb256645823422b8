"""How alike, how near, how long: both sides of what review goes by, and what it does where a value is not read."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.changes import Change, Edit
from app.domain.decisions import Choice, Decision, Field
from app.domain.spans import Span
from app.domain.tasks import Comparator, DeadlineKind, Dismissal, TagKind
from app.review.fields import bounds
from app.review.likeness import most_alike
from app.review.places import is_mostly_shared
from app.review.words import list_seen, told_apart
from tests.review.cases import AT, BING, FINAL, FIRST, SECOND, Office, due, layer_of, owner, tag, task

LETTERS = "abcdefghijklmnopqrstuvwxyz"
OTHERS = LETTERS.upper()


def test_that_texts_are_alike_from_six_tenths_on() -> None:
    first = LETTERS[:23]
    # of 22 and 22 pairs of characters 13 in common are 0.591, 14 are 0.636
    assert most_alike([first], [LETTERS[:14] + OTHERS[:9]]) == []
    assert most_alike([first], [LETTERS[:15] + OTHERS[:8]]) == [(0, 0)]
    assert most_alike([LETTERS[:6]], [LETTERS[:4] + OTHERS[:2]]) == [(0, 0)]


def test_that_what_forty_texts_say_is_still_looked_at_and_what_more_say_is_not() -> None:
    first, same = LETTERS[:20], LETTERS[:19]
    assert len(most_alike([first], [same] * 40)) == 1
    assert most_alike([first], [same] * 41) == []
    assert most_alike([first], [same + OTHERS[:1]] + [LETTERS[:10] + OTHERS[:10]] * 40) == [(0, 0)]


def test_that_a_character_alone_is_like_nothing_but_itself() -> None:
    assert most_alike(["a", "b"], ["b", "c"]) == [(1, 0)]


@pytest.mark.parametrize(
    ("head", "tail", "shown"),
    [
        (6, 6, "abcdef{}uvwxyz"),
        (7, 6, "…bcdefg{}uvwxyz"),
        (6, 7, "abcdef{}tuvwxy…"),
        (10, 10, "…efghij{}qrstuv…"),
        (0, 0, "{}"),
    ],
)
def test_that_texts_are_shown_with_six_characters_around_what_differs(
    head: int, tail: int, shown: str
) -> None:
    first, second = (LETTERS[:head] + word + LETTERS[26 - tail :] for word in ("甲", "乙丙"))
    assert told_apart(first, second) == (shown.format("甲"), shown.format("乙丙"))


def test_that_of_a_text_that_goes_on_the_end_is_shown() -> None:
    assert told_apart(LETTERS[:8], LETTERS[:10]) == ("…cdefgh", "…cdefghij")
    assert told_apart(LETTERS[2:], LETTERS) == ("cdefgh…", "abcdefgh…")
    assert told_apart("a" * 8, "a" * 20) == ("…" + "a" * 6, "…" + "a" * 18)


@pytest.mark.parametrize(("first", "second"), [("", "甲"), ("甲", ""), ("甲乙", "甲乙")])
def test_that_texts_are_shown_whole_where_there_is_nothing_to_tell_apart(first: str, second: str) -> None:
    assert told_apart(first, second) == (first, second)


def test_that_what_repeats_is_not_cut_twice() -> None:
    assert told_apart("甲" * 10, "甲" * 9) == ("…甲甲甲甲甲甲甲", "…甲甲甲甲甲甲")


def test_that_places_are_of_one_thing_from_half_the_shorter_on() -> None:
    long = (Span(0, 50),)
    assert is_mostly_shared(long, (Span(45, 55),))
    assert not is_mostly_shared(long, (Span(46, 56),))
    assert is_mostly_shared((Span(45, 55),), long)
    assert is_mostly_shared((Span(0, 2), Span(10, 12)), (Span(1, 3), Span(11, 13)))


@pytest.mark.parametrize(
    ("comparator", "numbers", "expected"),
    [
        (Comparator.EQ, (), (None, None)),
        (Comparator.GE, (5.0,), (5.0, None)),
        (Comparator.GT, (5.0, 8.0), (5.0, None)),
        (Comparator.LE, (5.0, 8.0), (None, 8.0)),
        (Comparator.LT, (5.0,), (None, 5.0)),
        (Comparator.RANGE, (5.0, 8.0), (5.0, 8.0)),
        (Comparator.EQ, (5.0, 8.0), (5.0, 5.0)),
        (Comparator.ABOUT, (5.0,), (5.0, 5.0)),
    ],
)
def test_that_numbers_under_a_comparator_have_their_open_side(
    comparator: Comparator, numbers: tuple[float, ...], expected: tuple[float | None, float | None]
) -> None:
    assert bounds(comparator, numbers) == expected


def test_that_a_deadline_that_was_not_read_goes_by_its_words() -> None:
    whole = task("x", "新建云港中试平台2个，6月底前完成。")
    unread = tag("d", whole, TagKind.DEADLINE, "6月底前")
    assert list_seen([unread], Field.DEADLINE) == "6月底前"
    read = due("e", whole, "6月底前", date(2026, 6, 30))
    assert list_seen([read], Field.DEADLINE) == "2026-06-30（截止）"
    rolling = due("f", whole, "", None, DeadlineKind.ROLLING)
    assert list_seen([rolling], Field.DEADLINE).endswith("（持续）")
    assert list_seen([read, unread, read], Field.DEADLINE) == "2026-06-30（截止）、6月底前"


def test_that_a_list_is_compared_in_the_same_order_whenever_it_is_read() -> None:
    whole = task("x", "新建云港中试平台2个，6月底前完成。")
    bodies = [owner(name, whole, f"区{name}局") for name in "gebadfc"]
    assert list_seen(bodies, Field.SUPPORT) == "、".join(f"区{name}局" for name in "abcdefg")


# --- by hand


def by_hand(desk: Office, before: Dismissal | None, after: Dismissal | None) -> Change:
    return desk.by_hand(Change("报告", "不采用", (Edit(before, after),)))


def test_that_a_suggestion_dismissed_by_hand_is_a_decision_until_it_is_taken_back() -> None:
    whole = task("x", "新建云港中试平台2个，6月底前完成。")
    desk = Office(layer_of(FIRST, whole), layer_of(SECOND, replace(whole, id="y")))
    by_hand(desk, None, Dismissal("d", FINAL.id, "task:1-2", Span(1, 2), "不算"))
    assert [(d.key, d.choice, d.reason) for d in desk.review.decisions] == [
        ("dismissal:task:1-2", Choice.NEITHER, "不算")
    ]
    desk.check()
    by_hand(desk, desk.review.final.dismissals[0], None)
    assert (desk.review.decisions, desk.review.final.dismissals) == ((), ())
    desk.check()


def test_that_a_dismissal_of_a_layer_that_is_taken_back_by_hand_means_no_decision() -> None:
    whole = task("x", "新建云港中试平台2个，6月底前完成。")
    own = Dismissal("d", FIRST.id, "task:1-2", Span(1, 2), "不算")
    desk = Office(layer_of(FIRST, whole, own), layer_of(SECOND, replace(whole, id="y")))
    (stands,) = desk.review.final.dismissals
    change = desk.review.completed(Change("报告", "恢复", (Edit(stands, None),)), BING, AT)
    assert [edit for edit in change.edits if isinstance(edit.after or edit.before, Decision)] == []
