"""Places in the text: where they begin, which of them overlap and how much."""

from app.domain.spans import Spans

NOWHERE = 1 << 40
"""Beyond every text: where things without a place are sorted."""
MOSTLY = 0.5
"""The share of the shorter one that two places must have in common to be places of one thing."""


def start_of(spans: Spans) -> int:
    """Where spans begin; beyond every text where there are none."""
    return spans[0].start if spans else NOWHERE


def overlapping(ours: list[Spans], theirs: list[Spans]) -> set[tuple[int, int]]:
    """The pairs of indices whose spans share a character. Time grows with the spans and the pairs found."""
    places = [(span, 0, i) for i, spans in enumerate(ours) for span in spans]
    places += [(span, 1, j) for j, spans in enumerate(theirs) for span in spans]
    reaching: list[list[tuple[int, int]]] = [[], []]  # per side: the end and index of what may still overlap
    found: set[tuple[int, int]] = set()
    for span, side, index in sorted(places):
        others = [other for other in reaching[1 - side] if other[0] > span.start]
        reaching[1 - side] = others
        if side == 0:
            found.update((index, j) for _, j in others)
        else:
            found.update((i, index) for _, i in others)
        reaching[side].append((span.end, index))
    return found


def shared(first: Spans, second: Spans) -> int:
    """How many characters two places have in common."""
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in first for b in second)


def is_mostly_shared(first: Spans, second: Spans) -> bool:
    """Whether the shorter of two places lies mostly inside the other."""
    return shared(first, second) >= MOSTLY * min(_length(first), _length(second))


def _length(spans: Spans) -> int:
    return sum(span.end - span.start for span in spans)
