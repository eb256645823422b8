"""完成比例: what a reported figure says of its target, each kind of target in its own way or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.patterns import late
from app.domain.phrases import RATES
from app.domain.progress import Figure
from app.domain.reported_figures import along, in_scale, read_figure, same_unit
from app.domain.tasks import Comparator, Direction, Tag, Target

ABOUT = 0.05
"""How near 左右 is: what falls short by no more is for a person to judge, and a level that differs no more is held."""


class TargetKind(StrEnum):
    """How a target is judged; the value is what people read."""

    COUNT = "累计数"
    STOCK = "总量"
    RATE = "增速或比率"
    LEVEL = "控制水平"
    RELATIVE = "相对目标"
    WORDS = "无数值"


WHY = {
    TargetKind.COUNT: "按累计完成数与目标值之比计算",
    TargetKind.STOCK: "总量指标，只与目标值相比，不与序时进度相比",
    TargetKind.RATE: "增速、比率只判断是否达到，不计算完成比例",
    TargetKind.LEVEL: "控制或保持的水平只判断是否达到，不计算完成比例",
    TargetKind.RELATIVE: "与上级下达或参照水平相比，由人判断",
    TargetKind.WORDS: "目标没有数值，由人判断",
}

_RELATIVE = frozenset({Comparator.SYNC, Comparator.ASSIGNED, Comparator.GT_REF})
_CEILINGS = frozenset({Comparator.LE, Comparator.LT})
_LOWER_IS_BETTER = late(
    "浓度|失业率|能耗|水耗|电耗|用水量|排放|死亡|事故|发案|不良|空置率|亏损|负债率|投诉率|漏损率|发病率|患病率|流失率|恩格尔"
)
_TOTAL = late(
    "总数|总户数|总人口|人口$|常住人口|户籍人口|保有量|存量|余额|在册|在库|在营|拥有量?|总里程|装机容量|总装机|市值|净资产|库容"
)
_FLOW = late("新增|新建|净增|引进|培育|建成|完成|开工|新认定|发放|改造|举办|培训|收储|整治|新开|创建|实现")
_ARRIVES = late("达到|增至|增加到|提高到|扩大到|保持|稳定|总")
_COUNTED = "个 家 户 项 所 处 座 人 名 张 公里 亩 平方米 平方公里 台 套 辆"
_COUNTING = frozenset(_COUNTED.split())


@dataclass(frozen=True, slots=True)
class Goal:
    """A target as it is judged: its tag's id and words, and of which kind it is."""

    id: str
    target: Target
    words: str
    kind: TargetKind


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a figure says of a goal. `share` is 完成比例, 1 for all of it and kept beyond; None where it means nothing.

    `reached` is None where nobody can tell yet; `why` says how it was judged or why it was not.
    """

    target_id: str
    kind: TargetKind
    share: float | None
    reached: bool | None
    why: str

    @property
    def accumulates(self) -> bool:
        """Whether the share may be compared with the elapsed share."""
        return self.kind is TargetKind.COUNT

    @property
    def words(self) -> str:
        """What stands in 完成比例: a share, else whether it is reached."""
        if self.share is not None:
            return f"{round(self.share * 100, 1):g}%"
        return {True: "已达到", False: "未达到", None: ""}[self.reached]


def goal_of(tag: Tag, *, of_plan: bool) -> Goal | None:
    """The goal of a target tag, None for another tag. `of_plan`: the report is for several years."""
    if not isinstance(tag.value, Target):
        return None
    words = tag.text.strip()
    return Goal(tag.id, tag.value, words, kind_of(tag.value, words, of_plan=of_plan))


def kind_of(target: Target, words: str, *, of_plan: bool) -> TargetKind:
    """How a target is judged. `words` are the tag's own.

    In doubt a count is taken for a total: a total is compared with its goal, but never lags behind.
    """
    if target.comparator in _RELATIVE:
        return TargetKind.RELATIVE
    if target.low is None and target.high is None:
        return TargetKind.WORDS
    if target.comparator in _CEILINGS or target.direction is Direction.LEVEL or _is_lower_better(target):
        return TargetKind.LEVEL
    if is_ratio(target.unit):
        return TargetKind.RATE
    is_total = _is_total(target, words) or (of_plan and not target.is_cumulative)
    return TargetKind.STOCK if is_total else TargetKind.COUNT


def is_ratio(unit: str) -> bool:
    """Whether a unit is a rate's or of one thing by another (微克/立方米, 件每万人): such figures never add up."""
    return unit in RATES or any(sign in unit for sign in "/／每")


