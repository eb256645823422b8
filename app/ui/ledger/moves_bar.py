"""The moves of a task as buttons with their keys; what may not be made now is greyed out and says why."""

from collections.abc import Mapping
from functools import partial
from itertools import islice

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.task_moves import TaskMoveName
from app.ui.ledger.keys import MOVE_KEYS
from app.ui.review.choosing import KeyButton
from app.ui.views.card_paint import set_property

ROWS = (4, 4, 3)
"""Buttons of each row."""

NEXT = (
    TaskMoveName.REGISTER,
    TaskMoveName.DECOMPOSE,
    TaskMoveName.DISPATCH,
    TaskMoveName.ACCEPT,
    TaskMoveName.REPORT,
    TaskMoveName.VERIFY,
    TaskMoveName.CLOSE,
)
"""The way of a task when nothing comes between: the first of them that may be made is filled."""


class MovesBar(QWidget):
    """`chosen` carries the TaskMoveName."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[TaskMoveName, KeyButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        keys = iter(MOVE_KEYS.items())
        for count in ROWS:
            row = QHBoxLayout()
            row.setSpacing(6)
            for name, key in islice(keys, count):
                button = self.buttons[name] = KeyButton(name.value, key, self)
                button.setObjectName(name.name.lower())
                button.clicked.connect(partial(self._choose, name))
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)

    def show_moves(self, refusals: Mapping[TaskMoveName, str]) -> None:
        """Grey out what is refused, with the reason as its tip; fill the next step of the way."""
        ahead = next((name for name in NEXT if not refusals[name]), None)
        for name, button in self.buttons.items():
            button.setEnabled(not refusals[name])
            button.setToolTip(refusals[name])
            set_property(button, "role", "primary" if name is ahead else "")

    def _choose(self, name: TaskMoveName, _checked: bool = False) -> None:
        self.chosen.emit(name)
