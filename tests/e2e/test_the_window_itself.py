"""The window around the desk: its title, menus, first page, what is dropped on it and what it remembers."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from app.domain import edits
from app.domain.report import Level
from app.places import SEEDS
from app.ui import theme
from app.ui.dialogs.new_task_dialog import NewTaskDialog
from app.ui.dialogs.report_dialog import ReportDialog
from app.ui.main_window import MainWindow
from app.ui.views.empty_page import EmptyPage
from app.workspace import Configuration, Workspace
from tests.e2e.conftest import Answers, Driver


def menu(window: MainWindow, title: str) -> list[QAction]:
    found = next(m for m in window.findChildren(QMenu) if m.title().startswith(title))
    found.aboutToShow.emit()
    return found.actions()


def listed_reports(window: MainWindow) -> list[QAction]:
    return [action for action in menu(window, "报告(&R)") if action.data()]


def recent(window: MainWindow) -> QMenu:
    menu(window, "文件")
    return next(m for m in window.findChildren(QMenu) if m.title() == "最近的工作区")


def other_report(folder: Path) -> Path:
    """The sample's text as of another district and year."""
    text = (SEEDS / "sample_report.txt").read_text(encoding="utf-8")
    path = folder / "另一份.txt"
    path.write_text(text.replace("云港区", "青禾县").replace("2026年", "2027年"), encoding="utf-8")
    return path


@pytest.fixture
def two_reports(
    open_window: Callable[[Path], Driver], sample: Path, tmp_path: Path
) -> tuple[Driver, str, str]:
    with Workspace.open(sample) as workspace:
        workspace.import_file(other_report(tmp_path))
    driver = open_window(sample)
    first, second = driver.desk.session.workspace.reports()
    return driver, first.id, second.id


def test_that_the_title_names_the_report_and_goes_with_it(driver: Driver) -> None:
    assert driver.window.windowTitle() == "云港区2026年政府工作报告 — 督办"
    corner = driver.window.menuBar().cornerWidget()
    assert isinstance(corner, QLabel)
    assert corner.text() == "云港区2026年政府工作报告 · 标注人 甲 · 草稿"
    driver.window.run("remove_report")
    assert driver.window.windowTitle() == "督办"
    assert corner.text() == ""
    assert driver.desk.keys._state.text() == ""
    assert driver.desk._pages.currentIndex() == 1
    driver.window.run("undo")
    assert driver.desk._pages.currentIndex() == 0


def test_that_without_a_report_there_is_no_task_to_add(driver: Driver, answers: Answers) -> None:
    driver.window.run("remove_report")
    answers.told.clear()
    driver.window.run("new_task")
    assert answers.told == ["请先导入报告，再新增任务。"]
    assert driver.desk.findChild(NewTaskDialog) is None


def test_that_reports_are_chosen_from_the_menu_and_each_keeps_its_place(
    two_reports: tuple[Driver, str, str],
) -> None:
    driver, first, second = two_reports
    session = driver.desk.session
    here = session.items[40].task.id
    session.select(here)
    driver.desk.view.set_zoom(120)
    listed = listed_reports(driver.window)
    assert [a.text()[:3] for a in listed] == ["1  ", "2  "]
    assert [(a.isCheckable(), a.isChecked()) for a in listed] == [(True, True), (True, False)]
    listed[1].trigger()
    driver.wait(lambda: bool(session.items))
    assert session.report_id == second
    assert session.current.item_id == session.items[0].task.id
    assert driver.desk.view.zoom_percent == 100
    assert [a.isChecked() for a in listed_reports(driver.window)] == [False, True]
    menu(driver.window, "报告(&R)")[0].trigger()
    driver.wait(lambda: bool(session.items))
    assert session.report_id == first
    assert session.current.item_id == here
    assert driver.desk.view.zoom_percent == 120


def test_that_an_edit_of_the_other_report_is_undone_where_it_was_made(
    two_reports: tuple[Driver, str, str],
) -> None:
    driver, first, second = two_reports
    session = driver.desk.session
    driver.press("Return")
    driver.desk.show_report(second)
    driver.wait(lambda: bool(session.items))
    driver.press("Ctrl+Z", into=driver.desk.view)
    assert session.report_id == first
    assert session.items[0].is_open


def test_that_the_report_open_last_opens_again(
    two_reports: tuple[Driver, str, str], open_window: Callable[[Path], Driver], sample: Path
) -> None:
    driver, _, second = two_reports
    driver.desk.show_report(second)
    driver.window.close()
    assert open_window(sample).desk.session.report_id == second


