"""Likely slips: characters of like shape in fixed words (菅商 for 营商), letters inside figures (2O26)."""

import json
from collections.abc import Iterator
from functools import cache

from app.domain.patterns import late
from app.domain.slips import Slip
from app.domain.spans import Span
from app.places import RESOURCES

_LETTER = late(r"(?<=\d)(?:(?P<zero>[OoＯ])|(?P<one>[lI|]))(?=[\d.年月日万亿%％个项家人])")
_END = late(r"(?<=[年月周期])未(?=[，。；、前])")
_REASON = "“{meant}”常被误识为“{read}”"
_FIGURE = "数字里夹着字母“{read}”，多半是“{meant}”"


def slips_of(text: str) -> tuple[Slip, ...]:
    """The likely slips of a source text, in text order; the longer one where two overlap."""
    found: list[Slip] = []
    every = (*_in_words(text), *_at_ends(text), *_in_figures(text))
    for slip in sorted(every, key=lambda s: (s.span.start, -s.span.end)):
        if not found or slip.span.start >= found[-1].span.end:
            found.append(slip)
    return tuple(found)


def _in_words(text: str) -> Iterator[Slip]:
    """A word that there is not, unless the characters beside it make others of it (选代 in 挑选代表)."""
    known = _lexicon()
    for read, meant in known["slips"].items():
        before, behind = known["unless_before"].get(read, ""), known["unless_behind"].get(read, "")
        at = text.find(read)
        while at >= 0:
            end = at + len(read)
            is_other = (at > 0 and text[at - 1] in before) or (end < len(text) and text[end] in behind)
            if not is_other:
                yield Slip(Span(at, end), read, meant, _REASON.format(read=read, meant=meant))
            at = text.find(read, end)


def _at_ends(text: str) -> Iterator[Slip]:
    """年未 with nothing behind it that could be 未."""
    for found in _END.finditer(text):
        yield Slip(Span(*found.span()), "未", "末", _REASON.format(read="未", meant="末"))


def _in_figures(text: str) -> Iterator[Slip]:
    for found in _LETTER.finditer(text):
        meant = "0" if found["zero"] else "1"
        yield Slip(Span(*found.span()), found[0], meant, _FIGURE.format(read=found[0], meant=meant))


@cache
def _lexicon() -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = json.loads((RESOURCES / "lexicons" / "slips.json").read_text("utf-8"))
    return known
