"""How much of a workbook from outside is read: both sides of every limit, and what is shown of what is cut."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from app.domain.errors import UserError
from app.domain.typed import Odd
from app.ledger import grid_cells, grids, merges, opening, reading_ledgers, returning
from app.ledger.directory import read_directory
from app.ledger.reading_ledgers import owners_in, read_ledger
from app.ledger.returning import read
from app.ledger.text import CELL_LIMIT
from tests import workbooks
from tests.workbooks import HEADER, part, parts, row, sheet, text_cell

Rows = list[list[object]]
TASKS: Rows = [["重点任务", "牵头单位"], ["新建泊位", "区交通局"]]


def saved(folder: Path, *sheets: Rows) -> Path:
    """A workbook of these sheets, as spreadsheets write it."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        page = book.create_sheet()
        for line in rows:
            page.append(line)
    book.save(folder / "表.xlsx")
    return folder / "表.xlsx"


def written(folder: Path, *rows: str, after: str = "", **more: str) -> Path:
    """A workbook of one sheet with these rows under the header, part by part."""
    made = parts({"一": sheet(HEADER, *rows, after=after)}, **more)  # type: ignore[arg-type]  # its own names
    return workbooks.write(folder / "表.xlsx", made)


# --- every workbook


@pytest.mark.parametrize(("column", "is_read"), [(64, True), (65, False)])
def test_that_columns_are_read_up_to_the_64th(tmp_path: Path, column: int, is_read: bool) -> None:
    left: list[object] = [None] * (column - 2)
    path = saved(tmp_path, [["名称", *left, "电话"], ["区交通局", *left, "010-1"]])
    assert [found.texts.get("telephone") for found in read_directory(path).rows] == [
        "010-1" if is_read else None
    ]


def test_that_sheets_are_read_up_to_the_30th(tmp_path: Path) -> None:
    blank: list[Rows] = [[["说明"]]]
    assert len(read_ledger(saved(tmp_path, *blank * 29, TASKS)).precedents) == 1
    with pytest.raises(UserError, match="没有找到任务分解表"):
        read_ledger(saved(tmp_path, *blank * 30, TASKS))


def test_that_too_many_entries_are_refused_before_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path, TASKS)
    count = path.read_bytes().count(b"PK\x01\x02")
    monkeypatch.setattr(opening, "PARTS_LIMIT", count)
    path.write_bytes(b"PK\x01\x02" * count + path.read_bytes())
    assert len(read_ledger(path).precedents) == 1
    path.write_bytes(b"PK\x01\x02" + path.read_bytes())
    with pytest.raises(UserError, match="解开后太大"):
        read_ledger(path)


def test_that_what_is_unpacked_may_reach_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbooks.write(
        tmp_path / "表.xlsx", parts({"一": sheet(HEADER, row(2, "1", "", "", "3", "", "", "t"))})
    )
    with ZipFile(path) as archive:
        size = sum(info.file_size for info in archive.infolist())
    monkeypatch.setattr(opening, "UNZIPPED_LIMIT", size)
    assert len(read(path).rows) == 1
    monkeypatch.setattr(opening, "UNZIPPED_LIMIT", size - 1)
    with pytest.raises(UserError, match="解开后太大"):
        read(path)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (b't="n"><v>7.0<', "7"),
        (b't="n"><v>-7.0<', "-7"),
        (b't="n"><v>7.5<', "7.5"),
        (b't="n"><v>9.99999999999999E14<', "999999999999999"),
        (b't="n"><v>1.0E15<', "1000000000000000.0"),
        (b't="d"><v>2026-03-01<', "2026-03-01"),
        (b't="d"><v>2026-03-01T00:00:00<', "2026-03-01"),
        (b't="b"><v>1<', "True"),
    ],
)
def test_that_a_cell_is_read_as_it_is_typed(tmp_path: Path, cell: bytes, text: str) -> None:
    path = saved(tmp_path, [["名称", "电话"], ["区交通局", 7]])
    with ZipFile(path) as archive:
        made = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    assert b't="n"><v>7<' in made[name]
    made[name] = made[name].replace(b't="n"><v>7<', cell)
    with ZipFile(path, "w") as archive:
        for part_name, data in made.items():
            archive.writestr(part_name, data)
    assert [found.texts["telephone"] for found in read_directory(path).rows] == [text]


# --- ledgers of other years


