"""The unit directory as a workbook and back; workbooks that nobody vouches for."""

import errno
import io
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from app.domain.directory import CODES, GROUPS
from app.domain.errors import UserError
from app.domain.unit_fields import FIELDS
from app.domain.unit_import import UnitImport, UnitSheet, compare
from app.domain.units import Unit
from app.ledger import opening
from app.ledger.directory import HINT, ROW_LIMIT, read_directory, write_directory

SHEET = "xl/worksheets/sheet1.xml"
DAY = date(2026, 3, 1)
KJ = Unit(
    "2f6b8a52-6d0a-4c8e-9b57-0f8c7f1d2a10",
    "科技",
    "云港区科学技术局",
    "区科技局",
    aliases=("科技局", "区科委"),
    duties=("中试",),
    telephone="0220001",
    leader="李若川",
    person="周宁",
    order=1,
    valid_from=date(2019, 1, 1),
)
GX = Unit("2f6b8a52-6d0a-4c8e-9b57-0f8c7f1d2a11", "工信", "云港区工业和信息化局", "区工信局", order=2)
OLD = Unit("2f6b8a52-6d0a-4c8e-9b57-0f8c7f1d2a12", "商务", "云港区商业局", "区商业局", order=3, valid_to=DAY)
UNITS = (KJ, GX, replace(OLD, successor_id=GX.id))


def made(path: Path, *rows: tuple[Any, ...]) -> Path:
    book = Workbook()
    for line in rows:
        book.worksheets[0].append(line)
    book.save(path)
    return path


def against(units: tuple[Unit, ...], sheet: UnitSheet) -> UnitImport:
    return compare(units, sheet, lambda name: name, lambda _id: ())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "单位名录.xlsx"


# --- out


def test_that_the_sheet_says_what_the_directory_says(out: Path) -> None:
    write_directory(out, UNITS)
    sheet = load_workbook(out).worksheets[0]
    rows = [[cell or "" for cell in line] for line in sheet.iter_rows(values_only=True)]
    assert sheet.title == rows[0][0] == "单位名录"
    assert rows[1][0] == HINT
    assert rows[2] == [*(f.title for f in FIELDS), "标识"]
    assert rows[3] == [
        "1", "科技", "云港区科学技术局", "区科技局", "科技局、区科委", "李若川", "周宁", "0220001",
        "委办局", "中试", "2019-01-01", "", "", KJ.id,
    ]  # fmt: skip
    assert rows[5][11:13] == ["2026-03-01", "区工信局"]
    assert len(rows) == 6


def test_that_the_ids_are_hidden_and_the_head_stays_in_view(out: Path) -> None:
    write_directory(out, UNITS)
    sheet = load_workbook(out).worksheets[0]
    assert [c for c, d in sheet.column_dimensions.items() if d.hidden] == ["N"]
    assert sheet.freeze_panes == "A4"
    aligned = {
        sheet.cell(3, place).value: sheet.cell(4, place).alignment.horizontal for place in range(1, 14)
    }
    assert {title for title, align in aligned.items() if align == "center"} == {
        *("序号", "职能代码", "分管领导", "责任人", "电话", "组别", "启用日期", "停用日期")
    }
    assert sheet.auto_filter.ref == "A3:N6"
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:M1", "A2:M2"}


def test_that_an_empty_directory_has_its_head(out: Path) -> None:
    write_directory(out, ())
    assert read_directory(out) == UnitSheet(())


def test_that_only_a_workbook_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="xlsx"):
        write_directory(tmp_path / "名录.csv", UNITS)
    with pytest.raises(UserError, match="文件夹不存在"):
        write_directory(tmp_path / "没有" / "名录.xlsx", UNITS)


# --- back


def test_that_what_was_written_comes_back_as_it_was(out: Path) -> None:
    write_directory(out, UNITS)
    found = against(UNITS, read_directory(out))
    assert (found.differences, found.misread, found.same, found.unlisted) == ((), (), 3, 0)


