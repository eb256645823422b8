"""Progress, moves, verdicts and yearly values in words, where two versions of one stand against each other."""

from collections.abc import Iterator

from app.domain.changes import OfReport
from app.domain.judged import Verdict, YearGoal
from app.domain.progress import Progress
from app.domain.task_moves import TaskMove

KINDS = (Progress, TaskMove, Verdict, YearGoal)


def about(thing: OfReport) -> str:
    """What it is, in a few words."""
    if isinstance(thing, Progress):
        return f"{thing.unit}{thing.period}的进展"
    if isinstance(thing, TaskMove):
        return f"任务的“{thing.name.value}”"
    return f"{thing.year}年的年度目标" if isinstance(thing, YearGoal) else "对目标是否达到的判定"


def words(thing: OfReport) -> Iterator[str]:
    """What it says, a line each."""
    if isinstance(thing, Progress):
        yield from (f"完成值：{figure.words}" for figure in thing.figures if figure.words)
        named = (("进展", thing.text), ("问题", thing.issues), ("措施", thing.next_steps))
        yield from (f"{name}：{text}" for name, text in named if text)
    elif isinstance(thing, TaskMove):
        yield f"{thing.who}：{thing.name.value}{thing.reason and f'（{thing.reason}）'}"
    elif isinstance(thing, Verdict):
        yield "已达到" if thing.reached else "未达到"
    else:
        yield thing.words if thing.value is None else f"{thing.value:g}"
