"""What two annotators say of every character of a stretch of text, counted without going through the characters."""

from collections import Counter
from collections.abc import Hashable, Iterable

from app.domain.spans import Span

Labelled = tuple[Span, str]
"""A stretch and the label that it gives its characters."""


def label_table(
    first: Iterable[Labelled], second: Iterable[Labelled], scope: Span
) -> Counter[tuple[Hashable, Hashable]]:
    """How many characters of the scope both label so and so. A character's label is the set of all given to it.

    What nobody labels counts as well: an empty set is a label. The counts add up to the scope's length.
    """
    changes = sorted(
        (at, side, label, step)
        for side, stretches in enumerate((first, second))
        for span, label in stretches
        if span.overlaps(scope)
        for at, step in ((max(span.start, scope.start), 1), (min(span.end, scope.end), -1))
    )
    standing: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    found: Counter[tuple[Hashable, Hashable]] = Counter()
    here = scope.start
    for at, side, label, step in changes:
        if at > here:
            found[_labels(standing[0]), _labels(standing[1])] += at - here
            here = at
        standing[side][label] += step
    if scope.end > here:
        found[_labels(standing[0]), _labels(standing[1])] += scope.end - here
    return found


def _labels(counted: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(label for label, count in counted.items() if count > 0))
