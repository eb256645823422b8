"""The tables of the change log, and of what merging goes by."""

from datetime import datetime

from sqlalchemy import (
    Index,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.schema_base import Base


class DotRow(Base):
    """Which entry of the log wrote the version of an object that stands; several where they wrote the same."""

    __tablename__ = "dot"
    scope: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    object_id: Mapped[str] = mapped_column(primary_key=True)
    chain: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)


class ContextRow(Base):
    """How far a chain that came in with packages has been seen in a scope."""

    __tablename__ = "context"
    scope: Mapped[str] = mapped_column(primary_key=True)
    chain: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]


class SiblingRow(Base):
    """A version that was written elsewhere without knowledge of the one that stands: a person decides.

    `payload` is its JSON, None where it is a removal; `origin` says for people where it came from.
    """

    __tablename__ = "sibling"
    scope: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    object_id: Mapped[str] = mapped_column(primary_key=True)
    chain: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    payload: Mapped[str | None] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(Text)


class ChainRow(Base):
    """A chain of the log that was written in this file, or in one that this is a copy of.

    It is written on where the file still lies at `path` for that workstation. `seen` is None until then; of one
    that has ended here it is its length, up to which everything of it stands in this file.
    """

    __tablename__ = "chain"
    id: Mapped[str] = mapped_column(primary_key=True)
    workstation: Mapped[str]
    path: Mapped[str]
    seen: Mapped[int | None]


class ChangeLogRow(Base):
    """One transaction. Append only; `position` counts in its chain, which the constraint keeps unforked.

    A redacted one came with a package without what it says: only its hashes are true.
    """

    __tablename__ = "change_log"
    __table_args__ = (UniqueConstraint("chain", "position"), Index(None, "report_id", "seq"))
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]
    who: Mapped[str]
    person_id: Mapped[str]
    workstation: Mapped[str]
    label: Mapped[str]
    report_id: Mapped[str]
    edits: Mapped[str] = mapped_column(Text)
    chain: Mapped[str]
    position: Mapped[int]
    previous: Mapped[str]
    body_hash: Mapped[str]
    hash: Mapped[str]
    is_redacted: Mapped[bool]
