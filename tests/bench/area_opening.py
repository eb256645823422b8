"""From the text in hand to the first paint, the tags' way from the store included."""

from functools import partial

from tests.bench.contest import Area, Comparison, Sample, hash_of
from tests.bench.documents import numbers_of, overlapping_marks, shown_text, source_text
from tests.bench.windows import LIBRARIES, bare_view, own_view, settle, text_shown, until_painted


def _bare() -> Sample:
    text, view = shown_text().text, bare_view()
    seconds = until_painted(view, lambda: view.setPlainText(text))
    return Sample({"first paint": seconds}, hash_of(text_shown(view)))


def _own(tags: int) -> Sample:
    from tests.bench.stored import workspace

    shown, numbers, view = shown_text(), numbers_of(overlapping_marks(tags)), own_view()
    with workspace(tags) as opened:
        (card,) = opened.reports()
        layer = opened.layer(card.id).id
        opened.marks("none")  # the statement is compiled, as in a program that runs
        settle(view)

        def show() -> None:
            # the store first: ten milliseconds after a document is set Qt lays out more of it before it paints
            marks = opened.marks(layer)
            view.show_report(shown)
            view.set_marks(marks, numbers)

        seconds = until_painted(view, show)
        if len(view._canvas.places.marks) != tags:
            raise RuntimeError("not all tags are there")
    return Sample({"first paint": seconds}, hash_of(text_shown(view)))


AREA = Area(
    "opening",
    f"a report of {len(source_text()):,} characters, to the first paint, its tags from the store",
    {"bare": _bare, "own, no tags": partial(_own, 0), "own, 10,000 tags": partial(_own, 10_000)},
    (
        Comparison("10,000 tags against a bare QTextEdit", "own, 10,000 tags", "bare", "first paint", 2.5),
        Comparison("10,000 tags against none", "own, 10,000 tags", "own, no tags", "first paint", 1.6),
        Comparison("no tags against a bare QTextEdit", "own, no tags", "bare", "first paint"),
    ),
    (*LIBRARIES, "SQLAlchemy"),
)
