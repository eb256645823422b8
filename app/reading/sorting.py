"""Paragraphs sorted into titles, headings, body, notes and table cells."""

import re
from collections.abc import Sequence

from app.domain.patterns import late
from app.domain.report import BlockKind
from app.domain.spans import Spans
from app.reading.cues import (
    ASSIGNED,
    CHROME,
    COLOPHON,
    FAREWELL,
    IMPRINT,
    NAMED_CHAPTER,
    NOTES_TITLE,
    OWNED,
)
from app.reading.headings import heading_end
from app.reading.listed import listed
from app.reading.marks import Style, is_bullet
from app.reading.paragraphs import Paragraph, ends_sentence, is_date
from app.reading.pieces import Piece, cut
from app.reading.tables import Table

_SALUTATION = late(r"(?:尊敬的)?(?:各位代表|同志们|各位委员|各位同志)[^。！]{0,16}：")
_OPENING = late(r"(?:现在|下面)?，?我(?:谨)?(?:代表|受)|.{0,60}(?:请予审[议查]|提出意见)")
_ASIDE = late(r"前 *言|引 *言|序 *言|导 *言|结 *语|结 *束 *语|目 *录")
_CONTENTS = late(r"目 *录")
_FIRST_NOTE = late(r"(?:1[.、]|[（\[［【〔]1[）\]］】〕]|①)[ \t]*[^。]{1,40}(?:：|——|$)")
_CHROME_INSIDE = late("来源：|字体|浏览|阅读次数| > ")
_NAMES_IT = late("工作报告|规划|纲要")
_LEADER = late(r"[ \t.…·⋯—-]*\d{0,3}$")
_LONGEST_TITLE = 60
_LONGEST_ALONE = 28
_LEAST_HEADED = 40
_LONGEST_FRONT = 40
_CHAPTERS = frozenset({Style.PART, Style.CHAPTER, Style.HAN})


