"""Which sentence is which: how alike, where, and what is told of it. Letters stand for words, each once."""

import pytest

from app.revising import Comparison, DiffKind, sentence_diffs
from app.revising.units import units_of

LETTERS = "".join(map(chr, [*range(0x1400, 0x1400 + 600)]))
STAYS = [f"{LETTERS[at : at + 9]}。" for at in range(400, 490, 10)]


def told(old: str, new: str) -> list[tuple[str, str, str]]:
    """Each sentence that is not the same, with its words in both versions."""
    return [
        (
            d.kind.value,
            old[d.old.start : d.old.end] if d.old else "",
            new[d.new.start : d.new.end] if d.new else "",
        )
        for d in sentence_diffs(Comparison(old, new))
        if d.kind is not DiffKind.SAME
    ]


def versions(length: int, length_now: int, kept: int) -> tuple[str, str]:
    """A sentence and another one of so many characters, of which so many are the same."""
    now = f"{LETTERS[: kept - 1]}{LETTERS[length : length + length_now - kept]}。"
    return f"{LETTERS[: length - 1]}。", now


# --- how alike


@pytest.mark.parametrize(
    ("lengths", "kinds"), [((91, 98, 52), ["changed"]), ((80, 84, 45), ["added", "removed"])]
)
def test_that_sentences_between_the_same_neighbours_are_versions_from_55_hundredths_on(
    lengths: tuple[int, int, int], kinds: list[str]
) -> None:
    was, now = versions(*lengths)
    assert [kind for kind, *_ in told(f"首句。{was}尾句。", f"首句。{now}尾句。")] == kinds


@pytest.mark.parametrize(
    ("lengths", "kinds"), [((100, 100, 70), ["moved"]), ((101, 100, 70), ["removed", "added"])]
)
def test_that_sentences_that_stand_apart_are_versions_from_70_hundredths_on(
    lengths: tuple[int, int, int], kinds: list[str]
) -> None:
    was, now = versions(*lengths)
    stays = "".join(STAYS)
    assert [kind for kind, *_ in told(f"首句。{was}{stays}", f"首句。{stays}{now}")] == kinds


def test_that_of_two_versions_the_one_more_alike_is_taken_and_the_other_is_new() -> None:
    was, now, less = f"{LETTERS[:19]}。", f"{LETTERS[:17]}。", f"{LETTERS[:14]}。"
    assert told(f"首句。{was}尾句。", f"首句。{less}{now}尾句。") == [
        ("added", "", less),
        ("changed", was, now),
    ]
    assert told(f"首句。{less}{now}尾句。", f"首句。{was}尾句。") == [
        ("removed", less, ""),
        ("changed", now, was),
    ]


def test_that_of_two_versions_as_much_alike_the_one_in_its_place_is_taken() -> None:
    was, one, other = (f"{LETTERS[:15]}{LETTERS[at : at + 5]}。" for at in (20, 30, 40))
    old = f"首句。{''.join(STAYS)}{was}尾句。"
    assert told(old, f"首句。{one}{''.join(STAYS)}{other}尾句。") == [
        ("added", "", one),
        ("changed", was, other),
    ]
    at_front = f"首句。{was}{''.join(STAYS)}尾句。"
    assert told(at_front, f"首句。{one}{''.join(STAYS)}{other}尾句。") == [
        ("changed", was, one),
        ("added", "", other),
    ]


def test_that_of_two_versions_elsewhere_as_much_alike_the_nearer_one_is_taken() -> None:
    was, one, other = (f"{LETTERS[:15]}{LETTERS[at : at + 5]}。" for at in (20, 30, 40))
    far, near = "".join(STAYS[:6]), "".join(STAYS[6:])
    old = f"首句。{far}{was}{near}尾句。"
    assert told(old, f"首句。{one}{far}{near}{other}尾句。") == [
        ("added", "", one),
        ("moved", was, other),
    ]


# --- the same


@pytest.mark.parametrize("words", ["有序推进。", "好。"])
def test_that_of_many_that_read_the_same_and_moved_the_first_is_the_first(words: str) -> None:
    stays = "".join(STAYS)
    pairs = Comparison(f"首句。{words * 6}{stays}", f"首句。{stays}{words * 6}").pairing.by_old
    assert [pairs[i].new for i in range(1, 7)] == [10, 11, 12, 13, 14, 15]
    assert all(pairs[i].is_moved and pairs[i].score == 1.0 for i in range(1, 7))


@pytest.mark.parametrize("words", ["有序推进。", "好。"])
def test_that_what_stands_between_its_neighbours_is_not_taken_for_the_same_words_elsewhere(
    words: str,
) -> None:
    gone, put_in, also = (f"{LETTERS[at : at + 9]}。" for at in (0, 10, 20))
    before, behind = "".join(STAYS[:5]), "".join(STAYS[5:])
    old = f"首句。{before}{gone}{words}{behind}尾句。"
    new = f"首句。{words}{before}{words}{put_in}{also}{behind}尾句。"
    assert told(old, new) == [
        ("added", "", words),
        ("removed", gone, ""),
        ("added", "", put_in),
        ("added", "", also),
    ]


