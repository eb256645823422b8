"""Migrations make the schema that the mapping says, and bring every released file up to date."""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from app.domain.corrections import Correction
from app.domain.errors import UserError
from app.domain.people import EVERY_ROLE, entered
from app.domain.report import Level, Place
from app.domain.reports import Layer, LayerState, report_id_of
from app.domain.spans import Span
from app.domain.tasks import Comparator, Deadline, DeadlineKind, Owner, Role, Target, Task
from app.places import MIGRATIONS
from db import (
    changes,
    dots,
    experience,
    files,
    log,
    marks,
    office,
    people,
    reports,
    supervision,
    talk,
    upgrade,
)
from db.engine import Store, create_store, open_store
from db.schema import Base
from db.version import SCHEMA
from tests.stored import (
    COMMENT,
    DECISION,
    HERE,
    LAYER,
    MOVES,
    NING,
    PASSPHRASE,
    PRECEDENT,
    PROGRESS,
    REPORT,
    TASK,
    TEXT,
    UNIT,
    VERDICT,
    YEAR_GOALS,
    adding,
)

RELEASED = Path(__file__).parents[1] / "data"

NEXT = f"{SCHEMA + 1:04d}"
SECOND = f"""
import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{SCHEMA:04d}"
"""
SECOND += """


def upgrade() -> None:
    with op.batch_alter_table("report", recreate="always") as batch:
        batch.add_column(sa.Column("source", sa.String(), nullable=False, server_default="报送"))
    {more}
"""


def test_that_the_number_of_the_schema_is_that_of_the_newest_migration() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == f"{SCHEMA:04d}"


def test_that_migrations_and_mapping_agree(store: Store) -> None:
    options = {"compare_type": True, "compare_server_default": True}
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_that_migrations_and_mapping_agree_on_what_a_row_is_known_by(store: Store) -> None:
    with store.reading() as connection:
        told = inspect(connection)
        for table in Base.metadata.sorted_tables:
            known_by = [column.name for column in table.primary_key]
            assert (table.name, told.get_pk_constraint(table.name)["constrained_columns"]) == (
                table.name,
                known_by,
            )


def test_that_migrations_and_mapping_agree_on_when_references_are_checked(store: Store) -> None:
    with store.reading() as connection:
        told = inspect(connection)
        for table in Base.metadata.sorted_tables:
            ours = {
                tuple(each.column_keys): (each.deferrable, each.initially)
                for each in table.foreign_key_constraints
            }
            theirs = {
                tuple(each["constrained_columns"]): tuple(
                    map(each["options"].get, ("deferrable", "initially"))
                )
                for each in told.get_foreign_keys(table.name)
            }
            assert (table.name, theirs) == (table.name, ours)


