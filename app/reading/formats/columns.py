"""The order in which a page is read: down its columns, where it has several."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from app.reading.formats.page import Bit, Page, joined, rows_of, together

_LEAST_LINES = 6
_LEAST_SHARE = 0.25
_MOST_CROSSING = 0.3
_COLUMNS = (2, 3, 4, 5)
_ABOUT = range(-28, 29, 2)
"""Hundredths of a column's width about which a gutter is looked for."""
_LEAST_GUTTER = 0.8
"""Letters of white space at a gutter."""
_FILLED, _HALF = 0.6, 0.6
_ALIGNED = 0.5
_SAME_EDGE = 3.0
_LEAST_BESIDE = 6
_NARROWEST = 0.15
"""Share of the page's width that the narrower of two columns has at least."""
_FEW_CROSSING, _WELL_FILLED, _UNBROKEN = 0.2, 0.7, 0.8
_NEXT_LINE = 2.5
"""Letters to the next line of a column at most, where nothing is left out."""


Gutters = Sequence[float]
"""Where the white between a page's columns stands, from left to right."""


class Line(NamedTuple):
    """A line as it is read, with the edges of its column; `column` counts on where the eye moves to another."""

    bit: Bit
    page: int
    left: float
    right: float
    column: int


def lines_of_page(page: Page, usual: Gutters = ()) -> tuple[list[Line], Gutters]:
    """The lines of a page in reading order, and where its gutters are; `usual`: where those of the page before are.

    A bit without words is a table, which stays a line of its own.
    """
    rows = [part for row in rows_of(page.bits) for part in _rows_and_tables(row)]
    bits = [bit for row in rows for bit in joined(row, _LEAST_GUTTER)]
    is_parted = len(bits) - len(rows) >= _LEAST_BESIDE
    gutters = _gutters(bits) or (is_parted and _unevenly(bits)) or _as_before(bits, usual)
    if not gutters:
        return _column([_whole(row) for row in rows], page.number, 0), ()
    left, right = min(b.left for b in bits), max(b.right for b in bits)
    out: list[Line] = []
    column = 0
    sides: list[list[Bit]] = [[] for _ in range(len(gutters) + 1)]
    for row in rows:
        parts = _parted(row, gutters)
        if parts is None:
            column = _flush(out, sides, page.number, column)
            out.append(Line(_whole(row), page.number, left, right, column))
            column += 1
            continue
        for side, part in zip(sides, parts, strict=True):
            side.extend([_whole(part)] if part else [])
    _flush(out, sides, page.number, column)
    return out, gutters


def _as_before(bits: Sequence[Bit], usual: Gutters) -> Gutters:
    """The gutters of the page before, where this one leaves them white: its columns may hold tables, or little."""
    if not usual:
        return ()
    crossing = [bit for bit in bits if _crosses(bit, usual)]
    sides = _sides([bit for bit in bits if not _crosses(bit, usual)], usual)
    return usual if all(sides[:2]) and len(crossing) <= _MOST_CROSSING * len(bits) else ()


def _rows_and_tables(row: Sequence[Bit]) -> Iterator[list[Bit]]:
    yield from ([bit] for bit in row if not bit.text)
    words = [bit for bit in row if bit.text]
    if words:
        yield words


def _crosses(bit: Bit, gutters: Gutters) -> bool:
    return any(bit.left < place < bit.right for place in gutters)


def _sides(bits: Sequence[Bit], gutters: Gutters) -> list[list[Bit]]:
    """The bits of each column, none of which crosses a gutter."""
    sides: list[list[Bit]] = [[] for _ in range(len(gutters) + 1)]
    for bit in bits:
        sides[sum(bit.left >= place for place in gutters)].append(bit)
    return sides


def _parted(row: Sequence[Bit], gutters: Gutters) -> list[list[Bit]] | None:
    """A row's bits column by column; None for one that goes over a gutter: a title, whose words may stand apart."""
    if any(_crosses(bit, gutters) for bit in row):
        return None
    sides = _sides(row, gutters)
    for before, behind in pairwise(sides):
        if before and behind and behind[0].left - before[-1].right < _LEAST_GUTTER * behind[0].size:
            return None
    return sides


def _flush(out: list[Line], sides: Sequence[list[Bit]], page: int, column: int) -> int:
    for side in sides:
        if side:
            out += _column(side, page, column)
            column += 1
            side.clear()
    return column


