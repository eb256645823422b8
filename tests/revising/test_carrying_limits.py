"""Where carrying stops: how much must be as it was, how near, how long. Both sides of every limit.

Letters stand for words, each once, so that likeness can be counted; what an edit puts in is of other letters.
"""

import pytest

from app.domain.spans import Span
from app.revising import SURE, Carried, CarriedKind, carry

LETTERS = "".join(map(chr, [*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0x410, 0x450)]))
OTHERS = "".join(map(chr, [*range(0x391, 0x3A2), *range(0x3A3, 0x3CA), *range(0x531, 0x557)]))
MANY = "".join(map(chr, range(0x1400, 0x1400 + 600)))
"""Letters without a case, for long text."""


def one(old: str, new: str, words: str) -> tuple[Carried, str | None]:
    """What becomes of the first place of some words, and what it reads now."""
    at = old.index(words)
    (found,) = carry(old, new, (Span(at, at + len(words)),))
    return found, new[found.span.start : found.span.end] if found.span else None


def between(middle: str) -> str:
    """A sentence between two that stay."""
    return f"首句。{middle}尾句。"


def test_that_a_person_looks_at_what_is_less_than_sure() -> None:
    place = Span(0, 1)
    assert not Carried(CarriedKind.REWORDED, place, place, 0.85).needs_person
    assert Carried(CarriedKind.REWORDED, place, place, 0.849).needs_person
    assert Carried(CarriedKind.REWORDED, place, place, 1.0, is_figure_changed=True).needs_person
    assert Carried(CarriedKind.ORPHANED, place, None, 1.0).needs_person
    assert SURE == 0.85


# --- inside a sentence


@pytest.mark.parametrize(
    ("now", "expected"), [("丙子丑寅卯辰壬癸木火", True), ("丙子丑寅卯辰巳癸木火", False)]
)
def test_that_a_piece_whose_neighbours_changed_keeps_half_its_words(now: str, expected: bool) -> None:
    was = "丙丁戊己庚辛壬癸木火"
    old = between(f"{LETTERS[:20]}{was}{LETTERS[20:40]}。")
    new = between(f"{LETTERS[:19]}甲{now}乙{LETTERS[21:40]}。")
    assert one(old, new, was)[1] == (now if expected else None)


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("甲乙", f"甲{OTHERS[:7]}乙", True),
        ("甲乙", f"甲{OTHERS[:8]}乙", False),
        ("7", "123456", True),
        ("7", "1234567", False),
        ("7", "子", False),
        ("甲", "7", False),
        ("甲", "子", False),
    ],
)
def test_that_new_words_between_the_old_neighbours_are_not_much_longer_and_of_one_sort(
    was: str, now: str, expected: bool
) -> None:
    old = between(f"{LETTERS[:20]}{was}{LETTERS[20:40]}。")
    new = between(f"{LETTERS[:20]}{now}{LETTERS[20:40]}。")
    found, words = one(old, new, was)
    assert words == (now if expected else None)
    assert found.needs_person


# --- looked for by its words


@pytest.mark.parametrize(("changed", "score"), [(5, 0.9), (6, 0.0)])
def test_that_a_piece_is_found_again_by_four_fifths_of_what_is_around(changed: int, score: float) -> None:
    before, behind = LETTERS[:12], LETTERS[12:24]
    behind_now = behind[:2] + OTHERS[:changed] + behind[2 + changed :]
    old = between(f"{LETTERS[30:50]}{before}甲{behind}{LETTERS[50:70]}。")
    new = between(f"{OTHERS[10:40]}{before}甲{behind_now}{OTHERS[40:70]}。")
    found, words = one(old, new, "甲")
    assert (found.score, words) == (score, "甲" if score else None)


@pytest.mark.parametrize(("words", "expected"), [("ABCDE", True), ("ABCD", False)])
def test_that_a_sentence_of_few_characters_is_not_looked_for(words: str, expected: bool) -> None:
    old = f"首句。\n{words}。\n尾句。"
    new = f"首句。\n{OTHERS[:20]}{words}，{OTHERS[20:40]}。尾句。"
    assert one(old, new, words)[1] == (words if expected else None)


@pytest.mark.parametrize(("length", "expected"), [(10_000, True), (10_001, False)])
def test_that_nothing_is_looked_for_in_another_document(length: int, expected: bool) -> None:
    words = LETTERS[:20]
    tail = f"{OTHERS[:20]}{words}，{OTHERS[20:40]}。"
    filler = (MANY * 20)[: length - len(tail)]
    found = one(between(f"{words}。"), between(filler + tail), words)[1]
    assert found == (words if expected else None)


@pytest.mark.parametrize("is_before", [True, False])
@pytest.mark.parametrize(("apart", "expected"), [(1, True), (2, False)])
def test_that_a_clause_set_apart_is_looked_for_two_sentences_around(
    is_before: bool, apart: int, expected: bool
) -> None:
    clause = LETTERS[40:70]
    old = between(f"{LETTERS[:35]}，{clause}，{LETTERS[70:80]}。")
    rest = f"{LETTERS[:35]}，{LETTERS[70:80]}。"
    others = [f"{OTHERS[20 * i : 20 * i + 20]}。" for i in range(apart)]
    sentences = [rest, *others, f"{OTHERS[60:65]}，{clause}，{OTHERS[65:70]}。"]
    new = between("".join(reversed(sentences) if is_before else sentences))
    assert one(old, new, clause[13:17])[1] == (clause[13:17] if expected else None)


