"""The differences about targets, measures and standards: whether and where they are there, and what they say."""

from collections.abc import Iterator

from app.domain.decisions import Choice, Field
from app.domain.tasks import Tag, TagKind
from app.review import words
from app.review.difference import NOTHING, Difference, Side, Subject, difference
from app.review.docket import Docket
from app.review.fields import PARTS, PLACED, target_of
from app.review.matching import Entry, Pair
from app.review.places import start_of
from app.review.rulings import STRIKING, differing, home_of, is_in, tag_presence
from app.review.tag_matching import Match, anchor


def tags(pair: Pair, kept: tuple[Entry, ...], docket: Docket) -> Iterator[Difference]:
    """The tags of a pair that read otherwise on both sides, are on one side only, or were changed by hand."""
    ids = (tag.id for entry in pair.entries for tag in entry.tags)
    if not pair.is_twofold and docket.anchors.isdisjoint(ids):
        return
    for match in pair.matches:
        if not _is_agreed(match) or not docket.anchors.isdisjoint(tag.id for tag in match if tag):
            yield from _of_match(pair, kept, match, docket)


def _is_agreed(match: Match) -> bool:
    """Whether both sides have a tag at the very same place and read the very same."""
    ours, theirs = match
    return (
        ours is not None
        and theirs is not None
        and ours.value == theirs.value
        and _is_same_place(ours, theirs)
    )


def _of_match(pair: Pair, kept: tuple[Entry, ...], match: Match, docket: Docket) -> Iterator[Difference]:
    different, head = differing(match), anchor(match)
    about = Subject(pair, home_of(head, kept), start_of(head.spans), target_of(head).indicator)
    yield from _presence(about, match, different, docket)
    if not is_in(match, docket, is_twofold=pair.is_twofold):
        if docket.choice(head.id, Field.VALUE) is Choice.NEITHER:
            yield difference(about, head.id, Field.VALUE, _parts(match, Field.VALUE), docket)
        return
    for field in PARTS if head.kind is TagKind.TARGET else ():
        if field in different or docket.edited(head.id, field):
            yield difference(about, head.id, field, _parts(match, field), docket)


def _presence(
    about: Subject, match: Match, different: tuple[Field, ...], docket: Docket
) -> Iterator[Difference]:
    """Whether a tag is there. Where both sides have it and read it otherwise, its place goes with what they read."""
    ours, theirs = match
    decision = tag_presence(match, docket)
    if ours is None or theirs is None:
        is_listed = about.pair.is_twofold or (decision is not None and decision.choice in STRIKING)
    else:
        is_listed = decision is not None or not (different or _is_same_place(ours, theirs))
    if is_listed:
        at = decision.key.rpartition("/")[0] if decision else anchor(match).id
        yield difference(about, at, PLACED[anchor(match).kind], _whole(match), docket)


def _is_same_place(ours: Tag, theirs: Tag) -> bool:
    return ours.spans == theirs.spans and (bool(ours.spans) or ours.text == theirs.text)


def _whole(match: Match) -> tuple[Side, Side]:
    """A tag that one side has, with everything in it; of one that both have, its words and place."""
    is_alone = None in match
    ours, theirs = (side_of_tag(tag, is_alone=is_alone) if tag else NOTHING for tag in match)
    return ours, theirs


def side_of_tag(tag: Tag, *, is_alone: bool) -> Side:
    """What one side reads of a tag as a whole, or of its place where the other side has it too."""
    if not is_alone:
        return Side(tag.text.strip(), words.at_place(tag.text, tag.spans), tag.id)
    text = words.figure(tag) if tag.kind is TagKind.TARGET else tag.text.strip()
    return Side(text, words.tag_seen(tag), tag.id)


def side_of_part(tag: Tag, field: Field) -> Side:
    """What one side reads of a part of a target."""
    return Side(words.part_words(tag, field), words.part_seen(tag, field), tag.id)


def _parts(match: Match, field: Field) -> tuple[Side, Side]:
    ours, theirs = (side_of_part(tag, field) if tag else NOTHING for tag in match)
    return ours, theirs
