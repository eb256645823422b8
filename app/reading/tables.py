"""Tables in plain text: each cell on its own line behind a TAB, or rows with TABs or bars inside."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.patterns import late
from app.domain.spans import Span, Spans
from app.reading.marks import Style, mark_of
from app.reading.source_lines import Line

Row = tuple[Spans, ...]
"""The source spans of each cell: none for an empty cell, several for one split over lines."""

_WIDEST = 40
_LONG_HEAD = 40
_LONG_CONTINUATION = 40
_REMARK = late(r"(?:备?注释?|说明|资料来源|数据来源)[：:]")
_RULE = late(r"[|： -]+")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, each row with `width` cells; rows in which everything is empty are left out."""

    rows: tuple[Row, ...]
    width: int


def take_table(lines: Sequence[Line], at: int) -> tuple[Table | None, int]:
    """The table that begins at a line, and the line behind it.

    Where none begins: None, and the first line at which looking again makes sense.
    """
    line = lines[at]
    if "\t" in line.text:
        rows, end = _rows_on_lines(lines, at, "\t")
    elif line.has_tab:
        rows, end = _cells_on_lines(lines, at)
    elif line.text.startswith("|") and line.text.endswith("|"):
        rows, end = _rows_on_lines(lines, at, "|")
    else:
        return None, at + 1
    table = _table(rows)
    return table, end


def is_remark(line: Line) -> bool:
    """Whether a line explains the table above it."""
    return _REMARK.match(line.text) is not None


def _cells_on_lines(lines: Sequence[Line], at: int) -> tuple[list[list[Spans]], int]:
    rows: list[list[Spans]] = []
    i = at
    while i < len(lines):
        line = lines[i]
        if i > at and line.gap > 1:
            break
        if line.has_tab and not _opens_something_else(line):
            if line.gap or not rows:
                rows.append([])
            rows[-1].append((Span(line.start, line.end),) if line.text else ())
        elif rows and not line.gap and _continues_a_cell(line):
            rows[-1][-1] += (Span(line.start, line.end),)
        else:
            break
        i += 1
    return rows, i


def _is_heading(line: Line) -> bool:
    """Whether a line is a heading, as in a table of contents, where a TAB stands before the page number."""
    mark = mark_of(line.text)
    return mark is not None and mark.style <= Style.HAN_PAREN


def _is_row(line: Line, bar: str) -> bool:
    """Whether a line is a row: of several cells and no heading; or of one, around which the TABs of the others stand."""
    if bar in line.text:
        return not _is_heading(line)
    return bar == "\t" and (line.tabs_behind > 0 or (line.has_tab and len(line.text) <= _LONG_CONTINUATION))


def _opens_something_else(line: Line) -> bool:
    mark = mark_of(line.text)
    return is_remark(line) or (mark is not None and mark.style in {Style.BOX, Style.ANNEX, Style.CHAPTER})


def _continues_a_cell(line: Line) -> bool:
    return len(line.text) <= _LONG_CONTINUATION and mark_of(line.text) is None


def _rows_on_lines(lines: Sequence[Line], at: int, bar: str) -> tuple[list[list[Spans]], int]:
    rows: list[list[Spans]] = []
    i = at
    while i < len(lines) and (i == at or lines[i].gap <= 1) and _is_row(lines[i], bar):
        if not _RULE.fullmatch(lines[i].text):
            rows.append(_cells_between(lines[i], bar))
        i += 1
    return rows, i


def _cells_between(line: Line, bar: str) -> list[Spans]:
    cells: list[Spans] = []
    start = line.start
    text = line.text
    if bar == "|":
        text, start = text.removeprefix("|").removesuffix("|"), start + text.startswith("|")
    elif line.has_tab:
        cells = [()] * line.indent
    for cell in text.split(bar):
        body = cell.strip()
        inner = start + len(cell) - len(cell.lstrip())
        cells.append((Span(inner, inner + len(body)),) if body else ())
        start += len(cell) + 1
    return cells


def _table(rows: list[list[Spans]]) -> Table | None:
    """A table, if at least two rows agree on a width of two or more and the head's cells are short."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths or widths.most_common(1)[0][1] < 2:
        return None
    if any(sum(b - a for a, b in cell) > _LONG_HEAD for cell in rows[0]):
        return None
    width = max(widths)
    if width > _WIDEST:
        return None
    full = (tuple(row) + ((),) * (width - len(row)) for row in rows if any(row))
    return Table(tuple(full), width)
