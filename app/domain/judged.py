"""What persons decide about targets: whether one without a figure is reached, and a plan's values year by year."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

_VERDICTS = UUID("7a0f6c1e-52d4-4a5d-9d0b-1f3b8e2c7a44")
_YEARS = UUID("c2b9d5f0-3f6e-4f0a-8a4d-6e1c9b7d2f58")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person said of a target that no figure decides. `at` is UTC."""

    id: str
    report_id: str
    target_id: str
    reached: bool
    person_id: str
    who: str
    at: datetime
    reason: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class YearGoal:
    """What a plan's target is to be in one year, as decided; what `plan_years.YearTarget` says, stored."""

    id: str
    report_id: str
    target_id: str
    year: int
    value: float | None
    words: str = ""
    version: int = 0


def verdict_id(report_id: str, target_id: str) -> str:
    """The identity of what is said of a target: there is one, whoever says it last."""
    return str(uuid5(_VERDICTS, f"{report_id}/{target_id}"))


def year_goal_id(report_id: str, target_id: str, year: int) -> str:
    """The identity of a target's value for a year."""
    return str(uuid5(_YEARS, f"{report_id}/{target_id}/{year}"))
