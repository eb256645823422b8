"""A report's tasks -> the rows of its ledger: a pure function."""

import re
from dataclasses import replace
from datetime import date

from app.domain.directory import Contact, contact
from app.domain.ledger import IndicatorRow, Ledger, LedgerSummary, RowState, TaskRow
from app.domain.phrases import NATURES, deadline_words, figure_words, target_words
from app.domain.report import (
    Metadata,
    Outline,
    Place,
    ReportKind,
    Section,
    SectionKind,
    places_words,
    section_path,
)
from app.domain.reports import Layer, ReportCard
from app.domain.revisions import notes
from app.domain.supervising import settled
from app.domain.tasks import Item, Owner, Role, Tag, TagKind, Target, Task
from app.domain.units import Unit
from app.domain.wording import short_title, telling_clause

NO_SOURCE = "报告以外事项"
CATEGORY_DEPTH = 2
"""类别 is the heading of this depth (（一）…) or the nearest above it; deeper ones stand in 来源 only."""
CITED_LIMIT = 24
"""The most characters of one heading in 来源."""

_ORDINAL = re.compile(
    r"第[〇零一二三四五六七八九十百\d]+[篇章节编部]分?|[（(]?[一二三四五六七八九十百\d]+(?:[）)]|[、.．])"
)
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2014-\u2026"
_STRAY_SPACE = re.compile(rf"(?<=[{_CJK}])[ \u00a0\u3000]+(?=[{_CJK}])")
_GOVERNMENT = re.compile(r"([^\s、，]+?)人民政府")
_CHINESE_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


def build(
    card: ReportCard,
    outline: Outline,
    items: tuple[Item, ...],
    layer: Layer,
    gaps: int,
    *,
    made: date,
    units: tuple[Unit, ...] = (),
) -> Ledger:
    """The ledger of one report, its tasks in text order, those without a source last.

    `gaps` is how many sentences 遗漏检查 still lists, `made` the day on the sheet. The numbers are the items'
    own where every item has one, else they are counted. `units` give 分管领导 and 责任人（电话） where the task
    names none, the outline's `places` the page, paragraph or cell of the file, which 来源 has then too.
    """
    ordered = sorted(items, key=lambda item: item.start)
    numbered = all(item.number for item in ordered)
    default = _year_end(card.metadata)
    tasks: list[TaskRow] = []
    indicators: list[IndicatorRow] = []
    for count, each in enumerate(ordered, 1):
        item = settled(each)
        path = section_path(outline.sections, item.start) if item.task.spans else ()
        row = _task_row(item, path, default, units, outline.places)
        row = replace(row, number=item.number if numbered else count)
        tasks.append(row)
        for tag in item.of_kind(TagKind.TARGET):
            if isinstance(tag.value, Target) and _is_indicator(path, tag.value):
                indicators.append(_indicator_row(len(indicators) + 1, tag, tag.value, row))
    opened = sum(row.state is RowState.OPEN for row in tasks)
    summary = LedgerSummary(layer.state, layer.author, made, len(tasks), opened, gaps)
    return Ledger(_title(card.metadata), _name(card.metadata), summary, tuple(indicators), tuple(tasks))


def _task_row(
    item: Item,
    path: tuple[Section, ...],
    default: date | None,
    units: tuple[Unit, ...],
    places: tuple[Place, ...],
) -> TaskRow:
    task = item.task
    lead = item.lead
    listed = contact(units, lead)
    return TaskRow(
        number=0,
        category=_heading(path[:CATEGORY_DEPTH][-1]) if path else NO_SOURCE,
        quote=tidied(task.quote),
        summary=task.summary.strip() or _whole_title(task),
        targets="\n".join(filter(None, map(target_words, item.of_kind(TagKind.TARGET)))),
        leader=task.leader.strip() or listed.leader,
        lead=_body(lead) if lead else "",
        support=_support(item),
        deadline=_deadline(item, default),
        source=_source(item, path, places),
        remarks=_remarks(item, listed),
        state=RowState.OPEN if item.is_open else RowState.CONFIRMED,
        id=task.id,
        offsets=" ".join(f"{span.start}-{span.end}" for span in task.spans),
        person=task.person.strip() or listed.person,
    )


def _indicator_row(number: int, tag: Tag, target: Target, row: TaskRow) -> IndicatorRow:
    return IndicatorRow(
        number=number,
        indicator=target.indicator.strip() or tag.text.strip(),
        baseline=target.baseline.strip(),
        figure=figure_words(target, tag.text),
        nature=NATURES[target.nature] if target.nature else "",
        lead=row.lead,
        deadline=row.deadline,
        source=row.source,
        state=row.state,
        id=tag.id,
        offsets=row.offsets,
    )


def _is_indicator(path: tuple[Section, ...], target: Target) -> bool:
    """Whether the target is one of 主要指标: of a goals section or a table of indicators, not of projects."""
    kind = path[-1].kind if path else None
    if kind is SectionKind.TABLE:
        named = any("指标" in section.title for section in path)
        return named or target.nature is not None or target.baseline != ""
    return kind is SectionKind.GOALS


