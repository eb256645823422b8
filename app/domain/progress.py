"""Progress: what a unit reports on a task for one period."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

_PROGRESS = UUID("3b0d7c4e-8e0a-4b57-9b7e-2d1f5a9c6e10")


@dataclass(frozen=True, slots=True)
class Figure:
    """What is reached of one target. `value` has 万 and 亿 multiplied in, None where the words are no number.

    `words` are what was typed.
    """

    target_id: str
    value: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Progress:
    """One unit's report on one task for one period ("2026-03", "2026-Q1", "2026"). `at` is UTC.

    `is_lead`: the unit that answers for the task; its figures count, a supporting unit's are kept beside them.
    `evidence` are file names. `source` names the workbook it came with, "" if typed here.
    """

    id: str
    report_id: str
    task_id: str
    period: str
    unit: str
    is_lead: bool
    at: datetime
    person_id: str
    who: str
    figures: tuple[Figure, ...] = ()
    text: str = ""
    issues: str = ""
    next_steps: str = ""
    reported_by: str = ""
    evidence: tuple[str, ...] = ()
    source: str = ""
    version: int = 0


def progress_id(report_id: str, task_id: str, period: str, unit: str) -> str:
    """The identity of a unit's report on a task for a period: there is one, however often it is sent."""
    return str(uuid5(_PROGRESS, f"{report_id}/{task_id}/{period}/{unit}"))
