"""Quantities: the figures of a sentence that count something, and are no name, date, base or qualifier."""

import re
from dataclasses import dataclass, replace
from functools import cache

from app.domain.spans import Span
from app.domain.tasks import Comparator
from app.suggest.figures import Figure, figures, may_hold_figures, numerals
from app.suggest.lexicon import alternatives, words
from app.suggest.sentences import clauses, inside, quoted
from app.suggest.shares import may_hold_shares, shares

_BY_SUFFIX = {
    "以上": Comparator.GE,
    "以下": Comparator.LT,
    "以内": Comparator.LE,
    "左右": Comparator.ABOUT,
    "上下": Comparator.ABOUT,
}
_BY_PREFIX = {
    "超过": Comparator.GT,
    "突破": Comparator.GT,
    "高于": Comparator.GT,
    "低于": Comparator.LT,
    "不少于": Comparator.GE,
    "不低于": Comparator.GE,
    "控制在": Comparator.LE,
}
_BY_WORD_OUTSIDE = (
    (re.compile(r"(?:不超过|不高于|不大于|不多于|不突破|[<≤])$"), Comparator.LE),
    (re.compile(r"(?:至少(?:[新再]?[建办培引打选设开][\u4e00-\u9fff]{0,2})?|不小于|≥)$"), Comparator.GE),
    (re.compile(r"(?:大于|多于|超|>)$"), Comparator.GT),
    (re.compile(r"(?:小于|少于)$"), Comparator.LT),
    (re.compile(r"(?:接近|大约|约|近)$"), Comparator.ABOUT),
)
"""Words that bind a figure but stay outside its span."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure that counts. Offsets into the sentence; `span` includes the comparator before the number.

    万 and 亿 are in the values; the open side is None. `clause` is where it stands, `figure` its number.
    """

    span: Span
    figure: Figure
    clause: Span
    comparator: Comparator
    low: float | None
    high: float | None
    unit: str


def quantities(sentence: str) -> list[Quantity]:
    """The quantities of a folded sentence, in order."""
    if not (may_hold_figures(sentence) or may_hold_shares(sentence)):
        return []
    names = quoted(sentence)
    found: list[Quantity] = []
    for clause in clauses(sentence):
        in_clause = _in_clause(sentence, clause, names)
        found.extend(
            q
            for i, q in enumerate(in_clause)
            if not (_qualifies(sentence, q, in_clause[i + 1 :]) or (i and _narrows(in_clause[i - 1], q)))
        )
    return found


def _in_clause(sentence: str, clause: Span, names: tuple[Span, ...]) -> list[Quantity]:
    every = [f for f in figures(sentence, clause) if _counts(sentence, f, clause)]
    every += [f for f in numerals(sentence, clause) if _is_made(sentence, f, clause)]
    every += shares(sentence, clause)
    if not every or _past().search(sentence, clause.start, clause.end):
        return []
    every.sort(key=lambda f: f.span)
    found = [_quantity(sentence, f, clause) for f in every if not inside(names, *f.span)]
    for i in range(1, len(found)):
        if _shares_comparator(sentence, found[i - 1], found[i]):
            found[i] = _compared_like(found[i - 1], found[i])
    return found


_EACH = re.compile(r"分别(?:达到|力争|确保)?$")
_BETWEEN = re.compile(r"[、和及]")


def _shares_comparator(sentence: str, one: Quantity, two: Quantity) -> bool:
    """Whether what is said of the first of a list holds for the next (分别突破30亿元、20亿元)."""
    is_plain = two.comparator is Comparator.EQ and two.span == two.figure.span
    if (
        not is_plain
        or one.figure.suffix
        or _BETWEEN.fullmatch(sentence[one.span.end : two.span.start]) is None
    ):
        return False
    is_first = _EACH.search(sentence, one.clause.start, one.span.start) is not None
    return one.comparator in {Comparator.GT, Comparator.GE, Comparator.LT, Comparator.LE} and (
        is_first or one.span == one.figure.span
    )


