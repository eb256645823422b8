"""督查: what stands of every task on a day, computed from what is stored and kept nowhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from app.domain.completion import Goal, Judgement, goal_of, judge
from app.domain.ledger import Ledger, TaskRow
from app.domain.lights import Light, LightInputs, LightRule
from app.domain.lights import judge as light_of
from app.domain.periods import Cycle, Period, day_of, elapsed_share, overdue_periods, period_of, periods_words
from app.domain.progress import Figure, Progress
from app.domain.task_moves import (
    UNDER_WAY,
    TaskMove,
    TaskMoveName,
    TaskState,
    counted,
    due_of,
    state_of,
)
from app.domain.tasks import Deadline, DeadlineKind, Item

_Told = TypeVar("_Told", Progress, TaskMove)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is stored of one report's tasks. `first` and `last` are the days its tasks are for: a year, a plan's years.

    `verdicts` are what persons said of targets that no figure decides, by the target's id.
    """

    ledger: Ledger
    items: tuple[Item, ...]
    first: date
    last: date
    progress: tuple[Progress, ...] = ()
    moves: tuple[TaskMove, ...] = ()
    rule: LightRule = field(default_factory=LightRule)
    cycle: Cycle = Cycle.MONTHLY
    verdicts: Mapping[str, bool] = field(default_factory=dict)

    @property
    def of_plan(self) -> bool:
        """Whether the report is for several years."""
        return self.first.year != self.last.year


@dataclass(frozen=True, slots=True)
class Difference:
    """A supporting unit's figure that is not the lead's of the same period. The lead's counts."""

    target_id: str
    period: str
    lead: Figure
    unit: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Case:
    """One task as it stands on a day.

    `dates` are all its deadlines, in order, and `due` the last of them or the day it was extended to; None for a
    rolling task. `reports` are in order of their periods; `as_of` is the day to which the elapsed share counts.
    """

    item: Item
    row: TaskRow
    cycle: Cycle
    state: TaskState
    dates: tuple[date, ...]
    due: date | None
    moves: tuple[TaskMove, ...]
    reports: tuple[Progress, ...]
    as_of: date
    goals: tuple[Goal, ...]
    figures: Mapping[str, Figure]
    judgements: tuple[Judgement, ...]
    differences: tuple[Difference, ...]
    missed: tuple[Period, ...]
    light: Light

    @property
    def id(self) -> str:
        """The task's id."""
        return self.row.id

    @property
    def section(self) -> str:
        """类别: the heading it stands under."""
        return self.row.category

    @property
    def supports(self) -> tuple[str, ...]:
        """配合单位, each by its name."""
        return tuple(name for name in self.row.support.split("、") if name)

    @property
    def is_closed(self) -> bool:
        """Whether it is 办结销号."""
        return self.state is TaskState.CLOSED

    @property
    def missed_words(self) -> str:
        """The periods whose feedback has not come, as people say them: 2026年2月至9月; "" where none is missed."""
        return periods_words(self.missed)

    @property
    def latest(self) -> tuple[Progress, ...]:
        """Each unit's latest report, the lead's first."""
        by_unit = {report.unit: report for report in self.reports}
        return tuple(sorted(by_unit.values(), key=lambda report: (not report.is_lead, report.unit)))

    @property
    def lead_report(self) -> Progress | None:
        """The lead's latest report, the one whose texts count."""
        return next((report for report in reversed(self.reports) if report.is_lead), None)

    def report_of(self, unit: str, period: str = "") -> Progress | None:
        """A unit's latest report, or the one for a period."""
        found = (r for r in reversed(self.reports) if r.unit == unit and period in ("", r.period))
        return next(found, None)

    def history(self, target_id: str) -> tuple[tuple[Period, float], ...]:
        """The lead's figures for a target, period by period: what the small line is drawn of."""
        values: dict[Period, float] = {}
        for report in self.reports:
            for figure in report.figures if report.is_lead else ():
                if figure.target_id == target_id and figure.value is not None:
                    values[period_of(report.period)] = figure.value
        return tuple(values.items())


