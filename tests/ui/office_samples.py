"""A real workspace with a small report for dialogs that ask the workspace much, and who works there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.changes import Change, Edit
from app.domain.layer_moves import MoveName
from app.domain.people import Person, PersonRole, entered
from app.ui.session import Session
from app.workspace import Workspace
from tests.workspace.stations import REPORT, import_report

ZHOU, CHEN, LI = "周宁", "陈静", "李群"


@contextmanager
def office(folder: Path) -> Iterator[Workspace]:
    """周宁 in every role, 陈静 who annotates, 李群 who reviews; 周宁 works."""
    with Workspace.create(folder / "云港.duban", author=ZHOU) as workspace:
        import_report(workspace)
        enter(workspace, CHEN, PersonRole.ANNOTATOR)
        enter(workspace, LI, PersonRole.REVIEWER)
        yield workspace


def enter(workspace: Workspace, name: str, *roles: PersonRole) -> None:
    """Let somebody in."""
    workspace.apply(Change(f"登记人员{name}", "", (Edit(None, entered(name, roles)),)))


def named(workspace: Workspace, name: str) -> Person:
    """A person by name."""
    return next(person for person in workspace.people() if person.name == name)


def sign_in(workspace: Workspace, name: str) -> None:
    """Let somebody work who has no passphrase."""
    workspace.sign_in(named(workspace, name).id)


def come_back(workspace: Workspace) -> None:
    """Let 陈静 hand in her layer and 李群 return it; 陈静 works."""
    sign_in(workspace, CHEN)
    layer = workspace.layer(REPORT)
    workspace.move(MoveName.SUBMIT, layer.id)
    sign_in(workspace, LI)
    workspace.move(MoveName.RETURN, layer.id, "漏了航道")
    sign_in(workspace, CHEN)


def session_on(workspace: Workspace) -> Session:
    """A session on the report, its tasks loaded."""
    session = Session(workspace)
    session.open_report(REPORT)
    session.load_board()
    return session


def shown(bot: QtBot, widget: QWidget) -> QWidget:
    """The widget on the screen, with the keyboard."""
    bot.addWidget(widget)
    with bot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    bot.waitUntil(widget.isActiveWindow)
    return widget


def press(*keys: str, into: QWidget | None = None) -> None:
    """Press keys, as "Return" or "Ctrl+N", where the keyboard is or where told."""
    for key in keys:
        *modifiers, name = key.split("+")
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            words = {"Ctrl": "ControlModifier"}.get(modifier, f"{modifier}Modifier")
            held |= getattr(Qt.KeyboardModifier, words)
        target = into or QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, getattr(Qt.Key, f"Key_{name}"), held)
