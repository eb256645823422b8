"""The text of a review follows its session: both layers' marks, the tasks' numbers, and what is current."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.domain import board
from app.domain.board import Delta
from app.domain.spans import Span
from app.review import Pair, pairs
from app.ui.review.marks import aliases, side_marks
from app.ui.review.painting import FIRST
from app.ui.review.session import NOWHERE, ReviewSession
from app.ui.views.report_margin import CONFIRMED, DRAFT
from app.ui.views.report_view import ReportView


class TwoLayers(QObject):
    """Ties the view to the session, both ways.

    Of one layer alone the reviewed layer's own marks are shown, as at the desk, and follow what is edited.
    """

    def __init__(self, session: ReviewSession, view: ReportView) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._alias: dict[str, str] = {}
        self._pair_of: dict[str, str] = {}
        session.review_opened.connect(self._show)
        session.board_loaded.connect(self._show_single)
        session.items_changed.connect(self._follow)
        session.differences_changed.connect(self._show_numbers)
        session.difference_changed.connect(self._show_current)
        view.mark_clicked.connect(self._follow_click)
        view.set_snapper(session.workspace.word_span)

    def _show(self) -> None:
        session = self._session
        report, review = session.report, session.review
        if report is None or review is None:
            return
        self._alias = aliases(session.differences)
        self._pair_of = {e.task.id: p.key for p in review.pairs for e in (*p.first, *p.second)}
        # the marks first: ten milliseconds after a document is set Qt lays out more of it before it paints
        marks = [] if session.is_single else side_marks(self._shown(), self._alias)
        self._view.show_report(report.reading.shown)
        self._view.set_marks(marks, {})
        self._show_numbers()

    def _shown(self) -> Sequence[Pair]:
        """What stands below and above the line; for the author of a base their own layer, and what came of it."""
        review, own = self._session.review, self._session.own_side
        if review is None:
            return ()
        if not own:
            return review.pairs
        base = review.first if own == FIRST else review.second
        return pairs(base or review.first, review.final)

    def _show_single(self) -> None:
        if self._session.is_single:
            self._view.set_marks(board.marks(self._session.items), {})
            self._show_numbers()

    def _follow(self, delta: Delta) -> None:
        if self._session.is_single:
            self._view.patch_marks(board.marks(delta.removed), board.marks(delta.added))

    def _show_numbers(self) -> None:
        session = self._session
        waiting = {d.pair_key for d in session.differences if d.is_open}
        numbers = {
            task_id: (number, DRAFT if self._pair_of.get(task_id) in waiting else CONFIRMED)
            for task_id, number in session.task_numbers.items()
        }
        self._view.set_numbers(numbers)

    def _show_current(self) -> None:
        difference = self._session.current_difference
        if difference is None:
            self._view.set_current(None, None)
            return
        tag_id = difference.first_tag or self._alias.get(difference.second_tag, difference.second_tag)
        self._view.set_current(difference.task_id, tag_id)
        if difference.start < NOWHERE:
            self._view.reveal(Span(difference.start, difference.start + 1))

    def _follow_click(self, mark: object) -> None:
        tag_id, task_id = getattr(mark, "id", ""), getattr(mark, "task_id", "")
        here = [d for d in self._session.differences if d.task_id == task_id]
        about = (d for d in here if tag_id in (d.first_tag, self._alias.get(d.second_tag, d.second_tag)))
        found = next(about, here[0] if here else None)
        if found is not None:
            self._session.go(found.key)
