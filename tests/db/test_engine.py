"""A workspace file is opened, written and closed safely; what cannot be opened is refused in plain words."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from unittest.mock import Mock

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DatabaseError, IntegrityError

from app.domain.errors import UserError
from app.domain.tasks import Task
from db import files, office
from db.engine import Store, create_store, open_store
from db.mapping import TASKS
from db.schema import ReportRow, table_of
from db.version import SCHEMA
from tests.stored import LAYER, put_report


def pragma(store: Store, name: str) -> object:
    with store.bare() as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def beside(path: Path) -> set[str]:
    return {p.name for p in path.parent.iterdir()}


def test_that_a_new_file_says_whose_and_of_which_version_it_is(file: Path) -> None:
    header = file.read_bytes()[:100]
    assert header[:16] == b"SQLite format 3\0"
    assert header[68:72] == b"DUBA"
    assert int.from_bytes(header[60:64], "big") == SCHEMA == 6


def test_that_an_open_file_is_logged_ahead_kept_whole_and_checked(store: Store) -> None:
    assert pragma(store, "journal_mode") == "wal"
    assert pragma(store, "synchronous") == 2
    assert pragma(store, "foreign_keys") == 1
    assert store.warnings == ()


def test_that_closing_leaves_one_whole_file(file: Path) -> None:
    store = open_store(file)
    put_report(store)
    assert beside(file) == {"云港.duban", "云港.duban-wal", "云港.duban-shm"}
    store.close()
    assert beside(file) == {"云港.duban"}
    assert "云港区政府工作报告".encode() in file.read_bytes()


def test_that_closing_twice_touches_nothing_the_second_time(file: Path) -> None:
    store = open_store(file)
    store.close()
    file.rename(file.with_name("别处.duban"))
    store.close()
    assert beside(file) == {"别处.duban"}


def test_that_a_file_moved_away_is_not_made_anew(file: Path) -> None:
    store = Store(file)
    file.rename(file.with_name("别处.duban"))
    with pytest.raises(UserError, match=r"不见了.*。$"):
        put_report(store)
    assert beside(file) == {"别处.duban"}


def test_that_a_new_file_is_not_made_over_another(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(FileExistsError):
        create_store(file)
    assert file.read_bytes() == before


def test_that_a_share_does_without_the_log_ahead_and_says_so(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(file).close()
    monkeypatch.setattr("db.shares.is_network", lambda path: path == file)
    with closing(open_store(file)) as store:
        assert pragma(store, "journal_mode") == "delete"
        assert len(store.warnings) == 1
        assert store.warnings[0].startswith("工作区“云港.duban”在网络共享上")
        assert store.warnings[0].endswith("。")
        put_report(store)
        assert beside(file) == {"云港.duban"}


def test_that_a_file_brought_back_from_a_share_is_logged_ahead_again(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("db.shares.is_network", lambda _: True)
        open_store(file).close()
    with closing(open_store(file)) as store:
        assert pragma(store, "journal_mode") == "wal"


def test_that_opening_a_current_file_does_not_bring_alembic(file: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from db.engine import open_store;"
        f"open_store(Path({str(file)!r})).close(); sys.exit('alembic' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


def test_that_a_transaction_that_raises_leaves_nothing(store: Store) -> None:
    def half_done() -> None:
        with store.writing() as connection:
            office.set_setting(connection, "place", 7)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_done()
    with store.reading() as connection:
        assert office.setting(connection, "place") is None


def test_that_reading_sees_one_state_while_another_window_writes(file: Path) -> None:
    with closing(open_store(file)) as one, closing(open_store(file)) as other:
        with one.reading() as connection:
            assert office.setting(connection, "place") is None
            with other.writing() as writer:
                office.set_setting(writer, "place", 7)
            assert office.setting(connection, "place") is None
        with one.reading() as connection:
            assert office.setting(connection, "place") == 7


def test_that_a_broken_rule_of_the_schema_is_a_bug_and_stays_one(filled: Store) -> None:
    def twice() -> None:
        with filled.writing() as connection:
            task = Task("same", LAYER, (), "")
            TASKS.insert(connection, [task, task])

    with pytest.raises(IntegrityError):
        twice()


def test_that_a_bug_in_a_query_is_no_user_error(store: Store) -> None:
    def wrong() -> None:
        with store.writing() as connection:
            connection.execute(insert(table_of(ReportRow)), {"id": "incomplete"})

    with pytest.raises(IntegrityError):
        wrong()

    def wronger() -> None:
        with store.bare() as connection:
            connection.execute("SELECT 1 FROM nowhere")

    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        wronger()


# --- what cannot be opened


def missing(path: Path) -> None:
    path.unlink()


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def written(data: bytes) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        path.write_bytes(data)

    return change


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE book (title TEXT)")
        connection.commit()


def at_version(number: int) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA user_version={number}")

    return change


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-8192])


def scribbled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 5] = b"\xa5" * 8192
    path.write_bytes(data)


def marked_read_only(path: Path) -> None:
    path.chmod(0o444)


BAD = [
    (missing, "找不到工作区"),
    (folder, "是一个文件夹"),
    (written(b""), "不是督办工作区文件"),
    (written("这是一份报告。".encode() * 50), "不是督办工作区文件"),
    (written(b"SQLite format 3\0" + b"\0" * 83), "已损坏"),
    (written(b"SQLite format 3\0" + b"\xa5" * 8192), "已损坏"),
    (foreign, "不是督办工作区文件"),
    (at_version(SCHEMA + 1), "由更新版本的督办建立"),
    (at_version(0), "已损坏"),
    (cut_short, "已损坏"),
    (scribbled, "已损坏"),
    (marked_read_only, "是只读文件"),
]


@pytest.mark.parametrize(("spoil", "words"), BAD, ids=[words for _, words in BAD])
def test_that_what_cannot_be_opened_is_refused_and_left_as_it_is(
    file: Path, spoil: Callable[[Path], None], words: str
) -> None:
    spoil(file)
    before = file.read_bytes() if file.is_file() else None
    with pytest.raises(UserError, match=rf"{words}.*。$"):
        open_store(file)
    assert (file.read_bytes() if file.is_file() else None) == before
    assert beside(file) <= {"云港.duban"}


def test_that_an_open_file_keeps_its_locks_when_it_is_looked_at_again(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.01)
    files.copy(filled.path, tmp_path / "副本.duban")
    open_store(filled.path).close()
    code = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=0.01)\n"
        "try: c.execute('PRAGMA journal_mode=DELETE')\n"
        "except sqlite3.OperationalError as e: print(e)\n"
        "c.close()"
    )
    command = [sys.executable, "-c", code, str(filled.path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "database is locked"


def test_that_a_folder_that_cannot_be_written_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, _mode: path != file.parent)
    with pytest.raises(UserError, match=f"文件夹“{file.parent}”不允许写入.*。$"):
        open_store(file)


def test_that_a_file_that_the_system_protects_is_read_only(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, _mode: path != file)
    with pytest.raises(UserError, match=r"是只读文件.*。$"):
        open_store(file)


def test_that_a_large_file_is_not_looked_through_at_every_opening(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = file.stat().st_size
    scribbled(file)
    monkeypatch.setattr(files, "QUICKLY_CHECKED", size - 1)
    store = open_store(file)
    store.dispose()
    monkeypatch.setattr(files, "QUICKLY_CHECKED", size)
    with pytest.raises(UserError, match="已损坏"):
        open_store(file)


def test_that_a_file_held_by_another_process_is_refused_at_once(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.01)
    open_store(file).close()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError, match="正被另一个程序占用"):
            open_store(file)
        other.execute("ROLLBACK")
    open_store(file).close()


def test_that_an_edit_while_another_process_holds_the_file_is_refused(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.01)

    def edit(store: Store) -> None:
        with store.writing() as connection:
            office.set_setting(connection, "place", 7)

    with closing(open_store(file)) as store, closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError, match="正被另一个程序占用，这次操作没有保存"):
            edit(store)
        other.execute("ROLLBACK")
        edit(store)
        with store.reading() as connection:
            assert office.setting(connection, "place") == 7


def test_that_we_wait_three_seconds_for_another_process(file: Path) -> None:
    with closing(open_store(file)) as store:
        assert pragma(store, "busy_timeout") == 3000


def test_that_a_connection_to_a_damaged_file_is_closed_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = Mock(spec=sqlite3.Connection)
    damaged.execute.side_effect = sqlite3.DatabaseError("malformed")
    path = tmp_path / "w.duban"
    path.touch()
    monkeypatch.setattr("db.engine.sqlite3.connect", lambda *_, **__: damaged)
    store = Store(path)
    with pytest.raises(DatabaseError), store.reading():
        pass
    damaged.close.assert_called_once_with()
    store.dispose()
