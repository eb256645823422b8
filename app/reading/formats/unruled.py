"""Tables on a page without upright rules: successive rows of words that leave the same places white."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from app.reading.formats.joining import first_word
from app.reading.formats.page import Bit, Page, Rule, joined, rows_of
from app.reading.formats.ruled import MOST_RULES, Cell, Grid
from app.reading.marks import Style, mark_of
from app.reading.wording import plain

_WHITE = 0.8
"""Letters of white space between two columns."""
_FAR = 3.5
"""Letters from one row to the next at which a table ends."""
_MOSTLY = 0.6
_LEAST_BESIDE = 4
_LEAST_ROWS, _LEAST_RULED = 4, 3
"""Rows of a table about which nothing is drawn, and of one with level rules."""
_LEAST_COLUMNS, _MOST_COLUMNS = 3, 40
_MOST_LINES = 40
_SAME_RULE = 1.0
_SLACK = 0.6
_RULED_WIDTH = 0.9
_FIGURE = re.compile(r"(?=.*\d)[^，。；、：！？]{1,12}")
_NOTHING = "-—－―/ "
_WORD = re.compile(r".*[\u4e00-\u9fff]")
_STOPS = re.compile("[。；！？]")
_OF_ROWS = re.compile(r"(?![表图注]|专栏|附)[^，。；：！？]{2,16}")
"""What may stand alone above some of the rows: 民生福祉."""

Row = list[Bit]
Column = tuple[float, float]
"""From where to where the words of a column stand."""
Columns = Sequence[Column]
Lines = list[Row]
"""The lines that make one row of a table."""


class _Block(NamedTuple):
    """Successive rows whose words stand in the same columns, and the heights of the rules through all of these.

    `is_rest`: a table of the page before goes on with them. `widths`: those of the full rows' words, by column.
    """

    rows: Sequence[Row]
    columns: Columns
    rules: Sequence[float]
    is_rest: bool
    widths: dict[int, Column]

    @property
    def is_ruled(self) -> bool:
        """Whether a rule is drawn above its rows and another one among them."""
        first, last = self.rows[0][0].y, self.rows[-1][0].y
        return any(rule < first for rule in self.rules) and any(first < rule < last for rule in self.rules)

    @classmethod
    def of(cls, rows: Sequence[Row], columns: Columns, rules: Sequence[Rule], *, is_rest: bool) -> "_Block":
        """The block of these rows, on a page with these rules."""
        block = cls(rows, columns, list(_through(columns, rows, rules)), is_rest, {})
        for bit in (bit for row in rows if block.is_full(row) for bit in row):
            left, right = block.widths.get(block.column(bit), (bit.left, bit.right))
            block.widths[block.column(bit)] = min(left, bit.left), max(right, bit.right)
        return block

    def is_full(self, row: Row) -> bool:
        """Whether a row has words in most columns; what has less goes on with cells of another row."""
        return len(row) >= max(2, _MOSTLY * len(self.columns))

    def column(self, bit: Bit) -> int:
        """In which column words stand."""
        return next(i for i, (_, right) in enumerate(self.columns) if bit.left <= right)

    def cells(self, lines: Sequence[Row]) -> tuple[Cell, ...]:
        """The words of a row column by column, line by line; one cell where words reach over several."""
        first = lines[0][0]
        if len(lines) == len(lines[0]) == 1 and first.right > self.columns[self.column(first)][1]:
            return ((first,),)
        out: list[list[Bit]] = [[] for _ in self.columns]
        for bit in (bit for row in lines for bit in row):
            out[self.column(bit)].append(bit)
        return tuple(map(tuple, out))

    def goes_on(self, lines: Sequence[Row], row: Row) -> bool:
        """Whether each word of a row goes on with a line above it that had no room for it."""
        if len(lines) > _MOST_LINES or any(lines[-1][0].y < rule < row[0].y for rule in self.rules):
            return False
        cells = self.cells(lines)
        return len(cells) > 1 and all(self._had_no_room(cells[self.column(bit)], bit) for bit in row)

    def _had_no_room(self, cell: Cell, bit: Bit) -> bool:
        left, right = self.widths.get(self.column(bit), (0.0, 0.0))
        wanted = (first_word(bit.text) + _SLACK) * bit.size
        return (
            bool(cell)
            and right - left - (cell[-1].right - cell[-1].left) < wanted
            and left - bit.size < bit.left
            and bit.right < right + bit.size
            and mark_of(plain(bit.text)) is None
        )


def take_unruled(page: Page, usual: Columns = ()) -> tuple[list[Grid], Columns]:
    """The tables of a page that are no grids of rules; their words are taken out of the page.

    With them the columns of one that ends the page; `usual`: those of the page before, which may go on. Figures below
    each other and the same places white in row after row: running text never has that. What is no table beyond doubt
    stays as it is.
    """
    if not usual and len(page.bits) - len({round(bit.y) for bit in page.bits}) < _LEAST_BESIDE:
        return [], ()
    whole = list(rows_of(page.bits))
    rows = [list(joined(row, _WHITE)) for row in whole]
    grids: list[Grid] = []
    taken: set[int] = set()
    foot: Columns = ()
    for block in _blocks(rows, usual, page.rules):
        for table in _tables(block):
            is_rest = block.is_rest and bool(table) and table[0][0] is rows[0]
            if is_rest or _is_table(block, table):
                columns = usual if is_rest else block.columns
                grids.append(_grid(block, table, columns))
                taken.update(id(row) for lines in table for row in lines)
                foot = columns if table[-1][-1] is rows[-1] else ()
    if grids:
        page.bits[:] = [
            bit for bits, row in zip(whole, rows, strict=True) if id(row) not in taken for bit in bits
        ]
    return grids, foot


def _blocks(rows: Sequence[Row], usual: Columns, rules: Sequence[Rule]) -> Iterator[_Block]:
    """Successive rows that leave the same places white; the first of them may go on with the usual columns."""
    held: list[Row] = []
    columns = list(usual)
    is_rest = bool(usual)
    for row, after in pairwise([*rows, [], []]):
        grown = _grown(columns, row) if columns and _is_near(held, row) else None
        if grown is None and _is_of_rows(row, held) and _is_near([row], after) and _grown(columns, after):
            grown = columns
        if grown is None:
            if len(held) >= (1 if is_rest else _LEAST_RULED):
                yield _Block.of(held, columns, rules, is_rest=is_rest)
            is_rest = False
            held, columns = ([], _grown([], row) or []) if len(row) > 1 else ([], [])
        if columns:
            held.append(row)
            columns = grown or columns


def _is_near(held: Sequence[Row], row: Row) -> bool:
    return bool(row) and (not held or row[0].y - held[-1][0].y <= _FAR * row[0].size)


def _is_of_rows(row: Row, held: Sequence[Row]) -> bool:
    """Whether a line may stand above some of a table's rows and say what they are about."""
    if len(row) != 1 or not _is_near(held, row):
        return False
    words = row[0].text.strip()
    return _OF_ROWS.fullmatch(words) is not None and mark_of(plain(words)) is None


