"""What the clipboard offers to be imported: its formatted flavour first, then its plain text."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QApplication

from app.domain.errors import UserError
from app.domain.report import Reading
from app.ui.tasks import Progress
from app.workspace import Workspace

UNTITLED = "剪贴板"
"""The title of a text that neither says one nor was given one."""
_WHOLE = 0.9
"""A page may leave out navigation; what leaves out more than this share of the words has been misread."""
NOTHING = "剪贴板里没有文字。请先在别的程序里选中并复制报告全文，再回来导入。"


@dataclass(frozen=True, slots=True)
class Pasted:
    """Words as people see them, and the flavours to read them from: (bytes, suffix), the best first."""

    words: str
    flavours: tuple[tuple[bytes, str], ...]

    @property
    def about(self) -> str:
        """What it is, in words."""
        kind = "带格式的文字" if len(self.flavours) > 1 else "文字"
        return f"剪贴板里有{kind}，共 {_size(self.words):,} 字。"


def copied() -> QMimeData:
    """What the clipboard holds; where it was never used Qt has nothing to give, not even something empty."""
    held: QMimeData | None = QApplication.clipboard().mimeData()
    return QMimeData() if held is None else held


def files_of(mime: QMimeData) -> list[Path]:
    """The files that were copied, if it is files."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def pasted(mime: QMimeData) -> Pasted:
    """What the clipboard holds. UserError where there are no words in it."""
    page = mime.html() if mime.hasHtml() else ""
    words = mime.text() if mime.hasText() else QTextDocumentFragment.fromHtml(page).toPlainText()
    if not words.strip():
        raise UserError(NOTHING)
    flavours = [(_bytes(page), ".html")] if page.strip() else []
    return Pasted(words, (*flavours, (_bytes(words), ".txt")))


def read_pasted(workspace: Workspace, offer: Pasted, title: str, progress: Progress) -> Reading:
    """The best flavour that can be read, under a title if one is given. UserError where none can."""
    name = title or UNTITLED
    *better, (data, suffix) = offer.flavours
    for formatted, its_suffix in better:
        try:
            reading = workspace.read_bytes(formatted, name + its_suffix, progress)
        except UserError:
            continue  # a flavour that only dresses something up; the words themselves are tried next
        if _size(reading.source.text) >= _WHOLE * _size(offer.words):
            break
    else:
        reading = workspace.read_bytes(data, name + suffix, progress)
    return reading._replace(metadata=replace(reading.metadata, title=title)) if title else reading


def _size(text: str) -> int:
    return len("".join(text.split()))


def _bytes(text: str) -> bytes:
    """With its mark, which counts for more than what a page says of its encoding."""
    return text.encode("utf-8-sig", "replace")
