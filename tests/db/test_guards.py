"""An open workspace stays held although this process reads its file by hand, which drops SQLite's own locks."""

import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.errors import UserError
from db import files, office
from db.engine import Store, open_store

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only POSIX locks are dropped this way")

VISIT = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
for (value,) in connection.execute("SELECT value FROM setting WHERE key = 'place'"):
    print(value)
connection.close()
"""


def put(store: Store, value: int) -> None:
    with store.writing() as connection:
        office.set_setting(connection, "place", value)


def got(path: Path) -> object:
    with closing(open_store(path)) as store, store.reading() as connection:
        return office.setting(connection, "place")


def sniff(path: Path) -> None:
    """Read the file and what lies beside it, as a file dialog does."""
    for each in path.parent.glob(f"{path.name}*"):
        each.read_bytes()


def visit(path: Path) -> str:
    """Open and close the file in another process; returns what it found."""
    done = subprocess.run(
        [sys.executable, "-c", VISIT, str(path)], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def locks(path: Path) -> Counter[tuple[str, str]]:
    """The locks on the file and on its shared memory: (whose kind, first byte) and how many."""
    inodes = {str(p.stat().st_ino) for p in path.parent.glob(f"{path.name}*")}
    lines = [line.split() for line in Path("/proc/locks").read_text(encoding="ascii").splitlines()]
    return Counter((f[1], f[6]) for f in lines if f[5].split(":")[2] in inodes)


def test_that_an_open_file_is_held_by_locks_that_reading_it_does_not_drop(store: Store) -> None:
    held = {("OFDLCK", "1073741826"): 1, ("OFDLCK", "128"): 1}
    assert locks(store.path) == held | {("POSIX", "1073741826"): 1, ("POSIX", "128"): 1}
    sniff(store.path)
    assert locks(store.path) == held


def test_that_what_is_written_after_a_visit_is_not_lost(store: Store) -> None:
    put(store, 1)
    sniff(store.path)
    assert visit(store.path) == "1"
    put(store, 2)
    assert visit(store.path) == "2"  # as it would be found if this process were killed now
    store.close()
    assert got(store.path) == 2


def test_that_a_file_open_twice_is_held_until_it_is_closed_twice(store: Store) -> None:
    again = open_store(store.path)
    assert locks(store.path)["OFDLCK", "1073741826"] == 1
    again.close()
    sniff(store.path)
    assert locks(store.path)["OFDLCK", "1073741826"] == 1
    visit(store.path)
    put(store, 3)
    store.close()
    assert locks(store.path) == {}
    assert got(store.path) == 3


def test_that_the_last_to_close_leaves_one_whole_file(store: Store) -> None:
    again = open_store(store.path)
    store.close()
    put(again, 4)
    again.close()
    assert [p.name for p in store.path.parent.iterdir()] == [store.path.name]


def test_that_a_file_on_a_share_is_not_held(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.shares.is_network", lambda _: True)
    with closing(open_store(file)) as store:
        assert locks(file) == {}
        put(store, 5)
    assert got(file) == 5


def test_that_a_closed_store_refuses_late_work_and_holds_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.01)
    backup = tmp_path / "备份.duban"
    files.copy(store.path, backup)
    store.close()
    with pytest.raises(UserError, match=r"“云港\.duban”已经关闭"):
        put(store, 6)
    assert files.put_back(backup, store.path, tmp_path / "kept") == tmp_path / "kept"
