"""The change log: append only, one chain of hashes per workstation."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from app.domain.changes import Edit, Stored
from db import codec, tables
from db.mapping import MAPPINGS

_log = tables.change_log
_KINDS = {mapping.name: kind for kind, mapping in MAPPINGS.items()}


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes something, and at which workstation (a UUID of the user's own configuration)."""

    name: str
    workstation: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One transaction as the log tells it. `at` is UTC."""

    seq: int
    id: str
    at: datetime
    who: str
    workstation: str
    label: str
    report_id: str
    edits: tuple[Edit, ...]


_last_hash = (
    select(_log.c.hash)
    .where(_log.c.workstation == bindparam("workstation"))
    .order_by(_log.c.seq.desc())
    .limit(1)
)
_insert = insert(_log)


def append(
    connection: Connection, author: Author, label: str, report_id: str, edits: tuple[Edit, ...] = ()
) -> None:
    """Add one entry to the workstation's chain, in the transaction of what it tells."""
    previous = connection.execute(_last_hash, {"workstation": author.workstation}).scalar() or ""
    row = {
        "id": str(uuid4()),
        "at": datetime.now(UTC),
        "who": author.name,
        "workstation": author.workstation,
        "label": label,
        "report_id": report_id,
        "edits": _canonical([_edit_data(edit) for edit in edits]),
        "previous": previous,
    }
    connection.execute(_insert, {**row, "hash": _hash_of(row)})


def entries(connection: Connection, report_id: str | None, limit: int) -> tuple[Entry, ...]:
    """The newest entries, newest first; those of one report if it is named."""
    chosen = select(_log).order_by(_log.c.seq.desc()).limit(limit)
    if report_id is not None:
        chosen = chosen.where(_log.c.report_id == report_id)
    return tuple(_entry(row) for row in connection.execute(chosen))


def length(connection: Connection) -> int:
    """The number of the newest entry: it grows with every transaction of whichever process."""
    return int(connection.execute(select(func.max(_log.c.seq))).scalar() or 0)


def problems(connection: Connection) -> list[str]:
    """What is wrong with the chains, one Chinese sentence per entry that does not fit; empty when all is well."""
    found: list[str] = []
    rows = connection.execute(select(_log).order_by(_log.c.workstation, _log.c.seq))
    for _, chain in groupby(rows, key=lambda row: row.workstation):
        previous = ""
        for row in chain:
            if row.previous != previous:
                found.append(f"第{row.seq}条记录（{row.label}）之前的记录被删改过。")
            if row.hash != _hash_of(row._asdict()):
                found.append(f"第{row.seq}条记录（{row.label}）的内容被改动过。")
            previous = row.hash
    return found


def _hash_of(row: dict[str, Any]) -> str:
    """SHA-256 over everything an entry says, its predecessor's hash included."""
    told = {name: value for name, value in row.items() if name not in ("seq", "hash")}
    told["at"] = row["at"].isoformat(timespec="microseconds")
    return hashlib.sha256(_canonical(told).encode()).hexdigest()


def _canonical(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _edit_data(edit: Edit) -> list[object]:
    kind = type(edit.after or edit.before)
    return [
        MAPPINGS[kind].name,
        edit.id,
        *(thing and codec.encode(thing) for thing in (edit.before, edit.after)),
    ]


def _entry(row: Row[Any]) -> Entry:
    edits = tuple(_edit(*data) for data in json.loads(row.edits))
    return Entry(row.seq, row.id, row.at, row.who, row.workstation, row.label, row.report_id, edits)


def _edit(name: str, _id: str, before: codec.Json, after: codec.Json) -> Edit:
    def thing(data: codec.Json) -> Stored | None:
        kind: type[Stored] = _KINDS[name]
        return codec.decode(kind, data) if data else None

    return Edit(thing(before), thing(after))
