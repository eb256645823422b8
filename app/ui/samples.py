"""The sample workspace: made when it is first asked for, then kept like any other."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.domain.errors import UserError
from app.workspace import Configuration, Workspace, home, is_there

SAMPLE = "样例工作区.duban"

_REASONS = {
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘空间不足",
    errno.EEXIST: "同名的是一个文件",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EISDIR: "要替换的是文件夹，不是文件",
    errno.ENAMETOOLONG: "名字太长",
}


def sample_workspace() -> Path:
    """The sample workspace's file. UserError where it cannot be made."""
    path = home() / SAMPLE
    if not is_there(path):
        with writing(f"文件夹“{path.parent}”", "请检查权限，或用环境变量 DUBAN_HOME 另指一个文件夹。"):
            path.parent.mkdir(parents=True, exist_ok=True)
        Workspace.create(path, sample=True, author=Configuration.load().author).close()
    return path


@contextmanager
def writing(target: str, advice: str) -> Iterator[None]:
    """What the file system refuses inside becomes a UserError that names the target and what to do."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or error.strerror or str(error)
        raise UserError(f"{target}不能写入（{reason}）。{advice}") from error
