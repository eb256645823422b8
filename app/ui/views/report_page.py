"""A page to read: one document in a centred column, with marks painted on it, that can be made larger."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit, QWidget
from typing_extensions import override

from app.domain.report import ShownText
from app.domain.scheme import TagStyle
from app.ui.offsets import DocumentMap
from app.ui.views.report_canvas import Canvas
from app.ui.views.report_document import build_document, serif_font, set_margins, set_rules
from app.ui.views.report_margin import GUTTER
from app.ui.views.report_painting import LIGHT, Look, ReportColours

LINE_CHARACTERS = 32
"""Characters on a full line."""

ZOOM_LEAST, ZOOM_MOST, ZOOM_STEP = 50, 300, 10
"""Percent."""

_LEAST_CHARACTERS = 8
_RIGHT_MARGIN = 24
_NOTHING = ShownText("", (), ())


class ReportPage(QTextEdit):
    """Shows a text and what its canvas holds. Read-only with a caret; `zoomed` carries the percentage.

    Every key that is no movement, selection or copy is left to the actions of the widget.
    """

    zoomed = Signal(int)
    look: type[Look] = Look
    """How marks look on this page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zoom = 100
        self._colours, self._styles, self._is_dark = LIGHT, dict[str, TagStyle](), False
        self._shown_document: QTextDocument | None = None
        self._set_up()
        self.show_report(_NOTHING)

    def _set_up(self) -> None:
        self.setObjectName("report")
        self.setAccessibleName("报告原文")
        self.setReadOnly(True)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setCursorWidth(2)
        self.setTabChangesFocus(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # a bar that comes and goes would move the column
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setFont(serif_font(self._zoom))

    def show_report(self, shown: ShownText) -> None:
        """Show a text, without marks, hits or anything current; the caret goes to its beginning."""
        offsets = DocumentMap(shown)
        document = build_document(shown, offsets, self.font(), self)
        set_rules(document, QColor(self._colours.rule))
        set_margins(document, *self._margins())
        self._canvas = Canvas(shown, offsets, document, self._look())
        self.setDocument(document)
        if self._shown_document is not None:
            self._shown_document.deleteLater()
        self._shown_document = document

    def set_colours(self, colours: ReportColours, styles: Iterable[TagStyle], *, dark: bool) -> None:
        """Take the page's colours and those of the kinds of tag."""
        self._colours, self._is_dark = colours, dark
        self._styles = {style.kind: style for style in styles}
        palette = self.palette()
        roles = QPalette.ColorRole
        for role, colour in (
            (roles.Base, colours.panel),
            (roles.Text, colours.ink),
            (roles.Highlight, colours.selection),
            (roles.HighlightedText, colours.ink),
        ):
            palette.setColor(role, QColor(colour))
        self.setPalette(palette)
        set_rules(self.document(), QColor(colours.rule))
        self._relook()

    # --- size

    @property
    def zoom_percent(self) -> int:
        """The zoom in percent."""
        return self._zoom

    def zoom(self, steps: int) -> None:
        """Make the letters larger or smaller by steps of ten percent."""
        self.set_zoom(self._zoom + steps * ZOOM_STEP)

    def set_zoom(self, percent: int) -> None:
        """Make the letters so large, within bounds; what stood at the top stays there."""
        percent = max(ZOOM_LEAST, min(ZOOM_MOST, percent))
        if percent == self._zoom:
            return
        with self._keeping_top():
            self._zoom = percent
            self.setFont(serif_font(percent))
            set_margins(self.document(), *self._margins())
            self._fit()
            self._relook()
        self.zoomed.emit(percent)

    # --- Qt

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            # a text widget claims every letter, Enter, Tab and Delete here, which would starve the actions
            event.ignore()
            return False
        if event.type() == QEvent.Type.Wheel:  # over the margins beside the column
            return QApplication.sendEvent(self.verticalScrollBar(), event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._relook()
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        clip = self._in_document(QRectF(event.rect()))
        painter = self._painter()
        seen = self._canvas.paint_under(painter, clip)
        painter.end()
        super().paintEvent(event)
        painter = self._painter()
        self._canvas.paint_over(painter, clip, seen)
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._column_width() != self.lineWrapColumnOrWidth():
            with self._keeping_top():
                self._fit()
        else:
            self._fit()
        super().resizeEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    # --- inside

    def _look(self) -> Look:
        return self.look(
            self._colours,
            self._styles,
            dark=self._is_dark,
            zoom=self._zoom,
            ratio=self.devicePixelRatioF(),
        )

    def _relook(self) -> None:
        self._canvas.forget(self._look())
        self.viewport().update()

    def _margins(self) -> tuple[float, float]:
        return GUTTER * self._zoom / 100, _RIGHT_MARGIN * self._zoom / 100

    def _room(self) -> int:
        return self.contentsRect().width() - self.verticalScrollBar().sizeHint().width()

    def _column_width(self) -> int:
        """The width of the column with its margins: a full line if there is room, never next to nothing."""
        beside, em = sum(self._margins()), QFontMetricsF(self.font()).horizontalAdvance("督")
        least, full = int(beside + em * _LEAST_CHARACTERS), int(beside + em * LINE_CHARACTERS) + 1
        return min(full, max(least, self._room()))

    def _fit(self) -> None:
        """Give the column its width and the middle of the room; lays out anew only if the width changes."""
        width = self._column_width()
        free = max(0, self._room() - width)
        self.setViewportMargins(free // 2, 0, free - free // 2, 0)
        if width != self.lineWrapColumnOrWidth():
            self._canvas.forget()
            self.setLineWrapColumnOrWidth(width)

    @contextmanager
    def _keeping_top(self) -> Iterator[None]:
        """Have the line at the top stand there again after the text was laid out anew."""
        position = self.cursorForPosition(QPoint(self.viewport().width() // 2, 1)).position()
        is_at_top = self.verticalScrollBar().value() == 0
        yield
        if not is_at_top:
            self._scroll_to(position, 0)

    def _scroll_to(self, position: int, share: float) -> None:
        """Scroll so that the line with a document position stands at a share of the height."""
        line, bar = self._line_at(position), self.verticalScrollBar()
        above = max(share * self.viewport().height(), line.height() / 2)
        value = round(bar.value() + line.center().y() - above)
        if value > bar.maximum():
            self.document().size()  # lays out to the end: before that the scroll bar does not reach so far
        bar.setValue(value)

    def _line_at(self, position: int) -> QRectF:
        """The caret's box at a document position, in the viewport."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        return QRectF(self.cursorRect(cursor))

    def _painter(self) -> QPainter:
        painter = QPainter(self.viewport())
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        return painter

    def _in_document(self, box: QRectF) -> QRectF:
        return box.translated(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _update(self, boxes: Iterable[QRectF]) -> None:
        """Have parts of the document painted again as far as they are in sight."""
        x, y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        for box in boxes:
            self.viewport().update(box.translated(-x, -y).toAlignedRect())
