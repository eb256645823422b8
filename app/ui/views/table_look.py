"""The look that every table here has: rows with hairlines, no grid, one line of words in a row."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

ROW_ROOM = 13
"""Pixels of a row beyond the height of its words."""


def dress(table: QTableView, name: str, about: str, *, row_room: int = ROW_ROOM) -> None:
    """Give a table the look. `name` is its object name, `about` what it holds, in words."""
    table.setObjectName(name)
    table.setAccessibleName(about)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setFrameShape(QTableView.Shape.NoFrame)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + row_room)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.style().unpolish(header)  # it was dressed before its table had this name
    header.style().polish(header)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def widths_of(table: QTableView, widest: Iterable[str], room: int) -> list[int]:
    """How wide columns must be for these words with so much room beside them; 0 for those without words."""
    metrics = table.fontMetrics()
    return [metrics.horizontalAdvance(words) + room if words else 0 for words in widest]


def spread(table: QTableView, widths: Sequence[int]) -> None:
    """Give the columns these widths in pixels; those with 0 share what is left."""
    header = table.horizontalHeader()
    for column, width in enumerate(widths):
        mode = QHeaderView.ResizeMode.Interactive if width else QHeaderView.ResizeMode.Stretch
        header.setSectionResizeMode(column, mode)
        if width:
            header.resizeSection(column, width)
