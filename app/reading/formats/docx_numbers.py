"""Automatic numbering of Word documents: what 一、 or （一） stands before a paragraph though no text says so."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from app.reading.formats.archive import Element

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ("m1000", "cm900", "d500", "cd400", "c100", "xc90", "l50", "xl40", "x10", "ix9", "v5", "iv4", "i1")
_LARGEST = 9999
_UNKNOWN = -1
_WORD_END = re.compile(r"[\w]$")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and what it writes. `restart`: the level (from 1) that restarts it, 0 none."""

    start: int
    style: str
    pattern: str
    restart: int
    is_legal: bool
    paragraph_style: str


@dataclass(slots=True)
class _List:
    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document (numbering.xml), counted on paragraph by paragraph."""

    def __init__(self, root: Element, w: str) -> None:
        """`root`: the part's root or None; `w`: its namespace in braces."""
        self._w = w
        self._lists: dict[str, _List] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        if root is not None:
            self._read(root)

    def next(self, number_id: str, depth: int) -> str:
        """The number of the next paragraph of a list at a level (from 0); "" where the list has none."""
        found = self._lists.get(number_id)
        if found is None or depth not in found.levels:
            return ""
        for level, start in self._restarts.pop(number_id, {}).items():
            found.counts[level] = start - 1
        before = found.counts.get(depth, found.levels[depth].start - 1)
        found.counts[depth] = before + 1
        for deeper in [d for d in found.counts if d > depth]:
            restart = found.levels[deeper].restart
            if restart == _UNKNOWN or depth < restart:
                del found.counts[deeper]
        return _written(found, depth)

    def depth_of(self, number_id: str, style: str) -> int | None:
        """The level of a list that a paragraph style is tied to; None if none is."""
        found = self._lists.get(number_id)
        levels = found.levels.items() if found else ()
        return next((depth for depth, level in levels if level.paragraph_style == style), None)

    def _read(self, root: Element) -> None:
        w = self._w
        abstract: dict[str, _List] = {}
        linked: dict[str, _List] = {}
        links: dict[str, str] = {}
        for element in root.iterfind(f"{w}abstractNum"):
            own_id = element.get(f"{w}abstractNumId", "")
            abstract[own_id] = _List(self._levels(element))
            linked[self._value(element, "styleLink")] = abstract[own_id]
            links[own_id] = self._value(element, "numStyleLink")
        for element in root.iterfind(f"{w}num"):
            number_id, target = element.get(f"{w}numId", ""), self._value(element, "abstractNumId")
            base = linked.get(links.get(target, "") or "-", abstract.get(target))
            if base is None:
                continue
            levels, restarts = self._overrides(element)
            # a list with levels of its own counts on its own; others of the same kind count together
            self._lists[number_id] = own = _List({**base.levels, **levels}) if levels else base
            self._restarts[number_id] = {d: start for d, start in restarts.items() if d in own.levels}

    def _levels(self, parent: Element) -> dict[int, Level]:
        return {
            whole(element.get(f"{self._w}ilvl"), 0): Level(
                start=whole(self._value(element, "start"), 1),
                style=self._value(element, "numFmt") or "decimal",
                pattern=self._value(element, "lvlText"),
                restart=whole(self._value(element, "lvlRestart"), _UNKNOWN),
                is_legal=element.find(f"{self._w}isLgl") is not None,
                paragraph_style=self._value(element, "pStyle"),
            )
            for element in parent.iterfind(f"{self._w}lvl")
        }

    def _overrides(self, number: Element) -> tuple[dict[int, Level], dict[int, int]]:
        levels: dict[int, Level] = {}
        restarts: dict[int, int] = {}
        for element in number.iterfind(f"{self._w}lvlOverride"):
            levels |= self._levels(element)
            start = self._value(element, "startOverride")
            if start:
                restarts[whole(element.get(f"{self._w}ilvl"), 0)] = whole(start, 1)
        return levels, restarts

    def _value(self, element: Element, tag: str) -> str:
        child = element.find(f"{self._w}{tag}")
        return "" if child is None else child.get(f"{self._w}val", "")


def spaced(number: str, text: str) -> str:
    """A number before its text, with a space where they would read as one word: 第一章 总则, 1. 2026年."""
    is_torn = not number or text[:1].isspace()
    needs_space = _WORD_END.search(number) is not None or (number[-1:] in ".．" and text[:1].isdigit())
    return f"{number} {text}" if needs_space and not is_torn else number + text


def _written(found: _List, depth: int) -> str:
    level = found.levels[depth]
    if level.style == "bullet":
        return "●" if level.pattern.strip() else ""
    if level.style == "none" and "%" not in level.pattern:
        return level.pattern

    def number(match: re.Match[str]) -> str:
        other = found.levels.get(int(match[1]) - 1)
        if other is None:
            return ""
        count = min(found.counts.get(int(match[1]) - 1, other.start), _LARGEST)
        style = "decimal" if level.is_legal and other is not level else other.style
        return counted(count, style)

    return re.sub("%([1-9])", number, level.pattern)


def counted(count: int, style: str) -> str:
    """A count as a style of numbering writes it; in Arabic figures where the style is unknown."""
    write = _STYLES.get(style, str)
    return write(count) if count > 0 or style in {"decimal", "decimalZero"} else str(count)


def _han(count: int, digits: str = _DIGITS, units: tuple[str, ...] = ("", "十", "百", "千")) -> str:
    out = ""
    for place, digit in enumerate(reversed(str(count))):
        if digit != "0":
            out = digits[int(digit)] + units[place] + out
        elif out and not out.startswith(digits[0]):
            out = digits[0] + out
    is_teen = 10 <= count < 20 and digits == _DIGITS
    return out[1:] if is_teen else out


def _digit_by_digit(count: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(count))


def _circled(count: int) -> str:
    return chr(0x2460 + count - 1) if count <= 20 else f"（{count}）"


def _letters(count: int) -> str:
    letter, times = (count - 1) % 26, (count - 1) // 26 + 1
    return chr(ord("a") + letter) * min(times, 9)


def _roman(count: int) -> str:
    out = ""
    for entry in _ROMAN:
        letters = entry.rstrip("0123456789")
        value = int(entry[len(letters) :])
        out += letters * (count // value)
        count %= value
    return out


_STYLES: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
            "japaneseCounting",
            "koreanCounting",
        ),
        _han,
    ),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), _digit_by_digit),
    **dict.fromkeys(
        ("decimalEnclosedCircle", "decimalEnclosedCircleChinese", "ideographEnclosedCircle"), _circled
    ),
    "chineseLegalSimplified": lambda n: _han(n, _LEGAL, ("", "拾", "佰", "仟")),
    "ideographLegalTraditional": lambda n: _han(n, _LEGAL, ("", "拾", "佰", "仟")),
    "ideographTraditional": lambda n: _STEMS[n - 1] if n <= 10 else str(n),
    "ideographZodiac": lambda n: _BRANCHES[n - 1] if n <= 12 else str(n),
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate({48 + d: 0xFF10 + d for d in range(10)}),
    "decimalFullWidth2": lambda n: str(n).translate({48 + d: 0xFF10 + d for d in range(10)}),
    "decimalEnclosedParen": lambda n: f"（{n}）",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
}


def whole(text: str | None, default: int) -> int:
    """A whole number as an attribute writes it; the default for what is none, or is absurd."""
    if text and len(text) < 10 and text.removeprefix("-").isdecimal():
        return int(text)
    return default
