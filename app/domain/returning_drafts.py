"""A report of progress as it comes to be said, cell by cell, and the 反馈 that it makes of its task."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.domain.edits import new_id
from app.domain.progress import Progress
from app.domain.reported_figures import figure_of
from app.domain.returning_ground import Taker
from app.domain.returning_rows import Statement
from app.domain.supervising import Case
from app.domain.task_moves import UNDER_WAY, TaskMove, TaskMoveName, TaskState
from app.domain.typed import names_of, plain


def reported(case: Case, progress: Progress) -> TaskMove | None:
    """The 反馈 that a lead's report makes of a task; None where it does not wait for one."""
    if not progress.is_lead or case.state not in UNDER_WAY - {TaskState.REPORTED}:
        return None
    at = max(progress.at, case.moves[-1].at + timedelta(microseconds=1))
    return TaskMove(
        new_id(), progress.report_id, case.id, TaskMoveName.REPORT, at, progress.person_id, progress.who
    )


class Draft:
    """A report of progress as it comes to be said; what is known by an older id is known by today's."""

    def __init__(self, stands: Progress, names: Mapping[str, str]) -> None:
        self._stands = stands
        self._figures = {names.get(f.target_id, f.target_id): f for f in stands.figures}
        self._texts: dict[str, Any] = {}

    def stands(self, statement: Statement) -> str:
        """What it says in a cell."""
        if statement.field == "actual":
            figure = self._figures.get(statement.target_id)
            return figure.words if figure else ""
        value = self._texts.get(statement.field, getattr(self._stands, statement.field))
        return "、".join(value) if isinstance(value, tuple) else str(value)

    def take(self, statement: Statement) -> None:
        """Let it say so."""
        if statement.field == "actual":
            self._figures[statement.target_id] = figure_of(statement.target_id, statement.words)
        else:
            is_list = statement.field == "evidence"
            self._texts[statement.field] = names_of(statement.words) if is_list else statement.words

    def done(self, taker: Taker, source: str, *, is_lead: bool) -> Progress:
        """The report of progress, by whoever took it in."""
        return replace(
            self._stands,
            **self._texts,
            figures=tuple(self._figures.values()),
            is_lead=is_lead,
            at=taker.at,
            person_id=taker.person_id,
            who=taker.who,
            source=source,
        )


def agree(stands: str, words: str) -> bool:
    """Whether two texts say the same but for spaces and the width of characters; 3 and 3.0 do."""
    return plain(stands) == plain(words) or (_bare(stands) is not None and _bare(stands) == _bare(words))


def _bare(words: str) -> float | None:
    try:
        return float(plain(words))
    except ValueError:
        return None
