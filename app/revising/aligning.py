"""Where a piece of one sentence stands in another version of it, character by character."""

from bisect import bisect_right
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from app.domain.spans import Span


class Landing(NamedTuple):
    """Where a piece stands: its span, empty where it was taken out, and how many of its characters are as before."""

    span: Span
    kept: int


class Alignment:
    """The cheapest way from one sentence to the other."""

    def __init__(self, old: str, new: str) -> None:
        self._blocks = [op for op in Levenshtein.opcodes(old, new) if op.src_end > op.src_start]
        self._starts = [op.src_start for op in self._blocks]
        self._old, self._new = len(old), len(new)

    def landing(self, piece: Span) -> Landing:
        """Where a piece of the old sentence, not empty, stands in the new one."""
        start, end = self._low(piece.start), self._high(piece.end)
        return Landing(Span(start, max(start, end)), self._kept(piece))

    def is_held(self, piece: Span, place: Span) -> bool:
        """Whether what stands directly before and behind a piece (or the sentence's ends) is still beside its place."""
        return self._is_held_before(piece.start, place.start) and self._is_held_behind(piece.end, place.end)

    def _at(self, old: int) -> tuple[str, int]:
        """What became of a character of the old sentence, and where it stands in the new one, or would."""
        op = self._blocks[bisect_right(self._starts, old) - 1]
        return op.tag, op.dest_start + (0 if op.tag == "delete" else old - op.src_start)

    def _low(self, at: int) -> int:
        return self._at(at)[1]

    def _high(self, end: int) -> int:
        tag, place = self._at(end - 1)
        return place if tag == "delete" else place + 1

    def _kept(self, piece: Span) -> int:
        return sum(
            max(0, min(op.src_end, piece.end) - max(op.src_start, piece.start))
            for op in self._blocks
            if op.tag == "equal"
        )

    def _is_held_before(self, at: int, start: int) -> bool:
        if at == 0:
            return start == 0
        tag, place = self._at(at - 1)
        return tag == "equal" and place < start

    def _is_held_behind(self, end: int, at: int) -> bool:
        if end == self._old:
            return at == self._new
        tag, place = self._at(end)
        return tag == "equal" and place >= at
