"""报告信息: what was read of a report's title, issuer, number, date, year and level, to be corrected."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from app.domain.report import KIND_NAMES, LEVEL_NAMES, Level, Metadata, ReportKind

NO_DATE = QDate(1949, 10, 1)


class ReportDialog(QDialog):
    """Edits a report's metadata; hands the corrected ones on when accepted."""

    def __init__(
        self, metadata: Metadata, then: Callable[[Metadata], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._metadata = metadata
        self._then = then
        self.setWindowTitle("报告信息")
        self.setMinimumWidth(480)
        form = QFormLayout(self)
        form.setContentsMargins(20, 20, 20, 16)
        form.setVerticalSpacing(10)
        self.title = QLineEdit(metadata.title, self)
        self.issuer = QLineEdit(metadata.issuer, self)
        self.document_number = QLineEdit(metadata.document_number, self)
        self.issued = QDateEdit(self)
        self.issued.setButtonSymbols(QDateEdit.ButtonSymbols.NoButtons)
        self.issued.setDisplayFormat("yyyy-MM-dd")
        self.issued.setMinimumDate(NO_DATE)
        self.issued.setSpecialValueText("未识别")
        self.issued.setDate(QDate(metadata.issued) if metadata.issued else NO_DATE)  # type: ignore[call-overload]  # takes a date
        self.year, self.end_year = QSpinBox(self), QSpinBox(self)
        for box, year in ((self.year, metadata.year), (self.end_year, metadata.end_year)):
            box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
            box.setRange(1980, 2100)
            box.setValue(year)
        self.level = _choice(LEVEL_NAMES, metadata.level, self)
        self.kind = _choice(KIND_NAMES, metadata.kind, self)
        for words, field in (
            ("标题", self.title),
            ("发文机关", self.issuer),
            ("文号", self.document_number),
            ("日期", self.issued),
            ("任务年份", self.year),
            ("到期年份", self.end_year),
            ("层级", self.level),
            ("类型", self.kind),
        ):
            form.addRow(words, field)
        buttons = QDialogButtonBox(self)
        save = buttons.addButton("保存", QDialogButtonBox.ButtonRole.AcceptRole)
        save.setDefault(True)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def _save(self) -> None:
        day = self.issued.date()
        corrected = replace(
            self._metadata,
            title=self.title.text().strip() or self._metadata.title,
            issuer=self.issuer.text().strip(),
            document_number=self.document_number.text().strip(),
            issued=None if day == NO_DATE else day.toPython(),  # type: ignore[arg-type]  # a date
            year=self.year.value(),
            end_year=max(self.year.value(), self.end_year.value()),
            level=list(LEVEL_NAMES)[self.level.currentIndex()],
            kind=list(KIND_NAMES)[self.kind.currentIndex()],
        )
        self.accept()
        if corrected != self._metadata:
            self._then(corrected)


def _choice(
    words: dict[Level, str] | dict[ReportKind, str], chosen: Level | ReportKind, parent: QWidget
) -> QComboBox:
    box = QComboBox(parent)
    box.addItems(list(words.values()))  # Qt would hand a StrEnum back as a plain str
    box.setCurrentIndex(list(words).index(chosen))
    return box
