"""Earlier years' ledgers read back: ours and other offices' layouts, merged cells, hostile files."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from app.domain.errors import UserError
from app.domain.experience import Precedent
from app.ledger.reading_ledgers import owners_in, read_ledger, year_in

Sheet = list[list[object]]
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes sheets to an .xlsx: titles -> rows, and merged areas of the first."""

    def make(*sheets: Sheet, merged: tuple[str, ...] = (), name: str = "云港区任务分解表.xlsx") -> Path:
        book = Workbook()
        book.remove(book.worksheets[0])
        for number, rows in enumerate(sheets, 1):
            sheet = book.create_sheet(f"表{number}")
            for row in rows:
                sheet.append(row)
            for area in merged if number == 1 else ():
                sheet.merge_cells(area)
        path = tmp_path / name
        book.save(path)
        return path

    return make


def told(precedents: tuple[Precedent, ...]) -> list[tuple[str, list[str], int]]:
    return [(p.text, [p.lead.name, *(s.name for s in p.supports)], p.year) for p in precedents]


def test_that_a_first_row_of_short_words_is_no_second_line_of_the_header(write: Write) -> None:
    path = write([["重点任务", "牵头单位", "备注"], ["修桥", "区交通局", "具体措施"]])
    assert told(read_ledger(path).precedents) == [("修桥", ["区交通局"], 0)]
    path = write([["重点任务", "牵头单位"], ["修桥", "区直各单位"]])
    assert told(read_ledger(path).precedents) == [("修桥", ["区直各单位"], 0)]


def test_that_a_plain_decomposition_table_is_read_with_its_year_and_source(write: Write) -> None:
    path = write(
        [
            ["云港区2025年政府工作报告重点任务分解表"],
            ["序号", "重点任务", "牵头单位", "配合单位", "完成时限"],
            [1, "新建泊位3个。", "区交通局", "区财政局、望海街", "12月底"],
            [2, "办好文化艺术节。", "区文旅局", None, "年内"],
        ]
    )
    found = read_ledger(path).precedents
    assert told(found) == [
        ("新建泊位3个。", ["区交通局", "区财政局", "望海街"], 2025),
        ("办好文化艺术节。", ["区文旅局"], 2025),
    ]
    assert {p.source for p in found} == {"2025年任务分解表"}
    assert {p.start for p in found} == {-1}
    assert len({p.id for p in found}) == 2
    assert [p.id for p in read_ledger(path).precedents] == [p.id for p in found]


def test_that_the_first_of_several_responsible_units_leads(write: Write) -> None:
    path = write([["工作内容", "责任单位"], ["开展隐患排查", "区应急局，区住建局\n各街道"]])
    assert told(read_ledger(path).precedents) == [("开展隐患排查", ["区应急局", "区住建局", "各街道"], 0)]
    assert read_ledger(path).precedents[0].source == "云港区任务分解表"


def test_that_responsible_units_beside_a_lead_support_it(write: Write) -> None:
    path = write([["任务内容", "责任单位", "牵头部门"], ["开展隐患排查", "区住建局", "区应急局"]])
    assert told(read_ledger(path).precedents) == [("开展隐患排查", ["区应急局", "区住建局"], 0)]


def test_that_merged_cells_count_for_every_row_they_cover(write: Write) -> None:
    path = write(
        [
            ["重点任务", "分解事项", "牵头单位"],
            ["改造老旧小区12个。", "加装电梯", "区住建局"],
            [None, "更新管线", None],
            ["治理背街小巷。", None, "区城管委"],
            ["清理沿街招牌。", None, None],
        ],
        merged=("A2:A3", "C2:C3"),
    )
    assert told(read_ledger(path).precedents) == [
        ("改造老旧小区12个。 加装电梯", ["区住建局"], 0),
        ("改造老旧小区12个。 更新管线", ["区住建局"], 0),
        ("治理背街小巷。", ["区城管委"], 0),
    ]


def test_that_a_heading_merged_over_a_row_is_no_task(write: Write) -> None:
    rows: Sheet = [["序号", "重点任务", "牵头单位"], ["一、稳住增长", None, None], [1, "清淤", "区水务局"]]
    assert told(read_ledger(write(rows, merged=("A2:C2",))).precedents) == [("清淤", ["区水务局"], 0)]


def test_that_a_header_of_two_lines_is_understood(write: Write) -> None:
    path = write(
        [["序号", "目标任务", "责任分工", None], [None, None, "牵头单位", "配合单位"], [1, "新建泊位", "区交通局", "区财政局"]],
        merged=("A1:A2", "B1:B2", "C1:D1"),
    )  # fmt: skip
    assert told(read_ledger(path).precedents) == [("新建泊位", ["区交通局", "区财政局"], 0)]


def test_that_every_sheet_with_such_a_table_is_read_and_others_are_left(write: Write) -> None:
    table: Sheet = [["重点任务", "牵头单位"], ["新建泊位", "区交通局"]]
    other: Sheet = [["二〇二四年责任清单"], ["工作要点", "承办单位"], ["清淤河道", "区水务局"]]
    path = write([["说明"], ["本表供参考"]], table, other)
    assert told(read_ledger(path).precedents) == [
        ("新建泊位", ["区交通局"], 0),
        ("清淤河道", ["区水务局"], 2024),
    ]


