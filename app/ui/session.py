"""The session: the open workspace and report, what is selected, and the one way in for every edit."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from app.domain.board import Board, Delta
from app.domain.changes import Change
from app.domain.errors import ConflictError, UserError
from app.domain.people import Person
from app.domain.report import BlockKind, Reading, ShownText
from app.domain.reports import Layer, ReportCard
from app.domain.rereading import recorrected, reread
from app.domain.scheme import TagStyle
from app.domain.sentences import sentence_around
from app.domain.spans import Span
from app.domain.suggestions import OwnerProposal, Uncovered
from app.domain.tasks import Item, Owner, Role, Tag, TagKind, Task, Value
from app.domain.units import Unit
from app.ui.commands import ApplyChange
from app.workspace import Workspace


class OpenReport(NamedTuple):
    """The report in the window: its card, its text and its layer."""

    card: ReportCard
    reading: Reading
    layer: Layer


class Current(NamedTuple):
    """What is selected: an item, and perhaps one of its tags. Empty ids mean nothing is."""

    item_id: str = ""
    tag_id: str = ""


class Session(QObject):
    """Holds what the window shows and announces what changes; the views never write by themselves.

    One way: a view calls `submit(change)`; the store writes it; the board follows; `items_changed` tells the
    views what to repaint. A refused change is announced by `failed` and leaves everything as it was.
    """

    report_opened = Signal(object)  # OpenReport, or None when the workspace has no report
    board_loaded = Signal()  # every item may have changed
    items_changed = Signal(object)  # Delta
    current_changed = Signal(object)  # Current
    reports_changed = Signal()
    units_changed = Signal()  # the unit directory; the board, where it is concerned, is loaded by then
    people_changed = Signal()  # who is there, or what one may do
    written = Signal(object)  # Change, when the views have followed
    failed = Signal(object)  # UserError

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.undo_stack = QUndoStack(self)
        self.report: OpenReport | None = None
        self.current = Current()
        self._units: tuple[Unit, ...] | None = None
        self.styles: tuple[TagStyle, ...] = workspace.tag_scheme()
        self._board: Board | None = None
        self._uncorrected: ShownText | None = None
        self._touched: tuple[Item, ...] = ()
        self._left_at: int | None = None

    @property
    def units(self) -> tuple[Unit, ...]:
        """The unit directory."""
        if self._units is None:
            self._units = self.workspace.units()
        return self._units

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item of the report in text order; empty until the board is loaded."""
        return self._board.items if self._board else ()

    @property
    def numbers(self) -> dict[str, int]:
        """The number of every item, by its id."""
        return self._board.numbers if self._board else {}

    @property
    def gaps(self) -> tuple[Uncovered, ...]:
        """遗漏检查: what carries a commitment and is in no task."""
        return self._board.gaps() if self._board else ()

    @property
    def current_item(self) -> Item | None:
        """The selected item, if there is one."""
        return self.item(self.current.item_id)

    @property
    def current_tag(self) -> Tag | None:
        """The selected tag of the selected item, if there is one."""
        item = self.current_item
        return next((t for t in item.tags if t.id == self.current.tag_id), None) if item else None

    @property
    def report_id(self) -> str:
        """The id of the open report; "" if there is none."""
        return self.report.card.id if self.report else ""

    def item(self, item_id: str) -> Item | None:
        """The item of an id or of the key it was suggested with."""
        return self._board.item(item_id) if self._board and item_id else None

    def proposals(self, item: Item) -> tuple[OwnerProposal, ...]:
        """The bodies proposed to lead an item, best first; by functional code."""
        commitment = self._board.commitment_of(item) if self._board else None
        return commitment.leads if commitment else ()

    def told(self, item: Item) -> Item:
        """An item as the text reads now, to be shown: what was cut from it is stored as it was before a correction.

        Edits are made on the item itself.
        """
        report = self.report
        if report is None or not report.card.corrections:
            return item
        shown, source = report.reading.shown, report.reading.source.text
        if self._uncorrected is None:
            self._uncorrected = recorrected(shown, source, report.card.corrections, ())
        return reread((item,), self._uncorrected, shown)[0]

    def words(self, span: Span) -> str:
        """The shown words of a source span."""
        if self.report is None:
            return ""
        shown = self.report.reading.shown
        place = shown.to_shown(span)
        return shown.text[place.start : place.end] if place else ""

    def sentence_at(self, offset: int) -> Span | None:
        """The sentence around a source offset."""
        if self.report is None:
            return None
        shown = self.report.reading.shown
        place = shown.to_shown(Span(offset, offset + 1))
        return shown.to_source(sentence_around(shown.text, place.start)) if place else None

    def row_at(self, offset: int) -> Span | None:
        """The row of a table around a source offset, or before it at a cell's end; None outside of tables."""
        if self.report is None:
            return None
        shown = self.report.reading.shown
        place = shown.to_shown(Span(offset, offset + 1)) or shown.to_shown(Span(offset - 1, offset))
        if place is None:
            return None
        at = bisect_right(shown.blocks, place.start, key=lambda block: block.start) - 1
        here = shown.blocks[at]
        if here.kind is not BlockKind.CELL:
            return None
        behind = shown.blocks[at - here.column :]
        row = tuple(takewhile(lambda cell: (cell.table, cell.row) == (here.table, here.row), behind))
        return shown.to_source(Span(row[0].start, row[-1].end))

    def read_value(self, kind: TagKind, span: Span, role: Role) -> Value:
        """What selected words say: the figure, the body, the date."""
        if self.report is None:
            return None
        known = self._board.value_at(kind, span) if self._board else None
        if isinstance(known, Owner):
            return replace(known, role=role)
        return known or self.workspace.read_value(self.report.reading, kind, span, role)

    def open_report(self, report_id: str | None) -> None:
        """Show a report: its text at once; its items follow with `load_board`."""
        self._board = self._uncorrected = None
        self.current = Current()
        if report_id is None:
            self.report = None
        else:
            ws = self.workspace
            self.report = OpenReport(*ws.opened(report_id), ws.layer(report_id))
        self.report_opened.emit(self.report)

    def load_board(self) -> None:
        """Load the report's tasks, tags and suggestions."""
        if self.report is None:
            return
        self._board = self.workspace.board(self.report.card.id, self.report.reading)
        self._follow_directory(self._board.office.units)  # importing may have fitted it to the office
        self.board_loaded.emit()

    def look_away(self) -> None:
        """Remember how far the log is: the user goes elsewhere, perhaps to another window on this workspace."""
        if self.report is not None:
            self._left_at = self.workspace.log_length()

    def look_again(self) -> bool:
        """Load what another window has written meanwhile; whether there was anything."""
        report, left_at = self.report, self._left_at
        self._left_at = None
        if report is None or left_at is None or left_at == self.workspace.log_length():
            return False
        if self.workspace.report(report.card.id) != report.card:
            self._follow_report(report.card.id)
        else:
            self.load_board()
        return True

    def close(self) -> None:
        """Let go of the report and close the workspace; what is still due to be loaded finds nothing to do."""
        self.report = self._board = None
        self.workspace.close()

    def select(self, item_id: str, tag_id: str = "") -> None:
        """Make an item, and perhaps a tag of it, the selected one."""
        current = Current(item_id, tag_id)
        if current != self.current:
            self.current = current
            self.current_changed.emit(current)

    def submit(self, change: Change) -> bool:
        """Write a change and let the views follow; False if it was refused."""
        if not change.edits:
            return True
        before = self.undo_stack.index()
        self.undo_stack.push(ApplyChange(self, change))
        return self.undo_stack.index() > before

    def step(self, move: Callable[[], None]) -> None:
        """Undo or redo, and go to what that touched."""
        self._touched = ()
        move()
        here = self.current.item_id
        if self._touched and here not in [item.task.id for item in self._touched]:
            self.select(self._touched[0].task.id)

    def undo(self) -> str:
        """Take the last change back; what is to be said of it."""
        words = self.undo_stack.undoText()
        self.step(self.undo_stack.undo)
        return f"已撤销：{words}" if words else "没有可撤销的操作"

    def redo(self) -> str:
        """Do again what was taken back; what is to be said of it."""
        words = self.undo_stack.redoText()
        self.step(self.undo_stack.redo)
        return f"已重做：{words}" if words else "没有可重做的操作"

    def write(self, change: Change) -> Change:
        """Take a change, its undoing or its redoing into the store; called by the undo command alone."""
        done = self.workspace.apply(change)
        if self._left_at is not None:
            self._left_at += 1  # ours, by a dialog: one entry a change
        self._follow(done)
        self.written.emit(done)
        return done

    def refuse(self, error: UserError) -> None:
        """Announce a refused change; after a conflict show what is in the store now."""
        if isinstance(error, ConflictError):
            self.refresh_units()
            self.load_board()
        self.failed.emit(error)

    def refresh_units(self) -> None:
        """Read the unit directory again: another window may have changed it."""
        self._follow_directory(self.workspace.units())

    def _follow_directory(self, units: tuple[Unit, ...]) -> None:
        """Take the directory as it was just read; nobody need be told where nobody has asked for it yet."""
        before, self._units = self._units, units
        if before not in (None, units):
            self.units_changed.emit()

    def _follow(self, done: Change) -> None:
        things = [thing for edit in done.edits for thing in (edit.after or edit.before,)]
        if any(isinstance(thing, Person) for thing in things):
            self.people_changed.emit()
        elif any(isinstance(thing, Unit) for thing in things):
            self._follow_units(done)
        elif any(isinstance(thing, ReportCard) for thing in things):
            self._follow_report(done.report_id)
        elif done.report_id != self.report_id:
            # undoing an edit of another report shows where it happened
            self.open_report(done.report_id)
            self.load_board()
            tasks = [thing for thing in things if isinstance(thing, Task)]
            touched = (name for task in tasks for name in (task.id, task.origin) if self.item(name))
            self.select(next(touched, self.current.item_id))
        elif self._board is not None:
            self._announce(self._board.apply(done))

    def _announce(self, delta: Delta) -> None:
        """Tell the views, and keep the selection on a suggestion that has just become a task, or back."""
        self.items_changed.emit(delta)
        self._touched = delta.added
        gone = {item.task.id: item for item in delta.removed} if delta.added else {}
        old = gone.get(self.current.item_id)
        if old is None:
            return
        same = (i for i in delta.added if _origin(i) == _origin(old) or i.task.id == old.task.id)
        new = next(same, None)
        if new is not None and new.task.id != old.task.id:
            tag = next((t for t in new.tags if t.origin and t.origin == self.current.tag_id), None)
            self.select(new.task.id, tag.id if tag else "")
        elif new is not None:
            tags = {t.id for t in new.tags} | {t.origin for t in new.tags}
            keep = self.current.tag_id if self.current.tag_id in tags else ""
            self.current = Current(self.current.item_id, keep)
            self.current_changed.emit(self.current)

    def _follow_units(self, done: Change) -> None:
        """The directory has changed; what is proposed is made anew where other bodies or names are meant."""
        self._units = self.workspace.units()
        if any(_meaning(edit.before) != _meaning(edit.after) for edit in done.edits):
            self.load_board()
        self.units_changed.emit()

    def _follow_report(self, report_id: str) -> None:
        card = self.workspace.report(report_id)
        self.reports_changed.emit()
        if self.report and self.report.card.id == report_id and card.is_removed:
            left = self.workspace.reports()
            self.open_report(left[0].id if left else None)
        else:
            self.open_report(report_id)
        self.load_board()


def _meaning(thing: object) -> object:
    """A unit without what only tells how it is reached, which no proposal depends on."""
    if isinstance(thing, Unit):
        return replace(thing, telephone="", leader="", person="", version=0)
    return thing


def _origin(item: Item) -> str:
    return item.task.origin or item.task.id
