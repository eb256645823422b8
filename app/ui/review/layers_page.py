"""The first page of a review: whose layers there are, how far each is, and which are to be reviewed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.layer_moves import MoveName
from app.domain.reports import Layer
from app.ui.review.steps import Steps
from app.workspace import Workspace

MOST = 2
"""Layers that are reviewed together, at most."""

CHOOSE = "请选一份或两份已提交的标注，再开始复核。"
TOO_MANY = "一次复核一份标注，或对照两份；请取消多选的。"
HIDDEN = "提交以前别人看不到"
NONE = "还没有人标注这份报告。标注人提交以后，复核从这里开始。"


@dataclass(frozen=True, slots=True)
class LayerRow:
    """A layer as the page shows it: what it holds in words, and why it cannot be taken up ("" where it can)."""

    layer: Layer
    name: str
    holds: str
    refusal: str = ""


def layer_row(workspace: Workspace, layer: Layer, layers: Sequence[Layer]) -> LayerRow:
    """What the page says of one of a report's layers; one that is hidden keeps what it holds to itself."""
    refusal = "" if layer.is_reviewed else workspace.move_refusal(MoveName.TAKE_UP, layer)
    name = layer.author or "未署名"
    if layer.is_reviewed:
        name = f"复核稿（{'、'.join(base.author for base in layers if base.id in layer.base_ids)}）"
    if not workspace.is_visible(layer):
        return LayerRow(layer, name, HIDDEN, refusal)
    tasks, tags = len(workspace.tasks(layer.id)), len(workspace.tags(layer.id))
    times = f" · 第{layer.revision}次{'定稿' if layer.is_reviewed else '提交'}" if layer.revision else ""
    return LayerRow(layer, name, f"{tasks}项任务 · {tags}个标注{times}", refusal)


class LayersPage(QWidget):
    """`started` carries the ids of the chosen layers, `opened` that of a reviewed layer; `left` goes back."""

    started = Signal(list)
    opened = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.boxes: dict[str, QCheckBox] = {}
        self._rows: tuple[LayerRow, ...] = ()
        self._title = QLabel("复核", self)
        self._title.setObjectName("emptytitle")
        self._words = QLabel("", self)
        self._words.setProperty("role", "muted")
        self._words.setWordWrap(True)
        self._list = QFrame(self)
        self._list.setObjectName("layers")
        self._grid = QGridLayout(self._list)
        self.start = QPushButton("开始复核  Enter", self)
        self.start.setProperty("role", "primary")
        self.start.clicked.connect(self._start)
        self._why = QLabel("", self)
        self._why.setProperty("role", "muted")
        self._why.setWordWrap(True)
        self._lay_out()
        for key in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._start)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.left)

    def show_layers(self, title: str, rows: Sequence[LayerRow]) -> None:
        """Show these layers; those that can be taken up are chosen, two at most."""
        self._rows = tuple(rows)
        self._title.setText(title)
        self._words.setText(
            "选一份已提交的标注逐项确认，或选两份对照裁决。结果是一份复核稿，台账从它导出。" if rows else NONE
        )
        for child in self._list.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            self._grid.removeWidget(child)
            child.hide()
            child.deleteLater()
        self.boxes = {}
        free = [row.layer.id for row in self._rows if not row.refusal and not row.layer.is_reviewed]
        for number, row in enumerate(self._rows):
            self._add(number, row, is_chosen=row.layer.id in free[:MOST])
        self._list.setVisible(bool(rows))
        self._judge()
        self.begin()

    def begin(self) -> None:
        """Give the keyboard to the first layer that can be chosen."""
        box = next((box for box in self.boxes.values() if box.isEnabled()), None)
        (box or self.start).setFocus()

    @property
    def chosen(self) -> list[str]:
        """The ids of the chosen layers, oldest first."""
        return [name for name, box in self.boxes.items() if box.isChecked()]

    # --- inside

    def _lay_out(self) -> None:
        self._grid.setContentsMargins(16, 10, 16, 10)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(2, 1)
        body = QVBoxLayout()
        body.setSpacing(12)
        body.addStretch(2)
        for widget in (self._title, self._words, self._list):
            body.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.start)
        row.addWidget(self._why, 1)
        body.addLayout(row)
        body.addStretch(3)
        middle = QHBoxLayout(self)
        middle.setContentsMargins(40, 0, 40, 0)
        middle.addStretch(1)
        middle.addLayout(body, 6)
        middle.addStretch(1)

    def _add(self, number: int, row: LayerRow, *, is_chosen: bool) -> None:
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        holds = QLabel(row.holds, self._list)
        holds.setProperty("role", "muted")
        cells = (self._head(row, is_chosen=is_chosen), Steps(row.layer.state, self._list), holds)
        for column, widget in enumerate(cells):
            self._grid.addWidget(widget, number, column, left)
            widget.show()  # what the layout shows later cannot take the keyboard now

    def _head(self, row: LayerRow, *, is_chosen: bool) -> QWidget:
        if row.layer.is_reviewed:
            button = QPushButton(f"打开{row.name}", self._list)
            button.setObjectName(row.layer.id)
            button.clicked.connect(self._open)
            return button
        box = QCheckBox(row.name, self._list)
        box.setChecked(is_chosen)
        box.setEnabled(not row.refusal)
        box.setToolTip(row.refusal)
        box.toggled.connect(self._judge)
        self.boxes[row.layer.id] = box
        return box

    def _judge(self, _checked: bool = False) -> None:
        """Say whether a review can begin now, or why not."""
        count = len(self.chosen)
        words = CHOOSE if count == 0 else TOO_MANY if count > MOST else ""
        if count == 0:
            refused = [row.refusal for row in self._rows if row.refusal and not row.layer.is_reviewed]
            words = "\n".join(dict.fromkeys(refused)) or CHOOSE
        self.start.setEnabled(not words)
        self.start.setToolTip(words)
        self._why.setText(words)

    def _start(self) -> None:
        if self.start.isEnabled():
            self.started.emit(self.chosen)

    def _open(self) -> None:
        self.opened.emit(self.sender().objectName())
