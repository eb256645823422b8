"""A workspace copied, backed up and restored: always whole files, never an open one copied by hand."""

from datetime import datetime
from pathlib import Path

from app.domain.errors import UserError
from db import files


def restore(backup: Path, workspace: Path) -> Path | None:
    """Put a backup in the place of a closed workspace; returns where the old file is kept, None if there was none.

    The backup is checked first. Raises UserError, with everything as it was, when it is not whole or not ours,
    or when the workspace is open somewhere.
    """
    if backup.resolve() == workspace.resolve():
        raise UserError("不能用工作区自己恢复自己。请选择一个备份文件。")
    files.check_backup(backup)
    return files.put_back(backup, workspace, kept_name(workspace))


def kept_name(workspace: Path) -> Path:
    """Where a workspace is kept when a backup takes its place."""
    day = datetime.now().astimezone().strftime("%Y%m%d")
    return files.unused(workspace.with_name(f"{workspace.name}.bak-{day}"))
