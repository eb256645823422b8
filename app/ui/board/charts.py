"""The board's pictures, painted: bars of groups with what is behind them, and the lights month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.domain.lights import COLOUR_NAMES, Colour
from app.domain.tallies import MonthLights, Tally
from app.ui.ledger.painting import fill_light, paint_light
from app.ui.theme import Theme
from app.ui.views.card_paint import theme_of

ROW, BAR = 30, 12
NAMES_SHARE = 0.26
COUNT_WORDS = "100 项　100%"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it is called, its tasks by light, how much of them is done, and the tasks themselves."""

    name: str
    tally: Tally

    @property
    def words(self) -> str:
        """What the bar says, for the ear and as a tip."""
        lights = "、".join(f"{COLOUR_NAMES[c]}{n}项" for c, n in self.tally.lights.items() if n)
        done = "" if self.tally.completion is None else f"，平均完成{self.tally.completion:.0%}"
        return f"{self.name}：{self.tally.total}项，已办结{self.tally.closed}项，{lights}{done}"


class BarChart(QWidget):
    """Bars one below the other, as long as they have tasks, parted by light; under each a line of what is done.

    Up and Down go from bar to bar; `asked` carries the current Bar on Enter or a click.
    """

    asked = Signal(object)
    moved = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMouseTracking(True)
        self.bars: tuple[Bar, ...] = ()
        self.at = 0

    @property
    def current(self) -> Bar | None:
        """The bar that Enter is of."""
        return self.bars[self.at] if self.bars else None

    def show_tallies(self, found: Sequence[Tally]) -> None:
        """Show these groups; the one that was current stays so, as far as it is there."""
        name = self.current.name if self.current else ""
        self.bars = tuple(Bar(tally.name, tally) for tally in found)
        self.at = next((n for n, bar in enumerate(self.bars) if bar.name == name), 0)
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def step(self, by: int) -> None:
        """Make the next bar current, or the one before; not beyond the ends."""
        if self.bars:
            self.at = min(max(self.at + by, 0), len(self.bars) - 1)
            self.setAccessibleDescription(self.bars[self.at].words)
            self.update()
            self.moved.emit(self.bars[self.at])

    @override
    def sizeHint(self) -> QSize:
        return QSize(420, max(1, len(self.bars)) * ROW + 6)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        key = Qt.Key(event.key())
        if key in steps:
            self.step(steps[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.step(-len(self.bars) if key == Qt.Key.Key_Home else len(self.bars))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.current:
            self.asked.emit(self.current)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position().y())
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            self.at = place
            self.update()
            self.asked.emit(self.bars[place])

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position().y())
        self.setToolTip("" if place is None else self.bars[place].words)
        shape = Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = theme_of(self.palette())
        if not self.bars:
            painter.setPen(QColor(theme.muted))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), "没有任务")
            return
        most = max(bar.tally.total for bar in self.bars)
        for place, bar in enumerate(self.bars):
            self._paint_bar(painter, theme, place, bar, most)

    # --- inside

    def _place(self, y: float) -> int | None:
        place = int(y // ROW)
        return place if 0 <= place < len(self.bars) else None

    def _paint_bar(self, painter: QPainter, theme: Theme, place: int, bar: Bar, most: int) -> None:
        line = QRectF(0, place * ROW, self.width(), ROW)
        is_current = place == self.at
        if is_current:
            painter.fillRect(line, QColor(theme.selected if self.hasFocus() else theme.hover))
        metrics = QFontMetrics(self.font())
        names = max(110.0, self.width() * NAMES_SHARE)
        counts = metrics.horizontalAdvance(COUNT_WORDS) + 16
        painter.setPen(QColor(theme.ink))
        words = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, int(names - 18))
        painter.drawText(QRectF(10, line.top(), names - 12, ROW), int(Qt.AlignmentFlag.AlignVCenter), words)
        room = QRectF(names, line.center().y() - BAR / 2 - 2, self.width() - names - counts, BAR)
        self._paint_lights(painter, theme, room, bar.tally, most)
        self._paint_done(painter, theme, room, bar.tally)
        done = "" if bar.tally.completion is None else f"　{bar.tally.completion:.0%}"
        painter.setPen(QColor(theme.muted))
        box = QRectF(room.right() + 8, line.top(), counts - 12, ROW)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), f"{bar.tally.total} 项{done}")

    def _paint_lights(self, painter: QPainter, theme: Theme, room: QRectF, tally: Tally, most: int) -> None:
        left = room.left()
        for colour in Colour:
            width = room.width() * tally.lights[colour] / most
            if width <= 0:
                continue
            piece = QRectF(left, room.top(), width, BAR)
            fill_light(painter, piece.adjusted(0, 0, -1 if width > 3 else 0, 0), colour, theme)
            if width >= 18:
                painter.setPen(QColor(theme.panel))
                font = painter.font()
                font.setPixelSize(10)
                painter.setFont(font)
                painter.drawText(piece, int(Qt.AlignmentFlag.AlignCenter), str(tally.lights[colour]))
                painter.setFont(self.font())
            left += width

    def _paint_done(self, painter: QPainter, theme: Theme, room: QRectF, tally: Tally) -> None:
        """A thin line under the bar: of the whole width, how much is done."""
        if tally.completion is None:
            return
        line = QRectF(room.left(), room.bottom() + 3, room.width(), 2)
        painter.fillRect(line, QColor(theme.line))
        line.setWidth(room.width() * tally.completion)
        painter.fillRect(line, QColor(theme.accent))