def test_that_a_new_workspace_takes_the_directory_whole(out: Path) -> None:
    write_directory(out, UNITS)
    found = against((), read_directory(out))
    assert found.misread == ()
    assert tuple(replace(d.after, initials="") for d in found.added) == UNITS


names = st.text(st.characters(codec="utf-8", exclude_characters="、，,；;\n"), min_size=1, max_size=12).map(
    lambda text: " ".join("".join(c for c in text if c.isprintable()).split())
)
words = names.map(lambda text: text)


@st.composite
def directories(draw: st.DrawFn) -> tuple[Unit, ...]:
    count = draw(st.integers(1, 5))
    taken = draw(st.lists(names.filter(bool), min_size=3 * count, max_size=3 * count, unique=True))
    days = st.none() | st.dates()
    units = tuple(
        Unit(
            f"2f6b8a52-6d0a-4c8e-9b57-0f8c7f1d2a{n:02}",
            draw(st.sampled_from(CODES)),
            taken[3 * n],
            taken[3 * n + 1],
            draw(st.sampled_from(GROUPS)),
            (taken[3 * n + 2],),
            "",
            tuple(dict.fromkeys(filter(None, draw(st.lists(words, max_size=3))))),
            draw(words),
            draw(words),
            draw(words),
            draw(st.integers(0, 999_999)),
            draw(days),
            draw(days),
        )
        for n in range(count)
    )
    standing = [u.id for u in units if u.valid_to is None]
    return tuple(
        replace(u, successor_id=draw(st.sampled_from(["", *standing]))) if u.valid_to else u for u in units
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(units=directories())
def test_that_any_directory_comes_back_as_it_was(units: tuple[Unit, ...], tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_directory(path, units)
    sheet = read_directory(path)
    found = against(units, sheet)
    assert (found.differences, found.misread, found.same) == ((), (), len(units))
    fresh = against((), sheet)
    assert fresh.misread == ()
    assert tuple(replace(d.after, initials="") for d in fresh.added) == units


# --- other people's sheets


def test_that_columns_are_known_by_their_words_in_any_order(out: Path) -> None:
    sheet = read_directory(
        made(
            out,
            ("云港区单位通讯录",),
            (),
            ("编号", "联系电话", " 单 位 名 称 ", "分管领导（副区长）", "负责人", "备注"),
            (1, 88001234, "区科技局", "李若川", "周宁", "无"),
            (None, None, None, None, None, "只有备注"),
            (2, "022-1", "区海洋局", None, "", ""),
        )
    )
    assert sheet.unknown == ("编号", "备注")
    assert [(r.line, r.id) for r in sheet.rows] == [(4, ""), (6, "")]
    assert sheet.rows[0].texts == {
        "name": "区科技局",
        "leader": "李若川",
        "person": "周宁",
        "telephone": "88001234",
    }
    assert sheet.rows[1].texts["leader"] == ""


def test_that_the_first_of_two_columns_of_one_kind_counts(out: Path) -> None:
    sheet = read_directory(made(out, ("名称", "电话", "手机"), ("区科技局", "1", "2")))
    assert sheet.rows[0].texts["telephone"] == "1"
    assert sheet.unknown == ("手机",)


def test_that_days_and_numbers_are_read_as_they_are_shown(out: Path) -> None:
    cells = ("区科技局", datetime(2026, 3, 1, 8, 30), 3.0, 1.5, True)  # noqa: DTZ001  # a cell has no zone
    sheet = read_directory(made(out, ("简称", "停用日期", "序号", "电话", "责任人"), cells))
    texts = sheet.rows[0].texts
    assert [texts[n] for n in ("valid_to", "order", "telephone", "person")] == [
        "2026-03-01",
        "3",
        "1.5",
        "True",
    ]


def test_that_a_sheet_behind_others_is_found_and_a_hidden_one_is_not(out: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(("说明",))
    hidden = book.create_sheet("旧")
    hidden.sheet_state = "hidden"
    book.create_sheet("新")
    for sheet, name in zip(book.worksheets[1:], ("旧局", "新局"), strict=True):
        sheet.append(("名称", "电话"))
        sheet.append((name, "1"))
    book.save(out)
    assert [r.texts["name"] for r in read_directory(out).rows] == ["新局"]


def test_that_a_head_too_far_down_or_missing_is_said(out: Path) -> None:
    rows: list[tuple[Any, ...]] = [(f"说明{n}",) for n in range(20)]
    head = ("简称", "电话")
    with pytest.raises(UserError, match=r"没有找到表头.*职能代码、别名"):
        read_directory(made(out, *rows, head, ("区科技局", "1")))
    assert len(read_directory(made(out, *rows[1:], head, ("区科技局", "1"))).rows) == 1
    with pytest.raises(UserError, match="没有找到表头"):
        read_directory(made(out, ("电话", "责任人"), ("1", "2")))


def test_that_formulas_in_names_stay_words(out: Path) -> None:
    unit = replace(GX, name='=HYPERLINK("x")', short_name="@区工信局", aliases=("+工信",))
    write_directory(out, (unit,))
    sheet = load_workbook(out).worksheets[0]
    assert sheet["C4"].data_type == "s"
    assert against((unit,), read_directory(out)).differences == ()


# --- hostile and damaged files


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "不是 Excel 工作簿"),
        ("单位,电话\n".encode(), "不是 Excel 工作簿"),
        (b"PK\x03\x04" + b"\0" * 60, "不是 Excel 工作簿"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧的 .xls 文件或加了密码"),
    ],
)
def test_that_what_is_no_workbook_is_refused(out: Path, data: bytes, message: str) -> None:
    out.write_bytes(data)
    with pytest.raises(UserError, match=message):
        read_directory(out)


def test_that_a_zip_without_a_workbook_is_refused(out: Path) -> None:
    with pytest.raises(UserError, match="已损坏"):
        read_directory(zipped(out, {"读我.txt": b"hello"}))


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET, "[Content_Types].xml"])
@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda _data: b"\xff\xfe\x00",
        lambda data: data.replace(b"<", b"<!DOCTYPE a [<!ENTITY b 'c'>]><", 1),
    ],
)
def test_that_a_damaged_part_is_said(out: Path, part: str, damage: Callable[[bytes], bytes]) -> None:
    write_directory(out, UNITS)
    parts = parts_of(out)
    parts[part] = damage(parts[part])
    with pytest.raises(UserError, match=r"已损坏|没有找到表头"):
        read_directory(zipped(out, parts))


