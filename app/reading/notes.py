"""The notes: which term each explains, in whatever way they are numbered."""

from collections.abc import Iterable, Iterator, Sequence

from app.domain.patterns import late
from app.domain.report import BlockKind, Note
from app.domain.spans import Span
from app.reading.kinds import compact
from app.reading.marks import Style, mark_of
from app.reading.pieces import Piece

_NUMBERS = frozenset({Style.DIGIT, Style.DIGIT_PAREN, Style.HAN_PAREN, Style.HAN})
_BRACKETED = late(r"[\[［【〔]\d{1,3}[\]］】〕][ \t]*")
_TERM = late(r"([^：。；]{1,60}?)(?:：|——|--)(?=.)")
_LONGEST_TERM = 60


def notes_of(pieces: Sequence[Piece]) -> tuple[Note, ...]:
    """The notes of a document, each with the span of all it says."""
    notes = (p for i, p in enumerate(pieces) if p.kind is BlockKind.NOTE and not _is_below_a_table(pieces, i))
    return tuple(_notes(notes))


def _is_below_a_table(pieces: Sequence[Piece], i: int) -> bool:
    """Whether a note explains the table above it (注：〔〕为五年累计数) and no term."""
    return i > 0 and pieces[i - 1].kind is BlockKind.CELL


def _notes(pieces: Iterable[Piece]) -> Iterator[Note]:
    term, words = "", ""
    start = end = -1
    for piece in pieces:
        length = _number_length(piece.text)
        text = piece.text[length:]
        if length or start < 0:
            if start >= 0:
                yield Note(term, words, Span(start, end))
            term, words = _term_and_words(text)
            start = piece.start
        else:
            words = f"{words}\n{compact(text)}" if words else compact(text)
        end = piece.spans[-1].end
    if start >= 0:
        yield Note(term, words, Span(start, end))


def _number_length(text: str) -> int:
    bracketed = _BRACKETED.match(text)
    if bracketed:
        return bracketed.end()
    mark = mark_of(text)
    return mark.length if mark and mark.style in _NUMBERS else 0


def _term_and_words(text: str) -> tuple[str, str]:
    """The term and what is said of it: behind a colon, or on the lines that follow a term alone."""
    found = _TERM.match(text)
    if found:
        return compact(found[1]), compact(text[found.end() :])
    return (compact(text), "") if len(text) <= _LONGEST_TERM and "。" not in text else ("", compact(text))
