"""台账: the cases as a table, with a search line and its filter in the head."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
)
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QWidget

from app.domain.lights import COLOUR_NAMES, Colour
from app.domain.outgoing import units_of
from app.domain.task_moves import TaskState
from app.ui.ledger.columns import COLUMNS
from app.ui.ledger.grid import LedgerGrid
from app.ui.ledger.narrowing import Due, Narrowing
from app.ui.ledger.session import LedgerSession
from app.ui.ledger.table import NO_ORDER, LedgerTable
from app.ui.views.panel import Panel

EVERY = "全部"
SECTION_LENGTH = 24
SEARCH = "搜索台账  /"
_Choice = TypeVar("_Choice")


class LedgerPanel(Panel):
    """The session's cases as a table that follows its current case, both ways."""

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        self.model = LedgerTable()
        self.grid = LedgerGrid(self.model)
        super().__init__("台账", self.grid, parent)
        self.model.setParent(self)
        self._session = session
        self._is_patching = False
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(SEARCH)
        self.search.setAccessibleName("搜索台账")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(200)
        self.button = QToolButton(self)
        self.button.setObjectName("ledger_filter")
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setToolTip("筛选（F）")
        self.menu = QMenu(self.button)
        self.button.setMenu(self.menu)
        self.head.addWidget(self.search)
        self.head.addWidget(self.button)
        self.head.setContentsMargins(12, 0, 4, 0)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.grid.setFocus)
        self.menu.aboutToShow.connect(self._fill)
        self.grid.selectionModel().currentRowChanged.connect(self._row_changed)
        session.loaded.connect(self.show_cases)
        session.case_changed.connect(self._follow_current)

    @property
    def narrowing(self) -> Narrowing:
        """What is shown."""
        return self.model.narrowing

    def show_cases(self) -> None:
        """Show the session's cases; selected rows stay selected."""
        kept = {case.id for case in self.grid.chosen}
        self._is_patching = True
        self.model.show_cases(self._session.cases, self._session.due_ids)
        self._is_patching = False
        if len(kept) > 1:
            self._select(kept)
        else:
            self._follow_current()
        self._show_count()

    def narrow(self, narrowed: Narrowing) -> None:
        """Show only what passes, the current case if it does, else the first."""
        self._is_patching = True
        self.model.narrow(narrowed)
        self._is_patching = False
        if self.search.text() != narrowed.text:
            self.search.setText(narrowed.text)
        self._show_count()
        case = self._session.current_case
        if case is None or self.model.row_of(case.id) < 0:
            first = self.model.case_at(0)
            self._session.go(first.id if first else "")
        self._follow_current()

    def step(self, by: int) -> None:
        """Go to the next row or the one before, round the ends."""
        count = self.model.rowCount()
        if count:
            here = self.grid.currentIndex().row()
            self.grid.selectRow((here + by) % count if here >= 0 else 0)

    def next_light(self) -> None:
        """Show only the next of the lights, then all again."""
        self.narrow(replace(self.narrowing, colour=_after(list(Colour), self.narrowing.colour)))

    def next_due(self) -> None:
        """Show only the next of the due lists, then all again."""
        self.narrow(replace(self.narrowing, due=_after(list(Due), self.narrowing.due)))

    def sort_next(self) -> str:
        """Sort by the next column, after the last in the ledger's order; returns by what."""
        header = self.grid.horizontalHeader()
        here = header.sortIndicatorSection() if header.isSortIndicatorShown() else NO_ORDER
        here = here if 0 <= here < len(COLUMNS) else NO_ORDER
        wanted = here + 1 if here + 1 < len(COLUMNS) else NO_ORDER
        header.setSortIndicator(wanted, Qt.SortOrder.AscendingOrder)
        return COLUMNS[wanted].title if wanted != NO_ORDER else "台账原来的顺序"

    def show_menu(self) -> None:
        """Open the filter's menu under its button."""
        self.menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    def clear(self) -> None:
        """Show every case again."""
        self.narrow(Narrowing())

    # --- the filter

    def _fill(self) -> None:
        """The choices as they are now: each a submenu with the one that holds checked."""
        self.menu.clear()
        for old in self.menu.findChildren(QMenu):
            old.deleteLater()
        here, cases = self.narrowing, self._session.cases
        sections = dict.fromkeys(case.section for case in cases if case.section)
        states = {case.state for case in cases}
        self._choices(
            "单位", [(name, replace(here, unit=name), here.unit == name) for name in ("", *units_of(cases))]
        )
        self._choices("类别", [(s, replace(here, section=s), here.section == s) for s in ("", *sections)])
        lights = [(COLOUR_NAMES[c], replace(here, colour=c), here.colour is c) for c in Colour]
        self._choices("亮灯", [("", replace(here, colour=None), here.colour is None), *lights])
        known = [(s.value, replace(here, state=s), here.state is s) for s in TaskState if s in states]
        self._choices("状态", [("", replace(here, state=None), here.state is None), *known])
        lists = [
            (f"{due.value}（{len(self._session.due_ids[due])}）", replace(here, due=due), here.due is due)
            for due in Due
        ]
        self._choices("到期清单", [("", replace(here, due=None), here.due is None), *lists])
        self.menu.addSeparator()
        self.menu.addAction("清除筛选", self.clear)

    def _choices(self, title: str, choices: Iterable[tuple[str, Narrowing, bool]]) -> None:
        menu = self.menu.addMenu(title)
        group = QActionGroup(menu)
        for words, narrowed, is_chosen in choices:
            action = menu.addAction(
                (words if len(words) <= SECTION_LENGTH else words[:SECTION_LENGTH] + "…") or EVERY
            )
            action.setCheckable(True)
            action.setChecked(is_chosen)
            action.setData(narrowed)
            action.triggered.connect(self._choose)
            group.addAction(action)

    def _choose(self) -> None:
        action = self.sender()
        if isinstance(action, QAction) and isinstance(action.data(), Narrowing):
            self.narrow(action.data())

    def _search(self, typed: str) -> None:
        if typed.strip() != self.narrowing.text:
            self.narrow(replace(self.narrowing, text=typed.strip()))

    def _show_count(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        words = self.narrowing.words
        short = [word if len(word) <= SECTION_LENGTH else word[:SECTION_LENGTH] + "…" for word in words]
        self.button.setText(f"筛选：{'、'.join(short)} {shown}" if short else f"{total} 项 · 筛选")

    # --- the selection, both ways

    def _row_changed(self, index: QModelIndex, _old: QModelIndex) -> None:
        case = self.model.case_at(index.row())
        if case is not None and not self._is_patching:
            self._session.go(case.id)

    def _follow_current(self) -> None:
        case = self._session.current_case
        row = self.model.row_of(case.id) if case else -1
        if row == self.grid.currentIndex().row() and (
            row < 0 or self.grid.selectionModel().isRowSelected(row)
        ):
            return
        self._is_patching = True
        index = self.model.index(row, 0) if row >= 0 else QModelIndex()
        flags = QItemSelectionModel.SelectionFlag
        self.grid.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        if row >= 0:
            self.grid.scrollTo(index)
        self._is_patching = False

    def _select(self, ids: set[str]) -> None:
        """Select these rows at once: whoever follows the selection is told a single time."""
        wanted = QItemSelection()
        for row, case in enumerate(self.model.rows):
            if case.id in ids:
                index = self.model.index(row, 0)
                wanted.append(QItemSelectionRange(index, index))
        flags = QItemSelectionModel.SelectionFlag
        self.grid.selectionModel().select(wanted, flags.ClearAndSelect | flags.Rows)


def _after(choices: list[_Choice], here: _Choice | None) -> _Choice | None:
    """The choice after one, None after the last."""
    place = choices.index(here) + 1 if here is not None else 0
    return choices[place] if place < len(choices) else None
