"""How many lines a text takes in a cell, and how high its row must be. Excel does not do it for us."""

import re
from collections.abc import Iterable
from functools import lru_cache
from math import ceil
from unicodedata import east_asian_width

MAX_HEIGHT = 409.0
"""Excel's greatest row height, in points."""

LINE_SPACING = 1.35
"""Of the font size: 仿宋_GB2312 and 宋体 need 1.25, what LibreOffice puts in for them up to 1.35."""

PADDING = 8.0
"""Points above and below the text of a row, together."""

SMALL_SIZES = (9.0, 8.0, 7.0, 6.0)
"""What the body of a row shrinks to, in turn, when its text is higher than a row may be."""

# what may not be parted: opening marks, one character or one Latin word or number, closing marks
_UNIT = re.compile(
    r"[“‘（《〔「『【〈(\[]*(?:[A-Za-z0-9.,%+\-/_:@]+|.)[，。；：、！？）》〕」』】〉”’)\]%％‰…]*"
)


@lru_cache(maxsize=8192)
def _unit_width(unit: str) -> float:
    """In half-width characters; a Latin letter counts a tenth more, being broader in the substituted fonts."""
    return sum(2.0 if east_asian_width(c) in "WFA" else 1.1 for c in unit)


def line_count(text: str, width: float, size: float) -> int:
    """Lines of a text wrapped in a column of `width` (Excel's units) at `size` points; at least 1."""
    room = _room(width, size)
    if len(text) * 2 <= room:
        return text.count("\n") + 1
    return _lines(text, room)


@lru_cache(maxsize=256)
def _room(width: float, size: float) -> float:
    """How many half-width characters of `size` points a line of a column holds."""
    # a column of w units is 7w + 5 pixels, 6 of them padding; a printer sets text up to 3 % wider than a screen
    return max(2.0, ((width * 7 + 5) * 0.97 - 6) / (size * 2 / 3))


@lru_cache(maxsize=16384)  # the same units, deadlines and states over and over
def _lines(text: str, room: float) -> int:
    return max(1, sum(_wrapped(line, room) for line in text.split("\n")))


def _wrapped(line: str, room: float) -> int:
    # most cells are short: two half-widths a character is the most a line can be
    if len(line) * 2 <= room:
        return 1
    lines, used = 1, 0.0
    for width in map(_unit_width, _UNIT.findall(line)):
        if used + width <= room:
            used += width
            continue
        over = max(0, ceil(width / room) - 1)
        lines, used = lines + (used > 0) + over, width - over * room
    return lines


def height_of(cells: Iterable[tuple[str, float]], size: float) -> float:
    """The height in points that a row of (text, column width) needs at `size` points; may exceed MAX_HEIGHT."""
    lines = max((line_count(text, width, size) for text, width in cells), default=1)
    return lines * size * LINE_SPACING + PADDING


def fitting(cells: Iterable[tuple[str, float]], size: float) -> tuple[float, float]:
    """(font size, row height) that shows the whole row: smaller print where it would be too high.

    Text too long even at the smallest size keeps that size and MAX_HEIGHT: it is whole in its cell, but not
    seen to its end.
    """
    cells = tuple(cells)
    for smaller in (size, *(s for s in SMALL_SIZES if s < size)):
        height = height_of(cells, smaller)
        if height <= MAX_HEIGHT:
            return smaller, height
    return min(size, SMALL_SIZES[-1]), MAX_HEIGHT
