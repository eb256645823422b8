"""Whether a sentence obliges: a commitment, an item's lead-in, or framing, situation, slogan and the like."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from app.domain.report import SectionKind
from app.suggest.lexicon import alternatives
from app.suggest.sentences import clauses


class Verdict(Enum):
    """What a sentence is."""

    WORK = auto()
    LEAD_IN = auto()
    NOT = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands. `is_opening`: its paragraph leads up to items that follow under the heading.

    `is_lead`: the reader set it apart as its paragraph's opener. `has_more`: another sentence of the same item
    follows. `year` is the first the report's commitments are for.
    """

    kind: SectionKind
    is_opening: bool = False
    is_lead: bool = False
    has_more: bool = False
    year: int = 0


_LEAD_LENGTH = 36
_ORDINAL = r"[一二三四五六七八九十]+[是要、]|[①-⑳●◆■▲★○◇□▶•·]|——?|\d{1,2}[.、]|（[\d一二三四五六七八九十]{1,3}）|【[^】]{1,20}】"
_RUN_IN = re.compile(r"^(?:[一二三四五六七八九十]+[是要]|\d{1,2}[.．、](?!\d)|（\d{1,2}）|[①-⑳])")
_HEADING = re.compile(
    r"^(?:(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、)(?!.*(?:。|[局委办厅责头合]）$))|第[一二三四五六七八九十百]+[章节编，])"
)

_ADDRESS = re.compile(r"^(?:各位代表|同志们|各位委员|朋友们)[！，：]*")
_APPEAL = re.compile(r"让我们|(?:我们)?(?:坚信|相信|深知|深信|清醒|认识到)|(?:希望|期待|恳请)")
_FRAMING_BEGINS = (
    re.compile(
        r"(?:今年|明年|全年|为此|具体|下一步|工作中|在?(?:实际|具体)?工作中|总的)?[^：。]{0,40}"
        r"(?:抓好|做好|做到|把握好?|落实好?|推进|聚焦|突出|坚持|实施|处理好|围绕)[^，。：]{0,14}"
        r"[一二三四五六七八九十\d]+(?:个|大|项|方面)[^，。：]{0,3}(?:方面|重点|工作|任务|关系|原则|要求|着力点|行动|突破|文章)?[^，。：]{0,8}[：。]$"
    ),
    re.compile(
        r"(?:实现|完成|围绕|对照|落实)(?:好)?(?:上述|以上|全年|这些|今年|既定|年度)[^，]{0,16}(?:目标|任务|要求)[^，。]{0,6}[，]"
    ),
    re.compile(r"(?:今年|明年|“十.五”时期|这五年)是(?!：)"),
    re.compile(r"(?:要)?做好(?:今年|明年|全年|当前|下一步|今后|新一年|政府|各项)[^，。：]{0,20}工作"),
    re.compile(
        r"(?:重点|着重|主要|突出|全力|着力)?(?:要)?(?:抓好|做好|做到|推进)(?:好)?"
        r"(?:[^，。]{0,16}工作：|[^，。]{0,8}(?:以下|下列|各项|各方面|重点|几)[^，。]{0,8}工作。)$"
    ),
)
_FRAMING_HOLDS = (
    re.compile(r"(?:以下|如下|下列)[^，。]{0,12}[：。]$"),
    re.compile(r"目标[^。：]{0,12}考虑"),
    re.compile(r"(?:上述|以上|这些|这一)(?:主要|预期|经济社会发展|发展)*(?:目标|指标|安排|任务)"),
    re.compile(r"(?:建设|打造|锻造)[^，。]{0,12}满意[^。]{0,30}政府[。！]?$"),
)
_EXPLAINS = re.compile(
    r"(?:(?:提出|确定|设定|安排)[^。：；]{2,60}(?:目标|预期|指标)|这(?:一|个|样)[^，。]{0,8}目标"
    r"|[^，。：；]{2,24}(?:目标|预期|增速|涨幅)[^，。：；]{0,6}(?:确定|设定|安排|定)[为在][^，。]{1,12})"
    r"，[^。]*(?:考虑|相衔接|相匹配|相适应|相契合|留有余地)"
)
"""A sentence that says why a goal of before is what it is (提出6%左右的目标，主要考虑…)."""
_SITUATION = re.compile(
    r"^(?:[^，：]{0,24})(?:(?<![一二三四五六七八九十别其凡于但还总求])是|永远在路上|无小事|事关|关乎|关系到|在于|离不开|没有终点|就是|来自于|源于|任重道远|意味着|取决于|必须自身硬|还需自身硬)"
)
_PROVERB = re.compile(
    r"之所[^，]{1,3}，|比[^，]{1,8}更|贵在|方能|则[^，]{1,6}[强兴旺活]|没有[^，]{1,10}就没有"
)
_DEFINITION = re.compile(r"^[^，。]{1,12}(?:包括|是指|指的是|即|分为|涵盖了)")
_PAST = re.compile(r"^(?:去年|上年|过去[一五]年|回顾|一年来|五年来|近年来|截至目前|目前|当前)")
_NOW = re.compile(r"今年|，(?:我们)?(?:要|将|必须)")
_YEAR = re.compile(r"^(\d{4})年(?!以来)")
_RESULTING = "牢实好强大优活深细准紧足齐下出成就起住稳亮响靓赢破透顺密厚"
"""What makes a verb of any character before it: 织牢, 啃下, 跑出, 绘就, 托起, 打赢."""
_NO_VERB = "使命|为政|为官|对此|在此|同志|同时代"
"""Nouns that begin like a verb (使, 为, 对)."""
_WHEN = (
    r"(?:今年|年内|全年|(?:今年)?(?:上|下)半年|年底前?|(?:[一二三四]季度|\d{1,2}月)(?:[上中下]旬|底|末|份)?前?"
    r"|(?:\d{4}年|春节|国庆节?|入?汛|主汛期)(?:底|年底|末)?前)"
)
"""When something is to be done, said before the verb (10月中旬举办集市)."""
_GOAL = r"到(?:\d{4}年|“十.五”)"
_TOLD = r"[^，]{2,12}(?<![主重只需简概纪首扼想])要(?![素求点件闻塞领义害地道])"
"""Somebody or something that must (水产加工要向精深转型), and no 要 inside a word."""
_RANK = r"(?:进入|跻身|保持)[^，。]{0,10}前(?:\d+|[一二三四五六七八九十百]+)[位名强]"
_CONCRETE = re.compile(rf"争创[^，。]{{4,}}|创成|成功创建|创建(?:国家|全国|省级|国家级)|{_RANK}")


