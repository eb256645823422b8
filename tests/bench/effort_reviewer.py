"""A reviewer who wants exactly the gold and has only the keyboard."""

from collections import Counter
from dataclasses import dataclass

from app.domain.spans import Span
from app.domain.tasks import Item
from app.ui.desk import Desk
from tests.bench.effort_gold import DEADLINE, LEAD, SPAN, TARGET, Gold, Row, extent
from tests.bench.effort_keys import Keyboard, StuckError
from tests.bench.effort_mending import Mender

ACCEPT, MISSING, DISMISS = "accept", "missing", "dismiss"
REASONS = (ACCEPT, LEAD, TARGET, DEADLINE, SPAN, MISSING, DISMISS)


@dataclass(frozen=True, slots=True)
class Effort:
    """What a review took: keys by reason, and how many of the gold's rows stand in the ledger as they should."""

    rows: int
    correct: int
    keys: Counter[str]

    @property
    def per_row(self) -> float:
        """Keys per correct row."""
        return self.keys.total() / self.correct if self.correct else float("inf")


class Reviewer:
    """Walks the tasks of the open report in order and leaves each as the gold has it.

    With `by_paragraph` a run of tasks that are right to the paragraph's end is accepted by one Ctrl+Enter.
    """

    def __init__(self, desk: Desk, gold: Gold, *, by_paragraph: bool = False) -> None:
        self._desk, self._session, self._gold = desk, desk.session, gold
        self._by_paragraph = by_paragraph
        self.keys = Keyboard(desk.view)
        self._mender = Mender(desk, gold, self.keys)

    def review(self) -> Effort:
        """Decide on every task."""
        for _ in range(3 * (len(self._session.items) + len(self._gold.rows))):
            item = self._next()
            if item is None:
                return self._effort()
            done = self._session.undo_stack.index()
            self._decide(item)
            if self._session.undo_stack.index() == done:
                raise StuckError("the keys change nothing")
        raise StuckError("the review comes to no end")

    def _decide(self, item: Item) -> None:
        row = self._row_of(item)
        if row is None:
            self._dismiss()
        elif not self._retag(row, item):
            self._mender.mend(row)
            self._accept()

    def _effort(self) -> Effort:
        done = [i for i in self._session.items if i.task.is_confirmed]
        correct = sum(any(not self._gold.wrong(row, item) for item in done) for row in self._gold.rows)
        return Effort(len(self._gold.rows), correct, self.keys.counts)

    # --- walking

    def _next(self) -> Item | None:
        """The task to decide on now: a missing one first, if it stands before the one that is selected."""
        waiting = [i for i in self._session.items if i.is_open]
        current = self._session.current_item
        missing = next((row for row in self._gold.rows if not self._is_taken_up(row)), None)
        if missing and (not waiting or current is None or missing.span.start < current.start):
            with self.keys.because(MISSING):
                self._make(missing)
            current = self._session.current_item
        elif waiting and (current is None or not current.is_open):
            self.keys.press("N")
            current = self._session.current_item
        return current if current is not None and current.is_open else None

    def _row_of(self, item: Item) -> Row | None:
        """The row that a task is to become: the one it shares most with, unless another task is it already."""
        place = extent(item)
        row = max(self._gold.rows, key=lambda row: _common(row.span, place), default=None)
        if row is None or not _common(row.span, place):
            return None
        others = (i for i in self._session.items if i.task.id != item.task.id)
        return None if any(self._gold.is_place(row.span, extent(i)) for i in others) else row

    def _is_taken_up(self, row: Row) -> bool:
        return any(_common(row.span, extent(item)) for item in self._session.items)

    def _accept(self) -> None:
        self.keys.press("Ctrl+Return" if self._by_paragraph and self._rest_is_right() else "Return")

    def _rest_is_right(self) -> bool:
        """Whether every open task from here to the paragraph's end is right, and none is missing among them."""
        item = self._session.current_item
        if item is None:
            return False
        end = self._desk.tagging._paragraph(item.start).end
        rest = [i for i in self._session.items if i.is_open and item.start <= i.start < end]
        rows = [row for row in self._gold.rows if item.start <= row.span.start < end]
        pairs = zip(rows, rest, strict=False)
        return len(rest) == len(rows) > 1 and not any(self._gold.wrong(row, i) for row, i in pairs)

    def _dismiss(self) -> None:
        item = self._session.current_item
        with self.keys.because(DISMISS):
            self.keys.press("Delete")
            if item is not None and self._session.current_item == item:
                self.keys.press("1")

    # --- spans

    def _make(self, row: Row) -> None:
        """Make a row's sentence a task: by 遗漏检查 if it lists it, else where the caret is led."""
        gap = self._gap_steps(row)
        if gap is not None and gap <= len(self.keys.way(lambda at: row.span.start <= at < row.span.end)):
            self.keys.press(*["G"] * gap)
        else:
            self.keys.go_to(lambda at: row.span.start <= at < row.span.end)
        self._tag(row)

    def _gap_steps(self, row: Row) -> int | None:
        """How often to press G to come to the row; None if 遗漏检查 does not list it."""
        gaps = self._session.gaps
        at = self._desk.view.caret_source() or 0
        after = [g for g in gaps if g.span.start > at]
        walk = [*after, *(g for g in gaps if g not in after)]
        return next((n for n, g in enumerate(walk, 1) if self._gold.is_place(row.span, g.span)), None)

    def _tag(self, row: Row) -> None:
        """Tag the sentence at the caret, or select what the row is."""
        gap = self._desk.tagging._gap
        sentence = gap.span if gap else self._session.sentence_at(self._desk.view.caret_source() or 0)
        if sentence is None or not self._gold.is_place(row.span, sentence):
            self._select(row.span)
        self.keys.press("1")

    def _select(self, span: Span) -> None:
        self.keys.go_to(lambda at: at == span.start)
        self.keys.select_to(span.end, lambda chosen: self._gold.is_place(span, chosen))

    def _retag(self, row: Row, item: Item) -> bool:
        """Give a task the row's span; False if it has it already. What is selected then is looked at anew."""
        if SPAN not in self._gold.wrong(row, item):
            return False
        with self.keys.because(SPAN):
            here, following = extent(item), self._following(item)
            together = Span(here.start, extent(following).end) if following else here
            if self._gold.is_place(row.span, together):
                self.keys.press("M")
            elif abs(row.span.start - here.start) <= 2 and row.span.end < here.end:
                self.keys.go_to(lambda at: at == row.span.end)
                self.keys.press("S")
            else:
                self._tag(row)
        return True

    def _following(self, item: Item) -> Item | None:
        return next((i for i in self._session.items if i.start > item.start), None)


def _common(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))
