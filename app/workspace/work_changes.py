"""The changes of work under way, made but not written: progress, moves, verdicts, a plan's values by year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from app.domain.changes import Change, Edit
from app.domain.edits import new_id
from app.domain.errors import UserError
from app.domain.judged import Verdict, YearGoal, verdict_id, year_goal_id
from app.domain.people import Person
from app.domain.periods import period_of
from app.domain.plan_years import YearTarget
from app.domain.progress import Progress, progress_id
from app.domain.reported_figures import figure_of
from app.domain.returning_drafts import reported
from app.domain.supervising import Case
from app.domain.task_moves import RULES, Given, TaskMove, TaskMoveName, checked
from app.workspace.work_facts import Work

NOT_ITS_UNIT = "“{unit}”不是这项任务的牵头或配合单位，没有记录。"


@dataclass(frozen=True, slots=True)
class Report:
    """What a unit reports on a task for a period ("2026-03"). `figures` are what was typed, by the target's id.

    None: nothing is said of it, what stands stays; "" and () take away.
    """

    unit: str
    period: str
    figures: Mapping[str, str] | None = None
    text: str | None = None
    issues: str | None = None
    next_steps: str | None = None
    reported_by: str | None = None
    evidence: tuple[str, ...] | None = None


def progress(work: Work, report_id: str, case: Case, report: Report, me: Person) -> Change:
    """A unit's report, with its 反馈 where the task waits for one. UserError for a unit that has no part in the task."""
    period, unit = period_of(report.period).key, report.unit.strip()
    is_lead = unit == case.row.lead
    if not unit or not (is_lead or unit in case.supports):
        raise UserError(NOT_ITS_UNIT.format(unit=unit))
    before, at = work.stored().get((case.id, period, unit)), datetime.now(UTC)
    its_id = progress_id(report_id, case.id, period, unit)
    fresh = Progress(its_id, report_id, case.id, period, unit, is_lead, at, me.id, me.name)
    said = _said(before or fresh, report)
    after = replace(said, is_lead=is_lead, at=at, person_id=me.id, who=me.name, source="")
    move = reported(case, after)
    edits = (Edit(before, after), *((Edit(None, move),) if move else ()))
    return Change(f"填报进展（{unit}）", report_id, edits)


def _said(stands: Progress, report: Report) -> Progress:
    """A progress with what a report says of it."""
    names = ("text", "issues", "next_steps", "reported_by", "evidence")
    told = {name: value for name in names if (value := getattr(report, name)) is not None}
    said = replace(stands, **told)
    if report.figures is None:
        return said
    figures = {figure.target_id: figure for figure in stands.figures}
    figures |= {target: figure_of(target, words) for target, words in report.figures.items()}
    return replace(said, figures=tuple(f for f in figures.values() if f.words))


def verdict(
    work: Work, report_id: str, target_id: str, reached: bool | None, reason: str, me: Person
) -> Change:
    """Whether a target without a figure is reached; None takes back what was said."""
    found = (v for v in work.verdicts if work.names.get(v.target_id, v.target_id) == target_id)
    before = next(found, None)
    after = None
    if reached is not None:
        its_id, of = verdict_id(report_id, target_id), target_id
        if before is not None:
            its_id, of = before.id, before.target_id
        after = Verdict(its_id, report_id, of, reached, me.id, me.name, datetime.now(UTC), reason)
    edits = (Edit(before, after),) if before or after else ()
    return Change("判定目标是否达到", report_id, edits)


def year_targets(work: Work, report_id: str, wanted: Iterable[YearTarget]) -> Change:
    """These values by year; a year without value and words loses its own."""
    stored = {(work.names.get(g.target_id, g.target_id), g.year): g for g in work.year_goals}
    pairs = ((stored.get((t.target_id, t.year)), _year_goal(stored, report_id, t)) for t in wanted)
    edits = tuple(Edit(before, after) for before, after in pairs if before != after)
    return Change(f"年度工作分解（{len(edits)}项）", report_id, edits)


def _year_goal(
    stored: Mapping[tuple[str, int], YearGoal], report_id: str, target: YearTarget
) -> YearGoal | None:
    if target.value is None and not target.words.strip():
        return None
    its_id = year_goal_id(report_id, target.target_id, target.year)
    fresh = YearGoal(its_id, report_id, target.target_id, target.year, None)
    stands = stored.get((target.target_id, target.year), fresh)
    return replace(stands, value=target.value, words=target.words)


def moves(
    report_id: str, found: Sequence[Case], name: TaskMoveName, given: Given, me: Person, on: date
) -> Change:
    """One move of several tasks. UserError names why the first may not be moved that may not."""
    at = datetime.now(UTC)
    made = []
    for case in found:
        checked(RULES[name], me, case.state, given, case.due, on)
        is_extension = name is TaskMoveName.EXTEND
        made.append(
            TaskMove(
                new_id(),
                report_id,
                case.id,
                name,
                max(at, case.moves[-1].at + timedelta(microseconds=1)) if case.moves else at,
                me.id,
                me.name,
                given.reason.strip(),
                case.due if is_extension else None,
                given.new_due if is_extension else None,
                tuple(filter(None, (file.strip() for file in given.evidence))),
            )
        )
    count = f"（{len(made)}项）" if len(made) > 1 else ""
    return Change(f"{name.value}{count}", report_id, tuple(Edit(None, move) for move in made))
