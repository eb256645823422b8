"""The marks of one report, kept so that those of a stretch of text are found without looking at the others."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import itemgetter, sub

from app.domain.marks import TASK, Mark
from app.domain.spans import Span

_FAR = 4000
"""Marks longer than this many characters are kept apart, so that one of them does not slow the others."""

_start, _end = itemgetter(Mark._fields.index("start")), itemgetter(Mark._fields.index("end"))


class MarkIndex:
    """Marks by source offset. Taking in n marks is a few passes in C; a change costs O(changed)."""

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        """Take in the marks, in any order; quickest when they come by their starts."""
        near = sorted(marks, key=_start)
        starts = list(map(_start, near))
        lengths = list(map(sub, map(_end, near), starts))
        self._far: list[Mark] = []
        self._reach = max(lengths, default=0)
        if self._reach > _FAR:
            self._far = [m for m, length in zip(near, lengths, strict=True) if length > _FAR]
            near = [m for m, length in zip(near, lengths, strict=True) if length <= _FAR]
            starts = list(map(_start, near))
            self._reach = _FAR
        self._near, self._starts = near, starts

    def __len__(self) -> int:
        return len(self._near) + len(self._far)

    def add(self, mark: Mark) -> None:
        """Take in one more mark."""
        if mark.end - mark.start > _FAR:
            self._far.append(mark)
            return
        at = bisect_right(self._starts, mark.start)
        self._starts.insert(at, mark.start)
        self._near.insert(at, mark)
        self._reach = max(self._reach, mark.end - mark.start)

    def discard(self, mark: Mark) -> None:
        """Forget a mark; one that is not there is no error (it may have been dropped with its report)."""
        if mark in self._far:
            self._far.remove(mark)
        at = bisect_left(self._starts, mark.start)
        while at < len(self._starts) and self._starts[at] == mark.start:
            if self._near[at] == mark:
                del self._starts[at], self._near[at]
                return
            at += 1

    def within(self, span: Span) -> list[Mark]:
        """The marks that share a character with a source span, in no particular order."""
        first = bisect_left(self._starts, span.start - self._reach)
        last = bisect_left(self._starts, span.end)
        near = [m for m in self._near[first:last] if m.end > span.start]
        near += [m for m in self._far if m.end > span.start and m.start < span.end]
        return near

    def suggested_tasks(self) -> set[str]:
        """The ids of the tasks that are only suggested."""
        return {m.task_id for m in self._near + self._far if m.is_suggested and m.kind == TASK}

    def of_task(self, task_id: str) -> list[Mark]:
        """All marks of one task, in text order: a search through everything."""
        return sorted((m for m in self._near + self._far if m.task_id == task_id), key=_start)
