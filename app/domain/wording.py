"""Short words for people: the titles of tasks, the names of files."""

import unicodedata

from app.domain.patterns import late

TITLE_LENGTH = 24
_CLAUSE = late(r"[，。；！？,;!?\n]")
_ANNOUNCING = late(r"([^，。；：:]{4,40}?)(?:是|为|包括)?[：:]")
_NAMED = late(r"由[^，。；]{2,20}(?:牵头|负责|会同[^，。；]*)|[^，。；]{2,30}(?:配合|协助|参与)")
_SETTING = late(
    r"在[^，。；]{2,30}(?:基础上|前提下|同时|方面)|(?:按照|根据|对标|对照)[^，。；]{2,30}|以[^，。；]{2,20}为[^，。；]{1,12}"
)
_PERIOD = late(
    r"(?:力争|确保|到)?(?:20\d\d年|“?十[一二三四五六七八九]五”?)(?:年?底|末|前|期间|时期)*|今年|全年|年内|上半年|下半年|年底前"
)

NAME_LENGTH = 80
_NAME_BYTES = 240
"""A file system allows a name 255 bytes, and an ending is still to come."""
_FORBIDDEN = frozenset('\\/:*?"<>|')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode's categories of controls, invisible signs, half characters and line ends."""
_EDGES = late(r"^[\s.]+|[\s.]+$")


def file_name(text: str) -> str:
    """A text as a file's name without its ending, as every system allows it: at most 80 characters, never empty."""
    kept = (c for c in text if c not in _FORBIDDEN and unicodedata.category(c) not in _UNSEEN)
    name = _EDGES.sub("", "".join(kept))[:NAME_LENGTH]
    name = name.encode()[:_NAME_BYTES].decode(errors="ignore")  # rare characters take four bytes
    return _EDGES.sub("", name) or "未命名"


def short_title(text: str) -> str:
    """The clause of a sentence that says most, at most 24 characters: see `telling_clause`."""
    clause = telling_clause(text)
    return clause if len(clause) <= TITLE_LENGTH else clause[: TITLE_LENGTH - 1] + "…"


def telling_clause(text: str) -> str:
    """The first clause of a sentence that says something.

    Where a sentence announces a list (…主要预期目标是：…) that announcement says most. A clause of fewer than four
    characters says nothing, nor does one that only names a period (到2030年), who is to act (由区科技局牵头)
    or what stands around the work (在去年的基础上, 以项目为抓手).
    """
    text = text.strip()
    announced = _ANNOUNCING.search(text[:60])
    if announced:
        return announced[1].strip()
    start = 0
    for match in _CLAUSE.finditer(text):
        clause = text[start : match.start()].strip()
        is_frame = any(frame.fullmatch(clause) for frame in (_PERIOD, _NAMED, _SETTING))
        if len(clause) >= 4 and not is_frame:
            return clause
        start = match.end() if is_frame else start
    return text[start:].strip().rstrip("。；，")
