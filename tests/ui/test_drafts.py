"""What is typed into the card is a draft in the workspace until it is written."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.errors import UserError
from app.domain.people import entered
from app.ui.drafts import DRAFT, Drafts
from app.ui.views.card_fields import LineField, TextField
from app.ui.views.task_card import TaskCard
from tests.ui.fake_workspace import CARD, FakeWorkspace, open_session, store_of


@pytest.fixture
def card(qtbot: QtBot) -> TaskCard:
    session = open_session()
    card = TaskCard(session, Drafts(session))
    qtbot.addWidget(card)
    card.resize(560, 700)
    card.show()
    qtbot.waitExposed(card)
    card.activateWindow()
    session.select(session.items[1].task.id)
    return card


def draft(card: TaskCard) -> Any:
    return store_of(card._session).settings.get(DRAFT)


def type_into(card: TaskCard, name: str, text: str) -> None:
    card.focus_field(name)
    QTest.keyClicks(card.fields[name], text)


def left(field: str, text: str, **more: str) -> FakeWorkspace:
    """A workspace in which a killed window left a draft of the second item."""
    workspace = FakeWorkspace()
    item = open_session(workspace).items[1]
    draft = {"report": CARD.id, "item": item.task.origin or item.task.id, "field": field, "text": text}
    workspace.settings[DRAFT] = draft | more
    return workspace


def shown(qtbot: QtBot, workspace: FakeWorkspace) -> TaskCard:
    session = open_session(workspace)
    card = TaskCard(session, Drafts(session))
    qtbot.addWidget(card)
    return card


@pytest.mark.parametrize("name", ["title", "remarks", "person"])
def test_that_every_key_is_kept_before_the_field_is_left(card: TaskCard, name: str) -> None:
    item = card._session.items[1]
    kept = {"report": CARD.id, "item": item.task.origin, "field": name}
    type_into(card, name, "a")
    assert draft(card) == kept | {"text": "a"}
    QTest.keyClicks(card.fields[name], "b")
    assert draft(card) == kept | {"text": "ab"}
    assert store_of(card._session).changes == []


def test_that_a_draft_goes_when_it_is_written(card: TaskCard) -> None:
    type_into(card, "remarks", "ab")
    card.commit_pending()
    assert draft(card) is None
    assert card._session.items[1].task.remarks == "ab"


def test_that_a_draft_goes_when_it_is_taken_back(card: TaskCard) -> None:
    type_into(card, "remarks", "a")
    QTest.keyClick(card.fields["remarks"], Qt.Key.Key_Backspace)
    assert draft(card) is None
    type_into(card, "title", " ")
    assert draft(card)["text"] == ""
    card.commit_pending()
    assert draft(card) is None


def test_that_what_is_refused_stays_a_draft(card: TaskCard) -> None:
    type_into(card, "remarks", "ab")
    store_of(card._session).refuse = True
    card.commit_pending()
    assert draft(card)["text"] == "ab"
    card.commit_pending()
    assert draft(card)["text"] == "ab"
    store_of(card._session).refuse = False
    card.commit_pending()
    assert draft(card) is None


def test_that_showing_an_item_writes_nothing(card: TaskCard) -> None:
    store_of(card._session).settings[DRAFT] = "untouched"
    for item in card._session.items:
        card._session.select(item.task.id)
    assert draft(card) == "untouched"


@pytest.mark.parametrize("kind", [LineField, TextField])
def test_that_a_field_tells_of_keys_and_not_of_what_is_put_into_it(
    qtbot: QtBot, kind: Callable[[str, str], LineField | TextField]
) -> None:
    field = kind("x", "")
    qtbot.addWidget(field)
    told: list[str] = []
    field.edited.connect(lambda: told.append(field.words))
    field.put("ab")
    field.put("ab", "cd")
    assert told == []
    QTest.keyClicks(field, "x")
    assert len(told) == 1


def test_that_a_workspace_that_cannot_be_written_does_not_disturb_typing(
    card: TaskCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_key: str, _value: object) -> None:
        raise UserError("磁盘空间不足。")

    monkeypatch.setattr(store_of(card._session), "set_setting", full)
    type_into(card, "remarks", "ab")
    assert card.fields["remarks"].words == "ab"
    monkeypatch.undo()
    card.fields["remarks"].put("", "")
    card.commit_pending()
    assert draft(card) is None


def test_that_a_draft_left_behind_becomes_an_edit(qtbot: QtBot) -> None:
    card = shown(qtbot, left("remarks", "没写完"))
    session = card._session
    assert card.drafts.take_up() == "remarks"
    assert session.items[1].task.remarks == "没写完"
    assert session.current.item_id == session.items[1].task.id
    assert draft(card) is None
    assert card.drafts.take_up() == ""
    session.undo_stack.undo()
    assert session.items[1].task.remarks == ""


@pytest.mark.parametrize(
    ("workspace", "stays"),
    [
        (left("remarks", "没写完", report="report-2"), True),
        (left("remarks", "没写完", item="gone"), True),
        (left("remarks", ""), False),
        (left("title", ""), False),
    ],
)
def test_that_a_draft_that_changes_nothing_here_is_no_edit(
    qtbot: QtBot, workspace: FakeWorkspace, stays: bool
) -> None:
    card = shown(qtbot, workspace)
    assert card.drafts.take_up() == ""
    assert workspace.changes == []
    assert (draft(card) is not None) == stays


def test_that_a_draft_whose_edit_is_refused_stays(qtbot: QtBot) -> None:
    workspace = left("remarks", "没写完")
    card = shown(qtbot, workspace)
    card._session.board_loaded.connect(card.drafts.take_up)  # as the desk does: refusing loads the board
    workspace.refuse = True
    assert card.drafts.take_up() == ""
    card.commit_pending()
    assert draft(card)["text"] == "没写完"
    workspace.refuse = False
    assert card.drafts.take_up() == "remarks"


def test_that_ones_own_draft_is_not_taken_up_while_it_is_typed(card: TaskCard) -> None:
    type_into(card, "remarks", "ab")
    assert card.drafts.take_up() == ""
    assert store_of(card._session).changes == []


def test_that_what_another_has_typed_is_neither_shown_nor_lost(qtbot: QtBot) -> None:
    jia, yi = entered("甲"), entered("乙")
    workspace = left("remarks", "乙打的字")
    theirs = workspace.settings.pop(DRAFT)
    workspace.settings[f"{DRAFT}:{yi.id}"] = theirs
    workspace.person = jia
    session = open_session(workspace)
    drafts = Drafts(session)
    assert drafts.take_up() == ""
    drafts.keep(session.items[1], "remarks", "甲打的字")
    drafts.drop()
    assert (workspace.changes, workspace.settings[f"{DRAFT}:{yi.id}"]) == ([], theirs)
    workspace.person = yi
    assert Drafts(session).take_up() == "remarks"
    assert session.items[1].task.remarks == "乙打的字"
    assert workspace.settings[f"{DRAFT}:{yi.id}"] is None
