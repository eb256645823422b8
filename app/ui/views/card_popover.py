"""A small editor over the window, beside what it edits; no window of its own, so input methods work in it."""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from typing_extensions import override

EDGE = 8


class Popover(QFrame):
    """Opens at a place of another widget, closes on Esc or when the keyboard goes elsewhere.

    The keyboard then goes back to where it was.
    """

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "popover")
        self.setAutoFillBackground(True)
        self._back: QWidget | None = None
        self.hide()

    def open_at(self, anchor: QWidget, place: QRect, focus: QWidget) -> None:
        """Open below a place of the anchor, above it where there is no room, inside the window."""
        window = anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        if not self.isVisible():
            self._back = QApplication.focusWidget()
            app = QApplication.instance()
            if isinstance(app, QApplication):
                app.focusChanged.connect(self._watch)
        self.adjustSize()
        self._settle_at(QRect(anchor.mapTo(window, place.topLeft()), place.size()), window.rect())
        self.show()
        self.raise_()
        focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Close, and give the keyboard back."""
        if self.isHidden():
            return
        back = self._back
        self._close()
        if back is not None:
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def event(self, event: QEvent) -> bool:
        is_key = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_key and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        # a key that no field wants must not reach what lies below

    @override
    def focusNextPrevChild(self, is_next: bool) -> bool:
        # round and round inside: past the last field the editor would close, and what was typed be lost
        fields = self._fields()
        here = QApplication.focusWidget()
        if not fields:
            return False
        step = 1 if is_next else -1
        at = fields.index(here) + step if here in fields else 0
        fields[at % len(fields)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _fields(self) -> list[QWidget]:
        """What takes the keyboard here, in Tab's order."""
        found: list[QWidget] = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if self.isAncestorOf(widget) and takes_tab and widget.isVisible() and widget.isEnabled():
                found.append(widget)
            widget = widget.nextInFocusChain()
        return found

    def _settle_at(self, place: QRect, window: QRect) -> None:
        """Grow to the place's width, and keep inside the window."""
        room = window.adjusted(EDGE, EDGE, -EDGE, -EDGE)
        width = min(max(self.width(), min(place.width(), 420)), room.width())
        height = min(self.height(), room.height())
        x = max(room.left(), min(place.left(), room.right() - width + 1))
        y = place.bottom() + 3
        if y + height > room.bottom():
            above = place.top() - 3 - height
            y = above if above >= room.top() else room.bottom() - height + 1
        self.setGeometry(QRect(QPoint(x, y), QPoint(x + width - 1, y + height - 1)))

    def _close(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._watch)
        self._back = None
        self.hide()
        self.closed.emit()

    def _watch(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Close when the keyboard goes elsewhere in the program; another program's window leaves it open."""
        inside: QWidget | None = new
        while inside is not None and inside is not self:
            # not isAncestorOf: a combo box's list is a window of its own
            inside = inside.parentWidget()
        if new is not None and inside is None:
            self._close()
