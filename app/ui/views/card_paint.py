"""Colours and small helpers for what the card and the table paint themselves."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from app.domain.scheme import TagStyle
from app.ui.theme import DARK, LIGHT, Theme

PLAIN = TagStyle("", "", "", "", LIGHT.muted, LIGHT.window, DARK.muted, DARK.window)
"""How a kind looks that the tag scheme does not know."""


def theme_of(palette: QPalette) -> Theme:
    """The theme that a widget is dressed in."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def ink_of(style: TagStyle, palette: QPalette) -> QColor:
    """A kind's ink in the widget's theme."""
    return QColor(style.dark_ink if theme_of(palette) is DARK else style.ink)


def ground_of(style: TagStyle, palette: QPalette) -> QColor:
    """A kind's ground in the widget's theme."""
    return QColor(style.dark_ground if theme_of(palette) is DARK else style.ground)


def style_of(styles: tuple[TagStyle, ...], kind: str) -> TagStyle:
    """The scheme's entry for a kind."""
    return next((style for style in styles if style.kind == kind), PLAIN)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property and let the style sheet look again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class ElidedLabel(QLabel):
    """A label of one line that ends in … when there is no room, and then says all in its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = ""

    def show_words(self, text: str, hint: str = "") -> None:
        """Show a text; `hint` is its tooltip even when nothing is cut."""
        self._hint = hint
        self.setText(text)
        self._update_hint()
        self.setMinimumWidth(min(self._wanted(), 4 * self.fontMetrics().averageCharWidth()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_hint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        room = self.contentsRect()
        words = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), words)

    def _wanted(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.text())

    def _update_hint(self) -> None:
        is_cut = self._wanted() > self.contentsRect().width()
        self.setToolTip("\n".join(dict.fromkeys(t for t in (self.text() if is_cut else "", self._hint) if t)))
