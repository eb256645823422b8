"""How near suggestions come to a gold annotation: the figures of the acceptance table, counted our own way."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Any

Mark = Mapping[str, Any]
"""Anything with a start and an end: a section, a commitment, a target, a deadline."""
Annotation = Mapping[str, Any]
"""A gold file, or what `duban suggest --json` prints."""

SLACK = 2
FIELDS = {
    "targets": ("comparator", "low", "high", "unit", "direction"),
    "deadlines": ("kind", "due"),
}


def figures(gold: Annotation, guess: Annotation, text: str) -> dict[str, float]:
    """Every figure by its name, each from 0 to 1. Only the gold's annotated ranges count, sections apart."""
    within = _scope(gold, text)
    out = {"sections_char_accuracy": _section_accuracy(gold["sections"], guess.get("sections", []), text)}
    out |= _commitment_figures(gold["commitments"], guess.get("commitments", []), text, within)
    for kind in FIELDS:
        out |= _mark_figures(kind, gold[kind], guess.get(kind, []), text, within)
    return out | _owner_figures(gold["commitments"], guess.get("commitments", []), within)


def f1(hits: int, wanted: int, found: int) -> float:
    """The harmonic mean of precision and recall; 1 where nothing was wanted and nothing found."""
    return 2 * hits / (wanted + found) if wanted + found else 1.0


def share(part: float, whole: int) -> float:
    """A part of a whole; 1 where there is no whole."""
    return part / whole if whole else 1.0


def likeness(a: str | None, b: str | None) -> float:
    """How much two phrases share, white space apart."""
    a, b = ("".join((x or "").split()) for x in (a, b))
    same = sum(m.size for m in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    return f1(same, len(a), len(b))


def alike(a: object, b: object) -> bool:
    """Whether two field values say the same: numbers within rounding, nothing and "" are one."""
    if isinstance(a, int | float) and isinstance(b, int | float):
        return abs(a - b) <= 1e-9 * max(1.0, abs(a))
    return (a or None) == (b or None)


def _scope(gold: Annotation, text: str) -> Callable[[int], bool]:
    ranges = gold.get("annotated_ranges") or [(0, len(text))]
    return lambda at: any(start <= at < end for start, end in ranges)


def _section_accuracy(want: Sequence[Mark], got: Sequence[Mark], text: str) -> float:
    wanted, found = _kinds(want, len(text)), _kinds(got, len(text))
    ink = [i for i, c in enumerate(text) if not c.isspace()]
    return share(sum(wanted[i] == found[i] for i in ink), len(ink))


def _kinds(sections: Iterable[Mark], length: int) -> list[str]:
    """The kind of section each character lies in, "" for none; the later section wins."""
    out = [""] * length
    for s in sections:
        for i in range(s["start"], min(s["end"], length)):
            out[i] = s["kind"]
    return out


def _commitment_figures(
    want: Sequence[Mark], got: Sequence[Mark], text: str, within: Callable[[int], bool]
) -> dict[str, float]:
    def ink(marks: Iterable[Mark]) -> set[int]:
        return {i for m in marks for i in range(m["start"], m["end"]) if within(i) and not text[i].isspace()}

    sentences = [m for m in want if not m.get("in_table")]
    rows = ink(m for m in want if m.get("in_table"))
    wanted, found = ink(sentences), ink(got) - rows
    sentences = [m for m in sentences if within(m["start"])]
    free = [m for m in got if within(m["start"]) and rows.isdisjoint(range(m["start"], m["end"]))]
    return {
        "commitments_char_f1": f1(len(wanted & found), len(wanted), len(found)),
        "commitments_span_f1": f1(_met(sentences, free, text), len(sentences), len(free)),
    }


def _met(want: Iterable[Mark], got: Sequence[Mark], text: str) -> int:
    """How many wanted sentences were found, give or take `SLACK` printed characters at either end."""
    printed = [0, *accumulate(not c.isspace() for c in text)]

    def near(a: Mark, b: Mark) -> bool:
        return all(abs(printed[a[edge]] - printed[b[edge]]) <= SLACK for edge in ("start", "end"))

    return sum(any(near(w, g) for g in got) for w in want)


def _mark_figures(
    kind: str, want: Iterable[Mark], got: Iterable[Mark], text: str, within: Callable[[int], bool]
) -> dict[str, float]:
    wanted, found = ({_trimmed(m, text): m for m in marks if within(m["start"])} for marks in (want, got))
    both = wanted.keys() & found.keys()
    right = sum(all(alike(wanted[k].get(f), found[k].get(f)) for f in FIELDS[kind]) for k in both)
    out = {
        f"{kind}_span_f1": f1(len(both), len(wanted), len(found)),
        f"{kind}_all_fields_right": share(right, len(wanted)),
    }
    if kind == "targets":
        phrases = sum(likeness(wanted[k].get("indicator"), found[k].get("indicator")) for k in both)
        out["targets_indicator_char_f1"] = share(phrases, len(wanted))
    return out


def _trimmed(mark: Mark, text: str) -> tuple[int, int]:
    """The mark's span without white space at its ends."""
    quote = text[mark["start"] : mark["end"]]
    left = re.match(r"\s*", quote)
    start = mark["start"] + (left.end() if left else 0)
    return start, max(start, mark["start"] + len(quote.rstrip()))


def _owner_figures(
    want: Iterable[Mark], got: Sequence[Mark], within: Callable[[int], bool]
) -> dict[str, float]:
    owned = [m for m in want if m.get("lead_unit") and within(m["start"])]
    ranked = [(m, _leads_for(m, got)) for m in owned]
    top = {k: sum(m["lead_unit"] in leads[:k] for m, leads in ranked) for k in (1, 3)}
    named = sum(bool(leads) and leads[0] in (m["lead_unit"], *m["co_units"]) for m, leads in ranked)
    return {
        "lead_unit_top1": share(top[1], len(owned)),
        "lead_unit_top3": share(top[3], len(owned)),
        "lead_unit_first_is_lead_or_co": share(named, len(owned)),
    }


def _leads_for(mark: Mark, got: Sequence[Mark]) -> Sequence[str]:
    """The ranked units of the suggestion that covers most of a sentence; none where nothing covers it."""

    def common(g: Mark) -> int:
        return int(min(g["end"], mark["end"]) - max(g["start"], mark["start"]))

    best = max(got, key=common, default=None)
    return (best.get("lead_units") or ()) if best is not None and common(best) > 0 else ()
