"""From the text in hand to the first paint."""

from functools import partial

from tests.bench.contest import Area, Comparison, Sample, hash_of
from tests.bench.documents import numbers_of, overlapping_marks, shown_text
from tests.bench.windows import LIBRARIES, bare_view, own_view, text_shown, until_painted


def _bare() -> Sample:
    text, view = shown_text().text, bare_view()
    seconds = until_painted(view, lambda: view.setPlainText(text))
    return Sample({"first paint": seconds}, hash_of(text_shown(view)))


def _own(tags: int) -> Sample:
    shown, marks, view = shown_text(), overlapping_marks(tags), own_view()
    numbers = numbers_of(marks)

    def show() -> None:
        view.show_report(shown)
        view.set_marks(marks, numbers)

    seconds = until_painted(view, show)
    return Sample({"first paint": seconds}, hash_of(text_shown(view)))


AREA = Area(
    "opening",
    "a report of 68,826 characters, to the first paint",
    {"bare": _bare, "own, no tags": partial(_own, 0), "own, 10,000 tags": partial(_own, 10_000)},
    (
        Comparison("10,000 tags against a bare QTextEdit", "own, 10,000 tags", "bare", "first paint", 2.5),
        Comparison("10,000 tags against none", "own, 10,000 tags", "own, no tags", "first paint", 1.6),
    ),
    LIBRARIES,
)
