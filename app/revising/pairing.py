"""Which sentence of the new version is which of the old: the same, moved, or changed and how much alike."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Indel, Levenshtein

from app.revising.units import Units

ALIKE = 0.55
"""The least likeness of two sentences to be versions of one, where they stand between the same others."""
ALIKE_ELSEWHERE = 0.7
"""The same where one stands elsewhere: reports say many things alike."""
_FIGURE = re.compile(r"\D{0,3}\d[\d.]*\D{0,5}")
"""A sentence that is hardly more than a figure: a table's cell."""


class Pair(NamedTuple):
    """A sentence of each version, by index. `score`: their likeness, 1 where they are the same."""

    old: int
    new: int
    score: float
    is_moved: bool


class _Block(NamedTuple):
    old: int
    old_end: int
    new: int
    new_end: int
    is_same: bool = False


@dataclass(frozen=True, slots=True)
class Pairing:
    """The pairs by old and by new sentence, and for every old one the new ones [low, high) of its neighbourhood."""

    by_old: dict[int, Pair]
    by_new: dict[int, Pair]
    around: list[tuple[int, int]]


def paired(old: Units, new: Units) -> Pairing:
    """Every sentence in at most one pair: those that stayed, those that moved as they are, those most alike.

    A figure alone (a table's cell) has no likeness to speak of: it is paired with the one in its place.
    """
    homes = [block for block in _blocks(old, new) for _ in range(block.old, block.old_end)]
    made = {
        i: Pair(i, block.new + i - block.old, 1.0, is_moved=False)
        for i, block in enumerate(homes)
        if block.is_same
    }
    for match in (_same, _alike, _in_place):
        taken = {pair.new for pair in made.values()}
        left = [i for i in range(len(old.words)) if i not in made]
        free = [j for j in range(len(new.words)) if j not in taken]
        made |= {pair.old: pair for pair in match(old, new, left, free, homes)}
    around = [(block.new, block.new_end) for block in homes]
    return Pairing(made, {pair.new: pair for pair in made.values()}, around)


def _blocks(old: Units, new: Units) -> Iterator[_Block]:
    """The sentences that stayed as they were, and between them what did not, in one piece each."""
    at, place = 0, 0
    for op in Levenshtein.opcodes(old.words, new.words):
        if op.tag == "equal":
            if (at, place) != (op.src_start, op.dest_start):
                yield _Block(at, op.src_start, place, op.dest_start)
            yield _Block(op.src_start, op.src_end, op.dest_start, op.dest_end, is_same=True)
            at, place = op.src_end, op.dest_end
    if (at, place) != (len(old.words), len(new.words)):
        yield _Block(at, len(old.words), place, len(new.words))


def _same(old: Units, new: Units, left: list[int], free: list[int], homes: list[_Block]) -> Iterator[Pair]:
    """Sentences that stand as they are between the same neighbours or, the first with the first, elsewhere."""
    there: defaultdict[str, list[int]] = defaultdict(list)
    for j in free:
        there[new.words[j]].append(j)
    for i in left:
        places = there[old.words[i]]
        near = [j for j in places if homes[i].new <= j < homes[i].new_end]
        for j in (near or places)[:1]:
            places.remove(j)
            yield Pair(i, j, 1.0, is_moved=not near)


def _alike(old: Units, new: Units, left: list[int], free: list[int], homes: list[_Block]) -> Iterator[Pair]:
    """The most alike first; those that stand between the same neighbours need less likeness."""
    found: list[tuple[float, bool, int, int, int]] = []
    words = {j: new.words[j] for j in free}
    for i in left:
        low, high = homes[i].new, homes[i].new_end
        near = {j: words[j] for j in range(low, high) if j in words}
        for options, least in ((near, ALIKE), (words, ALIKE_ELSEWHERE)):
            hits = process.extract(
                old.words[i],
                options,
                scorer=Indel.normalized_similarity,
                processor=None,
                score_cutoff=least,
                limit=None,
            )
            found += [(-score, not low <= j < high, abs(i - j), i, j) for _, score, j in hits]
    gone_old: set[int] = set()
    gone_new: set[int] = set()
    for score, is_moved, _, i, j in sorted(set(found)):
        if i not in gone_old and j not in gone_new:
            gone_old.add(i)
            gone_new.add(j)
            yield Pair(i, j, -score, is_moved)


def _in_place(
    old: Units, new: Units, left: list[int], free: list[int], homes: list[_Block]
) -> Iterator[Pair]:
    """Cells with figures, where nothing but such stands between the same neighbours, and as many as before."""
    there = set(free)
    for i in left:
        j = homes[i].new + i - homes[i].old
        if j in there and _FIGURE.fullmatch(old.words[i]) and _are_figures(old, new, homes[i]):
            yield Pair(i, j, Indel.normalized_similarity(old.words[i], new.words[j]), is_moved=False)


def _are_figures(old: Units, new: Units, block: _Block) -> bool:
    """Whether a block has nothing but cells with figures, as many as before."""
    cells = old.words[block.old : block.old_end], new.words[block.new : block.new_end]
    return len(cells[0]) == len(cells[1]) and all(_FIGURE.fullmatch(cell) for side in cells for cell in side)
