"""What is painted over the text: probed pixel by pixel."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.domain.marks import Mark
from app.domain.report import BlockKind, RunMap, ShownText
from app.ui.views.report_painting import DARK, LIGHT, Strokes, joined
from app.ui.views.report_view import ReportView
from tests.ui.report_samples import (
    count_of,
    long_shown,
    make_view,
    picture,
    point_of,
    shown_of,
    source_of,
    tag,
    task,
)

TARGET_INK, TARGET_GROUND = "#b8730a", "#fdf1d8"
OWNER_INK, OWNER_GROUND = "#0f7a6c", "#dcf3ee"


def _band(view: ReportView, words: str, top: int, bottom: int) -> tuple[int, int, int, int]:
    """A box under or over some words on one line: from `top` to `bottom` pixels off their middle."""
    left, right = point_of(view, words, at=0), point_of(view, words, at=1)
    return left.x(), left.y() + top, right.x() - left.x(), bottom - top


def _row(image: QImage, colour: str, box: tuple[int, int, int, int]) -> int:
    """The most pixels of a colour on one row of a box."""
    left, top, width, height = box
    return max(count_of(image, colour, (left, y, width, 1)) for y in range(top, top + height))


def test_that_a_tag_is_filled_and_underlined_just_under_its_words(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    view.set_marks([tag("二十家以上")], {})
    image = picture(view)
    box = _band(view, "二十家以上", 4, 16)
    assert _row(image, TARGET_INK, box) >= box[2] - 1
    assert count_of(image, TARGET_GROUND, _band(view, "二十家以上", -12, 12)) > 500
    assert count_of(image, TARGET_GROUND) < box[2] * 32
    for beside in ("新增专精特新企业", "，由区科技局会同"):
        assert count_of(image, TARGET_INK, _band(view, beside, 4, 16)) <= 2


def test_that_a_suggestion_is_dashed_around_and_not_filled(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    view.set_marks([tag("二十家以上", suggested=True)], {})
    image = picture(view)
    box = _band(view, "二十家以上", 4, 18)
    dashes = _row(image, TARGET_INK, box)
    assert 0.4 * box[2] < dashes < 0.8 * box[2]
    assert count_of(image, TARGET_GROUND) == 0
    above = _band(view, "二十家以上", -18, -6)
    assert _row(image, TARGET_INK, above) > 0.3 * above[2]


def test_that_each_kind_has_its_colour(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    view.set_marks([tag("二十家以上"), tag("区科技局", "owner")], {})
    image = picture(view)
    assert _row(image, OWNER_INK, _band(view, "区科技局", 4, 16)) >= 60
    assert count_of(image, OWNER_INK, _band(view, "二十家以上", 4, 16)) == 0


def test_that_a_letter_stands_over_the_last_character_and_covers_no_text(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    before = picture(view)
    view.set_marks([tag("二十家以上", suggested=True)], {})
    after = picture(view)
    last = _band(view, "上，由", -20, -9)
    letter = (last[0] + 5, last[1], 11, last[3])
    assert count_of(after, LIGHT.ink, letter) == 0
    assert count_of(after, LIGHT.panel, letter) < letter[2] * letter[3]
    inside = _band(view, "二十家以上", -6, 8)
    ink = count_of(before, LIGHT.ink, inside)
    assert count_of(after, LIGHT.ink, inside) == ink > 0


def test_that_a_kind_the_scheme_does_not_know_is_painted_plainly(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    view.set_marks([tag("二十家以上", "unheard")], {})
    assert _row(picture(view), LIGHT.pill_ink, _band(view, "二十家以上", 4, 16)) > 60


def test_that_nothing_is_left_of_a_tag_that_is_taken_away(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    clean = picture(view)
    mark = tag("二十家以上")
    view.set_marks([mark, tag("区科技局", "owner")], {})
    view.patch_marks([mark], [])
    image = picture(view)
    assert count_of(image, TARGET_INK) == 0
    assert _row(image, OWNER_INK, _band(view, "区科技局", 4, 16)) >= 60
    view.set_marks([], {})
    assert picture(view) == clean


def test_that_patched_marks_look_as_if_they_had_been_set(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    outer, inner = tag("专精特新企业二十家以上"), tag("二十家", "deadline", suggested=True)
    whole, other = task("新增专精特新企业二十家以上"), tag("区科技局", "owner")
    split = tag("完成三公里，😀新建口袋公园六个，年底前开放，群众满意度", "owner")
    everything = [whole, outer, inner, other, split]
    view.set_marks(everything, {"task-1": 3})
    expected = picture(view)
    view.set_marks([whole, other], {"task-1": 3})
    picture(view)
    view.patch_marks([other, whole], [inner, split])
    picture(view)
    view.patch_marks([], [outer, other, whole])
    assert picture(view) == expected


def test_that_only_the_lines_under_a_change_are_painted_again(qtbot: QtBot) -> None:
    view = make_view(qtbot, long_shown())
    shown = long_shown()
    marks = [tag(f"推进第{n}个", shown=shown, name=str(n)) for n in range(10)]
    view.set_marks(marks, {})
    picture(view)
    boxes = view._canvas.patch([marks[3]], [])
    assert len(boxes) == 1
    assert boxes[0].height() < 45
    assert boxes[0].left() > 50
    assert boxes[0].top() < view._in_document(view.cursorRect().toRectF()).top() + boxes[0].top()


def test_that_a_change_out_of_sight_paints_nothing(qtbot: QtBot) -> None:
    shown = long_shown()
    view = make_view(qtbot, shown)
    view.set_marks([], {})
    picture(view)
    assert view._canvas.patch([], [tag("推进第59个", shown=shown)]) == []
    view.reveal(source_of("推进第59个", shown))
    assert count_of(picture(view), TARGET_INK) > 50


def test_that_nested_tags_are_told_apart(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    view.set_marks([tag("专精特新企业二十家以上"), tag("二十家", "owner")], {})
    image = picture(view)
    box = _band(view, "二十家", 4, 18)
    assert _row(image, TARGET_INK, box) >= box[2] - 2
    assert _row(image, OWNER_INK, box) >= box[2] - 4
    rows = {
        colour: [
            y for y in range(box[1], box[1] + box[3]) if count_of(image, colour, (box[0], y, box[2], 1)) > 20
        ]
        for colour in (TARGET_INK, OWNER_INK)
    }
    assert max(rows[TARGET_INK]) < min(rows[OWNER_INK])


def test_that_letters_of_tags_that_end_together_stand_side_by_side(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    picture_of_letter = view._look()._plain.letter
    strokes = [Strokes(letters=((x, 3, picture_of_letter),)) for x in (50, 50, 45, 90, 31)]
    places = [(x, y) for x, y, _ in joined(strokes, 10).letters]
    assert places == [(50, 3), (40, 3), (30, 3), (90, 3), (20, 3)]


def test_that_a_tag_over_two_lines_is_underlined_on_both(qtbot: QtBot) -> None:
    shown = long_shown(1)
    view = make_view(qtbot, shown)
    words = shown.text[20:44]
    view.set_marks([tag(words, shown=shown)], {})
    image = picture(view)
    layout = view.document().firstBlock().layout()
    assert layout.lineAt(1).textStart() > 20
    top = view.document().documentLayout().blockBoundingRect(view.document().firstBlock()).top()
    for number in (0, 1):
        y = round(top + layout.lineAt(number).y())
        assert _row(image, TARGET_INK, (0, y + 18, image.width(), 14)) > 60


def test_that_a_tag_over_several_blocks_is_painted_in_each(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    start, end = source_of("绿化率"), source_of("口袋公园指")
    view.set_marks([Mark("x", "task-1", "target", start.start, end.end, is_suggested=False)], {})
    image = picture(view)
    for words in ("绿化率", "四成", "注：口袋公园"):
        assert _row(image, TARGET_INK, _band(view, words, 4, 16)) > 20


def test_that_marks_follow_their_words_through_gaps_in_the_source(qtbot: QtBot) -> None:
    whole = shown_of(((BlockKind.PARAGRAPH, "完成改造四百七十余家。"),))
    runs = (RunMap(0, 0, 6), RunMap(6, 10, 5))
    view = make_view(qtbot, ShownText(whole.text, whole.blocks, runs))
    view.set_marks([Mark("x", "t", "target", 4, 12, is_suggested=False)], {})
    image = picture(view)
    assert _row(image, TARGET_INK, _band(view, "四百七十", 4, 16)) >= 60
    assert count_of(image, TARGET_INK, _band(view, "完成改造", 4, 16)) <= 2
    view.patch_marks([Mark("x", "t", "target", 4, 12, is_suggested=False)], [])
    assert count_of(picture(view), TARGET_INK) == 0


def test_that_the_current_task_has_a_ground_and_others_corners(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    view.set_marks([task("新增专精特新企业二十家以上")], {})
    image = picture(view)
    assert count_of(image, LIGHT.tick) > 8
    assert count_of(image, LIGHT.task_ground) == 0
    view.set_current("task-1", None)
    image = picture(view)
    assert count_of(image, LIGHT.task_ground) > 1000
    assert count_of(image, LIGHT.tick) == 0
    view.set_current(None, None)
    assert count_of(picture(view), LIGHT.task_ground) == 0


def test_that_the_current_tag_has_a_solid_outline(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    view.set_marks([tag("二十家以上", suggested=True, name="one")], {})
    dashed = count_of(picture(view), TARGET_INK)
    view.set_current("task-1", "one")
    image = picture(view)
    assert count_of(image, TARGET_INK) > 2 * dashed
    assert count_of(image, TARGET_GROUND) > 300
    view.set_current("task-1", None)
    assert count_of(picture(view), TARGET_INK) == dashed


def test_that_hits_of_a_search_are_grounded_until_it_ends(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    assert view.set_search("口袋公园") == 2
    image = picture(view)
    for words in ("口袋公园六个", "口袋公园指"):
        assert count_of(image, LIGHT.hit_ground, _band(view, words, -8, 8)) > 100
    assert count_of(image, LIGHT.hit_line) == 0
    view.next_hit()
    view.drop_selection()
    assert count_of(picture(view), LIGHT.hit_line) > 60
    assert view.set_search("") == 0
    assert count_of(picture(view), LIGHT.hit_ground) == 0


def _pill(view: ReportView, words: str) -> tuple[int, int, int, int]:
    return 0, point_of(view, words).y() - 12, 70, 24


def test_that_numbers_stand_level_with_the_first_line_by_state(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    view.set_marks([task("新增专精特新企业"), task("新建口袋公园六个", "task-2")], {})
    assert count_of(picture(view), LIGHT.pill_ink) == 0
    outlines = {}
    for state in ("suggested", "draft", "confirmed"):
        view.set_numbers({"task-1": (31, state)})
        image = picture(view)
        box = _pill(view, "新增专精特新企业")
        outlines[state] = _row(image, LIGHT.pill_line, box)
        assert count_of(image, LIGHT.pill_ink, box) > 5
        assert (count_of(image, LIGHT.pill_ground, box) > 100) == (state == "confirmed")
        assert count_of(image, LIGHT.pill_ink, _pill(view, "新建口袋公园六个")) == 0
    assert outlines["suggested"] < outlines["draft"]
    view.set_current("task-1", None)
    assert count_of(picture(view), LIGHT.accent, _pill(view, "新增专精特新企业")) > 200


def test_that_set_marks_takes_the_state_from_the_task_mark(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    mark = task("新增专精特新企业", suggested=True)
    view.set_marks([mark], {"task-1": 31})
    suggested = picture(view)
    view.set_numbers({"task-1": (31, "suggested")})
    assert picture(view) == suggested
    view.set_marks([mark._replace(is_suggested=False)], {"task-1": 31})
    draft = picture(view)
    assert draft != suggested
    view.set_numbers({"task-1": (31, "draft")})
    assert picture(view) == draft


def test_that_tasks_that_begin_on_one_line_have_their_numbers_side_by_side(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    view.set_marks([task("新增专精"), task("特新企业", "task-2")], {"task-1": 31, "task-2": 32})
    y = point_of(view, "新增专精").y()
    names = {
        view._canvas.pill_at(QPoint(x, y + view.verticalScrollBar().value()).toPointF()) for x in range(70)
    }
    assert names == {None, "task-1", "task-2"}


def test_that_tags_keep_their_ground_in_the_dark_colours(qtbot: QtBot) -> None:
    view = make_view(qtbot, colours=DARK, dark=True)
    view.set_marks([tag("二十家以上")], {})
    image = picture(view)
    assert count_of(image, DARK.panel) > 0.5 * image.width() * image.height()
    assert _row(image, "#ffaa00", _band(view, "二十家以上", 4, 16)) >= 60
    assert count_of(image, "#403010", _band(view, "二十家以上", -12, 12)) > 300
    assert count_of(image, TARGET_INK) == 0


def test_that_marks_grow_with_the_letters(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    view.set_marks([tag("二十家以上")], {})
    view.set_zoom(200)
    assert _row(picture(view), TARGET_INK, _band(view, "二十家", 8, 32)) >= 90


def test_that_marks_after_an_astral_character_lie_under_their_words(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    view.set_marks([tag("三公里")], {})
    image = picture(view)
    box = _band(view, "三公里", 4, 16)
    assert _row(image, TARGET_INK, box) >= box[2] - 1
    assert count_of(image, TARGET_INK, _band(view, "造完成", 4, 16)) <= 2


def test_that_scrolling_back_and_forth_changes_nothing(qtbot: QtBot) -> None:
    shown = long_shown()
    view = make_view(qtbot, shown)
    view.set_marks([tag(f"推进第{n}个", shown=shown, name=str(n)) for n in range(60)], {})
    before = picture(view)
    view.document().size()
    bar = view.verticalScrollBar()
    for value in (40, 333, bar.maximum(), 0):
        bar.setValue(value)
        picture(view)
    assert picture(view) == before


@pytest.mark.parametrize("words", ["指标", "绿化率", "一、主要任务"])
def test_that_cells_and_headings_can_be_tagged(qtbot: QtBot, words: str) -> None:
    view = make_view(qtbot)
    view.set_marks([tag(words)], {})
    assert _row(picture(view), TARGET_INK, _band(view, words, 4, 16)) > 20


HIGH = """
import sys
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from app.ui.views.report_painting import LIGHT
from app.ui.views.report_view import ReportView
from tests.ui.report_samples import SHOWN, STYLES, count_of, picture, point_of, tag
app = QApplication([])
view = ReportView()
view.set_colours(LIGHT, STYLES, dark=False)
view.resize(760, 600)
view.show()
view.show_report(SHOWN)
view.set_marks([tag("二十家以上"), tag("区科技局", "owner", suggested=True)], {})
app.processEvents()
image = picture(view)
assert image.devicePixelRatio() == 2, image.devicePixelRatio()
left, right = point_of(view, "二十家以上", at=0), point_of(view, "二十家以上", at=1)
width = 2 * (right.x() - left.x())
rows = [count_of(image, "#b8730a", (2 * left.x(), y, width, 1)) for y in range(2 * left.y(), 2 * left.y() + 40)]
print(sum(row >= width - 4 for row in rows), count_of(image, "#0f7a6c") > 100)
"""


def test_that_marks_are_sharp_on_a_screen_of_twice_the_pixels() -> None:
    root = Path(__file__).parents[2]
    environment = {"QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root)}

    done = subprocess.run(
        [sys.executable, "-c", HIGH],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=root,
        env={**os.environ, **environment, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert done.stdout.strip() == "4 True", done.stderr
