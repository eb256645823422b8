"""Owners from experience: the nearest precedents and the section's other tasks, laid over duty words."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from heapq import nlargest
from math import log, sqrt

from app.domain.experience import Precedent
from app.domain.suggestions import Commitment
from app.domain.tasks import Role
from app.domain.units import Unit
from app.suggest.bodies import Bodies, Body
from app.suggest.hearing import Voice, heard
from app.suggest.owners import OwnerModel
from app.suggest.precedents import Features, Index, features_of

READ, FEWEST_READ = 120, 4
"""Of how many texts the rarest features of a sentence are read, and how many features at least."""

NEAREST, LIKE = 6, 0.04
"""How many precedents count, and from which likeness (0 to 1) on: less is two common words shared."""

WEIGHED = 12
"""How many rows of ledgers that share the most are weighed exactly. Decisions are all weighed: each new one may only
concern what it is like."""

STRENGTH, STEEPNESS = 6.0, 2.0
"""What a precedent says: 6 times the square of its likeness, beside 1 for the best of the duty words. From four
tenths alike on one outranks them, a third alike two of them do, a tenth alike one only tips a balance."""

FINENESS = 256
"""Parts of one in which features are weighed."""

AGEING, UNDATED = 0.05, 10
"""How much less a precedent counts for each year that it is older than the newest ledger, and the age of one
without a year."""

FEWEST_IN_SECTION = 2
"""How many of a section's other tasks a body must lead to be proposed for that."""

_TITLE = re.compile(r"[^，。；：！？,;\s]{4,20}")


class Past:
    """What is known before a report is opened: the directory's duty words and the ledgers of earlier years."""

    def __init__(self, units: tuple[Unit, ...], model: OwnerModel, precedents: Iterable[Precedent]) -> None:
        self.words = model.words
        self.bodies = Bodies(units, model.code_of)
        self.index = Index(model.words, precedents)


