"""The page as it reads: headings, bold openers, tables, the column, zoom, what is printed and copied."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFont, QTextCursor, QTextFormat, QTextTable, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.report import BlockKind
from app.ui.views.report_document import SERIF
from app.ui.views.report_painting import DARK
from app.ui.views.report_view import ReportView
from tests.ui.report_samples import long_shown, make_view, position, shown_of, tag, task


def _cursor(view: ReportView, words: str) -> QTextCursor:
    cursor = QTextCursor(view.document())
    cursor.setPosition(position(view, words) + 1)
    return cursor


def _step(view: ReportView, words: str) -> object:
    return _cursor(view, words).charFormat().property(QTextFormat.Property.FontSizeAdjustment.value)


def _weight(view: ReportView, words: str) -> int:
    return _cursor(view, words).charFormat().fontWeight()


def test_that_title_and_headings_are_bold_and_larger_and_the_title_is_centred(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    assert (_step(view, "云港区二〇二六"), _step(view, "一、主要任务"), _step(view, "注：")) == (2, 1, -1)
    assert _weight(view, "云港区二〇二六") == _weight(view, "一、主要任务") == QFont.Weight.Bold
    assert _cursor(view, "云港区二〇二六").blockFormat().alignment() == Qt.AlignmentFlag.AlignHCenter
    assert _cursor(view, "一、主要任务").blockFormat().alignment() != Qt.AlignmentFlag.AlignHCenter


def test_that_a_lower_heading_is_bold_but_not_larger(qtbot: QtBot) -> None:
    shown = shown_of(((BlockKind.HEADING, "（一）提振消费"), (BlockKind.PARAGRAPH, "办好消费季。")))
    low = shown.blocks[0].__class__(BlockKind.HEADING, 0, 7, level=2)
    view = make_view(qtbot, shown.__class__(shown.text, (low, shown.blocks[1]), shown.runs))
    assert _step(view, "（一）提振消费") == 0
    assert _weight(view, "（一）提振消费") == QFont.Weight.Bold


def test_that_just_the_opener_of_a_paragraph_is_bold(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    assert _weight(view, "壮大主体。") == QFont.Weight.Bold
    assert _weight(view, "体。新增") == QFont.Weight.Bold
    assert _weight(view, "新增专精") != QFont.Weight.Bold


def test_that_cells_make_a_table(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    (table,) = [f for f in view.document().rootFrame().childFrames() if isinstance(f, QTextTable)]
    assert (table.rows(), table.columns()) == (2, 2)
    words = [
        table.cellAt(row, column).firstCursorPosition().block().text() for row in (0, 1) for column in (0, 1)
    ]
    assert words == ["指标", "目标", "绿化率", "四成"]


def test_that_lines_of_text_are_two_ems_apart(qtbot: QtBot) -> None:
    view = make_view(qtbot, long_shown(2))
    layout = view.document().firstBlock().layout()
    assert abs(layout.lineAt(1).y() - layout.lineAt(0).y() - 32) < 1
    assert view.font().families()[0] == SERIF[0]
    assert view.font().pixelSize() == 16


def test_that_a_wide_view_keeps_its_column_at_thirty_two_characters_in_the_middle(qtbot: QtBot) -> None:
    view = make_view(qtbot, long_shown(2))
    view.resize(1200, 600)
    layout = view.document().firstBlock().layout()
    assert layout.lineAt(0).textLength() <= 33
    margins = view.viewportMargins()
    assert margins.left() > 200
    assert abs(margins.left() - margins.right()) <= 1


def test_that_a_narrow_view_breaks_lines_sooner_and_never_scrolls_sideways(qtbot: QtBot) -> None:
    view = make_view(qtbot, long_shown(2))
    view.resize(360, 600)
    layout = view.document().firstBlock().layout()
    assert layout.lineAt(0).textLength() < 20
    assert view.horizontalScrollBar().maximum() == 0
    assert view.viewportMargins().left() == 0


def test_that_the_place_at_the_top_stays_when_the_column_narrows(qtbot: QtBot) -> None:
    view = make_view(qtbot, long_shown())
    view.document().size()
    view.verticalScrollBar().setValue(900)
    before = view.cursorForPosition(QPoint(300, 1)).position()
    view.resize(420, 600)
    qtbot.wait_until(lambda: view.lineWrapColumnOrWidth() < 450)
    after = view.cursorForPosition(QPoint(200, 20)).position()
    assert abs(after - before) < 60


def test_that_zoom_changes_the_letters_by_tens_and_says_so(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    with qtbot.waitSignal(view.zoomed) as said:
        view.zoom(2)
    assert said.args == [120]
    assert view.zoom_percent == 120
    assert view.document().defaultFont().pixelSize() == 19
    view.set_zoom(1000)
    assert view.zoom_percent == 300
    view.set_zoom(1)
    assert view.zoom_percent == 50
    with qtbot.assertNotEmitted(view.zoomed):
        view.zoom(-1)


def test_that_a_new_report_keeps_the_zoom(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    view.set_zoom(150)
    view.show_report(long_shown(1))
    assert view.document().defaultFont().pixelSize() == 24


def _turn_wheel(target: QWidget, delta: int, keys: Qt.KeyboardModifier) -> None:
    at, phase = QPointF(5, 300), Qt.ScrollPhase.NoScrollPhase
    still = QPoint()
    event = QWheelEvent(at, at, still, QPoint(0, delta), Qt.MouseButton.NoButton, keys, phase, False)
    QApplication.sendEvent(target, event)


def test_that_ctrl_and_the_wheel_zoom_and_the_wheel_alone_scrolls(qtbot: QtBot) -> None:
    view = make_view(qtbot, long_shown())
    view.document().size()
    _turn_wheel(view.viewport(), 120, Qt.KeyboardModifier.ControlModifier)
    assert (view.zoom_percent, view.verticalScrollBar().value()) == (110, 0)
    _turn_wheel(view.viewport(), -120, Qt.KeyboardModifier.ControlModifier)
    assert (view.zoom_percent, view.verticalScrollBar().value()) == (100, 0)
    _turn_wheel(view.viewport(), -120, Qt.KeyboardModifier.NoModifier)
    assert view.zoom_percent == 100
    assert view.verticalScrollBar().value() > 0


def test_that_the_wheel_over_the_margin_scrolls_too(qtbot: QtBot) -> None:
    view = make_view(qtbot, long_shown())
    view.resize(1200, 600)
    view.document().size()
    _turn_wheel(view, -120, Qt.KeyboardModifier.NoModifier)
    assert view.verticalScrollBar().value() > 0


def test_that_what_is_copied_is_the_shown_text(qtbot: QtBot) -> None:
    shown = shown_of(((BlockKind.PARAGRAPH, "𠮷祥路\u00a0三公里"), (BlockKind.PARAGRAPH, "完成。")))
    view = make_view(qtbot, shown)
    view.selectAll()
    view.copy()
    assert QApplication.clipboard().text() == "𠮷祥路\u00a0三公里\n完成。"


def test_that_the_rules_of_tables_follow_the_theme(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    view.set_colours(DARK, (), dark=True)
    (table,) = [f for f in view.document().rootFrame().childFrames() if isinstance(f, QTextTable)]
    assert table.format().borderBrush().color() == QColor(DARK.rule)


def test_that_paper_shows_tags_by_underline_and_letter_and_tasks_by_number(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    solid, dashed = tag("二十家以上"), tag("区科技局", "owner", suggested=True)
    view.set_marks([task("新增专精特新企业二十家以上"), solid, dashed], {"task-1": 12})
    document = view.to_print_document()
    text = document.toPlainText()
    assert "壮大主体。〔12〕新增专精特新企业二十家以上目，由区科技局责会同" in text
    found = document.find("二十家以上")
    assert found.charFormat().background().color() == QColor("#fdf1d8")
    assert found.charFormat().underlineStyle().name == "SingleUnderline"
    found = document.find("区科技局")
    assert found.charFormat().underlineStyle().name == "DashUnderline"
    assert found.charFormat().background().style() == Qt.BrushStyle.NoBrush
    assert "〔12〕" not in view.toPlainText()


def test_that_the_seen_span_is_that_of_the_blocks_in_sight(qtbot: QtBot) -> None:
    view = make_view(qtbot, long_shown())
    first = view.visible_source_span()
    assert first is not None
    assert first.start == 7
    view.document().size()
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    last = view.visible_source_span()
    assert last is not None
    assert last.end == len(long_shown().text) + 7
    assert last.start > first.end
    view.show_report(shown_of(()))
    assert view.visible_source_span() is None


def test_that_the_view_has_a_name_for_those_who_cannot_see_it(qtbot: QtBot) -> None:
    view = make_view(qtbot)
    assert view.accessibleName() == "报告原文"
    assert view.isReadOnly()
