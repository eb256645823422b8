"""The tables of statements are those of the schema."""

from sqlalchemy import TableClause

from db import tables
from db.schema import Base

OURS = {thing.name: thing for thing in vars(tables).values() if isinstance(thing, TableClause)}


def _columns(table: TableClause) -> list[tuple[str, type]]:
    return [(column.name, type(column.type)) for column in table.columns]


def test_that_statements_know_every_table_of_the_schema() -> None:
    assert OURS.keys() == Base.metadata.tables.keys()
    assert all(getattr(tables, name) is table for name, table in OURS.items())


def test_that_statements_know_every_column_with_its_type_and_in_its_place() -> None:
    for name, table in Base.metadata.tables.items():
        assert _columns(OURS[name]) == _columns(table), name
