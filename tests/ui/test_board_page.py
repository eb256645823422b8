"""看板 by key over a real workspace: bars, the lists behind them, pictures and documents, a plan's years."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.domain import edits
from app.domain.lights import Colour
from app.domain.tallies import Grouping, MonthLights, tallies
from app.ui import theme
from app.ui.board.charts import ROW, BarChart, LightsChart, month_words
from app.ui.board.desk import BoardDesk
from app.ui.board.plan import FIXED, PlanPanel, evaluated_row
from app.ui.ledger.painting import light_colour
from app.workspace.supervising import Report
from tests.supervised import CZ, KJ, WJ, on
from tests.ui import ledger_samples
from tests.ui.ledger_pages import Room, room
from tests.ui.office_samples import press
from tests.ui.report_samples import count_of

PLAN = """云港区国民经济和社会发展第十五个五年规划纲要（2026—2030年）

第一章 主要目标

五年累计新增就业8万人以上。研发经费投入强度达到3.5%。

第二章 重点任务

到2030年，新建中试平台20个以上。
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))


@pytest.fixture
def sent(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    with room(qtbot, ledger_samples.made(tmp_path)) as made:
        made.show(made.board)
        yield made


@pytest.fixture
def plan(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    """The board on a plan of three targets."""
    with room(qtbot, ledger_samples.made(tmp_path)) as made:
        card = made.workspace.import_bytes(PLAN.encode(), "规划.txt")
        made.workspace.apply(edits.accept(card.id, made.workspace.items(card.id)))
        made.report_id = card.id
        made.show(made.board)
        yield made


def asked(board: BoardDesk) -> list[tuple[str, tuple[str, ...]]]:
    lists: list[tuple[str, tuple[str, ...]]] = []
    board.list_asked.connect(lambda called, ids: lists.append((called, ids)))
    return lists


def test_that_the_bars_are_the_units_and_enter_asks_for_the_list_behind(sent: Room) -> None:
    board = sent.board
    assert board.bars.hasFocus()
    expected = tallies(sent.session.cases, Grouping.UNIT)
    assert [bar.name for bar in board.bars.bars] == [tally.name for tally in expected]
    lists = asked(board)
    press("Down", "Return")
    assert lists == [(expected[1].name, expected[1].ids)]
    press("P", "Up", "Return")
    assert lists[-1] == (expected[0].name, expected[0].ids)
    press("End", "Down", "Space")
    assert lists[-1] == (expected[-1].name, expected[-1].ids)


def test_that_a_letter_asks_for_no_list(sent: Room) -> None:
    lists = asked(sent.board)
    press("Q", into=sent.board.bars)
    assert lists == []


def test_that_a_click_on_a_bar_asks_for_its_list(sent: Room) -> None:
    lists = asked(sent.board)
    QTest.mouseClick(sent.board.bars, Qt.MouseButton.LeftButton, pos=QPoint(200, 2 * ROW + 10))
    assert [called for called, _ in lists] == [sent.board.bars.bars[2].name]
    press("Up", "Return", into=sent.board.bars)
    assert lists[-1][0] == sent.board.bars.bars[1].name


def test_that_digits_choose_by_what_is_counted(sent: Room) -> None:
    board = sent.board
    press("2")
    sections = [tally.name for tally in tallies(sent.session.cases, Grouping.SECTION)]
    assert [bar.name for bar in board.bars.bars] == sections
    assert board.panel.title.text() == "各类别"
    assert board.switches["by_section"].isChecked()
    press("3")
    assert board.panel.title.text() == "各分管领导"
    press("1")
    assert board.panel.title.text() == "各牵头单位"


def test_that_the_figures_are_those_of_all_tasks(sent: Room) -> None:
    numbers = {words: label.text() for words, label in sent.board.figures.numbers.items()}
    assert (numbers["任务"], numbers["已办结"], numbers["已报送"], numbers["平均完成"]) == (
        "110",
        "0",
        "0",
        "—",
    )
    assert int(numbers["缺反馈"]) == len(sent.session.due.missed)
    shown = {colour: label.text() for colour, label in sent.board.figures.lights.items()}
    reds = sum(case.light.colour is Colour.RED for case in sent.session.cases)
    assert shown[Colour.RED] == f"红灯 {reds}"


def test_that_the_board_follows_what_is_reported_and_undone(sent: Room) -> None:
    case = ledger_samples.with_target(sent.workspace, sent.report_id)
    figures = {case.goals[0].id: "1"}
    sent.session.record(case, Report(case.row.lead, "2026-03", figures))
    assert sent.board.figures.numbers["已报送"].text() == "1"
    sent.board.acts()["undo"]()
    assert sent.board.figures.numbers["已报送"].text() == "0"
    assert sent.board.keys.word.startswith("已撤销：填报进展")


def test_that_lights_over_time_end_with_those_of_today(sent: Room) -> None:
    sent.wait(lambda: bool(sent.board.lights.months))
    months = sent.board.lights.months
    assert months[0].on.isoformat() == "2026-01-31"
    assert sum(months[-1].lights.values()) == 110
    assert "2026-01-31 " in sent.board.lights.accessibleDescription()


def test_that_the_picture_shows_all_groups_whatever_the_window(sent: Room, tmp_path: Path) -> None:
    sent.answers.files = [tmp_path / "看板.png"]
    press("G")
    image = QImage(str(tmp_path / "看板.png"))
    assert image.width() == 2160
    assert image.height() > 2 * ROW * len(sent.board.bars.bars)
    assert sent.board.keys.word == "已存为 看板.png"
    assert sent.answers.asked == ["云港区2026年政府工作报告看板（牵头单位）.png"]


def test_that_a_picture_that_cannot_be_written_is_told(sent: Room, tmp_path: Path) -> None:
    sent.answers.files = [tmp_path / "没有" / "看板.png"]
    press("G")
    assert ["没有写成" in str(error) for error in sent.told] == [True]


def test_that_the_ledger_with_charts_and_the_bulletin_go_out_by_key(sent: Room, tmp_path: Path) -> None:
    sent.answers.files = [tmp_path / "台账.xlsx", tmp_path / "通报.docx"]
    press("X")
    sent.wait(lambda: sent.board.keys.word == "已导出 台账.xlsx")
    assert "统计图" in load_workbook(tmp_path / "台账.xlsx").sheetnames
    press("B")
    sent.wait(lambda: sent.board.keys.word == "已导出 通报.docx")
    assert Document(str(tmp_path / "通报.docx")).paragraphs


def test_that_what_goes_out_by_key_goes_out_by_mouse_too(sent: Room, tmp_path: Path) -> None:
    out = sent.board.out
    texts = [act.text() for act in out.acts.values()]
    assert texts == [
        "存为图片…\tG", "导出带统计图的台账…\tX", "导出督查通报…\tB", "导出中期评估报告…\tM",
    ]  # fmt: skip
    out.menu().aboutToShow.emit()
    assert [name for name, act in out.acts.items() if not act.isVisible()] == ["export_evaluation"]
    sent.answers.files = [tmp_path / "看板.png"]
    out.acts["save_picture"].trigger()
    assert (tmp_path / "看板.png").exists()


def test_that_a_plan_s_evaluation_is_offered(plan: Room) -> None:
    plan.board.out.menu().aboutToShow.emit()
    assert plan.board.out.acts["export_evaluation"].isVisible()


def test_that_a_year_report_has_no_years_to_break_down(sent: Room) -> None:
    assert not sent.board.switches["plan"].isVisible()
    sent.board.out.menu().aboutToShow.emit()
    assert not sent.board.out.acts["export_evaluation"].isVisible()
    press("4", "M")
    assert [str(error) for error in sent.told] == ["这份报告只管一年，没有年度分解和中期评估。"] * 2


def test_that_without_a_task_the_board_says_what_to_do(sent: Room) -> None:
    sent.session.show("")
    assert sent.board._below.currentWidget() is sent.board.empty
    sent.board.run("save_picture")
    assert [str(error) for error in sent.told] == ["台账里还没有任务，没有可以导出的内容。"]


def test_that_f1_lists_the_keys_of_the_board(sent: Room) -> None:
    from app.ui.dialogs.key_sheet import KeySheet

    sent.board.acts()["key_sheet"]()
    (sheet,) = sent.board.findChildren(KeySheet)
    shown = [label.text() for label in sheet.findChildren(QLabel)]
    assert "看板页" in shown
    assert "看条后的任务" in shown


# --- a plan


def years_of(panel: PlanPanel, row: int) -> list[str]:
    cells = [panel.table.item(row, column) for column in range(len(FIXED), len(FIXED) + 5)]
    return [cell.text() if cell else "" for cell in cells]


def evaluated(panel: PlanPanel) -> list[list[str]]:
    table = panel.evaluated
    rows = [[table.item(row, column) for column in range(9)] for row in range(table.rowCount())]
    return [[cell.text() if cell else "" for cell in row] for row in rows]


def shown_plan(of: Room) -> PlanPanel:
    press("4", into=of.board.bars)
    assert of.board.plan is not None
    return of.board.plan


def row_of(panel: PlanPanel, words: str) -> int:
    names = [panel.table.item(row, 1) for row in range(panel.table.rowCount())]
    return next(row for row, cell in enumerate(names) if cell and words in cell.text())


def test_that_a_sum_is_suggested_in_even_parts_and_kept_by_key(plan: Room) -> None:
    panel = shown_plan(plan)
    row = row_of(panel, "就业")
    assert years_of(panel, row) == ["1.6万人"] * 5
    assert plan.workspace.supervision.year_targets(plan.report_id) == ()
    press("Ctrl+Return", into=panel.table)
    kept = plan.workspace.supervision.year_targets(plan.report_id)
    assert {(y.year, y.value) for y in kept} == {(year, 16000.0) for year in range(2026, 2031)}
    assert plan.board.keys.word == "已采纳5个年度值，可按 Ctrl+Z 撤销"
    press("Ctrl+Return", into=panel.table)
    assert plan.board.keys.word == "没有可以采纳的建议：其余指标要由人填写"
    plan.board.acts()["undo"]()
    assert plan.workspace.supervision.year_targets(plan.report_id) == ()


def test_that_a_year_is_typed_and_taken_back(plan: Room) -> None:
    panel = shown_plan(plan)
    row = row_of(panel, "中试平台")
    cell = panel.table.item(row, len(FIXED) + 1)
    assert cell is not None
    cell.setText("8个")
    kept = plan.workspace.supervision.year_targets(plan.report_id)
    assert [(y.year, y.value, y.words) for y in kept] == [(2027, 8.0, "")]
    assert years_of(panel, row)[1] == "8个"
    panel.table.setCurrentCell(row, len(FIXED) + 1)
    press("Delete", into=panel.table)
    assert plan.workspace.supervision.year_targets(plan.report_id) == ()
    assert years_of(panel, row)[1] == ""


def test_that_a_bare_number_is_typed_in_the_scale_of_the_target(plan: Room) -> None:
    panel = shown_plan(plan)
    row = row_of(panel, "就业")
    cell = panel.table.item(row, len(FIXED))
    assert cell is not None
    cell.setText("1.5")
    kept = plan.workspace.supervision.year_targets(plan.report_id)
    assert [(y.year, y.value) for y in kept] == [(2026, 15000.0)]
    assert years_of(panel, row)[0] == "1.5万人"


def test_that_the_evaluation_follows_the_year_and_goes_out_as_word(plan: Room, tmp_path: Path) -> None:
    panel = shown_plan(plan)
    case = next(c for c in plan.session.cases if c.goals and "就业" in c.goals[0].target.indicator)
    plan.session.record(case, Report(case.row.lead, "2026-03", {case.goals[0].id: "2万人"}))
    panel.year.setCurrentIndex(0)
    found = plan.workspace.supervision.evaluations(plan.report_id, 2026)
    one = next(e for e in found if e.goal.id == case.goals[0].id)
    row = evaluated_row(plan.session.case(case.id) or case, one)
    assert row[3:7] == ("2万人", "25.0%", "20.0%", "● 达到预期")
    assert list(row) in evaluated(panel)
    panel.year.setCurrentIndex(1)
    assert list(row) not in evaluated(panel)
    nameless = replace(one, goal=replace(one.goal, target=replace(one.goal.target, indicator=" ")))
    assert evaluated_row(case, nameless)[1] == one.goal.words
    plan.answers.files = [tmp_path / "评估.docx"]
    press("Ctrl+M", into=panel.table)
    plan.wait(lambda: plan.board.keys.word == "已导出 评估.docx")
    told = "\n".join(p.text for p in Document(str(tmp_path / "评估.docx")).paragraphs)
    assert "截至2027年底" in told
    press("Escape", into=panel.table)
    assert plan.board.bars.hasFocus()


@pytest.mark.parametrize(("today", "shown"), [(2028, 2028), (2033, 2030), (2024, 2026)])
def test_that_the_evaluation_begins_with_this_year_as_far_as_the_plan_goes(
    plan: Room, today: int, shown: int
) -> None:
    plan.session.on = date(today, 3, 1)
    assert shown_plan(plan).year.currentText() == f"到{shown}年底"


def test_that_coming_back_to_the_board_the_plan_s_table_has_the_keyboard_while_it_is_shown(
    plan: Room,
) -> None:
    panel = shown_plan(plan)
    assert panel.table.hasFocus()
    plan.board.bars.setFocus()
    plan.board.focus()
    assert panel.table.hasFocus()
    press("Escape", into=panel.table)
    plan.board.focus()
    assert plan.board.bars.hasFocus()


def test_that_indicators_can_be_read_in_a_small_window(plan: Room) -> None:
    panel = shown_plan(plan)
    panel.setMinimumWidth(0)
    panel.resize(950, 600)
    QApplication.processEvents()
    assert panel.table.columnWidth(1) >= 140
    assert panel.evaluated.columnWidth(1) >= 140
    metrics = panel.evaluated.fontMetrics()
    assert panel.evaluated.columnWidth(6) > metrics.horizontalAdvance("▲ 超过预期") + 16


# --- pictures


def test_that_a_bar_is_as_long_as_its_tasks_and_parted_by_light(qtbot: QtBot) -> None:
    chart = BarChart("各组")
    qtbot.addWidget(chart)
    cases = list(on(date(2026, 7, 3)).values())
    found = tallies(cases, Grouping.UNIT)
    chart.show_tallies(found)
    chart.resize(800, chart.height())
    chart.at = -1
    assert [bar.name for bar in chart.bars] == [WJ, KJ, "区交通局"]
    assert chart.bars[0].words.startswith(f"{WJ}：2项，已办结0项，红灯1项、黄灯1项")
    image = chart.grab().toImage()
    yellow = count_of(image, light_colour(Colour.YELLOW, theme.LIGHT).name())
    green = count_of(image, light_colour(Colour.GREEN, theme.LIGHT).name())
    assert yellow > 0
    assert green > 0
    assert CZ not in [bar.name for bar in chart.bars]


def test_that_an_empty_picture_says_so_and_has_no_current_bar(qtbot: QtBot) -> None:
    chart, lights = BarChart("各组"), LightsChart()
    for widget in (chart, lights):
        qtbot.addWidget(widget)
    chart.show_tallies(())
    assert chart.current is None
    chart.step(1)
    lights.show_months(())
    assert not chart.grab().isNull()
    assert not lights.grab().isNull()


def test_that_each_piece_of_a_month_leads_to_its_list(sent: Room) -> None:
    lights = sent.board.lights
    sent.wait(lambda: bool(lights.months))
    lists = asked(sent.board)
    lights.setFocus()
    press("Left", "Left", into=lights)
    piece = lights.current
    assert piece is not None
    press("Return", into=lights)
    ((called, ids),) = lists
    assert called == piece.words.rpartition(" ")[0]
    assert len(ids) == piece.month.lights[piece.colour] > 0
    then = sent.workspace.supervision.cases(sent.report_id, piece.month.on)
    assert {case.light.colour for case in then if case.id in ids} == {piece.colour}
    press("Up", into=lights)
    other = lights.current
    assert other is not None
    kinds = sum(count > 0 for count in piece.month.lights.values())
    assert (other.colour is not piece.colour) == (kinds > 1)


def test_that_months_are_called_with_their_year_where_it_begins() -> None:
    lights = dict.fromkeys(Colour, 0)
    assert month_words(MonthLights(date(2026, 1, 31), lights), is_first=False) == "26年1月"
    assert month_words(MonthLights(date(2026, 2, 28), lights), is_first=True) == "26年2月"
    assert month_words(MonthLights(date(2026, 2, 28), lights), is_first=False) == "2月"
    assert month_words(MonthLights(date(2026, 2, 27), lights), is_first=False) == "2月27日"
