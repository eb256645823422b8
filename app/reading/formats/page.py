"""A printed page as its lines and rules lie on it: what PDF and OFD have in common.

All lengths in points; y grows downwards. A line is what stands on one baseline without a wide gap.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Foreign = Any
"""An object or module of pypdfium2, which has no types."""
SAME_LINE = 0.35
"""Share of the letters' size within which two baselines are one."""
THIN = 3.0
"""Points up to which a drawn figure is a line."""
_SHORT = 6.0
_WIDE_GAP = 1.6
"""Letters of white space between two pieces that do not belong to one run of words."""


class Bit(NamedTuple):
    """Words on one baseline `y`, from `left` to `right`, in letters of a `size`."""

    text: str
    left: float
    right: float
    y: float
    size: float


class Rule(NamedTuple):
    """A drawn line, horizontal (`top` == `bottom`) or vertical (`left` == `right`)."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Page:
    """One page: its number in the file from 1 on, its size, and what stands on it."""

    number: int
    width: float
    height: float
    bits: list[Bit] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


def rows_of(bits: Iterable[Bit]) -> Iterator[list[Bit]]:
    """The bits that stand on one baseline, from left to right; rows from top to bottom."""
    row: list[Bit] = []
    for bit in sorted(bits, key=lambda b: (b.y, b.left)):
        if row and bit.y - row[0].y > SAME_LINE * max(bit.size, row[0].size):
            yield sorted(row, key=lambda b: b.left)
            row = []
        row.append(bit)
    if row:
        yield sorted(row, key=lambda b: b.left)


def joined(row: Iterable[Bit], wide: float = _WIDE_GAP) -> Iterator[Bit]:
    """The bits of a row put together where no gap of so many letters parts them."""
    held: Bit | None = None
    for bit in row:
        if held is None:
            held = bit
        elif bit.left - held.right < wide * max(held.size, bit.size):
            held = together(held, bit)
        else:
            yield held
            held = bit
    if held is not None:
        yield held


def together(first: Bit, second: Bit) -> Bit:
    """Two bits of one row as one; white space between them as a space."""
    gap = second.left - first.right
    size = max(first.size, second.size)
    is_torn = gap > 0.5 * size or (gap > 0.15 * size and _are_words(first.text[-1:], second.text[:1]))
    spaces = "  " if gap > _WIDE_GAP * size else " " if is_torn else ""
    longer = first if len(first.text) >= len(second.text) else second
    return Bit(
        first.text + spaces + second.text, first.left, max(first.right, second.right), longer.y, longer.size
    )


def _are_words(before: str, behind: str) -> bool:
    """Whether two characters may end one word and begin another: figures may be set as wide as Han characters."""
    both = before + behind
    return both.isascii() and both.isalnum() and not both.isdigit()


def rule(x1: float, y1: float, x2: float, y2: float) -> Iterator[Rule]:
    """The rule between two points, if it is level or upright and no dot."""
    wide, high = abs(x2 - x1), abs(y2 - y1)
    if wide >= _SHORT and high <= THIN:
        yield Rule(min(x1, x2), (y1 + y2) / 2, max(x1, x2), (y1 + y2) / 2)
    elif high >= _SHORT and wide <= THIN:
        yield Rule((x1 + x2) / 2, min(y1, y2), (x1 + x2) / 2, max(y1, y2))
