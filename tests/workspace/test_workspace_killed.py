"""A killed process loses nothing that it was told is written, and leaves nothing half-written."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.workspace import Workspace

ROOT = Path(__file__).parents[2]

WORK = """
import os, sys
from dataclasses import replace
from pathlib import Path
from app.domain import edits
from app.workspace import Workspace

workspace = Workspace.open(Path(sys.argv[1]), author="周宁")
card = workspace.report(1)
done = 0
for item in workspace.items(card.id)[:5]:
    workspace.apply(edits.accept(card.id, [item]))
    done += 1
    print(done, flush=True)
"""
HALF = """
from db import changes
from db.log import Author
store = workspace._store
connection = store._writer.connect()
connection.begin()
change = edits.accept(card.id, workspace.items(card.id)[5:6])
changes.apply(connection, change, Author("x", "y"))
print("half", flush=True)
"""
ENDS = {
    "at once": "os._exit(1)",
    "by a signal, in the middle of a transaction": HALF + "sys.stdin.read()",
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS.keys())
def test_that_a_killed_process_loses_nothing(made_once: Path, tmp_path: Path, end: str) -> None:
    path = Path(shutil.copy(made_once / "sample.duban", tmp_path / "a.duban"))
    command = [sys.executable, "-c", WORK + end, str(path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ}
    ) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(5 if "_exit" in end else 6)]
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert told[:5] == ["1", "2", "3", "4", "5"]
    assert (tmp_path / "a.duban-wal").exists()
    with Workspace.open(path, author="周宁") as workspace:
        items = workspace.items(workspace.report(1).id)
        assert [item.is_open for item in items[:6]] == [False] * 5 + [True]
        assert [entry.label for entry in workspace.history()] == ["采纳任务"] * 5 + [
            "导入报告",
            "登记人员周宁",
        ]
        assert workspace.verify_log() == []
    assert {p.name for p in tmp_path.iterdir()} == {"a.duban"}
