"""Applying a change: every edit checked against what stands, all written or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection

from app.domain.changes import Change, Edit, Stored
from app.domain.errors import ConflictError, UserError
from app.domain.reports import Layer, ReportCard
from app.domain.tasks import Task
from db import dots, log, reports
from db.faults import CONFLICT
from db.kinds import MAPPINGS
from db.log import Author
from db.mapping import taken_up

Place = tuple[type, str, str]
"""The class of an object, the layer it is known by ("" where its id is enough), and its id."""
Standing = dict[Place, Stored | None]

WAITING = "这里有两份不同的改动还没有取舍，请先在“冲突”里选定一份，再接着改。"


def apply(
    connection: Connection,
    change: Change,
    author: Author,
    *,
    begun: Iterable[Layer] = (),
    layers: Mapping[str, Layer] | None = None,
) -> Change:
    """Write a change and its log entry; returns it with the new versions in `after`.

    An edit fits when what stands is what its `before` says, whatever its version: an undo after an undo comes
    with an old one. `begun` are layers that the change is the first to touch: they are written and logged with it,
    but are no part of it. `layers` are those that it touches, by id, for a caller who has read them. Raises
    ConflictError when an edit does not fit, UserError where other versions wait for a decision; nothing is
    then written.
    """
    done = change._replace(edits=written(connection, change.edits, begun))
    if not done.edits:
        return done
    known = layers_of(connection, change.edits) if layers is None else layers
    reviewed = {layer_id for layer_id, layer in known.items() if layer.is_reviewed}
    _refuse_waiting(connection, done, reviewed)
    all_edits = (*(Edit(None, layer) for layer in begun), *done.edits)
    head = log.append(connection, author, change.label, change.report_id, all_edits)
    dots.stamp(connection, all_edits, head, reviewed)
    return done


def written(connection: Connection, edits: tuple[Edit, ...], begun: Iterable[Layer] = ()) -> tuple[Edit, ...]:
    """Check and write edits without a log entry; returns them with the new versions in `after`.

    For what comes in with a package, whose own records tell who wrote it.
    """
    if not edits:
        return ()
    standing = _standing(connection, edits)
    current = dict(standing)
    done = tuple(_checked(edit, current) for edit in edits)
    _refuse_twins(connection, standing, current)
    MAPPINGS[Layer].insert(connection, list(begun))
    _write(connection, standing, current)
    return done


def layers_of(connection: Connection, edits: Iterable[Edit]) -> dict[str, Layer]:
    """The stored layers that edits touch, by id."""
    ids = {layer_id for edit in edits if (layer_id := layer_id_of(edit))}
    return reports.layers_by_id(connection, ids)


def layer_id_of(edit: Edit) -> str:
    """The id of the layer that an edit touches, "" for none."""
    thing = edit.after or edit.before
    if isinstance(thing, Layer):
        return thing.id
    return str(getattr(thing, "layer_id", ""))


def _keys(edits: Iterable[Edit], reviewed: set[str]) -> set[dots.Key]:
    things = (thing for edit in edits for thing in (edit.after or edit.before,) if thing is not None)
    return {key for thing in things if (key := dots.key_of(thing, reviewed)) is not None}


def _refuse_waiting(connection: Connection, change: Change, reviewed: set[str]) -> None:
    """Nothing is built on one of several versions before a person has chosen."""
    if dots.waiting(connection, _keys(change.edits, reviewed)):
        raise UserError(WAITING)


def _standing(connection: Connection, edits: tuple[Edit, ...]) -> Standing:
    """What stands in the places of all edits, before any of them."""
    found: Standing = {_place(edit): None for edit in edits}
    named: dict[tuple[type, str], list[str]] = {}
    for kind, owner, its_id in found:
        named.setdefault((kind, owner), []).append(its_id)
    for (kind, owner), ids in named.items():
        for thing in MAPPINGS[kind].standing(connection, ids, owner):
            found[kind, owner, thing.id] = thing
    return found


def _place(edit: Edit) -> Place:
    kind = type(edit.after or edit.before)
    if kind is ReportCard and None in (edit.before, edit.after):
        raise ValueError("a report is imported with its text, and removed by its flag")
    owners = {MAPPINGS[kind].owner_of(thing) for thing in (edit.before, edit.after) if thing is not None}
    if len(owners) > 1:
        raise ValueError("nothing is moved from layer to layer")
    return kind, owners.pop(), edit.id


def _checked(edit: Edit, current: Standing) -> Edit:
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


def _refuse_twins(connection: Connection, standing: Standing, current: Standing) -> None:
    """A suggestion becomes one task: two windows that accept the same one must not make two."""
    fresh = [t for p, t in current.items() if isinstance(t, Task) and t.origin and standing[p] is None]
    for layer_id in {task.layer_id for task in fresh}:
        origins = [task.origin for task in fresh if task.layer_id == layer_id]
        twins = ((Task, layer_id, task_id) for task_id in taken_up(connection, layer_id, origins))
        if any(place not in current or current[place] is not None for place in twins):
            raise ConflictError(CONFLICT)


def _write(connection: Connection, standing: Standing, current: Standing) -> None:
    for kind, mapping in MAPPINGS.items():
        pairs = [(old, current[place]) for place, old in standing.items() if place[0] is kind]
        mapping.delete(connection, [old for old, new in pairs if old and not new])
        mapping.update(connection, [new for old, new in pairs if new and old])
        mapping.insert(connection, [new for old, new in pairs if new and not old])
