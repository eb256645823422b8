"""Workbooks from outside, which nobody vouches for: opened with limits, their cells given as plain text."""

import warnings
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from openpyxl import DEFUSEDXML, load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from app.domain.errors import UserError

FILE_LIMIT = 20_000_000
"""The most bytes of a file."""

UNZIPPED_LIMIT = 40_000_000
"""The most bytes of all its parts together. zipfile itself reads no more of a part than its head declares."""

_PROLOGUE = 4_096
"""How many bytes of a part are looked at for declarations."""

PARTS_LIMIT = 2_000
_ENTRY = b"PK\x01\x02"
COLUMNS_LIMIT = 64
SHEETS_LIMIT = 30
LAST_ROW = 1_048_576
"""The last row that a spreadsheet can have."""

Line = tuple[int, list[str]]
"""A row of a sheet: its number as the spreadsheet shows it, and the texts of its cells from column A on."""


def sheets(path: Path, row_limit: int) -> list[tuple[str, list[Line]]]:
    """The visible sheets of an .xlsx file with the lines that hold anything.

    UserError for what is no workbook, is damaged, or is larger than any honest one: more than `row_limit` lines
    in a sheet, or the limits above.
    """
    data = _bytes(path)
    _check(data, path.name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl leaves out: only values are read
        try:
            return list(_sheets(data, row_limit, path.name))
        except UserError:
            raise
        except Exception as error:  # whatever openpyxl raises over a damaged file, it is the damage
            raise UserError(_damaged(path.name)) from error


def _sheets(data: bytes, row_limit: int, name: str) -> Iterator[tuple[str, list[Line]]]:
    if not DEFUSEDXML:
        raise RuntimeError("openpyxl reads without defusedxml")
    _refuse_declarations(data)
    with closing(load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)) as book:
        for sheet in book.worksheets[:SHEETS_LIMIT]:
            if sheet.sheet_state == "visible":
                yield sheet.title, list(_lines(sheet, row_limit, name))


def checked_bytes(path: Path) -> bytes:
    """The bytes of an .xlsx file that is not too large to be opened. UserError for what is none."""
    data = _bytes(path)
    _check(data, path.name)
    return data


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > FILE_LIMIT:
            raise UserError(f"“{path.name}”太大，不像是一张表，请检查后再导入。")
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            f"不能读取“{path.name}”（{error.strerror or error}），请检查文件是否还在、是否正被打开。"
        ) from error


def _check(data: bytes, name: str) -> None:
    """Refuse what is no zip, and what would be too much of one, before anything is unpacked."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UserError(
            f"“{name}”是旧的 .xls 文件或加了密码，请在 Excel 或 WPS 里另存为不加密的 .xlsx，再导入。"
        )
    # counted before the directory is read: each entry of it takes time and memory
    if data.count(_ENTRY) > 2 * PARTS_LIMIT:
        raise UserError(f"“{name}”解开后太大，不像是一张表，没有导入。")
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UserError(f"“{name}”不是 Excel 工作簿（.xlsx），请另选一个文件。") from error
    if len(parts) > PARTS_LIMIT or sum(part.file_size for part in parts) > UNZIPPED_LIMIT:
        raise UserError(f"“{name}”解开后太大，不像是一张表，没有导入。")


def _refuse_declarations(data: bytes) -> None:
    """ValueError where a part declares a document type: no workbook does, and entities are declared there.

    Where lxml is installed openpyxl takes it for the small parts, which leaves entities alone but says nothing.
    """
    with ZipFile(BytesIO(data)) as archive:
        for part in archive.namelist():
            with archive.open(part) as stream:
                if b"<!DOCTYPE" in stream.read(_PROLOGUE):
                    raise ValueError(f"{part} declares a document type")


def _damaged(name: str) -> str:
    return f"“{name}”已损坏或不是 Excel 工作簿，没有导入。请在 Excel 或 WPS 里打开它另存一份，再导入。"


def _lines(sheet: ReadOnlyWorksheet, row_limit: int, name: str) -> Iterator[Line]:
    # the sheet's own word on its size is not believed: it may be wrong by accident or on purpose
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_col=COLUMNS_LIMIT, values_only=True)
    count = 0
    for number, row in enumerate(rows, 1):
        if number > LAST_ROW:
            raise UserError(_damaged(name))
        if row.count(None) < len(row):
            count += 1
            if count > row_limit:
                raise UserError(f"“{name}”超过{row_limit}行，不像是要导入的表，没有导入。")
            yield number, [_text(value) for value in row]


def _text(value: object) -> str:
    """A cell's value as it is typed: whole numbers without a point, days as 2026-03-01."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
