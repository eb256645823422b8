"""How marks look: fill and underline for tags, dashes for suggestions, a letter for each kind."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QLine, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap

from app.domain.marks import TASK
from app.domain.scheme import TagStyle
from app.ui.views.report_document import SANS, SIZE
from app.ui.views.report_lines import HIT, NOTED, Line, Piece, Row, lanes_of

REACH_ABOVE, REACH_BELOW = 11.0, 12.0
"""How far marks reach above and below a line's em box at 100 %, in pixels."""


class ReportColours(NamedTuple):
    """The colours of the page but for those of the kinds of tag; #rrggbb.

    `task_*`: the current task's ground and outline; `tick`: where another task begins and ends; `hit_*`:
    search hits; `pill_*`: the numbers in the margin, `pill_on` the current one's digits.
    """

    panel: str = "#ffffff"
    ink: str = "#1d2430"
    rule: str = "#e3e6eb"
    accent: str = "#2457a6"
    selection: str = "#c9dbf6"
    task_ground: str = "#eff4fc"
    task_line: str = "#a9bfe2"
    tick: str = "#98a3b3"
    hit_ground: str = "#fff0a8"
    hit_line: str = "#8a6d00"
    pill_ground: str = "#e9edf3"
    pill_line: str = "#98a3b3"
    pill_ink: str = "#4d5868"
    pill_on: str = "#ffffff"


LIGHT = ReportColours()
DARK = ReportColours(
    panel="#1f232b",
    ink="#e4e8ee",
    rule="#323843",
    accent="#7ba7ea",
    selection="#35507c",
    task_ground="#243249",
    task_line="#4d6a99",
    tick="#6c7789",
    hit_ground="#5a4d14",
    hit_line="#e3c65a",
    pill_ground="#343b47",
    pill_line="#6c7789",
    pill_ink="#b3bccb",
    pill_on="#10141b",
)


class Focus(NamedTuple):
    """What is current: a task, one of its tags, a search hit (by its shown offset); "" and -1 for none."""

    task_id: str = ""
    tag_id: str = ""
    hit: int = -1


class KindLook(NamedTuple):
    """A kind of tag, ready to paint with."""

    ground: QColor
    ink: QColor
    dashes: QPen
    solid: QPen
    letter: QPixmap
    side: int  # of the letter's square, in pixels; 0 without a letter


Fill = tuple[int, int, int, int, QColor]
"""Left, top, width, height. Whole pixels: they look sharp, and Qt fills them several times faster."""


class Strokes(NamedTuple):
    """What is painted, in a block's coordinates: `under` the text, all else over it."""

    under: Sequence[Fill] = ()
    over: Sequence[Fill] = ()
    outlines: Sequence[tuple[list[QLine], QPen]] = ()
    letters: Sequence[tuple[int, int, QPixmap]] = ()


_NOTHING = Strokes()


