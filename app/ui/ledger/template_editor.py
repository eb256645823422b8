"""What the editors of templates have in common: the fonts by role, what is wrong, and what is done with the template."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
)

from app.domain.errors import UserError
from app.ledger.layout import Face
from app.ui import prompts as ask
from app.ui.prompts import Prompts
from app.ui.views.card_paint import set_property
from app.workspace import Workspace


class TemplateEditor(QDialog):
    """Edits a template of the workspace; what may not be is said by name and the dialog stays.

    `roles` are the fonts: what people call them, by role.
    """

    def __init__(
        self,
        workspace: Workspace,
        prompts: Prompts,
        then: Callable[[], object],
        roles: Mapping[str, str],
        parent: QDialog,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._prompts, self._then, self._roles = workspace, prompts, then, roles
        self.faces: dict[str, QLineEdit] = {}
        self.sizes: dict[str, QDoubleSpinBox] = {}
        self.problem = QLabel("", self)

    # --- what the user asks for

    @abstractmethod
    def reset(self) -> None:
        """Go back to what the program brings along; kept with 保存."""

    def save_file(self) -> None:
        """Write what is shown to a file, to be shared."""
        if self._guarded(self._take):
            suggested = self._workspace.path.parent / self._file_name
            path = self._prompts.save_file("存为模板文件", str(suggested), ask.TEMPLATES)
            if path:
                self._guarded(lambda: self._write(path))

    def load_file(self) -> None:
        """Show the template of a file; kept with 保存."""
        path = self._prompts.open_file("读入模板文件", str(self._workspace.path.parent), ask.TEMPLATES)
        if path:
            self._guarded(lambda: self._read(path))

    def keep(self) -> None:
        """Keep what is shown in the workspace."""
        if self._guarded(self._take) and self._guarded(self._store):
            self.accept()
            self._then()

    # --- what each template has of its own

    @property
    @abstractmethod
    def _file_name(self) -> str:
        """What a file of it is called."""

    @abstractmethod
    def _take(self) -> None:
        """Make the template what is shown. UserError where it may not be so."""

    @abstractmethod
    def _write(self, path: Path) -> None:
        """Write the template to a file."""

    @abstractmethod
    def _read(self, path: Path) -> None:
        """Show the template of a file. UserError where it is none."""

    @abstractmethod
    def _store(self) -> None:
        """Keep the template in the workspace, or nothing where it is the program's own."""

    # --- for each of them

    def _put_below(self, column: QVBoxLayout) -> None:
        """Put what is wrong, and the buttons, below the rest."""
        set_property(self.problem, "role", "alert")
        self.problem.setWordWrap(True)
        self.problem.hide()
        column.addWidget(self.problem)
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
        column.addWidget(buttons)

    def _font_lines(self) -> QGridLayout:
        """A line for each role of fonts, two beside each other; Tab comes to them behind all that is there by then."""
        fonts = QGridLayout()
        fonts.setHorizontalSpacing(8)
        for place, (role, words) in enumerate(self._roles.items()):
            self.faces[role], self.sizes[role] = face, size = QLineEdit(self), QDoubleSpinBox(self)
            face.setAccessibleName(f"{words}字体")
            size.setAccessibleName(f"{words}字号")
            size.setRange(1, 72)
            size.setDecimals(1)
            size.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
            row, first = place // 2, place % 2 * 3
            fonts.addWidget(QLabel(words, self), row, first)
            fonts.addWidget(face, row, first + 1)
            fonts.addWidget(size, row, first + 2)
        return fonts

    def _show_fonts(self, fonts: Mapping[str, Face]) -> None:
        for role in self._roles:
            self.faces[role].setText(fonts[role].name)
            self.sizes[role].setValue(fonts[role].size)

    def _fonts(self) -> dict[str, Face]:
        """The fonts as they are shown."""
        return {role: Face(self.faces[role].text().strip(), self.sizes[role].value()) for role in self._roles}

    def _guarded(self, act: Callable[[], object]) -> bool:
        self.problem.hide()
        try:
            act()
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return False
        return True
