"""The columns of the ledger's table, as data: what a case says in each, and how it sorts by it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.domain.completion import Judgement
from app.domain.lights import COLOUR_NAMES, Colour
from app.domain.periods import period_of
from app.domain.phrases import due_words
from app.domain.supervising import Case
from app.domain.task_moves import TaskState
from app.domain.wording import short_title

_NEVER = date.max
_STATES = list(TaskState)
_COLOURS = list(Colour)
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """One column. `widest` is a text it must have room for, "" for one that shares what is left."""

    name: str
    title: str
    words: Callable[[Case], str]
    key: Callable[[Case], Key]
    widest: str = ""
    is_number: bool = False


def title_of(case: Case) -> str:
    """督查事项 in one line: the item's own title, else what its text says."""
    return case.item.task.title.strip() or case.row.summary.strip() or short_title(case.row.quote)


def share_of(case: Case) -> float | None:
    """The completion that counts: of several targets that accumulate the one furthest behind, else any share."""
    own = case.light.inputs.completed
    shares = [j.share for j in case.judgements if j.share is not None]
    return own if own is not None else min(shares, default=None)


def actual_words(case: Case) -> str:
    """完成值: the figure where there is one target, how many are reached where there are several."""
    if not case.judgements:
        return ""
    if len(case.judgements) == 1:
        figure = case.figures.get(case.goals[0].id)
        return figure.words if figure else "—"
    reached = sum(j.reached is True for j in case.judgements)
    return f"{reached}/{len(case.judgements)} 达到"


def completion_words(case: Case) -> str:
    """完成比例: a share, of several targets the lowest; whether it is reached where no share means anything."""
    share = share_of(case)
    if share is None:
        return _reached_words(case.judgements)
    return f"{round(share * 100, 1):g}%"


def _reached_words(found: tuple[Judgement, ...]) -> str:
    """What holds of all targets: three reached of five are told by 完成值 alone."""
    words = {judgement.words for judgement in found}
    return words.pop() if len(words) == 1 else ""


def elapsed_words(case: Case) -> str:
    """序时进度."""
    elapsed = case.light.inputs.elapsed
    return "—" if elapsed is None else f"{elapsed:.1%}"


def latest_words(case: Case) -> str:
    """最近反馈: for which period the lead reported last, and whether something is missing since."""
    report = case.lead_report
    if report is None:
        return "缺反馈" if case.missed else "—"
    period = period_of(report.period)
    words = (
        period.words
        if period.first.year != case.as_of.year
        else period.words.removeprefix(f"{period.first.year}年")
    )
    return f"{words or period.words} 缺" if case.missed else words or period.words


def due_of_case(case: Case) -> str:
    """完成时限 as it is now, extended or not."""
    if case.due is not None and case.due not in _own_days(case):
        return f"{due_words(case.due)}（已延期）"
    return case.row.deadline or (due_words(case.due) if case.due else "持续推进")


def due_short(case: Case) -> str:
    """The day a case is due on now; 持续推进 where there is none."""
    if case.due is None:
        return "持续推进"
    mark = " 延" if case.due not in _own_days(case) else " 等" if len(case.dates) > 1 else ""
    return f"{case.due.isoformat()}{mark}"


def _own_days(case: Case) -> set[date]:
    extended = {move.due_after for move in case.moves if move.due_after}
    return set(case.dates) - extended


def _latest_key(case: Case) -> Key:
    report = case.lead_report
    return (period_of(report.period).last if report else date.min,)


COLUMNS: tuple[LedgerColumn, ...] = (
    LedgerColumn("number", "编号", lambda c: str(c.row.number), lambda c: (c.row.number,), "000"),
    LedgerColumn("matter", "督查事项", title_of, lambda c: (title_of(c),)),
    LedgerColumn("lead", "牵头单位", lambda c: c.row.lead or "待定", lambda c: (c.row.lead,), "区市场监管局"),
    LedgerColumn("due", "完成时限", due_short, lambda c: (c.due or _NEVER,), "2026-12-31 延"),
    LedgerColumn("state", "状态", lambda c: c.state.value, lambda c: (_STATES.index(c.state),), "已办结"),
    LedgerColumn(
        "light",
        "亮灯",
        lambda c: COLOUR_NAMES[c.light.colour],
        lambda c: (_COLOURS.index(c.light.colour),),
        "● 红灯三",
    ),
    LedgerColumn("actual", "完成值", actual_words, lambda c: (actual_words(c),), "10/11 达到"),
    LedgerColumn(
        "share", "完成比例", completion_words, lambda c: (_share_key(c),), "完成比例", is_number=True
    ),
    LedgerColumn(
        "elapsed",
        "序时进度",
        elapsed_words,
        lambda c: (c.light.inputs.elapsed or 0.0,),
        "序时进度",
        is_number=True,
    ),
    LedgerColumn("latest", "最近反馈", latest_words, _latest_key, "10月 缺口"),
)
LIGHT_COLUMN = next(n for n, column in enumerate(COLUMNS) if column.name == "light")
MATTER_COLUMN = 1


def _share_key(case: Case) -> float:
    share = share_of(case)
    return -1.0 if share is None else share
