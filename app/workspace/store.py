"""An open workspace: what it holds and what can be done to it."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from app.domain.board import Board
from app.domain.changes import Change
from app.domain.errors import UserError
from app.domain.marks import Mark
from app.domain.report import Reading, Source
from app.domain.reports import Layer, ReportCard
from app.domain.scheme import TagStyle
from app.domain.spans import Span
from app.domain.suggestions import Suggestions
from app.domain.tasks import Dismissal, Item, Role, Tag, TagKind, Task, Value
from app.domain.units import Unit
from app.workspace import boards, directory, experience, exporting, importing, rooms, seeding
from app.workspace.configuration import Configuration
from app.workspace.experience import ExperienceSummary, Known, counting
from app.workspace.exporting import ExportSummary
from app.workspace.importing import Progress
from app.workspace.initials import initials
from db import changes, files, log, marks, office, reports
from db.codec import Json
from db.engine import Store, create_store, open_store
from db.log import Author, Entry

if TYPE_CHECKING:
    from app.domain.unit_import import UnitImport


class Workspace:
    """One open .duban file. Every call is a transaction; what returns is on disk.

    A second window may work on the same file at the same time. Problems of the file and conflicts are UserErrors.
    `warnings` are sentences to show once after opening.
    """

    def __init__(self, store: Store, author: Author) -> None:
        self._store = store
        self._author = author
        self._known = Known(store)

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
            if sample:
                with cls.open(part, author=author) as made:
                    made.import_file(seeding.SAMPLE)
        return cls.open(path, author=author)

    @classmethod
    def open(cls, path: Path, *, author: str = "") -> Self:
        """Open a workspace, brought up to date if it is older. Raises UserError where it cannot be opened."""
        configuration = Configuration.load()
        path = Path(path).absolute()
        return cls(open_store(path), Author(author or configuration.author, configuration.workstation))

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
        raise UserError(f"工作区“{self.path.name}”中没有编号为{number_or_id}的报告。{there}")

    def import_file(
        self, path: Path, *, year: int | None = None, progress: Progress | None = None
    ) -> ReportCard:
        """Read a report's file, suggest on it and store it in one transaction; `year` overrides that of its text.

        Raises UserError for what is no report or is here already, CancelledError when `progress` does; nothing
        is then written.
        """
        return importing.run(self._store, self._author, lambda: rooms.read_file(Path(path), year), progress)

    def import_bytes(
        self, data: bytes, name: str, *, year: int | None = None, progress: Progress | None = None
    ) -> ReportCard:
        """As `import_file`, from the bytes of a file of that name."""
        return importing.run(self._store, self._author, lambda: rooms.read_bytes(data, name, year), progress)

    def reading(self, report_id: str) -> Reading:
        """A report's text, as stored and as shown, with its outline and notes."""
        card = self.report(report_id)
        with self._store.reading() as connection:
            text = reports.text(connection, report_id)
            sections = reports.sections(connection, report_id)
            notes = reports.notes(connection, report_id)
        source = Source(card.source_name, card.file_sha256, card.encoding, text, card.text_sha256)
        return rooms.read_again(source, card.metadata, sections, notes)

    def suggestions(self, report_id: str, reading: Reading | None = None) -> Suggestions:
        """What is proposed for a report: as kept, or computed anew with today's rules and unit directory."""
        engine = rooms.suggestion_engine()
        with self._store.reading() as connection:
            kept = reports.kept_suggestions(connection, report_id, engine)
            units = office.units(connection)
        if kept is not None:
            return kept
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

    def layer(self, report_id: str) -> Layer:
        """The layer that counts: the final one, else the newest submitted one, else the newest draft."""
        with self._store.reading() as connection:
            layers = reports.layers(connection, report_id)
        return counting(layers)

    # --- tasks and tags

    def marks(self, layer_id: str) -> list[Mark]:
        """The marks of a layer's stored tasks and tags, in text order."""
        with self._store.reading() as connection:
            return marks.marks(connection, layer_id)

    def tasks(self, layer_id: str) -> tuple[Task, ...]:
        """The stored tasks of a layer, in text order."""
        with self._store.reading() as connection:
            return marks.tasks(connection, layer_id)

    def tags(self, layer_id: str) -> tuple[Tag, ...]:
        """The stored tags of a layer, in text order."""
        with self._store.reading() as connection:
            return marks.tags(connection, layer_id)

    def dismissals(self, layer_id: str) -> tuple[Dismissal, ...]:
        """The dismissals of a layer, in text order."""
        with self._store.reading() as connection:
            return marks.dismissals(connection, layer_id)

    def issued_numbers(self, layer_id: str) -> dict[str, int]:
        """The task numbers that have gone out, by task id or suggestion key."""
        with self._store.reading() as connection:
            return marks.issued_numbers(connection, layer_id)

    def freeze_numbers(self, layer_id: str, items: Iterable[Item]) -> None:
        """Let the numbers of these items stand still from now on, also when a suggestion becomes a task."""
        numbers = {item.task.origin or item.task.id: item.number for item in items}
        with self._store.writing() as connection:
            count = marks.issue_numbers(connection, layer_id, numbers)
            if count:
                report_id = reports.report_of(connection, layer_id)
                log.append(connection, self._author, f"固定{count}项任务的编号", report_id)

    def board(self, report_id: str, reading: Reading | None = None) -> Board:
        """A report's tasks merged with what is still only suggested. `reading` spares reading it again."""
        reading = reading or self.reading(report_id)
        layer = self.layer(report_id)
        suggestions = self.suggestions(report_id, reading)
        with self._store.reading() as connection:
            return boards.loaded(connection, layer, reading, suggestions, self._known)

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
        """Write a change; returns it with the new versions. ConflictError, with nothing written, if it is stale."""
        with self._store.writing() as connection:
            done = changes.apply(connection, change, self._author)
            for report_id in boards.outdated_suggestions(done):
                reports.forget_suggestions(connection, report_id)
        return done

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
        """The stored tags that name the unit, of every report whose layer is not final."""
        with self._store.reading() as connection:
            return office.open_tags_of(connection, unit_id)

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
        """Write the 任务分解表 of the named reports, or of all; their task numbers stand still from then on.

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

    # --- the change log

    def log_length(self) -> int:
        """How far the log is: another process that wrote has made it longer."""
        with self._store.reading() as connection:
            return log.length(connection)

    def history(self, report_id: str | None = None, limit: int = 200) -> tuple[Entry, ...]:
        """The newest transactions, newest first; those of one report if it is named."""
        with self._store.reading() as connection:
            return log.entries(connection, report_id, limit)

    def verify_log(self) -> list[str]:
        """What is wrong with the change log, one sentence each; empty when every entry is as it was written."""
        with self._store.reading() as connection:
            return log.problems(connection)
