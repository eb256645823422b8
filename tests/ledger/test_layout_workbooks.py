"""The workbooks of every layout, as they are found when they are opened again."""

import gc
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.errors import CancelledError, UserError
from app.domain.ledger import IndicatorRow, RowState
from app.domain.lights import COLOUR_NAMES
from app.domain.outgoing import Heading
from app.domain.periods import period_of
from app.domain.supervising import Case, cases
from app.domain.tallies import lights_over_time
from app.domain.task_moves import TaskState
from app.ledger.filling import Contents, tables
from app.ledger.layout import Layout, SheetLayout, built_in
from app.ledger.workbook import write_layout, write_units
from tests.ooxml import problems
from tests.supervised import CZ, JT, KJ, WJ, ledger, office, row

MAY = date(2026, 5, 10)
HEADING = Heading("云港区2026年政府工作报告", "区政府督查室", MAY, "w-1234", "57-3f9a", "r-1")
KEYS = ["decomposition", "responsibility", "supervision", "units", "indicators"]


def found() -> tuple[Case, ...]:
    return cases(office(), MAY)


def contents(**fields: object) -> Contents:
    indicator = IndicatorRow(1, "失业率", "", "", "", "", "", "", RowState.CONFIRMED, "t-jobless", "")
    plain = Contents(replace(office().ledger, indicators=(indicator,)), found())
    return replace(plain, **fields)  # type: ignore[arg-type]  # its fields by name


def written(folder: Path, key: str, made: Contents | None = None, layout: Layout | None = None) -> Workbook:
    out = folder / f"{key}.xlsx"
    write_layout(out, layout or built_in()[key], made or contents(), HEADING)
    assert problems(out) == []
    return load_workbook(out)


