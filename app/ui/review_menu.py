"""What the review menu does with people and with what they said: submit, comments, history, who works here."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.changes import Change
from app.domain.errors import UserError
from app.domain.layer_moves import MOVES, NOBODY, MoveName, refusal
from app.ui.layer_watch import EDITING
from app.ui.pages import Pages
from app.ui.prompts import Prompts
from app.ui.rail import REVIEW, TAGGING

if TYPE_CHECKING:
    from app.domain.comments import Comment
    from app.domain.people import Person
    from app.domain.spans import Span

NO_REPORT = "还没有报告。请先导入报告（Ctrl+I）。"
UNSAVED = "任务卡片里还有没有保存成功的内容。请先处理好，再换人。"
NEEDS_REPORT = (
    "submit_layer",
    "remark",
    "show_remarks",
    "export_package",
    "revise_report",
    "compare_versions",
    "settle_revision",
    "show_slips",
)
NEEDS_PERSON = (
    "submit_layer",
    "remark",
    "merge_packages",
    "change_passphrase",
    "import_report",
    "paste_report",
    "revise_report",
    "import_experience",
    "report_info",
    "remove_report",
    "export_ledger",
)
"""The actions that nobody can use before they have said who they are."""


class ReviewMenu(QObject):
    """The review menu's work on the open workspace, `pages`; None while there is none."""

    def __init__(self, window: QWidget, prompts: Prompts, tell: Callable[[object], None]) -> None:
        super().__init__(window)
        self._window = window
        self._prompts = prompts
        self._tell = tell
        self.pages: Pages | None = None

    # --- what may not be used now

    def reasons(self) -> dict[str, str]:
        """Every action that may not be used now, with the reason."""
        pages = self.pages
        if pages is None:
            return {}
        session = pages.desk.session
        report, workspace = session.report, session.workspace
        found = dict.fromkeys(EDITING, pages.desk.layer.refusal) if report is not None else {}
        if report is not None:
            found["submit_layer"] = refusal(MOVES[MoveName.SUBMIT], workspace.person, report.layer)
        if report is None:
            found |= dict.fromkeys(NEEDS_REPORT, NO_REPORT)
        if workspace.person is None:
            found |= dict.fromkeys(NEEDS_PERSON, NOBODY)
        return {name: words for name, words in found.items() if words}

    # --- the layer

    def submit_layer(self) -> None:
        """Hand the layer in, after saying what is still open in it."""
        desk = self._pages.desk
        desk.commit_pending()
        session = desk.session
        if session.report is None:
            raise UserError(NO_REPORT)
        layer = session.report.layer
        words = session.workspace.move_refusal(MoveName.SUBMIT, layer)
        if words:
            raise UserError(words)
        suggested = sum(item.is_suggested for item in session.items)
        waiting = sum(item.is_open for item in session.items)
        words = f"待确认 {waiting} 项、遗漏 {len(session.gaps)} 处。"
        if suggested:
            words += f"其中{suggested}项还只是程序的建议，不会一起提交。"
        words += "\n\n提交以后您不能再改，复核人退回后才可以接着改。现在提交吗？"
        self._prompts.confirm("提交标注", words, partial(self._submit, layer.id))

    # --- what people said

    def remark(self) -> None:
        """Go into the line for a remark."""
        self._pages.desk.begin_remark()

    def show_remarks(self) -> None:
        """List the comments on the report."""
        from app.ui.dialogs.remarks_dialog import RemarksDialog

        desk = self._pages.desk
        show_beside(
            self._pages,
            RemarksDialog,
            lambda: RemarksDialog(desk.session, self._submit_change, self.go_to, desk),
        )

    def show_history(self) -> None:
        """Show what was changed, by whom and when."""
        from app.ui.dialogs.history_dialog import HistoryDialog

        desk = self._pages.desk
        show_beside(self._pages, HistoryDialog, lambda: HistoryDialog(desk.session, self._go_to_task, desk))

    def go_to(self, comment: "Comment") -> None:
        """Show what a comment is about, on the page that is open if it has it."""
        pages = self._pages
        review = pages.review
        if review is not None and pages.current == REVIEW.name:
            session = review.session
            found = (d for d in session.differences if comment in session.remarks_of(d))
            difference = next(found, None)
            if difference is not None:
                session.go(difference.key)
                review.focus()
                return
        self._go_to_task(comment.task_id, comment.span)

    # --- people

    def switch_person(self) -> None:
        """Ask who works here now."""
        from app.ui.dialogs.sign_in_dialog import SignInDialog

        pages = self._pages
        pages.commit_pending()
        if pages.is_unsaved:
            raise UserError(UNSAVED)
        workspace = pages.desk.session.workspace
        SignInDialog(workspace, self._signed_in, self._window).open()

    def change_passphrase(self) -> None:
        """Ask for one's own new passphrase."""
        person = self._person
        self.ask_passphrase(person)

    def ask_passphrase(self, person: "Person", over: QWidget | None = None) -> None:
        """Ask for a person's new passphrase: one's own, or as the coordinator another's."""
        from app.ui.dialogs.passphrase_dialog import PassphraseDialog

        pages = self._pages
        PassphraseDialog(pages.desk.session.workspace, person, pages.desk.say, over or self._window).open()

    def show_people(self) -> None:
        """Show who works here, in which roles."""
        from app.ui.dialogs.people_dialog import PeopleDialog

        desk = self._pages.desk
        show_beside(self._pages, PeopleDialog, lambda: PeopleDialog(desk.session, self.ask_passphrase, desk))

    # --- inside

    @property
    def _pages(self) -> Pages:
        if self.pages is None:
            raise UserError("还没有打开工作区。")
        return self.pages

    @property
    def _person(self) -> "Person":
        person = self._pages.desk.session.workspace.person
        if person is None:
            raise UserError(NOBODY)
        return person

    def _submit(self, layer_id: str) -> None:
        pages = self._pages
        try:
            pages.desk.session.workspace.move(MoveName.SUBMIT, layer_id)
        except UserError as error:
            self._tell(error)
            return
        show_anew(pages)
        pages.desk.say("已提交，等待复核")

    def _submit_change(self, change: Change) -> bool:
        """Write a change on the page that is open, so that its Ctrl+Z takes it back."""
        return self._pages.session.submit(change)

    def _signed_in(self, person: "Person") -> None:
        pages = self._pages
        for dialog in pages.desk.findChildren(QDialog):
            dialog.close()  # they were somebody else's
        show_anew(pages)
        pages.desk.say(f"现在由{person.name}工作")

    def _go_to_task(self, task_id: str, span: "Span | None") -> None:
        pages = self._pages
        pages.show_page(TAGGING.name)
        desk = pages.desk
        item = desk.session.item(task_id)
        if item is None and span is None:
            desk.say("这项任务不在现在显示的标注里")
            return
        desk.session.select(item.task.id if item is not None else "")
        if item is None and span is not None:
            desk.view.reveal(span)
        desk.window().activateWindow()
        desk.view.setFocus()


def show_anew(pages: Pages, report_id: str = "") -> None:
    """Show everything as it is in the store now: somebody else works here, or much has come in.

    What was done before cannot be undone by whoever works now.
    """
    desk = pages.desk
    wanted = report_id or desk.session.report_id or next((c.id for c in desk.session.workspace.reports()), "")
    desk.session.undo_stack.clear()
    if pages.review is not None:
        pages.review.session.show(wanted)
    desk.show_report(wanted or None)


def show_beside(pages: Pages, kind: type[QDialog], make: Callable[[], QDialog]) -> None:
    """Show a window of a kind beside the program's: the one that is there is closed."""
    pages.commit_pending()
    old = pages.desk.findChild(kind)
    if old is not None:
        old.close()
    shown = make()
    shown.show()
    shown.activateWindow()