def test_that_entities_are_not_expanded(out: Path) -> None:
    write_directory(out, UNITS)
    parts = parts_of(out)
    laughs = b"".join(b'<!ENTITY l%d "&l%d;&l%d;">' % (n, n - 1, n - 1) for n in range(1, 30))
    bomb = b'<!DOCTYPE worksheet [<!ENTITY l0 "ha">' + laughs + b"]>"
    parts[SHEET] = parts[SHEET].replace(b"<worksheet", bomb + b"<worksheet", 1)
    with pytest.raises(UserError, match="已损坏"):
        read_directory(zipped(out, parts))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_that_any_damage_is_a_sentence_or_a_sheet(data: st.DataObject, tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    write_directory(path, UNITS)
    content = bytearray(path.read_bytes())
    for share, byte in data.draw(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1)):
        content[min(int(share * len(content)), len(content) - 1)] = byte
    path.write_bytes(content)
    with suppress(UserError):
        assert isinstance(read_directory(path), UnitSheet)


def test_that_a_zip_bomb_is_not_unpacked(out: Path) -> None:
    write_directory(out, UNITS)
    parts = parts_of(out) | {"xl/media/bomb.bin": b"\0" * (opening.UNZIPPED_LIMIT + 1)}
    with pytest.raises(UserError, match="解开后太大"):
        read_directory(zipped(out, parts))