def sheet_of(book: Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def letter(plan: SheetLayout, field: str) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[[column.field for column in plan.columns].index(field)]


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    return written(tmp_path, "supervision")


@pytest.fixture
def sheet(book: Workbook) -> Worksheet:
    return sheet_of(book, "督查台账")


PLAN = built_in()["supervision"].sheets[0]


@pytest.mark.parametrize("key", KEYS)
def test_that_every_layout_passes_the_check_of_its_parts(key: str, tmp_path: Path) -> None:
    book = written(tmp_path, key)
    assert book.active.title == book.sheetnames[0]


@pytest.mark.parametrize("key", KEYS)
def test_that_every_layout_is_a4_across_one_page_wide_with_its_header_on_each_page(
    key: str, tmp_path: Path
) -> None:
    book = written(tmp_path, key)
    for sheet in book.worksheets[:1]:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert (sheet.print_title_rows, sheet.oddFooter.center.text) == ("$3:$3", "第 &P 页 / 共 &N 页")
        assert (sheet["A1"].font.name, sheet["A3"].font.name) == ("方正小标宋简体", "黑体")


def test_that_a_template_may_ask_for_larger_paper(tmp_path: Path) -> None:
    book = written(tmp_path, "supervision", layout=replace(built_in()["supervision"], paper="A3"))
    assert [sheet.page_setup.paperSize for sheet in book.worksheets[:2]] == [8, 8]


def test_that_numbers_shares_and_days_are_no_texts(sheet: Worksheet) -> None:
    def cell(field: str, number: int = 4) -> object:
        return sheet[f"{letter(PLAN, field)}{number}"].value

    assert [cell("number"), cell("actual"), cell("completion"), cell("elapsed")] == [
        "1-1",
        "3个",
        0.15,
        pytest.approx(0.25),
    ]
    assert cell("as_of") == datetime(2026, 3, 31)  # noqa: DTZ001  # as openpyxl gives a day
    assert cell("completion", 7) == "已达到"
    assert cell("closed", 8) == datetime(2026, 2, 6)  # noqa: DTZ001  # as above
    formats = {
        field: sheet[f"{letter(PLAN, field)}4"].number_format for field in ("as_of", "completion", "text")
    }
    assert formats == {"as_of": "yyyy-mm-dd", "completion": "0.0%", "text": "General"}
    assert sheet[f"{letter(PLAN, 'as_of')}6"].number_format == "yyyy-mm-dd", "an empty cell waits for a day"


def test_that_the_id_is_in_a_hidden_column(sheet: Worksheet) -> None:
    place = letter(PLAN, "id")
    assert sheet.column_dimensions[place].hidden
    assert [sheet[f"{place}{row}"].value for row in range(4, 9)] == [
        "t-platforms",
        "t-deals",
        "改造社区卫生站",
        "t-jobless",
        "t-income",
    ]
    assert sheet.auto_filter.ref == f"A3:{place}8"


def test_that_only_what_a_unit_fills_in_is_unlocked(sheet: Worksheet) -> None:
    def unlocked(number: int) -> list[str]:
        columns = enumerate(PLAN.columns, 1)
        return [column.field for i, column in columns if not sheet.cell(number, i).protection.locked]

    texts = ["text", "issues", "next_steps"]
    assert unlocked(4) == ["as_of", "actual", *texts]
    assert unlocked(5) == ["as_of", "actual"], "the task's texts stand in its first row"
    assert unlocked(6) == ["as_of", *texts], "a task without targets has no figure"
    assert unlocked(3) == []
    assert sheet[f"{letter(PLAN, 'matter')}4"].fill.fill_type is None, "only what is filled in is tinted"
    assert sheet[f"{letter(PLAN, 'text')}4"].fill.start_color.rgb == "00FFFDF3"
    assert sheet[f"{letter(PLAN, 'text')}5"].value == "见1-1"


def test_that_a_locked_sheet_has_no_password_and_can_be_sorted_filtered_and_grown(sheet: Worksheet) -> None:
    protection = sheet.protection
    assert protection.sheet is True
    assert protection.password is None
    allowed = (protection.sort, protection.autoFilter, protection.insertRows)
    assert allowed == (False, False, False), "the file says what is forbidden"
    assert (protection.formatColumns, protection.formatRows, protection.formatCells) == (False,) * 3
    assert (protection.deleteColumns, protection.insertColumns) == (True, True)


def test_that_nothing_is_merged_in_a_table_that_comes_back(sheet: Worksheet) -> None:
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:U1", "A2:U2"}


def test_that_states_are_chosen_and_days_are_asked_for(sheet: Worksheet) -> None:
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    states = rules[f"{letter(PLAN, 'state')}4:{letter(PLAN, 'state')}8"]
    assert (states.type, states.formula1) == ("list", f'"{",".join(state.value for state in TaskState)}"')
    days = rules[f"{letter(PLAN, 'as_of')}4:{letter(PLAN, 'as_of')}8"]
    assert (days.type, days.operator, days.errorStyle) == ("date", "between", "warning")
    assert (days.formula1, days.formula2, days.prompt) == ("36526", "73415", "如2026-03-31")
    assert len(rules) == 2
    assert all(rule.showErrorMessage and rule.allowBlank for rule in rules.values())


def test_that_lights_are_coloured_by_what_the_cell_says(sheet: Worksheet) -> None:
    place = letter(PLAN, "light")
    (area,) = sheet.conditional_formatting
    assert str(area.sqref) == f"{place}4:{place}8"
    colours = {rule.formula[0]: rule.dxf.fill.bgColor.rgb for rule in area.rules}
    assert colours == {
        '"红灯"': "00F8D3D0",
        '"黄灯"': "00FBEBB5",
        '"绿灯"': "00D5EBD8",
        '"灰灯"': "00E4E7EB",
    }
    assert [sheet[f"{place}{row}"].value for row in (4, 6, 7, 8)] == ["黄灯", "黄灯", "灰灯", "绿灯"]


def test_that_an_empty_ledger_has_no_rules_over_no_rows(tmp_path: Path) -> None:
    empty = Contents(ledger([]), ())
    sheet = sheet_of(written(tmp_path, "supervision", empty), "督查台账")
    assert (sheet.max_row, sheet.auto_filter.ref) == (3, "A3:V3")
    assert not sheet.data_validations.dataValidation


FORMULAS = ("=1+1", "+86", "-3", "@某局", "#N/A")


def test_that_text_stays_text_in_every_column(tmp_path: Path) -> None:
    facts = office()
    for number, words in enumerate(FORMULAS):
        told = replace(
            facts.progress[1], text=words, figures=(replace(facts.progress[1].figures[0], words=words),)
        )
        made = contents(cases=cases(replace(facts, progress=(told,)), MAY))
        sheet = sheet_of(written(tmp_path, f"f{number}", made, built_in()["supervision"]), "督查台账")
        for field in ("text", "actual"):
            cell = sheet[f"{letter(PLAN, field)}4"]
            if words == "-3" and field == "actual":
                assert (cell.value, cell.data_type) == (3.0, "n")
            else:
                assert (cell.value, cell.data_type) == (words, "s")
                assert cell.protection.locked is False


def test_that_the_title_says_whose_it_is_and_the_line_below_what_to_do(
    book: Workbook, sheet: Worksheet
) -> None:
    assert sheet["A1"].value == "云港区2026年政府工作报告督查台账"
    assert sheet["A2"].value == (
        "区政府督查室 · 共5行 · 2026年5月10日 · "
        "浅黄色的格子由各单位填写，其他格子已锁定（没有密码）；请不要改动隐藏的标识列"
    )
    assert (book.properties.title, book.properties.creator) == ("云港区2026年政府工作报告督查台账", "督办")
    assert book.properties.description == "区政府督查室 2026年5月10日"


def test_that_a_ledger_with_gaps_says_so_in_every_layout_but_to_units(tmp_path: Path) -> None:
    made = contents()
    summary = replace(made.ledger.summary, opened=3, gaps=2, head="57-3f9a")
    made = replace(made, ledger=replace(made.ledger, summary=summary))
    told = {key: written(tmp_path, key, made).worksheets[key == "decomposition"]["A2"].value for key in KEYS}
    line = (
        "区政府督查室 · 依据：定稿（标注人 王敏） · 共4项，待确认3项 · 遗漏2处 · 2026年5月10日 · 记录57-3f9a"
    )
    assert told["decomposition"] == told["responsibility"] == line
    assert told["supervision"].startswith("区政府督查室 · 共5行 · 待确认3项 · 遗漏2处 · 2026年5月10日 · ")
    assert told["indicators"] == "区政府督查室 · 共1行 · 待确认3项 · 遗漏2处 · 2026年5月10日"
    assert "遗漏" not in told["units"]


# --- what makes it known when it comes back


def test_that_the_workbook_hides_where_it_came_from(book: Workbook) -> None:
    assert book.sheetnames == ["督查台账", "统计图", "督办标识"]
    marks = book["督办标识"]
    assert marks.sheet_state == "veryHidden"
    told = [tuple(cell.value or "" for cell in row) for row in marks.iter_rows()]
    facts = {line[0]: line[1] for line in told if line[0] != "column"}
    assert facts == {
        "version": "1",
        "workspace": "w-1234",
        "head": "57-3f9a",
        "report": "r-1",
        "layout": "督查台账",
        "unit": "",
        "period": "",
        "made": "2026-05-10",
    }
    columns = [line[1:5] for line in told if line[0] == "column"]
    assert columns[0] == ("督查台账", "number", "编号", "locked")
    assert columns[10] == ("督查台账", "as_of", "截至日期", "open")
    assert len(columns) == 22
    known = {prop.name: prop.value for prop in book.custom_doc_props.props}
    assert known["duban.workspace"] == "w-1234"
    assert known["duban.head"] == "57-3f9a"
    assert len(known) == len(facts)


def test_that_a_fingerprint_is_no_formula(tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    write_layout(out, built_in()["supervision"], contents(), replace(HEADING, fingerprint="=1+1"))
    cell = load_workbook(out)["督办标识"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


# --- units


def test_that_each_unit_gets_a_sheet_of_what_it_leads_and_supports(tmp_path: Path) -> None:
    book = written(tmp_path, "units", contents(period=period_of("2026-04")))
    names = [f"{unit} 反馈表" for unit in (KJ, WJ, JT, CZ)]
    assert book.sheetnames == [*names, "督办标识"]
    plan = built_in()["units"].sheets[0]
    sheet = sheet_of(book, names[1])
    assert sheet["A1"].value == "云港区2026年政府工作报告督查事项反馈表（区卫生健康委）"
    assert "报送期：2026年4月 · 共4行" in str(sheet["A2"].value)
    assert [sheet[f"{letter(plan, 'role')}{row}"].value for row in range(4, 8)] == [
        "牵头",
        "牵头",
        "配合",
        "配合",
    ]
    assert sheet[f"{letter(plan, 'as_of')}4"].value == datetime(2026, 4, 30)  # noqa: DTZ001  # as above


def test_that_only_the_units_asked_for_get_one(tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    write_layout(out, built_in()["units"], contents(), HEADING, units=(JT, "区司法局"))
    assert load_workbook(out).sheetnames == [f"{JT} 反馈表", "督办标识"]
    with pytest.raises(UserError, match="没有可以放进“督查事项反馈表”的事项"):
        write_layout(out, built_in()["units"], contents(), HEADING, units=("区司法局",))


def test_that_each_unit_gets_a_workbook_that_knows_whose_it_is(tmp_path: Path) -> None:
    said: list[tuple[str, float]] = []
    made = contents(period=period_of("2026-04"))
    files = write_units(
        tmp_path, built_in()["units"], made, HEADING, progress=lambda m, s: said.append((m, s))
    )
    assert [path.name for path in files] == [f"督查事项反馈表（{unit}）.xlsx" for unit in (KJ, WJ, JT, CZ)]
    marks = load_workbook(files[3])["督办标识"]
    assert [cell.value for cell in marks["B"][:7]][5:] == [CZ, "2026-04"]
    assert said[0] == ("正在写入区科技局", 0)
    assert said[3] == ("正在写入区财政局", 0.75)
    assert not [path for path in files if problems(path)]


def test_that_without_units_there_is_nothing_to_send(tmp_path: Path) -> None:
    nobody = replace(office(), ledger=ledger([row(1, "建设中试平台", lead="", support="")]))
    with pytest.raises(UserError, match="没有一项任务明确了责任单位"):
        write_units(tmp_path, built_in()["units"], Contents(nobody.ledger, cases(nobody, MAY)), HEADING)


# --- for print


def test_that_the_list_of_duties_is_grouped_by_lead_unit(tmp_path: Path) -> None:
    made = contents()
    nobody = replace(made.ledger, tasks=(row(9, "无人", lead=""), *made.ledger.tasks, row(5, "再一项")))
    sheet = sheet_of(written(tmp_path, "responsibility", replace(made, ledger=nobody)), "责任清单")
    assert [sheet.cell(line, 1).value for line in range(4, 14)] == [
        "区科技局（共2项）",
        1,
        5,
        "区卫生健康委（共2项）",
        2,
        3,
        "区交通局（共1项）",
        4,
        "未明确牵头单位（共1项）",
        9,
    ]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert merged == {"A1:J1", "A2:J2", "A4:J4", "A7:J7", "A10:J10", "A12:J12", "B5:B6", "B8:B9"}
    assert sheet.auto_filter.ref is None
    assert sheet.protection.sheet is False
    assert (sheet["A4"].fill.start_color.rgb, sheet.max_column) == ("00F3F5F8", 10)


def test_that_pages_of_a_sheet_for_print_end_between_merged_cells(tmp_path: Path) -> None:
    made = contents()
    many = tuple(row(n, f"任务{n}", quote="长" * 100) for n in range(1, 20))
    sheet = sheet_of(written(tmp_path, "responsibility", replace(made, ledger=ledger(many))), "责任清单")
    areas = sorted(area.bounds for area in sheet.merged_cells.ranges if area.bounds[0] == area.bounds[2] == 2)
    ends = [place.id for place in sheet.row_breaks.brk]
    assert [last for _, _, _, last in areas] == [*ends, sheet.max_row]
    assert [after[1] - before[3] for before, after in pairwise(areas)] == [1] * (len(areas) - 1)
    assert len(ends) > 1


def test_that_a_sheet_that_comes_back_breaks_where_it_will(tmp_path: Path) -> None:
    facts = office()
    tasks = tuple(row(n, "建设中试平台", quote="长" * 200) for n in range(1, 40))
    made = Contents(facts.ledger, cases(replace(facts, ledger=ledger(tasks)), MAY))
    assert sheet_of(written(tmp_path, "supervision", made), "督查台账").row_breaks.brk == []
    plain = sheet_of(written(tmp_path, "decomposition", replace(made, ledger=ledger(tasks))), "任务分解表")
    assert plain.row_breaks.brk == []


def test_that_a_column_is_as_wide_in_every_program(tmp_path: Path) -> None:
    book = written(tmp_path, "decomposition")
    with zipfile.ZipFile(tmp_path / "decomposition.xlsx") as archive:
        styles = archive.read("xl/styles.xml").decode()
    assert "Calibri" not in styles
    assert (book._named_styles["Normal"].font.name, book._named_styles["Normal"].font.size) == ("Arial", 10)


def test_that_the_sheet_of_indicators_says_what_is_reached(tmp_path: Path) -> None:
    sheet = sheet_of(written(tmp_path, "indicators"), "主要指标")
    assert [cell.value for cell in sheet[4]][:12] == [
        "1",
        "城镇调查失业率",
        None,
        "控制在5%以内",
        None,
        WJ,
        "持续推进",
        datetime(2026, 3, 31),  # noqa: DTZ001  # as above
        "4.8%",
        "已达到",
        None,
        "灰灯",
    ]
    assert sheet.max_row == 4


# --- charts


def test_that_figures_stand_beside_native_charts(book: Workbook) -> None:
    sheet = sheet_of(book, "统计图")
    lines = [[cell.value for cell in row[:9]] for row in sheet.iter_rows()]
    header = ["牵头单位", "事项", "已办结", "办结率", "平均完成比例", "红灯", "黄灯", "绿灯", "灰灯"]
    top = lines.index(header)
    assert lines[top + 1] == [WJ, 2, 0, 0, None, 0, 1, 0, 1]
    assert lines[top + 3] == [JT, 1, 1, 1, None, 0, 0, 1, 0]
    below = lines.index(["类别", *header[1:]])
    assert lines[below + 1][:3] == ["（一）壮大实体经济", 2, 1]
    leaders = lines.index(["分管领导", *header[1:]])
    assert [line[:2] for line in lines[leaders + 1 : leaders + 4]] == [
        ["赵明", 2],
        ["李若川", 1],
        ["未明确", 1],
    ]
    rates, lights, led = sheet._charts
    assert [series.val.numRef.f for series in rates.series] == [
        f"'统计图'!${column}${top + 2}:${column}${top + 4}" for column in "DE"
    ]
    assert [series.val.numRef.f for series in lights.series] == [
        f"'统计图'!${column}${below + 2}:${column}${below + 3}" for column in "FGHI"
    ]
    assert {series.cat.numRef.f for series in led.series} == {f"'统计图'!$A${leaders + 2}:$A${leaders + 4}"}
    assert lights.grouping == "stacked"


def test_that_the_lights_of_each_month_stand_there_too(tmp_path: Path) -> None:
    facts = office()
    made = contents(months=lights_over_time(facts, MAY))
    sheet = sheet_of(written(tmp_path, "supervision", made), "统计图")
    lines = [[cell.value for cell in row[:5]] for row in sheet.iter_rows()]
    top = lines.index(["月份", "红灯", "黄灯", "绿灯", "灰灯"])
    assert [line[0] for line in lines[top + 1 : top + 6]] == [
        "2026年1月", "2026年2月", "2026年3月", "2026年4月", "2026年5月10日",
    ]  # fmt: skip
    assert lines[top + 5][1:] == [sum(c.light.colour is colour for c in found()) for colour in COLOUR_NAMES]
    chart = sheet._charts[-1]
    assert (chart.type, chart.grouping) == ("col", "stacked")
    assert [series.val.numRef.f for series in chart.series] == [
        f"'统计图'!${column}${top + 2}:${column}${top + 6}" for column in "BCDE"
    ]


def test_that_where_nobody_is_in_charge_there_is_no_chart_of_leaders(tmp_path: Path) -> None:
    facts = office()
    tasks = tuple(replace(each, leader="") for each in facts.ledger.tasks)
    made = Contents(facts.ledger, cases(replace(facts, ledger=ledger(tasks)), MAY))
    sheet = sheet_of(written(tmp_path, "supervision", made), "统计图")
    assert len(sheet._charts) == 2


def test_that_long_names_are_cut_short_beside_their_bars_only(tmp_path: Path) -> None:
    facts = office()
    names = (
        "=（一）推进滨湖新城与老城更新协同并进",
        "（二）改善民生福祉增进幸福",
        "（三）改善民生福祉增进幸福感",
    )
    tasks = tuple(row(n, "稳定就业", category=name) for n, name in enumerate(names, 1))
    made = Contents(facts.ledger, cases(replace(facts, ledger=ledger(tasks)), MAY))
    sheet = sheet_of(written(tmp_path, "supervision", made), "统计图")
    chart = sheet._charts[1]
    top = next(line for line in range(1, sheet.max_row + 1) if sheet.cell(line, 1).value == "类别")
    assert [sheet[f"A{top + n}"].value for n in (1, 2, 3)] == list(names)
    assert [sheet[f"T{top + n}"].value for n in (1, 2, 3)] == [names[0][:13] + "…", names[1], names[2]]
    assert len(names[2]) == 14
    assert {series.cat.numRef.f for series in chart.series} == {f"'统计图'!$T${top + 1}:$T${top + 3}"}
    assert sheet.column_dimensions["T"].hidden
    with zipfile.ZipFile(tmp_path / "supervision.xlsx") as archive:
        kept = [b'plotVisOnly val="0"' in archive.read(f"xl/charts/chart{n}.xml") for n in (1, 2)]
    assert kept == [False, True]


def test_that_many_units_are_parted_into_charts_that_a_page_has_room_for(tmp_path: Path) -> None:
    facts = office()
    tasks = tuple(row(n, "稳定就业", lead=f"第{n}局", leader="") for n in range(1, 20))
    made = Contents(facts.ledger, cases(replace(facts, ledger=ledger(tasks)), MAY))
    sheet = sheet_of(written(tmp_path, "supervision", made), "统计图")
    names = [sheet.cell(line, 1).value for line in range(1, sheet.max_row + 1)]
    tops = [line for line, name in enumerate(names, 1) if name in ("牵头单位", "类别")]
    assert len(sheet._charts) == 3
    assert [tops[1] - tops[0] - 1 >= 10, names[tops[1]]] == [True, "第11局"]
    for chart, top in zip(sheet._charts, tops, strict=True):
        assert chart.anchor._from.row == top - 1


def test_that_a_table_of_long_names_is_parted_before_it_is_higher_than_a_page(tmp_path: Path) -> None:
    facts = office()
    names = [f"第{n}类" + "坚持以高质量发展统揽全局" * 6 for n in range(1, 8)]
    tasks = tuple(row(n, "稳定就业", category=name, leader="") for n, name in enumerate(names, 1))
    made = Contents(facts.ledger, cases(replace(facts, ledger=ledger(tasks)), MAY))
    sheet = sheet_of(written(tmp_path, "supervision", made), "统计图")
    tops = [line for line in range(1, sheet.max_row + 1) if sheet.cell(line, 1).value == "类别"]
    assert len(tops) == 2
    assert [sheet.cell(top + 1, 1).value for top in tops] == [names[0], names[4]]


def test_that_a_ledger_without_cases_has_no_charts(tmp_path: Path) -> None:
    book = written(tmp_path, "supervision", Contents(ledger([]), ()))
    assert sheet_of(book, "统计图")._charts == []


# --- writing


def test_that_work_can_be_cancelled_and_leaves_nothing_behind(tmp_path: Path) -> None:
    def stop(_message: str, share: float) -> None:
        if share > 0.5:
            raise CancelledError

    with pytest.raises(CancelledError):
        write_layout(tmp_path / "a.xlsx", built_in()["supervision"], contents(), HEADING, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_that_garbage_is_collected_again_whatever_happened(tmp_path: Path) -> None:
    def stop(_message: str, _share: float) -> None:
        assert not gc.isenabled()
        raise CancelledError

    with pytest.raises(CancelledError):
        write_layout(tmp_path / "a.xlsx", built_in()["supervision"], contents(), HEADING, progress=stop)
    assert gc.isenabled()
    gc.disable()
    try:
        written(tmp_path, "supervision")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_that_the_preview_is_what_is_written(tmp_path: Path) -> None:
    (table,) = tables(built_in()["supervision"], contents(), HEADING)
    sheet = sheet_of(written(tmp_path, "supervision"), "督查台账")
    assert (table.title, table.subtitle) == (sheet["A1"].value, sheet["A2"].value)
    for line, cells in zip(table.lines, sheet.iter_rows(min_row=4), strict=True):
        shown = [cell.value.date() if isinstance(cell.value, datetime) else cell.value for cell in cells]
        assert shown == [value if value != "" else None for value in line.values]


def test_that_styles_are_shared_however_many_rows(tmp_path: Path) -> None:
    one = written(tmp_path, "supervision")
    tasks = tuple(row(n, "建设中试平台") for n in range(1, 90))
    facts = replace(office(), ledger=ledger(tasks))
    many = written(tmp_path, "supervision", Contents(facts.ledger, cases(facts, MAY)))
    assert many["督查台账"].max_row == 3 + 2 * 89
    assert len(many._cell_styles) <= len(one._cell_styles)


@pytest.fixture
def office_suite(tmp_path: Path) -> list[str]:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice on this machine")
    return [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]


def test_that_libreoffice_keeps_what_a_workbook_is_known_by(tmp_path: Path, office_suite: list[str]) -> None:
    written(tmp_path, "supervision")
    again = tmp_path / "again"
    subprocess.run(
        [*office_suite, "--convert-to", "xlsx", "--outdir", str(again), str(tmp_path / "supervision.xlsx")],
        check=True,
        capture_output=True,
        timeout=100,
    )
    book = load_workbook(again / "supervision.xlsx")
    sheet, marks = sheet_of(book, "督查台账"), book["督办标识"]
    place = letter(PLAN, "id")
    assert [sheet[f"{place}{line}"].value for line in (4, 6)] == ["t-platforms", "改造社区卫生站"]
    assert sheet.column_dimensions[place].hidden
    assert sheet.protection.sheet is True
    assert marks.sheet_state != "visible"
    assert marks["B2"].value == "w-1234"
    assert {prop.name: prop.value for prop in book.custom_doc_props.props}["duban.workspace"] == "w-1234"
    assert len(sheet_of(book, "统计图")._charts) == 3


def test_that_a_workbook_is_not_written_under_the_name_of_another_kind_of_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="xlsx"):
        write_layout(tmp_path / "a.xls", built_in()["supervision"], contents(), HEADING)
    assert list(tmp_path.iterdir()) == []


def test_that_a_workbook_of_one_unit_has_its_title_and_one_of_several_the_reports(tmp_path: Path) -> None:
    layout = built_in()["units"]
    (one,) = tables(layout, contents(unit=KJ), HEADING)
    assert KJ in one.title
    assert written(tmp_path, "units", contents(unit=KJ)).properties.title == one.title
    assert written(tmp_path, "units").properties.title == f"{HEADING.title}{layout.name}"
