"""The row of buttons that decide on a difference, each with its key; what makes no sense is greyed out and says why."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from app.domain.decisions import Choice
from app.ui.views.card_paint import set_property, theme_of

BUTTONS: tuple[tuple[Choice, str, str], ...] = (
    (Choice.FIRST, "取甲", "A"),
    (Choice.SECOND, "取乙", "B"),
    (Choice.BOTH, "都取", "X"),
    (Choice.EDITED, "修改", "E"),
    (Choice.NEITHER, "都不取", "0"),
    (Choice.RETURNED, "退回并说明", "R"),
)
SINGLE = {Choice.FIRST: "同意", Choice.NEITHER: "不取"}
"""What buttons are called where there is one layer only."""

WHY = dict.fromkeys((Choice.FIRST, Choice.SECOND, Choice.BOTH, Choice.NEITHER), "按 Shift+{key} 可以写明理由")
"""What a button says of its key that can be pressed with Shift."""

_NEEDS_TWO = (Choice.SECOND, Choice.BOTH)


class DecisionBar(QWidget):
    """`chosen` carries the Choice. The button of what stands now is filled."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.buttons: dict[Choice, KeyButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 0)
        row.setSpacing(8)
        for choice, words, key in BUTTONS:
            button = KeyButton(words, key, self)
            button.setObjectName(choice.value)
            button.clicked.connect(self._choose)
            self.buttons[choice] = button
            if choice is Choice.RETURNED:
                row.addStretch(1)
            row.addWidget(button)

    def show_choices(
        self, refusals: Mapping[Choice, str], standing: Choice | None, *, is_single: bool = False
    ) -> None:
        """Grey out what is refused; fill the button of what stands."""
        for choice, words, key in BUTTONS:
            button, refusal = self.buttons[choice], refusals.get(choice, "")
            button.set_words(SINGLE.get(choice, words) if is_single else words)
            button.setVisible(not (is_single and choice in _NEEDS_TWO))
            button.setEnabled(not refusal)
            button.setToolTip(refusal or WHY.get(choice, "").format(key=key))
            set_property(button, "role", "primary" if choice is standing and not refusal else "")

    def _choose(self) -> None:
        self.chosen.emit(Choice(self.sender().objectName()))


class KeyButton(QPushButton):
    """Words and, in a cap, the key that does the same. It leaves the keyboard where it is."""

    _GAP, _PADDING, _CAP = 6, 12, 6

    def __init__(self, words: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._key = words, key
        self.setAccessibleName(f"{words} {key}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_words(self, words: str) -> None:
        """Call it otherwise."""
        if words != self._words:
            self._words = words
            self.setAccessibleName(f"{words} {self._key}")
            self.updateGeometry()
            self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        words, key = metrics.horizontalAdvance(self._words), metrics.horizontalAdvance(self._key)
        return QSize(2 * self._PADDING + words + self._GAP + key + 2 * self._CAP, metrics.height() + 12)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # a style sheet's ground changes the button's own palette
        theme, metrics = theme_of(self.window().palette()), self.fontMetrics()
        is_filled = self.property("role") == "primary"
        ink = QColor(theme.on_accent if is_filled else theme.ink if self.isEnabled() else theme.muted)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.6)
        width = metrics.horizontalAdvance(self._words)
        words = QRect(self._PADDING, 0, width + 1, self.height())
        painter.setPen(ink)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self._words)
        cap = QRect(0, 0, metrics.horizontalAdvance(self._key) + 2 * self._CAP, metrics.height() + 1)
        cap.moveCenter(words.center())
        cap.moveLeft(words.right() + self._GAP)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.panel))
        painter.drawRoundedRect(cap.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(QColor(theme.ink if self.isEnabled() else theme.muted))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)
