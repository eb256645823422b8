"""From file to workbook: in the window by keyboard, and headless."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication

from app import cli
from app.places import ROOT, SEEDS
from app.workspace import Workspace
from tests.e2e.conftest import Answers, Driver

SHARED = ROOT.parent / "shared" / "seeds"


def ledger_rows(path: Path) -> list[dict[str, object]]:
    """The task rows of a workbook by header."""
    book = load_workbook(path)
    sheet = next(s for s in book.worksheets if "任务分解" in s.title)
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    at = next(n for n, row in enumerate(rows) if row[0] == "序号")
    return [dict(zip(map(str, rows[at]), row, strict=True)) for row in rows[at + 1 :]]


def reports_at_hand() -> list[Path]:
    """The five real documents where they are, else the sample."""
    return sorted(SHARED.glob("0*.txt")) or [SEEDS / "sample_report.txt"]


@pytest.mark.parametrize("report", reports_at_hand(), ids=lambda p: p.name[:3])
def test_that_a_report_goes_from_file_to_workbook_by_keyboard(
    report: Path, tmp_path: Path, open_window: Callable[[Path], Driver], answers: Answers
) -> None:
    path, out = tmp_path / "w.duban", tmp_path / "out.xlsx"
    Workspace.create(path).close()
    driver = open_window(path)
    answers.files = [report]
    driver.press("Ctrl+I", into=driver.window)
    # a slow import shows its progress; no window manager is here to make the window active again when it goes
    driver.wait(lambda: bool(driver.desk.session.items) and QApplication.activeModalWidget() is None)
    driver.window.activateWindow()
    driver.wait(driver.window.isActiveWindow)
    count = len(driver.desk.session.items)
    driver.press(*["Return"] * 5, into=driver.desk.view)
    assert sum(not i.is_open for i in driver.desk.session.items) == 5
    answers.files = [out]
    driver.press("Ctrl+E", into=driver.window)
    driver.wait(lambda: any("已导出" in words for words in answers.told))
    rows = ledger_rows(out)
    assert len(rows) == count
    assert [row["状态"] for row in rows].count("已确认") == 5
    assert f"待确认{count - 5}项" in answers.told[-1]


def test_that_the_commands_do_the_same_without_a_window(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample, path, out = SEEDS / "sample_report.txt", tmp_path / "w.duban", tmp_path / "out.xlsx"
    assert cli.main(["import", str(sample), "--workspace", str(path)]) == 0
    assert capsys.readouterr().out.startswith("1\t云港区2026年政府工作报告\t建议任务")
    assert cli.main(["list", str(path)]) == 0
    listed = capsys.readouterr().out.strip().split("\t")
    assert listed[:3] == ["1", "云港区2026年政府工作报告", "2026年"]
    assert listed[4] == "已确认0项"
    assert cli.main(["ledger", str(path), "--report", "1", "-o", str(out)]) == 0
    rows = ledger_rows(out)
    assert listed[3] == f"任务{len(rows)}项"
    assert {row["状态"] for row in rows} == {"待确认"}


def test_that_suggestions_are_printed_in_the_golds_keys(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = SEEDS / "sample_report.txt"
    assert cli.main(["suggest", str(sample), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    gold = json.loads((SEEDS / "sample_gold.json").read_text(encoding="utf-8"))
    assert found["file"] == "sample_report.txt"
    assert found["sha256"] == gold["sha256"]
    assert found["report_year"] == 2026
    assert {"sections", "commitments", "targets", "deadlines", "owners", "coverage"} <= found.keys()
    assert all(c["lead_units"] for c in found["commitments"] if not c["lead"])
    assert cli.main(["suggest", str(sample), "--year", "2030", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["report_year"] == 2030


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["list", "nowhere.duban"], "nowhere.duban"),
        (["suggest", "nowhere.txt"], "nowhere.txt"),
        (["ledger", "nowhere.duban", "-o", "x.xlsx"], "nowhere.duban"),
    ],
)
def test_that_a_command_that_cannot_says_so_in_one_line(
    words: list[str], says: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith("duban: ")
    assert says in said.err


def test_that_one_bad_file_does_not_stop_the_others(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")
    path = tmp_path / "w.duban"
    words = ["import", str(empty), str(SEEDS / "sample_report.txt"), "-w", str(path)]
    assert cli.main(words) == 1
    said = capsys.readouterr()
    assert "空.txt" in said.err
    assert "云港区2026年政府工作报告" in said.out
    assert cli.main([*words[:2], "-w", str(path)]) == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nonsense"], "没有“nonsense”这个命令"),
        (["list"], "缺少参数：工作区"),
        (["list", "a", "b"], "不认识的参数：b"),
        (["suggest", "a.txt", "--year", "1"], "--year：年份要在1980到2100之间，不能是“1”"),
        (["suggest", "a.txt", "--year", "2101"], "--year：年份要在1980到2100之间，不能是“2101”"),
        (["suggest", "a.txt", "--year"], "--year 后面要有值"),
        (["ledger", "w.duban", "--report", "x", "-o", "o"], "--report 的值“x”不对"),
        (["units", "w.duban", "--export", "a", "--import", "b"], "--import 和 --export 不能一起用"),
        (["units", "w.duban", "--apply"], "--apply：要和 --import 一起用"),
        (["units", "w.duban", "--export", "a", "--apply"], "--apply：要和 --import 一起用"),
    ],
)
def test_that_a_wrong_command_is_answered_in_one_chinese_line(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(words)
    assert stop.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith(f"duban: {says}。用法见 duban")
    assert said.count("\n") == 1


@pytest.mark.parametrize("name", ["年度.duban", "年度.DUBAN", "年度.Duban"])
def test_that_a_double_clicked_workspace_is_opened(name: str) -> None:
    parsed = cli.main([name])
    assert not isinstance(parsed, int)
    assert (parsed.command, parsed.workspace) == ("open", Path(name))


def test_that_years_have_bounds() -> None:
    bounds = [cli.year(text) for text in ("1980", "2100")]
    assert bounds == [1980, 2100]


def test_that_a_new_workspace_into_which_nothing_came_does_not_stay(tmp_path: Path, home: Path) -> None:
    empty, path = tmp_path / "空.txt", tmp_path / "w.duban"
    empty.write_bytes(b"")
    assert cli.main(["import", str(empty), "-w", str(path)]) == 1
    assert not path.exists()
    assert cli.main(["import", str(SEEDS / "sample_report.txt"), "-w", str(path)]) == 0
    assert cli.main(["import", str(empty), "-w", str(path)]) == 1
    assert path.exists()


def test_that_the_version_and_the_help_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--version"], ["--help"], ["import", "--help"]):
        with pytest.raises(SystemExit) as stop:
            cli.main(words)
        assert stop.value.code == 0
    assert "duban 0.1.0" in capsys.readouterr().out


def test_that_the_program_checks_itself(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DUBAN_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "app", "--self-check"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "self-check passed" in done.stdout
    assert not list(tmp_path.glob("*.duban"))
