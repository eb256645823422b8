"""Which lines of a sheet stand on which page, and how high: what is written, broken and previewed goes by it."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from app.ledger.filling import Line, Table
from app.ledger.layout import PAPERS, Layout, SheetLayout
from app.ledger.measure import fitting, height_of
from app.ledger.page import shown

POINTS_PER_MM, POINTS_PER_INCH = 72 / 25.4, 72
SURE = 0.96
"""The share of a page that is reckoned with: no two programs set a page alike, and ours must end first."""


class Placed(NamedTuple):
    """A line with the size of its print and its height, in points."""

    line: Line
    size: float
    height: float


class Heights(NamedTuple):
    """Of the title, the line under it and the columns' titles, in points."""

    title: float
    subtitle: float
    header: float


def pages(table: Table, layout: Layout) -> Iterator[tuple[Placed, ...]]:
    """The lines page by page; at least one page. The name of a group does not end one, and no line is broken.

    Where a sheet comes back, rows are put in and sorted: its pages are then only how it looks as it is sent.
    """
    room, (title, subtitle, header) = room_of(table.plan, layout), heights_of(table, layout)
    left = room - title - subtitle - header
    placed = [_placed(line, table.plan, layout) for line in table.lines]
    page: list[Placed] = []
    for this, after in zip_longest(placed, placed[1:]):
        needed = this.height + (after.height if after and this.line.is_group else 0)
        if page and needed > left:
            yield tuple(page)
            page, left = [], room - header
        page.append(this)
        left -= this.height
    yield tuple(page)


def heights_of(table: Table, layout: Layout) -> Heights:
    """How high the lines over the table are."""
    width = across(table.plan)
    title, subtitle = (
        height_of([(text, width)], layout.fonts[role].size)
        for role, text in (("title", table.title), ("subtitle", table.subtitle))
    )
    cells = [(column.title, column.width) for column in table.plan.columns]
    return Heights(title, subtitle, height_of(cells, layout.fonts["header"].size))


def across(plan: SheetLayout) -> float:
    """The width of all that is seen, in Excel's units."""
    return sum(column.width for column in plan.columns if not column.hidden)


def points(width: float) -> float:
    """A column's width in points: Excel's unit is seven pixels of 96 to the inch, with five around them."""
    return (width * 7 + 5) * 0.75


def share_of(plan: SheetLayout, layout: Layout) -> float:
    """What the sheet is made smaller by, to be one page wide; 1 where it is not."""
    margins = layout.margins
    sides = margins["left"] + margins["right"]
    room = PAPERS[layout.paper].across * POINTS_PER_MM - sides * POINTS_PER_INCH
    return min(1.0, room / sum(points(column.width) for column in plan.columns if not column.hidden))


def room_of(plan: SheetLayout, layout: Layout) -> float:
    """How high the rows of one page may be, in points of the sheet."""
    margins = layout.margins
    ends = margins["top"] + margins["bottom"]
    down = PAPERS[layout.paper].down * POINTS_PER_MM - ends * POINTS_PER_INCH
    return down / share_of(plan, layout) * SURE


def _placed(line: Line, plan: SheetLayout, layout: Layout) -> Placed:
    if line.is_group:
        size = layout.fonts["header"].size
        return Placed(line, size, height_of([(str(line.values[0]), across(plan))], size))
    cells = (
        (shown(value, column), column.width)
        for value, column in zip(line.values, plan.columns, strict=True)
        if not column.hidden
    )
    return Placed(line, *fitting(cells, layout.fonts["body"].size))
