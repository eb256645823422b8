"""Choosing a body: typing pinyin initials, an alias or the name, or taking a proposal."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.directory import current, known_names
from app.domain.tasks import Owner, Role
from app.domain.units import Unit, matching
from app.ui.views.card_paint import theme_of
from app.ui.views.card_popover import Popover

ROWS = 8
ROW_ROOM = 12
DIGITS = "123456789"
OFFER = Qt.ItemDataRole.UserRole
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}
_HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Offer:
    """A body on offer and what speaks for it. `name` is what the list shows where it is not the owner's."""

    owner: Owner
    reason: str = ""
    name: str = ""

    @property
    def shown(self) -> str:
        """What the list calls it."""
        return self.name or self.owner.name


def offers(
    units: Sequence[Unit], role: Role, typed: str, proposals: Sequence[Offer] = ()
) -> tuple[Offer, ...]:
    """What the list offers for what was typed, best first.

    With nothing typed: the proposals, then every unit. An abolished unit's names find what it has become. A
    name that is no unit's can be used as it is; Latin letters cannot, they are initials that fit nothing.
    """
    standing = tuple(unit for unit in units if not unit.valid_to)
    typed = typed.strip()
    found = [Offer(owner_of(unit, role), _known_as(unit)) for unit in matching(standing, typed)]
    if not typed:
        named = {offer.owner.name for offer in proposals}
        return (*proposals, *(offer for offer in found if offer.owner.name not in named))
    abolished = matching(tuple(unit for unit in units if unit.valid_to), typed)
    heirs = [(unit, heir) for unit in abolished if not (heir := current(units, unit)).valid_to]
    named = {offer.owner.name for offer in found}
    offered = {heir.id: Offer(owner_of(heir, role), f"原{unit.short_name}") for unit, heir in reversed(heirs)}
    found += [offer for offer in reversed(offered.values()) if offer.owner.name not in named]
    names = {name for unit in (*standing, *(old for old, _ in heirs)) for name in known_names(unit)}
    if typed not in names and not typed.isascii():
        found.append(Offer(Owner(role, typed), "不在单位名录里", f"使用“{typed}”"))
    return tuple(found)


def owner_of(unit: Unit, role: Role) -> Owner:
    """A unit of the directory with a role."""
    return Owner(role, unit.short_name, unit.code, unit.id)


def _known_as(unit: Unit) -> str:
    others = [unit.name, *unit.aliases]
    return "、".join(dict.fromkeys(name for name in others if name != unit.short_name))


class UnitPicker(Popover):
    """A line to type in over the list of what it means; the first hit is preselected, Enter takes it.

    The first nine hits are numbered and a digit takes one at once, as in an input method, while nothing or
    only letters are typed. A name that begins with a digit is typed after a space.
    """

    chosen = Signal(object)  # Owner

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("unit_picker")
        self._units: tuple[Unit, ...] = ()
        self._proposals: tuple[Offer, ...] = ()
        self._role = Role.LEAD
        self._title = QLabel(self)
        self._title.setProperty("role", "muted")
        self.line = QLineEdit(self)
        self.line.setPlaceholderText("拼音首字母、简称或名称；数字选一项")
        self.line.textChanged.connect(self._offer)
        self.line.returnPressed.connect(self._take)
        self.line.installEventFilter(self)
        self.list = QListWidget(self)
        self._delegate = _OfferDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.itemClicked.connect(self._take_item)
        self._none = QLabel("没有匹配的单位；写出名称可直接使用", self)
        self._none.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        for widget in (self._title, self.line, self._none, self.list):
            layout.addWidget(widget)

    def pick(
        self,
        anchor: QWidget,
        place: QRect,
        units: tuple[Unit, ...],
        role: Role,
        title: str,
        *,
        proposals: tuple[Offer, ...] = (),
        typed: str = "",
    ) -> None:
        """Open at a place of the anchor and let the user choose a body for a role."""
        self._units, self._proposals, self._role = units, proposals, role
        self._title.setText(title)
        self.line.setText(typed)
        self._offer()
        rows = max(3, min(ROWS, self.list.count()))
        self.list.setFixedHeight(rows * (self.fontMetrics().height() + ROW_ROOM) + 4)
        self.open_at(anchor, place, self.line)

    @override
    def sizeHint(self) -> QSize:
        return QSize(20 * self.fontMetrics().height(), super().sizeHint().height())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step, numbered = _STEPS.get(Qt.Key(event.key()), 0), self._numbered(event)
            if step:
                self._step(step)
            elif numbered is not None:
                self._take_item(numbered)
            if step or numbered is not None:
                return True
        return super().eventFilter(watched, event)

    def _numbered(self, event: QKeyEvent) -> QListWidgetItem | None:
        """The row that a key's digit takes, if it takes one."""
        number = DIGITS.find(event.text()) if event.text() else -1
        if not self._delegate.is_numbered or event.modifiers() & _HELD:
            return None
        return self.list.item(number)

    def _offer(self) -> None:
        found = offers(self._units, self._role, self.line.text(), self._proposals)
        typed = self.line.text()
        self._delegate.is_numbered = not typed or (typed.isascii() and typed.isalpha())
        self.list.clear()
        for offer in found:
            row = QListWidgetItem(offer.shown)
            row.setData(OFFER, offer)
            row.setToolTip(f"{offer.shown}\n{offer.reason}".strip())
            row.setData(Qt.ItemDataRole.AccessibleTextRole, f"{offer.shown}，{offer.reason}".rstrip("，"))
            self.list.addItem(row)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(found))
        self._none.setVisible(not found)

    def _step(self, step: int) -> None:
        last = self.list.count() - 1
        self.list.setCurrentRow(max(0, min(last, self.list.currentRow() + step)))

    def _take(self) -> None:
        row = self.list.currentItem()
        if row is not None:
            self._take_item(row)

    def _take_item(self, row: QListWidgetItem) -> None:
        offer = row.data(OFFER)
        self.dismiss()
        self.chosen.emit(offer.owner)


class _OfferDelegate(QStyledItemDelegate):
    """Paints a name, before it the digit that takes it, and at the right in muted ink what speaks for it."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view
        self.is_numbered = True

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        option.text = self._words(index)  # type: ignore[attr-defined]  # the stubs leave out the option's fields

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, self._view.fontMetrics().height() + ROW_ROOM)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        offer = index.data(OFFER)
        metrics = self._view.fontMetrics()
        name = metrics.horizontalAdvance(self._words(index)) + 28
        room = self._view.visualRect(self._view.model().index(index.row(), 0)).adjusted(name, 0, -8, 0)
        if not offer.reason or room.width() < 3 * metrics.averageCharWidth():
            return
        words = metrics.elidedText(offer.reason, Qt.TextElideMode.ElideRight, room.width())
        painter.save()
        painter.setPen(QColor(theme_of(self._view.palette()).muted))
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, int(align), words)
        painter.restore()

    def _words(self, index: _Index) -> str:
        """The name, numbered as far as there are digits."""
        name: str = index.data(OFFER).shown
        if not self.is_numbered:
            return name
        return f"{DIGITS[index.row()]}  {name}" if index.row() < len(DIGITS) else f"\u2002  {name}"
