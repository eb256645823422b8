"""What is painted of two layers: whose tag it is, and whether the other side has it too."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.domain.marks import TASK, Mark
from app.domain.tasks import Tag, TagKind
from app.review import Difference, Entry, Pair
from app.ui.review.painting import FIRST, SAME, SECOND, side_kind


def numbers_of(pairs: Iterable[Pair], issued: Mapping[str, int]) -> dict[str, int]:
    """A number for every task of both sides, by place; what is the same work has one number.

    A number that has gone out stands still, as on the board.
    """
    numbers: dict[str, int] = {}
    last = max(issued.values(), default=0)
    for pair in pairs:
        for entry in pair.first or pair.second:
            number = issued.get(entry.task.id) or issued.get(entry.task.origin)
            if number is None:
                last = number = last + 1
            numbers[entry.task.id] = number
        for entry in pair.second if pair.first else ():
            numbers.setdefault(entry.task.id, numbers[pair.key])
    return numbers


def aliases(differences: Iterable[Difference]) -> dict[str, str]:
    """By the second side's tag the first side's, where a difference is about both: they are current together."""
    return {d.second_tag: d.first_tag for d in differences if d.first_tag and d.second_tag}


def side_marks(pairs: Iterable[Pair], same_as: Mapping[str, str]) -> list[Mark]:
    """The marks of both layers in text order of their pairs, and each pair's tasks for the margin."""
    found: list[Mark] = []
    for pair in pairs:
        for entry in pair.first or pair.second:
            found += _task_marks(entry, TASK, entry.task.id)
        found += _ranges(pair)
        first, second = _tags(pair.first), _tags(pair.second)
        found += _sided(pair, FIRST, first, _agreed(first, second), {})
        found += _sided(pair, SECOND, second, _agreed(second, first), same_as)
    return found


def tag_words(sides: Iterable[Sequence[Tag]]) -> dict[str, str]:
    """The words of every tag that has a place, by its id."""
    return {tag.id: tag.text for tags in sides for tag in tags if tag.spans}


def _tags(entries: Sequence[Entry]) -> list[tuple[Entry, Tag]]:
    return [(entry, tag) for entry in entries for tag in entry.tags]


def _agreed(own: list[tuple[Entry, Tag]], other: list[tuple[Entry, Tag]]) -> set[str]:
    """The ids of one side's tags that the other has too: of the same kind and value, on common ground."""
    by_kind: defaultdict[TagKind, list[Tag]] = defaultdict(list)
    for _, tag in other:
        by_kind[tag.kind].append(tag)
    return {tag.id for _, tag in own if any(_is_same(tag, found) for found in by_kind[tag.kind])}


def _is_same(tag: Tag, other: Tag) -> bool:
    is_there = tag.spans == other.spans or any(a.overlaps(b) for a in tag.spans for b in other.spans)
    return is_there and tag.value == other.value


def _sided(
    pair: Pair,
    side: str,
    tags: list[tuple[Entry, Tag]],
    agreed: set[str],
    same_as: Mapping[str, str],
) -> Iterator[Mark]:
    for entry, tag in tags:
        kind = side_kind(side, SAME if tag.id in agreed else tag.kind.value)
        task_id = pair.key if side == SECOND and pair.first else entry.task.id
        for span in tag.spans:
            yield Mark(same_as.get(tag.id, tag.id), task_id, kind, span.start, span.end, is_suggested=False)


def _ranges(pair: Pair) -> Iterator[Mark]:
    """Where the sides cut the work differently: each side's own tasks."""
    first, second = ([entry.task.spans for entry in entries] for entries in (pair.first, pair.second))
    if first == second:
        return
    for side, entries in ((FIRST, pair.first), (SECOND, pair.second)):
        for entry in entries:
            task_id = pair.key if side == SECOND and pair.first else entry.task.id
            yield from _task_marks(entry, side_kind(side, TASK), task_id)


def _task_marks(entry: Entry, kind: str, task_id: str) -> Iterator[Mark]:
    for span in entry.task.spans:
        yield Mark(entry.task.id, task_id, kind, span.start, span.end, is_suggested=False)