@pytest.mark.parametrize(("above", "is_read"), [(19, True), (20, False)])
def test_that_a_header_stands_within_the_first_20_lines(tmp_path: Path, above: int, is_read: bool) -> None:
    lines: Rows = [["说明"]] * above
    path = saved(tmp_path, [*lines, ["重点任务", "牵头单位", "名称"], ["新建泊位", "区交通局", "区水务局"]])
    if is_read:
        assert len(read_ledger(path).precedents) == len(read_directory(path).rows) == 1
        return
    with pytest.raises(UserError, match="没有找到任务分解表"):
        read_ledger(path)
    with pytest.raises(UserError, match="没有找到表头"):
        read_directory(path)


def test_that_a_ledger_has_up_to_20000_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (reading_ledgers.ROW_LIMIT, merges.MERGES_LIMIT) == (20_000, 50_000)
    path = saved(tmp_path, [*TASKS, ["清淤河道", "区水务局"]])
    monkeypatch.setattr(reading_ledgers, "ROW_LIMIT", 3)
    assert len(read_ledger(path).precedents) == 2
    monkeypatch.setattr(reading_ledgers, "ROW_LIMIT", 2)
    with pytest.raises(UserError, match="超过2行"):
        read_ledger(path)


def test_that_a_long_text_is_cut_and_a_name_that_is_none_is_left_out(tmp_path: Path) -> None:
    for length, kept in ((2_000, 2_000), (2_001, 2_000)):
        (found,) = read_ledger(saved(tmp_path, [TASKS[0], ["港" * length, "区交通局"]])).precedents
        assert found.text == "港" * kept
    assert owners_in("某" * 40) == ["某" * 40]
    assert owners_in("某" * 41) == []


@pytest.mark.parametrize(("text", "is_task"), [("清淤", True), ("淤", False)])
def test_that_a_task_has_at_least_two_characters(tmp_path: Path, text: str, is_task: bool) -> None:
    found = read_ledger(saved(tmp_path, [*TASKS, [text, "区水务局"]])).precedents
    assert ("区水务局" in {one.lead.name for one in found}) is is_task


@pytest.mark.parametrize(("title", "is_header"), [("任务" + "港" * 14, True), ("任务" + "港" * 15, False)])
def test_that_a_title_has_at_most_16_characters(tmp_path: Path, title: str, is_header: bool) -> None:
    path = saved(tmp_path, [[title, "牵头单位"], ["新建泊位", "区交通局"]])
    if is_header:
        assert [one.text for one in read_ledger(path).precedents] == ["新建泊位"]
    else:
        with pytest.raises(UserError, match="没有找到任务分解表"):
            read_ledger(path)


@pytest.mark.parametrize(("length", "names"), [(12, ["区交通局", "区财政局"]), (13, None)])
def test_that_the_lower_half_of_a_header_has_short_words(
    tmp_path: Path, length: int, names: list[str] | None
) -> None:
    lower = ["", "牵头单位", "配合单位", "港" * length]
    path = saved(
        tmp_path,
        [["重点任务", "责任分工", "", ""], [*lower], ["新建泊位", "区交通局", "区财政局", ""]],
    )
    if names is None:
        with pytest.raises(UserError, match="没有找到任务分解表"):
            read_ledger(path)
    else:
        (found,) = read_ledger(path).precedents
        assert [found.lead.name, *(one.name for one in found.supports)] == names


def test_that_merged_areas_count_up_to_their_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = Workbook()
    page = book.worksheets[0]
    for line in ["重点任务", "牵头单位"], *([f"任务{n}", None] for n in range(6)):
        page.append(line)
    page["B2"], page["B5"] = "区交通局", "区水务局"
    page.merge_cells("B2:B4")
    page.merge_cells("B5:B7")
    book.save(tmp_path / "表.xlsx")
    for limit, expected in ((2, 6), (1, 4)):
        monkeypatch.setattr(merges, "MERGES_LIMIT", limit)
        assert len(read_ledger(tmp_path / "表.xlsx").precedents) == expected


# --- workbooks that come back


@pytest.mark.parametrize(("before", "is_read"), [(59, True), (60, False)])
def test_that_returned_sheets_are_read_up_to_the_60th(tmp_path: Path, before: int, is_read: bool) -> None:
    named = {f"说明{n}": sheet(row(1, "说明")) for n in range(before)}
    named["一"] = sheet(HEADER, row(2, "1", "", "", "3", "", "", "t1"))
    path = workbooks.write(tmp_path / "表.xlsx", parts(named))
    if is_read:
        assert [found.id for found in read(path).rows] == ["t1"]
    else:
        with pytest.raises(UserError, match="没有找到带标识列的台账"):
            read(path)


