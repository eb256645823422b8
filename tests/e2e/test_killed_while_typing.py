"""A window that is killed while words are typed loses none of them."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.places import ROOT
from app.workspace import Workspace
from tests.e2e.conftest import Driver

TYPING = """
import os, sys
from pathlib import Path
from PySide6.QtTest import QTest
from app.ui import start
app, window = start.make()
window.show()
window.files.open_path(Path(sys.argv[1]))
while not window.desk.session.items:
    app.processEvents()
session, card = window.desk.session, window.desk.card
session.select(session.items[2].task.id)
card.focus_field(sys.argv[2])
QTest.keyClicks(card.fields[sys.argv[2]], "abc")
os._exit(9)
"""


@pytest.mark.parametrize(("field", "label"), [("remarks", "备注"), ("person", "责任人")])
def test_that_words_typed_before_a_kill_are_there_again(
    sample: Path, open_window: Callable[[Path], Driver], field: str, label: str
) -> None:
    done = subprocess.run([sys.executable, "-c", TYPING, str(sample), field], cwd=ROOT, check=False)
    assert done.returncode == 9
    driver = open_window(sample)
    session = driver.desk.session
    assert session.current.item_id == session.items[2].task.id
    assert getattr(session.items[2].task, field) == "abc"
    assert driver.desk.card.fields[field].words == "abc"
    assert driver.desk.keys.word == f"已恢复没有写完的“{label}”"
    driver.press("Ctrl+Z", into=driver.desk.view)
    assert getattr(session.items[2].task, field) == ""
    driver.window.close()
    with Workspace.open(sample) as workspace:
        assert workspace.setting(f"draft:{workspace.signed_in().id}") is None
        assert workspace.verify_log() == []
