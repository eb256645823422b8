"""Chips: the tags of a task as small labelled boxes that keys can open, take and remove."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget
from typing_extensions import override

from app.domain.scheme import TagStyle
from app.ui.views.card_paint import PLAIN, ground_of, ink_of, theme_of

PAD = 7
RADIUS = 4
ENTER_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2})
DELETE_KEYS = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class ChipFace:
    """What a chip shows. `key` is the tag's id; `hint` goes into the tooltip."""

    key: str
    text: str
    style: TagStyle = PLAIN
    is_suggested: bool = False
    hint: str = ""


class RowButton(QAbstractButton):
    """A button of a row that is one tab stop: arrows walk, Enter opens, Esc leaves, a letter starts typing."""

    opened = Signal()
    walked = Signal(int)
    left = Signal()
    typed = Signal(str)
    focused = Signal()

    @override
    def event(self, event: QEvent) -> bool:
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_escape and event.type() is QEvent.Type.ShortcutOverride:
            # Esc leads back to the text from here, whatever the window does with it
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        letter = event.text()
        if key in ENTER_KEYS:
            self.opened.emit()
        elif key in MOVES:
            self.walked.emit(MOVES[key])
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif letter.isalnum() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.typed.emit(letter)
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


class AddButton(RowButton):
    """The end of a row of chips: ＋, or in an empty row a word about what may stand there."""

    def __init__(self, placeholder: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._placeholder = placeholder
        self.setText("＋")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(placeholder)
        self.setToolTip(placeholder)

    def show_empty(self, *, is_empty: bool) -> None:
        """Say what may stand in the row, or only ＋."""
        self.setText(self._placeholder if is_empty else "＋")

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + PAD, metrics.height() + 4)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_hot = self.hasFocus() or self.underMouse()
        if is_hot and self.text() == "＋":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.selected))
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        painter.setPen(QColor(theme.accent if is_hot else theme.muted))
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        align = Qt.AlignmentFlag.AlignVCenter
        align |= Qt.AlignmentFlag.AlignHCenter if self.text() == "＋" else Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect(), int(align), words)


class Chip(RowButton):
    """One tag: its kind's letter, its words; dashed while only suggested, filled once stored."""

    removed = Signal()
    taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.face = ChipFace("", "")
        self.is_current = False
        self.is_editable = True

    def show_face(self, face: ChipFace) -> None:
        """Show another tag."""
        if face == self.face:
            return
        self.face = face
        state = "建议" if face.is_suggested else "已采纳"
        self.setText(face.text)
        self.setAccessibleName(f"{face.style.name}：{face.text}（{state}）")
        self.updateGeometry()
        self.update()

    def set_current(self, *, is_current: bool) -> None:
        """Mark the chip whose tag the text shows as selected."""
        self.is_current = is_current
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in DELETE_KEYS:
            self.removed.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.taken.emit()
        else:
            super().keyPressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.is_editable:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("修改…", self.opened.emit)
        if self.face.is_suggested:
            menu.addAction("采纳", self.taken.emit)
        menu.addAction("忽略" if self.face.is_suggested else "删除", self.removed.emit)
        menu.popup(event.globalPos())

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.face.text) + self._letter_room() + 2 * PAD
        return QSize(width + 1, metrics.height() + 4)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = ink_of(self.face.style, self.palette())
        self._paint_box(painter, ink)
        small = self._small_font()
        left = PAD
        if self.face.style.letter:
            painter.setFont(small)
            painter.setPen(ink)
            painter.drawText(left, self._baseline(), self.face.style.letter)
            left += self._letter_room()
        painter.setFont(self.font())
        painter.setPen(ink)
        room = self.width() - left - PAD + 1
        # in the middle: a target's figure stands at its end
        words = self.fontMetrics().elidedText(self.face.text, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(left, self._baseline(), words)

    def _paint_box(self, painter: QPainter, ink: QColor) -> None:
        theme = theme_of(self.palette())
        line = QColor(ink)
        pen = QPen(line, 1.0)
        if self.face.is_suggested:
            pen.setDashPattern([3.0, 2.0])
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            line.setAlpha(40)
            pen.setColor(line)
            painter.setBrush(ground_of(self.face.style, self.palette()))
        if self.hasFocus():
            pen = QPen(QColor(theme.accent), 2.0)
        elif self.is_current:
            pen = QPen(ink, 1.5)
        painter.setPen(pen)
        inset = pen.widthF() / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, RADIUS, RADIUS)

    def _small_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(9, round(self.fontInfo().pixelSize() * 0.78)))
        return font

    def _letter_room(self) -> int:
        letter = self.face.style.letter
        return QFontMetrics(self._small_font()).horizontalAdvance(letter) + 4 if letter else 0

    def _baseline(self) -> int:
        metrics = self.fontMetrics()
        return (self.height() - metrics.height()) // 2 + metrics.ascent()
