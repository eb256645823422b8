"""The search box: finds in the text and in the table beside it at once."""

from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from app.ui.views.report_view import ReportView


class Narrowed(Protocol):
    """A table that can be narrowed to rows with a text."""

    def set_text(self, text: str) -> None:
        """Show only rows that hold a text; "" shows all."""


class SearchBox(QLineEdit):
    """Highlights hits while one types; Enter goes to the next, Esc clears and returns to the text.

    `counted`: how many hits the text has, in words, "" when nothing is searched for.
    """

    counted = Signal(str)

    def __init__(self, view: ReportView, panel: Narrowed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._panel = panel
        self.setPlaceholderText("搜索原文和任务   /")
        self.setAccessibleName("搜索原文和任务")
        self.setClearButtonEnabled(True)
        self.setAcceptDrops(False)  # a file let fall here is for the window
        self.setFixedWidth(200)
        self.textChanged.connect(self._search)
        self.returnPressed.connect(self.next_hit)

    def begin(self) -> None:
        """Go into the box with its words selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def next_hit(self) -> None:
        """Go to the next hit in the text."""
        self._view.next_hit()

    def previous_hit(self) -> None:
        """Go to the hit before."""
        self._view.next_hit(backwards=True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self._view.setFocus()
            return
        super().keyPressEvent(event)

    def _search(self, words: str) -> None:
        count = self._view.set_search(words.strip())
        self._panel.set_text(words.strip())
        self.counted.emit(f"{count}处" if words.strip() else "")
