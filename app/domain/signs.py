"""Figures and dates in signs: what a table cell and a chip have room for, and numbers as people type them."""

import unicodedata
from datetime import date, timedelta
from decimal import Decimal

from app.domain.patterns import late
from app.domain.phrases import RATES, number_words
from app.domain.tasks import Comparator, Deadline, DeadlineKind, Direction, Tag, Target

SIGNS = {
    Comparator.EQ: "＝",
    Comparator.GE: "≥",
    Comparator.LE: "≤",
    Comparator.GT: "＞",
    Comparator.LT: "＜",
    Comparator.ABOUT: "≈",
    Comparator.RANGE: "",
}
WITHOUT_NUMBER = {
    Comparator.SYNC: "保持同步",
    Comparator.ASSIGNED: "完成下达任务",
    Comparator.GT_REF: "高于参照水平",
}
_MOVES = {Direction.UP: "增长", Direction.DOWN: "下降"}
_NAMES_ITS_MOVE = late("(?:增长|增速|增幅|提高|提升|上升|扩大|下降|降低|降幅|减少|压减)率?$")
_TYPED = late(r"(?s)(-?\d[\d,]*(?:\.\d+)?)(万亿|[万亿]?)(.*)")
_SCALES = {"": 0, "万": 4, "亿": 8, "万亿": 12}


def figure_signs(target: Target, words: str = "") -> str:
    """The figure as a table cell has it: ≥20家, 60项, 降≥3%. A goal without a number is its own words."""
    number = _number(target, "")
    if not number:
        return words.strip() or WITHOUT_NUMBER.get(target.comparator, "")
    sign = SIGNS[target.comparator] if target.comparator is not Comparator.EQ else ""
    down = "降" if _move(target) == "下降" else ""
    return ("累计" if target.is_cumulative else "") + down + sign + number


def target_signs(tag: Tag) -> str:
    """A target as a chip has it: 技术合同登记额 ≈ 45 亿元."""
    if not isinstance(tag.value, Target):
        return tag.text.strip()
    target = tag.value
    number = _number(target, " ")
    if not number:
        words = tag.text.strip()
        parts = ["" if words and target.indicator in words else target.indicator, figure_signs(target, words)]
    else:
        cumulative = "累计" if target.is_cumulative else ""
        parts = [target.indicator, cumulative, _move(target), SIGNS[target.comparator], number]
    return " ".join(part for part in parts if part)


def deadline_signs(tag: Tag | None, year: int) -> str:
    """A deadline as a table cell has it: 6月底前, 年底（默认）, 持续推进. Years are named where not `year`."""
    if tag is None:
        return ""
    words = tag.text.strip()
    if not isinstance(tag.value, Deadline):
        return words
    kind, due = tag.value.kind, tag.value.due
    if kind is DeadlineKind.ROLLING or due is None:
        return words or {DeadlineKind.ROLLING: "持续推进"}.get(kind, "")
    if kind is DeadlineKind.DEFAULT_YEAR_END:
        is_year_end = (due.month, due.day) == (12, 31)
        words = f"{_year(due, year).removesuffix('年')}年底" if is_year_end else due_signs(due, year)
        return f"{words}（默认）"
    if kind is DeadlineKind.RECURRING and words:
        return words
    return due_signs(due, year)


def due_signs(due: date, year: int) -> str:
    """A date as a limit, short: 6月底前, 6月15日前, 2027年6月底前."""
    is_month_end = due == date.max or (due + timedelta(days=1)).day == 1
    day = "底" if is_month_end else f"{due.day}日"
    return f"{_year(due, year)}{due.month}月{day}前"


def deadline_chip(tag: Tag, year: int) -> str:
    """A deadline as a chip has it: its words and the day they mean (年底前 → 2026-12-31)."""
    words = tag.text.strip() or deadline_signs(tag, year).removesuffix("（默认）")
    if not isinstance(tag.value, Deadline) or tag.value.due is None:
        return words
    day = tag.value.due.isoformat()
    default = " · 默认" if tag.value.kind is DeadlineKind.DEFAULT_YEAR_END else ""
    return (words if words == day else f"{words} → {day}") + default


def number_from(typed: str) -> tuple[float, str] | None:
    """A typed number with 万 and 亿 multiplied in, and the unit that follows it; None if it is no number.

    1.65万人 -> (16500.0, 人); full-width digits and thousands commas are taken.
    """
    plain = unicodedata.normalize("NFKC", typed).strip()
    match = _TYPED.fullmatch(plain)
    if match is None:
        return None
    digits, scale, unit = match.groups()
    return float(Decimal(digits.replace(",", "")).scaleb(_SCALES[scale])), unit.strip()


def _year(due: date, year: int) -> str:
    return "" if due.year == year else f"{due.year}年"


def _move(target: Target) -> str:
    if target.unit not in RATES or target.direction is None or _NAMES_ITS_MOVE.search(target.indicator):
        return ""
    return _MOVES.get(target.direction, "")


def _number(target: Target, gap: str) -> str:
    """The number with its unit; `gap` stands between digits and unit, save before a rate's sign."""
    if target.comparator in WITHOUT_NUMBER:
        return ""
    ends = [n for n in (target.low, target.high) if n is not None]
    if target.comparator is not Comparator.RANGE:
        ends = ends[:1]
    texts = list(dict.fromkeys(number_words(n, target.unit) for n in ends))
    if not texts:
        return ""
    if target.unit in {"%", "％", "‰"}:
        return f"{target.unit}—".join(texts) + target.unit
    joined = "—".join(texts)
    digits = joined.rstrip("万亿")
    tail = joined[len(digits) :] + target.unit
    return f"{digits}{gap}{tail}" if tail else digits
