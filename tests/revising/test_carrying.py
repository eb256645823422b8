"""Places carried to the next version of a text: to the right one, and never silently where a figure changed."""

from pathlib import Path

import pytest

from app.domain.spans import Span
from app.revising import SURE, Carried, CarriedKind, Comparison, carry
from tests.revising.edited import Edited, edited, spans_of

SEEDS = Path(__file__).parents[2] / "seeds"
SHARED = Path(__file__).parents[2] / ".." / "shared" / "seeds"
OLD = (
    "云港区2026年工作要点\n一、主要任务\n新建小学5所，改造老旧小区30个。6月底前完成望海街道路整修，投资超过2亿元。"
    "推进港口数字化改造，培育海洋经济企业。健全基层治理体系，提升办事效率。\n"
)


def one(new: str, words: str, old: str = OLD) -> Carried:
    """What becomes of the first place of some words."""
    at = old.index(words)
    (found,) = carry(old, new, (Span(at, at + len(words)),))
    return found


def words_of(found: Carried, new: str) -> str:
    assert found.span is not None
    return new[found.span.start : found.span.end]


# --- what stays


def test_that_everything_stays_where_nothing_changed() -> None:
    spans = spans_of(OLD, 40, 1)
    for span, found in zip(spans, carry(OLD, OLD, spans), strict=True):
        if OLD[span.start : span.end].strip():
            assert (found.kind, found.score, found.needs_person) == (CarriedKind.EXACT, 1.0, False)
            assert found.span is not None
            assert words_of(found, OLD) == OLD[span.start : span.end].strip()


def test_that_a_place_moves_with_what_is_put_before_it() -> None:
    new = OLD.replace("一、", "前言。\n一、")
    found = one(new, "30个")
    assert found == Carried(
        CarriedKind.EXACT,
        Span(OLD.index("30个"), OLD.index("30个") + 3),
        found.span,
        1.0,
        False,
        ("30",),
        ("30",),
    )
    assert words_of(found, new) == "30个"


def test_that_a_moved_sentence_takes_its_places_along() -> None:
    sentence = "推进港口数字化改造，培育海洋经济企业。"
    new = OLD.replace(sentence, "").replace("新建小学", sentence + "新建小学")
    found = one(new, "培育海洋经济企业")
    assert (found.kind, found.score, found.needs_person) == (CarriedKind.MOVED, 1.0, False)
    assert words_of(found, new) == "培育海洋经济企业"


def test_that_line_breaks_and_spaces_of_another_file_change_nothing() -> None:
    new = OLD.replace("整修，", "整\n修， ").replace("投资超过2亿元", "投资超过 2 亿元")
    found = one(new, "投资超过2亿元")
    assert (found.kind, found.is_figure_changed) == (CarriedKind.EXACT, False)
    assert words_of(found, new) == "投资超过 2 亿元"


def test_that_the_form_of_a_mark_or_digit_changes_nothing() -> None:
    new = OLD.replace("，", ",").replace("2亿元", "２亿元").replace("小学5所", "小学５所")
    found = one(new, "新建小学5所，改造老旧小区30个。")
    assert (found.kind, found.score, found.needs_person) == (CarriedKind.EXACT, 1.0, False)
    assert words_of(found, new) == "新建小学５所,改造老旧小区30个。"


def test_that_a_place_of_several_sentences_is_carried_as_one() -> None:
    words = "新建小学5所，改造老旧小区30个。6月底前完成望海街道路整修，投资超过2亿元。"
    new = OLD.replace("改造老旧小区", "新改造老旧小区")
    found = one(new, words)
    assert found.kind is CarriedKind.REWORDED
    assert words_of(found, new) == words.replace("改造老旧小区", "新改造老旧小区")


# --- what changed its words


