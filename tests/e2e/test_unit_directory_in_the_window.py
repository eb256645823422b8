"""The unit directory from the keyboard: people, a new name, a successor, a workbook; the ledger follows."""

from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from app.domain.tasks import Item, Owner
from app.domain.units import Unit
from app.ui.dialogs.unit_directory import UnitDirectory
from app.ui.dialogs.unit_preview import UnitPreview
from app.ui.models.unit_table import COLUMNS
from tests.e2e.conftest import Answers, Driver

FIELDS = [column.field for column in COLUMNS]


def open_directory(driver: Driver) -> UnitDirectory:
    driver.press("Ctrl+U", into=driver.window)
    (directory,) = driver.desk.findChildren(UnitDirectory)
    activate(driver, directory)
    return directory


def activate(driver: Driver, window: QWidget) -> None:
    window.activateWindow()
    driver.wait(window.isActiveWindow)


def edit(driver: Driver, directory: UnitDirectory, unit: Unit, field: str, *texts: str) -> None:
    """Edit cells from a field on by keys: F2, the texts with Tab between them, Enter."""
    directory.table.show_unit(unit.id, FIELDS.index(field))
    directory.table.setFocus()
    driver.press("F2")
    for text in texts:
        line = QApplication.focusWidget()
        assert isinstance(line, QLineEdit)
        line.setText(text)
        driver.press("Return" if text is texts[-1] else "Tab")
        QApplication.processEvents()


def lead(item: Item) -> Owner:
    assert item.lead is not None
    assert isinstance(item.lead.value, Owner)
    return item.lead.value


def led_by(driver: Driver, unit: Unit) -> list[Item]:
    return [i for i in driver.desk.session.items if i.lead and lead(i).unit_id == unit.id]


def unit_of(driver: Driver, code: str) -> Unit:
    return next(u for u in driver.desk.session.units if u.code == code)


def test_that_people_fill_in_names_change_at_once_and_all_can_be_undone(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    session, card = driver.desk.session, driver.desk.card
    science = unit_of(driver, "科技")
    item = led_by(driver, science)[0]
    session.select(item.task.id)
    directory = open_directory(driver)
    edit(driver, directory, science, "leader", "李若川", "周宁", "022-1")
    assert card.fields["leader"].placeholderText() == "李若川（按单位名录）"
    assert card.fields["person"].placeholderText() == "周宁（022-1）（按单位名录）"
    edit(driver, directory, science, "short_name", "区科创局")
    assert {lead(i).name for i in led_by(driver, science)} == {"区科创局"}
    assert session.current.item_id == item.task.id
    assert unit_of(driver, "科技").initials == "qkcj"

    driver.press("Escape", into=directory.table)
    activate(driver, driver.window)
    driver.press("Return", into=driver.desk.view)
    out = tmp_path / "台账.xlsx"
    answers.files = [out]
    driver.press("Ctrl+E", into=driver.window)
    driver.wait(out.exists)
    rows = load_workbook(out)["任务分解表"].iter_rows(min_row=4, values_only=True)
    row = next(r for r in rows if r[6] == "区科创局")
    assert (row[5], row[10]) == ("李若川", "责任人：周宁（022-1）")

    driver.wait(lambda: driver.desk.keys._word.text().startswith("已导出"))
    for _ in range(5):
        driver.press("Ctrl+Z", into=driver.window)
    assert not session.undo_stack.canUndo()
    assert {lead(i).name for i in led_by(driver, science)} == {"区科技局"}
    assert card.fields["person"].placeholderText() == "输入姓名"
    assert session.workspace.verify_log() == []


def test_that_a_merged_unit_s_tasks_are_proposed_to_its_successor(driver: Driver) -> None:
    science, industry = unit_of(driver, "科技"), unit_of(driver, "工信")
    count = len(led_by(driver, science)) + len(led_by(driver, industry))
    directory = open_directory(driver)
    directory.table.show_unit(science.id)
    driver.press("Ctrl+M", into=directory.table)
    QTest.keyClicks(directory.picker.line, "qgxj")
    driver.press("Return", into=directory.picker.line)
    assert led_by(driver, science) == []
    assert len(led_by(driver, industry)) == count
    driver.press("Ctrl+Z", into=directory.table)
    assert len(led_by(driver, science)) + len(led_by(driver, industry)) == count
    assert led_by(driver, science)


def test_that_the_directory_goes_out_and_comes_back_by_workbook(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "名录.xlsx"
    answers.files = [path, path]
    directory = open_directory(driver)
    driver.press("Ctrl+E", into=directory.table)
    book = load_workbook(path)
    book.worksheets[0]["F5"] = "李若川"
    book.worksheets[0].append([None, "水务", "区海洋局"])
    book.save(path)
    driver.press("Ctrl+I", into=directory.table)
    (preview,) = directory.findChildren(UnitPreview)
    activate(driver, preview)
    QTest.keyClick(preview.button, Qt.Key.Key_Return)
    units = driver.desk.session.workspace.units()
    assert (units[1].leader, units[-1].short_name) == ("李若川", "区海洋局")
    assert directory.model.rowCount() == len(units) == 64


def test_that_one_directory_is_shown_however_often_it_is_asked_for(driver: Driver) -> None:
    first = open_directory(driver)
    activate(driver, driver.window)
    assert open_directory(driver) is first


def test_that_a_hostile_workbook_is_a_sentence(driver: Driver, answers: Answers, tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"\0" * 100)
    answers.files = [path]
    directory = open_directory(driver)
    driver.press("Ctrl+I", into=directory.table)
    assert answers.told == ["“坏.xlsx”不是 Excel 工作簿（.xlsx），请另选一个文件。"]


def test_that_the_directory_closes_with_its_workspace(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    old = driver.desk
    directory = open_directory(driver)
    answers.files = [tmp_path / "另一个.duban"]
    activate(driver, driver.window)
    driver.press("Ctrl+N", into=driver.window)
    assert driver.desk is not old
    assert not isValid(directory) or not directory.isVisible()
    open_directory(driver)
    driver.window.close()
    assert driver.window.desk is None


def test_that_a_slash_goes_to_the_filter_and_is_typed_there(driver: Driver) -> None:
    directory = open_directory(driver)
    directory.table.setFocus()
    driver.press("Slash")
    assert directory.filter.hasFocus()
    assert directory.filter.text() == ""
    QTest.keyClicks(directory.filter, "a/b")
    assert directory.filter.text() == "a/b"
