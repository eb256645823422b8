"""Two versions of a text side by side: they scroll together, and a key leads from difference to difference."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRectF
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.marks import Mark
from app.domain.report import ShownText
from app.domain.scheme import TagStyle
from app.domain.spans import Span
from app.ui.theme import DARK, Theme
from app.ui.views import report_painting
from app.ui.views.card_paint import theme_of
from app.ui.views.panel import Panel
from app.ui.views.report_view import ReportView

if TYPE_CHECKING:
    from app.revising import SentenceDiff

SAME, MOVED, FIGURE, PIECE = "same", "moved", "figure", "piece"
STYLES = (
    TagStyle("added", "新增", "增", "", "#1e6b3c", "#e2f4e6", "#7ecf98", "#17351f"),
    TagStyle("removed", "删去", "删", "", "#a5342a", "#fbe6e3", "#ef9a8e", "#432320"),
    TagStyle("changed", "改动", "改", "", "#8a5606", "#fdf1d8", "#e9b45c", "#3d3018"),
    TagStyle(MOVED, "移动", "移", "", "#44546a", "#e9edf3", "#a9b8cc", "#2c3542"),
    TagStyle(FIGURE, "数字改动", "数", "", "#9c2c6b", "#fbe3f0", "#f09ac8", "#45202f"),
)
KIND_NAMES = {style.kind: style.name for style in STYLES}
_PIECE_STYLE = TagStyle(PIECE, "改动的字", "", "", "#6b4100", "#f2cf80", "#ffd591", "#6b5218")
_AT = 0.4
"""Where on the page a difference is put, and which line of one side the other follows, as a share of the height."""


class Anchor(NamedTuple):
    """A sentence that stands in both texts, in the same order."""

    here: Span
    there: Span


class Anchors:
    """The way from an offset of one text to the place of the other that stands beside it."""

    def __init__(self, anchors: Iterable[Anchor]) -> None:
        self._anchors = sorted(anchors)
        self._starts = [anchor.here.start for anchor in self._anchors]

    def beside(self, offset: int) -> int:
        """Inside a sentence as far as in the other; behind it, where the other one ends; before all, the beginning."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return 0
        here, there = self._anchors[at]
        if offset >= here.end:
            return there.end
        return min(there.start + offset - here.start, there.end)


def kind_of(diff: "SentenceDiff") -> str:
    """The kind of a difference as it is shown: changed figures are a kind of their own."""
    return FIGURE if diff.is_figure_changed and diff.old and diff.new else diff.kind.value


def pieces(old: str, new: str) -> tuple[Sequence[Span], Sequence[Span]]:
    """What differs between two wordings of a sentence: the pieces of each that the other has not."""
    from difflib import SequenceMatcher

    changed = [op for op in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if op[0] != "equal"]
    return [Span(a, b) for _, a, b, _, _ in changed if a < b], [
        Span(a, b) for _, _, _, a, b in changed if a < b
    ]


