"""Where a heading ends: alone on its line, or glued to its first sentence."""

from app.domain.patterns import late
from app.reading.marks import Mark, Style

_LONGEST_ALONE = 70
_LONGEST_GLUED = 60
_LONGEST_ITEM = 40
_STOP = late("[。！？]")
_TAIL = late(r"[ \t]([^ \t，；：]{6,24})$")
_SPACED = late(r"([^。；：！？ \t]{8,50})[ \t](?=[^ \t]{60})")
_FIGURE = late(r"(?<![A-Za-z“\d.])\d[\d.]*(?!\d|[.\d]*(?:年|月|[A-Za-z]|”))")
_QUOTED = late(r"“[^”]{0,30}”|《[^》]{0,40}》")
_CHAPTER = late(
    r"[^。；，：！？ \t]{0,24}?(?:回顾|总结|工作安排|重点工作|主要工作|工作任务|主要任务|重点任务|总体要求|主要目标"
    r"|预期目标|自身建设)"
    r"(?=[ \t]+[^。]{40}|(?:20\d\d年|过去|今年|去年|一年来)[^。]{0,40}[，。])"
)
"""A chapter's heading with its first sentence behind it, with a space between or without."""
_ITEMS = frozenset({Style.DIGIT, Style.DIGIT_PAREN})


def heading_end(text: str, mark: Mark) -> int:
    """How many characters of a numbered paragraph are its heading; 0 if it has none.

    A heading stands alone, or is the first sentence of a line that goes on; one with figures is a sentence.
    """
    chapter = _CHAPTER.match(text, mark.length) if mark.style <= Style.HAN else None
    if chapter:
        return chapter.end()
    stop = _STOP.search(text, 0, _LONGEST_ALONE * 2)
    if stop is None:
        limit = _LONGEST_ITEM if mark.style in _ITEMS else _LONGEST_ALONE
        return len(text) if len(text) <= limit and text[-1] not in "；，、" else 0
    if mark.style in _ITEMS or "；" in text[: stop.start()] or len(text) == mark.length:
        return 0
    end = stop.end()
    if end == len(text):
        return end if end <= _LONGEST_GLUED and not _has_figure(text) else _before_space(text, mark)
    tail = _TAIL.search(text, mark.length + 8, stop.start())
    if tail and len(text[: tail.start()]) >= 12:
        # the heading's own line break has become a space before the opener of the first item
        return tail.start()
    return end if end <= _LONGEST_GLUED and not _has_figure(text[:end]) else _before_space(text, mark)


def _before_space(text: str, mark: Mark) -> int:
    """How many characters stand before the one space at which a long line's heading ends; 0 without one."""
    found = _SPACED.match(text, mark.length)
    if found is None or mark.style > Style.HAN_PAREN or _has_figure(found[1]):
        return 0
    return found.end(1)


def _has_figure(sentence: str) -> bool:
    return _FIGURE.search(_QUOTED.sub("", sentence)) is not None
