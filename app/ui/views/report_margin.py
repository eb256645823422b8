"""The task numbers in the left margin: solid for confirmed, dashed for suggested, filled for the current."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from app.domain.marks import TASK
from app.ui.views.report_document import SANS
from app.ui.views.report_lines import Line, Row, opens_on
from app.ui.views.report_painting import ReportColours

GUTTER = 72
"""The width of the margin at 100 %, in pixels."""

PILLS_END = GUTTER - 14
"""Where the numbers end: 14 pixels before the text."""

SUGGESTED, DRAFT, CONFIRMED = "suggested", "draft", "confirmed"

Numbers = Mapping[str, tuple[int, str]]
"""By task id: the number people see, and its state."""

_WIDTH, _HEIGHT, _GAP = 34.0, 20.0, 2.0


class Pill(NamedTuple):
    """A task's number and where it stands, in the document's coordinates."""

    task_id: str
    box: QRectF


def pills(lines: Iterable[tuple[float, Line, Row]], numbers: Numbers, unit: float) -> list[Pill]:
    """The pills of some lines: (y of the block, line, row). Tasks that begin on one line stand side by side."""
    found: list[Pill] = []
    for y, line, row in lines:
        begun = [
            place.mark.task_id
            for place in row
            if place.mark.kind == TASK and opens_on(place, line) and place.mark.task_id in numbers
        ]
        if not begun:
            continue
        room = PILLS_END - 2
        width = min(_WIDTH, (room - _GAP * (len(begun) - 1)) / len(begun)) * unit
        left = PILLS_END * unit - len(begun) * width - (len(begun) - 1) * _GAP * unit
        middle = y + (line.top + line.bottom) / 2
        for task_id in begun:
            top = round(middle - _HEIGHT / 2 * unit)
            found.append(Pill(task_id, QRectF(round(left), top, round(width), round(_HEIGHT * unit))))
            left += width + _GAP * unit
    return found


def paint_pills(
    painter: QPainter, found: list[Pill], numbers: Numbers, current: str, colours: ReportColours, unit: float
) -> None:
    """Paint the numbers."""
    if not found:
        return
    wide, narrow = _font(12 * unit), _font(9 * unit)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for pill in found:
        number, state = numbers[pill.task_id]
        painter.setFont(wide if pill.box.width() > 27 * unit else narrow)
        _paint_pill(painter, pill.box, state, colours, is_current=pill.task_id == current)
        painter.drawText(pill.box, Qt.AlignmentFlag.AlignCenter, str(number))


@cache
def _font(size: float) -> QFont:
    font = QFont()
    font.setFamilies(list(SANS))
    font.setPixelSize(max(1, round(size)))
    return font


def _paint_pill(
    painter: QPainter, box: QRectF, state: str, colours: ReportColours, *, is_current: bool
) -> None:
    """Paint a pill's ground and outline, and leave the pen for its digits."""
    ground = colours.accent if is_current else colours.pill_ground if state == CONFIRMED else colours.panel
    line = colours.accent if is_current else colours.pill_line
    pen = QPen(QColor(line), 1)
    if state == SUGGESTED and not is_current:
        pen.setDashPattern([3.0, 2.0])
    painter.setPen(pen)
    painter.setBrush(QColor(ground))
    radius = box.height() / 2
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setPen(QColor(colours.pill_on if is_current else colours.pill_ink))
