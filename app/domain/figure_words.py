"""The figures of a stretch of text: what must not change without a person seeing it."""

import re

from app.domain.spans import Span

_BEFORE = (
    "不少于|不低于|不高于|不超过|超过|突破|高于|低于|大于|小于|至少|最多|控制在|达到|力争|约|近|逾|累计|年均"
    "|下降|减少|增长|提高|降低|压减|≥|≤|＞|＜|>|<|≈"
)
_SCALES = "万亿|万|亿|千|百|倍|成|余|多"
_BEHIND = f"以上|以下|以内|以外|左右|上下|个百分点|百分点|%|‰|{_SCALES}"
_NUMBER = r"\d+(?:[.．:/]\d+)*"
_HAN = "[零〇一二两三四五六七八九十百千]{1,9}"
_MEASURES = "多余万亿个所项家条座处次批名人户件年月日季倍成分公里亩吨米元类支场期套台辆组镇村县区市"
_PERIODS = "上半年|下半年|年底|年内|全年|季度|月底|每年|每月|每季度|翻番|全覆盖|清零|同步"
_TOKEN = re.compile(
    f"{_NUMBER}|百分之{_HAN}|{_HAN}分之{_HAN}|{_HAN}(?=[{_MEASURES}])|{_BEFORE}|{_PERIODS}"
    f"|(?<=[\\d零〇一二两三四五六七八九十百千万亿余多数几])(?:{_SCALES})|以上|以下|以内|以外|左右|上下|个?百分点|[%‰]"
)
_NEXT_BEFORE = re.compile(f"(?:{_BEFORE}|{_NUMBER}[.．]?)$")
_NEXT_BEHIND = re.compile(f"[.．]?{_NUMBER}|{_BEHIND}")
_STOPS = "。！？；，、：!?;,:"
_REACH = 8
_FORMS = str.maketrans("０１２３４５６７８９％．，", "0123456789%.,")


def figure_words(words: str) -> tuple[str, ...]:
    """The numbers, scales, comparators and periods of some words, in order, in one form of each."""
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", words.translate(_FORMS))
    return tuple(_TOKEN.findall(plain))


def with_neighbours(text: str, span: Span, within: Span) -> Span:
    """A span that holds a digit, with what of its figure stands directly before and behind it in its sentence."""
    first, last = max(within.start, span.start - _REACH), min(within.end, span.end + _REACH)
    plain = text[first:last].translate(_FORMS)
    start, end = span.start - first, span.end - first
    if not any(char.isdigit() for char in plain[start:end]) or plain[end - 1] in _STOPS:
        return span  # what is behind a stop is another figure's
    while found := _NEXT_BEFORE.search(plain, 0, start):
        start = found.start()
    while found := _NEXT_BEHIND.match(plain, end):
        end = found.end()
    return Span(first + start, first + end)
