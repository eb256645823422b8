"""A window opens with text and table; the card is made when it is needed, or a moment after the first paint."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from app.places import ROOT
from app.ui import desk as desks
from app.ui.views.task_card import TaskCard
from tests.e2e.conftest import Driver


@pytest.fixture
def waiting(open_window: Callable[[Path], Driver], sample: Path, monkeypatch: pytest.MonkeyPatch) -> Driver:
    """A window whose card does not come by itself."""
    monkeypatch.setattr(desks, "CARD_DELAY", 1 << 30)
    driver = open_window(sample)
    assert driver.desk.findChild(TaskCard) is None
    return driver


def test_that_the_card_comes_by_itself_with_the_selected_task(driver: Driver) -> None:
    driver.wait(lambda: driver.desk.findChild(TaskCard) is not None)
    item = driver.desk.session.current_item
    assert item is not None
    assert driver.desk.card.isVisible()
    assert driver.desk.card.fields["title"].words == item.task.title
    assert driver.desk.findChildren(TaskCard) == [driver.desk.card]


def test_that_a_key_that_needs_the_card_gets_it(waiting: Driver) -> None:
    waiting.press("E", into=waiting.desk.view)
    assert waiting.desk.card.fields["title"].hasFocus()
    waiting.press("Escape")
    assert waiting.desk.view.hasFocus()


def test_that_a_window_works_and_closes_without_its_card(waiting: Driver, sample: Path) -> None:
    waiting.press("Enter", into=waiting.desk.view)
    session = waiting.desk.session
    assert not session.items[0].is_open
    waiting.window.close()
    assert waiting.window.desk is None


def test_that_a_card_that_is_due_after_closing_is_not_made(waiting: Driver) -> None:
    desk = waiting.desk
    desk.release()
    desk._card_place.painted.timeout.emit()
    assert desk.findChild(TaskCard) is None


MORE_THAN_ONCE = {
    "setting": 5,  # who was here, the guide, the report and the place of last time, what was typed
    "report": 5,  # which there are, the one that opens, its text, what others teach, whether there is a newer version
    "layer": 4,  # whose it is, whether it may be seen, for the tasks, what others teach
    "task": 2,  # the marks that are painted at once, then the tasks
    "tag": 2,
}
"""How often a window that opens reads what it reads more than once."""


def test_that_a_window_opens_without_reading_twice_what_it_has(waiting: Driver, sample: Path) -> None:
    other = shutil.copyfile(sample, sample.with_name("other.duban"))
    read: Counter[str] = Counter()

    def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        read.update(re.findall(r"^SELECT .*?\bFROM (\w+)", statement, re.DOTALL))

    event.listen(Engine, "before_cursor_execute", count)
    try:
        waiting.window.files.open_path(other)
        waiting.wait(lambda: bool(waiting.desk.session.items))
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    assert read["unit"] == read["suggestion_cache"] == 1
    assert {table: times for table, times in read.items() if times > 1} == MORE_THAN_ONCE


OPENS = """
import sys
from pathlib import Path
from app.ui import start
app, window = start.make()
window.show()
window.files.open_path(Path(sys.argv[1]))
while not window.desk.session.items:
    app.processEvents()
print(*sys.modules)
"""
NOT_AT_START = {
    "ahocorasick",
    "alembic",
    "docx",
    "jieba",
    "lxml",
    "openpyxl",
    "pypdfium2",
    "pypinyin",
    "rapidfuzz",
    "sqlalchemy.orm",
}


def test_that_a_window_opens_without_what_only_other_work_needs(home: Path, sample: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OPENS, str(sample)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    there = set(done.stdout.split())
    assert "app.ui.views.task_panel" in there
    assert there & NOT_AT_START == set()
