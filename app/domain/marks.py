"""Marks: the little of a task or tag that painting the text needs."""

from typing import NamedTuple

TASK = "task"
"""The kind of a task's own mark; a tag's is its TagKind's value."""


class Mark(NamedTuple):
    """One span of one task or tag in the source text. Cheap: 10,000 of them are loaded before first paint."""

    id: str
    task_id: str
    kind: str
    start: int
    end: int
    is_suggested: bool
