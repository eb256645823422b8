"""Printed lines joined to paragraphs: by indents, by what would have fitted, by the white space between lines."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from app.reading.cues import NAMED_CHAPTER, NOTES_TITLE
from app.reading.formats.columns import Line
from app.reading.formats.page import Bit
from app.reading.formats.spacing import is_same_column, modes, outermost, pitches
from app.reading.marks import is_bullet, mark_of
from app.reading.paragraphs import is_date
from app.reading.wording import plain

_INDENT = 0.7
"""Letters from the edge at which a line is indented."""
_SLACK = 0.6
_OTHER_SIZE = 0.12
_WIDER_PITCH = 1.3
_MOST_BLANK = 3
_MANY_TABBED = 8
_FEW_INDENTED = 0.2
_SAME_INDENT = 0.15
_HABIT = 0.08
"""Share of lines that are indented where new paragraphs are."""
_FEW_ENDS, _MOST_ALIKE = 8, 0.9
_FURTHER = 0.12
"""Letters that a paragraph stands further from the one before than lines do, where that tells them apart."""
_FLUSH, _SHORT = 0.15, 0.25
"""Letters up to which a line is set to its column's edge, and from which on it is not."""
_ENDS = "。！？：；…”）》"
_NO_START = "，。；：、！？”’）》〉】〕％%/"
_NO_END = "“‘（《〈〔【"
_NOTE = re.compile(r"\[\d{1,3}\]")
_OPENER = re.compile(r"[^。！？；：\d]{4,26}。.")
_RUN = re.compile(r"[A-Za-z0-9.,%％/~+×⁰¹²³⁴-⁹-]+")

Other = TypeVar("Other")
"""What a flow holds besides lines."""


