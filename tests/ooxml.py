"""A check of office files by their parts: what Word and Excel would want to repair is named."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from defusedxml.ElementTree import fromstring

Element = ElementTree.Element
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

_SHEET_ORDER = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges "
    "scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting "
    "dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks "
    "customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing tableParts extLst"
)
SHEET_ORDER = _SHEET_ORDER.split()
_PARAGRAPH_ORDER = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
PARAGRAPH_ORDER = _PARAGRAPH_ORDER.split()
_RUN_ORDER = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath"
)
RUN_ORDER = _RUN_ORDER.split()
_CELL = re.compile(r"([A-Z]+)(\d+)")


def problems(path: Path) -> list[str]:
    """What is wrong with an .xlsx or .docx; nothing where all is well."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    found = [f"{name} twice" for name in {name for name in names if names.count(name) > 1}]
    trees = {n: fromstring(data) for n, data in parts.items() if n.endswith((".xml", ".rels"))}
    found += _untyped(trees, names)
    found += _dangling(trees, names)
    if "xl/workbook.xml" in trees:
        found += _of_workbook(trees)
    if "word/document.xml" in trees:
        found += _of_document(trees)
    return found


def _untyped(trees: dict[str, Element], names: list[str]) -> Iterator[str]:
    types = trees["[Content_Types].xml"]
    endings = {t.get("Extension", "").lower() for t in types.iter(f"{TYPES}Default")}
    named = {t.get("PartName", "").lstrip("/") for t in types.iter(f"{TYPES}Override")}
    for name in names:
        if (
            name != "[Content_Types].xml"
            and name not in named
            and name.rsplit(".", 1)[-1].lower() not in endings
        ):
            yield f"{name} has no content type"
    yield from (f"{name} is declared and not there" for name in named - set(names))


def _dangling(trees: dict[str, Element], names: list[str]) -> Iterator[str]:
    for name, tree in trees.items():
        if name.endswith(".rels"):
            base = posixpath.dirname(posixpath.dirname(name))
            for link in tree.iter(f"{RELS}Relationship"):
                target = link.get("Target", "")
                place = posixpath.normpath(posixpath.join("/" + base, target)).lstrip("/")
                if link.get("TargetMode") == "External" or place not in names:
                    yield f"{name} points to {target}"


def _out_of_order(element: Element, order: list[str], namespace: str) -> bool:
    places = [order.index(child.tag.removeprefix(namespace)) for child in element]
    return places != sorted(places)


def _of_workbook(trees: dict[str, Element]) -> Iterator[str]:
    sheets = [sheet.get("name", "") for sheet in trees["xl/workbook.xml"].iter(f"{MAIN}sheet")]
    if len({name.casefold() for name in sheets}) < len(sheets) or any(not 0 < len(n) <= 31 for n in sheets):
        yield f"names of sheets: {sheets}"
    styles = trees["xl/styles.xml"]
    formats = len(styles.findall(f"{MAIN}cellXfs/{MAIN}xf"))
    colours = len(styles.findall(f"{MAIN}dxfs/{MAIN}dxf"))
    named = [style.get("name") for style in styles.iter(f"{MAIN}cellStyle")]
    if len(set(named)) < len(named):
        yield f"styles share a name: {named}"
    for name, tree in trees.items():
        if name.startswith("xl/worksheets/sheet"):
            yield from (f"{name}: {words}" for words in _of_sheet(tree, formats, colours))


def _of_sheet(tree: Element, formats: int, colours: int) -> Iterator[str]:
    if _out_of_order(tree, SHEET_ORDER, MAIN):
        yield "elements out of order"
    yield from _of_cells(tree, formats)
    for rule in tree.iter(f"{MAIN}cfRule"):
        if int(rule.get("dxfId", "0")) >= colours:
            yield "a rule's format is not there"
    for rule in tree.iter(f"{MAIN}dataValidation"):
        first = rule.findtext(f"{MAIN}formula1") or ""
        if len(first) > 255 or (rule.get("type") == "list" and first.count('"') != 2):
            yield f"a list of choices that Excel does not take: {first}"
    areas = [merge.get("ref", "") for merge in tree.iter(f"{MAIN}mergeCell")]
    taken: set[tuple[int, int]] = set()
    for area in areas:
        cells = set(_cells(area))
        if len(cells) < 2 or cells & taken:
            yield f"merged cells {area}"
        taken |= cells


def _of_cells(tree: Element, formats: int) -> Iterator[str]:
    last_row = 0
    for row in tree.iter(f"{MAIN}row"):
        number = int(row.get("r", "0"))
        if number <= last_row or not 0 <= float(row.get("ht", "1")) <= 409.5:
            yield f"row {number}"
        last_row, last_column = number, 0
        for cell in row:
            column = next(_cells(cell.get("r", "")))[1]
            if column <= last_column or int(cell.get("s", "0")) >= formats:
                yield f"cell {cell.get('r')}"
            if cell.get("t") == "inlineStr" and cell.find(f"{MAIN}is") is None:
                yield f"cell {cell.get('r')} is text without text"
            last_column = column


def _cells(area: str) -> Iterator[tuple[int, int]]:
    corners = [_CELL.fullmatch(corner) for corner in area.split(":")]
    places = [(int(c[2]), _column(c[1])) for c in corners if c]
    (top, left), (bottom, right) = places[0], places[-1]
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _of_document(trees: dict[str, Element]) -> Iterator[str]:
    for name, tree in trees.items():
        if name.startswith("word/") and not name.startswith("word/theme"):
            for tag, order in (("pPr", PARAGRAPH_ORDER), ("rPr", RUN_ORDER)):
                for element in tree.iter(f"{WORD}{tag}"):
                    if _out_of_order(element, order, WORD):
                        yield f"{name}: {tag} out of order: {[child.tag for child in element]}"
