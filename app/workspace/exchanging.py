"""What an open workspace does with packages; what it takes is loaded when it is first asked for."""

from pathlib import Path
from typing import TYPE_CHECKING

from app.workspace.people import Signed

if TYPE_CHECKING:
    from app.exchange.summary import Conflict, MergeSummary, PackageSummary


class Exchanging(Signed):
    """Reports handed from workstation to workstation, and the records of it."""

    def export_package(self, report_id: str, out: Path) -> "PackageSummary":
        """Write a report with its submitted layers and all that was said about them as a .dubanpkg file.

        UserError where it cannot be written, or the records here are not whole; nothing is then written.
        """
        from app.workspace import handing_over

        return handing_over.export(self._store, self._person, report_id, Path(out))

    def preview_package(self, path: Path) -> "MergeSummary":
        """What a package would bring, and what would then wait for a person. UserError as `merge_package`."""
        from app.workspace import taking_in

        return taking_in.preview(self._store, self._person, Path(path))

    def merge_package(self, path: Path) -> "MergeSummary":
        """Take a package in, in one transaction; twice changes nothing.

        UserError for what is no package, is damaged, hostile or of a newer version; nothing is then written.
        """
        from app.workspace import taking_in

        me = self._signed_in()
        summary = taking_in.merge(self._store, self._author, me, Path(path))
        self._person_now()  # their own roles may have come with it
        return summary

    def conflicts(self) -> "tuple[Conflict, ...]":
        """What was changed in two places and waits for a person to choose."""
        from app.workspace import conflicts

        return conflicts.every(self._store, self._person)

    def resolve(self, conflict_id: str, take: int) -> None:
        """Let one side of a conflict stand, by its place in `sides`. UserError where that may not be."""
        from app.workspace import conflicts

        conflicts.resolve(self._store, self._author, self._person_now(), conflict_id, take)

    def verify(self, against: Path | None = None) -> list[str]:
        """What is wrong with the records, one sentence each; against a package also what was cut or rewritten.

        UserError for what is no whole package.
        """
        from app.workspace import handing_over

        return handing_over.verify(self._store, against)
