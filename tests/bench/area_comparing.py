"""From two layers in the store to their differences on screen, against opening one of them."""

import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from unittest.mock import patch

from PySide6.QtGui import QPaintEvent
from typing_extensions import override

from app.domain.changes import Change, Edit
from app.domain.layer_moves import MoveName
from app.domain.marks import TASK
from app.domain.people import PersonRole, entered
from app.domain.reports import Layer
from app.domain.spans import Span
from app.domain.suggestions import Suggestions
from app.domain.tasks import (
    Comparator,
    Deadline,
    DeadlineKind,
    Owner,
    Role,
    Tag,
    TagKind,
    Target,
    Task,
    Value,
)
from app.domain.wording import short_title
from app.review import Review
from app.ui.review.grid import DifferenceGrid
from app.ui.review.marks import aliases, numbers_of, side_marks, tag_words
from app.ui.review.table import DifferenceTable, Facts
from app.workspace import Workspace, rooms
from tests.bench.contest import Area, Comparison, Sample, hash_of
from tests.bench.documents import SEED, overlapping_marks, shown_text, source_text
from tests.bench.stored import FOLDER
from tests.bench.windows import LIBRARIES, OwnView, application, own_view, settle, until_painted

TAGS = 5_000
SLIPPED = OTHERWISE = 0.1
"""The shares of the second side's tags that end one character earlier, and that read otherwise."""
BODIES = ("区科技局", "区工信局", "区财政局", "区交通局")
FIRST, SECOND, REVIEWER = "甲", "乙", "丙"


def _opening() -> Sample:
    """The text with the layer's tags, then its tasks with their tags, as a report is opened; no table of them."""
    with _workspace() as opened:
        layer, view = _bases(opened)[0], own_view()
        card, reading = opened.report(1), opened.reading(opened.report(1).id)
        opened.marks("none")  # the statements are compiled, as in a program that runs
        opened.tags("none")
        settle(view)
        text = until_painted(view, lambda: _show_layer(opened, layer, view))
        start = time.perf_counter()
        items = opened.board(card.id, reading, layer=layer).items
        tasks = time.perf_counter() - start
        if sum(1 + sum(tag.version > 0 for tag in item.tags) for item in items) != TAGS:
            raise RuntimeError("not all tags are there")
        return Sample(
            {"first": text, "differences": text + tasks, "all": text + tasks}, hash_of(source_text())
        )


def _comparing() -> Sample:
    """The differences in their table, then the text with both layers' tags, as a review is opened."""
    with _workspace() as opened:
        layer, view = _reviewed(opened), own_view()
        model = DifferenceTable()
        grid = _Grid(model)
        grid.resize(700, 500)
        grid.show()
        opened.review(layer.id)
        settle(view)
        start = time.perf_counter()
        review = opened.review(layer.id)
        differences = review.differences
        words = tag_words(side.tags for side in (review.first, review.second) if side)
        model.show_differences(differences, Facts(numbers_of(review.pairs, {}), words, ("甲", "乙")))
        listed = time.perf_counter() - start + grid.until_painted()
        text = until_painted(view, lambda: _show_both(view, review))
        if not 500 < len(differences) < TAGS:
            raise RuntimeError(f"{len(differences)} differences")
        return Sample({"first": listed, "differences": listed, "all": listed + text}, hash_of(source_text()))


def _show_layer(opened: Workspace, layer: Layer, view: OwnView) -> None:
    marks = opened.marks(layer.id)
    view.show_report(shown_text())
    view.set_marks(marks, {})


def _show_both(view: OwnView, review: Review) -> None:
    marks = side_marks(review.pairs, aliases(review.differences))
    view.show_report(shown_text())
    view.set_marks(marks, {})


class _Grid(DifferenceGrid):
    """The table of differences, counting its paint events."""

    paints = 0

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.paints += 1

    def until_painted(self) -> float:
        """Seconds until it has painted what it was given."""
        start, before = time.perf_counter(), self.paints
        self.viewport().update()
        while self.paints == before:
            application().processEvents()
        return time.perf_counter() - start


