"""What cannot be of progress, moves, verdicts and yearly values in a package."""

from collections.abc import Iterator

from app.domain.changes import OfReport
from app.domain.errors import UserError
from app.domain.judged import Verdict, YearGoal, verdict_id, year_goal_id
from app.domain.periods import period_of
from app.domain.progress import Progress, progress_id
from app.domain.task_moves import TaskMove


def faults(report_id: str, thing: OfReport) -> Iterator[str]:
    """A few Chinese words each; nothing for what this program could have written of that report."""
    if thing.report_id != report_id:
        yield "进展或任务流转不属于这份报告"
    if not isinstance(thing, TaskMove) and thing.id != _own_id(thing):
        yield "进展或判定与编号不符"
    if isinstance(thing, Progress) and not _is_period(thing.period):
        yield "进展的报送期不对"
    if not isinstance(thing, YearGoal) and thing.at.utcoffset() is None:
        yield "时间没有时区"


def _own_id(thing: Progress | Verdict | YearGoal) -> str:
    if isinstance(thing, Progress):
        return progress_id(thing.report_id, thing.task_id, thing.period, thing.unit)
    if isinstance(thing, Verdict):
        return verdict_id(thing.report_id, thing.target_id)
    return year_goal_id(thing.report_id, thing.target_id, thing.year)


def _is_period(key: str) -> bool:
    try:
        return period_of(key).key == key
    except UserError:
        return False
