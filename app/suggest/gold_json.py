"""What `duban suggest --json` prints: the suggestions in the gold's own keys, offsets into the source text."""

from typing import Any

from app.domain.report import Reading
from app.domain.spans import Span
from app.domain.suggestions import Commitment, DeadlineFound, OwnerMention, Suggestions, TargetFound
from app.domain.tasks import DeadlineKind, Role, Target
from app.suggest.partition import Partition

_KINDS = {
    DeadlineKind.EXPLICIT: "by",
    DeadlineKind.PLAN_END: "by",
    DeadlineKind.DURING: "during",
    DeadlineKind.RECURRING: "recurring",
    DeadlineKind.EVENT: "event",
}
"""Rolling deadlines and defaults have no gold and are not printed."""

_ROLES = {Role.LEAD: "lead", Role.SUPPORT: "co", Role.ACTOR: "actor"}

Entry = dict[str, Any]
"""One JSON object."""


def as_gold(reading: Reading, suggestions: Suggestions) -> Entry:
    """The whole of it, ready for json.dumps."""
    work = suggestions.commitments
    return {
        "file": reading.source.name,
        "sha256": reading.source.file_sha256,
        "report_year": reading.metadata.year,
        "sections": [
            {**_span(span), "kind": kind.value} for span, kind in Partition(reading.sections).runs()
        ],
        "commitments": [_commitment(c) for c in work],
        "targets": [_target(t) for c in work for t in c.targets],
        "coverage": [_target(t) for c in work for t in c.coverage],
        "deadlines": [_deadline(d) for c in work for d in c.deadlines if d.value.kind in _KINDS],
        "owners": [_owner(m) for c in work for m in c.mentions],
    }


def _span(span: Span) -> Entry:
    return {"start": span.start, "end": span.end}


def _commitment(commitment: Commitment) -> Entry:
    return {
        **_span(commitment.span),
        "lead": commitment.is_lead_in,
        "lead_units": [p.code for p in commitment.leads],
        "co_units": [p.code for p in commitment.supports],
        **({"in_table": True} if commitment.in_table else {}),
    }


def _target(found: TargetFound) -> Entry:
    value: Target = found.value
    return {
        **_span(found.span),
        "indicator": value.indicator,
        "comparator": value.comparator.value,
        "low": value.low,
        "high": value.high,
        "unit": value.unit or None,
        "direction": value.direction.value if value.direction else None,
        **({"nature": value.nature.value} if value.nature else {}),
        **({"is_cumulative": True} if value.is_cumulative else {}),
        **({"baseline": value.baseline} if value.baseline else {}),
    }


def _deadline(found: DeadlineFound) -> Entry:
    due = found.value.due
    return {**_span(found.span), "kind": _KINDS[found.value.kind], "due": due.isoformat() if due else None}


def _owner(mention: OwnerMention) -> Entry:
    return {**_span(mention.span), "name": mention.name, "role": _ROLES[mention.role]}
