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

STREETS = ("街", "街道", "镇", "乡")
"""How the names of 街道 end, which no duty word tells."""

Hit = tuple[int, int, str, Speaks]
"""A duty word in a text: its first and its last character, the word, and whom it speaks for."""

Evidence = list[tuple[str, Speaks, float]]
"""What a text says: its duty words in order, whom each speaks for, and what it counts where it stands."""


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
        _add(totals, evidence, 1.0)
        for context, share in ((opener, OPENER), (heading, HEADING)):
            found = self._of_context(context)
            evidence += found
            _add(totals, found, share)
        return self._ranked(totals, evidence, DEFAULTS.get(kind, DEFAULT))

    def words(self, text: str) -> list[str]:
        """The duty words of a text that speak for anybody, those inside longer ones too, each behind a #."""
        return ["#" + word for _, (_, word, speaks) in self._automaton.iter(text) if speaks]

    def code_of(self, name: str) -> str:
        """The functional code of a body by the words of its name (市教育局: 教育), "" if they tell nothing."""
        if name.endswith(STREETS):
            return "街道"
        best = self.propose(name)[0][:1]
        return best[0].code if best and best[0].reason != UNFOUNDED else ""

    def _found(self, text: str) -> list[Hit]:
        """The duty words in text order, without those inside longer ones."""
        found: list[Hit] = []
        end = -1
        # the words that end at one place come longest first, so that the others of that place lie inside it
        for last, (length, word, speaks) in self._automaton.iter(text):
            if last == end:
                continue
            first, end = last - length + 1, last
            while found and first <= found[-1][0]:
                found.pop()
            found.append((first, last, word, speaks))
        return found

    def _evidence(self, text: str) -> Evidence:
        text = plain(text)
        found = [hit for hit in self._found(text) if hit[3]]
        evidence = [(word, speaks, share) for (_, _, word, speaks), share in zip(found, FADING, strict=False)]
        evidence += [(word, speaks, FADING[-1]) for _, _, word, speaks in found[len(FADING) :]]
        for n in _beside_figures(found, text):
            word, speaks, share = evidence[n]
            evidence[n] = (word, speaks, share * FIGURED)
        return evidence

    def _ranked(
        self, totals: dict[int, float], evidence: Evidence, defaults: tuple[str, ...]
    ) -> tuple[tuple[OwnerProposal, ...], tuple[OwnerProposal, ...]]:
        order = sorted([(-total, place) for place, total in totals.items()])[:MOST_LEADS]
        best = -order[0][0] if order else 1.0
        words: dict[int, list[str]] = {place: [] for lack, place in order if -lack >= LEAST_LEAD * best}
        for word, speaks, _ in evidence:
            for place, _ in speaks:
                said = words.get(place)
                if said is not None and word not in said:
                    said.append(word)
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


def _add(totals: dict[int, float], evidence: Evidence, factor: float) -> None:
    for _, speaks, share in evidence:
        for place, weight in speaks:
            totals[place] = totals.get(place, 0.0) + weight * share * factor


def _beside_figures(found: list[Hit], text: str) -> set[int]:
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
