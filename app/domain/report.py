"""A report: its source text, what the reviewer sees of it, and its outline."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.domain.spans import Span


class SectionKind(StrEnum):
    """What a stretch of a report is about. Kind, not verb, tells an achievement from a task."""

    FRONT = "front"
    REVIEW = "review"
    OUTLOOK = "outlook"
    GOALS = "goals"
    TASKS = "tasks"
    SELF = "self"
    CLOSING = "closing"
    GLOSSARY = "glossary"
    TABLE = "table"
    COLOPHON = "colophon"


COMMITTING_KINDS = frozenset({SectionKind.GOALS, SectionKind.TASKS, SectionKind.SELF, SectionKind.TABLE})
"""The kinds of section whose sentences may oblige."""


class ReportKind(StrEnum):
    """Kinds of document."""

    WORK_REPORT = "work_report"
    PLAN = "plan"
    OTHER = "other"


class Level(StrEnum):
    """The level of the government that reports."""

    STATE = "state"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    TOWN = "town"
    UNKNOWN = "unknown"


KIND_NAMES = {ReportKind.WORK_REPORT: "政府工作报告", ReportKind.PLAN: "规划纲要", ReportKind.OTHER: "其他"}
LEVEL_NAMES = {
    Level.STATE: "国家",
    Level.PROVINCE: "省（自治区、直辖市）",
    Level.CITY: "市",
    Level.DISTRICT: "区县",
    Level.TOWN: "街道乡镇",
    Level.UNKNOWN: "未识别",
}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the text says of itself; every field can be corrected by the reviewer.

    `year` is the year the commitments are for; for a plan `year` is its first year and `end_year` its last.
    """

    title: str
    issuer: str
    document_number: str
    issued: date | None
    year: int
    end_year: int
    level: Level
    kind: ReportKind


class RunMap(NamedTuple):
    """`length` shown characters from `shown` on are the source's from `source` on."""

    shown: int
    source: int
    length: int


class BlockKind(StrEnum):
    """Kinds of block of the shown text."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CELL = "cell"
    NOTE = "note"


class Block(NamedTuple):
    """One line of the shown text: offsets into the shown text, its line break not included.

    `level` is 1 to 4 for a heading, else 0. `lead` is the length of a paragraph's bold opener (大力提振消费。),
    0 where there is none. A cell carries its table (0, 1, …), row and column; cells of one table follow
    each other row by row, every row with the same number of columns.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    lead: int = 0
    table: int = -1
    row: int = -1
    column: int = -1


class ShownText(NamedTuple):
    """What the reviewer reads: the blocks' texts joined by LF, and the map to the source.

    A shown character comes from at most one source character, an inserted one (the LF between two blocks, a
    cell that the source leaves out) from none. Runs are in order in both texts.
    """

    text: str
    blocks: tuple[Block, ...]
    runs: tuple[RunMap, ...]

    def source_at(self, shown: int) -> int | None:
        """The source offset of the shown character, None for an inserted one."""
        i = bisect_right(self.runs, shown, key=lambda r: r.shown) - 1
        if i < 0:
            return None
        run = self.runs[i]
        return run.source + shown - run.shown if shown < run.shown + run.length else None

    def to_source(self, span: Span) -> Span | None:
        """The source span from the first to the last mapped character of a shown span; None if none is."""
        first = last = None
        i = max(0, bisect_right(self.runs, span.start, key=lambda r: r.shown) - 1)
        while i < len(self.runs) and self.runs[i].shown < span.end:
            run = self.runs[i]
            a, b = max(span.start, run.shown), min(span.end, run.shown + run.length)
            if a < b:
                first = run.source + a - run.shown if first is None else first
                last = run.source + b - run.shown
            i += 1
        return None if first is None or last is None else Span(first, last)

    def to_shown(self, span: Span) -> Span | None:
        """The shown span of a source span; None where nothing of it is shown."""
        first = last = None
        i = max(0, bisect_right(self.runs, span.start, key=lambda r: r.source) - 1)
        while i < len(self.runs) and self.runs[i].source < span.end:
            run = self.runs[i]
            a, b = max(span.start, run.source), min(span.end, run.source + run.length)
            if a < b:
                first = run.shown + a - run.source if first is None else first
                last = run.shown + b - run.source
            i += 1
        return None if first is None or last is None else Span(first, last)


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the outline. Offsets into the source text; the heading is the section's first words.

    `parent` is the index of the enclosing section, -1 at the top. `depth` is 1 for a chapter. Children lie
    inside their parent; siblings follow each other. A section without a heading has an empty title's
    place taken by a description in brackets (（题名）).
    """

    index: int
    parent: int
    depth: int
    kind: SectionKind
    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Note:
    """An explanation of a term (注释); never a task. Span in the source text."""

    term: str
    text: str
    span: Span


class Source(NamedTuple):
    """A file as read: its name, the hash of its bytes, its decoded text (BOM dropped, line ends LF)."""

    name: str
    file_sha256: str
    encoding: str
    text: str
    text_sha256: str


class Place(NamedTuple):
    """From the source offset `start` to the next place's: where this text stands in the file it was read from.

    Numbers count from 1; 0 where the format knows none. Pages are the file's, not those printed on them;
    paragraphs are counted without empty ones and without those of tables.
    """

    start: int
    page: int = 0
    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0

    @property
    def words(self) -> str:
        """The place as a person finds it: 第12页, 第45段, 表3 第2行第4列."""
        parts = [f"第{self.page}页"] if self.page else []
        if self.table:
            parts.append(f"表{self.table} 第{self.row}行第{self.column}列")
        elif self.paragraph:
            parts.append(f"第{self.paragraph}段")
        return " ".join(parts)


def place_at(places: tuple[Place, ...], offset: int) -> Place | None:
    """Where the text at a source offset stands in its file; None for what is before the first place, or a text file."""
    i = bisect_right(places, offset, key=lambda p: p.start) - 1
    return places[i] if i >= 0 else None


def places_words(places: tuple[Place, ...], spans: Iterable[Span]) -> str:
    """Where spans begin in the file they were read from: each place once, "" for a text file."""
    found = (place_at(places, span.start) for span in spans)
    return "、".join(dict.fromkeys(place.words for place in found if place is not None and place.words))


class Outline(NamedTuple):
    """By what a place in a report is cited: its headings, and where it stands in the file."""

    sections: tuple[Section, ...]
    places: tuple[Place, ...] = ()


class Reading(NamedTuple):
    """Everything that reading one file yields. `places` is empty for a format that is text."""

    source: Source
    metadata: Metadata
    shown: ShownText
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    places: tuple[Place, ...] = ()


def section_at(sections: tuple[Section, ...], offset: int) -> Section | None:
    """The innermost section around a source offset: the last one, as parents stand before what is in them."""
    return next((s for s in reversed(sections) if s.span.start <= offset < s.span.end), None)


def section_path(sections: tuple[Section, ...], offset: int) -> tuple[Section, ...]:
    """The sections around a source offset, outermost first."""
    path: list[Section] = []
    here = section_at(sections, offset)
    while here is not None:
        path.append(here)
        here = sections[here.parent] if here.parent >= 0 else None
    return tuple(reversed(path))
