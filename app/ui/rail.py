"""The rail at the window's left: one entry for each page of the workspace."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.views.card_paint import theme_of

WIDTH, HEIGHT = 56, 60
"""Of the rail, and of one of its entries."""

_ICON = 20


class RailEntry(NamedTuple):
    """A page: its name, its words, its key, and its icon as strokes in a square of 20 by 20."""

    name: str
    words: str
    key: str
    strokes: tuple[tuple[tuple[float, float], ...], ...]


TAGGING = RailEntry(
    "tagging",
    "标注",
    "Alt+1",
    (
        ((3, 16.5), (7, 15.5), (16.5, 6), (14, 3.5), (4.5, 13), (3.5, 16.5)),
        ((12, 5.5), (14.5, 8)),
        ((10, 17), (17, 17)),
    ),
)
REVIEW = RailEntry(
    "review",
    "复核",
    "Alt+2",
    (
        ((2.5, 5), (9, 5)),
        ((2.5, 10), (7.5, 10)),
        ((2.5, 15), (9, 15)),
        ((10.5, 10.5), (13, 13.5), (18, 6)),
    ),
)
LEDGER = RailEntry(
    "ledger",
    "台账",
    "Alt+3",
    (
        ((3, 3.5), (17, 3.5), (17, 16.5), (3, 16.5), (3, 3.5)),
        ((3, 8), (17, 8)),
        ((3, 12.2), (17, 12.2)),
        ((8, 3.5), (8, 16.5)),
    ),
)
BOARD = RailEntry(
    "board",
    "看板",
    "Alt+4",
    (
        ((2.5, 17), (17.5, 17)),
        ((4, 14), (4, 9)),
        ((8, 14), (8, 5)),
        ((12, 14), (12, 11)),
        ((16, 14), (16, 3)),
    ),
)
ENTRIES = (TAGGING, REVIEW, LEDGER, BOARD)


class Rail(QWidget):
    """One entry for each page, from the top; `chosen` carries its name."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self.buttons: dict[str, RailButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 1, 8)
        column.setSpacing(0)
        for entry in ENTRIES:
            button = RailButton(entry, self)
            button.clicked.connect(self._choose)
            column.addWidget(button)
            self.buttons[entry.name] = button
        column.addStretch(1)

    def show_current(self, name: str) -> None:
        """Mark the page that is shown."""
        self.buttons[name].setChecked(True)

    def _choose(self) -> None:
        self.chosen.emit(self.sender().objectName())


class RailButton(QAbstractButton):
    """An icon over a word; the current one has a bar at its left and the accent's colour."""

    def __init__(self, entry: RailEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry = entry
        self.setObjectName(entry.name)
        self.setText(entry.words)
        self.setToolTip(f"{entry.words}（{entry.key}）")
        self.setAccessibleName(entry.words)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(HEIGHT)

    @override
    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        is_current = self.isChecked()
        ink = QColor(theme.accent if is_current else theme.ink if self.underMouse() else theme.muted)
        painter = QPainter(self)
        if is_current:
            painter.fillRect(self.rect(), QColor(theme.panel))
            painter.fillRect(QRect(0, 0, 3, self.height()), QColor(theme.accent))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(
            QPen(ink, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        words = self.fontMetrics().height()
        top = (self.height() - _ICON - 4 - words) / 2
        left = (self.width() - _ICON) / 2
        for stroke in self._entry.strokes:
            painter.drawPolyline([QPointF(left + x, top + y) for x, y in stroke])
        box = QRectF(0, top + _ICON + 4, self.width(), words)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())
