"""Everything that asks the user and waits: the one place where the window is modal."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

WORKSPACES = "督办工作区 (*.duban)"
WORKBOOKS = "Excel 工作簿 (*.xlsx)"
TEXTS = "文本 (*.txt *.md);;所有文件 (*)"


class Prompts:
    """Asks by the desktop's dialogs. Tests put their own answers in its place."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def open_files(self, title: str, folder: str, kinds: str) -> list[Path]:
        """Existing files; none if cancelled."""
        names, _ = QFileDialog.getOpenFileNames(self._window, title, folder, kinds)
        return [Path(name) for name in names]

    def open_file(self, title: str, folder: str, kinds: str) -> Path | None:
        """One existing file; None if cancelled."""
        name, _ = QFileDialog.getOpenFileName(self._window, title, folder, kinds)
        return Path(name) if name else None

    def save_file(self, title: str, suggested: str, kinds: str) -> Path | None:
        """A place to write to, with the kind's suffix; None if cancelled. Overwriting was asked about."""
        name, _ = QFileDialog.getSaveFileName(self._window, title, suggested, kinds)
        if not name:
            return None
        suffix = kinds[kinds.index("*") + 1 : kinds.index(")")]
        return Path(name) if name.endswith(suffix) else Path(name + suffix)

    def confirm(self, title: str, text: str, then: Callable[[], object]) -> None:
        """Do something only if the user says so."""
        box = self._box(QMessageBox.Icon.Question, title, text)
        box.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
        box.accepted.connect(then)
        _in_chinese(box).open()

    def inform(self, title: str, text: str) -> None:
        """Say something that the user must have seen."""
        _in_chinese(self._box(QMessageBox.Icon.Information, title, text)).open()

    def warn(self, title: str, text: str) -> None:
        """Say what went wrong and what to do."""
        _in_chinese(self._box(QMessageBox.Icon.Warning, title, text)).open()

    def _box(self, icon: QMessageBox.Icon, title: str, text: str) -> QMessageBox:
        box = QMessageBox(icon, title, text, QMessageBox.StandardButton.Ok, self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return box


def _in_chinese(box: QMessageBox) -> QMessageBox:
    for button, words in (
        (QMessageBox.StandardButton.Ok, "确定"),
        (QMessageBox.StandardButton.Cancel, "取消"),
    ):
        if box.standardButtons() & button:
            box.button(button).setText(words)
    return box
