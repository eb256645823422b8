"""A plain table of words for dialogs: rows are chosen, nothing is edited."""

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from app.ui.views.table_look import dress, spread


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
