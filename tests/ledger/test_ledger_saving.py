"""A workbook is written whole or not at all, and a failure is told in Chinese."""

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from openpyxl import load_workbook

from app.domain.errors import CancelledError, UserError
from app.domain.ledger import Ledger
from app.ledger.saving import write_beside
from app.ledger.workbook import write_workbook

OLD = b"the old workbook"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(OLD)
    return path


def assert_untouched(out: Path) -> None:
    assert out.read_bytes() == OLD
    assert [path.name for path in out.parent.iterdir()] == [out.name]


def raising(error: Exception) -> Callable[..., NoReturn]:
    def fail(*_args: object, **_kwargs: object) -> NoReturn:
        raise error

    return fail


def test_that_an_old_workbook_is_replaced_and_nothing_else_is_left(out: Path, ledger: Ledger) -> None:
    write_workbook(out, [ledger])
    assert load_workbook(out).sheetnames == ["主要指标", "任务分解表"]
    assert list(out.parent.iterdir()) == [out]


def test_that_a_new_workbook_is_made_where_there_was_none(tmp_path: Path, ledger: Ledger) -> None:
    write_workbook(tmp_path / "新.XLSX", [ledger])
    assert [path.name for path in tmp_path.iterdir()] == ["新.XLSX"]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.ENOSPC, "磁盘空间不足，“台账.xlsx”没有写成。请清理磁盘，或另选一个位置再导出。"),
        (errno.EDQUOT, "磁盘空间不足，“台账.xlsx”没有写成。请清理磁盘，或另选一个位置再导出。"),
        (
            errno.EACCES,
            "不能写入“台账.xlsx”：没有写入权限，或它正在 Excel、WPS 中打开。请关闭它，或另选一个位置再导出。",
        ),
        (
            errno.EPERM,
            "不能写入“台账.xlsx”：没有写入权限，或它正在 Excel、WPS 中打开。请关闭它，或另选一个位置再导出。",
        ),
        (errno.EROFS, "“台账.xlsx”所在的磁盘是只读的，请另选一个位置再导出。"),
        (errno.ENOENT, "“台账.xlsx”所在的文件夹不存在，请选一个已有的文件夹再导出。"),
        (errno.ENAMETOOLONG, "文件名“台账.xlsx”太长，请换一个短些的名字再导出。"),
        (errno.EIO, "“台账.xlsx”没有写成（说明），请另选一个位置再导出。"),
    ],
)
@pytest.mark.parametrize("step", ["open", "fsync", "replace"])
def test_that_a_failing_disk_keeps_the_old_file_and_is_told(
    out: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch, code: int, sentence: str, step: str
) -> None:
    owner = os if step == "fsync" else Path
    with monkeypatch.context() as patch:
        patch.setattr(owner, step, raising(OSError(code, "说明")))
        with pytest.raises(UserError) as told:
            write_workbook(out, [ledger])
    assert str(told.value) == sentence
    assert_untouched(out)


def test_that_an_error_without_a_number_is_told_too(out: Path) -> None:
    with pytest.raises(UserError, match="没有写成（坏了）"):
        write_beside(out, raising(OSError("坏了")), lambda: None)
    assert_untouched(out)