@dataclass(slots=True)
class Paragraph:
    """Lines put together. `turns`: at which of its characters which page begins. `gap`: blank lines before it."""

    text: str
    page: int
    gap: int = 0
    turns: list[tuple[int, int]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


class Joiner:
    """What a document's lines have in common, and what that says of two of them. `noted`: pages that end with notes."""

    def __init__(self, lines: Sequence[Line], noted: AbstractSet[int] = frozenset()) -> None:
        self._pitch = pitches(lines)
        self._noted = noted
        first, last = outermost(lines)
        self._top = min(modes(first), default=0.0)
        self._foot = max(modes(last), default=0.0)
        self._step = 0.0
        self._step = self._usual_step(lines)
        indented = sum(_INDENT < _indent(line) < 4.5 for line in lines)
        self._tab = 0.0
        self._has_indents = indented >= _HABIT * len(lines)
        self._is_justified, self._new = (False, 0.0) if self._has_indents else self._habits(lines)
        self._tab = self._tabbed(lines)

    def paragraphs(self, flow: Iterable[Line | Other]) -> Iterator[Paragraph | Other]:
        """The paragraphs that the lines of a flow make; whatever else is in it ends one and is handed on."""
        held: Paragraph | None = None
        last: Line | None = None
        for item in flow:
            if isinstance(item, Line) and held and self.goes_on(held, item):
                add(held, item)
                continue
            if held:
                yield self._finished(held, last)
                last = held.lines[-1]
                held = None
            if isinstance(item, Line):
                held = _begun(item)
            else:
                last = None
                yield item
        if held:
            yield self._finished(held, last)

    def _finished(self, held: Paragraph, last: Line | None) -> Paragraph:
        """A paragraph with the white space between it and the line before it."""
        held.gap = self.blank_lines(last, held) if last else 0
        if self._is_tabbed(held.lines[0]):
            if last and self._is_tabbed(last) and (held.gap == _MOST_BLANK or last.page != held.page):
                held.gap = 1  # a row of empty cells, and a page's end, leave no more than white space
            held.text = "\t" + held.text
            held.turns = [(at + 1, page) for at, page in held.turns]
        return held

    def _is_tabbed(self, line: Line) -> bool:
        return self._tab > 0 and abs(_indent(line) - self._tab) < _SAME_INDENT

    def in_cell(self, bits: Sequence[Bit], page: int, edges: Sequence[float]) -> list[str]:
        """The paragraphs of a cell that spans between the outermost edges."""
        if not bits:
            return []
        left, right = min(bit.left for bit in bits), max(bit.right for bit in bits)
        inner = max(right, edges[-1] - (left - edges[0]))
        lines = [Line(bit, page, left, inner, 0) for bit in bits]
        return [held.text for held in self.paragraphs(lines)]

    def goes_on(self, held: Paragraph, line: Line) -> bool:
        """Whether a line goes on with the paragraph before it."""
        last = held.lines[-1]
        size, other = last.bit.size, line.bit.size
        if size != other and abs(size - other) > _OTHER_SIZE * max(size, other):
            return False
        if is_same_column(last, line) and line.bit.y - last.bit.y > _WIDER_PITCH * self._usual(line):
            return False
        if self._would_have_fitted(last, line) or self._begins(held, line):
            return False
        if not self._has_indents and self._ends(held, line):
            return False
        return not _looks_new(last, line, may_be_entry=not self._has_indents)

    def blank_lines(self, last: Line, held: Paragraph) -> int:
        """How many lines of white space stand between a line and the paragraph behind it."""
        line = held.lines[0]
        if last.page != line.page:
            return self._blank_over_pages(last, held)
        if not is_same_column(last, line):
            return 0
        step = max(self._step, self._usual(line))
        return min(_MOST_BLANK, max(0, round((line.bit.y - last.bit.y) / step) - 1))

    def _blank_over_pages(self, last: Line, held: Paragraph) -> int:
        line = held.lines[0]
        usual = self._usual(line)
        between = max(0.0, self._step - usual)
        foot = 0 if last.page in self._noted else round((self._foot - last.bit.y - between) / usual)
        top = max(0, round((line.bit.y - self._top) / usual))
        # what would have left a line alone on a page was moved to the next one as a whole
        moved = 0 if top else 2 if 1 < len(held.lines) < 4 else 1
        blank = top + (foot if foot > moved else 0)
        return min(_MOST_BLANK, blank) if line.page == last.page + 1 else 0

    def _usual(self, line: Line) -> float:
        size = round(line.bit.size)
        return self._pitch.get(size) or self._pitch.get(0, 1.6) * line.bit.size

    def _tabbed(self, lines: Sequence[Line]) -> float:
        """The indent, in letters, of lines that a TAB stands before: of many lines alone, where paragraphs have none."""
        alone = Counter(
            round(_indent(line), 1)
            for line in lines
            if _indent(line) > _INDENT and line.right - line.bit.right > 2 * line.bit.size
        )
        if max(alone.values(), default=0) < _MANY_TABBED:
            return 0.0
        paragraphs = list(self.paragraphs(lines))
        long = [_indent(held.lines[0]) for held in paragraphs if len(held.lines) > 1]
        short = Counter(round(_indent(held.lines[0]), 1) for held in paragraphs if len(held.lines) == 1)
        short = Counter({indent: count for indent, count in short.items() if indent > _INDENT})
        if sum(indent > _INDENT for indent in long) > _FEW_INDENTED * len(long) or not long or not short:
            return 0.0
        indent, count = short.most_common(1)[0]
        return indent if count >= _MANY_TABBED else 0.0

    def _usual_step(self, lines: Sequence[Line]) -> float:
        """The usual distance of a paragraph's last line and the next one's first."""
        steps = Counter(
            float(round(line.bit.y - last.bit.y))
            for last, line in pairwise(lines)
            if is_same_column(last, line) and self._would_have_fitted(last, line)
        )
        return min(modes(steps), default=0.0)

    def _habits(self, lines: Sequence[Line]) -> tuple[bool, float]:
        """Whether lines are set to both edges, and from which distance on, in letters, a line begins a paragraph."""
        known: list[float] = []
        full: list[float] = []
        flush = 0
        for last, line in pairwise(lines):
            if last.bit.size != line.bit.size or not is_same_column(last, line):
                continue
            if self._would_have_fitted(last, line):
                known.append(_step(last, line))
            else:
                full.append(_step(last, line))
                flush += _is_flush(last)
        if min(len(known), len(full)) < _FEW_ENDS:
            return False, 0.0
        usual = sorted(full)[int(_MOST_ALIKE * len(full))]
        further = sorted(known)[int((1 - _MOST_ALIKE) * len(known))]
        new = (usual + further) / 2 if further - usual > _FURTHER else 0.0
        return flush >= _MOST_ALIKE * len(full), new

    def _ends(self, held: Paragraph, line: Line) -> bool:
        """Whether the end of a sentence ends a paragraph: its line is short by little, or the next one further away.

        The line before must have been full, and no further away.
        """
        last = held.lines[-1]
        if last.bit.text.rstrip()[-1:] not in _ENDS:
            return False
        before = held.lines[-2] if len(held.lines) > 1 else None
        if self._is_far(last, line) and not (before and self._is_far(before, last)):
            return True
        return self._is_justified and _room(last) > _SHORT and before is not None and _is_flush(before)

    def _is_far(self, last: Line, line: Line) -> bool:
        return is_same_column(last, line) and 0 < self._new < _step(last, line)

    def _would_have_fitted(self, last: Line, line: Line) -> bool:
        """Whether the first word of a line had room on the line before, which therefore ends a paragraph."""
        return last.right - last.bit.right > (first_word(line.bit.text) + _SLACK) * last.bit.size

    def _begins(self, held: Paragraph, line: Line) -> bool:
        """Whether a line is indented as a first line is, and not as all lines around it are."""
        indent = _indent(line)
        if indent <= _INDENT:
            return False
        last = _indent(held.lines[-1])
        return not (len(held.lines) > 1 and abs(indent - last) < 0.3)


def _begun(line: Line) -> Paragraph:
    return Paragraph(line.bit.text.strip(), line.page, lines=[line])


def add(held: Paragraph, line: Line) -> None:
    """Put a line's words to those of a paragraph."""
    words = line.bit.text.strip()
    ends, starts = held.text[-1:], words[:1]
    if _is_small(starts) and ends == "-" and _is_small(held.text[-2:-1]):
        held.text = held.text[:-1]
    elif ends.isascii() and ends.isalpha() and starts.isascii() and starts.isalpha():
        held.text += " "
    if line.page != held.lines[-1].page:
        held.turns.append((len(held.text), line.page))
    held.text += words
    held.lines.append(line)


def _is_small(char: str) -> bool:
    return char.isascii() and char.islower()


def _indent(line: Line) -> float:
    """How far a line begins from its column's edge, in letters."""
    return (line.bit.left - line.left) / max(line.bit.size, 1.0)


def _room(line: Line) -> float:
    """How much of its column a line leaves white at its end, in letters."""
    return (line.right - line.bit.right) / max(line.bit.size, 1.0)


def _is_flush(line: Line) -> bool:
    return _room(line) <= _FLUSH


def _step(last: Line, line: Line) -> float:
    """How far below another a line stands, in letters."""
    return (line.bit.y - last.bit.y) / max(line.bit.size, 1.0)


@lru_cache(maxsize=4096)
def first_word(text: str) -> float:
    """How many letters' width the first word takes with the stops that may not begin a line."""
    at = len(text) - len(text.lstrip(_NO_END))
    found = _RUN.match(text, at)
    width = at + (0.55 * len(found[0]) + 0.45 * found[0].count("×") if found else 1.0)
    at = found.end() if found else at + 1
    while text[at : at + 1] and text[at] in _NO_START + _NO_END:
        step = 2 if text[at] in _NO_END else 1
        width += step
        at += step
    behind = None if found or at == 1 else _RUN.match(text, at)
    return width + 0.55 * len(behind[0]) if behind else width


def _looks_new(last: Line, line: Line, *, may_be_entry: bool) -> bool:
    """Whether a numbered line follows the end of a sentence; or an entry (一是…) or an opener (激活乡村集市。).

    These two may also stand inside a paragraph: they only tell where no indent does.
    """
    if last.bit.text.rstrip()[-1:] not in _ENDS:
        return False
    words = plain(line.bit.text.strip())
    if mark_of(words) or is_date(words) or _NOTE.match(words):
        return True
    if any(p.fullmatch(words) for p in (NAMED_CHAPTER, NOTES_TITLE)):
        return True
    return may_be_entry and (is_bullet(words) or _OPENER.match(words) is not None)
