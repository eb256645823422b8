"""What a workbook would change in the unit directory, shown before anything is changed."""

from collections.abc import Callable, Iterator

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from app.domain.unit_import import UnitImport
from app.ui.dialogs.rows import Rows
from app.ui.views.card_paint import theme_of

TITLES = ("行", "单位", "栏目", "原来", "改为")
WHAT, REASON = 2, 4
LEFT_OUT = "不导入"


def summary(preview: UnitImport) -> str:
    """What would happen, in a sentence or two."""
    words = f"新增{len(preview.added)}个，修改{len(preview.changed)}个"
    words += f"，没有读懂{len(preview.misread)}行（不导入）" if preview.misread else ""
    words += f"；{preview.same}行与名录相同。" if preview.same else "。"
    if preview.unlisted:
        words += f"名录里另有{preview.unlisted}个单位不在表里，保持不变。"
    if preview.unknown:
        words += f"不认识的列没有读：{'、'.join(preview.unknown)}。"
    return words


def lines(preview: UnitImport) -> Iterator[tuple[str, str, str, str, str]]:
    """The preview's table: what is left out first, then the new units, then every field that changes."""
    for misread in preview.misread:
        yield str(misread.line), misread.name, LEFT_OUT, "", misread.reason
    for made in preview.added:
        words = "；".join(f"{title} {after}" for title, _, after in made.fields)
        yield str(made.line), made.after.short_name, "新增", "", words
    for changed in preview.changed:
        name = changed.before.short_name if changed.before else ""
        for count, (title, before, after) in enumerate(changed.fields):
            first = (str(changed.line), name) if count == 0 else ("", "")
            yield *first, title, before or "（空）", after or "（空）"


class UnitPreview(QDialog):
    """Shows what would change; `then` is called when the user wants it."""

    def __init__(
        self, name: str, preview: UnitImport, then: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._then = then
        self.setWindowTitle(f"导入单位名录：{name}")
        self.resize(860, 520)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        self.words = QLabel(summary(preview), self)
        self.words.setWordWrap(True)
        column.addWidget(self.words)
        self.table = self._table(tuple(lines(preview)))
        column.addWidget(self.table, 1)
        buttons = QDialogButtonBox(self)
        count = len(preview.differences)
        self.button = buttons.addButton(f"导入{count}项", QDialogButtonBox.ButtonRole.AcceptRole)
        self.button.setEnabled(count > 0)
        self.button.setDefault(count > 0)
        buttons.addButton("取消" if count else "关闭", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        (self.button if count else self.table).setFocus()

    def _table(self, rows: tuple[tuple[str, str, str, str, str], ...]) -> Rows:
        table = Rows("unit_preview", "将要改动的内容", TITLES, (52, 140, 88, 0, 0), self)
        table.show_rows(rows)
        table.setCurrentCell(-1, -1)  # a chosen row's ink would hide what is red
        red = QColor(theme_of(self.palette()).red)
        for row, texts in enumerate(rows):
            cells = (table.item(row, column) for column in (WHAT, REASON))
            for cell in filter(None, cells if texts[WHAT] == LEFT_OUT else ()):
                cell.setForeground(red)
        return table

    def _give(self) -> None:
        self.accept()
        self._then()
