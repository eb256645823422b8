"""2,000 tags of the long document carried to an edited one, against rapidfuzz's way from text to text alone."""

import random
import re
import time
from functools import cache

from app.domain.spans import Span
from tests.bench.contest import Area, Comparison, Sample, hash_of
from tests.bench.documents import SEED, overlapping_marks, source_text

TAGS = 2_000
EDITED = 0.1
"""The share of sentences that are moved, taken out, or given other words or another figure."""
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?|\n")
_LEAST = 12


@cache
def _edited() -> str:
    dice = random.Random(SEED)  # noqa: S311
    sentences = _SENTENCE.findall(source_text())
    long = [i for i, sentence in enumerate(sentences) if len(sentence) > _LEAST]
    for i in sorted(dice.sample(long, int(EDITED * len(long))), reverse=True):
        sentence = sentences.pop(i)
        act = dice.randrange(4)
        if act == 0:
            sentences.insert(dice.randrange(len(sentences)), sentence)
        elif act == 1:
            sentences.insert(i, sentence[:4] + "进一步" + sentence[6:])
        elif act == 2:
            sentences.insert(i, re.sub(r"\d+", lambda number: str(int(number[0]) + 3), sentence, count=1))
    return "".join(sentences)


@cache
def _spans() -> tuple[Span, ...]:
    return tuple(Span(mark.start, mark.end) for mark in overlapping_marks(TAGS))


def _editops() -> Sample:
    from rapidfuzz.distance import Levenshtein

    old, new = source_text(), _edited()
    Levenshtein.editops("甲乙", "乙丙")
    start = time.perf_counter()
    steps = Levenshtein.editops(old, new)
    took = time.perf_counter() - start
    if steps.apply(old, new) != new:
        raise RuntimeError("the way does not lead there")
    return Sample({"carry": took}, _texts())


def _own() -> Sample:
    from app.revising import carry

    old, new, spans = source_text(), _edited(), _spans()
    carry("甲。", "乙。", (Span(0, 1),))
    start = time.perf_counter()
    found = carry(old, new, spans)
    took = time.perf_counter() - start
    if not TAGS * 0.8 < sum(one.span is not None for one in found) < TAGS:
        raise RuntimeError("too many tags were lost, or none")
    return Sample({"carry": took}, _texts())


def _texts() -> str:
    """The two do different work on the same texts: what must be equal is their input."""
    return hash_of(source_text() + _edited())


AREA = Area(
    "revising",
    f"{TAGS:,} tags over {len(source_text()):,} characters carried to an edited text",
    {"editops": _editops, "own": _own},
    (Comparison("carrying the tags against Levenshtein.editops", "own", "editops", "carry", 3),),
    ("RapidFuzz",),
)
