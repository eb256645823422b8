"""Agreement figures against scikit-learn, krippendorff, textbook formulas and sums done by hand."""

import itertools
import math
import random
from collections.abc import Hashable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.spans import Span, Spans
from app.review.labels import label_table
from app.review.measures import Table, alpha, count_within, f1, kappa, share, table_of

Coded = list[str | None]
LABELS = "abcd"


def coded(seed: int, size: int, kinds: int, missing: float, agree: float) -> tuple[Coded, Coded]:
    """What two coders said of so many things, at random; None where one said nothing."""
    dice = random.Random(seed)  # noqa: S311  # data, not secrets
    first: Coded = [dice.choice(LABELS[:kinds]) for _ in range(size)]
    second = [a if dice.random() < agree else dice.choice(LABELS[:kinds]) for a in first]
    return tuple([None if dice.random() < missing else label for label in side] for side in (first, second))  # type: ignore[return-value]  # two of them


# --- the textbook, slowly


def slow_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float | None:
    """Cohen (1960): po and pe from the marginal shares, over the things that both coded."""
    both = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    if not both:
        return None
    labels = {label for pair in both for label in pair}
    observed = sum(a == b for a, b in both) / len(both)
    expected = sum(
        (sum(a == label for a, _ in both) / len(both)) * (sum(b == label for _, b in both) / len(both))
        for label in labels
    )
    return None if math.isclose(expected, 1) else (observed - expected) / (1 - expected)


def slow_alpha(first: Sequence[Hashable], second: Sequence[Hashable]) -> float | None:
    """Krippendorff (2011), from the coincidence matrix over all ordered pairs of values of a unit."""
    matrix: dict[tuple[Hashable, Hashable], float] = {}
    for unit in zip(first, second, strict=True):
        values = [value for value in unit if value is not None]
        for a, b in itertools.permutations(values, 2):
            matrix[a, b] = matrix.get((a, b), 0) + 1 / (len(values) - 1)
    labels = {label for pair in matrix for label in pair}
    margins = {label: sum(matrix.get((label, other), 0) for other in labels) for label in labels}
    total = sum(margins.values())
    observed = sum(count for (a, b), count in matrix.items() if a != b)
    expected = sum(margins[a] * margins[b] for a in labels for b in labels if a != b) / (
        total - 1 if total else 1
    )
    return None if not expected else 1 - observed / expected


CASES = [
    (seed, size, kinds, missing, agree)
    for seed, (size, kinds, missing, agree) in enumerate(
        itertools.product((2, 7, 60, 400), (1, 2, 4), (0.0, 0.3, 0.9), (0.0, 0.7, 1.0))
    )
]


@pytest.mark.parametrize(("seed", "size", "kinds", "missing", "agree"), CASES)
def test_that_kappa_and_alpha_are_those_of_the_textbook(
    seed: int, size: int, kinds: int, missing: float, agree: float
) -> None:
    first, second = coded(seed, size, kinds, missing, agree)
    table = table_of(zip(first, second, strict=True))
    for ours, theirs in (
        (kappa(table), slow_kappa(first, second)),
        (alpha(table), slow_alpha(first, second)),
    ):
        assert (ours is None) == (theirs is None)
        assert ours is None or ours == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize(("seed", "size", "kinds", "missing", "agree"), CASES)
def test_that_kappa_is_that_of_scikit_learn(
    seed: int, size: int, kinds: int, missing: float, agree: float
) -> None:
    metrics = pytest.importorskip("sklearn.metrics", reason="scikit-learn is not installed")
    first, second = coded(seed, size, kinds, missing, agree)
    both = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    ours = kappa(table_of(zip(first, second, strict=True)))
    if ours is None:
        assert len({label for pair in both for label in pair}) <= 1
        return
    theirs = metrics.cohen_kappa_score([a for a, _ in both], [b for _, b in both])
    assert ours == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize(("seed", "size", "kinds", "missing", "agree"), CASES)
def test_that_alpha_is_that_of_krippendorff(
    seed: int, size: int, kinds: int, missing: float, agree: float
) -> None:
    krippendorff = pytest.importorskip("krippendorff", reason="krippendorff is not installed")
    first, second = coded(seed, size, kinds, missing, agree)
    ours = alpha(table_of(zip(first, second, strict=True)))
    said = {
        label for a, b in zip(first, second, strict=True) if a and b for label in (a, b)
    }  # what is said of things that both coded
    if ours is None:
        assert len(said) <= 1
        return
    numbers = [[math.nan if v is None else LABELS.index(v) for v in side] for side in (first, second)]
    theirs = krippendorff.alpha(reliability_data=numbers, level_of_measurement="nominal")
    assert ours == pytest.approx(theirs, abs=1e-9)


def test_that_kappa_and_alpha_are_what_comes_out_by_hand() -> None:
    table: Table = {("a", "a"): 20, ("a", "b"): 5, ("b", "a"): 10, ("b", "b"): 15}
    assert share(table) == 0.7
    assert kappa(table) == pytest.approx((0.7 - 0.5) / (1 - 0.5))  # pe = .5*.6 + .5*.4
    # 100 values, 55 a and 45 b: Do = 30/100, De = 2*55*45/(100*99)
    assert alpha(table) == pytest.approx(1 - (30 / 100) / (2 * 55 * 45 / 9900))


