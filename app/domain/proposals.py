"""A suggested commitment as the task and tags it would become."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from app.domain.directory import bodies_of, resolve
from app.domain.spans import Span
from app.domain.suggestions import Commitment, OwnerProposal, key
from app.domain.tasks import Deadline, DeadlineKind, Owner, Role, Tag, TagKind, Task, Value
from app.domain.units import Unit
from app.domain.wording import short_title

DEFAULT_DEADLINE_REASON = "原文没有写时限，默认到期末"


class Office(NamedTuple):
    """What a report's proposals are made with: its layer, its last day, and the bodies that stand for codes."""

    layer_id: str
    year_end: date
    units: tuple[Unit, ...] = ()

    def owner(self, role: Role, code: str) -> Owner:
        """The body that a functional code means here; several of one code (街道) are named together.

        Where the bodies of a code are all abolished, their successors are meant.
        """
        bodies = bodies_of(self.units, code)
        if len(bodies) == 1:
            return Owner(role, bodies[0].short_name, bodies[0].code, bodies[0].id)
        return Owner(role, f"有关{code}" if bodies else code, code)

    def proposed(self, role: Role, proposal: OwnerProposal) -> Owner:
        """The body that a proposal means: the one it names, else the one its code stands for."""
        if proposal.name:
            return Owner(role, proposal.name, proposal.code, proposal.unit_id)
        return self.owner(role, proposal.code)

    def named(self, role: Role, name: str) -> Owner:
        """The body that the text names, by an old name too, as the unit that it is today."""
        unit = resolve(self.units, name)
        return Owner(role, unit.short_name, unit.code, unit.id) if unit else Owner(role, name)


def task_key(commitment: Commitment) -> str:
    """The key of the task that a commitment suggests."""
    return key("task", commitment.span)


def as_task(commitment: Commitment, office: Office) -> Task:
    """The suggested task: its id and origin are its key, its version 0."""
    name = task_key(commitment)
    return Task(
        id=name,
        layer_id=office.layer_id,
        spans=(commitment.span,),
        title=short_title(commitment.text),
        quote=commitment.text,
        origin=name,
        reason=commitment.reason,
    )


def anchored_tags(
    commitment: Commitment, office: Office, words: Callable[[Span], str], task_id: str = ""
) -> Iterator[Tag]:
    """The suggested tags that have a place in the text, as that task's. `words` gives the words of a span."""

    def tag(kind: TagKind, span: Span, value: Value, reason: str) -> Tag:
        name = key(kind, span)
        return Tag(name, office.layer_id, task_id, kind, (span,), words(span), value, name, reason)

    for found in (*commitment.targets, *commitment.coverage):
        yield tag(TagKind.TARGET, found.span, found.value, found.reason)
    for when in commitment.deadlines:
        yield tag(TagKind.DEADLINE, when.span, when.value, when.reason)
    for mention in commitment.mentions:
        yield tag(TagKind.OWNER, mention.span, office.named(mention.role, mention.name), mention.reason)


def proposed_tags(commitment: Commitment, office: Office, task_id: str = "") -> Iterator[Tag]:
    """The suggested tags that the text does not name: lead, support, and the default deadline; as that task's."""
    place = f"{commitment.span.start}-{commitment.span.end}"
    roles = {mention.role for mention in commitment.mentions}
    if commitment.leads and Role.LEAD not in roles:
        best = commitment.leads[0]
        owner = office.proposed(Role.LEAD, best)
        yield _owner(office, f"lead:{place}", owner, best.reason, task_id)
    if Role.SUPPORT not in roles:
        for proposal in commitment.supports:
            owner = office.proposed(Role.SUPPORT, proposal)
            name = f"support:{place}:{proposal.name or proposal.code}"
            yield _owner(office, name, owner, proposal.reason, task_id)
    if all(when.value.kind is DeadlineKind.RECURRING for when in commitment.deadlines):
        name = f"deadline:default:{place}"
        yield (
            _headed(office, name, commitment.due_year, task_id)
            if commitment.due_year
            else default_deadline(office, name, task_id)
        )


def default_deadline(office: Office, name: str, task_id: str) -> Tag:
    """The end of the report's period as a task's tag, marked as a default for the reviewer to confirm."""
    value = Deadline(DeadlineKind.DEFAULT_YEAR_END, office.year_end)
    reason = DEFAULT_DEADLINE_REASON
    return Tag(name, office.layer_id, task_id, TagKind.DEADLINE, (), "年底", value, name, reason)


def _headed(office: Office, name: str, year: int, task_id: str) -> Tag:
    """The end of the year that heads a table's column (2030年目标)."""
    value, reason = Deadline(DeadlineKind.PLAN_END, date(year, 12, 31)), f"表头写明{year}年"
    return Tag(name, office.layer_id, task_id, TagKind.DEADLINE, (), f"{year}年底", value, name, reason)


def _owner(office: Office, name: str, owner: Owner, reason: str, task_id: str) -> Tag:
    return Tag(name, office.layer_id, task_id, TagKind.OWNER, (), owner.name, owner, name, reason)
