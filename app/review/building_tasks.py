"""A task of F: each of its fields from the side, the both or the hand that was decided on."""

from dataclasses import replace

from app.domain.decisions import Choice, Field
from app.domain.spans import Spans, joined
from app.domain.tasks import Task
from app.domain.wording import short_title
from app.review.docket import Docket
from app.review.fields import JOINTS, TEXTS, own_title
from app.review.matching import Entry, Pair
from app.review.rulings import counterpart

Place = tuple[Spans, str, tuple[str, ...]]
"""Spans, quote, and the tasks merged into it: what SPAN decides."""


def task_of(pair: Pair, entry: Entry, docket: Docket, *, is_confirmed: bool) -> Task:
    """The task that F has under an entry's id."""
    task, other = entry.task, counterpart(pair, entry)
    if task.id not in docket.anchors:  # nothing is decided: all from the first side
        return replace(task, is_confirmed=is_confirmed)
    theirs = other.task if other else None
    spans, quote, merged = _place(task, theirs, docket)
    texts = {name: _text(task, theirs, field, docket) for field, name in TEXTS.items()}
    title = _title(task, theirs, docket) or short_title(quote)
    if (spans, quote) == (task.spans, task.quote) and not docket.on(task.id, Field.TITLE):
        title = task.title
    return replace(
        task,
        spans=spans,
        quote=quote,
        merged_ids=merged,
        title=title,
        is_confirmed=is_confirmed,
        **texts,  # type: ignore[arg-type]  # names of Task's texts
    )


def can_join(ours: Task, theirs: Task) -> bool:
    """Whether the words of both places together are known: one place in each, or one within the other."""
    return _both_places(ours, theirs) is not None


def both_texts(ours: str, theirs: str, joint: str) -> str:
    """Two texts of which both are taken; what one says already is not said twice."""
    ours, theirs = ours.strip(), theirs.strip()
    if theirs in ours:
        return ours
    return theirs if ours in theirs else f"{ours}{joint}{theirs}"


def _place(task: Task, other: Task | None, docket: Docket) -> Place:
    edited = docket.edited(task.id, Field.SPAN)
    if edited and isinstance(edited.value, Task):
        task = edited.value
    elif other is not None:
        choice = docket.choice(task.id, Field.SPAN)
        both = _both_places(task, other) if choice is Choice.BOTH else None
        if both is not None:
            return (*both, tuple(dict.fromkeys(task.merged_ids + other.merged_ids)))
        task = other if choice is Choice.SECOND else task
    return task.spans, task.quote, task.merged_ids


def _both_places(ours: Task, theirs: Task) -> tuple[Spans, str] | None:
    """The spans of both with their words, what both say once; None where they lie in several pieces."""
    spans = joined((*ours.spans, *theirs.spans))
    for task in (ours, theirs):
        if task.spans == spans:
            return spans, task.quote
    if len(ours.spans) != 1 or len(theirs.spans) != 1:
        return None
    first, second = (task.quote for task in sorted((ours, theirs), key=lambda task: task.spans))
    most = max(
        0, min(ours.spans[0].end, theirs.spans[0].end) - max(ours.spans[0].start, theirs.spans[0].start)
    )
    said_twice = next(length for length in range(most, -1, -1) if first.endswith(second[:length]))
    return spans, first + second[said_twice:]


def _text(task: Task, other: Task | None, field: Field, docket: Docket) -> str:
    ours: str = getattr(task, TEXTS[field])
    edited = docket.edited(task.id, field)
    if edited is not None:
        return getattr(edited.value, TEXTS[field], ours)
    if other is None:
        return ours
    theirs: str = getattr(other, TEXTS[field])
    match docket.choice(task.id, field):
        case Choice.SECOND:
            return theirs
        case Choice.BOTH:
            return both_texts(ours, theirs, JOINTS[field])
        case Choice.NEITHER:
            return ""
    return ours


def _title(task: Task, other: Task | None, docket: Docket) -> str:
    """The title that somebody wrote; "" where it is to be the beginning of the quote."""
    edited = docket.edited(task.id, Field.TITLE)
    if edited and isinstance(edited.value, Task):
        return own_title(edited.value)
    choice = docket.choice(task.id, Field.TITLE)
    if other is not None and choice is Choice.SECOND:
        return own_title(other)
    return "" if choice is Choice.NEITHER and other is not None else own_title(task)
