"""修订核对: what the version before has left for a person, changed figures first; each is settled by a key."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QVBoxLayout, QWidget

from app.domain.changes import Change
from app.domain.errors import UserError
from app.domain.revisions import NOTE_NAMES, NoteKind, RevisionNote, dropped, kept, placed, taken
from app.domain.spans import Span
from app.domain.suggestions import Suggestions
from app.domain.tasks import Tag, Value
from app.ui.dialogs.rows import Rows
from app.ui.session import Session
from app.ui.versions.notes_words import TITLES, WIDTHS, kind_words
from app.ui.views.card_rows import face_of
from app.ui.views.key_bar import KeyBar

NONE = "没有待核对的修订。"
KEYS = (
    ("Space", "采用新值"),
    ("K", "保留现值"),
    ("E", "到卡片改"),
    ("L", "定到选中处"),
    ("Delete", "删除"),
    ("Enter", "到该处"),
    ("Ctrl+Z", "撤销"),
)
EDITED, THEN_KEEP = "在卡片里改好，这一处就核对完了", "在卡片里改好，再回来按 K"
UNREAD = "读不出，请在卡片里改（E）"


class SettleDialog(QDialog):
    """Stays beside the window. `go` shows a task or tag there, `edit` opens it in the card, `chosen` is what is
    selected in the text, `undo` takes the last edit back.
    """

    def __init__(
        self,
        session: Session,
        go: Callable[[RevisionNote], object],
        edit: Callable[[RevisionNote], object],
        chosen: Callable[[], Span | None],
        undo: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._go, self._edit, self._chosen = session, go, edit, chosen
        self._notes: tuple[RevisionNote, ...] = ()
        self._suggestions: Suggestions | None = None
        self.setObjectName("settle_revision")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("修订核对")
        self.resize(1120, 460)
        self.table = Rows("revision_notes", "待核对的修订", TITLES, WIDTHS, self)
        self.old, self.new, self.value, self.offer = (QLabel(self) for _ in range(4))
        self.problem = QLabel(self)
        self.problem.setProperty("role", "alert")
        self.problem.setWordWrap(True)
        self.problem.setContentsMargins(16, 4, 16, 6)
        self.problem.hide()
        self.keys = KeyBar(self)
        self.keys.show_keys(KEYS)
        self._lay_out()
        acts = (self.take, self.keep, self.edit, self.place, self.drop, self.jump, undo)
        for (key, _), act in zip((*KEYS, ("Return", "")), (*acts, self.jump), strict=True):
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
        self.table.currentCellChanged.connect(self._show_note)
        self.table.cellDoubleClicked.connect(self.jump)
        session.written.connect(self._follow)
        session.board_loaded.connect(self.load)
        self.load()
        self.table.setFocus()

    def load(self) -> None:
        """Show what waits now."""
        report = self._session.report
        workspace = self._session.workspace
        notes = workspace.revision_notes(report.card.id, report.layer.id) if report else ()
        self._notes = tuple(sorted(notes, key=self._order))
        self._suggestions = None
        self.table.show_rows([self._texts(note) for note in self._notes])
        self.keys.show_state(f"待核对 {len(self._notes)}" if self._notes else NONE)
        self._show_note()

    # --- what a key does

    def take(self) -> None:
        """The tag takes the value that the new words say; what has no value is seen as it is."""
        note, report = self._current, self._session.report
        if note is None or report is None:
            return
        has_value = isinstance(note.thing, Tag) and note.thing.value is not None
        if has_value or not note.spans:
            self._write(lambda: taken(report.card.id, note, self._read(note)))
        else:
            self.keep()

    def keep(self) -> None:
        """The value stays as it is."""
        note = self._current
        if note is not None:
            self._write(lambda: kept(self._session.report_id, note))

    def edit(self) -> None:
        """Change it in the card: another value settles the note, anything else waits until it is kept."""
        note = self._current
        if note is not None:
            self._edit(note)
            has_value = isinstance(note.thing, Tag) and note.thing.value is not None
            self.keys.say(EDITED if has_value else THEN_KEEP)

    def place(self) -> None:
        """Its place becomes what is selected in the text."""
        note, span = self._current, self._chosen()
        if note is not None:
            spans = (span,) if span else ()
            words = self._session.words(span) if span else ""
            self._write(lambda: placed(self._session.report_id, note, spans, words))

    def drop(self) -> None:
        """Take it away: the tag, or the task with its tags."""
        note, report = self._current, self._session.report
        if note is None or report is None:
            return
        tags = [
            t
            for t in self._session.workspace.tags(report.layer.id)
            if t.task_id == note.task_id and t.version
        ]
        self._write(lambda: dropped(report.card.id, note, tags))

    def jump(self, *_cell: int) -> None:
        """Show it in the window; the list stays beside."""
        note = self._current
        if note is not None:
            self._go(note)

    # --- inside

    @property
    def _current(self) -> RevisionNote | None:
        row = self.table.currentRow()
        return self._notes[row] if 0 <= row < len(self._notes) else None

    def _lay_out(self) -> None:
        below = QWidget(self)
        below.setObjectName("remarks")
        below.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        form = QFormLayout(below)
        form.setContentsMargins(16, 10, 16, 10)
        for name, label in (
            ("上一版", self.old),
            ("新版", self.new),
            ("现值", self.value),
            ("新值", self.offer),
        ):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAccessibleName(name)
            head = QLabel(name, below)
            head.setProperty("role", "muted")
            form.addRow(head, label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(below)
        column.addWidget(self.problem)
        column.addWidget(self.keys)

    def _order(self, note: RevisionNote) -> tuple[int, int, bool]:
        """The most pressing first, then by the tasks' numbers, a task before its tags."""
        item = self._session.item(note.task_id)
        return list(NoteKind).index(note.kind), item.number if item else 0, isinstance(note.thing, Tag)

    def _texts(self, note: RevisionNote) -> Sequence[str]:
        item = self._session.item(note.task_id)
        about = f"{item.number}  {item.task.title}" if item is not None else ""
        return NOTE_NAMES[note.kind], about, kind_words(note.thing), note.old, note.new

    def _show_note(self, *_cells: int) -> None:
        note = self._current
        self.problem.hide()
        self.old.setText(note.old if note else "")
        self.new.setText((note.new or NOTE_NAMES[NoteKind.ORPHANED]) if note else "")
        thing = note.thing if note else None
        has_value = isinstance(thing, Tag) and thing.value is not None
        self.value.setText(self._words(thing, thing.value) if has_value and isinstance(thing, Tag) else "—")
        self.offer.setText(self._offered(note) if note and has_value else "—")

    def _offered(self, note: RevisionNote) -> str:
        """What Space would put in, in words."""
        if not note.spans or not isinstance(note.thing, Tag):
            return "—"
        value = self._read(note)
        return UNREAD if value is None else self._words(note.thing, value)

    def _read(self, note: RevisionNote) -> Value:
        report, workspace = self._session.report, self._session.workspace
        if report is None:
            return None
        if self._suggestions is None:
            self._suggestions = workspace.suggestions(report.card.id, report.reading)
        return workspace.revised_value(note, report.reading, self._suggestions)

    def _words(self, tag: Tag, value: Value) -> str:
        report = self._session.report
        year = report.card.metadata.end_year if report else 0
        return face_of(replace(tag, value=value), self._session.styles, year).text

    def _write(self, build: Callable[[], Change]) -> None:
        self.problem.hide()
        try:
            change = build()
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        if self._session.submit(change):
            self.keys.say(f"已处理：{change.label}")

    def _follow(self, change: object) -> None:
        if isinstance(change, Change):
            self.load()
