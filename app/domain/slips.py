"""Likely slips of a scanner or a keyboard, and what a person decides about one."""

from dataclasses import dataclass, replace

from app.domain.changes import Change, Edit
from app.domain.corrections import with_correction, without_correction
from app.domain.reports import ReportCard
from app.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Slip:
    """A place of the source text, what stands there, what is probably meant (as long), and why."""

    span: Span
    read: str
    meant: str
    reason: str = ""


def correcting(card: ReportCard, span: Span, meant: str) -> Change:
    """Show other words at a place from now on; the source stays as it is. UserError where they are not as long."""
    after = replace(card, corrections=with_correction(card.corrections, span, meant))
    return Change("更正错字", card.id, (Edit(card, after),))


def leaving(card: ReportCard, slip: Slip) -> Change:
    """Decide that this is no slip: it is shown as it is and not offered again."""
    after = replace(card, corrections=with_correction(card.corrections, slip.span, slip.read))
    return Change("保留原字", card.id, (Edit(card, after),))


def uncorrecting(card: ReportCard, span: Span) -> Change:
    """Take back what was decided about a place: it is shown as the source has it, and offered again."""
    after = replace(card, corrections=without_correction(card.corrections, span))
    return Change("取消更正", card.id, (Edit(card, after),))


def undecided(slips: tuple[Slip, ...], card: ReportCard) -> tuple[Slip, ...]:
    """The slips that nobody has decided about yet."""
    return tuple(slip for slip in slips if not any(c.span.overlaps(slip.span) for c in card.corrections))
