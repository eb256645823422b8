"""What the report menu does with versions of a report and with slips of its text."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.errors import UserError
from app.domain.layer_moves import NOBODY
from app.domain.tasks import Owner, Role, Tag, TagKind
from app.ui import prompts as ask
from app.ui.pages import Pages
from app.ui.placing import low
from app.ui.prompts import Prompts
from app.ui.rail import TAGGING
from app.ui.review_menu import NO_REPORT, show_anew, show_beside
from app.ui.tasks import Job, Runner

if TYPE_CHECKING:
    from app.domain.reports import ReportCard
    from app.domain.revisions import RevisionNote
    from app.domain.spans import Span
    from app.ui.session import OpenReport
    from app.ui.theme import Theme
    from app.workspace import Alike
    from app.workspace.revising import RevisionPreview

FIRST = "这份报告是第一版，没有上一版可以对照。"


class VersionsMenu(QObject):
    """The report menu's work on the open workspace; `pages` and `theme` say what is open, in which colours."""

    def __init__(
        self,
        window: QWidget,
        prompts: Prompts,
        runner: Runner,
        tell: Callable[[object], None],
        pages: Callable[[], Pages | None],
        theme: "Callable[[], Theme]",
    ) -> None:
        super().__init__(window)
        self._window, self._prompts, self._runner, self._tell = window, prompts, runner, tell
        self._open_pages, self._theme = pages, theme

    # --- a next version comes in

    def revise_report(self) -> None:
        """Ask for the file that the open report's next version is, and show what would become of the tags."""
        pages, report = self._pages, self._report
        folder = str(pages.desk.session.workspace.path.parent)
        path = self._prompts.open_file("导入新版本", folder, ask.TEXTS)
        if path is not None:
            self.revise_by_file(path, report.card)

    def revise_by_file(self, path: Path, card: "ReportCard") -> None:
        """Show a file as the next version of a report."""
        pages = self._pages
        workspace = pages.desk.session.workspace
        if workspace.person is None:
            raise UserError(NOBODY)
        pages.commit_pending()
        job = self._runner.start(lambda progress: workspace.revise(card.id, path, progress))
        self._follow(job, f"正在读取 {path.name}", partial(self._preview, pages, _nothing))

    def ask(self, alikes: "Sequence[Alike]") -> None:
        """Ask of texts that are like a report's which one each replaces, one after the other."""
        from app.ui.versions.which_dialog import WhichDialog

        if alikes:
            first, *rest = alikes
            pages = self._pages
            dialog = WhichDialog(first, partial(self._chosen, pages, alikes), pages.desk)
            dialog.rejected.connect(partial(self._ask_later, pages, rest))
            dialog.open()

    # --- what is there

    def compare_versions(self) -> None:
        """Show the open report beside the version before it."""
        from app.ui.versions.compare_dialog import CompareDialog

        pages, report = self._pages, self._report
        workspace = pages.desk.session.workspace
        if not report.card.supersedes:
            raise UserError(FIRST)
        diffs = workspace.version_diffs(report.card.id)
        old = workspace.report(report.card.supersedes)
        dialog = CompareDialog("与上一版对照", self._theme(), pages.desk)
        titles = (
            f"第{old.number}号 {old.source_name}",
            f"第{report.card.number}号 {report.card.source_name}",
        )
        dialog.show_texts(workspace.reading(old.id).shown, report.reading.shown, diffs, titles)
        dialog.show()
        dialog.activateWindow()

    def settle_revision(self) -> None:
        """List what the version before has left for a person."""
        from app.ui.versions.settle_dialog import SettleDialog

        desk = self._pages.desk
        _ = self._report
        if self._is_back_at(SettleDialog):
            return
        show_beside(
            self._pages,
            SettleDialog,
            lambda: low(
                SettleDialog(
                    desk.session,
                    self._go_to,
                    self._edit,
                    partial(desk.view.selected_span, exact=True),
                    desk.undo,
                    desk,
                ),
                self._window,
            ),
        )

    def show_slips(self) -> None:
        """List likely slips of the text."""
        from app.ui.versions.slips_dialog import SlipsDialog

        desk = self._pages.desk
        _ = self._report
        if self._is_back_at(SlipsDialog):
            return
        show_beside(
            self._pages,
            SlipsDialog,
            lambda: low(SlipsDialog(desk.session, self._reveal, desk.undo, desk), self._window),
        )

    # --- inside

    def _is_back_at(self, kind: type[QDialog]) -> bool:
        """Give the keyboard back to a list that is open, at the row where it was; False where none is."""
        self._pages.commit_pending()
        shown = self._pages.desk.findChild(kind)
        if shown is None or not shown.isVisible():
            return False
        shown.activateWindow()
        return True

    @property
    def _pages(self) -> Pages:
        pages = self._open_pages()
        if pages is None:
            raise UserError("还没有打开工作区。")
        return pages

    @property
    def _report(self) -> "OpenReport":
        report = self._pages.desk.session.report
        if report is None:
            raise UserError(NO_REPORT)
        return report

    def _follow(self, job: Job, title: str, then: Callable[[object], object]) -> None:
        from app.ui.dialogs.progress_dialog import show_progress

        job.failed.connect(self._tell)
        job.done.connect(then)
        show_progress(job, title, self._window)

    def _chosen(self, pages: Pages, alikes: "Sequence[Alike]", card: "ReportCard | None") -> None:
        """Carry the first, read already, on as the next version, or import it as a report of its own; then the rest."""
        if pages is not self._open_pages():
            return
        workspace, reading = pages.desk.session.workspace, alikes[0].reading
        name, go_on = reading.source.name, partial(self._ask_later, pages, alikes[1:])
        if card is not None:
            report_id = card.id
            job = self._runner.start(lambda _progress: workspace.revise_by(report_id, reading))
            self._follow(job, f"正在比较 {name}", partial(self._preview, pages, go_on))
            job.failed.connect(lambda _error: go_on())
            job.cancelled.connect(go_on)
        else:
            job = self._runner.start(lambda progress: workspace.import_reading(reading, progress))
            self._follow(job, f"正在导入 {name}", partial(self._imported, pages))
            go_on()

    def _ask_later(self, pages: Pages, rest: "Sequence[Alike]") -> None:
        """Look at the next text again behind what has been begun: what it was like may have a next version by then."""
        if not rest or pages is not self._open_pages():
            return
        workspace, reading = pages.desk.session.workspace, rest[0].reading
        job = self._runner.start(lambda _progress: workspace.alike(reading), is_quiet=True)
        job.failed.connect(self._tell)
        job.failed.connect(lambda _error: self.ask(rest[1:]))
        job.done.connect(partial(self._ask_again, pages, rest))

    def _ask_again(self, pages: Pages, rest: "Sequence[Alike]", alike: object) -> None:
        from app.workspace import Alike

        if pages is not self._open_pages():
            return
        if isinstance(alike, Alike):
            self.ask((alike, *rest[1:]))
        else:
            self._chosen(pages, rest, None)

    def _imported(self, pages: Pages, card: object) -> None:
        if pages is self._open_pages():
            pages.desk.show_report(getattr(card, "id", ""))
            pages.desk.session.look_away()

    def _preview(self, pages: Pages, then: Callable[[], object], preview: object) -> None:
        from app.ui.versions.compare_dialog import RevisionDialog
        from app.workspace.revising import RevisionPreview

        if pages is not self._open_pages() or not isinstance(preview, RevisionPreview):
            return
        old = pages.desk.session.workspace.reading(preview.old.id).shown
        apply = partial(self._apply, pages, preview)
        dialog = RevisionDialog(preview, old, apply, self._theme(), pages.desk)
        dialog.finished.connect(lambda _result: then())
        dialog.open()

    def _apply(self, pages: Pages, preview: "RevisionPreview") -> None:
        if pages is not self._open_pages():
            return
        workspace = pages.desk.session.workspace
        job = self._runner.start(lambda progress: workspace.apply_revision(preview, progress))
        self._follow(job, "正在写入新版本", partial(self._applied, pages))

    def _applied(self, pages: Pages, summary: object) -> None:
        from app.workspace.revising import RevisionSummary

        if pages is not self._open_pages() or not isinstance(summary, RevisionSummary):
            return
        show_anew(pages, summary.card.id)
        pages.desk.session.look_away()  # else what was written behind a dialog is taken for another window's
        pages.desk.say(
            f"已采用为第{summary.card.number}号报告，标注已沿用（要退回：文件 → 移除报告，上一版照旧）"
        )
        if summary.waiting:
            self.settle_revision()

    def _go_to(self, note: "RevisionNote") -> None:
        """Show a task or tag on the tagging page."""
        pages = self._pages
        pages.show_page(TAGGING.name)
        desk = pages.desk
        desk.session.select(note.task_id, note.thing.id if isinstance(note.thing, Tag) else "")
        if note.spans:
            desk.view.reveal(note.spans[0])  # also where it is selected already
            desk.view.bring_up()
        desk.window().activateWindow()
        desk.view.setFocus()

    def _edit(self, note: "RevisionNote") -> None:
        """Open a task or tag in the card."""
        self._go_to(note)
        card, thing = self._pages.desk.card, note.thing
        if not isinstance(thing, Tag):
            card.focus_field("title")
        elif thing.kind is TagKind.TARGET:
            card.edit_target(thing)
        elif thing.kind is TagKind.DEADLINE:
            card.edit_deadline()
        elif isinstance(thing.value, Owner):
            (card.edit_lead if thing.value.role is Role.LEAD else card.edit_support)()
        else:
            card.focus_field("measures" if thing.kind is TagKind.MEASURE else "standard")

    def _reveal(self, span: "Span") -> None:
        pages = self._pages
        pages.show_page(TAGGING.name)
        desk = pages.desk
        desk.view.reveal(span)
        desk.view.bring_up()
        desk.window().activateWindow()
        desk.view.setFocus()


def _nothing() -> None:
    """What follows a file that came alone."""
