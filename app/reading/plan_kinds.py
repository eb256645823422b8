"""The kinds of a plan's stretches: from its headings, and from the order in which plans speak."""

from collections.abc import Sequence

from app.domain.report import SectionKind
from app.reading import cues
from app.reading.kinds import Opening, closing_start, compact, heading_kind, is_heading, title_of
from app.reading.pieces import Piece

_BEFORE_TASKS = frozenset({SectionKind.REVIEW, SectionKind.OUTLOOK, SectionKind.GOALS})


def plan_openings(pieces: Sequence[Piece], first: int, end: int, year: int) -> list[Opening]:
    """The openings of a plan's body, in text order."""
    closing = closing_start(pieces, end)
    stop = closing[0] if closing else end
    headings = [p for p in pieces[first:stop] if is_heading(p) and not p.in_box]
    work = _first_chapter_of_work(headings, year)
    last = max((i for i, p in enumerate(headings) if p.level == 1), default=-1)
    out: list[Opening] = []
    around: dict[int, SectionKind] = {}
    for i, piece in enumerate(headings):
        kind = _kind(headings, i, work, last, year)
        if kind is None:
            default = SectionKind.TASKS if i >= work else SectionKind.OUTLOOK
            kind = next((around[n] for n in range(piece.level - 1, 0, -1) if n in around), default)
        around = {n: k for n, k in around.items() if n < piece.level} | {piece.level: kind}
        out.append(Opening(piece.start, piece.level, kind, title_of(piece)))
    if not headings and first < stop:
        out.append(Opening(pieces[first].start, 0, SectionKind.TASKS))
    if closing:
        out.append(Opening(pieces[closing[0]].source_of(closing[1]), 0, SectionKind.CLOSING, closes_to=1))
    return out


def _kind(headings: Sequence[Piece], i: int, work: int, last: int, year: int) -> SectionKind | None:
    """What a heading, or the headings under it, say of its kind; None: what stands around it decides."""
    piece = headings[i]
    title = compact(piece.text)
    if piece.level == 1 and i == last and i >= work and cues.PLAN_SELF.search(title):
        return SectionKind.SELF
    if i >= work:
        return SectionKind.TASKS if piece.level == 1 else None
    return _said(headings, i, year)


def _said(headings: Sequence[Piece], i: int, year: int) -> SectionKind | None:
    piece = headings[i]
    kind = heading_kind(compact(piece.text), year)
    if kind in _BEFORE_TASKS or kind is SectionKind.FRONT:
        return kind
    for n in range(i + 1, len(headings)):
        under = headings[n]
        if under.level <= piece.level:
            break
        kind = heading_kind(compact(under.text), year)
        if kind in _BEFORE_TASKS:
            return kind
    return None


def _first_chapter_of_work(headings: Sequence[Piece], year: int) -> int:
    """The index of the first chapter that neither looks back nor around nor at goals.

    Once the goals are given, only a chapter's own heading can put the work off.
    """
    has_goals = False
    for i, piece in enumerate(headings):
        own = heading_kind(compact(piece.text), year)
        if piece.level == 1:
            is_before = own in {SectionKind.OUTLOOK, SectionKind.GOALS, SectionKind.FRONT}
            if not is_before and (has_goals or (i > 0 and _said(headings, i, year) is None)):
                return i
        has_goals = has_goals or own is SectionKind.GOALS
    return len(headings)
