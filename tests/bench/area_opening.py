"""From the text in hand to the first paint, the tags' way from the store included."""

from functools import partial

from tests.bench.contest import Area, Comparison, Sample, hash_of
from tests.bench.documents import numbers_of, shown_text
from tests.bench.windows import LIBRARIES, bare_view, own_view, text_shown, until_painted


def _bare() -> Sample:
    text, view = shown_text().text, bare_view()
    seconds = until_painted(view, lambda: view.setPlainText(text))
    return Sample({"first paint": seconds}, hash_of(text_shown(view)))


def _own(tags: int) -> Sample:
    from tests.bench.stored import workspace

    shown, view = shown_text(), own_view()
    with workspace(tags) as opened:
        (card,) = opened.reports()
        layer = opened.layer(card.id).id
        opened.marks("none")  # the statement compiled and its page cache warm, as in a program that runs

        def show() -> None:
            view.show_report(shown)
            marks = opened.marks(layer)
            view.set_marks(marks, numbers_of(marks))

        seconds = until_painted(view, show)
        if len(view._canvas.places.marks) != tags:
            raise RuntimeError("not all tags are there")
    return Sample({"first paint": seconds}, hash_of(text_shown(view)))


AREA = Area(
    "opening",
    "a report of 68,826 characters, to the first paint, its tags from the store",
    {"bare": _bare, "own, no tags": partial(_own, 0), "own, 10,000 tags": partial(_own, 10_000)},
    (
        Comparison("10,000 tags against a bare QTextEdit", "own, 10,000 tags", "bare", "first paint", 2.5),
        Comparison("10,000 tags against none", "own, 10,000 tags", "own, no tags", "first paint", 1.6),
        Comparison("no tags against a bare QTextEdit", "own, no tags", "bare", "first paint"),
    ),
    (*LIBRARIES, "SQLAlchemy"),
)
