"""Where a layer stands, drawn as steps: 草稿 → 已提交 → 复核中 → 已定稿, and 已退回 beside."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.domain.layer_moves import STATE_NAMES
from app.domain.reports import LayerState
from app.ui.views.card_paint import theme_of

WAY = (LayerState.DRAFT, LayerState.SUBMITTED, LayerState.IN_REVIEW, LayerState.FINAL)
BACK = LayerState.RETURNED
DOT, GAP = 10.0, 26.0
"""A step's dot, and the line from one step's words to the next dot, in pixels."""


class Steps(QWidget):
    """The way of a layer from draft to final; where it stands is filled, what lies behind it has a tick's colour.

    A layer that was returned stands at the first step, which is then called so.
    """

    def __init__(self, state: LayerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"状态：{STATE_NAMES[state]}")
        self.setToolTip(" → ".join(STATE_NAMES[step] for step in WAY[:3]) + " → 已退回 / 已定稿")

    def show_state(self, state: LayerState) -> None:
        """Show another state."""
        self._state = state
        self.setAccessibleName(f"状态：{STATE_NAMES[state]}")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        words = sum(self.fontMetrics().horizontalAdvance(self._words(step)) for step in WAY)
        return QSize(round(words + len(WAY) * (DOT + 5) + (len(WAY) - 1) * (GAP + 10)) + 4, 24)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, metrics = theme_of(self.palette()), self.fontMetrics()
        here = 0 if self._state is BACK else WAY.index(self._state)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, middle = 2.0, self.height() / 2
        for number, step in enumerate(WAY):
            is_here = number == here
            colour = QColor(theme.muted if number > here else theme.green if number < here else theme.accent)
            if is_here and self._state is BACK:
                colour = QColor(theme.red)
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(colour if number <= here else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(x, middle - DOT / 2, DOT, DOT))
            x += DOT + 5
            words = self._words(step)
            width = metrics.horizontalAdvance(words)
            painter.setPen(QColor(theme.ink if is_here else theme.muted))
            painter.drawText(
                QRectF(x, 0, width + 2, self.height()), int(Qt.AlignmentFlag.AlignVCenter), words
            )
            x += width + 5
            if number + 1 < len(WAY):
                painter.setPen(QPen(QColor(theme.line), 1.5))
                painter.drawLine(QPointF(x, middle), QPointF(x + GAP, middle))
                x += GAP + 5

    def _words(self, step: LayerState) -> str:
        return STATE_NAMES[BACK] if self._state is BACK and step is WAY[0] else STATE_NAMES[step]
