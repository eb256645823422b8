"""The agreement of two layers as a chart, as a table of text, and written out."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

from app.review import MEASURE_NAMES, AgreementRow, AgreementTable, Measure
from app.ui.review.agreement import Bar, Chart
from app.ui.samples import writing

SHOWN: tuple[tuple[str, Measure], ...] = (
    ("F1", Measure.TOLERANT_F1),
    ("一致率", Measure.SHARE),
    ("κ", Measure.KAPPA),
    ("α", Measure.ALPHA),
)
"""The figures that the chart has room for."""

_HEADS = ("章节", "字段", "甲数量", "乙数量", "比较数量", *MEASURE_NAMES.values())
_FORMULA = ("=", "+", "-", "@")


def chart_of(table: AgreementTable, section: int, title: str) -> Chart:
    """The fields of the whole report (-1) or of one section."""
    rows = table.of_section(section) if section >= 0 else table.overall
    heads = tuple(head for head, _ in SHOWN)
    return Chart(title, heads, tuple(_bar(row) for row in rows if row.first_count or row.second_count))


def scope_words(table: AgreementTable, section: str) -> str:
    """What the figures are of: 全文 · 边界容差 2 字."""
    return f"{section or '全文'} · 边界容差 {table.tolerance} 字"


def sections_of(table: AgreementTable) -> list[tuple[int, str]]:
    """The sections that have rows: (index, title)."""
    return list(dict.fromkeys((row.section, row.section_title) for row in table.rows if row.section >= 0))


def as_csv(table: AgreementTable) -> str:
    """Every row with every figure; a figure that there is not is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEADS)
    for row in table.rows:
        counts = (row.first_count, row.second_count, row.compared)
        figures = ("" if (v := row.figure(m)) is None else f"{v:.4f}" for m in MEASURE_NAMES)
        writer.writerow((_safe(row.section_title or "全文"), _safe(row.name), *counts, *figures))
    return out.getvalue()


def write_csv(table: AgreementTable, path: Path) -> None:
    """Write the table so that a spreadsheet reads it. UserError where the file cannot be written."""
    _write(path, lambda part: part.write_text(as_csv(table), encoding="utf-8-sig", newline=""))


def write_picture(save: Callable[[str], bool], path: Path) -> None:
    """Let a picture be saved as a file. UserError where it cannot be written."""
    with writing(f"图片“{path.name}”", "请另选一个位置。"):
        if not save(str(path)):
            raise OSError


def _write(path: Path, write: Callable[[Path], object]) -> None:
    """Write beside the file and rename: what stood there stays until the new one is whole."""
    part = path.with_name(f"~{path.name}.tmp")
    with writing(f"文件“{path.name}”", "请关闭打开它的程序，或另选一个位置。"):
        try:
            write(part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def _bar(row: AgreementRow) -> Bar:
    figures = tuple(row.figure(measure) for _, measure in SHOWN)
    share = next((figure for figure in figures if figure is not None), None)
    return Bar(row.name, share, figures)


def _safe(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(_FORMULA) else words
