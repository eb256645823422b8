"""Data is frozen, and has no room for what it does not declare."""

import dataclasses
import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module

import app
import db

WORKED_ON = {
    "app.domain.returning": {"_File", "_Said"},
    "app.reading.formats.docx_numbers": {"_List"},
    "app.reading.formats.footnotes": {"_Note"},
    "app.reading.formats.joining": {"Paragraph"},
    "app.reading.formats.page": {"Page"},
    "app.reading.outline": {"_Node"},
    "app.suggest.tables": {"_Table"},
    "app.workspace.rights": {"Ground"},
}
"""What is filled bit by bit by the one function or object that made it."""

COUNTED_ONCE = {"app.review.matching": {"Pair"}, "app.revising.units": {"Units"}}
"""What keeps what it has once worked out of itself, which slots leave no room for."""


def dataclasses_of(package: str) -> Iterator[type]:
    for module in pkgutil.walk_packages(import_module(package).__path__, f"{package}."):
        if not module.name.startswith(("app.__main__", "db.migrations")):
            for thing in vars(import_module(module.name)).values():
                if (
                    inspect.isclass(thing)
                    and thing.__module__ == module.name
                    and dataclasses.is_dataclass(thing)
                ):
                    yield thing


def by_module(classes: list[type]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for made in classes:
        found.setdefault(made.__module__, set()).add(made.__qualname__)
    return found


def test_that_data_is_frozen_and_slotted_but_for_what_is_named_here() -> None:
    own = [made for package in (app, db) for made in dataclasses_of(package.__name__)]
    mutable = [made for made in own if not made.__dataclass_params__.frozen]  # type: ignore[attr-defined]  # undeclared
    open_ones = [made for made in own if "__slots__" not in vars(made)]
    assert len(own) > 150
    assert by_module(mutable) == WORKED_ON
    assert by_module(open_ones) == COUNTED_ONCE
