"""A report as it stands in a workspace."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.report import Metadata


class LayerState(StrEnum):
    """Where a layer stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Layer:
    """One person's tasks and tags over one report."""

    id: str
    report_id: str
    author: str
    state: LayerState = LayerState.DRAFT
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReportCard:
    """A report's entry in the workspace: everything but its text. `number` is what people see, never a key.

    `imported` is UTC. A removed report keeps its rows, so that removing can be undone.
    """

    id: str
    number: int
    metadata: Metadata
    source_name: str
    file_sha256: str
    text_sha256: str
    encoding: str
    imported: datetime
    is_removed: bool = False
    version: int = 0
