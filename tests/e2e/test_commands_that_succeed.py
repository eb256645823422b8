"""What the headless commands print and leave behind when all is well."""

import json
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app import cli
from app.domain import edits
from app.places import SEEDS
from app.workspace import Configuration, Workspace
from tests.e2e.test_main_job import ledger_rows

REPORT = SEEDS / "sample_report.txt"
Said = pytest.CaptureFixture[str]


def test_that_a_suggestion_is_summed_up_in_figures(home: Path, capsys: Said) -> None:
    assert cli.main(["suggest", str(REPORT), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert cli.main(["suggest", str(REPORT)]) == 0
    tasks = sum(not c["lead"] for c in found["commitments"])
    targets, deadlines = len(found["targets"]), len(found["deadlines"])
    assert capsys.readouterr().out.splitlines() == [
        f"sample_report.txt：任务{tasks}项，目标{targets}个，时限{deadlines}处",
        "加 --json 输出全部建议。",
    ]


def test_that_a_list_counts_what_is_confirmed(sample: Path, capsys: Said) -> None:
    with Workspace.open(sample) as workspace:
        report = workspace.reports()[0].id
        items = workspace.items(report)
        workspace.apply(edits.accept(report, items[:3]))
    assert cli.main(["list", str(sample)]) == 0
    assert capsys.readouterr().out == f"1\t云港区2026年政府工作报告\t2026年\t任务{len(items)}项\t已确认3项\n"


def test_that_a_ledger_says_its_rows_what_waits_and_what_is_left_out(
    sample: Path, tmp_path: Path, capsys: Said
) -> None:
    out = tmp_path / "分解表.xlsx"
    with Workspace.open(sample) as workspace:
        report = workspace.reports()[0].id
        items = workspace.items(report)
        workspace.apply(edits.accept(report, items[:2]))
        board = workspace.board(report, workspace.reading(report))
        gaps = len(board.gaps())
        figure = next(item for item in items[2:] if item.tags and item.tags[0].kind.value == "target")
        workspace.apply(edits.dismiss(report, figure))
    assert cli.main(["ledger", str(sample), "-o", str(out)]) == 0
    rows = len(items) - 1
    assert capsys.readouterr().out == f"已写出 {out}：{rows}行，待确认{rows - 2}行，遗漏{gaps + 1}处\n"
    assert len(ledger_rows(out)) == rows
    assert cli.main(["ledger", str(sample), "--report", "2", "-o", str(out)]) == 1


def test_that_whoever_imports_into_a_new_workspace_works_there(home: Path, tmp_path: Path) -> None:
    Configuration("周宁", "0d0ae018-8412-516c-9805-706657f03831").save()
    assert cli.main(["import", str(REPORT), "-w", str(tmp_path / "w.duban")]) == 0
    with Workspace.open(tmp_path / "w.duban", is_looking=True) as workspace:
        assert [person.name for person in workspace.people()] == ["周宁"]


def test_that_of_several_reports_the_one_asked_for_is_told_to_be_due(
    sample: Path, tmp_path: Path, capsys: Said
) -> None:
    other = tmp_path / "海港区.txt"
    other.write_text(REPORT.read_text(encoding="utf-8").replace("云港", "海港"), encoding="utf-8")
    assert cli.main(["import", str(other), "-w", str(sample)]) == 0
    capsys.readouterr()
    heads = []
    for words in (["--report", "2"], []):
        assert cli.main(["due", str(sample), *words, "--on", "2026-01-01"]) == 0
        heads.append([line for line in capsys.readouterr().out.splitlines() if "（2026-01-01）：" in line])
    assert [len(lines) for lines in heads] == [1, 2]


def test_that_units_are_listed_exported_compared_and_only_then_taken_over(
    sample: Path, tmp_path: Path, capsys: Said
) -> None:
    path, out = str(sample), tmp_path / "名录.xlsx"
    with Workspace.open(sample) as workspace:
        units = workspace.units()
    assert cli.main(["units", path]) == 0
    listed = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [row[:3] for row in listed] == [[u.code, u.short_name, u.name] for u in units]
    assert {row[6] for row in listed} == {"有效"}
    assert cli.main(["units", path, "--export", str(out)]) == 0
    assert capsys.readouterr().out == f"已写出 {out}：{len(units)}个单位\n"
    assert cli.main(["units", path, "--import", str(out), "--apply"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"新增0个，修改0个，不变{len(units)}个（已写入）"
    with Workspace.open(sample) as workspace:
        assert workspace.units() == units


def test_that_a_changed_directory_is_written_only_when_told(
    sample: Path, tmp_path: Path, capsys: Said
) -> None:
    path, out = str(sample), tmp_path / "名录.xlsx"
    with Workspace.open(sample) as workspace:
        unit = workspace.units()[0]
    cli.main(["units", path, "--export", str(out)])
    capsys.readouterr()
    book = load_workbook(out)
    cells = [c for sheet in book.worksheets for line in sheet.iter_rows() for c in line]
    own = next(c for c in cells if c.value == unit.name)
    own.value = "云港区统筹协调委员会"
    book.save(out)
    for words, done in (([], "未写入，加 --apply 写入"), (["--apply"], "已写入")):
        assert cli.main(["units", path, "--import", str(out), *words]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) == 2
        assert lines[0].startswith(f"修改\t{unit.short_name}\t")
        assert f"{unit.name}→云港区统筹协调委员会" in lines[0]
        assert lines[1].startswith("新增0个，修改1个，不变")
        assert lines[1].endswith(f"（{done}）")
        with Workspace.open(sample) as workspace:
            stands = next(u.name for u in workspace.units() if u.id == unit.id)
        assert (stands == "云港区统筹协调委员会") is bool(words)


def test_that_experience_is_learned_from_each_file_and_a_bad_one_told(
    sample: Path, tmp_path: Path, capsys: Said
) -> None:
    out, bad = tmp_path / "分解表.xlsx", tmp_path / "坏.xlsx"
    bad.write_bytes(b"no workbook")
    with Workspace.open(sample) as workspace:
        report = workspace.reports()[0].id
        workspace.apply(edits.accept(report, workspace.items(report)[:20]))
    cli.main(["ledger", str(sample), "-o", str(out)])
    capsys.readouterr()
    fresh = tmp_path / "新.duban"
    Workspace.create(fresh).close()
    assert cli.main(["experience", str(fresh), str(bad), str(out)]) == 1
    said = capsys.readouterr()
    assert said.err.startswith("duban: ")
    assert said.err.count("\n") == 1
    assert said.out.startswith("分解表.xlsx：")
    assert said.out.count("\n") == 1
    assert cli.main(["experience", str(fresh), str(out)]) == 0


def test_that_progress_is_shown_to_a_person_and_wiped_and_to_nobody_else(
    home: Path, tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.main(["import", str(REPORT), "-w", str(tmp_path / "a.duban")]) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert cli.main(["import", str(REPORT), "-w", str(tmp_path / "b.duban")]) == 0
    shown = capsys.readouterr().err
    assert "\r\x1b[Ksample_report.txt " in shown
    assert shown.endswith("%\r\x1b[K")
    assert cli.main(["ledger", str(tmp_path / "b.duban"), "-o", str(tmp_path / "l.xlsx")]) == 0
    assert capsys.readouterr().err.endswith("%\r\x1b[K")
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"no workbook")
    assert cli.main(["experience", str(tmp_path / "b.duban"), str(bad)]) == 1
    *before, told = capsys.readouterr().err.split("\r\x1b[K")
    assert before
    assert told.startswith("duban: ")
