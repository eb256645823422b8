"""The workbook's styles: each made once, as a named style, and shared by all its cells."""

from copy import copy
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.worksheet import Worksheet

from app.ledger.layout import Layout
from app.ledger.text import cell_text, looks_like_formula

_HAIR = Side(style="thin", color="808080")
_BOXED = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)
_ROLES = {"title": "标题", "subtitle": "副题", "header": "表头", "body": "正文"}
_FORMATS = {"text": "General", "number": "General", "percent": "0.0%", "date": "yyyy-mm-dd"}

Value = str | int | float | date | None
"""What a cell holds; a date has no time."""


class Styles:
    """The styles of one workbook. `name` is a role of the layout's fonts with what sets the cell apart; `prefix` keeps
    the names of two of them in one workbook apart.
    """

    def __init__(self, book: Workbook, layout: Layout, prefix: str = "督办") -> None:
        self._book = book
        self._prefix = prefix
        self._layout = layout
        self._made: dict[tuple[object, ...], StyleArray] = {}
        self._ids: dict[int, tuple[int, StyleArray]] = {}

    def heading(self, role: str) -> StyleArray:
        """The style of a line over the table (title, subtitle): centred, without borders."""
        return self._style(role, self._layout.fonts[role].size, "center")

    def header(self) -> StyleArray:
        """The style of a column's title."""
        return self._style("header", self._layout.fonts["header"].size, "center", fill="header", boxed=True)

    def group(self) -> StyleArray:
        """The style of a line that names the group of rows below it."""
        return self._style("header", self._layout.fonts["header"].size, "left", fill="group", boxed=True)

    def body(
        self, align: str, size: float, *, is_open: bool, kind: str = "text", unlocked: bool = False
    ) -> StyleArray:
        """The style of a cell in the table; the rows nobody confirmed are tinted, and so is what is filled in."""
        fill = "input" if unlocked else "open" if is_open else ""
        return self._style("body", size, align, fill=fill, boxed=True, kind=kind, unlocked=unlocked)

    def quoted(self, style: StyleArray) -> StyleArray:
        """The style with quotePrefix set: the cell stays text when somebody edits it."""
        key = ("quoted", *style)
        if key not in self._made:
            self._made[key] = copy(style)
            self._made[key].quotePrefix = 1
        return self._made[key]

    def _style(
        self,
        role: str,
        size: float,
        align: str,
        *,
        fill: str = "",
        boxed: bool = False,
        kind: str = "text",
        unlocked: bool = False,
    ) -> StyleArray:
        key = (role, size, align, fill, boxed, kind, unlocked)
        if key not in self._made:
            named = NamedStyle(
                name=f"{self._prefix}{_ROLES[role]}{len(self._made) + 1}",
                font=Font(name=self._layout.fonts[role].name, size=size),
                alignment=Alignment(horizontal=align, vertical="center", wrap_text=True),
                border=_BOXED if boxed else Border(),
                number_format=_FORMATS[kind],
                protection=Protection(locked=not unlocked),
            )
            if fill:
                named.fill = PatternFill("solid", start_color=self._layout.fills[fill])
            self._book.add_named_style(named)
            self._made[key] = named.as_tuple()
        return self._made[key]

    def cell(self, sheet: Worksheet, value: Value, style: StyleArray) -> Cell:
        """A cell to append. Text stays text, whatever it starts with; characters XML forbids are gone."""
        text = cell_text(value) if isinstance(value, str) else value
        if isinstance(text, str) and looks_like_formula(text):
            style = self.quoted(style)
        found = self._ids.get(id(style))
        if found is None:
            # the style is kept beside its number: another may not come to have its place in memory
            found = self._ids[id(style)] = (Cell(sheet, style_array=style).style_id, style)
        return SharedCell(sheet, text, *found)


_OWN = ("style_id",)
# named, so that mypy does not take it for all that a cell has


class SharedCell(Cell):  # type: ignore[misc]  # openpyxl has no types
    """A cell whose style was looked up once for all that share it: openpyxl does it again for every cell.

    openpyxl would take "=…" for a formula and "#N/A" for an error: a text is always a text.
    """

    __slots__ = _OWN

    has_style = True

    def __init__(self, sheet: Worksheet, value: Value, style_id: int, style: StyleArray) -> None:
        self.parent = sheet
        self.row = self.column = 1
        self.style_id = style_id
        self._style = style
        self._hyperlink = self._comment = None
        is_text = isinstance(value, str)
        self._value = value or None if is_text else value
        self.data_type = "s" if is_text and value else "d" if isinstance(value, date) else "n"
