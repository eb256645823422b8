"""What a package says it offers is there."""

from importlib import import_module

import pytest


@pytest.mark.parametrize(
    "name",
    [
        "app.cli",
        "app.reading",
        "app.review",
        "app.review.differences",
        "app.revising",
        "app.workspace",
        "app.workspace.supervising",
        "db.schema",
    ],
)
def test_that_every_name_a_package_offers_is_there(name: str) -> None:
    module = import_module(name)
    assert [offered for offered in module.__all__ if not hasattr(module, offered)] == []