class Look:
    """Colours, pens and letters for one theme, zoom and screen. `unit` is one pixel at 100 %."""

    def __init__(
        self, colours: ReportColours, styles: Mapping[str, TagStyle], *, dark: bool, zoom: int, ratio: float
    ) -> None:
        """Make everything that painting needs; `zoom` in percent, `ratio` device pixels per pixel."""
        self.colours = colours
        self.unit = zoom / 100
        self.em = float(max(1, round(SIZE * zoom / 100)))
        self.letter_side = _letter_side(self.unit)
        self.task_ground = QColor(colours.task_ground)
        self.task_pen = QPen(QColor(colours.task_line), 1)
        self.tick = QColor(colours.tick)
        self.hit_ground = QColor(colours.hit_ground)
        self.hit_line = QColor(colours.hit_line)
        self.noted_pen = QPen(QColor(colours.pill_ink), 1)
        self.noted_pen.setDashPattern([1.0, 2.0])
        self._kinds = {
            kind: kind_look(style, colours, self.unit, ratio, dark=dark) for kind, style in styles.items()
        }
        plain = TagStyle("", "", "", "", colours.pill_ink, colours.rule, colours.pill_ink, colours.rule)
        self._plain = kind_look(plain, colours, self.unit, ratio, dark=dark)

    def lanes(self, row: Row) -> list[int]:
        """A lane for each place on a line, so that what overlaps differs."""
        return lanes_of(row)

    def strokes(self, line: Line, piece: Piece, focus: Focus) -> Strokes:
        """What one piece is painted with."""
        if piece.mark.kind == TASK:
            if piece.mark.task_id == focus.task_id:
                return self._current_task(line, piece)
            return self._task(line, piece) if piece.opens or piece.closes else _NOTHING
        if piece.mark.kind == HIT:
            return self._hit(line, piece, is_current=piece.mark.start == focus.hit)
        if piece.mark.kind == NOTED:
            return self._noted(line, piece)
        return self._tag(line, piece, is_current=piece.mark.id == focus.tag_id)

    def _noted(self, line: Line, piece: Piece) -> Strokes:
        """Dots below a term that a note explains."""
        low = round(line.bottom + 2 * self.unit)
        dots = QLine(round(piece.left), low, round(piece.right) - 1, low)
        return Strokes(outlines=(([dots], self.noted_pen),))

    def _current_task(self, line: Line, piece: Piece) -> Strokes:
        unit = self.unit
        box = Box.around(piece.left - 1, line.top - 5 * unit, piece.right + 1, line.bottom + 7 * unit)
        return Strokes(under=(box.fill(self.task_ground),), outlines=((box.sides(piece), self.task_pen),))

    def _task(self, line: Line, piece: Piece) -> Strokes:
        """A corner where the task begins and one where it ends: paragraphs hold several tasks."""
        unit, tick = self.unit, self.tick
        box = Box.around(piece.left - 1, line.top - 3 * unit, piece.right + 1, line.bottom + 4 * unit)
        reach = round(5 * unit)
        under: list[Fill] = []
        if piece.opens:
            under += (box.left, box.top, 1, reach, tick), (box.left, box.top, reach, 1, tick)
        if piece.closes:
            under.append((box.right - 1, box.bottom - reach, 1, reach, tick))
            under.append((box.right - reach, box.bottom - 1, reach, 1, tick))
        return Strokes(under=under)

    def _hit(self, line: Line, piece: Piece, *, is_current: bool) -> Strokes:
        unit = self.unit
        box = Box.around(piece.left, line.top - unit, piece.right, line.bottom + 3 * unit)
        under = [box.fill(self.hit_ground)]
        if is_current:
            thick = max(1, round(2 * unit))
            edges = box.top, box.bottom - thick
            under += [(box.left, top, box.right - box.left, thick, self.hit_line) for top in edges]
        return Strokes(under=under)

    def _tag(self, line: Line, piece: Piece, *, is_current: bool) -> Strokes:
        unit, look, is_suggested = (
            self.unit,
            self._kinds.get(piece.mark.kind, self._plain),
            piece.mark.is_suggested,
        )
        inset = 2 * unit * piece.lane
        side = min(inset / 2, 2 * unit)  # an inner tag that begins with the outer one shows beside it
        left = piece.left + (side if piece.opens else 0)
        right = max(piece.right - (side if piece.closes else 0), left + unit)
        below = (6 * unit - inset) if is_suggested else 3 * unit
        box = Box.around(left, line.top - 4 * unit + inset, right, line.bottom + below)
        letters: Sequence[tuple[int, int, QPixmap]] = ()
        if piece.closes and look.side:
            letters = ((box.right - look.side, round(line.top) - look.side, look.letter),)
        if is_suggested and not is_current:
            return Strokes((), (), ((box.sides(piece), look.dashes),), letters)
        ground = (box.fill(look.ground),)
        if is_suggested:
            sides = box.sides(piece)
            return Strokes(ground, (), ((sides, look.dashes), (sides, look.solid)), letters)
        low = box.bottom + round(3 * unit * min(piece.lane, 2))
        rule = (box.left, low, box.right - box.left, max(1, round(2 * unit)), look.ink)
        outlines = ((box.sides(piece), look.solid),) if is_current else ()
        return Strokes(ground, (rule,), outlines, letters)


