"""An empty workspace file, made once and copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.engine import Store, create_store, open_store
from tests.stored import put_report


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new file, closed."""
    path = tmp_path_factory.mktemp("empty") / "empty.duban"
    create_store(path)
    return path


@pytest.fixture
def file(empty_file: Path, tmp_path: Path) -> Path:
    """A new file of this test's own."""
    return Path(shutil.copy(empty_file, tmp_path / "云港.duban"))


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    """An open file without a report."""
    opened = open_store(file)
    yield opened
    opened.close()


@pytest.fixture
def filled(store: Store) -> Store:
    """An open file with one report and its layer."""
    put_report(store)
    return store