def _compared_like(one: Quantity, two: Quantity) -> Quantity:
    """The second with the first's comparator, its value on the side that this binds."""
    low = two.low if one.high is None else None
    high = two.high if one.low is None else None
    return replace(two, comparator=one.comparator, low=low, high=high)


# -- what counts nothing -------------------------------------------------------------------------------------

_NAME_BEFORE = re.compile(r"(?:[A-Za-z+.\d_{/-]|第|前|每|·)$")
_NAME_AFTER = re.compile(r"[级型强版圈号届制+A°℃]|中?全会|周年|全覆盖|半径")
_BASE_BEFORE = re.compile(r"[从由][^，从由]{0,12}$")
_BASE_AFTER = re.compile(r"[^，]{0,6}?[提升增降减压缩扩][^，]{0,6}?[到至]")
_TIMED = re.compile(r"(?:缩短|压缩|压减|天数|时间|时长|时限)[^，]{0,8}$")
_IN_PLACES = re.compile(r"^(?:并|还|先行)?在$")
_INSTITUTE = 1000
"""An institute's number, not a count of institutes, from here on (8359所)."""
_SITE = re.compile(r"占地(?:面积)?(?:约|近)?$")
_ENDS = re.compile(r"[，。；：、）！]|$")
_RATIO = re.compile(r"(?:比|倍差|系数|指数|比值)(?:[\u4e00-\u9fff]{0,2}[到至在为达])?$")
"""What is measured by a bare number."""
_REACH = re.compile(r"(?:以?内)?(?:的)?(?:覆盖|可达|步行)")
"""How far a service reaches (500米覆盖率), not what is to be done."""
_YEARS = re.compile(r"(?:寿命|受教育年限)[^，]{0,8}$")
_SETS = frozenset({"个", "项", "类"})
_LISTED = frozenset({"个", "条"})


def _counts(sentence: str, figure: Figure, clause: Span) -> bool:
    """Whether digits with what stands around them count something."""
    before = sentence[clause.start : figure.span.start]
    after = sentence[figure.span.end : clause.end]
    if (
        _NAME_BEFORE.search(before)
        or _NAME_AFTER.match(after)
        or f"{figure.unit}{after}".startswith("期工程")
    ):
        return False
    if _BASE_BEFORE.search(before) and _BASE_AFTER.match(after):
        return False
    if not figure.unit:
        is_bare = figure.has_power or _RATIO.search(before) is not None
        return is_bare and bool(_ENDS.match(after) or _people().match(after))
    if (figure.unit == "所" and figure.low >= _INSTITUTE) or _SITE.search(before):
        return False
    if _REACH.match(after) and figure.unit in words("quantities", "measures"):
        return False
    if figure.unit in words("quantities", "times"):
        return _is_bound(figure, before)
    return not _IN_PLACES.search(before) and not _is_fixed_set(figure, before, after)


def _is_bound(figure: Figure, before: str) -> bool:
    """Hours and days are targets only where they are bound or reached (达到300天以上), else names.

    Years are dates and durations, but for a life's or a schooling's length.
    """
    if figure.unit in {"年", "岁", "日"}:
        return bool(_YEARS.search(before))
    return bool(_TIMED.search(before) or _prefix().search(before) or figure.suffix)


def _is_fixed_set(figure: Figure, before: str, after: str) -> bool:
    """Whether what is counted is there anyway: 七个方面, 6条产业链, an adjunct's (围绕5家机构)."""
    noun = after.removeprefix("的")
    if figure.unit in _SETS and _fixed().match(noun):
        return True
    if _made_before().search(before):
        return False
    if figure.unit in _LISTED and _existing().match(noun):
        return True
    return before.startswith(words("quantities", "adjuncts"))


