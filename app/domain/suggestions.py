"""What the program proposes. Disposable: keyed by kind and span, computed again at any time."""

from typing import NamedTuple

from app.domain.spans import Span
from app.domain.tasks import Deadline, Role, TagKind, Target


class OwnerMention(NamedTuple):
    """A body that the text itself gives something to do. Spans in the source text."""

    span: Span
    name: str
    role: Role
    reason: str = ""


class TargetFound(NamedTuple):
    """A quantity to be reached, with the span of its figure and comparator only (超过500亿元)."""

    span: Span
    value: Target
    reason: str = ""


class DeadlineFound(NamedTuple):
    """An expression that says by when or during which period."""

    span: Span
    value: Deadline
    reason: str = ""


class OwnerProposal(NamedTuple):
    """A functional code proposed for a commitment, best first, with its score (0 to 1) and its reason.

    `name` and `unit_id` name the body itself where experience knows it and the code does not tell (one of several
    streets, a body without a code).
    """

    code: str
    score: float
    reason: str
    name: str = ""
    unit_id: str = ""


class Commitment(NamedTuple):
    """A sentence that obliges, with what was found in it.

    `opener` is the short lead-in of its item (大力提振消费) or "". `is_lead_in`: the sentence is such an opener
    itself, which gives the item its title and is no task. `leads` is ranked, best first; `supports` likewise.
    `in_table`: a row of a 专栏 or 附件; `due_year` is the year that heads the column of its goal, 0 where none does.
    """

    span: Span
    text: str
    is_lead_in: bool = False
    in_table: bool = False
    opener: str = ""
    targets: tuple[TargetFound, ...] = ()
    coverage: tuple[TargetFound, ...] = ()
    deadlines: tuple[DeadlineFound, ...] = ()
    mentions: tuple[OwnerMention, ...] = ()
    leads: tuple[OwnerProposal, ...] = ()
    supports: tuple[OwnerProposal, ...] = ()
    reason: str = ""
    due_year: int = 0


class Uncovered(NamedTuple):
    """What 遗漏检查 lists: a sentence of a goal, task or self section that carries a figure, a deadline or an obligation,
    or a table's row that names an owner, and is in no commitment.
    """

    span: Span
    text: str
    reason: str


class Suggestions(NamedTuple):
    """All that is proposed for one report, in text order. `engine` is the version of the rules."""

    engine: str
    commitments: tuple[Commitment, ...] = ()
    uncovered: tuple[Uncovered, ...] = ()

    def value_at(self, span: Span) -> Target | Deadline | None:
        """What was read from words at a source span; None where nothing was."""
        for commitment in self.commitments:
            found: tuple[TargetFound | DeadlineFound, ...] = (
                *commitment.targets,
                *commitment.coverage,
                *commitment.deadlines,
            )
            for one in found:
                if one.span.overlaps(span):
                    return one.value
        return None


def key(kind: TagKind | str, span: Span) -> str:
    """The key of a suggestion: stable as long as its kind and its place are ("target:120-125")."""
    return f"{kind}:{span.start}-{span.end}"
