"""What a layer holds, all of it."""

from dataclasses import dataclass

from app.domain.reports import Layer
from app.domain.tasks import Dismissal, Tag, Task


@dataclass(frozen=True, slots=True)
class Contents:
    """A layer with everything stored in it; each in text order, what has no place last."""

    layer: Layer
    tasks: tuple[Task, ...] = ()
    tags: tuple[Tag, ...] = ()
    dismissals: tuple[Dismissal, ...] = ()
