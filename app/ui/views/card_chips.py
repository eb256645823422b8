"""A row of chips in a field's box: it wraps, grows, and is one stop of the Tab key."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from app.ui.views.card_paint import ElidedLabel, set_property
from app.ui.views.chips import AddButton, Chip, ChipFace, RowButton

MARGIN = 7
TOP = 3
GAP = 6
KEYS_HINT = "Enter 修改 · Delete 删除"
SUGGESTED_HINT = "建议：空格 采纳 · Enter 修改 · Delete 忽略"


class ChipRow(QFrame):
    """The tags of one field. Announces what the user asks for; the owner of the row changes the tags.

    A row that `is_single` offers no second chip; typing opens the editor of the one there is.
    Chips are reused when others are shown, so that one in the middle of a click is never deleted.
    """

    picked = Signal(str)
    opened = Signal(str)
    removed = Signal(str)
    taken = Signal(str)
    added = Signal(str)  # what was typed first, "" if nothing
    left = Signal()

    def __init__(
        self,
        name: str,
        placeholder: str,
        *,
        may_add: bool = True,
        is_single: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "field")
        self.setProperty("active", False)
        self._may_add = may_add
        self._is_single = is_single
        self._is_editable = True
        self._chips: list[Chip] = []
        self._count = 0
        self._note = ElidedLabel(self)
        self._note.setProperty("role", "muted")
        self._add = AddButton(placeholder, self)
        self._add.opened.connect(self._ask_add)
        self._add.clicked.connect(self._ask_add)
        self._add.typed.connect(self.added)
        self._wire(self._add)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._refresh()

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The chips shown, in order."""
        return tuple(self._chips[: self._count])

    def show_faces(self, faces: Sequence[ChipFace], note: str = "") -> None:
        """Show these tags, and at the right end why."""
        while len(self._chips) < len(faces):
            self._chips.append(self._new_chip())
        had_focus = next((c for c in self._chips if c.hasFocus()), None)
        self._count = len(faces)
        for chip, face in zip(self._chips, faces, strict=False):
            chip.show_face(face)
            chip.setToolTip("\n".join(t for t in (face.text, face.hint, self._keys_of(face)) if t))
            chip.is_editable = self._is_editable
        self._note.show_words(note)
        self._refresh()
        if had_focus is not None and had_focus not in self.chips:
            self.focus_row()

    def set_current(self, key: str) -> None:
        """Mark the chip of the selected tag."""
        for chip in self.chips:
            chip.set_current(is_current=bool(key) and chip.face.key == key)

    def set_editable(self, *, is_editable: bool) -> None:
        """Let the chips be changed, or only looked at."""
        self._is_editable = is_editable
        for chip in self.chips:
            chip.is_editable = is_editable
        self._refresh()

    def focus_row(self, key: str = "") -> None:
        """Put the keyboard on the chip of a tag, else on the first, else where one is added."""
        chips = self.chips
        found = next((c for c in chips if key and c.face.key == key), None)
        target: RowButton = found or (chips[0] if chips else self._add)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def place_of(self, key: str) -> QRect:
        """Where a chip stands in the row; the whole row if it is not there."""
        return next((c.geometry() for c in self.chips if c.face.key == key), self.rect())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._place()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._is_editable and event.button() is Qt.MouseButton.LeftButton:
            self.focus_row()
            if not self._count and self._may_add:
                self._ask_add()

    def _new_chip(self) -> Chip:
        chip = Chip(self)
        # made late, it would else come after every field of the card
        QWidget.setTabOrder(self._add, chip)
        chip.clicked.connect(self._on_clicked)
        chip.opened.connect(self._on_opened)
        chip.removed.connect(self._on_removed)
        chip.taken.connect(self._on_taken)
        chip.typed.connect(self._on_typed)
        self._wire(chip)
        return chip

    def _wire(self, button: RowButton) -> None:
        button.walked.connect(self._walk)
        button.left.connect(self.left)
        button.focused.connect(self._on_focused)
        button.installEventFilter(self)

    def _keys_of(self, face: ChipFace) -> str:
        if not self._is_editable:
            return ""
        return SUGGESTED_HINT if face.is_suggested else KEYS_HINT

    # --- what the chips ask for

    def _sender_key(self) -> str:
        chip = self.sender()
        return chip.face.key if isinstance(chip, Chip) else ""

    def _on_clicked(self) -> None:
        self.picked.emit(self._sender_key())

    def _on_opened(self) -> None:
        if self._is_editable:
            self.opened.emit(self._sender_key())

    def _on_removed(self) -> None:
        if self._is_editable:
            self.removed.emit(self._sender_key())

    def _on_taken(self) -> None:
        chip = self.sender()
        if self._is_editable and isinstance(chip, Chip) and chip.face.is_suggested:
            self.taken.emit(chip.face.key)

    def _on_typed(self, letter: str) -> None:
        if self._is_editable and self._may_add:
            self.added.emit(letter)

    def _ask_add(self) -> None:
        if self._is_editable and self._may_add:
            self.added.emit("")

    def _walk(self, step: int) -> None:
        buttons: list[RowButton] = [*self.chips, *([self._add] if self._add.isVisibleTo(self) else [])]
        here = self.sender()
        if isinstance(here, RowButton) and here in buttons:
            index = max(0, min(len(buttons) - 1, buttons.index(here) + step))
            buttons[index].setFocus(Qt.FocusReason.OtherFocusReason)

    # --- looks

    def _on_focused(self) -> None:
        button = self.sender()
        if isinstance(button, RowButton):
            self._make_stop(button)
        set_property(self, "active", value=True)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            set_property(self, "active", value=False)
        return False

    def _make_stop(self, stop: RowButton) -> None:
        """Of all buttons in the row only one is a stop of the Tab key."""
        for button in (*self._chips, self._add):
            is_stop = button is stop
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)

    def _refresh(self) -> None:
        for chip in self._chips[self._count :]:
            chip.hide()
        for chip in self.chips:
            chip.show()
        self._add.show_empty(is_empty=not self._count)
        is_full = self._is_single and self._count > 0
        self._add.setVisible(self._may_add and self._is_editable and not is_full)
        buttons: tuple[RowButton, ...] = (*self.chips, self._add)
        focused = next((b for b in buttons if b.hasFocus()), None)
        self._make_stop(focused or buttons[0])
        self._place()

    def _place(self) -> None:
        """Lay the chips out in lines, the note at the right of the last line or below it."""
        high = self.fontMetrics().height() + 4
        width = max(1, self.width() - 2 * MARGIN)
        at = QPoint(0, 0)
        for button in (*self.chips, *([self._add] if self._add.isVisibleTo(self) else [])):
            wanted = min(button.sizeHint().width(), width)
            if at.x() and at.x() + wanted > width:
                at = QPoint(0, at.y() + high + 4)
            button.setGeometry(MARGIN + at.x(), TOP + at.y(), wanted, high)
            at.setX(at.x() + wanted + GAP)
        at = self._place_note(at, width, high)
        height = at.y() + high + 2 * TOP
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _place_note(self, at: QPoint, width: int, high: int) -> QPoint:
        text = self._note.text()
        self._note.setVisible(bool(text) and self._count > 0)
        if not text or not self._count:
            return at
        metrics = self._note.fontMetrics()
        wanted = min(metrics.horizontalAdvance(text) + 4, width)
        if at.x() + wanted > width:
            at = QPoint(0, at.y() + high + 2)
        self._note.setGeometry(MARGIN + width - wanted, TOP + at.y(), wanted, high)
        return at
