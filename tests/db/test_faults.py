"""What the store or the file system cannot do becomes one plain sentence; everything else stays a bug."""

import errno
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from app.domain.errors import ConflictError, UserError
from db.faults import damaged, translated

FILE = Path("/srv/云港.duban")


def failing(code: int) -> sqlite3.OperationalError:
    problem = sqlite3.OperationalError("said by SQLite")
    problem.sqlite_errorcode = code
    return problem


def told(problem: Exception, path: Path = FILE) -> str:
    with pytest.raises(UserError) as caught, translated(path):
        raise problem
    assert caught.value.__cause__ is problem
    assert str(caught.value).endswith("。")
    return str(caught.value)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_BUSY, "正被另一个程序占用"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "正被另一个程序占用"),
        (sqlite3.SQLITE_LOCKED, "正被另一个程序占用"),
        (sqlite3.SQLITE_FULL, "磁盘空间不足"),
        (sqlite3.SQLITE_READONLY, "只读"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "只读"),
        (sqlite3.SQLITE_PERM, "它正在别的程序中打开，或没有权限（文件只读"),
        (sqlite3.SQLITE_CANTOPEN, "它正在别的程序中打开，或没有权限（文件只读"),
        (sqlite3.SQLITE_CORRUPT, "已损坏"),
        (sqlite3.SQLITE_NOTADB, "已损坏"),
        (sqlite3.SQLITE_IOERR, "磁盘或网络"),
        (sqlite3.SQLITE_IOERR_WRITE, "磁盘或网络"),
    ],
)
def test_that_the_database_code_decides_the_sentence(code: int, words: str) -> None:
    message = told(failing(code))
    assert words in message
    assert "“云港.duban”" in message
    assert told(OperationalError("SELECT 1", None, failing(code))) == message


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EDQUOT, "磁盘空间不足"),
        (errno.EACCES, "它正在别的程序中打开，或没有权限（文件只读"),
        (errno.EPERM, "它正在别的程序中打开，或没有权限（文件只读"),
        (errno.EROFS, "“云港.duban”是只读的"),
        (errno.ENOENT, "找不到"),
        (errno.EISDIR, "是一个文件夹"),
        (errno.ENOTDIR, "不是文件夹"),
        (errno.ENAMETOOLONG, "太长"),
        (errno.EIO, "磁盘或网络"),
    ],
)
def test_that_the_system_code_decides_the_sentence(number: int, words: str) -> None:
    assert words in told(OSError(number, "said by the system"))


def test_that_an_error_without_a_number_is_the_disk() -> None:
    assert "磁盘或网络" in told(OSError("no number"))


def test_that_a_lost_reference_is_a_conflict() -> None:
    with pytest.raises(ConflictError, match=r"已在别的窗口.*再操作。$"), translated(FILE):
        raise failing(sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY)


@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_MISUSE]
)
def test_that_a_bug_stays_a_bug(code: int) -> None:
    problem = failing(code)
    with pytest.raises(sqlite3.OperationalError) as caught, translated(FILE):
        raise problem
    assert caught.value is problem


def test_that_an_error_the_driver_raises_itself_stays_a_bug() -> None:
    with pytest.raises(sqlite3.ProgrammingError), translated(FILE):
        raise sqlite3.ProgrammingError("closed")


def test_that_a_file_still_being_written_is_named_as_it_will_be() -> None:
    part = Path("/srv/云港.duban.0a1b2c3d.part")
    assert "“云港.duban”" in told(failing(sqlite3.SQLITE_FULL), part)
    assert "“云港.duban”" in str(damaged(part))
    assert "“a.part”" in str(damaged(Path("a.part")))
