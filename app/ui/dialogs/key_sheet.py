"""F1: all keys on one sheet."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui.actions import ACTIONS, LINE, key_text

MORE = (
    ("原文", "/", "搜索原文和任务"),
    ("原文", "Ctrl + 1—6", "标选中的文字，不对齐到词"),
    ("原文", "↑ ↓ PgUp PgDn", "移动光标；光标所在的任务就是当前任务"),
    ("原文", "Shift + 方向键", "选中文字；按 1—6 时自动对齐到词"),
    ("任务表", "F2", "就地修改标题、牵头单位、时限"),
    ("卡片", "Esc", "回到原文"),
)


Group = tuple[str, list[tuple[str, str]]]
"""A title, and keys with what they do."""

COLUMNS = (("标注",), ("文件", "编辑", "报告"), ("复核", "台账"), ("视图", "帮助", "其他"))
"""Columns of groups: all of them together fit a small screen."""

_FRAME = 80
"""What the screen needs for the window's frame and the desktop's bars, in pixels."""


class KeySheet(QDialog):
    """Every key, by menu, in columns; scrolls where the screen is too small for it."""

    def __init__(self, parent: QWidget | None = None, page: Sequence[Group] = ()) -> None:
        """`page`: groups of keys of the page that is shown, in the place of the tagging keys."""
        super().__init__(parent)
        self.setWindowTitle("全部按键")
        sheet = QWidget(self)
        columns = QHBoxLayout(sheet)
        columns.setContentsMargins(24, 20, 24, 20)
        columns.setSpacing(32)
        groups = [[(title, _keys(title)) for title in titles] for titles in COLUMNS]
        for column in [list(page), *groups[1:]] if page else groups:
            grid = QGridLayout()
            grid.setHorizontalSpacing(14)
            grid.setVerticalSpacing(5)
            for title, keys in column:
                _add_group(grid, title, keys, sheet)
            grid.setRowStretch(grid.rowCount(), 1)
            columns.addLayout(grid)
        scroll = QScrollArea(self)
        scroll.setWidget(sheet)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        room = self.screen().availableSize() - QSize(_FRAME, _FRAME)
        self.resize(sheet.sizeHint().boundedTo(room))


def _keys(title: str) -> list[tuple[str, str]]:
    if title == "其他":
        return [(key, f"{place}：{words}") for place, key, words in MORE]
    return [(key_text(s), s.text) for s in ACTIONS if s is not LINE and s.menu == title and s.keys]


def _add_group(grid: QGridLayout, title: str, keys: list[tuple[str, str]], sheet: QWidget) -> None:
    """Add a title and its keys below what the grid has, after a gap."""
    row = grid.rowCount() if grid.count() else 0
    if row:
        grid.setRowMinimumHeight(row, 10)
    head = QLabel(title, sheet)
    head.setProperty("role", "title")
    grid.addWidget(head, row + 1, 0, 1, 2)
    for number, (key, words) in enumerate(keys, row + 2):
        cap = QLabel(key, sheet)
        cap.setProperty("role", "key")
        grid.addWidget(cap, number, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(QLabel(words.rstrip("…"), sheet), number, 1)
