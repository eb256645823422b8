"""The tables of supervision: what units report, the moves of tasks, and what persons decide about targets."""

from datetime import date, datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema_base import Base, belongs_to


class ProgressRow(Base):
    """One unit's report on one task for one period. `figures` is JSON: target, value and words of each."""

    __tablename__ = "progress"
    id: Mapped[str] = mapped_column(primary_key=True)
    report_id: Mapped[str] = belongs_to("report.id")
    task_id: Mapped[str]
    period: Mapped[str]
    unit: Mapped[str]
    is_lead: Mapped[bool]
    at: Mapped[datetime]
    person_id: Mapped[str]
    who: Mapped[str]
    figures: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    issues: Mapped[str] = mapped_column(Text)
    next_steps: Mapped[str] = mapped_column(Text)
    reported_by: Mapped[str]
    evidence: Mapped[tuple[str, ...]]
    source: Mapped[str]
    version: Mapped[int]


class TaskMoveRow(Base):
    """A move of a task that was made."""

    __tablename__ = "task_move"
    id: Mapped[str] = mapped_column(primary_key=True)
    report_id: Mapped[str] = belongs_to("report.id")
    task_id: Mapped[str]
    name: Mapped[str]
    at: Mapped[datetime]
    person_id: Mapped[str]
    who: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    due_before: Mapped[date | None]
    due_after: Mapped[date | None]
    evidence: Mapped[tuple[str, ...]]
    version: Mapped[int]


class VerdictRow(Base):
    """What a person said of a target that no figure decides."""

    __tablename__ = "verdict"
    id: Mapped[str] = mapped_column(primary_key=True)
    report_id: Mapped[str] = belongs_to("report.id")
    target_id: Mapped[str]
    reached: Mapped[bool]
    person_id: Mapped[str]
    who: Mapped[str]
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    version: Mapped[int]


class YearTargetRow(Base):
    """What a plan's target is to be in one year."""

    __tablename__ = "year_target"
    id: Mapped[str] = mapped_column(primary_key=True)
    report_id: Mapped[str] = belongs_to("report.id")
    target_id: Mapped[str]
    year: Mapped[int]
    value: Mapped[float | None]
    words: Mapped[str]
    version: Mapped[int]
