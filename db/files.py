"""What a workspace file is: how it is recognised, checked, copied and replaced. SQLite only."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from uuid import uuid4

from app.domain.errors import UserError
from db.faults import damaged, primary_code, translated
from db.version import SCHEMA

MAGIC = b"SQLite format 3\0"
APPLICATION_ID = 0x44554241
"""'DUBA' in the file's header: whose file it is."""

SIDECARS = ("-wal", "-shm", "-journal")
QUICKLY_CHECKED = 32 << 20
"""The most bytes that are looked through at every opening."""

BUSY_SECONDS = 3.0
"""How long to wait for another process before saying that it holds the file."""


def is_there(path: Path) -> bool:
    """Whether the path leads to anything. UserError where that cannot be asked: a name too long, a closed folder."""
    with translated(path):
        return path.exists()


def check_there(path: Path) -> None:
    """Refuse with a UserError a path that leads to no file."""
    with translated(path):
        if not path.exists():
            raise UserError(f"找不到工作区“{path}”。它可能已被移动或改名，请重新选择。")
        if path.is_dir():
            raise UserError(f"“{path.name}”是一个文件夹，不是工作区文件。请选择 .duban 文件。")


def identify(path: Path) -> None:
    """Refuse with a UserError what is no workspace file.

    Asked through SQLite: on POSIX, closing a file that was opened by hand drops the locks of every connection
    that this process has to it.
    """
    check_there(path)
    if _application_id(path) != APPLICATION_ID:
        raise UserError(f"“{path.name}”不是督办工作区文件。请选择由本程序建立的 .duban 文件。")


def _application_id(path: Path) -> int:
    """What the file says of whose it is; 0 for a file that is no database."""
    with translated(path), closing(_opened(path)) as connection:
        try:
            (number,) = connection.execute("PRAGMA application_id").fetchone()
        except sqlite3.DatabaseError as problem:
            if primary_code(problem) != sqlite3.SQLITE_NOTADB or path.read_bytes()[: len(MAGIC)] == MAGIC:
                raise
            number = 0
    return int(number)


def check_writable(path: Path) -> None:
    """Refuse with a UserError a file or folder that is marked as read-only, whoever asks."""
    check_there(path)
    with translated(path):
        is_marked = not path.stat().st_mode & stat.S_IWUSR
    if is_marked or not os.access(path, os.W_OK):
        raise UserError(f"工作区“{path.name}”是只读文件。请取消只读属性，或复制一份再打开。")
    if not os.access(path.parent, os.W_OK):
        raise UserError(
            f"文件夹“{path.parent}”不允许写入，无法在其中打开工作区。请把工作区复制到别的文件夹。"
        )


def check_vacant(path: Path) -> None:
    """Refuse with a UserError a place where a new workspace cannot be made."""
    if is_there(path):
        raise UserError(f"“{path.name}”已经存在，新建不会覆盖它。请换一个文件名，或直接打开它。")
    with translated(path):
        is_folder = path.parent.is_dir()
    if not is_folder:
        raise UserError(f"文件夹“{path.parent}”不存在。请先建立它，或换一个文件夹。")
    if not os.access(path.parent, os.W_OK):
        raise UserError(f"文件夹“{path.parent}”不允许写入。请换一个文件夹。")


def check_version(path: Path, version: int) -> None:
    """Refuse with a UserError a file of a newer program, or one that was never finished."""
    if version > SCHEMA:
        raise UserError(f"工作区“{path.name}”由更新版本的督办建立，本版本打不开。请升级程序后再打开。")
    if version < 1:
        raise damaged(path)


def check_sound(path: Path, connection: sqlite3.Connection, *, is_thorough: bool = False) -> None:
    """Refuse with a UserError a file whose pages are broken. Thorough compares the indexes with the rows too.

    The quick check costs about a millisecond for a megabyte, so a large file is checked only thoroughly: what is
    broken in it shows when it is read.
    """
    check = "integrity_check" if is_thorough else "quick_check"
    with translated(path):
        if not is_thorough and path.stat().st_size > QUICKLY_CHECKED:
            return
        (verdict,) = connection.execute(f"PRAGMA {check}(1)").fetchone()
    if verdict != "ok":
        raise damaged(path)


