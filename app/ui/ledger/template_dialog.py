"""台账模板: which columns a sheet has, in what order, called what, and in which fonts."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)
from typing_extensions import override

from app.domain.errors import UserError
from app.domain.wording import file_name
from app.ledger.layout import (
    PAPERS,
    ROW_FIELDS,
    Column,
    Layout,
    SheetLayout,
    built_in,
    check_fit,
    dump,
    load,
    parse,
    save,
)
from app.ui.ledger.template_editor import TemplateEditor
from app.ui.prompts import Prompts
from app.ui.views.table_look import dress, spread
from app.workspace import Workspace

TITLES = ("列名", "宽度", "内容")
FONT_NAMES = {"title": "标题", "subtitle": "副题", "header": "表头", "body": "正文"}
NEW_WIDTH = 12.0
NO_HEADING = "表要有标题，请填写后再保存。"
NO_TITLE = "每一列都要有列名，请填写后再保存。"
NO_WIDTH = "“{title}”的宽度要是1到120之间的数，请改正后再保存。"


def titles_of() -> Mapping[tuple[str, str], Column]:
    """Every column that some sheet brings along, by the kind of rows and the field: what it is called by default."""
    found: dict[tuple[str, str], Column] = {}
    for layout in built_in().values():
        for sheet in layout.sheets:
            for column in sheet.columns:
                found.setdefault((sheet.rows, column.field), column)
                found.setdefault(("", column.field), column)
    return found


def offered(sheet: SheetLayout) -> list[Column]:
    """The sheet's columns, then those that it could have besides, as they are elsewhere."""
    known, own = titles_of(), {column.field for column in sheet.columns}
    others = sorted(ROW_FIELDS[sheet.rows] - own)
    more = [found for name in others if (found := known.get((sheet.rows, name)) or known.get(("", name)))]
    return [*sheet.columns, *(replace(c, hidden=False, open=False, choices="") for c in more)]


