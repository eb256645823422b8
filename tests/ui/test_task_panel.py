"""The table of tasks: selection both ways, filter, and editing in place."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.domain import edits
from app.ui.models.task_columns import Content, Progress, TaskFilter
from app.ui.session import Session
from app.ui.views.task_panel import HERE, WHOLE, TaskPanel
from tests.ui.fake_workspace import CARD, READING, open_session, store_of

pytestmark = pytest.mark.usefixtures("qapp")

TITLE, TARGETS, LEAD, DEADLINE = 2, 3, 4, 5
SECOND = READING.sections[2].span


@pytest.fixture
def session() -> Session:
    return open_session()


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> TaskPanel:
    panel = TaskPanel(session)
    panel.resize(540, 300)
    qtbot.addWidget(panel)
    panel.show()
    panel.activateWindow()
    qtbot.waitExposed(panel)
    panel.table.setFocus()
    qtbot.waitUntil(panel.table.hasFocus)
    return panel


def numbers(panel: TaskPanel) -> list[object]:
    return [panel.model.data(panel.model.index(row, 1)) for row in range(panel.model.rowCount())]


def go_to(panel: TaskPanel, row: int, column: int) -> None:
    panel.table.setCurrentIndex(panel.model.index(row, column))


def cell_editor(panel: TaskPanel) -> QLineEdit:
    return next(line for line in panel.table.findChildren(QLineEdit) if line.property("role") == "cell")


def test_that_the_session_s_item_is_the_current_row(panel: TaskPanel, session: Session) -> None:
    session.select(session.items[3].task.id)
    assert panel.table.currentIndex().row() == 3
    assert panel.selected_ids() == [session.items[3].task.id]
    session.select("")
    assert panel.table.currentIndex().row() == -1
    assert panel.selected_ids() == []


def test_that_arrows_select_in_the_session(panel: TaskPanel, session: Session) -> None:
    session.select(session.items[1].task.id)
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    assert session.current.item_id == session.items[2].task.id


def test_that_several_rows_are_selected_with_shift(panel: TaskPanel, session: Session) -> None:
    session.select(session.items[1].task.id)
    for _ in range(2):
        QTest.keyClick(panel.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert panel.selected_ids() == [item.task.id for item in session.items[1:4]]
    assert session.current.item_id == session.items[3].task.id


def test_that_a_selection_already_there_is_not_narrowed(panel: TaskPanel, session: Session) -> None:
    session.select(session.items[0].task.id)
    flags = QItemSelectionModel.SelectionFlag
    panel.table.selectionModel().select(panel.model.index(4, 0), flags.Select | flags.Rows)
    session.select(session.items[0].task.id, session.items[0].tags[0].id)
    assert panel.selected_ids() == [session.items[0].task.id, session.items[4].task.id]


def test_that_accepting_keeps_the_row_selected(panel: TaskPanel, session: Session) -> None:
    session.select(session.items[2].task.id)
    session.submit(edits.accept(CARD.id, [session.items[2]]))
    assert panel.table.currentIndex().row() == 2
    assert session.current.item_id == session.items[2].task.id
    assert panel.selected_ids() == [session.items[2].task.id]


def test_that_a_row_that_the_filter_takes_away_moves_no_selection(panel: TaskPanel, session: Session) -> None:
    panel.narrow(Progress.OPEN)
    session.select(session.items[2].task.id)
    session.submit(edits.accept(CARD.id, [session.items[2]]))
    assert session.current.item_id == session.items[2].task.id
    assert panel.table.currentIndex().row() == -1
    assert numbers(panel) == ["1", "2", "4", "5", "6"]
    session.select(session.items[3].task.id)
    assert panel.table.currentIndex().row() == 2


def test_that_sorting_keeps_the_current_task(panel: TaskPanel, session: Session) -> None:
    session.select(session.items[0].task.id)
    panel.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert panel.table.currentIndex().row() == 5
    assert session.current.item_id == session.items[0].task.id


def test_that_a_click_on_a_head_sorts_and_a_third_one_restores_the_report_s_order(panel: TaskPanel) -> None:
    header = panel.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(TITLE) + 20, header.height() // 2)
    orders = []
    for _ in range(3):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        orders.append(numbers(panel))
    assert sorted(map(tuple, orders)) == sorted(
        [
            ("4", "1", "2", "6", "3", "5"),
            ("5", "3", "6", "2", "1", "4"),
            ("1", "2", "3", "4", "5", "6"),
        ]
    )
    assert orders[-1] == ["1", "2", "3", "4", "5", "6"]


def test_that_the_head_counts_and_names_the_filter(panel: TaskPanel, session: Session) -> None:
    assert panel.button.text() == "6 项 · 筛选"
    panel.narrow(Progress.OPEN, Content.WITH_TARGET)
    assert panel.button.text() == "4 / 6 项 · 筛选：待处理、有指标"
    session.submit(edits.accept(CARD.id, [session.items[0]]))
    assert panel.button.text() == "3 / 6 项 · 筛选：待处理、有指标"
    panel.set_text("小区")
    assert panel.button.text() == "1 / 6 项 · 筛选：待处理、有指标、“小区”"
    panel.widen()
    assert panel.button.text() == "1 / 6 项 · 筛选：“小区”"
    panel.set_text("")
    assert panel.button.text() == "6 项 · 筛选"


def test_that_this_section_follows_the_task(panel: TaskPanel, session: Session, qtbot: QtBot) -> None:
    session.select(session.items[1].task.id)
    with qtbot.waitSignal(panel.filtered) as filtered:
        panel.narrow(HERE)
    assert filtered.args == [TaskFilter(section=READING.sections[1].span)]
    assert numbers(panel) == ["1", "2", "3", "4"]
    assert panel.button.text() == "4 / 6 项 · 筛选：本节"
    session.select(session.items[4].task.id)
    assert numbers(panel) == ["5", "6"]
    assert panel.table.currentIndex().row() == 0
    session.select(session.items[5].task.id)
    assert numbers(panel) == ["5", "6"]
    panel.narrow(WHOLE)
    assert len(numbers(panel)) == 6


def test_that_a_section_chosen_in_the_outline_counts_while_this_section_is_shown(
    panel: TaskPanel, session: Session
) -> None:
    session.select("")
    panel.set_section(SECOND)
    assert len(numbers(panel)) == 6
    panel.narrow(HERE)
    assert numbers(panel) == ["5", "6"]
    panel.set_section(READING.sections[0].span)
    assert len(numbers(panel)) == 6
    panel.set_section(SECOND)
    assert numbers(panel) == ["5", "6"]
    panel.narrow(WHOLE)
    session.select(session.items[0].task.id)
    panel.narrow(HERE)
    assert numbers(panel) == ["1", "2", "3", "4"]


def test_that_another_report_is_shown_whole(panel: TaskPanel, session: Session) -> None:
    panel.set_section(SECOND)
    panel.narrow(HERE, Progress.OPEN)
    session.open_report(CARD.id)
    session.load_board()
    assert panel.button.text() == "6 / 6 项 · 筛选：待处理"


def test_that_a_title_is_typed_into_its_cell(panel: TaskPanel, session: Session, qtbot: QtBot) -> None:
    session.select(session.items[3].task.id)
    assert panel.table.currentIndex().column() == TITLE
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    line = cell_editor(panel)
    assert line.text() == "优化营商环境"
    line.selectAll()
    QTest.keyClicks(line, "abc")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.items[3].task.title == "abc")
    assert panel.table.currentIndex().row() == 3


def test_that_f2_on_a_number_edits_the_title(panel: TaskPanel) -> None:
    go_to(panel, 3, 1)
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    assert cell_editor(panel).text() == "优化营商环境"


def test_that_the_keyboard_s_coming_selects_the_row_it_shows(panel: TaskPanel, session: Session) -> None:
    assert session.current.item_id == session.items[0].task.id
    assert panel.selected_ids() == [session.items[0].task.id]


def test_that_escape_leaves_a_cell_as_it_was(panel: TaskPanel, session: Session) -> None:
    go_to(panel, 3, TITLE)
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    line = cell_editor(panel)
    QTest.keyClicks(line, "abc")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert store_of(session).changes == []


def test_that_the_lead_s_cell_opens_the_unit_picker(panel: TaskPanel) -> None:
    go_to(panel, 1, LEAD)
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    picker = panel.editor.units
    assert picker.isVisible()
    assert picker.list.item(0).text() == "区科技局"
    QTest.keyClicks(picker.line, "cz")
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert panel.model.data(panel.model.index(1, LEAD)) == "区财政局"
    assert panel.table.hasFocus()


def test_that_the_deadline_s_cell_opens_its_editor(panel: TaskPanel) -> None:
    go_to(panel, 3, DEADLINE)
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    line = panel.editor.deadlines.line
    assert line.text() == "年底"
    line.setText("长期坚持")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert panel.model.data(panel.model.index(3, DEADLINE)) == "长期坚持"


def test_that_a_double_click_edits_and_other_cells_do_not(panel: TaskPanel) -> None:
    view = panel.table.viewport()
    lead = panel.table.visualRect(panel.model.index(2, LEAD)).center()
    number = panel.table.visualRect(panel.model.index(2, 1)).center()
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=number)
    assert not panel.editor.units.isVisible()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=lead)
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=lead)
    assert panel.editor.units.isVisible()


def test_that_a_locked_table_opens_no_editor(panel: TaskPanel) -> None:
    panel.set_editable(False, "已提交复核，暂不可修改。")
    assert panel.table.toolTip() == "已提交复核，暂不可修改。"
    for column in (TITLE, LEAD, DEADLINE):
        go_to(panel, 1, column)
        QTest.keyClick(panel.table, Qt.Key.Key_F2)
    assert not panel.editor.units.isVisible()
    assert not panel.editor.deadlines.isVisible()
    assert [line for line in panel.table.findChildren(QLineEdit) if line.property("role") == "cell"] == []
    panel.set_editable(True)
    assert panel.table.toolTip() == ""


def test_that_states_are_drawn_in_different_shapes(panel: TaskPanel, session: Session) -> None:
    session.submit(edits.accept(CARD.id, [session.items[0]]))
    session.submit(edits.change_task(CARD.id, session.items[1], summary="abc"))
    dots = [_picture(panel, row) for row in range(4)]
    assert dots[2] == dots[3]
    assert len({id(a) for a in dots if all(a != b for b in dots if a is not b)}) == 2


def _picture(panel: TaskPanel, row: int) -> QImage:
    """The dot of a row without its colours: shape alone must tell."""
    cell = panel.table.visualRect(panel.model.index(row, 0))
    grabbed = panel.table.viewport().grab(cell).toImage()
    return grabbed.convertToFormat(QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither)


def test_that_targets_give_way_where_titles_have_no_room(panel: TaskPanel, qtbot: QtBot) -> None:
    assert not panel.table.isColumnHidden(TARGETS)
    panel.resize(330, 300)
    qtbot.waitUntil(lambda: panel.table.isColumnHidden(TARGETS))
    assert panel.table.columnWidth(TITLE) > 80
    panel.resize(540, 300)
    qtbot.waitUntil(lambda: not panel.table.isColumnHidden(TARGETS))


def test_that_a_filter_with_no_hit_says_so(panel: TaskPanel) -> None:
    full = panel.table.viewport().grab().toImage()
    panel.set_text("没有这样的字")
    empty = panel.table.viewport().grab().toImage()
    assert panel.model.rowCount() == 0
    ground = empty.pixel(2, 2)
    middle = [empty.pixel(x, empty.height() // 2) for x in range(empty.width())]
    assert any(pixel != ground for pixel in middle)
    assert full != empty