def _grown(columns: Columns, row: Row) -> list[Column] | None:
    """The columns with another row; None where it has words across two of them, or twice in one."""
    if len(row) + len(columns) > 2 * _MOST_COLUMNS:
        return None
    out = list(columns)
    taken: list[Column] = []
    for bit in row:
        white = _WHITE * bit.size
        touched = [c for c in out if c[0] - white < bit.right and bit.left - white < c[1]]
        if len(touched) > 1 or any(c in taken for c in touched):
            return None
        edges = [bit.left, bit.right, *(edge for c in touched for edge in c)]
        taken.append((min(edges), max(edges)))
        out = sorted([c for c in out if c not in touched] + taken[-1:])
    return out


def _through(columns: Columns, rows: Sequence[Row], rules: Sequence[Rule]) -> Iterator[float]:
    """The heights of the rules about these rows that are drawn over all columns, in one piece or cell by cell."""
    left, right = columns[0][0], columns[-1][1]
    top, bottom = rows[0][0].y - _FAR * rows[0][0].size, rows[-1][0].y + _FAR * rows[-1][0].size
    drawn: dict[float, float] = {}
    y = top
    for rule in sorted(rules, key=lambda r: r.top) if len(rules) <= MOST_RULES else ():
        if top < rule.top < bottom:  # an upright one has no width
            y = rule.top if rule.top - y > _SAME_RULE else y
            drawn[y] = drawn.get(y, 0.0) + max(0.0, min(rule.right, right) - max(rule.left, left))
    return (y for y, wide in drawn.items() if wide >= _RULED_WIDTH * (right - left))


