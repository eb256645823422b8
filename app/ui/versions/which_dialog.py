"""A file whose text is like that of a report: which one it replaces, or none."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QVBoxLayout, QWidget

from app.domain.reports import ReportCard
from app.ui.views.key_bar import KeyBar
from app.workspace import Alike

QUESTION = "“{name}”和已有的报告大部分文字相同。它是哪一份报告的新版本？"
ROW_HEIGHT, MOST_ROWS = 32, 8
ANOTHER = "都不是：另作一份报告导入"


class WhichDialog(QDialog):
    """Hands on the report that is replaced, None for none of them; nothing if the user leaves."""

    def __init__(
        self, alike: Alike, then: Callable[[ReportCard | None], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._cards, self._then = alike.cards, then
        self.setObjectName("which_report")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("新版本，还是另一份报告")
        self.setMinimumWidth(560)
        question = QLabel(QUESTION.format(name=alike.reading.source.name), self)
        question.setWordWrap(True)
        question.setContentsMargins(16, 14, 16, 10)
        self.list = QListWidget(self)
        self.list.setAccessibleName("取代哪一份")
        for card, share in zip(alike.cards, alike.shares, strict=True):
            self.list.addItem(f"第{card.number}号《{card.metadata.title}》的新版本（{share:.0%}相同）")
        self.list.addItem(ANOTHER)
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(min(self.list.count(), MOST_ROWS) * ROW_HEIGHT)
        self.list.itemDoubleClicked.connect(self._take)
        keys = KeyBar(self)
        keys.show_keys((("↑ ↓", "选择"), ("Enter", "确定"), ("Esc", "先不导入")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (question, self.list, keys):
            column.addWidget(widget)
        for key in ("Return", "Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._take)
        self.list.setFocus()

    def _take(self, _item: object = None) -> None:
        row = self.list.currentRow()
        self._then(self._cards[row] if row < len(self._cards) else None)
        self.accept()
