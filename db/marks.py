"""A layer's tasks, tags, dismissals and marks, read by position: thousands before first paint."""

from collections.abc import Iterable
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    Select,
    String,
    bindparam,
    insert,
    literal,
    select,
    type_coerce,
)

from app.domain.marks import TASK, Mark
from app.domain.reports import Layer
from app.domain.tasks import Dismissal, Tag, Task
from db import tables
from db.columns import text_to_spans
from db.mapping import DISMISSALS, TAGS, TASKS, dismissal_of, tag_of, task_of

if TYPE_CHECKING:
    from app.domain.contents import Contents

_task, _tag, _dismissal = tables.task, tables.tag, tables.dismissal
_issued = tables.issued_number
_layer_id: BindParameter[str] = bindparam("layer_id")

_tasks = TASKS.every.where(_task.c.layer_id == _layer_id)
_tags = TAGS.every.where(_tag.c.layer_id == _layer_id)
_dismissals = DISMISSALS.every.where(_dismissal.c.layer_id == _layer_id).order_by(
    _dismissal.c.start, _dismissal.c.id
)
_task_marks = select(_task.c.id, _task.c.id, literal(TASK), type_coerce(_task.c.spans, String)).where(
    _task.c.layer_id == _layer_id
)
_tag_marks = select(_tag.c.id, _tag.c.task_id, _tag.c.kind, type_coerce(_tag.c.spans, String)).where(
    _tag.c.layer_id == _layer_id
)
_numbers = select(_issued.c.item_key, _issued.c.number).where(_issued.c.report_id == bindparam("report_id"))


def tasks(connection: Connection, layer_id: str) -> tuple[Task, ...]:
    """The stored tasks of a layer in text order, those without a source last."""
    return tuple(sorted(map(task_of, _rows(connection, _tasks, layer_id)), key=_place))


def tags(connection: Connection, layer_id: str) -> tuple[Tag, ...]:
    """The stored tags of a layer in text order, those without a place last."""
    return tuple(sorted(map(tag_of, _rows(connection, _tags, layer_id)), key=_place))


def dismissals(connection: Connection, layer_id: str) -> tuple[Dismissal, ...]:
    """The dismissals of a layer in text order."""
    return tuple(map(dismissal_of, _rows(connection, _dismissals, layer_id)))


def marks(connection: Connection, layer_id: str) -> list[Mark]:
    """The marks of a layer's stored tasks and tags in text order: one query and no object for each."""
    make = tuple.__new__  # a third quicker than Mark(...), and nothing else is done ten thousand times
    out: list[Mark] = []
    for chosen in (_task_marks, _tag_marks):
        cursor = connection.execute(chosen, {"layer_id": layer_id}).cursor
        for thing_id, task_id, kind, spans in cursor.fetchall():
            start, dash, end = spans.partition("-")
            if "," in end:
                out += [Mark(thing_id, task_id, kind, a, b, False) for a, b in text_to_spans(spans)]
            elif dash:
                out.append(make(Mark, (thing_id, task_id, kind, int(start), int(end), False)))
    out.sort(key=itemgetter(3))
    return out


def contents(connection: Connection, layer: Layer) -> "Contents":
    """A layer with everything stored in it."""
    from app.domain.contents import Contents

    return Contents(
        layer,
        tasks(connection, layer.id),
        tags(connection, layer.id),
        dismissals(connection, layer.id),
    )


def issued_numbers(connection: Connection, report_id: str) -> dict[str, int]:
    """The numbers that have gone out in a report's ledgers, by the id of the task or the key of the suggestion."""
    return {row[0]: row[1] for row in connection.execute(_numbers, {"report_id": report_id})}


def issue_numbers(connection: Connection, report_id: str, numbers: dict[str, int]) -> int:
    """Fix the numbers of those that have none yet; returns how many."""
    known = issued_numbers(connection, report_id)
    fresh = [
        {"report_id": report_id, "item_key": key, "number": number}
        for key, number in numbers.items()
        if key not in known
    ]
    if fresh:
        connection.execute(insert(_issued), fresh)
    return len(fresh)


def _rows(connection: Connection, chosen: Select[Any], layer_id: str) -> Iterable[Row[Any]]:
    return connection.execute(chosen, {"layer_id": layer_id}).fetchall()


def _place(thing: Task | Tag) -> tuple[int, str]:
    return thing.spans[0].start if thing.spans else 1 << 40, thing.id
