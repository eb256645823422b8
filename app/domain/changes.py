"""A change: what one key press does to the store, and how it is undone."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from app.domain.comments import Comment
    from app.domain.decisions import Decision
    from app.domain.judged import Verdict, YearGoal
    from app.domain.people import Person
    from app.domain.progress import Progress
    from app.domain.reports import Layer, ReportCard
    from app.domain.task_moves import TaskMove
    from app.domain.tasks import Dismissal, Tag, Task
    from app.domain.units import Unit

    OfReport = Progress | TaskMove | Verdict | YearGoal
    """What belongs to a report's tasks, whichever layer they stand in."""

    Stored = Task | Tag | Dismissal | Unit | ReportCard | Layer | Person | Comment | Decision | OfReport
    """What a change may touch: frozen, with an `id` and a `version`."""
else:
    OfReport = Stored = object  # only annotations name them, and a window opens without most of these classes


class Edit(NamedTuple):
    """One object before and after; None where it is not there. Both sides are of the same type and id.

    The store refuses the edit when its row does not read as `before` does, versions left out: an undo then
    stands on content, not on how many edits and undoings came between. What it writes has the next version.
    """

    before: Stored | None
    after: Stored | None

    @property
    def id(self) -> str:
        """The id of the object."""
        thing = self.after or self.before
        if thing is None:
            raise ValueError("an edit has a before or an after")
        return thing.id


class Change(NamedTuple):
    """One transaction: a name that people see in the undo menu and the log, and its edits in order."""

    label: str
    report_id: str
    edits: tuple[Edit, ...]

    def inverse(self) -> "Change":
        """The change that takes this one back: a new edit, logged and checked like any other."""
        return Change(
            self.label, self.report_id, tuple(Edit(e.after, e.before) for e in reversed(self.edits))
        )
