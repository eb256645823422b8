"""The marks of the blocks that are seen: found, laid out and kept until they change."""

from bisect import insort
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextBlock, QTextDocument, QTextLine

from app.domain.marks import TASK, Mark
from app.domain.report import ShownText
from app.ui.offsets import DocumentMap
from app.ui.views.report_document import size_factor
from app.ui.views.report_lines import (
    HIT,
    Line,
    Place,
    Row,
    lines_of,
    lines_under,
    order,
    piece_of,
    rows_of,
)
from app.ui.views.report_margin import PILLS_END, Numbers, Pill, paint_pills, pills
from app.ui.views.report_marks import MarkIndex
from app.ui.views.report_painting import (
    REACH_ABOVE,
    REACH_BELOW,
    Focus,
    Look,
    Strokes,
    joined,
    paint_over,
    paint_under,
)
from app.ui.views.report_places import Places, Terms
from app.ui.views.report_search import Hits

_KEPT = 100
"""Blocks whose layout is kept; about four screens of them."""


class Laid:
    """A place on one line, and what it is painted with once it was painted."""

    __slots__ = ("lane", "place", "strokes")

    def __init__(self, place: Place) -> None:
        self.place = place
        self.lane = 0
        self.strokes: Strokes | None = None


class Drawing(NamedTuple):
    """A block's lines with what is laid on each, and the strokes of those lines that were painted since."""

    lines: tuple[Line, ...]
    rows: list[list[Laid]]
    strokes: list[Strokes | None]


class Seen(NamedTuple):
    """A block that is seen: its index among the shown blocks, and where it begins in the document."""

    number: int
    origin: QPointF
    drawing: Drawing