def test_that_constraints_carry_their_names(store: Store) -> None:
    with store.bare() as connection:
        sql = "".join(row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql > ''"))
    for name in (
        "pk_task",
        "fk_tag_layer_id_task_id_task",
        "uq_report_text_sha256",
        "ix_tag_layer_id_task_id",
    ):
        assert name in sql
    assert sql.count("FOREIGN KEY") == 18
    assert sql.count("DEFERRABLE INITIALLY DEFERRED") == 12


@pytest.mark.parametrize("name", [f"workspace_v{number}.duban" for number in range(1, SCHEMA + 1)])
def test_that_a_file_of_every_released_schema_opens_with_what_it_held(tmp_path: Path, name: str) -> None:
    path = Path(shutil.copy(RELEASED / name, tmp_path / name))
    with closing(open_store(path)) as store, store.reading() as connection:
        (card,) = reports.cards(connection)
        (layer,) = reports.layers(connection, card.id)
        tasks = {task.id: task for task in marks.tasks(connection, layer.id)}
        tags = {tag.id: tag.value for tag in marks.tags(connection, layer.id)}
        assert (card.number, card.metadata.level, card.version) == (1, Level.DISTRICT, 1)
        assert reports.text(connection, card.id) == TEXT
        assert len(reports.sections(connection, card.id)) == 2
        assert [note.term for note in reports.notes(connection, card.id)] == ["泊位"]
        assert tasks["task-2"].spans == (Span(17, 24), Span(24, 35))
        assert tasks["task-2"].merged_ids == ("task-8", "task-9")
        assert isinstance(tags["tag-1"], Target)
        assert tags["tag-1"].comparator is Comparator.RANGE
        assert tags["tag-2"] == Owner(Role.LEAD, "区交通局", "交通", "u1")
        assert isinstance(tags["tag-6"], Deadline)
        assert tags["tag-6"].kind is DeadlineKind.EVENT
        assert [d.key for d in marks.dismissals(connection, layer.id)] == ["task:24-35"]
        assert [unit.aliases for unit in office.units(connection)] == [("交通局", "交通运输局")]
        assert marks.issued_numbers(connection, card.id) == {"task-1": 1, "task:24-35": 2}
        assert office.setting(connection, "place") == {"report": 1, "offset": 17}
        assert [entry.label for entry in log.entries(connection, None, 9)] == ["添加"]
        assert log.problems(connection) == []
        held = [PRECEDENT] if name != "workspace_v1.duban" else []
        assert list(experience.imported(connection)) == held
        assert people.people(connection) == (replace(NING, version=1),)
        if name >= "workspace_v4.duban":
            assert talk.comments(connection, card.id) == (replace(COMMENT, version=1),)
            assert talk.decisions(connection, LAYER) == (replace(DECISION, version=1),)
            assert people.passphrase(connection, NING.id) == PASSPHRASE
            assert len(dots.dots(connection, LAYER)) == 3
        if name >= "workspace_v5.duban":
            assert supervision.progress(connection, card.id) == (replace(PROGRESS, version=1),)
            assert supervision.moves(connection, card.id) == tuple(replace(m, version=1) for m in MOVES)
            assert supervision.verdicts(connection, card.id) == (replace(VERDICT, version=1),)
            assert supervision.year_goals(connection, card.id) == tuple(
                replace(goal, version=1) for goal in YEAR_GOALS
            )
            assert len(dots.dots(connection, card.id)) == 6


def _built(path: Path) -> dict[str, list[str]]:
    """What stands in the file by the name of each table and index: its lines, in whatever order they were said."""
    with closing(sqlite3.connect(path)) as connection:
        made = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql > ''").fetchall()
    return {name: sorted(line.strip(" ,\t") for line in sql.splitlines()) for name, sql in made}


@pytest.mark.parametrize("number", range(1, SCHEMA + 1))
def test_that_a_file_of_every_released_schema_is_built_as_a_new_one_once_it_is_open(
    file: Path, tmp_path: Path, number: int
) -> None:
    path = Path(shutil.copy(RELEASED / f"workspace_v{number}.duban", tmp_path / "released.duban"))
    open_store(path).close()
    assert _built(path) == _built(file)


@pytest.mark.parametrize("name", ["workspace_v5.duban", "workspace_v6.duban"])
def test_that_versions_corrections_and_places_are_there_from_the_sixth_schema_on(
    tmp_path: Path, name: str
) -> None:
    path = Path(shutil.copy(RELEASED / name, tmp_path / name))
    with closing(open_store(path)) as store, store.reading() as connection:
        (card,) = reports.cards(connection)
        (layer,) = reports.layers(connection, card.id)
        places = reports.places(connection, card.id)
        revised = {task.id: task.revised for task in marks.tasks(connection, layer.id)}
        revised |= {tag.id: tag.revised for tag in marks.tags(connection, layer.id)}
    is_there = name == "workspace_v6.duban"
    assert places == ((Place(0, 1, 1), Place(17, 2, 0, 1, 2, 3)) if is_there else ())
    assert (revised["task-2"], revised["tag-4"]) == (("新建泊位2个。", "扩建") if is_there else ("", ""))
    assert (revised["task-1"], revised["tag-2"]) == ("", "")
    assert card.supersedes == ("report-0" if is_there else "")
    assert card.corrections == ((Correction(17, 19, "兴建"),) if is_there else ())


def test_that_a_first_schema_file_can_take_in_experience_once_it_is_open(tmp_path: Path) -> None:
    path = Path(shutil.copy(RELEASED / "workspace_v1.duban", tmp_path / "旧.duban"))
    with closing(open_store(path)) as store:
        with store.writing() as connection:
            assert experience.keep(connection, [PRECEDENT]) == 1
        with store.reading() as connection:
            assert experience.imported(connection) == (PRECEDENT,)
    with closing(sqlite3.connect(path.with_name("旧.duban.v1"))) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


# --- people and layers


def older(tmp_path: Path, *statements: str, name: str = "workspace_v2.duban") -> Path:
    """A file of an older schema, after some statements."""
    path = Path(shutil.copy(RELEASED / name, tmp_path / "旧.duban"))
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


def test_that_the_authors_of_older_layers_become_people_with_every_role(tmp_path: Path) -> None:
    path = older(
        tmp_path,
        "INSERT INTO layer SELECT 'layer-2', report_id, ' 陈静 ', 'submitted', created FROM layer",
        "INSERT INTO dismissal SELECT 'd2', 'layer-2', key, start, end, reason, version FROM dismissal",
    )
    with closing(open_store(path)) as store, store.reading() as connection:
        known = people.people(connection)
        (card,) = reports.cards(connection)
        layers = {layer.id: layer for layer in reports.layers(connection, card.id)}
    ning, jing = (replace(entered(name, EVERY_ROLE), version=1) for name in ("周宁", "陈静"))
    assert {person.id: person for person in known} == {ning.id: ning, jing.id: jing}
    assert layers[LAYER] == Layer(LAYER, card.id, "周宁", person_id=ning.id, version=1)
    assert layers["layer-2"].person_id == jing.id
    assert layers["layer-2"].state is LayerState.SUBMITTED


def test_that_a_layer_without_a_name_is_somebodys(tmp_path: Path) -> None:
    path = older(tmp_path, "UPDATE layer SET author = ' '")
    with closing(open_store(path)) as store, store.reading() as connection:
        (person,) = people.people(connection)
        (layer,) = reports.layers_by_id(connection, [LAYER]).values()
    assert (person.name, layer.author, layer.person_id) == ("本机用户", "本机用户", person.id)


@pytest.mark.parametrize(
    ("statements", "is_left"),
    [
        (("DELETE FROM tag", "DELETE FROM task"), True),  # the dismissal is there
        (("DELETE FROM tag", "DELETE FROM dismissal"), True),
        (("DELETE FROM tag", "DELETE FROM task", "DELETE FROM dismissal"), True),  # the log tells of it
        (("DELETE FROM tag", "DELETE FROM task", "DELETE FROM dismissal", "DELETE FROM change_log"), False),
    ],
)
def test_that_a_layer_that_nobody_began_is_not_there_any_more(
    tmp_path: Path, statements: tuple[str, ...], is_left: bool
) -> None:
    with closing(open_store(older(tmp_path, *statements))) as store, store.reading() as connection:
        assert bool(reports.layers_by_id(connection, [LAYER])) is is_left
        (card,) = reports.cards(connection)
        assert marks.issued_numbers(connection, card.id) == {"task-1": 1, "task:24-35": 2}


def test_that_reports_get_the_id_of_their_text_wherever_they_are_named(tmp_path: Path) -> None:
    path = older(
        tmp_path,
        "INSERT INTO setting VALUES ('place:report-1', '7'), ('last_report', '\"report-1\"')",
        "INSERT INTO suggestion_cache VALUES ('report-1', 'x', x'00', '2026-01-01 00:00:00.000000')",
    )
    with closing(open_store(path)) as store, store.reading() as connection:
        (card,) = reports.cards(connection)
        assert card.id == report_id_of("text-1")
        assert office.setting(connection, f"place:{card.id}") == 7
        assert office.setting(connection, "last_report") == card.id
        (entry,) = log.entries(connection, card.id)
        assert {edit.after.layer_id for edit in entry.edits if isinstance(edit.after, Task)} == {LAYER}
        found = connection.exec_driver_sql("SELECT report_id FROM suggestion_cache").fetchall()
        assert [tuple(row) for row in found] == [(card.id,)]


# --- the log


def test_that_an_older_log_is_one_ended_chain_for_each_workstation(tmp_path: Path) -> None:
    with closing(open_store(older(tmp_path))) as store:
        with store.reading() as connection:
            (entry,) = log.entries(connection)
            assert (entry.position, entry.person_id) == (1, entered("周宁").id)
            assert dots.context(connection, "any") == {entry.chain: 1}
            assert dots.dots(connection, LAYER) == {}  # what was there before is nobody's word
            old = log.head(connection, "station-a")
        with store.writing() as connection:
            changes.apply(connection, adding(replace(UNIT, id="u9")), HERE)
            fresh = log.head(connection, "station-a")
            assert log.problems(connection) == []
        assert old is not None
        assert fresh is not None
        assert (fresh.chain != old.chain, fresh.position) == (True, 1)


def test_that_two_copies_of_an_older_file_upgrade_to_the_same_chain(tmp_path: Path) -> None:
    heads = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        with closing(open_store(older(tmp_path / folder))) as store, store.reading() as connection:
            heads.append(log.head(connection, "station-a"))
    assert heads[0] == heads[1]


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE change_log SET label = '别的'", "第1条记录（别的）的内容被改动过。"),
        ("UPDATE change_log SET previous = 'x'", "第1条记录（添加）的内容被改动过。"),
    ],
)
def test_that_upgrading_does_not_hide_what_was_altered_before(
    tmp_path: Path, statement: str, problem: str
) -> None:
    with closing(open_store(older(tmp_path, statement))) as store, store.reading() as connection:
        assert log.problems(connection) == [problem]


