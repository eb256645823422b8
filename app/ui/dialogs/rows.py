"""A plain table of words for dialogs: rows are chosen, nothing is edited."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

ROW_ROOM = 13
"""Pixels of a row beyond the height of its words."""


def dress(table: QTableView, name: str, about: str) -> None:
    """Give a table the look of every table here. `name` is its object name, `about` what it holds, in words."""
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
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + ROW_ROOM)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.style().unpolish(header)  # it was dressed before its table had this name
    header.style().polish(header)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def spread(table: QTableView, widths: Sequence[int]) -> None:
    """Give the columns these widths in pixels; those with 0 share what is left."""
    header = table.horizontalHeader()
    for column, width in enumerate(widths):
        mode = QHeaderView.ResizeMode.Interactive if width else QHeaderView.ResizeMode.Stretch
        header.setSectionResizeMode(column, mode)
        if width:
            header.resizeSection(column, width)


class Rows(QTableWidget):
    """Rows of words. A cell that is too narrow for its words shows them as a tip."""

    def __init__(
        self, name: str, about: str, titles: Sequence[str], widths: Sequence[int], parent: QWidget
    ) -> None:
        super().__init__(0, len(titles), parent)
        dress(self, name, about)
        self.setHorizontalHeaderLabels(list(titles))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        spread(self, widths)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows; the current row stays, as far as there is one."""
        here = self.currentRow()
        self.setRowCount(len(rows))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                cell = QTableWidgetItem(text)
                cell.setToolTip(text)
                self.setItem(row, column, cell)
        if rows:
            self.setCurrentCell(min(max(here, 0), len(rows) - 1), 0)
