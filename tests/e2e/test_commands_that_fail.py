"""Commands that cannot do their work: one Chinese line, their own exit code, nothing left behind."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import __main__ as program
from app import cli
from app.cli.talking import progress
from app.domain.errors import UserError
from app.places import ROOT, SEEDS
from app.ui import start
from app.ui.main_window import MainWindow
from app.ui.samples import sample_workspace
from app.ui.tasks import Job, Runner
from app.workspace import Workspace

SAMPLE = SEEDS / "sample_report.txt"
FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no device here that is always full")


def duban(*words: str, home: Path, output: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, without a display."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DUBAN_HOME": str(home)}
    with (output or Path(os.devnull)).open("w", encoding="utf-8") as out:
        return subprocess.run(
            [sys.executable, "-m", "app", *words],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            check=False,
        )


def one_line(words: str) -> str:
    """The line without its beginning; there must be no other."""
    assert words.startswith("duban: ")
    assert words.count("\n") == 1
    return words.removeprefix("duban: ").strip()


# --- folders that cannot be written


@pytest.fixture
def a_file(tmp_path: Path) -> Path:
    path = tmp_path / "f"
    path.write_bytes(b"")
    return path


def test_that_a_demo_into_a_file_is_refused_in_one_line(a_file: Path, tmp_path: Path) -> None:
    done = duban("sample", "--demo", str(a_file / "x"), home=tmp_path / "home")
    assert done.returncode == 1
    said = one_line(done.stderr)
    assert said.startswith(f"文件夹“{a_file / 'x'}”不能写入（")
    assert said.endswith("）。请用 --demo 另选一个可以写入的文件夹。")


def test_that_files_of_an_older_demo_that_cannot_be_replaced_are_told_of(home: Path, tmp_path: Path) -> None:
    (tmp_path / "sample.duban").mkdir()
    with pytest.raises(UserError, match="请用 --demo 另选"):
        start.sample(tmp_path)


def test_that_a_home_that_cannot_be_made_is_told_of(a_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_HOME", str(a_file))
    with pytest.raises(UserError) as told:
        sample_workspace()
    assert str(told.value) == (
        f"文件夹“{a_file}”不能写入（同名的是一个文件）。请检查权限，或用环境变量 DUBAN_HOME 另指一个文件夹。"
    )


def test_that_what_the_window_cannot_start_with_is_said_in_one_line(
    a_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUBAN_HOME", str(a_file))
    monkeypatch.setattr(start, "has_display", lambda: True)
    monkeypatch.setattr(sys, "argv", ["duban", "sample"])
    assert program.main() == 1
    assert "DUBAN_HOME" in one_line(capsys.readouterr().err)


def test_that_a_temporary_folder_that_cannot_be_made_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(prefix: str) -> str:
        raise OSError(28, "No space left on device", prefix)

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    with pytest.raises(UserError, match="临时文件夹不能写入（磁盘空间不足）"):
        start.self_check()


# --- a main job that fails


@pytest.mark.parametrize(("name", "says"), [("任务分解表.xlsx", "文件夹"), ("window.png", "窗口截图")])
def test_that_a_demo_that_could_not_write_its_results_claims_no_success(
    name: str, says: str, home: Path, qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(UserError, match=says):
        start.sample(tmp_path)
    assert capsys.readouterr().out == ""
    assert not any(w.isVisible() for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))


def test_that_the_self_check_fails_with_the_main_job(
    home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folders: list[Path] = []

    def broken(folder: Path) -> tuple[Path, Path, Path]:
        folders.append(folder)
        raise UserError("台账没有写成。")

    monkeypatch.setattr(start, "main_job", broken)
    monkeypatch.setattr(sys, "argv", ["duban", "--self-check"])
    assert program.main() == 1
    said = capsys.readouterr()
    assert (said.out, one_line(said.err)) == ("", "台账没有写成。")
    assert not folders[0].exists()


def test_that_a_bug_in_a_job_comes_out(qtbot: QtBot, qapp: QApplication) -> None:
    runner = Runner()
    with pytest.raises(ZeroDivisionError):
        start._finish(runner.start(lambda _progress: 1 // 0))
    start._finish(runner.start(lambda _progress: 1))


def test_that_a_job_that_never_ends_is_given_up(qtbot: QtBot, qapp: QApplication) -> None:
    with pytest.raises(UserError, match="没有在0秒内写成"):
        start._finish(Job(lambda _progress: None, qapp), seconds=0)
    with pytest.raises(RuntimeError):
        start._finish(None)


# --- standard output


@needs_full
@pytest.mark.parametrize("words", [["suggest", str(SAMPLE), "--json"], ["suggest", str(SAMPLE)]])
def test_that_a_full_disk_behind_standard_output_is_one_line(words: list[str], tmp_path: Path) -> None:
    done = duban(*words, home=tmp_path, output=FULL)
    assert done.returncode == 1
    assert one_line(done.stderr).startswith("结果没有写到标准输出（")


@pytest.mark.skipif(os.name == "nt", reason="Windows tells of a closed pipe in another way")
def test_that_a_reader_that_has_gone_away_is_no_error_to_speak_of(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**os.environ, "DUBAN_HOME": str(tmp_path)}
    with os.fdopen(writing, "w") as gone:
        done = subprocess.run(
            [sys.executable, "-m", "app", "suggest", str(SAMPLE)],
            cwd=ROOT,
            env=environment,
            stdout=gone,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, b"")


def test_that_commands_work_without_a_console(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    path = tmp_path / "w.duban"
    assert cli.main(["import", str(SAMPLE), str(tmp_path / "无.txt"), "-w", str(path)]) == 1
    assert cli.main(["suggest", str(SAMPLE), "--json"]) == 0
    assert cli.main(["list", str(path)]) == 0


# --- Ctrl+C


def interrupt(*_words: object, **_named: object) -> None:
    raise KeyboardInterrupt


def test_that_ctrl_c_is_one_line_and_leaves_no_empty_workspace(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "w.duban"
    monkeypatch.setattr(Workspace, "import_reading", interrupt)
    assert cli.main(["import", str(SAMPLE), "-w", str(path)]) == 130
    said = capsys.readouterr()
    assert said.out == ""
    assert one_line(said.err).startswith("已中断。")
    assert not list(tmp_path.glob("w.duban*"))


@pytest.mark.parametrize(
    ("fault", "says"), [(KeyboardInterrupt, "已中断"), (ValueError, "程序遇到了意外问题")]
)
def test_that_the_progress_is_wiped_before_what_stopped_it_is_told(
    fault: type[BaseException],
    says: str,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stopped() -> int:
        show = progress("报告.txt")
        assert show is not None
        show("读取", 0.5)
        raise fault

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert cli.guarded(stopped) != 0
    *_, shown, told = capsys.readouterr().err.split("\r\x1b[K")
    assert shown == "报告.txt 读取 50%"
    assert told.startswith(f"duban: {says}")


def test_that_ctrl_c_keeps_what_came_in_before_it(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "w.duban"
    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "items", interrupt)
        assert cli.main(["import", str(SAMPLE), "-w", str(path)]) == 130
    with Workspace.open(path) as workspace:
        assert len(workspace.reports()) == 1


def test_that_ctrl_c_leaves_an_older_empty_workspace_alone(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "w.duban"
    Workspace.create(path).close()
    monkeypatch.setattr(Workspace, "import_reading", interrupt)
    assert cli.main(["import", str(SAMPLE), "-w", str(path)]) == 130
    assert path.exists()


def test_that_a_name_too_long_for_a_workspace_is_told_of(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["import", str(SAMPLE), "-w", str(tmp_path / ("长" * 300 + ".duban"))]) == 1
    assert "太长" in one_line(capsys.readouterr().err)


# --- a bug


def test_that_a_bug_in_a_command_is_one_line_and_its_traceback_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> int:
        raise ZeroDivisionError("an example")

    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    assert cli.guarded(broken) == 1
    said = capsys.readouterr()
    line = one_line(said.err)
    assert line.startswith("程序遇到了意外问题")
    assert str(tmp_path / "home" / "duban.log") in line
    assert "ZeroDivisionError: an example" in (tmp_path / "home" / "duban.log").read_text(encoding="utf-8")


def test_that_a_bug_where_no_log_can_be_written_is_still_told(
    a_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> int:
        raise ZeroDivisionError("an example")

    monkeypatch.setenv("DUBAN_HOME", str(a_file))
    assert cli.guarded(broken) == 1
    assert "ZeroDivisionError: an example" in capsys.readouterr().err
