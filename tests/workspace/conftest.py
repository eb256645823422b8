"""Every test has a configuration of its own; a workspace with the sample report is made once and copied."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.workspace import Workspace

AUTHOR = "周宁"


@pytest.fixture(autouse=True)
def user_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's configuration, empty."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("DUBAN_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty workspace and one with the sample report, closed."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUBAN_HOME", str(folder / "home"))
        for name, sample in (("empty", False), ("sample", True)):
            Workspace.create(folder / f"{name}.duban", sample=sample, author=AUTHOR).close()
    return folder


@pytest.fixture
def empty(made_once: Path, tmp_path: Path) -> Iterator[Workspace]:
    """An open workspace without a report."""
    with Workspace.open(
        Path(shutil.copy(made_once / "empty.duban", tmp_path / "空.duban")), author=AUTHOR
    ) as opened:
        yield opened


@pytest.fixture
def sample(made_once: Path, tmp_path: Path) -> Iterator[Workspace]:
    """An open workspace with the sample report."""
    with Workspace.open(
        Path(shutil.copy(made_once / "sample.duban", tmp_path / "样例.duban")), author=AUTHOR
    ) as opened:
        yield opened
