"""How far two annotators agree, field by field, over a report and section by section."""

from bisect import bisect_right
from collections.abc import Iterator

from app.domain.contents import Contents
from app.domain.report import Reading, Section, section_path
from app.domain.spans import Span
from app.review.agreement_rows import Scope, rows_of
from app.review.agreement_table import AgreementTable
from app.review.matching import pairs
from app.review.sayings import sayings_of

TOLERANCE = 2
"""How many characters a boundary may be off, unless somebody chooses another number."""


def agreement(
    first: Contents, second: Contents, reading: Reading, tolerance: int = TOLERANCE
) -> AgreementTable:
    """The agreement of two layers over a report; `tolerance` in characters of the source at either boundary.

    A task counts for every section that it begins in, however deep; its tags go with it.
    """
    whole = Scope(-1, "", Span(0, len(reading.source.text)))
    sections = _Sections(reading.sections)
    scopes: dict[int, Scope] = {}
    for pair in pairs(first, second):
        said = sayings_of(pair)
        whole.sayings.append(said)
        for section in sections.around(pair.start):
            scope = scopes.setdefault(section.index, Scope(section.index, section.title, section.span))
            scope.sayings.append(said)
    in_order = sorted(scopes.values(), key=lambda scope: (scope.span.start, -scope.span.end, scope.section))
    found = (row for scope in (whole, *in_order) for row in rows_of(scope, tolerance))
    return AgreementTable(first.layer.author, second.layer.author, tolerance, tuple(found))


class _Sections:
    """The sections around an offset, looked up once for every stretch between two boundaries."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        self._sections = sections
        self._bounds = sorted({bound for section in sections for bound in section.span})
        self._known: dict[int, tuple[Section, ...]] = {}

    def around(self, offset: int) -> Iterator[Section]:
        """From the outermost to the innermost; none beyond the text."""
        at = bisect_right(self._bounds, offset)
        if at not in self._known:
            self._known[at] = section_path(self._sections, offset)
        yield from self._known[at]
