"""Numbering: how a line says that it opens a chapter, a section, an item, a box, an annex or the notes."""

from enum import IntEnum
from typing import NamedTuple

from app.domain.patterns import late


class Style(IntEnum):
    """Styles of heading, outermost first; the order decides what lies inside what."""

    PART = 0
    CHAPTER = 1
    SECTION = 2
    NAMED = 3
    HAN = 4
    HAN_PAREN = 5
    ALONE = 6
    DIGIT = 7
    DIGIT_PAREN = 8
    BOX = 9
    ANNEX = 10
    NOTES = 11


class Mark(NamedTuple):
    """A line's numbering: its style, its number ("三") and how many characters it takes."""

    style: Style
    number: str
    length: int


_HAN = "[一二三四五六七八九十百零〇]"
_NUMBER = rf"(?:{_HAN}{{1,4}}|\d{{1,3}})"
_DIGITS = "一二三四五六七八九十百"
_YEAR = r"20\d\d ?年"
"""What is no part of a number that it stands behind without a space (专栏12026年…, 1.2026年…)."""
_PATTERNS = (
    (Style.PART, "第", late(rf"第 ?({_NUMBER}) ?[编篇](?=[ \t“《\u4e00-\u9fff]|$)[ \t]*")),
    (Style.CHAPTER, "第", late(rf"第 ?({_NUMBER}) ?(?:章|部分)(?=[ \t：“《\d\u4e00-\u9fff]|$)[ \t：]*")),
    (Style.SECTION, "第", late(rf"第 ?({_NUMBER}) ?节(?=[ \t“《\u4e00-\u9fff]|$)[ \t]*")),
    (Style.HAN, _DIGITS, late(rf"({_HAN}{{1,3}})[ \t]?[、.](?!{_HAN}+[、次])[ \t]*")),
    (Style.HAN_PAREN, "（", late(rf"（[ \t]?({_HAN}{{1,3}})[ \t]?）[、 \t]*")),
    (Style.DIGIT, "0123456789", late(rf"(\d{{1,3}})[ \t]?[.、](?:(?!\d)|(?={_YEAR}))[ \t]*")),
    (Style.DIGIT_PAREN, "（①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", late(r"(?:（[ \t]?(\d{1,3})[ \t]?）|[①-⑳])[、.]?[ \t]*")),
    (
        Style.BOX,
        "专",
        late(
            rf"专栏[ \t]?(\d{{1,2}}(?={_YEAR})|{_NUMBER}(?:-\d{{1,2}})?)?(?=[ \t：“《\d\u4e00-\u9fff]|$)[ \t：]*"
        ),
    ),
    (Style.ANNEX, "附", late(rf"附[ \t]?(?:件|表|录|图)?[ \t]?({_NUMBER})?[ \t]?(?:[：\t ]+|$)")),
)
"""By style: the characters that its numbering can begin with, and the numbering."""

_FIRST = frozenset("".join(first for _, first, _ in _PATTERNS))
ENTRY = "⁃"
"""What Markdown's signs of lists are to the rules."""
_BULLET = late(rf"[一二三四五六七八九十]{{1,3}}(?:是|要)|[—－-]{{1,2}}[\u4e00-\u9fff“]|[●■◆▲★·•{ENTRY}]")
_VALUES = "零一二三四五六七八九"


def mark_of(line: str) -> Mark | None:
    """The numbering that a line (plain, trimmed) begins with, or None."""
    if not line or line[0] not in _FIRST:
        return None
    for style, first, pattern in _PATTERNS:
        found = pattern.match(line) if line[0] in first else None
        if found:
            return Mark(style, found[1] or "", found.end())
    return None


def is_bullet(line: str) -> bool:
    """Whether a line begins an entry of a list (一是…, ——…)."""
    return _BULLET.match(line) is not None


def number(written: str) -> int:
    """The value of 十二 or 12; 0 for what is neither."""
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return max(_VALUES.find(written), 0) if len(written) == 1 else 0
    return (_VALUES.find(tens) if tens else 1) * 10 + (_VALUES.find(ones) if ones else 0)
