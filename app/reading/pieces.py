"""A piece: one line of the shown text to be, with the source it is made of."""

from dataclasses import dataclass

from app.domain.report import BlockKind
from app.domain.spans import Span, Spans
from app.reading.marks import Style


@dataclass(frozen=True, slots=True)
class Piece:
    """A block before it is rendered: its kind, its source spans and, for a heading, its style.

    `text` is the plain wording of the spans put together, `gap` how many blank lines stand before it. `in_box`:
    it stands in a 专栏, whose heading included. `is_front`: it stands before the body.
    """

    kind: BlockKind
    text: str
    spans: Spans
    style: Style | None = None
    gap: int = 0
    level: int = 0
    in_box: bool = False
    is_front: bool = False
    table: int = -1
    row: int = -1
    column: int = -1

    @property
    def start(self) -> int:
        """The source offset of the first character; -1 for an empty cell."""
        return self.spans[0].start if self.spans else -1

    def source_of(self, offset: int) -> int:
        """The source offset of a character of the text."""
        for a, b in self.spans:
            if offset < b - a:
                return a + offset
            offset -= b - a
        return self.spans[-1].end


def cut(spans: Spans, start: int, end: int) -> Spans:
    """The source spans of a stretch of the text that the spans put together give."""
    out: list[Span] = []
    at = 0
    for a, b in spans:
        low, high = max(start - at, 0), min(end - at, b - a)
        if low < high:
            out.append(Span(a + low, a + high))
        at += b - a
    return tuple(out)
