"""A frame while scrolling: 100 pixels further, to the end of the paint event."""

import statistics
from functools import partial

from tests.bench.contest import Area, Comparison, Sample, hash_of
from tests.bench.documents import numbers_of, overlapping_marks, shown_text
from tests.bench.windows import LIBRARIES, View, bare_view, own_view, settle, text_shown, until_painted

FRAMES, STEP, FROM = 80, 100, 4000


def _scroll(view: View) -> Sample:
    settle(view)
    bar = view.verticalScrollBar()
    bar.setValue(FROM)
    settle(view)
    frames = [
        until_painted(view, partial(bar.setValue, FROM + STEP * number)) for number in range(1, FRAMES + 1)
    ]
    return Sample({"frame": statistics.median(frames)}, hash_of(text_shown(view)))


def _bare() -> Sample:
    view = bare_view()
    view.setPlainText(shown_text().text)
    return _scroll(view)


def _own(tags: int) -> Sample:
    marks, view = overlapping_marks(tags), own_view()
    view.show_report(shown_text())
    view.set_marks(marks, numbers_of(marks))
    return _scroll(view)


AREA = Area(
    "scrolling",
    "a frame of 100 pixels, the median of 80",
    {"bare": _bare, "own, no tags": partial(_own, 0), "own, 10,000 tags": partial(_own, 10_000)},
    (
        Comparison("10,000 tags against a bare QTextEdit", "own, 10,000 tags", "bare", "frame", 1.8),
        Comparison("10,000 tags against none", "own, 10,000 tags", "own, no tags", "frame"),
    ),
    LIBRARIES,
)
