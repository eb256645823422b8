"""Returned workbooks read: columns and rows found wherever they are, cells as they were typed."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.domain.errors import UserError
from app.domain.returned import Place, ReturnedFile, ReturnedRow, RowFault
from app.domain.typed import Odd
from app.ledger import grid_cells
from app.ledger.grids import read_book
from app.ledger.returning import NO_COLUMN, NO_HEADER, read
from tests import workbooks
from tests.workbooks import HEADER, TITLES, part, parts, row, sheet, text_cell

STYLES = part(
    "styleSheet",
    '<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>'
    '<numFmt numFmtId="171" formatCode="0.00%"/><numFmt numFmtId="172" formatCode="&quot;d%&quot;0.0"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="9"/>'
    '<xf numFmtId="172"/></cellXfs>',
)


def returned(folder: Path, *rows: str, after: str = "", **more: str) -> ReturnedFile:
    """A workbook with one sheet of these rows under the header."""
    made = parts({"反馈表": sheet(HEADER, *rows, after=after)}, **more)  # type: ignore[arg-type]  # its own names
    return read(workbooks.write(folder / "表.xlsx", made))


def one(folder: Path, cell: str, **more: str) -> object:
    """The cell under 完成值 of the only row."""
    (found,) = returned(folder, row(2, "", "", "", cell, "", "", "t1"), **more).rows
    return found.cells["actual"]


def number(value: str, style: str = "") -> str:
    return f'<c r="D2"{style and f" s={chr(34)}{style}{chr(34)}"}><v>{value}</v></c>'


def test_that_rows_are_told_by_their_hidden_id_with_their_cells_by_field(tmp_path: Path) -> None:
    file = returned(
        tmp_path,
        row(2, "1", "建平台", "2026-03-31", "3个", "已开工", "", "t1"),
        row(5, "", "", "", "", "好", "", "t2"),
    )
    assert file.rows == (
        ReturnedRow(
            "反馈表",
            2,
            "t1",
            {"number": "1", "matter": "建平台", "as_of": "2026-03-31", "actual": "3个", "text": "已开工"},
        ),
        ReturnedRow("反馈表", 5, "t2", {"text": "好"}),
    )
    assert file.name == "表.xlsx"
    assert set(file.titles) == {"number", "matter", "as_of", "actual", "text", "issues", "id"}
    assert (file.unknown, file.notes, file.locked, file.saved) == ((), (), frozenset(), None)


def test_that_a_new_row_is_read_without_id_and_what_stands_above_the_header_is_not(tmp_path: Path) -> None:
    made = parts(
        {
            "一": sheet(
                row(1, "云港区反馈表"), row(2, *TITLES), row(3, "", "", "", "", "新增"), row(4, *TITLES)
            )
        }
    )
    file = read(workbooks.write(tmp_path / "a.xlsx", made))
    assert [(r.line, r.id, dict(r.cells)) for r in file.rows] == [(3, "", {"text": "新增"})]


def test_that_a_row_sorted_above_the_header_is_read(tmp_path: Path) -> None:
    made = parts({"一": sheet(row(1, "", "", "", "7", "", "", "t9"), row(2, *TITLES))})
    file = read(workbooks.write(tmp_path / "a.xlsx", made))
    assert [(r.line, r.id) for r in file.rows] == [(1, "t9")]


def test_that_spaces_and_line_ends_in_titles_do_not_matter_and_strange_titles_are_told(
    tmp_path: Path,
) -> None:
    titles = ("编 号", "督查\n事项", "我的备注", "完成值", "完成值", "", "标识")
    made = parts({"一": sheet(row(1, *titles), row(2, "1", "", "x", "3", "4", "", "t1"))})
    file = read(workbooks.write(tmp_path / "a.xlsx", made))
    assert file.unknown == ("我的备注",)
    assert file.notes == ("有两列都叫“完成值”，只读了第一列",)
    assert file.rows[0].cells == {"number": "1", "actual": "3"}


def test_that_what_is_said_about_a_title_in_brackets_does_not_matter(tmp_path: Path) -> None:
    titles = (
        "编号",
        "督查事项",
        "完成值（上月）",
        "完成值",
        "进展情况（截至6月底）",
        "存在问题\n(必填)",
        "标识",
    )
    made = parts({"一": sheet(row(1, *titles), row(2, "1", "", "2", "3", "已开工", "缺钱", "t1"))})
    file = read(workbooks.write(tmp_path / "a.xlsx", made))
    assert file.rows[0].cells == {"number": "1", "actual": "3", "text": "已开工", "issues": "缺钱"}
    assert file.titles["text"] == "进展情况（截至6月底）"
    assert file.unknown == ("完成值（上月）",)


@pytest.mark.parametrize(
    ("title", "below", "is_told"),
    [
        ("工作推进", "已开工", True),
        ("工作推进", "", False),
        ("进展情况", "已开工", False),
        ("", "", False),
    ],
)
def test_that_a_column_to_be_filled_in_that_has_another_title_is_told(
    tmp_path: Path, title: str, below: str, is_told: bool
) -> None:
    said = marks_sheet(
        ("column", "反馈表", "number", "编号", "locked"),
        ("column", "反馈表", "actual", "完成值", "open"),
        ("column", "反馈表", "text", "进展\n情况", "open"),
        ("column", "反馈表", "id", "标识", "locked"),
    )
    rows = row(2, "编号", "完成值", title, "标识"), row(3, "1", "3", below, "t1")
    file = read(workbooks.write(tmp_path / "a.xlsx", parts({"反馈表": sheet(*rows), "督办标识": said})))
    why = NO_COLUMN.format(missing="进展情况", unknown="工作推进")
    assert file.faults == ((RowFault(Place("a.xlsx", "反馈表", 2, ""), why),) if is_told else ())
    assert why.index("进展情况") < why.index("工作推进")
    named = read(tmp_path / "a.xlsx", name="区科技局的a.xlsx")
    assert [fault.place.file for fault in named.faults] == ["区科技局的a.xlsx"] * is_told


def test_that_rows_on_a_sheet_without_a_header_are_told(tmp_path: Path) -> None:
    its_id = "1b2c3d4e-0000-4000-8000-0123456789ab"
    made = parts(
        {
            "反馈表": sheet(HEADER, row(2, "1", "", "", "3", "", "", "t1")),
            "Sheet2": sheet(row(4, "2", "修路", its_id), row(5, "随手记"), row(6, f"编号{its_id}")),
            "督办标识": marks_sheet(("report", its_id)),
        }
    )
    file = read(workbooks.write(tmp_path / "a.xlsx", made))
    assert file.faults == (RowFault(Place("a.xlsx", "Sheet2", 4, ""), NO_HEADER),)


@pytest.mark.parametrize(
    "titles", [("编号", "督查事项", "完成值"), ("编号", "标识"), ("甲", "乙", "丙", "丁")]
)
def test_that_a_workbook_without_ids_is_refused(tmp_path: Path, titles: tuple[str, ...]) -> None:
    made = parts({"一": sheet(row(1, *titles), row(2, "1"))})
    with pytest.raises(UserError, match="没有找到带标识列的台账"):
        read(workbooks.write(tmp_path / "a.xlsx", made))


# --- cells


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (number("3"), 3.0),
        (number("46112", "1"), date(2026, 3, 31)),
        (number("46112.75", "2"), date(2026, 3, 31)),
        (number("0.125", "3"), "12.5%"),
        (number("0.07", "4"), "7%"),
        (number("3", "5"), 3.0),
        (number("3", "0"), 3.0),
        ('<c r="D2" t="b"><v>1</v></c>', "是"),
        ('<c r="D2" t="b"><v>0</v></c>', "否"),
        ('<c r="D2" t="d"><v>2026-03-31T00:00:00</v></c>', date(2026, 3, 31)),
        ('<c r="D2" t="e"><v>#N/A</v></c>', Odd("#N/A", grid_cells.ERROR_CELL)),
        ('<c r="D2"><v>NaN</v></c>', Odd("NaN", grid_cells.ERROR_CELL)),
        ('<c r="D2"><v>1e301</v></c>', Odd("1e301", grid_cells.ERROR_CELL)),
        ('<c r="D2" t="str"><v>甲_x000D_\n乙</v></c>', "甲\n乙"),
        ('<c r="D2" s="1"><v>9999999999</v></c>', Odd("1e+10", grid_cells.NOT_A_DAY)),
    ],
)
def test_that_a_cell_is_read_as_it_was_typed(tmp_path: Path, cell: str, expected: object) -> None:
    assert one(tmp_path, cell, styles=STYLES) == expected


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("m/d", "date"),
        ("mm:ss", ""),
        ("yyyy", "date"),
        ('0"d"', ""),
        ("d", ""),
        ("0.0%", "percent"),
        ("[Red]0", ""),
    ],
)
def test_that_a_format_of_days_is_told_from_one_of_minutes(code: str, kind: str) -> None:
    assert grid_cells.kind_of(170, code) == kind


@pytest.mark.parametrize(("said", "day"), [("1", 31), ("true", 31), ("0", 30), ("false", 30)])
def test_that_days_count_from_1904_only_where_a_workbook_says_so(tmp_path: Path, said: str, day: int) -> None:
    days = "44650" if day == 31 else "46111"
    more = {"styles": STYLES, "workbook": f'<workbookPr date1904="{said}"/>'}
    assert one(tmp_path, number(days, "1"), **more) == date(2026, 3, day)


def test_that_shared_strings_are_joined_and_their_pronunciation_left_out(tmp_path: Path) -> None:
    strings = part(
        "sst",
        "<si><t>甲</t></si><si><r><t>已</t></r><r><t>开工</t></r><rPh><t>kai</t></rPh></si><si><t>乙</t></si>",
    )
    for place, text in enumerate(("甲", "已开工", "乙")):
        assert one(tmp_path, f'<c r="D2" t="s"><v>{place}</v></c>', strings=strings) == text


@pytest.mark.parametrize(
    ("formula", "value", "expected"),
    [
        ("3+4", "7", 7.0),
        ("SUM(D3:D9)*2", "14", 14.0),
        ("ROUND($D$3,1)", "1.5", 1.5),
        ("", "7", 7.0),  # of a shared formula only the first cell tells it
        ("3+4", "", Odd("=3+4", grid_cells.NO_RESULT)),
        ("[1]一!A1", "7", Odd("=[1]一!A1", grid_cells.FOREIGN_FORMULA)),
        ("WEBSERVICE(A1)", "7", Odd("=WEBSERVICE(A1)", grid_cells.FOREIGN_FORMULA)),
        ("cmd|'/c calc'!A0", "7", Odd("=cmd|'/c calc'!A0", grid_cells.FOREIGN_FORMULA)),
        ('A1&amp;"个"', "7", Odd('=A1&"个"', grid_cells.FOREIGN_FORMULA)),
    ],
)
def test_that_a_formula_counts_by_its_result_only_where_it_reckons_on_its_own_sheet(
    tmp_path: Path, formula: str, value: str, expected: object
) -> None:
    assert one(tmp_path, f'<c r="D2"><f>{formula}</f>{value and f"<v>{value}</v>"}</c>') == expected


@pytest.mark.parametrize(("length", "is_taken"), [(32_767, True), (32_768, False)])
def test_that_a_text_longer_than_a_cell_is_not_taken(tmp_path: Path, length: int, is_taken: bool) -> None:
    found = one(tmp_path, text_cell("D2", "长" * length))
    assert (found == "长" * length) is is_taken
    assert isinstance(found, Odd) is not is_taken


def test_that_characters_nobody_sees_are_dropped(tmp_path: Path) -> None:
    assert one(tmp_path, text_cell("D2", "甲_x0007_乙_xD83D_")) == "甲乙"


def test_that_cells_without_a_place_follow_each_other(tmp_path: Path) -> None:
    bare = (
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t>{t}</t></is></c>' for t in ("1", "a", "b", "3", "c", "d", "t1"))
        + "</row>"
    )
    (found,) = returned(tmp_path, bare).rows
    assert (found.line, found.id, found.cells["actual"]) == (2, "t1", "3")


def test_that_prefixed_names_are_read(tmp_path: Path) -> None:
    made = parts({"一": sheet(HEADER, row(2, "", "", "", "3", "", "", "t1"))})
    name = "xl/worksheets/sheet1.xml"
    text = made[name].replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?xml", "<?xml")
    made[name] = text.replace(' xmlns="', ' xmlns:x="')
    (found,) = read(workbooks.write(tmp_path / "a.xlsx", made)).rows
    assert found.cells["actual"] == "3"


# --- merged cells


def merged(*areas: str) -> str:
    return (
        f"<mergeCells>{''.join(f'<mergeCell ref={chr(34)}{area}{chr(34)}/>' for area in areas)}</mergeCells>"
    )


def test_that_what_is_merged_downwards_is_every_rows_and_none_of_a_figures_area_but_the_first_is_open(
    tmp_path: Path,
) -> None:
    rows = (
        row(2, "1", "", "", "3", "一起", "", "t1"),
        row(3, "2", "", "", "", "", "", "t2"),
        row(4, "3", "", "", "", "", "", "t3"),
    )
    file = returned(tmp_path, *rows, after=merged("D2:D3", "E2:E3"))
    assert [dict(r.cells) for r in file.rows] == [
        {"number": "1", "actual": "3", "text": "一起"},
        {"number": "2", "actual": "3", "text": "一起"},
        {"number": "3"},
    ]
    assert [r.merged for r in file.rows] == [frozenset(), {"actual", "text"}, frozenset()]


def test_that_cells_merged_across_columns_say_only_what_the_first_says(tmp_path: Path) -> None:
    file = returned(tmp_path, row(2, "1", "", "", "", "已开工", "", "t1"), after=merged("E2:F2"))
    assert file.rows[0].cells == {"number": "1", "text": "已开工"}
    assert file.rows[0].merged == {"issues"}


# --- what a workbook says of itself


def marks_sheet(*lines: tuple[str, ...]) -> str:
    return sheet(*(row(n, *line) for n, line in enumerate(lines, 1)))


def test_that_a_workbook_is_known_by_its_properties_or_its_hidden_sheet(tmp_path: Path) -> None:
    hidden = marks_sheet(("version", "1"), ("workspace", "w2"), ("unit", "区科技局"))
    made = parts(
        {"督办标识": hidden, "一": sheet(HEADER, row(2, *"1234567"))},
        properties={"duban.workspace": "w1", "别的": "x"},
    )
    file = read(workbooks.write(tmp_path / "a.xlsx", made))
    assert file.marks == {"workspace": "w1", "version": "1", "unit": "区科技局"}
    assert len(file.rows) == 1


def test_that_columns_are_known_by_the_titles_they_went_out_with(tmp_path: Path) -> None:
    columns = (
        ("column", "一", "actual", "本月数", "open"),
        ("column", "一", "lead", "谁牵头", "locked"),
        ("column", "一", "nothing", "编号", "open"),
        ("column", "二", "issues", "本月数", "open"),
    )
    made = parts(
        {
            "督办标识": marks_sheet(*columns),
            "一": sheet(row(1, "本月数", "谁牵头", "标识"), row(2, "3", "甲", "t1")),
        }
    )
    file = read(workbooks.write(tmp_path / "a.xlsx", made))
    assert file.rows[0].cells == {"actual": "3", "lead": "甲"}
    assert file.locked == {"lead"}


def test_that_the_last_saving_is_told(tmp_path: Path) -> None:
    made = parts({"一": sheet(HEADER, row(2, *"1234567"))})
    made["docProps/core.xml"] = (
        "<c><created>2025-01-01T00:00:00Z</created><modified>2026-04-02T08:00:00Z</modified></c>"
    )
    file = read(workbooks.write(tmp_path / "a.xlsx", made))
    assert file.saved == datetime(2026, 4, 2, 8, tzinfo=UTC)
    made["docProps/core.xml"] = "<c><modified>昨天</modified></c>"
    assert read_book(workbooks.write(tmp_path / "a.xlsx", made)).saved is None
