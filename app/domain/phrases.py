"""Targets and deadlines in the office's own words: what a cell, a card or a notice prints."""

from datetime import date, timedelta
from decimal import Decimal

from app.domain.patterns import late
from app.domain.tasks import Comparator, Deadline, DeadlineKind, Direction, Nature, Tag, Target

RATES = frozenset({"%", "％", "‰", "百分点", "个百分点"})
"""Units whose numbers are never put in 万 or 亿, and which a direction word goes before."""

DEFAULT_MARK = "（默认）"
"""Behind a deadline that no text names: the office sees that it is to be confirmed."""

NATURES = {Nature.BINDING: "约束性", Nature.EXPECTED: "预期性"}

# Per comparator: the first word that the tag's own words hold decides, the last (held by every text) is the
# default. So 突破 stays 突破, and a comparator corrected by the reviewer still reads right.
_WORDINGS = {
    Comparator.EQ: (("", "{}"),),
    Comparator.GE: (
        ("以上", "{}以上"),
        ("不少于", "不少于{}"),
        ("不低于", "不低于{}"),
        ("至少", "至少{}"),
        ("", "{}以上"),
    ),
    Comparator.LE: (("不超过", "不超过{}"), ("不高于", "不高于{}"), ("", "{}以内")),
    Comparator.GT: (("突破", "突破{}"), ("高于", "高于{}"), ("优于", "优于{}"), ("", "超过{}")),
    Comparator.LT: (("低于", "低于{}"), ("", "{}以下")),
    Comparator.ABOUT: (("上下", "{}上下"), ("", "{}左右")),
    Comparator.RANGE: (("", "{}"),),
}
_WITHOUT_NUMBER = {
    Comparator.SYNC: "保持同步",
    Comparator.ASSIGNED: "完成下达任务",
    Comparator.GT_REF: "高于参照水平",
}
_LEVEL_WORD = late("(?:降|增|升|提高|增加|减少|下降|上升|扩大)(?:至|到)|达到|(?:控制|维持|保持|稳定)在")
_MOVES = "增长|增速|增幅|增长率|提高|提升|增加|上升|扩大|下降|下降率|降低|降幅|减少|压减|压降"
_NAMES_ITS_MOVE = late(f"^(?:新增|{_MOVES})(?!值)|(?:{_MOVES})$")
SCALES = (("亿", 8), ("万", 4))


def number_words(value: float, unit: str = "") -> str:
    """A number with 万 and 亿 put back where two decimals hold it exactly: 16500 -> 1.65万, 1620 -> 1620."""
    # 2.3亿 multiplied in is 229999999.99999997: fifteen digits are what a float truly holds
    exact = Decimal(f"{value:.15g}")
    if unit not in RATES:
        for name, power in SCALES:
            scaled = exact.scaleb(-power)
            if abs(scaled) >= 1 and scaled == round(scaled, 2):
                return _plain(scaled) + name
    return _plain(exact)


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def figure_words(target: Target, words: str = "") -> str:
    """The figure without its indicator: 突破100亿元, 增长6%左右, 4—6家. `words` are the tag's own.

    A goal without a number is its own words (与经济增长同步).
    """
    number = _bare_figure(target)
    if target.comparator in _WITHOUT_NUMBER or not number:
        return words.strip() or _WITHOUT_NUMBER.get(target.comparator, "")
    form = next(form for word, form in _WORDINGS[target.comparator] if word in words)
    suffix = "（累计）" if target.is_cumulative else ""
    return _move(target, words) + form.format(number) + suffix


def _bare_figure(target: Target) -> str:
    ends = [n for n in (target.low, target.high) if n is not None]
    unit = "个百分点" if target.unit == "百分点" else target.unit
    texts = list(dict.fromkeys(number_words(n, target.unit) for n in ends))
    if target.comparator is not Comparator.RANGE:
        texts = texts[:1]
    # 4—6家, but 5%—6% and 8000人—1.2万人: a sign, or a 万 that one end lacks, belongs to each of its ends
    scales = {text[-1] if text[-1] in "万亿" else "" for text in texts}
    glue = f"{unit}—" if unit in {"%", "％", "‰"} or len(scales) > 1 else "—"
    return glue.join(texts) + unit if texts else ""


def _move(target: Target, words: str) -> str:
    """The word before the figure: 达到, 控制在 from the text, else 增长 or 下降 where the indicator lacks it."""
    level = _LEVEL_WORD.search(words)
    if level:
        return level.group()
    if target.unit not in RATES or _NAMES_ITS_MOVE.search(target.indicator):
        return ""
    if target.direction is Direction.UP:
        return "提高" if "百分点" in target.unit else "增长"
    return "下降" if target.direction is Direction.DOWN else ""


def target_words(tag: Tag) -> str:
    """One line of the 量化指标 cell: 海洋专利成交额 突破100亿元."""
    words = tag.text.strip()
    if not isinstance(tag.value, Target):
        return words
    figure = figure_words(tag.value, words)
    indicator = tag.value.indicator.strip()
    if indicator and indicator in figure:
        return figure
    return " ".join(part for part in (indicator, figure) if part)


def due_words(due: date) -> str:
    """A date as a limit: 2026年12月底前, 2026年6月15日前."""
    is_month_end = (due + timedelta(days=1)).day == 1 if due < date.max else True
    return f"{due.year}年{due.month}月底前" if is_month_end else f"{due.year}年{due.month}月{due.day}日前"


def asked(words: str) -> str:
    """完成时限 as a document asks for it of a unit: whose idea it was is the office's business."""
    return words.replace(DEFAULT_MARK, "")


def deadline_words(tag: Tag | None, default: date | None) -> str:
    """完成时限: a date where there is one, else the tag's own words (汛前, 每季度, 持续推进).

    A default of the program (no tag: `default`) is marked （默认）; with neither the cell is empty.
    """
    if tag is None:
        return f"{due_words(default)}{DEFAULT_MARK}" if default else ""
    words = tag.text.strip()
    if not isinstance(tag.value, Deadline):
        return words
    kind, due = tag.value.kind, tag.value.due
    if kind is DeadlineKind.ROLLING:
        return words or "持续推进"
    if due is None:
        return words
    if kind is DeadlineKind.DEFAULT_YEAR_END:
        return f"{due_words(due)}{DEFAULT_MARK}"
    if kind in {DeadlineKind.EVENT, DeadlineKind.RECURRING} and words:
        return f"{words}（{due_words(due)}）"
    return due_words(due)
