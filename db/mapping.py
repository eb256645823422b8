"""Domain objects as rows and back: those that a window opens with; `db.kinds` has the others and the list of all.

Rows are read by position: columns stand in the order of the fields.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from enum import StrEnum
from functools import cached_property
from itertools import islice
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    LABEL_STYLE_NONE,
    ColumnElement,
    Connection,
    Delete,
    Insert,
    Select,
    TableClause,
    Update,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from app.domain.changes import Stored
from app.domain.corrections import Correction
from app.domain.people import Person
from app.domain.report import Level, Metadata, ReportKind
from app.domain.reports import Layer, LayerState, ReportCard
from app.domain.spans import Span
from app.domain.tasks import (
    Comparator,
    Deadline,
    DeadlineKind,
    Direction,
    Dismissal,
    Nature,
    Owner,
    Role,
    Tag,
    TagKind,
    Target,
    Task,
    Value,
)
from app.domain.units import Unit
from db import tables

Values = Sequence[Any]
"""A row's values by position."""

CHUNK = 500
"""How many ids one query asks for; every database takes that many parameters."""


class Mapping:
    """How one kind of object lies in its table: `name` in the log, its columns, and both directions.

    `is_layered`: it belongs to a layer, and is known by its layer and its id; `owner` is then the layer's id, else
    "".
    """

    def __init__(
        self,
        name: str,
        table: TableClause,
        values: Callable[[Any], Values],
        made: Callable[[Values], Stored],
        *,
        is_layered: bool = False,
    ) -> None:
        self.name = name
        self.made = made
        self.is_layered = is_layered
        self._values = values
        self.columns = [c for c in table.columns if c.name != "text" or table is not tables.report]
        self._table = table
        # read by position: giving every column a label of its own would be half of what compiling takes
        self.every = select(*self.columns).set_label_style(LABEL_STYLE_NONE)

    # what only an edit needs is made with the first one: making statements is a part of the program's start

    @cached_property
    def _some(self) -> Select[Any]:
        return self.every.where(self._owned(self._table.c.id.in_(bindparam("ids", expanding=True))))

    @cached_property
    def _insert(self) -> Insert:
        return insert(self._table)

    @cached_property
    def _update(self) -> Update:
        return update(self._table).where(self._owned(self._table.c.id == bindparam("its_id")))

    @cached_property
    def _delete(self) -> Delete:
        return delete(self._table).where(self._owned(self._table.c.id == bindparam("its_id")))

    def _owned(self, is_it: ColumnElement[bool]) -> ColumnElement[bool]:
        return (self._table.c.layer_id == bindparam("owner")) & is_it if self.is_layered else is_it

    def row_of(self, thing: Stored) -> dict[str, Any]:
        """The object's row, by column name."""
        values = [str(v) if isinstance(v, StrEnum) else v for v in self._values(thing)]
        return {column.name: value for column, value in zip(self.columns, values, strict=True)}

    def owner_of(self, thing: Stored) -> str:
        """The id of the layer that the object is known by, "" where its own id is enough."""
        return str(getattr(thing, "layer_id", "")) if self.is_layered else ""

    def standing(self, connection: Connection, ids: Iterable[str], owner: str = "") -> Iterator[Stored]:
        """The objects that are there, of those named of one owner."""
        left = iter(ids)
        while some := list(islice(left, CHUNK)):
            for row in connection.execute(self._some, self._named({"ids": some}, owner)):
                yield self.made(row)

    def insert(self, connection: Connection, things: list[Stored]) -> None:
        """Write objects that are not there yet."""
        if things:
            connection.execute(self._insert, [self.row_of(thing) for thing in things])

    def update(self, connection: Connection, things: list[Stored]) -> None:
        """Write objects over what is there."""
        if things:
            rows = [self._named({"its_id": t.id, **self.row_of(t)}, self.owner_of(t)) for t in things]
            connection.execute(self._update, rows)

    def delete(self, connection: Connection, things: list[Stored]) -> None:
        """Take the rows away."""
        if things:
            rows = [self._named({"its_id": t.id}, self.owner_of(t)) for t in things]
            connection.execute(self._delete, rows)

    def _named(self, parameters: dict[str, Any], owner: str) -> dict[str, Any]:
        return {**parameters, "owner": owner} if self.is_layered else parameters


def all_of(kind: type) -> Callable[[Any], Values]:
    """What reads every field of a dataclass, in order."""
    return attrgetter(*(f.name for f in fields(kind)))


_target_values, _owner_values, _deadline_values = all_of(Target), all_of(Owner), all_of(Deadline)
_NO_TARGET, _NO_OWNER, _NO_DEADLINE = ((None,) * len(fields(kind)) for kind in (Target, Owner, Deadline))


