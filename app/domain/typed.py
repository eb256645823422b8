"""What people type into cells: texts, numbers and days in the many ways they are written."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.patterns import late

BLANKS = frozenset({"", "无", "暂无", "—", "-", "－", "/", "／", "——", "--", "空"})
"""What says that there is nothing to say."""

_BLANK_LIMIT, _NUMBER_LIMIT, _DAY_LIMIT = 8, 40, 40
"""Longer texts are neither: most cells need not be looked at closely."""

_SEPARATED = late(
    r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
)
_COMPACT = late(r"(20\d\d)([01]\d)([0-3]\d)")
_MONTH = late(r"(?:(\d{4})\s*[-./年]\s*)?(\d{1,2})\s*月?(?:底|末)?")
_DAY_OF_MONTH = late(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
_LAST_FIRST = late(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_SERIAL = late(r"\d{5}")
_EPOCH = date(1899, 12, 30)
_SERIALS = range(36526, 73416)
"""The days from 2000 to 2100 as spreadsheets count them."""

_EDGES = late(r"^(?:截至|截止|至|到)+|(?:前|止)?\s*(?:\([^)]*\)|(?:星期|周)[一二三四五六日天])?$")
_NAMES = late(r"[、,，;；\n]+")


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that is not taken at its word: what it shows, and in Chinese why not."""

    shown: str
    why: str


Cell = str | float | date | Odd
"""A cell that holds something: text, a number, a day; a percentage is text (12.5%)."""


def plain(text: str) -> str:
    """A text without what a re-save or a keyboard changes: width of characters, spaces, line ends."""
    return "".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split())


def words_of(cell: Cell | None) -> str:
    """A cell as it reads: whole numbers without a point, days as 2026-03-01; "" for an empty one."""
    if cell is None:
        return ""
    if isinstance(cell, Odd):
        return cell.shown
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return "\n".join(line.rstrip() for line in cell.strip().splitlines()) if "\n" in cell else cell.strip()


def is_blank(cell: Cell | None) -> bool:
    """Whether a cell says nothing: empty, 无, a dash."""
    if isinstance(cell, str) and len(cell) > _BLANK_LIMIT:
        return not cell.strip()
    return not isinstance(cell, Odd) and plain(words_of(cell)) in BLANKS


def day_of_words(words: str, year: int) -> date | None:
    """The day of 2026-03-31, 2026/3/31, 2026.3.31, 2026年3月31日, 20260331, 3月31日, 3/31, 2026年3月(底), 46112.

    A month means its last day; where no year is written it is `year`. None for anything else.
    """
    if len(words) > _DAY_LIMIT:
        return None
    text = _EDGES.sub("", unicodedata.normalize("NFKC", words).strip()).strip()
    for pattern in (_SEPARATED, _COMPACT):
        found = pattern.fullmatch(text)
        if found:
            return _day(*map(int, found.groups()))
    if _SERIAL.fullmatch(text) and int(text) in _SERIALS:
        return _EPOCH + timedelta(days=int(text))
    found = _LAST_FIRST.fullmatch(text)
    if found:
        first, second, its_year = map(int, found.groups())
        # 31/3/2026 can only be the 31st; 3/4/2026 could be either
        return _day(its_year, second, first) if first > 12 else None
    return _without_day(text, year)


def _without_day(text: str, year: int) -> date | None:
    found = _DAY_OF_MONTH.fullmatch(text)
    if found:
        return _day(year, int(found[1]), int(found[2]))
    found = _MONTH.fullmatch(text)
    if found and (found[1] or "月" in text):
        month, its_year = int(found[2]), int(found[1] or year)
        is_one = 1 <= month <= 12 and 1 <= its_year <= 9999
        return date(its_year, month, monthrange(its_year, month)[1]) if is_one else None
    return None


def day_of_cell(cell: Cell | None, year: int) -> date | None:
    """The day that a cell says, a spreadsheet's number of a day included; None where it says none."""
    if isinstance(cell, date):
        return cell
    return None if cell is None or isinstance(cell, Odd) else day_of_words(words_of(cell), year)


def names_of(words: str) -> tuple[str, ...]:
    """Names of files, or of bodies, that are parted by 、 or by line."""
    return tuple(filter(None, (name.strip() for name in _NAMES.split(words))))


def is_same(expected: str | float | date | None, cell: Cell | None) -> bool:
    """Whether a cell still says what went out in it, however it was saved again."""
    if isinstance(expected, str) and expected == cell:
        return True
    if isinstance(cell, Odd):
        return False
    if expected is None:
        return cell is None or not words_of(cell)
    if isinstance(expected, date):
        return day_of_cell(cell, expected.year) == expected
    if isinstance(expected, str):
        return _is_same_text(expected, words_of(cell))
    return _is_number(f"{expected:.15g}", words_of(cell))


def _is_same_text(expected: str, words: str) -> bool:
    if not expected or not words:
        return not expected.strip() and not words
    if plain(expected) == plain(words):
        return True
    return max(len(expected), len(words)) <= _NUMBER_LIMIT and _is_number(expected, words)


def _is_number(expected: str, words: str) -> bool:
    one, other = _number(expected), _number(words)
    return one is not None and other is not None and abs(one - other) <= 5e-4 * max(1e-9, abs(one))


def _number(words: str) -> float | None:
    """A bare number, 12.5% as 0.125; None for anything else."""
    text = plain(words).replace(",", "")
    is_share = text.endswith("%")
    if not re.fullmatch(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d{1,3})?", text.removesuffix("%")):
        return None
    value = float(text.removesuffix("%"))
    return value / 100 if is_share else value


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
