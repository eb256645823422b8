"""Search in the shown text."""

import re
from bisect import bisect_left, bisect_right

from app.domain.spans import Span


class Hits:
    """The places where a text stands in the shown text, in order. Case does not matter."""

    def __init__(self, text: str = "", wanted: str = "") -> None:
        """Find all places; none for an empty wish."""
        wanted = wanted.strip()
        found = re.finditer(re.escape(wanted), text, re.IGNORECASE) if wanted else ()
        self._hits = [Span(*m.span()) for m in found]
        self._starts = [hit.start for hit in self._hits]

    def __len__(self) -> int:
        return len(self._hits)

    def within(self, span: Span) -> list[Span]:
        """The hits that share a character with a shown span."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_left(self._starts, span.end)
        return [hit for hit in self._hits[first:last] if hit.overlaps(span)]

    def after(self, offset: int) -> Span | None:
        """The first hit that begins at the offset or later, else the first of all."""
        if not self._hits:
            return None
        return self._hits[bisect_left(self._starts, offset) % len(self._hits)]

    def before(self, offset: int) -> Span | None:
        """The last hit that begins before the offset, else the last of all."""
        return self._hits[bisect_left(self._starts, offset) - 1] if self._hits else None
