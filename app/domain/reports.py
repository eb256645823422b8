"""A report as it stands in a workspace."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from app.domain.corrections import Correction
from app.domain.report import Metadata

_REPORTS = UUID("2b8f0a55-8f5e-4a1c-9a5e-4b0b7d0c7c11")
_LAYERS = UUID("b1c3d7a4-6a0f-4c0e-8f3d-2a9b5e6d1f22")


class LayerState(StrEnum):
    """Where a layer stands; `layer_moves` says what leads from one to the next."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Layer:
    """One person's tasks and tags over one report, or what review has made of others' (`base_ids`).

    `author` is the person's name when the layer was begun. `revision` counts submissions, of a reviewed layer
    the versions that were made final. A layer with version 0 is not in the store: it is written with the first
    edit that touches it.
    """

    id: str
    report_id: str
    author: str
    state: LayerState = LayerState.DRAFT
    created: datetime | None = None
    person_id: str = ""
    base_ids: tuple[str, ...] = ()
    revision: int = 0
    submitted: datetime | None = None
    version: int = 0

    @property
    def is_reviewed(self) -> bool:
        """Whether this is what review makes of other layers, and no annotator's own."""
        return bool(self.base_ids)


@dataclass(frozen=True, slots=True)
class ReportCard:
    """A report's entry in the workspace: everything but its text. `number` is what people see, never a key.

    `imported` is UTC. A removed report keeps its rows, so that removing can be undone. `supersedes` is the id of the
    report that this one is the next version of, "" for none; `corrections` are what people decided about slips.
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
    supersedes: str = ""
    corrections: tuple[Correction, ...] = ()
    version: int = 0


def report_id_of(text_sha256: str) -> str:
    """The identity of the report with this text: the same wherever it is imported."""
    return str(uuid5(_REPORTS, text_sha256))


def own_layer_id(report_id: str, person_id: str) -> str:
    """The identity of a person's layer over a report, before and after it is begun."""
    return str(uuid5(_LAYERS, f"{report_id}/{person_id}"))


def reviewed_layer_id(report_id: str, base_ids: Iterable[str]) -> str:
    """The identity of what review makes of these layers: the same on every workstation, in whichever order."""
    return str(uuid5(_LAYERS, "/".join((report_id, *sorted(base_ids)))))
