"""Lines put together to paragraphs: page breaks and line breaks inside a sentence are no breaks."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.patterns import late
from app.domain.spans import Span, Spans
from app.reading.cues import COLOPHON, NAMED_CHAPTER, NOTES_TITLE
from app.reading.marks import Mark, Style, is_bullet, mark_of
from app.reading.run_on import parted
from app.reading.source_lines import Line
from app.reading.tables import Table, take_table

_ENDS = "。！？；：…"
_STOPS_A_PAGE = "。！？：…”’」』）》〕】"
_CLOSERS = "”’」』）》〕】\"'*"
_INSIDE = late("[，。；]")
_NAMED_BEHIND = late("[。！？]（[^。]+）$")
"""A bracket behind a sentence's end, which names whose the work is (（区教育局牵头）)."""
_PAGE_NUMBER = late(
    r"(?:[-—－―·~]+[ \t]*\d{1,3}[ \t]*[-—－―·~]+|第[ \t]*\d{1,3}[ \t]*页(?:[，/ \t]*共[ \t]*\d{1,3}[ \t]*页)?)"
)
_DATE = late(r"[（]?(?:\d{4}|[〇零一二三四五六七八九十]{4}) ?年[^。，；]{1,12}日[^。，；]{0,6}[）]?")
_SALUTATION = late(r"(?:各位代表|同志们|各位委员|各位同志)")
_OPEN_HEADING = late(r"[，、和与及的在对向以]$")
_LEAST_BODY = 30
_LEAST_WIDTH, _LEAST_FULL, _RAGGED = 24, 12, 3
"""Of printed lines: the least length, how many there must be, and by how much they differ in length."""
_LONG_CELL, _MANY_SENTENCES = 60, 0.3
_ITEMS = frozenset({Style.DIGIT, Style.DIGIT_PAREN})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What belongs together: its plain text and the source spans it is made of, in order."""

    text: str
    spans: Spans
    mark: Mark | None
    gap: int
    indent: int
    level: int = 0


def paragraphs_of(lines: Sequence[Line]) -> Iterator[Paragraph | Table]:
    """The paragraphs and tables, in text order. Page numbers between them are left out."""
    lines = list(parted(_without_tabs(lines)))
    indent_tells = sum(line.indent > 0 for line in lines) < 0.8 * len(lines)
    width = _width(lines)
    held: list[Line] = []
    i = look_again = 0
    is_turned = False
    while i < len(lines):
        line = lines[i]
        table = None
        if i >= look_again:
            table, look_again = take_table(lines, i)
        if table is None and _is_page_number(line, held):
            is_turned = True
            i += 1
            continue
        is_cut = is_turned or (width > 0 and bool(held) and len(held[-1].text) >= width - _RAGGED)
        if held and (table or not _continues(held, line, indent_tells, is_cut=is_cut)):
            yield _paragraph(held)
            held = []
        is_turned = False
        if table:
            yield table
            i = look_again
            continue
        if line.text:
            held.append(line)
        i += 1
    if held:
        yield _paragraph(held)


def _without_tabs(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines; where TABs stand before many sentences they indent paragraphs and stand before no cells."""
    tabbed = [line.text for line in lines if line.has_tab and line.text]
    if (
        sum(len(text) > _LONG_CELL and text[-1] in "。！" for text in tabbed) < _MANY_SENTENCES * len(tabbed)
        or not tabbed
    ):
        return lines
    return [line._replace(has_tab=False) for line in lines if line.text]


def is_date(text: str) -> bool:
    """Whether a line is a date and nothing else."""
    return _DATE.fullmatch(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether a text ends as sentences, list heads and bracketed lines end."""
    bare = text.rstrip(_CLOSERS)
    is_bracketed = text[0] in "（【" and text[-1] in "）】"
    return not bare or bare[-1] in _ENDS or is_bracketed or _NAMED_BEHIND.search(text) is not None


def _paragraph(lines: list[Line]) -> Paragraph:
    first = lines[0]
    return Paragraph(
        text="".join(line.text for line in lines),
        spans=tuple(Span(line.start, line.end) for line in lines),
        mark=mark_of(first.text),
        gap=first.gap,
        indent=first.indent,
        level=first.level,
    )


def _is_page_number(line: Line, held: list[Line]) -> bool:
    if line.has_tab:
        return False
    if _PAGE_NUMBER.fullmatch(line.text):
        return True
    return line.text.isdigit() and len(line.text) <= 3 and bool(held) and _is_open_body(held)


def _width(lines: Sequence[Line]) -> int:
    """How many characters a line takes where most long lines are of one length, as in a printed page; else 0."""
    lengths = Counter(len(line.text) for line in lines if len(line.text) >= _LEAST_WIDTH)
    if not lengths:
        return 0
    width = lengths.most_common(1)[0][0]
    full = sum(count for length, count in lengths.items() if abs(length - width) <= _RAGGED)
    return width if full >= _LEAST_FULL and 2 * full >= lengths.total() else 0


def _continues(held: list[Line], line: Line, indent_tells: bool, *, is_cut: bool) -> bool:
    """Whether a line goes on with what the lines before it say.

    `is_cut`: the line before ends where the page or the print's line does, so that ； ends nothing there.
    """
    if not line.text or line.has_tab or line.level or held[0].level or (indent_tells and line.indent > 1):
        return False
    first, last = held[0].text, held[-1].text
    mark = mark_of(first)
    if mark and _is_open_heading(held, line, mark):
        return True
    if is_cut and _INSIDE.search(last) and not (last[-1] in _STOPS_A_PAGE or _is_heading_line(first)):
        return not _begins_anew(line.text)
    return not ends_sentence(last) and _is_open_body(held) and not _begins_anew(line.text)


def _is_open_body(held: list[Line]) -> bool:
    """Whether the lines are body text that has not come to an end."""
    text = held[0].text
    is_long = len(text) >= _LEAST_BODY and _INSIDE.search(text) is not None
    is_body = is_long or len(held) > 1 or "。" in text
    is_heading = len(held) <= 2 and _is_heading_line(text)
    return is_body and not is_heading and not ends_sentence(held[-1].text)


def _is_heading_line(text: str) -> bool:
    mark = mark_of(text)
    if mark is None or "。" in text:
        return False
    return mark.style not in _ITEMS or (len(text) < _LEAST_BODY and _INSIDE.search(text) is None)


def _is_open_heading(held: list[Line], line: Line, mark: Mark) -> bool:
    """Whether a heading runs over into a short second line."""
    head = held[-1].text
    if (
        len(held) > 1
        or line.gap
        or "。" in head
        or re.search("[。，；：]", line.text)
        or _begins_anew(line.text)
    ):
        return False
    if mark.style is Style.BOX:
        return len(line.text) <= 8 and len(head) > 16
    return len(line.text) <= 24 and _OPEN_HEADING.search(head) is not None


def _begins_anew(text: str) -> bool:
    return (
        mark_of(text) is not None
        or is_bullet(text)
        or is_date(text)
        or any(p.match(text) for p in (_SALUTATION, COLOPHON))
        or any(p.fullmatch(text) for p in (NAMED_CHAPTER, NOTES_TITLE))
    )