def test_that_rows_of_ours_that_nobody_confirmed_are_left_out_and_counted(write: Write) -> None:
    header: list[object] = ["重点任务（原文）", "分解事项", "牵头单位", "状态"]
    path = write(
        [header, ["新建泊位3个。", "新建泊位3个", "区交通局", "已确认"], ["清淤。", "", "区水务局", "待确认"]]
    )
    ledger = read_ledger(path)
    assert (told(ledger.precedents), ledger.waiting) == ([("新建泊位3个。", ["区交通局"], 0)], 1)
    with pytest.raises(UserError, match="待确认"):
        read_ledger(write([header, ["清淤。", "", "区水务局", "待确认"]]))


def test_that_rows_without_a_body_and_repeated_headers_are_left_out(write: Write) -> None:
    rows: Sheet = [
        ["重点任务", "牵头单位"],
        ["一、稳增长", None],
        ["新建泊位", "—"],
        ["重点任务", "牵头单位"],
        ["清淤", "区水务局"],
    ]
    assert told(read_ledger(write(rows)).precedents) == [("清淤", ["区水务局"], 0)]
    with pytest.raises(UserError, match="没有一行写明了单位"):
        read_ledger(write(rows[:3]))


@pytest.mark.parametrize(
    ("lead", "support", "names"),
    [
        ("区科技局、区工信局；区财政局", "", ["区科技局", "区工信局", "区财政局"]),
        ("牵头单位：区科技局 配合单位：区工信局、区财政局", "", ["区科技局", "区工信局", "区财政局"]),
        ("配合单位：区工信局；牵头单位：区科技局", "", ["区科技局", "区工信局"]),
        ("区工信局，区科技局（牵头）", "", ["区科技局", "区工信局"]),
        ("区科技局（区外专局）", "区科技局、望海街", ["区科技局", "望海街"]),
        ("区科技局及区工信局", "", ["区科技局", "区工信局"]),
        ("—", "区工信局", ["区工信局"]),
        ("", "", []),
        ("某" * 41, "", []),
    ],
)
def test_that_the_bodies_of_a_cell_are_told_apart(lead: str, support: str, names: list[str]) -> None:
    assert owners_in(lead, support) == names


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2025年分解表", 2025),
        ("二〇二五年", 2025),
        ("二○一九年", 2019),
        ("二零二一", 2021),
        ("12025", 0),
        ("无", 0),
    ],
)
def test_that_a_year_is_read_in_figures_and_in_characters(text: str, year: int) -> None:
    assert year_in(text) == year


# --- what is no ledger


def test_that_a_workbook_without_such_a_table_says_what_is_missing(write: Write) -> None:
    with pytest.raises(UserError, match="表头要有任务一栏"):
        read_ledger(write([["姓名", "电话"], ["周宁", "010-1"]]))


def test_that_an_xls_file_is_to_be_saved_as_xlsx(tmp_path: Path) -> None:
    path = tmp_path / "旧.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    with pytest.raises(UserError, match=r"另存为.*\.xlsx"):
        read_ledger(path)


def _repacked(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    out = path.with_name("改.xlsx")
    with ZipFile(path) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return out


@pytest.mark.parametrize(
    "change",
    [
        lambda name, data: data[: len(data) // 2] if "sheet1" in name else data,
        lambda name, data: data[:40] if name == "xl/workbook.xml" else data,
        lambda name, data: (
            b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;">]>' + data if "sheet1" in name else data
        ),
        lambda name, data: bytes(60_000_000) if "theme" in name else data,
    ],
)
def test_that_a_damaged_or_hostile_workbook_is_refused_in_chinese(
    write: Write, change: Callable[[str, bytes], bytes]
) -> None:
    path = write([["重点任务", "牵头单位"], ["新建泊位", "区交通局"]])
    with pytest.raises(UserError, match=r"没有导入|不像是一张表|不是 Excel"):
        read_ledger(_repacked(path, change))


def test_that_a_sheet_that_is_named_but_not_there_is_left_out(write: Write, tmp_path: Path) -> None:
    table: Sheet = [["重点任务", "牵头单位"], ["新建泊位", "区交通局"], ["清淤河道", None]]
    path = write(table, [["说明"]], merged=("B2:B3",))
    out = tmp_path / "缺.xlsx"
    with ZipFile(path) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            if name != "xl/worksheets/sheet2.xml":
                target.writestr(name, source.read(name))
    assert [one.lead.name for one in read_ledger(out).precedents] == ["区交通局", "区交通局"]


def test_that_a_merge_over_the_whole_sheet_costs_nothing(write: Write) -> None:
    def widen(name: str, data: bytes) -> bytes:
        return data.replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"') if "sheet1" in name else data

    rows: Sheet = [["重点任务", "牵头单位"], ["新建泊位", "区交通局"]]
    found = read_ledger(_repacked(write([*rows, [None], ["一"], ["二"]], merged=("A4:A5",)), widen))
    assert told(found.precedents) == [("新建泊位", ["区交通局"], 0)]
