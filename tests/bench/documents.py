"""What the benchmarks show: a long report, and as many overlapping tags over it as asked for."""

import random
from functools import cache

from app.domain.marks import TASK, Mark
from app.domain.report import ShownText
from app.domain.spans import Span
from app.domain.tasks import TagKind
from app.places import ROOT, SEEDS

SEED = 20260101
KINDS = [str(kind) for kind in TagKind]
_LENGTH = 68_000


@cache
def source_text() -> str:
    """The text of the plan 003 beside the project (68,826 characters), else the sample over and over."""
    for path in sorted((ROOT.parent / "shared" / "seeds").glob("003_*.txt")):
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    sample = (SEEDS / "sample_report.txt").read_text(encoding="utf-8-sig")
    return "\n".join([sample] * (_LENGTH // len(sample) + 1))


@cache
def shown_text() -> ShownText:
    """That text as the reviewer reads it."""
    from app.reading import show

    return show(source_text())


def overlapping_marks(count: int) -> list[Mark]:
    """Tags anywhere in the text, 2 to 24 characters long, every third a suggestion, ten to a task.

    The first of each ten is its task. The same count gives the same marks, in text order.
    """
    shown, dice = shown_text(), random.Random(SEED)  # noqa: S311
    spans: list[Span] = []
    while len(spans) < count:
        block = dice.choice(shown.blocks)
        if block.end - block.start > 30:
            start = dice.randrange(block.start, block.end - 2)
            source = shown.to_source(Span(start, min(start + dice.randint(2, 24), block.end)))
            spans += [source] if source else []
    spans.sort()
    marks = []
    for number, span in enumerate(spans):
        task_id, is_task = f"task-{number // 10}", number % 10 == 0
        mark_id, kind = (task_id, TASK) if is_task else (f"tag-{number}", dice.choice(KINDS))
        marks.append(Mark(mark_id, task_id, kind, span.start, span.end, number % 3 == 0))
    return marks


def numbers_of(marks: list[Mark]) -> dict[str, int]:
    """The number of each task, in text order."""
    tasks = dict.fromkeys(mark.task_id for mark in marks)
    return {task_id: number for number, task_id in enumerate(tasks, 1)}