class Canvas:
    """Paints the marks over one document. Coordinates are the document's, in pixels.

    Whoever changes the document's layout says so with `forget`.
    """

    def __init__(self, shown: ShownText, offsets: DocumentMap, document: QTextDocument, look: Look) -> None:
        self.shown = shown
        self.offsets = offsets
        self.document = document
        self.places = Places(shown, offsets)
        self.focus = Focus()
        self.numbers: Numbers = {}
        self._look = look
        self._drawings: dict[int, Drawing] = {}

    # --- what changes

    def forget(self, look: Look | None = None) -> None:
        """Lay out anew whatever is seen next, with another look if one is given."""
        self._look = look or self._look
        self._drawings.clear()

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Take these marks for all others."""
        self.places.marks = MarkIndex(marks)
        self.forget()

    def set_hits(self, hits: Hits) -> None:
        """Show these search hits for all others."""
        self.places.hits = hits
        self.focus = self.focus._replace(hit=-1)
        self.forget()

    def set_terms(self, terms: Terms) -> None:
        """Underline the terms that a note explains."""
        self.places.terms = terms
        self.forget()

    def patch(self, removed: Iterable[Mark], added: Iterable[Mark]) -> list[QRectF]:
        """Forget some marks and take in others; returns where to paint anew. Costs O(changed)."""
        changed: dict[tuple[int, int], bool] = {}
        for mark in removed:
            self.places.marks.discard(mark)
            for index, number, place in self._rows_under(mark):
                row = self._drawings[index].rows[number]
                row[:] = [laid for laid in row if laid.place != place]
                changed[index, number] = changed.get((index, number), False) or mark.kind == TASK
        for mark in added:
            self.places.marks.add(mark)
            for index, number, place in self._rows_under(mark):
                insort(self._drawings[index].rows[number], Laid(place), key=_order)
                changed[index, number] = changed.get((index, number), False) or mark.kind == TASK
        return [self._repaint(*line, in_margin=in_margin) for line, in_margin in changed.items()]

    def set_focus(self, focus: Focus) -> list[QRectF]:
        """Make a task, a tag and a hit current; returns where to paint anew."""
        old, self.focus = self.focus, focus
        pairs = ((old.task_id, focus.task_id), (old.tag_id, focus.tag_id), (old.hit, focus.hit))
        keys: set[str | int] = {key for pair in pairs if pair[0] != pair[1] for key in pair} - {"", -1}
        boxes = []
        for index, drawing in self._drawings.items():
            for number, row in enumerate(drawing.rows):
                touched = [laid for laid in row if _touches(laid.place.mark, keys)]
                for laid in touched:
                    laid.strokes = None
                if touched:
                    boxes.append(self._repaint(index, number, in_margin=True))
        return boxes

    # --- painting

    def paint_under(self, painter: QPainter, clip: QRectF) -> list[Seen]:
        """Paint what lies under the text; returns the blocks seen, for `paint_over`."""
        if len(self._drawings) > _KEPT:
            self._drawings.clear()
        seen = list(self.seen(clip))
        for block in seen:
            left, top = round(block.origin.x()), round(block.origin.y())
            painter.translate(left, top)
            paint_under(painter, self._strokes(block, clip))
            painter.translate(-left, -top)
        return seen

    def paint_over(self, painter: QPainter, clip: QRectF, seen: list[Seen]) -> None:
        """Paint what lies over the text, and the task numbers."""
        for block in seen:
            left, top = round(block.origin.x()), round(block.origin.y())
            painter.translate(left, top)
            paint_over(painter, self._strokes(block, clip))
            painter.translate(-left, -top)
        look = self._look
        if clip.left() < PILLS_END * look.unit:
            found = self._pills(seen, clip)
            paint_pills(painter, found, self.numbers, self.focus.task_id, look.colours, look.unit)

    def seen(self, clip: QRectF) -> Iterator[Seen]:
        """The blocks that show in a stretch of the document, in order."""
        layout = self.document.documentLayout()
        reach = REACH_BELOW * self._look.unit
        block = self._first_block(clip, reach)
        while block.isValid():
            box = layout.blockBoundingRect(block)
            if box.top() - reach > clip.bottom():
                return
            index = self.offsets.index(block.blockNumber())
            if index is not None and box.bottom() + reach >= clip.top():
                yield Seen(index, box.topLeft(), self._drawing(index, block))
            block = block.next()

    def pill_at(self, point: QPointF) -> str | None:
        """The task whose number stands at a point."""
        around = QRectF(0, point.y() - 1, 1, 2)
        found = self._pills(self.seen(around), around)
        return next((pill.task_id for pill in found if pill.box.contains(point)), None)

    # --- inside

    def _first_block(self, clip: QRectF, reach: float) -> QTextBlock:
        """The block before the one at the top, whose last line may reach down to it."""
        layout = self.document.documentLayout()
        middle = self.document.rootFrame().frameFormat().leftMargin() + 1
        at = layout.hitTest(QPointF(middle, clip.top() - reach), Qt.HitTestAccuracy.FuzzyHit)
        block = self.document.findBlock(max(0, at))
        before = block.previous()
        return before if before.isValid() else block

    def _drawing(self, index: int, block: QTextBlock) -> Drawing:
        drawing = self._drawings.get(index)
        if drawing is None:
            layout = block.layout()
            layout.setCacheEnabled(True)  # else Qt shapes the block anew for each of its strips
            lines = lines_of(layout, self._look.em * size_factor(self.shown.blocks[index]))
            rows = [list(map(Laid, row)) for row in rows_of(lines, self.places.of_block(index))]
            drawing = self._drawings[index] = Drawing(lines, rows, [None] * len(lines))
        return drawing

    def _rows_under(self, mark: Mark) -> Iterator[tuple[int, int, Place]]:
        """(block, line, place) for each line under a mark of the blocks that are laid out."""
        for index, place in self.places.of_mark(mark):
            drawing = self._drawings.get(index)
            if drawing is not None:
                for number in lines_under(place, [line.start for line in drawing.lines]):
                    yield index, number, place

    def _block(self, index: int) -> QTextBlock:
        return self.document.findBlockByNumber(self.offsets.number(index))

    def _repaint(self, index: int, number: int, *, in_margin: bool) -> QRectF:
        """Forget a line's strokes; returns the stretch of the page that they, and its numbers, may reach."""
        drawing = self._drawings[index]
        drawing.strokes[number] = None
        line, unit = drawing.lines[number], self._look.unit
        y = self.document.documentLayout().blockBoundingRect(self._block(index)).top()
        left = 0.0 if in_margin else PILLS_END * unit
        top, bottom = y + line.top - REACH_ABOVE * unit, y + line.bottom + REACH_BELOW * unit
        return QRectF(left, top, self.document.pageSize().width() - left, bottom - top)

    def _lines_in(self, seen: Seen, clip: QRectF) -> Iterator[tuple[int, Line]]:
        """The lines of a block whose marks may reach into the clip."""
        reach, y = REACH_BELOW * self._look.unit, seen.origin.y()
        low, high = clip.top() - y - reach, clip.bottom() - y + reach
        for number, line in enumerate(seen.drawing.lines):
            if line.bottom >= low and line.top <= high:
                yield number, line

    def _strokes(self, seen: Seen, clip: QRectF) -> Iterator[Strokes]:
        """The strokes of the lines in the clip, made now where they are not there yet."""
        drawing = seen.drawing
        for number, line in self._lines_in(seen, clip):
            strokes = drawing.strokes[number]
            if strokes is None:
                handle = self._block(seen.number).layout().lineAt(number)
                strokes = drawing.strokes[number] = self._draw(handle, line, drawing.rows[number])
            yield strokes

    def _draw(self, handle: QTextLine, line: Line, row: list[Laid]) -> Strokes:
        """The strokes of a line; what is laid as before is not drawn again."""
        look, found = self._look, []
        for laid, lane in zip(row, look.lanes([laid.place for laid in row]), strict=True):
            if laid.strokes is None or laid.lane != lane:
                piece = piece_of(handle, line, laid.place, lane)
                laid.lane, laid.strokes = lane, look.strokes(line, piece, self.focus)
            found.append(laid.strokes)
        return joined(found, look.letter_side)

    def _pills(self, seen: Iterable[Seen], clip: QRectF) -> list[Pill]:
        rows: list[tuple[float, Line, Row]] = [
            (block.origin.y(), line, [laid.place for laid in block.drawing.rows[number]])
            for block in seen
            for number, line in self._lines_in(block, clip)
        ]
        return pills(rows, self.numbers, self._look.unit)


def _order(laid: Laid) -> tuple[int, int, int, str]:
    return order(laid.place)


def _touches(mark: Mark, keys: set[str | int]) -> bool:
    """Whether a mark is, or belongs to, one of these: ids of tasks and tags, shown offsets of hits."""
    return mark.start in keys if mark.kind == HIT else mark.task_id in keys or mark.id in keys
