"""年度工作分解: a plan's targets year by year, and 中期评估: how far they are along the way."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from app.domain.completion import Goal, Judgement, TargetKind, judge
from app.domain.patterns import late
from app.domain.phrases import RATES
from app.domain.progress import Figure
from app.domain.reported_figures import along, in_scale, read_figure, same_unit
from app.domain.tasks import Direction, Nature, Target

_EACH_YEAR = late("年均|每年|逐年|年度")
_AHEAD = 0.05
"""So much of the whole way ahead of what was expected is 超过预期."""


@dataclass(frozen=True, slots=True)
class YearTarget:
    """What a plan's target is to be in one year. `value` is the year's own part of a sum over the years (〔〕), else
    where the indicator is to stand at the year's end; None where only `words` say it.
    """

    target_id: str
    year: int
    value: float | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A target's years as the program suggests them, empty where it does not dare; `why` says how or why not."""

    target_id: str
    years: tuple[YearTarget, ...]
    why: str


def breakdown(goal: Goal, first: int, last: int) -> Breakdown:
    """Yearly values for a goal of the plan from its first to its last year.

    A sum over the years (〔〕) in even parts; a yearly rate (年均…) the same each year; a total, rate or level on a
    straight line from its baseline. Nothing for 约束性 targets and goals in words: who set them breaks them down.
    """
    why_not = _why_not(goal)
    if why_not:
        return Breakdown(goal.id, (), why_not)
    target = goal.target
    aim, count, places = _end(target), last - first + 1, _places(target)
    if target.is_cumulative:
        return _made(goal, first, _even_parts(aim, count, places), "五年累计数按年均分")
    if _is_yearly(goal):
        return _made(goal, first, [aim] * count, "年均目标，各年相同")
    if _is_held(goal):
        return _made(goal, first, [aim] * count, "保持的水平，各年相同")
    start = _baseline(target) or 0.0
    steps = [round(start + (aim - start) * step / count, places) for step in range(1, count)]
    return _made(goal, first, [*steps, aim], "从基期值到目标值按直线推算")


def _why_not(goal: Goal) -> str:
    """Why no yearly values are suggested; "" where they are."""
    target = goal.target
    if goal.kind in {TargetKind.RELATIVE, TargetKind.WORDS}:
        return "目标没有可分解的数值，由人填写"
    if target.nature is Nature.BINDING:
        return "约束性指标按上级下达的年度任务填写"
    if target.is_cumulative or _is_yearly(goal) or _is_held(goal):
        return ""
    if _is_growth(target):
        return "增减幅度没有写明是否年均，由人填写"
    return "没有可比的基期值，由人填写" if _baseline(target) is None else ""


def _is_yearly(goal: Goal) -> bool:
    return _EACH_YEAR.search(goal.target.indicator + goal.words) is not None


def _made(goal: Goal, first: int, values: list[float], why: str) -> Breakdown:
    years = tuple(YearTarget(goal.id, year, value) for year, value in enumerate(values, first))
    return Breakdown(goal.id, years, why)


def _end(target: Target) -> float:
    """The figure to be reached: of a range its lower end."""
    return next(end for end in (target.low, target.high) if end is not None)


def _baseline(target: Target) -> float | None:
    """The baseline as a number, where it is of the target's own kind; in a table it says no 万 or 亿 of its own."""
    read = read_figure(target.baseline)
    if read is None or not same_unit(read[1], target.unit):
        return None
    return in_scale(target, Figure("", read[0], target.baseline)).value


def _is_growth(target: Target) -> bool:
    """Whether the figure says by how much, and not where to."""
    return target.direction in {Direction.UP, Direction.DOWN} and target.unit in RATES


def _is_held(goal: Goal) -> bool:
    """Whether the level is there already, and is to be kept."""
    if goal.kind is not TargetKind.LEVEL:
        return False
    start = _baseline(goal.target)
    is_there = start is not None and judge(goal, Figure(goal.id, start, "")).reached is True
    return is_there or goal.target.direction is Direction.LEVEL


def _places(target: Target) -> int:
    """Decimals that yearly values are given with: those of the figures, one more for a rate."""
    ends = [end for end in (target.low, target.high, _baseline(target)) if end is not None]
    known = max(_decimals(end) for end in ends)
    return known + 1 if target.unit in RATES else known


def _decimals(value: float) -> int:
    exponent = Decimal(f"{value:.12g}").normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _even_parts(whole: float, count: int, places: int) -> list[float]:
    """Parts that differ by no more than the last decimal and add up to the whole."""
    until = [round(whole * step / count, places) for step in range(count + 1)]
    return [round(until[step + 1] - until[step], places) for step in range(count)]


# --- 中期评估


