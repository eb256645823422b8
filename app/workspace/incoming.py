"""What comes in: read first, recognised as a version of what is here, then imported or carried on."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.domain.report import Reading
from app.domain.reports import ReportCard
from app.workspace import importing, rooms
from app.workspace.importing import Progress
from app.workspace.versions import Versioned
from db import reports

if TYPE_CHECKING:
    from app.workspace.revising import RevisionPreview


class Alike(NamedTuple):
    """A text that is not written yet, since it may be the next version of one of `cards`, the most alike first.

    `shares` (0 to 1): how much of the shorter text stands in the other, for each card.
    """

    reading: Reading
    cards: tuple[ReportCard, ...]
    shares: tuple[float, ...]


class Incoming(Versioned):
    """Reports on their way into a workspace."""

    def read_file(self, path: Path, progress: Progress | None = None, *, year: int | None = None) -> Reading:
        """A file as it would be imported; nothing is written. `year` and errors as in `import_file`."""
        self._signed_in()
        return rooms.read_file(Path(path), year, importing.while_reading(progress))

    def read_bytes(self, data: bytes, name: str, progress: Progress | None = None) -> Reading:
        """The bytes of a file of that name as they would be imported; nothing is written."""
        self._signed_in()
        return rooms.read_bytes(data, name, None, importing.while_reading(progress))

    def alike(self, reading: Reading) -> Alike | None:
        """The newest versions of the same year that a text may replace; None where it is none's next version.

        UserError for a text that is here already.
        """
        from app.revising.likeness import ALIKE, likeness, passages

        with self._store.reading() as connection:
            importing.refuse_twice(reports.cards(connection), reading.source.text_sha256)
        year = reading.metadata.year
        cards = [card for card in self.newest_reports() if card.metadata.year == year]
        own = passages(reading.source.text) if cards else frozenset()
        found: list[tuple[float, ReportCard]] = []
        for card in cards:
            with self._store.reading() as connection:
                text = reports.text(connection, card.id)
            share = likeness(own, passages(text))
            if share >= ALIKE:
                found.append((share, card))
        found.sort(key=lambda one: (-one[0], one[1].number))
        if not found:
            return None
        return Alike(reading, tuple(card for _, card in found), tuple(share for share, _ in found))

    def newest_reports(self) -> tuple[ReportCard, ...]:
        """The reports that no other one here supersedes, by number."""
        cards = self.reports()
        past = {card.supersedes for card in cards}
        return tuple(card for card in cards if card.id not in past)

    def import_reading(self, reading: Reading, progress: Progress | None = None) -> ReportCard:
        """As `import_file`, for what has been read already."""
        self._signed_in()
        return importing.run(self._store, self._author, lambda: reading, progress)

    def revise_by(self, report_id: str, reading: Reading) -> "RevisionPreview":
        """As `revise`, for what has been read already."""
        from app.workspace import revising

        return revising.preview(self._store, self._person, self.report(report_id), reading)
