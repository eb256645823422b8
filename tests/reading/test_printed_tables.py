"""Tables without upright rules as LibreOffice prints them."""

import io
from typing import Any

import pytest

from app.reading import read_bytes
from tests.rendering import office, to_pdfs

ROWS = (
    ("指标", "单位", "2025年", "2030年"),
    ("港口货物吞吐量", "万吨", "2680", "4200"),
    ("集装箱吞吐量", "万标准箱", "56", "〔120〕"),
    ("养老床位数", "张", "—", "3000"),
    ("森林覆盖率", "％", "21.5", "23左右"),
    ("每千人口拥有执业医师数", "人", "3.1", "4.0"),
    ("单位生产总值能源消耗降低", "％", "—", "〔14〕"),
)
WORDS = "云港区推进港口扩建和航道疏浚，建设标准厂房二十万平方米，培育专业市场五个。"


def document(borders: dict[int, tuple[str, ...]]) -> bytes:
    """A Word document with a table between paragraphs; `borders`: the drawn edges of a row's cells."""
    from docx import Document
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    written: Any = Document()
    written.styles["Normal"].font.size = Pt(10.5)
    written.add_paragraph("云港区国民经济和社会发展第十五个五年规划纲要")
    written.add_paragraph(WORDS * 3).paragraph_format.first_line_indent = Pt(21)
    table = written.add_table(len(ROWS), len(ROWS[0]))
    for r, row in enumerate(ROWS):
        for cell, words in zip(table.rows[r].cells, row, strict=True):
            cell.text = words
            edges = OxmlElement("w:tcBorders")
            for name in borders.get(r, ()):
                edge = OxmlElement(f"w:{name}")
                edge.set(qn("w:val"), "single")
                edges.append(edge)
            cell._tc.get_or_add_tcPr().append(edges)
    for heading in ("一、总体要求", "二、重点任务"):
        written.add_paragraph(heading).paragraph_format.first_line_indent = Pt(21)
        written.add_paragraph(WORDS * 4).paragraph_format.first_line_indent = Pt(21)
    file = io.BytesIO()
    written.save(file)
    return file.getvalue()


@pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")
def test_that_a_printed_table_without_upright_rules_reads_as_the_document_does() -> None:
    three: dict[int, tuple[str, ...]] = {0: ("top", "bottom"), len(ROWS) - 1: ("bottom",)}
    level: dict[int, tuple[str, ...]] = dict.fromkeys(range(len(ROWS)), ("top", "bottom"))
    documents = [document(edges) for edges in ({}, three, level)]
    for data, printed in zip(documents, to_pdfs(documents), strict=True):
        written, again = read_bytes(data, "规划.docx"), read_bytes(printed, "规划.pdf")
        assert "".join(again.source.text.split()) == "".join(written.source.text.split())
        assert [(s.depth, s.kind, s.title) for s in again.sections] == [
            (s.depth, s.kind, s.title) for s in written.sections
        ]
        assert [(b.kind, b.table, b.row, b.column) for b in again.shown.blocks] == [
            (b.kind, b.table, b.row, b.column) for b in written.shown.blocks
        ]
