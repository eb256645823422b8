"""Raised figures that are pieces of their own on a printed page, written into the words beside them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from app.reading.formats.page import Bit
from app.reading.formats.raised import MARK, behind, printed

LEAST, MOST = 0.15, 0.75
"""Letters above its line at which a figure is raised, and at which it belongs to another line."""
SMALLER = 0.85
"""Share of the letters' size up to which a figure is small."""

_NUMBER = re.compile(rf"{MARK}|\d{{1,3}}")
_BESIDE = 0.5
_MOST_SMALL = 1000
"""Small figures alone on a page: more are a table's, or a file that means to keep the reader busy."""


def with_raised(bits: Sequence[Bit]) -> list[Bit]:
    """The bits of a page; raised figures that are bits of their own are written into those beside them."""
    biggest = max((bit.size for bit in bits), default=0.0)
    small = [bit for bit in bits if bit.size < SMALLER * biggest and _NUMBER.fullmatch(bit.text)]
    if not 0 < len(small) <= _MOST_SMALL:
        return list(bits)
    ordered = sorted(bits, key=_height)
    for figures in sorted(small, key=lambda bit: bit.left):
        first = bisect_left(ordered, figures.y, key=_height)
        last = bisect_right(ordered, figures.y + MOST * biggest, key=_height)
        found = _beside([base for base in ordered[first:last] if _is_above(figures, base)], figures)
        if found:
            base, whole = found
            ordered.remove(figures)
            ordered[ordered.index(base)] = whole
    return ordered


def _height(bit: Bit) -> float:
    return bit.y


def _is_above(figures: Bit, base: Bit) -> bool:
    """Whether figures are smaller than what stands on a baseline, and above it."""
    step = base.y - figures.y
    return figures.size < SMALLER * base.size and LEAST * base.size < step < MOST * base.size


def _beside(bases: Sequence[Bit], figures: Bit) -> tuple[Bit, Bit] | None:
    """The bit at whose end raised figures stand, or else at whose beginning; and what it is with them."""
    for base in bases:
        if abs(figures.left - base.right) < _BESIDE * base.size:
            text = behind(base.text, printed(figures.text, base.text))
            return base, base._replace(text=text, right=figures.right)
    for base in bases:
        if abs(base.left - figures.right) < _BESIDE * base.size:
            return base, base._replace(text=printed(figures.text, "") + base.text, left=figures.left)
    return None