def test_that_without_anything_to_measure_there_is_no_figure() -> None:
    assert share({}) is None
    assert kappa({}) is None
    assert alpha({}) is None
    assert f1(0, 0, 0) is None


def test_that_one_label_alone_gives_a_share_but_nothing_against_chance() -> None:
    table = table_of([("a", "a")] * 9)
    assert (share(table), kappa(table), alpha(table)) == (1.0, None, None)


def test_that_two_who_each_say_one_thing_but_not_the_same_agree_no_better_than_chance() -> None:
    assert kappa({("a", "b"): 9}) == 0.0
    assert alpha({("a", "b"): 9}) == pytest.approx(1 - 18 * 17 / (18 * 18 - 162))


def test_that_a_missing_value_is_left_out() -> None:
    assert table_of([("a", "a"), (None, "b"), ("a", None), (None, None), ("a", "b")]) == {
        ("a", "a"): 1,
        ("a", "b"): 1,
    }


def test_that_f1_is_the_share_of_agreement_among_all_that_both_have() -> None:
    assert f1(3, 4, 5) == pytest.approx(6 / 9)
    assert f1(0, 4, 0) == 0.0


# --- spans


def one(start: int, end: int) -> Spans:
    return (Span(start, end),)


@pytest.mark.parametrize(("tolerance", "count"), [(0, 1), (1, 2), (2, 3), (3, 4)])
def test_that_a_boundary_may_be_off_by_the_tolerance_and_no_more(tolerance: int, count: int) -> None:
    first = [one(0, 10), one(20, 30), one(40, 50), one(60, 70)]
    second = [one(0, 10), one(21, 30), one(40, 48), one(57, 73)]
    assert count_within(first, second, tolerance) == count


def test_that_a_place_is_paired_once() -> None:
    assert count_within([one(0, 10), one(1, 11)], [one(0, 11)], 2) == 1
    assert count_within([one(0, 10), one(0, 10)], [one(0, 10), one(0, 10)], 0) == 2


def test_that_places_in_several_parts_want_every_part() -> None:
    ours = (Span(0, 5), Span(10, 20))
    assert count_within([ours], [(Span(1, 5), Span(10, 21))], 1) == 1
    assert count_within([ours], [(Span(1, 5), Span(10, 22))], 1) == 0
    assert count_within([ours], [one(0, 5)], 9) == 0


def test_that_the_most_pairs_are_found_where_the_nearest_first_would_lose_one() -> None:
    first, second = [one(2, 10), one(0, 10)], [one(2, 10), one(4, 10)]
    assert count_within(first, second, 2) == 2
    chain = [one(2 * n, 100) for n in range(30)]
    assert count_within(chain, [one(2 * n + 2, 100) for n in reversed(range(30))], 2) == 30


_PLACES = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 4)).map(lambda p: one(p[0], sum(p))), max_size=5
)


@given(_PLACES, _PLACES, st.integers(0, 3))
def test_that_the_count_of_pairs_is_the_greatest_there_is(
    first: list[Spans], second: list[Spans], tolerance: int
) -> None:
    def fits(a: Spans, b: Spans) -> bool:
        return abs(a[0].start - b[0].start) <= tolerance and abs(a[0].end - b[0].end) <= tolerance

    padded = [*second, *([None] * len(first))]
    best = max(
        sum(b is not None and fits(a, b) for a, b in zip(first, order, strict=False))
        for order in itertools.permutations(padded, len(first))
    )
    assert count_within(first, second, tolerance) == best


# --- characters

_STRETCHES = st.lists(
    st.tuples(
        st.tuples(st.integers(0, 20), st.integers(0, 6)).map(lambda p: Span(p[0], sum(p))),
        st.sampled_from("ab"),
    ),
    max_size=6,
)


@given(_STRETCHES, _STRETCHES, st.integers(0, 10), st.integers(0, 20))
def test_that_every_character_is_counted_with_all_its_labels(
    first: list[tuple[Span, str]], second: list[tuple[Span, str]], start: int, length: int
) -> None:
    scope = Span(start, start + length)

    def labels(stretches: list[tuple[Span, str]], at: int) -> tuple[str, ...]:
        return tuple(sorted({label for span, label in stretches if span.start <= at < span.end}))

    slow: dict[tuple[Hashable, Hashable], int] = {}
    for here in range(scope.start, scope.end):
        both = labels(first, here), labels(second, here)
        slow[both] = slow.get(both, 0) + 1
    assert label_table(first, second, scope) == slow


def test_that_text_that_nobody_tagged_does_not_hide_that_two_disagree() -> None:
    scope = Span(0, 100_000)
    table = label_table([(Span(0, 100), "target")], [(Span(100, 200), "target")], scope)
    assert share(table) == 0.998
    assert (kappa(table) or 1) < 0
    assert (alpha(table) or 1) < 0
