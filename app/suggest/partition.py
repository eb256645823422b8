"""The flat partition of a report: which section a source offset lies in, without climbing the tree each time."""

from bisect import bisect_right
from collections.abc import Iterator

from app.domain.report import Section, SectionKind
from app.domain.spans import Span


class Partition:
    """The innermost section at each offset, from a tree whose children lie inside their parents."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        self._sections = sections
        events: list[tuple[int, int, int, int]] = []
        for s in sections:
            if s.span.start < s.span.end:
                # at one offset inner sections end first, then outer ones begin, then inner ones
                events.append((s.span.start, 1, s.depth, s.index))
                events.append((s.span.end, 0, -s.depth, s.parent))
        at = {offset: index for offset, _, _, index in sorted(events)}
        self._offsets = list(at)
        self._indices = list(at.values())

    def at(self, offset: int) -> Section | None:
        """The innermost section around a source offset; None outside all of them."""
        i = bisect_right(self._offsets, offset) - 1
        index = self._indices[i] if i >= 0 else -1
        return self._sections[index] if index >= 0 else None

    def runs(self) -> Iterator[tuple[Span, SectionKind]]:
        """The stretches of one kind, in order; neighbours of one kind are one stretch."""
        start, kind = 0, None
        for offset, index in zip(self._offsets, self._indices, strict=True):
            here = self._sections[index].kind if index >= 0 else None
            if here == kind:
                continue
            if kind is not None and start < offset:
                yield Span(start, offset), kind
            start, kind = offset, here