def _tables(block: _Block) -> Iterator[list[Lines]]:
    """The lines of a block row by row; several tables where a line between them belongs to no row."""
    full = [row[0].y for row in block.rows if block.is_full(row)]
    threes = zip(block.rows, block.rows[1:], block.rows[2:], strict=False)
    if len(full) > 1 and all(any(a < rule < b for rule in block.rules) for a, b in pairwise(full)):
        yield _between_rules(block)
    elif any(_is_middle(block, three) for three in threes):
        yield _about_middles(block)
    else:
        yield from _from_tops(block)


def _between_rules(block: _Block) -> list[Lines]:
    """Rows with a rule between any two. What stands below the last one must go on with it, if no rule follows."""
    bands: dict[int, Lines] = {}
    for row in block.rows:
        lines = bands.setdefault(sum(rule < row[0].y for rule in block.rules), [])
        if not lines or row[0].y < block.rules[-1] or block.goes_on(lines, row):
            lines.append(row)
    return [
        lines for lines in bands.values() if any(map(block.is_full, lines)) or lines[0][0].y < block.rules[-1]
    ]


def _is_middle(block: _Block, rows: Sequence[Row]) -> bool:
    """Whether the second alone of three rows is full, but for a cell that has words above and below it."""
    above, middle, below = ({block.column(bit) for bit in row} for row in rows)
    return [block.is_full(row) for row in rows] == [False, True, False] and bool((above & below) - middle)


def _about_middles(block: _Block) -> list[Lines]:
    """Rows whose cells stand in their middle: as many lines above the full one as below it."""
    out: list[Lines] = []
    above: Lines = []
    owed = 0
    for row in block.rows:
        if block.is_full(row):
            if owed:
                return []
            out.append([*above, row])
            owed, above = len(above), []
        elif owed:
            out[-1].append(row)
            owed -= 1
        else:
            above.append(row)
    return [] if owed else out


def _from_tops(block: _Block) -> Iterator[list[Lines]]:
    """Rows that begin with a full line; a line that neither goes on with a cell nor stands above rows ends a table."""
    out: list[Lines] = []
    for row, after in pairwise([*block.rows, []]):
        if not block.is_full(row) and out and block.goes_on(out[-1], row):
            out[-1].append(row)
        elif block.is_full(row) or (block.is_full(after) and _is_of_rows(row, [])) or _is_rest(block, row):
            out.append([row])
        else:
            yield out
            out = []
    yield out


def _is_rest(block: _Block, row: Row) -> bool:
    """Whether a line is what the page before left of a row."""
    is_first = block.is_rest and row is block.rows[0] and any(map(block.is_full, block.rows))
    return is_first and all(mark_of(plain(bit.text)) is None for bit in row)


def _is_table(block: _Block, table: Sequence[Lines]) -> bool:
    """Whether rows have figures below each other; where no rules are drawn, no sentences and no chapters either."""
    rows = [["".join(bit.text for bit in cell) for cell in block.cells(lines)] for lines in table]
    rows = [row for row in rows if len(row) > 1]
    if len(rows) < (_LEAST_RULED if block.is_ruled else _LEAST_ROWS):
        return False
    columns = list(zip(*rows[1:], strict=True))
    if not any(map(_is_of_figures, columns)) or not any(map(_is_of_words, columns)):
        return False
    return block.is_ruled or (len(columns) >= _LEAST_COLUMNS and not any(map(_is_text, rows)))


def _is_of_figures(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip(_NOTHING)]
    figures = sum(_FIGURE.fullmatch(cell.replace(" ", "")) is not None for cell in filled)
    return figures >= max(_MOSTLY * len(filled), len(cells) / 2)


def _is_of_words(cells: Sequence[str]) -> bool:
    return sum(_WORD.match(cell) is not None for cell in cells) >= _MOSTLY * len(cells)


def _is_text(row: Sequence[str]) -> bool:
    """Whether a row holds the end of a sentence, or is a chapter's line in a table of contents."""
    mark = mark_of(plain(row[0]))
    is_heading = mark is not None and not Style.ALONE <= mark.style <= Style.DIGIT_PAREN
    return is_heading or any(map(_STOPS.search, row))


def _grid(block: _Block, table: Sequence[Lines], columns: Columns) -> Grid:
    first, last = table[0][0], table[-1][-1]
    return Grid(
        tuple(block.cells(lines) for lines in table),
        first[0].y - first[0].size / 2,
        last[0].y + last[0].size / 2,
        (columns[0][0], *(right for _, right in columns)),
    )
