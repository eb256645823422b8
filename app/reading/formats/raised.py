"""Small figures above the line: behind words they call a note, behind letters and figures they are powers."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from unicodedata import numeric

from app.reading.formats.page import Bit

STOPS = "。，；：！？、"
"""A note's mark stands before them, whatever the file says: a mark behind words is known as such."""
CIRCLED = "①-⑳㉑-㉟㊱-㊿"
MARK = rf"(?:[\[［〔【(（]\d{{1,3}}[\]］〕】)）]|[{CIRCLED}])"
"""How a note is numbered where it is called, and at its own beginning, but with a number alone."""
LEAST, MOST = 0.15, 0.75
"""Letters above its line at which a figure is raised, and at which it belongs to another line."""
SMALLER = 0.85
"""Share of the letters' size up to which a figure is small."""

_CIRCLED = re.compile(f"[{CIRCLED}]")
_NUMBER = re.compile(rf"{MARK}|\d{{1,3}}")
_FIGURES = re.compile(r"[-−]?\d{1,3}")
_POWERS = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_BASE = re.compile(r"[a-zα-ωΑ-Ω⁰-⁹²³¹]|(?<![A-Z])[A-Z]|(?<![\d.])(?:10|\d)")
_NAME = re.compile(r"\dG")
"""What is a name and no quantity: 5G."""
_LONGEST_BASE = 3
_BESIDE = 0.5


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


def with_raised(bits: Sequence[Bit]) -> list[Bit]:
    """The bits of a page; raised figures that are bits of their own are written into those beside them."""
    biggest = max((bit.size for bit in bits), default=0.0)
    small = [bit for bit in bits if bit.size < SMALLER * biggest and _NUMBER.fullmatch(bit.text)]
    if not small:
        return list(bits)
    ordered = sorted(bits, key=_height)
    for figures in sorted(small, key=lambda bit: bit.left):
        first = bisect_left(ordered, figures.y, key=_height)
        last = bisect_right(ordered, figures.y + MOST * biggest, key=_height)
        found = _beside([base for base in ordered[first:last] if _is_above(figures, base)], figures)
        if found:
            base, whole = found
            ordered.remove(figures)
            ordered[ordered.index(base)] = whole
    return ordered


def _height(bit: Bit) -> float:
    return bit.y


def _is_quantity(before: str) -> bool:
    """Whether words end with what may have a power: a unit, a letter, a ten; not with a name (GDP, 5G)."""
    if _NAME.fullmatch(before[-2:]):
        return False
    found = list(_BASE.finditer(before[-_LONGEST_BASE:]))
    return bool(found) and found[-1].end() == len(before[-_LONGEST_BASE:])


def _is_above(figures: Bit, base: Bit) -> bool:
    """Whether figures are smaller than what stands on a baseline, and above it."""
    step = base.y - figures.y
    return figures.size < SMALLER * base.size and LEAST * base.size < step < MOST * base.size


def _beside(bases: Sequence[Bit], figures: Bit) -> tuple[Bit, Bit] | None:
    """The bit at whose end raised figures stand, or else at whose beginning; and what it is with them."""
    for base in bases:
        if abs(figures.left - base.right) < _BESIDE * base.size:
            text = behind(base.text, printed(figures.text, base.text))
            return base, base._replace(text=text, right=figures.right)
    for base in bases:
        if abs(base.left - figures.right) < _BESIDE * base.size:
            return base, base._replace(text=printed(figures.text, "") + base.text, left=figures.left)
    return None
