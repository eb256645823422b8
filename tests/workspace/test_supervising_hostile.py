"""Forms in which anything was typed anywhere: told, and never written."""

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.domain.edits import accept
from app.domain.periods import period_of
from app.workspace import Workspace
from app.workspace.outgoing import Wanted

ANYTHING: tuple[Any, ...] = (
    None,
    "",
    "无",
    "=1+1",
    '=HYPERLINK("x")',
    "#REF!",
    "-1e308",
    1e308,
    -0.0,
    True,
    date(1900, 1, 1),
    date(9999, 12, 31),
    "9999-12-31",
    "0000-00-00",
    "99999999999999999999万亿",
    "１２．３．４",
    "(" * 3000,
    "3月" * 500,
    "𠮷" * 20,
    "二〇二六年三月",
    "task:1-2",
    "见1-1",
    "\u202e反",
)
MARKS = (
    "",
    "x",
    "2026-13",
    "2999-12",
    "9" * 400,
    "0-0",
    "1-" + "0" * 64,
    "区科技局",
    "'; DROP TABLE progress; --",
)


def spoilt(path: Path, dice: random.Random) -> None:
    """Some cells and some of what the workbook says of itself, changed by chance; lines dealt out anew."""
    book = load_workbook(path)
    page = book.worksheets[0]
    for _ in range(dice.randrange(1, 60)):
        place = (dice.randrange(1, page.max_row + 3), dice.randrange(1, page.max_column + 3))
        cell = page.cell(*place)
        if type(cell).__name__ == "Cell":
            cell.value = dice.choice(ANYTHING)
    for name in dice.sample([p.name for p in book.custom_doc_props.props], dice.randrange(3)):
        if name != "duban.workspace":
            book.custom_doc_props[name].value = dice.choice(MARKS)
    if dice.random() < 0.3:
        page.merge_cells(start_row=4, end_row=9, start_column=9, end_column=dice.randrange(9, 14))
    if dice.random() < 0.2:
        page.delete_rows(dice.randrange(1, 6), dice.randrange(1, 4))
    book.save(path)


@pytest.mark.filterwarnings("ignore:.*:UserWarning:openpyxl")
def test_that_whatever_was_typed_is_told_and_nothing_is_written_before_it_is_wanted(
    sample: Workspace, tmp_path: Path
) -> None:
    report_id = sample.reports()[0].id
    sample.apply(accept(report_id, sample.items(report_id)))
    wanted = Wanted(period=period_of("2026-03"))
    files = sample.supervision.export_layout("units", tmp_path / "表", report_id, wanted)
    before = sample.log_length()
    for seed, file in enumerate(files):
        spoilt(file, random.Random(seed))  # noqa: S311
    found = sample.supervision.preview_return(files)
    assert sample.log_length() == before
    assert sample.supervision.progress(report_id) == ()
    assert (len(found.files), found.is_clean) == (len(files), False)
    sample.supervision.apply_return(found)
    written = sample.supervision.progress(report_id)
    said = [words for p in written for words in (p.text, p.issues, p.next_steps, p.reported_by, *p.evidence)]
    assert not any(words.startswith(("=", "#REF")) for words in said)
    assert sample.supervision.preview_return(files).changes == ()
    assert all(case.light for case in sample.supervision.cases(report_id))
    assert sample.verify_log() == []