def test_that_removing_the_report_shows_the_one_that_is_left(two_reports: tuple[Driver, str, str]) -> None:
    driver, _, second = two_reports
    driver.window.run("remove_report")
    driver.wait(lambda: bool(driver.desk.session.items))
    assert driver.desk.session.report_id == second


def test_that_the_place_is_remembered_soon_after_one_stops(driver: Driver) -> None:
    session = driver.desk.session
    session.select(session.items[20].task.id)
    name = f"place:{session.report_id}"
    assert session.workspace.setting(name, {}) == {}
    expected = session.items[20].task.id
    driver.wait(lambda: session.workspace.setting(name, {}).get("item") == expected)
    assert session.workspace.setting(name, {})["caret"] == driver.desk.view.caret_source()


def test_that_the_recent_workspaces_are_in_the_menu_the_last_one_first(
    open_window: Callable[[Path], Driver], sample: Path, tmp_path: Path, answers: Answers
) -> None:
    other = tmp_path / "另一个.duban"
    Workspace.create(other).close()
    driver = open_window(sample)
    driver.window.files.open_path(other)
    listed = recent(driver.window).actions()
    assert [a.text() for a in listed] == ["另一个.duban", "sample.duban"]
    assert listed[1].toolTip() == str(sample)
    listed[1].trigger()
    assert driver.desk.session.workspace.path == sample
    other.unlink()
    recent(driver.window).actions()[1].trigger()
    assert len(answers.told) == 1
    assert "另一个.duban" in answers.told[0]
    assert driver.desk.session.workspace.path == sample


def test_that_the_look_is_chosen_from_the_menu_and_remembered(driver: Driver, home: Path) -> None:
    looks = {a.text(): a for a in menu(driver.window, "视图") if a.text() in theme.APPEARANCES.values()}
    assert {words: a.isChecked() for words, a in looks.items()} == {
        "跟随系统": True,
        "浅色": False,
        "深色": False,
    }
    for words, name, colours in (("深色", "dark", theme.DARK), ("浅色", "light", theme.LIGHT)):
        looks[words].trigger()
        assert Configuration.load().appearance == name
        assert driver.window.theme is colours
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        assert app.palette().color(QPalette.ColorRole.Window).name() == colours.window
        assert colours.accent in app.styleSheet()
        assert driver.desk.outline._delegate.theme is colours
        assert [a.isChecked() for a in looks.values()].count(True) == 1


def test_that_the_guide_stays_until_it_is_closed_for_good(
    open_window: Callable[[Path], Driver], sample: Path
) -> None:
    driver = open_window(sample)
    assert driver.desk.guide.isVisible()
    close = driver.desk.guide.findChild(QToolButton)
    assert isinstance(close, QToolButton)
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not driver.desk.guide.isVisible()
    driver.window.close()
    again = open_window(sample)
    assert not again.desk.guide.isVisible()
    again.window.run("guide")
    assert again.desk.guide.isVisible()


def test_that_reports_dropped_on_the_window_are_imported(driver: Driver, tmp_path: Path) -> None:
    words = QMimeData()
    words.setUrls([QUrl.fromLocalFile(str(other_report(tmp_path))), QUrl("https://example.org/a.txt")])
    copy, button, held = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    driver.window.dropEvent(QDropEvent(QPointF(9, 9), copy, words, button, held))
    session = driver.desk.session
    driver.wait(lambda: len(session.workspace.reports()) == 2)
    driver.wait(lambda: session.report is not None and session.report.card.number == 2)


def test_that_the_window_comes_back_as_it_was_left(
    open_window: Callable[[Path], Driver], sample: Path
) -> None:
    window = open_window(sample).window
    assert (window.width(), window.height()) == (1440, 900)
    window.resize(1400, 700)
    left = window.size()
    window.close()
    again = open_window(sample).window
    assert again.height() == left.height() < 900


