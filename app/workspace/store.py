"""An open workspace: what it holds and what can be done to it."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection

from app.domain.board import Board
from app.domain.changes import Change
from app.domain.codec import Json
from app.domain.errors import UserError
from app.domain.layer_moves import edit_refusal
from app.domain.people import Person
from app.domain.report import Reading
from app.domain.reports import Layer, ReportCard
from app.domain.scheme import TagStyle
from app.domain.spans import Span
from app.domain.suggestions import Suggestions
from app.domain.tasks import Item, Role, Tag, TagKind, Value
from app.domain.units import Unit
from app.workspace import boards, directory, experience, exporting, importing, people, rooms, seeding
from app.workspace.configuration import Configuration
from app.workspace.exchanging import Exchanging
from app.workspace.experience import ExperienceSummary, Known
from app.workspace.exporting import ExportSummary
from app.workspace.importing import Progress
from app.workspace.incoming import Incoming
from app.workspace.initials import initials
from app.workspace.layers import counting, visible_of
from app.workspace.records import Recorded
from db import files, log, marks, office, reports
from db.engine import Store, create_store, open_store

if TYPE_CHECKING:
    from app.domain.layer_moves import MoveName
    from app.domain.unit_import import UnitImport
    from app.review import AgreementTable, Review
    from app.workspace.supervising import Supervision


class Workspace(Incoming, Recorded, Exchanging):
    """One open .duban file, and who works at it. Every call is a transaction; what returns is on disk.

    A second window may work on the same file at the same time. Problems of the file, conflicts and what the person
    may not do are UserErrors. `warnings` are sentences to show once after opening.
    """

    def __init__(self, store: Store, workstation: str, person: Person | None) -> None:
        super().__init__(store, workstation, person)
        self._known = Known(store, self._learned_from)

    @classmethod
    def create(cls, path: Path, *, sample: bool = False, author: str = "") -> Self:
        """Make a workspace with the office's seeds, and the sample report if wanted, and open it.

        Raises UserError where a file is there already or none can be made; nothing half-made is left.
        """
        path = Path(path).absolute()
        files.check_vacant(path)
        with files.replacing(path) as part:
            create_store(part)
            seeding.seed(part, is_sample=sample)
            with cls.open(part, author=author) as made:
                if made.person is not None:
                    made.sign_in(made.person.id)  # whoever made it works here
                if sample:
                    made.import_file(seeding.SAMPLE)
            seeding.settle(part, path)
        return cls.open(path, author=author)

    @classmethod
    def open(cls, path: Path, *, author: str = "", is_looking: bool = False) -> Self:
        """Open a workspace, brought up to date if it is older. Raises UserError where it cannot be opened.

        `is_looking`: only to read from; who is not known there is not entered.
        """
        configuration = Configuration.load()
        path = Path(path).absolute()
        store = open_store(path)
        try:
            person = people.at_opening(store, configuration, author, is_looking=is_looking)
        except BaseException:
            store.close()
            raise
        return cls(store, configuration.workstation, person)

    def close(self) -> None:
        """Let go of the file, which is then one whole file."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self._store.path

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to tell the user once: that the file lies on a network share."""
        return self._store.warnings

    # --- reports

    def import_file(
        self, path: Path, *, year: int | None = None, progress: Progress | None = None
    ) -> ReportCard:
        """Read a report's file, suggest on it and store it in one transaction; `year` overrides that of its text.

        Raises UserError for what is no report or is here already, CancelledError when `progress` does; nothing
        is then written.
        """
        self._signed_in()
        tell = importing.while_reading(progress)
        return importing.run(
            self._store, self._author, lambda: rooms.read_file(Path(path), year, tell), progress
        )

    def import_bytes(
        self, data: bytes, name: str, *, year: int | None = None, progress: Progress | None = None
    ) -> ReportCard:
        """As `import_file`, from the bytes of a file of that name."""
        self._signed_in()
        tell = importing.while_reading(progress)
        return importing.run(
            self._store, self._author, lambda: rooms.read_bytes(data, name, year, tell), progress
        )

    def suggestions(self, report_id: str, reading: Reading | None = None) -> Suggestions:
        """What is proposed for a report: as kept, or computed anew with today's rules and unit directory."""
        engine = rooms.suggestion_engine()
        with self._store.reading() as connection:
            kept = reports.kept_suggestions(connection, report_id, engine)
            if kept is not None:
                return kept
            units = office.units(connection)
        made = rooms.suggest(reading or self.reading(report_id), units)
        with self._store.writing() as connection:
            if office.units(connection) == units:  # else they are of a directory that is gone
                reports.keep_suggestions(connection, report_id, made)
        return made

    def suggest(self, reading: Reading) -> Suggestions:
        """What is proposed for a report that is not in the workspace, its experience included; nothing is kept."""
        made = rooms.suggest(reading, self.units())
        with self._store.reading() as connection:
            if not self._known.is_there(connection, ""):
                return made
        proposer = self._known.proposer(reading, "", made.commitments)
        return rooms.with_experience(made, proposer)

    # --- tasks and tags

    def issued_numbers(self, report_id: str) -> dict[str, int]:
        """The task numbers of a report that have gone out, by task id or suggestion key."""
        with self._store.reading() as connection:
            return marks.issued_numbers(connection, report_id)

    def freeze_numbers(self, report_id: str, items: Iterable[Item]) -> None:
        """Let the numbers of these items stand still from now on, also when a suggestion becomes a task."""
        numbers = {item.task.origin or item.task.id: item.number for item in items}
        with self._store.writing() as connection:
            count = marks.issue_numbers(connection, report_id, numbers)
            if count:
                log.append(connection, self._author, f"固定{count}项任务的编号", report_id)

    def board(self, report_id: str, reading: Reading | None = None, *, layer: Layer | None = None) -> Board:
        """A layer's tasks merged with what is still only suggested; the person's own where none is named.

        `reading` spares reading it again. UserError for a layer that this person may not see.
        """
        reading = reading or self.reading(report_id)
        suggestions = self.suggestions(report_id, reading)
        with self._store.reading() as connection:
            if layer is not None:
                self._shown(connection, layer.id)
            chosen = layer or self._layer(connection, report_id)
            return boards.loaded(connection, chosen, reading, suggestions, self._known)

    def items(self, report_id: str) -> tuple[Item, ...]:
        """A report's tasks, stored and suggested, in text order with their numbers."""
        return self.board(report_id).items

    def read_value(self, reading: Reading, kind: TagKind, span: Span, role: Role) -> Value:
        """What the words of a source span say, for a tag made by hand: the figure, the body, the date."""
        return rooms.read_value(reading, kind, span, role, self.units())

    def word_span(self, text: str, span: Span) -> Span:
        """A span of a text snapped to word ends."""
        return rooms.word_span(text, span)

    def apply(self, change: Change) -> Change:
        """Write a change; returns it with the new versions.

        ConflictError if it is stale, UserError if it is not this person's to make; nothing is then written.
        """
        from app.workspace import rights
        from db import changes

        with self._store.writing() as connection:
            ground = rights.check(connection, self._person, change)
            change = rights.signed(ground, change)
            if any(layer.is_reviewed for layer in ground.layers.values()):
                from app.workspace import reviewing

                change = reviewing.completed(connection, ground.person, change, tuple(ground.layers.values()))
            done = changes.apply(connection, change, self._author, begun=ground.begun, layers=ground.layers)
            for report_id in boards.outdated_suggestions(done):
                reports.forget_suggestions(connection, report_id)
        self._person = ground.person
        self._follow(done)
        return done

    def move(self, name: "MoveName", layer_id: str, reason: str = "") -> Change:
        """Move a layer on: submit, take up, return, make final, open again; a reviewed layer takes its bases along.

        Not to be undone. UserError where this person may not, or must say why.
        """
        from app.workspace import moving

        person = self._person_now()
        with self._store.writing() as connection:
            return moving.move(connection, person, self._author, name, layer_id, reason)

    # --- review

    def start_review(self, report_id: str, base_ids: Sequence[str]) -> Layer:
        """Begin to review one or two submitted layers, or go on with it; returns the reviewed layer.

        UserError where this person may not, or what is named is not there to be reviewed; nothing is then written.
        """
        from app.workspace import reviewing

        return reviewing.start(self._store, self._author, self._person_now(), report_id, base_ids)

    def review(self, layer_id: str) -> "Review":
        """A reviewed layer with its bases, decisions and differences, brought up to what its bases are now.

        UserError where it is none, may not be seen, or a base is not in this workspace.
        """
        from app.workspace import reviewing

        with self._store.reading() as connection:
            layer = self._shown(connection, layer_id)
        if layer is None or not layer.is_reviewed:
            raise UserError("这份标注不是复核稿。请先开始复核。")
        return reviewing.opened(self._store, self._author, self._person, layer)

    def agreement(self, report_id: str, first_id: str, second_id: str) -> "AgreementTable":
        """How far two layers of a report agree, field by field. UserError where one may not be seen."""
        from app.review import agreement

        return agreement(self.contents(first_id), self.contents(second_id), self.reading(report_id))

    # --- work under way

    @cached_property
    def supervision(self) -> "Supervision":
        """Tasks as work: what units report, moves, lights, ledgers out and back."""
        from app.workspace.supervising import Supervision

        return Supervision(self, self._store, lambda: self._author)

    # --- the office

    def units(self) -> tuple[Unit, ...]:
        """The unit directory."""
        with self._store.reading() as connection:
            return office.units(connection)

    def initials(self, short_name: str) -> str:
        """The pinyin initials of a unit's short name."""
        return initials(short_name)

    def is_unit_used(self, unit_id: str) -> bool:
        """Whether any stored task names the unit."""
        with self._store.reading() as connection:
            return office.is_unit_used(connection, unit_id)

    def tags_of_unit(self, unit_id: str) -> tuple[Tag, ...]:
        """The stored tags that name the unit, of every layer of their own that this person may change."""
        with self._store.reading() as connection:
            every = reports.layers_by_report(connection).values()
            own = [layer for layers in every for layer in layers if not layer.is_reviewed]
            mine = [layer.id for layer in own if not edit_refusal(self._person, layer)]
            return office.tags_of(connection, unit_id, mine)

    def export_units(self, out: Path) -> int:
        """Write the unit directory as a workbook; returns how many units it has. UserError as `export_ledger`."""
        return directory.export(self, out)

    def read_units(self, path: Path) -> "UnitImport":
        """What a workbook would change in the unit directory; `apply` its change to do it.

        Raises UserError for what is no workbook of units.
        """
        return directory.read(self, path)

    def import_experience(self, path: Path, progress: Progress | None = None) -> ExperienceSummary:
        """Take in a 任务分解表 (.xlsx) of an earlier year, from which owners are proposed from then on.

        Twice counts once. Raises UserError for what is no such workbook, CancelledError when `progress` does;
        nothing is then written.
        """
        self._signed_in()
        return experience.learn(self._store, self._author, Path(path), progress)

    def tag_scheme(self) -> tuple[TagStyle, ...]:
        """The kinds of tag."""
        with self._store.reading() as connection:
            return office.tag_scheme(connection)

    def setting(self, key: str, default: Json = None) -> Json:
        """What was set under a key, or the default."""
        with self._store.reading() as connection:
            return office.setting(connection, key, default)

    def set_setting(self, key: str, value: Json) -> None:
        """Set something that JSON can say; not logged."""
        with self._store.writing() as connection:
            office.set_setting(connection, key, value)

    # --- out of the workspace

    def export_ledger(
        self, out: Path, report_ids: Sequence[str] | None = None, progress: Progress | None = None
    ) -> ExportSummary:
        """Write the 任务分解表 of the named reports, or of all in their newest version.

        Their task numbers stand still from then on.

        Raises UserError where there is nothing to export or `out` cannot be written, CancelledError when
        `progress` does; what stood at `out` is then as it was.
        """
        return exporting.export(self, out, report_ids, progress)

    def save_copy(self, target: Path) -> None:
        """Write the workspace whole to another file, replacing what is there only when it is complete."""
        files.copy(self.path, Path(target).absolute())

    def backup(self, target: Path) -> None:
        """Write a backup: a copy, which is checked before it takes its place."""
        self.save_copy(target)

    # --- inside

    def _learned_from(self, connection: Connection, but: str) -> dict[str, ReportCard]:
        """The layers that experience comes from: those that count of what this person may see, but of one report."""
        every = reports.layers_by_report(connection)
        known = [card for card in reports.cards(connection) if not card.is_removed]
        past = {
            but,
            *(card.supersedes for card in known),
        }  # what the next version carried on is not heard twice
        cards = (card for card in known if card.id not in past)
        shown = ((counting(visible_of(every.get(card.id, ()), self._person)), card) for card in cards)
        return {layer.id: card for layer, card in shown if layer is not None}

    def _follow(self, done: Change) -> None:
        """What has been changed about the person who is signed in counts from now on."""
        for edit in done.edits:
            if self._person is not None and isinstance(edit.after, Person) and edit.id == self._person.id:
                self._person = edit.after if edit.after.is_active else None