@pytest.mark.parametrize(("column", "is_read"), [("IV", True), ("IW", False)])
def test_that_returned_columns_are_read_up_to_the_256th(tmp_path: Path, column: str, is_read: bool) -> None:
    header = HEADER.replace("</row>", f"{text_cell(f'{column}1', '下一步措施')}</row>")
    line = row(2, "1", "", "", "", "", "", "t1").replace("</row>", f"{text_cell(f'{column}2', '招标')}</row>")
    (found,) = read(workbooks.write(tmp_path / "表.xlsx", parts({"一": sheet(header, line)}))).rows
    assert ("招标" in found.cells.values()) is is_read


def test_that_a_cell_of_all_its_room_is_read_and_a_longer_one_is_told(tmp_path: Path) -> None:
    for length, expected in (
        (CELL_LIMIT, "长" * CELL_LIMIT),
        (CELL_LIMIT + 1, Odd("长" * 20 + "…", grid_cells.TOO_LONG)),
    ):
        (found,) = read(written(tmp_path, row(2, "", "", "", "", "长" * length, "", "t1"))).rows
        assert found.cells["text"] == expected


def test_that_of_a_long_formula_or_error_the_beginning_is_told(tmp_path: Path) -> None:
    formula = "WEBSERVICE(" + "A" * 40
    cells = (f'<c r="D2"><f>{formula}</f><v>1</v></c>', f'<c r="E2" t="e"><v>#{"错" * 20}</v></c>')
    (found,) = read(written(tmp_path, row(2, "", "", "", *cells, "", "t1"))).rows
    assert found.cells["actual"] == Odd(f"={formula[:40]}", grid_cells.FOREIGN_FORMULA)
    assert found.cells["text"] == Odd("#" + "错" * 19, grid_cells.ERROR_CELL)


def merged(folder: Path, area: str, text: str = "已开工") -> Path:
    """Three rows, with cells merged."""
    rows = [row(n, "1", "甲", "", "3", text if n == 2 else "", "", f"t{n}") for n in (2, 3, 4)]
    return written(folder, *rows, after=f'<mergeCells><mergeCell ref="{area}"/></mergeCells>')


@pytest.mark.parametrize(
    ("area", "text", "cells"),
    [("A2:G4", "已开工", 3 * 7), ("E2:E4", "长" * 99, 3), ("E2:E4", "长" * 100, 6), ("E2:E4", "长" * 250, 9)],
)
def test_that_merged_cells_count_and_those_of_a_long_text_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, area: str, text: str, cells: int
) -> None:
    path = merged(tmp_path, area, text)
    monkeypatch.setattr(returning, "MERGED_LIMIT", cells)
    assert len(read(path).rows) == 3
    monkeypatch.setattr(returning, "MERGED_LIMIT", cells - 1)
    with pytest.raises(UserError, match="合并的单元格太多"):
        read(path)


def test_that_returned_merged_areas_are_taken_up_to_their_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row(n, "", "", "", "", "已开工" if n in {2, 4} else "", "", f"t{n}") for n in range(2, 6)]
    areas = '<mergeCells><mergeCell ref="E2:E3"/><mergeCell ref="E4:E5"/></mergeCells>'
    path = written(tmp_path, *rows, after=areas)
    for limit, texts in ((2, ["已开工"] * 4), (1, ["已开工", "已开工", "已开工", None])):
        monkeypatch.setattr(grid_cells, "MERGES_LIMIT", limit)
        assert [found.cells.get("text") for found in read(path).rows] == texts


def test_that_the_letters_of_all_cells_may_reach_their_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, row(2, "", "", "", "", "已开工", "", "t1"))
    count = sum(map(len, workbooks.TITLES)) + len("已开工") + len("t1")
    monkeypatch.setattr(grids, "LETTERS_LIMIT", count)
    assert len(read(path).rows) == 1
    monkeypatch.setattr(grids, "LETTERS_LIMIT", count - 1)
    with pytest.raises(UserError, match="不像是一张表"):
        read(path)


def test_that_elements_and_rows_may_reach_their_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = parts({"一": sheet(HEADER, row(2, "", "", "", "3", "", "", "t1"))}, strings=part("sst", "<si/>"))
    path = workbooks.write(tmp_path / "表.xlsx", made)
    count = sum(text.count("<") - text.count("</") - text.count("<?") for text in made.values())
    monkeypatch.setattr(grids, "ELEMENTS_LIMIT", count)
    monkeypatch.setattr(grids, "ROWS_LIMIT", 2)
    assert len(read(path).rows) == 1
    monkeypatch.setattr(grids, "ELEMENTS_LIMIT", count - 1)
    with pytest.raises(UserError, match="不像是一张表"):
        read(path)
    monkeypatch.setattr(grids, "ELEMENTS_LIMIT", count)
    monkeypatch.setattr(grids, "ROWS_LIMIT", 1)
    with pytest.raises(UserError, match="超过1行"):
        read(path)
