"""导入反馈: what returned workbooks would change is shown first, then written in one step that is undone in one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.domain.changes import Change
from app.domain.outgoing import units_of
from app.domain.returned import (
    LEADS,
    CellChange,
    FileTold,
    Place,
    RefusedCell,
    ReturnPreview,
    RowFault,
    UnitDifference,
)
from app.ui.ledger.return_dialog import EMPTY, Kind, ReturnDialog, lines_of
from app.workspace.outgoing import Wanted
from tests.supervised import on
from tests.ui import ledger_samples
from tests.ui.ledger_pages import Room, room
from tests.ui.office_samples import press

SHEET = "反馈表"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))


@pytest.fixture
def sent(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    with room(qtbot, ledger_samples.made(tmp_path)) as made:
        made.show(made.ledger)
        yield made


def place(line: int, number: str, file: str = "甲.xlsx") -> Place:
    return Place(file, SHEET, line, number)


PREVIEW = ReturnPreview(
    files=(
        FileTold("乙.xlsx", needs_unit=True, refused="没有写明"),
        FileTold("甲.xlsx", "区科技局", "2026-03", 4, 2),
    ),
    changes=(
        CellChange(place(6, "3"), "t3", "区科技局", "2026-03", "text", "进展情况", "", "已开工"),
        CellChange(place(4, "1"), "t1", "区科技局", "2026-03", "actual", "完成值", "3个", "5个"),
    ),
    refused=(RefusedCell(place(4, "1"), "完成时限", "12月底前", "明年", "这一栏不能由单位改动"),),
    faults=(RowFault(place(5, ""), "没有标识"),),
    differences=(UnitDifference("t1", "1", "平台", "2026-03", "区科技局", "5个", "区财政局", "4个"),),
    change=Change("收回台账", "r", ()),
)


def shown(dialog: ReturnDialog) -> list[list[str]]:
    table = dialog.table
    found = []
    for row in range(table.rowCount()):
        cells = [table.item(row, column) for column in range(table.columnCount())]
        found.append([cell.text() if cell else "" for cell in cells])
    return found


def test_that_what_is_wrong_stands_beside_its_row() -> None:
    lines = lines_of(PREVIEW)
    assert [(line.place.line, line.kind) for line in lines] == [
        (4, Kind.CHANGE),
        (4, Kind.REFUSED),
        (5, Kind.FAULT),
        (6, Kind.CHANGE),
        (0, Kind.DIFFERENCE),
    ]
    assert lines[3].cells == ("进展情况", EMPTY, "已开工", "2026-03")
    assert lines[4].cells == ("平台", "区科技局：5个", "区财政局：4个", "2026-03，以牵头单位的为准")


@pytest.fixture
def asked() -> list[dict[str, str]]:
    return []


@pytest.fixture
def dialog(qtbot: QtBot, asked: list[dict[str, str]]) -> ReturnDialog:
    made = ReturnDialog(
        PREVIEW,
        on(date(2026, 5, 10)).values(),
        lambda _preview: False,
        lambda answers: asked.append(dict(answers)),
    )
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_that_the_preview_shows_files_cells_and_reasons(dialog: ReturnDialog) -> None:
    assert dialog.words.text() == "读取1个文件，改动2格；不采用1格，有问题的1行，不采用的文件1个。"
    rows = shown(dialog)
    assert rows[0] == ["甲.xlsx", "4", "1", "完成值", "3个", "5个", "2026-03"]
    assert rows[1][-1] == "不采用：这一栏不能由单位改动"
    assert rows[2] == ["甲.xlsx", "5", "", "", "", "", "有问题的行：没有标识"]
    assert [button.text() for button in dialog.switches.values()] == [
        "全部 5",
        "改动 2",
        "不采用 1",
        "有问题的行 1",
        "数字不一致 1",
    ]
    assert dialog.button.text() == "写入2格"
    files, cells = (w.mapTo(dialog, w.rect().topLeft()).y() for w in (dialog.files, dialog.table))
    assert files + dialog.files.height() < cells
    refused = dialog.files.item(0, 5)
    assert refused is not None
    assert refused.text() == "没有写明"


def test_that_alt_and_a_digit_shows_one_kind(dialog: ReturnDialog) -> None:
    press("Alt+2", into=dialog)
    assert [row[-1] for row in shown(dialog)] == ["不采用：这一栏不能由单位改动"]
    press("Alt+0", into=dialog)
    assert len(shown(dialog)) == 5


def test_that_a_file_that_does_not_say_whose_it_is_asks(
    dialog: ReturnDialog, asked: list[dict[str, str]]
) -> None:
    box = dialog.files.cellWidget(0, 1)
    assert isinstance(box, QComboBox)
    units = units_of(on(date(2026, 5, 10)).values())
    assert [box.itemText(n) for n in range(box.count())] == ["请选择单位", LEADS, *units]
    box.activated.emit(0)
    assert asked == []
    box.activated.emit(2)
    assert asked == [{"乙.xlsx": units[0]}]
    assert dialog.files.cellWidget(1, 1) is None


def test_that_files_of_which_something_is_to_be_told_come_first(dialog: ReturnDialog) -> None:
    files = (
        FileTold("甲.xlsx", "区科技局", "2026-03", 4, 2),
        FileTold("乙.xlsx", "区财政局", "2026-03", 4, 1, notes=("是旧表",)),
        FileTold("丙.xlsx", refused="已损坏"),
    )
    dialog.show_preview(replace(PREVIEW, files=files))
    cells = [dialog.files.item(row, 0) for row in range(3)]
    assert [cell.text() for cell in cells if cell] == ["丙.xlsx", "乙.xlsx", "甲.xlsx"]
    assert dialog.lines[0].place.file == "甲.xlsx"  # what they say stays in their own order


def test_that_a_refused_write_leaves_the_preview_open(dialog: ReturnDialog) -> None:
    dialog.button.click()
    assert dialog.isVisible()


def test_that_nothing_to_write_cannot_be_written(dialog: ReturnDialog) -> None:
    dialog.show_preview(ReturnPreview((FileTold("丙.xlsx"),), (), (), (), ()))
    assert not dialog.button.isEnabled()
    assert dialog.button.text() == "没有要写入的"
    assert [b.isEnabled() for b in dialog.switches.values()] == [True, False, False, False, False]


# --- through the page


def returned(of: Room, folder: Path) -> tuple[Path, str]:
    """A unit's workbook that came back with one line of progress; the task's id."""
    case = ledger_samples.with_target(of.workspace, of.report_id)
    out = folder / "反馈表.xlsx"
    of.workspace.supervision.export_layout("units", out, of.report_id, Wanted(unit=case.row.lead))
    book = load_workbook(out)
    sheet = book.worksheets[0]
    titles = [cell.value for cell in sheet[3]]
    for line in range(4, sheet.max_row + 1):
        if sheet.cell(line, titles.index("标识") + 1).value == case.goals[0].id:
            for title, value in (("截至日期", "2026年3月31日"), ("完成值", "7"), ("进展情况", "已完成7个。")):
                sheet.cell(line, titles.index(title) + 1).value = value
    book.save(out)
    of.ledger.show_report(of.report_id)
    return out, case.id


def preview(of: Room) -> ReturnDialog:
    of.wait(lambda: bool(of.ledger.findChildren(ReturnDialog)))
    return of.ledger.findChildren(ReturnDialog)[-1]


def test_that_feedback_is_shown_written_and_taken_back_in_one_step(sent: Room, tmp_path: Path) -> None:
    file, case_id = returned(sent, tmp_path)
    broken = tmp_path / "坏的.xlsx"
    broken.write_bytes(b"nothing of a workbook")
    sent.answers.files = [file, broken]
    sent.ledger.run("import_feedback")
    dialog = preview(sent)
    assert dialog.button.text() == "写入2格"
    assert dialog.files.rowCount() == 2
    dialog.button.click()
    assert not dialog.isVisible()
    assert sent.ledger.keys.word == "反馈已写入2格，可按 Ctrl+Z 撤销"
    now = sent.session.case(case_id)
    assert now is not None
    assert [report.text for report in now.reports] == ["已完成7个。"]
    assert now.reports[0].period == "2026-03"
    sent.ledger.undo()
    before = sent.session.case(case_id)
    assert before is not None
    assert before.reports == ()


def test_that_the_same_file_again_changes_nothing(sent: Room, tmp_path: Path) -> None:
    file, _ = returned(sent, tmp_path)
    sent.ledger.take_in([file])
    first = preview(sent)
    first.button.click()
    first.setParent(None)
    first.deleteLater()
    sent.ledger.take_in([file])
    sent.wait(lambda: any(d is not first for d in sent.ledger.findChildren(ReturnDialog)))
    again = sent.ledger.findChildren(ReturnDialog)[-1]
    assert not again.button.isEnabled()
    assert shown(again) == []


def test_that_workbooks_dropped_on_the_page_are_read(sent: Room, tmp_path: Path) -> None:
    file, _ = returned(sent, tmp_path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    held = Qt.KeyboardModifier.NoModifier
    sent.ledger.dropEvent(
        QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, held)
    )
    assert preview(sent).button.isEnabled()
