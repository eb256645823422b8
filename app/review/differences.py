"""Where two layers differ, field by field, and which of it is decided."""

from collections.abc import Iterable

from app.domain.contents import Contents
from app.domain.decisions import Decision
from app.review import tag_rows, task_rows
from app.review.difference import STATUS_NAMES, Difference, Status
from app.review.docket import Docket
from app.review.matching import Pair, pairs
from app.review.rulings import members

__all__ = ["STATUS_NAMES", "Difference", "Status", "compare", "of_pair"]


def compare(
    first: Contents, second: Contents | None, decisions: Iterable[Decision] = ()
) -> tuple[Difference, ...]:
    """The differences of two layers in text order, each with its decision; with one layer, one for each task."""
    docket = Docket(decisions)
    return tuple(found for pair in pairs(first, second) for found in of_pair(pair, docket))


def of_pair(pair: Pair, docket: Docket) -> tuple[Difference, ...]:
    """The differences in a pair: whether it is there, its fields, its tags. What is taken away has no others."""
    kept = members(pair, docket)
    found = list(task_rows.presences(pair, docket))
    for entry in kept:
        found += task_rows.fields(pair, entry, docket)
    if kept:
        found += tag_rows.tags(pair, kept, docket)
    for entry in kept:
        found += task_rows.lists(pair, entry, docket)
    return tuple(found)
