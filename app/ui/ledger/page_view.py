"""Pages as they will lie on the desk: one at a time, as wide as there is room, with what is said of them below."""

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.views.card_paint import theme_of

PAPER, INK = "#ffffff", "#1d2430"
"""A page is printed black on white, whatever the window's theme."""

FINE = 10
"""Pages are drawn ten times as large and made smaller: a font has whole pixels, and 10.5 points are 105 of them."""

ACTUAL = 96 / 72
"""Pixels for a point where a page is as large as on paper."""

NO_PAGES = "没有可以预览的内容"


class Pages(Protocol):
    """Something printed: pages of one size in points, each drawn at FINE times that."""

    @property
    def size(self) -> QSizeF:
        """Width and height of a page, in points."""

    @property
    def count(self) -> int:
        """How many pages there are, at least one."""

    @property
    def about(self) -> str:
        """On what paper and in which fonts it will be."""

    def words(self, number: int) -> str:
        """What a page says, for the ear."""

    def draw(self, painter: QPainter, number: int) -> None:
        """Draw a page, counted from 0, its corner at the origin."""


class PageView(QWidget):
    """Shows the pages of what was given last, the first first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages: Pages | None = None
        self.number = 0
        self.sheet = _Sheet(self)
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.area.viewport().setAutoFillBackground(False)
        self.area.setWidget(self.sheet)
        self.area.viewport().installEventFilter(self)
        self.back, self.on = (self._button(words, by) for words, by in (("‹", -1), ("›", 1)))
        self.back.setToolTip("上一页（PgUp）")
        self.on.setToolTip("下一页（PgDn）")
        self.place = QLabel("", self)
        self.about = QLabel("", self)
        self.about.setProperty("role", "muted")
        self.about.setWordWrap(True)
        bar = QHBoxLayout()
        bar.setSpacing(4)
        for widget in (self.back, self.place, self.on):
            bar.addWidget(widget)
        bar.addSpacing(8)
        bar.addWidget(self.about, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.area, 1)
        column.addLayout(bar)

    def show_pages(self, pages: Pages | None, words: str = "") -> None:
        """Show these pages from the first on; where there are none, why."""
        self.pages, self.number = pages, 0
        self.about.setText(pages.about if pages else words or NO_PAGES)
        self._follow()

    def read_on(self, by: int) -> None:
        """Go on or back (1, -1): down the page to its end, then to the next."""
        bar = self.area.verticalScrollBar()
        at = bar.value()
        bar.setValue(at + by * bar.pageStep())
        if bar.value() == at:
            self.turn(by)

    def turn(self, by: int) -> None:
        """Go some pages on, or back; not beyond the ends."""
        if self.pages is not None:
            self.number = min(max(self.number + by, 0), self.pages.count - 1)
            self._follow()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.sheet.fit(self.area.viewport().width())
        return super().eventFilter(watched, event)

    def _button(self, words: str, by: int) -> QToolButton:
        button = QToolButton(self)
        button.setText(words)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.turn(by))
        return button

    def _follow(self) -> None:
        pages, number = self.pages, self.number
        count = pages.count if pages else 0
        self.place.setText(f"第{number + 1}页 / 共{count}页" if pages else "")
        self.back.setEnabled(number > 0)
        self.on.setEnabled(number + 1 < count)
        for widget in (self.back, self.on, self.sheet):
            widget.setVisible(pages is not None)
        self.sheet.show_page(pages, number)
        self.sheet.fit(self.area.viewport().width())
        self.area.verticalScrollBar().setValue(0)


class _Sheet(QWidget):
    """The page that is shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("页面预览")
        self._pages: Pages | None = None
        self._number = 0

    def show_page(self, pages: Pages | None, number: int) -> None:
        self._pages, self._number = pages, number
        self.setAccessibleDescription(pages.words(number) if pages else "")
        self.update()

    def fit(self, width: int) -> None:
        """Be so many pixels wide, as far as that is no more than on paper, and as high as the page is then."""
        if self._pages is not None:
            size = self._pages.size
            width = min(width, round(size.width() * ACTUAL))
            self.resize(width, round(width * size.height() / size.width()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(PAPER))
        painter.setPen(QColor(theme_of(self.palette()).line))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._pages is None:
            return
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        scale = self.width() / self._pages.size.width() / FINE
        painter.scale(scale, scale)
        self._pages.draw(painter, self._number)
