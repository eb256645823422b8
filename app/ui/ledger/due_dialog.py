"""到期和催办: what wants chasing, and each unit's reminder ready to be copied, printed or sent as Word."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QTextDocument
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.domain.due_list import DueList, of_unit, reminder, units_to_remind
from app.domain.errors import UserError
from app.domain.task_moves import Given, TaskMoveName
from app.ui.dialogs.rows import Rows
from app.ui.ledger.columns import title_of
from app.ui.ledger.writing import write, writer_of
from app.workspace.outgoing import Wanted

if TYPE_CHECKING:
    from app.ui.ledger.desk import LedgerDesk

ALL = "全部单位"
TITLES = ("情况", "编号", "督查事项", "牵头单位", "完成时限", "说明")
NOTHING = "今天没有要催办的事项。"
NOBODY = "这些事项没有牵头单位，请先在标注页明确。"


def rows_of(found: DueList) -> list[tuple[str, ...]]:
    """The lists one after the other: a row for each task, its id last."""
    rows: list[tuple[str, ...]] = [
        (
            title,
            str(e.case.row.number),
            title_of(e.case),
            e.case.row.lead or "待定",
            e.day.isoformat(),
            e.words,
            e.case.id,
        )
        for title, entries in found.titled
        for e in entries
    ]
    return rows + [
        (
            "缺反馈",
            str(case.row.number),
            title_of(case),
            case.row.lead or "待定",
            case.due.isoformat() if case.due else "持续推进",
            case.missed_words,
            case.id,
        )
        for case in found.missed
    ]


class DueDialog(QDialog):
    """The session's due list by unit. Enter goes to the task in the ledger."""

    def __init__(self, desk: "LedgerDesk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ids: list[str] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("到期和催办")
        self.resize(1120, 680)
        self.unit = QComboBox(self)
        self.unit.setAccessibleName("单位")
        self.unit.setFixedWidth(220)
        self.count = QLabel("", self)
        self.count.setProperty("role", "muted")
        self.table = Rows("due_rows", "到期清单", TITLES, (80, 52, 0, 120, 96, 180), self)
        self.text = QPlainTextEdit(self)
        self.text.setAccessibleName("催办内容")
        self.reply = QLineEdit("三个工作日内", self)
        self.reply.setAccessibleName("反馈期限")
        self.reply.setFixedWidth(140)
        self._lay_out()
        self._fill()
        self.unit.currentIndexChanged.connect(self._show)
        self.table.activated.connect(self._go)
        self.table.setFocus()

    def copy(self) -> None:
        """Put the reminder on the clipboard."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.count.setText("已复制到剪贴板")

    def print_text(self) -> None:
        """Print the reminder."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            document = QTextDocument(self.text.toPlainText())
            document.setDefaultFont(self.text.font())
            document.print_(printer)

    def write_reminders(self) -> None:
        """催办通知: of the unit that is shown, or of each in a folder."""
        self._write("reminder")

    def write_notices(self) -> None:
        """督查通知单: of the unit that is shown, or of each in a folder."""
        self._write("notice")

    def remind(self) -> None:
        """Note in the records that the tasks shown were chased."""
        session = self._desk.session
        cases = [case for case_id in dict.fromkeys(self._ids) if (case := session.case(case_id))]
        if session.move(cases, TaskMoveName.REMIND, Given()):
            self.count.setText(self._desk.keys.word)

    # --- inside

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(QLabel("单位", self))
        head.addWidget(self.unit)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(QLabel("反馈期限", self))
        head.addWidget(self.reply)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self.text)
        split.setSizes([360, 240])
        buttons = QDialogButtonBox(self)
        acts = (
            ("复制", "Ctrl+Shift+C", self.copy),
            ("打印…", "Ctrl+P", self.print_text),
            ("催办通知…", "Ctrl+S", self.write_reminders),
            ("督查通知单…", "Ctrl+Shift+S", self.write_notices),
            ("记为已催办", "Ctrl+Return", self.remind),
        )
        self.buttons: dict[str, QPushButton] = {}
        for words, key, act in acts:
            button = buttons.addButton(words, QDialogButtonBox.ButtonRole.ActionRole)
            button.setAutoDefault(False)
            button.setToolTip(key.replace("Return", "Enter"))
            button.clicked.connect(act)
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(button.click)
            self.buttons[words] = button
        close = buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(split, 1)
        column.addWidget(buttons)

    def _fill(self) -> None:
        self.unit.addItem(ALL, None)
        for name in units_to_remind(self._desk.session.due):
            self.unit.addItem(name or "未明确牵头单位", name)
        self._show()

    def _show(self) -> None:
        session = self._desk.session
        due, unit = session.due, self.unit.currentData()
        shown = due if unit is None else of_unit(due, unit)
        rows = rows_of(shown)
        self._ids = [row[-1] for row in rows]
        self.table.show_rows([row[:-1] for row in rows])
        counts = [f"{title}{len(entries)}" for title, entries in shown.titled] + [
            f"缺反馈{len(shown.missed)}"
        ]
        self.count.setText("　".join(counts))
        office = session.workspace.supervision.office()
        units = units_to_remind(due) if unit is None else (unit,)
        texts = [words for name in units if (words := reminder(due, name, office))]
        self.text.setPlainText("\n\n".join(texts) or NOTHING)
        for button in self.buttons.values():
            button.setEnabled(bool(rows))

    def _write(self, key: str) -> None:
        unit = self.unit.currentData()
        try:
            if unit == "":
                raise UserError(NOBODY)
            wanted = Wanted(unit=unit or "", reply=self.reply.text().strip() or "三个工作日内")
            write(writer_of(self._desk), key, wanted, in_folder=unit is None)
        except UserError as error:
            self._desk.tell(error)

    def _go(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self._ids):
            self._desk.panel.clear()
            self._desk.session.go(self._ids[row])
            self.accept()
            self._desk.focus()