def test_that_a_disk_that_fills_while_the_workbook_is_made_is_told(
    out: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openpyxl.Workbook.save", raising(OSError(errno.ENOSPC, "full")))
    with pytest.raises(UserError, match="磁盘空间不足"):
        write_workbook(out, [ledger])
    assert_untouched(out)


def test_that_a_bug_is_not_told_as_a_full_disk(
    out: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openpyxl.Workbook.save", raising(ValueError("bug")))
    with pytest.raises(ValueError, match="bug"):
        write_workbook(out, [ledger])
    assert_untouched(out)


def test_that_a_folder_is_no_target(tmp_path: Path, ledger: Ledger) -> None:
    folder = tmp_path / "台账.xlsx"
    folder.mkdir()
    with pytest.raises(UserError, match=r"^“台账.xlsx”是一个文件夹，请给出文件名再导出。$"):
        write_workbook(folder, [ledger])


@pytest.mark.parametrize("name", ["台账.xls", "台账", "台账.xlsx.txt"])
def test_that_another_kind_of_file_is_refused(tmp_path: Path, ledger: Ledger, name: str) -> None:
    with pytest.raises(UserError, match=f"“{name}”不是，请改用 .xlsx"):
        write_workbook(tmp_path / name, [ledger])
    assert list(tmp_path.iterdir()) == []


def test_that_a_missing_folder_is_told_and_not_made(tmp_path: Path, ledger: Ledger) -> None:
    with pytest.raises(UserError, match=r"“台账.xlsx”所在的文件夹不存在"):
        write_workbook(tmp_path / "没有" / "台账.xlsx", [ledger])
    assert list(tmp_path.iterdir()) == []


def test_that_a_name_too_long_is_told(tmp_path: Path, ledger: Ledger) -> None:
    name = "督" * 90 + ".xlsx"
    with pytest.raises(UserError, match=f"^文件名“{name}”太长"):
        write_workbook(tmp_path / name, [ledger])


def test_that_a_folder_that_may_not_be_looked_into_is_told(
    out: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Path, "is_dir", raising(PermissionError(errno.EACCES, "denied")))
        with pytest.raises(UserError, match=r"不能写入“台账.xlsx”：没有写入权限"):
            write_workbook(out, [ledger])
    assert_untouched(out)


def test_that_a_disk_that_is_gone_is_told_though_nothing_can_be_tidied(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "unlink", raising(OSError(errno.EIO, "gone too")))
    with pytest.raises(UserError, match="没有写成（坏了）"):
        write_beside(out, raising(OSError("坏了")), lambda: None)


def test_that_a_read_only_file_is_not_replaced(
    out: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: not (path == out and mode == os.W_OK))
    with pytest.raises(UserError, match="没有写入权限"):
        write_workbook(out, [ledger])
    assert_untouched(out)


def test_that_a_target_that_cannot_be_written_costs_no_work(tmp_path: Path, ledger: Ledger) -> None:
    told: list[str] = []
    with pytest.raises(UserError):
        write_workbook(tmp_path / "台账.txt", [ledger], progress=lambda message, _share: told.append(message))
    assert told == []


def test_that_no_report_makes_no_workbook(out: Path) -> None:
    with pytest.raises(UserError, match="没有可以导出的报告"):
        write_workbook(out, [])
    assert_untouched(out)


def test_that_progress_is_told_in_order(out: Path, ledger: Ledger) -> None:
    told: list[tuple[str, float]] = []
    write_workbook(out, [ledger, ledger], progress=lambda message, share: told.append((message, share)))
    assert told == [("正在整理主要指标", 0.0), ("正在生成工作簿", 0.6), ("正在写入文件", 0.95)]


def test_that_progress_is_told_every_fifty_rows(out: Path, ledger: Ledger) -> None:
    told: list[tuple[str, float]] = []
    long = replace(ledger, indicators=(), tasks=ledger.tasks[:1] * 200)
    write_workbook(out, [long], progress=lambda message, share: told.append((message, round(share, 9))))
    assert told[:4] == [("正在整理任务分解表", share) for share in (0.0, 0.15, 0.3, 0.45)]
    assert len(told) == 6


@pytest.mark.parametrize("message", ["正在整理主要指标", "正在生成工作簿", "正在写入文件"])
def test_that_cancelling_at_any_step_leaves_nothing_behind(out: Path, ledger: Ledger, message: str) -> None:
    def cancel(doing: str, _share: float) -> None:
        if doing == message:
            raise CancelledError

    with pytest.raises(CancelledError):
        write_workbook(out, [ledger], progress=cancel)
    assert_untouched(out)
