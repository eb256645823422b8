"""The marks of the blocks that are seen: found, laid out and kept until they change."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextBlock, QTextDocument

from app.domain.marks import TASK, Mark
from app.domain.report import Block, RunMap, ShownText
from app.domain.spans import Span
from app.ui.offsets import DocumentMap
from app.ui.views.report_document import size_factor
from app.ui.views.report_lines import HIT, Line, Place, Row, lines_of, pieces_of, rows_of
from app.ui.views.report_margin import Numbers, Pill, paint_pills, pills
from app.ui.views.report_marks import MarkIndex
from app.ui.views.report_painting import (
    REACH_ABOVE,
    REACH_BELOW,
    Focus,
    Look,
    Strokes,
    paint_over,
    paint_under,
)
from app.ui.views.report_search import Hits

_KEPT = 100
"""Blocks whose layout is kept; about four screens of them."""


class Seen(NamedTuple):
    """A block that is seen: its index among the blocks, where it begins in the document, and its rows."""

    number: int
    origin: QPointF
    drawing: "Drawing"


@dataclass(slots=True)
class Drawing:
    """A block's lines with the row on each, and the strokes of those lines that were painted since."""

    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    strokes: list[Strokes | None]


class Canvas:
    """Paints the marks over one document. Coordinates are the document's, in pixels.

    Whoever changes the document's layout says so with `forget`.
    """

    def __init__(self, shown: ShownText, offsets: DocumentMap, document: QTextDocument, look: Look) -> None:
        self.shown = shown
        self.offsets = offsets
        self.document = document
        self.marks = MarkIndex()
        self.hits = Hits()
        self.focus = Focus()
        self.numbers: Numbers = {}
        self._look = look
        self._run_starts = [run.shown for run in shown.runs]
        self._drawings: dict[int, Drawing] = {}

    # --- what changes

    def forget(self, look: Look | None = None) -> None:
        """Lay out anew whatever is seen next, with another look if one is given."""
        self._look = look or self._look
        self._drawings.clear()

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Take these marks for all others."""
        self.marks = MarkIndex(marks)
        self.forget()

    def set_hits(self, hits: Hits) -> None:
        """Show these search hits for all others."""
        self.hits = hits
        self.focus = self.focus._replace(hit=-1)
        self.forget()

    def patch(self, removed: Iterable[Mark], added: Iterable[Mark]) -> list[QRectF]:
        """Forget some marks and take in others; returns where to paint anew. Costs O(changed)."""
        touched: set[int] = set()
        for mark in removed:
            self.marks.discard(mark)
            touched.update(self._blocks_of(mark))
        for mark in added:
            self.marks.add(mark)
            touched.update(self._blocks_of(mark))
        return [box for index in sorted(touched & self._drawings.keys()) for box in self._redraw(index)]

    def set_focus(self, focus: Focus) -> list[QRectF]:
        """Make a task, a tag and a hit current; returns where to paint anew."""
        old, self.focus = self.focus, focus
        pairs = ((old.task_id, focus.task_id), (old.tag_id, focus.tag_id), (old.hit, focus.hit))
        keys: set[str | int] = {key for pair in pairs if pair[0] != pair[1] for key in pair} - {"", -1}
        boxes = []
        for index, drawing in self._drawings.items():
            for number, row in enumerate(drawing.rows):
                if any(_touches(place.mark, keys) for place, _ in row):
                    drawing.strokes[number] = None
                    boxes.append(self._line_box(index, drawing.lines[number]))
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
        shown = [pill for pill in self._pills(seen) if pill.box.intersects(clip)]
        paint_pills(painter, shown, self.numbers, self.focus.task_id, look.colours, look.unit)

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
            if index is not None:
                yield Seen(index, box.topLeft(), self._drawing(index, block))
            block = block.next()

    def pill_at(self, point: QPointF) -> str | None:
        """The task whose number stands at a point."""
        around = QRectF(0, point.y() - 1, 1, 2)
        return next((p.task_id for p in self._pills(list(self.seen(around))) if p.box.contains(point)), None)

    def marks_at(self, offset: int) -> list[Mark]:
        """The marks over a shown character, the shortest first."""
        span = self.shown.to_source(Span(offset, offset + 1))
        found = self.marks.within(span) if span else []
        return sorted(found, key=lambda m: (m.end - m.start, m))

    # --- inside

    def _first_block(self, clip: QRectF, reach: float) -> QTextBlock:
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
            lines = lines_of(layout, self._em(index))
            rows = rows_of(lines, self._places(index))
            drawing = self._drawings[index] = Drawing(lines, rows, [None] * len(lines))
        return drawing

    def _em(self, index: int) -> float:
        return self._look.em * size_factor(self.shown.blocks[index])

    def _redraw(self, index: int) -> list[QRectF]:
        """Place a block's marks again; the lines whose rows are as before keep their strokes."""
        drawing = self._drawings[index]
        rows = rows_of(drawing.lines, self._places(index))
        changed = [number for number, row in enumerate(rows) if row != drawing.rows[number]]
        drawing.rows = rows
        for number in changed:
            drawing.strokes[number] = None
        return [self._line_box(index, drawing.lines[number]) for number in changed]

    def _block(self, index: int) -> QTextBlock:
        return self.document.findBlockByNumber(self.offsets.number(index))

    def _line_box(self, index: int, line: Line) -> QRectF:
        y = self.document.documentLayout().blockBoundingRect(self._block(index)).top()
        unit = self._look.unit
        box = QRectF(0, y + line.top - REACH_ABOVE * unit, self.document.pageSize().width(), 0)
        box.setBottom(y + line.bottom + REACH_BELOW * unit)
        return box

    def _strokes(self, seen: Seen, clip: QRectF) -> Iterator[Strokes]:
        """The strokes of the block's lines that the clip touches, made now if they are not there yet."""
        reach, drawing = REACH_BELOW * self._look.unit, seen.drawing
        low, high = clip.top() - seen.origin.y() - reach, clip.bottom() - seen.origin.y() + reach
        for number, line in enumerate(drawing.lines):
            if line.bottom >= low and line.top <= high:
                found = drawing.strokes[number]
                if found is None:
                    handle = self._block(seen.number).layout().lineAt(number)
                    pieces = pieces_of(handle, line, drawing.rows[number])
                    found = drawing.strokes[number] = self._look.strokes(line, pieces, self.focus)
                yield found

    def _pills(self, seen: Iterable[Seen]) -> list[Pill]:
        rows: list[tuple[float, Line, Row]] = [
            (block.origin.y(), line, row)
            for block in seen
            for line, row in zip(block.drawing.lines, block.drawing.rows, strict=True)
            if row
        ]
        return pills(rows, self.numbers, self._look.unit)

    def _blocks_of(self, mark: Mark) -> Iterable[int]:
        span = self.shown.to_shown(Span(mark.start, mark.end))
        return self.offsets.blocks_in(span) if span else ()

    # --- from the source to a block

    def _places(self, index: int) -> list[Place]:
        """The places of a block: its tasks, then its hits, then its tags, each by start, the longer first."""
        block = self.shown.blocks[index]
        tasks: list[Place] = []
        tags: list[Place] = []
        unit = self._units_of(block)
        for mark, start, end in self._shown_marks(block):
            opens, closes = start >= block.start, end <= block.end
            first, last = unit(max(start, block.start)), unit(min(end, block.end))
            (tasks if mark.kind == TASK else tags).append(Place(mark, first, last, opens, closes))
        hits = [
            Place(
                Mark("", "", HIT, *hit, is_suggested=False),
                unit(max(hit.start, block.start)),
                unit(min(hit.end, block.end)),
                opens=True,
                closes=True,
            )
            for hit in self.hits.within(Span(block.start, block.end))
        ]
        return tasks + hits + tags

    def _units_of(self, block: Block) -> Callable[[int], int]:
        """From shown offsets in a block to UTF-16 units from its start."""
        position = self.offsets.position
        base = position(block.start)
        if position(block.end) - base == block.end - block.start:  # no astral character: one for one
            return lambda offset: offset - block.start
        return lambda offset: position(offset) - base

    def _shown_marks(self, block: Block) -> Iterator[tuple[Mark, int, int]]:
        """The marks of a block with their shown offsets, which may lie outside it."""
        source = self.shown.to_source(Span(block.start, block.end))
        if source is None:
            return
        run = self._run_of(block)
        for mark in self.marks.within(source):
            if run is not None:
                drift = run.shown - run.source
                yield mark, mark.start + drift, mark.end + drift
            else:
                shown = self.shown.to_shown(Span(mark.start, mark.end))
                if shown is not None:
                    yield mark, shown.start, shown.end

    def _run_of(self, block: Block) -> RunMap | None:
        """The one run that covers a block, as it does in most: then no mark need be looked up."""
        at = bisect_right(self._run_starts, block.start) - 1
        run = self.shown.runs[at] if at >= 0 else None
        return run if run and run.shown + run.length >= block.end else None


def _touches(mark: Mark, keys: set[str | int]) -> bool:
    """Whether a mark is, or belongs to, one of these: ids of tasks and tags, shown offsets of hits."""
    return mark.start in keys if mark.kind == HIT else mark.task_id in keys or mark.id in keys
