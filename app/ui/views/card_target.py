"""Editing a target: its fields, checked while typed, with the chip it will become."""

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Generic, TypeVar

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.phrases import number_words
from app.domain.signs import WITHOUT_NUMBER, number_from, target_signs
from app.domain.tasks import Comparator, Direction, Nature, Tag, TagKind, Target
from app.ui.labels import COMPARATORS, DIRECTIONS, NATURES
from app.ui.views.card_paint import set_property
from app.ui.views.card_popover import Popover

_OPEN_BELOW = frozenset({Comparator.LE, Comparator.LT})
_OPEN_ABOVE = frozenset({Comparator.GE, Comparator.GT})
_HINTS = ("如 新增就业", "20、1.65万", "上限", "家、亿元、%", "如 2025年 1.6万人")
_Choice = TypeVar("_Choice", bound=Enum | None)


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as typed."""

    indicator: str
    comparator: Comparator
    low: str
    high: str
    unit: str
    direction: Direction | None
    nature: Nature | None
    baseline: str
    is_cumulative: bool


def read(typed: Typed) -> Target | str:
    """The target that was typed, or a word about what is missing."""
    if not typed.indicator:
        return "请写指标名称"
    if typed.comparator in WITHOUT_NUMBER:
        return _made(typed, None, None, typed.unit)
    low = number_from(typed.low)
    if low is None:
        return "请写数值，如 20、1.65万、6.5" if not typed.low else f"“{typed.low}”不是数值"
    unit = typed.unit or low[1]
    if typed.comparator is not Comparator.RANGE:
        return _made(typed, *_sides(typed.comparator, low[0]), unit)
    high = number_from(typed.high)
    if high is None:
        return "区间要写上下两个数值" if not typed.high else f"“{typed.high}”不是数值"
    if high[0] <= low[0]:
        return "区间的上限要大于下限"
    return _made(typed, low[0], high[0], typed.unit or high[1] or low[1])


def _sides(comparator: Comparator, number: float) -> tuple[float | None, float | None]:
    if comparator in _OPEN_BELOW:
        return None, number
    return number, None if comparator in _OPEN_ABOVE else number


def _made(typed: Typed, low: float | None, high: float | None, unit: str) -> Target:
    return Target(
        typed.indicator,
        typed.comparator,
        low,
        high,
        unit,
        typed.direction,
        typed.nature,
        typed.baseline,
        typed.is_cumulative,
    )


class ChoiceBox(QComboBox, Generic[_Choice]):
    """A combo box over a table of values and their words."""

    def __init__(self, choices: dict[_Choice, str], parent: QWidget) -> None:
        super().__init__(parent)
        # not as item data: Qt would hand a str enum back as a plain str
        self._values = tuple(choices)
        self.addItems(list(choices.values()))

    @property
    def choice(self) -> _Choice:
        """The value chosen."""
        return self._values[self.currentIndex()]

    def choose(self, value: _Choice) -> None:
        """Choose a value."""
        self.setCurrentIndex(self._values.index(value))


class TargetEditor(Popover):
    """The form of one target. Enter in any field takes it when it is whole; below stands what is missing."""

    chosen = Signal(object)  # Target

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("target_editor")
        self._text = ""
        self.indicator, self.low, self.high, self.unit, self.baseline = (self._line(h) for h in _HINTS)
        self.comparator = ChoiceBox(COMPARATORS, self)
        self.direction = ChoiceBox(DIRECTIONS, self)
        self.nature = ChoiceBox(NATURES, self)
        self.is_cumulative = QCheckBox("规划期累计数", self)
        self.says = QLabel(self)
        self.says.setObjectName("preview")
        self._dash = QLabel("—", self)
        self._ok = QPushButton("确定", self)
        self._ok.setProperty("role", "primary")
        self._ok.setAutoDefault(True)
        self._ok.clicked.connect(self._take)
        combos: tuple[QComboBox, ...] = (self.comparator, self.direction, self.nature)
        for combo in combos:
            combo.currentIndexChanged.connect(self._explain)
        self.is_cumulative.toggled.connect(self._explain)
        self._lay_out()

    def ask(self, anchor: QWidget, place: QRect, target: Target, text: str) -> None:
        """Open at a place of the anchor with a target; `text` is the words of its tag."""
        self._text = text
        one = target.comparator is not Comparator.RANGE
        low = target.high if one and target.low is None else target.low
        fields = (
            (self.indicator, target.indicator),
            (self.low, _number(low, target.unit)),
            (self.high, "" if one else _number(target.high, target.unit)),
            (self.unit, target.unit),
            (self.baseline, target.baseline),
        )
        for line, words in fields:
            line.setText(words)
            line.setCursorPosition(0)
        self.comparator.choose(target.comparator)
        self.direction.choose(target.direction)
        self.nature.choose(target.nature)
        self.is_cumulative.setChecked(target.is_cumulative)
        self._explain()
        # a goal without a number has its number field locked: the keyboard would stay in the text
        wants_number = low is None and target.comparator not in WITHOUT_NUMBER
        first = self.low if target.indicator and wants_number else self.indicator
        self.open_at(anchor, place, first)
        first.selectAll()

    def typed(self) -> Typed:
        """The form as it stands."""
        lines = (self.indicator, self.low, self.high, self.unit, self.baseline)
        indicator, low, high, unit, baseline = (line.text().strip() for line in lines)
        return Typed(
            indicator,
            self.comparator.choice,
            low,
            high,
            unit,
            self.direction.choice,
            self.nature.choice,
            baseline,
            self.is_cumulative.isChecked(),
        )

    def _line(self, hint: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setPlaceholderText(hint)
        line.textChanged.connect(self._explain)
        line.returnPressed.connect(self._take)
        return line

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        for line, widest in ((self.low, 6), (self.high, 6), (self.unit, 7)):
            line.setFixedWidth(widest * em)
        figure = QHBoxLayout()
        figure.setSpacing(6)
        for widget in (self.low, self._dash, self.high, self.unit):
            figure.addWidget(widget)
        figure.addStretch()
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        rows: tuple[tuple[str, QWidget | QHBoxLayout], ...] = (
            ("指标", self.indicator),
            ("比较", self.comparator),
            ("数值", figure),
            ("方向", self.direction),
            ("性质", self.nature),
            ("基期值", self.baseline),
            ("", self.is_cumulative),
        )
        for i, (words, field) in enumerate(rows):
            label = QLabel(words, self)
            label.setProperty("role", "muted")
            grid.addWidget(label, i, 0)
            if isinstance(field, QHBoxLayout):
                grid.addLayout(field, i, 1)
            else:
                grid.addWidget(field, i, 1)
        self._order_tabs()
        last = QHBoxLayout()
        last.addWidget(self.says, 1)
        last.addWidget(self._ok)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(grid)
        layout.addLayout(last)
        self.setMinimumWidth(20 * em)

    def _order_tabs(self) -> None:
        """Tab goes through the fields as they stand, not as they were made."""
        figure = (self.low, self.high, self.unit)
        rest = (self.direction, self.nature, self.baseline, self.is_cumulative, self._ok)
        stops: tuple[QWidget, ...] = (self.indicator, self.comparator, *figure, *rest)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _explain(self) -> None:
        comparator = self.comparator.choice
        is_range = comparator is Comparator.RANGE
        for widget in (self.high, self._dash):
            widget.setVisible(is_range)
        for line in (self.low, self.unit):
            line.setEnabled(comparator not in WITHOUT_NUMBER)
        result = read(self.typed())
        self.says.setText(result if isinstance(result, str) else self._preview(result))
        set_property(self.says, "role", "alert" if isinstance(result, str) else "preview")
        self._ok.setEnabled(not isinstance(result, str))

    def _preview(self, target: Target) -> str:
        return target_signs(Tag("", "", "", TagKind.TARGET, (), self._text, target))

    def _take(self) -> None:
        result = read(self.typed())
        if not isinstance(result, str):
            self.dismiss()
            self.chosen.emit(result)


def _number(value: float | None, unit: str) -> str:
    return "" if value is None else number_words(value, unit)
