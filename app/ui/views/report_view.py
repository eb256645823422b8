"""The left half of the window: the report as it reads, its marks, and what the caret and the mouse are on."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPagedPaintDevice, QTextCursor, QTextDocument
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from app.domain.marks import TASK, Mark
from app.domain.note_terms import NotedTerm
from app.domain.spans import Span
from app.ui.views.report_margin import DRAFT, SUGGESTED
from app.ui.views.report_page import ReportPage
from app.ui.views.report_painting import Focus
from app.ui.views.report_places import Terms
from app.ui.views.report_search import Hits

Snapper = Callable[[str, Span], Span]
"""(the text of a line, a span in it) -> the span widened or narrowed to words."""

Noted = Callable[[Span], Sequence[NotedTerm]]
"""(a source span) -> the terms in it that a note explains, in order."""

_REVEALED_AT = 0.42
"""Where on the page a revealed place is put, as a share of its height: within the middle third."""
NOTE_TIME = 5_000
"""How long a note shown by key stays at least, in milliseconds."""


class ReportView(ReportPage):
    """Shows one report and its marks. Offsets are the source text's unless they are named shown.

    `caret_moved` carries a source offset or None, and is silent while `reveal` moves the caret;
    `mark_clicked` carries a Mark.
    """

    caret_moved = Signal(object)
    mark_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snap: Snapper | None = None
        self._tooltip: Callable[[Mark], str] | None = None
        self._noted: Noted | None = None
        self._tells_note = False
        self._exact = Span(0, 0)
        self._is_revealing = False
        self.cursorPositionChanged.connect(self._announce_caret)
        self.cursorPositionChanged.connect(self._hide_note)

    # --- marks

    def set_marks(self, marks: Iterable[Mark], numbers: Mapping[str, int]) -> None:
        """Show these marks and no others; `numbers` by task id, the state of a task is that of its mark."""
        self._canvas.set_marks(marks)
        suggested = self._canvas.places.marks.suggested_tasks() if numbers else set()
        self._canvas.numbers = {i: (n, SUGGESTED if i in suggested else DRAFT) for i, n in numbers.items()}
        self.viewport().update()

    def patch_marks(self, removed: Iterable[Mark], added: Iterable[Mark]) -> None:
        """Take some marks away and others in; only the lines they touch are painted again."""
        self._update(self._canvas.patch(removed, added))

    def set_numbers(self, numbers: Mapping[str, tuple[int, str]]) -> None:
        """By task id: the number, and one of "suggested", "draft", "confirmed"."""
        if numbers == self._canvas.numbers:
            return
        self._canvas.numbers = dict(numbers)
        self.viewport().update(0, 0, round(self._margins()[0]), self.viewport().height())

    def set_current(self, task_id: str | None, tag_id: str | None) -> None:
        """Show a task, and one of its tags, as the current ones."""
        focus = Focus(task_id or "", tag_id or "", self._canvas.focus.hit)
        self._update(self._canvas.set_focus(focus))

    def set_tooltip(self, tooltip: Callable[[Mark], str]) -> None:
        """What a mark says while the mouse rests on it; "" for nothing."""
        self._tooltip = tooltip

    def mark_at(self, pos: QPoint) -> Mark | None:
        """The shortest mark at a point of the viewport, or the task whose number is there."""
        point = self._in_document(QRectF(QPointF(pos), QPointF(pos))).topLeft()
        task_id = self._canvas.pill_at(point)
        if task_id is not None:
            return next((m for m in self._canvas.places.marks.of_task(task_id) if m.kind == TASK), None)
        at = self.document().documentLayout().hitTest(point, Qt.HitTestAccuracy.ExactHit)
        found = self._canvas.places.at(self._canvas.offsets.offset(at)) if at >= 0 else []
        return found[0] if found else None

    # --- notes

    def set_notes(self, noted: Noted | None) -> None:
        """How the terms that notes explain are found; None for a report without notes. Marks are painted anew."""
        self._noted = noted
        self._canvas.set_terms(_spans_by(noted))
        self.viewport().update()

    def show_note(self) -> bool:
        """Show the note of the term at the caret, or go to the next term of the line and show its; False without."""
        term = self._next_term()
        if term is None:
            return False
        here = self.caret_source()
        if here is None or not term.span.start <= here <= term.span.end:
            self.reveal(term.span)
            self._announce_caret()
        at = self._line_at(self.textCursor().position()).bottomLeft().toPoint()
        self._tells_note = True
        words = note_words(term)
        QToolTip.showText(
            self.viewport().mapToGlobal(at), words, self.viewport(), QRect(), NOTE_TIME + 100 * len(words)
        )
        return True

    # --- places

    def reveal(self, span: Span) -> None:
        """Put the caret at a source span, without a selection and without `caret_moved`.

        Scrolls only if the place is not comfortably in sight already, and then into the middle third.
        """
        shown = self._canvas.shown.to_shown(span)
        if shown is not None:
            start = self._canvas.offsets.position(shown.start)
            self._go(start, self._canvas.offsets.position(shown.end), caret_only=True)

    def bring_up(self) -> None:
        """Scroll what was revealed into the upper part, also where it is in sight: a list may stand over the foot."""
        self._scroll_to(self.textCursor().position(), _REVEALED_AT)

    def caret_source(self) -> int | None:
        """The source offset of the character after the caret, at a line's end of that before it plus one.

        None where the line has no source.
        """
        at = self._canvas.offsets.offset(self.textCursor().position())
        here = self._canvas.shown.source_at(at)
        if here is None and at > 0:
            before = self._canvas.shown.source_at(at - 1)
            here = None if before is None else before + 1
        return here

    def selected_span(self, *, exact: bool = False) -> Span | None:
        """The source span of the selection, snapped to words unless `exact` or made with Ctrl held."""
        shown = self._selected()
        if shown.start == shown.end:
            return None
        if self._snap is not None and not exact and shown != self._exact:
            shown = self._snapped(shown, self._snap)
        return self._canvas.shown.to_source(shown)

    def set_snapper(self, snap: Snapper) -> None:
        """How a selection is made to end with words."""
        self._snap = snap

    def drop_selection(self) -> None:
        """Keep the caret, forget the selection."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            cursor.clearSelection()
            self.setTextCursor(cursor)

    def visible_source_span(self) -> Span | None:
        """The source span of the blocks in sight, None if none of them has a source."""
        seen = list(self._canvas.seen(self._in_document(QRectF(self.viewport().rect()))))
        if not seen:
            return None
        blocks = self._canvas.shown.blocks
        return self._canvas.shown.to_source(Span(blocks[seen[0].number].start, blocks[seen[-1].number].end))

    # --- search and print

    def set_search(self, text: str) -> int:
        """Show all places of a text; returns how many there are. "" ends the search."""
        hits = Hits(self._canvas.shown.text, text)
        self._canvas.set_hits(hits)
        self.viewport().update()
        return len(hits)

    def next_hit(self, *, backwards: bool = False) -> bool:
        """Select the next hit from the caret on, round the end if need be; False if there is none."""
        here, hits = self._selected(), self._canvas.places.hits
        hit = hits.before(here.start) if backwards else hits.after(here.end)
        if hit is None:
            return False
        self._update(self._canvas.set_focus(self._canvas.focus._replace(hit=hit.start)))
        self._exact = hit  # what was searched for is wanted as it is
        position = self._canvas.offsets.position
        self._go(position(hit.start), position(hit.end), caret_only=False)
        self._announce_caret()
        return True

    def to_print_document(self) -> QTextDocument:
        """A document for paper: the text with its tags as formats and its task numbers in the text."""
        from app.ui.views.report_printing import print_document

        return print_document(self._canvas, self._styles)

    def print_to(self, printer: QPagedPaintDevice) -> None:
        """Print the report with its tags."""
        self.to_print_document().print_(printer)

    # --- Qt

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = self.mark_at(event.pos())
            words = self._tooltip(mark) if mark and self._tooltip else ""
            QToolTip.showText(event.globalPos(), words or self._note_at(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        extends = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.button() == Qt.MouseButton.LeftButton and not extends:
            self.drop_selection()  # else a press on it would drag the words away instead of selecting anew
        super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        is_exact = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        self._exact = self._selected() if is_exact else Span(0, 0)
        if not self.textCursor().hasSelection():
            mark = self.mark_at(event.position().toPoint())
            if mark is not None:
                self.mark_clicked.emit(mark)

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        shown = self._selected()
        data.setText(self._canvas.shown.text[shown.start : shown.end])
        return data

    # --- inside

    def _note_at(self, pos: QPoint) -> str:
        """The note of the term under a point of the viewport; "" for none."""
        point = self._in_document(QRectF(QPointF(pos), QPointF(pos))).topLeft()
        at = self.document().documentLayout().hitTest(point, Qt.HitTestAccuracy.ExactHit)
        source = self._canvas.shown.source_at(self._canvas.offsets.offset(at)) if at >= 0 else None
        if self._noted is None or source is None:
            return ""
        return next((note_words(term) for term in self._noted(Span(source, source + 1))), "")

    def _next_term(self) -> NotedTerm | None:
        """The term around the caret, else the first behind it on its line."""
        here = self.caret_source()
        if self._noted is None or here is None:
            return None
        number = self._canvas.offsets.block_at(self._canvas.offsets.offset(self.textCursor().position()))
        block = self._canvas.shown.blocks[number]
        source = self._canvas.shown.to_source(Span(block.start, block.end))
        terms = self._noted(source) if source else ()
        return next((term for term in terms if here <= term.span.end), None)

    def _hide_note(self) -> None:
        if self._tells_note:
            self._tells_note = False
            QToolTip.hideText()

    def _selected(self) -> Span:
        """The shown span of the selection; over several cells of a table it is these cells, as the page shows it."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        if cursor.hasComplexSelection():
            table = cursor.currentTable()
            corners = [table.cellAt(at) for at in (start, end)]
            rows, columns = [cell.row() for cell in corners], [cell.column() for cell in corners]
            start = table.cellAt(min(rows), min(columns)).firstPosition()
            end = table.cellAt(max(rows), max(columns)).lastPosition()
        return self._canvas.offsets.span(start, end)

    def _snapped(self, shown: Span, snap: Snapper) -> Span:
        """Snap both ends, each within its own line: segmenting a line is quick, the whole text is not."""
        text, blocks, block_at = (
            self._canvas.shown.text,
            self._canvas.shown.blocks,
            self._canvas.offsets.block_at,
        )
        first, last = blocks[block_at(shown.start)], blocks[block_at(shown.end - 1)]
        head = Span(shown.start - first.start, min(shown.end, first.end) - first.start)
        tail = Span(max(shown.start, last.start) - last.start, min(shown.end, last.end) - last.start)
        start = first.start + snap(text[first.start : first.end], head).start
        return Span(start, last.start + snap(text[last.start : last.end], tail).end)

    def _go(self, start: int, end: int, *, caret_only: bool) -> None:
        """Bring a stretch of the document into sight; put the caret before it, or select it."""
        if not self._is_comfortable(start, end):
            self._scroll_to(start, _REVEALED_AT)
        cursor = self.textCursor()
        cursor.setPosition(start)
        if not caret_only:
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._is_revealing = True
        self.setTextCursor(cursor)
        self._is_revealing = False

    def _is_comfortable(self, start: int, end: int) -> bool:
        """Whether a stretch is in sight with a line to spare above and below; of a long one, its beginning."""
        first, last = self._line_at(start), self._line_at(end)
        height, spare = self.viewport().height(), 2 * first.height()
        bottom = min(last.bottom(), first.top() + height / 2)
        return first.top() >= spare and bottom <= height - spare

    def _announce_caret(self) -> None:
        if not self._is_revealing:
            self.caret_moved.emit(self.caret_source())


def note_words(term: NotedTerm) -> str:
    """A note as a tip: rich text, which breaks its lines."""
    note = term.note
    from html import escape  # its table of entities is only for this

    words = escape(note.text).replace("\n", "<br>")
    return f"<b>{escape(note.term)}</b><br>{words}" if note.term else f"<p>{words}</p>"


def _spans_by(noted: Noted | None) -> Terms:
    return lambda source: () if noted is None else [term.span for term in noted(source)]
