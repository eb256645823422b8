"""The card of the selected task: its words in the report, and every field, edited in place."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from app.domain import edits
from app.domain.board import Delta
from app.domain.directory import contact
from app.domain.spans import Span
from app.domain.tasks import Item, Tag, TagKind
from app.ui.drafts import Drafts
from app.ui.session import Current, Session
from app.ui.views.card_chips import ChipRow
from app.ui.views.card_editing import ItemEditor, Place
from app.ui.views.card_fields import Field, LineField, TextField
from app.ui.views.card_head import CardHead, Quotes, source_place
from app.ui.views.card_paint import set_property
from app.ui.views.card_rows import ROWS, SINGLE, Form, RowSpec, face_of

NOTHING = "在左侧原文或上方表格中选一项任务"


class TaskCard(QWidget):
    """Shows the session's current item. Typed text is written when its field loses the keyboard, when another
    item is selected, and by `commit_pending`; what the store refuses stays in the field. Until then it is a draft.
    """

    left = Signal()  # Esc: the keyboard belongs to the text again
    reveal = Signal(object)  # Span: show it in the report

    def __init__(self, session: Session, drafts: Drafts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._item: Item | None = None
        self._is_editable = True
        self._refused: dict[tuple[str, str], str] = {}
        self.drafts = drafts
        self.editor = ItemEditor(session, self)
        self.head = CardHead(self)
        self.quotes = Quotes(self)
        self.fields: dict[str, Field] = {}
        self.chips: dict[str, ChipRow] = {}
        self._notice = QLabel(self)
        self._notice.setProperty("role", "notice")
        self._notice.setWordWrap(True)
        self._notice.hide()
        self._scroll = QScrollArea(self)
        self._pages = self._lay_out()
        self.quotes.asked.connect(self._reveal)
        session.current_changed.connect(self._on_current_changed)
        session.items_changed.connect(self._on_items_changed)
        session.board_loaded.connect(self._reload)
        session.units_changed.connect(self._reload)
        session.report_opened.connect(self._reload)
        self._reload()

    # --- what the window's actions ask for

    def edit_lead(self) -> None:
        """Choose the lead of the current item."""
        self._open("lead", self.editor.edit_lead)

    def edit_support(self) -> None:
        """Add a body that supports."""
        self._open("support", self.editor.edit_support)

    def edit_deadline(self) -> None:
        """Set the deadline."""
        self._open("deadline", self.editor.edit_deadline)

    def edit_target(self, tag: Tag | None = None) -> None:
        """Edit a target of the current item, or add one."""
        self._open("targets", partial(self.editor.edit_target, tag=tag), tag.id if tag else "")

    def focus_field(self, name: str) -> None:
        """Put the keyboard into a row: title, summary, targets, lead, … (the names of `ROWS`)."""
        if self._item is None:
            return
        if name in self.fields:
            self.fields[name].enter()
        else:
            self.chips[name].focus_row(self._session.current.tag_id)

    def commit_pending(self) -> None:
        """Write what was typed and not yet written."""
        item = self._item
        title = self.fields["title"]
        if item is not None and not title.words:
            title.put(self._session.told(item).task.title)
        typed = {name: field.words for name, field in self.fields.items() if field.is_dirty}
        if not typed and not self._refused:
            self.drafts.drop()
        if item is None or not typed:
            return
        for name, words in typed.items():
            self.fields[name].settle()
            self._refused[item.task.id, name] = words
        now = self._session.item(item.task.id) or item
        report_id = self._session.report_id
        if self.editor.submit(lambda: edits.change_task(report_id, now, **typed)):
            for name in typed:
                self._refused.pop((item.task.id, name), None)
            self.drafts.drop()
        else:
            self._show(self._item)

    @property
    def is_unsaved(self) -> bool:
        """Whether something typed could not be written."""
        return bool(self._refused) or any(field.is_dirty for field in self.fields.values())

    def set_editable(self, is_editable: bool, reason: str = "") -> None:
        """Let the task be changed, or only looked at; `reason` is shown while it is not."""
        self._is_editable = is_editable
        self._notice.setText(reason)
        self._notice.setVisible(bool(reason) and not is_editable)
        for field in self.fields.values():
            field.setReadOnly(not is_editable)
            set_property(field, "locked", not is_editable)
        for row in self.chips.values():
            row.set_editable(is_editable=is_editable)

    # --- building

    def _lay_out(self) -> QStackedLayout:
        body = QWidget(self)
        body.setProperty("role", "panel")
        rows = QGridLayout()
        rows.setHorizontalSpacing(12)
        rows.setVerticalSpacing(6)
        rows.setColumnStretch(1, 1)
        for i, spec in enumerate(ROWS):
            rows.addWidget(self._label(spec), i, 0, Qt.AlignmentFlag.AlignTop)
            rows.addWidget(self._row(spec), i, 1)
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 2, 16, 16)
        column.setSpacing(10)
        column.addWidget(self.quotes)
        column.addLayout(rows)
        column.addStretch()
        self._scroll.setWidget(body)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        full = QWidget(self)
        page = QVBoxLayout(full)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        for widget in (self.head, self._notice, self._scroll):
            page.addWidget(widget)
        nothing = QLabel(NOTHING, self)
        nothing.setProperty("role", "muted")
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        pages = QStackedLayout(self)
        pages.addWidget(full)
        pages.addWidget(nothing)
        return pages

    def _label(self, spec: RowSpec) -> QLabel:
        label = QLabel(spec.label, self)
        label.setProperty("role", "muted")
        label.setContentsMargins(0, 5, 0, 0)
        return label

    def _row(self, spec: RowSpec) -> QWidget:
        if spec.form is Form.CHIPS:
            return self._chip_row(spec, spec.name)
        field = self._field(spec)
        if spec.tags is None:
            return field
        both = QWidget(self)
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._chip_row(spec, f"{spec.name}_tags", may_add=False))
        column.addWidget(field)
        return both

    def _field(self, spec: RowSpec) -> Field:
        make = LineField if spec.form is Form.LINE else TextField
        field = make(spec.name, spec.placeholder, self)
        field.setAccessibleName(spec.label)
        field.edited.connect(self._keep_draft)
        field.done.connect(self.commit_pending)
        field.left.connect(self._leave)
        self.fields[spec.name] = field
        return field

    def _chip_row(self, spec: RowSpec, name: str, *, may_add: bool = True) -> ChipRow:
        row = ChipRow(name, spec.placeholder, may_add=may_add, is_single=name in SINGLE, parent=self)
        row.setAccessibleName(spec.label)
        row.picked.connect(self._pick)
        row.opened.connect(self._open_tag)
        row.removed.connect(self._remove_tag)
        row.taken.connect(self._take_tag)
        row.added.connect(self._add_to_row)
        row.left.connect(self._leave)
        self.chips[name] = row
        return row

    # --- following the session

    def _on_current_changed(self, current: Current) -> None:
        item = self._session.item(current.item_id)
        if self._item is not None and (item is None or item.task.id != self._item.task.id):
            self.commit_pending()
            item = self._session.item(self._session.current.item_id)
            self._scroll.verticalScrollBar().setValue(0)
        self._show(item)

    def _on_items_changed(self, delta: Delta) -> None:
        if self._item is None:
            return
        shown = self._item.task
        ids = {shown.id, shown.origin} - {""}
        touched = [i for i in (*delta.added, *delta.removed) if ids & {i.task.id, i.task.origin}]
        if touched:
            now = next((i for i in delta.added if ids & {i.task.id, i.task.origin}), None)
            self._show(self._session.item(now.task.id) if now else None)
        else:
            # numbers may have moved
            self._show_head(self._session.item(shown.id) or self._item)

    def _reload(self, _report: object = None) -> None:
        self._show(self._session.current_item)

    def _show(self, item: Item | None) -> None:
        self._item = item
        self._pages.setCurrentIndex(0 if item is not None else 1)
        if item is None:
            return
        self._show_head(item)
        told = self._session.told(item)
        self.quotes.show_item(self._session, told)
        for name, field in self.fields.items():
            typed = (
                field.words
                if field.is_dirty and field.hasFocus()
                else self._refused.get((item.task.id, name))
            )
            field.put(getattr(told.task, name), typed)
        for spec in ROWS:
            if spec.tags is not None:
                self._show_tags(spec, spec.tags(told))
        self._show_listed(item)
        self._mark_current()

    def _show_head(self, item: Item) -> None:
        self.head.show_item(self._session.told(item), source_place(self._session, item))

    def _show_tags(self, spec: RowSpec, tags: tuple[Tag, ...]) -> None:
        row = self.chips[spec.name if spec.form is Form.CHIPS else f"{spec.name}_tags"]
        faces = [face_of(tag, self._session.styles, self.editor.year) for tag in tags]
        row.show_faces(faces, tags[0].reason if tags and spec.gives_reason else "")
        if spec.form is not Form.CHIPS:
            row.setVisible(bool(tags))

    def _show_listed(self, item: Item) -> None:
        """Where the task names nobody, the ledger takes whom the directory has for the lead."""
        listed = contact(self._session.units, item.lead)
        for name, words in (("leader", listed.leader), ("person", listed.person)):
            spec = next(spec for spec in ROWS if spec.name == name)
            self.fields[name].setPlaceholderText(f"{words}（按单位名录）" if words else spec.placeholder)

    def _mark_current(self) -> None:
        for row in self.chips.values():
            row.set_current(self._session.current.tag_id)

    # --- what the user asks for in the card

    def _keep_draft(self) -> None:
        field = self.fields[self.sender().objectName()]
        if self._item is not None and field.is_dirty:
            self.drafts.keep(self._item, field.objectName(), field.words)
        else:
            self.drafts.drop()

    def _pick(self, tag_id: str) -> None:
        if self._item is not None:
            self._session.select(self._item.task.id, tag_id)

    def _open_tag(self, tag_id: str) -> None:
        found = self._tag(tag_id)
        if found is None:
            return
        item, tag = found
        name = self.sender().objectName()
        place = self._place(name, tag_id)
        if name == "lead":
            self.editor.edit_lead(item, place)
        elif tag.kind is TagKind.OWNER:
            self.editor.edit_support(item, place, tag)
        elif tag.kind is TagKind.DEADLINE:
            self.editor.edit_deadline(item, place, tag)
        elif tag.kind is TagKind.TARGET:
            self.editor.edit_target(item, place, tag)
        else:
            self._pick(tag_id)

    def _remove_tag(self, tag_id: str) -> None:
        found = self._tag(tag_id)
        if found is not None:
            self.editor.submit(lambda: edits.dismiss_tag(self._session.report_id, *found))

    def _take_tag(self, tag_id: str) -> None:
        found = self._tag(tag_id)
        if found is not None:
            self.editor.submit(lambda: edits.accept_tag(self._session.report_id, *found))

    def _add_to_row(self, typed: str) -> None:
        name = self.sender().objectName()
        self._open(name, partial(_OPENERS[name], self.editor, typed=typed))

    def _open(self, name: str, opener: Callable[[Item, Place], None], tag_id: str = "") -> None:
        """Open an editor at a row, brought into view."""
        self.commit_pending()
        if self._item is None or not self._is_editable:
            return
        self._scroll.ensureWidgetVisible(self.chips[name], 0, 40)
        opener(self._item, self._place(name, tag_id))

    def _place(self, name: str, tag_id: str = "") -> Place:
        row = self.chips[name]
        rect = row.place_of(tag_id) if tag_id else row.rect()
        return Place(row, QRect(rect))

    def _tag(self, tag_id: str) -> tuple[Item, Tag] | None:
        item = self._item
        if item is None or not self._is_editable:
            return None
        return next(((item, tag) for tag in item.tags if tag.id == tag_id), None)

    def _reveal(self, span: Span) -> None:
        if self._item is not None:
            self._session.select(self._item.task.id)
        self.reveal.emit(span)

    def _leave(self) -> None:
        self.commit_pending()
        self.left.emit()


def _add_deadline(editor: ItemEditor, item: Item, place: Place, *, typed: str = "") -> None:
    editor.edit_deadline(item, place, typed=typed)


_OPENERS: dict[str, Callable[..., None]] = {
    "lead": ItemEditor.edit_lead,
    "support": ItemEditor.edit_support,
    "deadline": _add_deadline,
    "targets": ItemEditor.edit_target,
}
