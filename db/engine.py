"""An open workspace file: its engine, its transactions, and how it is opened and closed. SQLite only."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, QueuePool, create_engine, event

from app.domain.errors import UserError
from db import files, guards, shares
from db.faults import translated
from db.log import PATH
from db.version import SCHEMA

SHARE_WARNING = (
    "工作区“{name}”在网络共享上，已关闭预写日志：保存会慢一些，请不要两个人同时打开；"
    "最好复制到本机硬盘上使用，再定期备份到共享。"
)
_WRITING = "is_writing"


class Store:
    """An open workspace file. Every access is a transaction; several threads may have one each.

    Failures of the file leave as UserError. `warnings` are Chinese sentences to show once after opening.
    """

    def __init__(self, path: Path, *, has_foreign_keys: bool = True) -> None:
        self.path = path
        self.warnings: tuple[str, ...] = ()
        self._has_foreign_keys = has_foreign_keys
        self._reader = create_engine("sqlite://", creator=self._connect, poolclass=QueuePool)
        event.listen(self._reader, "begin", _begun)
        self._reader = self._reader.execution_options(**{PATH: str(path)})
        self._writer = self._reader.execution_options(**{_WRITING: True})
        self._guard: guards.Guard | None = None
        self._is_closed = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the file throughout."""
        with translated(self.path), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that nobody else writes beside; on disk when the block ends, undone when it raises."""
        with translated(self.path), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def bare(self) -> Iterator[sqlite3.Connection]:
        """The driver's own connection, outside every transaction: for pragmas."""
        with translated(self.path):
            proxy = self._reader.raw_connection()
            try:
                driver: Any = proxy.driver_connection
                yield driver
            finally:
                proxy.close()

    def close(self) -> None:
        """Fold the log into the file and let go of it: one whole file is left. A second time does nothing."""
        if not self._is_closed:
            try:
                with self.bare() as connection:
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                self.dispose()

    def dispose(self) -> None:
        """Let go of the file as it is; from now on every access is refused."""
        self._is_closed = True
        guard, self._guard = self._guard, None
        if guard:
            guards.unlock(guard)
        self._reader.dispose()
        if guard:
            guards.drop(guard)

    def hold(self) -> None:
        """Keep other processes from taking the file for closed, whatever this process does to it."""
        self._guard = guards.hold(self.path)

    def _connect(self) -> sqlite3.Connection:
        if self._is_closed:  # late work would hold the file again, and for good
            raise UserError(f"工作区“{self.path.name}”已经关闭，这次操作没有进行。请重新打开它。")
        if not self.path.exists():  # the driver would make an empty file
            raise UserError(f"工作区“{self.path}”不见了，可能已被移动、改名或断开。请找到它后重新打开。")
        connection = sqlite3.connect(self.path, timeout=files.BUSY_SECONDS, check_same_thread=False)
        # transactions begin where `_begun` says, not where the driver guesses
        connection.isolation_level = None
        try:
            connection.execute(f"PRAGMA foreign_keys={int(self._has_foreign_keys)}")
            connection.execute("PRAGMA synchronous=FULL")
        except BaseException:
            connection.close()  # a damaged file says so here, and must not stay open
            raise
        return connection


def open_store(path: Path) -> Store:
    """Open a workspace file, upgraded to this version's schema if it is older (a copy is kept beside it).

    Raises UserError for what is not there, not ours, damaged, newer, read-only or held by another process.
    """
    files.check_writable(path)
    files.identify(path)
    store = Store(path)
    try:
        _prepare(store)
    except BaseException:
        store.dispose()
        raise
    return store


def create_store(path: Path) -> None:
    """Make an empty workspace file of this version's schema by running every migration."""
    from db import upgrade  # Alembic costs more than the rest of opening together

    path.touch(exist_ok=False)
    upgrade.to_newest(path)


def _prepare(store: Store) -> None:
    path = store.path
    with store.bare() as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        files.check_version(path, version)
        files.check_sound(path, connection)
        if shares.is_network(path):
            connection.execute("PRAGMA journal_mode=DELETE")
            store.warnings = (SHARE_WARNING.format(name=path.name),)
            mode = "delete"
        else:
            (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
    if version < SCHEMA:
        from db import upgrade

        upgrade.with_copy(path, version)
    with store.writing():
        pass  # a file that another process holds is refused now, not at the first edit
    if mode == "wal":  # else the lock would stand in the way of every write
        store.hold()


def _begun(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")