def _whole(row: Sequence[Bit]) -> Bit:
    line = row[0]
    for bit in row[1:]:
        line = together(line, bit)
    return line


def _column(bits: Sequence[Bit], page: int, column: int) -> list[Line]:
    words = [bit for bit in bits if bit.text]  # what has none is a table, which may stand out
    left, right = _edge([bit.left for bit in words], min), _edge([bit.right for bit in words], max)
    return [Line(bit, page, left, right, column) for bit in bits]


def _edge(values: Sequence[float], outermost: Callable[[Sequence[float]], float]) -> float:
    """The outermost place that more than one line reaches; the outermost at all where each reaches its own."""
    if not values:
        return 0.0
    ordered = sorted(values)
    near = [after - before < _SAME_EDGE for before, after in pairwise(ordered)]
    shared = [
        v for v, below, above in zip(ordered, [False, *near], [*near, False], strict=True) if below or above
    ]
    return outermost(shared or values)


def _gutters(bits: Sequence[Bit]) -> Gutters:
    """Where the white between columns stands; nothing on a page of one column."""
    if len(bits) < 2 * _LEAST_LINES:
        return ()
    left, right = min(b.left for b in bits), max(b.right for b in bits)
    if median(b.right - b.left for b in bits) > _HALF * (right - left):
        return ()  # most pages: not worth a closer look
    return next((found for count in _COLUMNS if (found := _evenly(bits, count, left, right))), ())


def _evenly(bits: Sequence[Bit], count: int, left: float, right: float) -> Gutters:
    """The gutters between so many columns of about the same width, if the page has them."""
    wide = (right - left) / count
    gutters = tuple(_whitest(bits, left + wide * i, wide) for i in range(1, count))
    inside = [bit for bit in bits if not _crosses(bit, gutters)]
    if len(bits) - len(inside) > _MOST_CROSSING * len(bits):
        return ()
    enough = max(_LEAST_LINES, _LEAST_SHARE * 2 / count * len(bits))
    edges = (left, *gutters, right)
    for i, side in enumerate(_sides(inside, gutters)):
        is_last = i == count - 1  # which may not reach down the page
        if len(side) < (enough if not is_last or count == 2 else 1):
            return ()
        if i and not _is_aligned(side):
            return ()
        if median(b.right - b.left for b in side) < _FILLED * (edges[i + 1] - edges[i]):
            return ()
    return gutters


def _unevenly(bits: Sequence[Bit]) -> Gutters:
    """The gutter between two columns of different widths, both filled line by line: a table leaves room in one."""
    left, right = min(b.left for b in bits), max(b.right for b in bits)
    least = _NARROWEST * (right - left)
    starts = Counter(round(b.left / _SAME_EDGE) for b in bits if left + least < b.left < right - least)
    if not starts:
        return ()
    place = (starts.most_common(1)[0][0] - 1) * _SAME_EDGE
    inside = [bit for bit in bits if not _crosses(bit, (place,))]
    sides = _sides(inside, (place,))
    if len(bits) - len(inside) > _FEW_CROSSING * len(bits) or min(map(len, sides)) < _LEAST_LINES:
        return ()
    return (place,) if all(map(_is_running, sides)) and _is_aligned(sides[1]) else ()


def _is_running(side: Sequence[Bit]) -> bool:
    """Whether lines fill a column one below the other, as running text does."""
    wide = max(b.right for b in side) - min(b.left for b in side)
    near = sum(0 < below.y - above.y < _NEXT_LINE * below.size for above, below in pairwise(side))
    return median(b.right - b.left for b in side) >= _WELL_FILLED * wide and near >= _UNBROKEN * (
        len(side) - 1
    )


def _whitest(bits: Sequence[Bit], middle: float, wide: float) -> float:
    """The middle of the white about where a gutter should be: the places that the fewest bits cross."""
    places = [middle + share * wide / 100 for share in _ABOUT]
    crossing = [sum(b.left < x < b.right for b in bits) for x in places]
    best = [x for x, count in zip(places, crossing, strict=True) if count == min(crossing)]
    return best[len(best) // 2]


def _is_aligned(side: Sequence[Bit]) -> bool:
    """Whether most lines of a column begin at the same place."""
    return Counter(round(b.left / _SAME_EDGE) for b in side).most_common(1)[0][1] >= _ALIGNED * len(side)