def judge(sentence: str, place: Place, *, has_figure: bool) -> tuple[Verdict, str]:
    """What a folded sentence is, and why, in a few Chinese words for the reviewer.

    `has_figure`: it has a target with a measure of its own, which outweighs what its wording says against it.
    """
    text = _ADDRESS.sub("", sentence)
    if not text or (_is_heading(text) and not has_figure):  # （一）新建幼儿园3所 is work
        return Verdict.NOT, "称呼或标题"
    is_lead = place.is_lead and not _muses(text, place)
    if not has_figure and (is_lead or _is_run_in_lead(text, place)):
        return Verdict.LEAD_IN, "段首小标题句"
    reason = _told(text, place) if has_figure else _refusal(text, place)
    if reason:
        return Verdict.NOT, reason
    return Verdict.WORK, _REASONS[place.kind] + ("，含目标值" if has_figure else "")


_REASONS = {
    SectionKind.GOALS: "目标部分的承诺句",
    SectionKind.TASKS: "任务部分的工作句",
    SectionKind.SELF: "自身建设部分的工作句",
    SectionKind.TABLE: "专栏或附件中的工作",
}


def _is_heading(text: str) -> bool:
    return len(text) <= 45 and bool(_HEADING.match(text))


def _is_run_in_lead(text: str, place: Place) -> bool:
    """一是强化政治建设。 followed by the item's own sentences."""
    return len(text) <= _LEAD_LENGTH and "；" not in text and place.has_more and bool(_RUN_IN.match(text))


def _refusal(text: str, place: Place) -> str:
    """Why a sentence without a figure does not oblige; "" if it does."""
    for reason, applies in _CHECKS:
        if applies(text, place):
            return reason
    return _past(text, place, has_figure=False)


