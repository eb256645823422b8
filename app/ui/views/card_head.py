"""The top of the card: which task, where it stands, where it comes from, and its words in the report."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.report import places_words, section_path
from app.domain.spans import Span
from app.domain.tasks import Item
from app.ui.labels import NO_PLACE, STATES, path_words, place_words, state_of
from app.ui.session import Session
from app.ui.views.card_paint import ElidedLabel, set_property
from app.ui.views.report_document import SERIF

QUOTE_SIZE = 14
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "<br>"})
PLACE_HINT = "点击原文可在报告中定位"


def source_place(session: Session, item: Item) -> tuple[str, str]:
    """Where an item comes from: short (三、（二） · 第12页 第45段 · 原文 9,412–9,486), and in full."""
    if not item.task.spans or session.report is None:
        return NO_PLACE, "这项任务不是从报告原文来的"
    path = section_path(session.report.reading.sections, item.start)
    spans = "、".join(f"{s.start:,}–{s.end:,}" for s in item.task.spans)
    in_file = places_words(session.report.reading.places, item.task.spans)
    words = " · ".join(filter(None, (place_words(path), in_file, f"原文 {spans}")))
    return words, "\n".join(filter(None, (path_words(path), in_file)))


class CardHead(QWidget):
    """Number and title, the state as a badge, and the place in the source at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = ElidedLabel(self)
        self.title.setProperty("role", "card_title")
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.badge = QLabel(self)
        self.badge.setProperty("role", "badge")
        self.place = ElidedLabel(self)
        self.place.setProperty("role", "muted")
        self.place.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.place.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 8)
        layout.setSpacing(8)
        layout.addWidget(self.title, 3)
        layout.addWidget(self.badge)
        layout.addWidget(self.place, 2)

    def show_item(self, item: Item, place: tuple[str, str]) -> None:
        """Show an item and its place (short, in full)."""
        self.title.show_words(f"{item.number} · {item.task.title}", item.task.reason)
        state = state_of(item)
        self.badge.setText(STATES[state])
        set_property(self.badge, "state", state.name.lower())
        self.place.show_words(*place)


class QuoteLabel(QLabel):
    """One stretch of 原文, set like print; a click shows it in the report."""

    asked = Signal(object)  # Span

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._span: Span | None = None
        self.setProperty("role", "quote")
        font = self.font()
        font.setFamilies(list(SERIF))
        font.setPixelSize(QUOTE_SIZE)
        self.setFont(font)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_quote(self, words: str, span: Span | None) -> None:
        """Show words, and the span they stand at (None: nowhere)."""
        self._span = span
        body = words.translate(_HTML)
        self.setText(f'<p style="line-height:120%; margin:0">{body}</p>')
        self.setAccessibleName(words)
        self.setToolTip(PLACE_HINT if span else "")
        self.setCursor(Qt.CursorShape.PointingHandCursor if span else Qt.CursorShape.ArrowCursor)

    @override
    def minimumSizeHint(self) -> QSize:
        # a label's own is made for a narrow column and would be far too high
        return QSize(0, 0)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._span is not None and event.button() is Qt.MouseButton.LeftButton:
            self.asked.emit(self._span)


class Quotes(QWidget):
    """The quotes of an item, one for every stretch of a merged task."""

    asked = Signal(object)  # Span

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: list[QuoteLabel] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)

    def show_item(self, session: Session, item: Item) -> None:
        """Show an item's words in the report."""
        spans = item.task.spans
        if len(spans) > 1:
            quotes: list[tuple[str, Span | None]] = [(session.words(span), span) for span in spans]
        else:
            quotes = [(item.task.quote, spans[0] if spans else None)] if item.task.quote else []
        while len(self._labels) < len(quotes):
            label = QuoteLabel(self)
            label.asked.connect(self.asked)
            self._layout.addWidget(label)
            self._labels.append(label)
        for label, (words, span) in zip(self._labels, quotes, strict=False):
            label.show_quote(words, span)
        for i, label in enumerate(self._labels):
            label.setVisible(i < len(quotes))
        self.setVisible(bool(quotes))
