"""Deadlines: every expression that says by when, during which time, how often or before which event."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.spans import Span
from app.domain.tasks import Deadline, DeadlineKind
from app.suggest import numbers
from app.suggest.sentences import inside, quoted

Found = tuple[Span, Deadline, str]
"""Where in the sentence, what, and why."""


@dataclass(frozen=True, slots=True)
class Years:
    """The first and the last year a report's commitments are for; the same for a yearly report."""

    first: int
    last: int


Reader = Callable[[re.Match[str], Years], Deadline | None]
"""What a rule makes of a match; None where it is no deadline after all."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One form of deadline. Only sentences with one of `keys` are searched; `read` may still refuse a match.

    A key is one character or word that none of the other keys contains.
    """

    keys: tuple[str, ...]
    pattern: re.Pattern[str]
    read: Reader
    reason: str


def deadlines(sentence: str, first: int, last: int) -> list[Found]:
    """The deadlines of a folded sentence, in order and without overlaps, for a report of these years."""
    present = {m[0] for m in _KEYS.finditer(sentence)}
    found: list[Found] = []
    for rule in RULES if present else ():
        if not present.isdisjoint(rule.keys):
            found += _by(rule, sentence, Years(first, last))
    found.sort(key=lambda x: (x[0].start, -x[0].end))
    out: list[Found] = []
    for each in found:
        if not out or each[0].start >= out[-1][0].end:
            out.append(each)
    return out


def _by(rule: Rule, sentence: str, years: Years) -> Iterator[Found]:
    for m in rule.pattern.finditer(sentence):
        value = None if inside(quoted(sentence), m.start(), m.end()) else rule.read(m, years)
        if value:
            yield Span(m.start(), m.end()), value, rule.reason


# -- readers -------------------------------------------------------------------------------------------------

_PLAN_FIVE = 1955
"""The plan numbered n ends five times n years after this one: the fourteenth in 2025."""
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_THIRDS = {"上旬": 10, "中旬": 20}


def _year_of(word: str | None, years: Years) -> int:
    """The year of 今年, 明年 or 2026年; a bare month is in the first year."""
    if word and word[0].isdigit():
        return int(word[:4])
    return years.first + (1 if word and word.startswith("明") else 0)


def _kind(m: re.Match[str], year: int, years: Years) -> DeadlineKind:
    if not any(m.groupdict().get(name) for name in ("to", "part", "before")):
        return DeadlineKind.DURING
    is_plan_end = years.last > years.first and year == years.last
    return DeadlineKind.PLAN_END if is_plan_end else DeadlineKind.EXPLICIT


def _month(m: re.Match[str], years: Years) -> Deadline | None:
    year, month = _year_of(m["year"], years), int(m["month"])
    if not 1 <= month <= 12 or year < years.first:
        return None
    last = monthrange(year, month)[1]
    day = int(m["day"]) if m["day"] else _THIRDS.get(m["part"] or "", last)
    return Deadline(_kind(m, year, years), date(year, month, day)) if 1 <= day <= last else None


_NAMES_A_THING = re.compile(r"[^，。；：、（](?<!力争)(?<!确保)(?<!争取)(?<!计划)(?<!预计)(?<!建议)$")
"""A bare year within a clause belongs to a name (2026年大会); at its start it bounds what follows."""

_IS_DONE = re.compile(
    r"(?:全面|全部|基本|力争|正式|实现)?(?:建成|完成|完工|投用|投产|投入使用|通车|竣工|开工|交付|启用|达产)(?!的)"
)
"""What follows a year by which something is there (二期2027年投产)."""


def _before(m: re.Match[str]) -> str:
    return m.string[max(0, m.start() - 4) : m.start()]


def _bounds(m: re.Match[str], year: int, years: Years) -> bool:
    """Whether a bare year says when: one of the report's at a clause's start, or any by which something is done."""
    if _IS_DONE.match(m.string, m.end()):
        return True
    return year <= years.last and _NAMES_A_THING.search(_before(m)) is None


def _year(m: re.Match[str], years: Years) -> Deadline | None:
    """2028年前 ends with 2027, unless 2028 is the report's first year or the end of its plan."""
    year = int(m["year"])
    is_plain = not any((m["to"], m["part"], m["before"]))
    if not years.first <= year <= 2100 or (is_plain and not _bounds(m, year, years)):
        return None
    kind = _kind(m, year, years)
    if is_plain and years.last > years.first:
        kind = DeadlineKind.PLAN_END if year == years.last else DeadlineKind.EXPLICIT
    is_ended = m["before"] and not (m["to"] or m["part"]) and years.first < year != years.last
    return Deadline(kind, date(year - 1 if is_ended else year, 12, 31))