class Pane(ReportView):
    """One of the two texts, with its differences as marks; `number` is a difference's place in the list."""

    def show_text(self, shown: ShownText, spans: Iterable[tuple[int, str, Span]]) -> None:
        """Show a text and its differences: (number, kind, source span)."""
        self.show_report(shown)
        self._pieces: list[Mark] = []
        marks = [Mark(str(n), "", kind, span.start, span.end, is_suggested=False) for n, kind, span in spans]
        self.set_marks(marks, {})

    def words(self, span: Span) -> str:
        """The shown words of a source span."""
        place = self._canvas.shown.to_shown(span)
        return self._canvas.shown.text[place.start : place.end] if place else ""

    def show_pieces(self, span: Span | None, pieces: Iterable[Span]) -> None:
        """Point out pieces of the words of a source span, and no others."""
        shown = self._canvas.shown
        place = shown.to_shown(span) if span else None
        found = [
            shown.to_source(Span(place.start + a, place.start + b)) for a, b in pieces if place is not None
        ]
        marks = [Mark(PIECE, "", PIECE, *one, is_suggested=False) for one in found if one is not None]
        self.patch_marks(self._pieces, marks)
        self._pieces = marks

    def line_of(self, offset: int) -> QRectF:
        """The line of a source offset, in the viewport."""
        return self._line_at(self._place(offset))

    def centre(self, offset: int) -> None:
        """Scroll a source offset to where differences stand, and put the caret there."""
        position = self._place(offset)
        self._scroll_to(position, _AT)
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        self.setTextCursor(cursor)

    def middle(self) -> tuple[int, float]:
        """The source offset that is read now, and how high its line stands in the viewport."""
        point = QPoint(self.viewport().width() // 2, round(self.viewport().height() * _AT))
        position = self.cursorForPosition(point).position()
        at = self._canvas.offsets.offset(position)
        source = self._canvas.shown.source_at(at)
        if source is None and at > 0:
            source = self._canvas.shown.source_at(at - 1)
        return source or 0, self._line_at(position).top()

    def level(self, offset: int, top: float) -> None:
        """Scroll the line of a source offset to a height in the viewport."""
        bar = self.verticalScrollBar()
        value = round(bar.value() + self.line_of(offset).top() - top)
        if value > bar.maximum():
            self.document().size()  # lays out to the end: before that the bar does not reach so far
        bar.setValue(value)

    def _place(self, offset: int) -> int:
        """The document position of a source offset, or of what is shown next behind it."""
        shown = self._canvas.shown
        at = max(0, bisect_right(shown.runs, offset, key=lambda run: run.source) - 1)
        for run in shown.runs[at : at + 2]:
            if offset < run.source + run.length:
                return self._canvas.offsets.position(run.shown + max(0, offset - run.source))
        return self._canvas.offsets.position(len(shown.text))


class Comparing(QWidget):
    """The old text left, the new one right. `current` is the number of the difference shown, -1 before the first."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self.old, self.new = Pane(self), Pane(self)
        self.old.setAccessibleName("上一版")
        self.new.setAccessibleName("新版")
        self.current = -1
        self.differences: tuple[SentenceDiff, ...] = ()
        self._ways = Anchors(()), Anchors(())
        self._is_following = False
        self._panels = Panel("上一版", self.old, self), Panel("新版", self.new, self)
        split = QSplitter(self)
        split.setChildrenCollapsible(False)
        for panel in self._panels:
            split.addWidget(panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)
        self._dress(theme)
        self.old.verticalScrollBar().valueChanged.connect(self._follow_old)
        self.new.verticalScrollBar().valueChanged.connect(self._follow_new)

    def show_texts(
        self, old: ShownText, new: ShownText, diffs: Sequence["SentenceDiff"], titles: tuple[str, str]
    ) -> None:
        """Show two versions and what differs, from the beginning."""
        self.differences = tuple(diff for diff in diffs if diff.kind.value != SAME)
        pairs = [(diff.old, diff.new) for diff in diffs if diff.old and diff.new and diff.kind.value != MOVED]
        self._ways = Anchors(Anchor(*pair) for pair in pairs), Anchors(Anchor(b, a) for a, b in pairs)
        self.old.show_text(old, self._spans("old"))
        self.new.show_text(new, self._spans("new"))
        for panel, title in zip(self._panels, titles, strict=True):
            panel.note.setText(title)
        self.current = -1

    def next_difference(self) -> bool:
        """Go to the next difference, the first behind the last; False if there is none."""
        return self._step(1)

    def previous_difference(self) -> bool:
        """Go to the one before."""
        return self._step(-1)

    def show_difference(self, number: int) -> None:
        """Show a difference on both sides, at the same height."""
        self.current = number
        diff = self.differences[number]
        self.show_places(diff.old, diff.new)
        olds, news = (
            pieces(self.old.words(diff.old), self.new.words(diff.new)) if diff.old and diff.new else ((), ())
        )
        self.old.show_pieces(diff.old, olds)
        self.new.show_pieces(diff.new, news)
        self.old.set_current("", str(number))
        self.new.set_current("", str(number))

    def show_places(self, old: Span | None, new: Span | None) -> None:
        """Show a place of either text, or of both, at the same height; for what is nowhere, what stands beside."""
        if old is None and new is None:
            return
        there = new.start if new else self._ways[0].beside(old.start if old else 0)
        here = old.start if old else self._ways[1].beside(there)
        self._is_following = True
        self.new.centre(there)
        self.old.centre(here)
        self.old.level(here, self.new.line_of(there).top())
        self._is_following = False

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.PaletteChange and self._theme is not None:
            self._dress(theme_of(self.palette()))
        super().changeEvent(event)

    # --- inside

    def _dress(self, theme: Theme) -> None:
        """Paint the differences in a theme's colours."""
        if theme is self._theme:
            return
        self._theme = theme
        colours = report_painting.DARK if theme is DARK else report_painting.LIGHT
        for pane in (self.old, self.new):
            pane.set_colours(colours, (*STYLES, _PIECE_STYLE), dark=theme is DARK)

    def _spans(self, side: str) -> Iterator[tuple[int, str, Span]]:
        for number, diff in enumerate(self.differences):
            span = getattr(diff, side)
            if span is not None:
                yield number, kind_of(diff), span

    def _step(self, step: int) -> bool:
        count = len(self.differences)
        if not count:
            return False
        start = self.current if self.current >= 0 or step > 0 else 0
        self.show_difference((start + step) % count)
        return True

    def _follow_old(self) -> None:
        self._follow(self.old, self.new, self._ways[0])

    def _follow_new(self) -> None:
        self._follow(self.new, self.old, self._ways[1])

    def _follow(self, lead: Pane, other: Pane, way: Anchors) -> None:
        """Scroll the other text so that what belongs together stands at the same height."""
        if self._is_following or not self.isVisible():
            return
        self._is_following = True
        if lead.verticalScrollBar().value() == 0:
            other.verticalScrollBar().setValue(0)
        else:
            offset, top = lead.middle()
            other.level(way.beside(offset), top)
        self._is_following = False
