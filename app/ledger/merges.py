"""The merged cells of a workbook's sheets, which reading row by row does not tell."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring, iterparse
from openpyxl.utils import column_index_from_string

from app.ledger.opening import Line

MERGES_LIMIT = 50_000
"""The most areas of one sheet; whatever comes after them is not even looked at."""

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column. Rows as the spreadsheet shows them, columns from 0."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")


def merges(path: Path) -> dict[str, list[Merge]]:
    """The merged areas by the title of the sheet, of a workbook that `opening.sheets` has read already."""
    with ZipFile(path) as archive:
        book = fromstring(archive.read("xl/workbook.xml"))
        links = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        parts = {link.get("Id"): posixpath.join("xl", link.get("Target", "")) for link in links}
        found = {}
        for sheet in book.iter(f"{_MAIN}sheet"):
            part = posixpath.normpath(parts.get(sheet.get(_LINK), "")).removeprefix("/")
            if part in archive.namelist():
                found[sheet.get("name", "")] = list(islice(_of_sheet(archive, part), MERGES_LIMIT))
        return found


def _of_sheet(archive: ZipFile, part: str) -> Iterator[Merge]:
    with archive.open(part) as stream:
        for _, element in iterparse(stream):
            if element.tag == f"{_MAIN}mergeCell":
                area = _AREA.fullmatch(element.get("ref", ""))
                if area:
                    left, top, right, bottom = area.groups()
                    first, last = column_index_from_string(left) - 1, column_index_from_string(right) - 1
                    yield int(top), first, int(bottom), last
            if element.tag == f"{_MAIN}row":
                element.clear()


def filled(lines: list[Line], areas: list[Merge]) -> list[Line]:
    """The lines with the text of a merged area in each of its cells that lie in a line, and not only the first."""
    lines = [(number, list(cells)) for number, cells in lines]
    places = {number: place for place, (number, _) in enumerate(lines)}
    by_top: defaultdict[int, list[Merge]] = defaultdict(list)
    for area in areas:
        if area[0] in places:
            by_top[area[0]].append(area)
    for top, of_row in by_top.items():
        for _, left, bottom, right in of_row:
            first = lines[places[top]][1]
            text = first[left] if left < len(first) else ""
            for number, cells in lines[places[top] :] if text else ():
                if number > bottom:
                    break
                for column in range(left, min(right + 1, len(cells))):
                    cells[column] = cells[column] or text
    return lines
