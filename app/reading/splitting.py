"""Very long paragraphs broken at sentence ends: a line of thousands of characters is slow to show."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.domain.report import BlockKind
from app.domain.spans import Span, Spans
from app.reading.pieces import Piece

_LONGEST = 1500
_STOPS = ("。", "；", "，", "、")


def short_enough(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, paragraphs of more than 1,500 characters as several."""
    for piece in pieces:
        if len(piece.text) <= _LONGEST or piece.kind is BlockKind.CELL:
            yield piece
        else:
            yield from _parts(piece)


def _parts(piece: Piece) -> Iterator[Piece]:
    rest = list(reversed(piece.spans))
    start = 0
    while start < len(piece.text):
        end = _break(piece.text, start)
        yield replace(piece, text=piece.text[start:end], spans=_taken(rest, end - start))
        start = end


def _taken(rest: list[Span], length: int) -> Spans:
    """So many characters off the front of the spans, which are held last first."""
    out: list[Span] = []
    while length:
        start, end = rest.pop()
        stop = min(end, start + length)
        out.append(Span(start, stop))
        length -= stop - start
        if stop < end:
            rest.append(Span(stop, end))
    return tuple(out)


def _break(text: str, start: int) -> int:
    """Where the part that starts here ends: behind the last stop that still fits."""
    if len(text) - start <= _LONGEST:
        return len(text)
    for stop in _STOPS:
        at = text.rfind(stop, start, start + _LONGEST - 2)
        if at > start:
            return _behind_closers(text, at + 1)
    return start + _LONGEST


def _behind_closers(text: str, at: int) -> int:
    return at + 1 if at < len(text) and text[at] in "”’）》" else at
