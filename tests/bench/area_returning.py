"""A returned workbook of 10,000 rows previewed, against openpyxl only loading it."""

import os
import random
import tempfile
import time
from datetime import date
from pathlib import Path

from app.domain.supervising import Facts
from app.domain.tasks import Comparator, DeadlineKind, Target
from tests.bench.contest import Area, Comparison, Sample, hash_of
from tests.bench.stored import FOLDER
from tests.supervised import FIRST, GIVEN_OUT, KJ, LAST, deadline_tag, item, ledger, moved, row, target_tag

ROWS = 10_000
SEED = 20260101
ON, BACK = date(2026, 4, 20), date(2026, 4, 25)
"""The days when the form went out, and when it came back: what is computed by the day is computed for both."""

PERIOD = "2026-03"
HEADER = 3


def _facts() -> Facts:
    """10,000 tasks with one target each, all of one unit, given out in February."""
    names = [f"推进第{number}项重点工程建设" for number in range(1, ROWS + 1)]
    target = Target("新建中试平台", Comparator.GE, 20, None, "个")
    items = tuple(
        item(name, target_tag(f"t-{name}", target, "20个以上"), deadline_tag(DeadlineKind.EXPLICIT, LAST))
        for name in names
    )
    rows = tuple(
        row(n, name, quote=f"{name}，全年新建中试平台20个以上。" * 2) for n, name in enumerate(names, 1)
    )
    moves = tuple(move for name in names for move in moved(name, *GIVEN_OUT, first=date(2026, 2, 1)))
    return Facts(ledger(rows), items, FIRST, LAST, moves=moves)


def _workbook() -> Path:
    """The unit's form, filled in; made once for all rounds."""
    from openpyxl import load_workbook

    from app.domain.outgoing import Heading
    from app.domain.periods import period_of
    from app.domain.supervising import cases
    from app.ledger.filling import Contents
    from app.ledger.layout import built_in
    from app.ledger.workbook import write_layout

    path = Path(os.environ.get(FOLDER) or tempfile.mkdtemp()) / "returned.xlsx"
    if path.exists():
        return path
    facts = _facts()
    contents = Contents(facts.ledger, cases(facts, ON), KJ, period_of(PERIOD))
    part = path.with_name("part.xlsx")
    write_layout(
        part, built_in()["units"], contents, Heading("云港区2026年政府工作报告", "", ON, "w", "", "r")
    )
    book, dice = load_workbook(part), random.Random(SEED)  # noqa: S311
    sheet = book.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[HEADER]}
    for line in range(HEADER + 1, HEADER + 1 + ROWS):
        sheet.cell(line, places["完成值"]).value = dice.randrange(30)
        sheet.cell(
            line, places["进展情况"]
        ).value = f"第{line}行：已完成选址、立项和招标，正在施工，进度符合计划。"
    book.save(part)
    part.rename(path)
    return path


def _openpyxl() -> Sample:
    path = _workbook()
    from openpyxl import load_workbook

    start = time.perf_counter()
    book = load_workbook(path)
    took = time.perf_counter() - start
    sheet = book.worksheets[0]
    places = {cell.value: cell.column - 1 for cell in sheet[HEADER]}
    lines = sheet.iter_rows(min_row=HEADER + 1, values_only=True)
    said = [f"{line[places['标识']]} {line[places['完成值']]} {line[places['进展情况']]}" for line in lines]
    return Sample({"preview": took}, hash_of("\n".join(said)), figures={"rows": len(said)})


def _own() -> Sample:
    path, facts = _workbook(), _facts()
    from datetime import UTC, datetime

    from app.domain.returning import compare
    from app.domain.returning_ground import Standing, Taker
    from app.ledger.returning import read

    names = {tag.id: tag.id for each in facts.items for tag in each.tags}
    names |= {each.task.id: each.task.id for each in facts.items}
    taker = Taker("p", "周宁", datetime(2026, 4, 25, 9, tzinfo=UTC), BACK)
    start = time.perf_counter()
    standing = Standing(facts, {}, names, {KJ: KJ}, lambda _mark: None)
    found = compare([read(path)], {"r": standing}, "w", taker)
    took = time.perf_counter() - start
    if found.refused or found.faults or len(found.changes) != 2 * ROWS:
        raise RuntimeError(f"an honest workbook was not taken: {found.words}")
    told: dict[str, dict[str, str]] = {}
    for change in found.changes:
        told.setdefault(change.task_id, {})[change.field] = change.after
    said = [f"t-{task} {cells['actual']} {cells['text']}" for task, cells in told.items()]
    return Sample({"preview": took}, hash_of("\n".join(said)), figures={"rows": len(said)})


AREA = Area(
    "returning",
    f"a returned workbook of {ROWS:,} rows: read, set against what stands, previewed",
    {"openpyxl.load_workbook": _openpyxl, "own preview": _own},
    (
        Comparison(
            "previewing against openpyxl.load_workbook",
            "own preview",
            "openpyxl.load_workbook",
            "preview",
            1.3,
        ),
    ),
    ("openpyxl",),
)
