"""What the file menu does: workspaces and reports, in and out."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.domain import edits
from app.domain.errors import UserError
from app.domain.report import Metadata, Reading
from app.domain.reports import ReportCard
from app.domain.wording import file_name
from app.ui import prompts as ask
from app.ui.desk import Desk
from app.ui.prompts import Prompts
from app.ui.samples import sample_workspace
from app.ui.tasks import Job, Progress, Runner
from app.workspace import Alike, Configuration, ExperienceSummary, Workspace, restore

if TYPE_CHECKING:
    from app.ui.batches import Outcome
    from app.ui.pasting import Pasted

Opened = Callable[[Workspace], None]
NO_WORKSPACE = "请先打开或新建工作区，再导入报告。"


class FileMenu(QObject):
    """The file menu's work. `opened` takes over a workspace once it is open; until then the old one stays.

    `closed` says that the open workspace is gone and none took its place.
    """

    closed = Signal()
    alike = Signal(object)  # tuple[Alike, ...]: read, not written, perhaps next versions of what is here

    def __init__(
        self,
        window: QWidget,
        prompts: Prompts,
        configuration: Configuration,
        runner: Runner,
        opened: Opened,
        tell: Callable[[object], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._prompts = prompts
        self._configuration = configuration
        self._runner = runner
        self._opened = opened
        self._tell = tell
        self.desk: Desk | None = None

    # --- workspaces

    def new_workspace(self) -> None:
        """Create a workspace and open it."""
        suggested = str(self._folder() / "新工作区.duban")
        path = self._prompts.save_file("新建工作区", suggested, ask.WORKSPACES, may_replace=False)
        if path:
            self._opened(Workspace.create(path, author=self._configuration.author))

    def open_workspace(self) -> None:
        """Open a workspace."""
        path = self._prompts.open_file("打开工作区", str(self._folder()), ask.WORKSPACES)
        if path:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open the workspace of a file."""
        self._opened(Workspace.open(path))

    def open_sample(self) -> None:
        """Open the sample workspace."""
        self.open_path(sample_workspace())

    def save_copy(self) -> None:
        """Write a whole copy of the workspace elsewhere."""
        self._copy("另存工作区副本", "副本", Workspace.save_copy)

    def backup(self) -> None:
        """Write a backup of the workspace."""
        self._copy("备份工作区", "备份", Workspace.backup)

    def restore(self) -> None:
        """Put a backup in the place of a workspace, open or not; what stood there is kept beside it."""
        title, folder = "从备份恢复", str(self._folder())
        backup = self._prompts.open_file(f"{title}：选择备份", folder, ask.BACKUPS)
        if backup is None:
            return
        known = self.desk.session.workspace.path if self.desk else Configuration.load().last
        suggested = str(known or backup.with_name("恢复的工作区.duban"))
        target = self._prompts.save_file(
            f"{title}：要替换的工作区", suggested, ask.WORKSPACES, may_replace=False
        )
        if target is None:
            return
        words = f"将把备份“{backup.name}”恢复为工作区“{target.name}”，并打开它。"
        if target.exists():
            words = f"将用备份“{backup.name}”替换工作区“{target.name}”。“{target.name}”现在的内容会另存为一个 .bak 文件。"
        self._prompts.confirm(
            title, f"{words}\n\n文件夹：{target.parent}", partial(self._put_back, backup, target)
        )

    # --- reports

    def import_report(self) -> None:
        """Read reports into the workspace."""
        self.import_paths(self._prompts.open_files("导入报告", str(self._folder()), ask.TEXTS))

    def import_paths(self, paths: list[Path]) -> None:
        """Read the reports of these files and show the last that could be read; the others are told of."""
        self._batch(paths, _import_report, self._imported)

    def paste_report(self) -> None:
        """Import what the clipboard holds: words, formatted or not, or files."""
        from app.ui.dialogs.paste_dialog import PasteDialog
        from app.ui.pasting import copied, files_of, pasted

        if self.desk is None:
            raise UserError(NO_WORKSPACE)
        mime = copied()
        paths = files_of(mime)
        if paths:
            self.import_paths(paths)
            return
        offer = pasted(mime)
        PasteDialog(offer, partial(self.import_pasted, offer), self._window).open()

    def import_pasted(self, offer: "Pasted", title: str) -> None:
        """Read what was on the clipboard; where neither it nor the user says a title, ask for one then."""
        from app.ui.pasting import UNTITLED, read_pasted

        def run(workspace: Workspace, _path: Path, progress: Progress) -> object:
            return _taken_in(workspace, read_pasted(workspace, offer, title, progress), progress)

        self._batch([Path(title or UNTITLED)], run, self._pasted)

    def import_experience(self) -> None:
        """Learn from 任务分解表 of earlier years who answers for what."""
        folder = str(self._folder())
        self.learn_from(self._prompts.open_files("导入往年分解表（经验）", folder, ask.WORKBOOKS))

    def learn_from(self, paths: list[Path]) -> None:
        """Take in these workbooks and say what came in of each."""
        self._batch(paths, Workspace.import_experience, self._learnt)

    def report_info(self) -> None:
        """Correct what was read of the report's title and so on."""
        desk = self.desk
        if desk is None or desk.session.report is None:
            return
        card = desk.session.report.card

        def save(metadata: Metadata) -> None:
            desk.session.submit(edits.correct_report(card, replace(card, metadata=metadata)))

        from app.ui.dialogs.report_dialog import ReportDialog

        ReportDialog(card.metadata, save, self._window).open()

    def remove_report(self) -> None:
        """Take the report out of the workspace; Ctrl+Z brings it back."""
        if self.desk and self.desk.session.report:
            title = self.desk.session.report.card.metadata.title
            self.desk.session.submit(edits.remove_report(self.desk.session.report.card))
            self.desk.say(f"已移除“{title}”，按 Ctrl+Z 恢复")

    def export_ledger(self) -> None:
        """Write the task decomposition of the report as a workbook."""
        desk = self.desk
        if desk is None or desk.session.report is None:
            raise UserError("还没有报告可导出，请先导入报告（Ctrl+I）。")
        card = desk.session.report.card
        name = file_name(f"{card.metadata.title}任务分解表") + ".xlsx"
        path = self._prompts.save_file("导出任务分解表", str(self._folder() / name), ask.WORKBOOKS)
        if path:
            self.export_to(path)

    def export_to(self, path: Path) -> Job | None:
        """Write the workbook of the open report to a file."""
        desk = self.desk
        if desk is None or desk.session.report is None:
            return None
        desk.commit_pending()
        workspace, report_id = desk.session.workspace, desk.session.report.card.id
        job = self._runner.start(
            lambda progress: workspace.export_ledger(path, [report_id], progress=progress)
        )
        self._follow(job, f"正在导出 {path.name}")
        job.done.connect(lambda summary: self._exported(desk, path, summary))
        return job

    def print_report(self) -> None:
        """Print the report's text with its tags."""
        if self.desk is None or self.desk.session.report is None:
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from app.ui.views.report_printing import set_paper

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        set_paper(printer)
        dialog = QPrintDialog(printer, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.desk.view.print_to(printer)

    # --- inside

    def _put_back(self, backup: Path, target: Path) -> None:
        """Restore, then open what was restored; if that fails, what was open stays or is opened again."""
        desk = self.desk
        is_open = desk is not None and desk.session.workspace.path.resolve() == target.resolve()
        if desk is not None and is_open:
            if self._runner.close():
                self._prompts.inform("从备份恢复", "没有做完的导入或导出已取消。请在恢复后重做。")
            with suppress(UserError):  # it may be damaged: what it still holds is kept beside it
                desk.release()
        try:
            kept = restore(backup, target)
        except UserError as error:
            self._tell(error)
            if not is_open:
                return
            kept = None
        try:
            self.open_path(target)
        except UserError as error:
            self._tell(error)
            if is_open:
                self.desk = None
                self.closed.emit()
        if kept is not None and self.desk is not None:
            self.desk.say(f"已从“{backup.name}”恢复，原来的内容另存为“{kept.name}”")

    def _batch(
        self,
        paths: list[Path],
        work: Callable[[Workspace, Path, Progress], object],
        then: "Callable[[Desk, Outcome], None]",
    ) -> None:
        from app.ui.batches import Batch

        desk = self.desk
        if not paths or desk is None:
            return
        desk.commit_pending()
        workspace = desk.session.workspace
        batch = Batch(self._runner, lambda path, progress: work(workspace, path, progress), self._window)
        batch.broke.connect(self._tell)
        batch.finished.connect(lambda outcome: then(desk, outcome) if desk is self.desk else None)
        batch.start(paths)

    def _imported(self, desk: Desk, outcome: "Outcome") -> None:
        cards = [done for _, done in outcome.done if isinstance(done, ReportCard)]
        if cards:
            desk.show_report(cards[-1].id)
            slips = len(desk.session.workspace.slips(cards[-1].id))
            count = f"已导入{len(cards)}份报告，正在看最后一份" if len(cards) > 1 else ""
            offered = f"有{slips}处疑似错字，按 Ctrl+K 逐处核定" if slips else ""
            desk.say("；".join(filter(None, (count, offered))))
        alike = tuple(done for _, done in outcome.done if isinstance(done, Alike))
        told = tuple(one for one in outcome.done if not isinstance(one[1], Alike))
        words = replace(outcome, done=told, asked=len(alike)).words
        if words:
            self._prompts.warn("导入报告", words)
        if alike:
            self.alike.emit(alike)

    def _pasted(self, desk: Desk, outcome: "Outcome") -> None:
        from app.ui.pasting import UNTITLED

        self._imported(desk, outcome)
        report = desk.session.report
        cards = [done for _, done in outcome.done if isinstance(done, ReportCard)]
        if cards and report is not None and report.card == cards[0] and cards[0].metadata.title == UNTITLED:
            self.report_info()

    def _learnt(self, desk: Desk, outcome: "Outcome") -> None:
        told = [f"{path.name}：{s.words}" for path, s in outcome.done if isinstance(s, ExperienceSummary)]
        if told:
            desk.reload()
        tell = self._prompts.warn if outcome.words else self._prompts.inform
        words = "\n\n".join(filter(None, (*told, outcome.words)))
        if words:
            tell("导入往年分解表", words)

    def _exported(self, desk: Desk, path: Path, summary: object) -> None:
        if desk is not self.desk:
            return
        gaps, waiting = getattr(summary, "gaps", 0), getattr(summary, "unconfirmed", 0)
        words = f"已导出到 {path}"
        if gaps or waiting:
            words += f"\n\n其中待确认{waiting}项（表中已标明），遗漏检查还有{gaps}处没有处理。"
            self._prompts.inform("导出完成", words)
        desk.say(f"已导出 {path.name}")
        desk.reload()

    def _copy(self, title: str, word: str, write: Callable[[Workspace, Path], None]) -> None:
        if self.desk is None:
            return
        self.desk.commit_pending()
        workspace = self.desk.session.workspace
        suggested = workspace.path.with_name(f"{workspace.path.stem}-{word}.duban")
        path = self._prompts.save_file(title, str(suggested), ask.WORKSPACES)
        if path:
            write(workspace, path)
            self.desk.say(f"已写到 {path}")

    def _follow(self, job: Job, title: str) -> None:
        from app.ui.dialogs.progress_dialog import show_progress

        job.failed.connect(self._tell)
        show_progress(job, title, self._window)

    def _folder(self) -> Path:
        """Where dialogs begin: beside the open workspace, else beside that of last time."""
        known = self.desk.session.workspace.path if self.desk else Configuration.load().last
        return known.parent if known and known.parent.is_dir() else Path.home()


def _import_report(workspace: Workspace, path: Path, progress: Progress) -> object:
    if path.suffix.lower() == ".duban":
        raise UserError(f"“{path.name}”是工作区，不是报告。请用菜单“文件 → 打开工作区…”打开它。")
    if path.suffix.lower() == ".dubanpkg":
        raise UserError(f"“{path.name}”是交接包，不是报告。请用菜单“复核 → 并入交接包…”并入它。")
    return _taken_in(workspace, workspace.read_file(path, progress), progress)


def _taken_in(workspace: Workspace, reading: Reading, progress: Progress) -> ReportCard | Alike:
    """The report as imported; what may be the next version of one that is here waits for a person."""
    return workspace.alike(reading) or workspace.import_reading(reading, progress)
