"""The unit directory of a workspace: out to a workbook, and what a workbook would change in it."""

from pathlib import Path
from typing import TYPE_CHECKING

from app.workspace.initials import initials

if TYPE_CHECKING:
    from app.domain.unit_import import UnitImport
    from app.workspace.store import Workspace


def export(workspace: "Workspace", out: Path) -> int:
    """Write the directory; returns how many units it has."""
    from app.ledger.directory import write_directory  # brings openpyxl

    units = workspace.units()
    write_directory(out, units)
    return len(units)


def read(workspace: "Workspace", path: Path) -> "UnitImport":
    """What importing a workbook would do; nothing is written."""
    from app.domain.unit_import import compare
    from app.ledger.directory import read_directory

    return compare(workspace.units(), read_directory(path), initials, workspace.tags_of_unit)
