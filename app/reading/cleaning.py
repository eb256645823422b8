"""What of a piece is shown: markup, stray spaces and invisible characters are left out, nothing is changed."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.domain.patterns import late
from app.domain.report import BlockKind
from app.domain.spans import Span
from app.reading.marks import Style, mark_of
from app.reading.pieces import Piece


class Kept(NamedTuple):
    """Characters to show and where they come from; `source` is -1 for inserted ones."""

    source: int
    text: str


_INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff"
)
# a word's or a quotation's end; naming the Han range would take Python 3.11 a millisecond each time
_BEHIND = r"(?<=[^\W\da-zA-Z_①-⑳]|[”’》％%])"
_NOTE_MARK = (
    rf"{_BEHIND}(?:\[{{1,2}}\d{{1,3}}\]{{1,2}}|［\d{{1,3}}］|【\d{{1,3}}】)"
    rf"|(?<=[”’》])[（(]\d{{1,3}}[）)]|{_BEHIND}[①-⑳](?=[，。；、：”]|$)"
)
"""What leads to a note behind the report, but not a sum in 〔〕, nor the numbers of a list."""
_TURNED_PAGE = r"[（(](?:上接|下转|紧接|转|接)第?[一二三四五六七八九十\dA-Z]{1,4}版[^）)\n]{0,6}[）)]"
"""Where a newspaper goes on on another page."""
_SUSPECT = late(rf"[\s*_^&<\[［【（(①-⑳{_INVISIBLE}]")
"""What everything to be left out begins with: most lines have none of it and are kept as they are."""
_EDIT = late(
    rf"(?P<space>\s+)|\*\*+|[_^]\{{(?P<inner>[^{{}}\s]{{1,12}})\}}|(?P<entity>&(?:[a-zA-Z]{{2,8}}|#\d{{1,6}});)"
    rf"|</?[A-Za-z][^<>\n]{{0,100}}>|[{_INVISIBLE}]+|{_NOTE_MARK}|{_TURNED_PAGE}"
)
_SIGNS = 4
"""How far a word beside a space is looked for behind the signs of bold words."""
_TORN = late(r"\d ?\. ?\d")
_LONGEST_NUMBER = 3
"""An item's number with its stop has no more characters."""
_SENTENCE = late("[，。；,;]")
_SPACED_LETTERS = late(r"(?:[\u4e00-\u9fff]\s+){1,12}[\u4e00-\u9fff]")
_NUMBERED = frozenset({Style.PART, Style.CHAPTER, Style.SECTION, Style.BOX, Style.ANNEX})


def cleaned(text: str, piece: Piece) -> Iterator[Kept]:
    """The characters of a piece to be shown, in order; none of them is empty."""
    before: Span | None = None
    for span in piece.spans:
        if before and _is_latin(text[before.end - 1]) and _is_latin(text[span.start]):
            yield Kept(-1, " ")
        before = span
        if _SUSPECT.search(text, span.start, span.end) is None:
            yield Kept(span.start, text[span.start : span.end])
        else:
            yield from _edited(text, span, piece)


def _edited(text: str, span: Span, piece: Piece) -> Iterator[Kept]:
    keeps_spaces = _keeps_spaces(text, span, piece)
    number = _number_end(span, piece)
    at = span.start
    for found in _EDIT.finditer(text, span.start, span.end):
        if found.start() > at:
            yield Kept(at, text[at : found.start()])
        at = found.end()
        if found["space"]:
            if keeps_spaces or found.end() == number or _is_between_latin(text, found, span):
                yield _one_space(text, found)
        elif found["inner"]:
            yield Kept(found.start("inner"), found["inner"])
        elif found["entity"]:
            yield from _entity(found)
    if at < span.end:
        yield Kept(at, text[at : span.end])


def _keeps_spaces(text: str, span: Span, piece: Piece) -> bool:
    """Whether the spaces of a line part its words: in title, signature and imprint, but not 前  言."""
    if piece.kind is BlockKind.HEADING or _SPACED_LETTERS.fullmatch(text, span.start, span.end):
        return False
    return piece.kind is BlockKind.TITLE or _SENTENCE.search(text, span.start, span.end) is None


def _number_end(span: Span, piece: Piece) -> int:
    """The source offset where a heading's words begin behind 第一章 or 专栏1; -1 elsewhere."""
    if piece.style not in _NUMBERED or span != piece.spans[0]:
        return -1
    mark = mark_of(piece.text)
    return span.start + mark.length if mark else -1


def _is_between_latin(text: str, found: re.Match[str], span: Span) -> bool:
    if found.start() == span.start or found.end() == span.end:
        return False
    before = text[max(span.start, found.start() - _SIGNS) : found.start()].rstrip("*")
    after = text[found.end() : min(span.end, found.end() + _SIGNS)].lstrip("*")
    is_latin = bool(before and after) and before[-1].isascii() and after[0].isascii()
    return is_latin and not _is_inside_figure(text, found, span)


def _is_inside_figure(text: str, found: re.Match[str], span: Span) -> bool:
    """Whether a space stands inside 6 . 5 or 5 %, and not behind the number of an item (1. 2026年…)."""
    if text[found.end()] in "%‰":
        return True
    low, high = max(span.start + _LONGEST_NUMBER, found.start() - 3), min(span.end, found.end() + 3)
    figure = _TORN.search(text, low, high)
    return figure is not None and figure.start() < found.start() and figure.end() > found.end()


def _one_space(text: str, found: re.Match[str]) -> Kept:
    return Kept(text.find(" ", found.start(), found.end()), " ")


def _entity(found: re.Match[str]) -> Iterator[Kept]:
    import html  # its table of names is seldom needed

    words = html.unescape(found["entity"])
    if words == found["entity"]:
        yield Kept(found.start(), words)
    elif words == "&":
        yield Kept(found.start(), "&")
    elif not words.isspace() and words.isprintable():
        yield Kept(-1, words)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
