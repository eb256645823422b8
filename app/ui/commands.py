"""The one undo command: a change on its way into the store and back."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand
from typing_extensions import override

from app.domain.changes import Change
from app.domain.errors import UserError

if TYPE_CHECKING:
    from app.ui.session import Session


class ApplyChange(QUndoCommand):
    """Writes a change; undo writes its inverse, which the store checks and logs like any other edit.

    A change that the store refuses, or that fails, becomes obsolete, so that the stack drops it; the session says why.
    """

    def __init__(self, session: "Session", change: Change) -> None:
        super().__init__(change.label)
        self._session = session
        self._next = change

    @override
    def redo(self) -> None:
        """Write the change, or write it again."""
        self._write()

    @override
    def undo(self) -> None:
        """Take the change back."""
        self._write()

    def _write(self) -> None:
        try:
            done = self._session.write(self._next)
        except UserError as error:
            self.setObsolete(True)
            self._session.refuse(error)
        except Exception:
            self.setObsolete(True)  # a bug must not come back with every Ctrl+Z
            raise
        else:
            self._next = done.inverse()
