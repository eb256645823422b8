"""What an outgoing document says of itself, and the rows of 督查台账 and of the sheets that units fill in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.domain.completion import Goal, Judgement
from app.domain.ledger import IndicatorRow
from app.domain.lights import COLOUR_NAMES
from app.domain.patterns import late
from app.domain.periods import Period, day_of
from app.domain.phrases import NATURES, due_words, figure_words
from app.domain.progress import Figure, Progress
from app.domain.supervising import Case
from app.domain.task_moves import TaskMoveName, last_of

LEADS, SUPPORTS = "牵头", "配合"
_BARE = late(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over, under and behind a document.

    `title` is the report's (云港区2026年政府工作报告), `office` who sends it, `day` the day on it. `fingerprint` and
    `head` are the workspace's and its log's, by which a returned workbook is known; texts of the caller's.
    """

    title: str
    office: str
    day: date
    fingerprint: str = ""
    head: str = ""
    report_id: str = ""

    @property
    def day_words(self) -> str:
        """2026年4月3日."""
        return f"{self.day.year}年{self.day.month}月{self.day.day}日"


@dataclass(frozen=True, slots=True)
class SupervisionRow:
    """One target of 督查台账, or one task without: texts, numbers (shares of 1) and days, None for an empty cell.

    `goal` is `figure` with its indicator. `id` is the target's, for a task without targets the task's. Texts belong to
    tasks: they stand in its first row (`is_first`), and the others say where. `unit` and `role` are those of the unit
    that a sheet is for.
    """

    number: str
    category: str
    matter: str
    source: str
    indicator: str
    baseline: str
    nature: str
    goal: str
    figure: str
    lead: str
    support: str
    leader: str
    person: str
    unit: str
    role: str
    deadline: str
    due: date | None
    cycle: str
    as_of: date | None
    actual: str | float
    completion: str | float
    elapsed: float | None
    text: str
    issues: str
    next_steps: str
    reported_by: str
    evidence: str
    state: str
    light: str
    why: str
    differences: str
    verdict: str
    closed: date | None
    id: str
    task_id: str
    is_first: bool


def supervision_rows(found: Iterable[Case]) -> tuple[SupervisionRow, ...]:
    """The rows of 督查台账: the lead's latest report on each task, and what is computed of it."""
    told = (_Told(case, case.row.lead, case.lead_report, case.figures, _as_of(case)) for case in found)
    return tuple(row for one in told for row in one.rows())


def unit_rows(found: Iterable[Case], unit: str, period: Period | None = None) -> tuple[SupervisionRow, ...]:
    """The rows of one unit, those it leads first: what itself reported for the period, or last.

    For a period nobody reported on the cells are empty, to be filled in; 截至日期 is the period's last day.
    """
    own = [case for case in found if unit and unit in (case.row.lead, *case.supports)]
    rows: list[SupervisionRow] = []
    for case in sorted(own, key=lambda case: case.row.lead != unit):
        report = case.report_of(unit, period.key if period else "")
        figures = {figure.target_id: figure for figure in report.figures} if report else {}
        rows += _Told(case, unit, report, figures, period.last if period else _as_of(case)).rows()
    return tuple(rows)


def indicator_rows(found: Iterable[Case], indicators: Iterable[IndicatorRow]) -> tuple[SupervisionRow, ...]:
    """The rows of 督查台账 that are 主要指标, numbered and in the order of that sheet."""
    by_id = {row.id: row for row in supervision_rows(found)}
    return tuple(replace(by_id[i.id], number=str(i.number)) for i in indicators if i.id in by_id)


def units_of(found: Iterable[Case]) -> tuple[str, ...]:
    """Every unit that leads or supports a task: first those that lead, in the ledger's order."""
    found = tuple(found)
    leads = [case.row.lead for case in found if case.row.lead]
    return tuple(dict.fromkeys((*leads, *(name for case in found for name in case.supports))))


def _as_of(case: Case) -> date | None:
    return case.as_of if case.reports else None


