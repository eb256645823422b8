"""Both layers in one text: probed pixel by pixel."""

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.domain.marks import TASK, Mark
from app.ui.review.body import ReviewView
from app.ui.review.painting import FIRST, SAME, SECOND, ReviewLook, side_kind
from app.ui.views.report_lines import Place
from app.ui.views.report_painting import DARK, LIGHT, ReportColours
from app.ui.views.report_view import ReportView
from tests.ui.report_samples import (
    SHOWN,
    STYLES,
    count_of,
    make_view,
    picture,
    point_of,
    source_of,
    tag,
    task,
)

LETTER = 10
"""A kind's letter interrupts the rule over this many pixels."""

TARGET_INK, TARGET_GROUND = "#b8730a", "#fdf1d8"
OWNER_INK = "#0f7a6c"
WORDS = "二十家以上"


def review_view(qtbot: QtBot, *, colours: ReportColours = LIGHT, dark: bool = False) -> ReviewView:
    view = ReviewView()
    qtbot.addWidget(view)
    view.set_colours(colours, STYLES, dark=dark)
    view.resize(760, 600)
    with qtbot.waitExposed(view):
        view.show()
    view.show_report(SHOWN)
    view.clearFocus()
    return view


def mark(words: str, side: str, kind: str, name: str = "") -> Mark:
    return Mark(name or f"{side}-{words}", "task-1", side_kind(side, kind), *source_of(words), False)


def band(view: ReportView, words: str, top: int, bottom: int) -> tuple[int, int, int, int]:
    """A box under or over some words: from `top` to `bottom` pixels off their middle."""
    left, right = point_of(view, words, at=0), point_of(view, words, at=1)
    return left.x(), left.y() + top, right.x() - left.x(), bottom - top


def row(image: QImage, colour: str, box: tuple[int, int, int, int]) -> int:
    """The most pixels of a colour on one row of a box."""
    left, top, width, height = box
    return max(count_of(image, colour, (left, y, width, 1)) for y in range(top, top + height))


@pytest.mark.parametrize(
    ("side", "ruled", "free"), [(FIRST, (4, 16), (-18, -4)), (SECOND, (-18, -4), (4, 16))]
)
def test_that_the_first_layer_lies_below_the_line_and_the_second_above(
    qtbot: QtBot, side: str, ruled: tuple[int, int], free: tuple[int, int]
) -> None:
    view = review_view(qtbot)
    view.set_marks([mark(WORDS, side, "target")], {})
    image = picture(view)
    box = band(view, WORDS, *ruled)
    assert row(image, TARGET_INK, box) >= box[2] - LETTER - 1
    assert row(image, TARGET_INK, band(view, WORDS, *free)) < 3
    assert count_of(image, TARGET_GROUND, band(view, WORDS, *ruled)) > 100
    assert count_of(image, TARGET_GROUND, band(view, WORDS, *free)) == 0


def test_that_what_overlaps_stays_readable_each_side_in_its_own_half(qtbot: QtBot) -> None:
    view = review_view(qtbot)
    clean = picture(view)
    alone = [mark("专精特新企业二十家以上", FIRST, "target")]
    view.set_marks(alone, {})
    before = picture(view)
    view.set_marks([*alone, mark(WORDS, SECOND, "owner")], {})
    image = picture(view)
    below = band(view, "专精特新企业二十家以上", 4, 16)
    assert row(image, TARGET_INK, below) == row(before, TARGET_INK, below) >= below[2] - LETTER - 1
    above = band(view, WORDS, -18, -4)
    assert row(image, OWNER_INK, above) >= above[2] - LETTER - 1
    ink = band(view, WORDS, -6, 8)
    assert count_of(image, LIGHT.ink, ink) == count_of(clean, LIGHT.ink, ink) > 20


@pytest.mark.parametrize(("colours", "dark"), [(LIGHT, False), (DARK, True)], ids=["light", "dark"])
def test_that_what_both_have_is_grey_above_and_below(
    qtbot: QtBot, colours: ReportColours, dark: bool
) -> None:
    view = review_view(qtbot, colours=colours, dark=dark)
    view.set_marks([mark(WORDS, FIRST, SAME), mark(WORDS, SECOND, SAME)], {})
    image = picture(view)
    for place in ((4, 16), (-18, -4)):
        box = band(view, WORDS, *place)
        assert row(image, colours.tick, box) >= box[2] - 1
    assert count_of(image, colours.pill_ground, band(view, WORDS, -12, 12)) > 300
    inks = [style.dark_ink if dark else style.ink for style in STYLES]
    assert [count_of(image, ink) for ink in inks] == [0, 0, 0]


