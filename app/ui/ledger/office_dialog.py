"""发文单位: who sends ledgers and documents."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.ui.dialogs.words_box import in_chinese

ABOUT = "落款和副题里写的发文单位，如“云港区政府督查室”。留空就不写。"


class OfficeDialog(QDialog):
    """Shows the name and hands on another."""

    def __init__(self, name: str, then: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._then = then
        self.setWindowTitle("发文单位")
        self.setMinimumWidth(420)
        self.name = QLineEdit(name, self)
        self.name.setAccessibleName("发文单位")
        about = QLabel(ABOUT, self)
        about.setWordWrap(True)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(about)
        column.addWidget(self.name)
        column.addWidget(in_chinese(buttons))
        self.name.selectAll()
        self.name.setFocus()

    def _give(self) -> None:
        self.accept()
        self._then(self.name.text().strip())
