"""Tables on a page, found by their rules: the rules are a grid, the words between them its cells."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.reading.formats.page import Bit, Page, Rule, joined, rows_of

_NEAR = 3.0
"""Points within which two rules stand at the same place."""
_SIDE = 12.0
"""Points that the rules of an open side reach beyond the outermost upright one at least."""
MOST_RULES = 4000
_MOST_LINES = 200


Cell = tuple[Bit, ...]
"""A cell's words line by line."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows of cells' lines. A cell that reaches over others holds the words, they are empty.

    `rows` has one entry for a row whose cells are all one. `edges`: where its columns begin and end.
    """

    rows: tuple[tuple[Cell, ...], ...]
    top: float
    bottom: float
    edges: tuple[float, ...]


def take_grids(page: Page) -> list[Grid]:
    """The tables of a page, from top to bottom; their words are taken out of the page."""
    if not page.rules or len(page.rules) > MOST_RULES:
        return []
    grids = []
    for rules in _connected(page.rules):
        grid = _grid(rules, page)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda g: g.top)


def _connected(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """The rules in groups that touch each other."""
    groups: list[tuple[list[float], list[Rule]]] = []
    for rule in rules:
        box = [rule.left - _NEAR, rule.top - _NEAR, rule.right + _NEAR, rule.bottom + _NEAR]
        members = [rule]
        apart = []
        for other, held in groups:
            if box[0] <= other[2] and other[0] <= box[2] and box[1] <= other[3] and other[1] <= box[3]:
                box = [
                    min(box[0], other[0]),
                    min(box[1], other[1]),
                    max(box[2], other[2]),
                    max(box[3], other[3]),
                ]
                members = held + members
            else:
                apart.append((other, held))
        groups = [*apart, (box, members)]
    for _, members in groups:
        yield members


def _grid(rules: Sequence[Rule], page: Page) -> Grid | None:
    upright = [rule for rule in rules if rule.bottom - rule.top > _NEAR]
    level = [rule for rule in rules if rule.right - rule.left > _NEAR]
    xs = _places([*(rule.left for rule in upright), *_open_sides(upright, level)])
    ys = _places(rule.top for rule in level)
    if not 2 <= len(xs) <= _MOST_LINES or not 2 <= len(ys) <= _MOST_LINES:
        return None
    inside: list[Bit] = []
    outside: list[Bit] = []
    for bit in page.bits:
        (inside if _is_within(bit, xs, ys) else outside).append(bit)
    if not inside:
        return None
    page.bits[:] = outside
    owner = _owners(xs, ys, upright, level)
    cells: dict[tuple[int, int], list[Bit]] = {}
    for bit in inside:
        row, column = _band(bit.y - 0.3 * bit.size, ys), _band((bit.left + bit.right) / 2, xs)
        cells.setdefault(owner[row, column], []).append(bit)
    rows = []
    for r in range(len(ys) - 1):
        owners = [owner[r, c] for c in range(len(xs) - 1)]
        places = owners[:1] if len(set(owners)) == 1 else [(r, c) for c in range(len(xs) - 1)]
        rows.append(tuple(_lines(cells.pop(place, [])) for place in places))
    return Grid(tuple(rows), ys[0], ys[-1], tuple(xs))


def _open_sides(upright: Sequence[Rule], level: Sequence[Rule]) -> Iterator[float]:
    """The ends of level rules that reach beyond the outermost upright ones: a table's sides may be open."""
    if upright and len(level) > 1:
        left, right = min(rule.left for rule in upright), max(rule.left for rule in upright)
        starts, ends = sorted(rule.left for rule in level), sorted(rule.right for rule in level)
        yield from (x for x in starts[1:2] if x < left - _SIDE)
        yield from (x for x in ends[-2:-1] if x > right + _SIDE)


def _places(values: Iterable[float]) -> list[float]:
    """The distinct places among values that are nearly the same."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _NEAR:
            out.append(value)
    return out


def _is_within(bit: Bit, xs: Sequence[float], ys: Sequence[float]) -> bool:
    middle = (bit.left + bit.right) / 2
    return xs[0] - _NEAR < middle < xs[-1] + _NEAR and ys[0] - _NEAR < bit.y - 0.3 * bit.size < ys[-1] + _NEAR


def _band(value: float, edges: Sequence[float]) -> int:
    """Between which two edges a value lies."""
    return max(0, min(len(edges) - 2, sum(edge <= value for edge in edges) - 1))


def _owners(
    xs: Sequence[float], ys: Sequence[float], upright: Sequence[Rule], level: Sequence[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each field of the grid, the first field of the cell that it belongs to."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r in range(len(ys) - 1):
        for c in range(len(xs) - 1):
            x, y = (xs[c] + xs[c + 1]) / 2, (ys[r] + ys[r + 1]) / 2
            is_open_left = c > 0 and not any(
                abs(u.left - xs[c]) <= _NEAR and u.top - _NEAR < y < u.bottom + _NEAR for u in upright
            )
            is_open_above = r > 0 and not any(
                abs(v.top - ys[r]) <= _NEAR and v.left - _NEAR < x < v.right + _NEAR for v in level
            )
            owner[r, c] = owner[r, c - 1] if is_open_left else owner[r - 1, c] if is_open_above else (r, c)
    return owner


def _lines(bits: Sequence[Bit]) -> Cell:
    """A cell's words line by line."""
    return tuple(bit for row in rows_of(bits) for bit in joined(row))
