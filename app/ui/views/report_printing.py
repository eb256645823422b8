"""The report for paper: there tags are formats and task numbers stand in the text."""

from collections.abc import Mapping

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import (
    QColor,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from app.domain.marks import TASK, Mark
from app.domain.scheme import TagStyle
from app.domain.spans import Span
from app.ui.views.report_canvas import Canvas
from app.ui.views.report_document import serif_font, set_margins, set_rules
from app.ui.views.report_painting import LIGHT

SIZE = 11.5
"""The size of the text on paper, in points: a size in pixels would be tiny on a printer."""

LEADING = 0.8
"""How far the lines stand apart, of what they do on the screen; no line is closer than its letters want."""

_Insertion = tuple[int, str, QTextCharFormat]


def set_paper(device: QPagedPaintDevice) -> None:
    """A4, with the margins left to the document: Qt's are two centimetres."""
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)


def print_document(canvas: Canvas, styles: Mapping[str, TagStyle]) -> QTextDocument:
    """A copy of the canvas's document with its tags in the light theme's colours, on white."""
    document = canvas.document.clone()
    font = serif_font(100)
    font.setPointSizeF(SIZE)
    document.setDefaultFont(font)
    set_margins(document, 0, 0)
    set_rules(document, QColor(LIGHT.rule))
    _tighten(document)
    end = Span(0, 1 << 60)
    marks = [
        mark for mark in canvas.places.marks.within(end) if canvas.shown.to_shown(Span(mark.start, mark.end))
    ]
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    insertions: list[_Insertion] = []
    for mark in marks:
        start, stop = _positions(canvas, mark)
        if mark.kind == TASK:
            number = canvas.numbers.get(mark.task_id)
            if number is not None:
                insertions.append((start, f"〔{number[0]}〕", _raised(QColor("#4d5868"))))
        elif style := styles.get(mark.kind):
            cursor.setPosition(start)
            cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(_tag_format(style, is_suggested=mark.is_suggested))
            insertions.append((stop, style.letter, _raised(QColor(style.ink))))
    # from the end on, so that no insertion moves the place of another
    for position, text, look in sorted(insertions, key=lambda i: i[0], reverse=True):
        cursor.setPosition(position)
        cursor.insertText(text, look)
    cursor.endEditBlock()
    return document


def _tighten(document: QTextDocument) -> None:
    """Set the lines closer."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        look = QTextBlockFormat()
        kind = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        look.setLineHeight(max(100.0, block.blockFormat().lineHeight() * LEADING), kind)
        cursor.setPosition(block.position())
        cursor.mergeBlockFormat(look)
        block = block.next()


def _positions(canvas: Canvas, mark: Mark) -> tuple[int, int]:
    shown = canvas.shown.to_shown(Span(mark.start, mark.end)) or Span(0, 0)
    return canvas.offsets.position(shown.start), canvas.offsets.position(shown.end)


def _tag_format(style: TagStyle, *, is_suggested: bool) -> QTextCharFormat:
    look = QTextCharFormat()
    underline = QTextCharFormat.UnderlineStyle
    look.setUnderlineStyle(underline.DashUnderline if is_suggested else underline.SingleUnderline)
    look.setUnderlineColor(QColor(style.ink))
    if not is_suggested:
        look.setBackground(QColor(style.ground))
    return look


def _raised(ink: QColor) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    look.setForeground(ink)
    return look
