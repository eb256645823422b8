"""The source as trimmed lines: the raw material of tidying."""

from collections.abc import Iterator
from typing import NamedTuple

_WIDE_BLANKS = "".join(map(chr, (*range(0x2000, 0x200B), 0x202F, 0x205F)))
_TRIM = (
    " \t\u3000\u00a0\u200b\u200c\u200d\u2060\ufeff\x0b\x0c\x1a\x1c\x1d\x1e\x1f\x85\u2028\u2029" + _WIDE_BLANKS
)
HEADING = "\u2000"
"""What Word or a web page calls a heading begins with as many of these blanks as its level: the only white space of its kind."""

DEEPEST = 4
"""The level of what is called a heading below that, or begins with more such blanks."""


class Line(NamedTuple):
    """A line without the white space around it, in plain wording; blank lines are counted, not kept.

    `start` is a source offset. `gap`: how many blank lines stand before it. `has_tab`: it stood behind a TAB.
    `indent`: how many white-space characters stood before it. `level`: of the heading that its document calls it, else 0.
    `tabs_behind`: how many TABs stood between its last word and its end.
    """

    text: str
    start: int
    gap: int
    has_tab: bool
    indent: int
    level: int = 0
    tabs_behind: int = 0

    @property
    def end(self) -> int:
        """The source offset behind the last character."""
        return self.start + len(self.text)


def lines_of(plain_text: str) -> Iterator[Line]:
    """The lines that hold something, and those that hold a TAB alone (an empty table cell)."""
    offset = gap = 0
    for raw in plain_text.split("\n"):
        body = raw.lstrip(_TRIM)
        indent = len(raw) - len(body)
        has_tab = raw.startswith("\t", 0, indent) if indent else False
        text = body.rstrip(_TRIM)
        if text or has_tab:
            blanks = raw.count(HEADING, 0, indent) if indent else 0
            behind = body.count("\t", len(text))
            yield Line(text, offset + indent, gap, has_tab, indent - blanks, min(blanks, DEEPEST), behind)
            gap = 0
        else:
            gap += 1
        offset += len(raw) + 1
