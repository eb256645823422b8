"""A workspace on the sample whose tasks are given out and partly reported on: what tests of 台账 and 看板 share."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from app.domain import edits
from app.domain.changes import Change, Edit
from app.domain.edits import new_id
from app.domain.supervising import Case
from app.domain.task_moves import TaskMove, TaskMoveName
from app.workspace import Workspace
from app.workspace.supervising import Report

WAY = (TaskMoveName.REGISTER, TaskMoveName.DECOMPOSE, TaskMoveName.DISPATCH)
AUTHOR = "周宁"
GIVEN_OUT = date(2026, 1, 20)


@contextmanager
def _own_home(folder: str) -> Iterator[None]:
    before = os.environ.get("DUBAN_HOME")
    os.environ["DUBAN_HOME"] = folder
    try:
        yield
    finally:
        if before is None:
            del os.environ["DUBAN_HOME"]
        else:
            os.environ["DUBAN_HOME"] = before


@cache
def _file(*, is_given_out: bool) -> bytes:
    with tempfile.TemporaryDirectory() as folder, _own_home(folder):
        path = Path(folder, "云港.duban")
        with Workspace.create(path, sample=True, author=AUTHOR) as workspace:
            (card,) = workspace.reports()
            workspace.apply(edits.accept(card.id, workspace.items(card.id)))
            if is_given_out:
                give_out(workspace, card.id, GIVEN_OUT)
        return path.read_bytes()


def made(folder: Path, *, is_given_out: bool = True) -> Path:
    """A file of the sample with every task accepted and, if wanted, dispatched in January."""
    path = folder / "云港.duban"
    path.write_bytes(_file(is_given_out=is_given_out))
    return path


def give_out(workspace: Workspace, report_id: str, on: date) -> None:
    """Register, decompose and dispatch every task on a day."""
    me = workspace.person
    assert me is not None
    moves = []
    for case in workspace.supervision.cases(report_id):
        for place, name in enumerate(WAY):
            at = datetime(on.year, on.month, on.day, 8, tzinfo=UTC) + timedelta(minutes=place)
            moves.append(TaskMove(new_id(), report_id, case.id, name, at, me.id, me.name))
    workspace.apply(Change("交办", report_id, tuple(Edit(None, move) for move in moves)))


def with_target(workspace: Workspace, report_id: str) -> Case:
    """The first case with one target, which accumulates, and somebody who leads."""
    found = workspace.supervision.cases(report_id)
    return next(c for c in found if c.row.lead and len(c.goals) == 1 and c.judgements[0].accumulates)


def report(
    workspace: Workspace, report_id: str, case: Case, period: str, *figures: str, **texts: Any
) -> None:
    """Record what the lead reports."""
    told = dict(zip((goal.id for goal in case.goals), figures, strict=False))
    workspace.supervision.record_progress(report_id, case.id, Report(case.row.lead, period, told, **texts))
