"""F1: all keys on one sheet."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.ui.actions import ACTIONS, LINE, MENUS, key_text

MORE = (
    ("原文", "/", "搜索原文和任务"),
    ("原文", "Ctrl + 1—6", "标选中的文字，不对齐到词"),
    ("原文", "↑ ↓ PgUp PgDn", "移动光标；光标所在的任务就是当前任务"),
    ("原文", "Shift + 方向键", "选中文字；按 1—6 时自动对齐到词"),
    ("任务表", "F2", "就地修改标题、牵头单位、时限"),
    ("卡片", "Esc", "回到原文"),
)


class KeySheet(QDialog):
    """Every key, by menu, in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("全部按键")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        layout.addLayout(grid)
        groups = [
            (title, [(key_text(s), s.text) for s in ACTIONS if s is not LINE and s.menu == title and s.keys])
            for title in MENUS
        ]
        groups.append(("其他", [(key, f"{place}：{words}") for place, key, words in MORE]))
        columns = ((groups[2:3]), groups[:2] + groups[3:])
        for column, part in enumerate(columns):
            row = 0
            for title, keys in part:
                row = self._add_group(grid, column * 3, row, title, keys)
        grid.setColumnMinimumWidth(2, 32)

    def _add_group(
        self, grid: QGridLayout, column: int, row: int, title: str, keys: list[tuple[str, str]]
    ) -> int:
        head = QLabel(title, self)
        head.setProperty("role", "title")
        grid.addWidget(head, row, column, 1, 2)
        for number, (key, words) in enumerate(keys, row + 1):
            cap = QLabel(key, self)
            cap.setProperty("role", "key")
            grid.addWidget(cap, number, column, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(QLabel(words.rstrip("…"), self), number, column + 1)
        grid.setRowMinimumHeight(row + len(keys) + 1, 10)
        return row + len(keys) + 2
