"""What the commands do without a workspace."""

from pathlib import Path
from typing import Any

from app.workspace import rooms, seeding


def suggest_file(path: Path, year: int | None = None) -> dict[str, Any]:
    """The suggestions for a report's file in the keys of the gold, by the seed's unit directory.

    Offsets are into the decoded text. Raises UserError for what is no report.
    """
    reading = rooms.read_file(path, year)
    return rooms.as_gold(reading, rooms.suggest(reading, seeding.units()))
