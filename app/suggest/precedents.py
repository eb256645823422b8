"""Precedents by what is in them: pairs of characters and duty words, each with the precedents that hold it."""

import re
from collections.abc import Callable, Iterable

from app.domain.experience import Precedent
from app.suggest.duty_words import plain

Features = frozenset[str]
"""What a text is known by: its pairs of Chinese characters, and its duty words behind a #."""

Words = Callable[[str], Iterable[str]]
"""Gives the duty words of a text."""

_PAIR = re.compile("(?=([\u3400-\u9fff]{2}))")


class Index:
    """A set of precedents by feature. What is added and taken away one by one stands as if built at once."""

    def __init__(self, words: Words, precedents: Iterable[Precedent] = ()) -> None:
        self._words = words
        self.known: dict[str, Precedent] = {}
        self.features: dict[str, Features] = {}
        self.holders: dict[str, list[str]] = {}
        for precedent in precedents:
            self.add(precedent)

    def add(self, precedent: Precedent) -> None:
        """Take a precedent in, in the place of one with its id."""
        self.remove(precedent.id)
        features = features_of(precedent.text, self._words)
        self.known[precedent.id] = precedent
        self.features[precedent.id] = features
        holders = self.holders
        for feature in features:
            if feature in holders:
                holders[feature].append(precedent.id)
            else:
                holders[feature] = [precedent.id]

    def remove(self, precedent_id: str) -> None:
        """Forget a precedent; nothing happens where there is none."""
        if self.known.pop(precedent_id, None) is None:
            return
        for feature in self.features.pop(precedent_id):
            self.holders[feature].remove(precedent_id)
            if not self.holders[feature]:
                del self.holders[feature]


def features_of(text: str, words: Words) -> Features:
    """The features of a text; figures, marks and Latin letters say nothing about whose work it is."""
    text = plain(text)
    return frozenset((*_PAIR.findall(text), *words(text)))
