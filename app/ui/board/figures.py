"""总体: the figures of all tasks as a few numbers."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.due_list import DueList
from app.domain.lights import COLOUR_NAMES, Colour
from app.domain.tallies import Tally
from app.ui.ledger.painting import LightMark

NUMBER_SIZE = 22
_CELLS = ("任务", "已办结", "已报送", "平均完成", "已逾期", "本周到期", "本月到期", "缺反馈")


class Figures(QWidget):
    """Numbers over their words, and below them the lights."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.numbers: dict[str, QLabel] = {}
        self.lights: dict[Colour, QLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        for place, words in enumerate(_CELLS):
            grid.addLayout(self._cell(words), place // 4, place % 4)
        row = QHBoxLayout()
        row.setSpacing(6)
        for colour in Colour:
            mark = LightMark(self)
            mark.show_light(colour)
            label = self.lights[colour] = QLabel("", self)
            row.addWidget(mark)
            row.addWidget(label)
            row.addSpacing(12)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(14)
        column.addLayout(grid)
        column.addLayout(row)
        column.addStretch(1)

    def show_tally(self, whole: Tally, due: DueList, on: date) -> None:
        """Show the figures of all tasks on a day."""
        completion = "—" if whole.completion is None else f"{whole.completion:.0%}"
        month = len(due.this_week) + len(due.this_month)
        values = (
            whole.total, whole.closed, whole.reported, completion,
            len(due.overdue), len(due.this_week), month, len(due.missed),
        )  # fmt: skip
        for words, value in zip(_CELLS, values, strict=True):
            self.numbers[words].setText(str(value))
        for colour, label in self.lights.items():
            label.setText(f"{COLOUR_NAMES[colour]} {whole.lights[colour]}")
        self.setAccessibleDescription(
            f"{on.isoformat()}：" + "，".join(f"{w}{v}" for w, v in zip(_CELLS, values, strict=True))
        )

    def _cell(self, words: str) -> QVBoxLayout:
        number = self.numbers[words] = QLabel("", self)
        font = number.font()
        font.setPixelSize(NUMBER_SIZE)
        font.setBold(True)
        number.setFont(font)
        below = QLabel(words, self)
        below.setProperty("role", "muted")
        cell = QVBoxLayout()
        cell.setSpacing(0)
        cell.addWidget(number)
        cell.addWidget(below)
        return cell
