"""The indicator of a quantity: the short noun phrase, as the sentence writes it, that the figure measures."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from app.suggest.lexicon import alternatives, words
from app.suggest.quantities import Quantity

_LONGEST = 24
_EXTENT = {"平方米": "面积", "平方公里": "面积", "亩": "面积", "公里": "里程", "元": "投资", "吨": "产能"}
_JOINER = re.compile(r"以及|[、和及与并；]")
_SUBJECTS = re.compile(r"以及|[、和及与]")
_COMPARED = r"[比较](?:上年|去年|\d{4}年|“十.五”末?)"
_TIME = (
    r"\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|末|份)?前?|第?[一二三四]季度末?前?|(?:[一二三四五六七八九十两]|\d{1,2})年内|[春秋]季学期"
    r"|用(?:[一二三四五六七八九十两]|\d)年(?:左右)?的?时间|(?:今后|未来)五年|五年(?=累计|新增|统筹|投入|完成|建成|引进|培育|安排)"
    r"|(?:入?汛期?|主汛期|春节|国庆节?|“?[五十八]一”?|供暖季|采暖季|(?:[春秋]季)?开学|入冬|年底)(?:黄金周)?前"
)
_PLAIN_WORDS = re.compile(
    rf"每人每[月年]|每(?:周|月|天|季度)|在[^，、]{{2,16}}基础上|再(?=压减|压缩|提高|提升|下降|降低|增长|减少)|{_COMPARED}|分别(?!化)|(?<![人亩年户日地平])均(?=增长|提高|提升|下降|增加)|[从由]\d.*$"
)
_NAMED_FIRST = re.compile(r"^.*(?<!平)等(?![级额次分同])(?=..)")
_YEAR = r"(?:到|至)?(?:(?:\d{4}年?[—–\-至])?\d{4}年|“十[一二三四五六七八九]五”)(?:底|末|期末|时期|期间)?(?:前)?(?:，|实现)?"
_ANEW = re.compile(r"^(?:[一二三四五六七八九十两\d]{1,2}年(?:内|时间)?(?:实现)?|每[^，、]{1,6})$")
"""By when, or in which part each, the figure before is to be reached (五年内翻一番, 每个县至少1个)."""
_IN_NOUN = re.compile(rf"(?<=.)(?:{_TIME}|年内|年底前|上半年|下半年|(?:今|明)年)(?:全部|全面)?(?=.)")
"""By when something is done to what is counted (28个项目6月底前全部开工)."""
_OUTRUN = re.compile(r"(?:高于|快于|优于|低于|高出|领先).{2,}$")
"""What a growth is held against, the figure being the distance (增速高于全市平均|2个百分点)."""
_COVERED = re.compile(r"^.*(?:全覆盖|清零|双过半|正增长(?!、(?:力争|增长))|同步|持平)、(?=..)")
_LIST_MARK = (
    r"(?:【[^】]{1,20}】|——?|[●◆■▲★○◇□▶•·]|\d{1,2}[.．、]|（(?:\d{1,2}|[一二三四五六七八九十]{1,3})）|[①-⑳]"
    r"|[一二三四五六七八九十]{1,3}(?:[是要]|、(?![一二三四五六七八九十])))?"
)
_EASILY = re.compile(r"^(?:顺利|全部|全面)")
_OWN_MEASURE = re.compile(r"(?:增收|收入|补助|补贴)$")
"""What a figure measures that stands behind another (带动90户渔民户均增收|3000元)."""
_INVESTED = re.compile(r"总投资$")
"""What the next figure says anew (总投资90亿元，完成投资|20亿元)."""
_PERCENTS = frozenset({"%", "‰", "百分点"})


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a quantity within its clause.

    `is_listed`: a joiner leads on from the quantity before (5所小学和|2所中学). `extends`: nothing joins the two,
    the figure says how much the one before comes to (3个项目20万平方米竣工, 收入60亿元增长2%).
    """

    before: str
    after: str
    is_listed: bool
    extends: bool


