"""The workbook as it is found when it is opened again."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.ledger import Ledger, TaskRow
from app.ledger.workbook import write_workbook

SHEET_XML = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TINT, WHITE = "00FDF6E3", "00000000"


def reopened(folder: Path, *ledgers: Ledger) -> Workbook:
    out = folder / "台账.xlsx"
    write_workbook(out, ledgers)
    return load_workbook(out)


def with_quotes(ledger: Ledger, *quotes: str) -> Ledger:
    return replace(ledger, tasks=tuple(replace(ledger.tasks[1], quote=quote) for quote in quotes))


def row_of(sheet: Worksheet, number: int) -> list[object]:
    return [cell.value for cell in sheet[number]]


def xml_parts(path: Path) -> Iterator[tuple[str, ElementTree.Element]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            yield name, ElementTree.fromstring(archive.read(name))  # noqa: S314


@pytest.fixture
def book(tmp_path: Path, ledger: Ledger) -> Workbook:
    return reopened(tmp_path, ledger)


@pytest.fixture
def tasks(book: Workbook) -> Worksheet:
    sheet = book["任务分解表"]
    assert isinstance(sheet, Worksheet)
    return sheet


@pytest.fixture
def indicators(book: Workbook) -> Worksheet:
    sheet = book["主要指标"]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_that_indicators_come_before_tasks(book: Workbook) -> None:
    assert book.sheetnames == ["主要指标", "任务分解表"]
    assert book.active is book["主要指标"]


def test_that_a_report_without_indicators_has_no_sheet_of_them(tmp_path: Path, ledger: Ledger) -> None:
    assert reopened(tmp_path, replace(ledger, indicators=())).sheetnames == ["任务分解表"]


def test_that_a_report_without_tasks_still_has_a_sheet(tmp_path: Path, ledger: Ledger) -> None:
    sheet = reopened(tmp_path, replace(ledger, indicators=(), tasks=()))["任务分解表"]
    assert sheet.max_row == 3
    assert sheet.auto_filter.ref == "A3:N3"


def test_that_the_columns_are_the_offices(tasks: Worksheet, indicators: Worksheet) -> None:
    assert row_of(tasks, 3) == [
        "序号",
        "类别\n（报告章节）",
        "重点任务（原文）",
        "分解事项",
        "量化指标",
        "分管领导",
        "牵头单位",
        "配合单位",
        "完成时限",
        "来源",
        "备注",
        "状态",
        "原文偏移",
        "标识",
    ]
    assert row_of(indicators, 3) == [
        "序号",
        "指标",
        "基期值",
        "目标值",
        "属性",
        "牵头单位",
        "完成时限",
        "来源",
        "状态",
        "原文偏移",
        "标识",
    ]


def test_that_every_task_has_its_row(tasks: Worksheet) -> None:
    assert tasks.max_row == 7
    assert row_of(tasks, 5) == [
        2,
        "（一）壮大实体经济，培育新动能",
        "加快云湖科创园建设，海洋专利成交额突破100亿元。",
        "编制建设方案",
        "海洋专利成交额 突破100亿元\n引进研发机构 20家以上",
        "李若川",
        "区科技局",
        "区财政局",
        "2026年6月底前",
        "三、2026年重点任务（一）\n1．建强创新平台\n原文第231—254字、第401—410字",
        "列入市级清单",
        "已确认",
        "230-254 400-410",
        "task-park",
    ]
    assert [tasks.cell(row, 14).value for row in range(4, 8)] == [
        "task-goal",
        "task-park",
        "task:510-530",
        "meeting",
    ]


def test_that_every_indicator_has_its_row(indicators: Worksheet) -> None:
    assert indicators.max_row == 5
    assert row_of(indicators, 4) == [
        1,
        "地区生产总值增长",
        "5.1%",
        "5.5%左右",
        "预期性",
        None,
        "2026年12月底前（默认）",
        "二、主要预期目标\n原文第111—150字",
        "已确认",
        "110-150",
        "goal-gdp",
    ]


def test_that_the_title_and_its_line_stand_over_all_that_is_seen(
    tasks: Worksheet, indicators: Worksheet
) -> None:
    line = "依据：已提交稿（标注人 王敏） · 共4项，待确认1项 · 遗漏2处 · 2026年1月20日"
    assert [tasks["A1"].value, tasks["A2"].value] == ["云港区2026年政府工作报告重点任务分解表", line]
    assert [indicators["A1"].value, indicators["A2"].value] == ["云港区2026年政府工作报告主要指标表", line]
    assert {str(area) for area in tasks.merged_cells.ranges} == {"A1:L1", "A2:L2"}
    assert {str(area) for area in indicators.merged_cells.ranges} == {"A1:I1", "A2:I2"}


def test_that_only_rows_nobody_confirmed_are_tinted(tasks: Worksheet) -> None:
    assert [tasks.cell(row, 12).value for row in range(4, 8)] == ["已确认", "已确认", "待确认", "已确认"]
    for column in range(1, 15):
        colours = [tasks.cell(row, column).fill.start_color.rgb for row in range(4, 8)]
        assert colours == [WHITE, WHITE, TINT, WHITE]


def test_that_the_id_and_the_offsets_are_hidden(tasks: Worksheet, indicators: Worksheet) -> None:
    for sheet, hidden in ((tasks, ["M", "N"]), (indicators, ["J", "K"])):
        dimensions = sheet.column_dimensions
        assert [name for name in sorted(dimensions) if dimensions[name].hidden] == hidden
    assert tasks.column_dimensions["C"].width == 31


def test_that_the_sheets_print_on_a4_one_page_wide(tasks: Worksheet, indicators: Worksheet) -> None:
    for sheet in (tasks, indicators):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$3:$3"
        assert sheet.oddFooter.center.text == "第 &P 页 / 共 &N 页"
        assert sheet.print_options.horizontalCentered is True
        assert (sheet.page_margins.left, sheet.page_margins.top, sheet.page_margins.bottom) == (
            0.4,
            0.6,
            0.65,
        )


def test_that_the_header_is_frozen_and_filters_the_hidden_columns_too(
    tasks: Worksheet, indicators: Worksheet
) -> None:
    assert (tasks.freeze_panes, tasks.auto_filter.ref) == ("A4", "A3:N7")
    assert (indicators.freeze_panes, indicators.auto_filter.ref) == ("A4", "A3:K5")


@pytest.mark.parametrize(
    ("cell", "font", "size", "align"),
    [
        ("A1", "方正小标宋简体", 20, "center"),
        ("A2", "楷体_GB2312", 11, "center"),
        ("C3", "黑体", 11, "center"),
        ("A5", "仿宋_GB2312", 10.5, "center"),
        ("C5", "仿宋_GB2312", 10.5, "left"),
        ("G5", "仿宋_GB2312", 10.5, "center"),
    ],
)
def test_that_fonts_are_the_offices(tasks: Worksheet, cell: str, font: str, size: float, align: str) -> None:
    found = tasks[cell]
    assert (found.font.name, found.font.size) == (font, size)
    assert (found.alignment.horizontal, found.alignment.vertical) == (align, "center")
    assert found.alignment.wrap_text is True


def test_that_figures_stand_right(indicators: Worksheet) -> None:
    assert [indicators.cell(4, column).alignment.horizontal for column in (3, 4)] == ["right", "right"]


def test_that_the_table_has_thin_borders_and_the_title_none(tasks: Worksheet) -> None:
    for cell in (tasks["A3"], tasks["L3"], tasks["C5"], tasks["L7"]):
        sides = (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
        assert [side.style for side in sides] == ["thin"] * 4
    assert tasks["A1"].border.top is None
    assert tasks["A3"].fill.start_color.rgb == "00E9EDF2"


def test_that_styles_are_shared_and_do_not_grow_with_the_rows(tmp_path: Path, ledger: Ledger) -> None:
    short = reopened(tmp_path, ledger)
    long = reopened(tmp_path, replace(ledger, tasks=ledger.tasks * 40))
    assert long["任务分解表"].max_row == 163
    assert len(long._named_styles) == len(short._named_styles) < 16
    assert len(long._cell_styles) == len(short._cell_styles)


def test_that_rows_are_as_high_as_their_fullest_cell(tasks: Worksheet) -> None:
    assert [tasks.row_dimensions[row].height for row in (1, 2, 3)] == [
        20 * 1.35 + 8,
        11 * 1.35 + 8,
        2 * 11 * 1.35 + 8,
    ]
    # 来源: two lines of headings, one of the third, three of places
    assert tasks.row_dimensions[5].height == pytest.approx(6 * 10.5 * 1.35 + 8)


def test_that_a_hidden_cell_does_not_make_its_row_higher(tmp_path: Path, ledger: Ledger) -> None:
    row = replace(ledger.tasks[3], offsets="1-2 " * 500, deadline="")
    sheet = reopened(tmp_path, replace(ledger, tasks=(row,)))["任务分解表"]
    assert sheet.row_dimensions[4].height == pytest.approx(2 * 10.5 * 1.35 + 8)


def test_that_a_long_text_is_set_smaller_and_is_whole(tmp_path: Path, ledger: Ledger) -> None:
    long, endless = "长" * 500, "长" * 6000
    sheet = reopened(tmp_path, with_quotes(ledger, "短", long, endless))["任务分解表"]
    assert [sheet.cell(row, 3).value for row in (4, 5, 6)] == ["短", long, endless]
    assert [sheet.cell(row, 3).font.size for row in (4, 5, 6)] == [10.5, 9, 6]
    assert sheet.row_dimensions[5].height <= 409
    assert sheet.row_dimensions[6].height == 409


FORMULAS = ("=SUM(A1:A9)", "+8613800000000", "-3%", "@某单位", "\t=1+1", "=1\x00+1", "=")


def test_that_text_stays_text_whatever_it_starts_with(tmp_path: Path, ledger: Ledger) -> None:
    sheet = reopened(tmp_path, with_quotes(ledger, *FORMULAS))["任务分解表"]
    cells = [sheet.cell(row, 3) for row in range(4, 4 + len(FORMULAS))]
    assert [cell.value for cell in cells] == [text.replace("\x00", "") for text in FORMULAS]
    assert [cell.data_type for cell in cells] == ["s"] * len(FORMULAS)
    assert all(cell.quotePrefix for cell in cells)
    assert all(cell.font.name == "仿宋_GB2312" for cell in cells)


def test_that_plain_text_needs_no_quote(tasks: Worksheet) -> None:
    assert not tasks["C5"].quotePrefix


def test_that_the_name_of_an_error_is_text(tmp_path: Path, ledger: Ledger) -> None:
    cell = reopened(tmp_path, with_quotes(ledger, "#N/A"))["任务分解表"]["C4"]
    assert (cell.value, cell.data_type) == ("#N/A", "s")


def test_that_a_title_cannot_be_a_formula_either(tmp_path: Path, ledger: Ledger) -> None:
    sheet = reopened(tmp_path, replace(ledger, title='=HYPERLINK("x")'))["任务分解表"]
    assert (sheet["A1"].value, sheet["A1"].data_type) == ('=HYPERLINK("x")重点任务分解表', "s")


def test_that_no_part_of_the_file_holds_a_formula_or_a_link(tmp_path: Path, ledger: Ledger) -> None:
    reopened(tmp_path, with_quotes(ledger, *FORMULAS))
    sheets = 0
    for name, root in xml_parts(tmp_path / "台账.xlsx"):
        assert root.find(f".//{SHEET_XML}f") is None, name
        assert root.find(f".//{SHEET_XML}hyperlink") is None, name
        sheets += name.startswith("xl/worksheets/sheet")
    assert sheets == 2


def test_that_a_text_too_long_for_a_cell_says_that_it_was_cut(tmp_path: Path, ledger: Ledger) -> None:
    value = reopened(tmp_path, with_quotes(ledger, "长" * 40_000))["任务分解表"]["C4"].value
    assert isinstance(value, str)
    assert len(value) == 32_767
    assert value.endswith("长……（原文过长，见系统）")


def test_that_the_sheets_of_several_reports_are_told_apart(tmp_path: Path, ledger: Ledger) -> None:
    bare = replace(ledger, name="临港[开发]区2025年", title="临港区2025年工作报告", indicators=())
    book = reopened(tmp_path, ledger, bare, ledger)
    assert book.sheetnames == [
        "云港区2026年 主要指标",
        "云港区2026年 任务分解表",
        "临港开发区2025年 任务分解表",
        "云港区2026年 主要指标(2)",
        "云港区2026年 任务分解表(2)",
    ]
    assert book["临港开发区2025年 任务分解表"]["A1"].value == "临港区2025年工作报告重点任务分解表"
    assert all(sheet.print_title_rows == "$3:$3" for sheet in book.worksheets)


def test_that_the_file_says_what_it_is_and_from_which_layer(book: Workbook) -> None:
    about = book.properties
    assert (about.creator, about.lastModifiedBy) == ("督办", "督办")
    assert about.title == "云港区2026年政府工作报告重点任务分解表"
    assert about.description == (
        "云港区2026年政府工作报告：依据：已提交稿（标注人 王敏） · 共4项，待确认1项 · 遗漏2处 · 2026年1月20日"
    )


def test_that_the_file_names_every_report_it_holds(tmp_path: Path, ledger: Ledger) -> None:
    about = reopened(tmp_path, ledger, replace(ledger, title="临港区\x07报告")).properties
    assert about.title == "云港区2026年政府工作报告重点任务分解表；临港区报告重点任务分解表"
    assert about.description is not None
    assert [line.partition("：")[0] for line in about.description.splitlines()] == [
        "云港区2026年政府工作报告",
        "临港区报告",
    ]


def test_that_equal_categories_are_repeated_so_that_the_sheet_can_be_sorted(
    tmp_path: Path, ledger: Ledger
) -> None:
    row: TaskRow = ledger.tasks[1]
    sheet = reopened(tmp_path, replace(ledger, tasks=(row, row)))["任务分解表"]
    assert sheet["B4"].value == sheet["B5"].value == row.category
