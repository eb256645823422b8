"""Keys per correct ledger row: a gold replayed through the real window by a reviewer who wants exactly it.

Every press counts, letters in the unit picker included; a key with its modifiers is one press. Opening the
window and importing the report are no keys.
"""

import time
from functools import partial
from pathlib import Path

from app.places import ROOT, SEEDS
from tests.bench.contest import Area, Limit, MissingError, Sample, hash_of
from tests.bench.effort_reviewer import REASONS
from tests.bench.effort_window import replay, window_on

PER_ROW = "keys per correct row"
_SHARED = ROOT.parent / "shared"


def _effort(document: str, *, by_paragraph: bool) -> Sample:
    report, gold = _files(document)
    with window_on(report) as desk:
        start = time.perf_counter()
        effort = replay(desk, gold, by_paragraph=by_paragraph)
        took = time.perf_counter() - start
    counts = {reason: effort.keys[reason] for reason in REASONS}
    figures = {PER_ROW: effort.per_row, "rows": effort.rows, "correct": effort.correct}
    figures |= {"keys": effort.keys.total(), **counts}
    return Sample({"replay": took}, hash_of(repr(counts)), figures=figures)


def _files(document: str) -> tuple[Path, Path]:
    """A document and its gold: the sample's, or those of a number beside the project."""
    if document == "sample":
        return SEEDS / "sample_report.txt", SEEDS / "sample_gold.json"
    report = next(iter(sorted((_SHARED / "seeds").glob(f"{document}_*.txt"))), None)
    gold = next(iter(sorted((_SHARED / "gold").glob(f"{document}_*.json"))), None)
    if report is None or gold is None:
        raise MissingError(f"no gold of {document} beside the project")
    return report, gold


_WAYS = {"": False, " with Ctrl+Enter": True}
"""Accepting task by task, or what is right to the paragraph's end at once."""

AREA = Area(
    "effort",
    "keys per correct ledger row, the gold replayed through the window",
    {
        document + words: partial(_effort, document, by_paragraph=by_paragraph)
        for words, by_paragraph in _WAYS.items()
        for document in ("000", "001", "sample")
    },
    (),
    ("PySide6-Essentials",),
    counts=True,
    limits=tuple(Limit(document, PER_ROW, 2.5) for document in ("000", "001", "sample")),
)
