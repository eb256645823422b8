import importlib.util
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.scoring import alike, f1, figures, likeness, share

SHARED = Path(__file__).parents[2] / ".." / "shared"
SEEDS = Path(__file__).parents[2] / "seeds"
TEXT = "一、目标\n新建学校5 所。新增学位300个。\n做好防汛。"


def gold(**changes: Any) -> dict[str, Any]:
    """A small annotation of `TEXT`: two sentences with a figure each and one without."""
    target = {
        "comparator": "=",
        "low": 5,
        "high": 5,
        "unit": "所",
        "direction": None,
        "indicator": "新建学校",
    }
    more = {
        "comparator": "=",
        "low": 300,
        "high": 300,
        "unit": "个",
        "direction": None,
        "indicator": "新增学位",
    }
    out: dict[str, Any] = {
        "sections": [{"start": 0, "end": 5, "kind": "front"}, {"start": 5, "end": 28, "kind": "tasks"}],
        "commitments": [
            {"start": 5, "end": 13, "lead": False, "lead_unit": "教育", "co_units": ["住建"]},
            {"start": 13, "end": 22, "lead": False, "lead_unit": "教育", "co_units": []},
            {"start": 23, "end": 28, "lead": False, "lead_unit": "水务", "co_units": ["应急"]},
        ],
        "targets": [{"start": 9, "end": 12} | target, {"start": 17, "end": 21} | more],
        "deadlines": [],
    }
    return out | changes


def guess(**changes: Any) -> dict[str, Any]:
    """What a program that finds all of it would print."""
    out = gold(**changes)
    ranked = [["教育", "住建"], ["住建", "财政", "教育"], ["应急"]]
    out["commitments"] = [c | {"lead_units": r} for c, r in zip(out["commitments"], ranked, strict=False)]
    return out


def test_that_the_annotation_against_itself_is_perfect_but_for_the_owners_order() -> None:
    assert figures(gold(), guess(), TEXT) == {
        "sections_char_accuracy": 1,
        "commitments_char_f1": 1,
        "commitments_span_f1": 1,
        "targets_span_f1": 1,
        "targets_all_fields_right": 1,
        "targets_indicator_char_f1": 1,
        "deadlines_span_f1": 1,
        "deadlines_all_fields_right": 1,
        "lead_unit_top1": pytest.approx(1 / 3),
        "lead_unit_top3": pytest.approx(2 / 3),
        "lead_unit_first_is_lead_or_co": pytest.approx(2 / 3),
    }


def test_that_nothing_suggested_scores_nothing() -> None:
    got = figures(gold(), {}, TEXT)
    assert {k for k, v in got.items() if v} == {"deadlines_span_f1", "deadlines_all_fields_right"}


def test_that_section_accuracy_counts_printed_characters_only() -> None:
    all_tasks = [{"start": 0, "end": 28, "kind": "tasks"}]
    assert figures(gold(), guess(sections=all_tasks), TEXT)["sections_char_accuracy"] == pytest.approx(
        21 / 25
    )


@pytest.mark.parametrize(("shift", "met"), [(2, 3), (3, 2)])
def test_that_a_sentence_is_met_within_two_printed_characters(shift: int, met: int) -> None:
    moved = gold()["commitments"]
    moved[1] = moved[1] | {"start": moved[1]["start"] + shift}
    assert figures(gold(), {"commitments": moved}, TEXT)["commitments_span_f1"] == pytest.approx(met / 3)


def test_that_white_space_at_the_ends_of_a_sentence_does_not_count_as_a_miss() -> None:
    stretched = gold()["commitments"]
    stretched[2] = stretched[2] | {"start": 19}
    assert figures(gold(), {"commitments": stretched}, TEXT)["commitments_span_f1"] == pytest.approx(2 / 3)
    stretched[2] = stretched[2] | {"start": 22}
    assert figures(gold(), {"commitments": stretched}, TEXT)["commitments_span_f1"] == 1


def test_that_rows_of_tables_are_left_out_of_the_sentences() -> None:
    rows = gold()
    rows["commitments"][2] |= {"in_table": True}
    got = figures(rows, guess(), TEXT)
    assert (got["commitments_char_f1"], got["commitments_span_f1"]) == (1, 1)
    assert got["lead_unit_first_is_lead_or_co"] == pytest.approx(2 / 3)


