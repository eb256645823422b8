"""The desk: everything the window shows of one open workspace."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.board import Delta, marks
from app.domain.codec import Json
from app.domain.errors import UserError
from app.domain.note_terms import notes_in
from app.domain.spans import Span
from app.ui.actions import Actions
from app.ui.drafts import Drafts
from app.ui.keys_now import KEYS, Place
from app.ui.labels import margin_states
from app.ui.layer_watch import LayerWatch, title_words
from app.ui.search import SearchBox
from app.ui.session import OpenReport, Session
from app.ui.tagging import Tagging
from app.ui.theme import DARK, Theme
from app.ui.views import report_painting
from app.ui.views.card_place import CardPlace
from app.ui.views.coverage_panel import CoveragePanel
from app.ui.views.empty_page import EmptyPage
from app.ui.views.guide_strip import GuideStrip
from app.ui.views.key_bar import KeyBar
from app.ui.views.outline_panel import OutlinePanel
from app.ui.views.panel import Panel
from app.ui.views.report_view import ReportView
from app.ui.views.task_panel import TaskPanel
from app.workspace import Workspace

if TYPE_CHECKING:
    from app.ui.views.task_card import TaskCard
    from app.ui.views.task_remarks import TaskRemarks

CARD_DELAY = 20
"""Milliseconds between the first paint and the making of the card: text, table and keys come first."""
PLACE_DELAY = 400
"""Milliseconds after the last move before the place is remembered."""


class Desk(QWidget):
    """Text, outline and gaps left, tasks and card right, the keys below; one session behind them all."""

    titled = Signal(str)

    def __init__(
        self, workspace: Workspace, actions: Actions, theme: Theme, tell: Callable[[object], None]
    ) -> None:
        super().__init__()
        self.session = Session(workspace, self)
        self._tell = tell
        self._place: dict[str, Json] = {}
        self._is_restoring = False
        self._is_released = False
        self.view = ReportView(self)
        self.view.setObjectName("report")
        self.panel = TaskPanel(self.session, self)
        self._drafts = Drafts(self.session)
        self._card: TaskCard | None = None
        self.remarks: TaskRemarks | None = None
        self._card_place = CardPlace(CARD_DELAY, self)
        self.outline = OutlinePanel(self.session, theme, self)
        self.coverage = CoveragePanel(self.session, self)
        self.keys = KeyBar(self)
        self.guide = GuideStrip(self)
        self.layer = LayerWatch(self.session, self.panel, actions, self)
        self.tagging = Tagging(self.session, self.view, self.panel, lambda: self.card, self._ask_reason)
        self.search = SearchBox(self.view, self.panel, self)
        self._place_timer = QTimer(self, interval=PLACE_DELAY, singleShot=True)
        self._lay_out(actions)
        self._connect()
        self.set_theme(theme)
        actions.work_in(self.view)
        actions.work_in(self.panel.table)

    @property
    def card(self) -> "TaskCard":
        """The card of the selected task: made when it is first needed, at the latest behind the first paint."""
        if self._card is None:
            from app.ui.views.task_card import TaskCard

            self._card = TaskCard(self.session, self._drafts, self)
            self._card.left.connect(self.view.setFocus)
            self._card.reveal.connect(self._reveal)
            self.layer.watch(self._card)
            self._card_place.take(self._card)
            self._make_remarks()
        return self._card

    def begin_remark(self) -> None:
        """Go into the line for a remark about the selected task or words; say why where none can be written."""
        _ = self.card
        if self.remarks is not None:
            self.remarks.begin()
            self.say(self.remarks.refusal)

    # --- what the window asks for

    def open_last(self) -> None:
        """Open the report that was open when the workspace was closed, else the first."""
        reports = self.session.workspace.reports()
        last = self.session.workspace.setting("last_report", "")
        ids = [card.id for card in reports]
        self.show_report(last if last in ids else (ids[0] if ids else None))

    def show_report(self, report_id: str | None) -> None:
        """Show a report where the reviewer left it: its text first, then its tasks."""
        self.commit_pending()
        self._remember_place()
        self.session.open_report(report_id)
        QTimer.singleShot(0, self.session.load_board)

    def reload(self) -> None:
        """Load the report's tasks again from the store."""
        self.session.load_board()

    def commit_pending(self) -> None:
        """Write what is still only typed."""
        if self._card is not None and not self._is_released:
            self._card.commit_pending()

    @property
    def is_unsaved(self) -> bool:
        """Whether something typed could not be written."""
        return self._card is not None and self._card.is_unsaved

    def set_theme(self, theme: Theme) -> None:
        """Repaint in a theme's colours."""
        self.outline.set_theme(theme)
        is_dark = theme is DARK
        self.view.set_colours(
            report_painting.DARK if is_dark else report_painting.LIGHT, self.session.styles, dark=is_dark
        )

    def undo(self) -> None:
        """Take the last edit back, say which, and show where it was."""
        self.say(self.session.undo())

    def redo(self) -> None:
        """Do the edit taken back again."""
        self.say(self.session.redo())

    def say(self, words: str) -> None:
        """Say a word in the bottom line."""
        self.keys.say(words)

    def add_task(self) -> None:
        """Ask for a task without a source."""
        if self.session.report is None:
            raise UserError("请先导入报告，再新增任务。")
        from app.ui.dialogs.new_task_dialog import NewTaskDialog

        NewTaskDialog(self.tagging.add_task, self).open()

    def show_note(self) -> None:
        """Show the note of the term at the caret, or of the next one in its paragraph."""
        if not self.view.show_note():
            self.say("这一段光标之后没有带注释的词")

    def show_guide(self) -> None:
        """Show the guide to the first keys."""
        self.guide.show()

    def release(self, *, is_discarding: bool = False) -> None:
        """Write what is pending, unless that was given up, and close the workspace; once is enough."""
        if self._is_released:
            return
        self._is_released = True
        for dialog in self.findChildren(QDialog):
            dialog.close()  # none may edit a closed workspace
        try:
            if not is_discarding:
                if self._card is not None:
                    self._card.commit_pending()
                self._remember_place()
        finally:
            self.session.close()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.release()
        super().closeEvent(event)

    # --- construction

    def _lay_out(self, actions: Actions) -> None:
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.view)
        empty = EmptyPage(
            "还没有报告",
            "导入政府工作报告或规划纲要（Word、WPS、PDF、OFD、网页或文本），程序会找出其中的任务、目标和时限。也可以把文件拖进窗口。",
            [("导入报告…  Ctrl+I", actions["import_report"].trigger)],
            self,
        )
        self._pages.addWidget(empty)
        text = Panel("原文", self._pages, self)
        text.head.removeWidget(text.note)
        text.head.addWidget(text.note)
        text.head.addWidget(self.search)
        self.search.counted.connect(text.note.setText)
        left = _split(Qt.Orientation.Vertical, (self.outline, 3), (self.coverage, 1))
        right = _split(Qt.Orientation.Vertical, (self.panel, 2), (self._card_place, 3))
        self.splitter = _split(Qt.Orientation.Horizontal, (left, 0), (text, 1), (right, 1))
        self.splitter.setSizes([280, 570, 560])
        right.setSizes([360, 460])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.guide)
        column.addWidget(self.layer.strip)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.keys)
        self.guide.setVisible(not self.session.workspace.setting("guide_seen", False))

    def _connect(self) -> None:
        session = self.session
        session.report_opened.connect(self._show_text)
        session.board_loaded.connect(self._show_items)
        session.items_changed.connect(self._follow)
        session.current_changed.connect(self._moved)
        session.failed.connect(self._tell)
        self.tagging.said.connect(self.say)
        self.layer.changed.connect(self._show_keys)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._show_keys)
        self.outline.chosen.connect(self._show_section)
        self.coverage.chosen.connect(self.tagging.show_gap)
        for panel in (self.outline, self.coverage):
            leave = QShortcut(QKeySequence("Esc"), panel)
            leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            leave.activated.connect(self.view.setFocus)
        self._card_place.painted.timeout.connect(self._make_card)
        self.view.caret_moved.connect(self._caret_moved)
        self.view.set_snapper(session.workspace.word_span)
        self.guide.closed.connect(lambda: session.workspace.set_setting("guide_seen", True))
        self._place_timer.timeout.connect(self._remember_place)

    # --- following the session

    def _show_text(self, report: OpenReport | None) -> None:
        self._pages.setCurrentIndex(0 if report else 1)
        self.search.clear()
        self.say("")
        self._show_keys()
        if report is None:
            self.titled.emit("")
            self.keys.show_state("")
            return
        workspace = self.session.workspace
        self._is_restoring = True
        # the store first: ten milliseconds after a document is set Qt lays out more of it before it paints
        stored = workspace.marks(report.layer.id)
        self.view.show_report(report.reading.shown)
        self.view.set_marks(stored, {})
        place = self._place = workspace.setting(f"place:{report.card.id}", {})
        self.view.set_zoom(int(place.get("zoom", 100)))
        self.view.reveal(Span(int(place.get("caret", 0)), int(place.get("caret", 0)) + 1))
        self._is_restoring = False
        self._place_timer.start()
        self.titled.emit(title_words(report, workspace.person))
        self.view.setFocus()

    def _show_items(self) -> None:
        report = self.session.report
        if report is None:
            return
        noted = partial(notes_in, report.reading) if report.reading.notes else None
        self.view.set_notes(noted)  # behind the first paint, which need not look for terms
        self.view.set_marks(marks(self.session.items), self.session.numbers)
        self.view.set_numbers(margin_states(self.session.items))
        self._show_state()
        place = self._place
        item = self.session.item(str(place.get("item", "")))
        if item is None:
            item = next(iter(self.session.items), None) if not place else None
        if item is not None and not self.session.current.item_id:
            self.session.select(item.task.id)
        field = "" if self.layer.refusal else self._drafts.take_up()
        if field:
            self.say(f"已恢复没有写完的“{self.card.fields[field].accessibleName()}”")
        newer = self.session.workspace.next_version(report.card.id)
        if newer is not None:
            self.say(f"这份报告已有新版本：第{newer.number}号")

    def _follow(self, delta: Delta) -> None:
        self.view.patch_marks(marks(delta.removed), marks(delta.added))
        self.view.set_numbers(margin_states(self.session.items))
        self._show_state()
        self.say("")

    def _show_state(self) -> None:
        items, gaps = self.session.items, len(self.session.gaps)
        decided = sum(not item.is_open for item in items)
        revised = sum(bool(item.task.revised) + sum(bool(t.revised) for t in item.tags) for item in items)
        waiting = f" · 修订待核对 {revised}" if revised else ""
        self.keys.show_state(f"已处理 {decided} / {len(items)} · 遗漏 {gaps}{waiting} · 已保存")

    def _moved(self, _current: object) -> None:
        self._place_timer.start()
        self._show_keys()
        item = self.session.current_item
        if item is not None and item.task.spans:
            self.outline.follow(item.start)

    def _show_keys(self) -> None:
        self.keys.show_keys(KEYS[self._where()])

    def _where(self) -> Place:
        """Where the keyboard is."""
        if self.session.report is None:
            return Place.NOWHERE
        focus = QApplication.focusWidget()
        if focus is self.search:
            return Place.SEARCH
        in_text = focus is None or focus in (self.view, self.panel.table) or not self.isAncestorOf(focus)
        if focus is not None and not in_text and self._card_place.isAncestorOf(focus):
            is_remark = self.remarks is not None and self.remarks.isAncestorOf(focus)
            return Place.REMARK if is_remark else Place.FIELD
        if self.layer.refusal:
            return Place.LOOKING
        return Place.TAG if self.session.current_tag else Place.TEXT

    def _caret_moved(self, offset: object) -> None:
        if isinstance(offset, int) and not self._is_restoring:
            self.outline.follow(offset)
            self._place_timer.start()

    def _show_section(self, span: object) -> None:
        if isinstance(span, Span):
            self.view.reveal(Span(span.start, span.start + 1))
            self.tagging.follow_caret(self.view.caret_source())
            self.panel.set_section(span)
            self.view.setFocus()

    def _reveal(self, span: object) -> None:
        if isinstance(span, Span):
            self.view.reveal(span)

    def _make_card(self) -> None:
        if not self._is_released:
            _ = self.card

    def _make_remarks(self) -> None:
        from app.ui.views.task_remarks import TaskRemarks

        view = self.view
        self.remarks = TaskRemarks(
            self.session, partial(view.selected_span, exact=True), view.caret_source, self
        )
        self.remarks.left.connect(view.setFocus)
        view.caret_moved.connect(self.remarks.follow_caret)
        self._card_place.take(self.remarks)

    def _ask_reason(self, question: str, then: Callable[[str], None]) -> None:
        from app.ui.dialogs.reason_dialog import ReasonDialog

        ReasonDialog(question, then, self).open()

    def _remember_place(self) -> None:
        self._place_timer.stop()
        report = self.session.report
        if report is None:
            return
        self.session.workspace.set_setting("last_report", report.card.id)
        if not self.session.items:
            return
        current = self.session.current_item
        place = self._place = {
            "caret": self.view.caret_source() or 0,
            "item": (current.task.origin or current.task.id) if current else "",
            "zoom": self.view.zoom_percent,
        }
        self.session.workspace.set_setting(f"place:{report.card.id}", place)


def _split(orientation: Qt.Orientation, *parts: tuple[QWidget, int]) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    for index, (widget, stretch) in enumerate(parts):
        splitter.addWidget(widget)
        splitter.setStretchFactor(index, stretch)
    return splitter
