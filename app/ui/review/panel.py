"""差异: the differences of the review as a table, narrowed from its head."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, QModelIndex
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.domain.decisions import FIELD_NAMES, Field
from app.domain.report import section_path
from app.domain.spans import Span
from app.review import Difference, Status
from app.ui.review.grid import DifferenceGrid
from app.ui.review.session import ReviewSession
from app.ui.review.table import DifferenceFilter, DifferenceTable, Facts, Progress
from app.ui.views.panel import Panel

WHOLE, HERE, EVERY = "全文", "本节", "所有字段"
SECTION_DEPTH = 2
"""本节 is the section of this depth （（一）…） around the difference, or the nearest above it."""


class DifferencePanel(Panel):
    """The session's differences as a table that follows its selection, both ways."""

    def __init__(self, session: ReviewSession, parent: QWidget | None = None) -> None:
        self.model = DifferenceTable()
        self.grid = DifferenceGrid(self.model)
        super().__init__("差异", self.grid, parent)
        self.model.setParent(self)
        self._session = session
        self._section: Span | None = None
        self.button = QToolButton(self)
        self.button.setObjectName("difference_filter")
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setToolTip("筛选差异")
        self._menu = QMenu(self.button)
        self.button.setMenu(self._menu)
        self.head.removeWidget(self.note)
        self.head.addWidget(self.note)
        self.head.addWidget(self.button)
        self.head.setContentsMargins(12, 0, 4, 0)
        self.grid.selectionModel().currentRowChanged.connect(self._row_changed)
        self.model.patched.connect(self._follow_current)
        self._menu.aboutToShow.connect(self._fill)
        session.difference_changed.connect(self._follow_current)

    def show_differences(self, facts: Facts) -> None:
        """Show the session's differences."""
        self.model.show_differences(self._session.differences, facts)
        self.grid.show_single(is_single=facts.is_single)
        self._show_count()

    @property
    def shown(self) -> tuple[Difference, ...]:
        """The differences that pass the filter."""
        return tuple(self.model.rows)

    def set_text(self, text: str) -> None:
        """Show only differences that hold a text; "" shows all."""
        self.narrow(replace(self.model.filter, text=text))

    def narrow(self, narrowed: DifferenceFilter) -> None:
        """Show only what passes a filter."""
        self.model.set_filter(narrowed)
        self._show_count()

    def step(self, by: int) -> None:
        """Go to the next row or the one before, round the ends."""
        count = self.model.rowCount()
        if count:
            here = self.grid.currentIndex().row()
            row = (here + by) % count if here >= 0 else (0 if by > 0 else count - 1)
            self.grid.selectRow(row)

    # --- the filter

    def _fill(self) -> None:
        """The choices as they are now: only fields that differ somewhere."""
        self._menu.clear()
        here = self.model.filter
        self._group(
            (
                (WHOLE, replace(here, section=None), here.section is None),
                (HERE, replace(here, section=self._section_here()), here.section is not None),
            )
        )
        self._group((str(p), replace(here, progress=p), here.progress is p) for p in Progress)
        present = {difference.field for difference in self._session.differences}
        fields = [(FIELD_NAMES[f], replace(here, field=f), here.field is f) for f in Field if f in present]
        self._group([(EVERY, replace(here, field=None), here.field is None), *fields])
        self._menu.addAction("清除筛选", self.clear)

    def clear(self) -> None:
        """Show every difference again."""
        self.narrow(DifferenceFilter(text=self.model.filter.text))

    def _group(self, choices: Iterable[tuple[str, DifferenceFilter, bool]]) -> None:
        """Add choices of which one holds: (words, the filter it makes, whether it holds)."""
        group = QActionGroup(self._menu)
        for words, narrowed, is_chosen in choices:
            action = self._menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(is_chosen)
            action.setData(narrowed)
            action.triggered.connect(self._choose)
            group.addAction(action)
        self._menu.addSeparator()

    def _choose(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.narrow(action.data())

    def _section_here(self) -> Span | None:
        difference, report = self._session.current_difference, self._session.report
        if difference is None or report is None:
            return None
        path = section_path(report.reading.sections, difference.start)[:SECTION_DEPTH]
        return path[-1].span if path else None

    def _show_count(self) -> None:
        narrowed, differences = self.model.filter, self._session.differences
        words = [HERE] if narrowed.section is not None else []
        words += [str(narrowed.progress)] if narrowed.progress is not Progress.ALL else []
        words += [FIELD_NAMES[narrowed.field]] if narrowed.field is not None else []
        words += [f"“{narrowed.text}”"] if narrowed.text else []
        done = sum(d.status is Status.DECIDED for d in differences)
        count = (
            f"{len(differences)} 处改动" if self._session.own_id else f"已裁决 {done} / {len(differences)}"
        )
        shown = f"：{'、'.join(words)} {self.model.rowCount()}" if words else ""
        self.button.setText(f"{count} · 筛选{shown}")

    # --- the selection, both ways

    def _row_changed(self, index: QModelIndex, _old: QModelIndex) -> None:
        difference = self.model.difference_at(index.row())
        if difference is not None and not self.model.is_patching:
            self._session.go(difference.key)

    def _follow_current(self) -> None:
        difference = self._session.current_difference
        row = self.model.row_of(difference.key) if difference else -1
        chosen = self.grid.selectionModel()
        if row == self.grid.currentIndex().row() and (row < 0 or chosen.isRowSelected(row)):
            return
        self.model.is_patching = True
        index = self.model.index(row, 0) if row >= 0 else QModelIndex()
        flags = QItemSelectionModel.SelectionFlag
        chosen.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        if row >= 0:
            self.grid.scrollTo(index)
        self.model.is_patching = False
