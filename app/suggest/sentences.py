"""Sentences and clauses of the shown text, on a folded copy of it that keeps every offset."""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.domain.spans import Span

_FOLD = str.maketrans("０１２３４５６７８９％．／－～＞＜＋():;!?", "0123456789%./-~><+（）：；！？")
_FOLDABLE = re.compile("[" + re.escape("".join(map(chr, _FOLD))) + "]")
_RATIO = re.compile(r"(?<=\d)：(?=\d)")
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_STRAIGHT = re.compile(r'"|\n|。(?!")')
_SENTENCE = re.compile(r"[^。！？\n]{1,2000}[。！？]*[”’』」》]*|[。！？]+[”’』」》]*")
IN_BRACKETS = r"(?:[^（）【】〔〕\[\]]|（[^（）。\n]{1,8}）)"
"""What stands in a bracket: characters, and short brackets of its own (各县（市、区）政府)."""
_OWNERS_AFTER = re.compile(
    rf"[（【〔\[](?![^（）]{{2,6}}：|[^（）]{{0,30}}第一位)(?:(?![。\n]){IN_BRACKETS}){{1,120}}(?:牵头|负责|配合|责任单位)(?:(?![。\n]){IN_BRACKETS}){{0,120}}[）】〕\]]"
)
_QUOTED = re.compile(r"“[^“”\n]{0,60}”|《[^《》\n]{0,60}》|‘[^‘’\n]{0,60}’|「[^「」\n]{0,60}」")
_CLAUSE = re.compile(r"[^，。；：！？\n]{1,200}")
"""Both have an end whatever the text is, so that what looks around within them takes linear time in all."""
_ASIDE = re.compile(r"（[^（）]*(?<![A-Za-z\d.])\d[^（）]*）")
"""A bracket with a figure, which PM2.5 is not."""


def fold(text: str) -> str:
    """The text with half-width punctuation, full-width digits and straight quotes made uniform.

    Character for character: offsets hold in both. Straight quotes open and close in turn within a sentence.
    """
    folded = text.translate(_FOLD) if _FOLDABLE.search(text) else text
    folded = _RATIO.sub("∶", folded) if "：" in folded else folded
    folded = _COMMA.sub("，", folded) if "," in folded else folded
    return _paired(folded) if '"' in folded else folded


def _paired(text: str) -> str:
    """Straight quotes replaced by “ and ” in turn, beginning anew after each 。 and line break."""
    is_open = False

    def turn(found: re.Match[str]) -> str:
        nonlocal is_open
        is_open = found[0] == '"' and not is_open
        return found[0] if found[0] != '"' else "“" if is_open else "”"

    return _STRAIGHT.sub(turn, text)


def sentences(folded: str, start: int, end: int) -> Iterator[Span]:
    """The sentences between two offsets, white space at their ends left out.

    A closing quote belongs to the sentence before it, and so does a bracket that names owners (（X牵头）).
    """
    for found in _joined(folded, start, end):
        raw = folded[found.start : found.end]
        text = raw.strip()
        if text:
            begin = found.start + len(raw) - len(raw.lstrip())
            yield Span(begin, begin + len(text))


def _joined(folded: str, start: int, end: int) -> Iterator[Span]:
    pending: Span | None = None
    for found in _SENTENCE.finditer(folded, start, end):
        owners = _OWNERS_AFTER.match(folded, found.start(), end) if pending else None
        if pending and owners:
            yield Span(pending.start, owners.end())
            pending = Span(owners.end(), found.end()) if owners.end() < found.end() else None
            continue
        if pending:
            yield pending
        pending = Span(found.start(), found.end())
    if pending:
        yield pending


@lru_cache(maxsize=8)
def clauses(sentence: str) -> tuple[Span, ...]:
    """The clauses of a folded sentence: what stands between ，；：and the sentence's end.

    A bracket with a figure of its own is a clause of its own (（其中新建20个）). Cached, since every finder asks.
    """
    out = [Span(m.start(), m.end()) for m in _CLAUSE.finditer(sentence)]
    if not _ASIDE.search(sentence):
        return tuple(out)
    cut = [part for span in out for part in _without_asides(sentence, span)]
    return tuple(span for span in cut if span.start < span.end)


def _without_asides(sentence: str, clause: Span) -> Iterator[Span]:
    start = clause.start
    for aside in _ASIDE.finditer(sentence, *clause):
        yield Span(start, aside.start())
        yield Span(aside.start() + 1, aside.end() - 1)
        start = aside.end()
    yield Span(start, clause.end)


@lru_cache(maxsize=8)
def quoted(sentence: str) -> tuple[Span, ...]:
    """The stretches in quotation marks or title marks, marks included: names, not figures."""
    return tuple(Span(m.start(), m.end()) for m in _QUOTED.finditer(sentence))


def inside(spans: tuple[Span, ...], start: int, end: int) -> bool:
    """Whether the stretch lies wholly inside one of the spans."""
    return any(span.start <= start and end <= span.end for span in spans)
