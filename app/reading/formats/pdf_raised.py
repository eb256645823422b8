"""Raised figures in a PDF page's text: found by asking for the letters about its figures, and for no others."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from app.reading.formats.raised import CIRCLED, behind, printed
from app.reading.formats.raised_bits import LEAST, MOST, SMALLER

_FIGURES = re.compile(rf"[0-9{CIRCLED}]+")
_YEAR = re.compile(r"(?:19|20)\d\d ?年")
_OPEN, _CLOSE = frozenset("[［〔"), frozenset("]］〕")
_PASSED = _OPEN | _CLOSE | {" "}
_BESIDE = 0.8
"""Letters of room, or of brackets, between what is raised and the letter at which it stands."""
_FRACTION = frozenset("/⁄")
"""What stands behind a raised figure that is no note's."""
_USUAL_HEIGHT = 1.2


class Letters(Protocol):
    """A page's text, and what may be asked of each of its characters. Each question takes a microsecond."""

    text: str

    def said_size(self, at: int) -> float:
        """Its size as the file says."""

    def height(self, at: int) -> float:
        """How high it is, with the room about it."""

    def baseline(self, at: int) -> float:
        """The height of its line, from the page's top."""

    def edges(self, at: int) -> tuple[float, float]:
        """Where it begins and ends."""


def raised_parts(letters: Letters) -> Iterator[range]:
    """Where in a page's text raised figures are: smaller than what stands beside them, and above its baseline."""
    text, looks = letters.text, _Looks(letters)
    for found in _FIGURES.finditer(text):
        start, end = found.span()
        if end - start == 4 and _YEAR.match(text, start):
            continue
        base = _beside(text, start, end)
        if base < 0:
            continue
        part = looks.raised_part(start, end, base)
        if part and looks.is_close(base, part) and text[part.stop : part.stop + 1] not in _FRACTION:
            is_bracketed = (
                part.start == start and text[start - 1 : start] in _OPEN and text[end : end + 1] in _CLOSE
            )
            yield range(part.start - is_bracketed, part.stop + is_bracketed)


def with_parts(words: str, places: Sequence[int], parts: Mapping[int, range]) -> str:
    """Words with what is raised among them written as such; where nothing else is, as they are.

    `places`: where in the text each character stands; `parts`: which places belong to which raised part.
    """
    if not parts or all(at in parts for at in places):
        return words
    out, i = "", 0
    while i < len(words):
        part, end = parts.get(places[i]), i + 1
        while part and end < len(words) and places[end] in part:
            end += 1
        out = behind(out, printed(words[i:end], out)) if part else out + words[i]
        i = end
    return out


def _beside(text: str, start: int, end: int) -> int:
    """Where the letter before or behind some figures on their line is; -1 where they stand alone."""
    while start and text[start - 1] in _PASSED:
        start -= 1
    if start and text[start - 1] != "\n":
        return start - 1
    while end < len(text) and text[end] in _PASSED:
        end += 1
    return end if end < len(text) and text[end] != "\r" else -1


class _Looks:
    """How letters look beside each other. A file may give all of a page one size, and enlarge them by a matrix."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self._is_enlarged: bool | None = None

    def raised_part(self, start: int, end: int, base: int) -> range:
        """Which of some figures are raised beside a letter: those at their beginning, or those at their end."""
        size = self._size(base)
        if self._is_raised(start, base, size):
            stop = next((i for i in range(start + 1, end) if not self._is_raised(i, base, size)), end)
            return range(start, stop)
        if end - start == 1 or not self._is_raised(end - 1, base, size):
            return range(0)
        return range(next(i for i in reversed(range(end)) if not self._is_raised(i, base, size)) + 1, end)

    def is_close(self, base: int, part: range) -> bool:
        """Whether raised figures stand at a letter, and not in the next cell."""
        edges, text = self._letters.edges, self._letters.text
        if base < part[0]:
            before = next(i for i in reversed(range(part[0])) if text[i] not in _PASSED)
            gap = edges(part[0])[0] - edges(before)[1]
        else:
            gap = edges(base)[0] - edges(part[-1])[1]
        return abs(gap) < _BESIDE * self._size(base)

    def _is_raised(self, at: int, base: int, size: float) -> bool:
        if self._size(at) >= SMALLER * size:
            return False
        return LEAST * size < self._letters.baseline(base) - self._letters.baseline(at) < MOST * size

    def _size(self, at: int) -> float:
        if self._is_enlarged:
            return self._letters.height(at) / _USUAL_HEIGHT
        said = self._letters.said_size(at)
        if self._is_enlarged is None:
            self._is_enlarged = not 0.5 < self._letters.height(at) / max(said, 0.01) < 2.5
            return self._size(at)
        return said
