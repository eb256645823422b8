"""The way between shown offsets and document positions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from app.domain.report import BlockKind, ShownText
from app.domain.spans import Span
from app.ui.offsets import DocumentMap, spare_blocks
from app.ui.views.report_document import build_document, serif_font
from tests.ui.report_samples import PARTS, SHOWN, Part, shown_of

WORDS = st.text(alphabet="督办a 9\u00a0，\t𠮷😀e\u0301\u2028\u2029\r", max_size=12)
TABLE = st.integers(1, 3).flatmap(
    lambda rows: st.lists(WORDS.map(lambda w: (BlockKind.CELL, w)), min_size=2 * rows, max_size=2 * rows)
)
PLAIN = st.sampled_from([k for k in BlockKind if k is not BlockKind.CELL])
LINE = st.tuples(PLAIN, WORDS).map(lambda part: [part])
REPORTS = st.lists(st.one_of(LINE, LINE, TABLE), min_size=1, max_size=8)
"""Lists of groups: a line, or the cells of a table; two tables may follow each other only with a line between."""


def _shown(groups: list[list[Part]]) -> ShownText:
    return shown_of(tuple(part for group in groups for part in group))


def _text_at(shown: ShownText, document_text: str, offset: int, position: int) -> bool:
    """Whether the character at a position is the one at the offset."""
    width = 2 if shown.text[offset] > "\uffff" else 1
    raw = document_text.encode("utf-16-le", "surrogatepass")
    found = raw[2 * position : 2 * (position + width)].decode("utf-16-le")
    return found == shown.text[offset] or (shown.text[offset] in "\r\u2029\u2028" and found in " \u2028")


@settings(max_examples=150)
@given(groups=REPORTS)
def test_that_every_character_stands_where_the_map_says(qapp: QApplication, groups: list[list[Part]]) -> None:
    shown = _shown(groups)
    offsets = DocumentMap(shown)
    document = build_document(shown, offsets, serif_font(100), qapp)
    raw = document.toRawText()
    for offset, char in enumerate(shown.text):
        position = offsets.position(offset)
        assert offsets.offset(position) == offset
        if char != "\n":
            assert _text_at(shown, raw, offset, position)
    for index, block in enumerate(shown.blocks):
        found = document.findBlockByNumber(offsets.number(index))
        assert found.position() == offsets.position(block.start)
        assert offsets.position(block.end) - found.position() == found.length() - 1
        assert offsets.index(offsets.number(index)) == index
    assert document.blockCount() == len(shown.blocks) + len(spare_blocks(shown))
    document.deleteLater()


@settings(max_examples=100)
@given(groups=REPORTS)
def test_that_positions_grow_and_come_back(groups: list[list[Part]]) -> None:
    shown = _shown(groups)
    offsets = DocumentMap(shown)
    positions = [offsets.position(offset) for offset in range(len(shown.text) + 1)]
    assert positions == sorted(set(positions))
    assert [offsets.offset(position) for position in positions] == list(range(len(shown.text) + 1))
    every = [offsets.offset(position) for position in range(positions[-1] + 3)]
    assert every == sorted(every)
    assert every[-1] <= len(shown.text)


def test_that_an_astral_character_takes_two_positions() -> None:
    offsets = DocumentMap(shown_of(((BlockKind.PARAGRAPH, "a𠮷b"),)))
    assert [offsets.position(n) for n in range(4)] == [0, 1, 3, 4]
    assert [offsets.offset(n) for n in range(5)] == [0, 1, 2, 2, 3]
    assert offsets.span(1, 4) == Span(1, 3)


def test_that_only_a_table_at_an_edge_or_after_a_table_needs_a_spare_block() -> None:
    line, cell = (BlockKind.PARAGRAPH, "x"), (BlockKind.CELL, "y")
    assert spare_blocks(shown_of((line, cell, cell, line))) == []
    assert spare_blocks(shown_of((cell, cell, line))) == [0]
    assert spare_blocks(shown_of((line, cell, cell))) == [3]
    assert spare_blocks(shown_of((cell, cell))) == [0, 2]
    assert spare_blocks(ShownText("", (), ())) == []


def test_that_a_spare_block_shows_no_block() -> None:
    offsets = DocumentMap(shown_of(((BlockKind.CELL, "一"), (BlockKind.CELL, "二"))))
    assert [offsets.index(number) for number in range(4)] == [None, 0, 1, None]
    assert offsets.position(0) == 1
    assert offsets.offset(0) == 0


def test_that_two_tables_in_a_row_have_a_spare_block_between(qapp: QApplication) -> None:
    one = shown_of(((BlockKind.CELL, "一"), (BlockKind.CELL, "二")))
    second = one.blocks[1].__class__(BlockKind.CELL, 2, 3, table=1, row=0, column=0)
    shown = ShownText(one.text, (one.blocks[0], second), one.runs)
    assert spare_blocks(shown) == [0, 1, 2]
    offsets = DocumentMap(shown)
    document = build_document(shown, offsets, serif_font(100), qapp)
    assert document.findBlockByNumber(offsets.number(1)).text() == "二"
    assert document.findBlockByNumber(offsets.number(1)).position() == offsets.position(2)


@pytest.mark.parametrize(
    ("start", "end", "blocks"), [(0, 1, [0]), (12, 14, [0, 1]), (13, 14, [1]), (0, 20, [0, 1])]
)
def test_that_the_blocks_of_a_span_are_those_it_touches(start: int, end: int, blocks: list[int]) -> None:
    offsets = DocumentMap(SHOWN)
    assert SHOWN.blocks[1].start == 13
    assert list(offsets.blocks_in(Span(start, end))) == blocks


def test_that_an_offset_belongs_to_the_block_it_stands_in() -> None:
    offsets = DocumentMap(SHOWN)
    assert [offsets.block_at(offset) for offset in (0, 12, 13, len(SHOWN.text))] == [0, 0, 1, len(PARTS) - 1]
