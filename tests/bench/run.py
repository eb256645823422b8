"""The benchmarks' driver: python -m tests.bench.run [area ...] [--pairs N].

Goes round the contestants in fixed order, each in a fresh process, drops a warm-up round, and prints for each
comparison the median, least and greatest ratio pair by pair.
"""

import argparse
import importlib
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # so that the file can be run by its path too

from tests.bench.contest import Area, Comparison, Limit, MissingError, Sample  # noqa: E402  (needs the path above)

LEAST_PAIRS = 5

Round = dict[str, Sample]
"""By contestant: its sample."""


class BenchError(Exception):
    """A benchmark that cannot be told: a contestant failed, or two that should agree do not."""


def area_names() -> list[str]:
    """The areas there are: a module area_NAME.py for each."""
    return sorted(path.stem.removeprefix("area_") for path in Path(__file__).parent.glob("area_*.py"))


def load(name: str) -> Area:
    """An area by its name."""
    area = importlib.import_module(f"tests.bench.area_{name}").AREA
    if not isinstance(area, Area):
        raise BenchError(f"area_{name}.py declares no AREA")
    return area


def run_job(job: str) -> Sample:
    """Do one contestant's job ("area:contestant") in this very process."""
    name, _, contestant = job.partition(":")
    try:
        sample = load(name).contestants[contestant]()
    except MissingError as missing:
        return Sample({}, "", missing=str(missing))
    return replace(sample, peak_kb=_peak_kb())


def measure(area: Area, pairs: int) -> list[Round]:
    """All rounds but the warm-up. Raises BenchError when a contestant fails."""
    if pairs < LEAST_PAIRS:
        raise BenchError(f"{pairs} pairs say nothing: take {LEAST_PAIRS} or more")
    rounds = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(1 if area.counts else pairs + 1):
            rounds.append({name: _in_own_process(area.name, name, folder) for name in area.contestants})
            print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return rounds if area.counts else rounds[1:]


def ratios(rounds: list[Round], comparison: Comparison) -> list[float]:
    """The ratio of each pair; none if either side is missing. Raises BenchError when the outputs differ."""
    found = []
    for number, samples in enumerate(rounds, 1):
        ours, theirs = samples[comparison.contestant], samples[comparison.baseline]
        if ours.missing or theirs.missing:
            return []
        if comparison.same_output and ours.output != theirs.output:
            raise BenchError(f"{comparison.what}: round {number}: the outputs differ, so no time is told")
        found.append(ours.seconds[comparison.part] / theirs.seconds[comparison.part])
    return found


def verdict(comparison: Comparison, found: list[float]) -> str:
    """ok, over, told (no goal) or skipped."""
    if not found:
        return "skipped"
    if comparison.goal is None:
        return "told"
    return "ok" if statistics.median(found) <= comparison.goal else "over"


def report(area: Area, rounds: list[Round]) -> list[str]:
    """The lines that tell an area's results. Raises BenchError when outputs differ."""
    told = [(comparison, ratios(rounds, comparison)) for comparison in area.comparisons]
    lines = [f"== {area.name}: {area.title}  (n={len(rounds)}; {_versions(area)})"]
    lines += [_tell(comparison, found, rounds) for comparison, found in told]
    lines += [_tell_limit(limit, rounds[0][limit.contestant]) for limit in area.limits]
    for name in area.contestants:
        samples = [samples[name] for samples in rounds]
        if samples[0].missing:
            lines.append(f"   {name}: missing: {samples[0].missing}")
            continue
        parts = ", ".join(
            f"{part} {1000 * statistics.median(s.seconds[part] for s in samples):.2f} ms"
            for part in samples[0].seconds
        )
        if samples[0].figures:
            counted = ", ".join(f"{figure} {value:.4g}" for figure, value in samples[0].figures.items())
            parts = f"{counted}; {parts}"
        peak = statistics.median(s.peak_kb for s in samples) / 1024
        lines.append(f"   {name}: {parts}; peak {peak:.0f} MB")
    return lines


def _tell(comparison: Comparison, found: list[float], rounds: list[Round]) -> str:
    word = verdict(comparison, found)
    if not found:
        sides = (rounds[0][comparison.contestant], rounds[0][comparison.baseline])
        why = next(side.missing for side in sides if side.missing)
        return f" {word:8}{comparison.what}: {why}"
    goal = "no goal" if comparison.goal is None else f"goal {comparison.goal:g}"
    middle = statistics.median(found)
    return f" {word:8}{comparison.what}: {middle:.2f} ({min(found):.2f}-{max(found):.2f}), {goal}"


def _tell_limit(limit: Limit, sample: Sample) -> str:
    what = f"{limit.contestant}: {limit.figure}"
    if sample.missing:
        return f" {'skipped':8}{what}: {sample.missing}"
    value = sample.figures[limit.figure]
    word = "ok" if value <= limit.goal else "over"
    return f" {word:8}{what}: {value:.2f}, goal {limit.goal:g}"


def _versions(area: Area) -> str:
    known = [f"Python {platform.python_version()}"]
    for library in area.libraries:
        try:
            known.append(f"{library} {version(library)}")
        except PackageNotFoundError:
            known.append(f"{library} absent")
    return ", ".join(known)


def _in_own_process(area: str, contestant: str, folder: str) -> Sample:
    """One sample. All rounds share a folder for what is costly to prepare; the user's own is left alone.

    Every module is compiled once, by the warm-up round, as it is where the program is installed.
    """
    ours = {
        "DUBAN_BENCH_FOLDER": folder,
        "DUBAN_HOME": folder,
        "PYTHONPYCACHEPREFIX": str(Path(folder, "bytecode")),
        "PYTHONDONTWRITEBYTECODE": "",
    }
    environment = {"QT_QPA_PLATFORM": "offscreen", "PYTHONHASHSEED": "0", **os.environ, **ours}
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.run", "--job", f"{area}:{contestant}"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        raise BenchError(f"{area}:{contestant} failed:\n{done.stderr}")
    return Sample.from_json(lines[-1])


def _peak_kb() -> int:
    try:
        import resource
    except ImportError:
        return 0
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)  # a job may start what it measures as a process
    return max(resource.getrusage(who).ru_maxrss for who in whose)


def main(arguments: list[str] | None = None) -> int:
    """Run the areas asked for, all by default. 1 when a benchmark cannot be told; a missed goal is only told."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("areas", nargs="*", help=f"of {', '.join(area_names())}; all by default")
    parser.add_argument("--pairs", type=int, default=9, help="how many rounds after the warm-up (least 5)")
    parser.add_argument("--job", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.job:
        print(run_job(options.job).to_json())
        return 0
    failed = False
    for name in options.areas or area_names():
        try:
            area = load(name)
            print("\n".join(report(area, measure(area, options.pairs))), flush=True)
        except BenchError as error:
            failed = True
            print(f"== {name}: not told: {error}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
