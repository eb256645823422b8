"""Selections snapped to word ends. The only user of jieba, which is loaded when first needed."""

import logging
import re
import tempfile
import warnings
from collections.abc import Iterator
from functools import cache
from typing import Protocol

from app.domain.spans import Span
from app.suggest.lexicon import alternatives

_REACH = 300
"""How far from the selection the sentence is looked for: enough for any real one."""
_SENTENCE_END = "。！？；\n"


@cache
def _figure() -> re.Pattern[str]:
    """A number with its comparator and unit, which stays whole."""
    unit = alternatives("quantities", "counts", "measures", "money", "percents", "times")
    prefix, suffix = (alternatives("quantities", name) for name in ("prefixes", "suffixes"))
    return re.compile(
        rf"{prefix}?\d+(?:[.,]\d+)*(?:[—–~-]\d+(?:\.\d+)?)?(?:万亿|千亿|百亿|[万亿])?[余多]?(?:{unit}|％)?{suffix}?"
    )


class _Segmenter(Protocol):
    """What is used of jieba."""

    def tokenize(self, text: str) -> Iterator[tuple[str, int, int]]:
        """The words with their start and end."""


@cache
def _segmenter() -> _Segmenter:
    """A segmenter of our own with a private cache directory; its log stays quiet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        import jieba
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    with tempfile.TemporaryDirectory() as private:
        tokenizer.tmp_dir = private
        tokenizer.initialize()
    segmenter: _Segmenter = tokenizer
    return segmenter


def warm_up() -> None:
    """Loads the dictionary (about half a second), so that the first selection does not wait for it."""
    _segmenter()


def word_span(text: str, span: Span) -> Span:
    """The span widened to the ends of the words it touches, white space at its own ends left out.

    Offsets into `text`; only the sentence around the span is looked at, line breaks are never crossed unless
    the span does. A span of nothing but white space comes back as it is.
    """
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return span
    far = max(0, start - _REACH)
    left = max(far, 1 + max(text.rfind(c, far, start) for c in _SENTENCE_END))
    ends = (text.find(c, end, end + _REACH) for c in _SENTENCE_END)
    right = min((at for at in ends if at >= 0), default=min(len(text), end + _REACH))
    touched = [w for w in _words(text[left:right]) if w.start < end - left and start - left < w.end]
    return Span(
        min([start, *(left + w.start for w in touched)]),
        max([end, *(left + w.end for w in touched)]),
    )


def _words(sentence: str) -> Iterator[Span]:
    """The words of a sentence; a figure and the words that it overlaps are one."""
    figures = [Span(m.start(), m.end()) for m in _figure().finditer(sentence)]
    for word, start, end in _segmenter().tokenize(sentence):
        token = Span(start, end)
        if not word.isspace():
            yield token
        figures = [
            f if not f.overlaps(token) else Span(min(f.start, start), max(f.end, end)) for f in figures
        ]
    yield from figures
