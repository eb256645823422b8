"""Coverage goals: everybody, everything or nothing left (全覆盖, 清零, 应保尽保). A kind of their own."""

import re
from dataclasses import dataclass, replace

from app.domain.spans import Span
from app.suggest.indicators import head_noun
from app.suggest.sentences import clauses, inside, quoted

_KEYS = re.compile(r"零|覆盖|应.{1,2}尽|全部|全面[消达]")
_ALL, _NONE = 100.0, 0.0
_GOALS = (
    (re.compile(r"(?:基本)?(?:实现)?(?:动态)?(?:清零|归零|零增长|零发生|“零”发生|为零)"), _NONE),
    (re.compile(r"(?:基本)?(?:实现)?(?:全域|街域|区域|城乡)?全(?:面)?覆盖"), _ALL),
    (re.compile(r"应(?P<verb>[一-龥]{1,2})尽(?P=verb)"), _ALL),
    (
        re.compile(
            r"全部(?:完成|达标|消除|建成|投入使用|整改到位|整改|销号|清理|化解|到位|办结|解决|纳入|开工|竣工)|全面(?:消除|达标)"
        ),
        _ALL,
    ),
)


@dataclass(frozen=True, slots=True)
class CoverageGoal:
    """A goal of completeness. Offsets into the sentence; `value` is 100 (percent) or 0 (nothing left)."""

    span: Span
    indicator: str
    value: float


def coverage_goals(sentence: str) -> list[CoverageGoal]:
    """The coverage goals of a folded sentence, in order."""
    if not _KEYS.search(sentence):
        return []
    names = quoted(sentence)
    found: list[CoverageGoal] = []
    for clause in clauses(sentence):
        for pattern, value in _GOALS:
            found += [
                _goal(sentence, clause, m, value)
                for m in pattern.finditer(sentence, clause.start, clause.end)
                if not inside(names, m.start(), m.end())
            ]
    found.sort(key=lambda goal: goal.span)
    out: list[CoverageGoal] = []
    for goal in found:
        if not out or not goal.span.overlaps(out[-1].span):
            # 应放尽放、应减尽减 are of one thing
            out.append(goal if goal.indicator or not out else replace(goal, indicator=out[-1].indicator))
    return out


def _goal(sentence: str, clause: Span, m: re.Match[str], value: float) -> CoverageGoal:
    before = sentence[clause.start : m.start()]
    before = (
        before[before.rfind("、") + 1 :] if re.search(r"应.{1,2}尽.{1,2}、|清零、|覆盖、", before) else before
    )
    after = re.match(r"[^，。；：、]{0,16}", sentence[m.end() : clause.end])
    return CoverageGoal(Span(m.start(), m.end()), head_noun(before) or (after[0] if after else ""), value)
