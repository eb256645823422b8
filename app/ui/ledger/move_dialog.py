"""What a move of tasks wants to be told: a reason, a new date, evidence."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QDateEdit,
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
from app.domain.task_moves import REASON_NAMES, RULES, Given, Need, TaskMoveName
from app.domain.typed import names_of
from app.ui.dialogs.words_box import in_chinese
from app.ui.ledger.session import today
from app.ui.views.card_paint import set_property


class MoveDialog(QDialog):
    """Asks for what one move needs and hands it on; what `then` refuses is said and the dialog stays."""

    def __init__(
        self,
        name: TaskMoveName,
        about: str,
        due: date | None,
        then: Callable[[Given], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._then = then
        self._needs = RULES[name].needs
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(name.value)
        self.setMinimumWidth(460)
        self.reason = QPlainTextEdit(self)
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(4 * self.fontMetrics().lineSpacing() + 12)
        self.evidence = QLineEdit(self)
        self.evidence.setPlaceholderText("文件名，几个之间用顿号")
        self.day = QDateEdit(self)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        first = due or today()
        self.day.setDate(QDate(first.year, first.month, first.day).addMonths(1))
        self._lay_out(name, about, due)

    def _lay_out(self, name: TaskMoveName, about: str, due: date | None) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        label = QLabel(about, self)
        label.setWordWrap(True)
        column.addWidget(label)
        form = QFormLayout()
        form.setSpacing(8)
        fields: list[QWidget] = []
        reason_name = REASON_NAMES.get(name, "理由")
        if Need.NEW_DUE in self._needs:
            now = f"（现在是{due.isoformat()}）" if due else ""
            form.addRow(f"新的完成时限{now}", self.day)
            fields.append(self.day)
        if Need.EVIDENCE in self._needs:
            form.addRow("佐证材料", self.evidence)
            fields.append(self.evidence)
        form.addRow(reason_name, self.reason)
        fields.append(self.reason)
        for field, words in (
            (self.day, "新的完成时限"),
            (self.evidence, "佐证材料"),
            (self.reason, reason_name),
        ):
            field.setAccessibleName(words)
            field.setVisible(field in fields)
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
            name.value,
        )
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        fields[0].setFocus()

    def _give(self) -> None:
        chosen = self.day.date()
        day = date(chosen.year(), chosen.month(), chosen.day()) if Need.NEW_DUE in self._needs else None
        given = Given(self.reason.toPlainText().strip(), day, names_of(self.evidence.text()))
        try:
            self._then(given)
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        self.accept()
