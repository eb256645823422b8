"""导出台账: layouts with the real sheet before one's eyes, templates, reminders, and what is written."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.domain.due_list import units_to_remind
from app.domain.errors import UserError
from app.domain.task_moves import TaskMoveName
from app.ledger.layout import built_in
from app.ui.ledger.due_dialog import DueDialog, rows_of
from app.ui.ledger.export_dialog import ONE_BOOK, ExportDialog
from app.ui.ledger.template_dialog import TemplateDialog, offered
from tests.ui import ledger_samples
from tests.ui.ledger_pages import Room, room


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))


@pytest.fixture
def sent(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    with room(qtbot, ledger_samples.made(tmp_path)) as made:
        made.show(made.ledger)
        yield made


def exporting(of: Room, key: str = "") -> ExportDialog:
    """The export dialog, on a layout."""
    of.ledger.run("export_layouts")
    dialog = of.ledger.findChildren(ExportDialog)[-1]
    choose(dialog, key or dialog.key)
    return dialog


def choose(dialog: ExportDialog, key: str) -> None:
    rows = range(dialog.list.count())
    dialog.list.setCurrentRow(
        next(r for r in rows if dialog.list.item(r).data(Qt.ItemDataRole.UserRole) == key)
    )


def cells(dialog: ExportDialog, row: int) -> list[str]:
    page = dialog.preview.page
    found = [page.item(row, column) for column in range(page.columnCount())]
    return [cell.text() if cell else "" for cell in found]


def test_that_every_layout_and_document_of_a_year_is_offered(sent: Room) -> None:
    dialog = exporting(sent)
    names = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert names[:5] == ["任务分解表", "责任清单", "督查台账", "督查事项反馈表", "主要指标表"]
    assert names[5:] == ["分工意见　Word", "督查通知单　Word", "催办通知　Word", "督查通报　Word"]


def test_that_the_preview_is_the_real_sheet(sent: Room) -> None:
    dialog = exporting(sent, "supervision")
    layout = built_in()["supervision"]
    shown = [column for column in layout.sheets[0].columns if not column.hidden]
    page = dialog.preview.page
    assert cells(dialog, 0)[0] == "云港区2026年政府工作报告督查台账"
    assert page.columnSpan(0, 0) == len(shown) == page.columnCount()
    assert cells(dialog, 2) == [column.title for column in shown]
    (table,) = sent.workspace.supervision.tables("supervision", sent.report_id)
    assert cells(dialog, 3)[:2] == [str(table.lines[0].values[0]), str(table.lines[0].values[1])]
    widths = [page.columnWidth(place) for place in range(page.columnCount())]
    assert widths.index(max(widths)) == [c.width for c in shown].index(max(c.width for c in shown))
    assert "A4横向" in dialog.preview.about.text()
    assert "标题 方正小标宋简体 20" in dialog.preview.about.text()
    assert "正文 仿宋_GB2312 10.5" in dialog.preview.about.text()


def test_that_groups_and_merged_cells_are_shown_as_they_will_be(sent: Room) -> None:
    dialog = exporting(sent, "responsibility")
    page = dialog.preview.page
    assert page.columnSpan(3, 0) == page.columnCount()
    assert cells(dialog, 3)[0].endswith("项）")
    spans = [page.rowSpan(row, 1) for row in range(3, page.rowCount())]
    assert max(spans) > 1


def test_that_a_document_is_shown_in_its_words(sent: Room) -> None:
    dialog = exporting(sent, "division")
    assert dialog._pages.currentWidget() is dialog.text
    words = dialog.text.toPlainText()
    assert "重点工作分工的意见" in words.replace("\n", "")
    assert "按职责分工负责" in words
    assert not dialog.template.isVisible()


def test_that_a_unit_layout_shows_the_first_unit_and_the_one_that_is_chosen(sent: Room) -> None:
    dialog = exporting(sent, "units")
    assert dialog.unit.isEnabled()
    first = dialog.unit.itemText(1)
    assert dialog.sheets.tabText(0) == f"反馈表（{first}）"
    dialog.unit.setCurrentIndex(2)
    assert dialog.sheets.tabText(0) == f"反馈表（{dialog.unit.itemText(2)}）"
    assert not dialog.manner.isEnabled()
    choose(dialog, "supervision")
    assert not dialog.unit.isEnabled()


def test_that_a_workbook_for_each_unit_is_written_into_a_folder(sent: Room, tmp_path: Path) -> None:
    dialog = exporting(sent, "units")
    sent.answers.files = [tmp_path]
    dialog.export()
    assert not dialog.isVisible()
    sent.wait(lambda: sent.ledger.keys.word.startswith("已导出"))
    (folder,) = (path for path in tmp_path.iterdir() if path.is_dir() and path.name != "home")
    units = {path.stem.partition("（")[2].rstrip("）") for path in folder.glob("*.xlsx")}
    assert len(units) > 30
    assert "区教育局" in units


def test_that_one_workbook_may_hold_a_sheet_for_each_unit(sent: Room, tmp_path: Path) -> None:
    dialog = exporting(sent, "units")
    dialog.manner.setCurrentText(ONE_BOOK)
    sent.answers.files = [tmp_path / "全部.xlsx"]
    dialog.export()
    sent.wait(lambda: sent.ledger.keys.word == "已导出 全部.xlsx")
    assert len(load_workbook(tmp_path / "全部.xlsx").worksheets) > 30


def test_that_nothing_is_written_where_the_user_thinks_better_of_it(sent: Room) -> None:
    dialog = exporting(sent, "supervision")
    dialog.export()
    assert dialog.isVisible()
    assert sent.answers.asked == ["云港区2026年政府工作报告督查台账.xlsx"]


def test_that_the_bulletin_is_written_from_the_menu(sent: Room, tmp_path: Path) -> None:
    sent.answers.files = [tmp_path / "通报.docx"]
    sent.ledger.run("export_bulletin")
    sent.wait(lambda: sent.ledger.keys.word == "已导出 通报.docx")
    words = "".join(paragraph.text for paragraph in Document(str(tmp_path / "通报.docx")).paragraphs)
    assert "重点任务进展情况的通报" in words


# --- templates


def editing(of: Room, key: str = "supervision") -> TemplateDialog:
    dialog = exporting(of, key)
    dialog.edit_template()
    return dialog.findChildren(TemplateDialog)[-1]


def checked(dialog: TemplateDialog) -> list[str]:
    rows = range(dialog.table.rowCount())
    return [dialog._cell(row, 0).text() for row in rows if dialog._is_checked(row)]


def test_that_columns_are_switched_off_renamed_and_moved(sent: Room) -> None:
    dialog = editing(sent)
    before = checked(dialog)
    dialog._cell(2, 0).setCheckState(Qt.CheckState.Unchecked)
    dialog._cell(1, 0).setText("重点工作")
    dialog._cell(1, 1).setText("30")
    dialog.table.setCurrentCell(3, 0)
    dialog.move_down()
    dialog.sizes["body"].setValue(12)
    dialog.faces["title"].setText("华文中宋")
    dialog.keep()
    layout = sent.workspace.supervision.template("supervision")
    titles = [column.title for column in layout.sheets[0].columns if not column.hidden]
    expected = [before[0], "重点工作", before[4], before[3], *before[5:]]
    assert titles == expected
    assert layout.sheets[0].columns[1].width == 30
    assert layout.fonts["body"].size == 12
    assert layout.fonts["title"].name == "华文中宋"
    assert layout.sheets[0].columns[-1].field == "id"
    shown = sent.ledger.findChildren(ExportDialog)[-1]
    assert cells(shown, 2) == expected


def test_that_a_column_from_elsewhere_is_offered_and_added(sent: Room) -> None:
    dialog = editing(sent)
    rows = range(dialog.table.rowCount())
    row = next(r for r in rows if dialog._cell(r, 0).text() == "填报人")
    assert not dialog._is_checked(row)
    dialog._cell(row, 0).setCheckState(Qt.CheckState.Checked)
    dialog.keep()
    columns = sent.workspace.supervision.template("supervision").sheets[0].columns
    assert "reported_by" in [column.field for column in columns]


def test_that_every_offered_column_is_one_the_sheet_may_have() -> None:
    for layout in built_in().values():
        for sheet in layout.sheets:
            names = [column.field for column in offered(sheet)]
            assert len(names) == len(set(names))
            assert names[: len(sheet.columns)] == [column.field for column in sheet.columns]


def test_that_what_no_template_may_be_is_said_and_nothing_kept(sent: Room) -> None:
    dialog = editing(sent)
    dialog._cell(0, 1).setText("很宽")
    dialog.keep()
    assert dialog.problem.text() == "“编号”的宽度要是1到120之间的数，请改正后再保存。"
    dialog._cell(0, 1).setText("500")
    dialog.keep()
    assert "不在1到120之间" in dialog.problem.text()
    dialog._cell(0, 1).setText("6")
    dialog._cell(0, 0).setText(" ")
    dialog.keep()
    assert dialog.problem.text() == "每一列都要有列名，请填写后再保存。"
    assert dialog.isVisible()
    assert sent.workspace.supervision.template("supervision") == built_in()["supervision"]


def test_that_a_template_goes_to_a_file_and_back_and_a_reset_forgets_it(sent: Room, tmp_path: Path) -> None:
    dialog = editing(sent)
    dialog._cell(0, 0).setText("号")
    file = tmp_path / "模板.json"
    sent.answers.files = [file]
    dialog.save_file()
    assert json.loads(file.read_text(encoding="utf-8"))["sheets"][0]["columns"][0]["title"] == "号"
    dialog.reset()
    assert checked(dialog)[0] == "编号"
    sent.answers.files = [file]
    dialog.load_file()
    assert checked(dialog)[0] == "号"
    dialog.keep()
    assert sent.workspace.supervision.template("supervision").sheets[0].columns[0].title == "号"
    again = editing(sent)
    again.reset()
    again.keep()
    assert sent.workspace.supervision.template("supervision") == built_in()["supervision"]


def test_that_a_file_with_an_unknown_column_is_refused_by_name(sent: Room, tmp_path: Path) -> None:
    from app.ledger.layout import dump

    raw = json.loads(dump(built_in()["supervision"]))
    raw["sheets"][0]["columns"][0]["field"] = "weather"
    file = tmp_path / "模板.json"
    file.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
    dialog = editing(sent)
    sent.answers.files = [file]
    dialog.load_file()
    assert "不认识的列“weather”" in dialog.problem.text()
    assert checked(dialog)[0] == "编号"


# --- reminders


def due(of: Room) -> DueDialog:
    of.ledger.run("show_due")
    return of.ledger.findChildren(DueDialog)[-1]


def test_that_the_due_list_shows_each_unit_its_own_with_a_reminder_to_copy(sent: Room) -> None:
    dialog = due(sent)
    found = sent.session.due
    assert dialog.table.rowCount() == len(rows_of(found)) > 0
    unit = units_to_remind(found)[0]
    dialog.unit.setCurrentIndex(1)
    assert dialog.unit.currentText() == unit
    items = [dialog.table.item(row, 3) for row in range(dialog.table.rowCount())]
    assert {item.text() for item in items if item} == {unit}
    assert dialog.text.toPlainText().startswith(f"{unit}：\n截至")
    dialog.copy()
    assert QGuiApplication.clipboard().text() == dialog.text.toPlainText()
    assert dialog.count.text() == "已复制到剪贴板"


def test_that_reminders_and_notices_of_a_unit_are_written(sent: Room, tmp_path: Path) -> None:
    dialog = due(sent)
    dialog.unit.setCurrentIndex(1)
    dialog.reply.setText("7月5日")
    sent.answers.files = [tmp_path / "催办.docx"]
    dialog.write_reminders()
    sent.wait(lambda: sent.ledger.keys.word == "已导出 催办.docx")
    words = "".join(p.text for p in Document(str(tmp_path / "催办.docx")).paragraphs)
    assert "请于7月5日前书面反馈" in words
    sent.answers.files = [tmp_path]
    dialog.unit.setCurrentIndex(0)
    dialog.write_notices()
    sent.wait(lambda: "个文件" in sent.ledger.keys.word)
    assert len(list(tmp_path.glob("*督查通知单/*.docx"))) > 30


def test_that_chasing_is_noted_and_enter_goes_to_the_task(sent: Room) -> None:
    dialog = due(sent)
    dialog.unit.setCurrentIndex(1)
    chased = set(dialog._ids)
    dialog.remind()
    last = {case.id for case in sent.session.cases if case.moves[-1].name is TaskMoveName.REMIND}
    assert last == chased
    assert dialog.count.text() == f"已催办{len(chased)}项"
    wanted = dialog._ids[-1]
    dialog.table.setCurrentCell(dialog.table.rowCount() - 1, 0)
    dialog._go()
    assert not dialog.isVisible()
    current = sent.session.current_case
    assert current is not None
    assert current.id == wanted


def test_that_tasks_without_a_lead_cannot_be_sent(sent: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = due(sent)
    dialog.unit.addItem("未明确牵头单位", "")
    dialog.unit.setCurrentIndex(dialog.unit.count() - 1)
    dialog.write_notices()
    (error,) = sent.told
    assert isinstance(error, UserError)
    assert "没有牵头单位" in str(error)
