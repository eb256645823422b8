"""What leaves a workspace: the ledger as a workbook, and suggestions without any workspace."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.domain import edits
from app.domain.errors import CancelledError, UserError
from app.domain.layer_moves import MoveName
from app.domain.people import PersonRole
from app.places import SEEDS
from app.workspace import ExportSummary, Workspace, seeding, suggest_file
from tests.workspace.people import enter


def words_in(path: Path) -> set[str]:
    book = load_workbook(path, read_only=True)
    found = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    book.close()
    return found


def test_that_the_ledger_counts_what_it_holds(sample: Workspace, tmp_path: Path) -> None:
    report_id = sample.report(1).id
    items = sample.items(report_id)
    sample.apply(edits.accept(report_id, items[:2]))
    gaps = len(sample.board(report_id).gaps())
    out = tmp_path / "任务分解表.xlsx"
    summary = sample.export_ledger(out, [report_id])
    assert summary == ExportSummary(len(items), len(items) - 2, gaps)
    assert "待确认" in words_in(out)
    assert "已确认" in words_in(out)


def test_that_numbers_stand_still_once_a_ledger_has_gone_out(sample: Workspace, tmp_path: Path) -> None:
    report_id = sample.report(1).id
    items = sample.items(report_id)
    assert sample.issued_numbers(report_id) == {}
    sample.export_ledger(tmp_path / "一.xlsx")
    sample.apply(edits.dismiss(report_id, items[0]))
    assert [item.number for item in sample.items(report_id)] == [item.number for item in items[1:]]


def test_that_a_ledger_carries_the_head_of_the_record_it_was_made_from(
    sample: Workspace, tmp_path: Path
) -> None:
    head = sample.log_head()
    assert head is not None
    out = tmp_path / "一.xlsx"
    sample.export_ledger(out)
    mark = f"记录{head.position}-{head.hash[:12]}"
    assert any(line.endswith(f" · {mark}") for line in words_in(out))
    assert mark in str(load_workbook(out).properties.description)
    assert sample.log_head() != head  # the numbers that went out are in the record too


def test_that_the_ledger_takes_the_layer_that_counts(sample: Workspace, tmp_path: Path) -> None:
    report_id = sample.report(1).id
    items = sample.items(report_id)
    sample.apply(edits.accept(report_id, items[:3]))
    sample.move(MoveName.SUBMIT, sample.layer(report_id).id)
    enter(sample, "陈静", PersonRole.ANNOTATOR, PersonRole.COORDINATOR)
    with Workspace.open(sample.path, author="陈静") as other:
        assert other.export_ledger(tmp_path / "一.xlsx").unconfirmed == len(items) - 3
        assert any("已提交稿（标注人 周宁）" in line for line in words_in(tmp_path / "一.xlsx"))
        other.apply(edits.accept(report_id, other.items(report_id)[:1]))
        assert other.export_ledger(tmp_path / "二.xlsx").unconfirmed == len(items) - 1
        assert any("草稿（标注人 陈静）" in line for line in words_in(tmp_path / "二.xlsx"))


def test_that_all_reports_go_into_one_workbook_and_removed_ones_do_not(
    sample: Workspace, tmp_path: Path
) -> None:
    text = (SEEDS / "sample_report.txt").read_text(encoding="utf-8")
    second = sample.import_bytes(text.replace("青螺湾", "白螺湾").encode(), "b.txt")
    one = sample.export_ledger(tmp_path / "一.xlsx", [second.id])
    both = sample.export_ledger(tmp_path / "二.xlsx")
    assert both.rows == one.rows * 2
    assert both.unconfirmed == one.unconfirmed * 2
    assert both.gaps == one.gaps * 2
    sample.apply(edits.remove_report(second))
    assert sample.export_ledger(tmp_path / "三.xlsx") == one


def test_that_a_workspace_without_reports_has_no_ledger(empty: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有可以导出的报告"):
        empty.export_ledger(tmp_path / "一.xlsx")
    assert not (tmp_path / "一.xlsx").exists()


def test_that_a_cancelled_or_refused_export_changes_nothing(sample: Workspace, tmp_path: Path) -> None:
    report_id = sample.report(1).id
    told: list[tuple[str, float]] = []

    def cancel(words: str, share: float) -> None:
        told.append((words, share))
        if share > 0.9:
            raise CancelledError

    with pytest.raises(CancelledError):
        sample.export_ledger(tmp_path / "一.xlsx", progress=cancel)
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert told[0] == ("正在整理任务", 0)
    assert told[1][1] >= 0.4
    with pytest.raises(UserError):
        sample.export_ledger(tmp_path / "没有" / "一.xlsx")
    assert not (tmp_path / "一.xlsx").exists()
    assert sample.issued_numbers(report_id) == {}


def test_that_suggestions_without_a_workspace_are_in_the_keys_of_the_gold(tmp_path: Path) -> None:
    found = suggest_file(SEEDS / "sample_report.txt")
    text = (SEEDS / "sample_report.txt").read_text(encoding="utf-8")
    assert {"commitments", "targets", "deadlines"} <= found.keys()
    tasks = [c for c in found["commitments"] if not c["lead"]]
    assert len(tasks) > 20
    assert any(c["lead_units"] for c in tasks)
    codes = {unit.code for unit in seeding.units()}
    assert {code for c in tasks for code in c["lead_units"]} <= codes
    assert all(0 <= c["start"] < c["end"] <= len(text) for c in tasks)
    with pytest.raises(UserError):
        suggest_file(tmp_path / "没有.txt")


def test_that_suggestions_without_a_workspace_take_the_year_they_are_given() -> None:
    assert suggest_file(SEEDS / "sample_report.txt")["report_year"] == 2026
    assert suggest_file(SEEDS / "sample_report.txt", year=2031)["report_year"] == 2031
