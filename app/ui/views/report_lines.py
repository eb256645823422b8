"""Where the marks of one block lie on its lines: geometry only, nothing is painted here."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple, cast

from PySide6.QtGui import QTextLayout, QTextLine

from app.domain.marks import TASK, Mark

HIT = "hit"
"""The kind of a search hit among the marks of a block."""
NOTED = "noted"
"""The kind of a term that a note explains."""

LANES = 4
"""Marks that overlap lie in this many lanes; beyond them lanes are shared."""

_ABOVE, _BELOW = 0.88, 0.12
"""The em box around the base line of a Chinese face."""


class Line(NamedTuple):
    """A line of a block: its stretch of the block in UTF-16 units, and its em box in the block's coordinates."""

    start: int
    end: int
    top: float
    bottom: float


class Place(NamedTuple):
    """A mark's stretch of a block, in UTF-16 units from the block's start.

    `opens`, `closes`: the mark begins here, ends here, and not in a block before or after.
    """

    mark: Mark
    start: int
    end: int
    opens: bool
    closes: bool


class Piece(NamedTuple):
    """The part of a mark on one line, in pixels. `opens`, `closes`: the mark begins, ends on this line."""

    mark: Mark
    lane: int
    left: float
    right: float
    opens: bool
    closes: bool


Row = list[Place]
"""The places on one line in the order of painting: tasks, then search hits, then tags by start, the longer first."""

_LAYERS = {TASK: 0, HIT: 1, NOTED: 1}


def order(place: Place) -> tuple[int, int, int, str]:
    """The key of the order of painting."""
    return _LAYERS.get(place.mark.kind, 2), place.start, -place.end, place.mark.id


def in_order(places: Iterable[Place]) -> list[Place]:
    """Places in the order of painting."""
    return sorted(places, key=order)


def lines_of(layout: QTextLayout, em: float) -> tuple[Line, ...]:
    """The lines of a block that is laid out; `em` is the size of its letters in pixels."""
    lines = []
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        base = line.y() + line.ascent()
        start = line.textStart()
        lines.append(Line(start, start + line.textLength(), base - _ABOVE * em, base + _BELOW * em))
    return tuple(lines)


def lines_under(place: Place, starts: Sequence[int]) -> range:
    """The numbers of the lines that a place touches; `starts` are where the lines begin."""
    first = max(0, bisect_right(starts, place.start) - 1)
    return range(first, max(first, bisect_left(starts, place.end)))


def rows_of(lines: Sequence[Line], places: Iterable[Place]) -> list[Row]:
    """The row on each line of a block. Nothing is measured: what is never painted never need be."""
    starts = [line.start for line in lines]
    rows: list[Row] = [[] for _ in lines]
    for place in places:
        for number in lines_under(place, starts):
            rows[number].append(place)
    return rows


def lanes_of(row: Row) -> list[int]:
    """A lane for each place of a row, so that tags that overlap differ: the lowest that is free.

    Tasks and hits lie under all tags and need no lane. Each line is laned for itself, so that a change never
    reaches further than the lines it touches.
    """
    busy: list[int] = []
    lanes = []
    for place in row:
        if place.mark.kind in _LAYERS:
            lanes.append(0)
            continue
        lane = next((i for i, end in enumerate(busy) if end <= place.start), len(busy))
        busy[lane : lane + 1] = [place.end]
        lanes.append(lane % LANES)
    return lanes


def opens_on(place: Place, line: Line) -> bool:
    """Whether a mark on a line begins there."""
    return place.opens and place.start >= line.start


def piece_of(handle: QTextLine, line: Line, place: Place, lane: int) -> Piece:
    """A place measured on one line."""
    return Piece(
        place.mark,
        lane,
        _x(handle, max(place.start, line.start)),
        _x(handle, min(place.end, line.end)),
        opens_on(place, line),
        place.closes and place.end <= line.end,
    )


def _x(line: QTextLine, unit: int) -> float:
    return cast("tuple[float, int]", line.cursorToX(unit))[0]
