"""How near the program comes to the embedded sample's gold: the floors of every document, on any machine."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.reading import read_bytes
from app.suggest.engine import suggest
from app.suggest.gold_json import as_gold
from tests.scoring import figures

SEEDS = Path(__file__).parents[2] / "seeds"
FLOORS = {
    "sections_char_accuracy": 0.95,
    "commitments_char_f1": 0.90,
    "commitments_span_f1": 0.85,
    "targets_span_f1": 0.90,
    "targets_all_fields_right": 0.85,
    "targets_indicator_char_f1": 0.80,
    "deadlines_span_f1": 0.90,
    "lead_unit_top1": 0.65,
    "lead_unit_top3": 0.85,
}


@cache
def gold() -> dict[str, Any]:
    annotation: dict[str, Any] = json.loads((SEEDS / "sample_gold.json").read_text(encoding="utf-8"))
    return annotation


@cache
def suggested() -> dict[str, Any]:
    reading = read_bytes((SEEDS / "sample_report.txt").read_bytes(), "sample_report.txt")
    printed: dict[str, Any] = json.loads(json.dumps(as_gold(reading, suggest(reading))))
    return printed


@cache
def reached() -> dict[str, float]:
    text = (SEEDS / "sample_report.txt").read_text(encoding="utf-8")
    return figures(gold(), suggested(), text)


@pytest.mark.parametrize("figure", FLOORS)
def test_that_the_sample_is_read_as_well_as_every_document_must_be(figure: str) -> None:
    assert reached()[figure] >= FLOORS[figure]


def test_that_what_is_printed_belongs_to_the_file_that_was_read() -> None:
    assert [suggested()[k] for k in ("file", "sha256", "report_year")] == [
        gold()[k] for k in ("file", "sha256", "report_year")
    ]


def by_span(marks: list[dict[str, Any]]) -> dict[tuple[int, int], dict[str, Any]]:
    return {(m["start"], m["end"]): m for m in marks}


def test_that_the_indicator_table_becomes_targets_with_baseline_nature_and_sum() -> None:
    found = by_span(suggested()["targets"])
    fields = (
        "indicator",
        "comparator",
        "low",
        "high",
        "unit",
        "direction",
        "baseline",
        "nature",
        "is_cumulative",
    )
    wanted = [t for t in gold()["targets"] if t.get("in_table")]
    assert len(wanted) == 8
    assert [[found[m].get(f) or None for f in fields] for m in by_span(wanted)] == [
        [t[f] or None for f in fields] for t in wanted
    ]


def test_that_the_division_of_work_becomes_tasks_with_the_unit_of_its_column() -> None:
    rows = [c for c in gold()["commitments"] if c.get("row")][-6:]
    found = by_span(suggested()["commitments"])
    assert [found[m]["lead_units"][0] for m in by_span(rows)] == [c["lead_unit"] for c in rows]
    assert all(found[m]["in_table"] for m in by_span(rows))


def test_that_every_owner_the_text_names_is_found_in_its_role() -> None:
    found = by_span(suggested()["owners"])
    wanted = by_span(gold()["owners"])
    assert {m: found[m]["role"] for m in wanted if m in found} == {m: o["role"] for m, o in wanted.items()}


def test_that_coverage_goals_stand_apart_from_the_targets() -> None:
    text = (SEEDS / "sample_report.txt").read_text(encoding="utf-8")
    covered = {text[m["start"] : m["end"]] for m in suggested()["coverage"]}
    assert any("全覆盖" in words for words in covered)
    assert any("清零" in words for words in covered)
    assert not by_span(suggested()["coverage"]).keys() & by_span(suggested()["targets"]).keys()


def test_that_the_rows_of_the_indicator_table_are_due_in_the_year_of_their_column() -> None:
    reading = read_bytes((SEEDS / "sample_report.txt").read_bytes(), "sample_report.txt")
    rows = [c for c in suggest(reading).commitments if c.in_table]
    assert [c.due_year for c in rows if c.targets] == [2030] * 8
    assert {c.due_year for c in rows if not c.targets} == {0}
