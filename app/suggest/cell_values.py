"""The cells of an indicator table: the unit in an indicator's name, and what a target cell says."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial

from app.domain.spans import Span
from app.domain.tasks import Comparator
from app.suggest import numbers
from app.suggest.indicators import head_noun
from app.suggest.lexicon import alternatives, words
from app.suggest.sentences import sentences
from app.suggest.targets import Found, coverage, targets

_UNIT = re.compile(r"（(?P<power>万亿|亿|万|千(?!瓦|克|米))?(?P<unit>[^（）\d]{1,12})）$")
_PLAIN = re.compile(r"(?P<power>万亿|亿|万|千(?!瓦|克|米))?(?P<unit>.+)$")
_VALUE = re.compile(
    r"(?P<sign>[><≥≤]|超过|突破|不少于|不低于|达到|控制在|左右)?(?P<open>〔|\[|【)?(?P<a>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?:[—\-~至](?P<b>\d+(?:,\d{3})*(?:\.\d+)?))?(?P<power>万亿|亿|万)?(?P<unit>%|‰)?(?(open)[〕\]】])"
    r"(?P<suffix>以上|以下|以内|左右)?(?:（.*）)?$"
)
_COMPARATORS = {
    ">": Comparator.GT,
    "超过": Comparator.GT,
    "突破": Comparator.GT,
    "≥": Comparator.GE,
    "不少于": Comparator.GE,
    "不低于": Comparator.GE,
    "以上": Comparator.GE,
    "<": Comparator.LT,
    "以下": Comparator.LT,
    "≤": Comparator.LE,
    "以内": Comparator.LE,
    "控制在": Comparator.LE,
    "左右": Comparator.ABOUT,
}
_RELATIVE = (
    (re.compile(r"同步"), Comparator.SYNC),
    (
        re.compile(r"下达|完成.{0,4}(?:任务|指标|目标|要求)|达到.*(?:任务|指标|目标|要求)"),
        Comparator.ASSIGNED,
    ),
    (
        re.compile(r"高于|优于|快于|好于|低于|平均|前列|领先|(?:提高|提升|下降|增长|降低).{0,2}$"),
        Comparator.GT_REF,
    ),
)


@dataclass(frozen=True, slots=True)
class Value:
    """What a target cell says; a goal without a number has neither low nor high nor unit."""

    comparator: Comparator
    low: float | None = None
    high: float | None = None
    unit: str = ""
    is_cumulative: bool = False


def unit_of(name: str, unit: str = "") -> tuple[str, int, str]:
    """An indicator without its unit, what the unit multiplies by, and the unit: 投资（亿元） gives 1e8 and 元.

    `unit` is the text of a unit column, where the table has one.
    """
    found = _UNIT.search(name)
    if found:
        return name[: found.start()], numbers.power(found["power"] or ""), found["unit"]
    plain = _PLAIN.match(unit)
    return (name, numbers.power(plain["power"] or ""), plain["unit"]) if plain else (name, 1, "")


def value_of(text: str, power: int, unit: str) -> Value | None:
    """The value of a folded target cell without white space; None where it says nothing that binds, or a
    figure among other words (新建8家), which `said_targets` reads.
    """
    found = _VALUE.match(text)
    if not found:
        if any(_has_figure(each) for each in targets(text)):
            return None
        return next((Value(c) for pattern, c in _RELATIVE if pattern.search(text)), None)
    by = numbers.power(found["power"] or "") if found["power"] else power
    low = numbers.arabic(found["a"], by=by)
    unit = found["unit"] or unit
    is_cumulative = bool(found["open"])
    if found["b"]:
        return Value(Comparator.RANGE, low, numbers.arabic(found["b"], by=by), unit, is_cumulative)
    comparator = _COMPARATORS.get(found["suffix"] or found["sign"] or "", Comparator.EQ)
    is_open_above = comparator in {Comparator.GT, Comparator.GE}
    is_open_below = comparator in {Comparator.LT, Comparator.LE}
    return Value(
        comparator, None if is_open_below else low, None if is_open_above else low, unit, is_cumulative
    )


def said_targets(text: str, name: str, *, is_plan: bool = False) -> list[Found]:
    """The targets of a folded cell of words in order. `name` is its row's, for figures whose thing it does not say."""
    return _read(text, name, partial(targets, is_plan=is_plan))


def said_coverage(text: str, name: str) -> list[Found]:
    """The coverage goals of a folded cell of words in order, named likewise."""
    return _read(text, name, coverage)


def _read(text: str, name: str, read: Callable[[str], list[Found]]) -> list[Found]:
    return [
        (Span(span.start + start, span.end + start), replace(goal, indicator=_of(goal.indicator, name)), why)
        for start, end in sentences(text, 0, len(text))
        for span, goal, why in read(text[start:end])
    ]


def _of(indicator: str, name: str) -> str:
    """新建|8家 is of what the row names, 完成率|90% its rate; an indicator with a thing of its own stands alone."""
    if _verbs().fullmatch(indicator):
        return head_noun(name) or name or indicator
    return head_noun(name) + indicator if indicator in words("indicators", "bare") else indicator


@cache
def _verbs() -> re.Pattern[str]:
    """Only verbs that say that something is done, and signs."""
    verbs = alternatives("indicators", "adverbs", "openers", "generic", "kept", "shed")
    return re.compile(rf"(?:{verbs}|开工|动工|完工|竣工|落地|交付|\W)*+")


def _has_figure(found: Found) -> bool:
    return found[1].low is not None or found[1].high is not None
