"""F1, Cohen's κ and Krippendorff's α (nominal) of two annotators. The formulas stand in docs/review.md."""

from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping, Sequence

from app.domain.spans import Spans

Table = Mapping[tuple[Hashable, Hashable], int]
"""How often the first said this and the second that. What either did not say is not in it."""


def table_of(pairs: Iterable[tuple[Hashable, Hashable]]) -> Counter[tuple[Hashable, Hashable]]:
    """The table of what both said about the same things; None is a missing value, and such a pair is left out."""
    return Counter((a, b) for a, b in pairs if a is not None and b is not None)


def share(table: Table) -> float | None:
    """The share of things about which both say the same; None without any."""
    total = sum(table.values())
    return _same(table) / total if total else None


def kappa(table: Table) -> float | None:
    """Cohen's κ: (observed − expected) / (1 − expected), expected from what each says how often.

    None where both always say one and the same thing: there is no chance to measure against.
    """
    total = sum(table.values())
    if not total:
        return None
    ours, theirs = _margins(table)
    expected = sum(count * theirs[label] for label, count in ours.items())
    if expected == total * total:
        return None
    return (_same(table) * total - expected) / (total * total - expected)


def alpha(table: Table) -> float | None:
    """Krippendorff's α, nominal: 1 − observed / expected disagreement, expected from what both say together.

    None where only one thing is ever said.
    """
    total = 2 * sum(table.values())
    ours, theirs = _margins(table)
    expected = total * total - sum((ours[label] + theirs[label]) ** 2 for label in ours | theirs)
    if not expected:
        return None
    observed = total - 2 * _same(table)
    return 1 - observed * (total - 1) / expected


def f1(agreed: int, first: int, second: int) -> float | None:
    """The harmonic mean of precision and recall of either side against the other; None where neither has any."""
    return 2 * agreed / (first + second) if first + second else None


def count_within(first: Sequence[Spans], second: Sequence[Spans], tolerance: int) -> int:
    """The most places of both sides that can be paired so that no boundary is further off than the tolerance."""
    starts: defaultdict[int, list[int]] = defaultdict(list)
    for j, spans in enumerate(second):
        starts[spans[0].start].append(j)
    near = [
        [
            j
            for offset in range(-tolerance, tolerance + 1)
            for j in starts.get(spans[0].start + offset, ())
            if _is_within(spans, second[j], tolerance)
        ]
        for spans in first
    ]
    return _most_pairs(near)


def _is_within(ours: Spans, theirs: Spans, tolerance: int) -> bool:
    return len(ours) == len(theirs) and all(
        abs(a.start - b.start) <= tolerance and abs(a.end - b.end) <= tolerance
        for a, b in zip(ours, theirs, strict=True)
    )


def _most_pairs(near: list[list[int]]) -> int:
    """The size of a largest matching: each of ours with one of those near it (augmenting paths)."""
    partner: dict[int, int] = {}  # of theirs: ours
    own: dict[int, int] = {}  # of ours: theirs
    for index in range(len(near)):
        came_from: dict[int, int] = {}
        free = _free(index, near, partner, came_from)
        while free is not None:  # everyone on the way moves on by one
            ours = came_from[free]
            partner[free] = ours
            own[ours], free = free, own.get(ours)
    return len(own)


def _free(
    start: int, near: list[list[int]], partner: dict[int, int], came_from: dict[int, int]
) -> int | None:
    """One of theirs that is still free and can be reached from one of ours, breadth first; None if none can."""
    waiting = deque([start])
    while waiting:
        ours = waiting.popleft()
        for theirs in near[ours]:
            if theirs not in came_from:
                came_from[theirs] = ours
                if theirs not in partner:
                    return theirs
                waiting.append(partner[theirs])
    return None


def _same(table: Table) -> int:
    return sum(count for (a, b), count in table.items() if a == b)


def _margins(table: Table) -> tuple[Counter[Hashable], Counter[Hashable]]:
    """How often each side says what."""
    ours: Counter[Hashable] = Counter()
    theirs: Counter[Hashable] = Counter()
    for (a, b), count in table.items():
        ours[a] += count
        theirs[b] += count
    return ours, theirs
