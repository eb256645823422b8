"""How two layers look in one text: the first below the line, the second above, grey where both agree."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtGui import QColor, QPixmap
from typing_extensions import override

from app.domain.marks import TASK
from app.domain.scheme import TagStyle
from app.ui.views.report_lines import Line, Piece, Row, lanes_of
from app.ui.views.report_painting import Box, Fill, KindLook, Look, ReportColours, Strokes, kind_look

FIRST, SECOND = "first", "second"
"""The sides: the first layer is painted below the line, the second above."""

SAME = "same"
"""In the place of a tag's kind: the other layer has it too and reads the same."""

_REACH = 3.0
"""How far a ground reaches beyond the em box, in pixels at 100 %."""


def side_kind(side: str, kind: str) -> str:
    """The kind of a mark of one layer: first:target, second:same, first:task."""
    return f"{side}:{kind}"


class _Sided(NamedTuple):
    look: KindLook
    is_above: bool


class ReviewLook(Look):
    """Marks of two layers. Each has its own half of the line, so that neither covers the other.

    Marks whose kind is of no side (the reviewed layer's tasks, search hits) look as they do elsewhere.
    """

    def __init__(
        self, colours: ReportColours, styles: Mapping[str, TagStyle], *, dark: bool, zoom: int, ratio: float
    ) -> None:
        """As for `Look`."""
        super().__init__(colours, styles, dark=dark, zoom=zoom, ratio=ratio)
        tick, ground = colours.tick, colours.pill_ground
        grey = TagStyle(SAME, "", "", "", tick, ground, tick, ground)
        looks = {
            style.kind: kind_look(style, colours, self.unit, ratio, dark=dark)
            for style in (*styles.values(), grey)
        }
        looks.setdefault(
            TASK, kind_look(TagStyle(TASK, "", "", "", *[colours.accent] * 4), colours, 1, 1, dark=dark)
        )
        self._sided = {
            side_kind(side, kind): _Sided(look, side == SECOND)
            for kind, look in looks.items()
            for side in (FIRST, SECOND)
        }

    @override
    def lanes(self, row: Row) -> list[int]:
        """Each side has lanes of its own; what is painted by corners alone needs none."""
        lanes = [0] * len(row)
        groups: dict[str, list[int]] = {}
        for number, place in enumerate(row):
            side, _, kind = place.mark.kind.rpartition(":")
            if not side or kind != TASK:
                groups.setdefault(side, []).append(number)
        for own in groups.values():
            for number, lane in zip(own, lanes_of([row[n] for n in own]), strict=True):
                lanes[number] = lane
        return lanes

    @override
    def _tag(self, line: Line, piece: Piece, *, is_current: bool) -> Strokes:
        side, _, kind = piece.mark.kind.rpartition(":")
        if not side:
            return super()._tag(line, piece, is_current=is_current)
        sided = self._sided.get(piece.mark.kind) or self._sided[side_kind(side, SAME)]
        if kind == TASK:
            return self._range(line, piece, sided, is_current=is_current)
        return self._half(line, piece, sided, is_current=is_current)

    def _half(self, line: Line, piece: Piece, sided: _Sided, *, is_current: bool) -> Strokes:
        """A half of the line: ground, a rule at its outer edge and a thin line at each end."""
        unit, look = self.unit, sided.look
        side = min(unit * piece.lane, 2 * unit)  # an inner tag that begins with the outer one shows beside it
        left = piece.left + (side if piece.opens else 0)
        right = max(piece.right - (side if piece.closes else 0), left + unit)
        middle = (line.top + line.bottom) / 2
        low, high = (
            (line.top - _REACH * unit, middle) if sided.is_above else (middle, line.bottom + _REACH * unit)
        )
        box = Box.around(left, low, right, high)
        out = round(3 * unit * min(piece.lane, 2))
        thick = max(1, round((4 if is_current else 2) * unit))
        top = box.top - out - thick if sided.is_above else box.bottom + out
        rule: Fill = (box.left, top, box.right - box.left, thick, look.ink)
        wide = 2 if is_current else 1
        ends = [
            (x, min(box.top, top), wide, box.bottom - box.top + out + 1, look.ink)
            for x, is_end in ((box.left, piece.opens), (box.right - wide, piece.closes))
            if is_end
        ]
        letters: Sequence[tuple[int, int, QPixmap]] = ()
        if piece.closes and look.side:
            letters = ((box.right - look.side, self._letter_top(box, sided), look.letter),)
        return Strokes((box.fill(look.ground),), (rule, *ends), (), letters)

    def _letter_top(self, box: Box, sided: _Sided) -> int:
        """Where a letter begins: over the rule of its side, clear of the words."""
        beyond = round(self.unit)
        return box.top - sided.look.side + beyond if sided.is_above else box.bottom - beyond

    def _range(self, line: Line, piece: Piece, sided: _Sided, *, is_current: bool) -> Strokes:
        """A task that the other layer has otherwise or not at all: a strong corner where it begins and ends."""
        unit, ink = self.unit, QColor(sided.look.ink)
        box = Box.around(piece.left - 2, line.top - 7 * unit, piece.right + 2, line.bottom + 8 * unit)
        reach, thick = round(10 * unit), max(1, round((3 if is_current else 2) * unit))
        edge = box.top if sided.is_above else box.bottom - thick
        top = box.top if sided.is_above else box.bottom - reach
        over: list[Fill] = []
        if piece.opens:
            over += (box.left, edge, reach, thick, ink), (box.left, top, thick, reach, ink)
        if piece.closes:
            over += (box.right - reach, edge, reach, thick, ink), (box.right - thick, top, thick, reach, ink)
        return Strokes(over=over)
