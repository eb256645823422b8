"""Word documents (.docx, .docm): the text as Word shows it, with numbering, insertions, notes and text boxes.

The parts are read one paragraph or table at a time, so that a long document takes no more memory than its text.
"""

from functools import cached_property
from typing import NamedTuple

from app.reading.formats.archive import Archive, Element
from app.reading.formats.docx_numbers import Numbering, spaced, whole
from app.reading.formats.docx_text import Names, Words
from app.reading.formats.linear import Extract, Linear, Tell

_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_PARTS = {"styles": "styles.xml", "numbering": "numbering.xml"}
_BODY = 9
"""The outline level of what is no heading."""
_MOST_COLUMNS = 63
"""Word's own limit."""
_CHUNK = 1024 * 1024
_STEP = 200
"""After how many paragraphs progress is told."""


class _Style(NamedTuple):
    """A paragraph style: its list and level ("" and -1 where it names none), what it is based on, its outline level."""

    number_id: str
    depth: int
    base: str
    outline: int


def read(data: bytes, name: str, tell: Tell) -> Extract:
    """The text of a document. UserError for one that is damaged, encrypted or too large."""
    archive = Archive(data, name)
    part = main_part(archive)
    if part is None:
        raise archive.damaged()
    return _Reader(archive, part, tell).read()


def main_part(archive: Archive) -> str | None:
    """The name of the part with the text; None for what is no Word document."""
    if "word/document.xml" in archive:
        return "word/document.xml"
    types = archive.root("[Content_Types].xml") if "[Content_Types].xml" in archive else None
    for override in () if types is None else types:
        if "wordprocessingml.document.main" in override.get(
            "ContentType", ""
        ) or "word.document.macroEnabled.main" in (override.get("ContentType", "")):
            found = str(override.get("PartName", "")).lstrip("/")
            return found if found in archive else None
    return None


