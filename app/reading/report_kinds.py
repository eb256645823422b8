"""The kinds of a work report's stretches, from headings and from what paragraphs announce."""

from collections.abc import Sequence

from app.domain.patterns import late
from app.domain.report import BlockKind, SectionKind
from app.reading import cues
from app.reading.kinds import (
    Opening,
    closing_start,
    compact,
    heading_kind,
    is_heading,
    is_mixed,
    sentences,
    title_of,
)
from app.reading.marks import mark_of
from app.reading.periods import is_coming
from app.reading.pieces import Piece
from app.reading.survey import Survey, are_figures_to_come, are_goals, goes_on_in_figures, opens_work

_BEFORE_WORK = frozenset({SectionKind.OUTLOOK, SectionKind.GOALS})
_AT_WORK = frozenset({SectionKind.TASKS, SectionKind.SELF})
_AHEAD = _BEFORE_WORK | _AT_WORK
_SELF_WITHIN = 70
_YEAR = late("今年|20[0-9]{2}年")


class ReportKinds:
    """Goes through a report's body piece by piece; keeps what kind of stretch it is in."""

    def __init__(self, pieces: Sequence[Piece], first: int, end: int, year: int) -> None:
        self._pieces = pieces
        self._first = first
        self._end = end
        self._year = year
        # what a document begins with that does not say: a report looks back, an assignment of its work does not
        self._unsaid = SectionKind.TASKS if is_assignment(pieces[:first]) else SectionKind.REVIEW
        self._survey = Survey(pieces, first, end, year)
        self._closing = closing_start(pieces, end)
        self._openings: list[Opening] = []
        self._kind: SectionKind | None = None
        self._chapter: SectionKind | None = None
        self._resume: SectionKind | None = None
        # of the chapter that is open
        self._is_mixed = False
        self._is_of_plan = False
        self._is_only_outlook = False
        self._begins_unsaid = False
        self._has_section = False
        self._saw_problems = False
        self._had_work = False
        self._goals_have_heading = False

    def openings(self) -> list[Opening]:
        """The openings of the body, in text order."""
        for i in range(self._first, self._end):
            piece = self._pieces[i]
            if self._closing and i == self._closing[0]:
                self._close(i, piece, self._closing[1])
                break
            if piece.in_box or piece.kind is BlockKind.CELL:
                continue
            if is_heading(piece):
                self._heading(i, piece)
            else:
                self._paragraph(i, piece)
        return self._openings

    def _close(self, i: int, piece: Piece, offset: int) -> None:
        if offset:
            self._paragraph(i, piece)
        self._openings.append(Opening(piece.source_of(offset), 0, SectionKind.CLOSING, closes_to=1))

    def _heading(self, i: int, piece: Piece) -> None:
        title = compact(piece.text)
        kind = self._begin_chapter(i, title) if piece.level == 1 else self._section_kind(title)
        self._has_section = piece.level > 1
        self._goals_have_heading = heading_kind(title, self._year) is SectionKind.GOALS is kind
        self._resume = None
        self._kind = kind
        self._openings.append(Opening(piece.start, piece.level, kind, title_of(piece)))

    def _begin_chapter(self, i: int, title: str) -> SectionKind:
        self._is_mixed = is_mixed(title, self._year)
        self._is_of_plan = self._names_plan(title)
        kind = SectionKind.REVIEW if self._is_mixed else self._chapter_kind(i, title)
        names_work = cues.TASKS.search(title) is not None
        is_general = kind is SectionKind.OUTLOOK and not names_work
        self._is_only_outlook = is_general and self._survey.leaves_work_to_later(i)
        self._begins_unsaid = names_work and not self._survey.announces_work(i + 1)
        self._saw_problems = self._had_work = False
        self._chapter = kind
        return kind

    def _chapter_kind(self, i: int, title: str) -> SectionKind:
        kind = heading_kind(title, self._year)
        if kind is SectionKind.REVIEW and self._chapter in _AHEAD and "回顾" not in title:
            kind = None
        if kind is None and self._chapter is None:
            return self._unsaid
        if kind not in {SectionKind.TASKS, SectionKind.GOALS, None}:
            return kind
        first = self._survey.first_kind(i)
        if kind is SectionKind.GOALS and first is SectionKind.TASKS and self._survey.lists_figures(i):
            return kind
        return SectionKind.OUTLOOK if self._is_of_plan and first is SectionKind.TASKS else first

    def _names_plan(self, title: str) -> bool:
        """Whether a chapter is on the coming five years: outlook until it names its tasks."""
        is_ahead = is_coming(title, self._year) or cues.YEARS_TO_COME.search(title) is not None
        return is_ahead and not _YEAR.search(title)

    def _section_kind(self, title: str) -> SectionKind:
        kind = heading_kind(title, self._year)
        if self._chapter is SectionKind.REVIEW and kind in _AHEAD and self._turns_ahead_here(title):
            self._chapter = SectionKind.OUTLOOK
        if self._chapter in {SectionKind.REVIEW, SectionKind.SELF, None}:
            return self._chapter or SectionKind.REVIEW
        is_at_work = self._kind in _AT_WORK
        if kind in _AHEAD and not (is_at_work and kind in _BEFORE_WORK):
            return kind
        return SectionKind.OUTLOOK if self._is_only_outlook and not is_at_work else SectionKind.TASKS

    def _turns_ahead_here(self, title: str) -> bool:
        """Whether a heading may turn to what is to come inside a chapter of review."""
        return self._is_mixed or is_coming(title, self._year)

    def _paragraph(self, i: int, piece: Piece) -> None:
        found = sentences(piece.text)
        if not found:
            return
        text = compact(piece.text)
        if self._kind is None:
            is_ahead = cues.GOALS_SENTENCE.search(text) is not None
            self._change(piece, 0, SectionKind.OUTLOOK if is_ahead else self._unsaid)
        if self._kind is SectionKind.REVIEW:
            self._in_review(piece, text, found)
        elif self._kind in _BEFORE_WORK or self._kind is SectionKind.TASKS:
            self._going_ahead(i, piece, text, found)

    def _in_review(self, piece: Piece, text: str, found: list[tuple[int, str]]) -> None:
        if cues.PROBLEMS.search(text):
            self._saw_problems = True
        elif self._turns_ahead(text):
            self._change(piece, 0, SectionKind.OUTLOOK, closes_to=2)
            self._by_sentence(piece, found)

    def _turns_ahead(self, text: str) -> bool:
        """Whether a paragraph of review begins to speak of what is to come."""
        if self._is_mixed:
            return is_coming(text[:20], self._year) or cues.YEARS_TO_COME.match(text) is not None
        if self._names_years_ahead(text):
            return True
        if self._saw_problems:
            return cues.LOOKING_AHEAD.match(text) is not None and not cues.LOOKS_BACK.search(text[:200])
        return self._chapter is None and text.startswith(("今年是", f"{self._year}年是", "做好今年"))

    def _names_years_ahead(self, text: str) -> bool:
        """Whether a paragraph begins with the coming plan period: behind the problems, or to give its goals."""
        if cues.YEARS_AHEAD.match(text) is None or not is_coming(text[:12], self._year):
            return False
        return self._saw_problems or cues.GOALS_SENTENCE.search(text) is not None

    def _going_ahead(self, i: int, piece: Piece, text: str, found: list[tuple[int, str]]) -> None:
        if self._resume:
            self._change(piece, 0, self._resume)
            self._resume = None
        if cues.SELF_PARAGRAPH.search(text[:_SELF_WITHIN]) and self._survey.is_end_of_chapter(i):
            self._change(piece, 0, SectionKind.SELF, closes_to=1)
        elif self._kind is SectionKind.OUTLOOK and cues.YEAR_ACTIONS.match(text):
            self._resume = SectionKind.OUTLOOK
            self._change(piece, 0, SectionKind.TASKS)
        else:
            self._by_paragraph(i, piece, text)
            if not (self._has_section and self._kind is SectionKind.TASKS):
                self._by_sentence(piece, found)

    def _by_paragraph(self, i: int, piece: Piece, text: str) -> None:
        """What a paragraph's beginning, or its place, says of its kind."""
        if self._kind is SectionKind.GOALS and not self._goes_on_with_goals(i, text):
            is_last = not (self._is_of_plan or self._survey.announces_work(i))
            is_work = self._had_work or opens_work(text) or is_last
            self._change(piece, 0, SectionKind.TASKS if is_work else SectionKind.OUTLOOK)
        if self._kind is SectionKind.OUTLOOK and (self._is_item(i) or self._is_unsaid_work(text)):
            self._change(piece, 0, SectionKind.TASKS)

    def _goes_on_with_goals(self, i: int, text: str) -> bool:
        if cues.GOALS_LIST.match(text):
            # a list belongs to the goals unless it was announced as what to hold to
            return not self._survey.holds_to(i - 1)
        if self._goals_have_heading:
            return not (opens_work(text) or cues.WORK_OF_YEAR.match(text) or cues.BEHIND_GOALS.match(text))
        return cues.GOALS_GO_ON.match(text) is not None or are_goals(text) or goes_on_in_figures(text)

    def _is_item(self, i: int) -> bool:
        """Whether a paragraph is the first of numbered works, and not of numbered points to hold to."""
        mark = mark_of(self._pieces[i].text)
        is_first = mark is not None and mark.number in {"一", "1"} and i > self._first
        return is_first and not self._survey.holds_to(i - 1)

    def _is_unsaid_work(self, text: str) -> bool:
        """Whether work begins without a word of announcement, in a chapter that announces none."""
        return self._begins_unsaid and not (cues.GENERAL.search(text) or are_goals(text))

    def _by_sentence(self, piece: Piece, found: list[tuple[int, str]]) -> None:
        for at, words in found:
            if self._kind is not SectionKind.GOALS and (
                are_goals(words) or (self._kind is SectionKind.OUTLOOK and are_figures_to_come(words))
            ):
                self._change(piece, at, SectionKind.GOALS)
            elif (self._kind is not SectionKind.TASKS and cues.TASKS_SENTENCE.search(words)) or (
                self._kind is SectionKind.OUTLOOK and at == 0 and opens_work(words)
            ):
                self._change(piece, at, SectionKind.TASKS)
                self._had_work = True

    def _change(self, piece: Piece, offset: int, kind: SectionKind, closes_to: int = 0) -> None:
        if kind is self._kind:
            return
        self._kind = kind
        start = piece.source_of(offset)
        if self._openings and self._openings[-1].start == start:
            self._openings.pop()
        self._openings.append(Opening(start, 0, kind, closes_to=closes_to))


def is_assignment(front: Sequence[Piece]) -> bool:
    """Whether a document's title says that it assigns the work of another."""
    return any(p.kind is BlockKind.TITLE and cues.ASSIGNMENT.search(p.text) for p in front)
