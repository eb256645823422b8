"""一致性: how far two layers agree, field by field, as bars with their figures; for the report or one section."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from app.ui.theme import Theme
from app.ui.views.card_paint import theme_of
from app.ui.views.panel import Panel

ROW, HEAD = 25, 28
"""Heights in pixels."""

BAR, MARGIN = 8, 16
LABEL, FIGURE = "目标值与单位", "0.000"
MISSING = "—"


@dataclass(frozen=True, slots=True)
class Bar:
    """One field: its words, the share that its bar shows (0 to 1, None without data), and its figures."""

    label: str
    share: float | None
    figures: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What is shown: the title, the heads of the figures, and the fields."""

    title: str
    heads: tuple[str, ...]
    bars: tuple[Bar, ...]


EMPTY = Chart("", (), ())


class AgreementView(QWidget):
    """Draws a chart; as wide as there is room, as high as it needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = EMPTY
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_chart(self, chart: Chart) -> None:
        """Show another chart."""
        self.chart = chart
        rows = [f"{bar.label}：{'，'.join(_named(chart, bar))}" for bar in chart.bars]
        self.setAccessibleName(f"一致性 {chart.title}")
        self.setAccessibleDescription("\n".join(rows))
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def picture(self, width: int = 900, ratio: float = 2.0) -> QImage:
        """The chart with its title as a picture, `width` pixels wide before `ratio` enlarges it."""
        theme, title = theme_of(self.palette()), 40
        height = self.sizeHint().height() + title
        image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(theme.panel))
        painter = QPainter(image)
        painter.setFont(_bold(self.font()))
        painter.setPen(QColor(theme.ink))
        painter.drawText(
            QRectF(MARGIN, 0, width, title), int(Qt.AlignmentFlag.AlignVCenter), self.chart.title
        )
        painter.translate(0, title)
        self._draw(painter, width, theme)
        painter.end()
        return image

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, HEAD + ROW * len(self.chart.bars) + 8)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._draw(QPainter(self), self.width(), theme_of(self.palette()))

    def _draw(self, painter: QPainter, width: int, theme: Theme) -> None:
        if not self.chart.bars:
            return
        painter.setFont(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        figure = metrics.horizontalAdvance(FIGURE) + 22
        first = width - MARGIN - figure * len(self.chart.heads) + 14
        label = metrics.horizontalAdvance(LABEL) + 20
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(QColor(theme.muted))
        painter.drawText(QRectF(MARGIN, 0, label, HEAD), middle, "字段")
        for number, head in enumerate(self.chart.heads):
            painter.drawText(QRectF(first + number * figure, 0, figure, HEAD), middle, head)
        for number, bar in enumerate(self.chart.bars):
            top = HEAD + number * ROW
            painter.setPen(QColor(theme.ink))
            painter.drawText(QRectF(MARGIN, top, label, ROW), middle, bar.label)
            for place, value in enumerate(bar.figures):
                painter.setPen(QColor(theme.muted if value is None else theme.ink))
                words = MISSING if value is None else f"{value:.2f}"
                painter.drawText(QRectF(first + place * figure, top, figure, ROW), middle, words)
            room = QRectF(MARGIN + label, top + (ROW - BAR) / 2, first - MARGIN - label - 14, BAR)
            _draw_bar(painter, room, bar.share, theme)


class AgreementPanel(Panel):
    """The chart under its head, where the section is chosen and the figures are written out."""

    section_chosen = Signal(
        int
    )  # the index of the section in the list that was given; -1 for the whole report
    table_asked = Signal()
    picture_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.view = AgreementView()
        scroll = QScrollArea()
        scroll.setWidget(self.view)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        super().__init__("一致性", scroll, parent)
        self.button = QToolButton(self)
        self.button.setObjectName("agreement_section")
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setToolTip("按章节查看，导出表格或图片")
        self._menu = QMenu(self.button)
        self.button.setMenu(self._menu)
        self.head.removeWidget(self.note)
        self.head.addWidget(self.note)
        self.head.addWidget(self.button)
        self.head.setContentsMargins(12, 0, 4, 0)

    def show_chart(self, chart: Chart, words: str, sections: Sequence[tuple[int, str]]) -> None:
        """Show a chart; `words` stand on the button, `sections` can be chosen: (index, words)."""
        self.view.show_chart(chart)
        self.button.setText(words)
        self._menu.clear()
        for index, name in ((-1, "全文"), *sections):
            action = self._menu.addAction(name)
            action.setData(index)
            action.triggered.connect(self._choose)
        self._menu.addSeparator()
        self._menu.addAction("导出一致性表格…", self.table_asked.emit)
        self._menu.addAction("导出一致性图片…", self.picture_asked.emit)

    def _choose(self) -> None:
        self.section_chosen.emit(self.sender().data())  # type: ignore[attr-defined]  # a QAction of the menu


def _named(chart: Chart, bar: Bar) -> list[str]:
    return [
        f"{head} {MISSING if value is None else format(value, '.2f')}"
        for head, value in zip(chart.heads, bar.figures, strict=True)
    ]


def _draw_bar(painter: QPainter, room: QRectF, share: float | None, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.line))
    painter.drawRoundedRect(room, BAR / 2, BAR / 2)
    if share is not None and share > 0:
        room.setWidth(max(BAR, room.width() * min(1.0, share)))
        painter.setBrush(QColor(theme.accent))
        painter.drawRoundedRect(room, BAR / 2, BAR / 2)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold
