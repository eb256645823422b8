"""The cells of an indicator table: the unit in an indicator's name, and what a target cell says."""

import re
from dataclasses import dataclass

from app.domain.tasks import Comparator
from app.suggest import numbers

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
    (re.compile(r"下达|完成.*(?:任务|指标|目标|要求)|达到.*(?:任务|指标|目标|要求)"), Comparator.ASSIGNED),
    (re.compile(r"高于|优于|快于|好于|低于|平均|前列|领先|提高|提升|下降|增长|降低"), Comparator.GT_REF),
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
    """The value of a folded target cell without white space; None where it says nothing that binds."""
    found = _VALUE.match(text)
    if not found:
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
