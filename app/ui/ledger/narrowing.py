"""Which cases of the ledger are shown: by unit, section, light, state, due list, text, or a list behind a bar."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.due_list import DueList
from app.domain.lights import COLOUR_NAMES, Colour
from app.domain.supervising import Case
from app.domain.task_moves import TaskState


class Due(StrEnum):
    """The lists of what wants chasing; the value is what people read."""

    OVERDUE = "已逾期"
    WEEK = "本周到期"
    MONTH = "本月到期"
    MISSED = "缺反馈"


DueIds = dict[Due, frozenset[str]]
"""The tasks of each list, by id."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What passes. Empty and None let everything pass; `unit` leads or supports.

    `ids` is a list from elsewhere, called `called`: what stands behind a bar of the board.
    """

    unit: str = ""
    section: str = ""
    colour: Colour | None = None
    state: TaskState | None = None
    due: Due | None = None
    text: str = ""
    ids: frozenset[str] | None = None
    called: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """What narrows the list, in words."""
        parts = (
            self.called if self.ids is not None else "",
            self.unit,
            self.section,
            COLOUR_NAMES[self.colour] if self.colour else "",
            self.state.value if self.state else "",
            self.due.value if self.due else "",
            f"“{self.text}”" if self.text else "",
        )
        return tuple(filter(None, parts))

    def passes(self, case: Case, due: DueIds) -> bool:
        """Whether a case is shown."""
        return (
            (self.ids is None or case.id in self.ids)
            and (not self.unit or self.unit in (case.row.lead, *case.supports))
            and (not self.section or case.section == self.section)
            and (self.colour is None or case.light.colour is self.colour)
            and (self.state is None or case.state is self.state)
            and (self.due is None or case.id in due[self.due])
            and (not self.text or self.text in _searched(case))
        )

    def cleared(self) -> "Narrowing":
        """Without everything but the text."""
        return Narrowing(text=self.text)

    def behind(self, called: str, ids: Iterable[str]) -> "Narrowing":
        """Only the list behind a bar."""
        return Narrowing(ids=frozenset(ids), called=called)


def due_ids(found: DueList) -> DueIds:
    """The tasks of each list. What is due this week is due this month too."""
    overdue, week, month = (
        frozenset(entry.case.id for entry in entries)
        for entries in (found.overdue, found.this_week, found.this_month)
    )
    missed = frozenset(case.id for case in found.missed)
    return {Due.OVERDUE: overdue, Due.WEEK: week, Due.MONTH: week | month, Due.MISSED: missed}


def _searched(case: Case) -> str:
    row = case.row
    told = (text for report in case.reports for text in (report.text, report.issues, report.next_steps))
    parts = (str(row.number), row.summary, row.quote, row.lead, row.support, row.leader, row.person, *told)
    return "\n".join(parts)
