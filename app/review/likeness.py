"""How much alike short texts are, by the pairs of characters they have in common."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

_Texts = dict[int, str]

ALIKE = 0.6
"""The least share (Dice) of common character pairs for two texts to be of one thing."""
_COMMON = 40
"""A pair of characters that so many texts hold tells nothing, and would make the search quadratic."""


def most_alike(ours: list[str], theirs: list[str]) -> list[tuple[int, int]]:
    """Indices of texts that go together, each at most once: equal ones first, then the most alike above ALIKE.

    Blanks do not count; an empty text goes with none.
    """
    mine = {i: plain for i, text in enumerate(ours) if (plain := _plain(text))}
    yours = {j: plain for j, text in enumerate(theirs) if (plain := _plain(text))}
    found = _taken(_equal(mine, yours), mine, yours)
    near = ((i, j) for _, i, j in sorted(_near(mine, yours)))
    return found + _taken(near, mine, yours)


def _taken(candidates: Iterable[tuple[int, int]], ours: _Texts, theirs: _Texts) -> list[tuple[int, int]]:
    """The candidates in order, as far as both are still there; they are then gone from both."""
    found = []
    for i, j in candidates:
        if i in ours and j in theirs:
            found.append((i, j))
            del ours[i], theirs[j]
    return found


def _equal(ours: _Texts, theirs: _Texts) -> list[tuple[int, int]]:
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for j in reversed(theirs):
        holders[theirs[j]].append(j)
    return [(i, holders[text].pop()) for i, text in ours.items() if holders[text]]


def _near(ours: _Texts, theirs: _Texts) -> Iterator[tuple[float, int, int]]:
    """Less the likeness of two texts, and their indices, where they are ALIKE."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for j, text in theirs.items():
        for piece in set(_pieces(text)):
            holders[piece].append(j)
    for i, text in ours.items():
        rare = (holders[piece] for piece in set(_pieces(text)) if len(holders[piece]) <= _COMMON)
        for j in {j for found in rare for j in found}:
            likeness = _dice(text, theirs[j])
            if likeness >= ALIKE:
                yield -likeness, i, j


def _plain(text: str) -> str:
    return "".join(text.split())


def _pieces(text: str) -> list[str]:
    return [text[k : k + 2] for k in range(len(text) - 1)]


def _dice(first: str, second: str) -> float:
    ours, theirs = Counter(_pieces(first)), Counter(_pieces(second))
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 0.0
