"""What makes a workbook known when it comes back: a sheet that nobody sees, and the document's properties."""

from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.outgoing import Heading
from app.ledger.filling import Contents, Table
from app.ledger.layout import Layout
from app.ledger.text import cell_text

SHEET = "督办标识"
VERSION = "1"
PREFIX = "duban."
COLUMN = "column"
"""The first cell of a line that says which field a column is: sheet, field, title."""


def describe(book: Workbook, layout: Layout, title: str, description: str) -> None:
    """The document's properties: who made it, what it is. No day and no name of a machine beyond what openpyxl writes."""
    about = book.properties
    about.creator = about.lastModifiedBy = layout.creator
    about.title = cell_text(title)
    about.description = cell_text(description)


def mark(
    book: Workbook, layout: Layout, contents: Contents, heading: Heading, sheets: Sequence[tuple[str, Table]]
) -> None:
    """Hide in the workbook what it was made of: workspace, log, report, template, unit, period, and its columns.

    A column is known by its title, so that columns may be moved; a row by the id in its hidden column.
    """
    facts = _facts(layout, contents, heading)
    for name, value in facts.items():
        book.custom_doc_props.append(StringProperty(name=PREFIX + name, value=cell_text(value)))
    sheet = book.create_sheet(SHEET)
    sheet.sheet_state = "veryHidden"
    for name, value in facts.items():
        _append(sheet, (name, value))
    for line in _columns(sheets):
        _append(sheet, line)


def _facts(layout: Layout, contents: Contents, heading: Heading) -> dict[str, str]:
    return {
        "version": VERSION,
        "workspace": heading.fingerprint,
        "head": heading.head,
        "report": heading.report_id,
        "layout": layout.name,
        "unit": contents.unit,
        "period": contents.period.key if contents.period else "",
        "made": heading.day.isoformat(),
    }


def _columns(sheets: Sequence[tuple[str, Table]]) -> Iterator[tuple[str, ...]]:
    for name, table in sheets:
        for column in table.plan.columns:
            yield COLUMN, name, column.field, column.title, "open" if column.open else "locked"


def _append(sheet: Worksheet, texts: Sequence[str]) -> None:
    sheet.append([cell_text(text) or None for text in texts])
    for cell in sheet[sheet.max_row]:
        if cell.value is not None:
            cell.data_type = "s"
