"""Figures of a sentence as they stand: digits or a Chinese numeral, power word, unit and suffix, with values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from app.domain.spans import Span
from app.suggest import numbers
from app.suggest.lexicon import alternatives

_MULT = r"万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千(?![瓦克米])|百(?!分)"
_NUMBER = r"\d+(?:[,，]\d{3}(?!\d))*(?:\.\d+)?"
_DASH = r"[—―–\-~至到]{1,2}"
_DIGIT = re.compile(r"\d")
_OTHER_UNIT = re.compile(r"（.）")
"""万人（次）, 套（间）: the unit counts, what may stand for it does not."""
_UNIT_FORMS = {
    "立方": "立方米",
    "台（套）": "台套",
    "台/套": "台套",
    "个百分点": "百分点",
    "平米": "平方米",
    "㎡": "平方米",
    "ug/m³": "微克/立方米",
    "μg/m³": "微克/立方米",
    "µg/m³": "微克/立方米",
    "ug/m3": "微克/立方米",
    "m²": "平方米",
    "m2": "平方米",
    "m³": "立方米",
    "km²": "平方公里",
    "km": "公里",
    "千米": "公里",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit. Offsets into the sentence. `high` is None but for a range; `is_more`: 8万余.

    `unit` is normalised and may be empty (常住人口100万); `has_power`: 万 or 亿 stands beside it.
    """

    span: Span
    low: float
    high: float | None
    unit: str
    suffix: str
    is_more: bool
    is_cumulative: bool
    has_power: bool
    numeral: str = ""


@cache
def _unit() -> str:
    unit = alternatives("quantities", "counts", "measures", "money", "percents", "times")
    return rf"{unit}(?:（[^（）\d新续改扩含原略]）)?(?:(?:/|每)[百千万亿]?(?:{unit}|秒|分|时))?"


@cache
def _suffix() -> str:
    return rf"(?P<suffix>{alternatives('quantities', 'suffixes')})?"


@cache
def _arabic() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<open>〔)?(?P<a>{_NUMBER})(?P<am>{_MULT})?"
        rf"(?:(?:{_unit()})?{_DASH}(?P<b>{_NUMBER})(?P<bm>{_MULT})?)?(?(open)〕)"
        rf"(?:∶1(?![\d.])|(?P<more>[余多])?(?P<cm>{_MULT})?(?P<unit>{_unit()})?){_suffix()}"
    )


@cache
def _numeral() -> re.Pattern[str]:
    unit = alternatives("quantities", "numeral_counts", "measures", "money")
    return re.compile(
        rf"(?<![\d.余多〕一二两三四五六七八九十百千万亿])(?P<a>[一二两三四五六七八九十百千万亿]{{1,8}})"
        rf"(?P<more>[余多])?(?P<unit>{unit}){_suffix()}"
    )


def may_hold_figures(sentence: str) -> bool:
    """Whether a look at the clauses is worth while."""
    return bool(_DIGIT.search(sentence) or _numeral().search(sentence))


def figures(sentence: str, clause: Span) -> Iterator[Figure]:
    """The figures in digits of one clause of a folded sentence, in order."""
    for m in _arabic().finditer(sentence, clause.start, clause.end):
        unit, last = m["unit"] or "", m["cm"] or ""
        if m["b"]:
            power = m["bm"] or last
            low, high = numbers.arabic(m["a"], m["am"] or power), numbers.arabic(m["b"], power)
        else:
            low, high = numbers.arabic(m["a"], (m["am"] or "") + last), None
        yield Figure(
            Span(m.start(), m.end()),
            low,
            high,
            _UNIT_FORMS.get(unit, _OTHER_UNIT.sub("", unit)),
            m["suffix"] or "",
            bool(m["more"]),
            bool(m["open"]),
            bool(m["am"] or m["bm"] or last),
        )


def numerals(sentence: str, clause: Span) -> Iterator[Figure]:
    """The figures in Chinese numerals of one clause, in order; most of them are names."""
    for m in _numeral().finditer(sentence, clause.start, clause.end):
        yield Figure(
            Span(m.start(), m.end()),
            float(numbers.chinese(m["a"])),
            None,
            _UNIT_FORMS.get(m["unit"], m["unit"]),
            m["suffix"] or "",
            bool(m["more"]),
            is_cumulative=False,
            has_power=False,
            numeral=m["a"],
        )
