"""The lines of a page as a browser breaks them, and its tables by their cells."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from app.reading.formats.archive import Element
from app.reading.formats.docx_numbers import whole
from app.reading.formats.html_tree import compiled, words_of
from app.reading.source_lines import HEADING

Rows = list[list[str]]
"""A table: the cells' texts row by row, with LF between a cell's paragraphs."""
Items = list[str | Rows]

_TORN = re.compile(r"(?<=[\u3000-\uffef])[ \t]*[\r\n]+[ \t]*(?=[\u3000-\uffef])")
_SPACE = re.compile(r"[ \t\r\n]+")
_NAMES = (
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead"
    " tr ucapcontent ul"
)
BREAKS = frozenset(_NAMES.split())
"""What is a line, or holds lines."""
_HEADINGS = {f"h{level}": HEADING * min(level, 4) for level in range(1, 7)}
_PLAIN = BREAKS - {"table", "pre", *_HEADINGS}
"""What is a line at once where it holds nothing but words, as most of a report does."""
_HOLDERS = "article body center div form main pre section table tbody td tr ucapcontent"
_PARTS = frozenset(_HOLDERS.split())
"""What may hold the article and nothing else."""
_LAYOUT = 1500
"""A table with longer cells only lays out the page."""
_LONG_CELL = f"string-length() > {_LAYOUT} and .//*[self::td or self::th][string-length() > {_LAYOUT}]"
_MOST_COLUMNS = 40
_MOST_ROWS = 1000


class Part(NamedTuple):
    """An element that may hold the article: `items[first:end]` are what it holds."""

    element: Element
    first: int
    end: int


class PageLines:
    """The lines of an element as a browser breaks them ("" for a blank one) and its tables, in `items`.

    `parts`: inner ones before those around them. Without recursion: pages may be nested as deep as they like.
    """

    def __init__(self, root: Element) -> None:
        self.items: Items = []
        self.parts: list[Part] = []
        self._links: list[tuple[int, int]] = []
        self._words = [_first_words(root)]
        self._walk(root)

    def weights(self) -> list[int]:
        """How many characters of each item are no link."""
        out = [len(item) if isinstance(item, str) else sum(map(len, chain(*item))) for item in self.items]
        for i, length in self._links:
            if i < len(out):
                out[i] -= length
        return out

    def _walk(self, root: Element) -> None:
        path = [(root, iter(root), 0)]
        while path:
            element, inner, first = path[-1]
            part = self._take_lines(inner)
            if part is not None and not self._is_taken(part):
                self._enter(part)
                path.append((part, iter(part), len(self.items)))
            elif part is None:
                path.pop()
                if element.tag in BREAKS:
                    self._end_line()
                if element.tag in _PARTS:
                    self.parts.append(Part(element, first, len(self.items)))
                if path:
                    self._words.append(_behind(element))
        self._end_line()

    def _take_lines(self, elements: Iterator[Element]) -> Element | None:
        """Take the elements that are lines at once, up to one that is not; None behind the last of them."""
        words, items = self._words, self.items
        for element in elements:
            tag = element.tag
            if words and tag in BREAKS:
                self._end_line()
            if tag not in _PLAIN or len(element):
                return element
            text = element.text
            if text or tag == "p":
                items.append(_tidied(text or ""))
                if tag in _PARTS:
                    self.parts.append(Part(element, len(items) - 1, len(items)))
            tail = element.tail
            if tail and not tail.isspace():
                words.append(tail)
        return None

    def _is_taken(self, element: Element) -> bool:
        """Take a break, preformatted text or a table at once."""
        tag, first = element.tag, len(self.items)
        if tag == "br":
            self.items.append(_line(self._words))
        elif tag == "pre":
            self.items += words_of(element).replace("\r", "").split("\n")
        elif tag == "table" and _is_data(element):
            self._links += ((first, len(words_of(link))) for link in element.iter("a"))
            self.items.append(_rows(element))
        else:
            return False
        if tag in _PARTS:
            self.parts.append(Part(element, first, len(self.items)))
        self._words.append(_behind(element))
        return True

    def _enter(self, element: Element) -> None:
        """Begin what an element holds; remember how long a link is."""
        if element.tag == "a":
            self._links.append((len(self.items), len(words_of(element))))
        self._words += (_HEADINGS.get(element.tag, ""), _first_words(element))

    def _end_line(self) -> None:
        """Take the words gathered as a line, if there are any."""
        line = _line(self._words)
        if line:
            self.items.append(line)


def _first_words(element: Element) -> str:
    """The words before an element's first part; white space that only sets out the page is none."""
    text: str = element.text or ""
    return "" if element.tag in BREAKS and text.isspace() else text


