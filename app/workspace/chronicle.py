"""The history as a person may see it."""

from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import Connection

from app.domain.changes import Edit
from app.domain.people import Person
from app.domain.reports import Layer
from app.workspace.layers import visible_of
from db import changes, log, reports
from db.log import Entry


def history(
    connection: Connection,
    person: Person | None,
    report_id: str | None,
    limit: int,
    *,
    person_id: str = "",
    task_id: str = "",
) -> tuple[Entry, ...]:
    """The newest entries, newest first, without what was done in layers that the person may not see.

    Of one report, of one person, and of those that touched one task, where these are named.
    """
    shown = {
        layer.id
        for layers in reports.layers_by_report(connection).values()
        for layer in visible_of(layers, person)
    }
    found = log.entries(connection, report_id, person_id=person_id, task_id=task_id)
    told = (entry for entry in _told(found, shown) if not task_id or _touches(entry, task_id))
    return tuple(islice(told, limit))


def _told(entries: Iterable[Entry], shown: set[str]) -> Iterator[Entry]:
    """The entries with only those edits that may be seen; one of which nothing is left is left out.

    What a label says after its name may be about what is hidden: why a layer was returned.
    """
    for entry in entries:
        edits = tuple(edit for edit in entry.edits if _is_told(edit, shown))
        if all(_is_shown(edit, shown) for edit in entry.edits):
            yield entry
        elif edits:
            yield entry._replace(edits=edits, label=entry.label.partition("：")[0])


def _is_shown(edit: Edit, shown: set[str]) -> bool:
    layer_id = changes.layer_id_of(edit)
    return not layer_id or layer_id in shown


def _is_told(edit: Edit, shown: set[str]) -> bool:
    """Of a layer itself everything is told: its states are no secret."""
    return isinstance(edit.after or edit.before, Layer) or _is_shown(edit, shown)


def _touches(entry: Entry, task_id: str) -> bool:
    things = (thing for edit in entry.edits for thing in (edit.before, edit.after))
    return any(task_id in (getattr(t, "id", ""), getattr(t, "task_id", "")) for t in things)
