"""目录 and 遗漏检查 at the text's left."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QTreeWidget, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from app.domain import edits
from app.domain.suggestions import Uncovered
from app.ui.session import Session
from app.ui.theme import DARK, LIGHT
from app.ui.views.coverage_panel import CoveragePanel
from app.ui.views.outline_panel import COUNTS, OutlinePanel
from tests.ui.fake_workspace import CARD, HEADINGS, READING, SUGGESTIONS, FakeWorkspace, open_session, span_of

pytestmark = pytest.mark.usefixtures("qapp")

GAP = Uncovered(span_of(HEADINGS[1]), "  （一）壮大创新动能\n", "含目标")
LAST = Uncovered(span_of(HEADINGS[2]), "（二）改善城市面貌", "含时限")


@pytest.fixture
def session() -> Session:
    return open_session(FakeWorkspace(SUGGESTIONS._replace(uncovered=(GAP, LAST))))


@pytest.fixture
def outline(session: Session, qtbot: QtBot) -> OutlinePanel:
    panel = OutlinePanel(session, LIGHT)
    panel.resize(280, 300)
    qtbot.addWidget(panel)
    panel.show()
    session.open_report(CARD.id)
    session.load_board()
    return panel


@pytest.fixture
def coverage(session: Session, qtbot: QtBot) -> CoveragePanel:
    panel = CoveragePanel(session)
    panel.resize(280, 300)
    qtbot.addWidget(panel)
    panel.show()
    panel.refresh()
    return panel


def tree(outline: OutlinePanel) -> QTreeWidget:
    found = outline.findChild(QTreeWidget)
    assert isinstance(found, QTreeWidget)
    return found


def rows(outline: OutlinePanel) -> list[QTreeWidgetItem]:
    top = tree(outline).topLevelItem(0)
    assert top is not None
    return [top, *(top.child(n) for n in range(top.childCount()))]


def test_that_the_outline_nests_sections_and_counts_each_one_s_tasks(outline: OutlinePanel) -> None:
    assert [row.text(0) for row in rows(outline)] == list(HEADINGS)
    assert tree(outline).topLevelItemCount() == 1
    assert [row.isExpanded() for row in rows(outline)[:1]] == [True]
    assert [row.toolTip(0) for row in rows(outline)] == list(HEADINGS)
    assert [tuple(row.data(0, COUNTS)) for row in rows(outline)] == [(0, 6), (0, 4), (0, 2)]
    assert outline.note.text() == "0 / 6"


def test_that_what_is_decided_is_counted_at_once(outline: OutlinePanel, session: Session) -> None:
    session.submit(edits.accept(session.report_id, session.items[3:5]))
    assert [tuple(row.data(0, COUNTS)) for row in rows(outline)] == [(2, 6), (1, 4), (1, 2)]
    assert outline.note.text() == "2 / 6"
    told = rows(outline)[1].data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert told == f"{HEADINGS[1]}：已确认1项，共4项"


def test_that_the_innermost_section_around_the_caret_is_marked(outline: OutlinePanel) -> None:
    for offset, heading in (
        (0, HEADINGS[0]),
        (READING.sections[1].span.start, HEADINGS[1]),
        (READING.sections[2].span.start - 1, HEADINGS[1]),
        (READING.sections[2].span.start, HEADINGS[2]),
        (READING.sections[2].span.end, HEADINGS[2]),
    ):
        outline.follow(offset)
        current = tree(outline).currentItem()
        assert current is not None
        assert current.text(0) == heading


def test_that_a_click_and_enter_choose_a_section(outline: OutlinePanel) -> None:
    chosen: list[object] = []
    outline.chosen.connect(chosen.append)
    place = tree(outline).visualItemRect(rows(outline)[2]).center()
    QTest.mouseClick(tree(outline).viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [tuple(s) for s in chosen if isinstance(s, tuple)] == [tuple(READING.sections[2].span)]
    tree(outline).setCurrentItem(rows(outline)[1])
    QTest.keyClick(tree(outline), Qt.Key.Key_Return)
    assert chosen[-1] == READING.sections[1].span


def test_that_without_a_report_the_outline_is_empty(outline: OutlinePanel, session: Session) -> None:
    session.open_report(None)
    assert tree(outline).topLevelItemCount() == 0
    assert outline.note.text() == ""


def colours(outline: OutlinePanel, row: QTreeWidgetItem) -> dict[str, list[int]]:
    """Where along a row's middle each colour stands: its columns from left to right."""
    picture = QImage(tree(outline).viewport().size(), QImage.Format.Format_RGB32)
    tree(outline).viewport().render(picture, QPoint())
    box = tree(outline).visualItemRect(row)
    found: dict[str, list[int]] = {}
    for x in range(box.left(), box.right()):
        found.setdefault(picture.pixelColor(x, box.center().y()).name(), []).append(x)
    return found


