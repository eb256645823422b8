"""The sample workspace: made when it is first asked for, then kept like any other."""

from pathlib import Path

from app.workspace import Configuration, Workspace, home

SAMPLE = "样例工作区.duban"


def sample_workspace() -> Path:
    """The sample workspace's file."""
    path = home() / SAMPLE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        Workspace.create(path, sample=True, author=Configuration.load().author).close()
    return path
