"""Returned workbooks against what stands: a preview cell by cell, and the one change that takes them in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from app.domain.changes import Change, Edit
from app.domain.errors import UserError
from app.domain.periods import Period, day_of, period_of
from app.domain.progress import Progress, progress_id
from app.domain.returned import (
    LEADS,
    CellChange,
    FileTold,
    RefusedCell,
    ReturnedFile,
    ReturnedRow,
    ReturnPreview,
    RowFault,
    UnitDifference,
)
from app.domain.returning_drafts import Draft, agree, reported
from app.domain.returning_ground import Key, ReportGround, Standing, Taker, all_ids, unit_of_sheet
from app.domain.returning_rows import Span, Statement, Told, place_of, told
from app.domain.supervising import cases
from app.domain.typed import plain
from app.domain.undisturbed import undisturbed

FOREIGN = "是从别的工作区发出的表，没有采用。请在发出它的工作区里收回"
NO_REPORT = "所属的报告不在这个工作区里，没有采用"
WHOSE = "没有写明是哪个单位报的，请指明单位后再收回"
NOT_OURS = "“{unit}”没有承担这份台账里的任务，没有采用"
NO_ID = "没有标识，像是新增的行；没有采用"
GONE = "任务已不在台账里（表发出以后删除或合并了），这一行没有采用"
NOT_OWN = "“{unit}”不是这项任务的牵头或配合单位，这一行没有采用"
TWICE = "同一项在表里出现了几次而内容不同，没有采用"
LATER = "“{name}”保存得更晚，以它为准"
STALE = "有{count}格在这份表发出以后已经报过别的内容，请核对是不是旧表"
OLD_VERSION = "是为报告的另一版发出的表，按现行版本收回"
GONE_ROWS = "是旧表：有{count}行的任务已不在台账里"

_BY = datetime(1, 1, 1, tzinfo=UTC)


def compare(
    files: Sequence[ReturnedFile],
    standing: Mapping[str, Standing],
    fingerprint: str,
    taker: Taker,
    units: Mapping[str, str] | None = None,
) -> ReturnPreview:
    """Set workbooks against the reports of a workspace, by id; nothing is written.

    `units` says whose a workbook is that does not say so itself, by its name; LEADS: each row is its lead's.
    Of two files that say different things in one cell the one that was saved later counts.
    """
    with undisturbed():
        return _compared(files, standing, fingerprint, taker, units or {})


def _compared(
    files: Sequence[ReturnedFile],
    standing: Mapping[str, Standing],
    fingerprint: str,
    taker: Taker,
    units: Mapping[str, str],
) -> ReturnPreview:
    whole = _Whole({key: ReportGround(key, found, taker.on) for key, found in standing.items()}, taker)
    for file in sorted(files, key=lambda file: (file.saved or _BY, file.name)):
        whole.take(file, fingerprint, units.get(file.name, ""))
    order = {file.name: place for place, file in enumerate(files)}
    return whole.preview(order)


@dataclass(slots=True)
class _File:
    """A file as it is taken, with what is told of it."""

    file: ReturnedFile
    unit: str = ""
    period: Period | None = None
    refused: str = ""
    needs_unit: bool = False
    notes: list[str] = field(default_factory=list)
    gone: int = 0
    stale: int = 0
    changed: int = 0


@dataclass(slots=True)
class _Said:
    """What was said of one cell of one report of progress, and by which file."""

    statement: Statement
    by: _File
    report: ReportGround


class _Whole:
    """All that the files say, file by file."""

    def __init__(self, reports: Mapping[str, ReportGround], taker: Taker) -> None:
        self._reports = reports
        self._taker = taker
        self._files: list[_File] = []
        self._said: dict[tuple[str, Key, str, str], _Said] = {}
        self._refused: list[RefusedCell] = []
        self._faults: list[RowFault] = []

    # --- files

    def take(self, file: ReturnedFile, fingerprint: str, answer: str) -> None:
        """Read a file against its report; what it says is gathered."""
        taken = _File(file)
        self._files.append(taken)
        report = self._report_of(file, fingerprint, taken)
        if report is None:
            return
        try:
            taken.period = period_of(file.marks["period"]) if file.marks.get("period") else None
        except UserError:
            taken.notes.append("表上的报送期看不懂，按各行的截至日期计")
        whose = file.marks.get("unit", "") or answer
        taken.unit = report.standing.bodies.get(whose, whose)
        if not self._is_anybodys(taken, report):
            return
        self._faults += file.faults
        if file.marks.get("older"):
            taken.notes.append(OLD_VERSION)
        self._take_rows(taken, report)
        if taken.gone:
            taken.notes.append(GONE_ROWS.format(count=taken.gone))
        if file.unknown:
            taken.notes.append(f"不认识的列：{'、'.join(file.unknown)}")

    def _report_of(self, file: ReturnedFile, fingerprint: str, taken: _File) -> ReportGround | None:
        its = file.marks.get("workspace", "")
        if its and its != fingerprint:
            taken.refused = FOREIGN
            return None
        named = file.marks.get("report", "")
        found = self._reports.get(named) if named else self._most_known(file)
        if found is None:
            taken.refused = NO_REPORT if named else FOREIGN
        return found

    def _most_known(self, file: ReturnedFile) -> ReportGround | None:
        """Of a file without marks: the report that knows most of its ids."""
        known = {
            key: sum(row.id in report.standing.names for row in file.rows)
            for key, report in self._reports.items()
        }
        best = max(known, key=lambda key: known[key], default="")
        return self._reports[best] if known.get(best) else None

    def _is_anybodys(self, taken: _File, report: ReportGround) -> bool:
        """Whether it is known whose each row is."""
        file = taken.file
        if not taken.unit:
            taken.needs_unit = "unit" not in file.titles and not all(
                unit_of_sheet(row.sheet, report) for row in file.rows
            )
            taken.refused = WHOSE if taken.needs_unit else ""
        elif taken.unit != LEADS and taken.unit not in report.units:
            taken.refused = NOT_OURS.format(unit=taken.unit)
        return not taken.refused

    # --- rows

    def _take_rows(self, taken: _File, report: ReportGround) -> None:
        facts = report.standing.facts
        span = Span.of(taken.file, facts.first, facts.last, self._taker.on, taken.period)
        found: defaultdict[tuple[str, ...], list[Statement]] = defaultdict(list)
        for row in taken.file.rows:
            for statement in self._statements(taken, report, row, span):
                target = statement.target_id or statement.task_id
                found[target, statement.period, statement.unit, statement.field].append(statement)
        for several in found.values():
            if len({plain(statement.words) for statement in several}) > 1:
                self._refused += [_refusal(statement, TWICE) for statement in several]
            else:
                self._gather(_Said(several[0], taken, report))

    def _statements(
        self, taken: _File, report: ReportGround, row: ReturnedRow, span: Span
    ) -> Iterator[Statement]:
        """What a row says; what is wrong with it is told."""
        if not row.id:
            self._faults.append(RowFault(place_of(taken.file, row), NO_ID))
            return
        row_id = report.standing.names.get(row.id)
        if row_id is None:
            taken.gone += 1
            self._faults.append(RowFault(place_of(taken.file, row), GONE))
            return
        unit, is_own = self._unit_of(taken, report, row)
        sent = report.sent(taken.file, unit if is_own else "", taken.period).of(row_id)
        unit = sent.now.lead if sent and unit == LEADS else unit
        if sent is None:
            why = NOT_OWN.format(unit=unit) if row_id in all_ids(report) else GONE
            self._faults.append(RowFault(place_of(taken.file, row), why))
            return
        is_owner = bool(unit) and unit in (sent.now.lead, *sent.case.supports)
        said = list(self._said_by(told(taken.file, row, sent, unit, span)))
        # the whole ledger has others' rows too: one that nobody filled in is no fault
        if said and not is_owner:
            self._faults.append(RowFault(said[0].place, NOT_OWN.format(unit=unit or "（未写明）")))
        elif is_owner:
            yield from said

    def _said_by(self, found: Iterable[Told]) -> Iterator[Statement]:
        """What a row says; the rest of what was found is told."""
        for each in found:
            if isinstance(each, Statement):
                yield each
            elif isinstance(each, RowFault):
                self._faults.append(each)
            else:
                self._refused.append(each)

    def _unit_of(self, taken: _File, report: ReportGround, row: ReturnedRow) -> tuple[str, bool]:
        """Whose a row is, and whether it stands on a sheet of that unit's own."""
        own = unit_of_sheet(row.sheet, report)  # another unit's sheet may have been put into the workbook
        if own or taken.file.marks.get("unit"):
            return own or taken.unit, True
        named = row.cells.get("unit")
        its = report.standing.bodies.get(named, named) if isinstance(named, str) else ""
        return (taken.unit or its), False

    def _gather(self, said: _Said) -> None:
        statement = said.statement
        key = (statement.task_id, statement.period, statement.unit)
        place = (said.report.id, key, statement.field, statement.target_id)
        before = self._said.get(place)
        if before is not None and plain(before.statement.words) != plain(statement.words):
            self._refused.append(_refusal(before.statement, LATER.format(name=said.by.file.name)))
        self._said[place] = said

    # --- what comes of it

    def preview(self, order: Mapping[str, int]) -> ReturnPreview:
        """All that was gathered, as one change."""
        grouped: defaultdict[tuple[str, Key], list[_Said]] = defaultdict(list)
        for (report_id, key, *_), said in self._said.items():
            grouped[report_id, key].append(said)
        changes: list[CellChange] = []
        edits: list[Edit] = []
        for (report_id, key), several in grouped.items():
            fresh, edit = self._edited(self._reports[report_id], key, several)
            changes += fresh
            edits += edit
        touched = {edit.after.report_id for edit in edits if isinstance(edit.after, Progress)}
        moves = self._moves(edits)
        return ReturnPreview(
            files=tuple(sorted(map(_told_of, self._files), key=lambda told: order[told.name])),
            changes=tuple(sorted(changes, key=lambda c: (order[c.place.file], c.place.sheet, c.place.line))),
            refused=tuple(self._refused),
            faults=tuple(self._faults),
            differences=tuple(d for key in sorted(touched) for d in self._differences(key, edits)),
            change=Change(
                f"收回台账（{len(changes)}格）",
                next(iter(touched)) if len(touched) == 1 else "",
                (*edits, *moves),
            ),
        )

    def _edited(
        self, report: ReportGround, key: Key, several: Iterable[_Said]
    ) -> tuple[list[CellChange], list[Edit]]:
        """A report of progress with what is said anew; nothing where it says so already."""
        before = report.standing.stored.get(key)
        draft = Draft(before or self._blank(report, key), report.standing.names)
        changes: list[CellChange] = []
        source = ""
        for said in several:
            stands = draft.stands(said.statement)
            if agree(stands, said.statement.words):
                continue
            changes.append(_change(said.statement, stands))
            said.by.changed += 1
            said.by.stale += bool(stands) and not agree(stands, said.statement.then)
            draft.take(said.statement)
            source = said.by.file.name
        if not changes:
            return [], []
        is_lead = key[2] == report.by_id[key[0]].row.lead
        return changes, [Edit(before, draft.done(self._taker, source, is_lead=is_lead))]

    def _blank(self, report: ReportGround, key: Key) -> Progress:
        task_id, period, unit = key
        is_lead = unit == report.by_id[task_id].row.lead
        its_id = progress_id(report.id, task_id, period, unit)
        return Progress(
            its_id,
            report.id,
            task_id,
            period,
            unit,
            is_lead,
            self._taker.at,
            self._taker.person_id,
            self._taker.who,
        )

    def _moves(self, edits: Iterable[Edit]) -> list[Edit]:
        """反馈 for every task whose lead has reported and that waits for it."""
        found: dict[tuple[str, str], Edit] = {}
        for edit in edits:
            after = edit.after
            if not isinstance(after, Progress) or not after.is_lead:
                continue
            report = self._reports[after.report_id]
            case = report.by_id[report.standing.names[after.task_id]]
            if (move := reported(case, after)) is not None:
                found.setdefault((after.report_id, case.id), Edit(None, move))
        return list(found.values())

    def _differences(self, report_id: str, edits: Iterable[Edit]) -> Iterator[UnitDifference]:
        """Where, of the tasks that were touched, a supporting unit says another figure than the lead."""
        report = self._reports[report_id]
        names, facts = report.standing.names, report.standing.facts
        fresh = [e.after for e in edits if isinstance(e.after, Progress) and e.after.report_id == report_id]
        fresh = [p for p in fresh if report.by_id[names[p.task_id]].row.support]
        renamed = {p.id: replace(p, task_id=names[p.task_id]) for p in fresh}
        progress = {p.id: p for p in facts.progress} | renamed
        periods = {(p.task_id, p.period) for p in renamed.values()}
        touched = {task_id for task_id, _ in periods}
        rows = tuple(row for row in facts.ledger.tasks if row.id in touched and row.support)
        some = replace(facts, progress=tuple(progress.values()), ledger=replace(facts.ledger, tasks=rows))
        # what is reported now counts as of today, whenever the workbook was filled in
        for case in cases(some, max(self._taker.on, day_of(self._taker.at))):
            goals = {goal.id: goal for goal in case.goals}
            for d in case.differences:
                if (case.id, d.period) in periods:
                    goal = goals[d.target_id].target.indicator if d.target_id in goals else ""
                    number = str(case.row.number)
                    lead = (case.row.lead, d.lead.words)
                    yield UnitDifference(case.id, number, goal, d.period, *lead, d.unit, d.figure.words)


def _refusal(statement: Statement, why: str) -> RefusedCell:
    return RefusedCell(statement.place, statement.title, "", statement.words, why)


def _change(statement: Statement, stands: str) -> CellChange:
    return CellChange(
        statement.place,
        statement.task_id,
        statement.unit,
        statement.period,
        statement.field,
        statement.title,
        stands,
        statement.words,
    )


def _told_of(taken: _File) -> FileTold:
    notes = (*taken.file.notes, *taken.notes, *((STALE.format(count=taken.stale),) if taken.stale else ()))
    return FileTold(
        taken.file.name,
        taken.unit,
        taken.period.key if taken.period else "",
        len(taken.file.rows),
        taken.changed,
        taken.refused,
        taken.needs_unit,
        notes,
    )
