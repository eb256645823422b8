"""Deadlines as a reviewer types them (6月底, 2026-06-30, 二季度末, 持续推进) -> what they mean."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from datetime import date

from app.domain.tasks import Deadline, DeadlineKind

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}
_YEAR = r"(?:(?P<year>20\d\d)年?|(?P<this>今年|本年|当年)|(?P<next>明年))?"
_N = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_ROLLING = re.compile("持续|长期|常态|不断|滚动")
_RECURRING = re.compile("(?:每|逐)(?:年|半年|季度?|月|周|日|天)")
_TAIL = re.compile("(?:以前|之前|前)?(?:完成|办结|到位|建成)?$")

_Match = re.Match[str]


def parse(typed: str, year: int) -> Deadline | None:
    """What was typed as a deadline; None if it is none. `year` is the report's, for words that name no year."""
    words = re.sub(r"\s", "", unicodedata.normalize("NFKC", typed))
    if not words:
        return None
    if _ROLLING.search(words):
        return Deadline(DeadlineKind.ROLLING)
    if _RECURRING.match(words):
        return Deadline(DeadlineKind.RECURRING)
    bare = _TAIL.sub("", words, count=1)
    for pattern, read in _RULES:
        match = pattern.fullmatch(bare)
        if match:
            return read(match, year)
    is_event = words.endswith("前") and bare and not re.search(r"\d", bare)
    return Deadline(DeadlineKind.EVENT) if is_event else None


def _number(text: str) -> int:
    """1 to 12, in digits or Chinese numerals."""
    if text.isdigit():
        return int(text)
    if text.startswith("十"):
        return 10 + _DIGITS.get(text[1:], 0)
    return _DIGITS[text]


def _year_of(match: _Match, year: int) -> int:
    if match["next"]:
        return year + 1
    return int(match["year"] or year)


def _by(
    year: int, month: int, day: int | None = None, kind: DeadlineKind = DeadlineKind.EXPLICIT
) -> Deadline | None:
    """By a day; without one by the month's last. None where there is no such day."""
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    day = last if day is None else day
    return Deadline(kind, date(year, month, day)) if 1 <= day <= last else None


def _full_date(match: _Match, year: int) -> Deadline | None:
    return _by(int(match["y"] or year), int(match["m"]), int(match["d"]))


def _month(match: _Match, year: int) -> Deadline | None:
    day = int(match["day"]) if match["day"] else {"上旬": 10, "中旬": 20}.get(match["part"])
    return _by(_year_of(match, year), _number(match["month"]), day)


def _quarter(match: _Match, year: int) -> Deadline | None:
    kind = DeadlineKind.EXPLICIT if match["end"] in {"末", "底"} else DeadlineKind.DURING
    return _by(_year_of(match, year), 3 * _number(match["quarter"]), kind=kind)


def _half(match: _Match, year: int) -> Deadline | None:
    return _by(_year_of(match, year), 6 if match["half"] == "上" else 12, kind=DeadlineKind.DURING)


def _year_end(match: _Match, year: int) -> Deadline | None:
    end = match["end"] or ""
    named = match["year"] or match["this"] or match["next"]
    if len(end) < 2 and not named:
        return None
    is_end = end in {"年底", "年末", "底", "末", "年终", "岁末"}
    kind = DeadlineKind.EXPLICIT if is_end else DeadlineKind.DURING
    return _by(_year_of(match, year), 12, kind=kind)


def _plan_end(match: _Match, _year: int) -> Deadline | None:
    # 十五: 2001–2005, and every next plan five years on
    end = 2005 + 5 * _DIGITS[match["plan"]]
    return Deadline(DeadlineKind.PLAN_END, date(end, 12, 31))


_Reader = Callable[[_Match, int], Deadline | None]
_RULES: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (re.compile(r"(?P<y>20\d\d)[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?"), _full_date),
    (re.compile(r"(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)"), _full_date),
    (re.compile(r"(?P<y>)(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"), _full_date),
    (
        re.compile(
            _YEAR + rf"(?P<month>{_N})月(?:(?P<day>\d{{1,2}})[日号]?|份?(?P<part>底|末|内|上旬|中旬|下旬)?)"
        ),
        _month,
    ),
    (re.compile(_YEAR + r"第?(?P<quarter>[一二三四1-4])季度?(?P<end>[底末内]?)"), _quarter),
    (re.compile(_YEAR + r"(?P<half>[上下])半年(?:[内末底])?"), _half),
    (re.compile(_YEAR + r"(?P<end>年底|年末|年终|岁末|年内|全年|年度内|底|末|内)?"), _year_end),
    (
        re.compile(r"到?[“\"]?十(?P<plan>[一二三四五六七八九])五[”\"]?(?:规划)?(?:期?末|期间|期末|时期)?"),
        _plan_end,
    ),
)
