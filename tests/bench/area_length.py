"""Suggestions for very long texts that no report is: ten times the text takes ten times as long, no more."""

import random
import time
from collections.abc import Callable

from app.domain.report import Source
from tests.bench.contest import Area, Comparison, Sample, hash_of

LONG, LONG_OF_FIGURES = 5_000_000, 2_000_000
"""Bytes in UTF-8. Figures alone take four times as long as anything else."""

TENTH = 10

GOAL = 12.5
"""Of ten, for what the memory of so long a text costs."""

_SEED = 20260101
_HEAD = "各位代表：\n一、2025年工作回顾\n完成。\n二、2026年重点工作\n重点做好三个方面工作。\n（一）产业\n"
_SCRAPS = (
    "新建泊位3个、增长5%，到2030年，分别总投资1亿元的一是（区交通局牵头“。；：高于全市平均与经济增长同步完成市下达任务"
    "翻一番三成以上力争突破千亿元左右至少约其中以及和建设推进建成年底前每年汛前\n"
)


def _figures(size: int) -> str:
    return "新增1个、" * (size // len("新增1个、".encode()))


def _fuzzed(size: int) -> str:
    dice = random.Random(_SEED)  # noqa: S311
    return "".join(dice.choices(_SCRAPS, k=size * len(_SCRAPS) // len(_SCRAPS.encode())))


def _job(make: Callable[[int], str], size: int) -> Callable[[], Sample]:
    def job() -> Sample:
        from app.reading import read_source
        from app.suggest.engine import suggest

        text = _HEAD + make(size)
        start = time.perf_counter()
        reading = read_source(Source("a.txt", "", "utf-8", text, ""), 2026)
        read = time.perf_counter()
        found = suggest(reading)
        took = time.perf_counter() - read
        if not found.commitments:
            raise RuntimeError("a text without a commitment")
        return Sample({"read": read - start, "suggest": took}, hash_of(text))

    return job


def _ten_times(what: str, kind: str, part: str, goal: float | None = None) -> Comparison:
    return Comparison(
        f"{what} against a tenth", f"{kind}, long", f"{kind}, short", part, goal, same_output=False
    )


AREA = Area(
    "length",
    "suggestions for megabytes of one kind of text against a tenth of them",
    {
        "figures, short": _job(_figures, LONG_OF_FIGURES // TENTH),
        "figures, long": _job(_figures, LONG_OF_FIGURES),
        "fuzzed, short": _job(_fuzzed, LONG // TENTH),
        "fuzzed, long": _job(_fuzzed, LONG),
    },
    (
        _ten_times("5 MB of scraps at random", "fuzzed", "suggest", GOAL),
        _ten_times("2 MB of figures only", "figures", "suggest", GOAL),
        _ten_times("reading the scraps", "fuzzed", "read"),
        _ten_times("reading the figures", "figures", "read"),
    ),
)
