"""Everything that asks the user and waits: the one place where the window is modal."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

WORKSPACES = "督办工作区 (*.duban)"
BACKUPS = "督办工作区和备份 (*.duban *.bak *.bak-*);;所有文件 (*)"
PACKAGE = ".dubanpkg"
PACKAGES = f"督办交接包 (*{PACKAGE})"
WORKBOOKS = "Excel 工作簿 (*.xlsx)"
DOCUMENTS = "Word 文档 (*.docx)"
TEMPLATES = "台账模板 (*.json)"
PICTURES = "图片 (*.png)"
RETURNED = "Excel 工作簿 (*.xlsx *.xlsm *.xls);;所有文件 (*)"
TEXTS = (
    "报告 (*.docx *.doc *.wps *.pdf *.ofd *.html *.htm *.mht *.txt *.md *.rtf *.odt *.docm);;"
    "Word、WPS 文档 (*.docx *.docm *.doc *.wps *.rtf *.odt);;PDF、OFD 文件 (*.pdf *.ofd);;"
    "网页 (*.html *.htm *.mht);;文本 (*.txt *.md);;所有文件 (*)"
)


class Prompts:
    """Asks by dialogs. Tests put their own answers in its place."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def open_files(self, title: str, folder: str, kinds: str) -> list[Path]:
        """Existing files; none if cancelled."""
        mode = QFileDialog.FileMode.ExistingFiles
        return _chosen(self._file_dialog(title, Path(folder), kinds, mode))

    def open_file(self, title: str, folder: str, kinds: str) -> Path | None:
        """One existing file; None if cancelled."""
        mode = QFileDialog.FileMode.ExistingFile
        return next(iter(_chosen(self._file_dialog(title, Path(folder), kinds, mode))), None)

    def save_file(self, title: str, suggested: str, kinds: str, *, may_replace: bool = True) -> Path | None:
        """A place to write to, with the kind's suffix; None if cancelled.

        Replacing a file was asked about, unless the caller does not replace any or asks by itself.
        """
        while True:
            path = next(iter(_chosen(self.save_dialog(title, suggested, kinds))), None)
            if path is None:
                return None
            path = with_suffix(path, kinds)
            if not may_replace or not path.exists() or self._may_replace(title, path):
                return path
            suggested = str(path)

    def choose_folder(self, title: str, folder: str) -> Path | None:
        """An existing folder; None if cancelled."""
        mode = QFileDialog.FileMode.Directory
        return next(iter(_chosen(self._file_dialog(title, Path(folder), "文件夹 (*)", mode))), None)

    def save_dialog(self, title: str, suggested: str, kinds: str) -> QFileDialog:
        """The dialog of `save_file`."""
        mode = QFileDialog.FileMode.AnyFile
        dialog = self._file_dialog(title, Path(suggested), kinds, mode)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(_suffix(kinds))
        # Qt would ask about the name as it was typed, which may still lack its suffix
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        return dialog

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

    def _may_replace(self, title: str, path: Path) -> bool:
        words = f"“{path.name}”已经存在。要用新的内容替换它吗？"
        box = self._box(QMessageBox.Icon.Warning, title, words)
        box.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        _in_chinese(box).button(QMessageBox.StandardButton.Ok).setText("替换")
        return box.exec() == QMessageBox.StandardButton.Ok

    def _file_dialog(self, title: str, start: Path, kinds: str, mode: QFileDialog.FileMode) -> QFileDialog:
        from app.ui.file_dialogs import file_dialog  # it knows QStyle's icons: see ui/start.py

        return file_dialog(self._window, title, start, kinds, mode)

    def _box(self, icon: QMessageBox.Icon, title: str, text: str) -> QMessageBox:
        box = QMessageBox(icon, title, text, QMessageBox.StandardButton.Ok, self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return box


def with_suffix(path: Path, kinds: str) -> Path:
    """A path with the suffix of the kind of file, which may have been typed."""
    suffix = f".{_suffix(kinds)}"
    return path if path.name.lower().endswith(suffix) else path.with_name(path.name + suffix)


def _suffix(kinds: str) -> str:
    """The suffix of the first pattern, without its dot."""
    found = re.search(r"\*\.(\w+)", kinds)
    return found[1] if found else ""


def _chosen(dialog: QFileDialog) -> list[Path]:
    """What the user chooses in a dialog, which is then gone; nothing if they cancel."""
    is_accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
    names = dialog.selectedFiles() if is_accepted else []
    dialog.deleteLater()
    return [Path(name) for name in names]


def _in_chinese(box: QMessageBox) -> QMessageBox:
    for button, words in (
        (QMessageBox.StandardButton.Ok, "确定"),
        (QMessageBox.StandardButton.Cancel, "取消"),
    ):
        if box.standardButtons() & button:
            box.button(button).setText(words)
    return box
