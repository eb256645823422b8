"""Which lines stand on which page."""

from dataclasses import replace

import pytest

from app.ledger.filling import Line, Table
from app.ledger.layout import Layout, SheetLayout, built_in
from app.ledger.measure import height_of
from app.ledger.paging import SURE, Placed, heights_of, pages, room_of, share_of

LAYOUT = built_in()["responsibility"]
PLAN = LAYOUT.sheets[0]
WIDTH = len(PLAN.columns)
PLACE = [column.field for column in PLAN.columns].index("quote")


def line(text: str) -> Line:
    return Line(tuple(text if n == PLACE else "" for n in range(WIDTH)))


def group(name: str) -> Line:
    return Line((name,), is_group=True)


def table(*lines: Line, plan: SheetLayout = PLAN) -> Table:
    return Table(plan, "", "云港区2026年政府工作报告责任清单", "共1行", lines)


def laid(*lines: Line, layout: Layout = LAYOUT) -> list[list[str]]:
    """What stands on each page, by the first words."""
    return [
        [str(p.line.values[0 if p.line.is_group else PLACE])[:2] for p in page]
        for page in pages(table(*lines), layout)
    ]


def test_that_an_empty_table_is_one_page() -> None:
    assert list(pages(table(), LAYOUT)) == [()]


def test_that_a_page_is_filled_and_not_overfilled() -> None:
    many = table(*(line("长" * 50) for _ in range(30)))
    room, over = room_of(PLAN, LAYOUT), heights_of(many, LAYOUT)
    found = list(pages(many, LAYOUT))
    used = [sum(placed.height for placed in page) + over.header for page in found]
    used[0] += over.title + over.subtitle
    height = found[0][0].height
    assert sum(len(page) for page in found) == 30
    assert all(each <= room for each in used)
    assert all(each + height > room for each in used[:-1])
    assert len(found[0]) < len(found[1])


def test_that_the_name_of_a_group_ends_no_page() -> None:
    lines = [line("长" * 150) for _ in range(6)]
    per_page = len(laid(*(lines * 3))[0])
    full = lines[: per_page - 1]
    small = [line("短")]
    # beside the name there is room, but not for a line below it
    assert laid(*full, group("区科技局"), *lines[:1]) == [["长长"] * (per_page - 1), ["区科", "长长"]]
    assert laid(*full, group("区科技局"), *small) == [[*["长长"] * (per_page - 1), "区科", "短"]]
    assert laid(*full, group("区科技局")) == [[*["长长"] * (per_page - 1), "区科"]]


def test_that_no_line_is_broken() -> None:
    high = line("高" + "行\n" * 60)
    assert laid(line("前"), line("短"), high, high, line("后")) == [["前", "短"], ["高行"], ["高行", "后"]]


def test_that_a_line_higher_than_its_page_leaves_none_empty_before_it() -> None:
    low = replace(LAYOUT, margins={**LAYOUT.margins, "top": 4.0})
    assert laid(line("高" + "行\n" * 60), line("后"), layout=low) == [["高行"], ["后"]]


def test_that_lines_are_measured_as_they_are_printed() -> None:
    (page,) = pages(table(group("区科技局（共1项）"), line("一")), LAYOUT)
    header, body = LAYOUT.fonts["header"].size, LAYOUT.fonts["body"].size
    assert [(p.size, p.height) for p in page] == [
        (header, height_of([("一", 9)], header)),
        (body, height_of([("一", 9)], body)),
    ]
    assert isinstance(page[0], Placed)


@pytest.mark.parametrize(("width", "share"), [(60.0, 1.0), (300.0, 783.79 / 1578.75)])
def test_that_a_sheet_is_made_smaller_to_be_one_page_wide_but_never_larger(
    width: float, share: float
) -> None:
    plan = replace(PLAN, columns=(replace(PLAN.columns[0], width=width),), merge=())
    sides = LAYOUT.margins["left"] + LAYOUT.margins["right"]
    assert sides == pytest.approx(0.8)
    assert share_of(plan, LAYOUT) == pytest.approx(share, rel=0.01)
    down = 210 * 72 / 25.4 - (LAYOUT.margins["top"] + LAYOUT.margins["bottom"]) * 72
    assert room_of(plan, LAYOUT) == pytest.approx(down / share * SURE, rel=0.01)


def test_that_larger_paper_holds_more() -> None:
    assert share_of(PLAN, replace(LAYOUT, paper="A3")) == 1.0
    assert share_of(PLAN, LAYOUT) == pytest.approx(0.94, abs=0.01)