def indicators(sentence: str, found: list[Quantity]) -> list[str]:
    """One indicator for each quantity of a folded sentence, in order; "" where the text offers none."""
    out: list[str] = []
    verb = ""
    for i, q in enumerate(found):
        previous = found[i - 1] if i and found[i - 1].clause == q.clause else None
        following = found[i + 1] if i + 1 < len(found) and found[i + 1].clause == q.clause else None
        around = _around(sentence, previous, q, following)
        before = out[-1] if out else ""
        if not around.is_listed:
            verb = _leading_verb(around.before) or _closing_verb(around.before)
        zipped = _zipped(sentence, found, i) or _zipped_with_clause_before(sentence, found, i, out)
        if not zipped and i and _goes_on(around, q, found[i - 1]):
            zipped = before
        phrase = zipped or _phrase(q, around, before, verb)
        is_alike = bool(i) and found[i - 1].unit == q.unit
        out.append(_bounded(_with_thing(phrase, before) if is_alike else phrase))
    return _completed(out)


def _completed(phrases: list[str]) -> list[str]:
    """Where a figure has no phrase of its own, that of the next one that has (开工10个、竣工8个项目)."""
    out: list[str] = []
    for phrase in reversed(phrases):
        out.append(phrase or (out[-1] if out else ""))
    return out[::-1]


def _goes_on(around: Around, q: Quantity, previous: Quantity) -> bool:
    """Whether a clause only says the figure before anew (增长5%，力争达到6%，五年翻一番)."""
    is_alike = previous.unit == q.unit or q.figure.numeral.startswith("翻")
    is_new = previous.clause != q.clause and is_alike
    said = _ANEW.sub("", _leadless(_tailless(around.before)))
    return is_new and not said and not _noun_after(around.after)


def head_noun(before: str) -> str:
    """The noun phrase at the start of a clause, without modal words and without what leads up to a goal."""
    return _bounded(_leadless(_tailless(before)))


def _bounded(phrase: str) -> str:
    """A phrase of bearable length: its end, from a joint on if there is one."""
    phrase = phrase.lstrip("的，、 ").rstrip("的，、和及与 ")
    return phrase if len(phrase) <= 2 * _LONGEST else phrase[-_LONGEST:]


def _around(sentence: str, previous: Quantity | None, q: Quantity, following: Quantity | None) -> Around:
    start, is_listed = q.clause.start, False
    if previous:
        between = sentence[previous.span.end : q.span.start]
        cut = _joint(between)
        is_listed = cut is not None
        joiner = _JOINER.match(between, cut) if cut is not None else None
        start = previous.span.end + (joiner.end() if joiner else 0)
    before = sentence[start : q.span.start]
    extends = previous is not None and not is_listed
    if not following:
        return Around(before, sentence[q.span.end : q.clause.end], is_listed, extends)
    between = sentence[q.span.end : following.span.start]
    cut = _joint(between)
    after = between[:cut] if cut is not None else between + sentence[following.span.end : q.clause.end]
    return Around(before, after, is_listed, extends)


def _joint(between: str) -> int | None:
    """Where, between two figures, what belongs to the second begins; None if nothing joins them.

    学位1620个、高中|600个 begins with the joiner, 2所中学和|5所小学 after the noun.
    """
    if _JOINER.match(between):
        return 0
    starts = [m.start() for m in _JOINER.finditer(between)]
    return starts[-1] if starts else None


# -- the phrase ----------------------------------------------------------------------------------------------


def _phrase(q: Quantity, around: Around, before: str, verb: str) -> str:
    """The indicator by the shape of the clause: the noun before the figure, after it, or both."""
    noun = _noun_after(around.after)
    head = _tailless(around.before)
    if around.is_listed and not around.before and not noun:
        return before if q.unit in _PERCENTS else _ungrown(before)
    if around.extends and _OWN_MEASURE.search(head):
        return _leadless(head)
    if around.extends:
        return before + (head if head in words("indicators", "bare") else _EXTENT.get(q.unit, head))
    if noun and not _is_before(q, head):
        return _after(around, head, noun, verb)
    phrase = _unnamed(_COVERED.sub("", _PLAIN_WORDS.sub("", _leadless(head))))
    if q.unit == "百分点":
        outrun = _OUTRUN.search(phrase)
        phrase = phrase[: outrun.start()] if outrun else _ungrown(phrase)
    if phrase in words("indicators", "bare"):
        before = before if phrase == "增长" else _shed(before)
        return (_INVESTED.sub("", before) if phrase.endswith("投资") else before) + phrase
    if around.is_listed and verb and not (_leading_verb(phrase) or _closing_verb(phrase)):
        return verb + phrase
    return phrase


def _with_thing(phrase: str, before: str) -> str:
    """Another thing done to what the figure before counts (新建小学5所，改扩建|3所)."""
    return (
        phrase + before.removeprefix(_leading_verb(before))
        if phrase in words("indicators", "anew")
        else phrase
    )


