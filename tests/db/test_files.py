"""A workspace is copied, replaced and put back whole or not at all."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.errors import UserError
from db import files, office
from db.engine import Store, open_store


def put(store: Store, value: int) -> None:
    with store.writing() as connection:
        office.set_setting(connection, "place", value)


def got(path: Path) -> object:
    with closing(open_store(path)) as store, store.reading() as connection:
        return office.setting(connection, "place")


def scribble(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 5] = b"\xa5" * 8192
    path.write_bytes(data)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_that_an_open_workspace_is_copied_with_its_last_edit(store: Store, tmp_path: Path) -> None:
    put(store, 7)
    target = tmp_path / "副本" / "云港.duban"
    target.parent.mkdir()
    files.copy(store.path, target)
    assert names(target.parent) == {"云港.duban"}
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert got(target) == 7


def test_that_a_copy_replaces_what_was_there(store: Store, tmp_path: Path) -> None:
    put(store, 7)
    target = tmp_path / "旧.duban"
    target.write_text("旧")
    files.copy(store.path, target)
    assert got(target) == 7


def test_that_a_workspace_is_not_copied_onto_itself(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"它自己.*。$"):
        files.copy(store.path, tmp_path / "." / store.path.name)


def test_that_a_damaged_workspace_is_not_copied_over_a_good_one(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "旧.duban"
    target.write_text("旧")
    scribble(file)
    with pytest.raises(UserError, match=r"“云港\.duban”已损坏"):
        files.copy(file, target)
    assert target.read_text() == "旧"
    assert names(tmp_path) == {"云港.duban", "旧.duban"}


def test_that_a_copy_into_a_folder_that_is_not_there_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        files.copy(store.path, tmp_path / "没有" / "云港.duban")
    assert not (tmp_path / "没有").exists()


def test_that_a_replacement_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "旧.duban"
    target.write_text("旧")

    def half() -> None:
        with files.replacing(target) as part:
            part.write_text("一半")
            part.with_name(part.name + "-wal").write_text("日志")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert target.read_text() == "旧"
    assert names(tmp_path) == {"旧.duban"}


def test_that_a_backup_is_checked_thoroughly(store: Store, file: Path) -> None:
    put(store, 7)
    with store.bare() as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_setting_1'"
        ).fetchone()
    store.close()
    files.check_backup(file)
    data = bytearray(file.read_bytes())
    at = data.index(b"place", 4096 * (page - 1))
    data[at : at + 5] = b"plaza"  # the index no longer leads to the row: only the thorough check sees it
    file.write_bytes(data)
    with closing(sqlite3.connect(file)) as connection:
        files.check_sound(file, connection)
    with pytest.raises(UserError, match="已损坏"):
        files.check_backup(file)


def test_that_a_backup_of_a_newer_version_is_refused(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version=99")
    with pytest.raises(UserError, match="更新版本"):
        files.check_backup(file)


def test_that_a_backup_takes_the_place_and_the_old_file_is_kept(file: Path, tmp_path: Path) -> None:
    backup, kept = tmp_path / "备份.duban", tmp_path / "云港.duban.bak"
    with closing(open_store(file)) as store:
        put(store, 1)
        files.copy(file, backup)
        put(store, 2)
    assert files.put_back(backup, file, kept) == kept
    assert names(tmp_path) == {"备份.duban", "云港.duban", "云港.duban.bak"}
    assert (got(file), got(kept), got(backup)) == (1, 2, 1)


def test_that_what_a_killed_process_left_is_kept_with_the_old_file(file: Path, tmp_path: Path) -> None:
    backup, kept = tmp_path / "备份.duban", tmp_path / "云港.duban.bak"
    store = open_store(file)
    put(store, 1)
    files.copy(file, backup)
    put(store, 2)
    left = {name: (tmp_path / name).read_bytes() for name in ("云港.duban", "云港.duban-wal")}
    store.close()
    for name, data in left.items():
        (tmp_path / name).write_bytes(data)
    files.put_back(backup, file, kept)
    assert (got(file), got(kept)) == (1, 2)


def test_that_a_damaged_workspace_is_kept_with_its_log(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup, kept = tmp_path / "备份.duban", tmp_path / "云港.duban.bak"
    files.copy(file, backup)
    file.write_bytes(b"SQLite format 3\0" + b"\xa5" * 4080)
    wal = tmp_path / "云港.duban-wal"
    wal.write_bytes(b"of another database")
    files.take_over(file)
    assert file.exists()
    wal.write_bytes(b"of another database")
    monkeypatch.setattr(files, "take_over", lambda _: None)
    files.put_back(backup, file, kept)
    assert got(file) is None
    assert kept.read_bytes()[16:20] == b"\xa5\xa5\xa5\xa5"
    assert (tmp_path / "云港.duban.bak-wal").read_bytes() == b"of another database"


def test_that_a_backup_makes_a_workspace_where_there_is_none(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "新.duban"
    assert files.put_back(file, target, tmp_path / "kept") is None
    assert got(target) is None
    assert names(tmp_path) == {"云港.duban", "新.duban"}


def test_that_a_workspace_open_elsewhere_is_not_replaced(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.01)
    backup = tmp_path / "备份.duban"
    files.copy(store.path, backup)
    put(store, 2)
    with pytest.raises(UserError, match="正被另一个程序占用"):
        files.put_back(backup, store.path, tmp_path / "kept")
    with store.reading() as connection:
        assert office.setting(connection, "place") == 2
    assert not (tmp_path / "kept").exists()


def test_that_a_replacement_that_cannot_be_put_in_place_gives_the_old_file_back(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = tmp_path / "备份.duban"
    files.copy(file, backup)
    old = file.read_bytes()

    def held(_self: Path, _target: Path) -> Path:
        raise PermissionError(13, "held by a virus scanner")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(UserError, match="只读"):
        files.put_back(backup, file, tmp_path / "kept")
    assert file.read_bytes() == old
    assert names(tmp_path) == {"备份.duban", "云港.duban"}


def test_that_a_name_already_taken_is_numbered(tmp_path: Path) -> None:
    path = tmp_path / "a.bak"
    assert files.unused(path) == path
    path.touch()
    assert files.unused(path).name == "a.bak-2"
    (tmp_path / "a.bak-2").touch()
    assert files.unused(path).name == "a.bak-3"


def test_that_a_new_workspace_needs_a_free_place(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.check_vacant(tmp_path / "新.duban")
    with pytest.raises(UserError, match=r"“云港\.duban”已经存在.*。$"):
        files.check_vacant(file)
    with pytest.raises(UserError, match=r"不存在.*。$"):
        files.check_vacant(tmp_path / "没有" / "新.duban")
    monkeypatch.setattr("os.access", lambda path, _mode: path != tmp_path)
    with pytest.raises(UserError, match=r"不允许写入.*。$"):
        files.check_vacant(tmp_path / "新.duban")
