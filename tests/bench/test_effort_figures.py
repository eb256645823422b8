"""Areas that count: run once, their figures told and held against their limits."""

import pytest

from tests.bench import run
from tests.bench.contest import Area, Limit, Sample

FIGURES = {"keys per row": 1.25, "rows": 4.0}


def area(*, counts: bool = True, goal: float = 1.25) -> Area:
    return Area(
        "made",
        "made up",
        {"one": lambda: Sample({}, "")},
        (),
        counts=counts,
        limits=(Limit("one", "keys per row", goal),),
    )


def told(goal: float, sample: Sample) -> list[str]:
    return run.report(area(goal=goal), [{"one": sample}])


def test_that_figures_are_told_and_held_against_their_limit() -> None:
    sample = Sample({"replay": 0.5}, "", figures=FIGURES)
    lines = told(1.25, sample)
    assert lines[1] == " ok      one: keys per row: 1.25, goal 1.25"
    assert lines[2] == "   one: keys per row 1.25, rows 4; replay 500.00 ms; peak 0 MB"
    assert told(1.24, sample)[1] == " over    one: keys per row: 1.25, goal 1.24"


def test_that_what_is_missing_is_skipped() -> None:
    lines = told(1.25, Sample({}, "", missing="no gold"))
    assert lines[1:] == [" skipped one: keys per row: no gold", "   one: missing: no gold"]


def test_that_figures_survive_the_way_between_processes() -> None:
    sample = Sample({"replay": 0.5}, "x", figures=FIGURES)
    assert Sample.from_json(sample.to_json()) == sample


@pytest.mark.parametrize(("counts", "rounds", "runs"), [(True, 1, 1), (False, 5, 6)])
def test_that_what_counts_is_run_once(
    counts: bool, rounds: int, runs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def job(_area: str, name: str, _folder: str) -> Sample:
        done.append(name)
        return Sample({}, "", figures=FIGURES)

    monkeypatch.setattr(run, "_in_own_process", job)
    assert len(run.measure(area(counts=counts), 5)) == rounds
    assert len(done) == runs
