"""Goals without a number: in step with (同步), above a reference (高于全市平均), set from above (市下达任务)."""

import re
from dataclasses import dataclass, replace

from app.domain.spans import Span
from app.domain.tasks import Comparator, Direction
from app.suggest.indicators import head_noun
from app.suggest.sentences import clauses

_ABOVE = r"(?:党中央|中央|国家|上级|全省|全市|全区|全县|省委|市委|区委|县委|省|市|区|县|州|自治区)"
_GOAL = r"(?:目标任务|任务目标|目标要求|工作任务|任务|目标|指标|要求)"
_SET = r"(?:下达|确定|安排|考核|年度|规划|既定|约束性|“十[一二三四五六七八九]五”|定(?=目标|任务|指标))"

_QUOTA = r"(?:节能|减排|降碳|能耗|煤炭消费|碳排放|化债)"
"""What is always set from above, whether the text says so or not."""

_SYNC = re.compile(
    r"(?:与|和|同)(?:(?!与|和|同)[^，；。、：]){1,14}?(?:保持)?(?:基本)?(?:同步(?:增长|提高|提升)?|持平)(?=[，。；、：]|$)"
)
_REFERENCE = re.compile(
    r"(?:不低于|略高于|高于|快于|优于|好于|高出|超过|跑赢|低于)(?!\d)"
    r"(?=(?:(?!的)[^，。；：]){0,14}?(?:平均|增速|增长|速度|水平|GDP|涨幅|经济|上年|去年))"
    r"(?:[^，。；：、]|、(?=全国|全省|全市|全区|全县)){2,18}"
)
_RATE = re.compile(r"(?:增速|增长|增幅|涨幅|升幅)$")
_RESTATED = re.compile(r"(?:增长|提高|提升)\d[\d.]*%[^、]*、(?=增速|增幅|涨幅)")
"""A figure between the subject and its rate (进出口增长9%左右、增速高于全国)."""
_LISTED = re.compile(r"^.*(?:\d[^、]{0,8}|同步|持平)、")
"""What other goals a list tells before (投资增长8%左右、收入与经济增长同步)."""
_OUTRUN = re.compile(r"(?:略|明显)?(?:不低于|高于|快于|优于|好于|跑赢)(?!\d)[^，；。：、]{2,18}")
"""Above anything that has a growth of its own: what stands before is a growth (增速高于全部投资)."""
_SECOND = re.compile(r"、(?=(?:略|明显)?(?:不低于|高于|快于|优于|好于|跑赢)(?!\d))")
_COMPLETE = re.compile(
    rf"完成(?:了|好)?(?P<what>(?:{_ABOVE}(?:级|定|控)?[^，。；：、]{{0,6}}?(?:下达|确定|安排|考核|要求|定|控)|{_SET})的?"
    rf"[^，。；：]{{0,24}}?|[^，。；：、]{{0,12}}?(?:下达|年度|确定)的?[^，。；：、]{{0,12}}?|(?:[^，。；：、]{{0,4}})?{_QUOTA}[^，。；：]{{0,16}}?){_GOAL}(?=[，。；：、]|$)"
)
_REACH = re.compile(
    rf"(?:达到|符合|控制在|满足)(?:{_ABOVE}|“十[一二三四五六七八九]五”)[^，。；：、]{{0,8}}?"
    rf"(?:(?:目标要求|考核要求|考核目标|要求|目标|任务|指标)(?:的?范围)?|(?:下达|确定)的?(?:范围|指标))"
    rf"(?:以内|之内|内)?(?=[，。；：、]|$)"
)
_DONE = re.compile(
    r"(?:确保|力争|推动)?(?P<what>[^，。；：、]{2,10}?(?:目标任务|目标))(?:全面|如期|圆满|顺利)?完成(?=[，。；：、]|$)"
)
_KEYS = re.compile(r"同步|持平|[高快优好低]于|高出|超过|跑赢|完成|达到|符合|控制在|满足")
_NAMED_BY = re.compile(rf"^(?:{_ABOVE}(?:级)?)?(?:政府)?下达的?")


