"""Experience: who answered for what before, and how that is laid over what duty words propose."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol

from app.domain.suggestions import Commitment
from app.domain.tasks import Owner, Role, Tag, Task


class Precedent(NamedTuple):
    """A decision about a task's owners: one of this workspace, or a row of an earlier year's ledger.

    `source` and `year` say where it stands. `start` is its offset in the report at hand, -1 for one of elsewhere.
    A row's owners have only names: what they mean is asked of the directory whenever they are read.
    """

    id: str
    text: str
    lead: Owner
    supports: tuple[Owner, ...] = ()
    source: str = ""
    year: int = 0
    start: int = -1


class Proposer(Protocol):
    """What experience proposes for the commitments of one report, which it knows by their places in a list."""

    def learn(self, before: Precedent | None, after: Precedent | None) -> Iterable[int]:
        """Put a precedent in the place of another; None for one that is not there.

        Returns the commitments whose proposals may be others now.
        """

    def proposed(self, index: int) -> Commitment:
        """The commitment with its leads and supports as experience has them."""


Experience = Callable[[Sequence[Commitment]], Proposer]
"""Makes the proposer of a report's commitments; asked for when there is something to learn from."""


def precedent_of(task: Task, tags: Iterable[Tag], source: str = "", year: int = 0) -> Precedent | None:
    """The precedent that a stored task is, by its stored tags; None where no lead is decided."""
    owners = [tag.value for tag in tags if isinstance(tag.value, Owner)]
    leads = [owner for owner in owners if owner.role is Role.LEAD]
    text = task.quote or task.title
    if not leads or not text:
        return None
    supports = [owner for owner in owners if owner.role is Role.SUPPORT]
    start = task.spans[0].start if task.spans else -1
    return Precedent(task.id, text, leads[0], (*leads[1:], *supports), source, year, start)
