"""Five-year plan periods: 十四五 is 2021 to 2025."""

from collections import Counter

from app.domain.patterns import late

_NAMES = "一二三四五六七八九"
_PERIOD = late(rf"[“\"]?十([{_NAMES}])五[”\"]?|第十([{_NAMES}])个五年")
_RANGE = late(r"(20\d\d)年?[—－–\-~至到]+(20\d\d)年")


def first_year(name: str) -> int:
    """The first year of the period 十X五, by its X: 四 gives 2021."""
    return 2006 + 5 * _NAMES.index(name)


def plan_years(text: str) -> tuple[int, int] | None:
    """The years of the plan that a text is: the stated range, else the period it names most."""
    stated = Counter((int(m[1]), int(m[2])) for m in _RANGE.finditer(text))
    for (first, last), _ in stated.most_common():
        if last - first in {4, 5, 9}:
            return first, last
    named = Counter(m[1] or m[2] for m in _PERIOD.finditer(text))
    if not named:
        return None
    first = first_year(named.most_common(1)[0][0])
    return first, first + 4


def name_of(year: int) -> str:
    """The name of the period that a year lies in: 2023 gives 十四五; "" outside 2006 to 2050."""
    at = (year - 2006) // 5
    return f"十{_NAMES[at]}五" if 0 <= at < len(_NAMES) else ""


def is_past(text: str, year: int) -> bool:
    """Whether a text names a period that was over when the year began."""
    return any(first_year(m[1] or m[2]) + 4 < year for m in _PERIOD.finditer(text))


def is_coming(text: str, year: int) -> bool:
    """Whether a text names a period that begins with the year or later."""
    return any(first_year(m[1] or m[2]) >= year for m in _PERIOD.finditer(text))
