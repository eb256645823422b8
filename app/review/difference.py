"""A difference between two layers, and how far it is."""

from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.decisions import Choice, Decision, Field
from app.review.docket import Docket, key_of
from app.review.matching import Pair
from app.review.places import NOWHERE


class Status(StrEnum):
    """How far a difference is. STALE: a side reads otherwise than when it was decided; the choice still holds."""

    OPEN = "open"
    DECIDED = "decided"
    RETURNED = "returned"
    STALE = "stale"


STATUS_NAMES = {
    Status.OPEN: "待裁决",
    Status.DECIDED: "已裁决",
    Status.RETURNED: "已退回",
    Status.STALE: "需再看",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two layers have differently; with one layer only, a task that wants agreement.

    `key` names it for `Decision.key` ("TASK_ID/lead", "TAG_ID/value"); `pair_key` is shared by all differences of
    one task or group. `task_id` is the task in F that it is about (or would be, where F does not have it).
    `start` is the source offset to jump to, 1 << 40 without a place. `first` and `second` are what each side
    reads, as people read it ("" = 未标); lists are joined by 、. `about` is the indicator of a target, else "".
    `first_tag` and `second_tag` are ids of the (first) tag concerned on each side, "" for none. `first_seen` and
    `second_seen` are what is compared with a decision's. A field changed by hand is listed too, where both sides
    read the same.
    """

    key: str
    pair_key: str
    task_id: str
    field: Field
    start: int
    first: str
    second: str
    about: str = ""
    first_tag: str = ""
    second_tag: str = ""
    first_seen: str = ""
    second_seen: str = ""
    decision: Decision | None = None

    @property
    def status(self) -> Status:
        """How far it is."""
        if self.decision is None:
            return Status.OPEN
        if (self.decision.first_seen, self.decision.second_seen) != (self.first_seen, self.second_seen):
            return Status.STALE
        return Status.RETURNED if self.decision.choice is Choice.RETURNED else Status.DECIDED

    @property
    def is_open(self) -> bool:
        """Whether somebody must still look at it: everything but DECIDED."""
        return self.status is not Status.DECIDED


@dataclass(frozen=True, slots=True)
class Side:
    """What one side reads: for people, for comparing, and the tag it stands in."""

    words: str
    seen: str
    tag: str = ""


NOTHING = Side("", "")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a difference is about: the pair, the task in F, where that is, and the indicator of a target."""

    pair: Pair
    task_id: str
    start: int = NOWHERE
    about: str = ""


def told_apart(sides: tuple[Side, Side]) -> tuple[Side, Side]:
    """Two sides that people would read alike though they are not, as they are compared: 完成市下达指标 is 5, or 8."""
    first, second = sides
    if first.words != second.words or first.seen == second.seen:
        return sides
    return replace(first, words=first.seen), replace(second, words=second.seen)


def difference(
    subject: Subject, anchor: str, field: Field, sides: tuple[Side, Side], docket: Docket
) -> Difference:
    """The difference in a field of the task or tag `anchor`, with the decision on it."""
    key = key_of(anchor, field)
    first, second = told_apart(sides)
    return Difference(
        key,
        subject.pair.key,
        subject.task_id,
        field,
        subject.pair.start if subject.start == NOWHERE else subject.start,
        first.words,
        second.words,
        subject.about,
        first.tag,
        second.tag,
        first.seen,
        second.seen,
        docket.by_key.get(key),
    )
