"""Editing an item's owners, deadline and targets: which editor opens, and what its answer changes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QWidget

from app.domain import edits
from app.domain.changes import Change
from app.domain.directory import answering
from app.domain.errors import UserError
from app.domain.proposals import Office
from app.domain.tasks import Deadline, DeadlineKind, Item, Owner, Role, Tag, TagKind, Target
from app.domain.units import Unit
from app.ui.session import Session

if TYPE_CHECKING:
    from app.ui.views.card_deadline import DeadlineEditor
    from app.ui.views.card_target import TargetEditor
    from app.ui.views.unit_picker import Offer, UnitPicker

_WORDS_COUNT = frozenset({DeadlineKind.EVENT, DeadlineKind.RECURRING, DeadlineKind.ROLLING})
"""Deadlines that are their words: what was typed is kept though the tag has a place in the text."""


class Place(NamedTuple):
    """Where an editor opens: beside a part of a widget."""

    widget: QWidget
    rect: QRect


class _Asked(NamedTuple):
    """What an open editor is about."""

    item_id: str
    tag_id: str = ""
    role: Role = Role.LEAD


class ItemEditor(QObject):
    """The editors of one panel, made when first used: a window starts without them.

    An answer goes to the item as it is by then, wherever the selection went.
    """

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._panel = parent
        self._asked = _Asked("")

    @cached_property
    def units(self) -> "UnitPicker":
        """Chooses bodies."""
        from app.ui.views.unit_picker import UnitPicker

        picker = UnitPicker(self._panel)
        picker.chosen.connect(self._set_owner)
        return picker

    @cached_property
    def deadlines(self) -> "DeadlineEditor":
        """Sets deadlines."""
        from app.ui.views.card_deadline import DeadlineEditor

        editor = DeadlineEditor(self._panel)
        editor.chosen.connect(self._set_deadline)
        return editor

    @cached_property
    def targets(self) -> "TargetEditor":
        """Edits targets."""
        from app.ui.views.card_target import TargetEditor

        editor = TargetEditor(self._panel)
        editor.chosen.connect(self._set_target)
        return editor

    def submit(self, build: Callable[[], Change]) -> bool:
        """Submit an edit; one that cannot even be made is announced like one that the store refuses."""
        try:
            change = build()
        except UserError as error:
            self._session.refuse(error)
            return False
        return self._session.submit(change)

    def edit_lead(self, item: Item, place: Place, typed: str = "") -> None:
        """Choose the lead, the proposals first."""
        from app.ui.views.unit_picker import Offer

        self._asked = _Asked(item.task.id, role=Role.LEAD)
        office = Office(item.task.layer_id, date.max, self._session.units)
        proposals = tuple(
            Offer(office.proposed(Role.LEAD, p), p.reason) for p in self._session.proposals(item)
        )
        units = self._session.units
        heirs = _heirs(units, item)
        proposals = (*heirs, *(p for p in proposals if p.owner.name not in {h.owner.name for h in heirs}))
        self.units.pick(
            place.widget, place.rect, units, Role.LEAD, "牵头单位", proposals=proposals, typed=typed
        )

    def edit_support(self, item: Item, place: Place, tag: Tag | None = None, typed: str = "") -> None:
        """Choose a body that supports: another one, or one in a tag's place."""
        role = tag.value.role if tag and isinstance(tag.value, Owner) else Role.SUPPORT
        self._asked = _Asked(item.task.id, tag.id if tag else "", role)
        self.units.pick(place.widget, place.rect, self._session.units, role, "配合单位", typed=typed)

    def edit_deadline(self, item: Item, place: Place, tag: Tag | None = None, typed: str = "") -> None:
        """Set a deadline: a tag's, else the item's."""
        tag = tag or item.deadline
        self._asked = _Asked(item.task.id, tag.id if tag else "")
        words = tag.text if tag else ""
        self.deadlines.ask(place.widget, place.rect, self.year, words, typed=typed)

    def edit_target(self, item: Item, place: Place, tag: Tag | None = None, typed: str = "") -> None:
        """Edit a tag's target, or make another."""
        self._asked = _Asked(item.task.id, tag.id if tag else "")
        tag = next((told for told in self._session.told(item).tags if tag and told.id == tag.id), tag)
        target = tag.value if tag and isinstance(tag.value, Target) else Target(typed)
        self.targets.ask(place.widget, place.rect, target, tag.text if tag else "")

    @property
    def year(self) -> int:
        """The year the report's commitments are for."""
        report = self._session.report
        return report.card.metadata.year if report else date.min.year

    def _item_and_tag(self) -> tuple[Item | None, Tag | None]:
        """What was asked about, as it is now; a suggested tag may have been stored meanwhile."""
        item = self._session.item(self._asked.item_id)
        ids = self._asked.tag_id
        tags = item.tags if item else ()
        return item, next((t for t in tags if ids and ids in (t.id, t.origin)), None)

    def _set_owner(self, owner: Owner) -> None:
        item, tag = self._item_and_tag()
        if item is None:
            return
        report_id = self._session.report_id
        if self._asked.role is Role.LEAD:
            self.submit(lambda: edits.set_lead(report_id, item, owner))
        elif tag is None:
            self.submit(lambda: edits.add_support(report_id, item, owner))
        else:
            value = replace(owner, role=self._asked.role)
            text = tag.text if tag.spans else owner.name
            self.submit(lambda: edits.change_tag(report_id, item, tag, value, text))

    def _set_deadline(self, deadline: Deadline, words: str) -> None:
        item, tag = self._item_and_tag()
        if item is None:
            return
        report_id = self._session.report_id
        if tag is None:
            self.submit(lambda: edits.add_tag(report_id, item, TagKind.DEADLINE, deadline, words))
            return
        text = tag.text if tag.spans and deadline.kind not in _WORDS_COUNT else words
        self.submit(lambda: edits.change_tag(report_id, item, tag, deadline, text))

    def _set_target(self, target: Target) -> None:
        item, tag = self._item_and_tag()
        if item is None:
            return
        report_id = self._session.report_id
        if tag is None:
            self.submit(lambda: edits.add_tag(report_id, item, TagKind.TARGET, target, target.indicator))
        else:
            self.submit(lambda: edits.change_tag(report_id, item, tag, target))


def _heirs(units: Sequence[Unit], item: Item) -> "tuple[Offer, ...]":
    """What the item's lead has become, where it was abolished or renamed since."""
    from app.ui.views.unit_picker import Offer, owner_of

    owner = item.lead.value if item.lead else None
    if not isinstance(owner, Owner) or not owner.unit_id:
        return ()
    unit = answering(units, owner)
    if unit is None or unit.valid_to or unit.short_name == owner.name:
        return ()
    word = "的现名" if unit.id == owner.unit_id else "已并入"
    return (Offer(owner_of(unit, Role.LEAD), f"{owner.name}{word}"),)
