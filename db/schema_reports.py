"""The tables of reports, of their layers with all they hold, and of what is said about them."""

from datetime import date, datetime

from sqlalchemy import (
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.spans import Spans
from db.schema_base import Base, belongs_to, part_of


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
    supersedes: Mapped[str]
    corrections: Mapped[str] = mapped_column(Text)
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


class SourcePlaceRow(Base):
    """Where a report's text stands in the file it was read from: compressed JSON of the domain's places, in order."""

    __tablename__ = "source_place"
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), primary_key=True)
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class ShownCacheRow(Base):
    """A report's shown text as last derived. Disposable: compressed JSON of the domain's ShownText."""

    __tablename__ = "shown_cache"
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), primary_key=True)
    reader: Mapped[str]
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class LayerRow(Base):
    """One person's tasks and tags over one report, or what review makes of others'."""

    __tablename__ = "layer"
    id: Mapped[str] = mapped_column(primary_key=True)
    report_id: Mapped[str] = belongs_to("report.id")
    author: Mapped[str]
    state: Mapped[str]
    created: Mapped[datetime | None]
    person_id: Mapped[str]
    base_ids: Mapped[tuple[str, ...]]
    revision: Mapped[int]
    submitted: Mapped[datetime | None]
    version: Mapped[int]


class TaskRow(Base):
    """重点任务. A reviewed layer holds its own version of a task, with the same id."""

    __tablename__ = "task"
    __table_args__ = (PrimaryKeyConstraint("layer_id", "id"),)
    id: Mapped[str]
    layer_id: Mapped[str] = part_of("layer.id")
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
    revised: Mapped[str] = mapped_column(Text)
    version: Mapped[int]


class TagRow(Base):
    """A tag; its value in columns of its own. `comparator`, `role` or `deadline_kind` says which it has."""

    __tablename__ = "tag"
    __table_args__ = (
        ForeignKeyConstraint(
            ["layer_id", "task_id"], ["task.layer_id", "task.id"], deferrable=True, initially="DEFERRED"
        ),
        PrimaryKeyConstraint("layer_id", "id"),
        Index(None, "layer_id", "task_id"),
    )
    id: Mapped[str]
    layer_id: Mapped[str] = part_of("layer.id")
    task_id: Mapped[str]
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
    revised: Mapped[str] = mapped_column(Text)
    version: Mapped[int]


class DismissalRow(Base):
    """A decision that a suggestion, or a sentence, is no task or tag."""

    __tablename__ = "dismissal"
    __table_args__ = (PrimaryKeyConstraint("layer_id", "id"),)
    id: Mapped[str]
    layer_id: Mapped[str] = part_of("layer.id")
    key: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    reason: Mapped[str]
    version: Mapped[int]


class IssuedNumberRow(Base):
    """A number that has gone out in a ledger of the report, and stands still from then on, whatever layer counts."""

    __tablename__ = "issued_number"
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), primary_key=True)
    item_key: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]


class CommentRow(Base):
    """A remark on a task or a place, or a reply."""

    __tablename__ = "comment"
    id: Mapped[str] = mapped_column(primary_key=True)
    report_id: Mapped[str] = belongs_to("report.id")
    layer_id: Mapped[str] = belongs_to("layer.id")
    task_id: Mapped[str]
    start: Mapped[int | None]
    end: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    person_id: Mapped[str]
    who: Mapped[str]
    at: Mapped[datetime]
    parent_id: Mapped[str]
    is_resolved: Mapped[bool]
    version: Mapped[int]


class DecisionRow(Base):
    """What a reviewer decided on one difference. `value` is JSON of the task or tag that it was made by hand."""

    __tablename__ = "decision"
    id: Mapped[str] = mapped_column(primary_key=True)
    layer_id: Mapped[str] = belongs_to("layer.id")
    key: Mapped[str]
    field: Mapped[str]
    choice: Mapped[str]
    person_id: Mapped[str]
    who: Mapped[str]
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    first_seen: Mapped[str] = mapped_column(Text)
    second_seen: Mapped[str] = mapped_column(Text)
    value: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int]
