"""Small figures above the line: behind words they call a note, behind letters and figures they are powers."""

import re
from unicodedata import numeric

STOPS = "。，；：！？、"
"""A note's mark stands before them, whatever the file says: a mark behind words is known as such."""
CIRCLED = "①-⑳㉑-㉟㊱-㊿"
MARK = rf"(?:[\[［〔【(（]\d{{1,3}}[\]］〕】)）]|[{CIRCLED}])"
"""How a note is numbered where it is called, and at its own beginning, but with a number alone."""

_CIRCLED = re.compile(f"[{CIRCLED}]")
_FIGURES = re.compile(r"[-−]?\d{1,3}")
_POWERS = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_BASE = re.compile(r"[a-zα-ωΑ-Ω⁰-⁹²³¹]|(?<![A-Z])[A-Z]|(?<![\d.])(?:10|\d)")
_NAME = re.compile(r"\dG")
"""What is a name and no quantity: 5G."""
_LONGEST_BASE = 3


def raised(figures: str, before: str) -> str:
    """How raised words are written behind others: [1] where they call a note, else as they are (m², 10⁴)."""
    words = figures.strip()
    if not _FIGURES.fullmatch(words):
        return figures
    if _is_quantity(before):
        return words.translate(_POWERS)
    return f"[{words}]" if words.isdigit() else figures


def printed(figures: str, before: str) -> str:
    """How raised words of a printed page are written: as others, but ① as [1], as Word numbers its notes either way."""
    words = figures.strip()
    return f"[{number_of(words)}]" if _CIRCLED.fullmatch(words) else raised(words, before)


def number_of(mark: str) -> int:
    """The number that a note's mark says: 3 of [3], 〔3〕 and ③."""
    digits = "".join(char for char in mark if char.isdecimal())
    return int(digits) if digits else int(numeric(mark))


def behind(text: str, mark: str) -> str:
    """Words with what is raised behind them: a note's mark before the stop, and without a space."""
    if not mark.startswith("["):
        return text + mark
    words = text.rstrip()
    kept = words.rstrip(STOPS)
    return kept + mark + words[len(kept) :]


def _is_quantity(before: str) -> bool:
    """Whether words end with what may have a power: a unit, a letter, a ten; not with a name (GDP, 5G)."""
    if _NAME.fullmatch(before[-2:]):
        return False
    found = list(_BASE.finditer(before[-_LONGEST_BASE:]))
    return bool(found) and found[-1].end() == len(before[-_LONGEST_BASE:])
