"""Layouts and documents on their way out: where to, written beside the window, and what is then said."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from app.domain.wording import file_name
from app.ui import prompts as ask
from app.ui.dialogs.progress_dialog import show_progress
from app.ui.ledger.session import LedgerSession
from app.workspace.outgoing import DOCUMENTS, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ui.ledger.desk import LedgerDesk
    from app.ui.prompts import Prompts
    from app.ui.tasks import Runner


class Writer(NamedTuple):
    """What writing needs of the page."""

    session: LedgerSession
    prompts: "Prompts"
    runner: "Runner"
    tell: "Callable[[object], None]"
    window: QWidget


def writer_of(desk: "LedgerDesk") -> Writer:
    """The page's writer."""
    return Writer(desk.session, desk.prompts, desk.runner, desk.tell, desk)


def write_document(desk: "LedgerDesk", key: str, wanted: Wanted | None = None) -> None:
    """Ask where to, and write a document of the whole report, or of `wanted.unit`."""
    write(writer_of(desk), key, wanted or Wanted(), in_folder=False)


def write(writer: Writer, key: str, wanted: Wanted, *, in_folder: bool) -> bool:
    """Ask where to, and write a layout or document; False where the user thought better of it.

    `in_folder`: a file for each unit, in a folder that is made.
    """
    supervision = writer.session.workspace.supervision
    name = supervision.layout_names()[key]
    unit = f"（{wanted.unit}）" if wanted.unit else ""
    folder = writer.session.workspace.path.parent
    own = file_name(f"{writer.session.title}{name}{unit}")
    if in_folder:
        chosen = writer.prompts.choose_folder(f"导出{name}：每个单位一个文件", str(folder))
        place = chosen / own if chosen else None
    else:
        suffix, kinds = (".docx", ask.DOCUMENTS) if key in DOCUMENTS else (".xlsx", ask.WORKBOOKS)
        place = writer.prompts.save_file(f"导出{name}", str(folder / f"{own}{suffix}"), kinds)
    if place is None:
        return False
    report_id = writer.session.report_id
    job = writer.runner.start(partial(_written, supervision.export_layout, key, place, report_id, wanted))
    job.failed.connect(writer.tell)
    job.done.connect(partial(_say, writer.session, place))
    show_progress(job, f"正在导出{name}", writer.window)
    return True


def _written(export: "Callable[..., tuple[Path, ...]]", *told: object) -> tuple[Path, ...]:
    *asked, progress = told
    return export(*asked, progress)


def _say(session: LedgerSession, place: Path, files: object) -> None:
    if isinstance(files, Sequence) and len(files) != 1:
        session.said.emit(f"已导出{len(files)}个文件到 {place}")
    else:
        session.said.emit(f"已导出 {place.name}")