def test_that_without_a_workspace_the_first_page_offers_to_open_one(
    qtbot: QtBot, home: Path, answers: Answers, sample: Path
) -> None:
    window = MainWindow(Configuration.load(), answers)
    qtbot.addWidget(window)
    window.open_last()
    qtbot.waitUntil(lambda: window.centralWidget() is not None)
    page = window.centralWidget()
    assert isinstance(page, EmptyPage)
    assert window.windowTitle() == "督办"
    window.run("accept")
    window.run("unit_directory")
    window.show_units()
    assert answers.told == []
    assert menu(window, "报告(&R)") == []
    assert not recent(window).isEnabled()
    window.run("about")
    assert answers.told[0].startswith("督办 0.1.0\n")
    answers.files = [sample]
    button = next(b for b in page.findChildren(QPushButton) if "打开" in b.text())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.desk is not None
    assert Configuration.load().last == sample
    window.close()
    assert window.desk is None


def test_that_a_workspace_of_last_time_that_is_gone_is_told(
    qtbot: QtBot, home: Path, answers: Answers, tmp_path: Path
) -> None:
    window = MainWindow(Configuration("甲", "w", recent=(str(tmp_path / "没有了.duban"),)), answers)
    qtbot.addWidget(window)
    window.open_last()
    assert len(answers.told) == 1
    assert "没有了.duban" in answers.told[0]
    assert window.desk is None


def test_that_the_window_left_for_another_shows_what_that_one_wrote(driver: Driver, sample: Path) -> None:
    session = driver.desk.session
    elsewhere = QLabel("别处")
    driver.bot.addWidget(elsewhere)
    elsewhere.show()
    elsewhere.activateWindow()
    driver.wait(lambda: not driver.window.isActiveWindow())
    with Workspace.open(sample) as other:
        other.apply(edits.accept(session.report_id, other.items(session.report_id)[:1]))
    assert session.items[0].is_open
    driver.window.activateWindow()
    driver.wait(lambda: not session.items[0].is_open)
    assert driver.desk.keys.word == "已载入另一个窗口的改动"


def report_dialog(driver: Driver) -> ReportDialog:
    driver.window.run("report_info")
    dialog = driver.window.findChildren(ReportDialog)[-1]
    driver.wait(dialog.isActiveWindow)
    return dialog


def test_that_report_information_shows_what_was_read_and_leaving_it_changes_nothing(driver: Driver) -> None:
    dialog = report_dialog(driver)
    about = driver.desk.session.report.card.metadata if driver.desk.session.report else None
    assert about is not None
    assert (dialog.title.text(), dialog.issuer.text()) == (about.title, about.issuer)
    assert (dialog.year.value(), dialog.end_year.value()) == (about.year, about.end_year)
    assert (dialog.level.currentText(), dialog.kind.currentText()) == ("区县", "政府工作报告")
    assert dialog.issued.text() == (about.issued.isoformat() if about.issued else "未识别")
    driver.press("Return", into=dialog.title)
    assert driver.desk.session.undo_stack.count() == 0


def test_that_report_information_is_kept_sound(driver: Driver) -> None:
    dialog = report_dialog(driver)
    dialog.title.setText("  ")
    dialog.issuer.setText(" 青禾县人民政府 ")
    dialog.document_number.setText("青政发〔2026〕1号")
    dialog.year.setValue(2030)
    dialog.end_year.setValue(2029)
    dialog.level.setCurrentIndex(list(Level).index(Level.TOWN))
    dialog.issued.setDate(dialog.issued.minimumDate())
    assert dialog.issued.text() == "未识别"
    driver.press("Return", into=dialog.issuer)
    about = driver.desk.session.report.card.metadata if driver.desk.session.report else None
    assert about is not None
    assert about.title == "云港区2026年政府工作报告"
    assert (about.issuer, about.document_number) == ("青禾县人民政府", "青政发〔2026〕1号")
    assert (about.year, about.end_year, about.issued) == (2030, 2030, None)
    assert about.level is Level.TOWN
    driver.press("Escape", into=report_dialog(driver))
    assert driver.desk.session.undo_stack.count() == 1


def test_that_undoing_an_edit_of_another_report_goes_to_where_it_was(driver: Driver) -> None:
    session = driver.desk.session
    first = session.report_id
    item = session.items[30]
    session.select(item.task.id)
    driver.press("Return")
    text = (SEEDS / "sample_report.txt").read_text(encoding="utf-8").replace("云港", "青禾")
    other = session.workspace.import_bytes(text.encode(), "other.txt")
    driver.desk.show_report(other.id)
    driver.wait(lambda: session.report_id == other.id and bool(session.items))
    driver.press("Ctrl+Z", into=driver.desk.view)
    assert session.report_id == first
    assert session.current.item_id == item.task.id
    assert session.items[30].is_suggested
