"""How the charts of a ledger read: what lies on which axis, in which colour, how large, on which page."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from app.domain.lights import Colour
from app.domain.outgoing import Heading
from app.domain.supervising import cases
from app.domain.tallies import MonthLights, lights_over_time
from app.ledger.charts import add_charts
from app.ledger.layout import built_in
from tests.ledger.test_layout_workbooks import HEADING, MAY
from tests.supervised import office

POINT, SLACK = 12_700, 4


@pytest.fixture
def sheet(tmp_path: Path) -> Any:
    """The sheet of charts as it is found in the file."""
    facts = office()
    return charted(tmp_path, lights_over_time(facts, MAY))


def charted(folder: Path, months: tuple[MonthLights, ...], heading: Heading = HEADING) -> Any:
    book = Workbook()
    add_charts(book, built_in()["supervision"], cases(office(), MAY), months, heading)
    book.save(folder / "图.xlsx")
    return load_workbook(folder / "图.xlsx")["统计图"]


def colours(chart: Any) -> list[str]:
    fills = [series.graphicalProperties.solidFill.srgbClr for series in chart.series]
    return [getattr(fill, "val", fill) for fill in fills]


def title(chart: Any) -> str:
    return "".join(run.t for paragraph in chart.title.tx.rich.p for run in paragraph.r)


def test_that_each_chart_has_the_title_of_its_table(sheet: Any) -> None:
    assert [title(chart) for chart in sheet._charts] == [
        "各牵头单位进度",
        "各类别亮灯",
        "各分管领导进度",
        "历月亮灯",
    ]


def test_that_shares_lie_from_nothing_to_the_whole_the_first_group_at_the_top(sheet: Any) -> None:
    rates, _, leaders, _ = sheet._charts
    for chart in (rates, leaders):
        assert (chart.type, chart.grouping) == ("bar", "clustered")
        assert chart.x_axis.scaling.orientation == "maxMin"
        assert (chart.y_axis.scaling.min, chart.y_axis.scaling.max) == (0, 1)
        assert (chart.y_axis.number_format.formatCode, chart.y_axis.crosses) == ("0%", "max")
        assert colours(chart) == ["2457A6", "8FB0DD"]


def test_that_lights_lie_one_upon_the_other_in_their_colours(sheet: Any) -> None:
    _, sections, _, months = sheet._charts
    for chart in (sections, months):
        assert (chart.grouping, chart.overlap) == ("stacked", 100)
        assert chart.y_axis.number_format.formatCode == "0"
        assert colours(chart) == ["C23B34", "D9A400", "3E8E50", "9AA3AE"]
        assert (chart.y_axis.scaling.min, chart.y_axis.scaling.max) == (None, None)
    assert (sections.type, sections.x_axis.scaling.orientation, sections.y_axis.crosses) == (
        "bar",
        "maxMin",
        "max",
    )


def test_that_months_stand_from_left_to_right(sheet: Any) -> None:
    months = sheet._charts[-1]
    assert (months.type, months.x_axis.scaling.orientation, months.y_axis.crosses) == (
        "col",
        "minMax",
        "autoZero",
    )


def test_that_every_chart_shows_its_axes_a_legend_and_pale_lines(sheet: Any) -> None:
    for chart in sheet._charts:
        assert (chart.x_axis.delete, chart.y_axis.delete) == (False, False)
        assert (chart.legend.position, chart.gapWidth) == ("b", 50)
        assert chart.y_axis.majorGridlines.spPr.ln.solidFill.srgbClr == "D9DDE3"
        named_in = {series.tx.strRef.f.rsplit("!", 1)[1][1:] for series in chart.series}
        assert named_in == {str(chart.anchor._from.row + 1)}


def test_that_a_chart_stands_beside_its_table_and_ends_before_the_rows_do(sheet: Any) -> None:
    heights = [sheet.row_dimensions[line].height for line in range(1, sheet.max_row + 1)]
    tops = [chart.anchor._from.row for chart in sheet._charts]
    assert tops == [3, 14, 26, 37]
    for chart in sheet._charts:
        anchor = chart.anchor
        assert (anchor._from.col, anchor._from.colOff, anchor._from.rowOff) == (10, 0, SLACK * POINT)
        assert (anchor.ext.width, anchor.ext.height) == (5_580_000, (230 - 3 * SLACK) * POINT)
    assert all(sum(heights[top:following]) >= 230 for top, following in pairwise(tops))


def test_that_two_tables_stand_on_a_page_and_the_third_begins_another(sheet: Any) -> None:
    heights = [sheet.row_dimensions[line].height for line in range(1, sheet.max_row + 1)]
    breaks = [each.id for each in sheet.row_breaks.brk]
    assert breaks == [14, 37]
    assert all(sum(heights[a:b]) <= 560 for a, b in zip([0, *breaks], [*breaks, None], strict=True))
    assert sum(heights[: breaks[0]]) + 20 + 230 > 560


def test_that_columns_have_room_for_figures_and_charts(sheet: Any) -> None:
    widths = {name: column.width for name, column in sheet.column_dimensions.items()}
    assert [widths[name] for name in "ABCDEFGHIJ"] == [24, 7, 8, 9, 11, 7, 7, 7, 7, 2]
    assert {widths[name] for name in "KLMNOPQR"} == {9.5}
    assert [name for name, column in sheet.column_dimensions.items() if column.hidden] == ["T"]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:R1", "A2:R2"}
    assert [(cell.alignment.horizontal, cell.number_format) for cell in sheet[5][:9]] == [
        ("left", "General"),
        ("right", "General"),
        ("right", "General"),
        ("right", "0.0%"),
        ("right", "0.0%"),
        *[("right", "General")] * 4,
    ]


def test_that_a_day_that_ends_no_month_is_named(tmp_path: Path) -> None:
    lights = dict.fromkeys(Colour, 0)
    days = [MAY.replace(month=2, day=28), MAY.replace(month=2, day=27), MAY.replace(month=12, day=31)]
    sheet = charted(tmp_path, tuple(MonthLights(day, lights) for day in days))
    named = [sheet.cell(line, 1).value for line in range(1, sheet.max_row + 1)]
    top = named.index("月份")
    assert named[top + 1 : top + 4] == ["2026年2月", "2026年2月27日", "2026年12月"]
