"""The keyboard of the effort benchmark: every key goes into the focused widget and is counted by its reason."""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.spans import Span
from app.ui.views.report_view import ReportView

MOST_MOVES = 400
PATIENCE = 10.0
"""Seconds that the window may take to be ready for the next key."""

_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}
_NAMES = {"-": "Minus", ".": "Period", "%": "Percent"}
_Move = QTextCursor.MoveOperation
MOVES = {
    "Right": _Move.Right,
    "Left": _Move.Left,
    "Down": _Move.Down,
    "Up": _Move.Up,
    "End": _Move.EndOfLine,
    "Home": _Move.StartOfLine,
    "Ctrl+Right": _Move.NextWord,
    "Ctrl+Left": _Move.PreviousWord,
}
"""The keys that move the caret; with Shift they select."""


class StuckError(Exception):
    """The window did not do what the key is for."""


class Keyboard:
    """Presses keys as "Enter" or "Ctrl+Z"; a key with its modifiers counts as one press."""

    def __init__(self, view: ReportView) -> None:
        self._view = view
        self._reason = "accept"
        self.counts: Counter[str] = Counter()

    @contextmanager
    def because(self, reason: str) -> Iterator[None]:
        """Count what is pressed inside under a reason."""
        before, self._reason = self._reason, reason
        yield
        self._reason = before

    def press(self, *keys: str) -> None:
        """Press keys one after the other, each where the keyboard is."""
        for chord in keys:
            *held, name = chord.split("+")
            modifiers = Qt.KeyboardModifier.NoModifier
            for modifier in held:
                modifiers |= _MODIFIERS[modifier]
            key = getattr(Qt.Key, f"Key_{_NAMES.get(name, name.upper() if len(name) == 1 else name)}")
            QTest.keyClick(self._focused(), key, modifiers)
            self.counts[self._reason] += 1
            QApplication.processEvents()

    def type(self, words: str) -> None:
        """Type letters, digits and signs that have a key of their own."""
        self.press(*words)

    # --- the caret

    def go_to(self, is_there: Callable[[int], bool]) -> None:
        """Move the caret by the fewest keys to before a source character that pleases."""
        self._move(lambda cursor: _pleases(self._source(cursor.position()), is_there), "")

    def select_to(self, end: int, is_enough: Callable[[Span], bool]) -> None:
        """Select from the caret on to a source offset, or until the selection, snapped to words, is enough."""

        def is_there(cursor: QTextCursor) -> bool:
            chosen = self._view.selected_span()
            is_here = cursor.position() == self._view.textCursor().position()
            if is_here and chosen is not None and is_enough(chosen):
                return True
            before = self._source(cursor.position() - 1)
            return before is not None and before + 1 == end

        self._move(is_there, "Shift+")

    def way(self, is_there: Callable[[int], bool]) -> list[str]:
        """The fewest moves from the caret to before a source character that pleases."""
        return self._way(lambda cursor: _pleases(self._source(cursor.position()), is_there), "")

    def _way(self, is_there: Callable[[QTextCursor], bool], held: str) -> list[str]:
        """Breadth first. Up and Down keep their column in the plan as they do in the view."""
        # without Shift a selection ends where it is: the plan must do as the view does
        mode = QTextCursor.MoveMode.KeepAnchor if held else QTextCursor.MoveMode.MoveAnchor
        here = QTextCursor(self._view.textCursor())
        if is_there(here):
            return []
        waiting: deque[tuple[QTextCursor, list[str]]] = deque([(here, [])])
        seen = {here.position()}
        while waiting:
            cursor, keys = waiting.popleft()
            for name, move in MOVES.items():
                moved = QTextCursor(cursor)
                moved.movePosition(move, mode)
                if moved.position() in seen:
                    continue
                seen.add(moved.position())
                if is_there(moved):
                    return [*keys, name]
                waiting.append((moved, [*keys, name]))
        raise StuckError("no keys lead there")

    def _move(self, is_there: Callable[[QTextCursor], bool], held: str) -> None:
        """Press the first key of the plan, and plan anew: a plan may be wrong, what the window shows is not."""
        for _ in range(MOST_MOVES):
            keys = self._way(is_there, held)
            if not keys:
                return
            self.press(held + keys[0])
        raise StuckError("the caret does not arrive")

    def _source(self, position: int) -> int | None:
        """The source offset of the character after a position of the document."""
        canvas = self._view._canvas
        return canvas.shown.source_at(canvas.offsets.offset(position)) if position >= 0 else None

    def _focused(self) -> QWidget:
        """The widget that has the keyboard, once the window or its dialog has become active.

        Without a desktop nobody gives the keyboard back to the window when a dialog closes: done here.
        """
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            dialog, focused = QApplication.activeModalWidget(), QApplication.focusWidget()
            if dialog is not None and dialog.isActiveWindow():
                return focused or dialog
            if dialog is None and focused is not None:
                return focused
            if dialog is None:
                self._view.window().activateWindow()
            QApplication.processEvents()
        raise StuckError("nothing has the keyboard")


def _pleases(offset: int | None, is_there: Callable[[int], bool]) -> bool:
    return offset is not None and is_there(offset)