class Standing(StrEnum):
    """How a target stands against what was expected by then; the value is what people read."""

    AHEAD = "超过预期"
    ON_WAY = "达到预期"
    BEHIND = "滞后预期"
    UNKNOWN = "待判断"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a plan's target stands at the end of a year.

    `way` is how much of the way from the baseline to the goal is done, `expected` how much was to be done by then;
    both None where the target has no way (growth, levels that are held, goals in words). `judgement` holds the figure
    against the plan's last year.
    """

    goal: Goal
    year: int
    figure: Figure | None
    judgement: Judgement
    way: float | None
    expected: float | None
    standing: Standing
    why: str


def evaluate(
    goal: Goal,
    years: Iterable[YearTarget],
    figure: Figure | None,
    span: tuple[int, int],
    year: int,
    verdict: bool | None = None,
) -> Evaluation:
    """中期评估 of one target at the end of `year`, by what was reached since the plan began.

    `span` is the plan's first and last year. `years` are the target's yearly values as they were decided; without
    them as much of the way is expected as of the time is over. The figure of a sum (〔〕) is the sum so far.
    """
    judgement = judge(goal, figure, verdict)
    value = along(goal.target, in_scale(goal.target, figure)) if figure else None
    start = _start(goal)
    years = tuple(years)
    found = _Found(Standing.UNKNOWN, judgement.why)
    if verdict is not None:
        found = _Found(Standing.ON_WAY if verdict else Standing.BEHIND, judgement.why)
    elif value is None or not _is_comparable(judgement):
        pass
    elif start is not None:
        found = _on_the_way(goal.target, start, value, _due_by(goal.target, years, year), _over(span, year))
    else:
        found = _by_level(goal, value, _due_by(goal.target, years, year))
    return Evaluation(goal, year, figure, judgement, found.way, found.expected, found.standing, found.why)


@dataclass(frozen=True, slots=True)
class _Found:
    standing: Standing
    why: str
    way: float | None = None
    expected: float | None = None


def _is_comparable(judgement: Judgement) -> bool:
    """Whether the figure could be held against the goal at all: of the same unit, and the goal a number."""
    return judgement.share is not None or judgement.reached is not None


def _start(goal: Goal) -> float | None:
    """Where the way to the goal begins; None where there is no way: growth, what is held, no baseline."""
    target = goal.target
    if goal.kind in {TargetKind.RELATIVE, TargetKind.WORDS}:
        return None
    if target.is_cumulative:
        return 0.0
    start = _baseline(target)
    if goal.kind in {TargetKind.COUNT, TargetKind.STOCK}:
        start = start or 0.0
    elif _is_growth(target) or _is_held(goal):
        return None
    # the goal may be where it began: then there is nothing to go
    return start if start is not None and start != _end(target) else None


def _over(span: tuple[int, int], year: int) -> float:
    """The share of the plan's years that is over at the end of a year."""
    return min(1.0, max(0.0, (year - span[0] + 1) / (span[1] - span[0] + 1)))


def _on_the_way(target: Target, start: float, value: float, due: float | None, over: float) -> _Found:
    whole = _end(target) - start
    way = (value - start) / whole
    expected = over if due is None else (due - start) / whole
    why = "与规划期已过时间相比" if due is None else "与年度分解值相比"
    ahead = round(way - expected, 9)
    standing = Standing.AHEAD if ahead > _AHEAD else Standing.ON_WAY
    return _Found(standing if ahead >= 0 else Standing.BEHIND, why, way, expected)


def _due_by(target: Target, years: tuple[YearTarget, ...], year: int) -> float | None:
    """What the yearly values want by the end of a year; None where a value that counts is missing."""
    if not target.is_cumulative:
        return next((y.value for y in years if y.year == year), None)
    until = [y.value for y in years if y.year <= year]
    known = [value for value in until if value is not None]
    return sum(known) if known and len(known) == len(until) else None


def _by_level(goal: Goal, value: float, due: float | None) -> _Found:
    """A rate above its goal is ahead; a level that holds is as expected, however well."""
    target = goal.target
    if due is not None:
        low, high = (None if end is None else due for end in (target.low, target.high))
        target = replace(target, low=low, high=high)
    # the figure goes along the target already: judged as a plain number
    plain = replace(goal, target=replace(target, direction=None))
    judgement = judge(plain, Figure(goal.id, value, ""))
    why = "与年度分解值相比" if due is not None else "与规划目标相比"
    if judgement.reached is None:
        return _Found(Standing.UNKNOWN, why)
    if not judgement.reached:
        return _Found(Standing.BEHIND, why)
    is_beyond = goal.kind is TargetKind.RATE and value > _end(target)
    return _Found(Standing.AHEAD if is_beyond else Standing.ON_WAY, why)