def test_that_a_section_s_bar_is_as_green_as_it_is_decided(outline: OutlinePanel, session: Session) -> None:
    whole = len(colours(outline, rows(outline)[2])[LIGHT.line])
    assert whole == pytest.approx(36, abs=2)
    assert LIGHT.green not in colours(outline, rows(outline)[2])
    session.submit(edits.accept(session.report_id, session.items[4:5]))
    half = colours(outline, rows(outline)[2])
    assert len(half[LIGHT.green]) == pytest.approx(18, abs=2)
    assert max(half[LIGHT.green]) < min(x for x in half[LIGHT.line] if x > min(half[LIGHT.green]) + 3)
    session.submit(edits.accept(session.report_id, session.items[5:6]))
    assert len(colours(outline, rows(outline)[2])[LIGHT.green]) == pytest.approx(36, abs=2)


def test_that_the_outline_changes_its_colours_with_the_theme(outline: OutlinePanel) -> None:
    outline.set_theme(DARK)
    found = colours(outline, rows(outline)[2])
    assert DARK.line in found
    assert LIGHT.line not in found


def test_that_a_panel_has_its_title_at_the_left_and_its_count_at_the_right(outline: OutlinePanel) -> None:
    assert outline.title.text() == "目录"
    title, note = (w.mapTo(outline, w.rect().center()) for w in (outline.title, outline.note))
    assert title.x() < outline.width() / 2 < note.x()
    assert title.y() == note.y()
    assert note.y() < tree(outline).geometry().top()


def gap_list(coverage: CoveragePanel) -> QListWidget:
    found = coverage.findChild(QListWidget)
    assert isinstance(found, QListWidget)
    return found


def test_that_gaps_are_listed_with_their_reasons_and_counted(coverage: CoveragePanel) -> None:
    listed = gap_list(coverage)
    assert [listed.item(n).text() for n in range(listed.count())] == [
        "（一）壮大创新动能",
        "（二）改善城市面貌",
    ]
    assert listed.item(0).toolTip() == "含目标：（一）壮大创新动能"
    assert coverage.note.text() == "2"
    assert coverage.note.property("role") == "alert"


def test_that_a_click_and_enter_choose_a_gap(coverage: CoveragePanel) -> None:
    chosen: list[object] = []
    coverage.chosen.connect(chosen.append)
    listed = gap_list(coverage)
    place = listed.visualItemRect(listed.item(1)).center()
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert LAST in chosen
    chosen.clear()
    listed.setCurrentRow(0)
    QTest.keyClick(listed, Qt.Key.Key_Return)
    assert chosen == [GAP]


def test_that_a_gap_goes_from_the_list_when_it_is_dismissed(
    coverage: CoveragePanel, session: Session
) -> None:
    for gap in (GAP, LAST):
        session.submit(edits.dismiss_sentence(CARD.id, "layer-1", gap.span, "口号"))
    assert gap_list(coverage).count() == 0
    assert coverage.note.text() == "0"
    assert coverage.note.property("role") == "muted"
    session.undo_stack.undo()
    assert [gap_list(coverage).item(0).text()] == ["（二）改善城市面貌"]
    session.open_report(None)
    assert gap_list(coverage).count() == 0
    assert coverage.note.text() == ""


def test_that_a_list_of_gaps_that_stays_as_it_is_keeps_its_place(
    coverage: CoveragePanel, session: Session
) -> None:
    listed = gap_list(coverage)
    listed.setCurrentRow(1)
    session.submit(edits.accept(CARD.id, session.items[:1]))
    assert listed.currentRow() == 1


def test_that_a_section_without_tasks_shows_no_count(qtbot: QtBot) -> None:
    session = open_session(FakeWorkspace(SUGGESTIONS._replace(commitments=SUGGESTIONS.commitments[:4])))
    panel = OutlinePanel(session, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(280, 300)
    panel.show()
    session.open_report(CARD.id)
    session.load_board()
    assert tuple(rows(panel)[2].data(0, COUNTS)) == (0, 0)
    assert LIGHT.line not in colours(panel, rows(panel)[2])
