"""Comments: what people say to each other about a task or a place."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Comment:
    """One remark, or a reply (`parent_id`). `layer_id` is whose tags it is about, and who may read it with them.

    `task_id` is the task, "" for a place; `span` the place in the source text, None for a task without one.
    A thread is resolved by its first remark. `at` is UTC.
    """

    id: str
    report_id: str
    layer_id: str
    task_id: str
    span: Span | None
    text: str
    person_id: str
    who: str
    at: datetime
    parent_id: str = ""
    is_resolved: bool = False
    version: int = 0
