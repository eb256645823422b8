"""Shares said in words: 三成, 三分之一, 百分之五, 翻一番."""

import re
from collections.abc import Iterator

from app.domain.spans import Span
from app.suggest import numbers
from app.suggest.figures import Figure

_HINT = re.compile("[一二两三四五六七八九]成|分之|翻[一两]?番")
_DIGITS = "一二三四五六七八九"
_LEADS_TO = "超|超过|突破|达|达到|近|约|占|占比|比重|比例|至|到|在|低于|少于|高于|增长|增加|提高|提升|下降|降低|减少|压减|节约"
_SUFFIX = "(?P<suffix>以上|以下|以内|左右|上下)?"
_SHARE = re.compile(
    rf"(?:(?P<tenths>[{_DIGITS}两])成(?P<half>半)?(?![{_DIGITS}不新])"
    rf"|百分之(?P<percent>[{_DIGITS}十百]{{1,5}})(?P<point>点[{_DIGITS}])?"
    rf"|(?P<parts>[{_DIGITS}十])分之(?P<of>[{_DIGITS}])"
    rf"|(?P<doubled>翻(?P<times>[一两])?番)(?![计行工方])){_SUFFIX}"
)
_LED = re.compile(rf"(?:{_LEADS_TO})$")


def may_hold_shares(sentence: str) -> bool:
    """Whether a look at the clauses is worth while."""
    return _HINT.search(sentence) is not None


def shares(sentence: str, clause: Span) -> Iterator[Figure]:
    """The shares of one clause of a folded sentence, in percent. 翻一番 grows by 100, 翻两番 by 300."""
    for m in _SHARE.finditer(sentence, clause.start, clause.end):
        if m["tenths"] and not (m["suffix"] or _LED.search(sentence, clause.start, m.start())):
            continue
        yield Figure(
            Span(m.start(), m.end()),
            _value(m),
            None,
            "%",
            m["suffix"] or "",
            is_more=False,
            is_cumulative=False,
            has_power=False,
            numeral=m[0],
        )


def _value(m: re.Match[str]) -> float:
    if m["tenths"]:
        return numbers.chinese(m["tenths"]) * 10.0 + (5.0 if m["half"] else 0.0)
    if m["percent"]:
        return numbers.chinese(m["percent"]) + (numbers.chinese(m["point"][1:]) / 10 if m["point"] else 0.0)
    if m["parts"]:
        return round(100 * numbers.chinese(m["of"]) / numbers.chinese(m["parts"]), 2)
    return 300.0 if m["times"] == "两" else 100.0
