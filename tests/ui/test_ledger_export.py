"""导出台账: layouts with the real sheet before one's eyes, templates, reminders, and what is written."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QGuiApplication, QTextTable
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.domain.due_list import units_to_remind
from app.domain.errors import UserError
from app.domain.task_moves import TaskMoveName
from app.ledger.layout import built_in
from app.ledger.manner import manner
from app.ui.ledger.due_dialog import DueDialog, rows_of
from app.ui.ledger.export_dialog import ONE_BOOK, ExportDialog
from app.ui.ledger.manner_dialog import MannerDialog
from app.ui.ledger.page_view import FINE
from app.ui.ledger.sheet_preview import Cell, SheetPages
from app.ui.ledger.template_dialog import TemplateDialog, offered
from app.ui.ledger.word_preview import WordPages
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


def on_page(dialog: ExportDialog) -> list[Cell]:
    pages = dialog.preview.pages
    assert isinstance(pages, SheetPages)
    return list(pages.cells(dialog.preview.number))


def cells(dialog: ExportDialog, row: int) -> list[str]:
    """The texts of a row, counted from the title, from left to right."""
    found = on_page(dialog)
    tops = sorted({cell.box.top() for cell in found})
    return [cell.text for cell in sorted(found, key=lambda c: c.box.left()) if cell.box.top() == tops[row]]


def test_that_every_layout_and_document_of_a_year_is_offered(sent: Room) -> None:
    dialog = exporting(sent)
    names = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert names[:5] == ["任务分解表", "责任清单", "督查台账", "督查事项反馈表", "主要指标表"]
    assert names[5:] == ["分工意见　Word", "督查通知单　Word", "催办通知　Word", "督查通报　Word"]


def test_that_the_preview_is_the_real_sheet(sent: Room) -> None:
    dialog = exporting(sent, "supervision")
    layout = built_in()["supervision"]
    shown = [column for column in layout.sheets[0].columns if not column.hidden]
    title, _, *rest = on_page(dialog)
    assert (title.text, title.is_boxed) == ("云港区2026年政府工作报告督查台账", False)
    assert cells(dialog, 2) == [column.title for column in shown]
    (table,) = sent.workspace.supervision.tables("supervision", sent.report_id)
    assert cells(dialog, 3)[:2] == [str(table.lines[0].values[0]), str(table.lines[0].values[1])]
    widths = [cell.box.width() for cell in rest[: len(shown)]]
    assert widths.index(max(widths)) == [c.width for c in shown].index(max(c.width for c in shown))
    assert title.box.width() == pytest.approx(sum(widths))
    assert "A4横向" in dialog.preview.about.text()
    assert "标题 方正小标宋简体 20" in dialog.preview.about.text()
    assert "正文 仿宋_GB2312 10.5" in dialog.preview.about.text()


def test_that_a_page_holds_what_stands_on_it_and_no_more(sent: Room) -> None:
    dialog = exporting(sent, "supervision")
    pages = dialog.preview.pages
    assert pages is not None
    (table,) = sent.workspace.supervision.tables("supervision", sent.report_id)
    numbers = []
    for number in range(pages.count):
        dialog.preview.turn(number - dialog.preview.number)
        found = on_page(dialog)
        body, footer = found[:-1], found[-1]
        assert footer.text == f"第 {number + 1} 页 / 共 {pages.count} 页"
        assert max(cell.box.bottom() for cell in body) < footer.box.top() < pages.size.height()
        left = min(cell.box.left() for cell in body)
        numbers += [c.text for c in body if c.box.left() == left and c.is_boxed][1:]
    assert numbers == [str(line.values[0]) for line in table.lines]
    assert pages.count > 3


def test_that_pages_are_turned_by_key_when_the_one_that_is_shown_is_read(sent: Room) -> None:
    dialog = exporting(sent, "division")
    preview = dialog.preview
    bar = preview.area.verticalScrollBar()
    sent.wait(lambda: bar.maximum() > 0)
    sent.wait(dialog.isActiveWindow)
    QTest.keyClick(dialog.list, Qt.Key.Key_PageDown)
    assert (preview.number, bar.value()) == (0, min(bar.maximum(), bar.pageStep()))
    bar.setValue(bar.maximum())
    QTest.keyClick(dialog.list, Qt.Key.Key_PageDown)
    assert (preview.number, bar.value()) == (1, 0)
    assert preview.place.text().startswith("第2页 / 共")
    assert preview.back.isEnabled()
    QTest.keyClick(dialog.list, Qt.Key.Key_PageUp)
    assert preview.number == 0
    assert not preview.back.isEnabled()
    preview.turn(1000)
    assert not preview.on.isEnabled()
    assert dialog.key == "division"
    choose(dialog, "responsibility")
    assert preview.number == 0


def test_that_a_page_is_no_larger_than_on_paper(sent: Room) -> None:
    dialog = exporting(sent, "division")
    dialog.resize(2400, 900)
    assert dialog.preview.sheet.width() == round(210 / 25.4 * 96)
    dialog.resize(600, 900)
    sent.wait(lambda: dialog.preview.sheet.width() == dialog.preview.area.viewport().width())


def test_that_groups_and_merged_cells_are_shown_as_they_will_be(sent: Room) -> None:
    dialog = exporting(sent, "responsibility")
    found = on_page(dialog)
    group = next(cell for cell in found if cell.text.endswith("项）"))
    assert group.box.width() == pytest.approx(found[0].box.width())
    assert group.fill == "#F3F5F8"
    category = sorted({round(cell.box.left(), 2) for cell in found if cell.is_boxed})[1]
    heights = [cell.box.height() for cell in found if round(cell.box.left(), 2) == category]
    rows = [cell.box.height() for cell in found if cell.box.left() == group.box.left()]
    assert max(heights) > max(rows)


def test_that_what_is_filled_in_and_lights_have_their_colours(sent: Room) -> None:
    dialog = exporting(sent, "supervision")
    found = on_page(dialog)
    titles = {round(cell.box.left(), 2): cell.text for cell in found if cell.fill == "#E9EDF2"}
    fills = {titles[round(c.box.left(), 2)]: c.fill for c in found if c.is_boxed and c.fill != "#E9EDF2"}
    assert fills["进展情况"] == "#FFFDF3"
    assert fills["督查事项"] == "#ffffff"
    lights = {cell.text: cell.fill for cell in found if cell.text in ("红灯", "黄灯", "绿灯", "灰灯")}
    colours = {"红灯": "#F8D3D0", "黄灯": "#FBEBB5", "绿灯": "#D5EBD8", "灰灯": "#E4E7EB"}
    assert lights == {words: colours[words] for words in lights}
    assert lights


def test_that_a_page_is_drawn_in_ink_on_paper(sent: Room) -> None:
    for key in ("supervision", "notice"):
        dialog = exporting(sent, key)
        image = dialog.preview.sheet.grab().toImage()
        shades = {image.pixelColor(x, y).lightness() for x in range(60, 400) for y in range(100, 260, 2)}
        assert max(shades) == 255
        assert min(shades) < 180
        dialog.reject()


def test_that_a_document_is_shown_on_its_pages(sent: Room) -> None:
    dialog = exporting(sent, "division")
    pages = dialog.preview.pages
    assert isinstance(pages, WordPages)
    words = pages.words(0)
    assert "重点工作分工的意见" in words.replace("\n", "")
    assert "按职责分工负责" in words
    assert dialog.preview.sheet.accessibleDescription() == words
    assert pages.count > 5
    assert (
        "A4纵向，页边距上37下35左28右26毫米；方正小标宋简体 22，仿宋_GB2312 16" in dialog.preview.about.text()
    )
    assert not dialog.sheets.isVisible()


def test_that_the_lines_of_a_document_are_the_standard_s(sent: Room) -> None:
    dialog = exporting(sent, "division")
    assert isinstance(dialog.preview.pages, WordPages)
    text = dialog.preview.pages._text
    assert text.pageSize() == QSizeF(round(210 / 25.4 * 72 * FINE), round(297 / 25.4 * 72 * FINE))
    title, _, opening = (text.findBlockByNumber(n) for n in range(3))
    assert title.blockFormat().alignment() == Qt.AlignmentFlag.AlignHCenter
    assert opening.blockFormat().textIndent() == 32 * FINE
    assert opening.blockFormat().lineHeight() == pytest.approx(29 * FINE, abs=1)
    font = opening.begin().fragment().charFormat().font()
    assert (font.families()[0], font.pixelSize()) == ("仿宋_GB2312", 16 * FINE)


def test_that_a_table_of_a_document_has_its_widths_and_its_header_on_each_page(sent: Room) -> None:
    dialog = exporting(sent, "notice")
    assert isinstance(dialog.preview.pages, WordPages)
    text = dialog.preview.pages._text
    table = next(frame for frame in text.rootFrame().childFrames() if isinstance(frame, QTextTable))
    assert [table.cellAt(0, n).firstCursorPosition().block().text() for n in range(5)] == [
        "编号", "督查事项", "目标值", "完成时限", "承担角色",
    ]  # fmt: skip
    assert table.format().headerRowCount() == 1
    widths = [width.rawValue() / FINE for width in table.format().columnWidthConstraints()]
    assert sum(widths) == pytest.approx(156 / 25.4 * 72, abs=1)
    assert max(widths) == widths[1]


def test_that_where_there_is_nothing_to_show_it_is_said(sent: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = exporting(sent, "division")

    def refused(*_told: object) -> bytes:
        raise UserError("没有可以写进分工意见的任务。")

    monkeypatch.setattr(sent.workspace.supervision, "document", refused)
    choose(dialog, "bulletin")
    assert dialog.preview.about.text() == "没有可以写进分工意见的任务。"
    assert dialog.preview.place.text() == ""
    assert not dialog.preview.sheet.isVisible()
    choose(dialog, "supervision")
    assert dialog.preview.sheet.isVisible()


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


def test_that_the_first_column_stays_first_and_the_last_last(sent: Room) -> None:
    dialog = editing(sent)
    table = dialog.table
    for row, move in ((0, dialog.move_up), (table.rowCount() - 1, dialog.move_down)):
        before = checked(dialog)
        table.setCurrentCell(row, 0)
        move()
        assert (checked(dialog), table.currentRow()) == (before, row)


def test_that_the_title_and_the_paper_are_edited(sent: Room) -> None:
    dialog = editing(sent)
    assert (dialog.heading.text(), dialog.paper.currentText()) == ("督查台账", "A4")
    dialog.heading.setText(" ")
    dialog.keep()
    assert dialog.problem.text() == "表要有标题，请填写后再保存。"
    dialog.heading.setText("重点工作督办台账")
    dialog.paper.setCurrentText("A3")
    next(button for button in dialog.findChildren(QPushButton) if button.text() == "保存").click()
    shown = sent.ledger.findChildren(ExportDialog)[-1]
    assert cells(shown, 0) == ["云港区2026年政府工作报告重点工作督办台账"]
    assert shown.preview.about.text().startswith("A3横向")
    again = editing(sent)
    again.reset()
    assert (again.heading.text(), again.paper.currentText()) == ("督查台账", "A4")


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


def test_that_a_template_of_another_layout_is_refused_by_name(sent: Room, tmp_path: Path) -> None:
    from app.ledger.layout import save

    save(built_in()["units"], tmp_path / "反馈表.json")
    dialog = editing(sent)
    sent.answers.files = [tmp_path / "反馈表.json"]
    dialog.load_file()
    assert dialog.problem.text().startswith("这是“督查事项反馈表”的模板，不能用作“督查台账”的")
    assert checked(dialog)[0] == "编号"


def test_that_where_nobody_is_to_be_reminded_it_is_said(sent: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = exporting(sent, "supervision")
    monkeypatch.setattr(
        sent.session, "due", replace(sent.session.due, overdue=(), this_week=(), this_month=(), missed=())
    )
    choose(dialog, "reminder")
    assert dialog.preview.about.text() == "没有需要催办的单位。"
    monkeypatch.setattr(sent.session, "cases", ())
    choose(dialog, "notice")
    assert dialog.preview.about.text().startswith("没有一项任务明确了责任单位")


# --- the words of documents


def wording(of: Room, key: str = "notice") -> MannerDialog:
    dialog = exporting(of, key)
    dialog.edit_template()
    return dialog.findChildren(MannerDialog)[-1]


def test_that_the_words_and_fonts_of_a_document_are_edited_and_shown_at_once(sent: Room) -> None:
    dialog = wording(sent)
    assert list(dialog.texts) == ["notice_title", "notice_opening", "notice_closing"]
    dialog.texts["notice_title"].setPlainText(" 交办\n通知 ")
    dialog.faces["title"].setText("华文中宋")
    dialog.sizes["body"].setValue(15)
    dialog.keep()
    kept = sent.workspace.supervision.manner()
    assert kept.texts == {**manner().texts, "notice_title": "交办通知"}
    assert (kept.fonts["title"].name, kept.fonts["body"].size) == ("华文中宋", 15)
    pages = sent.ledger.findChildren(ExportDialog)[-1].preview.pages
    assert pages is not None
    assert pages.words(0).startswith("交办通知\n")


def test_that_a_name_nobody_can_fill_in_is_refused_by_name(sent: Room) -> None:
    dialog = wording(sent, "reminder")
    dialog.texts["remind_opening"].setPlainText("请于{起报期}前反馈。")
    dialog.keep()
    assert "不认识的名称“{起报期}”" in dialog.problem.text()
    assert dialog.isVisible()
    assert sent.workspace.supervision.manner() == manner()


def test_that_the_template_of_documents_is_shared_and_reset(sent: Room, tmp_path: Path) -> None:
    dialog = wording(sent)
    dialog.texts["notice_closing"].setPlainText("特此通知。")
    file = tmp_path / "公文模板.json"
    sent.answers.files = [file]
    dialog.save_file()
    assert json.loads(file.read_text(encoding="utf-8"))["texts"]["notice_closing"] == "特此通知。"
    dialog.reset()
    assert dialog.texts["notice_closing"].toPlainText() == manner().texts["notice_closing"]
    sent.answers.files = [file]
    dialog.load_file()
    assert dialog.texts["notice_closing"].toPlainText() == "特此通知。"
    dialog.keep()
    assert sent.workspace.supervision.manner().texts["notice_closing"] == "特此通知。"
    again = wording(sent)
    again.reset()
    again.keep()
    assert sent.workspace.setting("template:documents") is None
    file.write_text("{}", encoding="utf-8")
    last = wording(sent)
    sent.answers.files = [file]
    last.load_file()
    assert last.problem.text().startswith("这不是公文模板")


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
    sent.ledger.panel.search.setFocus()
    dialog = due(sent)
    dialog.unit.setCurrentIndex(1)
    chased = set(dialog._ids)
    assert dialog.buttons["记为已催办"].toolTip() == "Ctrl+Enter"
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
    assert sent.ledger.focusWidget() is sent.ledger.panel.grid


def test_that_tasks_without_a_lead_cannot_be_sent(sent: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = due(sent)
    dialog.unit.addItem("未明确牵头单位", "")
    dialog.unit.setCurrentIndex(dialog.unit.count() - 1)
    dialog.write_notices()
    (error,) = sent.told
    assert isinstance(error, UserError)
    assert "没有牵头单位" in str(error)
