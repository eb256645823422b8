"""Workspaces for the benchmarks: the long report with tags in the store, made once for all rounds."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from app.domain.changes import Change, Edit
from app.domain.marks import TASK, Mark
from app.domain.spans import Span
from app.domain.suggestions import Suggestions
from app.domain.tasks import Tag, TagKind, Task
from app.workspace import Workspace, rooms
from tests.bench.documents import overlapping_marks, source_text

FOLDER = "DUBAN_BENCH_FOLDER"
"""The variable that names a folder shared by all rounds of a run."""


@contextmanager
def workspace(tags: int) -> Iterator[Workspace]:
    """An open workspace with the long report and so many tasks and tags; a copy, to do with as one likes."""
    shared = Path(os.environ.get(FOLDER) or tempfile.mkdtemp())
    made = shared / f"{tags}.duban"
    if not made.exists():
        _make(shared / f"part-{tags}.duban", tags)
        (shared / f"part-{tags}.duban").rename(made)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / made.name
        shutil.copyfile(made, path)
        with Workspace.open(path) as opened:
            yield opened


def _make(path: Path, tags: int) -> None:
    # what the program would suggest is another area's subject
    with patch.object(rooms, "suggest", return_value=Suggestions("bench")), Workspace.create(path) as made:
        card = made.import_bytes(source_text().encode(), "bench.txt")
        layer, text = made.layer(card.id).id, source_text()
        marks = overlapping_marks(tags)
        tasks = [Edit(None, _task(m, layer, text)) for m in marks if m.kind == TASK]
        others = [Edit(None, tag_of(m, layer, text)) for m in marks if m.kind != TASK]
        made.apply(Change("bench", card.id, tuple(tasks + others)))


def _task(mark: Mark, layer: str, text: str) -> Task:
    words = text[mark.start : mark.end]
    return Task(mark.id, layer, (Span(mark.start, mark.end),), words, quote=words)


def tag_of(mark: Mark, layer: str, text: str) -> Tag:
    """The tag of a mark."""
    words = text[mark.start : mark.end]
    return Tag(mark.id, layer, mark.task_id, TagKind(mark.kind), (Span(mark.start, mark.end),), words)
