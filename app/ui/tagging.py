"""What the keys over the text do: walk, accept, dismiss, tag, split, merge."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from app.domain import edits
from app.domain.board import Delta
from app.domain.errors import UserError
from app.domain.spans import Span
from app.domain.suggestions import Uncovered
from app.domain.tasks import Item, Role, Tag, TagKind
from app.ui.session import Session
from app.ui.views.report_view import ReportView
from app.ui.views.task_panel import TaskPanel

if TYPE_CHECKING:
    from app.ui.views.task_card import TaskCard

Asker = Callable[[str, Callable[[str], None]], None]
"""Asks for a reason (first argument: the words that ask) and hands it on; nothing happens if the user cancels."""


class Tagging(QObject):
    """The tagging keys. Ties text, table and card to the session's selection, both ways.

    `card` gives the card, which is made when it is first needed.
    """

    said = Signal(str)  # a word for the status line

    def __init__(
        self,
        session: Session,
        view: ReportView,
        panel: TaskPanel,
        card: "Callable[[], TaskCard]",
        ask_reason: Asker,
    ) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._panel = panel
        self._card = card
        self._ask_reason = ask_reason
        self._gap: Uncovered | None = None
        self._is_following = False
        view.caret_moved.connect(self.follow_caret)
        view.mark_clicked.connect(self._follow_click)
        session.current_changed.connect(self._show_current)
        session.items_changed.connect(self._forget_gap)

    # --- walking

    def next_open(self) -> None:
        """Go to the next task that waits for a decision, round the end if need be."""
        self._go_open(forward=True)

    def previous_open(self) -> None:
        """Go to the one before."""
        self._go_open(forward=False)

    def next_tag(self) -> None:
        """Go to the next tag of the task, the first after the last."""
        self._step_tag(1)

    def previous_tag(self) -> None:
        """Go to the tag before."""
        self._step_tag(-1)

    def leave_tag(self) -> None:
        """Go back from a tag to its whole task."""
        self._session.select(self._session.current.item_id)

    def next_gap(self) -> None:
        """Go to the next sentence that 遗漏检查 lists."""
        gaps = self._session.gaps
        if not gaps:
            self.said.emit("没有遗漏")
            return
        at = self._view.caret_source() or 0
        self.show_gap(next((g for g in gaps if g.span.start > at), gaps[0]))

    def show_gap(self, gap: Uncovered) -> None:
        """Show a sentence of 遗漏检查: 1 makes it a task, Delete dismisses it with a reason."""
        self._session.select("")
        self._view.reveal(gap.span)
        self._view.setFocus()
        self._gap = gap
        self.said.emit(f"{gap.reason}：按 1 立为任务，按 Delete 忽略并说明理由")

    # --- deciding

    def accept(self) -> None:
        """Accept the selected tag, or the whole task, and move on."""
        item, tag = self._session.current_item, self._session.current_tag
        if item is None:
            self.next_open()
        elif tag is not None:
            self._accept_tag(item, tag)
        else:
            if item.is_open:
                self._session.submit(edits.accept(self._session.report_id, [item]))
            self.next_open()

    def accept_rest(self) -> None:
        """Accept every open task from here to the paragraph's end, and move on."""
        item = self._session.current_item
        if item is None or not item.task.spans:
            return
        paragraph = self._paragraph(item.task.spans[0].start)
        rest = [i for i in self._session.items if i.is_open and item.start <= i.start < paragraph.end]
        if rest:
            self._session.submit(edits.accept(self._session.report_id, rest))
        self.next_open()

    def dismiss(self) -> None:
        """Dismiss the selected tag, or the task (with a reason when it holds a figure), or the gap shown."""
        item, tag = self._session.current_item, self._session.current_tag
        if item is not None and tag is not None:
            index = item.tags.index(tag)
            self._session.submit(edits.dismiss_tag(self._session.report_id, item, tag))
            self._select_tag_at(index)
        elif item is not None:
            self._dismiss_item(item)
        elif self._gap is not None:
            self._dismiss_gap(self._gap)

    def reopen(self) -> None:
        """Take the task's confirmation back."""
        item = self._session.current_item
        if item is not None and item.task.is_confirmed:
            self._session.submit(edits.reopen(self._session.report_id, item))

    # --- tagging

    def tag_task(self) -> None:
        """Make the selected words, or the sentence at the caret, a task."""
        report = self._session.report
        span = self._chosen() or (self._gap and self._gap.span) or self._sentence()
        if report is None or span is None:
            self.said.emit("先选中原文，再按 1")
            return
        quote = self._session.words(span)
        change, task_id = edits.new_task(report.card.id, report.layer.id, (span,), quote)
        if self._session.submit(change):
            self._session.select(task_id)
            self._view.reveal(span)

    def tag_target(self) -> None:
        """Tag the selected words as a target; without a selection edit the selected target, or a new one."""
        tag = self._session.current_tag
        known = tag if tag is not None and tag.kind is TagKind.TARGET else None
        self._tag(TagKind.TARGET, lambda: self._card().edit_target(known))

    def tag_owner(self) -> None:
        """Tag the selected words as an owner: the lead if the task has none yet, else a supporter."""
        self._tag(TagKind.OWNER, lambda: self._card().edit_lead())

    def tag_deadline(self) -> None:
        """Tag the selected words as the deadline."""
        self._tag(TagKind.DEADLINE, lambda: self._card().edit_deadline())

    def tag_measure(self) -> None:
        """Tag the selected words as a measure."""
        self._tag(TagKind.MEASURE, lambda: self._card().focus_field("measures"))

    def tag_standard(self) -> None:
        """Tag the selected words as the standard."""
        self._tag(TagKind.STANDARD, lambda: self._card().focus_field("standard"))

    def edit_card(self) -> None:
        """Go into the card's fields."""
        if self._session.current_item is not None:
            self._card().focus_field("title")

    # --- reshaping

    def split(self) -> None:
        """Split the task at the caret; the first part stays selected, so that Enter walks on to the second."""
        item, at = self._session.current_item, self._view.caret_source()
        if item is None or at is None:
            return
        change, _ = edits.split(self._session.report_id, item, at, self._session.words)
        self._session.submit(change)

    def merge(self) -> None:
        """Merge the tasks selected in the table, or this one and the next."""
        chosen = set(self._panel.selected_ids())
        items = [i for i in self._session.items if i.task.id in chosen]
        if len(items) < 2:
            items = self._with_next()
        self._session.submit(edits.merge(self._session.report_id, items))

    def add_task(self, title: str, source: str) -> None:
        """A task without a source in the text: `source` says where it comes from (a meeting's decision)."""
        report = self._session.report
        if report is None or not title.strip():
            return
        year_end = date(report.card.metadata.end_year, 12, 31)
        change, task_id = edits.decided_task(report.card.id, report.layer.id, title.strip(), source, year_end)
        if self._session.submit(change):
            self._session.select(task_id)

    # --- inside

    def _go_open(self, *, forward: bool) -> None:
        waiting = [i for i in self._session.items if i.is_open]
        if not waiting:
            self.said.emit("全部任务都已处理")
            return
        here = self._place()
        if forward:
            found = next((i for i in waiting if (i.start, i.number) > here), waiting[0])
        else:
            found = next((i for i in reversed(waiting) if (i.start, i.number) < here), waiting[-1])
        self._session.select(found.task.id)

    def _place(self) -> tuple[int, int]:
        item = self._session.current_item
        if item is not None:
            return item.start, item.number
        return self._view.caret_source() or 0, -1

    def _step_tag(self, step: int) -> None:
        item = self._session.current_item
        if item is None or not item.tags:
            return
        ids = [tag.id for tag in item.tags]
        at = self._session.current.tag_id
        index = ids.index(at) + step if at in ids else (0 if step > 0 else -1)
        self._session.select(item.task.id, ids[index % len(ids)])

    def _accept_tag(self, item: Item, tag: Tag) -> None:
        index = item.tags.index(tag)
        if tag.version == 0:
            self._session.submit(edits.accept_tag(self._session.report_id, item, tag))
        item = self._session.current_item or item
        waiting = [t for t in item.tags[index + 1 :] if t.version == 0]
        self._session.select(item.task.id, waiting[0].id if waiting else "")

    def _select_tag_at(self, index: int) -> None:
        item = self._session.current_item
        if item is not None:
            tag_id = item.tags[min(index, len(item.tags) - 1)].id if item.tags else ""
            self._session.select(item.task.id, tag_id)

    def _dismiss_item(self, item: Item) -> None:
        def go(reason: str) -> None:
            following = self._after(item)
            if self._session.submit(edits.dismiss(self._session.report_id, item, reason)):
                self._session.select(following.task.id if following else "")

        if item.of_kind(TagKind.TARGET):
            self._ask_reason(f"“{item.task.title}”含有量化指标，忽略要说明理由：", go)
        else:
            go("")

    def _after(self, item: Item) -> Item | None:
        waiting = [i for i in self._session.items if i.is_open and i.task.id != item.task.id]
        here = (item.start, item.number)
        return next((i for i in waiting if (i.start, i.number) > here), waiting[0] if waiting else None)

    def _dismiss_gap(self, gap: Uncovered) -> None:
        report = self._session.report

        def go(reason: str) -> None:
            if report is not None:
                change = edits.dismiss_sentence(report.card.id, report.layer.id, gap.span, reason)
                self._session.submit(change)
                self.next_gap()

        self._ask_reason(f"“{gap.text}”列在遗漏检查中，忽略要说明理由：", go)

    def _with_next(self) -> list[Item]:
        items = list(self._session.items)
        ids = [item.task.id for item in items]
        here = self._session.current.item_id
        if here not in ids or ids.index(here) + 1 == len(ids):
            raise UserError("请先选中要合并的任务：光标所在的任务和它后面的一项，或在任务表里多选。")
        index = ids.index(here)
        return items[index : index + 2]

    def _tag(self, kind: TagKind, edit: Callable[[], object]) -> None:
        span = self._chosen()
        if span is None and self._session.current_item is None:
            self.said.emit("先选中原文，或先走到一项任务")
        if span is None:
            if self._session.current_item is not None:
                edit()
            return
        item = self._item_at(span.start)
        if item is None:
            self.said.emit("选中的文字不在任务里：先按 1 立为任务")
            return
        text = self._session.words(span)
        role = Role.SUPPORT if item.lead is not None and item.lead.version else Role.LEAD
        value = self._session.read_value(kind, span, role)
        if self._session.submit(edits.add_tag(self._session.report_id, item, kind, value, text, (span,))):
            self._view.drop_selection()

    def _chosen(self) -> Span | None:
        """The selected words, snapped to word ends unless Ctrl is held."""
        is_exact = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)
        return self._view.selected_span(exact=is_exact)

    def _item_at(self, offset: int) -> Item | None:
        """The task around a source offset; in a table else one of the same row: the current, or the last before.

        While a gap is shown it is that which is meant, not its row.
        """
        items = self._session.items
        at = (item for item in items if any(s.start <= offset < s.end for s in item.task.spans))
        return next(at, None) or (None if self._gap else self._item_of_row(offset))

    def _item_of_row(self, offset: int) -> Item | None:
        row = self._session.row_at(offset)
        if row is None:
            return None
        beside = [i for i in self._session.items if i.task.spans and row.start <= i.start < row.end]
        before = [i for i in beside if i.start <= offset]
        current = (i for i in beside if i.task.id == self._session.current.item_id)
        return next(current, None) or next(iter(before[-1:] or beside), None)

    def _sentence(self) -> Span | None:
        at = self._view.caret_source()
        return self._session.sentence_at(at) if at is not None else None

    def _paragraph(self, offset: int) -> Span:
        report = self._session.report
        if report is None:
            return Span(offset, offset)
        shown = report.reading.shown
        place = shown.to_shown(Span(offset, offset + 1)) or Span(0, 0)
        block = next((b for b in shown.blocks if b.start <= place.start <= b.end), None)
        return (shown.to_source(Span(block.start, block.end)) if block else None) or Span(offset, offset)

    # --- the selection, both ways

    def follow_caret(self, offset: object) -> None:
        """Select the task around a source offset; nothing where there is none."""
        if self._is_following or not isinstance(offset, int):
            return
        if self._gap and not self._gap.span.start <= offset < self._gap.span.end:
            self._gap = None
        item = self._item_at(offset)
        self._is_following = True
        self._session.select(item.task.id if item else "")
        self._is_following = False

    def _follow_click(self, mark: object) -> None:
        task_id, tag_id = getattr(mark, "task_id", ""), getattr(mark, "id", "")
        self._session.select(task_id, "" if tag_id == task_id else tag_id)

    def _show_current(self, _current: object) -> None:
        item, tag = self._session.current_item, self._session.current_tag
        self._view.set_current(item.task.id if item else None, tag.id if tag else None)
        if self._is_following or item is None:
            return
        spans = (tag.spans if tag else ()) or item.task.spans
        if spans:
            self._is_following = True
            self._view.reveal(spans[0])
            self._is_following = False

    def _forget_gap(self, _delta: Delta) -> None:
        self._gap = None
