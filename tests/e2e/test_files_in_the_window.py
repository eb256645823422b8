"""Restoring, importing several files, printing, and starting from nothing."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.ui.main_window import MainWindow
from app.ui.views.empty_page import EmptyPage
from app.workspace import Configuration, Workspace, home
from tests.e2e.conftest import Answers, Driver, let_fall

REPORT = """云港区{year}年政府工作报告

一、{year}年重点工作

加快港区建设，新增泊位{year}个，年底前完成。优化营商环境，持续清理隐性门槛。更新老旧片区，改造老旧小区20个。
"""


@pytest.fixture
def window(qtbot: QtBot, home: Path, answers: Answers) -> MainWindow:
    """A window without a workspace."""
    window = MainWindow(Configuration.load(), answers)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def backup(sample: Path) -> Path:
    path = sample.with_name("备份.duban")
    with Workspace.open(sample) as workspace:
        workspace.backup(path)
    return path


def spoil(path: Path) -> None:
    """Break a workspace's pages, its header apart."""
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)


def report_file(folder: Path, year: int) -> Path:
    path = folder / f"{year}.txt"
    path.write_text(REPORT.format(year=year) * 3, encoding="utf-8")
    return path


def titles(driver: Driver) -> list[str]:
    return [card.metadata.title for card in driver.desk.session.workspace.reports()]


def test_that_a_workspace_that_falls_on_the_first_page_is_opened_and_a_report_wants_one(
    window: MainWindow, answers: Answers, sample: Path, tmp_path: Path
) -> None:
    let_fall(window, report_file(tmp_path, 2026))
    assert answers.told == ["请先打开或新建工作区，再导入报告。"]
    spoiled = tmp_path / "坏.duban"
    spoiled.write_bytes(b"no workspace")
    let_fall(window, spoiled)
    assert len(answers.told) == 2
    assert window.desk is None
    let_fall(window, tmp_path / "2026.txt", sample)
    assert window.desk is not None
    assert window.desk.session.workspace.path == sample
    assert len(answers.told) == 2


def test_that_a_workspace_is_restored_again_and_again_also_while_it_is_exported(
    driver: Driver, answers: Answers, sample: Path, backup: Path, tmp_path: Path
) -> None:
    for _ in range(3):
        answers.told.clear()
        driver.press("Return", into=driver.desk.view)
        driver.window.files.export_to(tmp_path / "表.xlsx")
        answers.files = [backup, sample]
        driver.window.run("restore")
        driver.wait(lambda: bool(driver.desk.session.items))
        assert driver.desk.session.items[0].is_open
        assert answers.told[0].startswith("将用备份“备份.duban”替换工作区“sample.duban”。")
        assert answers.told[1:] == ["没有做完的导入或导出已取消。请在恢复后重做。"]
    kept = sorted(p.name.split("-", 1)[0] for p in tmp_path.glob("*.bak-*"))
    assert kept == ["sample.duban.bak"] * 3


