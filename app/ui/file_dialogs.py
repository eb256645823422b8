"""Qt's own file dialogs, made so that they look at no file's content.

To find out what kind a file is, the dialogs of Qt and of GTK open and close it - within this process, which takes
SQLite's locks off an open workspace (see db/guards.py). On Windows closing a file drops no locks, and the
desktop's dialogs are used.
"""

import sys
from functools import cache
from pathlib import Path

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFileIconProvider,
    QHeaderView,
    QStyle,
    QTreeView,
    QWidget,
)
from typing_extensions import override

from app.places import RESOURCES

SIZE = (860, 540)
"""How large a dialog opens where there is room, in pixels."""

_KINDS = {
    "duban": "督办工作区",
    "xlsx": "Excel 工作簿",
    **dict.fromkeys(("docx", "docm", "doc"), "Word 文档"),
    "wps": "WPS 文档",
    "rtf": "RTF 文档",
    "odt": "ODT 文档",
    "pdf": "PDF 文件",
    "ofd": "OFD 文件",
    **dict.fromkeys(("html", "htm", "mht"), "网页"),
    "txt": "文本文件",
    "md": "文本文件",
}
_Place = QAbstractFileIconProvider.IconType
_PLACES = {
    _Place.Computer: QStyle.StandardPixmap.SP_ComputerIcon,
    _Place.Desktop: QStyle.StandardPixmap.SP_DesktopIcon,
    _Place.Trashcan: QStyle.StandardPixmap.SP_TrashIcon,
    _Place.Network: QStyle.StandardPixmap.SP_DriveNetIcon,
    _Place.Drive: QStyle.StandardPixmap.SP_DriveHDIcon,
    _Place.Folder: QStyle.StandardPixmap.SP_DirIcon,
    _Place.File: QStyle.StandardPixmap.SP_FileIcon,
}


class NameIcons(QFileIconProvider):
    """Icons and kinds by what the file system says and by the name. Qt asks from a thread of its own."""

    def __init__(self) -> None:
        super().__init__()
        style = QApplication.style()
        self._icons = {place: style.standardIcon(pixmap) for place, pixmap in _PLACES.items()}

    @override
    def icon(self, of: QAbstractFileIconProvider.IconType | QFileInfo) -> QIcon:
        if isinstance(of, QFileInfo):
            of = _Place.Folder if of.isDir() else _Place.File
        return self._icons[of]

    @override
    def type(self, info: QFileInfo) -> str:
        return "文件夹" if info.isDir() else _KINDS.get(info.suffix().lower(), "文件")


@cache
def _icons() -> NameIcons:
    """One for all dialogs, which do not own it."""
    return NameIcons()


def file_dialog(
    parent: QWidget | None, title: str, start: Path, kinds: str, mode: QFileDialog.FileMode
) -> QFileDialog:
    """A dialog in a folder, or on a file of it that need not be there. `kinds` as Qt writes them, `;;` between."""
    # a dialog looks at its first folder before it can be told how: let it be one of the program's own
    dialog = QFileDialog(parent, title, str(RESOURCES / "icons"))
    dialog.setIconProvider(_icons())
    dialog.setOption(QFileDialog.Option.DontUseCustomDirectoryIcons)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, on=sys.platform != "win32")
    dialog.setNameFilters(kinds.split(";;"))
    dialog.setFileMode(mode)
    is_folder = start.is_dir()
    dialog.setDirectory(str(start if is_folder else start.parent))
    if not is_folder:
        dialog.selectFile(start.name)
    for tree in dialog.findChildren(QTreeView):
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    room = dialog.screen().availableSize()
    dialog.resize(min(SIZE[0], room.width() - 80), min(SIZE[1], room.height() - 80))
    return dialog
