"""The tags of F: which are there, and each of their parts from the side or the hand that was decided on."""

from collections.abc import Iterator

from app.domain.decisions import Choice, Field
from app.domain.tasks import Owner, Tag, TagKind
from app.review.docket import Docket
from app.review.fields import PARTS, by_list, composed, target_of
from app.review.matching import Entry, Pair
from app.review.rulings import counterpart, differing, home_of, is_in, placing
from app.review.tag_matching import Match, anchor
from app.review.words import list_seen


def placed_of(pair: Pair, kept: tuple[Entry, ...], docket: Docket) -> Iterator[Tag]:
    """The targets, measures and standards that F has of a pair, each in the task of F where it belongs.

    What a hand moved to another task stays there, also when its own task is taken away.
    """
    for match in pair.matches if kept or docket.tags else ():
        moved = docket.tags.get(anchor(match).id)
        if (kept or moved) and is_in(match, docket, is_twofold=pair.is_twofold):
            yield _made(match, moved.task_id if moved else home_of(anchor(match), kept), docket)


def lists_of(pair: Pair, entry: Entry, docket: Docket) -> Iterator[Tag]:
    """The owners and deadlines of a task of F; who leads does not support."""
    leads = list(_list(pair, entry, Field.LEAD, docket))
    names = {tag.value.name for tag in leads if isinstance(tag.value, Owner)}
    supports = _list(pair, entry, Field.SUPPORT, docket)
    yield from leads
    yield from (t for t in supports if not isinstance(t.value, Owner) or t.value.name not in names)
    yield from _list(pair, entry, Field.DEADLINE, docket)


def _list(pair: Pair, entry: Entry, field: Field, docket: Docket) -> Iterator[Tag]:
    """One list of a task, as decided; made by hand, from the first side, from the second, from both."""
    if docket.edited(entry.task.id, field):
        yield from docket.listed(entry.task.id, field)
        return
    other = counterpart(pair, entry)
    choice = docket.choice(entry.task.id, field) if other else Choice.FIRST
    ours = by_list(entry.tags)[field]
    theirs = by_list(other.tags)[field] if other else []
    sides = {Choice.SECOND: theirs, Choice.BOTH: ours + theirs, Choice.NEITHER: []}
    seen: set[str] = set()
    for tag in sides.get(choice, ours):
        word = list_seen((tag,), field)
        if choice is not Choice.BOTH or word not in seen:
            yield _in_task(tag, entry.task.id)
        seen.add(word)


def _made(match: Match, task_id: str, docket: Docket) -> Tag:
    """A tag of F, under the id the match goes by."""
    head, different = anchor(match), differing(match)
    is_decided = any(tag.id in docket.anchors for tag in match if tag)
    if not is_decided:
        return _in_task(head, task_id)
    place = placing(match, docket, different)
    value = head.value
    if head.kind is TagKind.TARGET and any(docket.on(head.id, field) for field in PARTS):
        value = composed({field: target_of(_side(match, field, docket)) for field in PARTS})
    reason = head.reason if value == head.value else ""  # it spoke for what was suggested
    return Tag(
        head.id, head.layer_id, task_id, head.kind, place.spans, place.text, value, head.origin, reason
    )


def _side(match: Match, field: Field, docket: Docket) -> Tag:
    """The tag that a part of a target is taken from."""
    ours, theirs = match
    edited = docket.edited(anchor(match).id, field)
    if edited and isinstance(edited.value, Tag):
        return edited.value
    is_second = theirs is not None and docket.choice(anchor(match).id, field) is Choice.SECOND
    return theirs if is_second and theirs is not None else ours or anchor(match)


def _in_task(tag: Tag, task_id: str) -> Tag:
    """The tag in a task of F; `replace` takes five times as long."""
    if tag.task_id == task_id:
        return tag
    return Tag(
        tag.id, tag.layer_id, task_id, tag.kind, tag.spans, tag.text, tag.value, tag.origin, tag.reason
    )
