"""Migrations make the schema that the mapping says, and bring every released file up to date."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.domain.errors import UserError
from app.domain.report import Level
from app.domain.spans import Span
from app.domain.tasks import Comparator, Deadline, DeadlineKind, Owner, Role, Target
from app.places import MIGRATIONS
from db import experience, files, log, marks, office, reports, upgrade
from db.engine import Store, create_store, open_store
from db.schema import Base
from db.version import SCHEMA
from tests.stored import LAYER, PRECEDENT, REPORT, TEXT

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


def test_that_constraints_carry_their_names(store: Store) -> None:
    with store.bare() as connection:
        sql = "".join(row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql > ''"))
    for name in ("pk_task", "fk_tag_task_id_task", "uq_report_text_sha256", "ix_tag_layer_id"):
        assert name in sql
    assert sql.count("FOREIGN KEY") == 9
    assert sql.count("DEFERRABLE INITIALLY DEFERRED") == 5


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
        assert marks.issued_numbers(connection, layer.id) == {"task-1": 1, "task:24-35": 2}
        assert office.setting(connection, "place") == {"report": 1, "offset": 17}
        assert [entry.label for entry in log.entries(connection, None, 9)] == ["添加"]
        assert log.problems(connection) == []
        held = [PRECEDENT] if name != "workspace_v1.duban" else []
        assert list(experience.imported(connection)) == held


def test_that_a_first_schema_file_can_take_in_experience_once_it_is_open(tmp_path: Path) -> None:
    path = Path(shutil.copy(RELEASED / "workspace_v1.duban", tmp_path / "旧.duban"))
    with closing(open_store(path)) as store:
        with store.writing() as connection:
            assert experience.keep(connection, [PRECEDENT]) == 1
        with store.reading() as connection:
            assert experience.imported(connection) == (PRECEDENT,)
    with closing(sqlite3.connect(path.with_name("旧.duban.v1"))) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


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
