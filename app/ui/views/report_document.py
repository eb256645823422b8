"""A shown text as a QTextDocument: headings as headings, tables as tables. No tag is ever written into it."""

import re
from collections.abc import Iterator
from itertools import groupby

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from app.domain.report import Block, BlockKind, ShownText
from app.ui.offsets import DocumentMap

SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "SimSun", "Noto Sans CJK SC")
SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "SimHei", "SimSun")
"""The faces of the text and of its headings, the first that is there."""

SIZE = 16
"""The size of the text at 100 %, in pixels."""

_SIZES = {
    # Qt keeps these steps when the default font grows, so that zooming never touches a format
    -1: 0.8,
    0: 1.0,
    1: 1.2,
    2: 1.5,
}
_BREAKERS = re.compile("[\r\u2029\ufdd0\ufdd1]")
"""Characters that a document takes for the end of a block, which they are not in a shown text."""

_LEADING = {BlockKind.CELL: 1.5, BlockKind.NOTE: 1.7, BlockKind.TITLE: 1.6}
_SPACE = {BlockKind.TITLE: (8.0, 24.0), BlockKind.HEADING: (14.0, 4.0), BlockKind.NOTE: (0.0, 4.0)}


def serif_font(percent: int) -> QFont:
    """The text's font at a zoom."""
    font = QFont()
    font.setFamilies(list(SERIF))
    font.setPixelSize(max(1, round(SIZE * percent / 100)))
    return font


def size_step(block: Block) -> int:
    """How many steps a block's letters are larger or smaller than the text's."""
    if block.kind is BlockKind.HEADING:
        return 1 if block.level == 1 else 0
    return {BlockKind.TITLE: 2, BlockKind.NOTE: -1, BlockKind.CELL: -1}.get(block.kind, 0)


def size_factor(block: Block) -> float:
    """The size of a block's letters in those of the text."""
    return _SIZES[size_step(block)]


def build_document(shown: ShownText, offsets: DocumentMap, font: QFont, parent: QObject) -> QTextDocument:
    """The document of a shown text, not laid out yet. Positions are those that `offsets` gives."""
    document = QTextDocument(parent)
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    _insert_texts(cursor, shown)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(_block_format(BlockKind.PARAGRAPH, font))
    _dress(cursor, shown, offsets, font)
    cursor.endEditBlock()
    return document


def set_margins(document: QTextDocument, left: float, right: float) -> None:
    """Leave room beside the text for the task numbers, and air above and below it; pixels."""
    frame = QTextFrameFormat()
    frame.setLeftMargin(left)
    frame.setRightMargin(right)
    frame.setTopMargin(24)
    frame.setBottomMargin(96)
    document.rootFrame().setFrameFormat(frame)


def set_rules(document: QTextDocument, colour: QColor) -> None:
    """Draw the tables' rules in a colour."""
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            look = frame.format().toTableFormat()
            look.setBorderBrush(colour)
            frame.setFormat(look)


def _insert_texts(cursor: QTextCursor, shown: ShownText) -> None:
    """Insert everything unformatted: one call for all the blocks between two tables, one for each cell."""
    text = _BREAKERS.sub(" ", shown.text)
    for table, group in groupby(shown.blocks, key=_table_of):
        blocks = list(group)
        if table >= 0:
            _insert_table(cursor, text, blocks)
        else:
            cursor.insertText(text[blocks[0].start : blocks[-1].end])


def _table_of(block: Block) -> int:
    return block.table if block.kind is BlockKind.CELL else -1


def _insert_table(cursor: QTextCursor, text: str, cells: list[Block]) -> None:
    columns = cells[-1].column + 1
    table = cursor.insertTable(len(cells) // columns, columns, _table_format())
    for cell in cells:
        table.cellAt(cell.row, cell.column).firstCursorPosition().insertText(text[cell.start : cell.end])
    cursor.setPosition(table.lastPosition() + 1)


def _table_format() -> QTextTableFormat:
    look = QTextTableFormat()
    look.setBorder(1)
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderCollapse(True)
    look.setCellPadding(4)
    look.setCellSpacing(0)
    look.setTopMargin(8)
    look.setBottomMargin(12)
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    return look


def _dress(cursor: QTextCursor, shown: ShownText, offsets: DocumentMap, font: QFont) -> None:
    """Give the blocks that are no plain paragraph their formats, and paragraphs their bold opener."""
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    looks: dict[tuple[BlockKind, int], tuple[QTextBlockFormat, QTextCharFormat]] = {}
    for block, end in _special(shown):
        cursor.setPosition(offsets.position(block.start))
        cursor.setPosition(offsets.position(end), QTextCursor.MoveMode.KeepAnchor)
        if block.kind is BlockKind.PARAGRAPH:
            cursor.setCharFormat(bold)
            continue
        look = looks.get((block.kind, block.level))
        if look is None:
            look = looks[block.kind, block.level] = _block_format(block.kind, font), _char_format(block)
        cursor.setBlockFormat(look[0])
        cursor.setCharFormat(look[1])


def _special(shown: ShownText) -> Iterator[tuple[Block, int]]:
    """What is not plain: a block and the end of what is to be dressed, which begins where the block does."""
    for table, group in groupby(shown.blocks, key=_table_of):
        blocks = list(group)
        if table >= 0:
            yield blocks[0], blocks[-1].end
            continue
        for block in blocks:
            if block.kind is not BlockKind.PARAGRAPH:
                yield block, block.end
            elif block.lead:
                yield block, block.start + block.lead


def _block_format(kind: BlockKind, font: QFont) -> QTextBlockFormat:
    look = QTextBlockFormat()
    natural = QFontMetricsF(font).height() / font.pixelSize()
    leading = 100 * _LEADING.get(kind, 2.0) / natural
    look.setLineHeight(leading, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    above, below = _SPACE.get(kind, (0.0, 0.0 if kind is BlockKind.CELL else 7.0))
    look.setTopMargin(above)
    look.setBottomMargin(below)
    if kind is BlockKind.TITLE:
        look.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return look


def _char_format(block: Block) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setProperty(QTextFormat.Property.FontSizeAdjustment.value, size_step(block))
    if block.kind in (BlockKind.TITLE, BlockKind.HEADING):
        look.setFontWeight(QFont.Weight.Bold)
        look.setFontFamilies(list(SANS))
    return look
