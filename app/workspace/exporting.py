"""The ledger of a workspace's reports as a workbook."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.domain.report import Outline
from app.domain.rereading import recorrected, reread
from app.domain.tasks import Item
from app.workspace.importing import Progress

if TYPE_CHECKING:
    from app.domain.ledger import Ledger
    from app.workspace.store import Workspace

_SHARE_OF_LOADING = 0.4
HEAD_LENGTH = 12
"""How much of a hash a ledger carries: enough to tell one log from another, short enough to be read out."""


class ExportSummary(NamedTuple):
    """What went out: its rows (tasks), those nobody confirmed, and the gaps that 遗漏检查 still lists."""

    rows: int
    unconfirmed: int
    gaps: int


def export(
    workspace: "Workspace", out: Path, report_ids: Sequence[str] | None, progress: Progress | None
) -> ExportSummary:
    """Write the workbook, then let the numbers that went out stand still."""
    from app.ledger.workbook import write_workbook  # brings openpyxl

    tell = progress or (lambda _words, _share: None)
    ids = [card.id for card in workspace.newest_reports()] if report_ids is None else list(report_ids)
    ledgers: list[Ledger] = []
    issued: list[tuple[Item, ...]] = []
    for index, report_id in enumerate(ids):
        tell("正在整理任务", _SHARE_OF_LOADING * index / len(ids))
        ledger, items = ledger_of(workspace, report_id)
        ledgers.append(ledger)
        issued.append(items)

    def tell_rest(words: str, share: float) -> None:
        tell(words, _SHARE_OF_LOADING + (1 - _SHARE_OF_LOADING) * share)

    write_workbook(out, ledgers, progress=tell_rest)
    for report_id, items in zip(ids, issued, strict=True):
        workspace.freeze_numbers(report_id, items)
    summaries = [ledger.summary for ledger in ledgers]
    return ExportSummary(
        sum(s.tasks for s in summaries), sum(s.opened for s in summaries), sum(s.gaps for s in summaries)
    )


def ledger_of(workspace: "Workspace", report_id: str) -> "tuple[Ledger, tuple[Item, ...]]":
    """A report's ledger by the layer that counts, and the items it was made of, as the corrected text has them."""
    from app.ledger.rows import build

    card = workspace.report(report_id)
    reading = workspace.reading(report_id)
    layer = workspace.counting_layer(report_id)
    board = workspace.board(report_id, reading, layer=layer)
    plain = recorrected(reading.shown, reading.source.text, card.corrections, ())
    items = reread(board.items, plain, reading.shown)
    made = datetime.now().astimezone().date()
    gaps = len(board.gaps())
    outline = Outline(reading.sections, reading.places)
    ledger = build(card, outline, items, layer, gaps, made=made, units=workspace.units())
    summary = replace(ledger.summary, head=head_mark(workspace), is_reviewed=layer.is_reviewed)
    return replace(ledger, summary=summary), items


def head_mark(workspace: "Workspace") -> str:
    """What stands for the workspace's record as it is now (57-3f9a1c20ab34), "" without any."""
    head = workspace.log_head()
    return f"{head.position}-{head.hash[:HEAD_LENGTH]}" if head else ""
