"""What the ledger and the board draw themselves: lights that differ by shape as well as by colour, and small lines."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.domain.lights import Colour
from app.ui.theme import DARK, Theme
from app.ui.views.card_paint import theme_of

LIGHT_SIZE = 10.0
_YELLOW = {False: "#b58a00", True: "#e6c35c"}


def light_colour(colour: Colour, theme: Theme) -> QColor:
    """A light's colour in a theme."""
    named = {
        Colour.RED: theme.red,
        Colour.YELLOW: _YELLOW[theme is DARK],
        Colour.GREEN: theme.green,
        Colour.GREY: theme.muted,
    }
    return QColor(named[colour])


def fill_light(painter: QPainter, box: QRectF, colour: Colour, theme: Theme) -> None:
    """A piece of a bar: red ones are hatched, so that they are told from the others without their colour."""
    painter.fillRect(box, light_colour(colour, theme))
    if colour is Colour.RED:
        hatch = QColor(theme.panel)
        hatch.setAlpha(60)
        painter.fillRect(box, QBrush(hatch, Qt.BrushStyle.BDiagPattern))


def paint_light(painter: QPainter, centre: QPointF, colour: Colour, theme: Theme) -> None:
    """Red is a square, yellow a triangle, green a disc, grey a ring."""
    ink = light_colour(colour, theme)
    box = QRectF(0, 0, LIGHT_SIZE, LIGHT_SIZE)
    box.moveCenter(centre)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush if colour is Colour.GREY else ink)
    if colour is Colour.RED:
        painter.drawRect(box.adjusted(0.8, 0.8, -0.8, -0.8))
    elif colour is Colour.YELLOW:
        painter.drawPolygon(
            QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()])
        )
    else:
        painter.drawEllipse(box.adjusted(0.4, 0.4, -0.4, -0.4))
    painter.restore()


class LightMark(QWidget):
    """A light by itself, beside its word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colour = Colour.GREY
        self.setFixedSize(16, 16)

    def show_light(self, colour: Colour) -> None:
        """Show a light."""
        self.colour = colour
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_light(painter, QRectF(self.rect()).center(), self.colour, theme_of(self.palette()))


class Sparkline(QWidget):
    """The figures of a target over its periods as a small line; the last one is a dot. Two figures at least."""

    def __init__(self, values: Sequence[float], goal: float | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values = tuple(values)
        self._goal = goal
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(96, 24)
        self.setAccessibleName("历次完成值：" + "、".join(f"{value:g}" for value in self.values))

    @override
    def sizeHint(self) -> QSize:
        return QSize(96, 24)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ends = [*self.values, *(() if self._goal is None else (self._goal,)), 0.0]
        low, high = min(ends), max(ends)
        room = QRectF(self.rect()).adjusted(3, 4, -5, -4)

        def at(place: int, value: float) -> QPointF:
            share = (value - low) / (high - low) if high > low else 0.5
            step = room.width() / max(1, len(self.values) - 1)
            return QPointF(room.left() + place * step, room.bottom() - share * room.height())

        if self._goal is not None:
            painter.setPen(QPen(QColor(theme.scroll), 1, Qt.PenStyle.DashLine))
            painter.drawLine(at(0, self._goal), QPointF(room.right(), at(0, self._goal).y()))
        points = [at(place, value) for place, value in enumerate(self.values)]
        painter.setPen(QPen(QColor(theme.accent), 1.6))
        painter.drawPolyline(points)
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(points[-1], 2.4, 2.4)
