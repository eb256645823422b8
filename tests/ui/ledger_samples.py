"""A workspace on the sample whose tasks are given out and partly reported on: what tests of 台账 and 看板 share."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from app.domain import edits
from app.domain.changes import Change, Edit
from app.domain.edits import new_id
from app.domain.supervising import Case
from app.domain.task_moves import TaskMove, TaskMoveName
from app.workspace import Workspace
from app.workspace.supervising import Report

WAY = (TaskMoveName.REGISTER, TaskMoveName.DECOMPOSE, TaskMoveName.DISPATCH)


def confirmed(path: Path, author: str = "周宁") -> str:
    """The sample with every task accepted; returns the report's id."""
    with Workspace.create(path, sample=True, author=author) as workspace:
        (card,) = workspace.reports()
        workspace.apply(edits.accept(card.id, workspace.items(card.id)))
        return card.id


def give_out(workspace: Workspace, report_id: str, on: date) -> None:
    """Register, decompose and dispatch every task on a day."""
    me = workspace.person
    assert me is not None
    made = []
    for case in workspace.supervision.cases(report_id):
        for place, name in enumerate(WAY):
            at = datetime(on.year, on.month, on.day, 8, tzinfo=UTC) + timedelta(minutes=place)
            made.append(TaskMove(new_id(), report_id, case.id, name, at, me.id, me.name))
    workspace.apply(Change("交办", report_id, tuple(Edit(None, move) for move in made)))


def numbered(workspace: Workspace, report_id: str, number: int) -> Case:
    """The case of a number."""
    return next(case for case in workspace.supervision.cases(report_id) if case.row.number == number)


def with_target(workspace: Workspace, report_id: str) -> Case:
    """The first case that has a target that accumulates, and somebody who leads."""
    found = workspace.supervision.cases(report_id)
    return next(c for c in found if c.row.lead and any(j.accumulates for j in c.judgements))


def report(workspace: Workspace, report_id: str, case: Case, period: str, *figures: str, **texts: str) -> None:
    """Record what the lead reports."""
    told = dict(zip((goal.id for goal in case.goals), figures, strict=False))
    workspace.supervision.record_progress(
        report_id, case.id, Report(case.row.lead, period, told, **texts)  # type: ignore[arg-type]  # by name
    )