def test_that_an_export_that_is_overtaken_by_another_workspace_touches_neither(
    driver: Driver, answers: Answers, sample: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.duban"
    Workspace.create(other).close()
    job = driver.window.files.export_to(tmp_path / "表.xlsx")
    assert job is not None
    driver.window.files.open_path(other)
    driver.bot.wait(50)
    assert [words.split("，")[0] for words in answers.told] == ["换了工作区"]
    assert driver.desk.session.workspace.path == other
    assert [p.name for p in tmp_path.glob("sample.duban*")] == ["sample.duban"]


def test_that_the_user_is_told_where_the_old_content_went(
    driver: Driver, answers: Answers, sample: Path, backup: Path
) -> None:
    driver.window.files.restore()  # cancelled: nothing was chosen
    assert answers.told == []
    answers.files = [backup, sample]
    driver.window.run("restore")
    kept = next(sample.parent.glob("*.bak-*"))
    said = driver.desk.keys.word
    assert f"已从“备份.duban”恢复，原来的内容另存为“{kept.name}”" == said


def test_that_another_workspace_than_the_open_one_is_restored_and_opened(
    driver: Driver, answers: Answers, sample: Path, backup: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.duban"
    Workspace.create(other).close()
    driver.press("Return")
    answers.files = [backup, other]
    driver.window.run("restore")
    assert driver.desk.session.workspace.path == other
    assert titles(driver) == ["云港区2026年政府工作报告"]
    with Workspace.open(sample) as untouched:
        assert not untouched.items(untouched.reports()[0].id)[0].is_open


def test_that_a_workspace_is_restored_where_none_is_open(
    window: MainWindow, answers: Answers, backup: Path, tmp_path: Path
) -> None:
    target = tmp_path / "新.duban"
    answers.files = [backup, target]
    window.run("restore")
    assert answers.told[0].startswith("将把备份“备份.duban”恢复为工作区“新.duban”，并打开它。")
    assert window.desk is not None
    assert window.desk.session.workspace.path == target
    assert not list(tmp_path.glob("*.bak*"))


def test_that_a_damaged_workspace_is_replaced_while_it_is_open(
    driver: Driver, answers: Answers, sample: Path, backup: Path
) -> None:
    spoil(sample)
    answers.files = [backup, sample]
    driver.window.run("restore")
    driver.wait(lambda: bool(driver.desk.session.items))
    assert len(answers.told) == 1
    assert titles(driver) == ["云港区2026年政府工作报告"]


def test_that_a_bad_backup_leaves_the_open_workspace(
    driver: Driver, answers: Answers, sample: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "坏.duban"
    bad.write_bytes(b"no database" * 400)
    answers.files = [bad, sample]
    driver.window.run("restore")
    assert len(answers.told) == 2
    assert answers.told[1].startswith("“坏.duban”不是督办工作区文件")
    driver.wait(lambda: bool(driver.desk.session.items))
    driver.press("Return", into=driver.desk.view)
    assert not driver.desk.session.items[0].is_open


def test_that_the_first_page_comes_back_when_nothing_can_be_opened(
    driver: Driver, answers: Answers, sample: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "坏.duban"
    bad.write_bytes(b"no database" * 400)
    spoil(sample)
    answers.files = [bad, sample]
    driver.window.run("restore")
    assert driver.window.desk is None
    assert driver.window.files.desk is None
    assert isinstance(driver.window.centralWidget(), EmptyPage)
    assert [words.split("”")[0] for words in answers.told[1:]] == ["“坏.duban", "工作区文件“sample.duban"]


def test_that_bad_files_do_not_keep_good_ones_out(driver: Driver, answers: Answers, tmp_path: Path) -> None:
    bad, picture = tmp_path / "空.txt", tmp_path / "图.txt"
    bad.write_bytes(b"")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00" * 50)
    answers.files = [bad, report_file(tmp_path, 2024), picture, report_file(tmp_path, 2025)]
    driver.press("Ctrl+I", into=driver.window)
    driver.wait(lambda: bool(answers.told))
    assert titles(driver)[1:] == ["云港区2024年政府工作报告", "云港区2025年政府工作报告"]
    report = driver.desk.session.report
    assert report is not None
    assert report.card.metadata.title == "云港区2025年政府工作报告"
    assert len(answers.told) == 1
    head, *failed = answers.told[0].split("\n\n")
    assert head == "导入了2个文件，另有2个没有导入："
    assert [line.split("：")[0] for line in failed] == ["空.txt", "图.txt"]
    assert driver.desk.keys.word == "已导入2份报告，正在看最后一份"


def test_that_good_files_are_imported_without_a_word(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    answers.files = [report_file(tmp_path, 2024)]
    driver.press("Ctrl+I", into=driver.window)
    driver.wait(lambda: len(titles(driver)) == 2)
    driver.wait(lambda: driver.desk.session.report_id == driver.desk.session.workspace.report(2).id)
    assert answers.told == []


def test_that_a_workspace_dropped_on_the_window_is_no_report(driver: Driver, answers: Answers) -> None:
    driver.window.files.import_paths([driver.desk.session.workspace.path])
    driver.wait(lambda: bool(answers.told))
    assert answers.told == ["“sample.duban”是工作区，不是报告。请用菜单“文件 → 打开工作区…”打开它。"]


def button(window: MainWindow, words: str) -> QPushButton:
    return next(b for b in window.centralWidget().findChildren(QPushButton) if b.text() == words)


def test_that_the_first_page_opens_the_sample(window: MainWindow, open_window: Callable[..., Driver]) -> None:
    button(window, "打开样例工作区").click()
    assert window.desk is not None
    path = home() / "样例工作区.duban"
    assert window.desk.session.workspace.path == path
    window.close()
    assert open_window(path).desk.session.report is not None


def test_that_the_first_page_restores_a_backup(
    window: MainWindow, answers: Answers, backup: Path, tmp_path: Path
) -> None:
    answers.files = [backup, tmp_path / "新.duban"]
    button(window, "从备份恢复…").click()
    assert window.desk is not None
    assert window.desk.session.workspace.path == tmp_path / "新.duban"


def test_that_the_sample_prints_on_a_few_pages(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = tmp_path / "报告.pdf"

    def accept(dialog: QPrintDialog) -> int:
        assert dialog.printer().pageLayout().pageSize().id() == QPageSize.PageSizeId.A4
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(pdf))
        return QDialog.DialogCode.Accepted.value

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    driver.press("Ctrl+P", into=driver.window)
    assert 6 <= len(re.findall(rb"/Type /Page\b(?!s)", pdf.read_bytes())) <= 9
