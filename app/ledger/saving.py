"""Writing a file whole or not at all, and saying in Chinese why it could not be written."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from app.domain.errors import UserError

_NO_SPACE = "磁盘空间不足，“{}”没有写成。请清理磁盘，或另选一个位置再导出。"
_NO_RIGHT = "不能写入“{}”：没有写入权限，或它正在 Excel、WPS 中打开。请关闭它，或另选一个位置再导出。"
_NO_FOLDER = "“{}”所在的文件夹不存在，请选一个已有的文件夹再导出。"
_A_FOLDER = "“{}”是一个文件夹，请给出文件名再导出。"
_REASONS = {
    errno.ENOSPC: _NO_SPACE,
    errno.EDQUOT: _NO_SPACE,
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.EBUSY: _NO_RIGHT,
    errno.ENOENT: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EISDIR: _A_FOLDER,
    errno.EROFS: "“{}”所在的磁盘是只读的，请另选一个位置再导出。",
    errno.ENAMETOOLONG: "文件名“{}”太长，请换一个短些的名字再导出。",
}


_WHAT = {".xlsx": "台账", ".docx": "公文", ".json": "模板"}
"""What is written, by the ending of its name."""


def check_target(out: Path, suffix: str = ".xlsx") -> None:
    """Refuse, before any work is done, a target that could not be written. UserError says why."""
    try:
        _check(out, suffix)
    except OSError as error:  # a name too long, a folder that may not be looked into
        raise UserError(_reason(error, out)) from error


def _check(out: Path, suffix: str) -> None:
    if out.is_dir():
        raise UserError(_A_FOLDER.format(out.name or out))
    if out.suffix.lower() != suffix:
        raise UserError(
            f"{_WHAT[suffix]}只能存为 {suffix} 文件，“{out.name}”不是，请改用 {suffix} 结尾的文件名。"
        )
    if not out.parent.is_dir():
        raise UserError(_NO_FOLDER.format(out.name))
    # renaming over a read-only file succeeds on Linux; whoever locked it did not mean that
    if out.exists() and not os.access(out, os.W_OK):
        raise UserError(_NO_RIGHT.format(out.name))


def write_beside(out: Path, content: Callable[[], bytes], before_replacing: Callable[[], None]) -> None:
    """Write the content beside `out` and rename it over `out`; on any failure `out` is as it was.

    `before_replacing` is the last chance to cancel. A failure of the disk becomes a UserError.
    """
    # short, and in the same folder: a long name may not grow, and only a rename within a disk is atomic
    beside = out.with_name(f"~{uuid4().hex[:12]}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(content())
            file.flush()
            os.fsync(file.fileno())
        before_replacing()
        beside.replace(out)
    except OSError as error:
        raise UserError(_reason(error, out)) from error
    finally:
        with suppress(OSError):  # a disk that is gone cannot be tidied; the reason has been told
            beside.unlink(missing_ok=True)


def _reason(error: OSError, out: Path) -> str:
    template = _REASONS.get(error.errno or 0)
    if template:
        return template.format(out.name)
    return f"“{out.name}”没有写成（{error.strerror or error}），请另选一个位置再导出。"
