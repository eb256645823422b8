"""The change log: append only, one chain of hashes for each file and workstation."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from sqlalchemy import (
    Connection,
    Row,
    Select,
    String,
    Update,
    bindparam,
    func,
    insert,
    or_,
    select,
    type_coerce,
    update,
)

from app.domain import codec
from app.domain.changes import Edit, Stored
from db import tables

if TYPE_CHECKING:
    from app.domain.chains import Link

_log, _chain, _dot = tables.change_log, tables.chain, tables.dot


class Author(NamedTuple):
    """Who changes something, and at which workstation (a UUID of the user's own configuration)."""

    name: str
    workstation: str
    person_id: str = ""


class Head(NamedTuple):
    """The last entry of a chain: it stands for all before it."""

    chain: str
    position: int
    hash: str


class Entry(NamedTuple):
    """One transaction as the log tells it. `at` is UTC."""

    seq: int
    id: str
    at: datetime
    who: str
    workstation: str
    label: str
    report_id: str
    edits: tuple[Edit, ...]
    person_id: str = ""
    chain: str = ""
    position: int = 0
    hash: str = ""


PATH = "path"
"""The execution option of a writing connection that says which file it writes."""

_last = _log.alias()
LENGTH = (
    select(func.max(_last.c.position)).where(_last.c.chain == _chain.c.id).correlate(_chain).scalar_subquery()
)
"""How many entries of a chain stand here; None for none."""

# statements are made when first needed: a window opens without any of them


@cache
def _writing() -> Select[Any]:
    return (
        select(_chain.c.id, _log.c.position, _log.c.hash)
        .select_from(_chain.outerjoin(_log, (_log.c.chain == _chain.c.id) & (_log.c.position == LENGTH)))
        .where(
            _chain.c.workstation == bindparam("workstation"),
            _chain.c.path == bindparam("path"),
            _chain.c.seen.is_(None),
        )
    )


_newest = select(_log.c.chain, _log.c.position, _log.c.hash).order_by(_log.c.seq.desc()).limit(1)
_insert = insert(_log)


def append(
    connection: Connection, author: Author, label: str, report_id: str, edits: tuple[Edit, ...] = ()
) -> Head:
    """Add one entry to the chain of this file and workstation, in the transaction of what it tells."""
    from app.domain.chains import canonical, linked

    chain, position, previous = _end(connection, author.workstation)
    at = datetime.now(UTC)
    row = {
        "id": str(uuid4()),
        "at": at.isoformat(timespec="microseconds"),
        "who": author.name,
        "person_id": author.person_id,
        "workstation": author.workstation,
        "label": label,
        "report_id": report_id,
        "edits": canonical([_edit_data(edit) for edit in edits]),
    }
    link = linked(chain, position + 1, previous, row)
    connection.execute(_insert, _row_of(link, at))
    return Head(chain, link.position, link.hash)


def head(connection: Connection, workstation: str) -> Head | None:
    """The last entry of the workstation's chain in this file, else the file's newest; None for an empty log."""
    own = connection.execute(_writing(), {"workstation": workstation, "path": _path(connection)}).first()
    found = own if own is not None and own[1] else connection.execute(_newest).first()
    return Head(*found) if found is not None else None


def written_at(connection: Connection, position: int, beginning: str) -> datetime | None:
    """When the entry at a position was written whose hash begins so; None where there is none, or more than one."""
    chosen = select(_log.c.at).where(
        _log.c.position == position, _log.c.hash.startswith(beginning, autoescape=True)
    )
    found = connection.execute(chosen).scalars().all()
    return found[0] if len(found) == 1 else None


def entries(
    connection: Connection,
    report_id: str | None = None,
    limit: int | None = None,
    *,
    since: datetime | None = None,
    person_id: str = "",
    task_id: str = "",
) -> Iterator[Entry]:
    """The newest entries, newest first: those of one report, written later, of one person, that touched one task.

    What came only as hashes tells nothing and is left out.
    """
    chosen = select(_log).where(_log.c.is_redacted.is_(False)).order_by(_log.c.seq.desc()).limit(limit)
    if report_id is not None:
        chosen = chosen.where(_log.c.report_id == report_id)
    if since is not None:
        chosen = chosen.where(_log.c.at > since)
    if person_id:
        chosen = chosen.where(_log.c.person_id == person_id)
    if task_id:
        chosen = chosen.where(_log.c.edits.contains(json.dumps(task_id), autoescape=True))
    for row in connection.execute(chosen):
        yield _entry(row)


def length(connection: Connection) -> int:
    """The number of the newest entry: it grows with every transaction of whichever process."""
    return int(connection.execute(select(func.max(_log.c.seq))).scalar() or 0)


# --- chains


@cache
def _in_order() -> Select[Any]:
    """Moments as they are written: one that cannot be read was altered, and is told as such."""
    return select(
        *(column for column in _log.c if column is not _log.c.at), type_coerce(_log.c.at, String).label("at")
    ).order_by(_log.c.chain, _log.c.position)


def links(connection: Connection) -> "Iterator[Link]":
    """Every entry of every chain, in order."""
    for row in connection.execute(_in_order()):
        yield _link(row)


def problems(connection: Connection) -> list[str]:
    """What is wrong with the chains, one Chinese sentence per entry that does not fit; empty when all is well."""
    from app.domain import chains

    known = list(links(connection))
    ends = {link.chain: link.position for link in known}
    written = select(_dot.c.chain, func.max(_dot.c.position)).group_by(_dot.c.chain)
    cut = [
        f"记录链{chain[:8]}在第{ends.get(chain, 0)}条之后被截断：有内容写于第{position}条。"
        for chain, position in connection.execute(written)
        if position > ends.get(chain, 0)
    ]
    concealed = [
        f"记录链{chain[:8]}的第{position}条记录的内容被隐去。"
        for chain, position in connection.execute(_concealed())
    ]
    moved_behind = [
        f"记录链{chain[:8]}的第{position}条记录被排到了后一条的后面。"
        for chain, position in connection.execute(_out_of_order())
    ]
    return [*chains.problems(known), *cut, *concealed, *moved_behind]


def receive(connection: Connection, fresh: "Iterable[Link]") -> int:
    """Take in entries of a package; returns how many were not here, or only as hashes.

    ValueError where an entry of the same place says something else: such a package is refused before.
    """
    known = {(r.chain, r.position): r for r in connection.execute(_places())}
    added = 0
    for link in fresh:
        here = known.get((link.chain, link.position))
        if here is not None and here.hash != link.hash:
            raise ValueError(f"chain {link.chain} forks at {link.position}")
        if here is not None and (link.body is None or not here.is_redacted):
            continue
        at = datetime.fromisoformat(link.body["at"]) if link.body else datetime.fromtimestamp(0, UTC)
        row = _row_of(link, at)
        if here is None:
            _let_go(connection, link.chain)
            connection.execute(_insert, row)
        else:
            connection.execute(_fill(), {"its_hash": link.hash, **row})
        added += 1
    return added


def moved(connection: Connection, path: str) -> None:
    """Go on with the chains that are written here when the file is found at another path: it is no copy."""
    connection.execute(update(_chain).where(_chain.c.path == _path(connection)).values(path=path))


@cache
def _concealed() -> Select[Any]:
    """What was written in this file came here whole: nothing of it is known by its hashes alone."""
    return (
        select(_log.c.chain, _log.c.position)
        .join(_chain, _chain.c.id == _log.c.chain)
        .where(_log.c.is_redacted, or_(_chain.c.seen.is_(None), _log.c.position <= _chain.c.seen))
        .order_by(_log.c.chain, _log.c.position)
    )


@cache
def _out_of_order() -> Select[Any]:
    """The history is told in the order of the entries' numbers, which no hash covers."""
    _next = _log.alias()
    return (
        select(_log.c.chain, _log.c.position)
        .join(_next, (_next.c.chain == _log.c.chain) & (_next.c.position == _log.c.position + 1))
        .where(_next.c.seq < _log.c.seq)
        .order_by(_log.c.chain, _log.c.position)
    )


@cache
def _places() -> Select[Any]:
    return select(_log.c.chain, _log.c.position, _log.c.hash, _log.c.is_redacted)


@cache
def _fill() -> Update:
    return update(_log).where(_log.c.hash == bindparam("its_hash"))


@cache
def _others() -> Select[Any]:
    return select(_chain.c.id).where(
        _chain.c.workstation == bindparam("workstation"), _chain.c.seen.is_(None)
    )


@cache
def _seen() -> Update:
    return (
        update(_chain)
        .where(_chain.c.id == bindparam("chain"), _chain.c.seen.is_(None))
        .values(seen=func.coalesce(LENGTH, 0))
    )


@cache
def _own_end() -> Select[Any]:
    return (
        select(_log.c.hash)
        .where(_log.c.workstation == bindparam("workstation"))
        .order_by(_log.c.seq.desc())
        .limit(1)
    )


def _end(connection: Connection, workstation: str) -> Head:
    """Where the chain of this file and workstation goes on; begins one where there is none."""
    place = {"workstation": workstation, "path": _path(connection)}
    found = connection.execute(_writing(), place).first()
    if found is not None and found[1]:
        return Head(*found)
    if found is not None:
        return Head(found[0], 0, _before(connection, workstation))
    for (other,) in connection.execute(_others(), place).fetchall():  # of the file that this is a copy of
        _let_go(connection, other)
    chain = str(uuid4())
    connection.execute(insert(_chain), {"id": chain, **place, "seen": None})
    return Head(chain, 0, _before(connection, workstation))


def _before(connection: Connection, workstation: str) -> str:
    """What a new chain goes on from: the workstation's last entry in this file, else the newest of all."""
    own: str | None = connection.execute(_own_end(), {"workstation": workstation}).scalar()
    newest = None if own else connection.execute(_newest).first()
    return own or (newest[2] if newest is not None else "")


def _let_go(connection: Connection, chain: str) -> None:
    """A chain is written on elsewhere: what stands here is what this file has seen of it as a whole."""
    connection.execute(_seen(), {"chain": chain})


def _path(connection: Connection) -> str:
    path: str = connection.get_execution_options().get(PATH, "")
    return path


# --- rows


def _row_of(link: "Link", at: datetime) -> dict[str, Any]:
    body = link.body or {"id": f"{link.chain}/{link.position}"}
    told = {name: body.get(name, "") for name in _TOLD}
    place = {"chain": link.chain, "position": link.position, "previous": link.previous}
    hashes = {"body_hash": link.body_hash, "hash": link.hash, "is_redacted": link.body is None}
    return {**told, "at": at, **place, **hashes}


_TOLD = ("id", "who", "person_id", "workstation", "label", "report_id", "edits")


def _link(row: Row[Any]) -> "Link":
    from app.domain.chains import Link

    body = None
    if not row.is_redacted:
        told = {name: getattr(row, name) for name in (*_TOLD, "chain", "position")}
        body = {**told, "at": f"{row.at.replace(' ', 'T')}+00:00"}
    return Link(row.chain, row.position, row.previous, row.body_hash, row.hash, body)


def _edit_data(edit: Edit) -> list[object]:
    from db.kinds import MAPPINGS  # no window needs it to open

    kind = type(edit.after or edit.before)
    return [
        MAPPINGS[kind].name,
        edit.id,
        *(thing and codec.encode(thing) for thing in (edit.before, edit.after)),
    ]


def _entry(row: Row[Any]) -> Entry:
    edits = tuple(_edit(*data) for data in json.loads(row.edits))
    told = (row.seq, row.id, row.at, row.who, row.workstation, row.label, row.report_id, edits)
    return Entry(*told, row.person_id, row.chain, row.position, row.hash)


@cache
def _kinds() -> dict[str, type[Stored]]:
    from db.kinds import MAPPINGS

    return {mapping.name: kind for kind, mapping in MAPPINGS.items()}


def _edit(name: str, _id: str, before: codec.Json, after: codec.Json) -> Edit:
    kind = _kinds()[name]

    def thing(data: codec.Json) -> Stored | None:
        return codec.decode(kind, data) if data else None

    return Edit(thing(before), thing(after))
