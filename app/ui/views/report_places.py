"""From marks in the source to places in the blocks of the document."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

from app.domain.marks import Mark
from app.domain.report import Block, ShownText
from app.domain.spans import Span
from app.ui.offsets import DocumentMap
from app.ui.views.report_lines import HIT, NOTED, Place, in_order
from app.ui.views.report_marks import MarkIndex
from app.ui.views.report_search import Hits

Terms = Callable[[Span], Iterable[Span]]
"""(a source span) -> the source spans of the terms in it that a note explains."""


class Places:
    """The marks, search hits and explained terms of one shown text, handed out block by block."""

    def __init__(self, shown: ShownText, offsets: DocumentMap) -> None:
        """Begin without marks."""
        self.shown = shown
        self.offsets = offsets
        self.marks = MarkIndex()
        self.hits = Hits()
        self.terms: Terms = _no_terms
        self._run_starts = [run.shown for run in shown.runs]

    def of_block(self, index: int) -> list[Place]:
        """The places of a block in the order of painting."""
        block = self.shown.blocks[index]
        source = self.shown.to_source(Span(block.start, block.end))
        if source is None:
            return []
        to_shown, to_unit = self._to_shown(block), self._to_unit(block)
        spans = ((mark, to_shown(mark)) for mark in self.marks.within(source))
        found = [_place(mark, span, block, to_unit) for mark, span in spans if span]
        found += [_place(mark, span, block, to_unit) for mark, span in self._hits_of(block)]
        found += [_place(mark, span, block, to_unit) for mark, span in self._terms_of(source)]
        return in_order(found)

    def of_mark(self, mark: Mark) -> Iterator[tuple[int, Place]]:
        """The blocks that a mark lies in, each with the mark's place in it."""
        span = self.shown.to_shown(Span(mark.start, mark.end))
        for index in self.offsets.blocks_in(span) if span else ():
            block = self.shown.blocks[index]
            if span and span.overlaps(Span(block.start, block.end)):
                yield index, _place(mark, span, block, self._to_unit(block))

    def at(self, offset: int) -> list[Mark]:
        """The marks over a shown character, the shortest first."""
        span = self.shown.to_source(Span(offset, offset + 1))
        found = self.marks.within(span) if span else []
        return sorted(found, key=lambda m: (m.end - m.start, m))

    def _hits_of(self, block: Block) -> Iterator[tuple[Mark, Span]]:
        for hit in self.hits.within(Span(block.start, block.end)):
            yield Mark("", "", HIT, hit.start, hit.end, is_suggested=False), hit

    def _terms_of(self, source: Span) -> Iterator[tuple[Mark, Span]]:
        for term in self.terms(source):
            span = self.shown.to_shown(term)
            if span is not None:
                yield Mark("", "", NOTED, term.start, term.end, is_suggested=False), span

    def _to_shown(self, block: Block) -> Callable[[Mark], Span | None]:
        """From a mark to its shown span. One run covers most blocks whole: then no mark need be looked up."""
        at = bisect_right(self._run_starts, block.start) - 1
        run = self.shown.runs[max(0, at)]
        if run.shown <= block.start and run.shown + run.length >= block.end:
            drift = run.shown - run.source
            return lambda mark: Span(mark.start + drift, mark.end + drift)
        return lambda mark: self.shown.to_shown(Span(mark.start, mark.end))

    def _to_unit(self, block: Block) -> Callable[[int], int]:
        """From shown offsets in a block to UTF-16 units from its start."""
        position = self.offsets.position
        base = position(block.start)
        if position(block.end) - base == block.end - block.start:  # no astral character: one for one
            return lambda offset: offset - block.start
        return lambda offset: position(offset) - base


def _no_terms(_source: Span) -> tuple[Span, ...]:
    """For a text without notes."""
    return ()


def _place(mark: Mark, span: Span, block: Block, to_unit: Callable[[int], int]) -> Place:
    """The part of a shown span that lies in a block."""
    start, end = to_unit(max(span.start, block.start)), to_unit(min(span.end, block.end))
    return Place(mark, start, end, span.start >= block.start, span.end <= block.end)
