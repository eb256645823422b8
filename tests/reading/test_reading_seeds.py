import json
from pathlib import Path

import pytest

from app.domain.report import BlockKind
from app.reading import kind_spans, read_file

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not beside the project"),
]


def seed(number: str) -> Path:
    return next((SHARED / "seeds").glob(f"{number}_*.txt"))


@pytest.mark.parametrize("number", ["000", "001", "003"])
def test_that_the_kinds_of_section_are_those_of_the_gold(number: str) -> None:
    reading = read_file(seed(number))
    gold = json.loads(next((SHARED / "gold").glob(f"{number}_*.json")).read_text(encoding="utf-8"))
    text = reading.source.text
    wanted, found = [""] * len(text), [""] * len(text)
    for section in gold["sections"]:
        wanted[section["start"] : section["end"]] = [section["kind"]] * (section["end"] - section["start"])
    for span, kind in kind_spans(reading.sections):
        found[span.start : span.end] = [kind.value] * (span.end - span.start)
    solid = [i for i, c in enumerate(text) if not c.isspace()]
    assert sum(wanted[i] == found[i] for i in solid) >= 0.98 * len(solid)


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_that_every_character_shown_is_the_sources_and_no_han_character_is_lost(number: str) -> None:
    reading = read_file(seed(number))
    text, shown = reading.source.text, reading.shown
    kept = {}
    for run in shown.runs:
        assert text[run.source : run.source + run.length] == shown.text[run.shown : run.shown + run.length]
        kept.update(dict.fromkeys(range(run.source, run.source + run.length)))
    assert [c for i, c in enumerate(text) if i not in kept and not c.isspace() and c not in "*_{}"] == []


def test_that_the_indicator_table_has_31_rows_of_five_cells() -> None:
    shown = read_file(seed("003")).shown
    rows: dict[int, list[str]] = {}
    for block in shown.blocks:
        if block.kind is BlockKind.CELL and block.table == 0:
            rows.setdefault(block.row, []).append(shown.text[block.start : block.end])
    assert {len(row) for row in rows.values()} == {5}
    assert [row[0] for row in rows.values() if row[0].isdigit()] == [str(n) for n in range(1, 32)]
    assert [row[1:] for row in rows.values()].count([""] * 4) == 5


def test_that_the_annexs_table_has_16_rows_with_units() -> None:
    shown = read_file(seed("003")).shown
    units = [
        shown.text[b.start : b.end]
        for b in shown.blocks
        if b.kind is BlockKind.CELL and b.table == 2 and b.column == 2 and b.start < b.end
    ]
    assert len(units) == 17


@pytest.mark.parametrize(("number", "count"), [("000", 14), ("001", 26), ("003", 36)])
def test_that_all_notes_are_read(number: str, count: int) -> None:
    notes = read_file(seed(number)).notes
    assert len(notes) == count
    assert all(note.term and note.text for note in notes)
