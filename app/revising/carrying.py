"""Places of the old version carried to the new one, with how sure that is and what of their figures changed."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from app.domain.spans import Span
from app.revising.aligning import Alignment
from app.revising.pairing import Pairing, paired
from app.revising.units import Units, units_of

SURE = 0.85
"""Below this a person looks at where something was carried to, even if its words are the same."""
_KEPT = 0.5
"""The least likeness of a piece's words to its words before, unless what stands around it holds its place."""
_QUOTED, _CONTEXT, _SHORTEST = 80.0, 12, 6
"""A quotation: its least partial ratio (0 to 100), the characters taken on either side, its least length."""
_FARTHEST = 10_000
"""In more new text than this no quotation is looked for: it would be another document."""
_STRETCH = 3
"""A piece of new words between the old neighbours is at most so many times as long, plus this."""


class CarriedKind(StrEnum):
    """How a place came over. EXACT and MOVED: its words are as before; MOVED: its sentence stands elsewhere."""

    EXACT = auto()
    MOVED = auto()
    REWORDED = auto()
    ORPHANED = auto()


@dataclass(frozen=True, slots=True)
class Carried:
    """A place of the old text, and where that is in the new one: None where it is not there any more.

    `score` (0 to 1): how much alike the place's words and those around it are. `old_figures` and `new_figures` are
    the numbers, scales, comparators and periods that the place says, with what of a figure stands directly at it.
    """

    kind: CarriedKind
    old: Span
    span: Span | None
    score: float
    is_figure_changed: bool = False
    old_figures: tuple[str, ...] = ()
    new_figures: tuple[str, ...] = ()

    @property
    def needs_person(self) -> bool:
        """Whether a person must look at it before it counts as carried."""
        return self.span is None or self.is_figure_changed or self.score < SURE


class _Piece(NamedTuple):
    """Where a part of a place landed in the new version's plain text; `place` is the likeness of what is around."""

    span: Span
    place: float
    is_moved: bool
    length: int


def carry(old_text: str, new_text: str, spans: Iterable[Span]) -> tuple[Carried, ...]:
    """Every span of the old text carried to the new one, in the order given. Spans are code points, not empty."""
    return Comparison(old_text, new_text).carried(spans)


class Comparison:
    """Two versions of a text, compared once: what the places and the sentences of both come from."""

    def __init__(self, old_text: str, new_text: str) -> None:
        self.old, self.new = units_of(old_text), units_of(new_text)
        self._alignment = cache(self._aligned)

    @cached_property
    def pairing(self) -> Pairing:
        """Which sentence is which."""
        return paired(self.old, self.new)

    def carried(self, spans: Iterable[Span], *, by_sentence: bool = False) -> tuple[Carried, ...]:
        """As `carry`. `by_sentence`: what begins or ends with a sentence does so in the new text too."""
        return tuple(self._carried(Span(*span), by_sentence=by_sentence) for span in spans)

    def _carried(self, span: Span, *, by_sentence: bool) -> Carried:
        plain = self.old.plain_span(span)
        pieces = [piece for part in self._parts(plain) if (piece := self._landed(*part)) is not None]
        if not pieces:
            return _orphan(self.old, span, plain)
        found = _joined(pieces, plain)
        if by_sentence:
            found = found._replace(span=self._whole(plain, found.span))
        return self._told(span, plain, found)

    def _whole(self, plain: Span, found: Span) -> Span:
        """A place with what was put in before or behind it, where it had its sentence's beginning or end."""
        old, new = self.old.around(plain), self.new.around(found)
        start = new.start if plain.start == old.start else found.start
        return Span(start, new.end if plain.end == old.end else found.end)

    def _told(self, span: Span, plain: Span, found: _Piece) -> Carried:
        old_words = self.old.plain[plain.start : plain.end]
        old_figures = _figures(self.old, plain)
        after = self.new.with_neighbours(found.span)
        new_figures = self.new.figures(after)
        is_changed = old_figures != new_figures
        target = after if is_changed else found.span
        new_words = self.new.plain[target.start : target.end]
        likeness = Levenshtein.normalized_similarity(old_words, new_words)
        same = CarriedKind.MOVED if found.is_moved else CarriedKind.EXACT
        return Carried(
            same if old_words == new_words else CarriedKind.REWORDED,
            span,
            self.new.text_span(target),
            round((found.place + likeness) / 2, 3),
            is_changed,
            old_figures,
            new_figures,
        )

    def _parts(self, plain: Span) -> Iterator[tuple[int, Span]]:
        """The sentences that a span touches, each with the part of it inside, in offsets of the sentence."""
        i = max(0, bisect_right(self.old.starts, plain.start) - 1)
        while i < len(self.old.sentences) and self.old.sentences[i].start < plain.end:
            start, end = self.old.sentences[i]
            low, high = max(start, plain.start), min(end, plain.end)
            if low < high:
                yield i, Span(low - start, high - start)
            i += 1

    def _landed(self, index: int, part: Span) -> _Piece | None:
        pair = self.pairing.by_old.get(index)
        if pair is not None:
            begin = self.new.starts[pair.new]
            if pair.score == 1.0:
                span = Span(begin + part.start, begin + part.end)
                return _Piece(span, 1.0, pair.is_moved, part.end - part.start)
            words, other = self.old.words[index], self.new.words[pair.new]
            span_in = _in_sentence(self._alignment(index, pair.new), words, other, part)
            if span_in is not None:
                span = Span(begin + span_in.start, begin + span_in.end)
                return _Piece(span, pair.score, pair.is_moved, part.end - part.start)
        return self._elsewhere(index, part) or self._quoted(index, part)

    def _elsewhere(self, index: int, part: Span) -> _Piece | None:
        """A part of a sentence that stands as it was, but inside another one, and only there."""
        words = self.old.words[index]
        if len(words) < _SHORTEST:
            return None
        places = [(j, at) for j in self._loose if (at := self.new.words[j].find(words)) >= 0]
        if len(places) != 1:
            return None
        j, at = places[0]
        begin = self.new.starts[j] + at
        is_moved = not self.pairing.around[index][0] <= j < self.pairing.around[index][1]
        span = Span(begin + part.start, begin + part.end)
        return _Piece(span, 1.0, is_moved, part.end - part.start)

    @cached_property
    def _loose(self) -> list[int]:
        """The new sentences that are not one of the old ones as it was."""
        known = self.pairing.by_new
        return [j for j in range(len(self.new.words)) if j not in known or known[j].score < 1.0]

    def _aligned(self, index: int, other: int) -> Alignment:
        return Alignment(self.old.words[index], self.new.words[other])

    def _quoted(self, index: int, part: Span) -> _Piece | None:
        """A part looked for by its words and those around it, near where its sentence stood: sentences are
        put together and taken apart.
        """
        words = self.old.words[index]
        low, high = max(0, part.start - _CONTEXT), min(len(words), part.end + _CONTEXT)
        near = self._neighbourhood(index)
        if high - low < _SHORTEST or near.end - near.start > _FARTHEST:
            return None
        hit = fuzz.partial_ratio_alignment(
            words[low:high], self.new.plain[near.start : near.end], score_cutoff=_QUOTED
        )
        if hit is None or hit.src_end - hit.src_start < high - low:
            return None
        quote = self.new.plain[near.start + hit.dest_start : near.start + hit.dest_end]
        inner = Span(part.start - low, part.end - low)
        found = _in_sentence(Alignment(words[low:high], quote), words[low:high], quote, inner)
        if found is None:
            return None
        begin = near.start + hit.dest_start
        return _Piece(
            Span(begin + found.start, begin + found.end),
            hit.score / 100,
            is_moved=False,
            length=part.end - part.start,
        )

    def _neighbourhood(self, index: int) -> Span:
        """Where an old sentence's parts may stand now: around its pair, else between its old neighbours."""
        pair = self.pairing.by_old.get(index)
        low, high = (max(pair.new - 2, 0), pair.new + 3) if pair else self.pairing.around[index]
        near = self.new.sentences[low:high]
        return Span(near[0].start, near[-1].end) if near else Span(0, 0)


