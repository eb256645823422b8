"""What F reads where two layers differ."""

from collections.abc import Iterable

from app.domain.contents import Contents
from app.domain.decisions import Choice, Field
from app.domain.tasks import Tag
from app.review.difference import NOTHING, Difference, Side
from app.review.fields import LISTS, PARTS, PRESENCES, by_list
from app.review.matching import Entry
from app.review.tag_rows import side_of_part, side_of_tag
from app.review.task_rows import divided, side_of_list, sides_of_task, whole


class Outcomes:
    """F's tasks with their tags, to be read field by field."""

    def __init__(self, final: Contents) -> None:
        self._tasks = {task.id: task for task in final.tasks}
        self._tags = {tag.id: tag for tag in final.tags}
        self._of_task: dict[str, list[Tag]] = {task_id: [] for task_id in self._tasks}
        for tag in final.tags:
            self._of_task[tag.task_id].append(tag)

    def entry(self, task_id: str) -> Entry | None:
        """A task of F with its tags."""
        task = self._tasks.get(task_id)
        return Entry(task, tuple(self._of_task[task_id])) if task else None

    def holds(self, difference: Difference) -> bool:
        """Whether F has the task or tag that a difference is about."""
        if difference.field in PARTS or difference.field in PRESENCES:
            return self._tag(difference) is not None
        return difference.task_id in self._tasks

    def side(self, difference: Difference, divided_into: Iterable[str]) -> Side:
        """What F reads there; `divided_into` are the tasks that F has of the pair."""
        field, entry = difference.field, self.entry(difference.task_id)
        if field in PARTS or field in PRESENCES:
            return self._read_tag(difference, self._tag(difference))
        if field is Field.DIVISION:
            return divided(tuple(e for task_id in divided_into if (e := self.entry(task_id))))
        if entry is None:
            return NOTHING
        if field is Field.TASK:
            return whole((entry,))
        return (
            side_of_list(by_list(entry.tags)[field], field) if field in LISTS else sides_of_task(entry)[field]
        )

    def _tag(self, difference: Difference) -> Tag | None:
        return self._tags.get(difference.first_tag) or self._tags.get(difference.second_tag)

    @staticmethod
    def _read_tag(difference: Difference, tag: Tag | None) -> Side:
        if tag is None:
            return NOTHING
        if difference.field in PARTS:
            return side_of_part(tag, difference.field)
        return side_of_tag(tag, is_alone=not (difference.first_tag and difference.second_tag))


def is_changed(difference: Difference, side: str, outcome: Side) -> bool:
    """Whether review made something else of it than a side has; `side` is what that side reads, as seen."""
    decision = difference.decision
    if decision is None or decision.choice is Choice.RETURNED:
        return False
    if difference.field is Field.TASK:
        return bool(side) != bool(outcome.seen)
    return side != outcome.seen