def _unnamed(phrase: str) -> str:
    """Without the names that are only examples: 引进船舶管理等服务企业 is 引进服务企业."""
    found = _NAMED_FIRST.match(phrase)
    return _leading_verb(phrase) + phrase[found.end() :] if found else phrase


def _is_before(q: Quantity, head: str) -> bool:
    """Whether the figure measures what stands before it, though something follows (投资100亿元建设…)."""
    phrase = _leadless(head)
    if not phrase or phrase.endswith("等") or _closing_verb(head):
        return False
    return q.unit in _PERCENTS or q.unit in words("quantities", "money")


def _after(around: Around, head: str, noun: str, verb: str) -> str:
    """新建4个公园, 推动40家企业出清, 金桥等23个项目开工, 每名学生掌握2项技能."""
    if _JOINER.search(head[-2:]) and _JOINER.split(head)[-1] == "":
        return _leading_verb(head) + noun
    if head.endswith("等"):
        opening = _opening_verb().match(_adverbless(head))
        return (opening[0] if opening and len(noun) <= 2 else "") + noun
    closing = _closing_verb(head)
    if closing or around.is_listed:
        return (closing or verb) + noun
    phrase = _leadless(head)
    is_measure = around.before.endswith(("的", *words("quantities", "measures")))
    if not phrase or is_measure or _generic_end().search(head):
        return noun
    return noun if _measures(noun) or len(phrase) > _LONGEST // 2 else phrase + noun


def _measures(noun: str) -> bool:
    """Whether the noun is the work itself (污水管网建设), so that what stands before the figure is a place."""
    return noun.endswith(("建设", "改造", "治理", "整治", "修复", "提升", "清淤", "疏浚", "维修", "更新"))


def _noun_after(after: str) -> str:
    """What follows the figure, up to where it can no longer be part of the name."""
    text = after.removeprefix("的").rstrip("、和及与并")
    if text.startswith(("等", "以", "（", "、", "大关", "关口", "台阶", "门槛")):
        return ""
    cut = text.find("、")
    text = text[:cut] if cut > 0 and len(text) > _LONGEST else text[: 2 * _LONGEST]
    text = _EASILY.sub("", _IN_NOUN.sub("", text.removesuffix("任务")))
    return text[text.rfind("的") + 1 :] if len(text) - text.rfind("的") > 2 else text


def _shed(indicator: str) -> str:
    """The thing without how it comes: 总数 belongs to 高新技术企业, not to 净增高新技术企业 or 收入增长."""
    shed = alternatives("indicators", "shed", "growing", "falling")
    return re.sub(rf"^{alternatives('indicators', 'shed')}|(?:同比|年均|每年)?{shed}$", "", indicator)


def _ungrown(phrase: str) -> str:
    return re.sub(rf"(?:同比|年均|每年)?再?{alternatives('indicators', 'growing', 'falling')}$", "", phrase)


# -- words at either end -------------------------------------------------------------------------------------


@cache
def _leading() -> re.Pattern[str]:
    said = alternatives("indicators", "adverbs", "openers", "generic")
    return re.compile(
        rf"{_LIST_MARK}(?:(?!..率|建成区|开发区|保障性|保障房|建设用地)(?:{_YEAR}|{_TIME}|{_COMPARED}|{said}|{_before_verb()}))*"
    )


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('indicators', 'tails')}|(?<![人亩年户日地])均)+$")


@cache
def _kept() -> re.Pattern[str]:
    return re.compile(alternatives("indicators", "kept"))


@cache
def _kept_end() -> re.Pattern[str]:
    return re.compile(rf"{alternatives('indicators', 'kept')}$")


@cache
def _generic_end() -> re.Pattern[str]:
    return re.compile(rf"{alternatives('indicators', 'generic', 'openers')}(?:一批)?$")


@cache
def _opening_verb() -> re.Pattern[str]:
    return re.compile(alternatives("indicators", "kept", "generic"))


@cache
def _adverb() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_YEAR}|{_TIME}|{alternatives('indicators', 'adverbs', 'openers')}|{_before_verb()})*"
    )


@cache
def _before_verb() -> str:
    """高标准 says how before a verb (高标准建设) and belongs to the noun elsewhere (高标准农田)."""
    how, verb = (
        alternatives("indicators", "before_verbs"),
        alternatives("indicators", "generic", "kept", "openers"),
    )
    return rf"{how}(?={verb})"


def _adverbless(text: str) -> str:
    return _adverb().sub("", text, count=1)


