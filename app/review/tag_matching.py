"""Which targets, measures and standards of two sides are the same, within one task or group."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable

from app.domain.phrases import number_words
from app.domain.spans import Spans
from app.domain.tasks import Tag, TagKind
from app.review.fields import PLACED, figures, target_of
from app.review.places import is_mostly_shared, overlapping, shared, start_of

Match = tuple[Tag | None, Tag | None]
"""What both sides have of one tag; never two times None."""


def matched(first: Iterable[Tag], second: Iterable[Tag]) -> list[Match]:
    """Every placed tag of both sides in exactly one match, in text order: the surest matches first.

    By identity, by place (of several the one with the same value), by overlap; a target then by its indicator and
    figures, and by its indicator alone where a side gives it no place.
    """
    ours = [tag for tag in first if tag.kind in PLACED]
    theirs = [tag for tag in second if tag.kind in PLACED]
    found: list[Match] = []
    for rule in _RULES:
        if not ours or not theirs:
            break
        made = rule(ours, theirs)
        found += made
        ours = _without(ours, (a for a, _ in made))
        theirs = _without(theirs, (b for _, b in made))
    found += [(tag, None) for tag in ours] + [(None, tag) for tag in theirs]
    return sorted(found, key=_place)


def anchor(match: Match) -> Tag:
    """The tag whose id the match goes by: the first side's if it has one."""
    tag = match[0] or match[1]
    if tag is None:
        raise ValueError("a match has a tag")
    return tag


def _same(*keys: Callable[[Tag], Hashable]) -> Callable[[list[Tag], list[Tag]], list[Match]]:
    """The rule that matches tags of which a key is the same; None matches nothing."""

    def rule(ours: list[Tag], theirs: list[Tag]) -> list[Match]:
        there: defaultdict[Hashable, list[Tag]] = defaultdict(list)
        for tag in reversed(theirs):
            there[tuple(key(tag) for key in keys)].append(tag)
        found: list[Match] = []
        for tag in ours:
            own = tuple(key(tag) for key in keys)
            if None not in own and there[own]:
                found.append((tag, there[own].pop()))
        return found

    return rule


def _by_id(ours: list[Tag], theirs: list[Tag]) -> list[Match]:
    there = {tag.id: tag for tag in theirs}
    return [(tag, there[tag.id]) for tag in ours if tag.id in there]


def _by_place(ours: list[Tag], theirs: list[Tag]) -> list[Match]:
    """Those of a kind with the very same spans, first those with the same value."""
    there: dict[tuple[TagKind, Spans], list[Tag]] = {}
    for tag in theirs:
        if tag.spans:
            there.setdefault((tag.kind, tag.spans), []).append(tag)
    found: list[Match] = []
    rest = []
    for tag in ours:
        same = there.get((tag.kind, tag.spans), [])
        at = next((n for n, other in enumerate(same) if other.value == tag.value), None)
        if at is None:
            rest.append((tag, same))
        else:
            found.append((tag, same.pop(at)))
    return found + [(tag, same.pop(0)) for tag, same in rest if same]


def _by_overlap(ours: list[Tag], theirs: list[Tag]) -> list[Match]:
    """Those of a kind that share most of the shorter one's characters: the longest overlaps first."""
    shares = [
        (-shared(ours[i].spans, theirs[j].spans), i, j)
        for i, j in overlapping([t.spans for t in ours], [t.spans for t in theirs])
        if ours[i].kind is theirs[j].kind and is_mostly_shared(ours[i].spans, theirs[j].spans)
    ]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(shares):
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return [(ours[i], theirs[j]) for i, j in found.items()]


def _by_name(ours: list[Tag], theirs: list[Tag]) -> list[Match]:
    found = _same(_indicator)(ours, theirs)
    return [(a, b) for a, b in found if a and b and not (a.spans and b.spans)]


def _kind(tag: Tag) -> TagKind:
    return tag.kind


def _indicator(tag: Tag) -> str | None:
    return target_of(tag).indicator.strip() or None


def _figures(tag: Tag) -> Hashable:
    target = target_of(tag)
    return target.unit, *(number_words(number, target.unit) for number in figures(target))


def _words(tag: Tag) -> Hashable:
    """The words of a tag without a place; None for one with a place."""
    return None if tag.spans else tag.text.strip() or None


_RULES = (
    _by_id,
    _by_place,
    _by_overlap,
    _same(_indicator, _figures),
    _by_name,
    _same(_kind, _words),
)


def _without(tags: list[Tag], taken: Iterable[Tag | None]) -> list[Tag]:
    gone = {tag.id for tag in taken if tag}
    return [tag for tag in tags if tag.id not in gone]


def _place(match: Match) -> tuple[int, str]:
    tag = anchor(match)
    return start_of(tag.spans), tag.id