def test_that_only_annotated_ranges_count() -> None:
    part = gold(annotated_ranges=[[0, 13]])
    part["targets"] = part["targets"][:1]
    part["commitments"] = part["commitments"][:1]
    got = figures(part, guess(), TEXT)
    assert {got[k] for k in got} == {1}


@pytest.mark.parametrize(
    ("field", "value", "right"),
    [("low", 5.0, 1), ("low", 6, 0.5), ("unit", "", 0.5), ("direction", "", 1), ("comparator", "~", 0.5)],
)
def test_that_a_target_is_right_when_every_field_is(field: str, value: object, right: float) -> None:
    targets = gold()["targets"]
    targets[0] = targets[0] | {field: value}
    assert figures(gold(), guess(targets=targets), TEXT)["targets_all_fields_right"] == right


def test_that_a_target_is_found_by_its_span_without_outer_white_space() -> None:
    targets = gold()["targets"]
    targets[0] = targets[0] | {"start": 8}
    assert figures(gold(), guess(targets=targets), TEXT)["targets_span_f1"] == 0.5
    targets = [gold()["targets"][0], gold()["targets"][1] | {"end": 21}]
    spaced = TEXT.replace("300个。", "300个 ")
    targets[1] = targets[1] | {"end": 22}
    assert figures(gold(), guess(targets=targets), spaced)["targets_span_f1"] == 1


def test_that_deadlines_are_judged_by_kind_and_date() -> None:
    due = {"start": 23, "end": 25, "kind": "by", "due": "2026-06-30"}
    got = figures(gold(deadlines=[due]), guess(deadlines=[due | {"kind": "during"}]), TEXT)
    assert (got["deadlines_span_f1"], got["deadlines_all_fields_right"]) == (1, 0)


def test_the_small_measures() -> None:
    assert (f1(0, 0, 0), f1(1, 2, 2), f1(1, 1, 3)) == (1, 0.5, 0.5)
    assert (share(0, 0), share(1, 4)) == (1, 0.25)
    assert (likeness("新增 学位", "新增学位"), likeness("学位", None), likeness("学位数", "学位")) == (
        1,
        0,
        0.8,
    )
    assert alike(1e12, 1e12 + 1)
    assert not alike(1e6, 1e6 + 1)
    assert alike(None, "")
    assert not alike(None, 0.5)


def jiggled(annotation: dict[str, Any]) -> dict[str, Any]:
    """The annotation as a middling program would give it: some left out, some moved, some changed."""

    def some(marks: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        kept = [dict(m) for i, m in enumerate(marks) if i % 10 != 3]
        for i, m in enumerate(kept):
            m["start"] = max(0, m["start"] - (i % 7 if i % 4 == 1 else 0))
        return kept

    out = {k: some(annotation[k]) for k in ("sections", "commitments", "targets", "deadlines")}
    for i, c in enumerate(out["commitments"]):
        units = ["发改", c["lead_unit"], "工信", *c["co_units"]]
        c["lead_units"] = units[i % 3 :] + units[: i % 3]
    for i, t in enumerate(out["targets"]):
        t["low"] = t["high"] if i % 3 else t["low"]
        t["indicator"] = t["indicator"][i % 4 :]
    return out


@pytest.mark.shared
@pytest.mark.parametrize("name", ["000", "001", "003", "sample"])
def test_that_the_figures_are_those_of_the_judges_script(name: str) -> None:
    script = SHARED / "gold" / "score.py"
    if not script.exists():
        pytest.skip("../shared/gold is not here")
    spec = importlib.util.spec_from_file_location("judge", script)
    assert spec is not None
    assert spec.loader is not None
    judge = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(judge)
    path = SEEDS / "sample_gold.json" if name == "sample" else next((SHARED / "gold").glob(f"{name}*.json"))
    want = json.loads(path.read_text(encoding="utf-8"))
    folder = SEEDS if name == "sample" else SHARED / "seeds"
    text = (folder / want["file"]).read_text(encoding="utf-8-sig")
    got = jiggled(want)
    scope = [False] * len(text)
    for start, end in want.get("annotated_ranges") or [[0, len(text)]]:
        scope[start:end] = [True] * (end - start)
    theirs = {k: v for k, v, _ in judge.figures(want, got, text, scope)}
    assert figures(want, got, text) == pytest.approx(theirs)
