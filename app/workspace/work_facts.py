"""What is stored of a report's tasks as work, gathered: everything by the ids that the counting layer has today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from app.domain.directory import current, known_names
from app.domain.judged import Verdict, YearGoal
from app.domain.periods import Cycle
from app.domain.progress import Progress
from app.domain.supervising import Facts
from app.domain.task_moves import TaskMove
from app.domain.tasks import Item, Tag, Task
from app.domain.units import Unit
from app.workspace import exporting, work_settings
from db import reports, supervision
from db.engine import Store

if TYPE_CHECKING:
    from app.workspace.store import Workspace

Names = Mapping[str, str]
"""Today's ids of tasks and tags, by every id and suggestion's key they were ever known by."""


@dataclass(frozen=True, slots=True)
class Work:
    """A report's facts, and what is stored as it is stored."""

    facts: Facts
    names: Names
    progress: tuple[Progress, ...]
    moves: tuple[TaskMove, ...]
    verdicts: tuple[Verdict, ...]
    year_goals: tuple[YearGoal, ...]

    def stored(self) -> dict[tuple[str, str, str], Progress]:
        """Progress as it is stored, by today's task, its period and its unit."""
        return {(self.names.get(p.task_id, p.task_id), p.period, p.unit): p for p in self.progress}


def gathered(workspace: "Workspace", store: Store, report_id: str) -> Work:
    """The work on a report as the signed-in person may see it."""
    card = workspace.report(report_id)
    ledger, items = exporting.ledger_of(workspace, report_id)
    with store.reading() as connection:
        layers = [layer.id for layer in reports.layers(connection, report_id)]
        names = names_of(items, supervision.names(connection, layers))
        progress = supervision.progress(connection, report_id)
        moves = supervision.moves(connection, report_id)
        verdicts = supervision.verdicts(connection, report_id)
        year_goals = supervision.year_goals(connection, report_id)
    about = card.metadata
    facts = Facts(
        ledger,
        items,
        date(about.year, 1, 1),
        date(max(about.year, about.end_year), 12, 31),
        tuple(_renamed(p, names) for p in progress),
        tuple(replace(m, task_id=names.get(m.task_id, m.task_id)) for m in moves),
        work_settings.light_rule(workspace),
        Cycle(work_settings.cycle(workspace)),
        {names.get(v.target_id, v.target_id): v.reached for v in verdicts},
    )
    return Work(facts, names, progress, moves, verdicts, year_goals)


def names_of(items: Iterable[Item], others: Iterable[tuple[str, str, tuple[str, ...]]]) -> dict[str, str]:
    """What tasks and tags are called today. `others` are those of every layer: id, suggestion's key, merged ids.

    A suggestion that somebody else accepted, in a layer that counted before, is the same task by its key.
    """
    items = tuple(items)
    things: list[Task | Tag] = [item.task for item in items]
    things += [tag for item in items for tag in item.tags]
    names = {thing.id: thing.id for thing in things}
    keys = {thing.origin: thing.id for thing in things if thing.origin}
    merged = {old: item.task.id for item in items for old in item.task.merged_ids}
    names = {**merged, **keys, **names}
    for its_id, origin, merged_ids in others:
        today = names.get(its_id) or names.get(origin)
        for old in (its_id, *merged_ids) if today else ():
            names.setdefault(old, today or "")
    return names


def bodies(units: Iterable[Unit], named: Iterable[str]) -> dict[str, str]:
    """The names of units as the ledger has them today, by every name that the directory knows.

    `named` are those of the ledger.
    """
    units = tuple(units)
    found = {name: name for name in named}
    for unit in units:
        today = next((n for n in known_names(current(units, unit)) if n in found), None)
        for name in known_names(unit) if today else ():
            found.setdefault(name, today or "")
    return found


def _renamed(progress: Progress, names: Names) -> Progress:
    figures = tuple(replace(f, target_id=names.get(f.target_id, f.target_id)) for f in progress.figures)
    return replace(progress, task_id=names.get(progress.task_id, progress.task_id), figures=figures)