class TemplateDialog(TemplateEditor):
    """Edits one layout of the workspace."""

    def __init__(
        self,
        key: str,
        workspace: Workspace,
        prompts: Prompts,
        then: Callable[[], object],
        parent: QDialog,
    ) -> None:
        super().__init__(workspace, prompts, then, FONT_NAMES, parent)
        self._key = key
        self.layout_now: Layout = workspace.supervision.template(key)
        self._at = 0
        self.setWindowTitle(f"编辑模板：{self.layout_now.name}")
        self.resize(620, 640)
        self.sheet = QComboBox(self)
        self.sheet.setAccessibleName("表")
        self.heading = QLineEdit(self)
        self.heading.setAccessibleName("标题")
        self.heading.setToolTip("表的标题里，报告名称后面的文字")
        self.paper = QComboBox(self)
        self.paper.setAccessibleName("纸张")
        self.paper.addItems(list(PAPERS))
        self.table = QTableWidget(0, len(TITLES), self)
        dress(self.table, "template_columns", "列")
        self.table.setHorizontalHeaderLabels(list(TITLES))
        spread(self.table, (0, 80, 160))
        self._lay_out()
        self._show(self.layout_now)
        self.sheet.currentIndexChanged.connect(self._turn)
        self.table.setFocus()

    # --- construction

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(QLabel("表", self))
        head.addWidget(self.sheet, 1)
        for words, key, act in (("上移", "Alt+Up", self.move_up), ("下移", "Alt+Down", self.move_down)):
            button = QPushButton(words, self)
            button.setAutoDefault(False)
            button.setToolTip(key.replace("Up", "↑").replace("Down", "↓"))
            button.clicked.connect(act)
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(act)
            head.addWidget(button)
        column.addLayout(head)
        over = QHBoxLayout()
        over.addWidget(QLabel("标题", self))
        over.addWidget(self.heading, 1)
        over.addWidget(QLabel("纸张", self))
        over.addWidget(self.paper)
        column.addLayout(over)
        column.addWidget(self.table, 1)
        column.addLayout(self._font_lines())
        self._put_below(column)

    # --- what the user asks for

    def move_up(self) -> None:
        """Put the current column before the one above."""
        self._swap(-1)

    def move_down(self) -> None:
        """Put the current column behind the one below."""
        self._swap(1)

    @override
    def reset(self) -> None:
        """Go back to the layout that the program brings along; kept with 保存."""
        self._show(built_in()[self._key])

    # --- inside

    @property
    @override
    def _file_name(self) -> str:
        return f"{file_name(self.layout_now.name)}模板.json"

    @override
    def _write(self, path: Path) -> None:
        save(self.layout_now, path)

    @override
    def _read(self, path: Path) -> None:
        layout = load(path)
        check_fit(self._key, layout)
        self._show(layout)

    @override
    def _store(self) -> None:
        own = built_in()[self._key]
        layout = None if self.layout_now == own else self.layout_now
        self._workspace.supervision.set_template(self._key, layout)

    def _show(self, layout: Layout) -> None:
        self.layout_now, self._at = layout, 0
        self.problem.hide()
        self.sheet.blockSignals(True)
        self.sheet.clear()
        self.sheet.addItems([sheet.name for sheet in layout.sheets])
        self.sheet.blockSignals(False)
        self._show_fonts(layout.fonts)
        self.paper.setCurrentText(layout.paper)
        self._show_sheet()

    def _show_sheet(self) -> None:
        sheet = self.layout_now.sheets[self._at]
        self.heading.setText(sheet.heading)
        own = {column.field for column in sheet.columns if not column.hidden}
        columns = [column for column in offered(sheet) if not column.hidden]
        self.table.setRowCount(len(columns))
        names = titles_of()
        for row, column in enumerate(columns):
            is_own = column.field in own
            title = QTableWidgetItem(column.title.replace("\n", " "))
            title.setCheckState(Qt.CheckState.Checked if is_own else Qt.CheckState.Unchecked)
            title.setData(Qt.ItemDataRole.UserRole, column)
            about = QTableWidgetItem(
                names.get((sheet.rows, column.field), names[("", column.field)]).title.replace("\n", " ")
            )
            about.setFlags(about.flags() & ~Qt.ItemFlag.ItemIsEditable)
            width = QTableWidgetItem(f"{column.width if is_own else column.width or NEW_WIDTH:g}")
            for place, cell in enumerate((title, width, about)):
                self.table.setItem(row, place, cell)
        self.table.setCurrentCell(0, 0)

    def _turn(self, place: int) -> None:
        if self._guarded(self._take):
            self._at = place
            self._show_sheet()
        else:
            self.sheet.blockSignals(True)
            self.sheet.setCurrentIndex(self._at)
            self.sheet.blockSignals(False)

    def _swap(self, by: int) -> None:
        here = self.table.currentRow()
        there = here + by
        if here < 0 or not 0 <= there < self.table.rowCount():
            return
        for place in range(len(TITLES)):
            one, other = self.table.takeItem(here, place), self.table.takeItem(there, place)
            self.table.setItem(here, place, other)
            self.table.setItem(there, place, one)
        self.table.setCurrentCell(there, self.table.currentColumn())

    @override
    def _take(self) -> None:
        sheet = self.layout_now.sheets[self._at]
        shown = [self._column(row) for row in range(self.table.rowCount()) if self._is_checked(row)]
        hidden = tuple(column for column in sheet.columns if column.hidden)
        heading = self.heading.text().strip()
        if not heading:
            raise UserError(NO_HEADING)
        changed = replace(sheet, heading=heading, columns=(*shown, *hidden))
        sheets = tuple(changed if n == self._at else each for n, each in enumerate(self.layout_now.sheets))
        layout = replace(
            self.layout_now,
            sheets=sheets,
            fonts={**self.layout_now.fonts, **self._fonts()},
            paper=self.paper.currentText(),
        )
        _check(layout)
        self.layout_now = layout

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        cell = self.table.item(row, column)
        return QTableWidgetItem() if cell is None else cell

    def _is_checked(self, row: int) -> bool:
        return self._cell(row, 0).checkState() is Qt.CheckState.Checked

    def _column(self, row: int) -> Column:
        column, typed = self._cell(row, 0).data(Qt.ItemDataRole.UserRole), self._cell(row, 0).text().strip()
        if not typed:
            raise UserError(NO_TITLE)
        # a title of two lines is shown in one: it stays as it was until somebody types another
        title = column.title if typed == column.title.replace("\n", " ") else typed
        try:
            width = float(self._cell(row, 1).text())
        except ValueError as error:
            raise UserError(NO_WIDTH.format(title=typed)) from error
        values = {f.name: getattr(column, f.name) for f in fields(column)}
        return Column(**{**values, "title": title, "width": width})


def _check(layout: Layout) -> None:
    """UserError where it is no template, as when it is read from a file."""
    parse(dump(layout))