@pytest.mark.parametrize(("side", "ruled"), [(FIRST, (4, 16)), (SECOND, (-18, -4))])
def test_that_a_kind_is_also_told_by_its_letter_on_its_side(
    qtbot: QtBot, side: str, ruled: tuple[int, int]
) -> None:
    view = review_view(qtbot)
    view.set_marks([mark(WORDS, side, SAME)], {})
    box = band(view, WORDS, *ruled)
    whole = row(picture(view), LIGHT.tick, box)
    view.set_marks([mark(WORDS, side, "target")], {})
    image = picture(view)
    assert whole - LETTER - 3 <= row(image, TARGET_INK, box) <= whole - LETTER + 3
    assert count_of(image, LIGHT.panel, (box[0] + box[2] - LETTER, box[1], LETTER, box[3])) > 20


def test_that_the_current_marks_of_a_difference_stand_out_on_both_sides(qtbot: QtBot) -> None:
    view = review_view(qtbot)
    both = [mark(WORDS, FIRST, "target", "x"), mark(WORDS, SECOND, "target", "x")]
    view.set_marks(both, {})
    before = picture(view)
    view.set_current("task-1", "x")
    after = picture(view)
    for place in ((4, 18), (-20, -4)):
        assert count_of(after, TARGET_INK, band(view, WORDS, *place)) > count_of(
            before, TARGET_INK, band(view, WORDS, *place)
        )
    view.set_current("task-1", None)
    assert count_of(picture(view), TARGET_INK) == count_of(before, TARGET_INK)


def test_that_a_task_that_the_sides_cut_differently_has_strong_corners(qtbot: QtBot) -> None:
    view = review_view(qtbot)
    words = "新增专精特新企业二十家以上"
    view.set_marks([mark(words, FIRST, TASK)], {})
    image = picture(view)
    whole = band(view, words, -20, 20)
    assert count_of(image, LIGHT.accent, band(view, words, 4, 20)) > 20
    assert count_of(image, LIGHT.accent, (whole[0] + 20, whole[1], whole[2] - 40, whole[3])) == 0
    view.set_marks([mark(words, SECOND, TASK)], {})
    image = picture(view)
    assert count_of(image, LIGHT.accent, band(view, words, -20, -4)) > 20
    assert count_of(image, LIGHT.accent, band(view, words, 4, 20)) == 0


def test_that_marks_of_no_side_look_as_they_do_at_the_desk(qtbot: QtBot) -> None:
    plain = make_view(qtbot)
    plain.clearFocus()
    view = review_view(qtbot)
    marks = [task("新增专精特新企业二十家以上"), tag(WORDS), tag("区科技局", "owner", suggested=True)]
    for each in (plain, view):
        each.set_marks(marks, {"task-1": 3})
        each.set_current("task-1", None)
    box = band(view, "新增专精特新企业二十家以上", -20, 20)
    assert picture(view).copy(*box) == picture(plain).copy(*box)


def look() -> ReviewLook:
    return ReviewLook(LIGHT, {style.kind: style for style in STYLES}, dark=False, zoom=100, ratio=1)


def place(side: str, kind: str, start: int, end: int) -> Place:
    name = side_kind(side, kind) if side else kind
    return Place(Mark(f"{name}{start}", "t", name, start, end, False), start, end, True, True)


def test_that_each_side_has_lanes_of_its_own(qtbot: QtBot) -> None:
    sides = [
        place("", TASK, 0, 20),
        place(FIRST, "target", 0, 10),
        place(SECOND, "target", 0, 10),
        place(FIRST, "owner", 4, 8),
        place(SECOND, TASK, 4, 8),
        place(SECOND, "owner", 5, 9),
        place("", "target", 6, 7),
        place("", "owner", 6, 7),
    ]
    assert look().lanes(sides) == [0, 0, 0, 1, 0, 1, 0, 1]


def test_that_nested_marks_of_one_side_have_rules_of_their_own(qtbot: QtBot) -> None:
    view = review_view(qtbot)
    view.set_marks([mark("专精特新企业二十家以上", FIRST, "target"), mark("二十家", FIRST, "owner")], {})
    image = picture(view)
    box = band(view, "二十家", 4, 20)
    assert row(image, TARGET_INK, box) >= box[2] - LETTER - 3
    assert row(image, OWNER_INK, box) >= box[2] - LETTER - 6


def test_that_a_kind_that_the_scheme_does_not_know_is_grey(qtbot: QtBot) -> None:
    view = review_view(qtbot)
    view.set_marks([mark(WORDS, FIRST, "unheard")], {})
    assert row(picture(view), LIGHT.tick, band(view, WORDS, 4, 16)) > 60
    view.set_marks([mark(WORDS, SECOND, "unheard")], {})
    assert row(picture(view), LIGHT.tick, band(view, WORDS, -18, -4)) > 60
