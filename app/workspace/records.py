"""The record of what was done at a workspace."""

from app.workspace.people import Signed
from db import log
from db.log import Entry, Head


class Recorded(Signed):
    """What the change log tells the person who works here."""

    def log_length(self) -> int:
        """How far the log is: another process that wrote has made it longer."""
        with self._store.reading() as connection:
            return log.length(connection)

    def history(
        self, report_id: str | None = None, limit: int = 200, *, person_id: str = "", task_id: str = ""
    ) -> tuple[Entry, ...]:
        """The newest transactions that this person may know of, newest first, with before and after of every edit.

        Those of one report, of one person, and that touched one task, where these are named.
        """
        from app.workspace import chronicle

        with self._store.reading() as connection:
            return chronicle.history(
                connection, self._person, report_id, limit, person_id=person_id, task_id=task_id
            )

    def log_head(self) -> Head | None:
        """The last entry of the log's chain that is written here: it stands for all before it. None without any."""
        with self._store.reading() as connection:
            return log.head(connection, self._workstation)

    def verify_log(self) -> list[str]:
        """What is wrong with the change log, one sentence each; empty when every entry is as it was written."""
        with self._store.reading() as connection:
            return log.problems(connection)
