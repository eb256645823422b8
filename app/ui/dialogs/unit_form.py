"""A form over some fields of a unit: for a new one, and for another name."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from app.domain.directory import CODES, GROUPS
from app.domain.errors import UserError
from app.domain.unit_fields import TITLES, read

CHOICES = {"code": CODES, "group": GROUPS}
NEW = ("code", "name", "short_name", "aliases", "group", "leader", "person", "telephone")
NAMES = ("name", "short_name")
HINTS = {"short_name": "与名称相同可不填", "aliases": "用顿号分隔，如：科技局、区科委"}


class UnitForm(QDialog):
    """Hands on the values of its fields; a UserError that comes back is shown, and the form stays open."""

    def __init__(
        self,
        title: str,
        texts: Mapping[str, str],
        then: Callable[[dict[str, Any]], object],
        parent: QWidget | None = None,
        *,
        note: str = "",
    ) -> None:
        super().__init__(parent)
        self._then = then
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        form = QFormLayout(self)
        form.setContentsMargins(20, 20, 20, 16)
        form.setVerticalSpacing(10)
        self.fields = {name: self._field(name, text) for name, text in texts.items()}
        for name, field in self.fields.items():
            form.addRow(TITLES[name], field)
        if note:
            about = QLabel(note, self)
            about.setProperty("role", "muted")
            about.setWordWrap(True)
            form.addRow(about)
        self.problem = QLabel(self)
        self.problem.setProperty("role", "alert")
        self.problem.setWordWrap(True)
        self.problem.hide()
        form.addRow(self.problem)
        buttons = QDialogButtonBox(self)
        buttons.addButton("确定", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def text(self, name: str) -> str:
        """What stands in a field."""
        field = self.fields[name]
        return field.currentText() if isinstance(field, QComboBox) else field.text()

    def _field(self, name: str, text: str) -> QComboBox | QLineEdit:
        if name not in CHOICES:
            line = QLineEdit(text, self)
            line.setPlaceholderText(HINTS.get(name, ""))
            return line
        box = QComboBox(self)
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.addItems(CHOICES[name])
        box.setCurrentText(text)
        return box

    def _give(self) -> None:
        texts = {name: self.text(name) for name in self.fields}
        if not texts["short_name"].strip():
            texts["short_name"] = texts["name"]
        try:
            self._then({name: read(name, text) for name, text in texts.items()})
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        self.accept()
