"""How deep each heading lies, and what belongs to a 专栏."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.domain.report import BlockKind
from app.reading.box_lists import end_of_list
from app.reading.marks import Style, mark_of, number
from app.reading.pieces import Piece

_ORDER = (
    Style.PART,
    Style.CHAPTER,
    Style.SECTION,
    Style.NAMED,
    Style.HAN,
    Style.HAN_PAREN,
    Style.ALONE,
    Style.DIGIT,
    Style.DIGIT_PAREN,
)
_DEEPEST = 4
_ENDS_A_BOX = frozenset(
    {Style.PART, Style.CHAPTER, Style.SECTION, Style.NAMED, Style.ANNEX, Style.NOTES, Style.BOX}
)


def with_levels(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces with their headings' levels (1 for the outermost style used) and with what is in a box."""
    ranks = _ranks(pieces)
    boxes = _Boxes(pieces)
    around = 0
    for i, piece in enumerate(pieces):
        in_box = boxes.holds(i)
        if piece.style is None:
            yield replace(piece, in_box=in_box) if in_box else piece
            continue
        level = ranks.get(piece.style, 1)
        if piece.style is Style.ALONE and i and pieces[i - 1].style is Style.ANNEX:
            level = 1
        if piece.style is Style.BOX:
            level = around + 1
        elif in_box:
            level = around + 2
        else:
            around = level
        yield replace(piece, level=min(level, _DEEPEST), in_box=in_box)


def _ranks(pieces: Sequence[Piece]) -> dict[Style, int]:
    used = {piece.style for piece in pieces}
    order = [style for style in _ORDER if style in used]
    chief = next((s for s in order if s is not Style.NAMED), None)
    is_equal = chief is not None and (chief < Style.NAMED or (chief is Style.HAN and not _restarts(pieces)))
    if is_equal:
        # 前言 beside 第一章, 结束语 beside 一、: a chapter without a number is their equal, not their parent
        order = [style for style in order if style is not Style.NAMED]
    ranks = {style: i + 1 for i, style in enumerate(order)}
    return ranks | ({Style.NAMED: 1} if is_equal else {})


def _restarts(pieces: Sequence[Piece]) -> bool:
    """Whether 一、 begins more than once, as it does inside chapters that have a name only."""
    firsts = (mark_of(p.text) for p in pieces if p.style is Style.HAN)
    return sum(mark is not None and mark.number == "一" for mark in firsts) > 1


class _Boxes:
    """Which pieces stand in a 专栏: asked piece by piece, from the first on."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._end = 0
        self._has_cells = False
        self._inside: dict[Style, int] = {}
        gaps = sorted(p.gap for p in pieces if p.kind is BlockKind.PARAGRAPH)
        self._usual_gap = gaps[len(gaps) // 2] if gaps else 0

    def holds(self, i: int) -> bool:
        """Whether the piece stands in a box, the box's heading included."""
        if self._pieces[i].style is Style.BOX:
            self._end = self._end_of(i + 1)
        return i < self._end

    def _end_of(self, first: int) -> int:
        """The index behind a box's last piece; `first` is the one behind its heading."""
        self._has_cells, self._inside = False, {}
        end = first
        while end < len(self._pieces) and not self._ends_before(self._pieces[end]):
            self._has_cells |= self._pieces[end].kind is BlockKind.CELL
            end += 1
        return end if self._has_cells else first + end_of_list(self._pieces[first:end])

    def _ends_before(self, piece: Piece) -> bool:
        if piece.kind is BlockKind.CELL:
            return False
        if piece.style in _ENDS_A_BOX or piece.gap > max(self._usual_gap, 1):
            return True
        if self._has_cells:
            return piece.kind is not BlockKind.NOTE
        return piece.style in {Style.HAN, Style.HAN_PAREN} and not self._counts_on(piece)

    def _counts_on(self, piece: Piece) -> bool:
        """Whether a numbered heading goes on with the box's own count, which begins at 一."""
        mark = mark_of(piece.text)
        if mark is None or number(mark.number) != self._inside.get(mark.style, 0) + 1:
            return False
        self._inside[mark.style] = number(mark.number)
        return True
