"""The words of one Word paragraph: what is inserted belongs to it, what is deleted or hidden does not."""

from collections.abc import Iterator

from app.reading.formats.archive import Element
from app.reading.formats.docx_numbers import whole
from app.reading.formats.raised import behind, raised

_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PRIVATE = range(0xE000, 0xF900)


class Names:
    """The tags, spelled out for one of the two namespaces that Word documents may use."""

    def __init__(self, w: str) -> None:
        self.w = w
        self.r, self.t, self.tabs = f"{w}r", f"{w}t", f"{w}tabs"
        self.cell, self.row, self.box = f"{w}tc", f"{w}tr", f"{w}txbxContent"
        self.signs = {
            f"{w}tab": "\t",
            f"{w}ptab": "\t",
            f"{w}cr": "\n",
            f"{w}br": "\n",
            f"{w}noBreakHyphen": "-",
        }
        self.careful = frozenset(
            {
                f"{w}{tag}"
                for tag in (
                    "moveFrom",
                    "vanish",
                    "vertAlign",
                    "position",
                    "sym",
                    "ruby",
                    "drawing",
                    "pict",
                    "object",
                )
            }
            | {f"{w}footnoteReference", f"{w}endnoteReference", f"{_MARKUP}AlternateContent", f"{_MATH}t"}
        )
        """What a plain look at the text elements alone would get wrong."""
        self.calls = (f"{w}footnoteReference", f"{w}endnoteReference")
        self.letters = frozenset({self.t, f"{_MATH}t", f"{w}sym", *self.signs})
        self.skipped = frozenset(
            {
                f"{w}{tag}"
                for tag in ("pPr", "del", "moveFrom", "instrText", "delText", "rt", "sdtPr", "sectPr")
            }
        )


class Words:
    """Reads paragraphs. The notes they call are numbered in the order of their calls."""

    def __init__(self, names: Names) -> None:
        self._n = names
        self._looked_at = (names.t, *names.signs, *names.careful)
        self._numbers: dict[tuple[str, str], int] = {}
        self._calls: list[tuple[str, str]] = []

    def of(self, paragraph: Element) -> tuple[str, list[Element]]:
        """A paragraph's words, and the contents of the text boxes anchored in it."""
        n = self._n
        parts: list[str] = []
        for element in paragraph.iter(*self._looked_at):
            tag = element.tag
            if tag == n.t:
                parts.append(element.text or "")
            elif tag in n.careful:
                return self._carefully(paragraph)
            elif element.getparent().tag != n.tabs:
                parts.append(self._sign(element))
        return "".join(parts), []

    def take_calls(self) -> list[tuple[str, str]]:
        """The notes (their kind and id) called since this was last asked for."""
        calls, self._calls = self._calls, []
        return calls

    def is_joined_to_next(self, paragraph: Element) -> bool:
        """Whether the paragraph's end has been deleted, with the change still tracked."""
        w = self._n.w
        mark = paragraph.find(f"{w}pPr/{w}rPr/{w}del")
        return mark is not None

    def rows(self, table: Element) -> Iterator[Element]:
        """The rows of a table that have not been deleted, with the change still tracked."""
        w = self._n.w
        return (row for row in self.within(table, self._n.row) if row.find(f"{w}trPr/{w}del") is None)

    def cells(self, row: Element) -> Iterator[Element]:
        """The cells of a row that have not been deleted, with the change still tracked."""
        w = self._n.w
        return (cell for cell in self.within(row, self._n.cell) if cell.find(f"{w}tcPr/{w}cellDel") is None)

    def within(self, holder: Element, *tags: str) -> Iterator[Element]:
        """What an element holds of these tags, also within content controls."""
        for child in holder.iterchildren():
            if child.tag in tags:
                yield child
            elif child.tag not in self._n.skipped:
                yield from self.within(child, *tags)

    def is_inside_box(self, paragraph: Element, cell: Element) -> bool:
        """Whether a paragraph within a cell stands in a text box there."""
        parent = paragraph.getparent()
        while parent is not None and parent is not cell:
            if parent.tag == self._n.box:
                return True
            parent = parent.getparent()
        return False

    def _carefully(self, paragraph: Element) -> tuple[str, list[Element]]:
        parts: list[str] = []
        boxes: list[Element] = []
        self._walk(paragraph, parts, boxes)
        return "".join(parts), boxes

    def _walk(self, parent: Element, parts: list[str], boxes: list[Element]) -> None:
        n = self._n
        for child in parent.iterchildren():
            tag = child.tag
            if tag in n.skipped or (tag == n.r and self._is_hidden(child)):
                continue
            if tag in n.letters:
                parts.append(self._letters(child))
            elif tag == n.box:
                boxes.append(child)
            elif tag in n.calls:
                self._call(child, parts)
            elif tag == f"{_MARKUP}AlternateContent":
                self._alternative(child, parts, boxes)
            elif tag == n.r and self._is_raised(child):
                own: list[str] = []
                self._walk(child, own, boxes)
                text = "".join(parts)
                parts[:] = [behind(text, raised("".join(own), text))]
            else:
                self._walk(child, parts, boxes)

    def _alternative(self, element: Element, parts: list[str], boxes: list[Element]) -> None:
        """One of the ways in which the same thing is given: the first that holds words."""
        for way in element.iterchildren(f"{_MARKUP}Choice", f"{_MARKUP}Fallback"):
            if next(way.iter(self._n.t, f"{_MATH}t"), None) is not None:
                self._walk(way, parts, boxes)
                return

    def _letters(self, element: Element) -> str:
        if element.tag in self._n.signs:
            return self._sign(element)
        if element.tag == f"{self._n.w}sym":
            return _symbol(element.get(f"{self._n.w}char", ""))
        return element.text or ""

    def _sign(self, element: Element) -> str:
        is_turn = element.get(f"{self._n.w}type") in {"page", "column"}
        return "" if is_turn else self._n.signs[element.tag]

    def _is_hidden(self, run: Element) -> bool:
        w = self._n.w
        vanish = run.find(f"{w}rPr/{w}vanish")
        return vanish is not None and vanish.get(f"{w}val", "1") not in {"0", "false", "off"}

    def _is_raised(self, run: Element) -> bool:
        """Whether a run stands above the line, and is no call of a note, which is raised too."""
        w = self._n.w
        look = run.find(f"{w}rPr")
        if look is None or any(True for _ in run.iterchildren(*self._n.calls)):
            return False
        align, place = look.find(f"{w}vertAlign"), look.find(f"{w}position")
        if align is not None and align.get(f"{w}val") == "superscript":
            return True
        return place is not None and whole(place.get(f"{w}val"), 0) > 0

    def _call(self, element: Element, parts: list[str]) -> None:
        kind = "footnote" if element.tag.endswith("footnoteReference") else "endnote"
        key = (kind, element.get(f"{self._n.w}id", ""))
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self._calls.append(key)
        parts[:] = [behind("".join(parts), f"[{self._numbers[key]}]")]


def _symbol(code: str) -> str:
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    return "" if point in _PRIVATE or not 32 <= point <= 0x10FFFF else chr(point)
