"""The card's fields for text: of one line, or growing with what is typed; written on leaving, never before."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QTextOption
from PySide6.QtWidgets import QLineEdit, QTextEdit, QWidget
from typing_extensions import override

_STEPS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
_STAYS = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason})
"""Ways of losing the keyboard after which it comes back: nothing is written then."""


FIELD_ROOM = 10
"""What a field is higher than its line of text; a row of chips is as high."""


if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object  # Qt takes one widget as a base: the one that `_Field` is mixed into


class _Field(_Widget):
    """What both fields do alike. `edited` at every key that changes them, `done` when what was typed is to be written,
    `left` on Esc.
    """

    edited = Signal()
    done = Signal()
    left = Signal()
    _stored = ""  # events come before __init__ is through

    @property
    def words(self) -> str:
        """What stands in the field."""
        raise NotImplementedError

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not stored."""
        return self.words != self._stored

    def settle(self) -> None:
        """Count what stands in the field as stored."""
        self._stored = self.words

    @override
    def event(self, event: QEvent) -> bool:
        claims = self._claims(event)
        if claims is None:
            return super().event(event)
        event.setAccepted(claims)
        return claims

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _STAYS:
            self.done.emit()

    def _claims(self, event: QEvent) -> bool | None:
        """Whether the field claims a key before the window's shortcuts: Esc always, undo only while it has typed
        text of its own. None: as the field decides.
        """
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return None
        if event.key() == Qt.Key.Key_Escape:
            return True
        if not self.is_dirty and any(event.matches(step) for step in _STEPS):
            return False
        return None


class LineField(_Field, QLineEdit):
    """A field of one line."""

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "field")
        self.setPlaceholderText(placeholder)
        self.setAcceptDrops(False)  # a file let fall here is for the window
        self.setMinimumHeight(self.fontMetrics().height() + FIELD_ROOM)
        self.textEdited.connect(self.edited)
        self.returnPressed.connect(self.done)
        self.textChanged.connect(self._show_hint)

    @property
    @override
    def words(self) -> str:
        """What stands in the field."""
        return self.text().strip()

    def put(self, stored: str, typed: str | None = None) -> None:
        """Show what is stored, or what was typed over it before; the caret stays if nothing changes."""
        self._stored = stored
        shown = stored if typed is None else typed
        if self.text() != shown and self.words != shown:
            self.setText(shown)
            self.setCursorPosition(0)

    def enter(self) -> None:
        """Take the keyboard, with everything selected."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    def _show_hint(self, text: str) -> None:
        self.setToolTip(text if self.fontMetrics().horizontalAdvance(text) > self.width() - 16 else "")


class TextField(_Field, QTextEdit):
    """A field of plain text that grows with its lines; Tab goes on to the next field."""

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "field")
        self.setPlaceholderText(placeholder)
        self.setAcceptRichText(False)
        for widget in (self, self.viewport()):
            widget.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self.edited)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow(self.document().size())

    @property
    @override
    def words(self) -> str:
        """What stands in the field."""
        return self.toPlainText().strip()

    def put(self, stored: str, typed: str | None = None) -> None:
        """Show what is stored, or what was typed over it before; the caret stays if nothing changes."""
        self._stored = stored
        shown = stored if typed is None else typed
        if self.words != shown:
            with QSignalBlocker(self):
                self.setPlainText(shown)

    def enter(self) -> None:
        """Take the keyboard, with everything selected."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    def _grow(self, size: QSizeF) -> None:
        around = self.height() - self.viewport().height() if self.isVisible() else 8
        self.setFixedHeight(max(self.fontMetrics().height() + FIELD_ROOM, round(size.height()) + around))


Field = LineField | TextField
