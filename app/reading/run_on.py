"""A whole report on one line: broken where its chapters, its sections and its salutation begin."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from app.domain.patterns import late
from app.reading.source_lines import Line

LONGEST = 2000
"""No paragraph of a report is longer; a line that is has lost its line breaks."""

_HAN = "[一二三四五六七八九十]{1,3}"
_BREAK = late(
    rf"(?<=[。！？：”’）》\s])(?:{_HAN}、|（{_HAN}）|第{_HAN}(?:部分|章)\s)(?=[^。！？]{{4,70}}[。！？\s])"
    r"|(?<=[。！？\s])各位代表[：！，]|(?<=各位代表：)(?=\s*\S)"
    r"|(?<=\s)[^\s。，；！？：]{2,28}(?:回顾|重点工作|工作安排|主要任务|重点任务|总体要求|目标|自身建设)(?=\s)"
    r"|(?<=[。！？；])\s+(?=\S)|(?<=\s)(?:(?:有关)?名词(?:解释|注释)|注释)(?=[：\s])"
)
"""Before what a new line begins."""
_NAME = late(r"[^\s。，；！？：（、]{2,}")


def parted(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, overlong ones as several; what they hold and where it stands is left as it is."""
    for line in lines:
        if len(line.text) < LONGEST or line.has_tab:
            yield line
        else:
            yield from _parts(line)


def _parts(line: Line) -> Iterator[Line]:
    starts = [0, *_starts(line.text), len(line.text)]
    first = True
    for start, end in pairwise(starts):
        raw = line.text[start:end]
        text = raw.strip()
        if text:
            at = line.start + start + len(raw) - len(raw.lstrip())
            yield Line(text, at, line.gap if first else 0, has_tab=False, indent=line.indent if first else 0)
            first = False


def _starts(text: str) -> Iterator[int]:
    """Where lines begin; behind a chapter's name without a number, too."""
    for found in _BREAK.finditer(text):
        yield found.start()
        if _NAME.fullmatch(found[0]):
            yield found.end()
