"""Where the marks of one block lie on its lines: geometry only, nothing is painted here."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple, cast

from PySide6.QtGui import QTextLayout, QTextLine

from app.domain.marks import TASK, Mark

HIT = "hit"
"""The kind of a search hit among the marks of a block."""

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


Row = tuple[tuple[Place, int], ...]
"""The places on one line with their lanes: tasks, then search hits, then tags, the outer before the inner."""


def lines_of(layout: QTextLayout, em: float) -> tuple[Line, ...]:
    """The lines of a block that is laid out; `em` is the size of its letters in pixels."""
    lines = []
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        base = line.y() + line.ascent()
        start = line.textStart()
        lines.append(Line(start, start + line.textLength(), base - _ABOVE * em, base + _BELOW * em))
    return tuple(lines)


def lanes_of(places: Sequence[Place]) -> list[int]:
    """A lane for each place, so that tags that overlap differ: the lowest that is free at its start.

    Places come by start, the longer first. Tasks and hits lie under all tags and need no lane.
    """
    busy: list[int] = []
    lanes = []
    for place in places:
        if place.mark.kind in (TASK, HIT):
            lanes.append(0)
            continue
        lane = next((i for i, end in enumerate(busy) if end <= place.start), len(busy))
        busy[lane : lane + 1] = [place.end]
        lanes.append(lane % LANES)
    return lanes


def rows_of(lines: Sequence[Line], places: Sequence[Place]) -> tuple[Row, ...]:
    """The row on each line of a block. Nothing is measured: what is never painted never need be."""
    starts = [line.start for line in lines]
    rows: list[list[tuple[Place, int]]] = [[] for _ in lines]
    for laid in zip(places, lanes_of(places), strict=True):
        first = max(0, bisect_right(starts, laid[0].start) - 1)
        for number in range(first, bisect_left(starts, laid[0].end)):
            rows[number].append(laid)
    return tuple(map(tuple, rows))


def opens_on(place: Place, line: Line) -> bool:
    """Whether a mark on a line begins there."""
    return place.opens and place.start >= line.start


def pieces_of(handle: QTextLine, line: Line, row: Row) -> list[Piece]:
    """The pieces on a line: a row measured."""
    return [
        Piece(
            place.mark,
            lane,
            _x(handle, max(place.start, line.start)),
            _x(handle, min(place.end, line.end)),
            opens_on(place, line),
            place.closes and place.end <= line.end,
        )
        for place, lane in row
    ]


def _x(line: QTextLine, unit: int) -> float:
    return cast("tuple[float, int]", line.cursorToX(unit))[0]
