"""Notes at the foot of printed pages: taken out of the text, which goes on over them, and joined to paragraphs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import NamedTuple

from app.reading.cues import NOTES_TITLE
from app.reading.formats.columns import Line
from app.reading.formats.joining import Paragraph, add, first_word
from app.reading.formats.raised import MARK, number_of
from app.reading.formats.ruled import Grid
from app.reading.wording import plain

Item = Line | tuple[Grid, int]
"""A line of the text, or a table with its page."""

_SMALL = 0.97
"""Share of the size of what calls a note up to which letters are a note's."""
_SAME_SIZE = 0.03
_SLACK, _RAGGED = 0.6, 4.0
"""Letters of room beyond a word's that end a paragraph; those that may be left where lines end unevenly."""
_ENDS = "。！？；…”）)."
_CALL = re.compile(r"[\[〔](\d{1,3})[\]〕]")
_SURE = re.compile(rf"\s*({MARK})[ .．、\t]*")
_BARE = re.compile(r"\s*(\d{1,3}?)(?:(?=(?:19|20)\d\d\D)|(?!\d|[.．]\d|[%％]))[ .．、\t]*")
"""A number at a note's beginning; a year may follow it at once."""


@dataclass(slots=True)
class _Note:
    number: int
    held: Paragraph


def take_notes(flow: Sequence[Item]) -> tuple[list[Item], list[tuple[int, str]], AbstractSet[int]]:
    """What remains of a flow without its notes; the notes, each with its page; the pages at whose foot notes stand.

    A note begins at a page's foot, in smaller letters, with a number that is called on the page; numbers that begin
    anew on each page are counted on, in the text too.
    """
    texts = [item.bit.text for item in flow if isinstance(item, Line)]
    if not any("[" in text or "〔" in text for text in texts):
        return list(flow), [], frozenset()
    notes: list[_Note] = []
    kept: list[Item] = []
    marks: dict[int, dict[int, int]] = {}
    noted: set[int] = set()
    for page, items in groupby(flow, key=_page):
        on_page = list(items)
        before = len(notes)
        rest = _without_notes(on_page, notes)
        kept += rest
        if len(rest) < len(on_page):
            noted.add(page)
        marks[page] = {note.number: n for n, note in enumerate(notes[before:], before + 1)}
    kept = kept if notes else _without_end_notes(kept, notes)
    if any(behind.number <= before.number for before, behind in pairwise(notes)):
        kept = [_renumbered(item, marks[_page(item)]) for item in kept]
        for n, note in enumerate(notes, 1):
            note.number = n
    return kept, [(note.held.page, f"[{note.number}]{note.held.text}") for note in notes], noted


def _page(item: Item) -> int:
    return item.page if isinstance(item, Line) else item[1]


def _top(item: Item) -> float:
    return item.bit.y if isinstance(item, Line) else item[0].top


def _without_notes(items: Sequence[Item], notes: list[_Note]) -> list[Item]:
    """What remains of a page; its notes are added to those before."""
    kept: list[Item] = []
    done, before = 0, len(notes)
    for start, end in _last_runs(items):
        lines = [item for item in items[start:end] if isinstance(item, Line)]
        calls = _Calls.of(items[:start], notes[before:])
        last = notes[-1].held.lines[-1] if notes and start else None
        first = calls.first_of(lines, last) if calls.sizes else None
        if last and first != 0 and _goes_on(last, lines[0], is_sure=first is not None):
            for line in lines[:first]:
                _put_on(notes[-1].held, line)
            kept += items[done:start]
        else:
            kept += items[done : end if first is None else start + first]
        done = end
        if first is not None:
            _add_notes(lines[first:], calls, notes)
    return [*kept, *items[done:]]


def _without_end_notes(items: Sequence[Item], notes: list[_Note]) -> list[Item]:
    """What remains of a text that ends with its notes in smaller letters, from the first one called on."""
    start = len(items)
    most = _SMALL * max(_Calls.of(items, ()).sizes.values(), default=0.0)
    while start and isinstance(line := items[start - 1], Line) and line.bit.size <= most:
        start -= 1
    lines = [item for item in items[start:] if isinstance(item, Line)]
    calls = _Calls.of(items[:start], ())
    before = items[start - 1] if start else None
    is_titled = isinstance(before, Line) and NOTES_TITLE.fullmatch(plain(before.bit.text.strip()))
    first = None if is_titled else calls.first_of(lines, None)
    if first is None:
        return list(items)
    _add_notes(lines[first:], calls, notes)
    return [*items[: start + first]]


