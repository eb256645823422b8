"""From a reading to its suggestions: every sentence judged, what it holds found, its owners proposed."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from app.domain.report import COMMITTING_KINDS, Reading, SectionKind, ShownText
from app.domain.spans import Span
from app.domain.suggestions import (
    Commitment,
    DeadlineFound,
    OwnerMention,
    OwnerProposal,
    Suggestions,
    TargetFound,
    Uncovered,
)
from app.domain.tasks import Comparator, Deadline, Role
from app.domain.units import Unit
from app.suggest.deadlines import deadlines
from app.suggest.judging import Verdict, judge, needs_a_look
from app.suggest.mentions import Mention, is_assignment, mentions, said_by_when
from app.suggest.owners import OwnerModel
from app.suggest.partition import Partition
from app.suggest.tables import Row, table_rows
from app.suggest.targets import Found, coverage, targets
from app.suggest.version import ENGINE
from app.suggest.walking import Line, lines

_T = TypeVar("_T")


@lru_cache(maxsize=4)
def owner_model(units: tuple[Unit, ...]) -> OwnerModel:
    """The model of a unit directory, built once for it."""
    return OwnerModel(units)


def suggest(reading: Reading, units: tuple[Unit, ...] = ()) -> Suggestions:
    """All that can be proposed for a report, in text order. `units` is the directory whose duties are known."""
    partition = Partition(reading.sections)
    found = _Finder(reading, owner_model(units))
    for line in lines(reading, partition):
        found.take(line)
    years = reading.metadata
    for row in table_rows(reading.shown, is_plan=years.end_year > years.year, year=years.year):
        source = reading.shown.to_source(row.span)
        section = partition.at(source.start) if source else None
        if source and section and section.kind in COMMITTING_KINDS:
            found.take_row(row, source, section.title)
    found.commitments.sort(key=lambda c: c.span)
    found.uncovered.sort(key=lambda u: u.span)
    return Suggestions(ENGINE, tuple(found.commitments), tuple(found.uncovered))


class _Finder:
    """Takes the lines of one report in order; an item's opener stands until its paragraph ends."""

    def __init__(self, reading: Reading, owners: OwnerModel) -> None:
        self._shown = reading.shown
        self._years = reading.metadata.year, reading.metadata.end_year
        self._is_plan = reading.metadata.end_year > reading.metadata.year
        self._owners = owners
        self._opener, self._paragraph = "", -1
        # the section in which the last commitment stands, "" behind a lead-in
        self._section_of_work = ""
        self.commitments: list[Commitment] = []
        self.uncovered: list[Uncovered] = []

    def take(self, line: Line) -> None:
        """Adds a sentence to the commitments, or to what is not covered, or to neither."""
        if line.paragraph != self._paragraph:
            self._opener, self._paragraph = "", line.paragraph
        if is_assignment(line.text) and self._section_of_work == line.heading:
            self.commitments[-1] = self._assigned(self.commitments[-1], line)
            return
        figures = targets(line.text, is_plan=self._is_plan)
        has_figure = any(value.comparator is not Comparator.ASSIGNED for _, value, _ in figures)
        verdict, reason = judge(line.text, line.place, has_figure=has_figure)
        text = self._shown.text[line.span.start : line.span.end]
        if verdict is Verdict.WORK:
            self.commitments.append(self._work(line, text, figures, reason))
            self._section_of_work = line.heading
        elif verdict is Verdict.LEAD_IN:
            self._opener, self._section_of_work = line.opener, ""
            self.commitments.append(
                Commitment(line.source, text, is_lead_in=True, in_table=line.in_table, reason=reason)
            )
        elif not line.in_table and needs_a_look(line.text, has_figure=has_figure):
            self.uncovered.append(Uncovered(line.source, text, reason))

    def _work(self, line: Line, text: str, figures: list[Found], reason: str) -> Commitment:
        leads, supports = self._owners.propose(text, self._opener, line.heading, line.place.kind)
        start, named = line.span.start, mentions(line.text)
        return Commitment(
            line.source,
            text,
            in_table=line.in_table,
            opener=self._opener,
            targets=_targets(self._shown, figures, start),
            coverage=_targets(self._shown, coverage(line.text), start),
            deadlines=_deadlines(self._shown, deadlines(line.text, *self._years), start),
            mentions=_mentions(self._shown, named, start),
            leads=self._named_first(named, leads),
            supports=supports,
            reason=reason,
        )

    def _assigned(self, work: Commitment, line: Line) -> Commitment:
        """The work before a line that only says whose it is and by when (责任单位：…, 完成时限：…).

        What is to be reached by then counts as the work's.
        """
        start, named = line.span.start, mentions(line.text)
        if any(m.role is Role.LEAD for m in work.mentions):
            named = [m._replace(role=Role.SUPPORT) for m in named]
        due, times = deadlines(line.text, *self._years), said_by_when(line.text)
        stages = [found for found in targets(line.text, is_plan=self._is_plan) if found[0].start >= times]
        return work._replace(
            targets=work.targets + _targets(self._shown, stages, start),
            deadlines=work.deadlines + _deadlines(self._shown, due, start),
            mentions=work.mentions + _mentions(self._shown, named, start),
            leads=self._named_first(named, work.leads),
        )

    def _named_first(
        self, named: Sequence[Mention], leads: tuple[OwnerProposal, ...]
    ) -> tuple[OwnerProposal, ...]:
        """The lead that the text names goes before what duty words say, if its name tells its code."""
        name = next((m.name for m in named if m.role is Role.LEAD), "")
        code = self._owners.code_of(name) if name else ""
        if not code:
            return leads
        stated = OwnerProposal(code, 1.0, f"文中写明：{name}")
        return (stated, *(p for p in leads if p.code != code))

    def take_row(self, row: Row, span: Span, heading: str) -> None:
        """Adds a table's row, which stands at a source span, to the commitments, or to what is not covered."""
        if row.doubt:
            self.uncovered.append(Uncovered(span, row.text, row.doubt))
            return
        leads, supports = self._owners.propose(row.text, "", heading, SectionKind.TABLE)
        due = [
            (cell.at(at), value, why)
            for cell in ((row.deadline,) if row.deadline else row.said)
            for at, value, why in deadlines(cell.text, *self._years)
        ]
        self.commitments.append(
            Commitment(
                span,
                row.text,
                in_table=True,
                targets=_targets(self._shown, row.targets, 0),
                coverage=_targets(self._shown, row.coverage, 0),
                deadlines=_deadlines(self._shown, due, 0),
                due_year=row.due_year,
                mentions=_mentions(self._shown, row.mentions, 0),
                leads=self._named_first(row.mentions, leads),
                supports=supports,
                reason="指标表的一行" if row.targets else "表中的一行",
            )
        )


def _located(
    shown: ShownText, found: Iterable[tuple[Span, _T, str]], start: int
) -> list[tuple[Span, _T, str]]:
    """What was found in a text that begins at a shown offset, with spans in the source."""
    located = []
    for span, value, why in found:
        source = shown.to_source(Span(span.start + start, span.end + start))
        if source:
            located.append((source, value, why))
    return located


def _targets(shown: ShownText, found: Sequence[Found], start: int) -> tuple[TargetFound, ...]:
    return tuple(TargetFound(*each) for each in _located(shown, found, start)) if found else ()


def _deadlines(
    shown: ShownText, found: Sequence[tuple[Span, Deadline, str]], start: int
) -> tuple[DeadlineFound, ...]:
    return tuple(DeadlineFound(*each) for each in _located(shown, found, start)) if found else ()


def _mentions(shown: ShownText, found: Sequence[Mention], start: int) -> tuple[OwnerMention, ...]:
    if not found:
        return ()
    located = _located(shown, ((m.span, m, m.reason) for m in found), start)
    return tuple(OwnerMention(span, m.name, m.role, why) for span, m, why in located)