def _is_made(sentence: str, figure: Figure, clause: Span) -> bool:
    """Whether a Chinese numeral counts: what is made stands right before or around it (新建两座, 新建公园两座)."""
    before = sentence[clause.start : figure.span.start]
    noun = sentence[figure.span.end : clause.end].removeprefix("的")
    is_last = not noun and bool(_making().match(before))
    if not (is_last or _made_before().search(before)) or _NAME_AFTER.match(noun):
        return False
    if figure.numeral == "一" and figure.unit not in {"所", "座", "家", "处"}:
        return False
    return not _fixed().match(noun) and not _PROGRAMME.match(noun)


_SIZE = re.compile(
    r"(?:总投资|计划投资|概算投资|投资额?|全长|总长|建筑面积|总面积|总库容|装机)(?:约|近|达|超|超过)?$"
)
"""What says how big one thing is (总投资12亿元的渔港项目, 全长35公里的海堤), not how much is to be done."""
_MEANT = re.compile(r"的(?!目标|任务)|\d")
_VILLAGE = re.compile(r"[^，、的]{0,4}?(?:自然村|村[寨屯组庄落]|聚居[点区]|安置[点区])")
"""Of what size a village is (30户以上自然村)."""
_OF_WHICH = re.compile(r"的\d")
_MOVED = re.compile(r"(?:推动|带动|支持|引导|确保|实现|力争|完成|让|使|为|对|^)(?:全[省市区县州])?$")
"""What is done to a share of the things (推动三成以上的企业转型, 30%以上的渔船更新)."""
_PLANT = re.compile(r"的?[^，、的]{0,10}(?:项目|装置|工程|基地|生产线|工厂|水厂|处理厂|电站|码头)")
_CAPACITY = re.compile(r"/|千瓦$|伏安$")
"""The measures of what a plant can do (120万吨/年乙烯项目, 储能电站（20万千瓦）)."""
_THINGS = "(?:项目|工程|平台|企业|场景|试点|基地|中心|示范)"
"""What is counted after all: 10个重点领域攻关项目 are projects, 10个重点领域 a set."""
_PROGRAMME = re.compile(r"[^，、]{0,6}(?:工程|改革|行动)")


def _qualifies(sentence: str, q: Quantity, later: list[Quantity]) -> bool:
    """Whether the figure only says which things are meant (投资3000万元以上项目40个, 26万平方米的联营项目)."""
    after = sentence[q.span.end : q.clause.end]
    before = sentence[q.clause.start : q.span.start]
    if (_SIZE.search(before) and _sized().match(after)) or _is_capacity(sentence, q, after):
        return True
    if q.figure.suffix and _MEANT.match(after):
        return not (q.unit == "%" and _MOVED.search(before))
    if q.unit in words("quantities", "money"):
        return bool(later and _OF_WHICH.match(after)) or (
            bool(_qualified().match(after)) and bool(q.figure.suffix or later)
        )
    if q.figure.suffix and q.unit in {"户", "人"} and _VILLAGE.match(after):
        return True
    if q.unit not in words("quantities", "measures") and q.unit != "人":
        return False
    if q.figure.suffix and _qualified().match(after):
        return bool(later)
    return bool(re.match(r"[^，、的]{1,10}项目", after)) and not _made_before().search(before)


def _narrows(one: Quantity, two: Quantity) -> bool:
    """Whether the second figure says which of the counted things are meant (230个|50户以上村寨)."""
    return bool(two.figure.suffix) and one.span.end == two.span.start


def _is_capacity(sentence: str, q: Quantity, after: str) -> bool:
    """Whether the figure only says how much a plant can do: a rate before its name, or alone in a bracket behind it."""
    if not _CAPACITY.search(q.unit):
        return False
    is_alone = q.span == q.clause and sentence[q.clause.start - 1 : q.clause.start] == "（"
    return is_alone or ("/" in q.unit and _PLANT.match(after) is not None)


@cache
def _people() -> re.Pattern[str]:
    """People, of what kind or age they are (80万农村35—64岁妇女)."""
    kind = r"(?:农村|城镇|城乡|贫困|困难|失业|适龄|在校|在职|低收入|常住|外来)"
    return re.compile(rf"{kind}*(?:\d+[—\-~至]\d+岁)?{alternatives('quantities', 'people')}")


