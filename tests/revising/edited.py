"""A text edited at random, with what became of each of its characters: the truth that carrying is held against."""

import random
import re
from dataclasses import dataclass

from app.domain.spans import Span

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?|\n")
_CLAUSE = re.compile(r"[^，。！？；、：\n]{2,}")
_FIGURE = re.compile(r"\d+(?:\.\d+)?(?:万|亿)?[个所项家条座处次人元%％名]*")
_WORDS = ("持续", "加快", "深入", "有序", "全面", "扎实")

Char = tuple[str, int]
"""A character, and its offset in the old text; -1 for a new one."""


@dataclass(frozen=True)
class Edited:
    """The old and the new text, and for every old offset the new one. `changed` are old offsets of changed figures."""

    old: str
    new: str
    places: dict[int, int]
    changed: frozenset[int]

    def truth(self, span: Span) -> Span | None:
        """From the first to the last character that is still there; None where none is."""
        there = [self.places[i] for i in range(*span) if i in self.places]
        return Span(min(there), max(there) + 1) if there else None

    def is_whole(self, span: Span) -> bool:
        """Whether all its characters are still there and lie together, a figure's changed digits apart."""
        there = self.truth(span)
        if there is None or there.end - there.start > 1.3 * (span.end - span.start) + 4:
            return False
        kept = sum(i in self.places for i in range(*span))
        return kept >= 0.7 * (span.end - span.start)

    def is_figure_changed(self, span: Span) -> bool:
        """Whether a figure inside it is another now."""
        return any(i in self.changed for i in range(*span))


def edited(text: str, seed: int, share: float = 0.25) -> Edited:
    """A share of the sentences moved, taken out, reworded, or with another figure."""
    dice = random.Random(seed)  # noqa: S311
    chars: list[Char] = [(char, i) for i, char in enumerate(text)]
    sentences = [chars[m.start() : m.end()] for m in _SENTENCE.finditer(text)]
    changed: set[int] = set()
    acts = (_moved, _dropped, _reworded, _reworded, _refigured)
    long = [i for i, s in enumerate(sentences) if len(s) > 12]
    chosen = sorted(dice.sample(long, int(share * len(long))), reverse=True)
    for i in chosen:
        dice.choice(acts)(sentences, i, dice, changed)
    flat = [char for sentence in sentences for char in sentence]
    places = {old: new for new, (_, old) in enumerate(flat) if old >= 0}
    return Edited(text, "".join(c for c, _ in flat), places, frozenset(changed))


def spans_of(text: str, count: int, seed: int) -> list[Span]:
    """Whole sentences, clauses and figures, as people tag them, at random."""
    dice = random.Random(seed)  # noqa: S311
    kinds = [
        [Span(*m.span()) for m in pattern.finditer(text) if m.end() - m.start() > 1]
        for pattern in (_SENTENCE, _CLAUSE, _FIGURE)
    ]
    return [dice.choice(dice.choice(kinds)) for _ in range(count)]


def _moved(sentences: list[list[Char]], i: int, dice: random.Random, _changed: set[int]) -> None:
    sentence = sentences.pop(i)
    sentences.insert(dice.randrange(len(sentences)), sentence)


def _dropped(sentences: list[list[Char]], i: int, _dice: random.Random, _changed: set[int]) -> None:
    del sentences[i]


def _reworded(sentences: list[list[Char]], i: int, dice: random.Random, _changed: set[int]) -> None:
    """A clause taken out, words put in, or words replaced; figures are left alone."""
    sentence = sentences[i]
    words = "".join(c for c, _ in sentence)
    clauses = [m for m in _CLAUSE.finditer(words) if not re.search(r"\d", m[0])]
    if not clauses:
        return
    clause = dice.choice(clauses)
    added = [(c, -1) for c in dice.choice(_WORDS)]
    if dice.random() < 0.25 and len(clauses) > 2:
        sentence[clause.start() : clause.end()] = []
    elif dice.random() < 0.5:
        sentence[clause.start() : clause.start()] = added
    else:
        sentence[clause.start() : clause.start() + 2] = added


def _refigured(sentences: list[list[Char]], i: int, dice: random.Random, changed: set[int]) -> None:
    """A number becomes another one, with as many digits or more."""
    sentence = sentences[i]
    numbers = list(re.finditer(r"\d+", "".join(c for c, _ in sentence)))
    if not numbers:
        return
    number = dice.choice(numbers)
    other = str(int(number[0]) + dice.choice((1, 3, 7, 60, 500)))
    changed.update(old for _, old in sentence[number.start() : number.end()] if old >= 0)
    sentence[number.start() : number.end()] = [(c, -1) for c in other]
