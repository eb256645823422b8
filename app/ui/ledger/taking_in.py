"""Returned workbooks: read beside the window, shown cell by cell, then written in one transaction."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from shiboken6 import isValid

from app.domain.errors import UserError
from app.domain.returned import ReturnPreview
from app.ui.dialogs.progress_dialog import show_progress
from app.ui.ledger.session import KINDS

if TYPE_CHECKING:
    from app.ui.ledger.desk import LedgerDesk
    from app.ui.ledger.return_dialog import ReturnDialog

NO_WORKBOOK = "拖进来的不是 Excel 工作簿（.xlsx），没有读取。"
ONLY_WRITTEN = "反馈已写入{count}格，可按 Ctrl+Z 撤销"
NOTHING_WRITTEN = "这些表里没有需要写入的内容"


def preview_return(
    desk: "LedgerDesk",
    paths: Sequence[Path],
    shown: "ReturnDialog | None" = None,
    units: Mapping[str, str] | None = None,
) -> None:
    """Read workbooks and show what they would change, in a dialog or in the one that is shown.

    `units` says whose a workbook is, by its file's name. UserError where none of the files is a workbook.
    """
    books = [path for path in paths if path.suffix.lower() in KINDS]
    if not books:
        raise UserError(NO_WORKBOOK)
    supervision, answers = desk.session.workspace.supervision, dict(units or {})
    job = desk.runner.start(lambda _progress: supervision.preview_return(books, answers))
    job.failed.connect(desk.tell)
    job.done.connect(partial(_show, desk, tuple(books), shown, answers))
    show_progress(job, f"正在读取{len(books)}个文件", desk)


def _show(
    desk: "LedgerDesk",
    paths: tuple[Path, ...],
    shown: "ReturnDialog | None",
    units: dict[str, str],
    preview: object,
) -> None:
    from app.ui.ledger.return_dialog import ReturnDialog

    if not isinstance(preview, ReturnPreview):
        return
    if shown is not None:
        if isValid(shown):  # it may have been closed meanwhile
            shown.show_preview(preview)
        return

    def ask_again(answers: Mapping[str, str]) -> None:
        preview_return(desk, paths, dialog, units | dict(answers))

    dialog = ReturnDialog(preview, desk.session.cases, partial(_write, desk), ask_again, desk)
    dialog.open()


def _write(desk: "LedgerDesk", preview: ReturnPreview) -> bool:
    """Write what was previewed; False where the store refused it."""
    if not preview.change.edits:
        desk.keys.say(NOTHING_WRITTEN)
        return True
    is_done = desk.session.submit(preview.change)
    if is_done:
        desk.keys.say(ONLY_WRITTEN.format(count=len(preview.changes)))
    return is_done
