"""Setting a deadline: quick choices, or typed as an office writes it."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.deadline_words import parse
from app.domain.tasks import Deadline, DeadlineKind
from app.ui.views.card_paint import set_property
from app.ui.views.card_popover import Popover

QUICK = ("3月底前", "6月底前", "9月底前", "年底前", "持续推进", "长期坚持")
KINDS = {
    DeadlineKind.ROLLING: "没有截止日期，按期评估",
    DeadlineKind.EVENT: "以事件为限，没有日期",
    DeadlineKind.RECURRING: "按周期重复，没有日期",
}


def meaning(typed: str, year: int) -> str:
    """What a typed deadline means, in words; empty if it means nothing."""
    deadline = parse(typed, year)
    if deadline is None:
        return ""
    if deadline.due is None:
        return KINDS[deadline.kind]
    day = deadline.due
    return f"→ {day.year}年{day.month}月{day.day}日"


class DeadlineEditor(Popover):
    """A line that says at once what it means, over the quick choices. Enter takes it."""

    chosen = Signal(object, str)  # Deadline, the words for it

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("deadline_editor")
        self._year = 2000
        self.line = QLineEdit(self)
        self.line.setPlaceholderText("6月底、2026-06-30、二季度末、持续推进")
        self.line.setMinimumWidth(18 * self.fontMetrics().height())
        self.line.textChanged.connect(self._explain)
        self.line.returnPressed.connect(self._take)
        self.says = QLabel(self)
        title = QLabel("完成时限", self)
        title.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        for widget in (title, self.line, self.says):
            layout.addWidget(widget)
        layout.addLayout(self._quick_choices())

    def ask(self, anchor: QWidget, place: QRect, year: int, words: str, *, typed: str = "") -> None:
        """Open at a place of the anchor with the words of the deadline there is, or what was typed first."""
        self._year = year
        self.line.setText(typed or words)
        self._explain()
        self.open_at(anchor, place, self.line)
        if not typed:
            self.line.selectAll()

    def _quick_choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(6)
        for i, words in enumerate(QUICK):
            button = QPushButton(words, self)
            button.setAutoDefault(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(self._take_quick)
            grid.addWidget(button, i // 3, i % 3)
        return grid

    def _explain(self) -> None:
        typed = self.line.text().strip()
        says = meaning(typed, self._year)
        is_wrong = bool(typed) and not says
        self.says.setText(
            "看不懂这个时限，请写成 6月底、2026-06-30、二季度末 或 持续推进" if is_wrong else says or " "
        )
        set_property(self.says, "role", "alert" if is_wrong else "muted")
        set_property(self.line, "invalid", is_wrong)

    def _take_quick(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self._choose(button.text())

    def _take(self) -> None:
        self._choose(self.line.text().strip())

    def _choose(self, words: str) -> None:
        deadline = parse(words, self._year)
        if isinstance(deadline, Deadline):
            self.dismiss()
            self.chosen.emit(deadline, words)
