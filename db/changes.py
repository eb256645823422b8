"""Applying a change: every edit checked against what stands, all written or nothing."""

from dataclasses import replace

from sqlalchemy import Connection

from app.domain.changes import Change, Edit, Stored
from app.domain.errors import ConflictError
from app.domain.reports import ReportCard
from app.domain.tasks import Task
from db import log
from db.faults import CONFLICT
from db.log import Author
from db.mapping import MAPPINGS, taken_up

Place = tuple[type, str]
"""The class and the id of an object."""


def apply(connection: Connection, change: Change, author: Author) -> Change:
    """Write a change and its log entry; returns it with the new versions in `after`.

    An edit fits when what stands is what its `before` says, whatever its version: an undo after an undo comes
    with an old one. Raises ConflictError when one does not fit, with nothing written.
    """
    standing = _standing(connection, change)
    current = dict(standing)
    edits = tuple(_checked(edit, current) for edit in change.edits)
    _refuse_twins(connection, standing, current)
    _write(connection, standing, current)
    if edits:
        log.append(connection, author, change.label, change.report_id, edits)
    return replace(change, edits=edits)


def _standing(connection: Connection, change: Change) -> dict[Place, Stored | None]:
    """What stands in the places of all edits, before any of them."""
    found: dict[Place, Stored | None] = {_place(edit): None for edit in change.edits}
    for kind, mapping in MAPPINGS.items():
        ids = [i for k, i in found if k is kind]
        for thing in mapping.standing(connection, ids):
            found[kind, thing.id] = thing
    return found


def _place(edit: Edit) -> Place:
    kind = type(edit.after or edit.before)
    if kind is ReportCard and None in (edit.before, edit.after):
        raise ValueError("a report is imported with its text, and removed by its flag")
    return kind, edit.id


def _checked(edit: Edit, current: dict[Place, Stored | None]) -> Edit:
    """The edit as it is written, `current` brought up to it."""
    place = _place(edit)
    stands = current[place]
    if stands is None or edit.before is None:
        if stands is not edit.before:
            raise ConflictError(CONFLICT)
    elif replace(edit.before, version=stands.version) != stands:
        raise ConflictError(CONFLICT)
    past = stands or edit.after  # one that is put back goes on counting from where it was taken away
    after = edit.after and replace(edit.after, version=past.version + 1 if past else 1)
    current[place] = after
    return Edit(edit.before, after)


def _refuse_twins(
    connection: Connection, standing: dict[Place, Stored | None], current: dict[Place, Stored | None]
) -> None:
    """A suggestion becomes one task: two windows that accept the same one must not make two."""
    fresh = [t for p, t in current.items() if isinstance(t, Task) and t.origin and standing[p] is None]
    for layer_id in {task.layer_id for task in fresh}:
        origins = [task.origin for task in fresh if task.layer_id == layer_id]
        twins = ((Task, task_id) for task_id in taken_up(connection, layer_id, origins))
        if any(place not in current or current[place] is not None for place in twins):
            raise ConflictError(CONFLICT)


def _write(
    connection: Connection, standing: dict[Place, Stored | None], current: dict[Place, Stored | None]
) -> None:
    for kind, mapping in MAPPINGS.items():
        before = {place[1]: thing for place, thing in standing.items() if place[0] is kind}
        after = {i: current[kind, i] for i in before}
        mapping.delete(connection, [i for i, old in before.items() if old and not after[i]])
        mapping.update(connection, [new for i, new in after.items() if new and before[i]])
        mapping.insert(connection, [new for i, new in after.items() if new and not before[i]])
