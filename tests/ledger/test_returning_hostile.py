"""Returned files that nobody honest has made: refused with a sentence, never a crash, never a long wait."""

import random
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.domain.errors import UserError
from app.ledger import grids
from app.ledger.returning import read
from tests import workbooks
from tests.workbooks import HEADER, part, parts, row, sheet

HONEST = parts(
    {"一": sheet(HEADER, row(2, "1", "建平台", "2026-03-31", "3个", "已开工", "", "t1"))},
    strings=part("sst", "<si><t>甲</t></si>"),
    styles=part("styleSheet", '<cellXfs><xf numFmtId="0"/></cellXfs>'),
    properties={"duban.workspace": "w"},
)
SHEET = "xl/worksheets/sheet1.xml"


def changed(**texts: str) -> dict[str, str | bytes]:
    """The honest workbook with other parts, by the last word of their names."""
    return {name: next((t for k, t in texts.items() if k in name), old) for name, old in HONEST.items()}


def refused(path: Path, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read(path)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "不是 Excel 工作簿"),
        (b"PK\x03\x04 and no more", "不是 Excel 工作簿"),
        ("编号,完成值\n".encode(), "不是 Excel 工作簿"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "旧的 .xls 文件或加了密码"),
        (b"<html><table><tr><td>3</td></tr></table></html>", "不是 Excel 工作簿"),
    ],
)
def test_that_what_is_no_workbook_is_refused_in_words(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(data)
    refused(path, words)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, ".ods"),
        ({"xl/workbook.bin": "x"}, ".xlsb"),
        ({"word/document.xml": "<d/>"}, "不是 Excel 工作簿"),
    ],
)
def test_that_workbooks_of_other_programs_are_refused_by_kind(
    tmp_path: Path, made: dict[str, str | bytes], words: str
) -> None:
    refused(workbooks.write(tmp_path / "表.xlsx", made), words)


def test_that_a_missing_file_is_told(tmp_path: Path) -> None:
    refused(tmp_path / "没有.xlsx", "不能读取“没有.xlsx”")


BOMB = (
    '<!DOCTYPE z [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)


@pytest.mark.parametrize("where", ["sheet1", "workbook.xml", "sharedStrings", "styles", "custom"])
def test_that_entities_and_document_types_are_refused(tmp_path: Path, where: str) -> None:
    name = next(name for name in HONEST if where in name)
    text = HONEST[name].replace('<?xml version="1.0" encoding="UTF-8"?>', "")
    refused(
        workbooks.write(tmp_path / "弹.xlsx", changed(**{where: BOMB + text.replace("甲", "&j;")})), "已损坏"
    )


def many(piece: str, count: int) -> str:
    return piece * count


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"sheet1": sheet(HEADER, many("<row><c><v>1</v></c></row>", 20_001))}, "超过20000行"),
        ({"sheet1": sheet(HEADER, many("<row/>", 1_048_577))}, "已损坏"),
        ({"sheet1": sheet(HEADER, f"<row>{many('<c/>', grids.ELEMENTS_LIMIT)}</row>")}, "不像是一张表"),
        ({"sharedStrings": part("sst", many("<si/>", grids.ELEMENTS_LIMIT))}, "不像是一张表"),
        (
            {"styles": part("styleSheet", f"<cellXfs>{many('<xf/>', grids.ELEMENTS_LIMIT)}</cellXfs>")},
            "不像是一张表",
        ),
        ({"sheet1": sheet(HEADER, '<row r="1048577"><c><v>1</v></c></row>')}, "已损坏"),
        ({"sheet1": sheet(HEADER, '<row r="0"><c><v>1</v></c></row>')}, "已损坏"),
        ({"sheet1": sheet(HEADER, '<row r="x"><c><v>1</v></c></row>')}, "已损坏"),
        ({"sheet1": sheet(HEADER, '<row><c r="1A"><v>1</v></c></row>')}, "已损坏"),
        ({"sheet1": sheet(HEADER, '<row><c t="s"><v>99</v></c></row>')}, "已损坏"),
        ({"sheet1": sheet(HEADER, '<row><c s="9"><v>9</v></c></row>')}, "已损坏"),
        ({"sheet1": sheet(HEADER, "<row><c><v>three</v></c></row>")}, "已损坏"),
        ({"sheet1": sheet(HEADER, after='<mergeCells><mergeCell ref="A1:??"/></mergeCells>')}, "已损坏"),
        ({"sheet1": "<worksheet><sheetData><row></sheetData>"}, "已损坏"),
        ({"workbook.xml.rels": "<Relationships><Relationship/></Relationships>"}, "已损坏"),
        ({"workbook.xml.rels": "not xml"}, "已损坏"),
    ],
)
def test_that_what_no_program_writes_is_refused(tmp_path: Path, texts: dict[str, str], words: str) -> None:
    refused(workbooks.write(tmp_path / "坏.xlsx", changed(**texts)), words)


def test_that_one_long_text_in_very_many_cells_is_refused(tmp_path: Path) -> None:
    strings = part("sst", f"<si><t>{'长' * 30_000}</t></si>")
    cells = many('<c t="s"><v>0</v></c>', 34)
    made = changed(sheet1=sheet(HEADER, many(f"<row>{cells}</row>", 20)), sharedStrings=strings)
    refused(workbooks.write(tmp_path / "长.xlsx", made), "不像是一张表")
    made = changed(sheet1=sheet(HEADER, many(f"<row>{cells}</row>", 19)), sharedStrings=strings)
    assert len(read(workbooks.write(tmp_path / "长.xlsx", made)).rows) == 19


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_that_a_workbook_packed_in_another_way_is_refused(tmp_path: Path, method: int) -> None:
    path = tmp_path / "包.xlsx"
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, text in HONEST.items():
            archive.writestr(name, text)
    refused(path, "已损坏")


