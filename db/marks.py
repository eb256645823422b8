"""A layer's tasks, tags, dismissals and marks, read by position: thousands before first paint."""

import json
from collections.abc import Callable, Iterable
from functools import partial
from itertools import repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    Select,
    String,
    TableClause,
    bindparam,
    func,
    insert,
    literal,
    select,
    type_coerce,
)

from app.domain.marks import TASK, Mark
from app.domain.reports import Layer
from app.domain.tasks import Dismissal, Tag, Task
from db import tables
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


def _mark_columns(
    table: TableClause, task_id: ColumnElement[str], kind: ColumnElement[str]
) -> Select[tuple[str, ...]]:
    """What marks are made of, each column as one JSON list: ten thousand rows would take twice as long to fetch."""
    spans = type_coerce(table.c.spans, String)
    lists = (func.json_group_array(column, type_=String) for column in (table.c.id, task_id, kind, spans))
    return select(*lists).where(table.c.layer_id == _layer_id, spans != "")


_task_marks = _mark_columns(_task, _task.c.id, literal(TASK))
_tag_marks = _mark_columns(_tag, _tag.c.task_id, _tag.c.kind)
_mark: Callable[[tuple[str, str, str, int, int, bool]], Mark] = partial(tuple.__new__, Mark)
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
    """The marks of a layer's stored tasks and tags in text order: no row of its own for any of them."""
    out: list[Mark] = []
    for chosen in (_task_marks, _tag_marks):
        columns = [json.loads(words) for words in connection.execute(chosen, {"layer_id": layer_id}).one()]
        edges = "-".join(columns[3])
        if "," in edges:  # of something that has several spans
            apart = ((*row, span) for *row, spans in zip(*columns, strict=True) for span in spans.split(","))
            columns = list(zip(*apart, strict=True))
            edges = edges.replace(",", "-")
        if edges:
            places = [*map(int, edges.split("-"))]
            out += map(_mark, zip(*columns[:3], places[::2], places[1::2], repeat(False)))
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