def test_that_upgrading_does_not_hide_what_was_removed_before(tmp_path: Path) -> None:
    with closing(sqlite3.connect(RELEASED / "workspace_v2.duban")) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(change_log)")]
    told = {"id": "second", "at": "2026-01-20T09:00:00.000000+00:00", "who": "", "workstation": "station-a"}
    told |= {"label": "后来", "report_id": "", "edits": "[]", "previous": "gone"}
    data = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    row = {**told, "seq": 3, "at": "2026-01-20 09:00:00.000000"}
    row["hash"] = hashlib.sha256(data.encode()).hexdigest()
    values = ", ".join(repr(row[name]) for name in columns)
    path = older(tmp_path, f"INSERT INTO change_log VALUES ({values})")
    with closing(open_store(path)) as store, store.reading() as connection:
        assert log.problems(connection) == ["第3条记录（后来）之前的记录被删改过。"]


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program with one migration more; returns its file, to be changed at will."""
    folder = tmp_path / "100% 迁移"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    second = folder / "versions" / f"{NEXT}_next.py"
    second.write_text(SECOND.format(more=""), encoding="utf-8")
    monkeypatch.setattr(upgrade, "MIGRATIONS", folder)
    for module in ("db.engine", "db.upgrade", "db.files"):
        monkeypatch.setattr(f"{module}.SCHEMA", SCHEMA + 1)
    return second


def test_that_an_older_file_is_copied_and_brought_up_to_date(filled: Store, newer: Path) -> None:
    path = filled.path
    filled.close()
    assert newer.exists()
    with closing(open_store(path)) as store:
        with store.bare() as connection:
            assert connection.execute("SELECT source FROM report").fetchall() == [("报送",)]
            assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA + 1,)
            assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        with store.reading() as connection:
            assert reports.text(connection, REPORT) == TEXT
            assert len(reports.layers(connection, REPORT)) == 1  # batch mode has not cascaded
    kept = path.with_name(f"云港.duban.v{SCHEMA}")
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
        assert connection.execute("SELECT text FROM report").fetchall() == [(TEXT,)]
    open_store(path).close()
    assert not path.with_name(f"云港.duban.v{SCHEMA}-2").exists()


def test_that_a_migration_that_loses_a_reference_changes_nothing(filled: Store, newer: Path) -> None:
    path = filled.path
    filled.close()
    newer.write_text(
        SECOND.format(more="op.execute(\"UPDATE layer SET report_id = 'gone'\")"), encoding="utf-8"
    )
    with pytest.raises(UserError, match="已损坏"):
        open_store(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
        assert connection.execute("SELECT id FROM layer").fetchall() == [(LAYER,)]
    assert path.with_name(f"云港.duban.v{SCHEMA}").exists()


def test_that_a_migration_that_fails_changes_nothing(filled: Store, newer: Path) -> None:
    path = filled.path
    filled.close()
    newer.write_text(SECOND.format(more="raise ZeroDivisionError"), encoding="utf-8")
    with pytest.raises(ZeroDivisionError):
        open_store(path)
    with closing(sqlite3.connect(path)) as connection:
        columns = {row[1] for row in connection.execute("PRAGMA table_info(report)")}
        assert "text" in columns
        assert "source" not in columns
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA,)


def test_that_a_new_file_is_made_by_every_migration(newer: Path, tmp_path: Path) -> None:
    assert newer.exists()
    path = tmp_path / "新.duban"
    create_store(path)
    files.check_backup(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(NEXT,)]


def test_that_migrations_can_be_taken_back(filled: Store) -> None:
    path = filled.path
    filled.close()
    store = Store(path, has_foreign_keys=False)
    with store.writing() as connection:
        command.downgrade(upgrade._config(connection), "base")
    with store.bare() as bare:
        names = {row[0] for row in bare.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    store.dispose()
    assert names == {"alembic_version"}


def test_that_the_log_is_whole_after_a_way_back_and_forth(filled: Store) -> None:
    with filled.writing() as connection:
        for thing in (TASK, UNIT):
            changes.apply(connection, adding(thing), HERE)
        before = [(entry.id, entry.at, entry.edits) for entry in log.entries(connection, None, 9)]
    path = filled.path
    filled.close()
    store = Store(path, has_foreign_keys=False)
    for way, to in ((command.downgrade, "0003"), (command.upgrade, "head")):
        with store.writing() as connection:
            way(upgrade._config(connection), to)
    with store.reading() as connection:
        after = [(entry.id, entry.at, entry.edits) for entry in log.entries(connection, None, 9)]
        assert log.problems(connection) == []
    store.dispose()
    assert after == before
    assert len(after) == 2


def test_that_the_next_migration_is_drafted_from_what_the_mapping_adds(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(upgrade, "MIGRATIONS", folder)
    with store.bare() as connection:
        connection.execute("ALTER TABLE unit DROP COLUMN telephone")
    upgrade.draft(store, "Telephones of units")
    (drafted,) = folder.glob(f"versions/{NEXT}_*.py")
    code = drafted.read_text(encoding="utf-8")
    compile(code, drafted.name, "exec")
    assert code.startswith('"""Telephones of units\n')
    assert f"revision = '{NEXT}'\ndown_revision = '{SCHEMA:04d}'\n" in code
    assert "with op.batch_alter_table('unit', schema=None) as batch_op:" in code
    assert "batch_op.add_column(sa.Column('telephone', sa.String(), nullable=False))" in code
