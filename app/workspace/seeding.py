"""What a new workspace starts with: the unit directory, the tag scheme, perhaps the sample report."""

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from app.domain import codec
from app.domain.codec import Json
from app.domain.scheme import TagStyle
from app.domain.units import Unit
from app.places import SEEDS
from app.workspace import fitting
from db import log, office
from db.engine import open_store
from db.mapping import UNITS

SAMPLE = SEEDS / "sample_report.txt"


def units() -> tuple[Unit, ...]:
    """The sample district's unit directory, as a new workspace stores it."""
    return tuple(replace(codec.decode(Unit, data), version=1) for data in _seeds("units.json"))


def seed(path: Path, *, is_sample: bool) -> None:
    """Fill a new workspace file with the tag scheme and a directory: the sample's, or one for any office."""
    directory = units() if is_sample else fitting.for_any_office(units())
    with closing(open_store(path)) as store, store.writing() as connection:
        UNITS.insert(connection, list(directory))
        styles = tuple(TagStyle(**data) for data in _seeds("tag_scheme.json"))
        office.replace_tag_scheme(connection, styles)


def settle(part: Path, path: Path) -> None:
    """A finished workspace file is about to go to its place: its log goes on there."""
    with closing(open_store(part)) as store, store.writing() as connection:
        log.moved(connection, str(path))


def _seeds(name: str) -> list[dict[str, Json]]:
    data: list[dict[str, Json]] = json.loads((SEEDS / name).read_text(encoding="utf-8"))
    return data
