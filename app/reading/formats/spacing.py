"""What the lines of a document have in common: their distances, their edges, where pages begin and end."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from app.reading.formats.columns import Line

_FEW_LINES = 8


def is_same_column(last: Line, line: Line) -> bool:
    """Whether a line stands below another in its column."""
    return last.page == line.page and last.column == line.column and line.bit.y >= last.bit.y


def with_common_edges(lines: Sequence[Line]) -> list[Line]:
    """The lines with the document's own edges where too few of their page's lines reach them.

    A page on which most lines reach its right edge keeps its own: left and right pages may differ.
    """
    counts = Counter(line.page for line in lines)
    parted = {line.page for line in lines if line.column}
    lefts = modes(Counter(float(round(line.left)) for line in lines))
    rights = modes(Counter(float(round(line.right)) for line in lines))

    def adjusted(line: Line) -> Line:
        # the nearest edge of a document in two columns may be the one in the middle of the page
        right = min((edge for edge in rights if edge >= line.right - 1), default=line.right)
        left = max((edge for edge in lefts if edge <= line.left + 1), default=line.left)
        is_loose = counts[line.page] < _FEW_LINES or line.right < 0.95 * right
        if line.page in parted or not is_loose:
            return line
        return line._replace(left=min(left, line.left), right=max(right, line.right))

    return [adjusted(line) for line in lines]


def pitches(lines: Sequence[Line]) -> dict[int, float]:
    """The usual distance of two lines by their letters' size; under 0 in sizes of the letters, for all others."""
    steps: dict[int, Counter[float]] = {}
    for last, line in pairwise(lines):
        step = line.bit.y - last.bit.y
        if is_same_column(last, line) and 0.8 * line.bit.size < step < 4 * line.bit.size:
            steps.setdefault(round(line.bit.size), Counter())[round(step * 2) / 2 or step] += 1
    found = {size: min(modes(counts)) for size, counts in steps.items() if sum(counts.values()) >= 4}
    most = max(steps, key=lambda size: sum(steps[size].values()), default=0)
    return found | ({0: found[most] / most} if most and most in found else {})


def modes(counts: Counter[float]) -> list[float]:
    """The values that a good part of all have."""
    total = sum(counts.values())
    most = [step for step, _ in counts.most_common(1)]
    return [step for step, count in counts.items() if count >= 0.2 * total] or most


def outermost(lines: Sequence[Line]) -> tuple[Counter[float], Counter[float]]:
    """How often the first and the last lines of pages stand at which height."""
    by_page: dict[int, list[float]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line.bit.y)
    return (
        Counter(float(round(min(heights))) for heights in by_page.values()),
        Counter(float(round(max(heights))) for heights in by_page.values()),
    )
