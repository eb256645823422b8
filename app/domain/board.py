"""The board: one layer's tasks merged with what is still only suggested, kept current change by change."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from app.domain.changes import Change
from app.domain.experience import Experience, Precedent, Proposer, precedent_of
from app.domain.marks import TASK, Mark
from app.domain.proposals import Office, anchored_tags, as_task, default_deadline, proposed_tags, task_key
from app.domain.spans import Span, Spans
from app.domain.suggestions import Commitment, Suggestions, Uncovered, key
from app.domain.tasks import Deadline, DeadlineKind, Dismissal, Item, Owner, Role, Tag, TagKind, Task, Value

MOSTLY = 0.5
"""The share of a commitment that stored tasks must cover before it counts as taken up by them."""


class Delta(NamedTuple):
    """What a change did to the items: those gone or as they were, and those new or as they are, in order."""

    removed: tuple[Item, ...] = ()
    added: tuple[Item, ...] = ()


class _Store:
    """The layer's stored objects, by id."""

    def __init__(self) -> None:
        self.tasks: dict[str, Task] = {}
        self.tags: defaultdict[str, dict[str, Tag]] = defaultdict(dict)
        self.dismissals: dict[str, Dismissal] = {}

    def tags_of(self, task_id: str) -> list[Tag]:
        return [*self.tags[task_id].values()] if task_id in self.tags else []

    def put(self, thing: object) -> None:
        if isinstance(thing, Task):
            self.tasks[thing.id] = thing
        elif isinstance(thing, Tag):
            self.tags[thing.task_id][thing.id] = thing
        elif isinstance(thing, Dismissal):
            self.dismissals[thing.key] = thing

    def drop(self, thing: object) -> None:
        if isinstance(thing, Task):
            self.tasks.pop(thing.id, None)
        elif isinstance(thing, Tag):
            self.tags[thing.task_id].pop(thing.id, None)
        elif isinstance(thing, Dismissal):
            self.dismissals.pop(thing.key, None)


