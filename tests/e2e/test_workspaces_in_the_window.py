"""Opening, leaving, coming back, and what goes wrong with files."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.domain import edits
from app.domain.errors import UserError
from app.domain.report import Level
from app.domain.tasks import TagKind
from app.places import ROOT, SEEDS
from app.ui.dialogs.new_task_dialog import NewTaskDialog
from app.ui.dialogs.report_dialog import ReportDialog
from app.workspace import Configuration, Workspace
from tests.e2e.conftest import Answers, Driver


def test_that_the_program_opens_where_the_reviewer_was(
    open_window: Callable[[Path], Driver], sample: Path
) -> None:
    driver = open_window(sample)
    item = driver.desk.session.items[40]
    driver.desk.session.select(item.task.id)
    driver.desk.view.set_zoom(120)
    driver.window.close()
    again = open_window(sample)
    assert again.desk.session.current.item_id == item.task.id
    assert again.desk.view.zoom_percent == 120
    at = again.desk.view.visible_source_span()
    assert at is not None
    assert at.start <= item.start < at.end


def test_that_the_workspace_is_one_whole_file_after_closing(
    open_window: Callable[[Path], Driver], sample: Path
) -> None:
    driver = open_window(sample)
    driver.press("Return")
    driver.window.close()
    assert [p.name for p in sample.parent.glob("sample.duban*")] == ["sample.duban"]
    with Workspace.open(sample) as workspace:
        items = workspace.items(workspace.reports()[0].id)
        assert [i.is_open for i in items[:2]] == [False, True]


def test_that_the_last_workspace_is_remembered(open_window: Callable[[Path], Driver], sample: Path) -> None:
    open_window(sample)
    assert Configuration.load().last == sample


def test_that_a_removed_report_comes_back_with_ctrl_z(driver: Driver) -> None:
    driver.press("Return")
    driver.window.run("remove_report")
    assert driver.desk.session.report is None
    assert driver.desk.session.workspace.reports() == ()
    driver.press("Ctrl+Z", into=driver.window)
    assert driver.desk.session.report is not None
    assert not driver.desk.session.items[0].is_open


def test_that_a_removed_report_can_be_restored_from_the_menu_another_day(
    open_window: Callable[[Path], Driver], sample: Path
) -> None:
    driver = open_window(sample)
    driver.window.run("remove_report")
    driver.window.close()
    again = open_window(sample)
    assert again.desk.session.report is None
    menu = next(m for m in again.window.findChildren(QMenu) if m.title() == "报告(&R)")
    menu.aboutToShow.emit()
    assert [a.text() for a in menu.actions() if a.data()] == ["1  恢复已移除的：云港区2026年政府工作报告"]
    menu.actions()[0].trigger()
    assert again.desk.session.report is not None


def test_that_a_file_that_is_no_workspace_leaves_the_open_one_in_place(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.duban"
    bad.write_bytes(b"no database at all" * 100)
    answers.files = [bad]
    before = driver.desk
    driver.press("Ctrl+O", into=driver.window)
    assert driver.window.desk is before
    assert len(answers.told) == 1
    driver.press("Return", into=driver.desk.view)
    assert not driver.desk.session.items[0].is_open


@pytest.mark.parametrize(
    ("name", "data"),
    [("空.txt", b""), ("图.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00" * 50), ("短.txt", b"hello")],
)
def test_that_a_bad_report_is_refused_with_words_and_nothing_changes(
    driver: Driver, answers: Answers, tmp_path: Path, name: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    answers.files = [path]
    driver.press("Ctrl+I", into=driver.window)
    driver.wait(lambda: bool(answers.told))
    assert len(driver.desk.session.workspace.reports()) == 1
    assert driver.desk.session.report is not None


def test_that_a_workspace_opened_at_once_after_another_takes_its_place(
    open_window: Callable[[Path], Driver], sample: Path, tmp_path: Path, answers: Answers
) -> None:
    other = tmp_path / "other.duban"
    Workspace.create(other).close()
    driver = open_window(sample)
    driver.window.files.open_path(sample)
    driver.window.files.open_path(other)
    driver.bot.wait(50)
    assert driver.desk.session.report is None
    assert driver.desk.session.workspace.path == other
    assert answers.told == []


def test_that_the_same_report_twice_is_refused(driver: Driver, answers: Answers) -> None:
    answers.files = [SEEDS / "sample_report.txt"]
    driver.press("Ctrl+I", into=driver.window)
    driver.wait(lambda: bool(answers.told))
    assert "已在工作区中" in answers.told[0]


def test_that_a_backup_brings_back_what_was(driver: Driver, answers: Answers, tmp_path: Path) -> None:
    backup = tmp_path / "b.duban"
    driver.press("Return")
    answers.files = [backup]
    driver.window.run("backup")
    driver.press("Return", "Return", into=driver.desk.view)
    answers.files = [backup, driver.desk.session.workspace.path]
    driver.window.run("restore")
    driver.wait(lambda: bool(driver.desk.session.items))
    assert [i.is_open for i in driver.desk.session.items[:3]] == [False, True, True]


def test_that_a_backup_is_offered_the_open_workspace_s_place_and_nothing_happens_without_one(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    answers.files = [tmp_path / "b.duban"]
    driver.window.run("restore")
    assert answers.suggested == [driver.desk.session.workspace.path]
    assert answers.told == []


def test_that_an_edit_from_elsewhere_is_not_overwritten(
    driver: Driver, sample: Path, answers: Answers
) -> None:
    driver.press("Return")
    report_id = driver.desk.session.report_id
    with Workspace.open(sample) as other:
        item = other.items(report_id)[0]
        other.apply(edits.change_task(report_id, item, remarks="别处写的"))
    driver.press("Ctrl+Z", into=driver.desk.view)
    assert len(answers.told) == 1
    now = driver.desk.session.items[0]
    assert (now.task.remarks, now.is_open) == ("别处写的", False)


def test_that_what_another_window_wrote_is_there_when_one_comes_back(driver: Driver, sample: Path) -> None:
    session = driver.desk.session
    session.look_away()
    assert not session.look_again()
    session.look_away()
    with Workspace.open(sample) as other:
        item = other.items(session.report_id)[0]
        other.apply(edits.accept(session.report_id, [item]))
    assert session.items[0].is_open
    assert session.look_again()
    assert not session.items[0].is_open
    assert not session.look_again()


def test_that_two_windows_do_not_make_two_tasks_of_one_suggestion(
    driver: Driver, sample: Path, answers: Answers
) -> None:
    session = driver.desk.session
    count = len(session.items)
    with Workspace.open(sample) as other:
        other.apply(edits.accept(session.report_id, [other.items(session.report_id)[0]]))
    driver.press("Return")
    assert len(answers.told) == 1
    assert len(session.items) == count
    assert not session.items[0].is_open
    assert session.undo_stack.count() == 0


def test_that_report_information_can_be_corrected_and_taken_back(driver: Driver) -> None:
    driver.window.run("report_info")
    dialog = driver.window.findChild(ReportDialog)
    assert isinstance(dialog, ReportDialog)
    driver.wait(dialog.isActiveWindow)
    dialog.title.setText("云港区2027年政府工作报告")
    dialog.level.setCurrentIndex(2)
    dialog.year.setValue(2027)
    driver.press("Return", into=dialog.title)
    report = driver.desk.session.report
    assert report is not None
    about = report.card.metadata
    assert (about.title, about.level, about.year, about.end_year) == (
        "云港区2027年政府工作报告",
        Level.CITY,
        2027,
        2027,
    )
    driver.window.run("undo")
    report = driver.desk.session.report
    assert report is not None
    assert (report.card.metadata.year, report.card.metadata.level) == (2026, Level.DISTRICT)


def test_that_a_killed_window_loses_nothing(sample: Path, home: Path) -> None:
    code = """
