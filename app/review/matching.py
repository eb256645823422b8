"""Which tasks of two layers are the same: equal, slipped by a few characters, split, merged, or without a place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from app.domain.contents import Contents
from app.domain.spans import Span, Spans
from app.domain.tasks import Tag, Task
from app.review.likeness import most_alike
from app.review.places import NOWHERE, is_mostly_shared, overlapping, start_of
from app.review.tag_matching import Match, matched


@dataclass(frozen=True, slots=True)
class Entry:
    """One side's task with its stored tags, in text order."""

    task: Task
    tags: tuple[Tag, ...] = ()

    @property
    def start(self) -> int:
        """Where the task begins in the source; beyond every text without a place."""
        return start_of(self.task.spans)


@dataclass(frozen=True)
class Pair:
    """What both sides have of one piece of work: 1-1, 1-0, 0-1, or n-m where one split or merged.

    Either side may be empty, never both. Entries in text order.
    """

    first: tuple[Entry, ...] = ()
    second: tuple[Entry, ...] = ()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Those of both sides."""
        return self.first + self.second

    @cached_property
    def key(self) -> str:
        """The id of the pair's first task, the first side's if it has one. F keeps a task under this id."""
        return self.entries[0].task.id

    @cached_property
    def start(self) -> int:
        """Where the pair begins in the source; beyond every text without a place."""
        return min(entry.start for entry in self.entries)

    @cached_property
    def is_twofold(self) -> bool:
        """Whether both sides have it."""
        return bool(self.first and self.second)

    @cached_property
    def is_divided(self) -> bool:
        """Whether one side split or merged what the other did not."""
        return self.is_twofold and len(self.entries) > 2

    @cached_property
    def matches(self) -> list[Match]:
        """The matches of both sides' placed tags, those of a group's tasks together, in text order."""
        first, second = ([tag for entry in side for tag in entry.tags] for side in (self.first, self.second))
        return matched(first, second)


def entries_of(contents: Contents) -> list[Entry]:
    """A layer's tasks with their tags, in text order."""
    tags: defaultdict[str, list[Tag]] = defaultdict(list)
    for tag in contents.tags:
        tags[tag.task_id].append(tag)
    made = [Entry(task, tuple(sorted(tags[task.id], key=_tag_place))) for task in contents.tasks]
    return sorted(made, key=_entry_place)


def pairs(first: Contents, second: Contents | None) -> tuple[Pair, ...]:
    """Every task of both layers in exactly one pair, in text order; with one layer, each task alone."""
    ours = entries_of(first)
    theirs = entries_of(second) if second else []
    made = [] if second is None else list(_matched(ours, theirs))
    taken = {entry.task.id for pair in made for entry in pair.first}
    also_taken = {entry.task.id for pair in made for entry in pair.second}
    made += [Pair((entry,), ()) for entry in ours if entry.task.id not in taken]
    made += [Pair((), (entry,)) for entry in theirs if entry.task.id not in also_taken]
    return tuple(sorted(made, key=lambda pair: (pair.start, pair.key)))


def _matched(ours: list[Entry], theirs: list[Entry]) -> Iterator[Pair]:
    """The pairs that have both sides: the surest first, each task in one."""
    for match in (_by_id, _by_place):
        found = list(match(ours, theirs))
        yield from (Pair((a,), (b,)) for a, b in found)
        ours, theirs = _without(ours, (a for a, _ in found)), _without(theirs, (b for _, b in found))
    groups = list(_by_overlap(ours, theirs))
    yield from groups
    ours = _without(ours, (entry for group in groups for entry in group.first))
    theirs = _without(theirs, (entry for group in groups for entry in group.second))
    yield from (Pair((a,), (b,)) for a, b in _by_words(ours, theirs))


def _by_id(ours: list[Entry], theirs: list[Entry]) -> Iterator[tuple[Entry, Entry]]:
    there = {entry.task.id: entry for entry in theirs}
    return ((entry, there[entry.task.id]) for entry in ours if entry.task.id in there)


def _by_place(ours: list[Entry], theirs: list[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Those with the very same spans; of several at one place the first with the first."""
    there: defaultdict[Spans, list[Entry]] = defaultdict(list)
    for entry in reversed(theirs):
        there[entry.task.spans].append(entry)
    for entry in ours:
        if entry.task.spans and there[entry.task.spans]:
            yield entry, there[entry.task.spans].pop()


def _by_overlap(ours: list[Entry], theirs: list[Entry]) -> Iterator[Pair]:
    """What shares most of the shorter one's characters, directly or through others: one pair or one group."""
    groups = _Groups()
    for i, j in overlapping([e.task.spans for e in ours], [e.task.spans for e in theirs]):
        if is_mostly_shared(ours[i].task.spans, theirs[j].task.spans):
            groups.join((0, i), (1, j))
    for members in groups.all():
        yield Pair(
            tuple(ours[i] for side, i in members if side == 0),
            tuple(theirs[j] for side, j in members if side == 1),
        )


def _by_words(ours: list[Entry], theirs: list[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Tasks that a side gave no place, by their words: the same ones, else those most alike."""
    found = most_alike([_words(e) for e in ours], [_words(e) for e in theirs])
    return ((ours[i], theirs[j]) for i, j in found if not (ours[i].task.spans and theirs[j].task.spans))


class _Groups:
    """Things that belong together, directly or through others (union-find)."""

    def __init__(self) -> None:
        self._heads: dict[tuple[int, int], tuple[int, int]] = {}

    def join(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        self._heads[self._head(other)] = self._head(one)

    def _head(self, thing: tuple[int, int]) -> tuple[int, int]:
        head = self._heads.setdefault(thing, thing)
        while head != self._heads[head]:
            self._heads[head] = head = self._heads[self._heads[head]]
        return head

    def all(self) -> Iterable[list[tuple[int, int]]]:
        """The groups, each in order."""
        groups: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for thing in sorted(self._heads):
            groups[self._head(thing)].append(thing)
        return groups.values()


def _without(entries: list[Entry], taken: Iterable[Entry]) -> list[Entry]:
    gone = {entry.task.id for entry in taken}
    return [entry for entry in entries if entry.task.id not in gone]


def _words(entry: Entry) -> str:
    return entry.task.quote or entry.task.summary or entry.task.title


def _entry_place(entry: Entry) -> tuple[int, tuple[Span, ...], str]:
    return entry.start, entry.task.spans, entry.task.id


def _tag_place(tag: Tag) -> tuple[int, str, str]:
    return tag.spans[0].start if tag.spans else NOWHERE, tag.kind, tag.id