def _body(tag: Tag) -> str:
    owner = tag.value
    return (owner.name or owner.code if isinstance(owner, Owner) else "") or tag.text.strip()


def _whole_title(task: Task) -> str:
    """The title that somebody wrote, or the clause it was made of, which the window shows cut."""
    return telling_clause(task.quote) if task.title == short_title(task.quote) else task.title.strip()


def _deadline(item: Item, default: date | None) -> str:
    """Every deadline of the task, so that none of them is chased at another's date."""
    words = dict.fromkeys(deadline_words(tag, default) for tag in item.deadlines)
    return "；".join(filter(None, words)) or deadline_words(None, default)


def _support(item: Item) -> str:
    """配合单位: exactly one body leads, so that any other lead comes first here; actors come last."""
    leads, supports, actors = (item.owners(role) for role in (Role.LEAD, Role.SUPPORT, Role.ACTOR))
    names = dict.fromkeys(_body(tag) for tag in (*leads, *supports, *actors))
    first = _body(leads[0]) if leads else None
    return "、".join(name for name in names if name and name != first)


def _source(item: Item, path: tuple[Section, ...], in_file: tuple[Place, ...]) -> str:
    """The headings and, on lines of their own, the place in the file, if that is no text, and in the text.

    People count characters from 1, both ends included; `offsets` does not.
    """
    spans = item.task.spans
    if not spans:
        return "无原文出处"
    places = "、".join(f"第{span.start + 1}—{span.end}字" for span in spans)
    return "\n".join(filter(None, (*_cited(path), places_words(in_file, spans), f"原文{places}")))


def _heading(section: Section) -> str:
    return "".join(line.strip() for line in section.title.split("\n")).rstrip("。")


def _cited(path: tuple[Section, ...]) -> list[str]:
    """The headings as 来源 cites them. Of the one that stands in full in 类别 only the ordinal is repeated."""
    lines: list[str] = []
    for depth, section in enumerate(path, 1):
        title = _heading(section)
        ordinal = _ORDINAL.match(title)
        if ordinal and depth == CATEGORY_DEPTH:
            mark = ordinal.group()
            lines[-1] += mark if mark[0] in "（(" else " " + mark.rstrip("、.．")
        else:
            lines.append(title if len(title) <= CITED_LIMIT else title[: CITED_LIMIT - 1] + "…")
    return lines


def _remarks(item: Item, listed: Contact) -> str:
    """备注, and what has no column of its own in this table: 措施, 标准 and 责任人（电话）.

    What a revision left to be looked at is told with what it was: the quote beside it is the new version's.
    """
    task = item.task
    waiting = (note.old for note in notes((), item.tags) or notes((task,), ()))
    parts = (
        ("", task.remarks),
        ("修订待核对，上一版为：", "、".join(waiting)),
        ("责任人：", task.person.strip() or listed.person),
        ("措施：", task.measures or _texts(item, TagKind.MEASURE)),
        ("标准：", task.standard or _texts(item, TagKind.STANDARD)),
    )
    return "\n".join(label + text.strip() for label, text in parts if text.strip())


def _texts(item: Item, kind: TagKind) -> str:
    return "；".join(tag.text.strip() for tag in item.of_kind(kind))


def tidied(text: str) -> str:
    """A quote as a cell shows it: breaks inside a sentence joined, stray spaces between characters dropped.

    A sentence after another keeps its line (a merged task), a table's cells are parted by a space.
    """
    out = ""
    for raw in text.split("\n"):
        line = _STRAY_SPACE.sub("", raw.strip().replace("\t", " "))
        if line and out:
            out += _glue(out[-1], raw.startswith("\t"), line[0])
        out += line
    return out


def _glue(before: str, is_cell: bool, after: str) -> str:
    if before in "。！？；":
        return "\n"
    words_meet = (before + after).isascii() and before.isalpha() and after.isalpha()
    return " " if is_cell or words_meet else ""


def _year_end(metadata: Metadata) -> date | None:
    year = metadata.end_year or metadata.year
    return date(year, 12, 31) if date.min.year <= year <= date.max.year else None


def _title(metadata: Metadata) -> str:
    """The report's title as a heading names it: with its year and place, once each."""
    title = tidied(metadata.title).replace("\n", "").strip("《》") or "工作报告"
    year = str(metadata.year)
    has_year = year in title or year.translate(_CHINESE_DIGITS) in title
    if metadata.kind is ReportKind.PLAN or has_year or not metadata.year:
        return title
    place = _place(metadata)
    # 海州市云港区 issued it, 云港区政府工作报告 it is called
    return f"{year}年{title}" if place[-3:] in title else f"{place}{year}年{title}"


def _name(metadata: Metadata) -> str:
    place = _place(metadata)
    years = "—".join(str(year) for year in sorted({metadata.year, metadata.end_year}) if year)
    return f"{place}{years}年" if place and years else _title(metadata)


def _place(metadata: Metadata) -> str:
    named = _GOVERNMENT.search(metadata.issuer)
    return named.group(1) if named else ""
