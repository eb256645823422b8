"""Where the terms of a report's notes stand in its text: what a hover and a key show. Notes never become tasks."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from app.domain.patterns import late
from app.domain.report import Note, Reading
from app.domain.spans import Span

_SHORTEST, _LONGEST = 2, 40
_CALL = late(r"[\[［]\d{1,3}[\]］]")
_CALLED = late(r"(?:“([^“”\s]{1,38})”|([^\s，。；：、！？（）()“”［］\[\]]{1,8}(?:（[^（）\s]{1,20}）)?))\Z")
"""The words before a call that are taken for its term: what is quoted there, else back to the last punctuation, no
more than a few, with what a bracket adds."""
_QUOTES = "“”\"'‘’《》「」『』 　"


class NotedTerm(NamedTuple):
    """A term in the text, as a source span, and the note that explains it.

    A note that names no term is that of the words before its call ([3]), which the shown text leaves out.
    """

    span: Span
    note: Note


def notes_in(reading: Reading, span: Span | None = None) -> tuple[NotedTerm, ...]:
    """The terms that a source span holds or touches, or the whole text, in text order; the longest of several.

    What the notes say of each other is left out: a term inside a note is no term of the text.
    """
    if not reading.notes:
        return ()
    finder, by_term = _finder(reading.notes)
    shown = reading.shown
    place = Span(0, len(shown.text)) if span is None else shown.to_shown(span)
    if place is None:
        return ()
    low, high = max(0, place.start - _LONGEST), min(len(shown.text), place.end + _LONGEST)
    found: list[NotedTerm] = []
    for match in finder.finditer(shown.text, low, high):
        here = Span(*match.span())
        source = shown.to_source(here) if here.overlaps(place) else None
        if source is not None and not _is_in_notes(source, reading.notes):
            found.append(NotedTerm(source, by_term[match[0]]))
    return tuple(sorted([*found, *_called(reading, span)], key=lambda term: term.span))


def note_at(reading: Reading, offset: int) -> NotedTerm | None:
    """The term around a source offset with its note; None where none stands."""
    return next(iter(notes_in(reading, Span(offset, offset + 1))), None)


@lru_cache(maxsize=4)
def _finder(notes: tuple[Note, ...]) -> tuple[re.Pattern[str], dict[str, Note]]:
    """What finds all terms in one pass, and the note of each: the first of several of one term."""
    by_term: dict[str, Note] = {}
    for note in notes:
        for term in _forms(note.term):
            by_term.setdefault(term, note)
    longest_first = sorted(by_term, key=lambda term: (-len(term), term))
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)"), by_term


def _called(reading: Reading, span: Span | None) -> Iterable[NotedTerm]:
    """The words before the calls of notes without a term, as far as they touch the span."""
    text = reading.source.text
    calls = _calls(reading)
    if not calls:
        return
    low, high = (0, len(text)) if span is None else (span.start, span.end + _LONGEST)
    for call in _CALL.finditer(text, low, min(high, len(text))):
        note = calls.get(call[0])
        words = _CALLED.search(text[max(0, call.start() - _LONGEST) : call.start()])
        if note is None or words is None:
            continue
        first = call.start() - len(words[0]) + (words[1] is not None)
        term = Span(first, first + len(words[1] or words[2]))
        if (span is None or span.overlaps(term)) and not _is_in_notes(term, reading.notes):
            yield NotedTerm(term, note)


def _calls(reading: Reading) -> dict[str, Note]:
    """The notes without a term by what calls them, which they begin with."""
    found: dict[str, Note] = {}
    for note in reading.notes:
        call = _CALL.match(reading.source.text, note.span.start) if not note.term else None
        if call:
            found.setdefault(call[0], note)
    return found


def _forms(term: str) -> Iterable[str]:
    """A term as it stands in the text: without the quotes around it, and without what a bracket adds (AI（人工智能）).

    What is quoted in a longer one stands for it (“四零” for “四零”服务机制): the text often says no more.
    """
    bare = term.strip(_QUOTES)
    quoted = (part for part in re.findall("“[^“”]+”", term) if part != term)
    for form in (bare, re.sub(r"[（(][^（）()]*[）)]$", "", bare).strip(_QUOTES), *quoted):
        if _SHORTEST <= len(form) <= _LONGEST:
            yield form


def _is_in_notes(span: Span, notes: tuple[Note, ...]) -> bool:
    return any(note.span.overlaps(span) for note in notes)
