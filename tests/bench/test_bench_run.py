"""The driver of the benchmarks: what it tells, and what it refuses to tell."""

import pytest

from tests.bench import run
from tests.bench.contest import Area, Comparison, MissingError, Sample, hash_of

BETTER = Comparison("a against b", "a", "b", "work", 1.5)


def _round(a: float, b: float, *, out_a: str = "x", out_b: str = "x", missing: str = "") -> run.Round:
    return {"a": Sample({"work": a}, out_a, 2048), "b": Sample({"work": b}, out_b, 1024, missing)}


def _area() -> Area:
    return Area("toy", "a toy", {"a": lambda: Sample({}, ""), "b": lambda: Sample({}, "")}, (BETTER,))


def test_that_ratios_are_taken_pair_by_pair() -> None:
    assert run.ratios([_round(3, 2), _round(1, 4)], BETTER) == [1.5, 0.25]


def test_that_no_time_is_told_when_outputs_differ() -> None:
    rounds = [_round(1, 1), _round(1, 1, out_b="y")]
    with pytest.raises(run.BenchError, match="round 2: the outputs differ"):
        run.ratios(rounds, BETTER)
    different = Comparison("a against b", "a", "b", "work", same_output=False)
    assert run.ratios(rounds, different) == [1, 1]


def test_that_a_missing_side_is_skipped_and_says_why() -> None:
    rounds = [_round(1, 1, missing="no jieba")] * 5
    assert run.ratios(rounds, BETTER) == []
    lines = run.report(_area(), rounds)
    assert lines[1].split() == ["skipped", "a", "against", "b:", "no", "jieba"]
    assert lines[3] == "   b: missing: no jieba"


@pytest.mark.parametrize(
    ("found", "goal", "word"),
    [
        ([1.5], 1.5, "ok"),
        ([1.6], 1.5, "over"),
        ([1, 1.4, 9], 1.5, "ok"),
        ([9.0], None, "told"),
        ([], 1.5, "skipped"),
    ],
)
def test_that_the_median_decides(found: list[float], goal: float | None, word: str) -> None:
    assert run.verdict(Comparison("", "a", "b", "work", goal), found) == word


def test_that_a_report_tells_median_least_and_greatest_with_n_and_peak() -> None:
    lines = run.report(_area(), [_round(1, 1), _round(2, 1), _round(1.25, 1)])
    assert lines[0].startswith("== toy: a toy  (n=3; Python ")
    assert lines[1] == " ok      a against b: 1.25 (1.00-2.00), goal 1.5"
    assert lines[2] == "   a: work 1250.00 ms; peak 2 MB"


def test_that_fewer_than_five_pairs_are_refused() -> None:
    with pytest.raises(run.BenchError, match="4 pairs say nothing"):
        run.measure(_area(), 4)


def test_that_the_warm_up_round_is_dropped_and_the_order_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def sample(_area: str, contestant: str, _folder: str) -> Sample:
        asked.append(contestant)
        return Sample({"work": len(asked)}, "")

    monkeypatch.setattr(run, "_in_own_process", sample)
    rounds = run.measure(_area(), 5)
    assert asked == ["a", "b"] * 6
    assert [samples["a"].seconds["work"] for samples in rounds] == [3, 5, 7, 9, 11]


def test_that_a_job_that_misses_something_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def job() -> Sample:
        raise MissingError("no window")

    monkeypatch.setattr(run, "load", lambda _name: Area("toy", "", {"a": job}, ()))
    assert run.run_job("toy:a").missing == "no window"


def test_that_a_sample_survives_its_line() -> None:
    sample = Sample({"work": 0.5}, hash_of("督办"), 17)
    assert Sample.from_json(sample.to_json()) == sample
    assert "\n" not in sample.to_json()


def test_that_every_area_compares_what_it_runs() -> None:
    assert {"opening", "scrolling", "tagging"} <= set(run.area_names())
    for name in run.area_names():
        area = run.load(name)
        assert area.name == name
        for comparison in area.comparisons:
            assert {comparison.contestant, comparison.baseline} <= set(area.contestants)


def test_that_a_failed_benchmark_fails_the_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "load", lambda _name: _area())
    assert run.main(["toy", "--pairs", "2"]) == 1
    assert "not told" in capsys.readouterr().out
