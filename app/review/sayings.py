"""What both annotators say about one piece of work, field by field, as agreement counts it."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field

from app.domain.decisions import Field
from app.domain.spans import Spans
from app.domain.tasks import Deadline, Owner, Tag, TagKind
from app.review.fields import by_list, figures, target_of
from app.review.labels import Labelled
from app.review.matching import Entry, Pair
from app.review.words import part_seen

Said = tuple[Hashable, Hashable]
"""What both say about one thing; None where one says nothing, or does not have the thing."""
Bodies = tuple[frozenset[str], frozenset[str]]
VALUE_FIELDS = (Field.VALUE, Field.COMPARATOR, Field.UNIT, Field.LEAD, Field.DEADLINE)
"""The fields in which people say one of many things."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where one side has something: whole things for F1, stretches for their characters."""

    first: list[Spans] = field(default_factory=list)
    second: list[Spans] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sayings:
    """Both sides' tasks and targets with a place, the kinds that they give to stretches, and what they say."""

    tasks: Places
    targets: Places
    kinds: tuple[list[Labelled], list[Labelled]]
    values: dict[Field, list[Said]]
    supports: Bodies


def sayings_of(pair: Pair) -> Sayings:
    """What both sides say in a pair. Owners and deadlines are compared where one task stands against one."""
    tags = _tags(pair.first), _tags(pair.second)
    values: defaultdict[Field, list[Said]] = defaultdict(list)
    for ours, theirs in pair.matches:
        for part in (Field.VALUE, Field.COMPARATOR, Field.UNIT):
            values[part].append((_part(ours, part), _part(theirs, part)))
    for a, b in _opposite(pair):
        first, second = by_list(a.tags if a else ()), by_list(b.tags if b else ())
        values[Field.LEAD].append((_names(first[Field.LEAD]), _names(second[Field.LEAD])))
        values[Field.DEADLINE].append((_dates(first[Field.DEADLINE]), _dates(second[Field.DEADLINE])))
    return Sayings(
        Places(_placed(entry.task.spans for entry in pair.first), _placed(e.task.spans for e in pair.second)),
        Places(_targets(tags[0]), _targets(tags[1])),
        (_kinds(tags[0]), _kinds(tags[1])),
        values,
        (_supports(tags[0]), _supports(tags[1])),
    )


def _opposite(pair: Pair) -> Iterator[tuple[Entry | None, Entry | None]]:
    if pair.is_twofold and not pair.is_divided:
        yield pair.first[0], pair.second[0]
        return
    yield from ((entry, None) for entry in pair.first)
    yield from ((None, entry) for entry in pair.second)


def _tags(entries: tuple[Entry, ...]) -> list[Tag]:
    return [tag for entry in entries for tag in entry.tags]


def _placed(places: Iterable[Spans]) -> list[Spans]:
    return [spans for spans in places if spans]


def _targets(tags: list[Tag]) -> list[Spans]:
    return _placed(tag.spans for tag in tags if tag.kind is TagKind.TARGET)


def _kinds(tags: list[Tag]) -> list[Labelled]:
    return [(span, tag.kind.value) for tag in tags for span in tag.spans]


def _part(tag: Tag | None, part: Field) -> str | None:
    """A part of a target; None where there is no target, or no number for its value and unit to be of."""
    if tag is None or tag.kind is not TagKind.TARGET:
        return None
    is_said = part is Field.COMPARATOR or bool(figures(target_of(tag)))
    return part_seen(tag, part) if is_said else None


def _names(tags: Iterable[Tag]) -> str | None:
    return "、".join(sorted(_bodies(tags))) or None


def _bodies(tags: Iterable[Tag]) -> set[str]:
    return {tag.value.name.strip() for tag in tags if isinstance(tag.value, Owner)} - {""}


def _supports(tags: list[Tag]) -> frozenset[str]:
    return frozenset(_bodies(by_list(tags)[Field.SUPPORT]))


def _dates(tags: Iterable[Tag]) -> str | None:
    """The days that a task is due, or the words of deadlines without one; None without any."""
    return "、".join(sorted({_date(tag) for tag in tags} - {""})) or None


def _date(tag: Tag) -> str:
    due = tag.value.due if isinstance(tag.value, Deadline) else None
    return (
        due.isoformat()
        if due
        else tag.text.strip() or (tag.value.kind if isinstance(tag.value, Deadline) else "")
    )