class Board:
    """A layer's items in text order.

    A suggested commitment is an item of its own until it is accepted, dismissed, or a stored task covers most
    of it; then its undecided tags show inside that task. `words` gives the words of a source span.
    `experience` is laid over the proposed owners, from the first decision about a lead on: what is decided here is
    learned at once.
    """

    def __init__(
        self,
        office: Office,
        suggestions: Suggestions,
        words: Callable[[Span], str],
        issued: dict[str, int],
        experience: Experience | None = None,
    ) -> None:
        self.office = office
        self._words = words
        bodies = sorted(office.units, key=lambda unit: (unit.order, unit.id))
        self._ranks = {unit.short_name: rank for rank, unit in enumerate(bodies)}
        self._issued = issued
        self._store = _Store()
        self._commitments = [c for c in suggestions.commitments if not c.is_lead_in]
        self._starts = [c.span.start for c in self._commitments]
        self._experience = experience
        self._proposer: Proposer | None = None
        self._precedents: dict[str, Precedent] = {}
        self._uncovered = suggestions.uncovered
        self._items: dict[str, Item] = {}
        self._order: list[Item] = []
        self._numbers: dict[str, int] = {}
        self._numbered: tuple[Item, ...] | None = None

    def load(
        self,
        tasks: Iterable[Task],
        tags: Iterable[Tag],
        dismissals: Iterable[Dismissal],
        *,
        is_experienced: bool = False,
    ) -> None:
        """Take the stored objects of the layer and build every item.

        `is_experienced`: there is experience from elsewhere already, which is laid over every proposal.
        """
        for thing in (*tasks, *tags, *dismissals):
            self._store.put(thing)
        if is_experienced:
            self._ask()
        self._learn(self._store.tasks)
        if self._proposer is not None:
            self._commitments = [self._proposer.proposed(i) for i in range(len(self._commitments))]
        self._rebuild(set(self._store.tasks), range(len(self._commitments)))

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item in text order, with its number; tasks without a source come last."""
        if self._numbered is None:
            numbers = self._numbers
            self._numbered = tuple(Item(i.task, i.tags, numbers[i.task.id]) for i in self._order)
        return self._numbered

    def item(self, item_id: str) -> Item | None:
        """The item of a task's id or a suggestion's key; also under the key it was suggested with."""
        found = self._items.get(item_id) or next(
            (i for i in self._order if i.task.origin and i.task.origin == item_id), None
        )
        return found and found._replace(number=self._numbers[found.task.id])

    @property
    def numbers(self) -> dict[str, int]:
        """The number of every item, by its id."""
        return self._numbers

    def apply(self, change: Change) -> Delta:
        """Follow a change that the store has taken; returns the items it touched."""
        tasks: set[str] = set()
        places: list[Span] = []
        for edit in change.edits:
            for thing, act in ((edit.before, self._store.drop), (edit.after, self._store.put)):
                if thing is not None:
                    act(thing)
                    self._touch(thing, tasks, places)
        for task_id in tuple(tasks):
            task = self._store.tasks.get(task_id)
            places += task.spans if task else ()
        touched = {i for place in places for i in self._commitments_in(place)}
        return self._rebuild(tasks, sorted(touched | self._proposed_anew(self._learn(tasks))))

    def gaps(self) -> tuple[Uncovered, ...]:
        """遗漏检查: what carries a figure, a deadline or an obligation and is in no item and not dismissed."""
        taken = [span for item in self._order for span in item.task.spans]
        dismissed = self._store.dismissals
        unexplained = [
            Uncovered(c.span, c.text, "忽略时没有说明理由")
            for c in self._commitments
            if (c.targets or c.deadlines)
            and (decision := dismissed.get(task_key(c))) is not None
            and not decision.reason
        ]
        gaps = (
            gap
            for gap in (*self._uncovered, *unexplained)
            if key("sentence", gap.span) not in dismissed
            and not any(gap.span.overlaps(span) for span in taken)
        )
        return tuple(sorted(gaps, key=lambda gap: gap.span))

    def commitment_of(self, item: Item) -> Commitment | None:
        """The commitment that an item came from or overlaps first: its proposals and its opener."""
        indices = [i for span in item.task.spans for i in self._commitments_in(span)]
        return self._commitments[indices[0]] if indices else None

    def value_at(self, kind: TagKind, span: Span) -> Value:
        """What the suggestions read at a place, decided on or not; None where they read nothing of that kind."""
        for i in self._commitments_in(span):
            for tag in anchored_tags(self._commitments[i], self.office, self._words):
                if tag.kind is kind and any(own.overlaps(span) for own in tag.spans):
                    return tag.value
        return None

    def _ask(self) -> Proposer | None:
        if self._proposer is None and self._experience is not None:
            self._proposer = self._experience(self._commitments)
        return self._proposer

    def _learn(self, task_ids: Iterable[str]) -> set[int]:
        """Take what these tasks teach, or no longer teach; the commitments that it may concern."""
        concerned: set[int] = set()
        for task_id in task_ids if self._experience is not None else ():
            task = self._store.tasks.get(task_id)
            before = self._precedents.pop(task_id, None)
            after = precedent_of(task, self._store.tags_of(task_id)) if task else None
            if after is not None:
                self._precedents[task_id] = after
            proposer = self._ask() if before != after else None
            if proposer is not None:
                concerned |= set(proposer.learn(before, after))
        return concerned

    def _proposed_anew(self, concerned: set[int]) -> set[int]:
        """Let experience propose again; the commitments where that makes a difference."""
        changed: set[int] = set()
        if self._proposer is not None:
            for i in concerned:
                proposal = self._proposer.proposed(i)
                if proposal != self._commitments[i]:
                    self._commitments[i] = proposal
                    changed.add(i)
        return changed

    @staticmethod
    def _touch(thing: object, tasks: set[str], places: list[Span]) -> None:
        if isinstance(thing, Task):
            tasks.add(thing.id)
            places += thing.spans
        elif isinstance(thing, Tag):
            tasks.add(thing.task_id)
        elif isinstance(thing, Dismissal):
            places.append(thing.span)

    def _commitments_in(self, span: Span) -> Iterator[int]:
        i = max(0, bisect_left(self._starts, span.start) - 1)
        while i < len(self._starts) and self._starts[i] < span.end:
            if self._commitments[i].span.overlaps(span):
                yield i
            i += 1

    def _rebuild(self, task_ids: set[str], touched: Iterable[int]) -> Delta:
        """Build the named stored tasks and commitments, and every stored task on those commitments, anew."""
        touched = list(touched)
        on_them = self._tasks_by_commitment(touched)
        task_ids = task_ids | {t.id for tasks in on_them.values() for t in tasks}
        fresh: list[Item] = []
        stale = set(task_ids)
        for index in touched:
            commitment = self._commitments[index]
            stale.add(task_key(commitment))
            if not self._is_taken(commitment, on_them[index]):
                fresh.append(self._suggested_item(commitment))
        fresh += [self._stored_item(self._store.tasks[i]) for i in task_ids if i in self._store.tasks]
        removed = tuple(self._items.pop(i) for i in stale if i in self._items)
        self._items.update((item.task.id, item) for item in fresh)
        self._numbered = None
        if {i.task.id: i.start for i in removed} != {i.task.id: i.start for i in fresh}:
            self._order = sorted(self._items.values(), key=_place)
            self._renumber()
        else:
            self._order = [self._items[item.task.id] for item in self._order]
        same = {item.task.id for item in removed if self._items.get(item.task.id) == item}
        return Delta(
            tuple(item for item in removed if item.task.id not in same),
            tuple(sorted((item for item in fresh if item.task.id not in same), key=_place)),
        )

    def _tasks_by_commitment(self, touched: list[int]) -> dict[int, list[Task]]:
        found: dict[int, list[Task]] = {i: [] for i in touched}
        if len(touched) > 8:
            for task in self._store.tasks.values():
                for i in {i for span in task.spans for i in self._commitments_in(span)}:
                    if i in found:
                        found[i].append(task)
            return found
        spans = {i: self._commitments[i].span for i in touched}
        for task in self._store.tasks.values():
            for i, span in spans.items():
                if any(span.overlaps(s) for s in task.spans):
                    found[i].append(task)
        return found

    def _is_taken(self, commitment: Commitment, tasks: list[Task]) -> bool:
        name = task_key(commitment)
        if name in self._store.dismissals or any(t.origin == name for t in tasks):
            return True
        covered = sum(
            max(0, min(s.end, commitment.span.end) - max(s.start, commitment.span.start))
            for t in tasks
            for s in t.spans
        )
        return covered >= MOSTLY * (commitment.span.end - commitment.span.start)

    def _suggested_item(self, commitment: Commitment) -> Item:
        task = as_task(commitment, self.office)
        anchored = anchored_tags(commitment, self.office, self._words, task.id)
        tags = (*anchored, *proposed_tags(commitment, self.office, task.id))
        open_tags = [tag for tag in tags if tag.origin not in self._store.dismissals]
        return Item(task, self._in_order(open_tags))

    def _stored_item(self, task: Task) -> Item:
        stored = self._store.tags_of(task.id)
        return Item(task, self._in_order([*stored, *self._still_open(task, stored)]))

    def _still_open(self, task: Task, stored: list[Tag]) -> Iterator[Tag]:
        """The suggested tags inside a stored task that nobody has decided on."""
        if task.is_confirmed:
            return
        decided = {t.origin for t in stored}
        indices = dict.fromkeys(i for span in task.spans for i in self._commitments_in(span))
        commitments = [self._commitments[i] for i in indices]
        for commitment in commitments:
            for tag in anchored_tags(commitment, self.office, self._words, task.id):
                if self._is_open(tag, decided) and _is_free(tag, task.spans, stored):
                    yield tag
        yield from self._open_proposals(task, commitments, stored, decided)

    def _open_proposals(
        self, task: Task, commitments: list[Commitment], stored: list[Tag], decided: set[str]
    ) -> Iterator[Tag]:
        has_lead = any(isinstance(t.value, Owner) and t.value.role is Role.LEAD for t in stored)
        names = {t.value.name for t in stored if isinstance(t.value, Owner)}
        has_deadline = any(
            isinstance(t.value, Deadline) and t.value.kind is not DeadlineKind.RECURRING for t in stored
        )
        if commitments:
            proposals = list(proposed_tags(commitments[0], self.office, task.id))
            others = (t for c in commitments[1:] for t in proposed_tags(c, self.office, task.id))
            proposals += [t for t in others if isinstance(t.value, Owner) and t.value.role is Role.SUPPORT]
        else:
            proposals = [default_deadline(self.office, f"deadline:default:{task.id}", task.id)]
        for tag in proposals:
            value = tag.value
            is_needed = (
                value.name not in names and not (has_lead and value.role is Role.LEAD)
                if isinstance(value, Owner)
                else not has_deadline
            )
            if is_needed and self._is_open(tag, decided):
                names |= {value.name} if isinstance(value, Owner) else set()
                yield tag

    def _is_open(self, tag: Tag, decided: set[str]) -> bool:
        return tag.origin not in decided and tag.origin not in self._store.dismissals

    def _in_order(self, tags: Sequence[Tag]) -> tuple[Tag, ...]:
        """Tags by place; those without one come last: by kind, leads first, bodies in the directory's order."""
        if len(tags) < 2:
            return tuple(tags)

        def place(tag: Tag) -> tuple[int, int, int, int, str, str]:
            start = tag.spans[0].start if tag.spans else 1 << 40
            role = isinstance(tag.value, Owner) and tag.value.role is not Role.LEAD
            name = tag.value.name if isinstance(tag.value, Owner) else ""
            rank = self._ranks.get(name, len(self._ranks))
            return start, _KIND_ORDER[tag.kind], int(role), rank, tag.text, tag.id

        return tuple(sorted(tags, key=place))

    def _renumber(self) -> None:
        """Number by place; an issued number stands still, and what comes after it gets the next free one."""
        last = max(self._issued.values(), default=0)
        self._numbers = {}
        for item in self._order:
            number = self._issued.get(item.task.id) or self._issued.get(item.task.origin)
            if number is None:
                last = number = last + 1
            self._numbers[item.task.id] = number


def marks(items: Iterable[Item]) -> list[Mark]:
    """The marks of items: the tasks' own and those of their tags."""
    out: list[Mark] = []
    for item in items:
        task = item.task
        out += [Mark(task.id, task.id, TASK, s.start, s.end, item.is_suggested) for s in task.spans]
        for tag in item.tags:
            kind = tag.kind.value
            out += [Mark(tag.id, task.id, kind, s.start, s.end, tag.version == 0) for s in tag.spans]
    return out


_KIND_ORDER = {kind: i for i, kind in enumerate(TagKind)}


def _place(item: Item) -> tuple[int, str]:
    return item.start, item.task.id


def _is_free(tag: Tag, spans: Spans, stored: list[Tag]) -> bool:
    """Whether a suggested tag lies inside the task and no stored tag of its kind stands in its place."""
    inside = any(span.contains(own) for span in spans for own in tag.spans)
    return inside and not any(
        other.kind is tag.kind and any(a.overlaps(b) for a in other.spans for b in tag.spans)
        for other in stored
    )
