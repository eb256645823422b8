"""Targets of a sentence: quantities and goals without a number, as the domain's Target, and coverage goals."""

import re
from dataclasses import replace
from functools import cache

from app.domain.spans import Span
from app.domain.tasks import Comparator, Direction, Nature, Target
from app.suggest.coverage import coverage_goals
from app.suggest.indicators import follows_at_once, indicators
from app.suggest.lexicon import alternatives, words
from app.suggest.quantities import Quantity, quantities
from app.suggest.relative_goals import RelativeGoal, relative_goals

Found = tuple[Span, Target, str]
"""Where in the sentence, what, and why."""

_RATES = frozenset({"%", "‰", "百分点", "倍"})
_PEOPLE = re.compile(
    r"居民|村民|农民|渔民|市民|老年人|人口|人数|就业|人才|人员|职工|学生|妇女|儿童|残疾人|劳动力|群众|旅客|游客"
)
_MONEY = re.compile(
    r"收入|支出|税收|投资|产值|贷款|融资|进出口|外资|内资|销售额|营收|营业|债|资金|总额|GDP|生产总值"
)
_NATURE = re.compile(r"[^，。；]{0,4}?[（(〔]?(约束性|预期性)")
_BASE = re.compile(
    r"[从由]([^，从由]{1,16}?)(?:提高|提升|增加|增长|扩大|下降|降低|减少|压减|缩短|压缩|上升)(?:到|至)$"
)
_NOUNS = frozenset({"涨幅", "增幅", "增速", "降幅"})
"""How much something else in the list moves (失业率、价格涨幅分别…), not a rate."""
_LOWERED = re.compile(r"(?:下降|降低|降|减少|压减|压缩)[到至]$")
_GROWS = re.compile(r"的?(?:同比|年均)?(?:增长|增速|增幅)")
_LEVEL = re.compile(
    r"失业率|优良(?:天数|水体|海水|水质|比例)|(?:空气|水质)[^，]*优良率|(?:水质|断面|水体|地表水|集中式饮用水)[^，]*(?:达标率|优良)|类(?:以上)?(?:水质|水体)比例|达标天数"
)


def targets(sentence: str, *, is_plan: bool = False) -> list[Found]:
    """The targets of a folded sentence in order. In a plan what is 累计 counts as a sum over its years."""
    found = quantities(sentence)
    out: list[Found] = []
    for i, (q, indicator) in enumerate(zip(found, indicators(sentence, found), strict=True)):
        target = _from_quantity(sentence, q, indicator, is_plan=is_plan)
        if (
            i
            and target.direction is not out[-1][1].direction
            and target.direction is None
            and found[i - 1].unit == q.unit
            and (follows_at_once(sentence, found[i - 1], q) or indicator == out[-1][1].indicator)
        ):
            target = replace(target, direction=out[-1][1].direction)
        out.append((q.span, target, "含目标值"))
    taken = [q.span for q in found]
    out += [
        (goal.span, _from_goal(goal), _REASONS[goal.comparator])
        for goal in relative_goals(sentence)
        if not any(goal.span.overlaps(span) for span in taken)
    ]
    return sorted(out, key=lambda x: x[0])


_REASONS = {
    Comparator.SYNC: "与另一指标同步",
    Comparator.ASSIGNED: "上级下达或既定的任务，数值待核",
    Comparator.GT_REF: "以另一数值为参照",
}


def coverage(sentence: str) -> list[Found]:
    """The coverage goals of a folded sentence, in order."""
    return [
        (
            g.span,
            Target(g.indicator, Comparator.EQ, g.value, g.value, "%" if g.value else ""),
            "全覆盖或清零类目标",
        )
        for g in coverage_goals(sentence)
    ]


def _from_quantity(sentence: str, q: Quantity, indicator: str, *, is_plan: bool) -> Target:
    before = sentence[q.clause.start : q.span.start]
    nature = _NATURE.match(sentence, q.span.end)
    base = _BASE.search(before)
    return Target(
        indicator,
        q.comparator,
        q.low,
        q.high,
        q.unit or (inferred_unit(indicator) if q.figure.has_power else ""),
        _direction(sentence, q, indicator),
        (Nature.BINDING if nature[1] == "约束性" else Nature.EXPECTED) if nature else None,
        base[1] if base else "",
        q.figure.is_cumulative or (is_plan and "累计" in before),
    )


def _direction(sentence: str, q: Quantity, indicator: str) -> Direction | None:
    """What a figure says of itself (翻番, 10%以上增长), else what is said before it."""
    if q.figure.numeral.startswith("翻") or (q.unit in _RATES and _GROWS.match(sentence, q.span.end)):
        return Direction.UP
    before = sentence[q.clause.start : q.span.start]
    return direction(q.unit, before, indicator, sentence[q.span.start : q.figure.span.start])


def _from_goal(goal: RelativeGoal) -> Target:
    return Target(goal.indicator, goal.comparator, direction=goal.direction)


def inferred_unit(indicator: str) -> str:
    """The unit of a bare 100万 or 2亿, as far as its indicator tells: 人 or 元."""
    if _PEOPLE.search(indicator):
        return "人"
    return "元" if _MONEY.search(indicator) else ""


def direction(unit: str, before: str, indicator: str, prefix: str) -> Direction | None:
    """Where a rate goes, by the verb right before it; a rate to be held is a level; counts go nowhere."""
    if prefix.startswith("降至") or (not prefix and _LOWERED.search(before)):
        return Direction.DOWN
    if unit not in _RATES or "自然增长率" in indicator:
        return None
    verb = _moving().search(before) or (None if prefix else _moved().match(before))
    if verb and not (indicator.endswith("率") and verb[1] in _NOUNS):
        return Direction.UP if verb[1] in words("indicators", "growing") else Direction.DOWN
    moved = _moving().search(indicator)
    if moved:
        return Direction.UP if moved[1] in words("indicators", "growing") else Direction.DOWN
    return Direction.LEVEL if _LEVEL.search(indicator) else None


@cache
def _moving() -> re.Pattern[str]:
    verb = alternatives("indicators", "growing", "falling")
    return re.compile(
        rf"({verb})(?:率)?(?:了|分别|均|约|不超过|不高于|至少|保持在|稳定在|维持在|在|为|达|到|至|力争|超)*$"
    )


@cache
def _moved() -> re.Pattern[str]:
    """压减一般性支出10%: the verb opens the clause, and nothing says that a level is reached."""
    verb = alternatives("indicators", "growing", "falling")
    return re.compile(rf"({verb})[^，]*(?<![达到至在为])$")
