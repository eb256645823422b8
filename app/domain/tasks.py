"""Tasks and their tags: what somebody answers for, and the pieces anchored in the text."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.domain.spans import Span, Spans


class TagKind(StrEnum):
    """Kinds of tag; the tag scheme gives each a name, a letter, a key and a colour."""

    TARGET = "target"
    OWNER = "owner"
    DEADLINE = "deadline"
    MEASURE = "measure"
    STANDARD = "standard"


class Comparator(StrEnum):
    """How a figure binds. The last three are goals without a number."""

    EQ = "="
    GE = ">="
    LE = "<="
    GT = ">"
    LT = "<"
    ABOUT = "~"
    RANGE = "range"
    SYNC = "sync"
    ASSIGNED = "assigned"
    GT_REF = "gt_ref"


class Direction(StrEnum):
    """Where a rate is to go; a level is to be held."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"


class Nature(StrEnum):
    """约束性 or 预期性, where the text says so."""

    BINDING = "binding"
    EXPECTED = "expected"


class Role(StrEnum):
    """What a body has to do with a task."""

    LEAD = "lead"
    SUPPORT = "support"
    ACTOR = "actor"


class DeadlineKind(StrEnum):
    """Kinds of deadline; the first five are read from the text, the last is the office's default."""

    EXPLICIT = "explicit"
    PLAN_END = "plan_end"
    DURING = "during"
    RECURRING = "recurring"
    EVENT = "event"
    ROLLING = "rolling"
    DEFAULT_YEAR_END = "default_year_end"


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to be reached. `low` and `high` have 万 and 亿 multiplied in; the open side is None.

    `unit` is the counting word without 万/亿 (1.65万人: 16500 人). `baseline` is the value compared from, as
    written. `is_cumulative`: a sum over a plan's years (〔〕), never compared with one year.
    """

    indicator: str
    comparator: Comparator = Comparator.EQ
    low: float | None = None
    high: float | None = None
    unit: str = ""
    direction: Direction | None = None
    nature: Nature | None = None
    baseline: str = ""
    is_cumulative: bool = False


@dataclass(frozen=True, slots=True)
class Owner:
    """A body with a role. `code` is the functional code (科技), `unit_id` the directory's unit if it is there."""

    role: Role
    name: str
    code: str = ""
    unit_id: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a task is due. `due` is a plain date, None for an event or a rolling task."""

    kind: DeadlineKind
    due: date | None = None


Value = Target | Owner | Deadline | None


@dataclass(frozen=True, slots=True)
class Tag:
    """A typed, anchored piece of a task. `text` is the words of its spans, or what was typed where it has none.

    `origin` is the key of the suggestion it came from, "" if made by hand; `reason` says why it was suggested.
    `revised` is what the words were in the version of the report before this one, until a person has looked at
    what became of them; "" where nothing is to be looked at. A tag with version 0 is not in the store: a suggestion,
    or one about to be made.
    """

    id: str
    layer_id: str
    task_id: str
    kind: TagKind
    spans: Spans
    text: str
    value: Value = None
    origin: str = ""
    reason: str = ""
    revised: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """重点任务: what somebody answers for. `spans` cite the source; none for a meeting's decision.

    `title` is short, `summary` the 分解事项. `parent_id` is the task it was split from, `merged_ids` the tasks
    merged into it. `is_confirmed`: a reviewer accepted it as a whole. `origin` and `revised` as for a tag.
    """

    id: str
    layer_id: str
    spans: Spans
    title: str
    quote: str = ""
    summary: str = ""
    measures: str = ""
    standard: str = ""
    remarks: str = ""
    leader: str = ""
    person: str = ""
    is_confirmed: bool = False
    parent_id: str = ""
    merged_ids: tuple[str, ...] = ()
    origin: str = ""
    reason: str = ""
    revised: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A decision that a suggestion, or a sentence, is no task or tag. It never comes back by itself.

    `key` is the suggestion's key ("task:120-160", "target:130-134", "sentence:120-160").
    """

    id: str
    layer_id: str
    key: str
    span: Span
    reason: str = ""
    version: int = 0


class Item(NamedTuple):
    """A task as the reviewer meets it: the task with its tags, solid and suggested, in text order.

    `is_suggested`: the task itself is only a suggestion (its id is its key, its version 0).
    """

    task: Task
    tags: tuple[Tag, ...]
    number: int = 0

    @property
    def is_suggested(self) -> bool:
        """Whether nobody has touched the task yet."""
        return self.task.version == 0

    @property
    def is_open(self) -> bool:
        """Whether the task still waits for a decision: not confirmed as a whole."""
        return not self.task.is_confirmed

    @property
    def start(self) -> int:
        """Where the task begins in the source; beyond every text for a task without a source."""
        return self.task.spans[0].start if self.task.spans else 1 << 40

    def of_kind(self, kind: TagKind) -> tuple[Tag, ...]:
        """The tags of one kind, in order."""
        return tuple(tag for tag in self.tags if tag.kind is kind)

    def owners(self, role: Role) -> tuple[Tag, ...]:
        """The owner tags with a role."""
        return tuple(t for t in self.tags if isinstance(t.value, Owner) and t.value.role is role)

    @property
    def lead(self) -> Tag | None:
        """牵头单位: the lead owner's tag, if there is one."""
        return next(iter(self.owners(Role.LEAD)), None)

    @property
    def deadlines(self) -> tuple[Tag, ...]:
        """完成时限: every deadline that is not a frequency (6月底前…，年底前…), else the frequencies."""
        tags = self.of_kind(TagKind.DEADLINE)
        return tuple(tag for tag in tags if not _is_frequency(tag.value)) or tags

    @property
    def deadline(self) -> Tag | None:
        """The first of the deadlines, if there is one."""
        return next(iter(self.deadlines), None)


def _is_frequency(value: Value) -> bool:
    return isinstance(value, Deadline) and value.kind is DeadlineKind.RECURRING