def test_that_what_was_taken_out_is_not_found_in_a_sentence_that_was_there_before() -> None:
    stays, words = f"{OTHERS[:10]}{LETTERS[:20]}，{OTHERS[40:60]}。", f"{LETTERS[:20]}。"
    at = len("首句。" + stays)
    (found,) = carry(between(stays + words), between(stays), (Span(at, at + len(words)),))
    assert found.span is None


@pytest.mark.parametrize("left", [slice(3, 6), slice(0, 3)])
def test_that_a_scrap_of_the_words_is_not_what_was_looked_for(left: slice) -> None:
    words = LETTERS[:6]
    old, new = between(f"{OTHERS[:40]}{words}{OTHERS[40:70]}。"), between(f"{words[left]}。")
    assert one(old, new, words)[1] is None
    assert one(old, new, words[left])[1] is None


# --- as it was, inside another sentence


def heading_gone(into: str, heading: str) -> tuple[Carried, str | None]:
    """A heading whose words stand in a new sentence, behind one that stayed where they stood before."""
    stays = "".join(f"{LETTERS[at : at + 10]}。" for at in range(20, 60, 10))
    return one(between(f"\n{heading}\n{stays}"), between(f"\n{stays}{into}"), heading)


def test_that_words_are_found_as_they_were_inside_one_other_sentence_elsewhere() -> None:
    words = LETTERS[:10]
    found, now = heading_gone(f"{OTHERS[:20]}{words}{OTHERS[20:40]}。", words)
    assert (found.kind, found.score, now) == (CarriedKind.MOVED, 1.0, words)
    assert heading_gone(f"{words}{OTHERS[:20]}。", words)[1] == words
    twice = f"{OTHERS[:20]}{words}{OTHERS[20:40]}。{OTHERS[40:60]}{words}{OTHERS[60:70]}。"
    assert heading_gone(twice, words)[0].kind is CarriedKind.ORPHANED


@pytest.mark.parametrize(("words", "expected"), [("ABCDEF", True), ("ABCDE", False)])
def test_that_few_words_are_not_looked_for_elsewhere(words: str, expected: bool) -> None:
    assert heading_gone(f"{OTHERS[:20]}{words}{OTHERS[20:40]}。", words)[1] == (words if expected else None)


def test_that_a_part_of_the_words_is_found_with_them() -> None:
    words = LETTERS[:10]
    old, new = between(f"\n{words}\n中句。"), between(f"{OTHERS[:20]}{words}{OTHERS[20:40]}。中句。")
    found, now = one(old, new, words[2:5])
    assert (found.kind, found.score, now) == (CarriedKind.EXACT, 1.0, words[2:5])


# --- places of several sentences


@pytest.mark.parametrize(("length", "score"), [(22, 0.75), (23, 0.5)])
def test_that_a_place_grows_to_twice_its_length_and_no_further(length: int, score: float) -> None:
    first, second, put_in = f"{LETTERS[:10]}。", f"{LETTERS[10:20]}。", f"{OTHERS[: length - 1]}。"
    found, now = one(between(first + second), between(first + put_in + second), first + second)
    assert (found.kind, found.score) == (CarriedKind.REWORDED, score)
    assert now == (first + put_in + second if score == 0.75 else first)


def test_that_of_sentences_that_changed_places_the_longer_one_stands_for_both() -> None:
    first, second = f"{LETTERS[:10]}。", f"{LETTERS[10:24]}。"
    found, now = one(between(f"{first}{second}中句。"), between(f"{second}中句。{first}"), first + second)
    assert (found.kind, found.score, now) == (CarriedKind.REWORDED, 0.577, second)


def test_that_a_place_half_of_which_is_gone_is_less_sure() -> None:
    first, second = f"{LETTERS[:10]}。", f"{LETTERS[10:24]}。"
    found, now = one(between(first + second), between(first), first + second)
    assert (found.kind, found.score, now) == (CarriedKind.REWORDED, 0.423, first)


def test_that_the_part_of_a_place_that_is_found_weighs_by_its_length() -> None:
    """Eleven of twenty characters, found by a quotation that differs in one of its 23; ten of them are there."""
    first, second = f"{LETTERS[:30]}。", f"{LETTERS[30:60]}。"
    put_together = f"{OTHERS[:10]}{first[:-1]}，{OTHERS[10:60]}。"
    found, now = one(between(first + second), between(put_together), first[20:] + second[:9])
    assert found.score == round((22 / 23 * 11 / 20 + 10 / 20) / 2, 3)
    assert now == first[20:-1]


@pytest.mark.parametrize("old", ["甲 乙。", " \n"])
def test_that_white_space_in_a_sentence_or_without_any_is_nowhere(old: str) -> None:
    at = old.index(" ")
    (found,) = carry(old, "甲乙。", (Span(at, at + 1),))
    assert (found.kind, found.span) == (CarriedKind.ORPHANED, None)
