"""Markdown's marks as white space: what is written with them reads as any other text, every offset as it was."""

import re
from dataclasses import replace

from app.domain.patterns import late
from app.reading.marks import ENTRY
from app.reading.pieces import Piece, cut
from app.reading.source_lines import HEADING

_BOLD = late(r"\*\*+ ?")
_HEADING = late(r"(?m)^ {0,3}(#{1,6})(?=[ \t]+\S)")
_BLANK = late(r"(?m)^[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$|^[ \t]*(?:>[ \t]?)+|(?<![ \t])[ \t]+#+[ \t]*$")
"""A line that parts paragraphs, what begins a quotation, and the signs behind a heading (## 前言 ##)."""
_ENTRY = late(r"(?m)^([ \t]*)[-*+](?=[ \t])(?![-*+\d \t]*$)")
"""How an entry of a list begins, but no page number (- 12 -)."""
_NO_SPACE = "\u2009"
"""White space that parts no words: bold may end inside a sentence (**全面**推进)."""


def unmarked(plain_text: str) -> str:
    """The plain text, as long as it was, with marks as white space, a heading's as that of its level.

    Signs of lists become `ENTRY`, but only where the text has headings: elsewhere - and * are signs of its own.
    """
    if "#" in plain_text and _HEADING.search(plain_text):
        plain_text = _HEADING.sub(lambda found: found[0].replace("#", HEADING), plain_text)
        plain_text = _BLANK.sub(lambda found: " " * len(found[0]), plain_text)
        plain_text = _ENTRY.sub(rf"\1{ENTRY}", plain_text)
    return _BOLD.sub(_bold, plain_text) if "**" in plain_text else plain_text


def without_sign(piece: Piece) -> Piece:
    """A piece without the sign of a list's entry, which the rules need and no reader."""
    words = piece.text[1:].lstrip()
    if not piece.text.startswith(ENTRY) or not words:
        return piece
    at = len(piece.text) - len(words)
    return replace(piece, text=words, spans=cut(piece.spans, at, len(piece.text)))


def _bold(found: re.Match[str]) -> str:
    return (" " if found[0][-1] == " " else _NO_SPACE) * len(found[0])
