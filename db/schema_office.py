"""The tables of the office's own: settings, people, units, earlier ledgers, the tag scheme."""

from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    LargeBinary,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.schema_base import Base


class SettingRow(Base):
    """A setting of the workspace; not logged."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class PersonRow(Base):
    """Somebody who works here."""

    __tablename__ = "person"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    roles: Mapped[tuple[str, ...]]
    is_active: Mapped[bool]
    version: Mapped[int]


class PassphraseRow(Base):
    """What a person signs in with here: scrypt's salt, parameters and result. Never logged, never handed over."""

    __tablename__ = "passphrase"
    person_id: Mapped[str] = mapped_column(primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    cost: Mapped[int]
    block: Mapped[int]
    lanes: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary)


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
