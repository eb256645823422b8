"""The table of tasks: what there is, how far it is, and which one is selected."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from app.domain.report import section_path
from app.domain.spans import Span
from app.ui.models.task_columns import COLUMNS, TITLE_COLUMN, Content, Editor, Progress, TaskFilter
from app.ui.models.task_table import TaskTableModel
from app.ui.session import Session
from app.ui.views.card_editing import ItemEditor, Place
from app.ui.views.task_grid import TaskGrid

WHOLE, HERE = "全文", "本节"
SECTION_DEPTH = 2
"""本节 is the section of this depth （（一）…） around the task, or the nearest above it."""


class TaskPanel(QWidget):
    """The session's items as a table that follows its selection, both ways. `selected_ids` may be several."""

    filtered = Signal(object)  # TaskFilter

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._session = session
        self._section: Span | None = None
        self._is_here = False
        self.model = TaskTableModel(session, self)
        self.table = TaskGrid(self)
        self.table.setModel(self.model)
        self.editor = ItemEditor(session, self)
        self.button = QToolButton(self)
        self._menu, self._choices = self._filter_menu()
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.table.owner_asked.connect(self._edit_owner)
        self.table.deadline_asked.connect(self._edit_deadline)
        self.model.patched.connect(self._on_patched)
        session.current_changed.connect(self._on_current_changed)
        session.report_opened.connect(self._forget_section)
        self._on_patched()

    # --- what the window asks

    def selected_ids(self) -> list[str]:
        """The ids of the selected rows' items, in the table's order."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        items = (self.model.item_at(row) for row in rows)
        return [item.task.id for item in items if item is not None]

    def set_section(self, span: Span | None) -> None:
        """Say which section 本节 is; the table shows it alone only while 本节 is chosen."""
        self._section = span
        self._apply()

    def set_text(self, text: str) -> None:
        """Show only tasks that hold a text; "" shows all."""
        self.model.set_filter(self.model.filter._replace(text=text))

    def narrow(self, *choices: str) -> None:
        """Choose from the filter menu by words (本节, 待处理, 无牵头单位, …)."""
        for words in choices:
            self._choices[words].setChecked(True)
        self._apply()

    def widen(self) -> None:
        """Show every task again."""
        self.narrow(WHOLE, Progress.ALL, Content.ALL)

    def set_editable(self, is_editable: bool, reason: str = "") -> None:
        """Let cells be edited, or not; `reason` says why not."""
        self.model.set_editable(is_editable)
        self.table.setToolTip("" if is_editable else reason)

    # --- building

    def _lay_out(self) -> None:
        head = QWidget(self)
        head.setProperty("role", "head")
        title = QLabel("任务", head)
        title.setProperty("role", "title")
        self.button.setObjectName("task_filter")
        self.button.setMenu(self._menu)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.button.setToolTip("筛选任务")
        bar = QHBoxLayout(head)
        bar.setContentsMargins(12, 0, 4, 0)
        bar.addWidget(title)
        bar.addStretch(1)
        bar.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.table, 1)

    def _filter_menu(self) -> tuple[QMenu, dict[str, QAction]]:
        menu = QMenu(self)
        choices: dict[str, QAction] = {}
        for words in ((WHOLE, HERE), tuple(Progress), tuple(Content)):
            group = QActionGroup(menu)
            for word in words:
                action = menu.addAction(str(word))
                action.setCheckable(True)
                action.setChecked(word == words[0])
                group.addAction(action)
                choices[str(word)] = action
            menu.addSeparator()
            group.triggered.connect(self._apply)
        menu.addAction("清除筛选", self.widen)
        return menu, choices

    # --- filtering

    def _chosen(self, words: tuple[str, ...]) -> str:
        return next(word for word in words if self._choices[str(word)].isChecked())

    def _apply(self) -> None:
        was_here, self._is_here = self._is_here, self._choices[HERE].isChecked()
        if self._is_here and not was_here:
            self._section = self._section_of_current() or self._section
        narrowed = TaskFilter(
            self._section if self._is_here else None,
            Progress(self._chosen(tuple(Progress))),
            Content(self._chosen(tuple(Content))),
            self.model.filter.text,
        )
        self.model.set_filter(narrowed)
        self._show_count()
        self.filtered.emit(narrowed)

    def _forget_section(self, _report: object) -> None:
        """Another report has other sections."""
        self._section = None
        self.narrow(WHOLE)

    def _section_of_current(self) -> Span | None:
        item, report = self._session.current_item, self._session.report
        if item is None or report is None or not item.task.spans:
            return None
        path = section_path(report.reading.sections, item.start)[:SECTION_DEPTH]
        return path[-1].span if path else None

    def _show_count(self) -> None:
        narrowed = self.model.filter
        words = [HERE] if narrowed.section is not None else []
        words += [str(narrowed.progress)] if narrowed.progress is not Progress.ALL else []
        words += [str(narrowed.content)] if narrowed.content is not Content.ALL else []
        words += [f"“{narrowed.text}”"] if narrowed.text else []
        shown, total = self.model.rowCount(), self.model.total
        count = f"{shown} / {total} 项" if words else f"{total} 项"
        self.button.setText(f"{count} · 筛选：{'、'.join(words)}" if words else f"{count} · 筛选")

    # --- the selection, both ways

    def _on_row_changed(self, index: QModelIndex, _old: QModelIndex) -> None:
        item = self.model.item_at(index.row())
        if item is not None and not self.model.is_patching:
            self._session.select(item.task.id)

    def _on_current_changed(self, _current: object) -> None:
        item = self._session.current_item
        if self._is_here and item is not None and not self._is_in_section(item.start):
            self._section = self._section_of_current()
            self._apply()
        self._follow_current()

    def _is_in_section(self, offset: int) -> bool:
        return self._section is not None and self._section.start <= offset < self._section.end

    def _on_patched(self) -> None:
        self._show_count()
        self._follow_current()

    def _follow_current(self) -> None:
        """Make the session's item the current row, without touching a selection that already has it."""
        row = self.model.row_of(self._session.current.item_id)
        chosen = self.table.selectionModel()
        if row == self.table.currentIndex().row() and (row < 0 or chosen.isRowSelected(row)):
            return
        self.model.is_patching = True
        index = self.model.index(row, self._column()) if row >= 0 else QModelIndex()
        flags = QItemSelectionModel.SelectionFlag
        chosen.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        if row >= 0:
            self.table.scrollTo(index)
        self.model.is_patching = False

    def _column(self) -> int:
        """The cell of a row that F2 edits: where the keyboard was, the title at first."""
        column = self.table.currentIndex().column()
        is_editable = column >= 0 and COLUMNS[column].editor is not Editor.NONE
        return column if is_editable else TITLE_COLUMN

    # --- editing in place

    def _edit_owner(self, index: QModelIndex) -> None:
        item = self.model.item_at(index.row())
        if item is not None:
            self.editor.edit_lead(item, self._place(index))

    def _edit_deadline(self, index: QModelIndex) -> None:
        item = self.model.item_at(index.row())
        if item is not None:
            self.editor.edit_deadline(item, self._place(index))

    def _place(self, index: QModelIndex) -> Place:
        return Place(self.table.viewport(), self.table.visualRect(index))
