"""与上一版对照: two versions side by side; as a preview, what would be carried and what a person must look at."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from app.domain.report import ShownText
from app.domain.revisions import NOTE_NAMES, NoteKind
from app.domain.tasks import Tag, Task
from app.ui.dialogs.rows import Rows
from app.ui.theme import Theme
from app.ui.versions.notes_words import TITLES, WIDTHS, kind_words
from app.ui.versions.panes import KIND_NAMES, Comparing, kind_of
from app.ui.views.key_bar import KeyBar

if TYPE_CHECKING:
    from app.revising import SentenceDiff
    from app.workspace.carrying import CarriedThing
    from app.workspace.revising import RevisionPreview

SCORE = "把握"
"""How sure it is that the new words are meant: half by their own likeness, half by that of the sentences around."""
SIZE = QSize(1280, 820)
ROOM = QSize(60, 80)
"""What the screen needs beside a dialog, in pixels."""


class CompareDialog(QDialog):
    """Two texts and a key to walk their differences."""

    def __init__(self, title: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compare_versions")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(SIZE.boundedTo(self.screen().availableSize() - ROOM))
        self.comparing = Comparing(theme, self)
        self.words = QLabel(self)
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.words.setContentsMargins(16, 8, 16, 8)
        self.keys = KeyBar(self)
        self.keys.show_keys((("N P", "下一处 上一处改动"), ("Esc", "关闭")))
        self.body = QSplitter(Qt.Orientation.Vertical, self)
        self.body.setChildrenCollapsible(False)
        self.body.addWidget(self.comparing)
        self.body.setStretchFactor(0, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        for widget in (self.words, self.body, self.keys):
            self.column.addWidget(widget, 1 if widget is self.body else 0)
        for key, act in (("N", self.next_difference), ("P", self.previous_difference)):
            QShortcut(QKeySequence(key), self).activated.connect(act)
        self.comparing.new.setFocus()

    def show_texts(
        self, old: ShownText, new: ShownText, diffs: Sequence["SentenceDiff"], titles: tuple[str, str]
    ) -> None:
        """Show two versions and how much differs."""
        self.comparing.show_texts(old, new, diffs, titles)
        kinds = [kind_of(diff) for diff in self.comparing.differences]
        told = [f"{name}{kinds.count(kind)}句" for kind, name in KIND_NAMES.items() if kind in kinds]
        self.words.setText("，".join(told) or "两个版本的文字相同。")

    def next_difference(self) -> None:
        """Go to the next difference."""
        if self.comparing.next_difference():
            self._tell()

    def previous_difference(self) -> None:
        """Go to the one before."""
        if self.comparing.previous_difference():
            self._tell()

    def _tell(self) -> None:
        diff = self.comparing.differences[self.comparing.current]
        count = len(self.comparing.differences)
        self.keys.say(f"{KIND_NAMES[kind_of(diff)]}　{self.comparing.current + 1} / {count}")


class RevisionDialog(CompareDialog):
    """A file as the next version, nothing written yet; `apply` is called when the user takes it."""

    def __init__(
        self,
        preview: "RevisionPreview",
        old: ShownText,
        apply: Callable[[], object],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("新版本：核对以后采用", theme, parent)
        self.setObjectName("revision")
        self._apply = apply
        self._waiting: tuple[CarriedThing, ...] = preview.waiting
        reading = preview.reading
        self.show_texts(
            old,
            reading.shown,
            preview.diffs,
            (f"第{preview.old.number}号 {preview.old.source_name}", reading.source.name),
        )
        self.words.setText(preview.words)
        columns, widths = (*TITLES, SCORE), (*WIDTHS, 70)
        self.table = Rows("waiting_rows", "采用以后待核对的标注", columns, widths, self)
        titles = {t.before.id: t.before.title for t in preview.things if isinstance(t.before, Task)}
        self.table.show_rows([_texts(thing, titles) for thing in self._waiting])
        self.table.setCurrentCell(-1, -1)
        self.table.currentCellChanged.connect(self._show_thing)
        self.table.setVisible(bool(self._waiting))
        self.body.addWidget(self.table)
        self.body.setSizes([600, 200])
        self.take = QPushButton("采用为新版本  Ctrl+Enter", self)
        self.take.setProperty("role", "primary")
        self.take.clicked.connect(self.apply)
        self._add_buttons()
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.apply)
        self.keys.show_keys(
            (
                ("N P", "下一处 上一处改动"),
                ("↑ ↓", "待核对的标注"),
                ("Ctrl+Enter", "采用"),
                ("Esc", "不采用"),
            )
        )
        (self.table if self._waiting else self.comparing.new).setFocus()

    def apply(self) -> None:
        """Take the version."""
        self._apply()  # first: whoever waits for this dialog's end then finds the work begun
        self.accept()

    def _add_buttons(self) -> None:
        leave = QPushButton("不采用", self)
        leave.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addStretch(1)
        for button in (leave, self.take):
            button.setAutoDefault(False)
            row.addWidget(button)
        self.column.insertLayout(2, row)

    def _show_thing(self, row: int, *_cells: int) -> None:
        if 0 <= row < len(self._waiting):
            thing = self._waiting[row]
            after = thing.after.spans
            self.comparing.show_places(thing.before.spans[0], after[0] if after else None)


def _texts(thing: "CarriedThing", titles: dict[str, str]) -> tuple[str, ...]:
    before = thing.before
    task_id = before.task_id if isinstance(before, Tag) else before.id
    kind = NoteKind.FIGURE if thing.is_figure_changed else NoteKind.REWORDED
    why = NOTE_NAMES[kind if thing.after.spans else NoteKind.ORPHANED]
    score = f"{thing.score:.0%}" if thing.after.spans else ""
    return why, titles.get(task_id, ""), kind_words(before), thing.old_words, thing.new_words, score