class Sorter:
    """Goes through a document's paragraphs once and says what each of them is."""

    def __init__(self, paragraphs: Sequence[Paragraph | Table]) -> None:
        self._all = paragraphs
        self._pieces: list[Piece] = []
        self._tables = self._at = 0
        self._listed = listed(paragraphs)
        self._in_notes = False
        marks = {p.mark.style for p in paragraphs if isinstance(p, Paragraph) and p.mark}
        self._has_chapters = bool(marks & {Style.PART, Style.CHAPTER})
        self._styles = _styles_of_levels(paragraphs)
        self._first_called = next((p for p in paragraphs if isinstance(p, Paragraph) and p.level), None)
        self._body = self._body_start()

    def pieces(self) -> list[Piece]:
        """The pieces, in text order, without their levels."""
        for i, paragraph in enumerate(self._all):
            self._at = i
            if isinstance(paragraph, Table):
                self._add_table(paragraph)
            elif i < self._body:
                self._add_front(i, paragraph)
            else:
                self._add_body(i, paragraph)
        return self._pieces

    def _body_start(self) -> int:
        """The index of the first paragraph of the body: behind title, salutation and table of contents."""
        start = self._after_contents()
        salutation = self._salutation(start)
        if salutation >= 0:
            start = salutation + 1
        for i in range(start, len(self._all)):
            paragraph = self._all[i]
            if isinstance(paragraph, Table):
                continue
            if self._is_chapter(paragraph) or not self._is_front_matter(paragraph, salutation, i):
                return i
        return len(self._all)

    def _salutation(self, start: int) -> int:
        """The index of 各位代表：, which stands within the first pages; -1 without one."""
        for i in range(start, min(len(self._all), start + 80)):
            paragraph = self._all[i]
            if isinstance(paragraph, Paragraph) and (
                _SALUTATION.match(paragraph.text) or _OPENING.match(paragraph.text)
            ):
                return i
        return -1

    def _after_contents(self) -> int:
        """The index behind the table of contents, which lists the headings that come again; 0 without one."""
        for i, paragraph in enumerate(self._all[:60]):
            if isinstance(paragraph, Paragraph) and _CONTENTS.fullmatch(paragraph.text):
                return self._end_of_contents(i + 1)
        return 0

    def _end_of_contents(self, start: int) -> int:
        listed: set[str] = set()
        for i in range(start, len(self._all)):
            paragraph = self._all[i]
            if not isinstance(paragraph, Paragraph) or "。" in paragraph.text:
                return i
            entry = _LEADER.sub("", paragraph.text)
            if entry in listed:
                return i
            listed.add(entry)
        return start

    def _is_front_matter(self, paragraph: Paragraph, salutation: int, i: int) -> bool:
        if salutation >= 0:
            return i <= salutation + 2 and _OPENING.match(paragraph.text) is not None
        is_line = len(paragraph.text) < _LONGEST_TITLE * 2 and _INNER_STOP.search(paragraph.text) is None
        return i < _LONGEST_FRONT and (is_line or _FRONT.match(paragraph.text) is not None)

    def _is_chapter(self, paragraph: Paragraph) -> bool:
        mark = paragraph.mark
        if mark is None and self._is_called_heading(paragraph):
            return paragraph is not self._first_called and _NAMES_IT.search(paragraph.text) is None
        if mark is None:
            return self._is_named(paragraph) and _ASIDE.fullmatch(paragraph.text) is None
        return mark.style in _CHAPTERS and heading_end(paragraph.text, mark) > 0

    def _is_named(self, paragraph: Paragraph) -> bool:
        pattern = _ASIDE if self._has_chapters else NAMED_CHAPTER
        return pattern.fullmatch(paragraph.text) is not None

    def _is_called_heading(self, paragraph: Paragraph) -> bool:
        """Whether the document calls a paragraph without a number a heading, and it does not read as a sentence."""
        text = paragraph.text
        return (
            paragraph.level > 0
            and paragraph.mark is None
            and len(text) <= _LONGEST_TITLE
            and not ends_sentence(text)
            and not is_date(text)
        )

    def _add_front(self, i: int, paragraph: Paragraph) -> None:
        text = paragraph.text
        if _ASIDE.fullmatch(text):
            self._add(BlockKind.HEADING, paragraph, style=Style.NAMED)
        elif self._is_title(text, i):
            self._add(BlockKind.TITLE, paragraph)
        else:
            self._add(BlockKind.PARAGRAPH, paragraph)

    def _is_title(self, text: str, i: int) -> bool:
        if "会议" in text[-10:] and text[-1] == "）":
            return True
        if len(text) > _LONGEST_TITLE or ends_sentence(text) or is_date(text) or _is_chrome(text):
            return False
        following = self._all[i + 1] if i + 1 < len(self._all) else None
        is_signature = (
            isinstance(following, Paragraph) and is_date(following.text) and not text.startswith("—")
        )
        return not is_signature or "报告" in text or "规划" in text

    def _add_body(self, i: int, paragraph: Paragraph) -> None:
        text = paragraph.text
        if NOTES_TITLE.fullmatch(text):
            self._in_notes = True
            self._add(BlockKind.HEADING, paragraph, style=Style.NOTES)
        elif COLOPHON.match(text) or IMPRINT.match(text):
            self._in_notes = False
            self._add(BlockKind.PARAGRAPH, paragraph)
        elif self._begins_notes(paragraph):
            self._in_notes = True
            self._add(BlockKind.NOTE, paragraph)
        elif (self._in_notes and not self._leaves_notes(paragraph)) or (
            _REMARK.match(text) and self._pieces and self._pieces[-1].kind is BlockKind.CELL
        ):
            self._add(BlockKind.NOTE, paragraph)
        elif paragraph.mark:
            self._add_numbered(paragraph, paragraph.mark.style)
        else:
            style = self._style_without_number(i, paragraph)
            self._add(BlockKind.HEADING if style else BlockKind.PARAGRAPH, paragraph, style=style)

    def _style_without_number(self, i: int, paragraph: Paragraph) -> Style | None:
        """The style of a heading that has no number; None for what is none."""
        if self._is_named(paragraph):
            return Style.NAMED
        if self._is_called_heading(paragraph):
            return self._styles[paragraph.level]
        return Style.ALONE if self._stands_alone(i, paragraph) else None

    def _begins_notes(self, paragraph: Paragraph) -> bool:
        """Whether the notes begin without a heading: a list from 1 on, right behind the farewell."""
        last = self._pieces[-1] if self._pieces else None
        return (
            last is not None
            and last.text.endswith("！")
            and FAREWELL.search(last.text) is not None
            and _FIRST_NOTE.match(paragraph.text) is not None
        )

    def _leaves_notes(self, paragraph: Paragraph) -> bool:
        mark = paragraph.mark
        if mark is None or mark.style not in {Style.ANNEX, Style.CHAPTER, Style.PART}:
            return False
        self._in_notes = False
        return True

    def _add_numbered(self, paragraph: Paragraph, style: Style) -> None:
        mark = paragraph.mark
        end = heading_end(paragraph.text, mark) if mark else 0
        if not end or self._at in self._listed or self._is_assigned(paragraph.text, end, style):
            self._add(BlockKind.PARAGRAPH, paragraph)
            return
        self._put(BlockKind.HEADING, paragraph.text[:end], cut(paragraph.spans, 0, end), style, paragraph.gap)
        rest = paragraph.text[end:]
        if rest.strip():
            self._put(BlockKind.PARAGRAPH, rest, cut(paragraph.spans, end, len(paragraph.text)))

    def _is_assigned(self, text: str, end: int, style: Style) -> bool:
        """Whether a numbered line only goes on with whose work it is, or ends with it: it is work, and no heading.

        A line numbered 一、 or （一） must be a sentence, or end with its owner.
        """
        following = self._all[self._at + 1] if self._at + 1 < len(self._all) else None
        behind = text[end:].strip() or (following.text if isinstance(following, Paragraph) else "")
        if ASSIGNED.match(behind):
            return style > Style.HAN_PAREN or text[end - 1] == "。"
        mark = following.mark if isinstance(following, Paragraph) else None
        is_last = not behind or (mark is not None and mark.style <= style)
        return style not in _CHAPTERS and is_last and OWNED.search(text[:end]) is not None

    def _stands_alone(self, i: int, paragraph: Paragraph) -> bool:
        """Whether a short line without a number heads the long paragraph behind it."""
        text = paragraph.text
        following = self._all[i + 1] if i + 1 < len(self._all) else None
        if len(text) > _LONGEST_ALONE or len(text) < 4 or re.search("[。；：！？]", text) or is_bullet(text):
            return False
        last = self._pieces[-1] if self._pieces else None
        if last is not None and last.style is Style.ANNEX:
            return True
        if not isinstance(following, Paragraph) or following.mark or is_bullet(following.text):
            return False
        return (
            len(following.text) >= _LEAST_HEADED
            and ends_sentence(following.text)
            and text[0] not in "“《（"
            and not is_date(text)
        )

    def _add_table(self, table: Table) -> None:
        for r, row in enumerate(table.rows):
            for c, spans in enumerate(row):
                self._pieces.append(Piece(BlockKind.CELL, "", spans, table=self._tables, row=r, column=c))
        self._tables += 1

    def _add(self, kind: BlockKind, paragraph: Paragraph, style: Style | None = None) -> None:
        self._put(kind, paragraph.text, paragraph.spans, style, paragraph.gap)

    def _put(
        self, kind: BlockKind, text: str, spans: Spans, style: Style | None = None, gap: int = 0
    ) -> None:
        is_front = self._at < self._body
        self._pieces.append(Piece(kind, text, spans, style, gap, is_front=is_front))


def _styles_of_levels(paragraphs: Sequence[Paragraph | Table]) -> dict[int, Style]:
    """The style of headings without a number by the level that the document gives them: that of the numbered ones."""
    styles = {1: Style.NAMED, 2: Style.ALONE, 3: Style.DIGIT, 4: Style.DIGIT_PAREN}
    for paragraph in paragraphs:
        if isinstance(paragraph, Paragraph) and paragraph.level in styles and paragraph.mark:
            styles[paragraph.level] = paragraph.mark.style
    return styles


_INNER_STOP = late(r"[。；！？].")
_FRONT = late(
    r".{0,80}(?:请予审议|印发给你们|审议通过|现予(?:公布|印发)|提请大会审议)|《|各位代表|（此件|（[^）]{0,40}）$|我(?:代表|受)|现在，"
)
_REMARK = late(r"(?:备?注释?|说明|资料来源|数据来源)：")


def _is_chrome(text: str) -> bool:
    """Whether a line before the body belongs to the web page that the report was saved from."""
    return CHROME.match(text) is not None or _CHROME_INSIDE.search(text) is not None
