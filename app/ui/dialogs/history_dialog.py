"""修改记录: every transaction, newest first, and what it changed; filtered by person, by task, by words."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.spans import Span
from app.domain.tasks import Task
from app.ui import history_words
from app.ui.dialogs.rows import Rows
from app.ui.session import Session
from app.ui.views.key_bar import KeyBar
from app.ui.views.table_look import dress, spread
from app.workspace import LogEntry

PAGE = 200
"""How many entries are read at a time."""

TITLES = ("时间", "谁", "机器", "做了什么", "关于")
WIDTHS = (150, 90, 84, 220, 0)
LINES = ("对象", "栏目", "原来", "改为")
_Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractTableModel):
    """Entries as rows; what they are about is put into words when a row is first shown."""

    def __init__(self, titles: history_words.Titles, parent: QObject) -> None:
        super().__init__(parent)
        self._titles = titles
        self._rows: tuple[LogEntry, ...] = ()
        self._about: dict[str, str] = {}

    def show_entries(self, entries: tuple[LogEntry, ...]) -> None:
        """Show these, newest first."""
        self.beginResetModel()
        self._rows = entries
        self.endResetModel()

    def entry_at(self, row: int) -> LogEntry | None:
        """The entry of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def about(self, entry: LogEntry) -> str:
        """What an entry is about."""
        if entry.id not in self._about:
            self._about[entry.id] = history_words.summary(entry.edits, self._titles)
        return self._about[entry.id]

    @override
    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(TITLES)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return TITLES[section]
        return None

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        entry = self._rows[index.row()]
        return (
            f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}",
            entry.who or "（未署名）",
            entry.workstation[:8],
            entry.label,
            self.about(entry),
        )[index.column()]


