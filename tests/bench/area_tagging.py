"""One tag more and one tag less, to the end of the paint event, while many others are there or few."""

import statistics
from functools import partial

from PySide6.QtCore import QPoint

from app.domain.marks import Mark
from app.domain.spans import Span
from tests.bench.contest import Area, Comparison, Sample, hash_of
from tests.bench.documents import numbers_of, overlapping_marks, shown_text
from tests.bench.windows import LIBRARIES, OwnView, own_view, settle, text_shown, until_painted

CHANGES = 60


def _repaint(tags: int) -> Sample:
    marks, view = overlapping_marks(tags), own_view()
    view.show_report(shown_text())
    view.set_marks(marks, numbers_of(marks))
    middle = len(shown_text().text) // 2
    place = shown_text().to_source(Span(middle, middle + 1))
    if place is not None:
        view.reveal(place)
    settle(view)
    fresh = _fresh_marks(view)
    settle(view)
    added = [until_painted(view, partial(view.patch_marks, (), (mark,))) for mark in fresh]
    removed = [until_painted(view, partial(view.patch_marks, (mark,), ())) for mark in fresh]
    seconds = {"add": statistics.median(added), "remove": statistics.median(removed)}
    return Sample(seconds, hash_of(text_shown(view)))


def _fresh_marks(view: OwnView) -> list[Mark]:
    """Tags of eight characters all over what is seen, the same whatever is there already."""
    height, marks = view.viewport().height(), []
    for number in range(CHANGES):
        point = QPoint(100 + 37 * number % 300, height // 10 + height * 8 * number // (10 * CHANGES))
        view.setTextCursor(view.cursorForPosition(point))
        at = view.caret_source() or 0
        marks.append(Mark(f"fresh-{number}", "task-0", "target", at - 4, at + 4, number % 2 == 0))
    return marks


AREA = Area(
    "tagging",
    "adding and removing one tag, to the paint event, the median of 60",
    {"100 tags": partial(_repaint, 100), "10,000 tags": partial(_repaint, 10_000)},
    (
        Comparison("add, among 10,000 against among 100", "10,000 tags", "100 tags", "add", 1.3),
        Comparison("remove, among 10,000 against among 100", "10,000 tags", "100 tags", "remove", 1.3),
    ),
    LIBRARIES,
)
