"""The comments of one task: threads, answers, what is resolved, and the line to write."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from app.domain.comments import Comment
from app.ui.views.comments import MOST, REPLY, WRITE, CommentsView


def comment(name: str, text: str, *, parent: str = "", resolved: bool = False, who: str = "张三") -> Comment:
    at = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)
    return Comment(name, "r", "l", "t", None, text, "p", who, at, parent, resolved)


FIRST, OTHER = comment("a", "左右算不算？"), comment("b", "时限呢？", who="李四", resolved=True)
ANSWER = comment("c", "算", parent="a", who="李四")


@pytest.fixture
def view(qtbot: QtBot) -> CommentsView:
    made = CommentsView()
    qtbot.addWidget(made)
    made.resize(480, 240)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def labels(view: CommentsView) -> list[str]:
    rows = view._rows
    found = []
    for row in range(rows.rowCount()):
        for column in (0, 1):
            item = rows.itemAtPosition(row, column)
            widget = item.widget() if item is not None else None
            if isinstance(widget, QLabel):
                found.append(widget.text())
    return found


def buttons(view: CommentsView, words: str) -> list[QToolButton]:
    found = view.box.findChildren(QToolButton)
    return [b for b in found if b.text() == words and not b.isHidden()]


def test_that_answers_stand_below_what_they_answer(view: CommentsView) -> None:
    view.show_comments((FIRST, OTHER, ANSWER))
    assert labels(view) == ["张三", "左右算不算？", "李四", "算", "李四", "时限呢？"]


def test_that_an_answer_to_what_is_not_there_stands_for_itself(view: CommentsView) -> None:
    view.show_comments((ANSWER,))
    assert labels(view) == ["李四", "算"]


def test_that_without_comments_only_the_line_is_there(view: CommentsView) -> None:
    assert not view._scroll.isVisible()
    view.show_comments((FIRST,))
    assert view._scroll.isVisible()
    view.show_comments(())
    assert not view._scroll.isVisible()
    assert view.line.isVisible()


def test_that_enter_says_what_was_typed_and_clears_the_line(view: CommentsView) -> None:
    said: list[tuple[str, str]] = []
    view.said.connect(lambda *args: said.append(args))
    view.begin()
    assert view.line.hasFocus()
    QTest.keyClicks(view.line, " abc ")
    QTest.keyClick(view.line, Qt.Key.Key_Return)
    QTest.keyClick(view.line, Qt.Key.Key_Return)
    assert said == [("abc", "")]
    assert view.line.text() == ""


def test_that_an_answer_names_what_it_answers_and_esc_gives_that_up(view: CommentsView) -> None:
    said: list[tuple[str, str]] = []
    left: list[bool] = []
    view.said.connect(lambda *args: said.append(args))
    view.left.connect(lambda: left.append(True))
    view.show_comments((FIRST, ANSWER))
    buttons(view, "回复")[0].click()
    assert view.line.hasFocus()
    assert view.line.placeholderText() == REPLY.format("张三")
    QTest.keyClicks(view.line, "yes")
    QTest.keyClick(view.line, Qt.Key.Key_Return)
    assert said == [("yes", "a")]
    assert view.line.placeholderText() == WRITE
    view.answer("a")
    QTest.keyClick(view.line, Qt.Key.Key_Escape)
    assert (view.line.placeholderText(), left) == (WRITE, [])
    QTest.keyClick(view.line, Qt.Key.Key_Escape)
    assert left == [True]


def test_that_a_thread_is_resolved_and_raised_again_by_its_first_remark(view: CommentsView) -> None:
    settled: list[tuple[str, bool]] = []
    view.settled.connect(lambda *args: settled.append(args))
    view.show_comments((FIRST, ANSWER, OTHER))
    (resolve,), (again,) = buttons(view, "解决"), buttons(view, "重新提出")
    resolve.click()
    again.click()
    assert settled == [("a", True), ("b", False)]


def test_that_what_is_resolved_is_muted_with_its_answers(view: CommentsView) -> None:
    view.show_comments((OTHER, comment("d", "好", parent="b"), FIRST))
    roles = {w.text(): w.property("role") for w in view.box.findChildren(QLabel) if not w.isHidden()}
    assert (roles["时限呢？"], roles["好"], roles["左右算不算？"]) == ("muted", "muted", "")


def test_that_a_refusal_says_why_nothing_can_be_written(view: CommentsView) -> None:
    view.show_comments((FIRST,), "先选一处差异")
    assert not view.line.isEnabled()
    assert view.line.placeholderText() == "先选一处差异"
    (button,) = buttons(view, "回复")
    assert (button.isEnabled(), button.toolTip()) == (False, "先选一处差异")
    view.show_comments((FIRST,))
    assert view.line.isEnabled()
    assert buttons(view, "回复")[0].isEnabled()


def test_that_who_said_it_when_is_one_rest_of_the_mouse_away(view: CommentsView) -> None:
    view.show_comments((FIRST,))
    when = FIRST.at.astimezone().strftime("%Y-%m-%d %H:%M")
    tips = [w.toolTip() for w in view.box.findChildren(QLabel)]
    assert f"张三 · {when}" in tips


def test_that_long_talk_scrolls(view: CommentsView) -> None:
    view.show_comments((FIRST,))
    low = view._scroll.sizeHint().height()
    view.show_comments([comment(str(n), "一句话") for n in range(12)])
    assert low < view._scroll.sizeHint().height() == MOST
