"""The keys of a page's table: actions that work only while the table has the keyboard."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.ui.actions import ActionSpec, key_text


class PageKeys(QObject):
    """The actions of a page's table; each works only while a widget that it was given has the keyboard."""

    def __init__(self, owner: QWidget, specs: Sequence[ActionSpec], run: Callable[[str], object]) -> None:
        super().__init__(owner)
        self._actions: list[QAction] = []
        for spec in specs:
            action = QAction(spec.text, self)
            action.setObjectName(spec.name)
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(partial(_call, run, spec.name))
            self._actions.append(action)

    def work_in(self, widget: QWidget) -> None:
        """Let the keys work while a widget has the keyboard."""
        widget.addActions(self._actions)


def sheet(specs: Sequence[ActionSpec]) -> list[tuple[str, str]]:
    """Every key with what it does, for F1."""
    return [
        ("、".join(key_text(spec._replace(keys=(key,))) for key in spec.keys), spec.text) for spec in specs
    ]


def _call(run: Callable[[str], object], name: str, _checked: bool = False) -> None:
    run(name)
