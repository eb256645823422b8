"""One tag more and one tag less, to the end of the paint event, while many others are there or few."""

import statistics
from functools import partial

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
    added = [until_painted(view, partial(view.patch_marks, (), (mark,))) for mark in fresh]
    removed = [until_painted(view, partial(view.patch_marks, (mark,), ())) for mark in fresh]
    seconds = {"add": statistics.median(added), "remove": statistics.median(removed)}
    return Sample(seconds, hash_of(text_shown(view)))


def _fresh_marks(view: OwnView) -> list[Mark]:
    """Tags of twelve characters all over what is seen, the same whatever is there already."""
    seen = view.visible_source_span() or Span(0, 0)
    step = (seen.end - seen.start) // (CHANGES + 20)
    starts = [seen.start + step * (10 + n) for n in range(CHANGES)]
    return [Mark(f"fresh-{n}", "task-0", "target", a, a + 12, n % 2 == 0) for n, a in enumerate(starts)]


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
