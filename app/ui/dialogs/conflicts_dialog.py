"""待处理的冲突: what was changed in two places, both sides beside each other; a person takes one."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import UserError
from app.exchange.summary import Conflict
from app.ui.views.key_bar import KeyBar
from app.workspace import Workspace

NONE = "没有待处理的冲突。"
NOTE = "同一处在两边各自改过。选定一份，另一份留在修改记录里；在选定以前这一处不能再改。"
NOW = "现在显示的是这一份"
UNKNOWN = "记录不在这里"


class ConflictsDialog(QDialog):
    """The conflicts left, the sides of the current one right. `followed` is called when one has been decided."""

    def __init__(
        self, workspace: Workspace, followed: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._followed = followed
        self._conflicts: tuple[Conflict, ...] = ()
        self.takes: list[QPushButton] = []
        self.setObjectName("conflicts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("待处理的冲突")
        self.resize(920, 520)
        self.list = QListWidget(self)
        self.list.setAccessibleName("冲突")
        self.list.setFixedWidth(250)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._show_sides)
        self.problem = QLabel(self)
        self.problem.setProperty("role", "alert")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._sides = QWidget(self)
        self._sides.setProperty("role", "panel")
        self._row = QHBoxLayout(self._sides)
        self._row.setContentsMargins(16, 12, 16, 12)
        self._row.setSpacing(16)
        self._lay_out()
        for number in range(1, 10):
            key = QShortcut(QKeySequence(str(number)), self)
            key.activated.connect(partial(self._press, number - 1))
        self.load()
        self.list.setFocus()

    def load(self) -> None:
        """Show what waits now."""
        here = max(0, self.list.currentRow())
        self._conflicts = self._workspace.conflicts()
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([conflict.about for conflict in self._conflicts])
        self.list.setCurrentRow(min(here, len(self._conflicts) - 1))
        self.list.blockSignals(False)
        self._show_sides(self.list.currentRow())
        self.keys.show_state(f"{len(self._conflicts)}处" if self._conflicts else "")

    def take(self, number: int) -> None:
        """Let one side of the current conflict stand."""
        conflict = self._current
        if conflict is None:
            return
        self.problem.hide()
        try:
            self._workspace.resolve(conflict.id, number)
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        self.load()
        self._followed()
        self.keys.say(f"已处理：{conflict.about}")
        self.list.setFocus()

    # --- inside

    @property
    def _current(self) -> Conflict | None:
        row = self.list.currentRow()
        return self._conflicts[row] if 0 <= row < len(self._conflicts) else None

    def _lay_out(self) -> None:
        scroll = QScrollArea(self)
        scroll.setWidget(self._sides)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        note = QLabel(NOTE, self)
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        note.setContentsMargins(16, 10, 16, 10)
        self.problem.setContentsMargins(16, 4, 16, 10)
        self.keys = KeyBar(self)
        self.keys.show_keys((("↑ ↓", "上一处 下一处"), ("1 2", "取这一份"), ("Esc", "关闭")))
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(scroll, 1)
        right.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(1)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(note)
        column.addLayout(row, 1)
        column.addWidget(self.keys)

    def _show_sides(self, _row: int) -> None:
        while self._row.count():
            widget = self._row.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.takes = []
        self.problem.hide()
        conflict = self._current
        if conflict is None:
            nothing = QLabel(NONE, self._sides)
            nothing.setProperty("role", "muted")
            self._row.addWidget(nothing, 1, Qt.AlignmentFlag.AlignCenter)
            return
        for number in range(len(conflict.sides)):
            self._row.addWidget(self._side(conflict, number), 1)

    def _side(self, conflict: Conflict, number: int) -> QWidget:
        side = conflict.sides[number]
        box = QFrame(self._sides)
        box.setProperty("role", "remarks")
        column = QVBoxLayout(box)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(6)
        when = f"{side.at.astimezone():%Y-%m-%d %H:%M}" if side.at is not None else UNKNOWN
        for words, role in (
            (side.who or "来历不明", "title"),
            (f"{when} · {NOW}" if side.is_current else when, "muted"),
            *((line, "") for line in side.words),
        ):
            label = QLabel(words, box)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setProperty("role", role)
            column.addWidget(label)
        column.addStretch(1)
        button = QPushButton(f"{number + 1}  取这一份", box)
        button.setAutoDefault(False)
        button.clicked.connect(partial(self._press, number))
        column.addWidget(button)
        self.takes.append(button)
        return box

    def _press(self, number: int, _checked: bool = False) -> None:
        if number < len(self.takes):
            self.take(number)
