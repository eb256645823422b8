"""复核: the text with both layers, the differences, the buttons that decide, comments and agreement."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QDialog, QStackedWidget, QVBoxLayout, QWidget

from app.domain.decisions import Choice
from app.domain.errors import UserError
from app.domain.layer_moves import MoveName
from app.domain.spans import Span
from app.ui.drafts import Drafts
from app.ui.page_keys import PageKeys
from app.ui.review import keys, saying
from app.ui.review.agreeing import Agreeing
from app.ui.review.body import ReviewBody
from app.ui.review.layers_page import LayersPage, layer_row
from app.ui.review.marks import tag_words
from app.ui.review.reviewing import Reviewing
from app.ui.review.session import ReviewSession
from app.ui.review.table import Facts, decision_words
from app.ui.review.text import TwoLayers
from app.ui.theme import DARK, Theme
from app.ui.views import report_painting
from app.ui.views.empty_page import EmptyPage
from app.ui.views.key_bar import KeyBar
from app.workspace import Workspace

if TYPE_CHECKING:
    from app.ui.prompts import Prompts
    from app.ui.views.task_card import TaskCard

SETTING = "draft:review"
"""Where what is typed into the card of the reviewed layer is kept until it is written."""

TO_TAGGING = "新增任务请先回到标注页（Alt+1）。"


class ReviewDesk(QWidget):
    """One review at a time; without one the layers that there are. `titled` as for the desk."""

    titled = Signal(str)

    def __init__(
        self, workspace: Workspace, prompts: "Prompts", theme: Theme, tell: Callable[[object], None]
    ) -> None:
        super().__init__()
        self.session = ReviewSession(workspace, self)
        self._tell = tell
        self._drafts = Drafts(self.session, SETTING)
        self._card: TaskCard | None = None
        self._is_released = False
        self._facts = Facts({}, {}, ())
        self.keys = KeyBar(self)
        self.body = ReviewBody(self.session, self)
        self.layers = LayersPage(self)
        self.text = TwoLayers(self.session, self.body.view)
        self.reviewing = Reviewing(self.session, self.body.panel, prompts, self._ask, self._show_card)
        self.agreeing = Agreeing(self.session, self.body.agreement, prompts)
        self._pages = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        empty = EmptyPage("还没有报告", "先在标注页导入报告。", [], self)
        for page in (self.body, self.layers, empty):
            self._pages.addWidget(page)
        self._actions = PageKeys(self, keys.SPECS, self.run)
        self._actions.work_in(self.body.view)
        self._actions.work_in(self.body.panel.grid)
        self._connect()
        self.set_theme(theme)

    @property
    def card(self) -> "TaskCard":
        """The card of the reviewed layer's task: made when something is first edited."""
        if self._card is None:
            from app.ui.views.task_card import TaskCard

            self._card = TaskCard(self.session, self._drafts, self)
            self._card.left.connect(self._leave_card)
            self._card.reveal.connect(self._reveal)
            self._card.set_editable(not self.session.refusal, self.session.refusal)
        return self._card

    # --- what the window asks for

    def show_report(self, report_id: str) -> None:
        """Show a report's review where it was left; what was written elsewhere meanwhile is loaded."""
        session = self.session
        if session.review is None or session.report_id != report_id:
            session.show(report_id)
        else:
            session.look_again()
        self.titled.emit(saying.title(self.session))
        self.focus()

    def reload(self, report_id: str) -> None:
        """Show a report's review as it is in the store."""
        self.session.show(report_id)

    def focus(self) -> None:
        """Give the keyboard to what is shown."""
        if self._pages.currentWidget() is self.body:
            self.body.panel.grid.setFocus()
        elif self._pages.currentWidget() is self.layers:
            self.layers.begin()

    def run(self, name: str) -> None:
        """Do what a key of the page means; a UserError is told."""
        act = self._own_acts().get(name) or getattr(self.reviewing, name)
        try:
            act()
        except UserError as error:
            self._tell(error)

    def acts(self) -> dict[str, Callable[[], object]]:
        """What the window's own actions do while this page is shown; without a report, what they do anyway."""
        view, search, session = self.body.view, self.body.search, self.session
        if session.report is None:
            return {}
        return {
            "undo": self.undo,
            "redo": self.redo,
            "search": search.begin,
            "next_hit": search.next_hit,
            "previous_hit": search.previous_hit,
            "zoom_in": lambda: view.zoom(1),
            "zoom_out": lambda: view.zoom(-1),
            "zoom_reset": lambda: view.set_zoom(100),
            "focus_text": view.setFocus,
            "key_sheet": self.show_keys_sheet,
            "new_task": lambda: session.said.emit(TO_TAGGING),
        }

    def undo(self) -> None:
        """Take the last decision or edit back, say which, and show where it was."""
        self.keys.say(self.session.undo())

    def redo(self) -> None:
        """Do what was taken back again."""
        self.keys.say(self.session.redo())

    def commit_pending(self) -> None:
        """Write what is still only typed into the card."""
        if self._card is not None:
            self._card.commit_pending()

    @property
    def page_session(self) -> ReviewSession:
        """The session that undo is of."""
        return self.session

    @property
    def is_unsaved(self) -> bool:
        """Whether something typed could not be written."""
        return self._card is not None and self._card.is_unsaved

    def look_away(self) -> None:
        """The user goes elsewhere."""
        self.session.look_away()

    def set_theme(self, theme: Theme) -> None:
        """Repaint in a theme's colours."""
        is_dark = theme is DARK
        colours = report_painting.DARK if is_dark else report_painting.LIGHT
        self.body.view.set_colours(colours, self.session.styles, dark=is_dark)

    def show_keys_sheet(self) -> None:
        """Show the page's keys on one sheet."""
        from app.ui.dialogs.key_sheet import KeySheet

        KeySheet(self, [(keys.PAGE, keys.sheet())]).open()

    def release(self, *, is_discarding: bool = False) -> None:
        """Write what is pending, unless that was given up; the workspace is closed by the window's desk."""
        if self._is_released:
            return
        self._is_released = True
        for dialog in self.findChildren(QDialog):
            dialog.close()
        if not is_discarding:
            self.commit_pending()
        self.session.report = self.session.review = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._show_keys)

    # --- construction

    def _connect(self) -> None:
        session, body = self.session, self.body
        session.review_opened.connect(self._show_review)
        session.board_loaded.connect(self._take_up)
        session.differences_changed.connect(self._follow)
        session.difference_changed.connect(self._show_current)
        session.comments_changed.connect(self._show_comments)
        session.failed.connect(self._tell)
        session.said.connect(self.keys.say)
        body.bar.chosen.connect(self._choose)
        body.comments.said.connect(session.remark)
        body.comments.settled.connect(session.settle)
        body.comments.left.connect(self.focus)
        body.flow.asked.connect(self._flow)
        body.flow.layers_asked.connect(partial(self.run, "show_layers"))
        self.layers.started.connect(self._start)
        self.layers.opened.connect(self._open)
        self.layers.left.connect(self._leave_layers)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._show_keys)

    def _own_acts(self) -> dict[str, Callable[[], object]]:
        return {
            "search_here": self.body.search.begin,
            "remark": self.body.comments.begin,
            "show_layers": self._show_layers,
            "leave": self._leave_card,
        }

    # --- following the session

    def _show_review(self) -> None:
        session = self.session
        report, review = session.report, session.review
        self._pages.setCurrentIndex(2 if report is None else 0 if review else 1)
        self.body.flow.show_state()
        self.titled.emit(saying.title(self.session))
        if report is None or review is None:
            self.keys.show_state("")
            self._show_layers()
            return
        sides = saying.sides(session)
        words = tag_words(side.tags for side in (review.final, review.second, review.first) if side)
        self._facts = Facts(session.task_numbers, words, sides, session.is_single, session.own_side)
        self.body.legend.setText(saying.legend(session))
        self.body.panel.title.setText(saying.table_title(session))
        self.body.panel.show_differences(self._facts)
        self.body.bar.setVisible(not session.own_id)
        self._show_below()
        if self._card is not None:
            self._card.set_editable(not session.refusal, session.refusal)
        self._show_state()

    def _take_up(self) -> None:
        field = self._drafts.take_up() if self.session.review is not None else ""
        if field:
            self.keys.say("已恢复没有写完的修改")

    def _follow(self) -> None:
        self.body.panel.show_differences(self._facts)
        self.keys.say("")
        self._show_state()
        self._show_current()

    def _show_current(self) -> None:
        session, body = self.session, self.body
        difference = session.current_difference
        decided = difference.decision if difference else None
        standing = decided.choice if decided else Choice.FIRST if difference else None
        body.bar.show_choices(session.refusals(difference), standing, is_single=session.is_single)
        body.decision.show_words(decision_words(difference, self._facts) if difference else "")
        body.decision.setVisible(decided is not None)
        self._show_comments()

    def _show_comments(self) -> None:
        difference = self.session.current_difference
        refusal = "" if difference is not None else "先选一处差异"
        self.body.comments.show_comments(self.session.remarks_of(difference), refusal)

    def _show_state(self) -> None:
        self.keys.show_state(saying.state(self.session))
        self._show_keys()

    def _show_keys(self) -> None:
        self.keys.show_keys(self._keys_now())

    def _keys_now(self) -> tuple[tuple[str, str], ...]:
        focus = QApplication.focusWidget()
        if self._pages.currentWidget() is self.layers:
            return keys.CHOOSING if self.session.review else keys.BEGINNING
        if focus is self.body.search:
            return keys.SEARCHING
        if focus is self.body.comments.line:
            return keys.WRITING
        if focus is not None and self._card is not None and self._card.isAncestorOf(focus):
            return keys.FIELD
        if self.session.refusal:
            return keys.READING
        return keys.AGREEING if self.session.is_single else keys.REVIEWING

    # --- what the user asks for

    def _choose(self, choice: object) -> None:
        if isinstance(choice, Choice):
            self.reviewing.choose(choice)
            if choice not in (Choice.EDITED, Choice.RETURNED):
                self.focus()

    def _flow(self, name: str, layer_id: str) -> None:
        acts: dict[MoveName, Callable[[], None]] = {
            MoveName.FINALISE: self.reviewing.finalise,
            MoveName.REOPEN: self.reviewing.reopen,
            MoveName.RETURN: partial(self.reviewing.send_back, layer_id),
        }
        try:
            acts[MoveName(name)]()
        except UserError as error:
            self._tell(error)

    def _start(self, layer_ids: list[str]) -> None:
        try:
            self.session.start(layer_ids)
        except UserError as error:
            self._tell(error)
        self.focus()

    def _open(self, layer_id: str) -> None:
        try:
            self.session.show(self.session.report_id, layer_id)
        except UserError as error:
            self._tell(error)
        self.focus()

    def _show_layers(self) -> None:
        report = self.session.report
        if report is not None:
            layers = self.session.layers
            rows = [layer_row(self.session.workspace, layer, layers) for layer in layers]
            self.layers.show_layers(f"{report.card.metadata.title}　复核", rows)
            self._pages.setCurrentWidget(self.layers)
            self._show_keys()

    def _leave_layers(self) -> None:
        if self.session.review is not None:
            self._pages.setCurrentWidget(self.body)
            self.focus()

    def _show_card(self) -> "TaskCard":
        self.body.show_card(self.card)
        return self.card

    def _leave_card(self) -> None:
        self._show_below()
        self.body.panel.grid.setFocus()

    def _show_below(self) -> None:
        """Where a whole task is agreed with, all of it is shown; where two layers are compared, how far they agree."""
        if self.session.is_single:
            self._show_card()
        else:
            self.body.show_agreement()

    def _reveal(self, span: object) -> None:
        if isinstance(span, Span):
            self.body.view.reveal(span)

    def _ask(self, title: str, question: str, reasons: Sequence[str], then: Callable[[str], object]) -> None:
        from app.ui.dialogs.reason_dialog import ReasonDialog

        ReasonDialog(question, partial(_give, then), self, title=title, reasons=reasons).open()


def _give(then: Callable[[str], object], reason: str) -> None:
    then(reason)
