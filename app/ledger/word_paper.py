"""A Word document on paper as GB/T 9704 lays it out: A4, 22 lines of 28 characters, the office's fonts by name."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, time
from io import BytesIO
from math import floor
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from app.domain.outgoing import Heading
from app.ledger.layout import Face
from app.ledger.manner import Manner
from app.ledger.text import cell_text

PAGE_WIDTH, PAGE_HEIGHT = 210, 297
"""Of A4, in millimetres."""

TITLE_WIDTH = 20
"""The most characters of a title's line."""

_TEXT_ROLES = frozenset({"body", "heading1", "heading2"})
_CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_LEFT, _BOTH = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY

# python-docx has no types: what it makes is told apart by name only
_Thing = Any


class Paper:
    """One document as it is written, from the top."""

    def __init__(self, heading: Heading, title: str, style: Manner) -> None:
        self._style = style
        self._document = Document()
        self._heading = heading
        self._set_up_page()
        self._set_up_text()
        self._describe(title)

    # --- what stands in it

    def title(self, text: str) -> None:
        """The title, centred, a line free below."""
        lines = broken(text)
        for line in lines:
            paragraph = self._line(line, "title", _CENTRE)
            paragraph.paragraph_format.line_spacing = Pt(35)
            paragraph.paragraph_format.space_after = Pt(self._pitch if line is lines[-1] else 0)

    def addressee(self, text: str) -> None:
        """主送: whom it goes to, from the margin on."""
        self._line(f"{text}：", "body")

    def heading(self, text: str, level: int) -> None:
        """一、 in 黑体, （一） in 楷体."""
        paragraph = self._line(text, f"heading{level}")
        self._indent(paragraph)
        paragraph.paragraph_format.keep_with_next = True

    def text(self, text: str, tail: str = "", *, is_kept: bool = False) -> None:
        """A paragraph, two characters in; `tail`, what stands in brackets behind a task, in 楷体.

        `is_kept`: it stands on the page of what comes next.
        """
        paragraph = self._line(text, "body")
        self._indent(paragraph)
        paragraph.paragraph_format.keep_with_next = is_kept or None
        if tail:
            self._run(paragraph, tail, "heading2")

    def table(
        self,
        titles: Sequence[str],
        widths: Sequence[float],
        rows: Iterable[Sequence[str]],
        centred: Collection[int] = (0,),
        *,
        is_kept: bool = False,
    ) -> None:
        """A table with thin lines; its header is repeated on each page. Widths are shares of the text's width.

        `centred` are the columns, counted from 0, whose cells are centred. `is_kept`: its last row stands on the page of
        what comes next.
        """
        table = self._document.add_table(rows=1, cols=len(titles))
        table.style = self._document.styles["Table Grid"]
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for cell, text in zip(table.rows[0].cells, titles, strict=True):
            self._fill(cell, text, "table_header", _CENTRE)
        _keep(table.rows[0])
        for row in rows:
            cells = table.add_row().cells
            for place, (cell, text) in enumerate(zip(cells, row, strict=True)):
                self._fill(cell, text, "table", _CENTRE if place in centred else _LEFT)
        self._set_widths(table, widths)
        header, *others = self._document.element.body.findall(qn("w:tbl"))[-1].findall(qn("w:tr"))
        _flag(header.get_or_add_trPr(), "w:tblHeader")
        for row_element in others:
            _flag(row_element.get_or_add_trPr(), "w:cantSplit")
        after = self._line("", "table")
        if is_kept:
            _keep(table.rows[-1])
            after.paragraph_format.keep_with_next = True

    def signature(self) -> None:
        """A line free, then who sends it and the day, on the right, four characters in; all on one page."""
        if self._document.paragraphs[-1].text:  # behind a table a line is free already
            self._line("", "body").paragraph_format.keep_with_next = True
        lines = [text for text in (self._heading.office, self._heading.day_words) if text]
        for text in lines:
            paragraph = self._line(text, "body", _RIGHT)
            paragraph.paragraph_format.right_indent = Pt(4 * self._style.fonts["body"].size)
            paragraph.paragraph_format.keep_with_next = text is not lines[-1] or None

    def content(self) -> bytes:
        """The .docx."""
        buffer = BytesIO()
        self._document.save(buffer)
        return buffer.getvalue()

    # --- how it is set

    @property
    def _pitch(self) -> float:
        """From line to line, in points."""
        margins = self._style.margins
        return (PAGE_HEIGHT - margins["top"] - margins["bottom"]) / 25.4 * 72 / self._style.lines

    def _set_up_page(self) -> None:
        section = self._document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
        for side, margin in self._style.margins.items():
            setattr(section, f"{side}_margin", Mm(margin))
        section.footer_distance = Mm(self._style.margins["bottom"] - 7 - 5)
        grid = self._document.element.body.sectPr.find(qn("w:docGrid"))
        # a grid of characters too is not what LibreOffice takes it for: characters are set closer instead
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(round(self._pitch * 20)))
        self._document.settings.odd_and_even_pages_header_footer = True
        self._number_pages(section.footer, _RIGHT)
        self._number_pages(section.even_page_footer, _LEFT)

    def _closer(self) -> int:
        """What each character of the text is narrower than its font, in twentieths of a point: so many fill a line."""
        margins = self._style.margins
        room = (PAGE_WIDTH - margins["left"] - margins["right"]) / 25.4 * 72
        return floor((room / self._style.characters - self._style.fonts["body"].size) * 20)

    def _set_up_text(self) -> None:
        normal = self._document.styles["Normal"]
        face = self._style.fonts["body"]
        _set_face(normal.font, normal.element.get_or_add_rPr(), face)
        normal.paragraph_format.line_spacing = Pt(self._pitch)
        normal.paragraph_format.space_after = Pt(0)

    def _describe(self, title: str) -> None:
        about = self._document.core_properties
        about.title = cell_text(title)
        about.author = about.last_modified_by = self._heading.office or "督办"
        about.identifier, about.version = self._heading.fingerprint, self._heading.head
        day = self._heading.day
        about.created = about.modified = datetime.combine(day, time())
        about.comments = about.keywords = about.subject = ""

    def _line(self, text: str, role: str, align: WD_ALIGN_PARAGRAPH = _BOTH) -> _Thing:
        paragraph = self._document.add_paragraph()
        paragraph.alignment = align
        if text:
            self._run(paragraph, text, role)
        return paragraph

    def _run(self, paragraph: _Thing, text: str, role: str) -> None:
        run = paragraph.add_run(cell_text(text))
        properties = run.element.get_or_add_rPr()
        _set_face(run.font, properties, self._style.fonts[role])
        if role in _TEXT_ROLES:
            _flag(properties, "w:spacing", str(self._closer()), before="w:sz")

    def _indent(self, paragraph: _Thing) -> None:
        """Two characters, whatever their size."""
        paragraph.paragraph_format.first_line_indent = Pt(2 * self._style.fonts["body"].size)
        indent = paragraph.paragraph_format.element.get_or_add_pPr().find(qn("w:ind"))
        indent.set(qn("w:firstLineChars"), "200")

    def _fill(self, cell: _Thing, text: str, role: str, align: WD_ALIGN_PARAGRAPH) -> None:
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        for place, line in enumerate(text.split("\n")):
            paragraph = cell.add_paragraph() if place else cell.paragraphs[0]
            paragraph.alignment = align
            paragraph.paragraph_format.line_spacing = Pt(self._style.fonts[role].size * 1.4)
            _flag(
                paragraph.paragraph_format.element.get_or_add_pPr(), "w:snapToGrid", "0", before="w:spacing"
            )
            self._run(paragraph, line, role)

    def _set_widths(self, table: _Thing, widths: Sequence[float]) -> None:
        margins = self._style.margins
        room = PAGE_WIDTH - margins["left"] - margins["right"]
        whole = sum(widths)
        for place, width in enumerate(widths):
            table.columns[place].width = Mm(room * width / whole)
            for cell in table.columns[place].cells:
                cell.width = Mm(room * width / whole)

    def _number_pages(self, footer: _Thing, align: WD_ALIGN_PARAGRAPH) -> None:
        """— 1 — in 宋体, outside on the page: one character in from the edge."""
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        face = self._style.fonts["page_number"]
        side = "right_indent" if align is _RIGHT else "left_indent"
        setattr(paragraph.paragraph_format, side, Pt(face.size))
        for text, kind in (("— ", ""), ("", "begin"), ("PAGE", "instr"), ("", "end"), (" —", "")):
            run = paragraph.add_run(text if not kind else "")
            _set_face(run.font, run.element.get_or_add_rPr(), face)
            if kind == "instr":
                code = OxmlElement("w:instrText")
                code.set(qn("xml:space"), "preserve")
                code.text = text
                run.element.append(code)
            elif kind:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
                run.element.append(mark)


