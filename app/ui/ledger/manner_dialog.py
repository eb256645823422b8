"""公文模板: the words of one kind of document, and the fonts of all."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
)

from app.domain.errors import UserError
from app.ledger.layout import Face
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
from app.ui import prompts as ask
from app.ui.prompts import Prompts
from app.ui.views.card_paint import set_property
from app.workspace import Workspace
from app.workspace.outgoing import DOCUMENTS

PREFIXES = {"reminder": "remind"}
"""What a document's texts begin with, where it is not its key."""

TITLE_LINES, TEXT_LINES = 1, 4
SIZE = QSize(640, 640)


class MannerDialog(QDialog):
    """Edits the workspace's template of documents, as far as it concerns one; what may not be is said by name."""

    def __init__(
        self,
        key: str,
        workspace: Workspace,
        prompts: Prompts,
        then: Callable[[], object],
        parent: QDialog,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._prompts, self._then = workspace, prompts, then
        self.manner_now: Manner = workspace.supervision.manner()
        self.setWindowTitle(f"编辑模板：{DOCUMENTS[key].name}")
        self.resize(SIZE)
        prefix = f"{PREFIXES.get(key, key)}_"
        own = [name for name in TEXT_NAMES if name.startswith(prefix)]
        self.texts = {name: QPlainTextEdit(self) for name in own}
        self.faces = {role: QLineEdit(self) for role in FONT_NAMES}
        self.sizes = {role: QDoubleSpinBox(self) for role in FONT_NAMES}
        self.problem = QLabel("", self)
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
        column.addLayout(self._fonts())
        set_property(self.problem, "role", "alert")
        self.problem.setWordWrap(True)
        self.problem.hide()
        column.addWidget(self.problem)
        column.addWidget(self._buttons())

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

    def _fonts(self) -> QGridLayout:
        """A line for each role of fonts, two beside each other; they are those of all documents."""
        fonts = QGridLayout()
        fonts.setHorizontalSpacing(8)
        for place, (role, words) in enumerate(FONT_NAMES.items()):
            self.faces[role].setAccessibleName(f"{words}字体")
            self.sizes[role].setAccessibleName(f"{words}字号")
            self.sizes[role].setRange(1, 72)
            self.sizes[role].setDecimals(1)
            self.sizes[role].setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
            row, first = place // 2, place % 2 * 3
            fonts.addWidget(QLabel(words, self), row, first)
            fonts.addWidget(self.faces[role], row, first + 1)
            fonts.addWidget(self.sizes[role], row, first + 2)
        fonts.addWidget(QLabel("字体各类公文共用", self), len(FONT_NAMES) // 2, 3, 1, 3)
        return fonts

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        roles = QDialogButtonBox.ButtonRole
        for words, act in (
            ("恢复默认", self.reset),
            ("存为文件…", self.save_file),
            ("读入文件…", self.load_file),
        ):
            button = buttons.addButton(words, roles.ResetRole)
            button.setAutoDefault(False)
            button.clicked.connect(act)
        buttons.addButton("保存", roles.AcceptRole).setDefault(True)
        buttons.addButton("取消", roles.RejectRole)
        buttons.accepted.connect(self.keep)
        buttons.rejected.connect(self.reject)
        return buttons

    # --- what the user asks for

    def reset(self) -> None:
        """Go back to what the program brings along: these words, and the fonts; kept with 保存."""
        own = manner()
        words = {name: own.texts[name] for name in self.texts}
        texts = {**self.manner_now.texts, **words}
        self._show(Manner(own.fonts, own.margins, own.lines, own.characters, texts))

    def save_file(self) -> None:
        """Write the whole template to a file, to be shared."""
        if self._guarded(self._take):
            folder = self._workspace.path.parent
            path = self._prompts.save_file("存为模板文件", str(folder / "公文模板.json"), ask.TEMPLATES)
            if path:
                self._guarded(lambda: save_manner(self.manner_now, path))

    def load_file(self) -> None:
        """Show the template of a file, which is for all documents; kept with 保存."""
        path = self._prompts.open_file("读入模板文件", str(self._workspace.path.parent), ask.TEMPLATES)
        if path:
            self._guarded(lambda: self._show(load_manner(path)))

    def keep(self) -> None:
        """Keep what is shown in the workspace."""
        supervision = self._workspace.supervision
        if self._guarded(self._take) and self._guarded(
            lambda: supervision.set_manner(None if self.manner_now == manner() else self.manner_now)
        ):
            self.accept()
            self._then()

    # --- inside

    def _show(self, found: Manner) -> None:
        self.manner_now = found
        self.problem.hide()
        for name, box in self.texts.items():
            box.setPlainText(found.texts[name])
        for role, face in found.fonts.items():
            self.faces[role].setText(face.name)
            self.sizes[role].setValue(face.size)

    def _take(self) -> None:
        """Make the template what is shown. UserError where it may not be so."""
        words = {name: "".join(box.toPlainText().split("\n")).strip() for name, box in self.texts.items()}
        fonts = {role: Face(self.faces[role].text().strip(), self.sizes[role].value()) for role in FONT_NAMES}
        now = self.manner_now
        taken = Manner(fonts, now.margins, now.lines, now.characters, {**now.texts, **words})
        check_manner(taken)
        self.manner_now = taken

    def _guarded(self, act: Callable[[], object]) -> bool:
        self.problem.hide()
        try:
            act()
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return False
        return True
