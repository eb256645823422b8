"""What the commands do without a workspace."""

from pathlib import Path
from typing import Any

from app.workspace import rooms, seeding
from app.workspace.store import Workspace


def suggest_file(path: Path, year: int | None = None, workspace: Path | None = None) -> dict[str, Any]:
    """The suggestions for a report's file in the keys of the gold, by the seed's unit directory.

    With a workspace, by its directory and its experience. Offsets are into the decoded text. Raises UserError for
    what is no report or no workspace.
    """
    reading = rooms.read_file(path, year)
    if workspace is None:
        return rooms.as_gold(reading, rooms.suggest(reading, seeding.units()))
    with Workspace.open(workspace, is_looking=True) as opened:
        return rooms.as_gold(reading, opened.suggest(reading))
