"""Text made fit for a cell and for a sheet's name."""

import re
from collections.abc import Collection, Iterator
from itertools import count

CELL_LIMIT = 32_767
"""The most UTF-16 units a cell holds."""

CUT_NOTE = "……（原文过长，见系统）"
NAME_LIMIT = 31

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TO_MEND = re.compile("[\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n")


def cell_text(text: str) -> str:
    """What a cell may hold: line ends as LF, no characters that XML forbids, no more than CELL_LIMIT."""
    if len(text) <= CELL_LIMIT // 2 and not _TO_MEND.search(text):
        return text
    text = _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    units = text.encode("utf-16-le")
    if len(units) <= CELL_LIMIT * 2:
        return text
    # "ignore" drops half of a character beyond the basic plane that the cut went through
    return units[: (CELL_LIMIT - len(CUT_NOTE)) * 2].decode("utf-16-le", "ignore") + CUT_NOTE


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would take the text, typed again or pasted, for a formula."""
    return text.startswith(_FORMULA_STARTS)


def sheet_name(base: str, label: str, taken: Collection[str]) -> str:
    """A legal name not yet taken: the base, before it the label if given, cut so that the base stays whole.

    Excel compares names without regard to case, refuses brackets, colons, asterisks, question marks and
    slashes, and apostrophes at the ends.
    """
    lowered = {name.casefold() for name in taken}
    base, label = (_NOT_IN_NAMES.sub("", part).strip("' ") for part in (base, label))
    return next(name for name in _names(base, label) if name.casefold() not in lowered)


def _names(base: str, label: str) -> Iterator[str]:
    for number in count(1):
        tail = base if number == 1 else f"{base}({number})"
        room = NAME_LIMIT - len(tail) - 1
        yield f"{label[:room].rstrip()} {tail}" if label else tail
