"""The workbook's styles: each made once, as a named style, and shared by all its cells."""

from copy import copy

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.worksheet import Worksheet

from app.ledger.layout import Layout
from app.ledger.text import cell_text, looks_like_formula

_HAIR = Side(style="thin", color="808080")
_BOXED = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)
_ROLES = {"title": "标题", "subtitle": "副题", "header": "表头", "body": "正文"}


class Styles:
    """The styles of one workbook. `name` is a role of the layout's fonts with what sets the cell apart."""

    def __init__(self, book: Workbook, layout: Layout) -> None:
        self._book = book
        self._layout = layout
        self._made: dict[tuple[object, ...], StyleArray] = {}

    def heading(self, role: str) -> StyleArray:
        """The style of a line over the table (title, subtitle): centred, without borders."""
        return self._style(role, self._layout.fonts[role].size, "center")

    def header(self) -> StyleArray:
        """The style of a column's title."""
        return self._style("header", self._layout.fonts["header"].size, "center", fill="header", boxed=True)

    def body(self, align: str, size: float, *, is_open: bool) -> StyleArray:
        """The style of a cell in the table; the rows nobody confirmed are tinted."""
        return self._style("body", size, align, fill="open" if is_open else "", boxed=True)

    def quoted(self, style: StyleArray) -> StyleArray:
        """The style with quotePrefix set: the cell stays text when somebody edits it."""
        key = ("quoted", *style)
        if key not in self._made:
            self._made[key] = copy(style)
            self._made[key].quotePrefix = 1
        return self._made[key]

    def _style(
        self, role: str, size: float, align: str, *, fill: str = "", boxed: bool = False
    ) -> StyleArray:
        key = (role, size, align, fill, boxed)
        if key not in self._made:
            named = NamedStyle(
                name=f"督办{_ROLES[role]}{len(self._made) + 1}",
                font=Font(name=self._layout.fonts[role].name, size=size),
                alignment=Alignment(horizontal=align, vertical="center", wrap_text=True),
                border=_BOXED if boxed else Border(),
            )
            if fill:
                named.fill = PatternFill("solid", start_color=self._layout.fills[fill])
            self._book.add_named_style(named)
            self._made[key] = named.as_tuple()
        return self._made[key]

    def cell(self, sheet: Worksheet, value: str | int, style: StyleArray) -> Cell:
        """A cell to append. Text stays text, whatever it starts with; characters XML forbids are gone."""
        if isinstance(value, int):
            return Cell(sheet, value=value, row=1, column=1, style_array=style)
        text = cell_text(value)
        cell = Cell(
            sheet,
            value=text,
            row=1,
            column=1,
            style_array=self.quoted(style) if looks_like_formula(text) else style,
        )
        # openpyxl takes "=…" for a formula and "#N/A" for an error
        cell.data_type = "s"
        return cell
