"""What the tables of a workspace have in common: names of constraints, types of columns, references."""

from datetime import datetime
from typing import Any, ClassVar, cast

from sqlalchemy import ForeignKey, MetaData, Table
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


def part_of(column: str) -> Mapped[str]:
    """The same where the column begins the table's own key, which finds the rows."""
    return mapped_column(ForeignKey(column, deferrable=True, initially="DEFERRED"))


def table_of(row: type[Base]) -> Table:
    """The table of a mapped class."""
    return cast("Table", row.__table__)