def _year_end(m: re.Match[str], years: Years) -> Deadline | None:
    year = _year_of(m["year"], years)
    return Deadline(DeadlineKind.EXPLICIT, date(year, 12, 31)) if year >= years.first else None


def _half(m: re.Match[str], years: Years) -> Deadline | None:
    year = _year_of(m["year"], years)
    due = date(year, 6, 30) if m["half"] == "上半年" else date(year, 12, 31)
    return Deadline(_kind(m, year, years), due) if year >= years.first else None


def _quarter(m: re.Match[str], years: Years) -> Deadline | None:
    year, month = _year_of(m["year"], years), 3 * _QUARTERS[m["quarter"]]
    due = date(year, month, monthrange(year, month)[1])
    return Deadline(_kind(m, year, years), due) if year >= years.first else None


def _this_year(m: re.Match[str], years: Years) -> Deadline | None:
    return Deadline(DeadlineKind.DURING, date(_year_of(m[0], years), 12, 31))


def _next_years(_: re.Match[str], years: Years) -> Deadline | None:
    return Deadline(DeadlineKind.DURING, date(years.first + 1, 12, 31))


def _five_years(_: re.Match[str], years: Years) -> Deadline | None:
    last = years.last if years.last > years.first else years.first + 4
    return Deadline(DeadlineKind.DURING, date(last, 12, 31))


def _plan(m: re.Match[str], years: Years) -> Deadline | None:
    end = _PLAN_FIVE + 5 * (10 + numbers.chinese(m["number"]))
    kind = DeadlineKind.PLAN_END if m["part"].endswith("末") else DeadlineKind.DURING
    return Deadline(kind, date(end, 12, 31)) if end >= years.first else None


def _duration(m: re.Match[str], years: Years) -> Deadline | None:
    """三年内 ends with the third year, counted from the report's; 一至两年 has no one end."""
    if m["more"]:
        return Deadline(DeadlineKind.DURING)
    count = int(m["count"]) if m["count"].isdigit() else numbers.chinese(m["count"])
    if not 1 <= count <= 30:
        return None
    return Deadline(DeadlineKind.DURING, date(years.first + count - 1, 12, 31))


def _of_kind(kind: DeadlineKind) -> Reader:
    def read(_: re.Match[str], __: Years) -> Deadline:
        return Deadline(kind)

    return read


# -- rules ---------------------------------------------------------------------------------------------------

_TO = r"(?P<to>到|至)?"
_BEFORE = r"(?P<before>之前|以前|前)?"
_A_YEAR = r"(?P<year>\d{4}年|今年|本年|当年|明年)?"
_NOT_SINCE = r"(?!起|[春秋]季(?:学期)?起|以来|至今|开始|[—\-~至到])"
_NOT_BASE = r"(?<![较比与自从于以\d（(—~-])(?<!同比)(?<!相比)(?<!对比)"
_EVENTS = (
    "入汛|主汛期|汛期|汛|(?:“五一”|“十一”|五一|国庆|春节)黄金周|春节|元旦|国庆节?|“五一”|“十一”|五一|中秋节?|双节|“七一”|“八一”|端午|供暖季|采暖季|供暖期|供热季|冬季供暖"
    "|入冬|秋季开学|春季开学|开学|高考|暑期|暑假|秋收|春耕|三夏|雨季|台风季|上冻|“两会”|两会|迎峰度夏|迎峰度冬|度夏"
)