@dataclass(frozen=True, slots=True)
class _Told:
    """A case as one unit told of it."""

    case: Case
    unit: str
    report: Progress | None
    figures: Mapping[str, Figure]
    as_of: date | None

    def rows(self) -> Iterator[SupervisionRow]:
        """One row per target, or one for a task without."""
        judged = list(zip(self.case.goals, self.case.judgements, strict=True))
        if not judged:
            yield self._task(str(self.case.row.number), "")
        for place, (goal, judgement) in enumerate(judged, 1):
            number = str(self.case.row.number)
            own = f"{number}-{place}" if len(judged) > 1 else number
            plain = self._task(own, f"{number}-1" if place > 1 else "")
            yield self._of_target(plain, goal, judgement)

    def _of_target(self, row: SupervisionRow, goal: Goal, judgement: Judgement) -> SupervisionRow:
        target = goal.target
        figure = self.figures.get(goal.id)
        return replace(
            row,
            id=goal.id,
            indicator=target.indicator.strip() or goal.words,
            baseline=target.baseline.strip(),
            nature=NATURES[target.nature] if target.nature else "",
            goal=_goal_words(goal),
            figure=figure_words(target, goal.words),
            actual=_actual(figure) if figure else "",
            completion=judgement.words if judgement.share is None else judgement.share,
            elapsed=self.case.light.inputs.elapsed if judgement.accumulates else None,
            differences="；".join(
                f"{d.unit}报{d.figure.words}" for d in self.case.differences if d.target_id == goal.id
            ),
        )

    def _task(self, number: str, texts_at: str) -> SupervisionRow:
        """What every row of the task has. `texts_at`: the number of the row that has the texts, "" for this one."""
        case, row = self.case, self.case.row
        checked = last_of(case.moves, TaskMoveName.VERIFY, TaskMoveName.RETURN)
        closed = last_of(case.moves, TaskMoveName.CLOSE) if case.is_closed else None
        is_extended = last_of(case.moves, TaskMoveName.EXTEND) is not None
        return SupervisionRow(
            number=number,
            category=row.category,
            matter=case.item.task.summary.strip() or row.quote or row.summary,
            source=row.source,
            indicator="",
            baseline="",
            nature="",
            goal="",
            figure="",
            lead=row.lead,
            support=row.support,
            leader=row.leader,
            person=row.person,
            unit=self.unit,
            role=LEADS if self.unit == row.lead else SUPPORTS,
            deadline=f"{due_words(case.due)}（已延期）" if is_extended and case.due else row.deadline,
            due=case.due,
            cycle=case.cycle.value,
            as_of=self.as_of,
            actual="",
            completion="",
            elapsed=case.light.inputs.elapsed,
            text=self._text("text", texts_at),
            issues=self._text("issues", texts_at),
            next_steps=self._text("next_steps", texts_at),
            reported_by=self._text("reported_by", texts_at),
            evidence=f"见{texts_at}" if texts_at else "、".join(self.report.evidence if self.report else ()),
            state=case.state.value,
            light=COLOUR_NAMES[case.light.colour],
            why="；".join(case.light.why),
            differences="",
            verdict=checked.reason if checked else "",
            closed=day_of(closed.at) if closed else None,
            id=row.id,
            task_id=row.id,
            is_first=not texts_at,
        )

    def _text(self, name: str, texts_at: str) -> str:
        if texts_at:
            return f"见{texts_at}"
        told: str = getattr(self.report, name) if self.report else ""
        return told


def _goal_words(goal: Goal) -> str:
    """目标值 with its indicator: 新建中试平台 20个以上."""
    figure = figure_words(goal.target, goal.words)
    indicator = goal.target.indicator.strip()
    return figure if indicator in figure else f"{indicator} {figure}"


def _actual(figure: Figure) -> str | float:
    """A figure as it was typed, a bare number as a number."""
    is_bare = figure.value is not None and _BARE.fullmatch(figure.words)
    return figure.value if is_bare and figure.value is not None else figure.words
