"""A Word document of ours read back for its preview: paragraphs and tables with what they look like, in points."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from app.ledger.layout import Face

_ALIGNS = {
    WD_ALIGN_PARAGRAPH.CENTER: "center",
    WD_ALIGN_PARAGRAPH.RIGHT: "right",
    WD_ALIGN_PARAGRAPH.JUSTIFY: "justify",
}

# python-docx has no types: what it makes is told apart by name only
_Thing = Any


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one font; `spacing` is what is between its characters, in points."""

    text: str
    face: Face
    spacing: float


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: `align` is left, center, right or justify; `pitch` from line to line, `after` below, in points."""

    runs: tuple[Run, ...]
    align: str
    pitch: float
    after: float
    first: float
    right: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the widths of its columns in points, its rows of cells of paragraphs; the first is on every page."""

    widths: tuple[float, ...]
    rows: tuple[tuple[tuple[Block, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class WordDocument:
    """The page's size, its margins (top, right, bottom, left), what stands on it, and the font of its numbers."""

    size: tuple[float, float]
    margins: tuple[float, float, float, float]
    parts: tuple[Block | Grid, ...]
    numbers: Face


def read_document(content: bytes) -> WordDocument:
    """Read what `app.ledger.documents` has made."""
    document: _Thing = Document(BytesIO(content))
    section = document.sections[0]
    normal: _Thing = document.styles["Normal"]
    pitch = normal.paragraph_format.line_spacing.pt
    plain = Face(normal.font.name, normal.font.size.pt)
    number = section.footer.paragraphs[0].runs[0]
    return WordDocument(
        (section.page_width.pt, section.page_height.pt),
        (section.top_margin.pt, section.right_margin.pt, section.bottom_margin.pt, section.left_margin.pt),
        tuple(_parts(document, pitch, plain)),
        Face(number.font.name, number.font.size.pt),
    )


def _parts(document: _Thing, pitch: float, plain: Face) -> Iterator[Block | Grid]:
    for part in document.element.body:
        if part.tag == qn("w:tbl"):
            yield _grid(part, pitch, plain)
        elif part.tag == qn("w:p"):
            yield _block(Paragraph(part, document), pitch, plain)


def _grid(table: _Thing, pitch: float, plain: Face) -> Grid:
    """A table by its elements: cell by cell python-docx looks it through again and again."""
    rows = tuple(
        tuple(
            tuple(_block(Paragraph(p, table), pitch, plain) for p in cell.findall(qn("w:p")))
            for cell in row.findall(qn("w:tc"))
        )
        for row in table.findall(qn("w:tr"))
    )
    widths = (column.get(qn("w:w")) for column in table.iter(qn("w:gridCol")))
    return Grid(tuple(int(width) / 20 for width in widths), rows)


def _block(paragraph: _Thing, pitch: float, plain: Face) -> Block:
    manner = paragraph.paragraph_format
    spacing = manner.line_spacing
    return Block(
        tuple(_run(run, plain) for run in paragraph.runs),
        _ALIGNS.get(paragraph.alignment, "left"),
        spacing.pt if spacing is not None else pitch,
        manner.space_after.pt if manner.space_after is not None else 0.0,
        manner.first_line_indent.pt if manner.first_line_indent is not None else 0.0,
        manner.right_indent.pt if manner.right_indent is not None else 0.0,
    )


def _run(run: _Thing, plain: Face) -> Run:
    properties = run.element.rPr
    spacing = None if properties is None else properties.find(qn("w:spacing"))
    size = run.font.size.pt if run.font.size else plain.size
    between = 0.0 if spacing is None else int(spacing.get(qn("w:val"))) / 20
    return Run(run.text, Face(run.font.name or plain.name, size), between)