def _last_runs(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """From where to where the lines of one size go that end a page, or one of its columns: the next stand further up."""
    for last, item in enumerate(items):
        if not isinstance(item, Line) or (last + 1 < len(items) and _top(items[last + 1]) >= item.bit.y):
            continue
        start = last
        while start and _is_above(items[start - 1], items[start], item.bit.size):
            start -= 1
        yield start, last + 1


def _is_above(item: Item, below: Item, size: float) -> bool:
    return isinstance(item, Line) and _top(item) <= _top(below) and item.bit.size <= (1 + _SAME_SIZE) * size


class _Calls(NamedTuple):
    """The numbers of the notes that a page calls before a place, with the size of the letters there.

    `least`: the one whose note should come first.
    """

    sizes: dict[int, float]
    least: int

    @classmethod
    def of(cls, items: Sequence[Item], notes: Sequence[_Note]) -> "_Calls":
        """Those of lines and tables; a table's at its foot are its own. `notes`: those that the page has already."""
        is_below_table = bool(items) and not isinstance(items[-1], Line)
        tables = [] if is_below_table else [item[0] for item in items if not isinstance(item, Line)]
        bits = [item.bit for item in items if isinstance(item, Line)]
        bits += [bit for table in tables for row in table.rows for cell in row for bit in cell]
        called = sorted(
            (bit for bit in bits if "[" in bit.text or "〔" in bit.text), key=lambda bit: bit.size
        )
        sizes = {int(call[1]): bit.size for bit in called for call in _CALL.finditer(bit.text)}
        return cls(sizes, min(sizes.keys() - {note.number for note in notes}, default=0))

    def first_of(self, lines: Sequence[Line], last: Line | None) -> int | None:
        """Which line begins the first note, if one does: before it only lines may be that go on with a note."""
        for i, line in enumerate(lines):
            if self.begun(line, 0, None):
                return i
            is_numbered = _SURE.match(line.bit.text) or _BARE.match(line.bit.text)
            if is_numbered and not (last and _is_cut(last, line)):
                return None
            last = line
        return None

    def begun(self, line: Line, number: int, last: Line | None) -> _Note | None:
        """The note that a line begins behind the one of a number, whose last line is given, if it begins one."""
        text = line.bit.text
        sure = _SURE.match(text)
        found = sure or _BARE.match(text)
        if not found:
            return None
        own = number_of(found[1])
        is_called = line.bit.size <= _SMALL * self.sizes.get(own, 0.0)
        is_next = own == number + 1 and not (last and _is_cut(last, line))
        if sure:
            begins = is_called or (last is not None and own == number + 1)
        else:
            begins = is_called and (is_next if last else own == self.least)
        return _Note(own, Paragraph(text[found.end() :].strip(), line.page, lines=[line])) if begins else None


def _add_notes(lines: Sequence[Line], calls: _Calls, notes: list[_Note]) -> None:
    """The notes of a run of lines that begins with one."""
    last: Line | None = None
    for line in lines:
        begun = calls.begun(line, notes[-1].number if last else 0, last)
        if begun:
            notes.append(begun)
        else:
            _put_on(notes[-1].held, line)
        last = line


def _goes_on(last: Line, line: Line, *, is_sure: bool) -> bool:
    """Whether a line goes on with the last note of the column or page before; surely where notes follow it."""
    is_same = abs(last.bit.size - line.bit.size) <= _SAME_SIZE * last.bit.size
    is_full = is_sure and not _has_room(last, line)
    return is_same and line.page - last.page in {0, 1} and (is_full or _is_cut(last, line))


def _is_cut(last: Line, line: Line) -> bool:
    """Whether a line ends in the midst of a sentence, for want of room."""
    return not _ends(last) and not _has_room(last, line, _RAGGED)


def _ends(line: Line) -> bool:
    return line.bit.text.rstrip().endswith(tuple(_ENDS))


def _has_room(last: Line, line: Line, least: float = 0.0) -> bool:
    wanted = max(first_word(line.bit.text) + _SLACK, least)
    return last.right - last.bit.right > wanted * last.bit.size


def _put_on(held: Paragraph, line: Line) -> None:
    """A further line of a note; one of its own paragraphs stands behind a space."""
    last = held.lines[-1]
    if _ends(last) and _has_room(last, line, _RAGGED):
        held.text += " "
    add(held, line)


def _renumbered(item: Item, numbers: Mapping[int, int]) -> Item:
    """A line or table with other numbers for the notes it calls."""
    if not numbers:
        return item
    if isinstance(item, Line):
        return item._replace(bit=item.bit._replace(text=_with_numbers(item.bit.text, numbers)))
    grid, page = item
    rows = tuple(
        tuple(tuple(bit._replace(text=_with_numbers(bit.text, numbers)) for bit in cell) for cell in row)
        for row in grid.rows
    )
    return replace(grid, rows=rows), page


def _with_numbers(text: str, numbers: Mapping[int, int]) -> str:
    return _CALL.sub(lambda found: f"[{numbers.get(int(found[1]), int(found[1]))}]", text)
