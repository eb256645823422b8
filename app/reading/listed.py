"""Short numbered lines that are the works of a list (1.改造老旧小区20个) and head nothing."""

from collections.abc import Sequence

from app.domain.patterns import late
from app.reading.cues import COLOPHON, DOES, FAREWELL, IMPRINT, NAMED_CHAPTER, NOTES_TITLE
from app.reading.marks import Style
from app.reading.paragraphs import Paragraph
from app.reading.tables import Table

_STYLES = frozenset({Style.HAN, Style.HAN_PAREN, Style.DIGIT, Style.DIGIT_PAREN})
_FIRST = late("（?[ \t]?[一1][ \t]?[）、.]|①")
_FIGURE = late(r"(?<![A-Za-z“\d.第])\d[\d.]*(?:[%‰㎡]|[kKMG]?[mWV]|(?![年月日号届期大])[\u4e00-\u9fff])")
"""A figure with its unit, but no date, number or name (8大行动)."""
_WORK = late(
    rf"(?:(?:20\d\d|今|全)年|年内|\d{{1,2}}月底?前)?(?:全面|持续|继续|力争|确保|免费)?(?:[为向对给]|{DOES.pattern})"
    r"|[^，]*(?:增[长速加]|新增|达|突破|控制|下降|降低|减|提高|保持|稳定|低于|超过|完成|实现)[^，\d]{0,6}\d"
)
"""How a line begins that says what is done, or reads that says what is to be reached."""
_ADDRESS = late("各位代表|同志们")
_STOP = late("[。！？].")
_LONGEST = 70
_FAR = 12
"""As many paragraphs at most may be a line's body where the list goes on behind them."""


def listed(paragraphs: Sequence[Paragraph | Table]) -> frozenset[int]:
    """The indices of the lines of lists of works. What has a body behind it is a heading, and no line of a list."""
    found: set[int] = set()
    start = 0
    while start < len(paragraphs):
        end = _end(paragraphs, start)
        lines = [i for i in range(start, end) if _is_line(paragraphs[i])]
        counted = sum(_is_counted(paragraphs[i]) for i in lines)
        are_works = all(_WORK.match(_words(paragraphs[i])) for i in lines)
        if (are_works and counted and len(lines) > 1) or (counted > 1 and 2 * counted >= end - start):
            found.update(lines)
        start = max(end, start + 1)
    return frozenset(found)


def _end(paragraphs: Sequence[Paragraph | Table], start: int) -> int:
    """The index behind a list, number upon number, that begins at a paragraph; the same index where none does."""
    style, end = _style(paragraphs[start]), start + 1
    if style is None or style not in _STYLES:
        return start
    while end < len(paragraphs) and _counts_on(style, paragraphs[end]):
        end += 1
    return end - 1 if _has_body(style, paragraphs[end - 1], paragraphs[end : end + _FAR]) else end


def _style(paragraph: Paragraph | Table) -> Style | None:
    return paragraph.mark.style if isinstance(paragraph, Paragraph) and paragraph.mark else None


def _counts_on(style: Style, paragraph: Paragraph | Table) -> bool:
    """Whether a paragraph is numbered in a style, and does not begin its count."""
    return _style(paragraph) is style and not _FIRST.match(_text(paragraph))


def _has_body(style: Style, last: Paragraph | Table, behind: Sequence[Paragraph | Table]) -> bool:
    """Whether what stands behind a list's last line is that line's own.

    It is where it is numbered deeper or where the list goes on behind it, and where the line holds no figure.
    """
    numbered = next((paragraph for paragraph in behind if _style(paragraph) is not None), None)
    if not behind or numbered is behind[0]:
        found = _style(behind[0]) if behind else None
        return found in _STYLES and found > style
    if numbered is not None and _counts_on(style, numbered):
        return True
    return not _is_counted(last) and not _begins_anew(_text(behind[0]))


def _begins_anew(text: str) -> bool:
    """Whether a paragraph without a number belongs to nothing before it: address, farewell, notes, imprint."""
    is_whole = any(pattern.fullmatch(text) for pattern in (NAMED_CHAPTER, NOTES_TITLE))
    is_begun = any(pattern.match(text) for pattern in (_ADDRESS, COLOPHON, IMPRINT))
    return is_whole or is_begun or FAREWELL.search(text) is not None


def _text(paragraph: Paragraph | Table) -> str:
    return paragraph.text if isinstance(paragraph, Paragraph) else ""


def _words(paragraph: Paragraph | Table) -> str:
    """What stands behind a paragraph's number."""
    length = paragraph.mark.length if isinstance(paragraph, Paragraph) and paragraph.mark else 0
    return _text(paragraph)[length:]


def _is_line(paragraph: Paragraph | Table) -> bool:
    """Whether a paragraph is one short sentence."""
    return len(_text(paragraph)) <= _LONGEST and _STOP.search(_text(paragraph)) is None


def _is_counted(paragraph: Paragraph | Table) -> bool:
    """Whether a line is a work with a figure."""
    words = _words(paragraph)
    return _WORK.match(words) is not None and _FIGURE.search(words) is not None
