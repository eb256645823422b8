"""What is drawn on a PDF page besides letters: the rules of its tables."""

from collections.abc import Iterator
from ctypes import byref, c_float
from typing import NamedTuple

from app.reading.formats.page import THIN, Foreign, Rule, rule

_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 2000
_WHOLE_PAGE = 0.95


class Sheet(NamedTuple):
    """A page's size as it is looked at, and how its own coordinates turn into places on it."""

    left: float
    bottom: float
    width: float
    height: float
    turn: int

    @classmethod
    def of(cls, page: Foreign) -> "Sheet":
        """The sheet of PDFium's page."""
        left, bottom, right, top = page.get_bbox()
        turn = page.get_rotation()
        wide, high = right - left, top - bottom
        return cls(left, bottom, *((high, wide) if turn in {90, 270} else (wide, high)), turn)

    @property
    def is_upright(self) -> bool:
        """Whether the page is looked at as it was written."""
        return self.turn == 0

    def turned(self, x: float, y: float) -> tuple[float, float]:
        """A point as the page is looked at, from its top left corner."""
        x, y = x - self.left, y - self.bottom
        if self.turn == 90:
            return y, x
        if self.turn == 180:
            return self.width - x, y
        if self.turn == 270:
            return self.width - y, self.height - x
        return x, self.height - y


def rules_of(page: Foreign, sheet: Sheet) -> list[Rule]:
    """The straight lines drawn on a page."""
    from pypdfium2 import raw

    out: list[Rule] = []
    handle, get, kind_of, path = (
        page.raw,
        raw.FPDFPage_GetObject,
        raw.FPDFPageObj_GetType,
        raw.FPDF_PAGEOBJ_PATH,
    )
    for i in range(min(raw.FPDFPage_CountObjects(handle), _MOST_OBJECTS)):
        drawn = get(handle, i)
        if kind_of(drawn) == path:
            out += _rules(raw, drawn, sheet)
    return out


def _rules(raw: Foreign, drawn: Foreign, sheet: Sheet) -> Iterator[Rule]:
    edges = [c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(drawn, *map(byref, edges)):
        return
    left, bottom, right, top = (edge.value for edge in edges)
    if right - left > _WHOLE_PAGE * sheet.width and top - bottom > _WHOLE_PAGE * sheet.height:
        return
    if min(right - left, top - bottom) <= THIN:
        yield from rule(*sheet.turned(left, top), *sheet.turned(right, bottom))
    elif raw.FPDFPath_CountSegments(drawn) <= _MOST_SEGMENTS:
        yield from _segments(raw, drawn, sheet)


def _segments(raw: Foreign, drawn: Foreign, sheet: Sheet) -> Iterator[Rule]:
    """The straight lines of a path of several, as the whole grid of a table may be one."""
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(drawn, byref(matrix))
    x, y = c_float(), c_float()
    start = last = (0.0, 0.0)
    for i in range(raw.FPDFPath_CountSegments(drawn)):
        segment = raw.FPDFPath_GetPathSegment(drawn, i)
        raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = sheet.turned(
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from rule(*last, *point)
        if raw.FPDFPathSegment_GetClose(segment):
            yield from rule(*point, *start)
        last = point