def test_that_a_reworded_sentence_keeps_its_places_with_a_score() -> None:
    new = OLD.replace("推进港口数字化改造", "加快推进港口数字化改造")
    found = one(new, "推进港口数字化改造，培育海洋经济企业。")
    assert (found.kind, found.score, found.needs_person) == (CarriedKind.EXACT, 0.975, False)
    assert words_of(found, new) == "推进港口数字化改造，培育海洋经济企业。"


def test_that_a_sentence_takes_in_what_is_put_before_it_and_behind() -> None:
    new = OLD.replace("推进港口数字化改造", "加快推进港口数字化改造").replace("经济企业。", "经济企业集群。")
    words = "推进港口数字化改造，培育海洋经济企业。"
    at = OLD.index(words)
    comparison = Comparison(OLD, new)
    whole, part = (Span(at, at + len(words)), Span(at + 2, at + len(words) - 1))
    (found,) = comparison.carried((whole,), by_sentence=True)
    assert words_of(found, new) == "加快推进港口数字化改造，培育海洋经济企业集群。"
    assert (found.kind, SURE <= found.score < 1, found.needs_person) == (CarriedKind.REWORDED, True, False)
    (found,) = comparison.carried((part,), by_sentence=True)
    assert words_of(found, new) == "港口数字化改造，培育海洋经济企业"


def test_that_a_hardly_recognised_sentence_wants_a_person() -> None:
    new = OLD.replace("推进港口数字化改造，培育海洋经济企业。", "推进港口绿色化改造，引进航运服务企业。")
    found = one(new, "推进港口数字化改造，培育海洋经济企业。")
    assert found.kind is CarriedKind.REWORDED
    assert found.score < SURE
    assert found.needs_person


def test_that_what_is_put_together_with_another_sentence_is_found_in_it() -> None:
    new = OLD.replace("投资超过2亿元。推进", "投资超过2亿元，推进")
    found = one(new, "培育海洋经济企业")
    assert words_of(found, new) == "培育海洋经济企业"
    assert one(new, "投资超过2亿元").span is not None


# --- what is gone


@pytest.mark.parametrize("words", ["健全基层治理体系，提升办事效率。", "健全基层治理体系", "提升办事效率"])
def test_that_a_sentence_that_is_gone_leaves_orphans(words: str) -> None:
    found = one(OLD.replace("健全基层治理体系，提升办事效率。", ""), words)
    assert (found.kind, found.span, found.score) == (CarriedKind.ORPHANED, None, 0.0)
    assert found.needs_person


def test_that_a_clause_that_is_gone_leaves_an_orphan_in_a_sentence_that_stays() -> None:
    new = OLD.replace("，培育海洋经济企业", "")
    assert one(new, "海洋经济").span is None
    assert words_of(one(new, "港口数字化改造"), new) == "港口数字化改造"


def test_that_an_orphan_tells_its_figures() -> None:
    found = one(OLD.replace("6月底前完成望海街道路整修，投资超过2亿元。", ""), "2亿元")
    assert (found.kind, found.is_figure_changed) == (CarriedKind.ORPHANED, True)
    assert (found.old_figures, found.new_figures) == (("超过", "2", "亿"), ())


def test_that_nothing_of_an_empty_text_is_anywhere() -> None:
    assert one("", "小学").span is None


def test_that_a_place_of_white_space_alone_is_an_orphan_without_figures() -> None:
    (found,) = carry("甲。\n\n乙。", "甲。乙。", (Span(2, 4),))
    assert (found.span, found.old_figures, found.is_figure_changed) == (None, (), False)


# --- figures


@pytest.mark.parametrize(
    ("before", "after", "words", "now"),
    [
        ("小学5所", "小学8所", "5所", "8所"),
        ("小学5所", "小学12所", "5所", "12所"),
        ("超过2亿元", "超过2万元", "2亿元", "超过2万元"),
        ("超过2亿元", "不低于2亿元", "2亿元", "不低于2亿元"),
        ("超过2亿元", "2亿元", "超过2亿元", "2亿元"),
        ("小区30个", "小区30个以上", "30个", "30个以上"),
        ("小区30个", "小区约30个", "30个", "约30个"),
        ("小区30个", "小区130个", "30个", "130个"),
        ("6月底前", "9月底前", "6月底前", "9月底前"),
    ],
)
def test_that_a_changed_figure_is_never_carried_silently(
    before: str, after: str, words: str, now: str
) -> None:
    new = OLD.replace(before, after)
    found = one(new, words)
    assert found.is_figure_changed
    assert found.needs_person
    assert words_of(found, new) == now
    assert found.old_figures != found.new_figures


