"""A formatted 督查台账 of 10,000 rows against openpyxl with a style for each cell, XlsxWriter beside them."""

import hashlib
import importlib
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from app.domain.ledger import Ledger, LedgerSummary, RowState, TaskRow
from app.domain.outgoing import Heading
from app.domain.progress import Progress, progress_id
from app.domain.reported_figures import figure_of
from app.domain.reports import LayerState
from app.domain.supervising import Facts, cases
from app.domain.tasks import Comparator, Item, Tag, TagKind, Target, Task
from tests.bench.contest import Area, Comparison, MissingError, Sample

ROWS = 10_000
SHEET = "督查台账"
PART = "write"
DAY = date(2026, 6, 26)
HEADING = Heading("云港区2026年政府工作报告", "云港区人民政府督查室", DAY, "fingerprint", "head")

_TABLE_BEGINS = 4
Values = Sequence[Sequence[Any]]


@cache
def _contents() -> Any:
    """10,000 tasks of one target each, every one reported on; no two texts alike."""
    from app.ledger.filling import Contents

    rows, items, told = [], [], []
    for n in range(1, ROWS + 1):
        name = f"{n:08x}-0000-4000-8000-000000000000"
        target = Target("新建中试平台", Comparator.GE, 20 + n % 80, None, "个")
        tag = Tag(f"{name[:-1]}1", "", name, TagKind.TARGET, (), "以上", target, version=1)
        items.append(Item(Task(name, "", (), "", is_confirmed=True, version=1), (tag,)))
        rows.append(_row(n, name))
        told.append(_progress(n, name, tag.id))
    summary = LedgerSummary(LayerState.FINAL, "", DAY, ROWS, 0, 0)
    ledger = Ledger(HEADING.title, "", summary, (), tuple(rows))
    facts = Facts(ledger, tuple(items), date(2026, 1, 1), date(2026, 12, 31), progress=tuple(told))
    return Contents(ledger, cases(facts, DAY))


def _row(n: int, name: str) -> TaskRow:
    return TaskRow(
        number=n,
        category=f"（{n % 20}）壮大实体经济，培育新动能",
        quote=f"第{n}项工作：建设中试平台{n % 50}个，加快完善配套设施和服务体系，推动成果转化落地。",
        summary=f"建设中试平台（第{n}项）",
        targets="",
        leader="李若川",
        lead=f"第{n % 40}局",
        support=f"第{(n + 1) % 40}局、第{(n + 2) % 40}局",
        deadline="2026年12月底前",
        source=f"三、2026年重点任务（{n % 20}）\n原文第{n * 60}—{n * 60 + 55}字",
        remarks="",
        state=RowState.CONFIRMED,
        id=name,
        offsets="",
        person=f"陈一鸣（0000-{n:08d}）",
    )


def _progress(n: int, name: str, target_id: str) -> Progress:
    unit = f"第{n % 40}局"
    return Progress(
        progress_id("r", name, "2026-05", unit),
        "r",
        name,
        "2026-05",
        unit,
        is_lead=True,
        at=datetime.fromisoformat("2026-06-10T08:00:00+00:00"),
        person_id="",
        who="",
        figures=(figure_of(target_id, f"{n % 60}个"),),
        text=f"第{n}项已完成前期手续，正在组织施工，累计完成形象进度过半。",
        issues=f"第{n}个点位用地协调难度较大。" if n % 3 else "",
        next_steps=f"会同街道推进第{n}个点位。" if n % 3 else "",
    )


@cache
def _values() -> Values:
    """The cells of the sheet as every contestant has to write them."""
    from app.ledger.filling import tables
    from app.ledger.layout import built_in

    (table,) = tables(built_in()["supervision"], _contents(), HEADING)
    return [line.values for line in table.lines]


def _timed(write: Callable[[Path], object]) -> Sample:
    """The time of writing a file, and a hash of the table's cells as they are read again."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "ledger.xlsx")
        start = time.perf_counter()
        write(out)
        took = time.perf_counter() - start
        size = out.stat().st_size / 1e6
        return Sample({PART: took}, _hash(out), figures={"file MB": size})


def _hash(out: Path) -> str:
    from openpyxl import load_workbook

    book = load_workbook(out, read_only=True)
    found = hashlib.sha256()
    rows = book[SHEET].iter_rows(min_row=_TABLE_BEGINS, values_only=True)
    for row in rows:
        found.update(repr([value or None for value in row]).encode())
    book.close()
    return found.hexdigest()


def _own() -> Sample:
    from app.ledger.layout import built_in
    from app.ledger.workbook import write_layout

    contents, layout = _contents(), replace(built_in()["supervision"], charts=False)
    return _timed(lambda out: write_layout(out, layout, contents, HEADING))


def _style_each() -> Sample:
    """openpyxl as people use it, at its best: font, alignment and border are made once and set on every cell.

    Making them anew for every cell takes four times as long.
    """
    values = _values()
    return _timed(lambda out: _write_style_each(out, values))


def _write_style_each(out: Path, values: Values) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side

    side = Side(style="thin", color="808080")
    font, border = Font(name="仿宋_GB2312", size=10.5), Border(left=side, right=side, top=side, bottom=side)
    alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    for row, line in enumerate(values, _TABLE_BEGINS):
        for column, value in enumerate(line, 1):
            cell = sheet.cell(row, column, value if value != "" else None)
            cell.font, cell.alignment, cell.border = font, alignment, border
            if isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
    book.save(out)


def _xlsxwriter() -> Sample:
    try:
        xlsxwriter = importlib.import_module("xlsxwriter")
    except ImportError as missing:
        raise MissingError("XlsxWriter is not installed") from missing
    values = _values()
    return _timed(lambda out: _write_xlsxwriter(xlsxwriter, out, values))


def _write_xlsxwriter(library: Any, out: Path, values: Values) -> None:
    book = library.Workbook(str(out))
    sheet = book.add_worksheet(SHEET)
    plain = {
        "font_name": "仿宋_GB2312",
        "font_size": 10.5,
        "text_wrap": True,
        "border": 1,
        "valign": "vcenter",
    }
    text, day = book.add_format(plain), book.add_format(plain | {"num_format": "yyyy-mm-dd"})
    for row, line in enumerate(values, _TABLE_BEGINS - 1):
        for column, value in enumerate(line):
            if value is None or value == "":
                sheet.write_blank(row, column, None, text)
            elif isinstance(value, str):
                sheet.write_string(row, column, value, text)
            elif isinstance(value, date):
                sheet.write_datetime(row, column, datetime.combine(value, datetime.min.time()), day)
            else:
                sheet.write_number(row, column, value, text)
    book.close()


AREA = Area(
    "ledger",
    f"督查台账 of {ROWS} rows, formatted, its rows as high as their texts, locked, with lists and lights",
    {"openpyxl, a style set on each cell": _style_each, "own": _own, "XlsxWriter": _xlsxwriter},
    (
        Comparison(
            "own against openpyxl with a style set on each cell",
            "own",
            "openpyxl, a style set on each cell",
            PART,
            0.5,
        ),
        Comparison("own against XlsxWriter", "own", "XlsxWriter", PART),
        Comparison(
            "XlsxWriter against openpyxl with a style set on each cell",
            "XlsxWriter",
            "openpyxl, a style set on each cell",
            PART,
        ),
    ),
    ("openpyxl", "XlsxWriter", "lxml"),
)
