"""Terms that a note explains: underlined, told by hover and by key."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.domain.note_terms import NotedTerm, notes_in
from app.domain.report import Note, Reading, Source
from app.domain.spans import Span
from app.ui.views.report_lines import NOTED
from app.ui.views.report_painting import LIGHT
from app.ui.views.report_view import ReportView, note_words
from tests.ui.fake_workspace import METADATA
from tests.ui.report_samples import (
    SHIFT,
    SHOWN,
    count_of,
    make_view,
    picture,
    point_of,
    position,
    source_of,
    tag,
)

NOTES = (
    Note("口袋公园", "指小型公园。\n面积在<1>公顷以下。", source_of("注：口袋公园指小型公园。")),
    Note("绿化率", "绿地占总面积的比重。", source_of("注：口袋公园指小型公园。")),
)
READING = Reading(Source("报告.txt", "", "utf-8", "x" * SHIFT + SHOWN.text, ""), METADATA, SHOWN, (), NOTES)
PARK = "<b>口袋公园</b><br>指小型公园。<br>面积在&lt;1&gt;公顷以下。"


@pytest.fixture
def view(qtbot: QtBot) -> ReportView:
    view = make_view(qtbot)
    view.set_notes(partial(notes_in, READING))
    return view


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    words: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _pos, text, *_rest: words.append(text))
    return words


def rest_on(view: ReportView, words: str) -> None:
    point = point_of(view, words, at=0.4)
    event = QHelpEvent(QHelpEvent.Type.ToolTip, point, view.viewport().mapToGlobal(point))
    QApplication.sendEvent(view.viewport(), event)


def put_caret(view: ReportView, words: str, *, end: bool = False) -> None:
    cursor = view.textCursor()
    cursor.setPosition(position(view, words) + (len(words) if end else 0))
    view.setTextCursor(cursor)


def test_that_a_term_shows_its_note_while_the_mouse_rests_on_it(view: ReportView, said: list[str]) -> None:
    rest_on(view, "口袋公园六个")
    rest_on(view, "年底前开放")
    rest_on(view, "注：口袋")
    assert said == [PARK, "", ""]


def test_that_what_a_mark_says_goes_before_the_note(view: ReportView, said: list[str]) -> None:
    view.set_marks([tag("口袋公园")], {})
    view.set_tooltip(lambda mark: mark.kind)
    rest_on(view, "口袋公园")
    assert said == ["target"]


def test_that_without_notes_nothing_is_said_or_underlined(qtbot: QtBot, said: list[str]) -> None:
    view = make_view(qtbot)
    rest_on(view, "口袋公园")
    assert said == [""]
    assert not view.show_note()
    view.set_notes(partial(notes_in, READING))
    put_caret(view, "口袋公园")
    assert view.show_note()
    view.set_notes(None)
    assert not view.show_note()


def test_that_the_key_tells_the_term_at_the_caret_at_its_beginning_and_at_its_end(
    view: ReportView, said: list[str]
) -> None:
    for end in (False, True):
        put_caret(view, "口袋公园", end=end)
        before = view.caret_source()
        assert view.show_note()
        assert view.caret_source() == before
    assert said == [PARK, PARK]


def test_that_elsewhere_the_key_goes_to_the_next_term_of_the_line_and_tells_it(
    view: ReportView, said: list[str], qtbot: QtBot
) -> None:
    put_caret(view, "改造完成")
    with qtbot.waitSignal(view.caret_moved) as moved:
        assert view.show_note()
    assert moved.args == [source_of("口袋公园").start]
    assert view.caret_source() == source_of("口袋公园").start
    assert said == [PARK]


@pytest.mark.parametrize("words", ["年底前开放", "壮大主体", "四成"])
def test_that_behind_the_last_term_of_a_line_there_is_none(
    view: ReportView, said: list[str], words: str
) -> None:
    put_caret(view, words)
    here = view.caret_source()
    assert not view.show_note()
    assert view.caret_source() == here
    assert said == []


def test_that_a_term_in_a_cell_is_told_too(view: ReportView, said: list[str]) -> None:
    put_caret(view, "绿化率")
    assert view.show_note()
    assert said == ["<b>绿化率</b><br>绿地占总面积的比重。"]


def test_that_a_note_told_by_key_goes_when_the_caret_moves(
    view: ReportView, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden: list[bool] = []
    monkeypatch.setattr(QToolTip, "hideText", lambda: hidden.append(True))
    put_caret(view, "口袋公园")
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert hidden == []
    put_caret(view, "口袋公园")
    view.show_note()
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert hidden == [True]


def test_that_a_note_without_a_term_is_told_by_its_words() -> None:
    note = NotedTerm(Span(0, 2), Note("", "数据为初步统计数。", Span(9, 12)))
    assert note_words(note) == "<p>数据为初步统计数。</p>"


def test_that_terms_lie_under_the_tags_in_the_block_where_they_stand(view: ReportView) -> None:
    view.set_marks([tag("口袋公园")], {})
    places = view._canvas.places
    block = SHOWN.text[: SHOWN.text.index("口袋公园")].count("\n")
    found = [(place.mark.kind, place.mark.start, place.mark.end) for place in places.of_block(block)]
    park = source_of("口袋公园")
    assert found == [(NOTED, park.start, park.end), ("target", park.start, park.end)]
    assert places.of_block(0) == []
    assert places.of_block(len(SHOWN.blocks) - 1) == []


def test_that_terms_are_underlined_with_dots_as_long_as_there_are_notes(view: ReportView) -> None:
    assert count_of(picture(view), LIGHT.pill_ink) > 2 * len("口袋公园绿化率")
    view.set_notes(None)
    assert count_of(picture(view), LIGHT.pill_ink) == 0
