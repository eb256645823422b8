"""What of two versions is the same, taken out, put in, changed and moved, sentence by sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, auto

from app.domain.figure_words import figure_words
from app.domain.spans import Span
from app.revising.carrying import Comparison
from app.revising.pairing import Pair


class DiffKind(StrEnum):
    """What became of a sentence. MOVED: it stands elsewhere, perhaps with other words (`score` below 1)."""

    SAME = auto()
    ADDED = auto()
    REMOVED = auto()
    CHANGED = auto()
    MOVED = auto()


@dataclass(frozen=True, slots=True)
class SentenceDiff:
    """One sentence: where it stands in the old and in the new source text, None where it does not."""

    kind: DiffKind
    old: Span | None
    new: Span | None
    score: float = 1.0
    is_figure_changed: bool = False


def sentence_diffs(comparison: Comparison) -> tuple[SentenceDiff, ...]:
    """Every sentence of both versions once, in the new one's order; what was taken out where it stood."""
    return tuple(_in_order(comparison))


def _in_order(comparison: Comparison) -> Iterator[SentenceDiff]:
    pairing = comparison.pairing
    at = 0
    for j in range(len(comparison.new.sentences)):
        pair = pairing.by_new.get(j)
        if pair is not None and not pair.is_moved:
            yield from _removed(comparison, at, pair.old)
            at = max(at, pair.old + 1)
        yield _told(comparison, j, pair)
    yield from _removed(comparison, at, len(comparison.old.sentences))


def _removed(comparison: Comparison, low: int, high: int) -> Iterator[SentenceDiff]:
    old = comparison.old
    for i in range(low, high):
        if i not in comparison.pairing.by_old:
            yield SentenceDiff(DiffKind.REMOVED, old.text_span(old.sentences[i]), None, 0.0)


def _told(comparison: Comparison, j: int, pair: Pair | None) -> SentenceDiff:
    old, new = comparison.old, comparison.new
    here = new.text_span(new.sentences[j])
    if pair is None:
        return SentenceDiff(DiffKind.ADDED, None, here, 0.0)
    kind = DiffKind.MOVED if pair.is_moved else DiffKind.SAME if pair.score == 1.0 else DiffKind.CHANGED
    words, other = old.words[pair.old], new.words[pair.new]
    is_changed = pair.score < 1.0 and figure_words(words) != figure_words(other)
    return SentenceDiff(kind, old.text_span(old.sentences[pair.old]), here, round(pair.score, 3), is_changed)
