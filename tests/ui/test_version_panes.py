"""Two versions side by side: what stands beside what, and that both sides scroll together."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.report import BlockKind, ShownText
from app.domain.spans import Span
from app.revising import Comparison, DiffKind, SentenceDiff, sentence_diffs
from app.ui import theme
from app.ui.versions.compare_dialog import CompareDialog
from app.ui.versions.panes import FIGURE, PIECE, Anchor, Anchors, Comparing, Pane, kind_of, pieces
from tests.ui.report_samples import SHIFT, shown_of

LINES = tuple(f"推进第{n}个片区更新改造，完成配套道路建设{n}公里，按月通报进度。" for n in range(60))
NEW_LINES = (
    *LINES[:5],
    *(f"新增第{n}项便民服务，方便群众就近办事。" for n in range(20)),
    *LINES[5:30],
    LINES[30].replace("30公里", "35公里"),
    *LINES[32:50],
    LINES[50].replace("按月通报进度", "按月通报完成情况"),
    *LINES[51:],
)


def shown(lines: tuple[str, ...]) -> ShownText:
    return shown_of(tuple((BlockKind.PARAGRAPH, line) for line in lines))


def source(lines: tuple[str, ...]) -> str:
    return "　" * SHIFT + "\n".join(lines)


OLD, NEW = source(LINES), source(NEW_LINES)
DIFFS = sentence_diffs(Comparison(OLD, NEW))


@pytest.fixture
def comparing(qtbot: QtBot) -> Comparing:
    widget = Comparing(theme.LIGHT)
    qtbot.addWidget(widget)
    widget.resize(1000, 600)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.show_texts(shown(LINES), shown(NEW_LINES), DIFFS, ("甲", "乙"))
    return widget


def top_of(pane: Pane, words: str, text: str) -> float:
    return pane.line_of(text.index(words)).top()


# --- what stands beside what


def test_that_an_offset_stands_beside_the_same_place_of_its_sentence() -> None:
    way = Anchors([Anchor(Span(20, 30), Span(50, 56)), Anchor(Span(5, 10), Span(40, 50))])
    assert [way.beside(at) for at in (0, 4, 5, 9, 10, 19)] == [0, 0, 40, 44, 50, 50]
    assert [way.beside(at) for at in (20, 25, 26, 29, 30, 99)] == [50, 55, 56, 56, 56, 56]
    assert Anchors(()).beside(7) == 0


def test_that_pieces_are_what_the_other_wording_has_not() -> None:
    assert pieces("建泊位3个。", "新建泊位15个") == ([Span(3, 4), Span(5, 6)], [Span(0, 1), Span(4, 6)])
    assert pieces("相同", "相同") == ([], [])


def test_that_a_changed_figure_is_a_kind_of_its_own() -> None:
    here = Span(0, 3)
    assert kind_of(SentenceDiff(DiffKind.CHANGED, here, here, 0.9, is_figure_changed=True)) == FIGURE
    assert kind_of(SentenceDiff(DiffKind.MOVED, here, here, 0.9, is_figure_changed=True)) == FIGURE
    assert kind_of(SentenceDiff(DiffKind.CHANGED, here, here, 0.9)) == "changed"
    assert kind_of(SentenceDiff(DiffKind.ADDED, None, here, 0.0, is_figure_changed=True)) == "added"


# --- in the window


def test_that_differences_are_marked_on_the_side_where_they_stand(comparing: Comparing) -> None:
    kinds = [kind_of(diff) for diff in comparing.differences]
    assert (kinds.count("added"), kinds.count("removed"), kinds.count(FIGURE), kinds.count("changed")) == (
        20,
        1,
        1,
        1,
    )
    everything = Span(0, len(OLD) + len(NEW))
    old = [m.kind for m in comparing.old._canvas.places.marks.within(everything)]
    new = [m.kind for m in comparing.new._canvas.places.marks.within(everything)]
    assert (old.count("removed"), old.count("added"), old.count(FIGURE)) == (1, 0, 1)
    assert (new.count("removed"), new.count("added"), new.count(FIGURE)) == (0, 20, 1)


@pytest.mark.parametrize("words", ["推进第20个", "推进第28个", "推进第40个"])
def test_that_the_other_side_follows_so_that_a_sentence_stands_level(
    comparing: Comparing, words: str
) -> None:
    old, new = comparing.old, comparing.new
    for lead, other, text, others in ((new, old, NEW, OLD), (old, new, OLD, NEW)):
        lead.level(text.index(words), 200)
        assert abs(top_of(lead, words, text) - 200) <= 1
        assert abs(top_of(other, words, others) - 200) <= 2
        lead.verticalScrollBar().setValue(0)
        assert other.verticalScrollBar().value() == 0


def test_that_walking_goes_round_and_shows_both_sides_at_one_height(comparing: Comparing) -> None:
    figure = [kind_of(diff) for diff in comparing.differences].index(FIGURE)
    assert comparing.previous_difference()
    assert comparing.current == len(comparing.differences) - 1
    assert comparing.next_difference()
    assert comparing.current == 0
    comparing.show_difference(2)
    assert comparing.previous_difference()
    assert comparing.current == 1
    comparing.show_difference(figure)
    old_top, new_top = (
        top_of(comparing.old, "推进第30个", OLD),
        top_of(comparing.new, "推进第30个", NEW),
    )
    assert abs(old_top - new_top) <= 1
    assert comparing.old.caret_source() == OLD.index("推进第30个")
    assert comparing.new.caret_source() == NEW.index("推进第30个")


def piece_words(pane: Pane, text: str) -> list[str]:
    everything = Span(0, len(OLD) + len(NEW))
    return [text[m.start : m.end] for m in pane._canvas.places.marks.within(everything) if m.kind == PIECE]


def test_that_the_pieces_of_the_current_difference_alone_are_pointed_out(comparing: Comparing) -> None:
    kinds = [kind_of(diff) for diff in comparing.differences]
    comparing.show_difference(kinds.index(FIGURE))
    assert piece_words(comparing.old, OLD) == ["0"]
    assert piece_words(comparing.new, NEW) == ["5"]
    comparing.show_difference(kinds.index("removed"))
    assert piece_words(comparing.old, OLD) == piece_words(comparing.new, NEW) == []


def test_that_what_is_on_one_side_only_shows_what_stands_beside_it(comparing: Comparing) -> None:
    kinds = [kind_of(diff) for diff in comparing.differences]
    comparing.show_difference(kinds.index("removed"))
    assert comparing.old.caret_source() == OLD.index(LINES[31])
    assert comparing.new.caret_source() in (
        NEW.index(NEW_LINES[50]) + len(NEW_LINES[50]),
        NEW.index(LINES[32]),
    )
    comparing.show_places(None, None)
    assert comparing.old.caret_source() == OLD.index(LINES[31])


def test_that_without_differences_there_is_nowhere_to_go(comparing: Comparing) -> None:
    same = sentence_diffs(Comparison(OLD, OLD))
    comparing.show_texts(shown(LINES), shown(LINES), same, ("甲", "乙"))
    assert not comparing.next_difference()
    assert not comparing.previous_difference()
    assert comparing.current == -1


def test_that_the_dialog_says_how_much_differs_and_where_one_is(qtbot: QtBot) -> None:
    dialog = CompareDialog("对照", theme.DARK)
    qtbot.addWidget(dialog)
    dialog.show_texts(shown(LINES), shown(NEW_LINES), DIFFS, ("甲", "乙"))
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.words.text() == "新增20句，删去1句，改动1句，数字改动1句"
    QTest.keyClick(dialog.comparing.new, Qt.Key.Key_P)
    assert dialog.keys.word == "改动　23 / 23"
    QTest.keyClick(dialog.comparing.old, Qt.Key.Key_N)
    assert dialog.keys.word == "新增　1 / 23"
    same = sentence_diffs(Comparison(OLD, OLD))
    dialog.show_texts(shown(LINES), shown(LINES), same, ("甲", "乙"))
    assert dialog.words.text() == "两个版本的文字相同。"


def test_that_the_differences_take_the_colours_of_another_theme(comparing: Comparing) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)

    def ground() -> int:
        return comparing.old.grab().toImage().pixelColor(3, 3).lightness()

    assert ground() > 200
    theme.apply(app, theme.DARK)
    try:
        QApplication.processEvents()
        assert ground() < 80
    finally:
        theme.apply(app, theme.LIGHT)
    QApplication.processEvents()
    assert ground() > 200
