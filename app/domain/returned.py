"""What came back: workbooks as they were read, and what taking them in would do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.changes import Change
from app.domain.typed import Cell

OPEN = ("as_of", "actual", "text", "issues", "next_steps", "reported_by", "evidence")
"""What a unit may fill in, whatever a workbook says of itself."""

TEXTS = ("text", "issues", "next_steps", "reported_by", "evidence")
"""What belongs to a task, and not to one of its targets."""

LEADS = "各牵头单位"
"""The answer to whose a workbook is, where each row is its lead unit's."""


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """A row with its hidden id ("" where it has none). `cells` are those that hold something, by field.

    Of `merged` fields the cell lies in a merged area: it holds what stands in the area's first cell.
    """

    sheet: str
    line: int
    id: str
    cells: Mapping[str, Cell]
    merged: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the file, the sheet and the line, and the row's number (3, 3-2)."""

    file: str
    sheet: str
    line: int
    number: str


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that is left out, and why."""

    place: Place
    why: str


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A workbook as it was read. `marks` is what it says of itself (workspace, head, report, unit, period, made).

    `titles` are the columns that were found, by field; `locked` those of them that its template let nobody fill in.
    `unknown` are titles that mean nothing, `faults` lines that could not be read as rows, `notes` what else is to be
    told. `saved`: when it was last saved.
    """

    name: str
    marks: Mapping[str, str]
    rows: tuple[ReturnedRow, ...]
    titles: Mapping[str, str]
    locked: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()
    faults: tuple[RowFault, ...] = ()
    notes: tuple[str, ...] = ()
    saved: datetime | None = None


@dataclass(frozen=True, slots=True)
class CellChange:
    """What a cell would change: of which unit's report on which task for which period."""

    place: Place
    task_id: str
    unit: str
    period: str
    field: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A cell that is not taken, what was to stand there and what does, and why."""

    place: Place
    title: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class UnitDifference:
    """A supporting unit's figure that is not the lead's of the same period; the lead's counts."""

    task_id: str
    number: str
    goal: str
    period: str
    lead: str
    lead_said: str
    unit: str
    unit_said: str


@dataclass(frozen=True, slots=True)
class FileTold:
    """A file that was read: whose and for which period ("" where rows say), its rows, and how many cells it changes.

    `refused` says why the whole file is left out, "" where it is not; `needs_unit`: whose it is has to be told first.
    `notes` are to be told in any case, that it is out of date among them.
    """

    name: str
    unit: str = ""
    period: str = ""
    rows: int = 0
    changed: int = 0
    refused: str = ""
    needs_unit: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnPreview:
    """What taking workbooks in would do, cell by cell; `change` does it, in one transaction.

    Cells that say what stands already, or what went out in them, are in none of the lists.
    """

    files: tuple[FileTold, ...]
    changes: tuple[CellChange, ...]
    refused: tuple[RefusedCell, ...]
    faults: tuple[RowFault, ...]
    differences: tuple[UnitDifference, ...]
    change: Change = field(default_factory=lambda: Change("", "", ()))

    @property
    def is_clean(self) -> bool:
        """Whether nothing was refused and every file was taken."""
        return not (self.refused or self.faults or any(told.refused for told in self.files))

    @property
    def words(self) -> str:
        """What people are told in one line."""
        left_out = sum(bool(told.refused) for told in self.files)
        return (
            f"读取{len(self.files) - left_out}个文件，改动{len(self.changes)}格；"
            f"不采用{len(self.refused)}格，有问题的{len(self.faults)}行，不采用的文件{left_out}个"
        )