def test_that_a_long_formula_takes_no_time(tmp_path: Path) -> None:
    cell = f'<c r="D2"><f>{"A" * 3_000_000}</f><v>1</v></c>'
    made = changed(sheet1=sheet(HEADER, row(2, "", "", "", cell, "", "", "t")))
    (found,) = read(workbooks.write(tmp_path / "式.xlsx", made)).rows
    assert found.cells["actual"] == 1.0


def test_that_twenty_thousand_rows_are_read(tmp_path: Path) -> None:
    rows = many("<row><c><v>1</v></c></row>", 19_999)
    made = changed(sheet1=sheet(HEADER, rows))
    assert len(read(workbooks.write(tmp_path / "大.xlsx", made)).rows) == 19_999


def test_that_merged_areas_cost_no_more_than_they_say(tmp_path: Path) -> None:
    rows = "".join(row(n, "1", "a", "", "3", "b", "c", f"t{n}") for n in range(2, 300))
    areas = many('<mergeCell ref="A1:XFD1048576"/>', 2_000)
    made = changed(sheet1=sheet(HEADER, rows, after=f"<mergeCells>{areas}</mergeCells>"))
    refused(workbooks.write(tmp_path / "并.xlsx", made), "合并的单元格太多")


def test_that_a_long_text_is_not_spread_over_very_many_rows(tmp_path: Path) -> None:
    rows = row(2, "1", "a", "", "3", "长" * 30_000, "c", "t2")
    rows += "".join(row(n, "1", "a", "", "3", "", "c", f"t{n}") for n in range(3, 1_000))
    made = changed(sheet1=sheet(HEADER, rows, after='<mergeCells><mergeCell ref="E2:E999"/></mergeCells>'))
    refused(workbooks.write(tmp_path / "并.xlsx", made), "合并的单元格太多")


def test_that_cells_far_to_the_right_are_left_out(tmp_path: Path) -> None:
    far = '<c r="XFD2"><v>1</v></c>'
    made = changed(sheet1=sheet(HEADER, row(2, "1", "", "", "3", "", "", "t1", far)))
    (found,) = read(workbooks.write(tmp_path / "右.xlsx", made)).rows
    assert found.cells == {"number": "1", "actual": "3"}


def test_that_macros_links_and_pictures_are_left_alone(tmp_path: Path) -> None:
    made: dict[str, str | bytes] = {
        **HONEST,
        "xl/vbaProject.bin": b"\x00" * 100,
        "xl/externalLinks/externalLink1.xml": BOMB + "<x>&j;</x>",
        "xl/media/image1.png": b"\x89PNG",
        "xl/connections.xml": "<broken",
    }
    (found,) = read(workbooks.write(tmp_path / "宏.xlsm", made)).rows
    assert found.id == "t1"


def test_that_a_target_outside_the_workbook_is_not_opened(tmp_path: Path) -> None:
    rels = HONEST["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", "../../../etc/passwd")
    refused(workbooks.write(tmp_path / "外.xlsx", changed(**{"workbook.xml.rels": rels})), "没有找到")


# --- fuzz


def real() -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    page.append(list(workbooks.TITLES))
    for n in range(30):
        page.append([n, f"第{n}项", "2026-03-31", n * 1.5, "已开工", "", f"t{n}"])
    page.merge_cells("E2:E4")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data))]


def flipped(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randrange(1, 30)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def lying(data: bytes, dice: random.Random) -> bytes:
    """Sizes, methods and offsets in the directory that are not true."""
    changed = bytearray(data)
    at = data.index(b"PK\x01\x02")
    struct.pack_into("<I", changed, at + dice.choice((16, 20, 24, 42)), dice.randrange(1 << 32))
    struct.pack_into("<H", changed, at + dice.choice((8, 10)), dice.choice((0, 1, 8, 12, 14, 99)))
    return bytes(changed)


def rewritten(data: bytes, dice: random.Random) -> bytes:
    """Parts whose XML was changed by chance: tags, numbers, quotes."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            for _ in range(dice.randrange(4) if name.startswith("xl/") else 0):
                at = dice.randrange(len(text))
                piece = dice.choice(
                    (b"", b"<", b">", b"-1", b"99999999999", b"&#0;", b"\xff", b'"', b"<c/>", b"<row>")
                )
                text = text[:at] + piece + text[at + dice.randrange(3) :]
            new.writestr(name, text)
    return out.getvalue()


def outcome(path: Path) -> str:
    """What reading comes to: rows, or a sentence."""
    try:
        return f"rows: {len(read(path).rows)}"
    except UserError as error:
        return str(error)


@pytest.mark.parametrize("harm", [cut, flipped, lying, rewritten])
def test_that_no_damage_gets_further_than_a_sentence(
    tmp_path: Path, harm: Callable[[bytes, random.Random], bytes]
) -> None:
    whole, path = real(), tmp_path / "坏.xlsx"
    for seed in range(150):
        path.write_bytes(harm(whole, random.Random(seed)))  # noqa: S311
        assert outcome(path).startswith(("“坏.xlsx”", "rows:"))
