"""Ledgers -> one .xlsx in the office's house style."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

from app.domain.errors import UserError
from app.domain.ledger import Ledger
from app.domain.outgoing import Heading
from app.domain.undisturbed import undisturbed
from app.domain.wording import file_name
from app.ledger.charts import add_charts
from app.ledger.filling import Contents, Table, tables, unit_contents
from app.ledger.layout import Layout, decomposition
from app.ledger.marks import describe, mark
from app.ledger.page import Page
from app.ledger.paging import heights_of, pages
from app.ledger.saving import check_target, write_beside
from app.ledger.style import Styles
from app.ledger.text import sheet_name

Progress = Callable[[str, float], None]
"""Called with what is being done and the share done (0 to 1); raises CancelledError to stop the work."""

_STEP = 50
_SHARE_OF_ROWS = 0.6


def write_workbook(
    out: Path, ledgers: Sequence[Ledger], *, progress: Callable[[str, float], None] | None = None
) -> None:
    """Write 任务分解表 of every ledger to `out`, an .xlsx; what stood there is replaced when all is done.

    UserError where it cannot be written; then, as when `progress` raises CancelledError, `out` is as it was
    and nothing else is left behind.
    """
    if not ledgers:
        raise UserError("没有可以导出的报告，请先导入报告，再导出台账。")
    check_target(out)
    layout = decomposition()
    book = _empty_book()
    describe(
        book,
        layout,
        "；".join(f"{ledger.title}重点任务分解表" for ledger in ledgers),
        "\n".join(f"{ledger.title}：{ledger.summary.line}" for ledger in ledgers),
    )
    labelled = [
        (ledger.name if len(ledgers) > 1 else "", table)
        for ledger in ledgers
        for table in tables(layout, Contents(ledger))
    ]
    tell = progress or _silent
    with undisturbed():
        _draw(book, layout, labelled, tell)
        _write(out, book, tell)


def write_layout(
    out: Path,
    layout: Layout,
    contents: Contents,
    heading: Heading,
    *,
    units: Iterable[str] = (),
    progress: Progress | None = None,
) -> None:
    """Write one workbook by a template to `out`, an .xlsx. UserError and CancelledError as for `write_workbook`.

    A template that is per unit gives one sheet for each unit, of those named or of all; `contents.unit` gives one.
    """
    check_target(out)
    parts: tuple[Contents, ...] = (contents,)
    if layout.per == "unit" and not contents.unit:
        parts = unit_contents(contents, units)
    labelled = [(part.unit, table) for part in parts for table in tables(layout, part, heading)]
    if not labelled:
        raise UserError(f"没有可以放进“{layout.name}”的事项，请先分解任务并明确责任单位，再导出。")
    book = _empty_book()
    title = f"{labelled[0][1].title}" if len(parts) == 1 else f"{heading.title}{layout.name}"
    describe(book, layout, title, f"{heading.office} {heading.day_words}".strip())
    tell = progress or _silent
    with undisturbed():
        sheets = _draw(book, layout, labelled, tell)
        if layout.charts:
            add_charts(book, layout, contents.cases, contents.months, heading)
        mark(book, layout, contents, heading, sheets)
        _write(out, book, tell)


def write_units(
    folder: Path,
    layout: Layout,
    contents: Contents,
    heading: Heading,
    *,
    units: Iterable[str] = (),
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Write one workbook for each unit into a folder, of the units named or of all; the files, in order.

    UserError and CancelledError as for `write_workbook`, of the file that was being written: those before it stay.
    """
    parts = unit_contents(contents, units)
    if not parts:
        raise UserError("没有一项任务明确了责任单位，请先在任务里填写牵头单位，再按单位导出。")
    tell = progress or _silent
    files = []
    for place, part in enumerate(parts):
        tell(f"正在写入{part.unit}", place / len(parts))
        out = folder / f"{file_name(f'{layout.name}（{part.unit}）')}.xlsx"
        write_layout(out, layout, part, heading)
        files.append(out)
    return tuple(files)


def _silent(_message: str, _share: float) -> None:
    pass


WIDTH_FONT = Font(name="Arial", size=10)
"""Columns are as wide as so many digits of the font of nobody's cells. Calibri, which openpyxl names, is not everywhere,
and another in its place made columns a quarter wider; what stands in for Arial is as wide as Arial.
"""


def _empty_book() -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    inside = vars(book)  # openpyxl has no other way to it
    inside["_fonts"][:] = [WIDTH_FONT]
    inside["_named_styles"]["Normal"].font = WIDTH_FONT
    return book


def _draw(
    book: Workbook, layout: Layout, labelled: Sequence[tuple[str, Table]], tell: Progress
) -> list[tuple[str, Table]]:
    """The tables drawn, each with the name of its sheet."""
    styles = Styles(book, layout)
    total = sum(len(table.lines) for _, table in labelled) or 1
    done = 0
    drawn = []
    for label, table in labelled:
        name = sheet_name(table.plan.name, label, book.sheetnames)
        page = Page(book.create_sheet(name), table.plan, layout, styles)
        page.set_up()
        page.head((table.title, table.subtitle), heights_of(table, layout))
        for place, lines in enumerate(pages(table, layout)):
            if place:
                page.turn()
            for line, size, height in lines:
                if done % _STEP == 0:
                    tell(f"正在整理{table.plan.name}", done / total * _SHARE_OF_ROWS)
                page.add(line, size, height)
                done += 1
        page.finish()
        drawn.append((name, replace(table, lines=())))
    return drawn


def _write(out: Path, book: Workbook, tell: Progress) -> None:
    tell("正在生成工作簿", _SHARE_OF_ROWS)
    write_beside(out, lambda: _bytes(book), lambda: tell("正在写入文件", 0.95))


def _bytes(book: Workbook) -> bytes:
    # in memory first: zipfile, when a disk fills up under it, fails a second time while being cleaned up
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
