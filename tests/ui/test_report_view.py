"""The caret, the selection, the keys and the mouse on the page."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QHelpEvent, QKeySequence, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.domain.report import BlockKind, RunMap, ShownText
from app.domain.spans import Span
from app.ui.views.report_view import ReportView
from tests.ui.report_samples import (
    SHOWN,
    long_shown,
    make_view,
    point_of,
    position,
    shown_of,
    source_of,
    tag,
    task,
)

NO, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
LEFT = Qt.MouseButton.LeftButton


def _put_caret(view: ReportView, words: str, *, end: bool = False) -> None:
    cursor = view.textCursor()
    cursor.setPosition(position(view, words) + (len(words) if end else 0))
    view.setTextCursor(cursor)


def _select(view: ReportView, words: str) -> None:
    cursor = view.textCursor()
    cursor.setPosition(position(view, words))
    cursor.setPosition(position(view, words) + len(words), QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)


# --- the caret


def test_that_the_caret_tells_its_source_offset(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    with qtbot.waitSignal(view.caret_moved) as said:
        _put_caret(view, "二十家以上")
    assert said.args == [source_of("二十家以上").start]
    assert view.caret_source() == source_of("二十家以上").start


def test_that_after_an_astral_character_the_caret_tells_the_right_offset(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    _put_caret(view, "祥路改造")
    assert view.caret_source() == source_of("祥路").start


def test_that_at_the_end_of_a_line_the_caret_is_after_its_last_character(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    _put_caret(view, "逐户建立台账。", end=True)
    assert view.caret_source() == source_of("逐户建立台账。").end


def test_that_in_a_line_without_a_source_the_caret_has_none(qtbot: QtBot) -> None:
    whole = shown_of(
        ((BlockKind.PARAGRAPH, "甲"), (BlockKind.PARAGRAPH, "乙丙"), (BlockKind.PARAGRAPH, "丁"))
    )
    view = make_view(qtbot, ShownText(whole.text, whole.blocks, (RunMap(0, 0, 1), RunMap(5, 1, 1))))
    _put_caret(view, "乙丙", end=True)
    assert view.caret_source() is None
    _put_caret(view, "甲", end=True)
    assert view.caret_source() == 1
    view.show_report(shown_of(()))
    assert view.caret_source() is None


def test_that_arrow_keys_move_the_caret_and_shift_selects(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    _put_caret(view, "新增")
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.caret_source() == source_of("新增").start + 1
    QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    assert view.selected_span() == Span(source_of("新增").start + 1, source_of("新增").end)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.caret_source() == source_of("壮大主体").start
    QTest.keyClick(view, Qt.Key.Key_Home, CTRL)
    assert view.caret_source() == 7
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert (view.caret_source() or 0) >= source_of("一、主要").start


def test_that_end_page_down_and_copy_work(qtbot: QtBot) -> None:
    view = make_view(qtbot, long_shown())
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.verticalScrollBar().value() > 100
    QTest.keyClick(view, Qt.Key.Key_End, CTRL)
    assert view.caret_source() == len(long_shown().text) + 7
    QTest.keyClick(view, Qt.Key.Key_A, CTRL)
    QTest.keyClick(view, Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == long_shown().text


@pytest.mark.parametrize(
    ("name", "key", "modifiers"),
    [
        ("1", Qt.Key.Key_1, NO),
        ("S", Qt.Key.Key_S, NO),
        ("/", Qt.Key.Key_Slash, NO),
        ("Return", Qt.Key.Key_Return, NO),
        ("Enter", Qt.Key.Key_Enter, NO),
        ("Tab", Qt.Key.Key_Tab, NO),
        ("Backtab", Qt.Key.Key_Backtab, NO),
        ("Delete", Qt.Key.Key_Delete, NO),
        ("Esc", Qt.Key.Key_Escape, NO),
        ("Ctrl+Return", Qt.Key.Key_Return, CTRL),
        ("Ctrl+Z", Qt.Key.Key_Z, CTRL),
        ("Ctrl+Shift+Z", Qt.Key.Key_Z, CTRL | SHIFT),
    ],
)
def test_that_keys_reach_the_actions_of_the_view(
    qtbot: QtBot, name: str, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    view = make_view(qtbot)
    action = QAction(view)
    action.setShortcut(QKeySequence(name))
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    view.addAction(action)
    with qtbot.waitSignal(action.triggered):
        QTest.keyClick(view, key, modifiers)
    assert view.hasFocus()
    assert view.toPlainText().startswith("云港区")


def test_that_a_letter_without_an_action_does_nothing(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    before = view.toPlainText()
    for key in (Qt.Key.Key_X, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return):
        QTest.keyClick(view, key)
    assert view.toPlainText() == before


# --- showing a place


def test_that_reveal_brings_a_place_into_the_middle_third_and_puts_the_caret_there(qtbot: QtBot) -> None:
    shown = long_shown()
    view = make_view(qtbot, shown)
    with qtbot.assertNotEmitted(view.caret_moved):
        view.reveal(source_of("推进第40个", shown))
    assert view.caret_source() == source_of("推进第40个", shown).start
    assert not view.textCursor().hasSelection()
    middle = view.cursorRect().center().y() / view.viewport().height()
    assert 1 / 3 <= middle <= 2 / 3


def test_that_reveal_does_not_scroll_what_is_comfortably_in_sight(qtbot: QtBot) -> None:
    shown = long_shown()
    view = make_view(qtbot, shown)
    view.reveal(source_of("推进第20个", shown))
    before = view.verticalScrollBar().value()
    view.reveal(source_of("推进第21个", shown))
    assert view.verticalScrollBar().value() == before
    assert view.caret_source() == source_of("推进第21个", shown).start


@pytest.mark.parametrize("at_top", [True, False])
def test_that_reveal_scrolls_what_is_only_just_in_sight(qtbot: QtBot, at_top: bool) -> None:
    shown = long_shown()
    view = make_view(qtbot, shown)
    view.reveal(source_of("推进第30个", shown))
    bar, rect = view.verticalScrollBar(), view.cursorRect()
    bar.setValue(bar.value() + (rect.top() - 8 if at_top else rect.bottom() + 8 - view.viewport().height()))
    view.reveal(source_of("推进第30个", shown))
    assert 1 / 3 <= view.cursorRect().center().y() / view.viewport().height() <= 2 / 3


def test_that_what_is_in_sight_is_brought_up_where_a_list_stands_over_the_foot(qtbot: QtBot) -> None:
    view = make_view(qtbot, long_shown())
    place = source_of("第20个片区", long_shown())
    view.reveal(place)
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() - 200)
    low = view.cursorRect().center().y()
    view.reveal(place)
    assert view.cursorRect().center().y() == low
    view.bring_up()
    assert abs(view.cursorRect().center().y() - 0.42 * view.viewport().height()) <= 1
    assert view.caret_source() == place.start


def test_that_reveal_of_what_is_not_shown_does_nothing(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    _put_caret(view, "新增")
    view.reveal(Span(0, 3))
    assert view.caret_source() == source_of("新增").start


# --- the selection


def test_that_no_selection_has_no_span(qtbot: QtBot) -> None:
    assert make_view(qtbot).selected_span() is None


def test_that_a_selection_snaps_within_its_line_unless_exact_is_wanted(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    seen: list[tuple[str, Span]] = []

    def widen(text: str, span: Span) -> Span:
        seen.append((text, span))
        return Span(span.start - 1, span.end + 2)

    view.set_snapper(widen)
    _select(view, "科技局")
    raw = source_of("科技局")
    assert view.selected_span(exact=True) == raw
    assert seen == []
    assert view.selected_span() == Span(raw.start - 1, raw.end + 2)
    line = SHOWN.blocks[2]
    at = SHOWN.text.index("科技局") - line.start
    assert set(seen) == {(SHOWN.text[line.start : line.end], Span(at, at + 3))}


def test_that_a_selection_over_two_lines_snaps_each_end_in_its_own(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    view.set_snapper(lambda _text, span: Span(max(0, span.start - 1), span.end + 1))
    cursor = view.textCursor()
    cursor.setPosition(position(view, "建立台账。"))
    cursor.setPosition(position(view, "祥路改造"), QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    assert view.selected_span() == Span(source_of("建立台账。").start - 1, source_of("祥").end)


def test_that_a_selection_over_cells_is_these_cells_as_they_are_shown(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    cursor = view.textCursor()
    for anchor, end in (("率", "四"), ("四", "率")):
        cursor.setPosition(position(view, anchor))
        cursor.setPosition(position(view, end), QTextCursor.MoveMode.KeepAnchor)
        view.setTextCursor(cursor)
        assert view.selected_span() == Span(source_of("绿化率").start, source_of("四成").end)
    cursor.setPosition(position(view, "目标") + 1)
    cursor.setPosition(position(view, "化"), QTextCursor.MoveMode.KeepAnchor)  # from corner to corner
    view.setTextCursor(cursor)
    assert view.selected_span() == Span(source_of("指标").start, source_of("四成").end)
    cursor.setPosition(position(view, "绿"))
    cursor.setPosition(position(view, "率"), QTextCursor.MoveMode.KeepAnchor)  # within a cell
    view.setTextCursor(cursor)
    assert view.selected_span() == source_of("绿化")


def _drag(view: ReportView, words: str, keys: Qt.KeyboardModifier) -> None:
    start, end = point_of(view, words, at=0.02), point_of(view, words, at=0.98)
    QTest.mousePress(view.viewport(), LEFT, keys, start)
    QTest.mouseMove(view.viewport(), QPoint((start.x() + end.x()) // 2, start.y()))
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), LEFT, keys, end)


def test_that_a_selection_made_with_ctrl_held_is_exact(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    view.set_snapper(lambda _text, span: Span(span.start - 1, span.end))
    raw = source_of("专精特新")
    _drag(view, "专精特新", CTRL)
    assert view.selected_span() == raw
    _drag(view, "专精特新", NO)
    assert view.selected_span() == Span(raw.start - 1, raw.end)
    _drag(view, "专精特新", CTRL)
    QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    assert view.selected_span() == Span(raw.start - 1, raw.end + 1)


def test_that_the_selection_can_be_dropped_and_the_caret_kept(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    _select(view, "科技局")
    view.drop_selection()
    assert view.selected_span() is None
    assert view.caret_source() == source_of("科技局").end


# --- search


def test_that_next_hit_walks_all_hits_round_and_back(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    assert view.set_search("口袋公园") == 2
    first, second = source_of("口袋公园六个").start, source_of("口袋公园指").start
    walked = []
    for backwards in (False, False, False, True, True):
        with qtbot.waitSignal(view.caret_moved):
            assert view.next_hit(backwards=backwards)
        span = view.selected_span()
        assert span is not None
        walked.append(span.start)
    assert walked == [first, second, first, second, first]


def test_that_what_was_found_is_selected_as_it_is(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    view.set_snapper(lambda _text, span: Span(span.start - 1, span.end))
    view.set_search("科技")
    view.next_hit()
    assert view.selected_span() == source_of("科技")


def test_that_without_a_hit_nothing_moves(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    _put_caret(view, "新增")
    assert view.set_search("没有的词") == 0
    assert not view.next_hit()
    assert view.caret_source() == source_of("新增").start


# --- the mouse


def test_that_a_click_tells_the_shortest_mark_under_it(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    whole, inner = task("新增专精特新企业二十家以上"), tag("二十家以上")
    view.set_marks([whole, inner], {"task-1": 1})
    for words, mark in (("二十家以上", inner), ("特新企业", whole)):
        with qtbot.waitSignal(view.mark_clicked) as said:
            QTest.mouseClick(view.viewport(), LEFT, NO, point_of(view, words, at=0.4))
        assert said.args == [mark]
    with qtbot.assertNotEmitted(view.mark_clicked):
        QTest.mouseClick(view.viewport(), LEFT, NO, point_of(view, "建立台账"))
        _drag(view, "特新企业", NO)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, NO, point_of(view, "二十家以上"))


def test_that_a_click_on_a_number_tells_its_task(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    one, two = task("新增专精特新企业"), task("新建口袋公园六个", "task-2")
    view.set_marks([tag("新增"), one, two], {"task-1": 1, "task-2": 2})
    pill = QPoint(40, point_of(view, "新建口袋公园六个").y())
    assert view.mark_at(pill) == two
    with qtbot.waitSignal(view.mark_clicked) as said:
        QTest.mouseClick(view.viewport(), LEFT, NO, pill)
    assert said.args == [two]
    assert view.mark_at(QPoint(2, pill.y())) is None
    assert view.mark_at(QPoint(40, 2)) is None


def test_that_a_mark_says_its_tooltip(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    view = make_view(qtbot)
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _pos, words, _widget: said.append(words))

    def rest_on(words: str) -> None:
        point = point_of(view, words, at=0.4)
        QApplication.sendEvent(
            view.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, point, view.viewport().mapToGlobal(point))
        )

    view.set_marks([tag("二十家以上")], {})
    rest_on("二十家以上")
    view.set_tooltip(lambda mark: f"{mark.kind}！")
    rest_on("二十家以上")
    rest_on("建立台账")
    assert said == ["", "target！", ""]


def test_that_a_new_report_has_nothing_of_the_old(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    view.set_marks([tag("二十家以上")], {})
    view.set_search("公园")
    view.show_report(SHOWN)
    assert view.mark_at(point_of(view, "二十家以上", at=0.4)) is None
    assert not view.next_hit()
    assert view.caret_source() == 7
