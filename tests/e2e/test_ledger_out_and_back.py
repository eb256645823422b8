"""A ledger out and back in the window: given out, exported for each unit, filled in, previewed, written, undone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QLabel

from app.domain.supervising import Case
from app.domain.tallies import Grouping, tallies
from app.domain.task_moves import TaskState
from app.places import ROOT
from app.ui.board.desk import BoardDesk
from app.ui.ledger.desk import LedgerDesk
from app.ui.ledger.export_dialog import ExportDialog
from app.ui.ledger.return_dialog import ReturnDialog
from app.ui.rail import LEDGER, TAGGING
from app.workspace import Workspace
from tests.e2e.conftest import Answers, Driver
from tests.ui import ledger_samples

OPEN = Callable[[Path], Driver]
MARCH = "2026年3月31日"


@pytest.fixture
def driver(open_window: OPEN, home: Path, tmp_path: Path) -> Driver:
    """The window on the sample, every task accepted in a draft."""
    path = ledger_samples.made(tmp_path, is_given_out=False)
    with Workspace.open(path, author=ledger_samples.AUTHOR) as workspace:
        assert workspace.person is not None
        workspace.sign_in(workspace.person.id)
    return open_window(path)


def ledger_of(driver: Driver) -> LedgerDesk:
    pages = driver.window.pages
    assert pages is not None
    assert pages.ledger is not None
    return pages.ledger


def board_of(driver: Driver) -> BoardDesk:
    pages = driver.window.pages
    assert pages is not None
    assert pages.board is not None
    return pages.board


def come_back(driver: Driver) -> None:
    """As the desktop does when a dialog closes."""
    driver.window.activateWindow()
    driver.wait(driver.window.isActiveWindow)
    ledger_of(driver).focus()


def fill(file: Path, case: Case, figure: str, words: str) -> None:
    """What a unit does with its workbook: fills in one row, sorts nothing, changes a locked cell besides."""
    book = load_workbook(file)
    sheet = book.worksheets[0]
    titles = [cell.value for cell in sheet[3]]
    for line in range(4, sheet.max_row + 1):
        if sheet.cell(line, titles.index("标识") + 1).value == case.goals[0].id:
            told = {"截至日期": MARCH, "完成值": figure, "进展情况": words, "目标值": "一个也不要"}
            for title, value in told.items():
                sheet.cell(line, titles.index(title) + 1).value = value
    book.save(file)


def export_units(driver: Driver, answers: Answers, folder: Path) -> dict[str, Path]:
    """Every unit's workbook, by Ctrl+L, down to the layout, and Enter."""
    ledger = ledger_of(driver)
    driver.press("Ctrl+L")
    dialog = ledger.findChildren(ExportDialog)[-1]
    driver.wait(dialog.isActiveWindow)
    driver.press("Down", "Down", "Down", into=dialog.list)
    assert dialog.key == "units"
    answers.files = [folder]
    driver.press("Return", into=dialog.list)
    driver.wait(lambda: ledger.keys.word.startswith("已导出"))
    come_back(driver)
    (made,) = (path for path in folder.iterdir() if path.is_dir())
    return {path.stem.partition("（")[2].rstrip("）"): path for path in made.glob("*.xlsx")}


def take_in(driver: Driver, answers: Answers, *files: Path) -> ReturnDialog:
    """The preview of returned workbooks, by Ctrl+R."""
    ledger = ledger_of(driver)
    answers.files = list(files)
    driver.press("Ctrl+R", into=ledger.panel.grid)
    driver.wait(lambda: bool(ledger.findChildren(ReturnDialog)))
    dialog = ledger.findChildren(ReturnDialog)[-1]
    driver.wait(dialog.isActiveWindow)
    return dialog


def reported(driver: Driver) -> str:
    """How many tasks the board says were reported on, by Alt+4."""
    driver.press("Alt+4")
    return board_of(driver).figures.numbers["已报送"].text()


def list_behind(driver: Driver, unit: str) -> set[str]:
    """Whose tasks the ledger shows when Enter is pressed on a unit's bar."""
    board, ledger = board_of(driver), ledger_of(driver)
    driver.wait(board.bars.hasFocus)
    units = [tally.name for tally in tallies(ledger.session.cases, Grouping.UNIT)]
    driver.press(*["Down"] * units.index(unit), "Return", into=board.bars)
    assert driver.window.pages is not None
    assert driver.window.pages.current == LEDGER.name
    return {case.row.lead for case in ledger.panel.model.rows}