RULES = (
    Rule(
        ("月",),
        re.compile(
            rf"{_NOT_BASE}{_TO}{_A_YEAR}(?P<month>\d{{1,2}})月份?(?P<part>上旬|中旬|下旬|底|末|(?P<day>\d{{1,2}})日)?{_BEFORE}"
            rf"{_NOT_SINCE}(?!\d)"
        ),
        _month,
        "写明月份的时限",
    ),
    Rule(
        ("年",),
        re.compile(
            rf"{_NOT_BASE}{_TO}(?:\d{{4}}年?[—\-~至到])?(?P<year>\d{{4}})年(?P<part>底|末)?{_BEFORE}"
            rf"{_NOT_SINCE}(?!\d|版|度|工作|政府|基础|水平|上半|下半|第?[一二三四1-4]季|期间)"
        ),
        _year,
        "写明年份的时限",
    ),
    Rule(
        ("年",),
        re.compile(r"(?<!\d)(?:到|至)?(?P<year>今年|本年|明年)?年(?:底|末)(?:之前|以前|前)?"),
        _year_end,
        "年底前完成",
    ),
    Rule(
        ("年",),
        re.compile(r"(?:到|至)?(?P<year>今年|明年)底(?:之前|以前|前)?"),
        _year_end,
        "年底前完成",
    ),
    Rule(
        ("年",),
        re.compile(rf"(?<!每){_TO}{_A_YEAR}(?P<half>上半年|下半年)(?P<part>末|底)?{_BEFORE}"),
        _half,
        "半年内完成",
    ),
    Rule(
        ("季",),
        re.compile(rf"(?<![每前]){_TO}{_A_YEAR}第?(?P<quarter>[一二三四1-4])季度(?P<part>末|底)?{_BEFORE}"),
        _quarter,
        "按季度安排",
    ),
    Rule(
        ("季",),
        re.compile(rf"{_TO}{_A_YEAR}前(?P<quarter>[二三])季度(?P<part>末|底)?{_BEFORE}"),
        _quarter,
        "按季度安排",
    ),
    Rule(
        ("年",),
        re.compile(
            r"今年内|今年(?!是|以来|的?工作|政府工作|要重点|要着力|[底末上下第一二三四]|年底|\d)|明年(?![底末上下\d]|年底)"
            r"|(?<![一二两三四五六七八九十\d])年内|本?年度内|全年(?!目标|任务|工作|经济|各项)"
        ),
        _this_year,
        "年内完成",
    ),
    Rule(("年",), re.compile(r"今明两年"), _next_years, "今明两年内完成"),
    Rule(
        ("年",),
        re.compile(
            r"(?:今后|未来)五年(?!规划|计划|[是的])|(?<![一二三四五六七八九十过去近这前后来第个])五年(?=累计|内?翻)"
            r"|(?:^|(?<=[，；：。]))五年(?=新增|统筹|投入|完成|建成|引进|培育|安排|力争)"
        ),
        _five_years,
        "五年内完成",
    ),
    Rule(
        ("五”",),
        re.compile(r"(?:到|至|在)?“十(?P<number>[一二三四五六七八九])五”(?:规划)?(?P<part>时期末|期末|末)"),
        _plan,
        "规划期的时限",
    ),
    Rule(
        ("五”",),
        re.compile(
            r"(?:^|(?<=[，；：。])|到|在)“十(?P<number>[一二三四五六七八九])五”(?P<part>时期|期间)(?!末)"
        ),
        _plan,
        "规划期的时限",
    ),
    Rule(
        ("年",),
        re.compile(
            r"(?:用|利用)(?P<count>[一二两三四五六七八九十]{1,2}|\d{1,2})(?P<more>[至到—-](?:[一二两三四五六七八九十]|\d{1,2}))?年"
            r"(?:左右)?(?:的)?时间"
        ),
        _duration,
        "以若干年为期",
    ),
    Rule(
        ("年",),
        re.compile(
            r"(?<!\d)(?P<count>[一二两三四五六七八九十]{1,2}|\d{1,2})(?P<more>[至到—-](?:[一二两三四五六七八九十]|\d{1,2}))?年内"
        ),
        _duration,
        "以若干年为期",
    ),
    Rule(
        ("规划",),
        re.compile(r"在?规划(?:实施|执行)的?(?:初期|中期|末期)(?:阶段)?"),
        _of_kind(DeadlineKind.DURING),
        "规划期内的阶段",
    ),
    Rule(
        ("每", "按"),
        re.compile(
            r"(?<!每人)每(?:半年|季度|个季度|学期|学年|[两二三]年|年|月|周|天|日)(?:\d{1,2}日前)?|按季度?|按月"
        ),
        _of_kind(DeadlineKind.RECURRING),
        "按周期进行",
    ),
    Rule(
        ("前",),
        re.compile(rf"(?:{_EVENTS})(?:到来|来临|开始)?之?前"),
        _of_kind(DeadlineKind.EVENT),
        "以事件为限，日期待定",
    ),
    Rule(
        ("前",),
        re.compile(
            r"(?:^|(?<=[，；：。（在于])|(?<=确保)|(?<=力争))(?!确保|力争|[在于])[^，；：。、（]{2,16}?(?:召开|开幕|开赛|开园)之?前"
        ),
        _of_kind(DeadlineKind.EVENT),
        "以事件为限，日期待定",
    ),
    Rule(
        ("持续", "长期", "常态化"),
        re.compile(
            r"(?:^|(?<=[，；、（。]))(?:年内|全年|长期)?(?:持续|长期|常态化)(?:推进|坚持|实施|开展|抓好|落实)(?=[，；。）]|$)"
        ),
        _of_kind(DeadlineKind.ROLLING),
        "持续推进，不设期限",
    ),
)
"""Every form of deadline, the more exact ones first where two begin at one place."""

_KEYS = re.compile("|".join(sorted({re.escape(key) for rule in RULES for key in rule.keys})))
