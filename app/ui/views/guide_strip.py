"""The guide to the first keys, over the text until it is closed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from app.ui.views.key_caps import KeyCaps

STEPS = (
    ("↓ N", "走到下一条待处理的任务（虚线是程序的建议）"),
    ("Enter", "采纳整条，自动到下一条"),
    ("Delete", "忽略"),
    ("E", "改任务"),
    ("1—6", "选中文字自己标"),
    ("Ctrl+Z", "撤销上一步修改"),
    ("Ctrl+E", "导出任务分解表"),
)


class GuideStrip(QWidget):
    """One line of keys with what they do; `closed` when the user has seen enough."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guide")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 7, 8, 7)
        row.setSpacing(6)
        title = QLabel("入门", self)
        title.setProperty("role", "title")
        row.addWidget(title)
        row.addSpacing(8)
        caps = KeyCaps(parent=self)
        caps.show_keys(STEPS)
        row.addWidget(caps, 1)
        close = QToolButton(self)
        close.setText("知道了")
        close.setAccessibleName("关闭入门提示")
        close.clicked.connect(self._close)
        row.addWidget(close)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
