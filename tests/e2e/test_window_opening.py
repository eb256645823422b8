"""A window opens with text and table; the card is made when it is needed, or a moment after the first paint."""

from collections.abc import Callable
from pathlib import Path

import pytest

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
