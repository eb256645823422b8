"""台账 by key over a real workspace: walking, narrowing, moves, progress, undo."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from app.domain.changes import Change, Edit
from app.domain.errors import UserError
from app.domain.lights import Colour
from app.domain.people import PersonRole, entered
from app.domain.task_moves import TaskMoveName, TaskState
from app.ui.dialogs.key_sheet import KeySheet
from app.ui.ledger.card import BY_HAND
from app.ui.ledger.export_dialog import ExportDialog
from app.ui.ledger.keys import MOVE_KEYS, SPECS
from app.ui.ledger.move_dialog import MoveDialog
from app.ui.ledger.narrowing import Due
from app.ui.ledger.office_dialog import OfficeDialog
from app.ui.ledger.painting import Sparkline
from app.ui.ledger.record_dialog import NO_UNIT, Draft, RecordDialog
from app.ui.ledger.rule_dialog import RuleDialog
from app.ui.ledger.session import today
from app.ui.ledger.template_dialog import TemplateDialog
from app.workspace.supervising import Report
from tests.ui import ledger_samples
from tests.ui.ledger_pages import Room, room
from tests.ui.office_samples import press


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))


@pytest.fixture
def page(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    """The ledger, its tasks confirmed but not yet registered."""
    with room(qtbot, ledger_samples.made(tmp_path, is_given_out=False)) as made:
        made.show(made.ledger)
        yield made


@pytest.fixture
def sent(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    """The ledger, its tasks given out in January."""
    with room(qtbot, ledger_samples.made(tmp_path)) as made:
        made.show(made.ledger)
        yield made


def state(of: Room) -> TaskState:
    case = of.session.current_case
    assert case is not None
    return case.state


def words_in(of: Room) -> str:
    return "\n".join(label.text() for label in of.ledger.card.body.findChildren(QLabel))


def test_that_no_letter_or_digit_is_there_twice() -> None:
    keys = [key for spec in SPECS for key in spec.keys]
    assert len(keys) == len(set(keys))
    assert set(MOVE_KEYS) == set(TaskMoveName)


def test_that_the_table_has_the_keyboard_and_the_card_follows_it(page: Room) -> None:
    grid, session = page.ledger.panel.grid, page.session
    assert grid.hasFocus()
    assert page.ledger.panel.model.rowCount() == len(session.cases) == 110
    first = session.current_case
    press("N")
    second = session.current_case
    assert first is not None
    assert second is not None
    assert (first.row.number, second.row.number) == (1, 2)
    assert page.ledger.card.title.text().startswith("2 · ")
    press("P", "P")
    assert session.current_case == session.cases[-1]


def test_that_digits_register_decompose_and_dispatch_and_undo_takes_the_last_back(page: Room) -> None:
    press("1", "2", "3")
    assert state(page) is TaskState.DISPATCHED
    assert page.ledger.keys.word == "已交办1项"
    page.ledger.undo()
    assert state(page) is TaskState.DECOMPOSED
    assert page.ledger.keys.word == "已撤销：交办"
    page.ledger.redo()
    assert state(page) is TaskState.DISPATCHED


def test_that_a_move_of_all_selected_tasks_is_one_change(page: Room) -> None:
    press("1")
    grid = page.ledger.panel.grid
    grid.selectAll()
    press("1")
    assert {case.state for case in page.session.cases} == {TaskState.REGISTERED}
    assert page.ledger.keys.word == "已立项109项，另有1项现在不能立项"
    assert len(grid.chosen) == 110
    page.ledger.undo()
    assert sum(case.state is TaskState.REGISTERED for case in page.session.cases) == 1


def test_that_what_may_not_be_done_is_grey_with_its_reason_and_its_key_says_it(page: Room) -> None:
    buttons = page.ledger.card.moves.buttons
    close = buttons[TaskMoveName.CLOSE]
    assert not close.isEnabled()
    assert close.toolTip() == "这项任务现在是“未立项”，只有“已核查”时才能办结销号。"
    assert buttons[TaskMoveName.REGISTER].isEnabled()
    assert buttons[TaskMoveName.REGISTER].property("role") == "primary"
    assert not page.ledger.findChildren(MoveDialog)
    press("0")
    assert page.ledger.keys.word == close.toolTip()
    assert state(page) is TaskState.PROPOSED


def test_that_a_task_goes_all_the_way_with_opinion_and_evidence(sent: Room) -> None:
    press("4", "5")
    assert state(sent) is TaskState.REPORTED
    press("7")
    (opinion,) = sent.ledger.findChildren(MoveDialog)
    assert opinion.reason.accessibleName() == "核查意见"
    opinion._give()
    assert opinion.problem.text() == "核查要填写核查意见，请填写后再试。"
    assert opinion.isVisible()
    opinion.reason.setPlainText("情况属实")
    opinion._give()
    assert not opinion.isVisible()
    assert state(sent) is TaskState.VERIFIED
    opinion.deleteLater()
    sent.ledger.run("move:办结销号")
    closing = sent.ledger.findChildren(MoveDialog)[-1]
    closing.evidence.setText("验收单.pdf、照片.zip")
    closing._give()
    assert state(sent) is TaskState.CLOSED
    case = sent.session.current_case
    assert case is not None
    assert case.moves[-1].evidence == ("验收单.pdf", "照片.zip")
    assert case.light.colour is Colour.GREEN
    assert "材料：验收单.pdf、照片.zip" in words_in(sent)


def test_that_an_extension_asks_for_a_later_day(sent: Room) -> None:
    later = next(case for case in sent.session.cases if case.due and case.due >= today())
    sent.session.go(later.id)
    sent.ledger.run("move:延期")
    (dialog,) = sent.ledger.findChildren(MoveDialog)
    due = later.due
    assert due is not None
    dialog.day.setDate(QDate(due.year, due.month, due.day))
    dialog.reason.setPlainText("用地手续没有办完")
    dialog._give()
    assert dialog.isVisible()
    assert "要晚于现在的" in dialog.problem.text()
    wanted = due + timedelta(days=40)
    dialog.day.setDate(QDate(wanted.year, wanted.month, wanted.day))
    dialog._give()
    case = sent.session.case(later.id)
    assert case is not None
    assert case.due == wanted
    assert "（已延期）" in words_in(sent)


def test_that_progress_typed_by_hand_stands_with_its_light_and_is_undone(sent: Room) -> None:
    case = ledger_samples.with_target(sent.workspace, sent.report_id)
    sent.session.go(case.id)
    press("F2")
    (dialog,) = sent.ledger.findChildren(RecordDialog)
    dialog.period.setCurrentText("2026年3月")
    (line,) = dialog.figures.values()
    line.setText("1")
    dialog.texts["text"].setPlainText("已开工。")
    dialog.texts["issues"].setPlainText("缺资金。")
    dialog.reported_by.setText("孙工")
    dialog.evidence.setText("开工报告.pdf")
    box = dialog.findChild(QDialogButtonBox)
    assert isinstance(box, QDialogButtonBox)
    box.accepted.emit()
    now = sent.session.case(case.id)
    assert now is not None
    assert now.state is TaskState.REPORTED
    assert now.reports[0].text == "已开工。"
    assert now.reports[0].evidence == ("开工报告.pdf",)
    assert [figure.words for figure in now.figures.values()] == ["1"]
    told = words_in(sent)
    for words in ("2026年3月", "孙工", "已开工。", "缺资金。", "开工报告.pdf", now.light.why[0]):
        assert words in told
    sent.ledger.undo()
    before = sent.session.case(case.id)
    assert before is not None
    assert before.reports == ()
    assert before.state is TaskState.DISPATCHED


def test_that_the_form_shows_what_stands_of_a_period(sent: Room) -> None:
    case = ledger_samples.with_target(sent.workspace, sent.report_id)
    ledger_samples.report(sent.workspace, sent.report_id, case, "2026-02", "3", text="二月的情况")
    sent.ledger.show_report(sent.report_id)
    now = sent.session.case(case.id)
    assert now is not None
    draft = Draft(sent.workspace, case.id)
    dialog = RecordDialog(now, (date(2026, 1, 1), date(2026, 4, 3)), lambda _told: None, draft)
    sent.bot.addWidget(dialog)
    assert [dialog.period.itemText(n) for n in range(dialog.period.count())] == [
        "2026年4月",
        "2026年3月",
        "2026年2月",
        "2026年1月",
    ]
    assert dialog.period.currentText() == "2026年3月"  # awaited until the 25th
    assert dialog.texts["text"].toPlainText() == ""
    dialog.period.setCurrentText("2026年2月")
    assert dialog.texts["text"].toPlainText() == "二月的情况"
    assert next(iter(dialog.figures.values())).text() == "3"


@pytest.mark.parametrize(
    ("on", "shown"), [(date(2026, 4, 26), "2026年4月"), (date(2026, 1, 10), "2026年1月")]
)
def test_that_the_form_begins_with_the_period_that_is_collected(sent: Room, on: date, shown: str) -> None:
    case = ledger_samples.with_target(sent.workspace, sent.report_id)
    draft = Draft(sent.workspace, case.id)
    dialog = RecordDialog(case, (date(2026, 1, 1), on), lambda _told: None, draft)
    sent.bot.addWidget(dialog)
    assert dialog.period.currentText() == shown


def test_that_what_cannot_be_recorded_is_said_and_the_form_stays(sent: Room) -> None:
    case = ledger_samples.with_target(sent.workspace, sent.report_id)

    def refuse(_told: object) -> None:
        raise UserError("不行。")

    draft = Draft(sent.workspace, case.id)
    dialog = RecordDialog(case, (date(2026, 1, 1), date(2026, 4, 3)), refuse, draft)
    sent.bot.addWidget(dialog)
    dialog.show()
    dialog._give()
    assert (dialog.problem.text(), dialog.isVisible()) == ("不行。", True)


def test_that_a_body_that_only_supports_reports_too_and_without_either_nobody_does(sent: Room) -> None:
    case = next(c for c in sent.session.cases if c.row.lead and c.supports)
    for row, is_asked in (
        (replace(case.row, lead=""), True),
        (replace(case.row, lead="", support=""), False),
    ):
        bare = replace(case, row=row)
        sent.session.cases = (bare,)
        sent.session.go(bare.id)
        sent.ledger.run("record")
        assert bool(sent.ledger.findChildren(RecordDialog)) is is_asked
        for dialog in sent.ledger.findChildren(RecordDialog):
            dialog.setParent(None)
            dialog.close()
    assert str(sent.told[-1]) == NO_UNIT


@pytest.mark.parametrize("key", ["Ctrl+Return", "Ctrl+Enter"])
def test_that_a_report_is_recorded_by_key_from_within_a_text(sent: Room, key: str) -> None:
    case = ledger_samples.with_target(sent.workspace, sent.report_id)
    sent.session.go(case.id)
    sent.ledger.run("record")
    dialog = sent.ledger.findChildren(RecordDialog)[-1]
    dialog.activateWindow()
    sent.wait(dialog.isActiveWindow)
    box = dialog.texts["text"]
    box.setFocus()
    QTest.keyClicks(box, "ok")
    keys = {"Ctrl+Return": Qt.Key.Key_Return, "Ctrl+Enter": Qt.Key.Key_Enter}
    QTest.keyClick(box, keys[key], Qt.KeyboardModifier.ControlModifier)
    now = sent.session.case(case.id)
    assert now is not None
    assert [report.text for report in now.reports] == ["ok"]


def test_that_long_names_of_targets_are_shown_whole_and_a_long_form_fits_the_screen(sent: Room) -> None:
    case = ledger_samples.with_target(sent.workspace, sent.report_id)
    (goal, *_), name = case.goals, "名字很长的指标" * 12
    target = replace(goal.target, indicator=name)
    many = tuple(replace(goal, id=f"t{n}", target=target) for n in range(30))
    draft = Draft(sent.workspace, case.id)
    dialog = RecordDialog(
        replace(case, goals=many), (date(2026, 1, 1), date(2026, 4, 3)), lambda _told: None, draft
    )
    sent.bot.addWidget(dialog)
    dialog.show()
    labels = [label for label in dialog.findChildren(QLabel) if label.text().startswith(name)]
    assert len(labels) == 30
    assert all(label.height() >= label.heightForWidth(label.width()) for label in labels)
    assert dialog.height() <= dialog.screen().availableGeometry().height()


def test_that_figures_of_several_months_are_a_small_line(sent: Room) -> None:
    case = ledger_samples.with_target(sent.workspace, sent.report_id)
    ledger_samples.report(sent.workspace, sent.report_id, case, "2026-02", "3")
    ledger_samples.report(sent.workspace, sent.report_id, case, "2026-03", "5")
    sent.ledger.show_report(sent.report_id)
    sent.session.go(case.id)
    (line,) = sent.ledger.card.body.findChildren(Sparkline)
    assert line.values == (3.0, 5.0)


def test_that_a_goal_in_words_is_judged_by_key_and_by_button(sent: Room) -> None:
    case = next(c for c in sent.session.cases if c.goals and all(g.kind in BY_HAND for g in c.goals))
    sent.session.go(case.id)
    for reached, words in ((True, "已达到"), (False, "未达到"), (None, "未判定")):
        press("V", into=sent.ledger.panel.grid)
        now = sent.session.case(case.id)
        assert now is not None
        assert now.judgements[0].reached is reached
        assert sent.ledger.keys.word == f"{case.goals[0].target.indicator}：{words}"
    button = next(b for b in sent.ledger.card.body.findChildren(QToolButton) if b.text() == "未达到")
    button.click()
    now = sent.session.case(case.id)
    assert now is not None
    assert now.judgements[0].reached is False


def test_that_lights_and_due_lists_are_walked_by_key_and_cleared(sent: Room) -> None:
    panel = sent.ledger.panel
    press("L")
    assert panel.narrowing.colour is Colour.RED
    reds = sum(case.light.colour is Colour.RED for case in sent.session.cases)
    assert panel.model.rowCount() == reds
    assert panel.button.text() == f"筛选：红灯 {reds}"
    press("L", "L", "L", "L")
    assert panel.narrowing.colour is None
    press("D", "D")
    assert panel.narrowing.due is Due.WEEK
    press("Escape")
    assert panel.narrowing.words == ()
    assert panel.model.rowCount() == 110


def test_that_search_narrows_and_enter_goes_to_the_table(sent: Room) -> None:
    press("Slash")
    search = sent.ledger.panel.search
    assert search.hasFocus()
    search.insert("港口")
    count = sent.ledger.panel.model.rowCount()
    assert 0 < count < 110
    press("Return")
    assert sent.ledger.panel.grid.hasFocus()
    assert sent.session.current_case == sent.ledger.panel.model.case_at(0)


def test_that_the_menu_narrows_by_unit_section_and_state(sent: Room) -> None:
    panel = sent.ledger.panel
    panel._fill()
    menus = {menu.title(): menu for menu in panel.menu.findChildren(QMenu)}
    assert list(menus) == ["单位", "类别", "亮灯", "状态", "到期清单"]
    unit = menus["单位"].actions()[1]
    unit.trigger()
    name = unit.text()
    assert panel.narrowing.unit == name
    assert all(name in (c.row.lead, *c.supports) for c in panel.model.rows)
    assert [a.text() for a in menus["状态"].actions()] == ["全部", "已交办"]


def test_that_sorting_by_key_goes_through_the_columns(sent: Room) -> None:
    press("O")
    assert sent.ledger.keys.word == "按编号排列"
    press("O", "O")
    assert sent.ledger.keys.word == "按牵头单位排列"
    leads = [case.row.lead for case in sent.ledger.panel.model.rows]
    assert leads == sorted(leads)


def test_that_a_click_on_a_head_sorts_by_its_column(sent: Room) -> None:
    head = sent.ledger.panel.grid.horizontalHeader()
    column = next(
        n for n in range(head.count()) if head.model().headerData(n, head.orientation()) == "牵头单位"
    )
    place = QPoint(head.sectionViewportPosition(column) + 10, head.height() // 2)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    leads = [case.row.lead for case in sent.ledger.panel.model.rows]
    assert leads == sorted(leads, reverse=head.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder)


def test_that_what_is_recorded_of_another_task_leaves_the_current_one(sent: Room) -> None:
    case = ledger_samples.with_target(sent.workspace, sent.report_id)
    other = next(each for each in sent.session.cases if each.id != case.id)
    sent.session.go(other.id)
    sent.session.record(case, Report(case.row.lead, "2026-03", {case.goals[0].id: "1"}))
    assert sent.session.current_case is not None
    assert sent.session.current_case.id == other.id


def test_that_the_rule_is_changed_and_every_light_follows(sent: Room) -> None:
    press("R")
    (dialog,) = sent.ledger.findChildren(RuleDialog)
    fields = (dialog.red, dialog.yellow, dialog.days, dialog.day)
    assert [field.value() for field in fields] == [30, 10, 15, 25]
    assert [field.y() for field in fields] == sorted({field.y() for field in fields})
    dialog.yellow.setValue(40)
    dialog._give()
    assert dialog.isVisible()
    assert "亮灯规则不对" in dialog.problem.text()
    dialog.yellow.setValue(10)
    dialog.days.setValue(366)
    dialog._give()
    assert sent.workspace.supervision.light_rule() == replace(
        sent.workspace.supervision.light_rule(), yellow_days=366, since=today()
    )
    soon = [c for c in sent.session.cases if c.due and 0 <= (c.due - today()).days <= 366]
    assert soon
    assert {case.light.colour for case in soon} <= {Colour.YELLOW, Colour.RED}


def test_that_the_office_is_named(sent: Room) -> None:
    sent.ledger.run("edit_office")
    (dialog,) = sent.ledger.findChildren(OfficeDialog)
    dialog.name.setText(" 云港区政府督查室 ")
    dialog._give()
    assert sent.workspace.supervision.office() == "云港区政府督查室"


def test_that_the_bottom_line_names_the_keys_that_work_and_how_far_all_is(sent: Room) -> None:
    assert ("F2", "填报进展") in sent.ledger.keys._keys
    assert sent.ledger.keys._state.text().startswith("已办结 0 / 110 · 红灯 ")
    sent.ledger.panel.search.setFocus()
    QApplication.processEvents()
    assert ("Enter", "到台账表") in sent.ledger.keys._keys


def test_that_f1_lists_the_keys_of_the_page(sent: Room) -> None:
    sent.ledger.acts()["key_sheet"]()
    (sheet,) = sent.ledger.findChildren(KeySheet)
    shown = [label.text() for label in sheet.findChildren(QLabel)]
    assert "台账页" in shown
    assert "办结销号" in shown


def test_that_without_a_task_the_page_says_what_to_do(page: Room) -> None:
    page.session.show("")
    assert page.ledger._pages.currentWidget() is page.ledger.empty
    page.ledger.run("show_due")
    assert [str(error) for error in page.told] == ["还没有报告。请先在标注页导入报告（Ctrl+I）。"]
    assert page.ledger.acts() == {}


def test_that_a_list_from_the_board_is_all_that_is_shown(sent: Room) -> None:
    ids = tuple(case.id for case in sent.session.cases[3:6])
    sent.ledger.show_list("区教育局", ids)
    assert [case.id for case in sent.ledger.panel.model.rows] == list(ids)
    assert sent.ledger.panel.button.text() == "筛选：区教育局 3"
    assert sent.session.current_case is sent.session.cases[3]


def test_that_a_dropped_workbook_is_taken_and_other_files_refused(sent: Room, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="不是 Excel 工作簿"):
        sent.ledger.take_in([tmp_path / "照片.png"])
    assert sent.ledger.acceptDrops()


def test_that_a_right_aligned_head_stands_over_numbers(sent: Room) -> None:
    header = sent.ledger.panel.grid.model()
    role = Qt.ItemDataRole.TextAlignmentRole
    assert header.headerData(7, Qt.Orientation.Horizontal, role) & Qt.AlignmentFlag.AlignRight


def test_that_a_move_of_many_tells_of_the_selection_once(page: Room) -> None:
    grid = page.ledger.panel.grid
    grid.selectAll()
    told: list[object] = []
    grid.selectionModel().selectionChanged.connect(lambda *_: told.append(1))
    press("1")
    assert len(grid.chosen) == 110
    assert len(told) <= 2


def test_that_who_is_no_coordinator_cannot_dispatch_and_is_told_why(page: Room) -> None:
    other = entered("陈静", (PersonRole.ANNOTATOR,))
    page.workspace.apply(Change("登记", "", (Edit(None, other),)))
    press("1", "2")
    page.workspace.sign_in(other.id)
    page.ledger.card.show_moves()
    assert state(page) is TaskState.DECOMPOSED
    press("3")
    assert page.ledger.keys.word == "交办要由统筹人来做，陈静不是。"
    button = page.ledger.card.moves.buttons[TaskMoveName.DISPATCH]
    assert (button.isEnabled(), button.toolTip()) == (False, page.ledger.keys.word)
    assert state(page) is TaskState.DECOMPOSED


def test_that_the_templates_open_beside_their_sheet(page: Room) -> None:
    page.ledger.run("edit_templates")
    dialog = page.ledger.findChildren(ExportDialog)[-1]
    (template,) = dialog.findChildren(TemplateDialog)
    assert template.windowTitle() == "编辑模板：任务分解表"


def test_that_a_verdict_by_somebody_who_may_not_is_told(sent: Room) -> None:
    case = next(c for c in sent.session.cases if c.goals)
    other = entered("陈静", (PersonRole.ANNOTATOR,))
    sent.workspace.apply(Change("登记", "", (Edit(None, other),)))
    sent.workspace.sign_in(other.id)
    sent.ledger.card._judge(case.goals[0].id, True)
    assert ["目标是否达到要由复核人或统筹人来判定" in str(error) for error in sent.told] == [True]


def test_that_what_one_did_is_not_undone_by_who_works_next(page: Room) -> None:
    press("1")
    assert page.session.undo_stack.canUndo()
    page.ledger.show_report(page.report_id)
    assert page.session.undo_stack.canUndo()
    other = entered("陈静", (PersonRole.COORDINATOR,))
    page.workspace.apply(Change("登记", "", (Edit(None, other),)))
    page.workspace.sign_in(other.id)
    page.ledger.show_report(page.report_id)
    assert not page.session.undo_stack.canUndo()


def test_that_what_was_typed_and_not_recorded_comes_back(sent: Room) -> None:
    case = ledger_samples.with_target(sent.workspace, sent.report_id)
    sent.session.go(case.id)
    sent.ledger.run("record")
    first = sent.ledger.findChildren(RecordDialog)[-1]
    first.period.setCurrentText("2026年2月")
    first.texts["issues"].setPlainText("还没有写完")
    first.evidence.setText("甲.pdf、乙.pdf")
    sent.wait(lambda: Draft(sent.workspace, case.id).read() is not None)  # kept while typing
    first.reject()
    sent.ledger.run("record")
    again = sent.ledger.findChildren(RecordDialog)[-1]
    assert again.period.currentText() == "2026年2月"
    assert again.texts["issues"].toPlainText() == "还没有写完"
    assert again.evidence.text() == "甲.pdf、乙.pdf"
    assert again.kept.isVisible()
    again._give()
    assert Draft(sent.workspace, case.id).read() is None
    sent.ledger.run("record")
    last = sent.ledger.findChildren(RecordDialog)[-1]
    assert not last.kept.isVisible()
    last.reject()
    assert Draft(sent.workspace, case.id).read() is None