@lru_cache(maxsize=64)
def _leadless(text: str) -> str:
    """Without the verbs that only say that something is done (组织实施, 推进, 确保).

    Cached like `_tailless`: each phrase is asked several times while its figure is looked at.
    """
    found = _leading().match(text)
    end = found.end() if found else 0
    aside = _aside().match(text, end - text[:end].endswith(("为", "对"))) or _aside().match(text, end)
    rest = text[aside.end() if aside else end :]
    return rest.lstrip("的，、 ").rstrip("的，、和及与 ")


@cache
def _aside() -> re.Pattern[str]:
    """Where or for whom something is done, and that it is done (在公共场所布局, 为教室安装)."""
    return re.compile(
        rf"(?:在|为|对|向|面向)[^，、]{{2,20}}?{alternatives('indicators', 'generic')}(?=.{{2}})"
    )


@lru_cache(maxsize=64)
def _tailless(text: str) -> str:
    """Without the words that lead up to the figure (达到, 约, 提高至)."""
    found = _tail().search(text)
    head = text[: found.start()] if found else text
    return head or text if not _leadless(head) and text in words("indicators", "generic") else head


def _leading_verb(text: str) -> str:
    found = _kept().match(_leadless(text))
    return found[0] if found else ""


def _closing_verb(text: str) -> str:
    found = _kept_end().search(text)
    return found[0] if found else ""


# -- 分别 ----------------------------------------------------------------------------------------------------


def _zipped(sentence: str, found: list[Quantity], i: int) -> str:
    """The subject of its own in a list of figures (A、B分别增长5%和6%); "" where the counts do not agree."""
    first = i
    while first and follows_at_once(sentence, found[first - 1], found[first]):
        first -= 1
    last = i
    while last + 1 < len(found) and follows_at_once(sentence, found[last], found[last + 1]):
        last += 1
    if first == last:
        return ""
    head = _tailless(sentence[found[first].clause.start : found[first].span.start])
    verb = re.search(rf"(?:同比|年均)?{alternatives('indicators', 'growing', 'falling')}$", head)
    subjects = _SUBJECTS.split(_tailless(head[: verb.start()] if verb else head))
    if len(subjects) != last - first + 1:
        return ""
    subject = subjects[i - first] if i > first else _leadless(subjects[0])
    subject += _shared_end(subject, subjects[-1])
    is_grown = verb is not None and found[i].unit != "百分点" and not _RATE_END.search(subject)
    return subject + (verb[0] if verb and is_grown else "")


def _zipped_with_clause_before(sentence: str, found: list[Quantity], i: int, out: list[str]) -> str:
    """What a clause of figures only says of those in the clause before (游客80万人次、收入9亿元，分别增长5%和6%)."""
    first, last = i, i + 1
    while first and found[first - 1].clause == found[i].clause:
        first -= 1
    while last < len(found) and found[last].clause == found[i].clause:
        last += 1
    verb = _EACH_GROWN.fullmatch(sentence[found[first].clause.start : found[first].span.start])
    before = first - (last - first)
    if verb is None or last - first < 2 or before < 0 or found[before].clause != found[first - 1].clause:
        return ""
    return _shed(out[before + i - first]) + verb[1]


_EACH_GROWN = re.compile(r"(?:同比)?分别(?:同比)?(增长|提高|提升|下降|降低)")
_RATE_END = re.compile(r"(?:率|比例|比重|浓度)$")
"""A rate has no growth of its own to share (失业率、消费价格涨幅分别…)."""


_PARTS = ("城镇", "农村", "城市", "城区", "乡村", "一产", "二产", "三产")
"""Words that say which part of the whole is meant, of one length."""


def _shared_end(subject: str, last: str) -> str:
    """What a subject of a list leaves to the last one to say: 牛、羊存栏, 城镇和农村居民收入, 工业、服务业增加值."""
    is_half = len(subject) == 1 or (subject in _PARTS and last.startswith(_PARTS))
    if is_half and len(last) > len(subject):
        return last[len(subject) :]
    fields = rf"{alternatives('indicators', 'fields')}$"
    shared = re.search(fields, last)
    return shared[0] if shared and not re.search(fields, subject) else ""


def follows_at_once(sentence: str, one: Quantity, two: Quantity) -> bool:
    """Whether only a joiner stands between two figures of one clause."""
    return one.clause == two.clause and bool(_SUBJECTS.fullmatch(sentence[one.span.end : two.span.start]))
