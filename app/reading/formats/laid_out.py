"""Pages put together to the linear text: what PDF and OFD do with the pages they have read."""

from collections.abc import Sequence

from app.domain.errors import UserError
from app.reading.formats.columns import Gutters, Line, lines_of_page
from app.reading.formats.footnotes import Item, take_notes
from app.reading.formats.joining import Joiner, Paragraph
from app.reading.formats.linear import Linear, Tell
from app.reading.formats.page import Bit, Page
from app.reading.formats.raised_bits import with_raised
from app.reading.formats.ruled import Cell, Grid, take_grids
from app.reading.formats.running import drop_running
from app.reading.formats.spacing import with_common_edges
from app.reading.formats.unruled import Columns, take_unruled

MOST_PAGES = 5000
_STEP = 50
_NEAR = 4.0
_THIN = 1.0
_NEARLY, _LABEL = 2, 3
"""Letters of room in a cell's last line that is nearly full; letters of what is no number."""


def require_pages(count: int, name: str) -> None:
    """UserError for more pages than any report has."""
    if count > MOST_PAGES:
        raise UserError(
            f"“{name}”有 {count} 页，超过了 {MOST_PAGES} 页的上限，没有读入。请只保留报告正文所在的页后再试。"
        )


def put_pages(pages: Sequence[Page], out: Linear, tell: Tell) -> None:
    """Put the pages out as paragraphs and tables."""
    for page in pages:
        page.bits = with_raised(page.bits)
    grids = {page.number: take_grids(page) for page in pages}
    drop_running(pages)
    columns: Columns = ()
    for page in pages:
        more_grids, columns = take_unruled(page, columns)
        grids[page.number] += more_grids
    flow: list[Item] = []
    # those of the second page, for a first one that is titles for the most part
    gutters = lines_of_page(pages[1])[1] if len(pages) > 1 else ()
    for i, page in enumerate(pages):
        if i % _STEP == 0:
            tell(0.6 + 0.3 * i / len(pages))
        more, gutters = _flow(page, grids[page.number], gutters)
        flow += more
    flow, notes, noted = take_notes(flow)
    lines = iter(with_common_edges([item for item in flow if isinstance(item, Line)]))
    flow = [next(lines) if isinstance(item, Line) else item for item in flow]
    joiner = Joiner([item for item in flow if isinstance(item, Line)], noted)
    tables = _Tables(joiner, out)
    for item in joiner.paragraphs(flow):
        if isinstance(item, Paragraph):
            tables.close()
            out.blank(item.gap)
            out.paragraph(item.text, item.page, item.turns)
        else:
            tables.add(*item)
    tables.close()
    _put_notes(notes, out)


def _put_notes(notes: Sequence[tuple[int, str]], out: Linear) -> None:
    """Notes at the pages' feet behind the text, as those of a printed report."""
    if notes:
        out.blank(1)
        out.aside("注释")
    for page, text in notes:
        out.aside(text, page=page)


def _flow(page: Page, grids: Sequence[Grid], gutters: Gutters) -> tuple[list[Item], Gutters]:
    """A page's lines and tables in reading order: each table is put in its column as one line without words."""
    tables = {Bit("", grid.edges[0], grid.edges[-1], grid.top, _THIN): grid for grid in grids}
    page.bits += tables
    lines, gutters = lines_of_page(page, gutters)
    return [(tables[line.bit], page.number) if line.bit in tables else line for line in lines], gutters


class _Tables:
    """Puts tables out; one that goes on on the next page is one table, its torn row one row."""

    def __init__(self, joiner: Joiner, out: Linear) -> None:
        self._joiner = joiner
        self._out = out
        self._last: Grid | None = None
        self._head: list[str] = []
        self._rows: list[list[str]] = []
        self._page = 0
        self._goes_on = False

    def add(self, grid: Grid, page: int) -> None:
        """The next table of the flow."""
        rows, cells = self._texts(grid, page), grid.rows
        goes_on = self._last is not None and _same_columns(self._last, grid)
        if not goes_on:
            self.close()
            self._head = rows[0]
        elif rows[0] == self._head and len(self._head) > 1:
            rows, cells = rows[1:], cells[1:]  # the head comes again on each page
        before = self._last.rows[-1] if self._last and rows and self._rows else ()
        if before and (_is_torn(self._rows[-1], rows[0]) or _runs_over(before, cells[0], grid.edges)):
            self._rows[-1] = [a + b for a, b in zip(self._rows[-1], rows.pop(0), strict=True)]
        self._put()
        self._last, self._rows, self._page, self._goes_on = grid, rows, page, goes_on

    def close(self) -> None:
        """Something else follows."""
        self._put()
        if self._last is not None and len(self._last.edges) == 2:
            self._out.end_table()
        self._last = None

    def _put(self) -> None:
        self._out.table(self._rows, self._page, goes_on=self._goes_on)
        self._rows = []

    def _texts(self, grid: Grid, page: int) -> list[list[str]]:
        if all(len(row) == 1 for row in grid.rows):
            return [["\n".join(self._joiner.in_cell(row[0], page, grid.edges))] for row in grid.rows]
        return [["".join(bit.text.strip() for bit in cell) for cell in row] for row in grid.rows]


def _runs_over(last: Sequence[Cell], cells: Sequence[Cell], edges: Sequence[float]) -> bool:
    """Whether what has words goes on with cells whose last lines are full: a row torn in the midst of its cells.

    A word that would not fit, or a stop that may not begin a line, leaves room in some of them.
    """
    filled = [i for i, cell in enumerate(cells) if cell]
    if len(last) != len(cells) or not filled or not all(last[i] for i in filled):
        return False
    has_ended = len(filled) < len(cells) or any(len(last[i]) > 1 for i in filled)
    room = [_room(last[i], edges[i], edges[i + 1]) for i in filled]
    is_label = len(last[filled[0]][-1].text) >= _LABEL
    return has_ended and is_label and room[0] < 1 and 2 * sum(each < _NEARLY for each in room) >= len(room)


def _room(cell: Cell, left: float, right: float) -> float:
    """How many letters more the last line of a cell has room for, its margins being alike."""
    margin = min(bit.left for bit in cell) - left
    return (right - margin - cell[-1].right) / max(cell[-1].size, 1.0)


def _is_torn(row: list[str], rest: list[str]) -> bool:
    """Whether words of one row stand only where the one before has some, and not in all its cells."""
    if len(row) != len(rest) or len(row) == 1:
        return len(row) == len(rest)
    filled = [i for i, cell in enumerate(rest) if cell]
    if rest[0] or not all(row[i] for i in filled):
        return False
    # a row below a cell that reaches down has all the others filled
    return 2 * len(filled) <= len(rest) or any(row[i] and not rest[i] for i in range(1, len(row)))


def _same_columns(before: Grid, grid: Grid) -> bool:
    """Whether a table is the one before it, gone on on the next page or in the next column."""
    return len(before.edges) == len(grid.edges) and all(
        abs((a - before.edges[0]) - (b - grid.edges[0])) < _NEAR
        for a, b in zip(before.edges, grid.edges, strict=True)
    )
