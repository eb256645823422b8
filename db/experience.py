"""What the workspace knows of owners: the rows of earlier ledgers, and the decided tasks of every report."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, select

from app.domain.experience import Precedent, precedent_of
from app.domain.reports import ReportCard
from app.domain.tasks import Owner, Role, Tag
from db import tables
from db.mapping import TAGS, TASKS, tag_of, task_of

_precedent, _task, _tag = tables.precedent, tables.task, tables.tag
_rows = select(*_precedent.c).order_by(_precedent.c.year.desc(), _precedent.c.id)
_any_row = select(_precedent.c.id).limit(1)
_layers: BindParameter[str] = bindparam("layers", expanding=True)
_in_layers = _tag.c.layer_id.in_(_layers)
_leads = _in_layers & (_tag.c.role == Role.LEAD.value)
_any_lead = select(_tag.c.id).where(_leads).limit(1)
_owners = TAGS.every.where(_in_layers, _tag.c.role.is_not(None))
_decided = TASKS.every.where(
    _task.c.layer_id.in_(_layers), _task.c.id.in_(select(_tag.c.task_id).where(_leads))
)


def imported(connection: Connection) -> tuple[Precedent, ...]:
    """The rows of earlier ledgers, the newest first."""
    return tuple(
        Precedent(
            row_id,
            text,
            Owner(Role.LEAD, lead),
            tuple([Owner(Role.SUPPORT, name) for name in supports]),
            source,
            year,
        )
        for row_id, text, lead, supports, source, year in connection.execute(_rows)
    )


def has_any(connection: Connection, layers: Iterable[str]) -> bool:
    """Whether there is a row of a ledger, or a decided lead in any of these layers."""
    if connection.execute(_any_row).first():
        return True
    ids = list(layers)
    return bool(ids) and connection.execute(_any_lead, {"layers": ids}).first() is not None


def decided(connection: Connection, layers: dict[str, ReportCard]) -> tuple[Precedent, ...]:
    """The tasks of these layers with a decided lead. `layers` gives the report that each lies over."""
    tags: defaultdict[str, list[Tag]] = defaultdict(list)
    ids = {"layers": list(layers)}
    for row in connection.execute(_owners, ids):
        tag = tag_of(row)
        tags[tag.task_id].append(tag)
    found = []
    for row in connection.execute(_decided, ids):
        task = task_of(row)
        about = layers[task.layer_id].metadata
        precedent = precedent_of(task, tags[task.id], about.title, about.year)
        if precedent is not None:
            found.append(precedent._replace(start=-1))
    return tuple(found)


def keep(connection: Connection, precedents: Iterable[Precedent]) -> int:
    """Take in rows of a ledger; returns how many were not there before.

    What a ledger of the same year says of the same words is replaced, so that a corrected one counts alone.
    """
    fresh = {precedent.id: precedent for precedent in precedents}
    spoken_of = {(p.year, p.text) for p in fresh.values()}
    standing = imported(connection)
    there = {p.id for p in standing}
    gone = [{"its_id": p.id} for p in standing if (p.year, p.text) in spoken_of and p.id not in fresh]
    if gone:
        connection.execute(delete(_precedent).where(_precedent.c.id == bindparam("its_id")), gone)
    rows = [_row(precedent) for precedent in fresh.values() if precedent.id not in there]
    if rows:
        connection.execute(insert(_precedent), rows)
    return len(rows)


def _row(precedent: Precedent) -> dict[str, object]:
    return {
        "id": precedent.id,
        "text": precedent.text,
        "lead": precedent.lead.name,
        "supports": tuple(owner.name for owner in precedent.supports),
        "source": precedent.source,
        "year": precedent.year,
    }
