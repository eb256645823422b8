"""A hand edit of F as decisions: what was changed by hand is decided."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from app.domain.changes import Change, Edit
from app.domain.decisions import Choice, Decision, Field
from app.domain.tasks import Dismissal, Tag, Task
from app.review.docket import DISMISSED, TAG_MADE, TASK_MADE, key_of
from app.review.fields import LISTS, PARTS, PLACED, TEXTS, list_field, own_title, target_of
from app.review.words import part_seen


class Desk(Protocol):
    """What completing needs to know of a review."""

    def is_based(self, thing: Task | Tag) -> bool:
        """Whether a task or tag comes from a base."""

    def anchor_of(self, thing: Task | Tag) -> str:
        """The id that the decisions on whether a task or tag is there go by."""

    def is_shared(self, tag: Tag) -> bool:
        """Whether a based tag's task is one of several, so that another would get the tag if it goes."""

    def decision(self, key: str) -> Decision | None:
        """The decision under a key."""

    def made(self, key: str, field: Field, value: Task | Tag | None) -> Decision:
        """A hand edit's decision; what both sides read is filled in afterwards."""

    def tags_of(self, task_id: str) -> Iterable[Tag]:
        """The tags of a task of F."""

    def recorded(self, task_id: str, field: Field) -> Iterable[Tag]:
        """A list of a task as a hand made it before."""


def decisions_of(change: Change, desk: Desk) -> Iterator[Edit]:
    """The edits of decisions that a hand edit of F means; of one key the last counts."""
    gone = {edit.id for edit in change.edits if isinstance(edit.before, Task) and edit.after is None}
    for edit in change.edits:
        match (edit.before, edit.after):
            case (Task() | None as before, Task() | None as after):
                yield from _of_task(before, after, desk)
            case (Dismissal() | None as old, Dismissal() | None as new):
                yield from _of_dismissal(old, new, desk)
            case (Tag() | None as was, Tag() | None as now):
                yield from _of_placed(was, now, desk, gone)
    yield from _of_lists(change, desk, gone)


def _of_task(before: Task | None, after: Task | None, desk: Desk) -> Iterator[Edit]:
    thing = after or before
    if thing is None:
        return
    if not desk.is_based(thing):
        yield from _of_own(TASK_MADE, Field.TASK, thing, desk, is_gone=after is None)
    elif before is None or after is None:
        yield _written(desk, key_of(desk.anchor_of(thing), Field.TASK), Field.TASK, after)
    else:
        for field in _changed_fields(before, after):
            yield _written(desk, key_of(thing.id, field), field, after)


def _changed_fields(before: Task, after: Task) -> Iterator[Field]:
    if (before.spans, before.quote, before.merged_ids) != (after.spans, after.quote, after.merged_ids):
        yield Field.SPAN
    if own_title(before) != own_title(after):
        yield Field.TITLE
    yield from (f for f, name in TEXTS.items() if getattr(before, name) != getattr(after, name))


def _of_placed(before: Tag | None, after: Tag | None, desk: Desk, gone: set[str]) -> Iterator[Edit]:
    """A target, measure or standard. What goes with its task is not decided on by itself."""
    thing = after or before
    if thing is None or thing.kind not in PLACED:
        return
    field = PLACED[thing.kind]
    if not desk.is_based(thing):
        yield from _of_own(TAG_MADE, field, thing, desk, is_gone=after is None)
    elif before is None or after is None:
        if after is not None or thing.task_id not in gone or desk.is_shared(thing):
            yield _written(desk, key_of(desk.anchor_of(thing), field), field, after)
    else:
        for part in _changed_parts(before, after):
            yield _written(desk, key_of(thing.id, part), part, after)
        if (before.spans, before.text) != (after.spans, after.text):
            yield _written(desk, key_of(desk.anchor_of(thing), field), field, after)
        if before.task_id != after.task_id:
            yield _written(desk, f"{TAG_MADE}{thing.id}", field, after)


def _changed_parts(before: Tag, after: Tag) -> Iterator[Field]:
    """The parts of a target that read otherwise; its value where something else of its numbers is other."""
    if before.value == after.value:
        return
    parts = [field for field in PARTS if part_seen(before, field) != part_seen(after, field)]
    old, new = target_of(before), target_of(after)
    if not {Field.VALUE, Field.COMPARATOR} & set(parts) and (old.low, old.high) != (new.low, new.high):
        parts.append(Field.VALUE)
    yield from parts


def _of_own(prefix: str, field: Field, thing: Task | Tag, desk: Desk, *, is_gone: bool) -> Iterator[Edit]:
    """What F has by hand alone: a decision as long as it is there."""
    key = f"{prefix}{thing.id}"
    if not is_gone:
        yield _written(desk, key, field, thing)
    elif desk.decision(key):
        yield Edit(desk.decision(key), None)


def _of_dismissal(before: Dismissal | None, after: Dismissal | None, desk: Desk) -> Iterator[Edit]:
    thing = after or before
    if thing is None:
        return
    key = f"{DISMISSED}{thing.key}"
    decision = desk.decision(key)
    if after is not None:
        made = desk.made(key, Field.TASK, None)
        yield Edit(decision, replace(made, choice=Choice.NEITHER, reason=after.reason))
    elif decision is not None:
        yield Edit(decision, None)


def _of_lists(change: Change, desk: Desk, gone: set[str]) -> Iterator[Edit]:
    """Every list that a tag came into, left or was changed in, as it stands after the change."""
    places, after = _lists_touched(change, gone), _tags_after(change, desk)
    kept: set[str] = set()
    left = [tag for task_id, field in places for tag in desk.recorded(task_id, field)]
    left += [tag for task_id in sorted(gone) for field in LISTS for tag in desk.recorded(task_id, field)]
    for task_id, field in places:
        yield _written(desk, key_of(task_id, field), field, None)
        for tag in after:
            if tag.task_id == task_id and list_field(tag) is field:
                kept.add(tag.id)
                yield _written(desk, f"{TAG_MADE}{tag.id}", field, tag)
    yield from (Edit(desk.decision(f"{TAG_MADE}{tag.id}"), None) for tag in left if tag.id not in kept)


def _lists_touched(change: Change, gone: set[str]) -> list[tuple[str, Field]]:
    """The lists, by task, that a change has to do with; not those of tasks that it takes away."""
    places: dict[tuple[str, Field], None] = {}
    for tag in _tags_in(change):
        field = list_field(tag)
        if field and tag.task_id not in gone:
            places[tag.task_id, field] = None
    return list(places)


def _tags_after(change: Change, desk: Desk) -> list[Tag]:
    """The tags of every task that a change has to do with, as they stand after it."""
    tasks = dict.fromkeys(tag.task_id for tag in _tags_in(change))
    tags = {tag.id: tag for task_id in tasks for tag in desk.tags_of(task_id)}
    for edit in change.edits:
        if isinstance(edit.after, Tag):
            tags[edit.id] = edit.after
        elif isinstance(edit.before, Tag):
            tags.pop(edit.id, None)
    return list(tags.values())


def _tags_in(change: Change) -> Iterator[Tag]:
    return (thing for e in change.edits for thing in (e.before, e.after) if isinstance(thing, Tag))


def _written(desk: Desk, key: str, field: Field, value: Task | Tag | None) -> Edit:
    before = desk.decision(key)
    after = desk.made(key, field, value)
    return Edit(before, replace(after, version=before.version) if before else after)