def test_that_a_part_that_lies_about_its_size_is_damaged(out: Path) -> None:
    write_directory(out, UNITS)
    parts = parts_of(out)
    parts[SHEET] += b" " * 5_000_000
    zipped(out, parts)
    data = out.read_bytes()
    true = struct.pack("<L", len(parts[SHEET]))
    out.write_bytes(data.replace(true, struct.pack("<L", 100)))
    with pytest.raises(UserError, match="已损坏"):
        read_directory(out)


def test_that_too_large_a_file_or_too_many_parts_are_refused(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_directory(out, UNITS)
    size, count = out.stat().st_size, len(parts_of(out))
    monkeypatch.setattr(opening, "FILE_LIMIT", size)
    monkeypatch.setattr(opening, "PARTS_LIMIT", count)
    assert len(read_directory(out).rows) == 3
    monkeypatch.setattr(opening, "PARTS_LIMIT", count - 1)
    with pytest.raises(UserError, match="解开后太大"):
        read_directory(out)
    monkeypatch.setattr(opening, "FILE_LIMIT", size - 1)
    with pytest.raises(UserError, match="太大，不像是一张表"):
        read_directory(out)


def test_that_too_many_rows_are_refused(out: Path) -> None:
    rows = [(f"第{n}局",) for n in range(ROW_LIMIT)]
    with pytest.raises(UserError, match=f"超过{ROW_LIMIT}行"):
        read_directory(made(out, ("名称",), *rows))
    assert len(read_directory(made(out, ("名称",), *rows[1:])).rows) == ROW_LIMIT - 1


def with_row(out: Path, number: str) -> Path:
    made(out, ("名称",), ("区科技局",))
    parts = parts_of(out)
    sheet = parts[SHEET]
    parts[SHEET] = sheet.replace(b'r="2"', f'r="{number}"'.encode()).replace(
        b'r="A2"', f'r="A{number}"'.encode()
    )
    return zipped(out, parts)


def test_that_a_row_far_down_counts_and_one_beyond_every_sheet_is_damage(out: Path) -> None:
    assert [r.line for r in read_directory(with_row(out, "1048576")).rows] == [1_048_576]
    with pytest.raises(UserError, match="已损坏"):
        read_directory(with_row(out, "99999999999"))


def test_that_a_sheet_s_own_word_on_its_size_is_not_believed(out: Path) -> None:
    made(out, ("名称",), ("区科技局",))
    parts = parts_of(out)
    sheet = parts[SHEET]
    assert b'<dimension ref="A1:A2"' in sheet
    for lie in (b"A1:XFD1048576", b"A1:A1"):
        parts[SHEET] = sheet.replace(b'ref="A1:A2"', b'ref="' + lie + b'"')
        assert len(read_directory(zipped(out, parts)).rows) == 1


def test_that_a_file_that_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match=r"不能读取“没有[.]xlsx”"):
        read_directory(tmp_path / "没有.xlsx")
    path = made(tmp_path / "a.xlsx", ("名称",))

    def locked(_path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "locked")

    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(UserError, match=r"不能读取“a[.]xlsx”（locked）"):
        read_directory(path)


def test_that_a_sheet_with_an_extension_openpyxl_warns_of_is_read(out: Path) -> None:
    made(out, ("名称",), ("区科技局",))
    parts = parts_of(out)
    sheet = parts[SHEET]
    extension = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"></ext></extLst></worksheet>'
    parts[SHEET] = sheet.replace(b"</worksheet>", extension)
    assert len(read_directory(zipped(out, parts)).rows) == 1


def test_that_nothing_but_values_is_read(out: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(("名称", "电话"))
    book.worksheets[0].append(("区科技局", "=1+1"))
    buffer = io.BytesIO()
    book.save(buffer)
    out.write_bytes(buffer.getvalue())
    assert read_directory(out).rows[0].texts == {"name": "区科技局", "telephone": ""}
