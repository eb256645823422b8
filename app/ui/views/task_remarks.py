"""意见 below the card: what was said about the selected task or the place at the caret, and a line to say more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.changes import Change, Edit
from app.domain.comments import Comment
from app.domain.edits import new_id
from app.domain.layer_moves import NOBODY
from app.domain.people import Person, PersonRole
from app.domain.spans import Span
from app.domain.tasks import Item
from app.ui.review.remarks import made
from app.ui.session import Session
from app.ui.views.comments import CommentsView

CHOOSE = "先选一项任务或选中一段原文，再写意见"
NO_LAYER = "还没有可以看的标注，不能写意见"

Place = Callable[[], Span | None]
"""Gives the selected words' source span, else None."""
Caret = Callable[[], int | None]
"""Gives the caret's source offset, if it has one."""


class TaskRemarks(QWidget):
    """Follows the session. What is written about a suggestion, or about selected words, is about their place."""

    left = Signal()  # Esc: the keyboard belongs to the text again

    def __init__(
        self, session: Session, selected: Place, caret: Caret, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("remarks")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._session = session
        self._selected, self._caret = selected, caret
        self._comments: tuple[Comment, ...] = ()
        self.view = CommentsView(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.addWidget(self.view)
        self.view.said.connect(self.say)
        self.view.settled.connect(self.settle)
        self.view.left.connect(self.left)
        session.board_loaded.connect(self.load)
        session.people_changed.connect(self.load)
        session.written.connect(self._follow)
        session.current_changed.connect(self.show_here)
        self.load()

    # --- what there is

    @property
    def refusal(self) -> str:
        """Why nothing can be said here now; "" where it can."""
        report, person = self._session.report, self._session.workspace.person
        if person is None:
            return NOBODY
        if report is None or (report.layer.version == 0 and not person.is_a(PersonRole.ANNOTATOR)):
            return NO_LAYER
        if self._session.current_item is None and self._selected() is None and not self._shown():
            return CHOOSE
        return ""

    def load(self) -> None:
        """Read the report's comments."""
        report = self._session.report
        self._comments = self._session.workspace.comments(report.card.id) if report else ()
        self.show_here()

    def show_here(self, _current: object = None) -> None:
        """Show what was said about the selected task, or about the place at the caret."""
        self.view.show_comments(self._shown(), self.refusal)

    def follow_caret(self, _offset: object = None) -> None:
        """Where no task is selected, what is shown depends on the caret."""
        if self._session.current_item is None:
            self.show_here()

    def begin(self) -> None:
        """Go into the line, if something can be said here."""
        self.show_here()
        if not self.refusal:
            self.view.begin()

    # --- what is written

    def say(self, words: str, answered: str) -> None:
        """Write a remark, or an answer to one."""
        report, person = self._session.report, self._session.workspace.person
        if report is None or person is None:
            return
        item, span = self._session.current_item, self._selected()
        task_id = item.task.id if item is not None and not item.is_suggested and span is None else ""
        place = span or (item.task.spans[0] if item is not None and item.task.spans else None)
        parent = next((c for c in self._comments if c.id == answered), None)
        if parent is not None:
            self._session.submit(answer_to(parent, words, person))
            return
        said = made(report.layer, task_id, place, words, person, datetime.now(UTC))
        self._session.submit(Change("写意见", report.card.id, (Edit(None, said),)))

    def settle(self, comment_id: str, is_resolved: bool) -> None:
        """Call a thread resolved, or not."""
        comment = next((c for c in self._comments if c.id == comment_id), None)
        if comment is not None:
            self._session.submit(settled(comment, is_resolved=is_resolved))

    # --- inside

    def _follow(self, change: object) -> None:
        if isinstance(change, Change) and any(isinstance(e.after or e.before, Comment) for e in change.edits):
            self.load()

    def _shown(self) -> tuple[Comment, ...]:
        item, at = self._session.current_item, self._caret()
        firsts = {c.id for c in self._comments if not c.parent_id and self._is_about(c, item, at)}
        return tuple(c for c in self._comments if c.id in firsts or c.parent_id in firsts)

    def _is_about(self, comment: Comment, item: Item | None, at: int | None) -> bool:
        """A task that is not on this board was somebody else's, or only suggested: its place tells."""
        span = comment.span
        is_known = bool(comment.task_id) and self._session.item(comment.task_id) is not None
        if item is not None:
            is_here = span is not None and any(span.overlaps(own) for own in item.task.spans)
            return comment.task_id == item.task.id or (not is_known and is_here)
        return not is_known and span is not None and at is not None and span.start <= at < span.end


def answer_to(comment: Comment, words: str, person: Person) -> Change:
    """The change that answers a thread's first remark; it stands where the remark stands."""
    said = Comment(
        new_id(),
        comment.report_id,
        comment.layer_id,
        comment.task_id,
        comment.span,
        words,
        person.id,
        person.name,
        datetime.now(UTC),
        parent_id=comment.id,
    )
    return Change("回复意见", comment.report_id, (Edit(None, said),))


def settled(comment: Comment, *, is_resolved: bool) -> Change:
    """The change that calls a thread resolved, or opens it again."""
    edit = Edit(comment, replace(comment, is_resolved=is_resolved))
    return Change("解决意见" if is_resolved else "重新提出意见", comment.report_id, (edit,))
