"""The kinds of a work report's stretches, from headings and from what paragraphs announce."""

import re
from collections.abc import Sequence

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

_AHEAD = frozenset({SectionKind.OUTLOOK, SectionKind.GOALS, SectionKind.TASKS, SectionKind.SELF})
_BEFORE_TASKS = frozenset({SectionKind.OUTLOOK, SectionKind.GOALS})
_SELF_WITHIN = 70
_INTRODUCTION = 5
_SOON = 40


class ReportKinds:
    """Goes through a report's body piece by piece; keeps what kind of stretch it is in."""

    def __init__(self, pieces: Sequence[Piece], first: int, end: int, year: int) -> None:
        self._pieces = pieces
        self._first = first
        self._end = end
        self._year = year
        self._openings: list[Opening] = []
        self._kind: SectionKind | None = None
        self._chapter: SectionKind | None = None
        self._resume: SectionKind | None = None
        self._has_subheading = False
        self._is_only_outlook = False
        self._is_mixed = False
        self._saw_problems = False
        self._had_work = False
        self._begins_unsaid = False
        self._goals_have_heading = False
        self._closing = closing_start(pieces, end)
        self._last_heading = -1
        self._last_chapter_of_work = -1
        for i in range(first, end):
            if is_heading(pieces[i]) and not pieces[i].in_box:
                self._note_heading(i)

    def openings(self) -> list[Opening]:
        """The openings of the body, in text order."""
        for i in range(self._first, self._end):
            piece = self._pieces[i]
            if self._closing and i == self._closing[0]:
                self._close(i, piece)
                break
            if piece.in_box or piece.kind is BlockKind.CELL:
                continue
            if is_heading(piece):
                self._heading(i, piece)
            else:
                self._paragraph(i, piece)
        return self._openings

    def _note_heading(self, i: int) -> None:
        piece = self._pieces[i]
        if piece.level > 1:
            self._last_heading = i
        elif heading_kind(compact(piece.text), self._year) in {SectionKind.TASKS, SectionKind.GOALS}:
            self._last_chapter_of_work = i

    def _close(self, i: int, piece: Piece) -> None:
        offset = self._closing[1] if self._closing else 0
        if offset:
            self._paragraph(i, piece)
        self._openings.append(Opening(piece.source_of(offset), 0, SectionKind.CLOSING, closes_to=1))

    def _heading(self, i: int, piece: Piece) -> None:
        title = compact(piece.text)
        if piece.level == 1:
            kind = self._chapter = self._chapter_kind(i, title)
            self._has_subheading = self._saw_problems = self._had_work = False
            is_general = kind is SectionKind.OUTLOOK and not cues.TASKS.search(title)
            self._is_only_outlook = is_general and i < self._last_chapter_of_work
            is_work = cues.TASKS.search(title) is not None
            self._begins_unsaid = is_work and not self._announces_work(i + 1)
        else:
            kind = self._subheading_kind(title)
            self._has_subheading = True
        self._goals_have_heading = kind is SectionKind.GOALS
        self._resume = None
        self._kind = kind
        self._openings.append(Opening(piece.start, piece.level, kind, title_of(piece)))

    def _chapter_kind(self, i: int, title: str) -> SectionKind:
        self._is_mixed = is_mixed(title, self._year)
        if self._is_mixed:
            return SectionKind.REVIEW
        kind = heading_kind(title, self._year)
        if kind is None and self._kind is None:
            return SectionKind.REVIEW
        if kind is SectionKind.REVIEW and self._chapter in _AHEAD and "回顾" not in title:
            kind = None
        if kind not in {SectionKind.TASKS, SectionKind.GOALS, None}:
            return kind
        ahead = self._forward_kind(i)
        # a chapter on the coming five years is outlook until it names its tasks
        is_plan = is_coming(title, self._year) and not re.search("今年|20[0-9]{2}年", title)
        return SectionKind.OUTLOOK if is_plan and ahead is SectionKind.TASKS else ahead

    def _forward_kind(self, i: int) -> SectionKind:
        """What a chapter of work to come begins with: outlook, where its introduction has one."""
        for n, piece in enumerate(self._pieces[i + 1 : min(self._end, i + 1 + _INTRODUCTION)]):
            if is_heading(piece) and piece.level == 1:
                break
            if is_heading(piece):
                return (
                    SectionKind.TASKS
                    if heading_kind(compact(piece.text), self._year) not in _BEFORE_TASKS
                    else SectionKind.OUTLOOK
                )
            found = [words for _, words in sentences(piece.text)]
            if n == 0 and found and _are_goals(found[0]):
                return SectionKind.GOALS
            if any(_are_goals(words) or (n < 2 and cues.GENERAL.search(words)) for words in found):
                return SectionKind.OUTLOOK
        return SectionKind.TASKS

    def _subheading_kind(self, title: str) -> SectionKind:
        kind = heading_kind(title, self._year)
        if self._chapter is SectionKind.REVIEW and kind in _AHEAD and self._is_turn(title):
            self._chapter = SectionKind.OUTLOOK
        if self._chapter in {SectionKind.REVIEW, SectionKind.SELF, None}:
            return self._chapter or SectionKind.REVIEW
        is_at_work = self._kind in {SectionKind.TASKS, SectionKind.SELF}
        if kind in _AHEAD and not (is_at_work and kind in _BEFORE_TASKS):
            return kind
        return SectionKind.OUTLOOK if self._is_only_outlook and not is_at_work else SectionKind.TASKS

    def _is_turn(self, title: str) -> bool:
        """Whether a heading inside a chapter of review turns to what is to come."""
        return self._is_mixed or is_coming(title, self._year)

    def _paragraph(self, i: int, piece: Piece) -> None:
        found = sentences(piece.text)
        if not found:
            return
        text = compact(piece.text)
        if self._kind is None:
            self._change(piece, 0, self._first_kind(text))
        if self._kind is SectionKind.REVIEW:
            self._in_review(piece, text)
        elif self._kind in {SectionKind.OUTLOOK, SectionKind.GOALS, SectionKind.TASKS}:
            self._going_ahead(i, piece, text, found)

    def _first_kind(self, text: str) -> SectionKind:
        return SectionKind.OUTLOOK if cues.GOALS_SENTENCE.search(text) else SectionKind.REVIEW

    def _in_review(self, piece: Piece, text: str) -> None:
        if cues.PROBLEMS.search(text):
            self._saw_problems = True
        elif self._turns_ahead(text):
            self._change(piece, 0, SectionKind.OUTLOOK, closes_to=2)
            self._by_sentence(piece, sentences(piece.text))

    def _turns_ahead(self, text: str) -> bool:
        """Whether a paragraph of review begins to speak of what is to come."""
        if self._is_mixed:
            return is_coming(text[:20], self._year) or cues.YEARS_TO_COME.match(text) is not None
        if self._saw_problems:
            return cues.LOOKING_AHEAD.match(text) is not None and not cues.LOOKS_BACK.search(text[:200])
        return self._chapter is None and text.startswith(("今年是", f"{self._year}年是", "做好今年"))

    def _going_ahead(self, i: int, piece: Piece, text: str, found: list[tuple[int, str]]) -> None:
        if self._resume:
            self._change(piece, 0, self._resume)
            self._resume = None
        if cues.SELF_PARAGRAPH.search(text[:_SELF_WITHIN]) and self._is_end_of_chapter(i):
            self._change(piece, 0, SectionKind.SELF, closes_to=1)
            return
        if self._kind is SectionKind.GOALS and not self._goes_on_with_goals(i, text):
            self._after_goals(i, piece, text)
        elif self._kind is SectionKind.OUTLOOK and cues.YEAR_ACTIONS.match(text):
            self._resume = SectionKind.OUTLOOK
            self._change(piece, 0, SectionKind.TASKS)
            return
        if self._kind is SectionKind.OUTLOOK and (self._is_item(i, text) or self._is_plain_work(text)):
            self._change(piece, 0, SectionKind.TASKS)
        if not (self._has_subheading and self._kind is SectionKind.TASKS):
            self._by_sentence(piece, found)

    def _is_item(self, i: int, text: str) -> bool:
        """Whether a paragraph is a numbered piece of work, and not a numbered point to hold to."""
        mark = mark_of(text)
        if mark is None or mark.number not in {"一", "1"} or i == self._first:
            return False
        return not self._is_to_hold_to(i - 1)

    def _is_plain_work(self, text: str) -> bool:
        """Whether work begins without a word of announcement, in a chapter that announces none."""
        is_chapter_of_work = self._is_unannounced and not self._has_subheading and self._chapter is not None
        return (
            is_chapter_of_work
            and piece.style is None
            and not (cues.GENERAL.search(text) or _is_goals_in(text))
        )

    def _is_to_hold_to(self, i: int) -> bool:
        """Whether a piece announces points to hold to (把握四个方面：)."""
        found = sentences(self._pieces[i].text)
        return bool(found) and cues.HOLD_TO.search(found[-1][1]) is not None

    def _goes_on_with_goals(self, i: int, text: str) -> bool:
        if cues.GOALS_LIST.match(text):
            # a list belongs to the goals unless it was announced as what to hold to
            return not self._is_to_hold_to(i - 1)
        if self._goals_have_heading:
            return not _opens_work(text) and cues.WORK_OF_YEAR.match(text) is None
        return cues.GOALS_GO_ON.match(text) is not None or _are_goals(text)

    def _after_goals(self, i: int, piece: Piece, text: str) -> None:
        if self._had_work or _opens_work(text) or not self._announces_work(i):
            self._change(piece, 0, SectionKind.TASKS)
        else:
            self._change(piece, 0, SectionKind.OUTLOOK)

    def _announces_work(self, i: int) -> bool:
        """Whether a heading or a sentence of the chapter, from here on, or a later chapter opens the work."""
        if i <= self._last_chapter_of_work:
            return True
        for piece in self._pieces[i : min(self._end, i + _SOON)]:
            if is_heading(piece):
                return piece.level > 1
            if any(cues.TASKS_SENTENCE.search(words) for _, words in sentences(piece.text)):
                return True
        return False

    def _by_sentence(self, piece: Piece, found: list[tuple[int, str]]) -> None:
        for at, words in found:
            if self._kind is not SectionKind.GOALS and _are_goals(words):
                self._change(piece, at, SectionKind.GOALS)
            elif (self._kind is not SectionKind.TASKS and cues.TASKS_SENTENCE.search(words)) or (
                self._kind is SectionKind.OUTLOOK and at == 0 and _opens_work(words)
            ):
                self._change(piece, at, SectionKind.TASKS)
                self._had_work = True

    def _is_end_of_chapter(self, i: int) -> bool:
        """Whether no section of the chapter follows: then what begins here is a chapter of its own."""
        for n in range(i + 1, self._last_heading + 1):
            if is_heading(self._pieces[n]) and not self._pieces[n].in_box:
                return self._pieces[n].level == 1
        return True

    def _change(self, piece: Piece, offset: int, kind: SectionKind, closes_to: int = 0) -> None:
        if kind is self._kind:
            return
        self._kind = kind
        start = piece.source_of(offset)
        if self._openings and self._openings[-1].start == start:
            self._openings.pop()
        self._openings.append(Opening(start, 0, kind, closes_to=closes_to))


def _are_goals(words: str) -> bool:
    """Whether a sentence gives the year's figures."""
    return cues.GOALS_SENTENCE.search(words) is not None or cues.GOALS_FIGURES.search(words) is not None


def _opens_work(words: str) -> bool:
    """Whether a sentence goes from the goals to the work for them (实现上述目标，…)."""
    return cues.TASKS_OPENING.match(words) is not None and cues.HOLD_TO.search(words) is None