def joined(strokes: Iterable[Strokes], side: int) -> Strokes:
    """The strokes of a whole line; letters of this width that would cover each other stand side by side."""
    strokes = [stroke for stroke in strokes if stroke is not _NOTHING]
    taken: defaultdict[int, list[int]] = defaultdict(list)  # by height
    return Strokes(
        [fill for stroke in strokes for fill in stroke.under],
        [fill for stroke in strokes for fill in stroke.over],
        [outline for stroke in strokes for outline in stroke.outlines],
        [(_free(x, side, taken[y]), y, letter) for stroke in strokes for x, y, letter in stroke.letters],
    )


def paint_under(painter: QPainter, strokes: Iterable[Strokes]) -> None:
    """Paint what lies under the text."""
    for stroke in strokes:
        for fill in stroke.under:
            painter.fillRect(*fill)


def paint_over(painter: QPainter, strokes: Iterable[Strokes]) -> None:
    """Paint what lies over the text and over its selection, beside the letters' strokes."""
    for stroke in strokes:
        for sides, pen in stroke.outlines:
            painter.setPen(pen)
            painter.drawLines(sides)
        for fill in stroke.over:
            painter.fillRect(*fill)
        for letter in stroke.letters:
            painter.drawPixmap(*letter)


class Box(NamedTuple):
    """A box in whole pixels; `right` and `bottom` are outside it."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def around(cls, left: float, top: float, right: float, bottom: float) -> "Box":
        """The box nearest to these edges."""
        return cls(round(left), round(top), round(right), round(bottom))

    def fill(self, colour: QColor) -> Fill:
        """All of it in a colour."""
        return self.left, self.top, self.right - self.left, self.bottom - self.top, colour

    def sides(self, piece: Piece) -> list[QLine]:
        """The outline, its corners left out; a side where the mark goes on in another line stays open.

        Lines, because Qt dashes them eight times faster than a path when they are wider than a device pixel.
        """
        left, top, right, bottom = self.left, self.top, self.right - 1, self.bottom - 1
        first = left + 2 if piece.opens else left
        last = max(first, right - 2 if piece.closes else right)
        sides = [QLine(first, top, last, top), QLine(first, bottom, last, bottom)]
        if piece.opens:
            sides.append(QLine(left, top + 2, left, bottom - 2))
        if piece.closes:
            sides.append(QLine(right, top + 2, right, bottom - 2))
        return sides


def _free(left: int, width: int, taken: list[int]) -> int:
    """Room for a letter: where it is wanted, further left where others stand already."""
    for other in sorted(taken, reverse=True):
        if abs(left - other) < width:
            left = other - width
    taken.append(left)
    return left


def kind_look(style: TagStyle, colours: ReportColours, unit: float, ratio: float, *, dark: bool) -> KindLook:
    """How a kind is painted; `unit` is one pixel at 100 %, `ratio` device pixels per pixel."""
    ink = QColor(style.dark_ink if dark else style.ink)
    ground = QColor(style.dark_ground if dark else style.ground)
    dashes = QPen(ink, 1)
    dashes.setDashPattern([3.0, 2.0])
    side = _letter_side(unit) if style.letter else 0
    letter = _letter_picture(style.letter, ink, QColor(colours.panel), side, ratio)
    return KindLook(ground, ink, dashes, QPen(ink, 2), letter, side)


def _letter_side(unit: float) -> int:
    return max(8, round(10 * unit))


def _letter_picture(letter: str, ink: QColor, ground: QColor, side: int, ratio: float) -> QPixmap:
    """A letter on a patch of the page's ground, which lets it interrupt an outline; null without a letter."""
    if not letter:
        return QPixmap()
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(ground)
    font = QFont()
    font.setFamilies(list(SANS))
    font.setPixelSize(side - 1)
    painter = QPainter(picture)
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(QRectF(0, 0, side, side), Qt.AlignmentFlag.AlignCenter, letter)
    painter.end()
    return picture
