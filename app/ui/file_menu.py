"""What the file menu does: workspaces and reports, in and out."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from app.domain import edits
from app.domain.errors import UserError
from app.domain.report import Metadata
from app.ui import prompts as ask
from app.ui.desk import Desk
from app.ui.dialogs.progress_dialog import show_progress
from app.ui.dialogs.report_dialog import ReportDialog
from app.ui.prompts import Prompts
from app.ui.tasks import Job, Runner
from app.workspace import Configuration, ExperienceSummary, Workspace, restore

Opened = Callable[[Workspace], None]


class FileMenu(QObject):
    """The file menu's work. `opened` takes over a workspace once it is open; until then the old one stays."""

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
        path = self._prompts.save_file("新建工作区", str(self._folder() / "新工作区.duban"), ask.WORKSPACES)
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

    def save_copy(self) -> None:
        """Write a whole copy of the workspace elsewhere."""
        self._copy("另存工作区副本", "副本", Workspace.save_copy)

    def backup(self) -> None:
        """Write a backup of the workspace."""
        self._copy("备份工作区", "备份", Workspace.backup)

    def restore(self) -> None:
        """Put a backup in the place of this workspace; what stood there is kept beside it."""
        desk = self.desk
        backup = self._prompts.open_file("从备份恢复", str(self._folder()), ask.WORKSPACES)
        if not backup or desk is None:
            return
        path = desk.session.workspace.path

        def go() -> None:
            desk.release()
            try:
                restore(backup, path)
            finally:
                self.open_path(path)

        words = f"将用“{backup.name}”替换当前工作区“{path.name}”。当前内容会另存为一个 .bak 文件。"
        self._prompts.confirm("从备份恢复", words, go)

    # --- reports

    def import_report(self) -> None:
        """Read reports into the workspace."""
        self.import_paths(self._prompts.open_files("导入报告", str(self._folder()), ask.TEXTS))

    def import_paths(self, paths: list[Path]) -> None:
        """Read the reports of these files, one after the other, and show the last."""
        desk = self.desk
        if not paths or desk is None:
            return
        desk.commit_pending()
        path, rest = paths[0], paths[1:]
        workspace = desk.session.workspace
        job = self._runner.start(lambda progress: workspace.import_file(path, progress=progress))
        self._follow(job, f"正在导入 {path.name}")

        def show(card: object) -> None:
            desk.show_report(getattr(card, "id", ""))
            self.import_paths(rest)

        job.done.connect(show)

    def import_experience(self) -> None:
        """Learn from 任务分解表 of earlier years who answers for what."""
        folder = str(self._folder())
        self.learn_from(self._prompts.open_files("导入往年分解表（经验）", folder, ask.WORKBOOKS))

    def learn_from(self, paths: list[Path]) -> None:
        """Take in these workbooks, one after the other; each says what came in."""
        desk = self.desk
        if not paths or desk is None:
            return
        desk.commit_pending()
        path, rest = paths[0], paths[1:]
        workspace = desk.session.workspace
        job = self._runner.start(lambda progress: workspace.import_experience(path, progress=progress))
        self._follow(job, f"正在导入 {path.name}")

        def tell(summary: object) -> None:
            if isinstance(summary, ExperienceSummary):
                self._prompts.inform("导入往年分解表", f"{path.name}：{summary.words}")
            desk.reload()
            self.learn_from(rest)

        job.done.connect(tell)

    def report_info(self) -> None:
        """Correct what was read of the report's title and so on."""
        desk = self.desk
        if desk is None or desk.session.report is None:
            return
        card = desk.session.report.card

        def save(metadata: Metadata) -> None:
            from dataclasses import replace

            desk.session.submit(edits.correct_report(card, replace(card, metadata=metadata)))

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
        name = f"{card.metadata.title}任务分解表.xlsx"
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
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.desk.view.print_to(printer)

    # --- inside

    def _exported(self, desk: Desk, path: Path, summary: object) -> None:
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
        job.failed.connect(self._tell)
        show_progress(job, title, self._window)

    def _folder(self) -> Path:
        return self.desk.session.workspace.path.parent if self.desk else Path.home()
