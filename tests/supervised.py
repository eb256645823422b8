"""A small fictional office at work: tasks of 云港区 given out, reported on, moved; what tests of supervision share."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from app.domain.ledger import Ledger, LedgerSummary, RowState, TaskRow
from app.domain.progress import Figure, Progress, progress_id
from app.domain.reported_figures import figure_of
from app.domain.reports import LayerState
from app.domain.supervising import Case, Facts, cases
from app.domain.task_moves import TaskMove, TaskMoveName
from app.domain.tasks import (
    Comparator,
    Deadline,
    DeadlineKind,
    Direction,
    Item,
    Tag,
    TagKind,
    Target,
    Task,
)

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
JUNE_END = date(2026, 6, 30)
KJ, CZ, WJ, JT = "区科技局", "区财政局", "区卫生健康委", "区交通局"

PLATFORMS = Target("新建中试平台", Comparator.GE, 20, None, "个")
DEALS = Target("技术合同登记额", Comparator.GT, 4.5e9, None, "元")
JOBLESS = Target("城镇调查失业率", Comparator.LE, None, 5, "%", Direction.LEVEL)
INCOME = Target("居民收入", Comparator.SYNC)


def at(day: date) -> datetime:
    """Noon of a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def target_tag(name: str, value: Target, words: str = "") -> Tag:
    return Tag(name, "layer", "", TagKind.TARGET, (), words, value, version=1)


def deadline_tag(kind: DeadlineKind, due: date | None = None, words: str = "") -> Tag:
    return Tag(f"due-{due}-{kind}", "layer", "", TagKind.DEADLINE, (), words, Deadline(kind, due), version=1)


def item(name: str, *tags: Tag) -> Item:
    return Item(Task(name, "layer", (), name, is_confirmed=True, version=1), tags)


def row(number: int, name: str, **fields: str) -> TaskRow:
    plain = TaskRow(
        number=number,
        category="（一）壮大实体经济",
        quote=f"{name}的原文。",
        summary=name,
        targets="",
        leader="李若川",
        lead=KJ,
        support="",
        deadline="2026年12月底前",
        source="三、2026年重点任务（一）",
        remarks="",
        state=RowState.CONFIRMED,
        id=name,
        offsets="",
    )
    return replace(plain, **fields)  # type: ignore[arg-type]  # its fields by name


def moved(task: str, *names: TaskMoveName, first: date = FIRST, reason: str = "") -> tuple[TaskMove, ...]:
    """Moves of a task, one a day from `first` on."""
    return tuple(
        TaskMove(
            f"{task}-{n}-{name}",
            "r",
            task,
            name,
            at(date.fromordinal(first.toordinal() + n)),
            "p",
            "周宁",
            reason,
        )
        for n, name in enumerate(names)
    )


GIVEN_OUT = (TaskMoveName.REGISTER, TaskMoveName.DECOMPOSE, TaskMoveName.DISPATCH)


def progress(
    task: str, period: str, unit: str = KJ, *, lead: bool = True, day: date, **told: object
) -> Progress:
    """A report; `figures` by the target's id as words, the texts by their names."""
    words = told.pop("figures", {})
    assert isinstance(words, dict)
    figures: tuple[Figure, ...] = tuple(figure_of(target, typed) for target, typed in words.items())
    made = Progress(
        progress_id("r", task, period, unit), "r", task, period, unit, lead, at(day), "p", "", figures
    )
    return replace(made, **told)  # type: ignore[arg-type]  # its fields by name


def ledger(rows: Iterable[TaskRow]) -> Ledger:
    tasks = tuple(rows)
    summary = LedgerSummary(LayerState.FINAL, "王敏", date(2026, 1, 20), len(tasks), 0, 0)
    return Ledger("云港区2026年政府工作报告", "云港区2026年", summary, (), tasks)


def office() -> Facts:
    """Four tasks: one with two targets and a supporting unit, one overdue, one rolling, one closed."""
    items = (
        item(
            "建设中试平台",
            target_tag("t-platforms", PLATFORMS, "20个以上"),
            target_tag("t-deals", DEALS, "突破45亿元"),
        ),
        item("改造社区卫生站", deadline_tag(DeadlineKind.EXPLICIT, JUNE_END, "6月底前")),
        item(
            "稳定就业",
            target_tag("t-jobless", JOBLESS, "控制在5%以内"),
            deadline_tag(DeadlineKind.ROLLING, None, "持续推进"),
        ),
        item("编制路网规划", target_tag("t-income", INCOME, "与经济增长同步")),
    )
    rows = (
        row(1, "建设中试平台", support=f"{CZ}、{WJ}", person="陈一鸣（0000-1234）"),
        row(
            2,
            "改造社区卫生站",
            lead=WJ,
            deadline="2026年6月底前",
            category="（二）办好民生实事",
            leader="赵明",
        ),
        row(3, "稳定就业", lead=WJ, deadline="持续推进", category="（二）办好民生实事", leader="赵明"),
        row(4, "编制路网规划", lead=JT, leader=""),
    )
    closing = (TaskMoveName.REPORT, TaskMoveName.VERIFY, TaskMoveName.CLOSE)
    return Facts(
        ledger(rows),
        items,
        FIRST,
        LAST,
        progress=(
            progress(
                "建设中试平台",
                "2026-02",
                day=date(2026, 3, 20),
                figures={"t-platforms": "2个", "t-deals": "5亿元"},
                text="已开工2个。",
            ),
            progress(
                "建设中试平台",
                "2026-03",
                day=date(2026, 4, 20),
                figures={"t-platforms": "3个"},
                text="已建成3个。",
                issues="用地手续未完成。",
                next_steps="加快办理。",
                reported_by="孙工",
            ),
            progress(
                "建设中试平台",
                "2026-03",
                CZ,
                lead=False,
                day=date(2026, 4, 21),
                figures={"t-platforms": "4个", "t-deals": "6亿元"},
                text="已拨付2000万元。",
            ),
            progress("稳定就业", "2026-03", WJ, day=date(2026, 4, 22), figures={"t-jobless": "4.8%"}),
        ),
        moves=(
            *moved("建设中试平台", *GIVEN_OUT, TaskMoveName.REPORT, first=date(2026, 2, 1)),
            *moved("改造社区卫生站", *GIVEN_OUT, first=date(2026, 2, 1)),
            *moved("稳定就业", *GIVEN_OUT, first=date(2026, 2, 1)),
            *moved("编制路网规划", *GIVEN_OUT, *closing, first=date(2026, 2, 1), reason="情况属实"),
        ),
    )


def on(day: date, facts: Facts | None = None) -> dict[str, Case]:
    """The office's cases on a day, by the task's name."""
    return {case.id: case for case in cases(facts or office(), day)}
