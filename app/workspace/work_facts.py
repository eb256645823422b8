"""What is stored of a report's tasks as work, gathered: everything by the ids that the counting layer has today."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from app.domain.changes import Edit
from app.domain.directory import current, known_names
from app.domain.judged import Verdict, YearGoal
from app.domain.periods import Cycle
from app.domain.progress import Progress
from app.domain.supervising import Facts
from app.domain.task_moves import TaskMove
from app.domain.tasks import Item, Tag, Task
from app.domain.units import Unit
from app.workspace import exporting, work_settings
from db import log, reports, supervision
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
        tuple(_moved(m, names) for m in moves),
        work_settings.light_rule(workspace),
        Cycle(work_settings.cycle(workspace)),
        _verdicts(verdicts, names),
    )
    return Work(facts, names, progress, moves, verdicts, year_goals)


def followed(work: Work, edits: Sequence[Edit]) -> Work:
    """The work after edits of nothing but work on its report, in their order: what gathering it anew would give."""
    facts, names = work.facts, work.names
    progress, moves = _last(edits, Progress), _last(edits, TaskMove)
    said = _with(work.verdicts, _last(edits, Verdict), lambda v: v.id)
    facts = replace(
        facts,
        progress=_with(facts.progress, {k: p and _renamed(p, names) for k, p in progress.items()}, _in_time),
        moves=_with(facts.moves, {k: m and _moved(m, names) for k, m in moves.items()}, _in_time),
        verdicts=_verdicts(said, names),
    )
    return Work(
        facts,
        names,
        _with(work.progress, progress, _in_time),
        _with(work.moves, moves, _in_time),
        said,
        _with(work.year_goals, _last(edits, YearGoal), lambda g: (g.target_id, g.year)),
    )


WORK = (Progress, TaskMove, Verdict, YearGoal)
"""What leaves the tasks that it is done on as they are."""

_Told = TypeVar("_Told", Progress, TaskMove, Verdict, YearGoal)


def _last(edits: Sequence[Edit], kind: type[_Told]) -> dict[str, _Told | None]:
    """What edits leave of things of a kind, by id; None for what they take away."""
    return {
        edit.id: after if isinstance(after := edit.after, kind) else None
        for edit in edits
        if isinstance(edit.after or edit.before, kind)
    }


def _with(
    stood: tuple[_Told, ...], fresh: Mapping[str, _Told | None], order: Callable[[_Told], Any]
) -> tuple[_Told, ...]:
    if not fresh:
        return stood
    kept = [thing for thing in stood if thing.id not in fresh]
    return tuple(sorted(kept + [thing for thing in fresh.values() if thing is not None], key=order))


def _in_time(thing: Progress | TaskMove) -> tuple[datetime, str]:
    return thing.at, thing.id


class Gathered:
    """The work on a workspace's reports as it stands, whoever wrote last.

    Gathering it takes the whole ledger. Where the log has told of nothing but work since, it follows what was written.
    """

    def __init__(self, workspace: "Workspace", store: Store) -> None:
        self._workspace = workspace
        self._store = store
        self._kept: dict[str, tuple[_State, Work]] = {}

    def of(self, report_id: str) -> Work:
        """The work on a report as the signed-in person may see it."""
        person, today = self._workspace.person, datetime.now().astimezone().date()
        now = _State(self._workspace.log_length(), person.id if person else "", today)
        before, work = self._kept.get(report_id, (None, None))
        if work is None or before != now:
            edits = self._edits(before, now, report_id) if before else None
            if work is None or edits is None:
                work = gathered(self._workspace, self._store, report_id)
            else:
                work = self._headed(followed(work, edits))
            self._kept[report_id] = (now, work)
        return work

    def _edits(self, before: "_State", now: "_State", report_id: str) -> list[Edit] | None:
        """The edits of a report that were written since; None where they may have touched more than work."""
        count = now.length - before.length
        if before[1:] != now[1:] or not 0 < count <= MOST_ENTRIES:
            return None
        with self._store.reading() as connection:
            entries = tuple(reversed(tuple(log.entries(connection, limit=count))))
        if [entry.seq for entry in entries] != list(range(before.length + 1, now.length + 1)):
            return None  # of some nothing came but the hash, or one was written just now
        things = [[edit.after or edit.before for edit in entry.edits] for entry in entries]
        # an entry that tells of no edits may have changed anything: a setting, what came with a package
        if not all(told and all(isinstance(thing, WORK) for thing in told) for told in things):
            return None
        return [
            edit
            for entry in entries
            for edit in entry.edits
            if isinstance(thing := edit.after or edit.before, WORK) and thing.report_id == report_id
        ]

    def _headed(self, work: Work) -> Work:
        """The work with the mark of the log as it is now on its ledger."""
        ledger = work.facts.ledger
        summary = replace(ledger.summary, head=exporting.head_mark(self._workspace))
        return replace(work, facts=replace(work.facts, ledger=replace(ledger, summary=summary)))


class _State(NamedTuple):
    """What the work that was gathered depends on: how far the log was, for whom, on which day."""

    length: int
    person_id: str
    on: date


MOST_ENTRIES = 20
"""So many entries of the log are followed; where more were written, gathering anew takes no longer."""


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


def _moved(move: TaskMove, names: Names) -> TaskMove:
    return replace(move, task_id=names.get(move.task_id, move.task_id))


def _verdicts(verdicts: Iterable[Verdict], names: Names) -> dict[str, bool]:
    return {names.get(v.target_id, v.target_id): v.reached for v in verdicts}