def test_that_a_figure_elsewhere_in_the_sentence_does_not_matter() -> None:
    found = one(OLD.replace("小学5所", "小学8所"), "30个")
    assert (found.kind, found.is_figure_changed, found.old_figures) == (CarriedKind.EXACT, False, ("30",))


def test_that_a_figure_of_another_cell_does_not_matter() -> None:
    old, new = "吞吐量\t386\t500左右\n岸线\t12\t15\n", "吞吐量\t387\t500左右\n岸线\t12\t15\n"
    found = one(new, "500左右", old)
    assert (found.kind, found.old_figures, found.new_figures) == (
        CarriedKind.EXACT,
        ("500", "左右"),
        ("500", "左右"),
    )


@pytest.mark.parametrize(("cell", "now"), [("8", "8"), ("12", "12"), ("7.5", "7.5")])
def test_that_the_figure_of_a_cell_is_held_by_its_place(cell: str, now: str) -> None:
    old = "小学（所）\n5\n预期性\n泊位（个）\n3\n约束性\n"
    new = old.replace("\n5\n", f"\n{cell}\n")
    found = one(new, "5", old)
    assert words_of(found, new) == now
    assert (found.is_figure_changed, found.needs_person, found.score) == (True, True, found.score)
    assert found.score < 0.5
    assert one(old.replace("\n5\n", "\n"), "5", old).span is None
    assert one(old.replace("\n5\n", "\n8\n9\n"), "5", old).span is None
    assert one(old.replace("\n5\n", "\n若干\n"), "5", old).span is None


# --- against synthetic edits


def rates(truth: Edited, spans: list[Span]) -> tuple[float, float, int]:
    """The shares of what survived that is at its place, and of the orphans that were put somewhere; and how many
    changed figures were carried silently.
    """
    right = survived = misled = lost = silent = 0
    for span, found in zip(spans, carry(truth.old, truth.new, spans), strict=True):
        place, is_changed = truth.truth(span), truth.is_figure_changed(span)
        silent += is_changed and not found.needs_person
        if place is None and not is_changed:
            lost += 1
            misled += found.span is not None
        elif place is not None and truth.is_whole(span):
            survived += 1
            right += found.span is not None and _is_near(found.span, place, 8 if is_changed else 2)
    assert survived > 0.8 * len(spans)
    assert lost > 0
    return right / survived, misled / lost, silent


def _is_near(found: Span, place: Span, slack: int) -> bool:
    return abs(found.start - place.start) <= slack and abs(found.end - place.end) <= slack


@pytest.mark.parametrize("seed", range(3))
def test_that_the_sample_keeps_its_places_through_random_edits(seed: int) -> None:
    text = (SEEDS / "sample_report.txt").read_text(encoding="utf-8")
    right, misled, silent = rates(edited(text, seed), spans_of(text, 1000, seed + 1))
    assert (right >= 0.98, misled <= 0.03, silent) == (True, True, 0)


@pytest.mark.shared
@pytest.mark.parametrize("seed", range(4))
def test_that_a_real_report_keeps_its_places_through_random_edits(seed: int) -> None:
    path = next(iter(SHARED.glob("000_*.txt")), None)
    if path is None:
        pytest.skip("../shared is not here")
    text = path.read_text(encoding="utf-8-sig")
    right, misled, silent = rates(edited(text, seed), spans_of(text, 1000, seed + 1))
    assert (right >= 0.98, misled <= 0.03, silent) == (True, True, 0)
