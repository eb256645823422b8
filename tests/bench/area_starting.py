"""Process start to a usable window on a workspace with 1,000 tasks, against a bare window with SQLAlchemy."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.places import ROOT
from tests.bench.contest import Area, Comparison, Sample, hash_of

TASKS = 1000

PAINTED = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
class Painted(QObject):
    def __init__(self, *parts):
        super().__init__()
        self.left = set(parts)
        self.is_ready = lambda: True
        for part in parts:
            part.installEventFilter(self)
    def eventFilter(self, part, event):
        if event.type() == QEvent.Type.Paint and self.is_ready():
            self.left.discard(part)
        return False
    def wait(self):
        while self.left:
            QApplication.processEvents()
        print(time.perf_counter(), flush=True)
"""
BARE = f"""
{PAINTED}
import sqlalchemy
from PySide6.QtWidgets import QMainWindow, QTextEdit
app = QApplication([])
window = QMainWindow()
text = QTextEdit()
window.setCentralWidget(text)
window.resize(1440, 900)
painted = Painted(text.viewport())
window.show()
painted.wait()
"""
OWN = f"""
{PAINTED}
from app.ui import start
app, window = start.make()
window.show()
window.files.open_path(Path(sys.argv[1]))
desk = window.desk
painted = Painted(desk.view.viewport(), desk.panel.table.viewport())
painted.is_ready = lambda: len(desk.session.items) == {TASKS}
painted.wait()
late = {{"jieba", "openpyxl", "alembic", "sqlalchemy.orm", "pypinyin", "ahocorasick"}} & set(sys.modules)
assert not late, late
assert desk.panel.table.model().rowCount() == {TASKS}
assert desk.view.toPlainText().count("片区") == {TASKS}
assert window.focusWidget() is desk.view
"""


def _timed(code: str, *arguments: str) -> Sample:
    """From before the process to the first paint, and to the process's end; the clock is the whole machine's."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    whole = time.perf_counter() - start
    return Sample({"first paint": float(done.stdout) - start, "process": whole}, hash_of("window"))


def _own() -> Sample:
    made = Path(os.environ["DUBAN_BENCH_FOLDER"], "starting.duban")
    if not made.exists():
        _fill(made)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, made.name)
        shutil.copyfile(made, path)
        return _timed(OWN, str(path))


def _fill(path: Path) -> None:
    from app.domain import edits
    from app.domain.changes import Change, Edit
    from app.domain.spans import Span
    from app.workspace import Workspace

    sentence = "推进第{}个片区更新，完成改造面积{}万平方米。"
    body = "\n".join(sentence.format(n, n % 90 + 1) for n in range(TASKS))
    text = f"云港区2026年政府工作报告\n各位代表：\n一、2025年工作回顾\n过去一年，成绩显著。\n{body}\n"
    with Workspace.create(path) as workspace:
        card = workspace.import_bytes(text.encode(), "bench.txt")
        layer = workspace.layer(card.id)
        made: list[Edit] = []
        at = text.index(sentence.format(0, 1)[:6])
        for n in range(TASKS):
            end = at + len(sentence.format(n, n % 90 + 1))
            change, _ = edits.new_task(card.id, layer.id, (Span(at, end),), text[at:end])
            made += change.edits
            at = end + 1
        workspace.apply(Change("bench", card.id, tuple(made)))


BARE_WITH_ORM = BARE.replace("import sqlalchemy\n", "import sqlalchemy, sqlalchemy.orm\n")

AREA = Area(
    "starting",
    f"process start to a usable window on {TASKS:,} tasks",
    {
        "bare, SQLAlchemy's core": lambda: _timed(BARE),
        "bare, SQLAlchemy with its ORM": lambda: _timed(BARE_WITH_ORM),
        "own": _own,
    },
    (
        Comparison("to the first paint, core", "own", "bare, SQLAlchemy's core", "first paint", 1.8),
        Comparison("to the first paint, ORM", "own", "bare, SQLAlchemy with its ORM", "first paint"),
        Comparison("to the process's end, core", "own", "bare, SQLAlchemy's core", "process"),
    ),
    ("PySide6-Essentials", "SQLAlchemy"),
)
