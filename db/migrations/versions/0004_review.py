"""Review: people, states, comments, decisions; what merging needs; one chain of records per file and workstation.

A task and a tag are known by their layer and id, since a reviewed layer holds its own version of each. Reports that
were read before get the id that their text gives them.

Revision: 0004
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PEOPLE = UUID("6f1c3a52-1c1e-4d52-9f0c-3f5ad8c6f4b1")
REPORTS = UUID("2b8f0a55-8f5e-4a1c-9a5e-4b0b7d0c7c11")
CHAINS = UUID("5d0c2f34-77c9-4a0e-a4b7-91c5d1a8f0e3")
EVERY_ROLE = '["annotator", "reviewer", "coordinator"]'
NOBODY = "本机用户"
"""Who is meant where a layer does not say whose it is."""

NEW = ("person", "passphrase", "comment", "decision", "dot", "context", "sibling", "chain")


def upgrade() -> None:
    unsound = _unsound()
    _name_reports()
    _remake_layers()
    _remake_marks()
    _remake_numbers()
    _create_people()
    _create_talk()
    _create_merging()
    _remake_log(unsound)


def downgrade() -> None:
    """Back to one layer and one key for each task and tag; what review made is lost."""
    bind = op.get_bind()
    for name in ("tag", "task", "dismissal"):
        bind.exec_driver_sql(
            f"DELETE FROM {name} WHERE layer_id IN (SELECT id FROM layer WHERE base_ids != '')"
        )
    for name in reversed(NEW):
        op.drop_table(name)
    bind.exec_driver_sql("DELETE FROM layer WHERE base_ids != ''")
    _remade("layer", _layers, "SELECT id, report_id, author, state, created FROM layer", is_old=True)
    _remade("task", _tasks, is_old=True)
    _remade("tag", _tags, is_old=True)
    _remade("dismissal", _dismissals, is_old=True)
    _remade(
        "issued_number",
        lambda name, _old: _numbers(name, "layer"),
        "SELECT layer.id, item_key, number FROM issued_number JOIN layer USING (report_id)"
        " GROUP BY issued_number.report_id, item_key",
        is_old=True,
    )
    _remake_old_log()


# --- reports and layers


def _name_reports() -> None:
    """Give every report the id that its text gives it, wherever it is named."""
    bind = op.get_bind()
    reports = bind.exec_driver_sql("SELECT id, text_sha256 FROM report").fetchall()
    places = (
        ("report", "id"),
        *(
            (name, "report_id")
            for name in ("section", "note", "suggestion_cache", "shown_cache", "layer", "change_log")
        ),
    )
    for old, text in reports:
        new = str(uuid5(REPORTS, text))
        for table, column in places:
            bind.exec_driver_sql(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (new, old))
        bind.exec_driver_sql(
            "UPDATE change_log SET edits = replace(edits, ?, ?) WHERE report_id = ?",
            (json.dumps(old), json.dumps(new), new),
        )
        bind.exec_driver_sql("UPDATE setting SET key = ? WHERE key = ?", (f"place:{new}", f"place:{old}"))
        bind.exec_driver_sql(
            "UPDATE setting SET value = ? WHERE key = 'last_report' AND value = ?",
            (json.dumps(new), json.dumps(old)),
        )


def _remake_layers() -> None:
    _remade("layer", _layers, "SELECT id, report_id, author, state, created, '', '', 0, NULL, 1 FROM layer")
    bind = op.get_bind()
    for layer_id, author in bind.exec_driver_sql("SELECT id, author FROM layer").fetchall():
        name = author.strip() or NOBODY
        bind.exec_driver_sql(
            "UPDATE layer SET author = ?, person_id = ? WHERE id = ?",
            (name, str(uuid5(PEOPLE, name)), layer_id),
        )


def _layers(name: str, is_old: bool) -> None:
    columns = [
        *_needed(sa.String(), "id", "report_id", "author", "state"),
        *_needed(sa.DateTime(), "created", is_nullable=True),
    ]
    if not is_old:
        columns += [
            *_needed(sa.String(), "person_id"),
            *_needed(sa.Text(), "base_ids"),
            *_needed(sa.Integer(), "revision"),
            *_needed(sa.DateTime(), "submitted", is_nullable=True),
            *_needed(sa.Integer(), "version"),
        ]
    op.create_table(
        name,
        *columns,
        _belongs("layer", "report_id", "report"),
        sa.PrimaryKeyConstraint("id", name="pk_layer"),
    )
    op.create_index("ix_layer_report_id", name, ["report_id"])


def _create_people() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_table(
        "passphrase",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("lanes", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_passphrase"),
    )
    bind = op.get_bind()
    bind.exec_driver_sql(
        "INSERT INTO person (id, name, roles, is_active, version)"
        " SELECT DISTINCT person_id, author, ?, 1, 1 FROM layer",
        (EVERY_ROLE,),
    )
    # a layer that nobody put anything into is begun again with its first edit
    bind.exec_driver_sql(
        "DELETE FROM layer WHERE NOT EXISTS (SELECT 1 FROM task WHERE layer_id = layer.id)"
        " AND NOT EXISTS (SELECT 1 FROM tag WHERE layer_id = layer.id)"
        " AND NOT EXISTS (SELECT 1 FROM dismissal WHERE layer_id = layer.id)"
        " AND NOT EXISTS (SELECT 1 FROM change_log WHERE instr(edits, layer.id))"
    )


# --- tasks, tags, dismissals, numbers


def _remake_marks() -> None:
    _remade("task", _tasks)
    _remade("tag", _tags)
    _remade("dismissal", _dismissals)


def _remade(
    name: str, make: Callable[[str, bool], None], chosen: str | None = "", *, is_old: bool = False
) -> None:
    """Make a table anew in another shape and fill it from the one that is there; None leaves it empty."""
    op.rename_table(name, f"{name}_before")
    bind = op.get_bind()
    for (index,) in bind.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
        (f"{name}_before",),
    ).fetchall():
        op.drop_index(index)
    make(name, is_old)
    if chosen is not None:
        source = chosen.replace(f"FROM {name}", f"FROM {name}_before").replace(f"{name}.", f"{name}_before.")
        bind.exec_driver_sql(f"INSERT INTO {name} {source or f'SELECT * FROM {name}_before'}")
    op.drop_table(f"{name}_before")


def _of_layer(name: str, columns: list[sa.Column[Any]], *, is_old: bool) -> None:
    """A table of what a layer holds."""
    more: list[sa.schema.SchemaItem] = []
    if name == "tag":
        here, there = (
            (["task_id"], ["task.id"])
            if is_old
            else (
                ["layer_id", "task_id"],
                ["task.layer_id", "task.id"],
            )
        )
        more = [
            sa.ForeignKeyConstraint(
                here, there, name=f"fk_tag_{'_'.join(here)}_task", initially="DEFERRED", deferrable=True
            )
        ]
    op.create_table(
        name,
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("layer_id", sa.String(), nullable=False),
        *columns,
        _belongs(name, "layer_id", "layer"),
        *more,
        sa.PrimaryKeyConstraint(*(["id"] if is_old else ["layer_id", "id"]), name=f"pk_{name}"),
    )
    if is_old:
        op.create_index(f"ix_{name}_layer_id", name, ["layer_id"])
    if name == "tag":
        columns_of_index = ["task_id"] if is_old else ["layer_id", "task_id"]
        op.create_index(f"ix_tag_{'_'.join(columns_of_index)}", "tag", columns_of_index)


def _needed(kind: sa.types.TypeEngine[Any], *names: str, is_nullable: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=is_nullable) for name in names]


def _tasks(name: str, is_old: bool) -> None:
    columns = [
        *_needed(sa.String(), "spans", "title"),
        *_needed(sa.Text(), "quote", "summary", "measures", "standard", "remarks"),
        *_needed(sa.String(), "leader", "person"),
        *_needed(sa.Boolean(), "is_confirmed"),
        *_needed(sa.String(), "parent_id"),
        *_needed(sa.Text(), "merged_ids"),
        *_needed(sa.String(), "origin", "reason"),
        *_needed(sa.Integer(), "version"),
    ]
    _of_layer(name, columns, is_old=is_old)


def _tags(name: str, is_old: bool) -> None:
    columns = [
        *_needed(sa.String(), "task_id", "kind", "spans"),
        *_needed(sa.Text(), "text"),
        *_needed(sa.String(), "indicator", "comparator", is_nullable=True),
        *_needed(sa.Float(), "low", "high", is_nullable=True),
        *_needed(sa.String(), "unit", "direction", "nature", "baseline", is_nullable=True),
        *_needed(sa.Boolean(), "is_cumulative", is_nullable=True),
        *_needed(sa.String(), "role", "name", "code", "unit_id", "deadline_kind", is_nullable=True),
        *_needed(sa.Date(), "due", is_nullable=True),
        *_needed(sa.String(), "origin", "reason"),
        *_needed(sa.Integer(), "version"),
    ]
    _of_layer(name, columns, is_old=is_old)


def _dismissals(name: str, is_old: bool) -> None:
    columns = [
        *_needed(sa.String(), "key"),
        *_needed(sa.Integer(), "start", "end"),
        *_needed(sa.String(), "reason"),
        *_needed(sa.Integer(), "version"),
    ]
    _of_layer(name, columns, is_old=is_old)


def _remake_numbers() -> None:
    _remade(
        "issued_number",
        lambda name, _old: _numbers(name, "report"),
        "SELECT report_id, item_key, min(number) FROM issued_number JOIN layer ON layer.id = layer_id"
        " GROUP BY report_id, item_key",
    )


def _numbers(name: str, owner: str) -> None:
    op.create_table(
        name,
        sa.Column(f"{owner}_id", sa.String(), nullable=False),
        sa.Column("item_key", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            [f"{owner}_id"], [f"{owner}.id"], name=f"fk_issued_number_{owner}_id_{owner}"
        ),
        sa.PrimaryKeyConstraint(f"{owner}_id", "item_key", name="pk_issued_number"),
    )


# --- comments and decisions, and what merging needs


def _belongs(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{target}.id"],
        name=f"fk_{table}_{column}_{target}",
        initially="DEFERRED",
        deferrable=True,
    )


def _create_talk() -> None:
    op.create_table(
        "comment",
        *_needed(sa.String(), "id", "report_id", "layer_id", "task_id"),
        *_needed(sa.Integer(), "start", "end", is_nullable=True),
        *_needed(sa.Text(), "text"),
        *_needed(sa.String(), "person_id", "who"),
        *_needed(sa.DateTime(), "at"),
        *_needed(sa.String(), "parent_id"),
        *_needed(sa.Boolean(), "is_resolved"),
        *_needed(sa.Integer(), "version"),
        _belongs("comment", "report_id", "report"),
        _belongs("comment", "layer_id", "layer"),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
    )
    op.create_index("ix_comment_report_id", "comment", ["report_id"])
    op.create_index("ix_comment_layer_id", "comment", ["layer_id"])
    op.create_table(
        "decision",
        *_needed(sa.String(), "id", "layer_id", "key", "field", "choice", "person_id", "who"),
        *_needed(sa.DateTime(), "at"),
        *_needed(sa.Text(), "reason", "first_seen", "second_seen"),
        *_needed(sa.Text(), "value", is_nullable=True),
        *_needed(sa.Integer(), "version"),
        _belongs("decision", "layer_id", "layer"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index("ix_decision_layer_id", "decision", ["layer_id"])


def _create_merging() -> None:
    dotted = ("scope", "kind", "object_id", "chain")
    op.create_table(
        "dot",
        *_needed(sa.String(), *dotted),
        *_needed(sa.Integer(), "position"),
        sa.PrimaryKeyConstraint(*dotted, "position", name="pk_dot"),
    )
    op.create_table(
        "context",
        *_needed(sa.String(), "scope", "chain"),
        *_needed(sa.Integer(), "position"),
        sa.PrimaryKeyConstraint("scope", "chain", name="pk_context"),
    )
    op.create_table(
        "sibling",
        *_needed(sa.String(), *dotted),
        *_needed(sa.Integer(), "position"),
        *_needed(sa.Text(), "payload", is_nullable=True),
        *_needed(sa.Text(), "origin"),
        sa.PrimaryKeyConstraint(*dotted, "position", name="pk_sibling"),
    )
    op.create_table(
        "chain",
        *_needed(sa.String(), "id", "workstation", "path"),
        *_needed(sa.Integer(), "seen", is_nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_chain"),
    )


# --- the log


def _log_table(name: str, is_old: bool) -> None:
    chained = [
        *_needed(sa.String(), "chain"),
        *_needed(sa.Integer(), "position"),
    ]
    hashed = [*_needed(sa.String(), "body_hash"), *_needed(sa.Boolean(), "is_redacted")]
    unforked = ("workstation", "previous") if is_old else ("chain", "position")
    op.create_table(
        name,
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        *_needed(sa.String(), "id"),
        *_needed(sa.DateTime(), "at"),
        *_needed(sa.String(), "who"),
        *([] if is_old else _needed(sa.String(), "person_id")),
        *_needed(sa.String(), "workstation", "label", "report_id"),
        *_needed(sa.Text(), "edits"),
        *([] if is_old else chained),
        *_needed(sa.String(), "previous"),
        *([] if is_old else hashed[:1]),
        *_needed(sa.String(), "hash"),
        *([] if is_old else hashed[1:]),
        sa.PrimaryKeyConstraint("seq", name="pk_change_log"),
        sa.UniqueConstraint("id", name="uq_change_log_id"),
        sa.UniqueConstraint(*unforked, name=f"uq_change_log_{'_'.join(unforked)}"),
    )
    op.create_index("ix_change_log_report_id_seq", name, ["report_id", "seq"])
    if is_old:
        op.create_index("ix_change_log_workstation_seq", name, ["workstation", "seq"])


OLD_BODY = ("id", "at", "who", "workstation", "label", "report_id", "edits", "previous")
BODY = ("id", "at", "who", "person_id", "workstation", "label", "report_id", "edits", "chain", "position")


def _rows() -> Iterator[dict[str, Any]]:
    cursor = op.get_bind().exec_driver_sql("SELECT * FROM change_log ORDER BY workstation, seq")
    names = list(cursor.keys())
    for row in cursor.fetchall():
        yield dict(zip(names, row, strict=True))


def _unsound() -> dict[int, str]:
    """What is wrong with an entry ("content" or "gap"), by its number: writing the hashes anew must not hide it."""
    found: dict[int, str] = {}
    last: dict[str, str] = {}
    for row in _rows():
        told = {name: row[name] for name in OLD_BODY}
        told["at"] = _moment(row["at"])
        if row["previous"] != last.get(row["workstation"], ""):
            found[row["seq"]] = "gap"
        if row["hash"] != _hash_of(told):
            found[row["seq"]] = "content"
        last[row["workstation"]] = row["hash"]
    return found


def _remake_log(unsound: dict[int, str]) -> None:
    """One chain for what each workstation wrote so far; where they were touched before, they stay unsound."""
    rows = list(_rows())
    _remade("change_log", _log_table, None)
    heads: dict[str, tuple[str, int, str]] = {}
    for row in rows:
        station = row["workstation"]
        chain, position, previous = heads.get(station) or (str(uuid5(CHAINS, row["id"])), 0, "")
        wrong = unsound.get(row["seq"])
        position += 2 if wrong == "gap" else 1
        person = str(uuid5(PEOPLE, row["who"])) if row["who"] else ""
        entry = {**row, "person_id": person, "chain": chain, "position": position, "previous": previous}
        told = {**{name: entry[name] for name in BODY}, "at": _moment(row["at"])}
        entry["body_hash"] = "" if wrong == "content" else _hash_of(told)
        entry["hash"] = hashlib.sha256((previous + entry["body_hash"]).encode()).hexdigest()
        entry["is_redacted"] = False
        _insert(entry)
        heads[station] = (chain, position, entry["hash"])
    for station, (chain, position, _) in heads.items():
        op.get_bind().exec_driver_sql(
            "INSERT INTO chain (id, workstation, path, seen) VALUES (?, ?, '', ?)", (chain, station, position)
        )


def _remake_old_log() -> None:
    """One chain of a workstation's entries again; what came only as hashes is left out."""
    rows = [row for row in _rows() if not row["is_redacted"]]
    _remade("change_log", _log_table, None, is_old=True)
    last: dict[str, str] = {}
    for row in rows:
        told = {name: row[name] for name in OLD_BODY} | {"previous": last.get(row["workstation"], "")}
        hashed = _hash_of({**told, "at": _moment(row["at"])})
        _insert({"seq": row["seq"], **told, "hash": hashed})
        last[row["workstation"]] = hashed


def _insert(entry: dict[str, Any]) -> None:
    names = ", ".join(entry)
    marks = ", ".join("?" for _ in entry)
    op.get_bind().exec_driver_sql(f"INSERT INTO change_log ({names}) VALUES ({marks})", tuple(entry.values()))


def _moment(stored: str) -> str:
    """A stored UTC time as the hashes have it."""
    return stored.replace(" ", "T") + "+00:00"


def _hash_of(told: dict[str, Any]) -> str:
    data = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(data.encode()).hexdigest()
