"""亮灯规则: the office's rule of lights, edited."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import UserError
from app.domain.lights import LightRule
from app.ui.dialogs.words_box import in_chinese
from app.ui.views.card_paint import set_property

ABOUT = (
    "红灯：超过完成时限尚未办结，或落后序时进度超过红灯幅度。黄灯：临近完成时限尚未完成，或落后达到黄灯幅度，或没有按期反馈。"
    "灰灯：持续推进的任务，或还没有数据。其余为绿灯。落后幅度只对可以累计的数计算。"
)


class RuleDialog(QDialog):
    """Shows the rule that holds and hands on another; what is refused is said and the dialog stays."""

    def __init__(
        self, rule: LightRule, then: Callable[[LightRule], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._then = then
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("亮灯规则")
        self.setMinimumWidth(460)
        self.red = self._number(1, 100, " 个百分点", "红灯：落后超过")
        self.yellow = self._number(1, 100, " 个百分点", "黄灯：落后达到")
        self.days = self._number(0, 366, " 天", "黄灯：距完成时限不到")
        self.day = self._number(1, 31, " 日", "每月反馈截止")
        self._fields = (self.red, self.yellow, self.days, self.day)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        about = QLabel(ABOUT, self)
        about.setWordWrap(True)
        column.addWidget(about)
        form = QFormLayout()
        form.setSpacing(8)
        for field in self._fields:
            form.addRow(field.accessibleName(), field)
        column.addLayout(form)
        since = f"现行规则自{rule.since.isoformat()}起。" if rule.since else "现行的是系统自带的规则。"
        note = QLabel(f"{since}改后自今天起施行，修改写入记录，全部亮灯随之重算。", self)
        note.setWordWrap(True)
        note.setProperty("role", "muted")
        column.addWidget(note)
        self.problem = QLabel("", self)
        self.problem.setWordWrap(True)
        set_property(self.problem, "role", "alert")
        self.problem.hide()
        column.addWidget(self.problem)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        reset = QPushButton("恢复默认", self)
        reset.setAutoDefault(False)
        reset.clicked.connect(self._reset)
        in_chinese(buttons, "施行").addButton(reset, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self._show(rule)
        self.red.setFocus()

    def _number(self, low: int, high: int, suffix: str, name: str) -> QSpinBox:
        field = QSpinBox(self)
        field.setRange(low, high)
        field.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        field.setSuffix(suffix)
        field.setAccessibleName(name)
        return field

    def _show(self, rule: LightRule) -> None:
        values = (
            round(rule.red_lag * 100),
            round(rule.yellow_lag * 100),
            rule.yellow_days,
            rule.feedback_day,
        )
        for field, value in zip(self._fields, values, strict=True):
            field.setValue(value)

    def _reset(self) -> None:
        self._show(LightRule())

    def _give(self) -> None:
        red, yellow, days, day = (field.value() for field in self._fields)
        try:
            self._then(LightRule(red / 100, yellow / 100, days, day))
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        self.accept()
