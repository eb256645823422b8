"""公文模板: the words of one kind of document, and the fonts of all."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPlainTextEdit, QVBoxLayout
from typing_extensions import override

from app.ledger.manner import (
    COMMON_NAMES,
    FONT_NAMES,
    NAMES,
    TEXT_NAMES,
    Manner,
    check_manner,
    load_manner,
    manner,
    save_manner,
)
from app.ui.ledger.template_editor import TemplateEditor
from app.ui.prompts import Prompts
from app.workspace import Workspace
from app.workspace.outgoing import DOCUMENTS

PREFIXES = {"reminder": "remind"}
"""What a document's texts begin with, where it is not its key."""

TITLE_LINES, TEXT_LINES = 1, 4
SIZE = QSize(640, 640)


class MannerDialog(TemplateEditor):
    """Edits the workspace's template of documents, as far as it concerns one."""

    def __init__(
        self,
        key: str,
        workspace: Workspace,
        prompts: Prompts,
        then: Callable[[], object],
        parent: QDialog,
    ) -> None:
        super().__init__(workspace, prompts, then, FONT_NAMES, parent)
        self.manner_now: Manner = workspace.supervision.manner()
        self.setWindowTitle(f"编辑模板：{DOCUMENTS[key].name}")
        self.resize(SIZE)
        prefix = f"{PREFIXES.get(key, key)}_"
        own = [name for name in TEXT_NAMES if name.startswith(prefix)]
        self.texts = {name: QPlainTextEdit(self) for name in own}
        self._lay_out()
        self._show(self.manner_now)
        self.texts[own[0]].setFocus()

    # --- construction

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addLayout(self._words(), 1)
        names = sorted(
            COMMON_NAMES | frozenset().union(*(NAMES.get(name, frozenset()) for name in self.texts))
        )
        about = QLabel(
            "花括号里的名称导出时换成实际内容，可用：" + "".join(f"{{{name}}}" for name in names), self
        )
        about.setProperty("role", "muted")
        about.setWordWrap(True)
        column.addWidget(about)
        fonts = self._font_lines()
        fonts.addWidget(QLabel("字体各类公文共用", self), len(FONT_NAMES) // 2, 3, 1, 3)
        column.addLayout(fonts)
        self._put_below(column)

    def _words(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for row, (name, box) in enumerate(self.texts.items()):
            box.setAccessibleName(TEXT_NAMES[name])
            box.setTabChangesFocus(True)
            is_title = name.endswith("_title")
            lines = TITLE_LINES if is_title else TEXT_LINES
            box.setMinimumHeight(box.fontMetrics().lineSpacing() * lines + 18)
            if is_title:
                box.setMaximumHeight(box.minimumHeight())
            grid.addWidget(QLabel(TEXT_NAMES[name], self), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(box, row, 1)
            grid.setRowStretch(row, 0 if is_title else 1)
        return grid

    # --- what the user asks for

    @override
    def reset(self) -> None:
        """Go back to what the program brings along: these words, and the fonts; kept with 保存."""
        own = manner()
        words = {name: own.texts[name] for name in self.texts}
        texts = {**self.manner_now.texts, **words}
        self._show(Manner(own.fonts, own.margins, own.lines, own.characters, texts))

    # --- inside

    @property
    @override
    def _file_name(self) -> str:
        return "公文模板.json"

    @override
    def _write(self, path: Path) -> None:
        save_manner(self.manner_now, path)

    @override
    def _read(self, path: Path) -> None:
        self._show(load_manner(path))

    @override
    def _store(self) -> None:
        self._workspace.supervision.set_manner(None if self.manner_now == manner() else self.manner_now)

    def _show(self, found: Manner) -> None:
        self.manner_now = found
        self.problem.hide()
        for name, box in self.texts.items():
            box.setPlainText(found.texts[name])
        self._show_fonts(found.fonts)

    @override
    def _take(self) -> None:
        words = {name: "".join(box.toPlainText().split("\n")).strip() for name, box in self.texts.items()}
        now = self.manner_now
        taken = Manner(self._fonts(), now.margins, now.lines, now.characters, {**now.texts, **words})
        check_manner(taken)
        self.manner_now = taken