def _set_face(font: _Thing, properties: _Thing, face: Face) -> None:
    """The font for every script: Word takes the East Asian one from an attribute of its own."""
    font.name = face.name
    font.size = Pt(face.size)
    fonts = properties.get_or_add_rFonts()
    for script in ("w:eastAsia", "w:hAnsi", "w:cs"):
        fonts.set(qn(script), face.name)


def _keep(row: _Thing) -> None:
    """Let a row of a table stand on the page of what comes next."""
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _flag(properties: _Thing, name: str, value: str = "", before: str = "") -> None:
    """Add a property; the schema has them in an order, which `before` keeps."""
    flag = OxmlElement(name)
    if value:
        flag.set(qn("w:val"), value)
    if before:
        properties.find(qn(before)).addprevious(flag)
    else:
        properties.append(flag)


def broken(title: str) -> list[str]:
    """A title in lines that end where a meaning does: one that is too long, after the report's name."""
    name_end = title.find("》") + 1
    parts = [title[:name_end], title[name_end:]]
    fits = all(0 < _width(part) <= TITLE_WIDTH for part in parts)
    return parts if _width(title) > TITLE_WIDTH and fits else [title]


def _width(text: str) -> float:
    """In characters; a Latin letter or digit is half of one."""
    return sum(0.5 if character.isascii() else 1 for character in text)
