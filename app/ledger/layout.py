"""The layout of a workbook as data: sheets, columns, titles, widths and fonts, checked when it is read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from app.domain.errors import UserError
from app.domain.ledger import IndicatorRow, TaskRow
from app.places import RESOURCES

DECOMPOSITION = RESOURCES / "ledger" / "decomposition.json"

ROW_FIELDS = {
    "indicators": frozenset(f.name for f in fields(IndicatorRow)),
    "tasks": frozenset(f.name for f in fields(TaskRow)),
}
"""What a column may show, by the field of Ledger that holds the sheet's rows."""

ALIGNS = frozenset({"left", "center", "right"})


@dataclass(frozen=True, slots=True)
class Face:
    """A font by name (never bundled), its size in points."""

    name: str
    size: float


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the row's field, its title, its width in Excel's units (one is half a Chinese character)."""

    field: str
    title: str
    width: float
    align: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One sheet: which rows of the ledger, the sheet's name, what follows the report's title, the columns.

    An `optional` sheet is left out when it has no rows. Hidden columns stand last, so that the title is merged
    over all that is seen.
    """

    rows: str
    name: str
    heading: str
    columns: tuple[Column, ...]
    optional: bool = False

    @property
    def visible(self) -> int:
        """How many columns are seen."""
        return sum(not column.hidden for column in self.columns)


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole workbook: fonts by role, fills as RRGGBB, margins in inches."""

    creator: str
    fonts: Mapping[str, Face]
    fills: Mapping[str, str]
    margins: Mapping[str, float]
    footer: str
    sheets: tuple[SheetLayout, ...]


@cache
def decomposition() -> Layout:
    """The layout of 任务分解表 that the program brings along."""
    return load(DECOMPOSITION)


def load(path: Path) -> Layout:
    """Read a layout. UserError names the column or alignment that is not known."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Layout(
        creator=raw["creator"],
        fonts={role: Face(**font) for role, font in raw["fonts"].items()},
        fills=raw["fills"],
        margins=raw["margins"],
        footer=raw["footer"],
        sheets=tuple(map(_sheet, raw["sheets"])),
    )


def _sheet(raw: Mapping[str, Any]) -> SheetLayout:
    columns = tuple(Column(**column) for column in raw["columns"])
    for column in columns:
        if column.field not in ROW_FIELDS[raw["rows"]]:
            raise UserError(f"台账模板的“{raw['name']}”中有不认识的列“{column.field}”，请改正后重试。")
        if column.align not in ALIGNS:
            raise UserError(f"台账模板中“{column.field}”列的对齐方式“{column.align}”不认识，请改正后重试。")
    return SheetLayout(raw["rows"], raw["name"], raw["heading"], columns, raw.get("optional", False))