class _Reader:
    def __init__(self, archive: Archive, part: str, tell: Tell) -> None:
        self._archive = archive
        self._part = part
        self._folder = part.rpartition("/")[0]
        self._tell = tell
        self._out = Linear(archive.name)
        self._w = self._space()
        self._words = Words(Names(self._w))
        self._numbering = Numbering(archive.root(f"{self._folder}/numbering.xml"), self._w)
        self._styles = self._read_styles()
        self._held = ""
        self._called: dict[tuple[str, str], int] = {}

    def read(self) -> Extract:
        w = self._w
        for i, element in enumerate(self._archive.elements(self._part, (f"{w}p", f"{w}tbl"))):
            if i % _STEP == 0:
                self._tell(min(0.9, i / (i + 2000)))
            self._element(element)
        if self._held:
            self._put(self._held)
        self._notes()
        return self._out.finish("docx")

    @cached_property
    def _has_tables(self) -> bool:
        with self._archive.open(self._part) as file:
            return any(b"tbl>" in chunk for chunk in iter(lambda: file.read(_CHUNK), b""))

    def _space(self) -> str:
        from lxml import etree

        with self._archive.open(self._part) as file:
            try:
                for _, element in etree.iterparse(
                    file, events=("start",), resolve_entities=False, no_network=True
                ):
                    space = str(element.tag).partition("}")[0].removeprefix("{")
                    return f"{{{space if space in _SPACES else _SPACES[0]}}}"
            except etree.XMLSyntaxError as error:
                raise self._archive.damaged() from error
        raise self._archive.damaged()

    def _element(self, element: Element) -> None:
        if element.tag == f"{self._w}p":
            self._paragraph(element)
        else:
            self._table(element)

    def _paragraph(self, element: Element) -> None:
        text, boxes = self._text(element)
        if self._has_tables:
            text = text.lstrip("\t")  # where tables are tables a TAB before a paragraph is an indent
        text, self._held = self._held + text, ""
        if self._words.is_joined_to_next(element):
            self._held = text
        else:
            self._put(text, self._level(element))
        for box in boxes:
            for inner in self._words.within(box, f"{self._w}p", f"{self._w}tbl"):
                self._element(inner)

    def _put(self, text: str, level: int = 0) -> None:
        if level:
            self._out.heading(text, level)
        else:
            self._out.paragraph(text)
        for key in self._words.take_calls():
            self._called[key] = self._out.paragraphs

    def _text(self, element: Element) -> tuple[str, list[Element]]:
        """A paragraph's words with its number, and the text boxes anchored in it."""
        text, boxes = self._words.of(element)
        number = self._number(element)
        return (spaced(number, text.lstrip(" ")) if number and text.strip() else text), boxes

    def _level(self, element: Element) -> int:
        """The level from 1 on of what the document calls a heading, by itself or by its style; 0 for text."""
        w = self._w
        properties = element.find(f"{w}pPr")
        if properties is None:
            return 0
        own = whole(_value(properties.find(f"{w}outlineLvl"), w), -1)
        style = _value(properties.find(f"{w}pStyle"), w)
        level = own if own >= 0 else self._outline_of(style)
        return level + 1 if 0 <= level < _BODY else 0

    def _outline_of(self, style: str) -> int:
        for _ in range(20):  # styles may be based on each other in a circle
            found = self._styles.get(style)
            if found is None or found.outline >= 0:
                return found.outline if found else -1
            style = found.base
        return -1

    def _number(self, element: Element) -> str:
        w = self._w
        properties = element.find(f"{w}pPr")
        style = "" if properties is None else _value(properties.find(f"{w}pStyle"), w)
        own = None if properties is None else properties.find(f"{w}numPr")
        number_id, depth = self._of_style(style)
        if own is not None:
            number_id = _value(own.find(f"{w}numId"), w) or number_id
            level = _value(own.find(f"{w}ilvl"), w)
            depth = whole(level, max(depth, 0))
        if number_id in {"", "0"}:
            return ""
        return self._numbering.next(number_id, max(depth, 0))

    def _of_style(self, style: str) -> tuple[str, int]:
        depth = -1
        for _ in range(20):  # styles may be based on each other in a circle
            found = self._styles.get(style)
            if found is None:
                return "", depth
            depth = found.depth if depth < 0 else depth
            if found.number_id:
                tied = self._numbering.depth_of(found.number_id, style)
                return found.number_id, depth if tied is None else tied
            style = found.base
        return "", depth

    def _read_styles(self) -> dict[str, _Style]:
        w = self._w
        root = self._archive.root(f"{self._folder}/styles.xml")
        styles: dict[str, _Style] = {}
        for style in () if root is None else root.iterfind(f"{w}style"):
            if style.get(f"{w}type") != "paragraph":
                continue
            own = style.find(f"{w}pPr/{w}numPr")
            level = "" if own is None else _value(own.find(f"{w}ilvl"), w)
            number_id = "" if own is None else _value(own.find(f"{w}numId"), w)
            outline = whole(_value(style.find(f"{w}pPr/{w}outlineLvl"), w), -1)
            found = _Style(number_id, whole(level, -1), _value(style.find(f"{w}basedOn"), w), outline)
            styles[style.get(f"{w}styleId", "")] = found
            if style.get(f"{w}default") in {"1", "true"}:
                styles[""] = found
        return styles

    def _table(self, element: Element) -> None:
        rows = [self._row(row, is_first=i == 0) for i, row in enumerate(self._words.rows(element))]
        self._out.table(_without_empty_columns(rows))
        for key in self._words.take_calls():
            self._called[key] = self._out.paragraphs
        if rows and max(len(row) for row in rows) == 1:
            self._out.end_table()

    def _row(self, row: Element, *, is_first: bool) -> list[str]:
        w = self._w
        before = _span(_value(row.find(f"{w}trPr/{w}gridBefore"), w))
        cells = [""] * before
        spans = 0
        for cell in self._words.cells(row):
            properties = cell.find(f"{w}tcPr")
            span = merged = None
            if properties is not None:
                span, merged = properties.find(f"{w}gridSpan"), properties.find(f"{w}vMerge")
            # in the first row there is nothing to go on with
            continues = (
                not is_first and merged is not None and merged.get(f"{w}val", "continue") == "continue"
            )
            width = max(1, _span(_value(span, w)))
            cells += ["" if continues else self._cell(cell), *[""] * (width - 1)]
            spans += 1
        return cells[:1] if spans == 1 and not before else cells[:_MOST_COLUMNS]

    def _cell(self, cell: Element) -> str:
        lines: list[str] = []
        for element in cell.iter(f"{self._w}p"):
            if self._words.is_inside_box(element, cell):
                continue
            text, boxes = self._text(element)
            lines.append(text)
            lines += [self._words.of(inner)[0] for box in boxes for inner in box.iter(f"{self._w}p")]
        return "\n".join(lines)

    def _notes(self) -> None:
        """The notes that the text calls, behind it, as those of a printed report."""
        if not self._called:
            return
        texts = {kind: self._note_texts(kind) for kind in ("footnote", "endnote")}
        self._out.blank(1)
        self._out.aside("注释")
        for number, ((kind, note_id), paragraph) in enumerate(self._called.items(), 1):
            words = texts[kind].get(note_id, "").strip()
            self._out.aside(f"[{number}]{words}", paragraph)

    def _note_texts(self, kind: str) -> dict[str, str]:
        w = self._w
        part = f"{self._folder}/{kind}s.xml"
        if part not in self._archive:
            return {}
        return {
            note.get(f"{w}id", ""): " ".join(self._words.of(p)[0].strip() for p in note.iter(f"{w}p"))
            for note in self._archive.elements(part, (f"{w}{kind}",))
        }


def _value(element: Element, w: str) -> str:
    return "" if element is None else element.get(f"{w}val", "")


def _span(text: str) -> int:
    return min(max(whole(text, 0), 0), _MOST_COLUMNS)


def _without_empty_columns(rows: list[list[str]]) -> list[list[str]]:
    """Without the cells at the end that no row fills: what a merged cell spans."""
    width = max((i + 1 for row in rows for i, cell in enumerate(row) if cell.strip()), default=0)
    return [row[:width] for row in rows]
