"""年度分解 and 中期评估: a plan's targets year by year, edited in place, and how far along each is."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.completion import Goal
from app.domain.periods import Cycle, Period
from app.domain.phrases import figure_words, number_words
from app.domain.plan_years import Breakdown, Evaluation, Standing, YearTarget, breakdown
from app.domain.reported_figures import figure_of, in_scale
from app.domain.supervising import Case
from app.ui.dialogs.rows import Rows
from app.ui.ledger.session import LedgerSession
from app.ui.views.card_paint import theme_of
from app.ui.views.panel import Panel
from app.ui.views.table_look import dress, spread

FIXED = ("编号", "指标", "规划目标")
WHY = "依据"
EVALUATED = ("编号", "指标", "规划目标", "完成值", "目标进度", "应达进度", "评估", "牵头单位", "怎样判断")
NOTHING_SUGGESTED = "没有可以采纳的建议：其余指标要由人填写"
Key = tuple[str, int]
"""A target's id and a year."""


class PlanPanel(QWidget):
    """The session's plan. `export_asked`: the report is wanted."""

    export_asked = Signal()

    hints = (
        ("F2", "修改年度值"), ("Delete", "清除"), ("Ctrl+Enter", "采纳全部建议"),
        ("Ctrl+M", "中期评估报告"), ("Esc", "回到进度"), ("F1", "全部按键"),
    )  # fmt: skip

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_filling = False
        self._goals: list[tuple[Case, Goal]] = []
        self._years: range = range(0)
        self._decided: dict[Key, YearTarget] = {}
        self._suggested: dict[str, Breakdown] = {}
        self.table = QTableWidget(0, 0, self)
        dress(self.table, "plan_years", "年度工作分解")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.evaluated = Rows(
            "evaluations", "中期评估", EVALUATED, (52, 0, 120, 110, 76, 76, 104, 100, 0), self
        )
        self.year = QComboBox(self)
        self.year.setAccessibleName("评估到哪一年")
        self.accept_button = QPushButton("采纳全部建议", self)
        self.report_button = QPushButton("中期评估报告…", self)
        self._lay_out()
        self.table.itemChanged.connect(self._typed)
        self.year.currentIndexChanged.connect(self._show_evaluations)
        self.accept_button.clicked.connect(self.accept_suggestions)
        self.report_button.clicked.connect(self.export_asked)

    def focus(self) -> None:
        """Give the keyboard to the table of years."""
        self.table.setFocus()

    @property
    def period(self) -> Period | None:
        """The year that is evaluated, None before the plan was shown."""
        year = self.year.currentData()
        return Period(date(year, 1, 1), Cycle.YEARLY) if isinstance(year, int) else None

    def show_plan(self) -> None:
        """Show the plan's targets as they stand."""
        supervision, report_id = self._session.workspace.supervision, self._session.report_id
        facts = supervision.facts(report_id)
        self._goals = [(case, goal) for case in self._session.cases for goal in case.goals]
        years = range(facts.first.year, facts.last.year + 1)
        self._decided = {(y.target_id, y.year): y for y in supervision.year_targets(report_id)}
        self._suggested = {goal.id: breakdown(goal, years[0], years[-1]) for _, goal in self._goals}
        if years != self._years:
            self._years = years
            self._fill_years()
        self._fill()
        self._show_evaluations()

    def accept_suggestions(self) -> None:
        """Decide what is suggested, wherever nothing was decided."""
        wanted = [
            year
            for _, goal in self._goals
            for year in self._suggested[goal.id].years
            if (year.target_id, year.year) not in self._decided
        ]
        if not wanted:
            self._session.said.emit(NOTHING_SUGGESTED)
        elif self._decide(wanted):
            self._session.said.emit(f"已采纳{len(wanted)}个年度值，可按 Ctrl+Z 撤销")

    def clear_cell(self) -> None:
        """Take back what was decided for the current cell."""
        key = self._key(self.table.currentRow(), self.table.currentColumn())
        if key in self._decided and key is not None:
            self._decide([YearTarget(*key, None)])

    # --- inside

    def _lay_out(self) -> None:
        years = Panel("年度工作分解", self.table, self)
        years.note.setText("灰字是建议，按 Ctrl+Enter 采纳")
        self.accept_button.setAutoDefault(False)
        years.head.addWidget(self.accept_button)
        evaluated = Panel("中期评估", self.evaluated, self)
        evaluated.head.addWidget(self.year)
        evaluated.head.addWidget(self.report_button)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.addWidget(years)
        split.addWidget(evaluated)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)
        for key, act in (
            ("Ctrl+Return", self.accept_suggestions),
            ("Ctrl+M", self.export_asked.emit),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        delete = QShortcut(QKeySequence("Delete"), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.clear_cell)

    def _fill_years(self) -> None:
        titles = (*FIXED, *(f"{year}年" for year in self._years), WHY)
        self.table.setColumnCount(len(titles))
        self.table.setHorizontalHeaderLabels(list(titles))
        spread(self.table, (52, 0, 120, *(84 for _ in self._years), 0))
        self.year.blockSignals(True)
        self.year.clear()
        for year in self._years:
            self.year.addItem(f"到{year}年底", year)
        now = min(max(self._session.on.year, self._years[0]), self._years[-1])
        self.year.setCurrentIndex(now - self._years[0])
        self.year.blockSignals(False)

    def _fill(self) -> None:
        self._is_filling = True
        here = self.table.currentRow(), self.table.currentColumn()
        self.table.setRowCount(len(self._goals))
        for row, (case, goal) in enumerate(self._goals):
            fixed = (str(case.row.number), _name(goal), figure_words(goal.target, goal.words))
            for column, text in enumerate(fixed):
                self._put(row, column, text)
            for column, year in enumerate(self._years, len(FIXED)):
                self._put_year(row, column, goal, year)
            decided = any((goal.id, year) in self._decided for year in self._years)
            self._put(row, len(FIXED) + len(self._years), "已定" if decided else self._suggested[goal.id].why)
        if self._goals:
            self.table.setCurrentCell(max(0, here[0]), max(len(FIXED), here[1]))
        self._is_filling = False

    def _put(self, row: int, column: int, text: str) -> None:
        cell = QTableWidgetItem(text)
        cell.setFlags(cell.flags() & ~Qt.ItemFlag.ItemIsEditable)
        cell.setToolTip(text)
        self.table.setItem(row, column, cell)

    def _put_year(self, row: int, column: int, goal: Goal, year: int) -> None:
        decided = self._decided.get((goal.id, year))
        suggested = next((y for y in self._suggested[goal.id].years if y.year == year), None)
        shown = decided or suggested
        cell = QTableWidgetItem(year_words(goal, shown) if shown else "")
        cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if decided is None:
            cell.setForeground(QColor(theme_of(self.palette()).muted))
            cell.setToolTip(f"建议：{self._suggested[goal.id].why}")
        self.table.setItem(row, column, cell)

    def _key(self, row: int, column: int) -> Key | None:
        place = column - len(FIXED)
        if not (0 <= row < len(self._goals) and 0 <= place < len(self._years)):
            return None
        return self._goals[row][1].id, self._years[place]

    def _typed(self, cell: QTableWidgetItem) -> None:
        key = self._key(cell.row(), cell.column())
        if self._is_filling or key is None:
            return
        words = cell.text().strip()
        figure = in_scale(self._goals[cell.row()][1].target, figure_of(key[0], words))
        told = YearTarget(*key, figure.value, "" if figure.value is not None else words)
        if not self._decide([told]):
            self._fill()

    def _decide(self, wanted: Iterable[YearTarget]) -> bool:
        supervision, report_id = self._session.workspace.supervision, self._session.report_id
        return self._session.submit(supervision.year_targets_change(report_id, wanted))

    def _show_evaluations(self) -> None:
        year = self.year.currentData()
        if not isinstance(year, int):
            return
        supervision, session = self._session.workspace.supervision, self._session
        found = {e.goal.id: e for e in supervision.evaluations(session.report_id, year, session.on)}
        self.evaluated.show_rows(
            [evaluated_row(case, found[goal.id]) for case, goal in self._goals if goal.id in found]
        )


def evaluated_row(case: Case, one: Evaluation) -> tuple[str, ...]:
    """A target's 中期评估 as a row."""
    way, expected = ("" if share is None else f"{share:.1%}" for share in (one.way, one.expected))
    mark = {Standing.AHEAD: "▲ ", Standing.ON_WAY: "● ", Standing.BEHIND: "▼ ", Standing.UNKNOWN: "○ "}[
        one.standing
    ]
    return (
        str(case.row.number),
        _name(one.goal),
        figure_words(one.goal.target, one.goal.words),
        one.figure.words if one.figure else "",
        way,
        expected,
        f"{mark}{one.standing.value}",
        case.row.lead,
        one.why,
    )


def year_words(goal: Goal, year: YearTarget) -> str:
    """A value for a year, with its unit."""
    if year.value is None:
        return year.words
    return f"{number_words(year.value, goal.target.unit)}{goal.target.unit}"


def _name(goal: Goal) -> str:
    return goal.target.indicator.strip() or goal.words
