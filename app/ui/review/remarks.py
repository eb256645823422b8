"""Comments as they are made: a remark about a task of the reviewed layer, or an answer to one."""

from datetime import datetime

from app.domain.comments import Comment
from app.domain.edits import new_id
from app.domain.people import Person
from app.domain.reports import Layer
from app.domain.spans import Span


def made(
    layer: Layer,
    task_id: str,
    place: Span | None,
    words: str,
    person: Person,
    at: datetime,
    parent: Comment | None = None,
) -> Comment:
    """A remark about a task of a layer, not stored yet; an answer goes where what it answers stands."""
    layer_id, about, span = layer.id, task_id, place
    if parent is not None:
        layer_id, about, span = parent.layer_id, parent.task_id, parent.span
    return Comment(
        new_id(),
        layer.report_id,
        layer_id,
        about,
        span,
        words,
        person.id,
        person.name,
        at,
        parent_id=parent.id if parent else "",
    )
