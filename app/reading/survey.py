"""A look ahead over a report's body: what follows a chapter's heading or its goals."""

import re
from collections.abc import Sequence

from app.domain.report import SectionKind
from app.reading import cues
from app.reading.kinds import compact, heading_kind, is_heading, sentences
from app.reading.marks import mark_of
from app.reading.pieces import Piece

_INTRODUCTION = 5
_SOON = 40
_FIGURES = 3
_BEFORE_WORK = frozenset({SectionKind.OUTLOOK, SectionKind.GOALS})


def are_goals(words: str) -> bool:
    """Whether a sentence gives the year's figures."""
    return cues.GOALS_SENTENCE.search(words) is not None or cues.GOALS_FIGURES.search(words) is not None


def are_figures_to_come(words: str) -> bool:
    """Whether a sentence only gives figures for a year to come (到2030年，产值达到…，收入达到…，人口达到…)."""
    if cues.COMING_YEARS.match(words) is None:
        return False
    clauses = re.split("[，；]", words)
    return sum(cues.MEASURED.search(clause) is not None for clause in clauses[1:]) >= _FIGURES


def goes_on_in_figures(text: str) -> bool:
    """Whether a paragraph behind the goals is more of them: figure upon figure, the first clause one too."""
    return len(re.split("[，；]", text)) > 1 and _are_figures(text)


def _are_figures(text: str) -> bool:
    clauses = re.split("[，；]", text)
    measured = [cues.MEASURED.search(c) or cues.SET_ELSEWHERE.search(c) for c in clauses]
    is_led = cues.MEASURED.search(clauses[0]) is not None and cues.DONE_FIRST.match(text) is None
    return is_led and 2 * sum(m is not None for m in measured) >= len(clauses)


def opens_work(words: str) -> bool:
    """Whether a sentence goes from the goals to the work for them (实现上述目标，…)."""
    return cues.TASKS_OPENING.match(words) is not None and cues.HOLD_TO.search(words) is None


class Survey:
    """The pieces of a report's body, asked for what comes behind a piece. Each answer looks only so far."""

    def __init__(self, pieces: Sequence[Piece], first: int, end: int, year: int) -> None:
        self._pieces = pieces
        self._end = end
        self._year = year
        self._last_section = self._last_chapter_of_work = -1
        for i in range(first, end):
            if is_heading(pieces[i]) and not pieces[i].in_box:
                self._note(i)

    def leaves_work_to_later(self, i: int) -> bool:
        """Whether a later chapter names the work in its heading."""
        return i < self._last_chapter_of_work

    def first_kind(self, i: int) -> SectionKind:
        """What a chapter of work to come begins with: outlook or goals, where its introduction has them."""
        for n, piece in enumerate(self._pieces[i + 1 : min(self._end, i + 1 + _INTRODUCTION)]):
            if is_heading(piece):
                said = heading_kind(compact(piece.text), self._year) if piece.level > 1 else None
                return SectionKind.OUTLOOK if said in _BEFORE_WORK else SectionKind.TASKS
            found = [words for _, words in sentences(piece.text)]
            if n == 0 and found and are_goals(found[0]):
                return SectionKind.GOALS
            if any(are_goals(words) or (n < 2 and cues.GENERAL.search(words)) for words in found):
                return SectionKind.OUTLOOK
        return SectionKind.TASKS

    def lists_figures(self, i: int) -> bool:
        """Whether a numbered list of figures follows a heading at once (1.生产总值增长5%，…)."""
        following = self._pieces[i + 1].text if i + 1 < self._end else ""
        mark = mark_of(following)
        return mark is not None and _are_figures(compact(following[mark.length :]))

    def announces_work(self, i: int) -> bool:
        """Whether a section or a sentence of the chapter, from here on, or a later chapter opens the work."""
        if self.leaves_work_to_later(i):
            return True
        for piece in self._pieces[i : min(self._end, i + _SOON)]:
            if is_heading(piece):
                return piece.level > 1
            if any(cues.TASKS_SENTENCE.search(words) for _, words in sentences(piece.text)):
                return True
        return False

    def is_end_of_chapter(self, i: int) -> bool:
        """Whether no section of the chapter follows: then what begins here is a chapter of its own."""
        for n in range(i + 1, self._last_section + 1):
            if is_heading(self._pieces[n]) and not self._pieces[n].in_box:
                return self._pieces[n].level == 1
        return True

    def holds_to(self, i: int) -> bool:
        """Whether a piece ends by announcing points to hold to (把握四个方面：)."""
        found = sentences(self._pieces[i].text)
        return bool(found) and cues.HOLD_TO.search(found[-1][1]) is not None

    def _note(self, i: int) -> None:
        piece = self._pieces[i]
        if piece.level > 1:
            self._last_section = i
        elif heading_kind(compact(piece.text), self._year) in {SectionKind.TASKS, SectionKind.GOALS}:
            self._last_chapter_of_work = i