def _is_lower_better(target: Target) -> bool:
    """Whether less is better and the figure is where to get, not by how much to fall."""
    is_fall = target.direction is Direction.DOWN
    return not is_fall and _LOWER_IS_BETTER.search(target.indicator) is not None


def _is_total(target: Target, words: str) -> bool:
    if target.is_cumulative:
        return False
    if _TOTAL.search(target.indicator):
        return True
    if _FLOW.search(target.indicator) or _FLOW.search(words):
        return False
    return target.unit in _COUNTING and _ARRIVES.search(target.indicator + words) is not None


# --- judging


def judge(goal: Goal, figure: Figure | None, verdict: bool | None = None) -> Judgement:
    """What the figure says of the goal. `verdict` is what a person said of it: that stands, whatever the figure."""
    reached, share, why = _figured(goal, figure)
    if verdict is not None:
        reached, why = verdict, f"由人判断：{'已达到' if verdict else '未达到'}"
    return Judgement(goal.id, goal.kind, share, reached, why)


def _figured(goal: Goal, figure: Figure | None) -> tuple[bool | None, float | None, str]:
    why = WHY[goal.kind]
    if goal.kind in {TargetKind.RELATIVE, TargetKind.WORDS}:
        return None, None, why
    problem = _problem(goal.target, figure)
    value = along(goal.target, in_scale(goal.target, figure)) if figure else None
    if problem or value is None:
        return None, None, problem
    reached = _reached(goal, value)
    if goal.kind in {TargetKind.COUNT, TargetKind.STOCK}:
        aim = _aim(goal.target)
        if aim <= 0:
            return reached, None, "目标值不大于零，不计算完成比例"
        return reached, value / aim, why
    return reached, None, why


def _problem(target: Target, figure: Figure | None) -> str:
    """Why a figure cannot be held against the target; "" where it can."""
    if figure is None or not (figure.words or figure.value is not None):
        return "尚未填报完成值"
    if figure.value is None:
        return f"完成值“{figure.words}”读不出一个数"
    read = read_figure(figure.words)
    if read and not same_unit(read[1], target.unit):
        return f"完成值的单位“{read[1]}”与目标的单位“{target.unit or '（无）'}”不同"
    return ""


def _aim(target: Target) -> float:
    """The figure to be reached: of a range its lower end."""
    ends = [end for end in (target.low, target.high) if end is not None]
    return ends[0]


_Test = Callable[[float, float, float], bool | None]
"""(what is reached, the lower end, the upper end) -> whether that is enough; None: for a person to say."""


def _about(value: float, low: float, _high: float) -> bool | None:
    if value >= low:
        return True
    return None if round(value - low + abs(low) * ABOUT, 9) >= 0 else False


def _held(value: float, low: float, _high: float) -> bool | None:
    # whether more or less is better, a level to be held does not say
    return True if value == low else None


_MORE: dict[Comparator, _Test] = {
    Comparator.EQ: lambda value, low, _: value >= low,
    Comparator.GE: lambda value, low, _: value >= low,
    Comparator.RANGE: lambda value, low, _: value >= low,
    Comparator.GT: lambda value, low, _: value > low,
    Comparator.ABOUT: _about,
}
_LEVELS: dict[Comparator, _Test] = {
    Comparator.EQ: _held,
    Comparator.GE: lambda value, low, _: value >= low,
    Comparator.GT: lambda value, low, _: value > low,
    Comparator.LE: lambda value, _, high: value <= high,
    Comparator.LT: lambda value, _, high: value < high,
    Comparator.RANGE: lambda value, low, high: low <= value <= high,
    Comparator.ABOUT: lambda value, low, _: round(abs(value - low) - abs(low) * ABOUT, 9) <= 0,
}
_LESS: dict[Comparator, _Test] = {
    **_LEVELS,
    Comparator.EQ: lambda value, _, high: value <= high,
    Comparator.RANGE: lambda value, _, high: value <= high,
    Comparator.ABOUT: lambda value, _, high: round(value - high * (1 + ABOUT), 9) <= 0,
}


def _reached(goal: Goal, value: float) -> bool | None:
    tests = _MORE
    if goal.kind is TargetKind.LEVEL:
        tests = _LESS if _is_lower_better(goal.target) else _LEVELS
    target = goal.target
    aim = _aim(target)
    low = aim if target.low is None else target.low
    high = aim if target.high is None else target.high
    return tests[target.comparator](value, low, high)