class HistoryDialog(QDialog):
    """The entries above, before and after of the current one below. `go` shows a task by its id and place."""

    def __init__(
        self, session: Session, go: Callable[[str, Span | None], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._go = go
        self._limit = PAGE
        self._entries: tuple[LogEntry, ...] = ()
        self.setObjectName("history")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("修改记录")
        self.resize(1080, 640)
        self.model = HistoryModel(self._title, self)
        self.table = QTableView(self)
        self.table.setModel(self.model)
        dress(self.table, "history_rows", "修改记录")
        spread(self.table, WIDTHS)
        self.lines = Rows("history_lines", "这一步改了什么", LINES, (260, 100, 0, 0), self)
        self.person, self.where = QComboBox(self), QComboBox(self)
        self.task = QCheckBox("只看当前任务", self)
        self.filter = QLineEdit(self)
        self.more = QPushButton(self)
        self.keys = KeyBar(self)
        self._fill_choices()
        self._lay_out()
        self._connect()
        self.load()
        self.table.setFocus()

    def load(self, _choice: object = None) -> None:
        """Read the newest entries that pass the filters; as many as were asked for so far."""
        report, current = self._session.report, self._session.current_item
        report_id = report.card.id if report is not None and self.where.currentIndex() == 0 else None
        task_id = current.task.id if self.task.isChecked() and current is not None else ""
        found = self._session.workspace.history(
            report_id, self._limit + 1, person_id=self.person.currentData(), task_id=task_id
        )
        self._entries = found[: self._limit]
        self.more.setEnabled(len(found) > self._limit)
        self.more.setText("更早的…" if len(found) > self._limit else "没有更早的了")
        self._narrow()

    def load_more(self) -> None:
        """Read further back; the current row stays."""
        if self.more.isEnabled():
            row = self.table.currentIndex().row()
            self._limit += max(PAGE, self._limit)
            self.load()
            self.table.setCurrentIndex(self.model.index(row, 0))

    def jump(self, *_index: object) -> None:
        """Show the task of the current entry."""
        entry = self.model.entry_at(self.table.currentIndex().row())
        if entry is None:
            return
        task_id = history_words.task_of(entry.edits)
        tasks = (t for e in entry.edits for t in (e.after, e.before) if isinstance(t, Task) and t.spans)
        span = next((task.spans[0] for task in tasks), None)
        if not task_id:
            self.keys.say("这一步没有改任务")
        elif self._session.report is None or entry.report_id != self._session.report_id:
            self.keys.say("这项任务在另一份报告里，请先打开它")
        else:
            self._go(task_id, span)

    # --- inside

    def _fill_choices(self) -> None:
        self.person.addItem("所有人", "")
        for person in self._session.workspace.people():
            self.person.addItem(person.name, person.id)
        self.person.setAccessibleName("按人筛选")
        self.where.addItems(["这份报告", "整个工作区"])
        self.where.setAccessibleName("范围")
        if self._session.report is None:
            self.where.setCurrentIndex(1)
        self.task.setEnabled(self._session.current_item is not None)
        self.filter.setPlaceholderText("操作、任务、改动的内容")
        self.filter.setAccessibleName("按文字筛选")
        self.filter.setClearButtonEnabled(True)

    def _lay_out(self) -> None:
        head = QWidget(self)
        head.setProperty("role", "head")
        title = QLabel("修改记录", head)
        title.setProperty("role", "title")
        self.count = QLabel(head)
        self.count.setProperty("role", "muted")
        bar = QHBoxLayout(head)
        bar.setContentsMargins(12, 0, 8, 0)
        bar.setSpacing(8)
        bar.addWidget(title)
        bar.addWidget(self.count)
        bar.addStretch(1)
        for widget in (self.where, self.person, self.task, self.filter):
            bar.addWidget(widget)
        self.filter.setFixedWidth(220)
        self.more.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.table, 3)
        column.addWidget(self.more)
        column.addWidget(self.lines, 2)
        column.addWidget(self.keys)
        self.keys.show_keys(
            (
                ("↑ ↓", "上一步 下一步"),
                ("Enter", "到任务"),
                ("End", "更早的"),
                ("Ctrl+F", "筛选"),
                ("Esc", "关闭"),
            )
        )

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._show_lines)
        self.table.doubleClicked.connect(self.jump)
        for choice in (self.person, self.where):
            choice.currentIndexChanged.connect(self._begin_anew)
        self.task.toggled.connect(self._begin_anew)
        self.filter.textChanged.connect(self._narrow)
        self.filter.returnPressed.connect(self.table.setFocus)
        self.more.clicked.connect(self.load_more)
        for key, act in (("Return", self.jump), ("Enter", self.jump), ("End", self._to_end)):
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.activated.connect(self.filter.setFocus)

    def _begin_anew(self, _choice: object = None) -> None:
        self._limit = PAGE
        self.load()

    def _to_end(self) -> None:
        """To the oldest that is shown; there already, further back."""
        last = self.model.rowCount() - 1
        if self.table.currentIndex().row() == last:
            self.load_more()
        else:
            self.table.setCurrentIndex(self.model.index(last, 0))

    def _narrow(self, _typed: str = "") -> None:
        typed = self.filter.text().strip()
        found = tuple(entry for entry in self._entries if not typed or self._says(entry, typed))
        self.model.show_entries(found)
        total = f"{len(self._entries)} 条" + ("，更早的还有" if self.more.isEnabled() else "")
        self.count.setText(total if not typed else f"{len(found)} / {total}")
        self.table.setCurrentIndex(self.model.index(0, 0))
        if not found:
            self.lines.show_rows([])

    def _says(self, entry: LogEntry, typed: str) -> bool:
        if typed in entry.label or typed in entry.who or typed in self.model.about(entry):
            return True
        return any(typed in "\n".join(line) for line in history_words.lines(entry.edits, self._title))

    def _show_lines(self, index: QModelIndex, _old: QModelIndex) -> None:
        entry = self.model.entry_at(index.row())
        told = history_words.lines(entry.edits, self._title) if entry is not None else ()
        empty = history_words.NOTHING
        self.lines.show_rows([(a, f, before or empty, after or empty) for a, f, before, after in told])

    def _title(self, task_id: str) -> str:
        item = self._session.item(task_id)
        return item.task.title if item is not None else ""
