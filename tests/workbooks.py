"""Workbooks written by hand, part by part: as other programs write them, and as nobody honest does."""

from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

TITLES = ("编号", "督查事项", "截至日期", "完成值", "进展情况", "存在问题", "标识")


def part(root: str, inside: str, more: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="{MAIN}" xmlns:r="{RELATIONS}"{more}>{inside}</{root}>'


def text_cell(place: str, words: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(words)}</t></is></c>'


def row(line: int, *cells: str) -> str:
    """Texts from column A on; what begins with < is a cell already."""
    made = (
        cell if cell.startswith("<") else text_cell(f"{chr(65 + place)}{line}", cell)
        for place, cell in enumerate(cells)
        if cell
    )
    return f'<row r="{line}">{"".join(made)}</row>'


HEADER = row(1, *TITLES)


def sheet(*rows: str, after: str = "") -> str:
    return part("worksheet", f"<sheetData>{''.join(rows)}</sheetData>{after}")


def parts(
    sheets: Mapping[str, str],
    strings: str | None = None,
    styles: str | None = None,
    properties: Mapping[str, str] | None = None,
    workbook: str = "",
) -> dict[str, str]:
    """The parts of a workbook with these sheets by name; each given as XML where it is not plain."""
    names = list(sheets)
    listed = "".join(f'<sheet name="{n}" sheetId="{i}" r:id="rId{i}"/>' for i, n in enumerate(names, 1))
    links = [(f"rId{i}", "worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(names) + 1)]
    made = {"xl/workbook.xml": part("workbook", f"{workbook}<sheets>{listed}</sheets>")}
    for kind, name, given in (("sharedStrings", "strings", strings), ("styles", "styles", styles)):
        if given is not None:
            links.append((name, kind, f"/xl/{kind}.xml"))
            made[f"xl/{kind}.xml"] = given
    made["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}">'
        + "".join(f'<Relationship Id="{i}" Type="{RELATIONS}/{kind}" Target="{t}"/>' for i, kind, t in links)
        + "</Relationships>"
    )
    for index, name in enumerate(names, 1):
        made[f"xl/worksheets/sheet{index}.xml"] = sheets[name]
    told = "".join(
        f'<property name="{name}"><vt:lpwstr xmlns:vt="v">{escape(value)}</vt:lpwstr></property>'
        for name, value in (properties or {}).items()
    )
    made["docProps/custom.xml"] = f"<Properties>{told}</Properties>"
    return made


def write(path: Path, made: Mapping[str, str | bytes]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, text in made.items():
            archive.writestr(name, text)
    return path