@dataclass(frozen=True, slots=True)
class Piece:
    """The tasks that had a light at the end of a month."""

    month: MonthLights
    colour: Colour

    @property
    def words(self) -> str:
        """What the piece says."""
        return f"{self.month.on.isoformat()} {COLOUR_NAMES[self.colour]} {self.month.lights[self.colour]}项"


class LightsChart(QWidget):
    """A column for each month, parted by light. Left and Right go from month to month, Up and Down from light to light.

    `asked` carries the current Piece on Enter or a click.
    """

    asked = Signal(object)
    moved = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("历月亮灯")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(170)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.months: tuple[MonthLights, ...] = ()
        self.waiting = ""
        """What stands here until there are months."""

        self.at = (0, 0)
        self._places: list[tuple[QRectF, tuple[int, int]]] = []

    @property
    def current(self) -> Piece | None:
        """The piece that Enter is of; None where nothing is drawn, or it has no tasks."""
        if not self.months:
            return None
        month, colour = self.months[self.at[0]], list(Colour)[self.at[1]]
        return Piece(month, colour) if month.lights[colour] else None

    def show_months(self, found: Sequence[MonthLights]) -> None:
        """Show these months; the last is current."""
        self.months = tuple(found)
        told = (
            f"{m.on.isoformat()} " + "、".join(f"{COLOUR_NAMES[c]}{n}" for c, n in m.lights.items())
            for m in found
        )
        self.setAccessibleDescription("；".join(told))
        self.at = (max(0, len(self.months) - 1), 0)
        if self.current is None:
            self._turn(1)
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        months = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        lights = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        key = Qt.Key(event.key())
        if key in months and self.months:
            month = min(max(self.at[0] + months[key], 0), len(self.months) - 1)
            self.at = (month, self.at[1])
            if self.current is None:
                self._turn(1)
            self._tell()
        elif key in lights and self.months:
            self._turn(lights[key])
            self._tell()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.current:
            self.asked.emit(self.current)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = next((at for box, at in self._places if box.contains(event.position())), None)
        if hit is not None and event.button() is Qt.MouseButton.LeftButton:
            self.at = hit
            self.update()
            if self.current:
                self.asked.emit(self.current)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = theme_of(self.palette())
        self._places = []
        if not self.months:
            painter.setPen(QColor(theme.muted))
            words = self.waiting or "还没有可以画的月份"
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), words)
            return
        room = QRectF(self.rect()).adjusted(40, 10, -12, -46)
        most = max(1, *(sum(month.lights.values()) for month in self.months))
        self._paint_axis(painter, theme, room, most)
        step = room.width() / len(self.months)
        every = max(1, round(QFontMetrics(self.font()).horizontalAdvance("26年12月 ") / step + 0.5))
        for place, month in enumerate(self.months):
            left = room.left() + place * step
            self._paint_month(painter, theme, QRectF(left, room.top(), step, room.height()), place, most)
            is_last = place == len(self.months) - 1
            if is_last or (place % every == 0 and place < len(self.months) - every / 2):
                painter.setPen(QColor(theme.muted))
                box = QRectF(left - 20, room.bottom() + 2, step + 40, 18)
                painter.drawText(
                    box, int(Qt.AlignmentFlag.AlignCenter), month_words(month, is_first=place == 0)
                )
        self._paint_legend(painter, theme)

    def _turn(self, by: int) -> None:
        """Go to the next light of the month that has tasks."""
        month, here = self.at
        for step in range(1, len(Colour) + 1):
            colour = (here + by * step) % len(Colour)
            if self.months and self.months[month].lights[list(Colour)[colour]]:
                self.at = (month, colour)
                return

    def _tell(self) -> None:
        self.update()
        if self.current:
            self.moved.emit(self.current)

    def _paint_axis(self, painter: QPainter, theme: Theme, room: QRectF, most: int) -> None:
        for share in (0.0, 0.5, 1.0):
            y = room.bottom() - share * room.height()
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(QColor(theme.muted))
            box = QRectF(0, y - 9, room.left() - 6, 18)
            painter.drawText(
                box,
                int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
                f"{round(most * share)}",
            )

    def _paint_month(self, painter: QPainter, theme: Theme, room: QRectF, place: int, most: int) -> None:
        width = min(28.0, room.width() * 0.62)
        bottom = room.bottom()
        for number, colour in enumerate(Colour):
            height = room.height() * self.months[place].lights[colour] / most
            piece = QRectF(room.center().x() - width / 2, bottom - height, width, height)
            fill_light(painter, piece, colour, theme)
            self._places.append((piece, (place, number)))
            if self.hasFocus() and self.at == (place, number) and height:
                painter.setPen(QPen(QColor(theme.accent), 2))
                painter.drawRect(piece.adjusted(-1, 0, 1, 0))
            bottom -= height

    def _paint_legend(self, painter: QPainter, theme: Theme) -> None:
        left, y = 44.0, self.height() - 12.0
        for colour, words in COLOUR_NAMES.items():
            paint_light(painter, QPointF(left, y), colour, theme)
            painter.setPen(QColor(theme.muted))
            painter.drawText(QRectF(left + 10, y - 9, 60, 18), int(Qt.AlignmentFlag.AlignVCenter), words)
            left += 64


def month_words(month: MonthLights, *, is_first: bool) -> str:
    """What stands under a column: its month, with the year where that begins; a day that ends no month by itself."""
    on = month.on
    if (on + timedelta(days=1)).day != 1:
        return f"{on.month}月{on.day}日"
    return f"{on.year % 100}年{on.month}月" if on.month == 1 or is_first else f"{on.month}月"
