"""A walk through the shown text: every sentence of the committing sections with the place it stands in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.report import COMMITTING_KINDS, Block, BlockKind, Reading, SectionKind
from app.domain.spans import Span
from app.suggest.judging import Place, is_no_title
from app.suggest.mentions import is_assignment
from app.suggest.partition import Partition
from app.suggest.sentences import fold, sentences

_MOST_SENTENCES = 3
_LONGEST, _LONGEST_IN_PLAN = 160, 260
"""A longer paragraph under a heading says what is to be done, it does not lead up to items."""
_LEAST_TITLED = 3
"""One paragraph in three has a title where titles are the manner."""
_BEFORE_ITEMS, _BEFORE_HEADINGS = 1, 2
"""As many paragraphs may lead up; what else stands before the first title is work without one."""

_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]+[是要]|\d{1,2}[.、．]|（[\d一二三四五六七八九十]+）|[①-⑳●◆■▲★○◇□▶•·]|——?)"
)
_RUN_IN = re.compile(r"^[一二三四五六七八九十]+[是要]")
_NEW_ITEM = re.compile(r"^(?:[一二三四五六七八九十]+[是要]|\d{1,2}[.．、](?!\d)|（\d{1,2}）|[①-⑳])")
_TITLE = re.compile(r"[^，；：\d]{4,16}。")
_ANNOUNCES = re.compile(r"[^。：；\d]{4,60}：(?=[一1](?:是|要)[^，；：\d]{4,30}。)")
_ABOUT_AS_LONG = 2
"""By how many characters the titles of one paragraph may differ."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence on its way: its span in the shown text and in the source, its folded text, its place, its
    section's heading. `paragraph` numbers the paragraph: an item's sentences share it.
    """

    span: Span
    source: Span
    text: str
    place: Place
    heading: str
    paragraph: int

    @property
    def in_table(self) -> bool:
        """Whether it stands in a 专栏 or an 附件."""
        return self.place.kind is SectionKind.TABLE

    @property
    def opener(self) -> str:
        """The sentence as its item's title: 一是强化政治建设。 gives 强化政治建设."""
        return _ORDINAL.sub("", self.text).rstrip("。：；")


def lines(reading: Reading, partition: Partition) -> Iterator[Line]:
    """The sentences of paragraphs in goals, tasks, self and table sections, in order. Cells are left out."""
    text = reading.shown.text
    blocks = [b for b in reading.shown.blocks if b.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)]
    is_plan = reading.metadata.end_year > reading.metadata.year
    openings = _openings(text, blocks, _LONGEST_IN_PLAN if is_plan else _LONGEST)
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.PARAGRAPH and _may_commit(reading, partition, block):
            yield from _paragraph(reading, partition, block, number, is_opening=number in openings)


def _may_commit(reading: Reading, partition: Partition, block: Block) -> bool:
    """Whether a paragraph begins or ends in a committing section; most of a report's first half does not."""
    source = reading.shown.to_source(Span(block.start, block.end))
    ends = (partition.at(source.start), partition.at(source.end - 1)) if source else ()
    return any(section is not None and section.kind in COMMITTING_KINDS for section in ends)


def _paragraph(
    reading: Reading, partition: Partition, block: Block, number: int, *, is_opening: bool
) -> Iterator[Line]:
    folded = fold(reading.shown.text[block.start : block.end])
    spans = [part for span in sentences(folded, 0, len(folded)) for part in _announced(folded, span)]
    texts = [folded[s.start : s.end] for s in spans]
    is_lone = len(texts) > 1 and all(is_assignment(text) for text in texts[1:])
    run_in = next((i for i, text in enumerate(texts) if _RUN_IN.match(text)), 0)
    for i, (inner, text) in enumerate(zip(spans, texts, strict=True)):
        span = Span(block.start + inner.start, block.start + inner.end)
        source = reading.shown.to_source(span)
        section = partition.at(source.start) if source else None
        if source is None or section is None or section.kind not in COMMITTING_KINDS:
            continue
        place = Place(
            section.kind,
            is_opening=is_opening or i < run_in,
            is_lead=(inner.end <= block.lead or _is_like(text, texts[0][: block.lead]))
            and not (is_opening or is_lone),
            has_more=not is_lone and i + 1 < len(texts) and not _NEW_ITEM.match(texts[i + 1]),
            year=reading.metadata.year,
        )
        yield Line(span, source, text, place, section.title, number)


def _announced(folded: str, sentence: Span) -> tuple[Span, ...]:
    """A sentence, or what announces a run of items and the first one's title (抓好三件事：|一是做强港航。)."""
    found = _ANNOUNCES.match(folded, sentence.start, sentence.end)
    return (Span(sentence.start, found.end()), Span(found.end(), sentence.end)) if found else (sentence,)


def _is_like(text: str, lead: str) -> bool:
    """Whether a sentence is a further title in the manner of the first (做强渔业。…做优港航。…)."""
    if not (lead and text[0] == lead[0] and _TITLE.fullmatch(text) and _TITLE.fullmatch(lead)):
        return False
    return abs(len(text) - len(lead)) <= _ABOUT_AS_LONG


def _openings(text: str, blocks: list[Block], longest: int) -> set[int]:
    """The paragraphs between a heading and the items or deeper headings under it that they lead up to.

    None has more than `longest` characters.
    """
    found: set[int] = set()
    heads = [i for i, block in enumerate(blocks) if block.kind is BlockKind.HEADING]
    for head, end in zip([-1, *heads], [*heads, len(blocks)], strict=True):
        level = blocks[head].level if head >= 0 else 0
        last = head + 1
        while last < end and _leads_up(text, blocks[last], longest):
            last += 1
        if last < end:
            is_before_items = blocks[last].lead > 0 and _are_items(blocks[last:end])
            found.update(range(head + 1, min(last, head + 1 + _BEFORE_ITEMS)) if is_before_items else ())
        elif (
            end < len(blocks) and blocks[end].level > level and not text.startswith("专栏", blocks[end].start)
        ):
            found.update(range(head + 1, min(last, head + 1 + _BEFORE_HEADINGS)))
    return found


def _are_items(paragraphs: list[Block]) -> bool:
    """Whether titles are the manner of a section: by chance, a short sentence begins a paragraph here and there."""
    return _LEAST_TITLED * sum(block.lead > 0 for block in paragraphs) >= len(paragraphs)


def _leads_up(text: str, block: Block, longest: int) -> bool:
    """Whether a paragraph under a heading may lead up to what follows: short, and without a title of its own."""
    if block.end - block.start > longest or text.count("。", block.start, block.end) > _MOST_SENTENCES:
        return False
    return not block.lead or is_no_title(fold(text[block.start : block.start + block.lead]))