import os, sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from app.ui import start
app, window = start.make()
window.show()
window.files.open_path(Path(sys.argv[1]))
while not window.desk.session.items:
    app.processEvents()
for _ in range(3):
    window.run("accept")
os._exit(9)
"""
    done = subprocess.run([sys.executable, "-c", code, str(sample)], cwd=ROOT, check=False)
    assert done.returncode == 9
    with Workspace.open(sample) as workspace:
        items = workspace.items(workspace.reports()[0].id)
        assert [i.is_open for i in items[:4]] == [False, False, False, True]
        assert workspace.verify_log() == []


def test_that_search_finds_in_text_and_tasks_and_esc_returns(driver: Driver) -> None:
    driver.press("Slash", into=driver.desk.view)
    assert driver.desk.search.hasFocus()
    all_rows = driver.desk.panel.table.model().rowCount()
    for letter in ("港", "口"):
        driver.desk.search.insert(letter)
    assert 0 < driver.desk.panel.table.model().rowCount() < all_rows
    driver.press("Return", into=driver.desk.search)
    assert driver.desk.view.textCursor().selectedText() == "港口"
    driver.press("Escape", into=driver.desk.search)
    assert driver.desk.view.hasFocus()
    assert driver.desk.panel.table.model().rowCount() == all_rows


def test_that_a_gap_is_made_a_task_with_one_key(driver: Driver) -> None:
    session = driver.desk.session
    with_figure = next(i for i in session.items if i.of_kind(TagKind.TARGET))
    session.submit(edits.dismiss(session.report_id, with_figure))
    gap = next(g for g in session.gaps if g.span == with_figure.task.spans[0])
    driver.desk.tagging.show_gap(gap)
    driver.press("1", into=driver.desk.view)
    assert gap not in session.gaps
    made = session.current_item
    assert made is not None
    assert made.task.spans == (gap.span,)


def test_that_a_meetings_decision_becomes_a_task_without_a_source(driver: Driver) -> None:
    driver.press("Ctrl+T", into=driver.window)
    dialog = driver.desk.findChild(NewTaskDialog)
    assert isinstance(dialog, NewTaskDialog)
    assert not dialog.add.isEnabled()
    QTest.keyClicks(dialog.task_title, "Jianli")
    QTest.keyClicks(dialog.source, "12")
    QTest.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    last = driver.desk.session.items[-1]
    assert (last.task.title, last.task.remarks, last.task.spans, last.is_open) == ("Jianli", "12", (), False)


def test_that_words_that_cannot_be_written_keep_the_window_open_until_they_are_given_up(
    driver: Driver, answers: Answers, monkeypatch: pytest.MonkeyPatch, sample: Path
) -> None:
    def full(_change: object) -> None:
        raise UserError("磁盘空间不足")

    window, desk = driver.window, driver.desk
    monkeypatch.setattr(desk.session.workspace, "apply", full)
    driver.press("E")
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "more")
    confirmed: list[Callable[[], object]] = []
    monkeypatch.setattr(answers, "confirm", lambda _title, _words, then: confirmed.append(then))
    assert not window.close()
    assert answers.told == ["磁盘空间不足"]
    assert len(confirmed) == 1
    assert window.desk is desk
    confirmed[0]()
    assert window.desk is None
    assert answers.told[1:] in ([], ["磁盘空间不足"])
    Workspace.open(sample).close()
