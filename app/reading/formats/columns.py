"""The order in which a page is read: down its columns, where it has two."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from app.reading.formats.page import Bit, Page, joined, rows_of, together

_LEAST_LINES = 6
_LEAST_SHARE = 0.25
_MOST_CROSSING = 0.3
_MIDDLE = range(36, 65, 2)
"""Hundredths of the text's width between which a gutter is looked for."""
_FILLED = 0.6
_ALIGNED = 0.5
_SAME_EDGE = 3.0


class Line(NamedTuple):
    """A line as it is read, with the edges of its column; `column` counts on where the eye moves to another."""

    bit: Bit
    page: int
    left: float
    right: float
    column: int


def lines_of_page(page: Page, usual: float | None = None) -> tuple[list[Line], float | None]:
    """The lines of a page in reading order, and where its gutter is; `usual`: where that of the page before is.

    A bit without words is a table, which stays a line of its own.
    """
    rows = [part for row in rows_of(page.bits) for part in _rows_and_tables(row)]
    bits = [bit for row in rows for bit in row]
    gutter = _gutter(bits) or _as_before(bits, usual)
    if gutter is None:
        return _column([_whole(row) for row in rows], page.number, 0), None
    left, right = min(b.left for b in bits), max(b.right for b in bits)
    out: list[Line] = []
    column = 0
    sides: tuple[list[Bit], list[Bit]] = ([], [])
    for row in rows:
        if any(bit.left < gutter < bit.right for bit in row):
            column = _flush(out, sides, page.number, column)
            out.append(Line(_whole(row), page.number, left, right, column))
            column += 1
            continue
        for side, bits in zip(sides, _parted(row, gutter), strict=True):
            side.extend([_whole(bits)] if bits else [])
    _flush(out, sides, page.number, column)
    return out, gutter


def _as_before(bits: Sequence[Bit], usual: float | None) -> float | None:
    """The gutter of the page before, where this one leaves it as white: its columns may hold tables, or little."""
    if usual is None or not all(_parted(bits, usual)):
        return None
    crossing = sum(bit.left < usual < bit.right for bit in bits)
    return usual if crossing <= _MOST_CROSSING * len(bits) else None


def _rows_and_tables(row: Sequence[Bit]) -> Iterator[list[Bit]]:
    yield from ([bit] for bit in row if not bit.text)
    words = list(joined(bit for bit in row if bit.text))
    if words:
        yield words


def _parted(row: Sequence[Bit], gutter: float) -> tuple[list[Bit], list[Bit]]:
    return [bit for bit in row if bit.right <= gutter], [bit for bit in row if bit.left >= gutter]


def _flush(out: list[Line], sides: tuple[list[Bit], list[Bit]], page: int, column: int) -> int:
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


def _gutter(bits: Sequence[Bit]) -> float | None:
    """Where the white between two columns stands; None on a page of one column."""
    if len(bits) < 2 * _LEAST_LINES:
        return None
    left, right = min(b.left for b in bits), max(b.right for b in bits)
    middle = (left + right) / 2
    if sum(b.left < middle < b.right for b in bits) > 2 * _MOST_CROSSING * len(bits):
        return None  # most pages: not worth a closer look
    places = [left + share * (right - left) / 100 for share in _MIDDLE]
    place = min(places, key=lambda x: sum(b.left < x < b.right for b in bits))
    before, behind = _parted(bits, place)
    enough = max(_LEAST_LINES, _LEAST_SHARE * len(bits))
    crossing = len(bits) - len(before) - len(behind)
    if min(len(before), len(behind)) < enough or crossing > _MOST_CROSSING * len(bits):
        return None
    start = Counter(round(b.left / _SAME_EDGE) for b in behind).most_common(1)[0]
    is_aligned = start[1] >= _ALIGNED * len(behind)
    is_filled = all(
        median(b.right - b.left for b in side) >= _FILLED * width
        for side, width in ((before, place - left), (behind, right - place))
    )
    return place if is_aligned and is_filled else None
