"""The session of a review: the board is that of the reviewed layer, and beside it stand the differences."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from typing_extensions import override

from app.domain.board import Board
from app.domain.changes import Change, Edit
from app.domain.comments import Comment
from app.domain.decisions import Choice, Decision
from app.domain.errors import ConflictError, UserError
from app.domain.layer_moves import NOBODY
from app.domain.people import Person
from app.domain.proposals import Office
from app.domain.reports import Layer, LayerState
from app.domain.spans import Span
from app.domain.suggestions import Suggestions
from app.domain.tasks import Dismissal, Tag, Task
from app.review import Difference, Review, Status, agree, choices, decide
from app.ui.review import remarks
from app.ui.review.marks import numbers_of
from app.ui.review.painting import FIRST, SECOND
from app.ui.session import OpenReport, Session
from app.workspace import Workspace

if TYPE_CHECKING:
    from app.domain.layer_moves import MoveName

NOTHING = Suggestions("", (), ())
NOTHING_HERE = "先在差异表里选一处差异。"
ALL_DONE = "全部差异都已裁决，按 Ctrl+Enter 定稿"
BACK = "其余都已裁决，{count}处已退回：用“复核中 ▾”把标注退回本人修改"
WAITING = frozenset({Status.OPEN, Status.STALE})
"""What the reviewer has still to decide; what was returned waits for the annotator."""

NOWHERE = 1 << 40
"""Where a difference without a place begins."""


class ReviewSession(Session):
    """A session over the reviewed layer: its card, its undo and its selection are those of any session.

    `review` is None while no review of the report can be shown. What is only to be looked at (`refusal` says why)
    is refused before anything is written, and by the workspace again.
    """

    review_opened = Signal()  # another review, or none
    differences_changed = Signal()
    difference_changed = Signal()  # another one is current
    comments_changed = Signal()
    said = Signal(str)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(workspace, parent)
        self.review: Review | None = None
        self.layers: tuple[Layer, ...] = ()
        self.task_numbers: dict[str, int] = {}
        self.comments: tuple[Comment, ...] = ()
        self.refusal = ""
        self.own_id = ""
        """The base that the person made, when they look at what review changed in it; else ""."""
        self._key = ""
        self._wanted = ""  # the reviewed layer that was asked for, where there are several
        self._differences: tuple[Difference, ...] = ()
        self._is_stepping = False

    # --- what there is

    @property
    def reviewed(self) -> Layer | None:
        """The reviewed layer of the report, if a review was begun and may be seen."""
        made = [layer for layer in self.layers if layer.is_reviewed and self.workspace.is_visible(layer)]
        wanted = (layer for layer in made if layer.id == self._wanted)
        return next(wanted, max(made, key=_standing, default=None))

    @property
    def differences(self) -> tuple[Difference, ...]:
        """The differences; for the author of a base what review changed in it: own words against what stands now."""
        return self._differences

    @property
    def own_side(self) -> str:
        """Which side the person made, when they look at what review changed in it: "first", "second"; else ""."""
        if self.review is None or not self.own_id:
            return ""
        return FIRST if self.review.first.layer.id == self.own_id else SECOND

    @property
    def is_single(self) -> bool:
        """Whether only one layer is reviewed, and by another: its author compares it with what came of it."""
        return self.review is not None and self.review.second is None and not self.own_id

    @property
    def current_difference(self) -> Difference | None:
        """The difference that is current, as it is now."""
        return next((d for d in self.differences if d.key == self._key), None)

    @property
    def person(self) -> Person | None:
        """Who works here."""
        return self.workspace.person

    def refusals(self, difference: Difference | None) -> dict[Choice, str]:
        """Every choice with "" where it can be taken now, else why not."""
        if self.review is None or difference is None:
            return dict.fromkeys(Choice, NOTHING_HERE)
        if self.refusal:
            return dict.fromkeys(Choice, self.refusal)
        return choices(self.review, difference)

    def remarks_of(self, difference: Difference | None) -> tuple[Comment, ...]:
        """The comments on the task of a difference, on either side, oldest first."""
        if difference is None or self.review is None:
            return ()
        ids = {difference.task_id}
        for pair in self.review.pairs:
            if pair.key == difference.pair_key:
                ids |= {entry.task.id for entry in (*pair.first, *pair.second)}
        return tuple(comment for comment in self.comments if comment.task_id in ids)

    # --- opening

    def show(self, report_id: str, layer_id: str = "") -> None:
        """Open a report's review, if there is one: its text, its differences and what is made of them.

        `layer_id` says which, where there are several. UserError where it cannot be opened; the report's layers are then shown.
        """
        workspace = self.workspace
        self._wanted = layer_id or self._wanted
        self.layers = workspace.layers(report_id) if report_id else ()
        self.refresh_units()
        try:
            review = self._opened(report_id)
        except UserError:
            self._put(None, report_id)
            raise
        if review is not None:
            self.comments = workspace.comments(report_id)
        self._put(review, report_id)

    def _opened(self, report_id: str) -> Review | None:
        layer = self.reviewed
        if layer is None:
            return None
        if self._is_handed_in_again(layer):
            self.workspace.start_review(report_id, layer.base_ids)
            self.layers = self.workspace.layers(report_id)
        return self.workspace.review(layer.id)

    def _put(self, review: Review | None, report_id: str) -> None:
        workspace, key = self.workspace, self._key
        self.review, self._key = review, ""
        self.own_id, self.refusal = "", ""
        self.undo_stack.clear()
        if review is not None:
            bases = [base.layer for base in (review.first, review.second) if base is not None]
            person = self.person
            own = [base.id for base in bases if person is not None and base.person_id == person.id]
            self.own_id = own[0] if own else ""
            self.refusal = workspace.edit_refusal(review.layer)
            self.task_numbers = numbers_of(review.pairs, workspace.issued_numbers(report_id))
        if not report_id:
            self.report = None
        elif self.report is None or self.report.card.id != report_id or review is not None:
            layer = review.layer if review is not None else workspace.layer(report_id)
            is_here = self.report is not None and self.report.card.id == report_id
            reading = self.report.reading if self.report and is_here else workspace.reading(report_id)
            self.report = OpenReport(workspace.report(report_id), reading, layer)
        self._differences = self._seen()
        self.review_opened.emit()
        self.load_board()
        self.go(key if any(d.key == key for d in self.differences) else self._first_key())

    @override
    def load_board(self) -> None:
        """Take the reviewed layer's tasks and tags; nothing is proposed here."""
        report, review = self.report, self.review
        self._board = None
        if report is not None and review is not None:
            office = Office(review.layer.id, date(report.card.metadata.end_year, 12, 31), self.units)
            board = Board(office, NOTHING, self.words, self.task_numbers)
            board.load(review.final.tasks, review.final.tags, ())
            self._board = board
        self.board_loaded.emit()

    @override
    def look_again(self) -> bool:
        """Load what another window has written meanwhile; whether there was anything."""
        report, left_at = self.report, self._left_at
        self._left_at = None
        if report is None or left_at in (None, self.workspace.log_length()):
            return False
        self.show(report.card.id)
        return True

    @override
    def refuse(self, error: UserError) -> None:
        """Announce a refused change; after a conflict show what is in the store, when the undo stack has let go."""
        if isinstance(error, ConflictError):
            QTimer.singleShot(0, self._show_again)
        self.failed.emit(error)

    def _show_again(self) -> None:
        if self.report is not None:
            self.show(self.report.card.id)

    # --- walking

    def go(self, key: str) -> None:
        """Make a difference current, and its task and tag with it."""
        self._key = key
        found = self.current_difference
        if found is not None:
            item = self.item(found.task_id)
            tags = {tag.id for tag in item.tags} if item else set()
            tag = next((t for t in (found.first_tag, found.second_tag) if t in tags), "")
            self.select(found.task_id, tag)
        else:
            self.select("")
        self.difference_changed.emit()

    def go_on(self, passes: Callable[[Difference], bool]) -> None:
        """Go to the next one that waits for the reviewer and passes a filter, round the end if need be."""
        differences = self.differences
        at = next((n for n, d in enumerate(differences) if d.key == self._key), -1)
        waiting = [d for d in (*differences[at + 1 :], *differences[: at + 1]) if d.status in WAITING]
        found = next(filter(passes, waiting), None)
        if found is not None:
            self.go(found.key)
            return
        back = sum(d.status is Status.RETURNED for d in differences)
        if waiting:
            self.said.emit(f"筛选内都已裁决，其余还有{len(waiting)}处")
        else:
            self.said.emit(BACK.format(count=back) if back else ALL_DONE)

    # --- deciding

    def decide(self, choice: Choice, reason: str = "") -> bool:
        """Decide on the current difference; False, with the reason said, where that makes no sense."""
        review, difference, person = self.review, self.current_difference, self.person
        refusal = self.refusals(difference)[choice]
        if refusal or review is None or difference is None or person is None:
            self.said.emit(refusal or NOBODY)
            return False
        return self._build(lambda: decide(review, difference, choice, person, _now(), reason))

    def agree(self) -> bool:
        """Agree with everything in the task of the current difference; True also where nothing was left to say."""
        review, difference, person = self.review, self.current_difference, self.person
        if review is None or difference is None:
            return False
        if self.refusal or person is None:
            self.said.emit(self.refusal or NOBODY)
            return False
        if not any(d.pair_key == difference.pair_key and d.status in WAITING for d in self.differences):
            return True
        return self._build(lambda: agree(review, difference.pair_key, person, _now()))

    def remark(self, words: str, answered: str) -> bool:
        """Say something about the task of the current difference, or answer a remark."""
        review, difference, person = self.review, self.current_difference, self.person
        if review is None or difference is None or person is None:
            return False
        parent = next((c for c in self.comments if c.id == answered), None)
        place = Span(difference.start, difference.start + 1) if difference.start < NOWHERE else None
        said = remarks.made(review.layer, difference.task_id, place, words, person, _now(), parent)
        return self._build(lambda: Change("写意见", self.report_id, (Edit(None, said),)))

    def settle(self, comment_id: str, is_resolved: bool) -> bool:
        """Call a thread resolved, or not."""
        comment = next((c for c in self.comments if c.id == comment_id), None)
        if comment is None:
            return False
        edit = Edit(comment, replace(comment, is_resolved=is_resolved))
        return self._build(
            lambda: Change("解决意见" if is_resolved else "重新提出意见", self.report_id, (edit,))
        )

    @override
    def submit(self, change: Change) -> bool:
        """Write a change; an edit by hand with the decisions it means, for which the store would read both layers."""
        review, person = self.review, self.person
        if review is not None and person is not None and not self.refusal and _is_by_hand(change):
            completed = review.completed(change, person, _now())
            change = completed if completed.edits else change
        return super().submit(change)

    # --- moves of layers

    def start(self, base_ids: Sequence[str]) -> None:
        """Begin to review these layers, or go on with it."""
        begun = self.workspace.start_review(self.report_id, base_ids)
        self.show(self.report_id, begun.id)

    def move(self, name: "MoveName", layer_id: str, reason: str = "") -> None:
        """Move a layer on: what stood on the undo stack stays done. Raises UserError where that may not be."""
        self.workspace.move(name, layer_id, reason)
        self.show(self.report_id)

    def left_over(self) -> int:
        """How many differences are not decided; the first of them becomes current."""
        waiting = [d for d in self.differences if d.is_open]
        if waiting:
            self.go(waiting[0].key)
        return len(waiting)

    # --- inside

    @override
    def _follow(self, done: Change) -> None:
        if self.review is not None and done.report_id == self.report_id:
            self.review.apply(done)
            self._differences = self._seen()
        super()._follow(done)
        if any(isinstance(edit.after or edit.before, Comment) for edit in done.edits):
            self.comments = self.workspace.comments(self.report_id)
            self.comments_changed.emit()
        decided = next((e.after or e.before for e in done.edits if _is_decision(e)), None)
        if isinstance(decided, Decision) and decided.choice is not Choice.EDITED and self._is_stepping:
            self.go(decided.key)
        self.differences_changed.emit()

    @override
    def step(self, move: Callable[[], None]) -> None:
        """Undo or redo, and go to the difference that it was about."""
        self._is_stepping = True
        try:
            move()
        finally:
            self._is_stepping = False

    def _is_handed_in_again(self, layer: Layer) -> bool:
        """Whether an annotator has corrected what was returned: the review then goes on with it."""
        bases = [base for base in self.layers if base.id in layer.base_ids]
        return any(base.state is LayerState.SUBMITTED for base in bases) and not (
            self.workspace.edit_refusal(layer)
        )

    def _seen(self) -> tuple[Difference, ...]:
        review, own = self.review, self.own_side
        if review is None:
            return ()
        if not own:
            return review.differences
        return tuple(_against(d, review.outcome(d), own) for d in review.changed_in(self.own_id))

    def _build(self, build: Callable[[], Change]) -> bool:
        try:
            change = build()
        except UserError as error:
            self.said.emit(str(error))
            return False
        return self.submit(change)

    def _first_key(self) -> str:
        differences = self.differences
        waiting = (d.key for d in differences if d.status in WAITING)
        return next(waiting, differences[0].key if differences else "")


def _against(difference: Difference, outcome: str, own: str) -> Difference:
    """A difference as the author of one side sees it: their own words, and what stands in the reviewed layer."""
    first, second = (difference.first, difference.first_tag), (difference.second, difference.second_tag)
    (words, tag), (_, other) = (first, second) if own == FIRST else (second, first)
    return replace(difference, first=words, second=outcome, first_tag=tag, second_tag=other)


def _is_by_hand(change: Change) -> bool:
    return any(isinstance(edit.after or edit.before, Task | Tag | Dismissal) for edit in change.edits)


def _is_decision(edit: Edit) -> bool:
    return isinstance(edit.after or edit.before, Decision)


def _standing(layer: Layer) -> tuple[bool, bool, datetime]:
    """The review that counts, where several were begun: a final one, else one of two layers, else the newest."""
    created = layer.created or datetime.min.replace(tzinfo=UTC)
    return layer.state is LayerState.FINAL, len(layer.base_ids) > 1, created


def _now() -> datetime:
    return datetime.now(UTC)
