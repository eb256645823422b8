"""Tables drawn with rules whose sides are open."""

from app.reading.formats.page import Bit, Page, Rule
from app.reading.formats.ruled import Grid, take_grids

XS = (90.0, 220.0, 300.0, 400.0)
TABLE = (
    ("指标", "单位", "2025年", "2030年"),
    ("港口货物吞吐量", "万吨", "2680", "4200"),
    ("养老床位数", "张", "—", "3000"),
    ("森林覆盖率", "％", "21.5", "23左右"),
)
YS = (187.0, 207.0, 227.0, 247.0, 267.0)
"""The heights of the rules about its rows."""
EDGES = (85.0, 210.0, 290.0, 390.0, 460.0)


def page(upright: tuple[float, ...]) -> Page:
    """A page with the table, its rows between rules from edge to edge, its columns between upright ones."""
    words = [
        Bit(words, x, x + 10 * len(words), y + 13, 10)
        for y, row in zip(YS, TABLE, strict=False)
        for x, words in zip(XS, row, strict=True)
    ]
    level = [Rule(EDGES[0], y, EDGES[-1], y) for y in YS]
    return Page(1, 595.0, 842.0, words, level + [Rule(x, YS[0], x, YS[-1]) for x in upright])


def words_of(grid: Grid) -> list[tuple[str, ...]]:
    return [tuple("".join(bit.text for bit in cell) for cell in row) for row in grid.rows]


def test_that_a_grid_with_open_sides_has_its_outer_columns() -> None:
    sheet = page(EDGES[1:-1])
    (grid,) = take_grids(sheet)
    assert words_of(grid) == list(TABLE)
    assert sheet.bits == []
    assert grid.edges == EDGES


def test_that_one_rule_beyond_a_grid_opens_no_side() -> None:
    sheet = page(EDGES)
    sheet.rules.append(Rule(20.0, YS[0], 575.0, YS[0]))
    (grid,) = take_grids(sheet)
    assert grid.edges == EDGES
