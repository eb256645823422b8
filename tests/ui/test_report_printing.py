"""The report on paper: A4 pages in a size to read."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPdfWriter, QTextTable
from pytestqt.qtbot import QtBot

from app.domain.report import BlockKind
from app.ui.views.report_painting import DARK, LIGHT
from app.ui.views.report_printing import LEADING, SIZE, set_paper
from tests.ui.report_samples import make_view, shown_of

LINES = 44
"""Lines of text of this size and leading that fit between the margins of an A4 page, at most."""


def pages(pdf: Path) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf.read_bytes()))


def test_that_a_page_of_paper_holds_some_forty_lines(qtbot: QtBot, tmp_path: Path) -> None:
    view = make_view(qtbot, shown_of(tuple((BlockKind.PARAGRAPH, f"第{n}行") for n in range(120))))
    pdf = tmp_path / "行.pdf"
    writer = QPdfWriter(str(pdf))
    set_paper(writer)
    assert writer.pageLayout().pageSize().id() == QPageSize.PageSizeId.A4
    view.print_to(writer)
    del writer
    assert 120 / LINES < pages(pdf) <= 120 / 24


def test_that_the_paper_is_a4_with_the_margins_left_to_the_text() -> None:
    writer = QPdfWriter("")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    set_paper(writer)
    layout = writer.pageLayout()
    assert layout.pageSize().size(QPageSize.Unit.Millimeter) == QSizeF(210, 297)
    assert layout.margins(QPageLayout.Unit.Millimeter) == QMarginsF(0, 0, 0, 0)


def test_that_the_size_is_in_points_and_the_lines_are_closer_than_on_the_screen(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    paper = view.to_print_document()
    font = paper.defaultFont()
    assert font.pointSizeF() == SIZE == pytest.approx(11.5)
    assert font.pixelSize() == -1
    block, seen = paper.begin(), view.document().begin()
    count, heights = 0, set[int]()
    while block.isValid():
        height = block.blockFormat().lineHeight()
        assert height == pytest.approx(max(100, seen.blockFormat().lineHeight() * LEADING))
        heights.add(round(height))
        block, seen, count = block.next(), seen.next(), count + 1
    assert count == view.document().blockCount()
    assert min(heights) == 100
    assert max(heights) > 105
    assert view.document().defaultFont().pixelSize() == 16


def test_that_the_dark_theme_prints_as_the_light_one(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    view.set_colours(DARK, (), dark=True)
    tables = [f for f in view.to_print_document().rootFrame().childFrames() if isinstance(f, QTextTable)]
    assert [t.format().borderBrush().color() for t in tables] == [QColor(LIGHT.rule)]
