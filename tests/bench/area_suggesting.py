"""Suggestions for the documents beside the project, owners by duty words included, against jieba.cut."""

import time
import warnings
from functools import cache

from app.domain.report import Reading
from app.places import ROOT, SEEDS
from tests.bench.contest import Area, Comparison, Sample, hash_of


@cache
def _readings() -> tuple[Reading, ...]:
    from app.reading import read_bytes

    paths = sorted((ROOT.parent / "shared" / "seeds").glob("0*.txt")) or [SEEDS / "sample_report.txt"]
    return tuple(read_bytes(path.read_bytes(), path.name) for path in paths)


def _own() -> Sample:
    from app.suggest.engine import suggest
    from app.workspace import seeding

    units = seeding.units()
    suggest(_readings()[0], units)  # loads the lexicons, as the baseline loads its dictionary
    start = time.perf_counter()
    found = [suggest(reading, units) for reading in _readings()]
    took = time.perf_counter() - start
    if not all(suggestions.commitments for suggestions in found):
        raise RuntimeError("a document without a commitment")
    return Sample({"suggest": took}, _texts())


def _segmenter() -> Sample:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(60)
    jieba.initialize()
    start = time.perf_counter()
    words = [list(jieba.cut(reading.shown.text)) for reading in _readings()]
    took = time.perf_counter() - start
    if ["".join(parts) for parts in words] != [reading.shown.text for reading in _readings()]:
        raise RuntimeError("the segmenter lost characters")
    return Sample({"suggest": took}, _texts())


def _texts() -> str:
    """The two do different work on the same texts: what must be equal is their input."""
    return hash_of("".join(reading.shown.text for reading in _readings()))


AREA = Area(
    "suggesting",
    "suggestions for every document, dictionaries loaded (the baseline only cuts words)",
    {"jieba.cut": _segmenter, "own": _own},
    (Comparison("suggestions against jieba.cut", "own", "jieba.cut", "suggest", 0.6),),
    ("jieba", "pyahocorasick"),
)