def settled(item: Item) -> Item:
    """The item as its row says it: a confirmed one without the suggestions nobody took."""
    if item.is_open:
        return item
    return item._replace(tags=tuple(tag for tag in item.tags if tag.version))


def cases(facts: Facts, on: date) -> tuple[Case, ...]:
    """Every task of the ledger as it stood at the end of a day, in the ledger's order.

    What was reported or moved after that day is left out, so that a past month's lights can be computed again.
    """
    items = {item.task.id: item for item in facts.items}
    reports = _by_task(report for report in facts.progress if day_of(report.at) <= on)
    moves = _by_task(move for move in facts.moves if day_of(move.at) <= on)
    return tuple(
        _case(facts, on, settled(items[row.id]), row, reports.get(row.id, []), moves.get(row.id, []))
        for row in facts.ledger.tasks
    )


def cases_again(facts: Facts, on: date, before: Facts, found: tuple[Case, ...]) -> tuple[Case, ...]:
    """The cases of a day, where `found` were those of the facts before: only what was touched is computed again."""
    as_before = replace(facts, ledger=before.ledger, progress=before.progress, moves=before.moves)
    if as_before != before or facts.ledger.tasks != before.ledger.tasks:
        return cases(facts, on)
    touched = _touched(facts, before) | _touched(before, facts)
    some = replace(
        facts,
        ledger=replace(facts.ledger, tasks=tuple(row for row in facts.ledger.tasks if row.id in touched)),
        progress=tuple(p for p in facts.progress if p.task_id in touched),
        moves=tuple(m for m in facts.moves if m.task_id in touched),
    )
    fresh = {case.id: case for case in cases(some, on)}
    return tuple(fresh.get(case.id, case) for case in found)


def _touched(facts: Facts, other: Facts) -> set[str]:
    """The tasks of which something is told here and not there: what was not touched is the same object."""
    known = {*map(id, other.progress), *map(id, other.moves)}
    tasks = {p.task_id for p in facts.progress if id(p) not in known}
    return tasks | {m.task_id for m in facts.moves if id(m) not in known}


def _by_task(things: Iterable[_Told]) -> dict[str, list[_Told]]:
    found: dict[str, list[_Told]] = {}
    for thing in things:
        found.setdefault(thing.task_id, []).append(thing)
    return found


def _case(
    facts: Facts, on: date, item: Item, row: TaskRow, told: list[Progress], made: list[TaskMove]
) -> Case:
    moves = counted(made)
    state = state_of(moves)
    reports = tuple(sorted(told, key=lambda r: (period_of(r.period).last, r.at, r.id)))
    cycle = _cycle(item, facts.cycle)
    dates, due = _due(item, facts.last, moves)
    goals = tuple(goal for tag in item.tags if (goal := goal_of(tag, of_plan=facts.of_plan)))
    figures = _figures(goals, reports)
    judgements = tuple(judge(goal, figures.get(goal.id), facts.verdicts.get(goal.id)) for goal in goals)
    missed = _missed(facts.rule, on, cycle, moves, reports)
    as_of = _as_of(facts, on, cycle, reports)
    elapsed = None if due is None else elapsed_share(facts.first, due, as_of)
    inputs = _inputs(on, due, state, judgements, elapsed, missed=bool(missed), reported=bool(reports))
    return Case(
        item=item,
        row=row,
        cycle=cycle,
        state=state,
        dates=dates,
        due=due,
        moves=moves,
        reports=reports,
        as_of=as_of,
        goals=goals,
        figures=figures,
        judgements=judgements,
        differences=tuple(_differences(reports)),
        missed=missed,
        light=light_of(facts.rule, inputs),
    )


# --- deadlines and periods


def _cycle(item: Item, default: Cycle) -> Cycle:
    """How often a task is reported on: by its own words (每季度…), else as the office does."""
    words = "".join(
        tag.text
        for tag in item.deadlines
        if isinstance(tag.value, Deadline) and tag.value.kind is DeadlineKind.RECURRING
    )
    signs = (("月", Cycle.MONTHLY), ("季", Cycle.QUARTERLY), ("年", Cycle.YEARLY))
    return next((cycle for sign, cycle in signs if sign in words), default)


