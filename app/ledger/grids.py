"""Workbooks that come back: every sheet's cells with merged areas, read by the bare XML and without trust.

openpyxl reads styles that other programs write wrongly, and builds an object for every cell; neither formulas nor
merged areas come out of its quick mode. Here only values are read, counted as they come.
"""

import lzma
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from posixpath import join, normpath
from typing import Any, NoReturn
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from app.domain.errors import UserError
from app.domain.typed import Cell
from app.ledger.grid_cells import EPOCHS, Area, Sheet, Strings, kind_of
from app.ledger.opening import checked_bytes

ROWS_LIMIT = 20_000
"""The most rows that hold anything, of all sheets together."""
ELEMENTS_LIMIT = 2_500_000
"""The most XML elements of all parts together: what bounds the time that reading takes."""
SHEETS_LIMIT = 60
LETTERS_LIMIT = 20_000_000
"""The most characters in all cells together."""

_BROKEN = (
    BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    RuntimeError,  # an encrypted part
    NotImplementedError,
    expat.ExpatError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: the cells that hold something by row and column, both counted from 1, rows in order."""

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    merged: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: its sheets, also hidden ones, its own properties, and when it was last saved (None: unknown)."""

    sheets: tuple[Grid, ...]
    properties: Mapping[str, str]
    saved: datetime | None


def read_book(path: Path) -> Book:
    """The sheets of an .xlsx or .xlsm file. UserError for any other file, a damaged one, or one beyond the limits."""
    data = checked_bytes(path)
    try:
        with ZipFile(BytesIO(data)) as archive:
            if not all(part.compress_type in (ZIP_STORED, ZIP_DEFLATED) for part in archive.infolist()):
                raise BadZipFile("no workbook is packed so, and unpacking it may take any amount of memory")
            return _Reader(archive, path.name).book()
    except _BROKEN as error:
        raise UserError(
            f"“{path.name}”已损坏或不是 Excel 工作簿，没有读取。请在 Excel 或 WPS 里打开它另存为 .xlsx 再试。"
        ) from error


class _Reader:
    """One workbook as it is read; counts what comes."""

    def __init__(self, archive: ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._parts = set(archive.namelist())
        self._elements = 0
        self._rows = 0
        self._letters = 0
        self._strings: list[str] = []
        self._kinds: list[str] = []
        self._epoch = EPOCHS[False]

    def book(self) -> Book:
        self._check_kind()
        targets = self._targets()
        sheets: list[tuple[str, str]] = []

        def start(name: str, attrs: dict[str, str]) -> None:
            if name == "sheet" and len(sheets) < SHEETS_LIMIT:
                its_id = next((v for k, v in attrs.items() if k == "id" or k.endswith(":id")), "")
                sheets.append((attrs["name"], targets.get(its_id, ("", ""))[1]))
            elif name == "workbookPr" and attrs.get("date1904") in ("1", "true"):
                self._epoch = EPOCHS[True]

        self._parse("xl/workbook.xml", start)
        for kind, part in targets.values():
            if kind == "sharedStrings":
                self._read_strings(part)
            elif kind == "styles":
                self._read_styles(part)
        read = tuple(self._sheet(name, part) for name, part in sheets if part in self._parts)
        return Book(read, self._properties(), self._saved())

    def _check_kind(self) -> None:
        if "xl/workbook.xml" in self._parts:
            return
        if "xl/workbook.bin" in self._parts:
            raise UserError(f"“{self._name}”是 .xlsb 文件，请在 Excel 或 WPS 里另存为 .xlsx 再试。")
        if "mimetype" in self._parts:
            raise UserError(f"“{self._name}”是 .ods 文件，请在 LibreOffice 里另存为 .xlsx 再试。")
        raise UserError(f"“{self._name}”不是 Excel 工作簿（.xlsx），请另选一个文件。")

    def _targets(self) -> dict[str, tuple[str, str]]:
        """By the relation's id: the last word of its type, and the part."""
        found: dict[str, tuple[str, str]] = {}

        def start(name: str, attrs: dict[str, str]) -> None:
            if name == "Relationship" and attrs.get("TargetMode") != "External":
                target = attrs["Target"]
                part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
                found[attrs["Id"]] = (attrs["Type"].rsplit("/", 1)[-1], part)

        self._parse("xl/_rels/workbook.xml.rels", start)
        return found

    # --- parts

    def _parse(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Go through a part; a prefix of names is taken off. Nothing happens where the part is not there."""
        if part not in self._parts:
            return
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_declaration
        parser.EntityDeclHandler = _refuse_declaration
        local = _local
        left = ELEMENTS_LIMIT - self._elements

        def started(name: str, attrs: dict[str, str]) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise self._too_much()
            start(local(name) if ":" in name else name, attrs)

        parser.StartElementHandler = started
        if end is not None:
            ended = end
            parser.EndElementHandler = lambda name: ended(local(name) if ":" in name else name)
        if text is not None:
            parser.CharacterDataHandler = text
        parser.Parse(self._archive.read(part), True)
        self._elements = ELEMENTS_LIMIT - left

    def _read_strings(self, part: str) -> None:
        made = Strings(self._strings)
        self._parse(part, made.start, made.end, made.text)

    def _read_styles(self, part: str) -> None:
        codes: dict[int, str] = {}
        is_used = False

        def start(name: str, attrs: dict[str, str]) -> None:
            nonlocal is_used
            if name == "numFmt" and "numFmtId" in attrs:
                codes[int(attrs["numFmtId"])] = attrs.get("formatCode", "")
            elif name == "cellXfs":
                is_used = True
            elif name == "xf" and is_used:
                number = int(attrs.get("numFmtId", "0"))
                self._kinds.append(kind_of(number, codes.get(number, "")))

        def end(name: str) -> None:
            nonlocal is_used
            if name == "cellXfs":
                is_used = False

        self._parse(part, start, end)

    def _properties(self) -> dict[str, str]:
        found: dict[str, str] = {}
        called = ""

        def start(name: str, attrs: dict[str, str]) -> None:
            nonlocal called
            if name == "property":
                called = attrs.get("name", "")

        def text(words: str) -> None:
            if called and len(found) < 200:
                found[called] = found.get(called, "") + words

        self._parse("docProps/custom.xml", start, None, text)
        return found

    def _saved(self) -> datetime | None:
        said: list[str] = []
        is_heard = False

        def start(name: str, _attrs: dict[str, str]) -> None:
            nonlocal is_heard
            is_heard = name == "modified"

        def text(words: str) -> None:
            if is_heard:
                said.append(words)

        self._parse("docProps/core.xml", start, None, text)
        try:
            at = datetime.fromisoformat("".join(said).strip())
        except ValueError:
            return None
        return at if at.utcoffset() is not None else None

    # --- cells

    def _sheet(self, name: str, part: str) -> Grid:
        made = Sheet(self._strings, self._kinds, self._epoch)
        made.count, made.hear = self._count, self._hear
        self._parse(part, made.start, made.end, made.text)
        return Grid(name, made.rows, tuple(made.merged))

    def _hear(self, length: int) -> None:
        """A long text may stand in one place, and in every cell: what costs time is how often it is read."""
        self._letters += length
        if self._letters > LETTERS_LIMIT:
            raise self._too_much()

    def _too_much(self) -> UserError:
        return UserError(f"“{self._name}”里的内容多得不像是一张表，没有读取。")

    def _count(self) -> None:
        self._rows += 1
        if self._rows > ROWS_LIMIT:
            raise UserError(f"“{self._name}”超过{ROWS_LIMIT}行，不像是发出去的表，没有读取。")


def _refuse_declaration(*_about: Any) -> NoReturn:  # noqa: ANN401  # whatever expat tells of it
    raise ValueError("a workbook declares no document type")


@cache
def _local(name: str) -> str:
    return name.rsplit(":", 1)[-1]


def sheets_of(book: Book) -> Iterator[Grid]:
    """The sheets that hold anything."""
    return (grid for grid in book.sheets if grid.rows)
