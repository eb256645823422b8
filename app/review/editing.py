"""F before and after: as edits, and after edits."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from operator import attrgetter
from typing import TypeVar

from app.domain.changes import Edit
from app.domain.contents import Contents
from app.domain.tasks import Dismissal, Tag, Task

_Thing = TypeVar("_Thing", Task, Tag, Dismissal)
_TAG = attrgetter("task_id", "kind", "spans", "text", "value", "origin", "reason", "layer_id")


def followed(things: tuple[_Thing, ...], edits: Iterable[Edit], kind: type[_Thing]) -> tuple[_Thing, ...]:
    """F's things of a kind after edits."""
    by_id = {thing.id: thing for thing in things}
    for edit in edits:
        if isinstance(edit.after, kind):
            by_id[edit.id] = edit.after
        elif isinstance(edit.before, kind):
            by_id.pop(edit.id, None)
    return tuple(by_id.values())


def edits_between(before: Contents, after: Contents, stored: Contents) -> Iterator[Edit]:
    """From one state of F to another, as edits of what is stored: tags that go first, tasks, then tags that come."""
    tasks = list(_of_kind(before.tasks, after.tasks, stored.tasks))
    tags = list(_of_kind(before.tags, after.tags, stored.tags))
    yield from (edit for edit in tags if edit.after is None)
    yield from tasks
    yield from (edit for edit in tags if edit.after is not None)
    yield from _of_kind(before.dismissals, after.dismissals, stored.dismissals)


def _of_kind(
    before: tuple[_Thing, ...], after: tuple[_Thing, ...], stored: tuple[_Thing, ...]
) -> Iterator[Edit]:
    """Edits where the content is another; what both states share is the same object, and quickly passed."""
    if len(before) == len(after) and all(a is b for a, b in zip(before, after, strict=True)):
        return
    old: dict[str, _Thing] = {thing.id: thing for thing in before}
    new: dict[str, _Thing] = {thing.id: thing for thing in after}
    there = {thing.id: thing for thing in stored}
    for thing_id in (*(i for i in old if i not in new), *new):
        ours, theirs = old.get(thing_id), new.get(thing_id)
        stands = there.get(thing_id)
        if ours is not theirs and not is_same(stands, theirs):
            yield Edit(stands, theirs)


def is_same(stands: _Thing | None, made: _Thing | None) -> bool:
    """Whether a stored thing reads as one that was made; versions left out. Quickly, for thousands of tags."""
    if stands is None or made is None:
        return stands is made
    if isinstance(stands, Tag):
        return bool(_TAG(stands) == _TAG(made))
    return replace(stands, version=0) == replace(made, version=0)
