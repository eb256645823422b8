"""Kinds of section found from headings: the rules that reports and plans share."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from app.domain.patterns import late
from app.domain.report import BlockKind, SectionKind
from app.reading import cues
from app.reading.marks import Style, mark_of
from app.reading.periods import is_coming, is_past
from app.reading.pieces import Piece

_SPACE = late(r"\s+")
_SENTENCE = late(r"[^。！？]*(?:[。！？]+[”’」』）\"']*|$)")
_YEAR = late(r"(20\d\d) ?年")
_LAST_BODY = 4
_LONGEST_IMPRINT = 200
_LONGEST_FOOT = 50
_STOPS = ("。", "！", "？", "；", "：", "，", "”")
_FILE = late(r"\.(?:docx?|xlsx?|pdf|ofd|wps|et|zip)\b")
_SPACED = frozenset({Style.PART, Style.CHAPTER, Style.SECTION, Style.BOX, Style.ANNEX})


class Opening(NamedTuple):
    """Where a stretch of one kind begins. `level`: a heading's level, 0 for a change within a section.

    `title` is "" for a change without a heading. `closes_to`: the stretch ends what stood around it down to this
    level (1: it is a chapter of its own, 2: it lies in the chapter directly, 0: in the innermost section).
    `is_table`: it is a 专栏 or a table, behind which the section around it goes on.
    """

    start: int
    level: int
    kind: SectionKind
    title: str = ""
    closes_to: int = 0
    is_table: bool = False


def title_of(piece: Piece) -> str:
    """A heading as the outline shows it: without stray spaces, 。 and ：."""
    mark = mark_of(piece.text)
    length = mark.length if mark else 0
    # parted from its number before the spaces go: 专栏1 2026年… is no 专栏120
    number, words = compact(piece.text[:length]), compact(piece.text[length:])
    is_spaced = piece.style in _SPACED and not number.endswith("：")
    is_figure = number.endswith(".") and words[:1].isdigit()
    between = " " if number and words and (is_spaced or is_figure) else ""
    return f"{number}{between}{words}".rstrip("。：")


def compact(text: str) -> str:
    """A text without its spaces, as the cues expect it."""
    return _SPACE.sub("", text)


def sentences(text: str) -> list[tuple[int, str]]:
    """The sentences of a text: where each begins, and its words without spaces."""
    found = ((m.start() + len(m[0]) - len(m[0].lstrip()), compact(m[0])) for m in _SENTENCE.finditer(text))
    return [(at, words) for at, words in found if words]


def heading_kind(title: str, year: int) -> SectionKind | None:
    """What a heading says of its section's kind; None where it says nothing.

    `year` is the year that the commitments are for: what lies before it is review.
    """
    mark = mark_of(title)
    title = title[mark.length :] if mark else title
    if cues.FRONT.fullmatch(title):
        return SectionKind.FRONT
    if cues.CLOSING.fullmatch(title):
        return SectionKind.CLOSING
    if cues.SELF.search(title) or cues.CONDUCT.search(title):
        return SectionKind.SELF
    if cues.REVIEW.search(title) or _is_about_the_past(title, year):
        return SectionKind.REVIEW
    has_outlook = cues.OUTLOOK.search(title) is not None
    has_tasks = cues.TASKS.search(title) is not None
    if has_outlook:
        return SectionKind.OUTLOOK
    if cues.GOALS.search(title):
        only_goals = not re.search(
            "(?:重大|重点|主要)任务|工作(?:安排|部署|任务)|举措|完成[^，]{0,12}任务", title
        )
        return SectionKind.GOALS if only_goals else SectionKind.TASKS
    return SectionKind.TASKS if has_tasks else None


def _is_about_the_past(title: str, year: int) -> bool:
    """Whether a heading names a past year or plan period and nothing to come (“十四五”时期发展 in 2026)."""
    years = [int(found) for found in _YEAR.findall(title)]
    is_ahead = any(y >= year for y in years) or is_coming(title, year) or "今年" in title
    return not is_ahead and (any(y < year for y in years) or is_past(title, year)) and "安排" not in title


def is_mixed(title: str, year: int) -> bool:
    """Whether a heading covers both what was done and what is to come."""
    if is_past(title, year) or cues.REVIEW.search(title):
        return is_coming(title, year) and cues.GOALS.search(title) is not None
    return False


def annex_kind(title: str, following: Sequence[Piece]) -> SectionKind:
    """The kind of an annex, by its title and by whether it is a table."""
    if cues.NOTES_TITLE.search(title):
        return SectionKind.GLOSSARY
    is_listed = any(p.kind is BlockKind.CELL or _FILE.search(p.text) for p in following[:3])
    if is_listed or re.search("目录|清单|指标|一览表|任务表|项目表|分解表", title):
        return SectionKind.TABLE
    return SectionKind.TASKS if re.search("任务|重点工作|实事|项目|行动|分工", title) else SectionKind.OUTLOOK


def colophon_start(pieces: Sequence[Piece]) -> int:
    """The index of the first piece of the imprint, or of the web page's foot; len(pieces) without one."""
    at = len(pieces)
    for i in range(len(pieces) - 1, 0, -1):
        piece = pieces[i]
        if piece.kind is not BlockKind.PARAGRAPH or piece.is_front or len(piece.text) > _LONGEST_IMPRINT:
            break
        is_marked = cues.COLOPHON.match(piece.text) or cues.IMPRINT.match(piece.text)
        if not is_marked and _is_body(piece.text):
            break
        at = i
    return at


def _is_body(text: str) -> bool:
    """Whether a line is too much of a sentence, or of an item, to be a web page's foot."""
    is_item = mark_of(text) is not None or cues.ASSIGNED.match(text) is not None
    return len(text) > _LONGEST_FOOT or text.endswith(_STOPS) or is_item


def closing_start(pieces: Sequence[Piece], end: int) -> tuple[int, int] | None:
    """Where the farewell begins: the index of a piece and the offset in its text; None without one.

    It is looked for in the last few paragraphs before `end`.
    """
    found: tuple[int, int] | None = None
    seen = 0
    for i in range(end - 1, -1, -1):
        piece = pieces[i]
        if piece.kind is not BlockKind.PARAGRAPH or piece.in_box or seen >= _LAST_BODY:
            break
        text = compact(piece.text)
        if not (cues.FAREWELL.search(text) or (text.startswith("各位代表") and found)):
            if found or len(text) > 60:
                break
            seen += 1
            continue
        if cues.SELF.search(text[:120]) and not cues.FAREWELL.search(text[:200]):
            found = (i, _farewell_in(piece.text)) if _farewell_in(piece.text) else found
            break
        found = (i, _farewell_in(piece.text))
        if found[1]:
            break
        seen += 1
    return found


def _farewell_in(text: str) -> int:
    """The offset at which the farewell begins inside a paragraph that begins otherwise."""
    if len(text) < 300:
        return 0
    starts = sentences(text)
    farewell = next((i for i, (_, words) in enumerate(starts) if cues.FAREWELL.search(words)), 0)
    for i in range(farewell, -1, -1):
        if starts[i][1].startswith("各位代表"):
            return starts[i][0]
    at = starts[farewell][0]
    return at if at > 250 else 0


def is_heading(piece: Piece) -> bool:
    """Whether a piece opens a section of the outline."""
    return piece.kind is BlockKind.HEADING
