"""What is typed into the card and not yet written: kept in the workspace key by key, so that nothing is ever lost."""

from contextlib import suppress
from typing import Any

from app.domain import edits
from app.domain.errors import UserError
from app.domain.tasks import Item
from app.ui.session import Session

DRAFT = "draft"
"""The setting that holds a person's draft, with their id: report, item, field and text."""


class Drafts:
    """The draft of the field that is being typed into. It is no edit: not in the change log, not to be undone.

    What a window that was killed left behind becomes an edit when its report is shown again.
    """

    def __init__(self, session: Session, setting: str = DRAFT) -> None:
        self._session = session
        self._setting = setting
        self._is_kept = False

    def keep(self, item: Item, field: str, text: str) -> None:
        """Keep what has been typed; it is on disk when this returns."""
        draft = {"report": self._session.report_id, "item": _key(item), "field": field, "text": text}
        # a workspace that cannot be written says so when the field is left: not at every key
        with suppress(UserError):
            self._session.workspace.set_setting(self._place, draft)
            self._is_kept = True

    def drop(self) -> None:
        """Forget it: it has been written, or taken back."""
        if self._is_kept:
            self._is_kept = False
            with suppress(UserError):
                self._session.workspace.set_setting(self._place, None)

    def take_up(self) -> str:
        """Submit the draft that this person left for this report, as an edit to be undone; its field, "" if none.

        It stays where it is while its item is not there or the edit is refused.
        """
        draft: Any = None if self._is_kept else self._session.workspace.setting(self._place)
        if not draft or draft["report"] != self._session.report_id:
            return ""
        item, field, text = self._session.item(draft["item"]), draft["field"], draft["text"]
        if item is None:
            return ""
        is_new = bool(text or field != "title") and text != getattr(item.task, field)
        self._is_kept = True  # the board may be loaded again meanwhile
        if is_new and not self._submit(item, field, text):
            self._is_kept = False
            return ""
        self.drop()
        return field if is_new else ""

    @property
    def _place(self) -> str:
        """The setting: what another has typed is neither this person's work nor theirs to see."""
        person = self._session.workspace.person
        return f"{self._setting}:{person.id}" if person else self._setting

    def _submit(self, item: Item, field: str, text: str) -> bool:
        self._session.select(item.task.id)
        try:
            change = edits.change_task(self._session.report_id, item, **{field: text})
        except UserError as error:
            self._session.refuse(error)
            return False
        return self._session.submit(change)


def _key(item: Item) -> str:
    """What finds the item again, also while it is only suggested."""
    return item.task.origin or item.task.id
