"""A workspace is copied, replaced and put back whole or not at all."""

import errno
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


def killed(path: Path, value: int) -> None:
    """Write to a workspace and leave it as a killed process does: its last edit is only in the log."""
    store = open_store(path)
    put(store, value)
    left = {name: path.with_name(name).read_bytes() for name in (path.name, f"{path.name}-wal")}
    store.close()
    for name, data in left.items():
        path.with_name(name).write_bytes(data)


def test_that_the_log_of_a_killed_process_does_not_get_into_a_copy(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "旧.duban"
    files.copy(store.path, target)
    killed(target, 1)
    put(store, 2)
    files.copy(store.path, target)
    assert not target.with_name("旧.duban-wal").exists()
    files.check_backup(target)
    assert got(target) == 2


def test_that_a_copy_does_not_replace_a_workspace_that_is_open(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.01)
    target = tmp_path / "旧.duban"
    files.copy(store.path, target)
    with closing(open_store(target)) as other:
        put(other, 1)
        before = names(tmp_path)
        with pytest.raises(UserError, match=r"“旧\.duban”正被另一个程序占用"):
            files.copy(store.path, target)
        assert names(tmp_path) == before
        put(other, 3)
    assert got(target) == 3


def test_that_a_copy_that_came_out_damaged_replaces_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "旧.duban"
    target.write_text("旧")

    def spoilt(source: Path, part: Path) -> None:
        part.write_bytes(source.read_bytes())
        scribble(part)

    monkeypatch.setattr(files, "_copy_pages", spoilt)
    before = names(tmp_path)
    with pytest.raises(UserError, match=r"“旧\.duban”已损坏"):
        files.copy(store.path, target)
    assert target.read_text() == "旧"
    assert names(tmp_path) == before


def test_that_a_folder_is_not_replaced_by_a_copy(store: Store, tmp_path: Path) -> None:
    (tmp_path / "夹.duban").mkdir()
    with pytest.raises(UserError, match="是一个文件夹"):
        files.copy(store.path, tmp_path / "夹.duban")
    assert (tmp_path / "夹.duban").is_dir()


@pytest.mark.parametrize("way", ["copy", "put_back"])
def test_that_a_log_whose_file_was_deleted_gets_into_no_new_file(
    store: Store, tmp_path: Path, way: str
) -> None:
    put(store, 2)
    backup, target = tmp_path / "备份.duban", tmp_path / "新.duban"
    for path in (backup, target):
        files.copy(store.path, path)
    killed(target, 1)
    target.unlink()
    assert target.with_name("新.duban-wal").exists()
    if way == "copy":
        files.copy(backup, target)
    else:
        assert files.put_back(backup, target, tmp_path / "kept") is None
    assert not target.with_name("新.duban-wal").exists()
    files.check_backup(target)
    assert got(target) == 2


def test_that_a_replacement_that_cannot_be_put_in_place_gives_the_log_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, log = tmp_path / "旧.duban", tmp_path / "旧.duban-wal"
    target.write_text("旧")
    log.write_text("日志")

    def held(_self: Path, _target: Path) -> Path:
        raise PermissionError(errno.EACCES, "open in another program")

    monkeypatch.setattr(Path, "replace", held)
    with (
        pytest.raises(UserError, match=r"“旧\.duban”：它正在别的程序中打开"),
        files.replacing(target) as part,
    ):
        part.write_text("新")
    assert (target.read_text(), log.read_text()) == ("旧", "日志")
    assert names(tmp_path) == {"旧.duban", "旧.duban-wal"}


LONG = "督" * 90 + ".duban"


def test_that_a_name_too_long_is_said_wherever_it_comes_from(store: Store, tmp_path: Path) -> None:
    long = tmp_path / LONG
    for ask in (files.is_there, files.check_there, files.check_vacant, files.unused, files.identify):
        with pytest.raises(UserError, match="太长"):
            ask(long)
    with pytest.raises(UserError, match="太长"):
        files.copy(store.path, long)


def test_that_a_name_too_long_for_what_lies_beside_it_is_refused_before_any_work(tmp_path: Path) -> None:
    target = tmp_path / ("a" * 235)  # with what is put behind it, 235 + 14 + 8 letters: too many by two
    done: list[Path] = []
    with pytest.raises(UserError, match="太长"), files.replacing(target) as part:
        done.append(part)
    assert done == []
    with files.replacing(tmp_path / ("a" * 233)) as part:
        part.touch()
    assert names(tmp_path) == {"a" * 233}


def test_that_a_folder_that_may_not_be_looked_into_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, **_options: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "stat", refuse)
    monkeypatch.setattr(Path, "exists", refuse)
    for ask in (files.is_there, files.check_there, files.check_vacant, files.unused):
        with pytest.raises(UserError, match=r"没有权限.*。$"):
            ask(tmp_path / "云港.duban")


def test_that_a_folder_that_cannot_be_asked_about_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", refuse)
    with pytest.raises(UserError, match="没有权限"):
        files.check_vacant(tmp_path / "云港.duban")


def test_that_a_file_is_there_or_not(file: Path, tmp_path: Path) -> None:
    assert files.is_there(file)
    assert files.is_there(tmp_path)
    assert not files.is_there(tmp_path / "没有.duban")


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
