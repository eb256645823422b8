"""What the decisions mean: which tasks and tags are in F, and which side each part of them comes from."""

from app.domain.decisions import Choice, Decision, Field
from app.domain.tasks import Tag, TagKind
from app.review.docket import Docket
from app.review.fields import PARTS, PLACED
from app.review.matching import Entry, Pair
from app.review.places import shared
from app.review.tag_matching import Match, anchor
from app.review.words import part_seen

STRIKING = frozenset({Choice.NEITHER, Choice.EDITED})
"""What takes something away whoever has it. EDITED on a task's presence is its removal by hand."""


def members(pair: Pair, docket: Docket) -> tuple[Entry, ...]:
    """The entries whose tasks F has of a pair, under their own ids; of a 1-1 pair the first side's."""
    if pair.is_divided:
        sides = {Choice.SECOND: pair.second, Choice.NEITHER: ()}
        chosen = sides.get(docket.choice(pair.key, Field.DIVISION), pair.first)
        return tuple(entry for entry in chosen if not _is_struck(docket.on(entry.task.id, Field.TASK)))
    if pair.is_twofold:
        is_gone = docket.choice(pair.key, Field.SPAN) is Choice.NEITHER
        return () if is_gone or _is_struck(presence(pair, docket)) else pair.first
    choice = docket.choice(pair.key, Field.TASK)
    side = Choice.FIRST if pair.first else Choice.SECOND
    is_kept = choice in {side, Choice.BOTH, Choice.EDITED} and not _is_struck(presence(pair, docket))
    return pair.entries if is_kept else ()


def presence(pair: Pair, docket: Docket) -> Decision | None:
    """What was decided on whether a pair's task is there, perhaps when only one side had it."""
    if not docket.anchors:
        return None
    found = (docket.on(entry.task.id, Field.TASK) for entry in pair.entries)
    return next((decision for decision in found if decision), None)


def counterpart(pair: Pair, entry: Entry) -> Entry | None:
    """What the second side has in place of a first side's entry: only where it is one to one."""
    return pair.second[0] if pair.is_twofold and not pair.is_divided and entry is pair.first[0] else None


def home_of(tag: Tag, kept: tuple[Entry, ...]) -> str:
    """The id of the task of F that a tag stands in: its own, else the one it lies in most."""
    if len(kept) == 1 or any(entry.task.id == tag.task_id for entry in kept):
        return kept[0].task.id if len(kept) == 1 else tag.task_id
    return max(kept, key=lambda entry: shared(entry.task.spans, tag.spans)).task.id


def tag_presence(match: Match, docket: Docket) -> Decision | None:
    """What was decided on whether a tag is there, perhaps when only one side had it."""
    found = (docket.on(tag.id, PLACED[tag.kind]) for tag in match if tag)
    return next((decision for decision in found if decision), None)


def is_in(match: Match, docket: Docket, *, is_twofold: bool) -> bool:
    """Whether F has a tag, as far as its task is there."""
    decision = tag_presence(match, docket)
    if decision is not None and decision.choice is Choice.EDITED:
        return decision.value is not None
    if decision is not None and decision.choice is Choice.NEITHER:
        return False
    ours, theirs = match
    if ours and theirs:
        return docket.choice(ours.id, Field.VALUE) is not Choice.NEITHER
    if not is_twofold:
        return True
    returned = decision is None or decision.choice is Choice.RETURNED
    choice = Choice.FIRST if decision is None or returned else decision.choice
    return choice in ((Choice.FIRST, Choice.BOTH) if ours else (Choice.SECOND, Choice.BOTH))


def differing(match: Match) -> tuple[Field, ...]:
    """The parts of a target that both sides have but read otherwise."""
    ours, theirs = match
    if ours is None or theirs is None or ours.kind is not TagKind.TARGET or ours.value == theirs.value:
        return ()
    return tuple(field for field in PARTS if part_seen(ours, field) != part_seen(theirs, field))


def placing(match: Match, docket: Docket, differing: tuple[Field, ...]) -> Tag:
    """The tag that gives a tag of F its place and words.

    Where nobody decided on the place itself it goes with the parts: with the second side when all that differ
    come from there.
    """
    ours, theirs = match
    decision = tag_presence(match, docket)
    if decision is not None and isinstance(decision.value, Tag):
        return decision.value
    if ours is None or theirs is None:
        return anchor(match)
    if decision is not None:
        return theirs if decision.choice is Choice.SECOND else ours
    follows = differing and all(docket.choice(ours.id, field) is Choice.SECOND for field in differing)
    return theirs if follows else ours


def _is_struck(decision: Decision | None) -> bool:
    return decision is not None and decision.choice in STRIKING and decision.value is None