def _behind(element: Element) -> str:
    """The words behind an element; white space behind a line only sets out the page."""
    tail: str = element.tail or ""
    if element.tag == "br":  # a line's beginning, where plain text may have a TAB before a cell
        return tail.lstrip("\r\n")
    return "" if element.tag in BREAKS and tail.isspace() else tail


def _line(words: list[str]) -> str:
    """The words gathered, as one line; the list is emptied."""
    line = "".join(words)
    words.clear()
    return _tidied(line)


def _tidied(line: str) -> str:
    """A line as a browser shows it, with the TAB that it begins with, as cells do in plain text.

    A TAB behind other white space, or before it, sets out the page.
    """
    if not (" " in line or "\n" in line or "\t" in line or "\r" in line):
        return line
    tab = "\t" if line[0] == "\t" and not line[1:2].isspace() else ""
    whole = _TORN.sub("", line) if "\n" in line or "\r" in line else line
    return tab + _SPACE.sub(" ", whole).strip(" ")


def _is_data(table: Element) -> bool:
    """Whether a table holds cells to be read one by one, and does not only lay out the page."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [len(row) for row in table.iter("tr")]
    if len(rows) < 2 and max(rows, default=0) < 2:
        return False
    return max(rows) == 1 or not compiled(_LONG_CELL)(table)


def _rows(table: Element) -> Rows:
    """The cells' texts row by row; what a cell spans besides its first place is empty."""
    out: Rows = []
    held: dict[int, int] = {}
    caption = table.find("caption")
    if caption is not None:
        out.append([_cell(caption)])
    for row in table.iter("tr"):
        cells = [*row.iterchildren("td", "th")]
        texts: list[str] = []
        for cell in cells:
            if held:
                _skip_held(texts, held)
            texts.append(_cell(cell))
            if cell.keys():
                _spread(cell, texts, held)
        if held:
            _skip_held(texts, held)
            held = {column: rows - 1 for column, rows in held.items() if rows > 1}
        out.append(texts[:1] if len(cells) == 1 and len(texts) == _span(cells[0], "colspan") else texts)
    width = min(max(map(_width, out), default=0), _MOST_COLUMNS)
    return [row[:width] for row in out]


def _spread(cell: Element, texts: list[str], held: dict[int, int]) -> None:
    """Make room for what the last cell spans besides its first place."""
    wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
    first = len(texts) - 1
    texts += [""] * (wide - 1)
    if high > 1:
        held.update(dict.fromkeys(range(first, len(texts)), high))


def _width(row: list[str]) -> int:
    """How many cells a row has up to the last one with words."""
    width = len(row)
    while width and not row[width - 1].strip():
        width -= 1
    return width


def _skip_held(texts: list[str], held: dict[int, int]) -> None:
    """Leave out the places that cells of the rows above reach down to."""
    while held.get(len(texts), 0) > 0 and len(texts) < _MOST_COLUMNS:
        texts.append("")


def _cell(cell: Element) -> str:
    if not len(cell):
        text: str = cell.text or ""
        return _tidied(text).strip("\t")
    return "\n".join(item for item in PageLines(cell).items if isinstance(item, str) and item)


def _span(cell: Element, name: str) -> int:
    said = cell.get(name)
    if said is None:
        return 1
    most = _MOST_COLUMNS if name == "colspan" else _MOST_ROWS
    return min(max(whole(said.strip(), 1), 1), most)
