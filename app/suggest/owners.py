"""Who answers for a commitment: functional codes ranked by the duty words of its sentence."""

import re
from collections.abc import Callable
from functools import lru_cache

import ahocorasick

from app.domain.report import SectionKind
from app.domain.suggestions import OwnerProposal
from app.domain.units import Unit
from app.suggest.duty_words import Speaks, codes_of, plain, weighted

OPENER = 0.5
HEADING = 0.35
"""What a word in the item's opener, or in the section's heading, counts beside one in the sentence."""

FIGURED = 1.5
"""What a word beside a figure counts more: who answers for the figure answers for the work."""

BEFORE, AFTER = 12, 4
"""How many characters may stand between a figure and the word before it (its indicator) or after it (what is
counted)."""

FIGURE = re.compile(r"[0-9０-９]+(?![0-9０-９年月日分号])")

FADING = tuple(1 / (1 + 0.1 * n) for n in range(60))
"""What the n-th duty word of a sentence counts: the first-named work leads. Further ones count as the last."""

PRIOR = {SectionKind.GOALS: (("发改", 0.8),), SectionKind.SELF: (("政府办", 1.5),)}
"""What the kind of section says before a word is read."""

DEFAULT = ("发改", "政府办", "工信")
DEFAULTS = {SectionKind.SELF: ("政府办", "发改", "政务")}
DEFAULT_SCORE = 0.05
UNFOUNDED = "没有职责词，按惯例"
"""Whom an office asks where nothing speaks for anybody."""

MOST_LEADS, FEWEST_LEADS, NAMED_WORDS = 5, 3, 3
LEAST_LEAD, LEAST_SUPPORT = 0.08, 0.2
"""The share of the best score below which a code is not proposed."""

Evidence = list[tuple[int, float, str]]
"""What a text says: a code (as its place in the list of codes), how strongly, and the word that says so."""


class OwnerModel:
    """Proposes functional codes. Built once from the lexicon and the directory's units, then unchanging."""

    def __init__(self, units: tuple[Unit, ...] = ()) -> None:
        self.codes = codes_of(units)
        self._places = {code: i for i, code in enumerate(self.codes)}
        self._automaton = ahocorasick.Automaton()
        for word, speaks in weighted(self.codes, units).items():
            self._automaton.add_word(word, (len(word), word, speaks))
        self._automaton.make_automaton()
        # openers and headings come again with every sentence under them
        self._of_context: Callable[[str], Evidence] = lru_cache(maxsize=256)(self._evidence)

    def propose(
        self, text: str, opener: str = "", heading: str = "", kind: SectionKind = SectionKind.TASKS
    ) -> tuple[tuple[OwnerProposal, ...], tuple[OwnerProposal, ...]]:
        """The codes that may lead (3 to 5, best first) and those that may support (at most 4) a sentence.

        `opener` is its item's lead-in, `heading` its section's title. Scores are shares of the best, 0 to 1.
        """
        totals = {self._places[code]: weight for code, weight in PRIOR.get(kind, ())}
        evidence = self._evidence(text)
        for place, weight, _ in evidence:
            totals[place] = totals.get(place, 0.0) + weight
        for context, share in ((opener, OPENER), (heading, HEADING)):
            if context:
                found = self._of_context(context)
                evidence += found
                for place, weight, _ in found:
                    totals[place] = totals.get(place, 0.0) + weight * share
        return self._ranked(totals, evidence, DEFAULTS.get(kind, DEFAULT))

    def _found(self, text: str) -> list[tuple[int, int, str, Speaks]]:
        """The duty words in text order (first, last character, word, codes), without those inside longer ones."""
        found: list[tuple[int, int, str, Speaks]] = []
        for last, (length, word, speaks) in self._automaton.iter(text):
            first = last - length + 1
            while found and first <= found[-1][0]:
                found.pop()
            if not found or last > found[-1][1]:
                found.append((first, last, word, speaks))
        return found

    def _evidence(self, text: str) -> Evidence:
        text = plain(text)
        found = [hit for hit in self._found(text) if hit[3]]
        figured = _beside_figures(found, text)
        evidence: Evidence = []
        for n, (_, _, word, speaks) in enumerate(found):
            share = FADING[min(n, len(FADING) - 1)] * (FIGURED if n in figured else 1.0)
            for place, weight in speaks:
                evidence.append((place, weight * share, word))
        return evidence

    def _ranked(
        self, totals: dict[int, float], evidence: Evidence, defaults: tuple[str, ...]
    ) -> tuple[tuple[OwnerProposal, ...], tuple[OwnerProposal, ...]]:
        order = sorted(totals, key=lambda place: (-totals[place], place))[:MOST_LEADS]
        best = totals[order[0]] if order else 1.0
        words: dict[int, list[str]] = {place: [] for place in order if totals[place] >= LEAST_LEAD * best}
        for place, _, word in evidence:
            if place in words and word not in words[place]:
                words[place].append(word)
        ranked = [
            OwnerProposal(self.codes[place], round(totals[place] / best, 3), _reason(said))
            for place, said in words.items()
        ]
        supports = tuple(p for p in ranked[1:] if p.score >= LEAST_SUPPORT)
        if len(ranked) < FEWEST_LEADS:
            named = {p.code for p in ranked}
            others = [OwnerProposal(c, DEFAULT_SCORE, UNFOUNDED) for c in defaults if c not in named]
            ranked += others[: FEWEST_LEADS - len(ranked)]
        return tuple(ranked), supports


def _beside_figures(found: list[tuple[int, int, str, Speaks]], text: str) -> set[int]:
    """Which of the words stand beside a figure: the last before it (新增学位500个), the first after (10所学校)."""
    beside: set[int] = set()
    for match in FIGURE.finditer(text) if found else ():
        after = sum(hit[0] < match.start() for hit in found)
        if after and match.start() - found[after - 1][1] <= BEFORE + 1:
            beside.add(after - 1)
        if after < len(found) and found[after][0] - match.end() <= AFTER:
            beside.add(after)
    return beside


def _reason(words: list[str]) -> str:
    return "职责词：" + "、".join(words[:NAMED_WORDS]) if words else "按章节惯例"
