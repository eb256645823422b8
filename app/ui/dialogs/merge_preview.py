"""What packages would bring, shown before anything is taken in."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.exchange.summary import MergeSummary

if TYPE_CHECKING:
    from app.ui.batches import Outcome

NOTE = "并入不会覆盖这里的内容：两边都改过的，留作冲突，由人来定。"
SEVERAL = "几个交接包各自与现在的内容相比；一起并入以后，重复的只算一次。"
MOST = 8
"""Conflicts that are named for one package."""


class MergePreview(QDialog):
    """Shows each package; `then` gets those that can be taken in when the user wants it."""

    def __init__(
        self, outcome: "Outcome", then: Callable[[Sequence[Path]], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._then = then
        found = [(path, told) for path, told in outcome.done if isinstance(told, MergeSummary)]
        self._paths = [path for path, told in found if not told.is_nothing_new]
        self.setObjectName("merge_preview")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("并入交接包")
        self.setMinimumWidth(620)
        self.words: list[str] = []
        body = QWidget(self)
        body.setProperty("role", "panel")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(6)
        for path, told in found:
            self._add(path.name, "title")
            self._add(told.words)
            for words in _conflicts(told):
                self._add(words, "muted")
        for path, why in outcome.failed:
            self._add(path.name, "title")
            self._add(f"不能并入：{why}", "alert")
        self._column.addStretch(1)
        self._lay_out(body, has_several=len(found) > 1)

    def _lay_out(self, body: QWidget, *, has_several: bool) -> None:
        scroll = QScrollArea(self)
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        note = QLabel(f"{NOTE}{SEVERAL}" if has_several else NOTE, self)
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        buttons = QDialogButtonBox(self)
        count = len(self._paths)
        self.button = buttons.addButton(
            "并入" if count < 2 else f"并入{count}个交接包", QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.button.setEnabled(count > 0)
        self.button.setDefault(count > 0)
        close = buttons.addButton("取消" if count else "关闭", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(scroll, 1)
        column.addWidget(note)
        column.addWidget(buttons)
        (self.button if count else close).setFocus()
        self.resize(640, min(560, 170 + body.sizeHint().height()))

    def _add(self, words: str, role: str = "") -> None:
        label = QLabel(words, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("role", role)
        if role == "title" and self.words:
            label.setContentsMargins(0, 10, 0, 0)
        self.words.append(words)
        self._column.addWidget(label)

    def _give(self) -> None:
        self.accept()
        self._then(self._paths)


def _conflicts(told: MergeSummary) -> list[str]:
    """What would wait for a person, a line each."""
    found = [
        f"冲突：{conflict.about}，{'、'.join(dict.fromkeys(side.who or '来历不明' for side in conflict.sides))}各有一份"
        for conflict in told.conflicts[:MOST]
    ]
    more = len(told.conflicts) - MOST
    return [*found, f"还有{more}处冲突"] if more > 0 else found