def _value_values(value: Value) -> Values:
    return (
        *(_target_values(value) if isinstance(value, Target) else _NO_TARGET),
        *(_owner_values(value) if isinstance(value, Owner) else _NO_OWNER),
        *(_deadline_values(value) if isinstance(value, Deadline) else _NO_DEADLINE),
    )


def _tag_values(tag: Tag) -> Values:
    place = (tag.id, tag.layer_id, tag.task_id, tag.kind, tag.spans, tag.text)
    return (*place, *_value_values(tag.value), tag.origin, tag.reason, tag.revised, tag.version)


def tag_of(row: Values) -> Tag:
    """The tag of a row; its value is of the kind whose first required column is filled."""
    tag_id, layer_id, task_id, kind, spans, text, *rest = row
    value: Value = None
    if rest[1] is not None:
        value = _target_of(rest)
    elif rest[9] is not None:
        value = Owner(_ROLES[rest[9]], *rest[10:13])
    elif rest[13] is not None:
        value = Deadline(_DEADLINE_KINDS[rest[13]], rest[14])
    return Tag(tag_id, layer_id, task_id, _TAG_KINDS[kind], spans, text, value, *rest[15:])


def _target_of(row: Values) -> Target:
    indicator, comparator, low, high, unit, direction, nature, baseline, is_cumulative, *_ = row
    return Target(
        indicator,
        _COMPARATORS[comparator],
        low,
        high,
        unit,
        direction and Direction(direction),
        nature and Nature(nature),
        baseline,
        is_cumulative,
    )


# a look-up costs a sixth of calling the enum, and there are thousands
_TAG_KINDS = {kind.value: kind for kind in TagKind}
_COMPARATORS = {comparator.value: comparator for comparator in Comparator}
_ROLES = {role.value: role for role in Role}
_DEADLINE_KINDS = {kind.value: kind for kind in DeadlineKind}


def task_of(row: Values) -> Task:
    """The task of a row."""
    return Task(*row)


def _dismissal_values(dismissal: Dismissal) -> Values:
    place = (dismissal.id, dismissal.layer_id, dismissal.key, dismissal.span.start, dismissal.span.end)
    return (*place, dismissal.reason, dismissal.version)


def dismissal_of(row: Values) -> Dismissal:
    """The dismissal of a row."""
    return Dismissal(row[0], row[1], row[2], Span(row[3], row[4]), row[5], row[6])


def unit_of(row: Values) -> Unit:
    """The unit of a row."""
    return Unit(*row)


_metadata_values = all_of(Metadata)
_file_values = attrgetter(
    "source_name", "file_sha256", "text_sha256", "encoding", "imported", "is_removed", "supersedes"
)


def _card_values(card: ReportCard) -> Values:
    corrections = json.dumps(card.corrections, ensure_ascii=False) if card.corrections else ""
    begin = (card.id, card.number, *_metadata_values(card.metadata))
    return (*begin, *_file_values(card), corrections, card.version)


def card_of(row: Values) -> ReportCard:
    """The report card of a row without its text."""
    title, issuer, document_number, issued, year, end_year, level, kind = row[2:10]
    metadata = Metadata(
        title, issuer, document_number, issued, year, end_year, Level(level), ReportKind(kind)
    )
    decided = tuple(Correction(*one) for one in json.loads(row[17])) if row[17] else ()
    return ReportCard(row[0], row[1], metadata, *(*row[10:17], decided, row[18]))


_LAYER_STATES = {state.value: state for state in LayerState}


def layer_of(row: Values) -> Layer:
    """The layer of a row."""
    return Layer(row[0], row[1], row[2], _LAYER_STATES[row[3]], *row[4:])


def person_of(row: Values) -> Person:
    """The person of a row."""
    return Person(*row)


LAYERS = Mapping("layer", tables.layer, all_of(Layer), layer_of)
TASKS = Mapping("task", tables.task, all_of(Task), task_of, is_layered=True)
TAGS = Mapping("tag", tables.tag, _tag_values, tag_of, is_layered=True)
DISMISSALS = Mapping("dismissal", tables.dismissal, _dismissal_values, dismissal_of, is_layered=True)
PEOPLE = Mapping("person", tables.person, all_of(Person), person_of)
UNITS = Mapping("unit", tables.unit, all_of(Unit), unit_of)
REPORTS = Mapping("report", tables.report, _card_values, card_of)


def taken_up(connection: Connection, layer_id: str, origins: list[str]) -> Iterator[str]:
    """The ids of a layer's tasks that were made of these suggestions."""
    table = tables.task
    chosen = select(table.c.id).where(table.c.layer_id == layer_id)
    for at in range(0, len(origins), CHUNK):
        yield from connection.execute(chosen.where(table.c.origin.in_(origins[at : at + CHUNK]))).scalars()
