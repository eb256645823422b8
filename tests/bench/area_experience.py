"""Owners from experience: what 5,000 past decisions cost, and what one year's ledger is worth to another's report."""

import json
import random
import tempfile
import time
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from app.domain.experience import Precedent
from app.domain.proposals import Office
from app.domain.report import Reading
from app.domain.suggestions import Suggestions
from app.domain.tasks import Owner, Role
from app.places import ROOT, SEEDS
from tests.bench.contest import Area, Comparison, MissingError, Sample, hash_of

PAST = 5_000
SEED = 20260101
WITHOUT_INDEX, WITH_INDEX = "suggest", "suggest and index"
"""The index of the past is built once for a workspace; told both ways."""

_SHARED = ROOT.parent / "shared"


@cache
def _readings() -> tuple[Reading, ...]:
    from app.reading import read_bytes

    paths = sorted((_SHARED / "seeds").glob("0*.txt")) or [SEEDS / "sample_report.txt"]
    return tuple(read_bytes(path.read_bytes(), path.name) for path in paths)


def _texts() -> str:
    """The two do different work on the same texts: what must be equal is their input."""
    return hash_of("".join(reading.shown.text for reading in _readings()))


def _segmenter() -> Sample:
    from tests.bench.area_suggesting import _segmenter

    took = _segmenter().seconds["suggest"]
    return Sample({WITHOUT_INDEX: took, WITH_INDEX: took}, _texts())


def _past(found: list[Suggestions]) -> list[Precedent]:
    """Past decisions like those of these documents: clauses of two sentences, the owners of the first."""
    dice = random.Random(SEED)  # noqa: S311
    work = [c for suggestions in found for c in suggestions.commitments if c.leads]
    made = []
    for number in range(PAST):
        first, second = dice.choice(work), dice.choice(work)
        text = "，".join(first.text.split("，")[:2] + second.text.split("，")[-2:])
        supports = tuple(Owner(Role.SUPPORT, p.code, p.code) for p in first.supports)
        lead = Owner(Role.LEAD, first.leads[0].code, first.leads[0].code)
        made.append(Precedent(str(number), text, lead, supports, "", 2018 + number % 8))
    return made


def _own() -> Sample:
    from app.suggest.engine import suggest
    from app.workspace import rooms, seeding

    units = seeding.units()
    past = _past([suggest(reading, units) for reading in _readings()])
    start = time.perf_counter()
    known = rooms.past(units, past)
    indexed = time.perf_counter() - start
    start = time.perf_counter()
    for reading in _readings():
        suggestions = suggest(reading, units)
        proposer = rooms.experienced(known, reading, suggestions.commitments)
        told = rooms.with_experience(suggestions, proposer)
        if told == suggestions:
            raise RuntimeError("a document that nothing was learned for")
    took = time.perf_counter() - start
    return Sample({WITHOUT_INDEX: took, WITH_INDEX: took + indexed}, _texts(), figures=_worth())


# --- what it is worth


def _worth() -> dict[str, float]:
    """lead_unit_top1 of 000 without and with the decisions of 001 imported; none without them at hand."""
    try:
        report, gold = _document("000")
        _, past = _document("001")
    except MissingError:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        return lead_figures(report, gold, past, Path(folder))


def lead_figures(report: Path, gold: Path, past: Path, folder: Path) -> dict[str, float]:
    """The figures of a report without and with an earlier one's decisions, which go by way of a workbook."""
    from app.reading import read_file
    from app.workspace import Workspace, rooms
    from tests.scoring import figures

    reading = read_file(report)
    wanted = json.loads(gold.read_text(encoding="utf-8"))
    told: dict[str, float] = {}
    with Workspace.create(folder / "bench.duban", author="甲") as workspace:
        for words in ("without", "with"):
            if words == "with":
                workspace.import_experience(_workbook(past, workspace, folder))
            guess = json.loads(json.dumps(rooms.as_gold(reading, workspace.suggest(reading))))
            found = figures(wanted, guess, reading.source.text)
            told |= {f"{name} {words}": found[name] for name in ("lead_unit_top1", "lead_unit_top3")}
    return told


def _workbook(gold: Path, workspace: Any, folder: Path) -> Path:
    """A gold's decisions as the ledger of its year, by the short names of the directory's units."""
    from openpyxl import Workbook

    annotation: Mapping[str, Any] = json.loads(gold.read_text(encoding="utf-8"))
    owner = Office("", date.max, workspace.units()).owner
    (report,) = (_SHARED / "seeds").glob(f"{Path(annotation['file']).stem}*")
    text = report.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([f"{annotation['report_year']}年重点任务分解表"])
    sheet.append(["重点任务", "牵头单位", "配合单位"])
    for c in annotation["commitments"]:
        if c.get("lead_unit"):
            owners = [owner(Role.LEAD, code).name for code in (c["lead_unit"], *c["co_units"])]
            sheet.append([text[c["start"] : c["end"]], owners[0], "、".join(owners[1:])])
    path = folder / "past.xlsx"
    book.save(path)
    return path


def _document(number: str) -> tuple[Path, Path]:
    report = next(iter(sorted((_SHARED / "seeds").glob(f"{number}_*.txt"))), None)
    gold = next(iter(sorted((_SHARED / "gold").glob(f"{number}_*.json"))), None)
    if report is None or gold is None:
        raise MissingError(f"no gold of {number} beside the project")
    return report, gold


AREA = Area(
    "experience",
    f"suggestions with {PAST} past decisions; lead_unit_top1 of 000 without and with those of 001",
    {"jieba.cut": _segmenter, "own": _own},
    (
        Comparison("suggestions with experience against jieba.cut", "own", "jieba.cut", WITHOUT_INDEX, 2.0),
        Comparison("the same, the index built each time", "own", "jieba.cut", WITH_INDEX),
    ),
    ("jieba", "pyahocorasick"),
)
