"""Actions that may not be used now: greyed out with the reason, which also a press of their key brings up."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from app.ui.actions import ACTIONS, LINE, Actions


class Greyed(QObject):
    """Greys actions out. `say` brings a reason to the bottom line."""

    def __init__(self, actions: Actions, say: Callable[[str], object], parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._say = say
        self.reasons: Mapping[str, str] = {}

    def watch(self, widgets: Iterable[QWidget]) -> None:
        """Say why, when the key of a greyed action is pressed while one of these has the keyboard."""
        for widget in widgets:
            widget.installEventFilter(self)

    def explain(self, menus: Iterable[QMenu]) -> None:
        """Let these menus show the reasons: as a tip, and in the bottom line."""
        for menu in menus:
            menu.setToolTipsVisible(True)
            menu.hovered.connect(self._hovered)

    def show_reasons(self, reasons: Mapping[str, str]) -> None:
        """Grey out what has a reason here, and nothing else."""
        told = {name: words for name, words in reasons.items() if words}
        for name in {*self.reasons, *told}:
            action, words = self._actions[name], told.get(name, "")
            action.setEnabled(not words)
            action.setToolTip(words or action.text().rstrip("…"))
        self.reasons = told

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.reasons and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            pressed = QKeySequence(event.keyCombination())
            for spec in ACTIONS:
                if spec is not LINE and spec.name in self.reasons and pressed in self._keys(spec.name):
                    self._say(self.reasons[spec.name])
                    return True
        return False

    def _keys(self, name: str) -> list[QKeySequence]:
        return self._actions[name].shortcuts()

    def _hovered(self, action: QAction) -> None:
        self._say(self.reasons.get(action.objectName(), ""))
