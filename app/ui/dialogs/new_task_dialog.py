"""A task without a source in the text, such as a meeting's decision."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget


class NewTaskDialog(QDialog):
    """Asks for the task and where it comes from, and hands both on."""

    def __init__(self, then: Callable[[str, str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._then = then
        self.setWindowTitle("新增任务（无原文）")
        self.setMinimumWidth(480)
        form = QFormLayout(self)
        form.setContentsMargins(20, 20, 20, 16)
        form.setVerticalSpacing(10)
        self.task_title = QLineEdit(self)
        self.source = QLineEdit(self)
        self.source.setPlaceholderText("如：区政府第12次常务会议议定")
        form.addRow("任务", self.task_title)
        form.addRow("来源依据", self.source)
        buttons = QDialogButtonBox(self)
        self.add = buttons.addButton("新增", QDialogButtonBox.ButtonRole.AcceptRole)
        self.add.setEnabled(False)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self.task_title.textChanged.connect(self._judge)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def _judge(self, text: str) -> None:
        self.add.setEnabled(bool(text.strip()))

    def _give(self) -> None:
        self.accept()
        self._then(self.task_title.text().strip(), self.source.text().strip())
