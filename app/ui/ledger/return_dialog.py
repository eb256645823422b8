"""导入反馈: what returned workbooks would change, cell by cell, before anything is written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.outgoing import units_of
from app.domain.returned import LEADS, FileTold, Place, ReturnPreview
from app.domain.supervising import Case
from app.ui.views.card_paint import theme_of
from app.ui.views.table_look import dress, spread

FILE_TITLES = ("文件", "单位", "报送期", "行", "改动", "说明")
TITLES = ("文件", "行", "编号", "栏目", "原来", "改为", "说明")
ASK_UNIT = "请选择单位"
EMPTY = "（空）"


class Kind(StrEnum):
    """What a line of the preview is; the value is what people read."""

    CHANGE = "改动"
    REFUSED = "不采用"
    FAULT = "有问题的行"
    DIFFERENCE = "数字不一致"


class Line(NamedTuple):
    """One line of the preview: where it stands, what it is, and its cells."""

    place: Place
    kind: Kind
    cells: tuple[str, str, str, str]


def lines_of(preview: ReturnPreview) -> tuple[Line, ...]:
    """Everything that was found, in the order of files, sheets and lines: what is wrong stands beside its row."""
    order = {told.name: place for place, told in enumerate(preview.files)}
    found = [
        Line(c.place, Kind.CHANGE, (c.title, c.before or EMPTY, c.after or EMPTY, c.period))
        for c in preview.changes
    ]
    found += [
        Line(r.place, Kind.REFUSED, (r.title, r.before or EMPTY, r.after or EMPTY, r.why))
        for r in preview.refused
    ]
    found += [Line(f.place, Kind.FAULT, ("", "", "", f.why)) for f in preview.faults]
    found.sort(key=lambda line: (order.get(line.place.file, len(order)), line.place.sheet, line.place.line))
    found += [
        Line(
            Place("", "", 0, d.number),
            Kind.DIFFERENCE,
            (d.goal, f"{d.lead}：{d.lead_said}", f"{d.unit}：{d.unit_said}", f"{d.period}，以牵头单位的为准"),
        )
        for d in preview.differences
    ]
    return tuple(found)


class ReturnDialog(QDialog):
    """Shows a preview; `write` takes it in and says whether that was done, `ask_again` reads with units named."""

    def __init__(
        self,
        preview: ReturnPreview,
        found: Iterable[Case],
        write: Callable[[ReturnPreview], bool],
        ask_again: Callable[[Mapping[str, str]], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._write = write
        self._ask_again = ask_again
        self._units = units_of(found)
        self._preview = preview
        self._kind: Kind | None = None
        self.lines: tuple[Line, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("导入反馈")
        self.resize(1180, 700)
        self.words = QLabel("", self)
        self.words.setProperty("role", "title")
        self.words.setWordWrap(True)
        self.files = QTableWidget(0, len(FILE_TITLES), self)
        self.table = QTableWidget(0, len(TITLES), self)
        self.switches: dict[Kind | None, QToolButton] = {}
        self._lay_out()
        self.show_preview(preview)

    def show_preview(self, preview: ReturnPreview) -> None:
        """Show another preview in the place of the one before."""
        self._preview = preview
        self.lines = lines_of(preview)
        self.words.setText(f"{preview.words}。")
        # what is to be told of a file must not be below the last line that is seen
        self._show_files(sorted(preview.files, key=lambda told: (not told.refused, not told.notes)))
        for kind, button in self.switches.items():
            count = len(self.lines) if kind is None else sum(line.kind is kind for line in self.lines)
            button.setText(f"{kind.value if kind else '全部'} {count}")
            button.setEnabled(kind is None or count > 0)
        self.show_kind(self._kind)
        count = len(preview.changes)
        self.button.setText(f"写入{count}格" if count else "没有要写入的")
        self.button.setEnabled(count > 0)
        self.button.setDefault(count > 0)
        (self.button if count else self.table).setFocus()

    def show_kind(self, kind: Kind | None) -> None:
        """Show only lines of one kind, or all."""
        self._kind = kind
        self.switches[kind].setChecked(True)
        shown = [line for line in self.lines if kind is None or line.kind is kind]
        theme = theme_of(self.palette())
        inks = {Kind.REFUSED: theme.orange, Kind.FAULT: theme.red, Kind.DIFFERENCE: theme.orange}
        self.table.setRowCount(len(shown))
        for row, line in enumerate(shown):
            at = str(line.place.line or "")
            title, before, after, why = line.cells
            note = why if line.kind is Kind.CHANGE else f"{line.kind.value}：{why}"
            for column, text in enumerate(
                (line.place.file, at, line.place.number, title, before, after, note)
            ):
                cell = QTableWidgetItem(text)
                cell.setToolTip(f"{text}　{line.place.sheet}".strip() if column == 0 else text)
                if line.kind in inks and column == len(TITLES) - 1:
                    cell.setForeground(QColor(inks[line.kind]))
                if text == EMPTY:
                    cell.setForeground(QColor(theme.muted))
                self.table.setItem(row, column, cell)
        if shown:
            self.table.setCurrentCell(0, 0)

    # --- inside

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(self.words)
        _dress(self.files, "returned_files", "文件", FILE_TITLES, (250, 150, 90, 50, 50, 0))
        _dress(self.table, "returned", "改动的单元格", TITLES, (270, 48, 64, 100, 0, 0, 250))
        below = QWidget(self)
        inner = QVBoxLayout(below)
        inner.setContentsMargins(0, 8, 0, 0)
        inner.setSpacing(6)
        inner.addLayout(self._switches())
        inner.addWidget(self.table, 1)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.files)
        split.addWidget(below)
        split.setSizes([170, 430])
        column.addWidget(split, 1)
        buttons = QDialogButtonBox(self)
        self.button = buttons.addButton("写入", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def _switches(self) -> QHBoxLayout:
        """Alt+0 shows everything, Alt+1 to Alt+4 one kind."""
        row = QHBoxLayout()
        row.setSpacing(4)
        group = QButtonGroup(self)
        for number, kind in enumerate((None, *Kind)):
            button = QToolButton(self)
            button.setCheckable(True)
            button.setToolTip(f"Alt+{number}")
            button.clicked.connect(lambda _=False, wanted=kind: self.show_kind(wanted))
            key = QShortcut(QKeySequence(f"Alt+{number}"), self)
            key.activated.connect(button.click)
            group.addButton(button)
            row.addWidget(button)
            self.switches[kind] = button
        row.addStretch(1)
        return row

    def _show_files(self, files: Sequence[FileTold]) -> None:
        theme = theme_of(self.palette())
        self.files.setRowCount(len(files))
        for row, told in enumerate(files):
            note = "；".join(filter(None, (told.refused, *told.notes)))
            texts = (told.name, told.unit, told.period, str(told.rows), str(told.changed), note)
            for column, text in enumerate(texts):
                cell = QTableWidgetItem(text)
                cell.setToolTip(text)
                if told.refused and column in (0, len(texts) - 1):
                    cell.setForeground(QColor(theme.red))
                self.files.setItem(row, column, cell)
            self.files.removeCellWidget(row, 1)
            if told.needs_unit:
                self.files.setCellWidget(row, 1, self._asking(told.name))
        if files:
            self.files.setCurrentCell(0, 0)

    def _asking(self, name: str) -> QComboBox:
        """Asks whose a file is that does not say so itself; reads again with the answer."""
        box = QComboBox(self)
        box.setAccessibleName(f"{name}是哪个单位报的")
        box.addItems([ASK_UNIT, LEADS, *self._units])
        box.activated.connect(lambda place: self._ask_again({name: box.itemText(place)}) if place else None)
        return box

    def _give(self) -> None:
        if self._write(self._preview):
            self.accept()


def _dress(
    table: QTableWidget, name: str, about: str, titles: tuple[str, ...], widths: tuple[int, ...]
) -> None:
    dress(table, name, about)
    table.setHorizontalHeaderLabels(list(titles))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    spread(table, widths)
