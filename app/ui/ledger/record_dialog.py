"""填报进展: what a unit reports on a task for a period, typed here."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import UserError
from app.domain.periods import Period, periods_between
from app.domain.phrases import figure_words
from app.domain.supervising import Case
from app.domain.typed import names_of
from app.ui.dialogs.words_box import in_chinese
from app.ui.ledger.columns import title_of
from app.ui.views.card_paint import set_property
from app.workspace.supervising import Report

TEXTS = (("text", "进展情况"), ("issues", "存在问题"), ("next_steps", "下一步措施"))
NO_UNIT = "这项任务还没有牵头单位，请先在标注页明确牵头单位，再填报进展。"


class RecordDialog(QDialog):
    """Shows what stands of the unit's report for the period, and hands on what it is to be."""

    def __init__(
        self,
        case: Case,
        first: date,
        on: date,
        then: Callable[[Report], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._case = case
        self._then = then
        self.setWindowTitle(f"填报进展：{case.row.number} {title_of(case)}")
        self.setMinimumWidth(560)
        self.unit = QComboBox(self)
        self.unit.addItems([name for name in (case.row.lead, *case.supports) if name])
        self.period = QComboBox(self)
        for period in reversed(tuple(periods_between(min(first, on), on, case.cycle))):
            self.period.addItem(period.words, period)
        self.figures = {goal.id: QLineEdit(self) for goal in case.goals}
        self.texts = {name: QPlainTextEdit(self) for name, _ in TEXTS}
        self.reported_by = QLineEdit(self)
        self.evidence = QLineEdit(self)
        self._lay_out()
        self._show()
        self.unit.currentIndexChanged.connect(self._show)
        self.period.currentIndexChanged.connect(self._show)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow("报送期", self.period)
        form.addRow("单位", self.unit)
        for goal in self._case.goals:
            field = self.figures[goal.id]
            field.setPlaceholderText("完成值，如 12个、3.5亿元、增长6.2%")
            name = goal.target.indicator.strip() or goal.words
            label = QLabel(f"{name}（{figure_words(goal.target, goal.words)}）", self)
            label.setWordWrap(True)
            label.setMaximumWidth(200)
            form.addRow(label, field)
            field.setAccessibleName(name)
        for name, words in TEXTS:
            box = self.texts[name]
            box.setTabChangesFocus(True)
            box.setAccessibleName(words)
            box.setFixedHeight(3 * self.fontMetrics().lineSpacing() + 12)
            form.addRow(words, box)
        self.evidence.setPlaceholderText("文件名，几个之间用顿号")
        form.addRow("填报人", self.reported_by)
        form.addRow("佐证材料", self.evidence)
        column.addLayout(form)
        self.problem = QLabel("", self)
        self.problem.setWordWrap(True)
        set_property(self.problem, "role", "alert")
        self.problem.hide()
        column.addWidget(self.problem)
        buttons = in_chinese(
            QDialogButtonBox(
                QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
            ),
            "记录",
        )
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        next(iter((*self.figures.values(), self.texts["text"]))).setFocus()

    def _show(self) -> None:
        """What stands of this unit for this period."""
        period = self.period.currentData()
        key = period.key if isinstance(period, Period) else ""
        found = self._case.report_of(self.unit.currentText(), key) if key else None
        words = {figure.target_id: figure.words for figure in found.figures} if found else {}
        for target_id, line in self.figures.items():
            line.setText(words.get(target_id, ""))
        for name, field in self.texts.items():
            field.setPlainText(getattr(found, name) if found else "")
        self.reported_by.setText(found.reported_by if found else "")
        self.evidence.setText("、".join(found.evidence) if found else "")

    def _give(self) -> None:
        period = self.period.currentData()
        told = Report(
            unit=self.unit.currentText(),
            period=period.key if isinstance(period, Period) else "",
            figures={target_id: line.text().strip() for target_id, line in self.figures.items()},
            **{name: field.toPlainText().strip() for name, field in self.texts.items()},
            reported_by=self.reported_by.text().strip(),
            evidence=names_of(self.evidence.text()),
        )
        try:
            self._then(told)
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        self.accept()
