"""What the reviewer of the effort benchmark wants: the gold's rows, and what of a task differs from its row."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import Any

from app.domain.spans import Span
from app.domain.suggestions import Suggestions, key
from app.domain.tasks import Deadline, DeadlineKind, Item, Owner, Role, Tag, TagKind, Target

SLACK = 2
"""Characters, white space apart, by which a row's span may differ at either end; as in score.py."""

SPAN, TARGET, LEAD, DEADLINE = "span", "target", "lead", "deadline"
Goal = tuple[str, float | None, float | None]
"""A target's comparator, low and high."""
When = tuple[str, date | None]
"""by, event or recurring, and the day."""
_WHENS = {DeadlineKind.EVENT: "event", DeadlineKind.RECURRING: "recurring", DeadlineKind.ROLLING: "rolling"}
_SAME_AS_BY = frozenset({"by", "during"})


@dataclass(frozen=True, slots=True)
class Anchored:
    """A wanted target or deadline and where it stands."""

    span: Span
    goal: Goal | None = None
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the ledger that the reviewer wants."""

    span: Span
    lead: str
    targets: tuple[Anchored, ...]
    deadlines: tuple[Anchored, ...]

    @property
    def goals(self) -> Counter[Goal]:
        """The values and comparators of its targets."""
        return Counter(t.goal for t in self.targets if t.goal)

    @property
    def whens(self) -> set[When]:
        """Its deadlines, frequencies apart."""
        return {d.when for d in self.deadlines if d.when and d.when[0] != "recurring"}


class Gold:
    """A gold annotation over its text."""

    def __init__(self, annotation: dict[str, Any], text: str, suggestions: Suggestions) -> None:
        self.rows = tuple(_rows(annotation))
        self.year_end = date(annotation["report_year"], 12, 31)
        self._solid = [0, *accumulate(not c.isspace() for c in text)]
        # 全覆盖, 清零: a kind of their own, which the gold does not have
        self._coverage = {key(TagKind.TARGET, c.span) for w in suggestions.commitments for c in w.coverage}

    @classmethod
    def load(cls, path: Path, text: str, suggestions: Suggestions) -> "Gold":
        """The gold of a file; `suggestions` tell which targets are coverage goals."""
        return cls(json.loads(path.read_text(encoding="utf-8")), text, suggestions)

    def is_place(self, wanted: Span, found: Span) -> bool:
        """Whether two spans are the same within two characters at either end."""
        at = self._solid
        return (
            abs(at[wanted.start] - at[found.start]) <= SLACK and abs(at[wanted.end] - at[found.end]) <= SLACK
        )

    def targets(self, item: Item) -> list[Tag]:
        """A task's targets, coverage goals apart."""
        return [t for t in item.of_kind(TagKind.TARGET) if not {t.id, t.origin} & self._coverage]

    def wrong(self, row: Row, item: Item) -> list[str]:
        """What of a task is not as the row has it, of span, target, lead and deadline; empty if it is right."""
        found = {
            SPAN: not self.is_place(row.span, extent(item)),
            TARGET: Counter(map(goal_of, self.targets(item))) != row.goals,
            LEAD: lead_codes(item) != [row.lead],
            DEADLINE: not self.is_due(row, item),
        }
        return [what for what, is_wrong in found.items() if is_wrong]

    def is_due(self, row: Row, item: Item) -> bool:
        """Whether the deadlines are the row's; where it has none, the year's end or what has no end."""
        return self.whens(item) == row.whens if row.whens else not self.odd_deadlines(row, item)

    def whens(self, item: Item) -> set[When]:
        """A task's deadlines, frequencies and the default apart."""
        values = [t.value for t in item.of_kind(TagKind.DEADLINE) if isinstance(t.value, Deadline)]
        named = [v for v in values if v.kind is not DeadlineKind.DEFAULT_YEAR_END]
        return {when_of(v) for v in named if v.kind is not DeadlineKind.RECURRING}

    def odd_deadlines(self, row: Row, item: Item) -> list[Tag]:
        """The deadline tags that the row does not have."""
        allowed = row.whens or {("by", self.year_end), ("rolling", None)}
        tags = [t for t in item.of_kind(TagKind.DEADLINE) if isinstance(t.value, Deadline)]
        return [
            t
            for t in tags
            if isinstance(t.value, Deadline)
            and t.value.kind is not DeadlineKind.RECURRING
            and when_of(t.value) not in allowed
        ]


def extent(item: Item) -> Span:
    """From a task's first character to its last."""
    spans = item.task.spans
    return Span(spans[0].start, spans[-1].end) if spans else Span(0, 0)


def goal_of(tag: Tag) -> Goal:
    """What a target tag says."""
    value = tag.value
    if not isinstance(value, Target):
        return "", None, None
    return value.comparator.value, _rounded(value.low), _rounded(value.high)


def when_of(value: Deadline) -> When:
    """What a deadline says: a day by which, or that there is none."""
    return _WHENS.get(value.kind, "by"), value.due


def lead_codes(item: Item) -> list[str]:
    """The functional codes of a task's leads."""
    values = [tag.value for tag in item.owners(Role.LEAD)]
    return [v.code or v.name for v in values if isinstance(v, Owner)]


def _rows(annotation: dict[str, Any]) -> Iterator[Row]:
    """The commitments that are rows: a lead-in gives its item the title and is no row."""
    for work in annotation["commitments"]:
        if not work["lead"]:
            span = _span(work)
            targets = tuple(Anchored(_span(t), _goal(t)) for t in _in(span, annotation["targets"]))
            deadlines = tuple(Anchored(_span(d), when=_when(d)) for d in _in(span, annotation["deadlines"]))
            yield Row(span, work["lead_unit"], targets, deadlines)


def _in(span: Span, marks: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [m for m in marks if span.start <= m["start"] < span.end]


def _span(mark: dict[str, Any]) -> Span:
    return Span(mark["start"], mark["end"])


def _goal(target: dict[str, Any]) -> Goal:
    return target["comparator"], _rounded(target["low"]), _rounded(target["high"])


def _rounded(number: float | None) -> float | None:
    """2.3亿 multiplied in is 229999999.99999997."""
    return None if number is None else float(f"{number:.12g}")


def _when(deadline: dict[str, Any]) -> When:
    kind, due = deadline["kind"], deadline["due"]
    return "by" if kind in _SAME_AS_BY else kind, date.fromisoformat(due) if due else None
