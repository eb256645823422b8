"""What an open workspace does with its reports' texts: read as stored, corrected, and replaced by their next version."""

from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.corrections import corrected
from app.domain.errors import UserError
from app.domain.report import Reading, Source
from app.domain.reports import ReportCard
from app.domain.rereading import retitled
from app.domain.suggestions import Suggestions
from app.domain.tasks import Owner, Role, Tag, Value
from app.workspace import importing, rooms
from app.workspace.importing import Progress
from app.workspace.layers import Layered
from db import office, reports

if TYPE_CHECKING:
    from app.domain.revisions import RevisionNote
    from app.domain.slips import Slip
    from app.revising import SentenceDiff
    from app.workspace.revising import RevisionPreview, RevisionSummary


class Versioned(Layered):
    """The reports of a workspace and the versions of each."""

    def reports(self, *, include_removed: bool = False) -> tuple[ReportCard, ...]:
        """The reports by number."""
        with self._store.reading() as connection:
            cards = reports.cards(connection)
        return tuple(card for card in cards if include_removed or not card.is_removed)

    def report(self, number_or_id: int | str) -> ReportCard:
        """A report by its number, or by its id even if it is removed. UserError where there is none."""
        cards = self.reports(include_removed=isinstance(number_or_id, str))
        for card in cards:
            if number_or_id in (card.number, card.id):
                return card
        numbers = "、".join(str(card.number) for card in cards)
        there = f"现有编号：{numbers}。" if numbers else "工作区里还没有报告。"
        raise UserError(f"工作区“{self._store.path.name}”中没有编号为{number_or_id}的报告。{there}")

    def reading(self, report_id: str) -> Reading:
        """A report's text, as stored and as shown with its corrections, its outline, notes and places in its file."""
        return self.opened(report_id)[1]

    def opened(self, report_id: str) -> tuple[ReportCard, Reading]:
        """A report's card, also that of a removed one, and its `reading`. UserError where there is none."""
        card = self.report(report_id)
        with self._store.reading() as connection:
            text = reports.text(connection, report_id)
            sections = reports.sections(connection, report_id)
            notes = reports.notes(connection, report_id)
            places = reports.places(connection, report_id)
            shown = reports.kept_shown(connection, report_id, rooms.reader())
        if shown is None:
            shown = rooms.show(text)
            with self._store.writing() as connection:
                reports.keep_shown(connection, report_id, rooms.reader(), shown)
        plain, shown = shown, corrected(shown, card.corrections)
        sections = retitled(sections, plain, shown)
        source = Source(card.source_name, card.file_sha256, card.encoding, text, card.text_sha256)
        return card, Reading(source, card.metadata, shown, sections, notes, places)

    # --- slips

    def slips(self, report_id: str) -> "tuple[Slip, ...]":
        """Likely slips of a report's text that nobody has decided about, in text order.

        `domain.slips` makes the changes that decide: correcting, leaving, uncorrecting.
        """
        from app.domain.slips import undecided

        with self._store.reading() as connection:
            text = reports.text(connection, report_id)
        return undecided(rooms.slips(text), self.report(report_id))

    # --- versions

    def next_version(self, report_id: str) -> ReportCard | None:
        """The report that supersedes this one; None for the newest version."""
        return next((card for card in self.reports() if card.supersedes == report_id), None)

    def versions(self, report_id: str) -> tuple[ReportCard, ...]:
        """Every version of a report that is here, the oldest first; removed ones too."""
        cards = {card.id: card for card in self.reports(include_removed=True)}
        after = {card.supersedes: card.id for card in cards.values() if card.supersedes}
        first, seen = report_id, {report_id}
        while (before := cards[first].supersedes) in cards and before not in seen:
            first = before
            seen.add(first)
        found = [first]
        while (following := after.get(found[-1], "")) and following not in found:
            found.append(following)
        return tuple(cards[one] for one in found)

    def revise(self, report_id: str, path: Path, progress: Progress | None = None) -> "RevisionPreview":
        """What a file would be as the next version of a report: its differences, and what would be carried how.

        Nothing is written. UserError for what is no report, the same text, or a version that is not the newest.
        """
        from app.workspace import revising

        tell = importing.while_reading(progress)
        card = self.report(report_id)
        reading = rooms.read_file(Path(path), card.metadata.year, tell)
        return revising.preview(self._store, self._person, card, reading)

    def revise_bytes(
        self, report_id: str, data: bytes, name: str, progress: Progress | None = None
    ) -> "RevisionPreview":
        """As `revise`, from the bytes of a file of that name."""
        from app.workspace import revising

        tell = importing.while_reading(progress)
        card = self.report(report_id)
        reading = rooms.read_bytes(data, name, card.metadata.year, tell)
        return revising.preview(self._store, self._person, card, reading)

    def apply_revision(
        self, preview: "RevisionPreview", progress: Progress | None = None
    ) -> "RevisionSummary":
        """Write the next version, with every layer carried to it, in one transaction; both versions are logged.

        UserError as `revise`, also where the old version has changed so that it is not the newest any more.
        """
        from app.workspace import revising

        self._signed_in()
        return revising.apply(self._store, self._author, preview, progress)

    def version_diffs(self, report_id: str) -> "tuple[SentenceDiff, ...]":
        """The sentences of a report and of the version before, side by side; UserError where there is none before."""
        from app.workspace import revising

        card = self.report(report_id)
        with self._store.reading() as connection:
            return revising.diffs(connection, card)

    def revision_notes(self, report_id: str, layer_id: str = "") -> "tuple[RevisionNote, ...]":
        """What the version before left for a person in a layer, changed figures first; their own where none is named.

        UserError for a layer that this person may not see.
        """
        from app.domain import revisions

        layer_id = layer_id or self.layer(report_id).id
        return revisions.notes(self.tasks(layer_id), self.tags(layer_id))

    def revised_value(
        self, note: "RevisionNote", reading: Reading, suggestions: Suggestions | None = None
    ) -> Value:
        """What the new words of a note's tag say: as suggested there (tables too), else read by the rules.

        None for a task, for what has no place, and for words that no figure is read from.
        """
        from app.domain import revisions

        tag = note.thing
        if not isinstance(tag, Tag) or not tag.spans:
            return None
        read: Value = suggestions.value_at(tag.spans[0]) if suggestions else None
        if read is None or type(read) is not type(tag.value):
            with self._store.reading() as connection:
                units = office.units(connection)
            role = tag.value.role if isinstance(tag.value, Owner) else Role.SUPPORT
            read = rooms.read_value(reading, tag.kind, tag.spans[0], role, units)
        return revisions.read_anew(tag.value, read)
