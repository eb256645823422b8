"""The linear text in the making: paragraphs are lines, a table's cells are lines behind a TAB.

A blank line stands between two rows; two end a table or a box, so that what follows is not taken for its last row.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.domain.errors import UserError
from app.domain.report import Place
from app.reading.marks import mark_of
from app.reading.source_lines import DEEPEST, HEADING
from app.reading.wording import plain

Tell = Callable[[float], None]
"""Called with the share of a file that is read (0 to 1); raises CancelledError to stop."""

LONGEST = 8_000_000
"""Characters of text. A hundred times the longest report known, and few enough to be outlined in memory."""
MOST_PARAGRAPHS = 400_000

_LONGEST_CONTINUATION = 40
"""A cell's further lines are only taken for its own if they are no longer (see `tables.py`)."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What a format's reader yields: the text, the places in it, and what the text's encoding is called."""

    text: str
    places: tuple[Place, ...]
    encoding: str


class Linear:
    """Collects paragraphs and tables in reading order. UserError for more than any report can hold."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lines: list[str] = []
        self._places: list[Place] = []
        self._length = 0
        self._paragraphs = self._tables = 0
        self._gap = 0

    def paragraph(self, text: str, page: int = 0, turns: Sequence[tuple[int, int]] = ()) -> None:
        """A paragraph; one without words is a blank line, unless a TAB makes it an empty cell.

        `turns`: at which of its characters which page begins.
        """
        if not text.strip() and "\t" not in text:
            self._gap += 1
            self._require_room()
            return
        self._paragraphs += 1
        start = self._put(text)
        self._places.append(Place(start, page, self._paragraphs))
        for at, turned in turns:
            self._mark(Place(start + at, turned, self._paragraphs))

    def lines(self, texts: Iterable[str]) -> None:
        """Paragraphs of a file without pages, taken as `paragraph` takes them, but quicker: a page has hundreds."""
        put, mark, at, number = self._lines.append, self._places.append, self._length, self._paragraphs
        for text in texts:
            if not text.strip() and "\t" not in text:
                self._gap += 1
                self._require_room()
                continue
            if self._gap:
                self._put_gap()
                at = self._length
            number += 1
            mark(Place(at, 0, number))
            put(text)
            at += len(text) + 1
            self._length = at
        self._paragraphs = number
        self._require_room()

    def heading(self, text: str, level: int) -> None:
        """What the file calls a heading of a level from 1 on: a paragraph behind blanks that tell it from others."""
        words = " ".join(text.split())
        self.paragraph(HEADING * min(level, DEEPEST) + words if words else "")

    def aside(self, text: str, paragraph: int = 0, page: int = 0) -> None:
        """A line that is no paragraph of the body: a note, at the paragraph that calls it."""
        self._mark(Place(self._put(text), page, paragraph))

    @property
    def paragraphs(self) -> int:
        """How many paragraphs there are so far."""
        return self._paragraphs

    def blank(self, lines: int) -> None:
        """At least so many blank lines before what follows."""
        self._gap = max(self._gap, lines)

    def table(self, rows: Iterable[Sequence[str]], page: int = 0, *, goes_on: bool = False) -> None:
        """A table, its cells' paragraphs with LF between. One column is a box: its words are paragraphs.

        `goes_on`: it is the same table as the one before, on the next page.
        """
        full = [row for row in rows if "".join(row).strip()]
        if not full:
            return
        if not goes_on:
            self._tables += 1
        if max(len(row) for row in full) == 1:
            self._box([row[0] for row in full], page)
            return
        self.blank(1 if goes_on else 2 if self._lines and self._lines[-1].startswith("\t") else self._gap)
        for r, row in enumerate(full, 1):
            for c, cell in enumerate(row, 1):
                start = self._put("\t" + _cell(cell))
                self._places.append(Place(start, page, 0, self._tables, r, c))
            self.blank(1)

    def end_table(self) -> None:
        """Behind a table or box something else begins."""
        if self._lines:
            self.blank(2)

    def finish(self, encoding: str) -> Extract:
        """The whole."""
        return Extract("\n".join((*self._lines, "")), tuple(self._places), encoding)

    def _box(self, cells: Sequence[str], page: int) -> None:
        for r, cell in enumerate(cells, 1):
            for line in cell.split("\n"):
                if line.strip():
                    self._mark(Place(self._put(line), page, 0, self._tables, r, 1))

    def _put(self, text: str) -> int:
        """Append a line; returns the offset of its first character."""
        if self._gap:
            self._put_gap()
        start = self._length
        self._lines.append(text)
        self._length += len(text) + 1
        self._require_room()
        return start

    def _put_gap(self) -> None:
        if self._lines:
            self._lines += [""] * self._gap
            self._length += self._gap
        self._gap = 0

    def _require_room(self) -> None:
        if self._length > LONGEST or len(self._lines) + self._gap > MOST_PARAGRAPHS:
            raise UserError(
                f"“{self._name}”的文字太多（超过 {LONGEST // 10_000} 万字或 {MOST_PARAGRAPHS // 10_000} 万段），"
                "不像是一份报告，没有读入。请确认选对了文件，或只保留报告正文后再试。"
            )

    def _mark(self, place: Place) -> None:
        last = self._places[-1] if self._places else None
        if last is None or last[1:] != place[1:]:
            self._places.append(place)


def _cell(text: str) -> str:
    """A cell's paragraphs as one: on lines of its own where the tables' rules take them together, else with spaces."""
    if "\n" not in text:
        return text.replace("\t", " ").strip()
    lines = [line.strip() for line in text.replace("\t", " ").split("\n")]
    lines = [line for line in lines if line]
    out = lines[0] if lines else ""
    for line in lines[1:]:
        continues = len(line) <= _LONGEST_CONTINUATION and mark_of(plain(line)) is None
        out += ("\n" if continues else " ") + line
    return out