def check_backup(path: Path) -> None:
    """Refuse with a UserError what is not a whole, sound workspace that this version can open."""
    identify(path)
    with translated(path), closing(_opened(path)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        check_version(path, version)
        check_sound(path, connection, is_thorough=True)


def copy(source: Path, target: Path) -> None:
    """Copy a workspace, open or not, to `target`: whole and checked, or not at all.

    An existing target is then replaced. UserError, with everything as it was, when another process has it open.
    """
    if source.resolve() == target.resolve():
        raise UserError("不能把工作区保存到它自己。请换一个文件名。")
    check_backup(source)
    with replacing(target) as part:
        _copy_pages(source, part)
        check_backup(part)
        if target.exists():
            check_there(target)
            take_over(target)


def _copy_pages(source: Path, target: Path) -> None:
    with closing(_opened(source)) as there, closing(_opened(target)) as here:
        there.backup(here)
        here.execute("PRAGMA journal_mode=DELETE")
        _name_as_copy(here)


def _name_as_copy(connection: sqlite3.Connection) -> None:
    """Let the copy write a chain of its own, also where it comes to lie at the place of what it was made of."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'chain'").fetchone():
        connection.execute("UPDATE chain SET path = ''")
        connection.commit()


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A path beside `target` to write to; put in its place when the block ends well, else removed.

    What the file system refuses leaves as UserError.
    """
    part = target.with_name(f"{target.name}.{uuid4().hex[:8]}.part")
    with translated(target):
        for path in sidecars(part):
            path.exists()  # a name too long is refused before any work: SQLite would call it unreadable
        try:
            yield part
            if part.exists():  # else the block has put it there itself
                _put(part, target)
        finally:
            for leftover in (part, *sidecars(part)):
                leftover.unlink(missing_ok=True)


def _put(part: Path, target: Path) -> None:
    """Rename a finished file to its target, past a log that lies there: SQLite would replay it into the new file."""
    beside = zip(sidecars(target), sidecars(part), strict=True)
    aside = [(old, new) for old, new in beside if old.exists()]
    for old, new in aside:
        old.rename(new)
    try:
        part.replace(target)
    except OSError:
        for old, new in aside:
            new.rename(old)
        raise


def put_back(backup: Path, target: Path, kept: Path) -> Path | None:
    """Put a checked backup in the place of a closed workspace, damaged or not.

    What stood there is renamed to `kept`, which is returned; None if there was nothing. UserError, with everything
    as it was, when another process has the workspace open.
    """
    with replacing(target) as part:
        _copy_pages(backup, part)
        if not target.exists():
            return None
        take_over(target)
        _rename(target, kept)
        try:
            part.replace(target)
        except OSError:
            _rename(kept, target)
            raise
    return kept


def _rename(path: Path, new: Path) -> None:
    """Rename a closed file with what a killed process left beside it: a log must not meet another database."""
    for old, to in zip((path, *sidecars(path)), (new, *sidecars(new)), strict=True):
        if old.exists():
            old.rename(to)


def sidecars(path: Path) -> tuple[Path, ...]:
    """The files that SQLite keeps beside a database while it is open."""
    return tuple(path.with_name(path.name + ending) for ending in SIDECARS)


def unused(path: Path) -> Path:
    """The path, or the first of path-2, path-3, … that nothing has."""
    names = (path.with_name(f"{path.name}-{n}") for n in count(2))
    return path if not is_there(path) else next(name for name in names if not is_there(name))


def take_over(path: Path) -> None:
    """Fold what a killed process left into the file, which is then whole; a damaged one stays as it is.

    Raises UserError when another process has it open.
    """
    with translated(path), closing(_opened(path)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.DatabaseError as problem:
            if primary_code(problem) not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_SECONDS)
