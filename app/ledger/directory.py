"""The unit directory as a workbook, and a workbook of units read back."""

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.errors import UserError
from app.domain.unit_fields import FIELDS, UnitField, said, tidied
from app.domain.unit_import import UnitRow, UnitSheet
from app.domain.units import Unit
from app.ledger.layout import Layout, decomposition
from app.ledger.measure import fitting, height_of
from app.ledger.opening import Line, sheets
from app.ledger.saving import check_target, write_beside
from app.ledger.style import Styles

TITLE = "单位名录"
HINT = "改好后可导入回来：按隐藏的标识认单位，没有标识的按名称；空白的格子清空该栏，别名只增不减；表里没有的单位不变"
ID_TITLE = "标识"
WIDTHS = {
    "order": 6,
    "code": 10,
    "name": 34,
    "short_name": 17,
    "aliases": 36,
    "leader": 11,
    "person": 11,
    "telephone": 15,
    "group": 9,
    "duties": 24,
    "valid_from": 12,
    "valid_to": 12,
    "successor_id": 17,
}
CENTERED = frozenset({"order", "code", "leader", "person", "telephone", "group", "valid_from", "valid_to"})
ROW_LIMIT = 2_000
HEADER_DEPTH = 20
"""How far down the columns' titles are looked for."""

_IN_BRACKETS = re.compile(r"[（(【\[].*?[】\]）)]")
_BY_TITLE = {title: field for field in FIELDS for title in (field.title, *field.others)}


def write_directory(out: Path, units: Sequence[Unit]) -> None:
    """Write the directory to `out`, an .xlsx, the units' ids in a hidden column. UserError as for a ledger."""
    check_target(out)
    book = Workbook()
    layout = decomposition()
    book.properties.creator = book.properties.lastModifiedBy = layout.creator
    sheet = book.worksheets[0]
    sheet.title = TITLE
    _fill(sheet, units, layout, Styles(book, layout))
    buffer = BytesIO()
    book.save(buffer)
    write_beside(out, buffer.getvalue, lambda: None)


def read_directory(path: Path) -> UnitSheet:
    """The rows of the first sheet that has a column of names. UserError where there is none, or no workbook."""
    for _, lines in sheets(path, ROW_LIMIT):
        for place, (_, cells) in enumerate(lines[:HEADER_DEPTH]):
            columns = _columns(cells)
            if {"name", "short_name"} & {field.name for field in columns.values()}:
                return _sheet(lines[place:], columns)
    raise UserError(
        f"“{path.name}”里没有找到表头。表头要有“名称”或“简称”，还可以有："
        + "、".join(f.title for f in FIELDS if f.name not in ("name", "short_name"))
        + "。"
    )


# --- out


def _fill(sheet: Worksheet, units: Sequence[Unit], layout: Layout, styles: Styles) -> None:
    widths = [WIDTHS[field.name] for field in FIELDS]
    for index, width in enumerate((*widths, 38), 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.column_dimensions[get_column_letter(len(FIELDS) + 1)].hidden = True
    seen = get_column_letter(len(FIELDS))
    for row, (role, text) in enumerate((("title", TITLE), ("subtitle", HINT)), 1):
        sheet.append([styles.cell(sheet, text, styles.heading(role))])
        sheet.merge_cells(f"A{row}:{seen}{row}")
        sheet.row_dimensions[row].height = height_of([(text, sum(widths))], layout.fonts[role].size)
    sheet.append([styles.cell(sheet, t, styles.header()) for t in (*(f.title for f in FIELDS), ID_TITLE)])
    sheet.freeze_panes = "A4"
    for row, unit in enumerate(units, 4):
        texts = [said(unit, field.name, units) for field in FIELDS]
        size, height = fitting(zip(texts, widths, strict=True), layout.fonts["body"].size)
        aligns = ["center" if field.name in CENTERED else "left" for field in FIELDS]
        sheet.append(
            [
                styles.cell(sheet, text, styles.body(align, size, is_open=False))
                for text, align in zip((*texts, unit.id), (*aligns, "left"), strict=True)
            ]
        )
        sheet.row_dimensions[row].height = height
    sheet.auto_filter.ref = f"A3:{get_column_letter(len(FIELDS) + 1)}{len(units) + 3}"


# --- in


def _columns(cells: list[str]) -> dict[int, UnitField]:
    """Which column is which field, by the words of its title; of two alike the first counts."""
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        field = _BY_TITLE.get(_plain(cell))
        if field is not None:
            found.setdefault(field.name, index)
    return {found[field.name]: field for field in FIELDS if field.name in found}


def _sheet(lines: list[Line], columns: dict[int, UnitField]) -> UnitSheet:
    (_, header), *rest = lines
    id_column = next((i for i, cell in enumerate(header) if _plain(cell) == ID_TITLE), -1)
    named = {*columns, id_column}
    unknown = tuple(tidied(cell) for i, cell in enumerate(header) if tidied(cell) and i not in named)
    rows = tuple(
        UnitRow(
            line,
            tidied(cells[id_column]) if id_column >= 0 else "",
            {field.name: cells[index] for index, field in columns.items()},
        )
        for line, cells in rest
        if any(tidied(cells[index]) for index in columns)
    )
    return UnitSheet(rows, unknown)


def _plain(title: str) -> str:
    """A title without spaces and what stands in brackets: 分管领导（副区长） is 分管领导."""
    return "".join(_IN_BRACKETS.sub("", title).split())
