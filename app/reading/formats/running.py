"""What stands on every page and belongs to none: running heads and feet, page numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from app.reading.formats.page import Bit, Page, rows_of
from app.reading.marks import mark_of
from app.reading.wording import plain

_EDGE = 0.13
"""Share of a page's height, at its top and foot, where such lines stand."""
_OUTERMOST = 2
_DRESSED = re.compile(
    r"[-—－―·~•|\s]+(?:\d{1,4}|[ivxlc]{1,7}|[ⅰ-ⅿ])[-—－―·~•|\s]+|第\s*\d{1,4}\s*页(?:\s*[/，,]?\s*共?\s*\d{1,4}\s*页?)?"
    r"|\d{1,4}\s*/\s*\d{1,4}",
    re.IGNORECASE,
)
_BARE = re.compile(r"\d{1,4}")
_DIGITS = re.compile(r"\d{1,4}")
_MOST_NUMBERS = 4
_OFTEN = 3
_SAME_PLACE = 4.0
_SENTENCE_ENDS = "。；！？"


class _Edge(NamedTuple):
    """One of a page's outermost rows: its words and what may come again of them, and where it stands."""

    row: list[Bit]
    is_top: bool
    keys: set[str]

    @property
    def place(self) -> tuple[int, bool]:
        """Where rows stand that are of one kind on all pages."""
        return round(self.row[0].y / _SAME_PLACE), self.is_top


def drop_running(pages: Sequence[Page]) -> None:
    """Take the running heads, feet and page numbers out of the pages.

    What comes again is one of them only where most of what stands at its height does: the first line of the text may
    be the same on some pages. What ends a sentence must come on most pages: 展。 may be the last line of several.
    """
    edges = [_edges(page) for page in pages]
    found = Counter((key, is_top) for of_page in edges for key, is_top in _distinct(of_page))
    enough = _OFTEN if len(pages) > 2 else 2
    enough_of_sentences = max(_OFTEN, len(pages) // 2 + 1)

    def comes_again(edge: _Edge) -> bool:
        least = enough_of_sentences if _words(edge.row).endswith(tuple(_SENTENCE_ENDS)) else enough
        return any(found[key, edge.is_top] >= least for key in edge.keys)

    standing = Counter(edge.place for of_page in edges for edge in of_page)
    repeated = Counter(edge.place for of_page in edges for edge in of_page if comes_again(edge))
    shift = _shift(pages, edges)
    for page, of_page in zip(pages, edges, strict=True):
        doomed = {
            bit
            for edge in of_page
            if _is_number(edge.row, page.number, shift)
            or (comes_again(edge) and 2 * repeated[edge.place] >= standing[edge.place])
            for bit in edge.row
        }
        if doomed:
            page.bits = [bit for bit in page.bits if bit not in doomed]


def _distinct(edges: Sequence[_Edge]) -> set[tuple[str, bool]]:
    return {(key, edge.is_top) for edge in edges for key in edge.keys}


def _edges(page: Page) -> list[_Edge]:
    """The outermost rows of a page within its edges, and whether they stand at its top."""
    high = [bit for bit in page.bits if bit.y < _EDGE * page.height]
    low = [bit for bit in page.bits if bit.y > (1 - _EDGE) * page.height]
    top = [(row, True) for row in list(rows_of(high))[:_OUTERMOST]]
    foot = [(row, False) for row in list(rows_of(low))[-_OUTERMOST:]]
    return [_Edge(row, is_top, _keys(row, page.number)) for row, is_top in top + foot]


def _keys(row: list[Bit], page: int) -> set[str]:
    """A row's words, and its words with each of its numbers as its distance from the page's.

    None for a number alone, which may be a cell's. 附件1, 附件2 … at the top of pages are no running heads.
    """
    words = _words(row)
    if _BARE.fullmatch(words):
        return set()
    numbers = () if mark_of(plain(words)) else list(_DIGITS.finditer(words))[:_MOST_NUMBERS]
    shifted = {f"{words[: n.start()]}#{int(n[0]) - page}#{words[n.end() :]}" for n in numbers}
    return {words} | shifted


def _words(row: list[Bit]) -> str:
    return "".join(bit.text for bit in row).replace(" ", "")


def _is_number(row: list[Bit], page: int, shift: int | None) -> bool:
    words = _words(row)
    if _BARE.fullmatch(words):
        return shift is not None and int(words) - page == shift
    return _DRESSED.fullmatch("".join(bit.text for bit in row).strip()) is not None


def _shift(pages: Sequence[Page], edges: Sequence[list[_Edge]]) -> int | None:
    """By how much the numbers printed alone on the pages exceed the pages' own; None where no numbers count pages."""
    shifts = Counter(
        int(words) - page.number
        for page, rows in zip(pages, edges, strict=True)
        for words in {_words(edge.row) for edge in rows}
        if _BARE.fullmatch(words)
    )
    if not shifts:
        return None
    shift, count = shifts.most_common(1)[0]
    return shift if count >= max(2, 0.3 * len(pages)) or (len(pages) < 3 and shift == 0) else None