@cache
def _past() -> re.Pattern[str]:
    """Last year's figures stand beside the target's (去年…), unless it is only compared with them (比上年…).

    项目前期 and 实现有序 only look like 目前 and 现有.
    """
    return re.compile(rf"(?<![比较项实体发出]){alternatives('quantities', 'past')}")


@cache
def _qualified() -> re.Pattern[str]:
    return re.compile(
        rf"(?!支持|用于|推动|保障|投向|投入)的?[^，、的]{{0,6}}?{alternatives('quantities', 'qualified')}"
    )


@cache
def _sized() -> re.Pattern[str]:
    return re.compile(rf"的(?!目标|任务)|[^，、的]{{1,12}}?{alternatives('quantities', 'qualified')}")


@cache
def _fixed() -> re.Pattern[str]:
    always, at_end = alternatives("quantities", "fixed_sets"), alternatives("quantities", "fixed_at_end")
    return re.compile(rf"{always}(?![^，、和]{{0,8}}?{_THINGS})|{at_end}(?:[，。、；和]|$)")


@cache
def _existing() -> re.Pattern[str]:
    sets, places = alternatives("quantities", "existing_sets"), alternatives("quantities", "existing_places")
    return re.compile(
        rf"(?![一二三四五六七八九十百千万亿]+级)[^，、]{{0,4}}?{sets}(?![^，、]{{0,3}}示范)|{places}(?![级域块位间内中型]|[\u4e00-\u9fff]*(?:示范|园|站|馆))"
    )


@cache
def _made_before() -> re.Pattern[str]:
    return re.compile(rf"{alternatives('quantities', 'making', 'reaching')}(?:了|约|近)?$")


@cache
def _making() -> re.Pattern[str]:
    return re.compile(rf"{alternatives('quantities', 'making')}(?!.*[、和])")


@cache
def _prefix() -> re.Pattern[str]:
    prefixes, per = alternatives("quantities", "prefixes"), alternatives("quantities", "per")
    return re.compile(rf"(?:(?:力争|确保)?(?<![不下])(?P<word>{prefixes})(?P<per>{per})?|力争)$")


# -- values --------------------------------------------------------------------------------------------------


def _quantity(sentence: str, figure: Figure, clause: Span) -> Quantity:
    before = sentence[clause.start : figure.span.start]
    prefix = _prefix().search(before)
    start = clause.start + prefix.start() if prefix else figure.span.start
    comparator = _comparator(figure, prefix, before)
    low: float | None = figure.low
    high = figure.low if figure.high is None else figure.high
    if comparator in {Comparator.GT, Comparator.GE}:
        return Quantity(
            Span(start, figure.span.end), figure, clause, comparator, low, None, _unit(figure, before)
        )
    if comparator in {Comparator.LT, Comparator.LE}:
        low = None
    return Quantity(
        Span(start, figure.span.end), figure, clause, comparator, low, high, _unit(figure, before)
    )


def _comparator(figure: Figure, prefix: re.Match[str] | None, before: str) -> Comparator:
    """A suffix outranks a prefix, a prefix a word outside."""
    if figure.high is not None:
        return Comparator.RANGE
    if figure.suffix:
        return _BY_SUFFIX[figure.suffix]
    if figure.is_more:
        return Comparator.GT
    if prefix:
        return _BY_PREFIX.get(prefix["word"] or "", Comparator.EQ)
    return next((c for pattern, c in _BY_WORD_OUTSIDE if pattern.search(before)), Comparator.EQ)


_PER = re.compile(r"每(立方米|平方公里|平方米)$")


def _unit(figure: Figure, before: str) -> str:
    """每立方米37微克 is counted in 微克/立方米."""
    per = _PER.search(before)
    return f"{figure.unit}/{per[1]}" if per else figure.unit