def _told(text: str, place: Place) -> str:
    """Why a sentence with a figure does not oblige: it tells of the past, or why a goal was set as it is."""
    return "对目标的说明" if _EXPLAINS.match(text) else _past(text, place, has_figure=True)


def _past(text: str, place: Place, *, has_figure: bool) -> str:
    found = _YEAR.match(text)
    is_past = int(found[1]) < place.year if found else bool(_PAST.match(text)) and not has_figure
    return "回顾性语句" if is_past and not _NOW.search(text) else ""


def _is_attitude(text: str, place: Place) -> bool:
    """Only attitudes, no work (树牢…理念，坚持…). In a self-government chapter attitudes are the work."""
    if place.kind is SectionKind.SELF:
        return False
    return all(_attitude().match(text, clause.start, clause.end) for clause in clauses(text))


def _is_situation(text: str, _: Place) -> bool:
    parts = clauses(text)
    first = text[: parts[0].end] if parts else text
    return bool(_SITUATION.match(first)) and not any(_work().match(text, c.start, c.end) for c in parts[1:])


def _is_framing(text: str) -> bool:
    return any(p.match(text) for p in _FRAMING_BEGINS) or any(p.search(text) for p in _FRAMING_HOLDS)


_CHECKS = (
    ("口号或号召", lambda text, _: text.rstrip("”’").endswith("！") or bool(_APPEAL.match(text))),
    ("领起下文的句子", lambda text, _: _is_framing(text)),
    ("标题下的总起句", lambda text, place: place.is_opening and not _CONCRETE.search(text)),
    ("对形势或意义的判断", _is_situation),
    ("名词解释", lambda text, _: bool(_DEFINITION.match(text)) and not has_work(text)),
    ("只表明态度，没有工作内容", _is_attitude),
    ("没有工作内容", lambda text, _: not has_work(text)),
)
"""The reasons to refuse a sentence, in the order in which they are tried."""


def _muses(text: str, place: Place) -> bool:
    """Whether a short sentence in an opener's place only judges or muses (民之所盼，政之所向。)."""
    return _is_situation(text, place) or _PROVERB.search(text) is not None


def is_no_title(text: str) -> bool:
    """Whether a sentence judges, professes or muses (实体是根本。), so that it cannot be the title of an item."""
    place = Place(SectionKind.TASKS)
    return _is_situation(text, place) or _is_attitude(text, place) or not has_work(text)


def needs_a_look(text: str, *, has_figure: bool) -> bool:
    """Whether a refused sentence holds a figure, a deadline or a word of obligation: for 遗漏检查."""
    return has_figure or bool(_obligation().search(text))


@cache
def _obligation() -> re.Pattern[str]:
    return re.compile(rf"\d|{alternatives('sentences', 'obligations')}")


def has_work(text: str) -> bool:
    """Whether a clause of a folded sentence begins with a verb of work, or ends with a result."""
    return any(
        _work().match(text, c.start, c.end) or _result().search(text, c.start, c.end) for c in clauses(text)
    )


@cache
def _work() -> re.Pattern[str]:
    subject = r"(?:我们|全市|全区|全县|全省|各级)?(?:要|将|应|须|必须|必将)?"
    verb = rf"{alternatives('sentences', 'work')}|[\u4e00-\u9fff][{_RESULTING}]"
    return re.compile(rf"(?:{_ORDINAL})?(?:{_WHEN})?{subject}(?!{_NO_VERB})(?:{verb})|{_GOAL}|{_TOLD}")


@cache
def _result() -> re.Pattern[str]:
    return re.compile(rf"{alternatives('sentences', 'results')}")


@cache
def _attitude() -> re.Pattern[str]:
    moving = "推进|推动|促进|带动|提升|加快|深化|支撑|赋能|建设|打造"
    doing = "推进|推动|促进|实施|落实|深化|加快|完善|健全|强化|加强|扩大|打造|培育|优化|提升|开展|贯彻|抓|办"
    held = alternatives("sentences", "attitudes")
    return re.compile(rf"{held}(?![^，]{{0,4}}?(?:{doing}))|以(?![^，]*(?:{moving}))")
