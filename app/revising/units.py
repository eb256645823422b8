"""A text as its sentences, white space left out and marks in one form: both differ from file to file."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from app.domain.figure_words import figure_words, with_neighbours
from app.domain.spans import Span

_FORMS = str.maketrans(",:;!?()％．０１２３４５６７８９", "，：；！？（）%.0123456789")
_SPACE = re.compile(r"[^\S\n\t]+")
_BREAK = re.compile(r"[\n\t]")
_STOP = re.compile(r"[。！？；][”’」』）】]*")
_NUMBERED = re.compile(r"(?:（?[一二三四五六七八九十]{1,3}[）、]|第[一二三四五六七八九十]{1,3}[章节部])")
_SHORT, _LONG = 25, 60
"""A line without a stop is a heading if it is no longer, numbered or not; else it goes on in the next."""
_LINE_ENDS = frozenset("。！？；：…”’」』）】")


@dataclass(frozen=True)
class Units:
    """A text without white space, in one form of each mark, and its sentences: spans of `plain`, which they tile."""

    text: str
    plain: str
    sentences: tuple[Span, ...]

    @cached_property
    def offsets(self) -> list[int]:
        """Of every character of `plain`, where it stands in `text`."""
        return [i for i, char in enumerate(self.text) if not char.isspace()]

    @cached_property
    def words(self) -> list[str]:
        """The sentences' words."""
        return [self.plain[a:b] for a, b in self.sentences]

    @cached_property
    def starts(self) -> list[int]:
        """Where the sentences begin."""
        return [span.start for span in self.sentences]

    def around(self, span: Span) -> Span:
        """The sentences of a span of `plain`, from the first one's beginning to the last one's end."""
        first = bisect_right(self.starts, span.start) - 1
        last = bisect_left(self.starts, span.end) - 1
        return Span(self.sentences[first].start, self.sentences[last].end)

    def figures(self, span: Span) -> tuple[str, ...]:
        """What a span of `plain` that is not empty says in figures; those of two lines or cells are two."""
        start, end = self.text_span(span)
        return figure_words(_SPACE.sub("", self.text[start:end]))

    def with_neighbours(self, span: Span) -> Span:
        """A span of `plain` that holds a figure, with all of that figure that stands on its line or in its cell."""
        start, end = self.text_span(span)
        line = Span(_line_start(self.text, start), _line_end(self.text, end))
        within = self.plain_span(line)
        return with_neighbours(self.plain, span, within)

    def plain_span(self, span: Span) -> Span:
        """The span of `plain` with what a span of `text` shows; empty where that is only white space."""
        return Span(bisect_left(self.offsets, span.start), bisect_left(self.offsets, span.end))

    def text_span(self, span: Span) -> Span:
        """The span of `text` from the first to the last character of a span of `plain` that is not empty."""
        return Span(self.offsets[span.start], self.offsets[span.end - 1] + 1)


def units_of(text: str) -> Units:
    """A text as its sentences; a heading is one too, a line broken inside a sentence is not."""
    parts: list[str] = []
    spans: list[Span] = []
    at = begun = 0
    for line in _BREAK.split(text.translate(_FORMS)):
        words = "".join(line.split())
        if not words:
            continue
        is_numbered = _NUMBERED.match(words) is not None
        if is_numbered and begun < at:
            spans.append(Span(begun, at))
            begun = at
        parts.append(words)
        for stop in _STOP.finditer(words):
            spans.append(Span(begun, at + stop.end()))
            begun = at + stop.end()
        at += len(words)
        longest = _LONG if is_numbered else _SHORT
        if begun < at and (words[-1] in _LINE_ENDS or at - begun <= longest):
            spans.append(Span(begun, at))
            begun = at
    if begun < at:
        spans.append(Span(begun, at))
    return Units(text, "".join(parts), tuple(spans))


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\t", 0, at)) + 1


def _line_end(text: str, at: int) -> int:
    found = _BREAK.search(text, at)
    return found.start() if found else len(text)