class Experienced:
    """The proposer of one report's commitments.

    A feature weighs by how rare it is in the report and in the ledgers, which stand still as one works: what is
    decided changes the proposals of those commitments only that are like it or in its section. `section_at` gives
    the section of an offset, `year` is the report's.
    """

    def __init__(
        self,
        past: Past,
        commitments: Sequence[Commitment],
        section_at: Callable[[int], int],
        year: int,
    ) -> None:
        self._past = past
        self._commitments = tuple(commitments)
        self._section_at = section_at
        self._year = year
        self._newest = max([p.year for p in past.index.known.values()], default=year)
        self._decided = Index(past.words)
        features = [features_of(c.text, past.words) for c in self._commitments]
        self._weights = _Weights(past.index, features)
        self._sizes: dict[str, float] = {}
        self._own_sizes = [self._size(each) for each in features]
        self._asked = [self._rarest(each) for each in features]
        self._askers: defaultdict[str, list[int]] = defaultdict(list)
        self._sections: defaultdict[int, set[int]] = defaultdict(set)
        for i, commitment in enumerate(self._commitments):
            self._sections[section_at(commitment.span.start)].add(i)
            for feature in self._asked[i]:
                self._askers[feature].append(i)
        self._led: defaultdict[int, dict[str, Body]] = defaultdict(dict)

    # --- learning

    def learn(self, before: Precedent | None, after: Precedent | None) -> set[int]:
        """Put a precedent in the place of another; the commitments whose proposals may be others now."""
        concerned: set[int] = set()
        if before is not None:
            concerned |= self._like(before) | self._section_of(before)
            self._led[self._section_at(before.start)].pop(before.id, None)
            self._decided.remove(before.id)
            self._sizes.pop(before.id, None)
        if after is not None:
            self._decided.add(after)
            if after.start >= 0:
                self._led[self._section_at(after.start)][after.id] = self._past.bodies.meant(after.lead)
            concerned |= self._like(after) | self._section_of(after)
        return concerned

    def _like(self, precedent: Precedent) -> set[int]:
        """The commitments that a decided precedent counts for."""
        products: defaultdict[int, int] = defaultdict(int)
        for feature in self._decided.features[precedent.id]:
            for i in self._askers.get(feature, ()):
                products[i] += self._weights[feature]
        size = self._size_of(precedent.id, self._decided)
        return {i for i, product in products.items() if product / (self._own_sizes[i] * size) >= LIKE}

    def _section_of(self, precedent: Precedent) -> set[int]:
        return self._sections.get(self._section_at(precedent.start), set()) if precedent.start >= 0 else set()

    # --- proposing

    def proposed(self, index: int) -> Commitment:
        """The commitment with its leads and supports as experience has them; one whose lead is named, as it is."""
        commitment = self._commitments[index]
        if any(mention.role is Role.LEAD for mention in commitment.mentions):
            return commitment
        voices = list(self._voices(index))
        usual = self._usual_lead(commitment)
        return heard(commitment, voices, usual) if voices or usual else commitment

    def _voices(self, index: int) -> Iterator[Voice]:
        """The precedents that count for a commitment, the strongest first; never the decision on itself."""
        span = self._commitments[index].span
        found: list[tuple[float, int, str, Precedent]] = []
        for there, most in ((self._past.index, WEIGHED), (self._decided, None)):
            for likeness, precedent in self._alike(index, there, most):
                if not span.start <= precedent.start < span.end:
                    found.append(
                        (-self._strength(likeness, precedent), -precedent.year, precedent.id, precedent)
                    )
        meant = self._past.bodies.meant
        for strength, _, _, precedent in sorted(found)[:NEAREST]:
            supports = tuple([meant(owner) for owner in precedent.supports])
            title = partial(_title, precedent.text)
            yield Voice(meant(precedent.lead), supports, -strength, self._when(precedent), title)

    def _alike(self, index: int, there: Index, most: int | None) -> Iterator[tuple[float, Precedent]]:
        """The precedents of an index that are like a commitment, with their likeness; of the `most` likely ones."""
        products: defaultdict[str, int] = defaultdict(int)
        for feature in self._asked[index]:
            weight = self._weights[feature]
            for precedent_id in there.holders.get(feature, ()):
                products[precedent_id] += weight
        own = self._own_sizes[index]
        found = [(product, precedent_id) for precedent_id, product in products.items()]
        if most is not None and len(found) > most:
            found = nlargest(most, found)
        sizes = self._sizes
        for product, precedent_id in found:
            likeness = product / (own * (sizes.get(precedent_id) or self._size_of(precedent_id, there)))
            if likeness >= LIKE:
                yield likeness, there.known[precedent_id]

    def _strength(self, likeness: float, precedent: Precedent) -> float:
        age = max(0, self._newest - precedent.year) if precedent.year else UNDATED
        return STRENGTH * float(likeness**STEEPNESS) / (1 + AGEING * age)

    def _when(self, precedent: Precedent) -> str:
        if precedent.start >= 0:
            return "本报告"
        names = {0: "往年", self._year: "今年", self._year - 1: "去年"}
        return names.get(precedent.year, f"{precedent.year}年")

    def _usual_lead(self, commitment: Commitment) -> Body | None:
        """Who leads more than half of the section's other decided tasks, and at least two."""
        span = commitment.span
        led = [
            body
            for precedent_id, body in self._led.get(self._section_at(span.start), {}).items()
            if not span.start <= self._decided.known[precedent_id].start < span.end
        ]
        most = max(led, key=led.count, default=None)
        is_usual = most and led.count(most) >= FEWEST_IN_SECTION and 2 * led.count(most) > len(led)
        return most if is_usual else None

    # --- weighing

    def _rarest(self, features: Features) -> tuple[str, ...]:
        """The features by which precedents are looked for: the rarest, as far as few texts hold them."""
        ordered = sorted([(self._weights.counts[feature], feature) for feature in features])
        left, taken = READ, 0
        for count, _ in ordered:
            left -= count
            if left < 0 and taken >= FEWEST_READ:
                break
            taken += 1
        return tuple([feature for _, feature in ordered[:taken]])

    def _size(self, features: Features) -> float:
        return sqrt(sum(map(self._weights.__getitem__, features))) or 1.0

    def _size_of(self, precedent_id: str, there: Index) -> float:
        size = self._sizes[precedent_id] = self._size(there.features[precedent_id])
        return size


class _Weights(dict[str, int]):
    """What each feature weighs: the rarer it is in the report's texts and in the ledgers, the more.

    Whole numbers: their sums are the same in whatever order features come. `counts` has those of the report's own features.
    """

    def __init__(self, past: Index, texts: Sequence[Features]) -> None:
        super().__init__()
        self._past = past
        self._all = len(texts) + len(past.known) + 1
        counts: defaultdict[str, int] = defaultdict(int)
        for features in texts:
            for feature in features:
                counts[feature] += 1
        self.counts = {feature: n + len(past.holders.get(feature, ())) for feature, n in counts.items()}

    def __missing__(self, feature: str) -> int:
        count = self.counts.get(feature) or len(self._past.holders.get(feature, ())) or 1
        weight = self[feature] = round(FINENESS * log(self._all / count) ** 2)
        return weight


def _title(text: str) -> str:
    """The first words of a precedent: enough to know it by."""
    found = _TITLE.search(text)
    words = found[0] if found else text[:20]
    return words if words == text.rstrip("。") else f"{words}…"
