"""What is stored of a report's tasks as work: progress, moves, verdicts, a plan's values by year."""

from collections.abc import Iterable, Iterator

from sqlalchemy import BindParameter, Connection, bindparam, select

from app.domain.changes import OfReport
from app.domain.judged import Verdict, YearGoal
from app.domain.progress import Progress
from app.domain.task_moves import TaskMove
from db import tables
from db.kinds import (
    PROGRESS,
    TASK_MOVES,
    VERDICTS,
    YEAR_GOALS,
    progress_of,
    task_move_of,
    verdict_of,
    year_goal_of,
)

_progress, _move, _verdict, _year = tables.progress, tables.task_move, tables.verdict, tables.year_target
_task, _tag = tables.task, tables.tag
_of: BindParameter[str] = bindparam("of")
_told = PROGRESS.every.where(_progress.c.report_id == _of).order_by(_progress.c.at, _progress.c.id)
_made = TASK_MOVES.every.where(_move.c.report_id == _of).order_by(_move.c.at, _move.c.id)
_said = VERDICTS.every.where(_verdict.c.report_id == _of).order_by(_verdict.c.id)
_by_year = YEAR_GOALS.every.where(_year.c.report_id == _of).order_by(_year.c.target_id, _year.c.year)
_layers: BindParameter[str] = bindparam("layers", expanding=True)
_task_names = select(_task.c.id, _task.c.origin, _task.c.merged_ids).where(_task.c.layer_id.in_(_layers))
_tag_names = select(_tag.c.id, _tag.c.origin).where(_tag.c.layer_id.in_(_layers))


def progress(connection: Connection, report_id: str) -> tuple[Progress, ...]:
    """What units reported on a report's tasks, the oldest first."""
    return tuple(progress_of(row) for row in connection.execute(_told, {"of": report_id}))


def moves(connection: Connection, report_id: str) -> tuple[TaskMove, ...]:
    """The moves of a report's tasks in order of time."""
    return tuple(task_move_of(row) for row in connection.execute(_made, {"of": report_id}))


def verdicts(connection: Connection, report_id: str) -> tuple[Verdict, ...]:
    """What persons said of a report's targets."""
    return tuple(verdict_of(row) for row in connection.execute(_said, {"of": report_id}))


def year_goals(connection: Connection, report_id: str) -> tuple[YearGoal, ...]:
    """A plan's values, target by target and year by year."""
    return tuple(year_goal_of(row) for row in connection.execute(_by_year, {"of": report_id}))


def of_report(connection: Connection, report_id: str) -> Iterator[OfReport]:
    """All of these of a report."""
    yield from progress(connection, report_id)
    yield from moves(connection, report_id)
    yield from verdicts(connection, report_id)
    yield from year_goals(connection, report_id)


def names(connection: Connection, layers: Iterable[str]) -> list[tuple[str, str, tuple[str, ...]]]:
    """By which names the tasks and tags of layers are known: id, the suggestion's key, the ids merged into it."""
    chosen = {"layers": list(layers)}
    tasks = [(row[0], row[1], row[2]) for row in connection.execute(_task_names, chosen)]
    return tasks + [(row[0], row[1], ()) for row in connection.execute(_tag_names, chosen)]
