"""Short words for people: the titles of tasks."""

import re

TITLE_LENGTH = 24
_CLAUSE = re.compile(r"[，。；！？,;!?\n]")
_ANNOUNCING = re.compile(r"([^，。；：:]{4,40}?)(?:是|为|包括)?[：:]")
_PERIOD = re.compile(
    r"(?:力争|确保|到)?(?:20\d\d年|“?十[一二三四五六七八九]五”?)(?:年?底|末|前|期间|时期)*|今年|全年|年内|上半年|下半年|年底前"
)


def short_title(text: str) -> str:
    """The first clause of a sentence that says something, at most 24 characters.

    Where a sentence announces a list (…主要预期目标是：…) that announcement says most. A clause of fewer than
    four characters, or one that only names a period (到2030年), says nothing.
    """
    text = text.strip()
    announced = _ANNOUNCING.search(text[:60])
    if announced:
        return _clipped(announced[1].strip())
    start = 0
    for match in _CLAUSE.finditer(text):
        clause = text[start : match.start()].strip()
        if len(clause) >= 4 and not _PERIOD.fullmatch(clause):
            return _clipped(clause)
        start = match.end() if _PERIOD.fullmatch(clause) else start
    return _clipped(text[start:].strip().rstrip("。；，"))


def _clipped(text: str) -> str:
    return text if len(text) <= TITLE_LENGTH else text[: TITLE_LENGTH - 1] + "…"
