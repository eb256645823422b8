"""导出台账: the layouts at the left, the real sheet at the right, and what may be chosen below."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.domain.due_list import units_to_remind
from app.domain.errors import UserError
from app.domain.outgoing import units_of
from app.domain.periods import Period, periods_between
from app.ui.ledger.page_view import PageView
from app.ui.ledger.session import LedgerSession
from app.ui.ledger.sheet_preview import SheetPages
from app.ui.ledger.writing import Writer, write
from app.workspace.outgoing import DOCUMENTS, NO_UNITS, NOBODY_TO_REMIND, Wanted

if TYPE_CHECKING:
    from app.ledger.filling import Table
    from app.ledger.layout import Layout
    from app.ui.prompts import Prompts
    from app.ui.tasks import Runner

ALL = "全部单位"
ONE_EACH, ONE_BOOK = "每个单位一个文件", "一个工作簿，每个单位一张表"
NO_PERIOD = "当前报送期"


class ExportDialog(QDialog):
    """Layouts and documents of the session's report. Enter exports what is shown."""

    def __init__(
        self,
        session: LedgerSession,
        prompts: "Prompts",
        runner: "Runner",
        tell: Callable[[object], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._prompts = prompts
        self._tell = tell
        self._writer = Writer(session, prompts, runner, tell, parent)
        self._tables: tuple[Table, ...] = ()
        self._layout: Layout | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("导出台账")
        room = self.screen().availableSize()
        self.resize(min(1240, room.width() - 40), min(760, room.height() - 60))
        self.list = QListWidget(self)
        self.list.setAccessibleName("版式")
        self.sheets = QTabBar(self)
        self.sheets.setExpanding(False)
        self.sheets.setDrawBase(False)
        self.sheets.setFixedHeight(
            self.fontMetrics().height() + 14
        )  # it has no tabs when it is laid out first
        self.preview = PageView(self)
        self.unit = QComboBox(self)
        self.period = QComboBox(self)
        self.manner = QComboBox(self)
        self._lay_out()
        self._fill()
        self._connect()
        self.list.setCurrentRow(0)
        self.list.setFocus()

    @property
    def key(self) -> str:
        """The key of the layout that is shown."""
        row = self.list.currentRow()
        return str(self.list.item(row).data(Qt.ItemDataRole.UserRole)) if row >= 0 else ""

    @property
    def wanted(self) -> Wanted:
        """What is chosen below."""
        period = self.period.currentData() if self.period.isEnabled() else None
        unit = self.unit.currentData() if self.unit.isEnabled() else ""
        return Wanted(unit=str(unit or ""), period=period if isinstance(period, Period) else None)

    def export(self) -> None:
        """Write what is shown; the dialog stays where it was not."""
        in_folder = self._is_per_unit() and not self.wanted.unit and self.manner.currentText() == ONE_EACH
        try:
            if write(self._writer, self.key, self.wanted, in_folder=in_folder):
                self.accept()
        except UserError as error:
            self._tell(error)

    def edit_template(self) -> None:
        """Edit the layout that is shown, or the words and fonts of the document."""
        from app.ui.ledger.manner_dialog import MannerDialog
        from app.ui.ledger.template_dialog import TemplateDialog

        editor = MannerDialog if self.key in DOCUMENTS else TemplateDialog
        if self.key:
            editor(self.key, self._session.workspace, self._prompts, self._show, self).open()

    # --- construction

    def _lay_out(self) -> None:
        right = QWidget(self)
        inner = QVBoxLayout(right)
        inner.setContentsMargins(12, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(self.sheets)
        inner.addWidget(self.preview, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([190, 1000])
        buttons = QDialogButtonBox(self)
        self.button = buttons.addButton("导出…", QDialogButtonBox.ButtonRole.AcceptRole)
        self.button.setDefault(True)
        buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.export)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(split, 1)
        row = QHBoxLayout()
        row.addLayout(self._options(), 1)
        row.addSpacing(16)
        row.addWidget(buttons)
        column.addLayout(row)

    def _options(self) -> QHBoxLayout:
        """What may be chosen: for whom, for which period, in how many files; and the template."""
        options = QHBoxLayout()
        options.setSpacing(8)
        for words, box, width in (
            ("单位", self.unit, 170),
            ("报送期", self.period, 150),
            ("", self.manner, 220),
        ):
            if words:
                options.addWidget(QLabel(words, self))
            box.setAccessibleName(words or "分发方式")
            box.setFixedWidth(width)
            options.addWidget(box)
        options.addStretch(1)
        self.template = QPushButton("编辑模板…", self)
        self.template.setAutoDefault(False)
        self.template.setToolTip("Ctrl+T")
        options.addWidget(self.template)
        return options

    def _fill(self) -> None:
        session = self._session
        for key, name in session.workspace.supervision.layout_names().items():
            if key == "evaluation" and not session.is_plan:
                continue
            item = QListWidgetItem(f"{name}{'　Word' if key in DOCUMENTS else ''}")
            item.setData(Qt.ItemDataRole.UserRole, key)
            self.list.addItem(item)
        facts = session.workspace.supervision.facts(session.report_id)
        self.period.addItem(NO_PERIOD, None)
        for period in reversed(tuple(periods_between(min(facts.first, session.on), session.on, facts.cycle))):
            self.period.addItem(period.words, period)
        self.manner.addItems([ONE_EACH, ONE_BOOK])

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._choose_layout)
        self.unit.currentIndexChanged.connect(self._show)
        self.period.currentIndexChanged.connect(self._show)
        self.sheets.currentChanged.connect(self._draw)
        self.template.clicked.connect(self.edit_template)
        for key, act in (
            ("Ctrl+T", self.edit_template),
            ("PgDown", partial(self.preview.read_on, 1)),
            ("PgUp", partial(self.preview.read_on, -1)),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(act)

    # --- following the choice

    def _is_per_unit(self) -> bool:
        if self.key in DOCUMENTS:
            return DOCUMENTS[self.key].per_unit
        return self._session.workspace.supervision.template(self.key).per == "unit"

    def _choose_layout(self) -> None:
        is_document, is_per_unit = self.key in DOCUMENTS, self._is_per_unit()
        self._fill_units(is_per_unit=is_per_unit)
        self.unit.setEnabled(is_per_unit)
        self.period.setEnabled(is_per_unit or self.key == "bulletin")
        self.manner.setVisible(is_per_unit and not is_document)
        self._show()

    def _fill_units(self, *, is_per_unit: bool) -> None:
        chosen = self.unit.currentData()
        names = units_of(self._session.cases)
        if self.key == "reminder":
            names = tuple(filter(None, units_to_remind(self._session.due)))
        self.unit.blockSignals(True)
        self.unit.clear()
        self.unit.addItem(ALL, "")
        for name in names if is_per_unit else ():
            self.unit.addItem(name, name)
        self.unit.setCurrentIndex(max(0, self.unit.findData(chosen)))
        self.unit.blockSignals(False)

    def _show(self) -> None:
        """Show the pages of what is chosen, of the first unit where it is one for each."""
        self.manner.setEnabled(not self.wanted.unit)
        is_document = self.key in DOCUMENTS
        self.sheets.setVisible(not is_document)
        supervision, report_id = self._session.workspace.supervision, self._session.report_id
        wanted = self.wanted
        if self._is_per_unit() and not wanted.unit:
            wanted = replace(wanted, unit=str(self.unit.itemData(1) or ""))
        self._tables = ()
        try:
            if is_document:
                self._show_document(wanted)
                return
            self._layout = supervision.template(self.key)
            self._tables = supervision.tables(self.key, report_id, wanted)
        except UserError as error:
            self.preview.show_pages(None, str(error))
            return
        self._show_sheets()

    def _show_document(self, wanted: Wanted) -> None:
        from app.ui.ledger.word_preview import WordPages  # brings python-docx

        if self._is_per_unit() and not wanted.unit:
            raise UserError(NOBODY_TO_REMIND if self.key == "reminder" else NO_UNITS)
        made = self._session.workspace.supervision.document(self.key, self._session.report_id, wanted)
        self.preview.show_pages(WordPages(made))

    def _show_sheets(self) -> None:
        self.sheets.blockSignals(True)
        while self.sheets.count():
            self.sheets.removeTab(0)
        for table in self._tables:
            self.sheets.addTab(f"{table.plan.name}{f'（{table.unit}）' if table.unit else ''}")
        self.sheets.blockSignals(False)
        self._draw()

    def _draw(self) -> None:
        place = max(0, self.sheets.currentIndex())
        if self._tables and self._layout is not None:
            table = self._tables[min(place, len(self._tables) - 1)]
            self.preview.show_pages(SheetPages(table, self._layout))
