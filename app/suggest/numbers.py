"""Chinese and arabic numerals, and the powers 万 and 亿."""

import re
from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_POWERS = {"万": 10_000, "亿": 100_000_000}


def chinese(text: str) -> int:
    """The value of a Chinese numeral (两千三百万, 十五, 百, 二〇三〇).

    A leading 百, 千, 万 or 亿 counts once. ValueError for any other character.
    """
    if text and all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _TENS:
            section, digit = section + (digit or 1) * _TENS[c], 0
        elif c in _POWERS:
            total = _raised(total, section + digit, _POWERS[c])
            section = digit = 0
        else:
            raise ValueError(f"no Chinese numeral: {text!r}")
    return total + section + digit


def _raised(total: int, section: int, by: int) -> int:
    """What stands before 万 or 亿 times it: all of it, or only what follows a greater power (一亿二千万)."""
    if total >= by:
        return total + section * by
    return (total + section or 1) * by


def power(word: str) -> int:
    """What a power word multiplies by: 万 is 10000, 千亿 100000000000, nothing is 1."""
    return chinese(word) if word else 1


def arabic(digits: str, power_word: str = "", *, by: int = 1) -> float:
    """The value of digits, times a power word and times `by`: 1.65 and 万 give 16500. Commas are skipped."""
    return float(Decimal(re.sub("[,，]", "", digits)) * power(power_word) * by)
