"""Where a shown character stands in a QTextDocument, and back: the only room that counts UTF-16 units."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from app.domain.report import BlockKind, ShownText
from app.domain.spans import Span

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class _Drift:
    """Two counts that run together but for some places, before each of which the second has one more."""

    def __init__(self, places: Iterable[int]) -> None:
        """Take the places as the first count gives them."""
        self._places = sorted(places)
        self._landings = [place + n for n, place in enumerate(self._places, 1)]

    def forth(self, first: int) -> int:
        return first + bisect_right(self._places, first)

    def back(self, second: int) -> int:
        """The first count; for one of the extra places itself, that of what follows it."""
        return second - bisect_right(self._landings, second)


def spare_blocks(shown: ShownText) -> list[int]:
    """The indices of the shown blocks before which the document needs an empty block of its own.

    A table lies between two blocks, so one that begins the document, follows another table or ends the
    document has an empty block on that side. For the one at the end the index is the number of blocks.
    """
    spare: list[int] = []
    last = 0
    for index, block in enumerate(shown.blocks):
        if block.kind is not BlockKind.CELL:
            last = -1
        elif block.table != last or index == 0:
            if last >= 0:
                spare.append(index)
            last = block.table
    if shown.blocks and last >= 0:
        spare.append(len(shown.blocks))
    return spare


class DocumentMap:
    """The way between shown offsets and positions in the document built of them; every look-up O(log n).

    A position is the offset plus one for every character before it that takes two UTF-16 units and one
    for every spare block. A table's other frame marks stand where the shown text has its line breaks.
    """

    def __init__(self, shown: ShownText) -> None:
        """Find the few places where the counts drift apart: one pass in C over the text."""
        blocks, end = shown.blocks, len(shown.text)
        spare = spare_blocks(shown)
        before = [blocks[i].start if i < len(blocks) else end + 1 for i in spare]
        self._end = end
        self._starts = [block.start for block in blocks]
        self._positions = _Drift([*before, *(m.end() for m in _ASTRAL.finditer(shown.text))])
        self._numbers = _Drift(spare)

    def position(self, offset: int) -> int:
        """The document position before the shown character at the offset."""
        return self._positions.forth(offset)

    def offset(self, position: int) -> int:
        """The shown offset at a document position; of a spare block or half a character, what follows it."""
        return min(self._positions.back(position), self._end)

    def span(self, start: int, end: int) -> Span:
        """The shown span of two document positions."""
        return Span(self.offset(start), self.offset(end))

    def block_at(self, offset: int) -> int:
        """The index of the shown block that holds the offset, its line break included."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def blocks_in(self, span: Span) -> range:
        """The indices of the shown blocks that share a character with a shown span that is not empty."""
        return range(self.block_at(span.start), bisect_left(self._starts, span.end))

    def number(self, index: int) -> int:
        """The number of the document's block that shows the block with the index."""
        return self._numbers.forth(index)

    def index(self, number: int) -> int | None:
        """The index of the shown block that a document's block shows; None for a spare one."""
        index = self._numbers.back(number)
        return index if index < len(self._starts) and self.number(index) == number else None
