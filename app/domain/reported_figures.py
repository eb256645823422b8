"""What a unit types as its 完成值 (120家, 约1.2万人, 下降3.2%) -> a figure."""

import unicodedata
from dataclasses import replace
from math import log10

from app.domain.patterns import late
from app.domain.phrases import SCALES, number_words
from app.domain.progress import Figure
from app.domain.signs import number_from
from app.domain.tasks import Direction, Target

_ASIDES = late(r"[(\[【〔][^)\]】〕]*[)\]】〕]|[a-z]+://\S*")
_WHEN = late(r"(?:20\d\d年)?(?:\d{1,2}[-—~至到])?(?:\d{1,2}月|前?\d个?季度)(?:份|底|末|\d{1,2}日)?|20\d\d年")
_NUMBER = late(r"(?<![A-Za-z\d.])-?\d[\d,]*(?:\.\d+)?[余多]?(?:万亿|[万亿])?[余多]?[^\d,，。;；、:：\s]*")
_BARE = late(r"[^\d万亿]{0,4}-?\d[\d,]*(?:\.\d+)?\s*")
_MORE = late("[余多]")
_BY_ANOTHER = late("[/每]")
_RISES = late("增|升|提高|扩大")
_FALLS = late("降|减|低于")

_ALIKE = (
    "个 家 户 项 所 处 座 场 件 台 套 只 辆 支 条 宗 批",
    "人 名 位",
    "人次",
    "% 百分比",
    "百分点 个百分点 %点",
    "元 人民币 元人民币",
    "平方米 m2 平米",
    "公里 千米 km",
    "平方公里 km2 平方千米",
    "吨 t",
    "微克/立方米 微克每立方米 μg/m3 ug/m3",
)
_CLASS = {word: words.split(maxsplit=1)[0] for words in _ALIKE for word in words.split()}


def _plain(typed: str) -> str:
    """What was typed without months, years and what stands in brackets."""
    return _WHEN.sub("", _ASIDES.sub("", unicodedata.normalize("NFKC", typed).replace("−", "-")))


def figure_of(target_id: str, typed: str) -> Figure:
    """The figure of what was typed; its value is None where the words hold no number, or more than one."""
    read = read_figure(typed)
    return Figure(target_id, read[0] if read else None, typed.strip())


def read_figure(typed: str) -> tuple[float, str] | None:
    """The one number of some words, 万 and 亿 multiplied in, and its unit; None if there is none or several.

    A month or year and what stands in brackets do not count: 截至3月底完成85家（其中新建20家） is (85.0, 家).
    """
    found = _NUMBER.findall(_plain(typed))
    if len(found) != 1:
        return None
    return number_from(_MORE.sub("", found[0]))


def in_scale(target: Target, figure: Figure) -> Figure:
    """The figure in the 万 or 亿 that the target is told in, where a bare number is nearer to it that way.

    Of 增加值4.5亿元 a unit reports 4.2 and means 亿元; 8000 of 1.65万人 are 8000. A number that says its unit or its
    scale is what it says.
    """
    aim = next((end for end in (target.low, target.high) if end), None)
    scale = next((power for name, power in SCALES if aim and name in number_words(aim, target.unit)), 0)
    if aim is None or not figure.value or not scale or not _BARE.fullmatch(_plain(figure.words)):
        return figure
    scaled = figure.value * 10.0**scale
    is_nearer = abs(log10(abs(scaled / aim))) < abs(log10(abs(figure.value / aim)))
    return replace(figure, value=scaled) if is_nearer else figure


def along(target: Target, figure: Figure) -> float | None:
    """How far a figure goes in the target's direction: 下降3.2%, or -3.2, is 3.2 towards a target that goes down."""
    value = figure.value
    if value is None or target.direction not in {Direction.UP, Direction.DOWN}:
        return value
    rise = _rise(value, figure.words)
    if rise is None:
        return value
    return rise if target.direction is Direction.UP else -rise


def _rise(value: float, words: str) -> float | None:
    """By how much it rose, negative if it fell; None where neither the words nor a sign say which."""
    if _FALLS.search(words):
        return -abs(value)
    if value < 0 or _RISES.search(words):
        return value
    return None


def same_unit(one: str, other: str) -> bool:
    """Whether figures in these units may be compared; one that is not named goes with every other."""
    first, second = _unit(one), _unit(other)
    return not first or not second or first == second


def _unit(words: str) -> str:
    plain = unicodedata.normalize("NFKC", words).strip()
    if plain in _CLASS or _BY_ANOTHER.search(plain):
        return _CLASS.get(plain, plain)
    # 85家企业 is counted in 家; the longest word that it begins with
    known = [word for word in _CLASS if plain.startswith(word)]
    return _CLASS[max(known, key=len)] if known else plain