# --- the two layers


@contextmanager
def _workspace() -> Iterator[Workspace]:
    """An open workspace with both layers in review, the reviewer at it; a copy of what is made once for all rounds."""
    shared = Path(os.environ.get(FOLDER) or tempfile.mkdtemp())
    made = shared / "compared.duban"
    if not made.exists():
        _make(shared / "compared-part.duban")
        (shared / "compared-part.duban").rename(made)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / made.name
        shutil.copyfile(made, path)
        with Workspace.open(path, author=REVIEWER) as opened:
            yield opened


def _make(path: Path) -> None:
    with patch.object(rooms, "suggest", return_value=Suggestions(rooms.suggestion_engine())):
        with Workspace.create(path, author=FIRST) as made:
            card = made.import_bytes(source_text().encode(), "bench.txt")
            people = (entered(SECOND), entered(REVIEWER, (PersonRole.REVIEWER,)))
            made.apply(Change("bench", "", tuple(Edit(None, person) for person in people)))
        for number, name in enumerate((FIRST, SECOND)):
            with Workspace.open(path, author=name) as opened:
                layer = opened.layer(card.id)
                edits = tuple(Edit(None, thing) for thing in _things(layer.id, number))
                opened.apply(Change("bench", card.id, edits))
                opened.move(MoveName.SUBMIT, layer.id)
        with Workspace.open(path, author=REVIEWER) as opened:
            opened.start_review(card.id, [layer.id for layer in opened.layers(card.id)])


def _things(layer_id: str, number: int) -> Iterator[Task | Tag]:
    """The tasks and tags of one side; the second slips by a character, and reads otherwise, here and there."""
    text, dice = source_text(), random.Random(SEED + number)  # noqa: S311
    for mark in overlapping_marks(TAGS):
        is_other = number == 1 and dice.random() < OTHERWISE
        end = (
            mark.end - 1
            if number == 1 and dice.random() < SLIPPED and mark.end - mark.start > 3
            else mark.end
        )
        spans, words = (Span(mark.start, end),), text[mark.start : end]
        task_id = f"{number}-{mark.task_id}"
        if mark.kind == TASK:
            yield Task(task_id, layer_id, spans, short_title(words), words)
        else:
            kind = TagKind(mark.kind)
            value = _value(kind, words, mark.start + is_other)
            yield Tag(f"{number}-{mark.id}", layer_id, task_id, kind, spans, words, value)


def _value(kind: TagKind, words: str, seed: int) -> Value:
    """A value of its kind, by a number: the next number gives another."""
    match kind:
        case TagKind.TARGET:
            return Target(words[:6], Comparator.EQ, float(seed), float(seed), "个")
        case TagKind.OWNER:
            return Owner(Role.LEAD if words < "十" else Role.SUPPORT, BODIES[seed % len(BODIES)])
        case TagKind.DEADLINE:
            return Deadline(DeadlineKind.EXPLICIT, date(2026, 1 + seed % 12, 28))
    return None


def _bases(opened: Workspace) -> list[Layer]:
    return [layer for layer in opened.layers(opened.report(1).id) if not layer.is_reviewed]


def _reviewed(opened: Workspace) -> Layer:
    return next(layer for layer in opened.layers(opened.report(1).id) if layer.is_reviewed)


AREA = Area(
    "comparing",
    f"two layers of {TAGS:,} tasks and tags each over {len(source_text()):,} characters, from the store",
    {"opening one": _opening, "comparing two": _comparing},
    (
        Comparison(
            "differences on screen against one layer open", "comparing two", "opening one", "differences", 2
        ),
        Comparison("and the text with both layers", "comparing two", "opening one", "all"),
        Comparison("differences against the first paint alone", "comparing two", "opening one", "first"),
    ),
    (*LIBRARIES, "SQLAlchemy"),
)
