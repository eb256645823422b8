"""The tables of a workspace, for migrations; statements use `db.tables`, which names the same columns.

Columns that hold a domain object stand in the order of its fields.
"""

from datetime import date, datetime
from typing import Any, ClassVar, cast

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, MetaData, Table, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.domain.spans import Spans
from db.columns import SpansText, Texts, UtcTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The root of the mapping. A row never leaves `db`."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        Spans: SpansText,
        tuple[str, ...]: Texts,
        datetime: UtcTime,
    }


def belongs_to(column: str) -> Mapped[str]:
    """A foreign key, checked at commit: the edits of one change may come in any order."""
    return mapped_column(ForeignKey(column, deferrable=True, initially="DEFERRED"), index=True)


class SettingRow(Base):
    """A setting of the workspace; not logged."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class ReportRow(Base):
    """A report with its whole source text."""

    __tablename__ = "report"
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    title: Mapped[str]
    issuer: Mapped[str]
    document_number: Mapped[str]
    issued: Mapped[date | None]
    year: Mapped[int]
    end_year: Mapped[int]
    level: Mapped[str]
    kind: Mapped[str]
    source_name: Mapped[str]
    file_sha256: Mapped[str]
    text_sha256: Mapped[str] = mapped_column(unique=True)
    encoding: Mapped[str]
    imported: Mapped[datetime]
    is_removed: Mapped[bool]
    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class SectionRow(Base):
    """A node of a report's outline."""

    __tablename__ = "section"
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), primary_key=True)
    index: Mapped[int] = mapped_column(primary_key=True)
    parent: Mapped[int]
    depth: Mapped[int]
    kind: Mapped[str]
    title: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]


class NoteRow(Base):
    """An explanation of a term."""

    __tablename__ = "note"
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), primary_key=True)
    index: Mapped[int] = mapped_column(primary_key=True)
    term: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    start: Mapped[int]
    end: Mapped[int]


class SuggestionCacheRow(Base):
    """A report's suggestions as last computed. Disposable: compressed JSON of the domain's Suggestions."""

    __tablename__ = "suggestion_cache"
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), primary_key=True)
    engine: Mapped[str]
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]


class LayerRow(Base):
    """One person's tasks and tags over one report."""

    __tablename__ = "layer"
    id: Mapped[str] = mapped_column(primary_key=True)
    report_id: Mapped[str] = belongs_to("report.id")
    author: Mapped[str]
    state: Mapped[str]
    created: Mapped[datetime | None]


class TaskRow(Base):
    """重点任务."""

    __tablename__ = "task"
    id: Mapped[str] = mapped_column(primary_key=True)
    layer_id: Mapped[str] = belongs_to("layer.id")
    spans: Mapped[Spans]
    title: Mapped[str]
    quote: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    measures: Mapped[str] = mapped_column(Text)
    standard: Mapped[str] = mapped_column(Text)
    remarks: Mapped[str] = mapped_column(Text)
    leader: Mapped[str]
    person: Mapped[str]
    is_confirmed: Mapped[bool]
    parent_id: Mapped[str]
    merged_ids: Mapped[tuple[str, ...]]
    origin: Mapped[str]
    reason: Mapped[str]
    version: Mapped[int]


class TagRow(Base):
    """A tag; its value in columns of its own. `comparator`, `role` or `deadline_kind` says which it has."""

    __tablename__ = "tag"
    id: Mapped[str] = mapped_column(primary_key=True)
    layer_id: Mapped[str] = belongs_to("layer.id")
    task_id: Mapped[str] = belongs_to("task.id")
    kind: Mapped[str]
    spans: Mapped[Spans]
    text: Mapped[str] = mapped_column(Text)
    indicator: Mapped[str | None]
    comparator: Mapped[str | None]
    low: Mapped[float | None]
    high: Mapped[float | None]
    unit: Mapped[str | None]
    direction: Mapped[str | None]
    nature: Mapped[str | None]
    baseline: Mapped[str | None]
    is_cumulative: Mapped[bool | None]
    role: Mapped[str | None]
    name: Mapped[str | None]
    code: Mapped[str | None]
    unit_id: Mapped[str | None]
    deadline_kind: Mapped[str | None]
    due: Mapped[date | None]
    origin: Mapped[str]
    reason: Mapped[str]
    version: Mapped[int]


class DismissalRow(Base):
    """A decision that a suggestion, or a sentence, is no task or tag."""

    __tablename__ = "dismissal"
    id: Mapped[str] = mapped_column(primary_key=True)
    layer_id: Mapped[str] = belongs_to("layer.id")
    key: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    reason: Mapped[str]
    version: Mapped[int]


class IssuedNumberRow(Base):
    """A number that has gone out in a ledger, and stands still from then on."""

    __tablename__ = "issued_number"
    layer_id: Mapped[str] = mapped_column(ForeignKey("layer.id"), primary_key=True)
    item_key: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]


class UnitRow(Base):
    """A body of the unit directory."""

    __tablename__ = "unit"
    id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    short_name: Mapped[str]
    group: Mapped[str]
    aliases: Mapped[tuple[str, ...]]
    initials: Mapped[str]
    duties: Mapped[tuple[str, ...]]
    telephone: Mapped[str]
    leader: Mapped[str]
    person: Mapped[str]
    order: Mapped[int]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    successor_id: Mapped[str]
    version: Mapped[int]


class PrecedentRow(Base):
    """A row of an earlier year's ledger, imported as experience. Its owners are names: units come and go."""

    __tablename__ = "precedent"
    id: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    lead: Mapped[str]
    supports: Mapped[tuple[str, ...]]
    source: Mapped[str]
    year: Mapped[int]


class TagStyleRow(Base):
    """One kind of the tag scheme, at its place in the list."""

    __tablename__ = "tag_style"
    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    letter: Mapped[str]
    key: Mapped[str]
    ink: Mapped[str]
    ground: Mapped[str]
    dark_ink: Mapped[str]
    dark_ground: Mapped[str]
    place: Mapped[int]


class ChangeLogRow(Base):
    """One transaction. Append only; one chain of hashes per workstation, which the constraint keeps unforked."""

    __tablename__ = "change_log"
    __table_args__ = (
        UniqueConstraint("workstation", "previous"),
        Index(None, "workstation", "seq"),
        Index(None, "report_id", "seq"),
    )
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]
    who: Mapped[str]
    workstation: Mapped[str]
    label: Mapped[str]
    report_id: Mapped[str]
    edits: Mapped[str] = mapped_column(Text)
    previous: Mapped[str]
    hash: Mapped[str]


def table_of(row: type[Base]) -> Table:
    """The table of a mapped class."""
    return cast("Table", row.__table__)
