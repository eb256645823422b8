"""The decisions on a reviewed layer, as building and comparing look them up."""

from collections import defaultdict
from collections.abc import Iterable

from app.domain.decisions import Choice, Decision, Field
from app.domain.tasks import Tag, Task
from app.review.fields import list_field

TASK_MADE, TAG_MADE, DISMISSED = "task:", "tag:", "dismissal:"
"""What the keys of things made or moved by hand, and of dismissals, begin with."""


def key_of(anchor: str, field: Field) -> str:
    """The key of the difference in a field of a task or tag; the ids never hold a slash."""
    return f"{anchor}/{field.value}"


class Docket:
    """Decisions by key. A later reader asks with ids, so that what nobody decided on costs one look."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self.by_key: dict[str, Decision] = {decision.key: decision for decision in decisions}
        self.anchors = {key.rpartition("/")[0] for key in self.by_key}
        self.tasks: dict[str, Task] = {}
        self.tags: dict[str, Tag] = {}
        self.dismissed: dict[str, Decision] = {}
        self._lists: defaultdict[tuple[str, Field], list[Tag]] = defaultdict(list)
        for decision in sorted(self.by_key.values(), key=lambda d: d.key):
            self._sort_in(decision)

    def _sort_in(self, decision: Decision) -> None:
        if decision.key.startswith(DISMISSED):
            self.dismissed[decision.key.removeprefix(DISMISSED)] = decision
        elif isinstance(decision.value, Task) and decision.key.startswith(TASK_MADE):
            self.tasks[decision.value.id] = decision.value
        elif isinstance(decision.value, Tag) and decision.key.startswith(TAG_MADE):
            field = list_field(decision.value)
            if field is None:
                self.tags[decision.value.id] = decision.value
            else:
                self._lists[decision.value.task_id, field].append(decision.value)

    def on(self, anchor: str, field: Field) -> Decision | None:
        """The decision on a field of a task or tag, if there is one."""
        return self.by_key.get(key_of(anchor, field)) if anchor in self.anchors else None

    def edited(self, anchor: str, field: Field) -> Decision | None:
        """That decision where it is a hand edit."""
        found = self.on(anchor, field)
        return found if found and found.choice is Choice.EDITED else None

    def choice(self, anchor: str, field: Field) -> Choice:
        """What is to be taken: the decision's choice, the first side where nothing is decided or all waits."""
        found = self.on(anchor, field)
        return Choice.FIRST if found is None or found.choice is Choice.RETURNED else found.choice

    def listed(self, task_id: str, field: Field) -> tuple[Tag, ...]:
        """A task's list as it was made by hand, by the tags' ids."""
        return tuple(self._lists[task_id, field])
