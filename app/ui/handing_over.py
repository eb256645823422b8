"""What the review menu does with packages: out, in, the conflicts that come with them, and the records' soundness."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.domain.layer_moves import NOBODY
from app.domain.wording import file_name
from app.ui import prompts as ask
from app.ui.pages import Pages
from app.ui.prompts import Prompts
from app.ui.review_menu import NO_REPORT, show_anew, show_beside
from app.ui.tasks import Progress, Runner

if TYPE_CHECKING:
    from app.ui.batches import Outcome

WHY = "只有提交过的标注才放进交接包：没有提交的，本人正在按意见修改的，都留在本机，别人看不到。"


class HandOver(QObject):
    """Packages of the open workspace, which `pages` gives; None while there is none."""

    def __init__(
        self,
        window: QWidget,
        prompts: Prompts,
        runner: Runner,
        tell: Callable[[object], None],
        pages: Callable[[], Pages | None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._prompts = prompts
        self._runner = runner
        self._tell = tell
        self._open_pages = pages

    # --- out

    def export_package(self) -> None:
        """Write the open report's package, and say what is in it and what is not."""
        pages = self._pages
        pages.commit_pending()
        workspace, report = pages.desk.session.workspace, pages.desk.session.report
        if report is None:
            raise UserError(NO_REPORT)
        who = workspace.person.name if workspace.person else ""
        name = file_name(f"{report.card.metadata.title}-{who}" if who else report.card.metadata.title)
        folder = workspace.path.parent
        path = self._prompts.save_file("导出交接包", str(folder / f"{name}{ask.PACKAGE}"), ask.PACKAGES)
        if path is None:
            return
        job = self._runner.start(lambda _progress: workspace.export_package(report.card.id, path))
        job.failed.connect(self._tell)
        job.done.connect(partial(self._exported, pages, path))

    # --- in

    def merge_packages(self) -> None:
        """Ask for packages, and take them in."""
        folder = str(self._pages.desk.session.workspace.path.parent)
        self.merge_paths(self._prompts.open_files("并入交接包", folder, ask.PACKAGES))

    def merge_paths(self, paths: Sequence[Path]) -> None:
        """Show what these packages would bring, then take in those that the user wants."""
        pages = self._pages
        workspace = pages.desk.session.workspace
        if not paths:
            return
        if workspace.person is None:
            raise UserError(NOBODY)
        pages.commit_pending()
        self._batch(paths, workspace.preview_package, partial(self._preview, pages), "正在查看")

    def show_conflicts(self) -> None:
        """List what was changed in two places and waits for a person."""
        from app.ui.dialogs.conflicts_dialog import ConflictsDialog

        pages = self._pages
        workspace, desk = pages.desk.session.workspace, pages.desk
        show_beside(
            pages, ConflictsDialog, lambda: ConflictsDialog(workspace, partial(show_anew, pages), desk)
        )

    def verify_records(self) -> None:
        """Check the records, alone or against a package."""
        from app.ui.dialogs.verify_dialog import VerifyDialog

        desk = self._pages.desk
        VerifyDialog(desk.session.workspace, self._prompts, desk).open()

    # --- inside

    @property
    def _pages(self) -> Pages:
        pages = self._open_pages()
        if pages is None:
            raise UserError("还没有打开工作区。")
        return pages

    def _exported(self, pages: Pages, path: Path, summary: object) -> None:
        from app.exchange.summary import PackageSummary

        if pages is not self._open_pages() or not isinstance(summary, PackageSummary):
            return
        words = f"已写到 {path}\n\n{summary.words}"
        self._prompts.inform("导出交接包", f"{words}\n\n{WHY}" if summary.withheld else words)
        pages.desk.say(f"已导出交接包 {path.name}")

    def _batch(
        self,
        paths: Sequence[Path],
        work: Callable[[Path], object],
        then: "Callable[[Outcome], None]",
        doing: str,
    ) -> None:
        from app.ui.batches import Batch

        def run(path: Path, _progress: Progress) -> object:
            return work(path)

        batch = Batch(self._runner, run, self._window, doing)
        batch.broke.connect(self._tell)
        batch.finished.connect(then)
        batch.start(paths)

    def _preview(self, pages: Pages, outcome: "Outcome") -> None:
        from app.ui.dialogs.merge_preview import MergePreview

        if pages is self._open_pages():
            MergePreview(outcome, partial(self._merge, pages), pages.desk).open()

    def _merge(self, pages: Pages, paths: Sequence[Path]) -> None:
        if pages is self._open_pages():
            workspace = pages.desk.session.workspace
            self._batch(paths, workspace.merge_package, partial(self._merged, pages), "正在并入")

    def _merged(self, pages: Pages, outcome: "Outcome") -> None:
        if pages is not self._open_pages():
            return
        from app.exchange.summary import MergeSummary

        came = [summary for _, summary in outcome.done if isinstance(summary, MergeSummary)]
        if came:
            show_anew(pages, came[-1].report_id)
            pages.desk.say("已并入" if len(came) == 1 else f"已并入{len(came)}个交接包")
        if outcome.words:
            self._prompts.warn("并入交接包", outcome.words)
        if came and pages.desk.session.workspace.conflicts():
            self.show_conflicts()