def _due(item: Item, last: date, moves: tuple[TaskMove, ...]) -> tuple[tuple[date, ...], date | None]:
    """All days that a task is due on, and the last of them or what it was extended to.

    A deadline without a day (汛前, 每季度), or none, means the report's last day; a rolling one none.
    """
    values = [tag.value for tag in item.deadlines if isinstance(tag.value, Deadline)]
    days = sorted({value.due for value in values if value.due})
    if not days and any(value.kind is DeadlineKind.ROLLING for value in values):
        return (), None
    days = days or [last]
    due = due_of(days[-1], moves)
    return (*days[:-1], due or days[-1]), due


def _missed(
    rule: LightRule, on: date, cycle: Cycle, moves: tuple[TaskMove, ...], reports: tuple[Progress, ...]
) -> tuple[Period, ...]:
    """The periods, since the task was given out and since the lead's last report, whose feedback has not come."""
    dispatched = next((move for move in moves if move.name is TaskMoveName.DISPATCH), None)
    if dispatched is None or state_of(moves) not in UNDER_WAY:
        return ()
    reported = max((period_of(r.period).last for r in reports if r.is_lead), default=date.min)
    overdue = overdue_periods(on, day_of(dispatched.at), cycle, rule.feedback_day)
    return tuple(period for period in overdue if period.last > reported)


def _as_of(facts: Facts, on: date, cycle: Cycle, reports: tuple[Progress, ...]) -> date:
    """The day that figures are held against: the end of the lead's last period, or of the last whose feedback is
    due if that is later, so that nobody gains by not reporting. Never after `on`.
    """
    ends = [period_of(report.period).last for report in reports if report.is_lead]
    overdue = overdue_periods(on, facts.first, cycle, facts.rule.feedback_day)
    ends += [period.last for period in overdue[-1:]]
    return min(on, max(ends, default=on))


# --- figures


def _figures(goals: tuple[Goal, ...], reports: tuple[Progress, ...]) -> dict[str, Figure]:
    """The lead's latest figure for each goal: a report that leaves one out leaves the one before standing."""
    known = {goal.id for goal in goals}
    return {
        figure.target_id: figure
        for report in reports
        if report.is_lead
        for figure in report.figures
        if figure.target_id in known and (figure.words or figure.value is not None)
    }


def _differences(reports: tuple[Progress, ...]) -> Iterable[Difference]:
    """Where a supporting unit reports another figure than the lead does for the same period."""
    leads = {(r.period, f.target_id): f for r in reports if r.is_lead for f in r.figures if f.words}
    for report in reports:
        for figure in report.figures if not report.is_lead else ():
            lead = leads.get((report.period, figure.target_id))
            if lead and figure.words and not _agree(lead, figure):
                yield Difference(figure.target_id, report.period, lead, report.unit, figure)


def _agree(one: Figure, other: Figure) -> bool:
    """Whether two figures are the same: as numbers, and where either is none, as words."""
    if one.value is None or other.value is None:
        return one.words == other.words
    return one.value == other.value


def _inputs(
    on: date,
    due: date | None,
    state: TaskState,
    judgements: tuple[Judgement, ...],
    elapsed: float | None,
    *,
    missed: bool,
    reported: bool,
) -> LightInputs:
    """What the light is judged by; of several targets that accumulate, the one that is furthest behind counts."""
    shares = [j.share for j in judgements if j.accumulates and j.share is not None]
    completed = min(shares, default=None)
    reached = bool(judgements) and all(judgement.reached for judgement in judgements)
    return LightInputs(
        on=on,
        due=due,
        is_rolling=due is None,
        is_closed=state is TaskState.CLOSED,
        is_done=reached or state in {TaskState.VERIFIED, TaskState.CLOSED},
        elapsed=elapsed,
        completed=completed,
        lag=None if completed is None or elapsed is None else elapsed - completed,
        is_feedback_missed=missed,
        has_progress=reported,
    )
