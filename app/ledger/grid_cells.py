"""The cells of a sheet as they come out of its XML: texts, numbers, days, and what is not taken at its word."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache

from app.domain.patterns import late
from app.domain.typed import Cell, Odd
from app.ledger.opening import LAST_ROW
from app.ledger.text import CELL_LIMIT

ERROR_CELL = "是错误值，不采用"
NO_RESULT = "是没有结果的公式，不采用；请改填数值或文字"
FOREIGN_FORMULA = "是引用别处或带有函数的公式，不采用；请改填数值或文字"
TOO_LONG = "文字超过一个单元格能放的长度，不采用"
NOT_A_DAY = "不是一个日期，不采用"

_ESCAPE = late("_x([0-9A-Fa-f]{4})_")
_PLAIN_FORMULA = late(r"=?[\d\s.,:$%+\-*/()A-Z]*")
_FUNCTIONS = late(r"([A-Z]+)\s*(\(?)")
_HARMLESS = frozenset({"SUM", "ROUND", "AVERAGE", "MAX", "MIN", "PRODUCT", "INT", "ABS"})
_AREA = late(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_DATE_FORMATS = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
_PERCENT_FORMATS = frozenset({9, 10})
_ASIDES = late(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


class Area(tuple[int, int, int, int]):
    """A merged area: first row, first column, last row, last column, counted from 1."""

    __slots__ = ()


COLUMNS_LIMIT = 256
MERGES_LIMIT = 20_000


class Strings:
    """The table of shared strings as it comes. How a word is pronounced (rPh) is no part of it."""

    def __init__(self, into: list[str]) -> None:
        self._into = into
        self._pieces: list[str] = []
        self._is_heard = self._is_aside = False

    def start(self, name: str, _attrs: dict[str, str]) -> None:
        """An element begins."""
        if name == "t":
            self._is_heard = not self._is_aside
        elif name == "rPh":
            self._is_aside = True
        elif name == "si":
            self._pieces = []

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "t":
            self._is_heard = False
        elif name == "rPh":
            self._is_aside = False
        elif name == "si":
            self._into.append(_unescaped("".join(self._pieces)))

    def text(self, words: str) -> None:
        """Characters, which may come in pieces."""
        if self._is_heard:
            self._pieces.append(words)


class Sheet:
    """The cells of one sheet as they come."""

    def __init__(self, strings: list[str], kinds: list[str], epoch: date) -> None:
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merged: list[Area] = []
        self.count: Callable[[], None] = lambda: None
        self.hear: Callable[[int], None] = lambda _length: None
        self._strings = strings
        self._kinds = kinds
        self._epoch = epoch
        self._line = 0
        self._column = 0
        self._cells: dict[int, Cell] = {}
        self._type = self._style = ""
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._into: list[str] | None = None

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """An element begins."""
        if name == "c":
            self._begin(attrs)
        elif name in ("v", "t"):
            self._into = self._value
        elif name == "f":
            self._into = self._formula = []
        elif name == "row":
            self._line = int(attrs["r"]) if "r" in attrs else self._line + 1
            if not 0 < self._line <= LAST_ROW:
                raise ValueError("a row beyond the last")
            self._column = 0
            self._cells = self.rows.get(self._line, {})
        elif name == "mergeCell" and len(self.merged) < MERGES_LIMIT:
            self.merged.append(_area(attrs["ref"]))

    def end(self, name: str) -> None:
        """An element ends."""
        if name in ("v", "t", "f"):
            self._into = None
        elif name == "c":
            self._finish()
        elif name == "row" and self._cells and self._line not in self.rows:
            self.count()
            self.rows[self._line] = self._cells

    def text(self, words: str) -> None:
        """Characters, which may come in pieces."""
        if self._into is not None:
            self._into.append(words)

    def _begin(self, attrs: dict[str, str]) -> None:
        place = attrs.get("r")
        self._column = _column(place.rstrip("0123456789")) if place else self._column + 1
        self._type, self._style = attrs.get("t", ""), attrs.get("s", "")
        self._value = []
        self._formula = None

    def _finish(self) -> None:
        if (self._value or self._formula is not None) and self._column <= COLUMNS_LIMIT:
            cell = self._made("".join(self._value))
            if cell is not None and cell != "":
                self._cells[self._column] = cell
                if isinstance(cell, str):
                    self.hear(len(cell))

    def _made(self, value: str) -> Cell | None:
        if self._formula is not None:
            refused = _refused("".join(self._formula), value)
            if refused is not None:
                return refused
        if self._type == "s":
            return _text(self._strings[int(value)])
        if self._type in ("str", "inlineStr"):
            return _text(_unescaped(value))
        return self._number(value) if value else None

    def _number(self, value: str) -> Cell:
        if self._type == "e":
            return Odd(value[:20], ERROR_CELL)
        if self._type == "b":
            return "是" if value == "1" else "否"
        if self._type == "d":
            return datetime.fromisoformat(value).date()
        number = float(value)
        if not abs(number) < 1e300:
            return Odd(value[:20], ERROR_CELL)
        kind = self._kinds[int(self._style)] if self._style else ""
        if kind == "date":
            return _day(self._epoch, number)
        return f"{number * 100:.12g}%" if kind == "percent" else number


@cache
def _column(letters: str) -> int:
    """A is 1, AB is 28. ValueError for what are no letters of a column."""
    if not re.fullmatch("[A-Z]{1,3}", letters):
        raise ValueError(f"{letters} is no column")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _area(text: str) -> Area:
    found = _AREA.fullmatch(text)
    if found is None:
        raise ValueError(f"{text} is no area")
    first, top, last, bottom = found.groups()
    return Area((int(top), _column(first), int(bottom or top), _column(last or first)))


def _unescaped(text: str) -> str:
    """_x000D_ is how spreadsheets write characters that XML has no room for."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


_UNFIT = late("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _text(text: str) -> Cell:
    if len(text) > CELL_LIMIT:
        return Odd(text[:20] + "…", TOO_LONG)
    return text if text.isprintable() else _UNFIT.sub("", text)


def _refused(formula: str, value: str) -> Odd | None:
    """Why what a formula came to is not taken; None where it only reckons with numbers and cells of its sheet."""
    shown = f"={formula[:40]}"
    is_plain = _PLAIN_FORMULA.fullmatch(formula) is not None
    called = {name for name, bracket in _FUNCTIONS.findall(formula) if bracket} if is_plain else set()
    if not is_plain or not called <= _HARMLESS:
        return Odd(shown, FOREIGN_FORMULA)
    return None if value else Odd(shown, NO_RESULT)


def _day(epoch: date, number: float) -> Cell:
    try:
        return epoch + timedelta(days=int(number))
    except OverflowError:
        return Odd(f"{number:g}", NOT_A_DAY)


def kind_of(number: int, code: str) -> str:
    """What a format makes of a number: date, percent or "" for the number itself."""
    if number in _DATE_FORMATS:
        return "date"
    if number in _PERCENT_FORMATS:
        return "percent"
    bare = _ASIDES.sub("", code).lower()
    if "%" in bare:
        return "percent"
    return "date" if "y" in bare or ("m" in bare and "d" in bare) else ""