def test_that_a_sentence_at_the_next_ones_place_has_moved() -> None:
    words, put_in = f"{LETTERS[:9]}。", f"{LETTERS[10:30]}。"
    stays = STAYS[0] + STAYS[1] + STAYS[2]
    assert told(f"首句。{words}{stays}", f"首句。{stays}{words}{put_in}")[0] == ("moved", words, words)
    assert told(f"首句。{stays}{words}{put_in}", f"首句。{words}{stays}")[0] == ("moved", words, words)


# --- cells of figures


@pytest.mark.parametrize(
    ("cell", "is_figure"),
    [
        ("1.5", True),
        ("约定为5", True),
        ("约定是为5", False),
        ("5个百分点好", True),
        ("5个百分点好了", False),
        ("若干", False),
    ],
)
def test_that_a_cell_is_held_by_its_place_if_it_is_hardly_more_than_a_figure(
    cell: str, is_figure: bool
) -> None:
    for was, now in ((cell, "99"), ("99", cell)):
        kinds = [kind for kind, *_ in told(f"表\n{was}\n预期性\n", f"表\n{now}\n预期性\n")]
        assert kinds == (["changed"] if is_figure else ["added", "removed"])


def test_that_cells_side_by_side_keep_their_places_only_if_all_are_figures_and_as_many() -> None:
    assert told("表\n1\n2\n预期性\n", "表\n77\n88\n预期性\n") == [
        ("changed", "1", "77"),
        ("changed", "2", "88"),
    ]
    for now in ("77\n88\n99", "77", "77\n若干"):
        assert "changed" not in [kind for kind, *_ in told("表\n1\n2\n预期性\n", f"表\n{now}\n预期性\n")]
    assert "changed" not in [kind for kind, *_ in told("表\n1\n若干\n预期性\n", "表\n77\n88\n预期性\n")]


# --- sentences


@pytest.mark.parametrize(("length", "count"), [(25, 2), (26, 1)])
def test_that_a_line_without_a_stop_is_a_heading_up_to_25_characters(length: int, count: int) -> None:
    assert len(units_of(f"{LETTERS[:length]}\n完成整修。").words) == count


@pytest.mark.parametrize(("length", "count"), [(60, 2), (61, 1)])
def test_that_a_numbered_line_without_a_stop_is_a_heading_up_to_60_characters(
    length: int, count: int
) -> None:
    assert len(units_of(f"一、{LETTERS[: length - 2]}\n完成整修。").words) == count


@pytest.mark.parametrize("mark", "。！？；：…”’」』）】")
def test_that_a_long_line_that_ends_in_a_mark_does_not_go_on(mark: str) -> None:
    assert len(units_of(f"{LETTERS[:40]}{mark}\n完成整修。").words) == 2


def test_that_the_last_line_is_a_sentence_as_it_is() -> None:
    assert units_of(f"首句。\n{LETTERS[:40]}").words == ["首句。", LETTERS[:40]]


@pytest.mark.parametrize("number", ["一、", "（十二）", "十）", "（二十三、", "第三章", "第十二节", "第二部"])
def test_that_a_number_begins_a_sentence(number: str) -> None:
    assert units_of(f"{LETTERS[:40]}\n{number}培育企业").words == [LETTERS[:40], f"{number}培育企业"]


@pytest.mark.parametrize("words", ["二十三个一、", "第三批", "一是"])
def test_that_other_words_go_on(words: str) -> None:
    assert units_of(f"{LETTERS[:40]}\n{words}").words == [f"{LETTERS[:40]}{words}"]


def test_that_marks_and_digits_have_one_form_and_white_space_none() -> None:
    assert (
        units_of("甲,乙:丙;丁!戊?(己)％．０１２３４５６７８９").plain
        == "甲，乙：丙；丁！戊？（己）%.0123456789"
    )
    assert units_of("　甲\u3000 乙\t丙\n").words == ["甲乙", "丙"]


@pytest.mark.parametrize("mark", "。！？；")
def test_that_a_sentence_ends_with_a_stop_and_the_marks_that_close_it(mark: str) -> None:
    assert units_of(f"“甲{mark}”乙{mark}）丙").words == [f"“甲{mark}”", f"乙{mark}）", "丙"]


@pytest.mark.parametrize("mark", "”’」』）】")
def test_that_every_closing_mark_belongs_to_its_sentence(mark: str) -> None:
    assert units_of(f"甲。{mark}{mark}乙").words == [f"甲。{mark}{mark}", "乙"]
