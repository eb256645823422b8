"""The store's failures as sentences for people: the one place where they are translated."""

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from app.domain.errors import ConflictError, UserError

_BUSY = "工作区“{name}”正被另一个程序占用，这次操作没有保存。请稍后再试，或先关闭占用它的程序。"
_FULL = "磁盘空间不足，这次操作没有保存到“{name}”。请腾出空间后再试。"
_READ_ONLY = (
    "“{name}”是只读的，或它所在的文件夹不允许写入。请取消只读属性，或把它复制到可以写入的文件夹后再打开。"
)
_DENIED = (
    "不能读写“{name}”：它正在别的程序中打开，或没有权限（文件只读，或所在的文件夹不允许读写）。"
    "请关闭占用它的程序，或取消只读属性、换一个可以写入的文件夹后再试。"
)
"""Windows tells a file that another program holds and one without permission by the same code."""
_DAMAGED = (
    "工作区文件“{name}”已损坏，无法读取。请用菜单“文件 → 从备份恢复…”换回最近的备份；"
    "损坏的文件会另存在旁边，不会丢失。"
)
_DISK = "读写“{name}”时出错，磁盘或网络可能已断开，这次操作没有保存。请检查后再试。"

_BY_CODE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _DENIED,
    sqlite3.SQLITE_CANTOPEN: _DENIED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_IOERR: _DISK,
}
_BY_ERRNO = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: _READ_ONLY,
    errno.ENOENT: "找不到“{name}”，或它所在的文件夹。请检查路径。",
    errno.EISDIR: "“{name}”是一个文件夹，不是工作区文件。请选择 .duban 文件。",
    errno.ENOTDIR: "“{name}”所在的路径不是文件夹。请检查路径。",
    errno.ENAMETOOLONG: "文件名“{name}”太长。请换一个短一些的名字。",
}
CONFLICT = "这里已在别的窗口或由别人改过，本次操作没有保存。请查看最新内容后再操作。"
"""Also of a tag whose task is gone, or a task that has been tagged: only another window can have done that."""

_PART = re.compile(r"\.[0-9a-f]{8}\.part$")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what the store or the file system cannot do for `path` into a UserError; bugs pass through."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as problem:
        if _code(problem) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
            raise ConflictError(CONFLICT) from problem
        message = _BY_CODE.get(primary_code(problem))
        if message is None:
            raise
        raise UserError(message.format(name=shown_name(path))) from problem
    except OSError as problem:
        message = _BY_ERRNO.get(problem.errno or 0, _DISK)
        raise UserError(message.format(name=shown_name(path))) from problem


def damaged(path: Path) -> UserError:
    """The error of a workspace file whose content is broken."""
    return UserError(_DAMAGED.format(name=shown_name(path)))


def shown_name(path: Path) -> str:
    """The file's name, for one still being written that which it will have."""
    return _PART.sub("", path.name)


def primary_code(problem: Exception) -> int:
    """SQLite's primary result code of an error, 0 where it carries none."""
    return _code(problem) & 0xFF


def _code(problem: Exception) -> int:
    cause = problem.orig if isinstance(problem, DBAPIError) else problem
    return int(getattr(cause, "sqlite_errorcode", 0))
