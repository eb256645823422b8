"""Where the marks of one block lie on its lines: geometry only, nothing is painted here."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
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


Row = tuple[Piece, ...]
"""The pieces on one line: tasks, then search hits, then tags, the outer before the inner."""

Stretch = tuple[int, float, float, bool, bool]
"""What a piece is but for its mark and lane: line, left, right, opens, closes."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A block's lines, the row on each, and what was measured for them."""

    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    measured: dict[Place, tuple[Stretch, ...]]


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


def rule(
    layout: QTextLayout,
    lines: tuple[Line, ...],
    places: Sequence[Place],
    known: dict[Place, tuple[Stretch, ...]],
) -> Ruled:
    """Lay the places of a block out on its lines. What is `known` from last time is not measured again."""
    starts = [line.start for line in lines]
    handles = [layout.lineAt(number) for number in range(len(lines))]
    rows: list[list[Piece]] = [[] for _ in lines]
    measured = {}
    for place, lane in zip(places, lanes_of(places), strict=True):
        stretches = known.get(place)
        if stretches is None:
            stretches = _measure(handles, lines, starts, place)
        measured[place] = stretches
        for number, left, right, opens, closes in stretches:
            rows[number].append(Piece(place.mark, lane, left, right, opens, closes))
    return Ruled(lines, tuple(map(tuple, rows)), measured)


def _measure(
    handles: Sequence[QTextLine], lines: Sequence[Line], starts: list[int], place: Place
) -> tuple[Stretch, ...]:
    """The stretches of a place: one for each line that it touches."""
    number = max(0, bisect_right(starts, place.start) - 1)
    stretches = []
    while number < len(lines) and lines[number].start < place.end:
        line, at = lines[number], handles[number]
        left, right = _x(at, max(place.start, line.start)), _x(at, min(place.end, line.end))
        opens = place.opens and place.start >= line.start
        closes = place.closes and place.end <= line.end
        stretches.append((number, left, right, opens, closes))
        number += 1
    return tuple(stretches)


def _x(line: QTextLine, unit: int) -> float:
    return cast("tuple[float, int]", line.cursorToX(unit))[0]
