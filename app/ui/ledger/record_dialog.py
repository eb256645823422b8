"""填报进展: what a unit reports on a task for a period, typed here."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.errors import UserError
from app.domain.periods import Period, period_collected, periods_between
from app.domain.phrases import figure_words
from app.domain.supervising import Case
from app.domain.typed import names_of
from app.ui.dialogs.words_box import in_chinese
from app.ui.ledger.columns import title_of
from app.ui.views.card_paint import set_property
from app.workspace import Workspace
from app.workspace.supervising import Report

TEXTS = (("text", "进展情况"), ("issues", "存在问题"), ("next_steps", "下一步措施"))
LABEL_WIDTH = 180
FORM_WIDTH, ROUND_FORM = 560, 160
"""The least width of the form, and the height that the screen must have left for what is round it."""

KEEP_DELAY = 400
"""Milliseconds after the last key before the draft is kept."""

NO_UNIT = "这项任务还没有牵头单位，请先在标注页明确牵头单位，再填报进展。"


class Draft:
    """What was typed and not recorded yet, kept in the workspace until it is: nothing typed is lost."""

    def __init__(self, workspace: Workspace, case_id: str) -> None:
        self._workspace = workspace
        self._key = f"draft:progress:{case_id}"

    def read(self) -> Report | None:
        """What was kept, None for nothing."""
        data = self._workspace.setting(self._key)
        return Report(**{**data, "evidence": tuple(data["evidence"])}) if data else None

    def keep(self, told: Report | None) -> None:
        """Keep this; None forgets."""
        if told is not None or self._workspace.setting(self._key):
            self._workspace.set_setting(self._key, None if told is None else asdict(told))


class RecordDialog(QDialog):
    """Shows what stands of the unit's report for the period, and hands on what it is to be.

    What is typed is kept as a draft until it is recorded or put back to what stands.
    """

    def __init__(
        self,
        case: Case,
        span: tuple[date, date],
        then: Callable[[Report], object],
        draft: Draft,
        parent: QWidget | None = None,
    ) -> None:
        """`span`: from the report's first day to today. The period shown first is the one that is being collected."""
        super().__init__(parent)
        first, on = span
        self._draft = draft
        self._timer = QTimer(self, interval=KEEP_DELAY, singleShot=True)
        self._timer.timeout.connect(self._keep)
        self._case = case
        self._then = then
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"填报进展：{case.row.number} {title_of(case)}")
        self.unit = QComboBox(self)
        self.unit.addItems([name for name in (case.row.lead, *case.supports) if name])
        self.period = QComboBox(self)
        for period in reversed(tuple(periods_between(min(first, on), on, case.cycle))):
            self.period.addItem(period.words, period)
        collected = period_collected(on, first, case.cycle, case.light.rule.feedback_day)
        self.period.setCurrentIndex(self.period.findText(collected.words))
        self.figures = {goal.id: QLineEdit(self) for goal in case.goals}
        self.texts = {name: QPlainTextEdit(self) for name, _ in TEXTS}
        self.reported_by = QLineEdit(self)
        self.evidence = QLineEdit(self)
        self.kept = QLabel("已恢复上次没有记录的内容", self)
        self.kept.setProperty("role", "muted")
        self._lay_out()
        self._show()
        self._restore()
        for line in (*self.figures.values(), self.reported_by, self.evidence):
            line.textChanged.connect(self._timer.start)
        for box in self.texts.values():
            box.textChanged.connect(self._timer.start)
        self.unit.currentIndexChanged.connect(self._show)
        self.period.currentIndexChanged.connect(self._show)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        inner = QWidget(self)
        inner.setLayout(self._form())
        scroll = QScrollArea(self)  # a task may have a dozen targets
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        room = self.screen().availableGeometry().height() - ROUND_FORM
        scroll.setMinimumSize(FORM_WIDTH, min(inner.sizeHint().height(), room))
        column.addWidget(scroll, 1)
        column.addWidget(self.kept)
        self.kept.hide()
        self.problem = QLabel("", self)
        self.problem.setWordWrap(True)
        set_property(self.problem, "role", "alert")
        self.problem.hide()
        column.addWidget(self.problem)
        column.addWidget(self._buttons())
        next(iter((*self.figures.values(), self.texts["text"]))).setFocus()

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(8)
        form.addRow("报送期", self.period)
        form.addRow("单位", self.unit)
        for goal in self._case.goals:
            field = self.figures[goal.id]
            field.setPlaceholderText("完成值，如 12个、3.5亿元、增长6.2%")
            name = goal.target.indicator.strip() or goal.words
            label = QLabel(f"{name}（{figure_words(goal.target, goal.words)}）", self)
            label.setWordWrap(True)
            label.setFixedWidth(LABEL_WIDTH)
            label.setMinimumHeight(label.heightForWidth(LABEL_WIDTH))  # a form does not ask for it
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
        return form

    def _buttons(self) -> QDialogButtonBox:
        wanted = QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        buttons = in_chinese(QDialogButtonBox(wanted, self), "记录")
        record = buttons.button(QDialogButtonBox.StandardButton.Ok)
        record.setToolTip("Ctrl+Enter")
        for key in ("Ctrl+Return", "Ctrl+Enter"):  # Enter in a text begins a line
            QShortcut(QKeySequence(key), self).activated.connect(record.click)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        return buttons

    @override
    def done(self, result: int) -> None:
        """A closed form keeps what it holds, unless that was recorded."""
        if result != QDialog.DialogCode.Accepted:
            self._keep()
        self._timer.stop()
        super().done(result)

    def _told(self) -> Report:
        """What the form says."""
        period = self.period.currentData()
        return Report(
            unit=self.unit.currentText(),
            period=period.key if isinstance(period, Period) else "",
            figures={target_id: line.text().strip() for target_id, line in self.figures.items()},
            **{name: field.toPlainText().strip() for name, field in self.texts.items()},
            reported_by=self.reported_by.text().strip(),
            evidence=names_of(self.evidence.text()),
        )

    def _standing(self) -> Report:
        """What stands, as the form would say it."""
        told = self._told()
        found = self._case.report_of(told.unit, told.period) if told.period else None
        words = {figure.target_id: figure.words for figure in found.figures} if found else {}
        return Report(
            unit=told.unit,
            period=told.period,
            figures={target_id: words.get(target_id, "") for target_id in self.figures},
            **{name: getattr(found, name) if found else "" for name, _ in TEXTS},
            reported_by=found.reported_by if found else "",
            evidence=found.evidence if found else (),
        )

    def _keep(self) -> None:
        told = self._told()
        self._draft.keep(None if told == self._standing() else told)

    def _restore(self) -> None:
        """Put back what was typed last time, where unit and period are still to be had."""
        kept = self._draft.read()
        if kept is None:
            return
        periods = [self.period.itemData(n).key for n in range(self.period.count())]
        if kept.period not in periods or self.unit.findText(kept.unit) < 0:
            return
        self.period.setCurrentIndex(periods.index(kept.period))
        self.unit.setCurrentText(kept.unit)
        self._fill(kept)
        self.kept.show()

    def _fill(self, told: Report) -> None:
        for target_id, line in self.figures.items():
            line.setText((told.figures or {}).get(target_id, ""))
        for name, field in self.texts.items():
            field.setPlainText(getattr(told, name) or "")
        self.reported_by.setText(told.reported_by or "")
        self.evidence.setText("、".join(told.evidence or ()))

    def _show(self) -> None:
        """What stands of this unit for this period."""
        self._fill(self._standing())

    def _give(self) -> None:
        try:
            self._then(self._told())
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        self._draft.keep(None)
        self.accept()