def _in_sentence(alignment: Alignment, old: str, new: str, part: Span) -> Span | None:
    """Where a part of a sentence stands in its other version; None where it was taken out."""
    found = alignment.landing(part)
    start, end = _whole_number(new, found.span)
    words, other = old[part.start : part.end], new[start:end]
    if Levenshtein.normalized_similarity(words, other) >= _KEPT:
        return Span(start, end)
    is_same_sort = found.kept > 0 or (_has_figure(words) and _has_figure(other))
    is_short = len(other) <= _STRETCH * len(words) + _STRETCH
    is_held = alignment.is_held(part, Span(start, end))
    return Span(start, end) if is_held and is_same_sort and is_short else None


def _whole_number(text: str, span: Span) -> Span:
    """A span that begins or ends inside a number, with the whole number."""
    start, end = span
    if start == end:
        return span
    while start > 0 and _is_figure(text[start]) and _is_figure(text[start - 1]):
        start -= 1
    while end < len(text) and _is_figure(text[end - 1]) and _is_figure(text[end]):
        end += 1
    return Span(start, end)


def _has_figure(words: str) -> bool:
    return any(char.isdigit() for char in words)


def _is_figure(char: str) -> bool:
    return char.isdigit() or char in ".．"


def _joined(pieces: list[_Piece], plain: Span) -> _Piece:
    """The pieces of one place as one, where they still follow each other; else the longest, which is not sure."""
    whole = plain.end - plain.start
    in_order = all(a.span.end <= b.span.start for a, b in pairwise(pieces))
    span = Span(pieces[0].span.start, pieces[-1].span.end)
    if in_order and span.end - span.start <= 2 * whole:
        place = sum(piece.place * piece.length for piece in pieces) / whole
        return pieces[0]._replace(span=span, place=place)
    longest = max(pieces, key=lambda piece: piece.length)
    return longest._replace(place=longest.place * longest.length / whole)


def _figures(units: Units, plain: Span) -> tuple[str, ...]:
    """What a place says in figures, with what of a figure stands directly at it."""
    return units.figures(units.with_neighbours(plain))


def _orphan(old: Units, span: Span, plain: Span) -> Carried:
    figures = _figures(old, plain) if plain.start < plain.end else ()
    return Carried(CarriedKind.ORPHANED, span, None, 0.0, bool(figures), figures)
