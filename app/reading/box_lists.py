"""Where a 专栏 of plain paragraphs ends, of which nothing tells but the manner of its list."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.patterns import late
from app.domain.report import BlockKind
from app.reading.marks import ENTRY, Style, mark_of, number
from app.reading.pieces import Piece

_SIGN = late(rf"0(?=\d)|[●■◆▲★○◇□▶·•{ENTRY}—－-]")
_NAMED = late(r"[^，。；：！？]{1,24}：(?=.)|[^，。；：！？]{2,30}(?:工程|项目|行动)。(?=.)")
"""How an entry begins that has no number: with a sign (or 01), or with the name of what is to be done."""
_DOES = late(
    "[推加做引]|强化|完善|健全|优化|提[升高]|壮大|培育|[构建]建|建[设立]|打造|发展|促进|深[化入]|落实|坚持|聚[焦力]|围绕|实施|扩大"
    "|拓展|支持|鼓励|统筹|开展|[大着全合]力|积极|全面|持续|完成|保障|改善|规范|创新|稳[步妥]|有序|按照|根据|把握|立足|依托|充分"
)
"""How a paragraph of the body begins that says what is done, where an entry says its name."""
_FEW, _FAR = 4, 100
"""As many pieces as two entries and a line before them may take at most; a list that goes on does so within as many."""


class _Entry(NamedTuple):
    """How a piece begins that is an entry of a list: its style, the sign before it, its number (0: none)."""

    style: Style
    sign: str
    nth: int


def _entry(text: str) -> _Entry | None:
    """How a piece of a list begins; None for one that begins as any paragraph does."""
    mark = mark_of(text)
    if mark:
        return _Entry(mark.style, "" if mark.number else "①", number(mark.number))
    sign = _SIGN.match(text)
    if sign:
        return _Entry(Style.ALONE, sign[0], 0)
    return _Entry(Style.NAMED, "", 0) if _NAMED.match(text) else None


def end_of_list(pieces: Sequence[Piece]) -> int:
    """The index of the first piece that is not a box's; as many as there are where the box holds no list that tells.

    `pieces` stand between the box's heading and the next one: its own, and perhaps the body behind them.
    """
    entries = [_entry(piece.text) for piece in pieces]
    manner = next((entry for entry in entries[:2] if entry), None)
    if manner is None or manner.nth > 1:
        return len(pieces)
    box = _List(pieces, entries, manner)
    return next((i for i in range(len(pieces)) if box.ends_before(i)), len(pieces))


class _List:
    """The entries of a box, all of one manner: asked piece by piece, from the first on.

    It ends where a number comes that is not its own. Where an entry has one paragraph at most it also ends at the one
    that would make the last entry longer than any before; where entries have more, nothing tells their last.
    """

    def __init__(self, pieces: Sequence[Piece], entries: Sequence[_Entry | None], manner: _Entry) -> None:
        self._pieces = pieces
        self._entries = entries
        self._manner = manner
        self._found = self._count = self._length = 0
        self._longest = -1

    def ends_before(self, i: int) -> bool:
        """Whether the piece is not the box's any more."""
        entry = self._entries[i]
        if entry is None:
            self._length += 1
            return self._is_long_enough(i) and self._is_body(i) and not self._comes_again(i)
        if entry[:2] == self._manner[:2]:
            return not self._takes(i, entry)
        self._length += 1
        return self._is_outer(entry)

    def _takes(self, i: int, entry: _Entry) -> bool:
        """Whether an entry goes on with the count, or begins a new one below a line that is its title."""
        is_titled = self._entries[i - 1] is None and not self._is_sentence(i - 1)
        is_anew = not self._goes_on(entry)
        if is_anew and not (entry.nth == 1 and is_titled):
            return False
        if self._found:
            # the title is no part of the entry before it
            self._longest = max(self._longest, self._length - is_anew)
        # what only names an entry has a paragraph to come
        self._length = 0 if self._is_sentence(i) else -1
        self._found, self._count = self._found + 1, entry.nth
        return True

    def _is_long_enough(self, i: int) -> bool:
        """Whether the last entry would be longer than those before; two tell where they are all that stands before."""
        is_told = self._found > 2 or (self._found == 2 and i < _FEW)
        return is_told and self._length > self._longest <= 0

    def _comes_again(self, i: int) -> bool:
        """Whether the list goes on behind a piece."""
        for entry in self._entries[i + 1 : i + _FAR]:
            if entry and entry[:2] == self._manner[:2]:
                return self._goes_on(entry)
            if entry and self._is_outer(entry):
                return False
        return False

    def _goes_on(self, entry: _Entry) -> bool:
        return not entry.nth or entry.nth > self._count

    def _is_outer(self, entry: _Entry) -> bool:
        """Whether an entry has a number of a style in which the list's would lie."""
        return entry.nth > 0 and entry.style < self._manner.style

    def _is_body(self, i: int) -> bool:
        """Whether a piece without number or sign may be the body's; behind names, only what is none."""
        piece = self._pieces[i]
        if self._manner.style is Style.NAMED and not _DOES.match(piece.text):
            return False
        return piece.style is Style.ALONE or self._is_sentence(i)

    def _is_sentence(self, i: int) -> bool:
        piece = self._pieces[i]
        return piece.kind is BlockKind.PARAGRAPH and "。" in piece.text[-2:]
