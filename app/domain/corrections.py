"""Corrections of the shown text: slips of a scanner or a keyboard, decided by a person. The source stays as it is."""

from collections.abc import Iterable
from typing import NamedTuple

from app.domain.errors import UserError
from app.domain.report import ShownText
from app.domain.spans import Span


class Correction(NamedTuple):
    """What a stretch of the source text is shown as; `meant` has as many characters as it.

    Where it is what the source says, somebody decided that it is no slip: it is not offered again.
    """

    start: int
    end: int
    meant: str

    @property
    def span(self) -> Span:
        """The place in the source text."""
        return Span(self.start, self.end)


def corrected(shown: ShownText, corrections: Iterable[Correction]) -> ShownText:
    """The shown text with the corrections in it: as long as it was, blocks and map as they are.

    A character that is not shown is not put in; one whose place lies outside the text is none.
    """
    chars: list[str] | None = None
    for correction in corrections:
        for i, char in enumerate(correction.meant):
            at = correction.start + i
            place = shown.to_shown(Span(at, at + 1))
            if place is not None:
                chars = chars or list(shown.text)
                chars[place.start] = char
    return shown if chars is None else shown._replace(text="".join(chars))


def with_correction(known: tuple[Correction, ...], span: Span, meant: str) -> tuple[Correction, ...]:
    """The corrections with one more, which takes the place of those it overlaps; in text order.

    UserError where it is not as long as what it corrects: the map between both texts would tear.
    """
    if not meant or len(meant) != span.end - span.start:
        raise UserError("更正的字数要和原文一样多，请重新填写。")
    others = (one for one in known if not one.span.overlaps(span))
    return tuple(sorted((*others, Correction(span.start, span.end, meant))))


def without_correction(known: tuple[Correction, ...], span: Span) -> tuple[Correction, ...]:
    """The corrections without those that overlap a place: it is shown as the source has it, and offered again."""
    return tuple(one for one in known if not one.span.overlaps(span))
