"""The reviewed layer F as a function of its bases and the decisions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from app.domain.contents import Contents
from app.domain.decisions import Decision, Field
from app.domain.reports import Layer
from app.domain.spans import Span, Spans
from app.domain.tasks import Dismissal, Tag, Task
from app.review.building_tags import lists_of, placed_of
from app.review.building_tasks import task_of
from app.review.difference import Difference
from app.review.differences import of_pair
from app.review.docket import Docket
from app.review.fields import LISTS
from app.review.matching import Pair, pairs
from app.review.places import start_of
from app.review.rulings import members, presence

_DISMISSALS = UUID("5b0f3f0e-7f6f-4a43-9a55-0f8f7d9f2c11")
_PLACE = re.compile(r":(\d+)-(\d+)(?::|$)")


@dataclass(frozen=True, slots=True)
class Built:
    """What F has of one pair. `dismissed`: the suggestions that were decided against, with place and reason."""

    tasks: tuple[Task, ...]
    tags: tuple[Tag, ...]
    dismissed: tuple[tuple[str, Spans, str], ...] = ()


def build(layer: Layer, first: Contents, second: Contents | None, decisions: Iterable[Decision]) -> Contents:
    """What stands in the reviewed layer: tasks, tags and dismissals with version 0, in text order.

    Undecided differences take the first side; a task is confirmed when nothing in it is open.
    """
    docket = Docket(decisions)
    made = (of_one(layer.id, pair, of_pair(pair, docket), docket) for pair in pairs(first, second))
    return assembled(layer, tuple(made), (first, second), docket)


def of_one(layer_id: str, pair: Pair, differences: tuple[Difference, ...], docket: Docket) -> Built:
    """What F has of a pair."""
    kept = members(pair, docket)
    is_confirmed = not any(difference.is_open for difference in differences)
    tasks = (task_of(pair, entry, docket, is_confirmed=is_confirmed) for entry in kept)
    tags = list(placed_of(pair, kept, docket))
    for entry in kept:
        tags += lists_of(pair, entry, docket)
    return Built(
        tuple(_task_in(layer_id, task) for task in tasks),
        tuple(_tag_in(layer_id, tag) for tag in tags),
        tuple(_dismissed(pair, docket)) if not kept else (),
    )


def assembled(
    layer: Layer, parts: Sequence[Built], bases: tuple[Contents, Contents | None], docket: Docket
) -> Contents:
    """F of its pairs, of what was made by hand, and of what was dismissed."""
    tasks = {task.id: task for part in parts for task in part.tasks}
    tags = {tag.id: tag for part in parts for tag in part.tags}
    if docket.tasks or docket.tags:
        own_tasks, own_tags = _by_hand(layer.id, bases, docket)
        tasks |= own_tasks
        tags |= own_tags
    ordered = tuple(_with_own_origins(sorted(tasks.values(), key=_task_place)))
    kept = sorted((tag for tag in tags.values() if tag.task_id in tasks), key=_tag_place)
    taken = {task.origin for task in ordered} | {tag.origin for tag in kept}
    dismissals = [d for d in _dismissals(layer, parts, bases, docket) if d.key not in taken]
    return Contents(layer, ordered, tuple(kept), tuple(sorted(dismissals, key=lambda d: (d.span, d.key))))


def _by_hand(
    layer_id: str, bases: tuple[Contents, Contents | None], docket: Docket
) -> tuple[dict[str, Task], dict[str, Tag]]:
    """Tasks and tags that no base has; a reviewer who made a task has confirmed it."""
    known = {task.id for base in bases if base for task in base.tasks}
    there = {tag.id for base in bases if base for tag in base.tags}
    tasks = {
        task.id: replace(task, is_confirmed=True) for task in docket.tasks.values() if task.id not in known
    }
    tags = [tag for tag in docket.tags.values() if tag.id not in there]
    tags += [tag for task_id in tasks for field in LISTS for tag in docket.listed(task_id, field)]
    return (
        {task.id: _task_in(layer_id, task) for task in tasks.values()},
        {tag.id: _tag_in(layer_id, tag) for tag in tags},
    )


def _dismissed(pair: Pair, docket: Docket) -> Iterator[tuple[str, Spans, str]]:
    """The suggestions of tasks that were decided not to be any."""
    reasons = (presence(pair, docket), docket.on(pair.key, Field.SPAN), docket.on(pair.key, Field.DIVISION))
    decision = next((found for found in reasons if found), None)
    if decision is not None:
        for entry in pair.entries:
            if entry.task.origin:
                yield entry.task.origin, entry.task.spans, decision.reason


def _dismissals(
    layer: Layer, parts: Sequence[Built], bases: tuple[Contents, Contents | None], docket: Docket
) -> Iterable[Dismissal]:
    """What the reviewer decided against, then what the bases dismissed; each suggestion once."""
    found: dict[str, tuple[Span, str]] = {}
    for key, decision in docket.dismissed.items():
        place = _PLACE.search(key)
        found[key] = (Span(int(place[1]), int(place[2])) if place else Span(0, 0)), decision.reason
    for part in parts:
        for key, spans, reason in part.dismissed:
            found.setdefault(key, (spans[0] if spans else Span(0, 0), reason))
    for base in bases:
        for dismissal in base.dismissals if base else ():
            span, reason = found.get(dismissal.key, (dismissal.span, ""))
            found[dismissal.key] = span, reason or dismissal.reason
    return (
        Dismissal(str(uuid5(_DISMISSALS, f"{layer.id}/{key}")), layer.id, key, span, reason)
        for key, (span, reason) in found.items()
    )


def _with_own_origins(tasks: Iterable[Task]) -> Iterator[Task]:
    """A suggestion becomes one task of a layer: of two that both came of it, the later forgets it."""
    seen: set[str] = set()
    for task in tasks:
        yield replace(task, origin="") if task.origin and task.origin in seen else task
        seen.add(task.origin)


def _task_in(layer_id: str, task: Task) -> Task:
    return (
        task
        if task.layer_id == layer_id and not task.version
        else replace(task, layer_id=layer_id, version=0)
    )


def _tag_in(layer_id: str, tag: Tag) -> Tag:
    """A tag as the layer's; `replace` takes five times as long, for every tag when a review begins."""
    if tag.layer_id == layer_id and not tag.version:
        return tag
    place = (tag.id, layer_id, tag.task_id, tag.kind, tag.spans, tag.text)
    return Tag(*place, tag.value, tag.origin, tag.reason)


def _task_place(task: Task) -> tuple[int, Spans, str]:
    return start_of(task.spans), task.spans, task.id


def _tag_place(tag: Tag) -> tuple[int, str, str]:
    return start_of(tag.spans), tag.kind, tag.id