def stands(driver: Driver, case: Case) -> tuple[TaskState, list[str]]:
    """A task's state and what was reported on it."""
    now = ledger_of(driver).session.case(case.id)
    assert now is not None
    return now.state, [report.text for report in now.reports]


def test_that_a_ledger_goes_out_and_comes_back_by_key(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    driver.press("Alt+3")
    ledger = ledger_of(driver)
    session = ledger.session
    driver.wait(ledger.panel.grid.hasFocus)

    driver.press("Ctrl+A", "1", "2", "3")
    assert {case.state for case in session.cases} == {TaskState.DISPATCHED}
    assert ledger.keys.word == "已交办110项"

    folder = tmp_path / "发出"
    folder.mkdir()
    files = export_units(driver, answers, folder)
    case = ledger_samples.with_target(session.workspace, session.report_id)
    fill(files[case.row.lead], case, "2", "已完成2个。")
    foreign = tmp_path / "别处.xlsx"
    foreign.write_bytes(b"PK, but nothing in it")

    dialog = take_in(driver, answers, files[case.row.lead], foreign)
    assert "改动2格；不采用1格" in dialog.words.text()
    assert [told.name for told in dialog._preview.files if told.refused] == ["别处.xlsx"]
    log = session.workspace.log_length()
    driver.press("Return", into=dialog.button)
    assert session.workspace.log_length() == log + 1
    assert stands(driver, case) == (TaskState.REPORTED, ["已完成2个。"])
    now = session.case(case.id)
    assert now is not None
    assert now.light != case.light

    come_back(driver)
    assert reported(driver) == "1"
    assert list_behind(driver, case.row.lead) == {case.row.lead}

    driver.wait(ledger.panel.grid.hasFocus)
    driver.press("Ctrl+Z")
    assert ledger.keys.word.startswith("已撤销：收回台账")
    assert stands(driver, case) == (TaskState.DISPATCHED, [])
    assert reported(driver) == "0"


def test_that_the_list_behind_a_bar_is_there_though_the_ledger_was_never_shown(driver: Driver) -> None:
    driver.press("Alt+4")
    board = board_of(driver)
    driver.wait(board.bars.hasFocus)
    bar = board.bars.bars[1]
    driver.press("Down", "Return", into=board.bars)
    ledger = ledger_of(driver)
    assert {case.row.lead for case in ledger.panel.model.rows} == {bar.name}
    assert len(ledger.panel.model.rows) == bar.tally.total
    assert ledger.session.current_case in ledger.panel.model.rows
    assert ledger.card.title.text().startswith(f"{ledger.panel.model.rows[0].row.number} · ")


def test_that_nothing_of_both_pages_is_there_before_they_are_shown() -> None:
    import subprocess
    import sys

    code = "import sys, app.ui.main_window; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    there = [name for name in told.stdout.split() if name.startswith(("app.ui.ledger", "app.ui.board"))]
    assert there == []


def test_that_the_pages_follow_the_report_and_the_tagging_page_stays_as_it_was(driver: Driver) -> None:
    assert driver.window.pages is not None
    driver.press("Alt+3")
    ledger = ledger_of(driver)
    driver.wait(ledger.panel.grid.hasFocus)
    driver.press("1")
    assert driver.window._title.text().startswith("云港区2026年政府工作报告 · 台账 · 草稿")
    driver.press("Alt+1")
    assert driver.window.pages.current == TAGGING.name
    assert not driver.desk.session.undo_stack.canUndo()
    driver.press("Ctrl+B", into=driver.desk.view)  # the menu's action works from every page
    assert driver.window.pages.current == LEDGER.name


def test_that_a_theme_chosen_on_the_page_dresses_it(driver: Driver) -> None:
    driver.press("Alt+4")
    board = board_of(driver)
    light = board.grab().toImage().pixelColor(board.width() - 20, 60)
    driver.window.set_appearance("dark")
    dark = board.grab().toImage().pixelColor(board.width() - 20, 60)
    driver.window.set_appearance("light")
    assert light.lightness() > 200
    assert dark.lightness() < 80
    assert board.findChildren(QLabel)
