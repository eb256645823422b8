"""Process start to a usable window on a workspace with 1,000 tasks, against a bare window with SQLAlchemy."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.places import ROOT
from tests.bench.contest import Area, Comparison, Sample, hash_of

TASKS = 1000

BARE = """
import sqlalchemy
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QTextEdit())
window.resize(1440, 900)
window.show()
app.processEvents()
window.grab()
"""
OWN = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from app.ui import start
app, window = start.make()
window.show()
window.files.open_path(Path(sys.argv[1]))
while not window.desk.session.items:
    app.processEvents()
window.grab()
late = {"jieba", "openpyxl", "alembic", "pypinyin", "ahocorasick"} & set(sys.modules)
assert not late, late
assert len(window.desk.session.items) == 1000
"""


def _timed(code: str, *arguments: str) -> Sample:
    """From before the process to its last line: what it does after its window is painted is nothing."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, cwd=ROOT)
    return Sample({"start": time.perf_counter() - start}, hash_of("window"))


def _own() -> Sample:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.duban"
        _fill(path)
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


AREA = Area(
    "starting",
    f"process start to a usable window on {TASKS:,} tasks",
    {"bare window, SQLAlchemy": lambda: _timed(BARE), "own": _own},
    (Comparison("own against bare", "own", "bare window, SQLAlchemy", "start", 1.8),),
    ("PySide6-Essentials", "SQLAlchemy"),
)
