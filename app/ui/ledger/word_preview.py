"""A Word document as it will be printed: its own words, fonts, lines and tables on pages of the standard's size."""

from functools import cached_property

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QPainter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTableFormat,
)
from typing_extensions import override

from app.ledger.layout import Face
from app.ledger.word_pages import Block, Grid, Run, WordDocument, read_document
from app.ui.ledger.page_view import FINE, INK, Pages
from app.ui.ledger.sheet_preview import font_of, lacking_words

NUMBER_ABOVE = 7 / 25.4 * 72
"""A page's number stands 7 mm below the text, in points."""

CELL_PADDING = 4.0
_ALIGNS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
    "justify": Qt.AlignmentFlag.AlignJustify,
}


class WordPages(Pages):
    """The pages of a document, read back from what will be written."""

    def __init__(self, content: bytes) -> None:
        self._read = read_document(content)

    @property
    @override
    def size(self) -> QSizeF:
        return QSizeF(*self._read.size)

    @property
    @override
    def count(self) -> int:
        return self._text.pageCount()

    @property
    @override
    def about(self) -> str:
        faces = list(dict.fromkeys(run.face for part in self._read.parts for run in _runs(part)))
        fonts = "，".join(f"{face.name} {face.size:g}" for face in faces)
        top, right, bottom, left = (round(margin / 72 * 25.4) for margin in self._read.margins)
        lacking = lacking_words([face.name for face in faces])
        return f"A4纵向，页边距上{top}下{bottom}左{left}右{right}毫米；{fonts}{lacking}。"

    @override
    def words(self, number: int) -> str:
        return self._text.toPlainText() if number == 0 else ""

    @override
    def draw(self, painter: QPainter, number: int) -> None:
        width, height = (round(side * FINE) for side in self._read.size)
        _, right, bottom, left = (margin * FINE for margin in self._read.margins)
        page = QRectF(0, number * height, width, height)
        painter.save()
        painter.translate(0, -page.top())
        painter.setClipRect(page)
        self._text.drawContents(painter, page)
        painter.restore()
        face = self._read.numbers
        painter.setFont(font_of(face))
        painter.setPen(QColor(INK))
        # outside: on the right of odd pages, one character in
        side = Qt.AlignmentFlag.AlignLeft if number % 2 else Qt.AlignmentFlag.AlignRight
        room = face.size * FINE
        line = QRectF(
            left + room, height - bottom + NUMBER_ABOVE * FINE, width - left - right - 2 * room, room * 1.5
        )
        painter.drawText(line, f"— {number + 1} —", QTextOption(side))

    @cached_property
    def _text(self) -> QTextDocument:
        """The document laid out; made when first drawn."""
        return _laid_out(self._read)


def _runs(part: Block | Grid) -> list[Run]:
    if isinstance(part, Block):
        return list(part.runs)
    return [run for row in part.rows for cell in row for block in cell for run in block.runs]


def _laid_out(read: WordDocument) -> QTextDocument:
    text = QTextDocument()
    text.setUndoRedoEnabled(False)
    text.setDocumentMargin(0)
    text.setPageSize(QSizeF(*(round(side * FINE) for side in read.size)))
    frame = QTextFrameFormat()
    sides = (frame.setTopMargin, frame.setRightMargin, frame.setBottomMargin, frame.setLeftMargin)
    for margin, put in zip(read.margins, sides, strict=True):
        put(margin * FINE)
    text.rootFrame().setFrameFormat(frame)
    cursor = QTextCursor(text)
    is_first = True
    for part in read.parts:
        if isinstance(part, Grid):
            _put_grid(cursor, part)
            is_first = True  # a table leaves an empty paragraph behind it
        else:
            _put_block(cursor, part, is_first=is_first)
            is_first = False
    return text


def _put_block(cursor: QTextCursor, block: Block, *, is_first: bool) -> None:
    manner = QTextBlockFormat()
    manner.setAlignment(_ALIGNS[block.align])
    manner.setLineHeight(block.pitch * FINE, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    manner.setBottomMargin(block.after * FINE)
    manner.setTextIndent(block.first * FINE)
    manner.setRightMargin(block.right * FINE)
    if is_first:
        cursor.setBlockFormat(manner)
    else:
        cursor.insertBlock(manner)
    for run in block.runs:
        cursor.insertText(run.text, _dressed(run.face, run.spacing))


def _dressed(face: Face, spacing: float) -> QTextCharFormat:
    font = font_of(face)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing * FINE)
    dress = QTextCharFormat()
    dress.setFont(font)
    dress.setForeground(QBrush(QColor(INK)))
    return dress


def _put_grid(cursor: QTextCursor, grid: Grid) -> None:
    manner = QTextTableFormat()
    manner.setBorder(0.5 * FINE)
    manner.setBorderBrush(QBrush(QColor(INK)))
    manner.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    manner.setBorderCollapse(True)
    manner.setCellSpacing(0)
    manner.setCellPadding(CELL_PADDING * FINE)
    manner.setHeaderRowCount(1)
    manner.setColumnWidthConstraints(
        [QTextLength(QTextLength.Type.FixedLength, width * FINE) for width in grid.widths]
    )
    table = cursor.insertTable(len(grid.rows), len(grid.widths), manner)
    for row, cells in enumerate(grid.rows):
        for column, blocks in enumerate(cells):
            cell = table.cellAt(row, column)
            dress = cell.format()
            dress.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
            cell.setFormat(dress)
            inside = cell.firstCursorPosition()
            for place, block in enumerate(blocks):
                _put_block(inside, block, is_first=place == 0)
    cursor.movePosition(QTextCursor.MoveOperation.End)