@dataclass(frozen=True, slots=True)
class RelativeGoal:
    """A goal whose measure stands elsewhere. Offsets into the sentence; it has no value of its own."""

    span: Span
    indicator: str
    comparator: Comparator
    direction: Direction | None


def relative_goals(sentence: str) -> list[RelativeGoal]:
    """The goals without a number in a folded sentence, in order; at most one in a clause, but for references."""
    if not _KEYS.search(sentence):
        return []
    found = []
    for clause in clauses(sentence):
        goal = _sync(sentence, clause) or _reference(sentence, clause) or _assigned(sentence, clause)
        if goal:
            found.append(goal)
            found += _second_reference(sentence, clause, goal)
    return found


def _sync(sentence: str, clause: Span) -> RelativeGoal | None:
    m = _SYNC.search(sentence, clause.start, clause.end)
    if m is None:
        return None
    indicator = _subject(sentence[clause.start : m.start()])
    return (
        RelativeGoal(Span(m.start(), m.end()), indicator, Comparator.SYNC, _direction(indicator, m[0]))
        if indicator
        else None
    )


def _reference(sentence: str, clause: Span) -> RelativeGoal | None:
    m = _REFERENCE.search(sentence, clause.start, clause.end)
    if m is None:
        m = _OUTRUN.search(sentence, clause.start, clause.end)
        if m is None or not _RATE.search(sentence[clause.start : m.start()]):
            return None
    indicator = _subject(sentence[clause.start : m.start()])
    return (
        RelativeGoal(Span(m.start(), m.end()), indicator, Comparator.GT_REF, _direction(indicator, m[0]))
        if indicator
        else None
    )


def _subject(before: str) -> str:
    """What a goal is about, by what its clause says before it."""
    return head_noun(_LISTED.sub("", _RESTATED.sub("", before)))


def _second_reference(sentence: str, clause: Span, first: RelativeGoal) -> list[RelativeGoal]:
    """收入增速高于全市平均水平、快于经济增速: the same indicator held against a second reference."""
    joint = _SECOND.match(sentence, first.span.end)
    m = _OUTRUN.match(sentence, joint.end(), clause.end) if joint else None
    is_second = m is not None and first.comparator is Comparator.GT_REF
    return [replace(first, span=Span(*m.span()))] if m and is_second else []


def _direction(indicator: str, measure: str) -> Direction | None:
    """A rate of growth goes up, one of decline down, an income too unless it is to stay; anything else says nothing."""
    grows = r"增长|增速|增幅|提高" if measure.endswith("持平") else r"增长|增速|增幅|收入|提高"
    if re.search(grows, indicator) or measure.endswith("增长"):
        return Direction.UP
    return Direction.DOWN if re.search(r"下降|降低|降幅", indicator) else None


def _assigned(sentence: str, clause: Span) -> RelativeGoal | None:
    m = _REACH.search(sentence, clause.start, clause.end)
    if m:
        return _of_subject(m, head_noun(sentence[clause.start : m.start()]))
    m = _COMPLETE.search(sentence, clause.start, clause.end)
    if m and "各项" not in m[0]:
        subject = head_noun(sentence[clause.start : m.start()])
        return _of_subject(m, subject or _NAMED_BY.sub("", m[0].removeprefix("完成")))
    m = _DONE.search(sentence, clause.start, clause.end)
    return _of_subject(m, head_noun(m["what"]), m.start("what")) if m else None


def _of_subject(m: re.Match[str], indicator: str, start: int = -1) -> RelativeGoal | None:
    span = Span(m.start() if start < 0 else start, m.end())
    return RelativeGoal(span, indicator, Comparator.ASSIGNED, None) if indicator else None
