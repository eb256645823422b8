"""The table of cases: rows that pass, in order, and what their cells tell."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.domain.due_list import due_list
from app.domain.lights import Colour
from app.ui import theme
from app.ui.ledger.columns import COLUMNS, share_of
from app.ui.ledger.grid import LedgerGrid
from app.ui.ledger.narrowing import Narrowing, due_ids
from app.ui.ledger.painting import LightMark, Sparkline, light_colour
from app.ui.ledger.table import CASE_ROLE, NO_ORDER, LedgerTable
from tests.supervised import WJ, on
from tests.ui.report_samples import count_of

DAY = date(2026, 7, 3)
COLUMN = {column.name: place for place, column in enumerate(COLUMNS)}


@pytest.fixture
def table(qtbot: QtBot) -> Iterator[LedgerTable]:
    made = LedgerTable()
    cases = tuple(on(DAY).values())
    tester = QAbstractItemModelTester(made)
    made.show_cases(cases, due_ids(due_list(cases, DAY)))
    yield made
    tester.deleteLater()


def ids(table: LedgerTable) -> list[str]:
    return [case.id for case in table.rows]


def test_that_the_completion_is_the_light_s_own_else_the_share_of_the_target_furthest_behind() -> None:
    case = next(each for each in on(DAY).values() if each.judgements)
    one = case.judgements[0]
    judged = tuple(replace(one, share=share) for share in (0.7, None, 0.4))
    for own, told in ((0.9, 0.9), (0.0, 0.0), (None, 0.4)):
        light = replace(case.light, inputs=replace(case.light.inputs, completed=own))
        assert share_of(replace(case, light=light, judgements=judged)) == told
        assert share_of(replace(case, light=light, judgements=())) == own


def test_that_every_case_has_a_row_with_its_words(table: LedgerTable) -> None:
    assert (table.rowCount(), table.total) == (4, 4)
    assert table.columnCount() == len(COLUMNS)
    assert table.rowCount(table.index(0, 0)) == 0
    assert table.index(1, COLUMN["light"]).data() == "红灯"
    assert table.index(1, COLUMN["light"]).data(Qt.ItemDataRole.ToolTipRole).startswith("超过完成时限3天")
    assert table.index(1, COLUMN["due"]).data(Qt.ItemDataRole.ToolTipRole) == "2026年6月底前"
    assert table.index(1, 0).data(CASE_ROLE) is table.case_at(1)
    assert table.data(QModelIndex()) is None
    titles = [table.headerData(n, Qt.Orientation.Horizontal) for n in range(table.columnCount())]
    assert titles[:3] == ["编号", "督查事项", "牵头单位"]


def test_that_numbers_stand_right_and_words_left(table: LedgerTable) -> None:
    role, right = Qt.ItemDataRole.TextAlignmentRole, Qt.AlignmentFlag.AlignRight
    assert table.index(0, COLUMN["share"]).data(role) & right
    assert not table.index(0, COLUMN["lead"]).data(role) & right


def test_that_a_narrowed_table_keeps_the_order_and_sorting_is_taken_back(table: LedgerTable) -> None:
    in_order = ids(table)
    table.narrow(Narrowing(unit=WJ))
    assert ids(table) == in_order[:3]
    assert table.row_of(in_order[3]) == -1
    assert table.row_of(in_order[2]) == 2
    table.sort(COLUMN["number"], Qt.SortOrder.DescendingOrder)
    assert ids(table) == in_order[:3][::-1]
    table.narrow(Narrowing())
    assert ids(table) == in_order[::-1]
    table.sort(NO_ORDER)
    assert ids(table) == in_order


def test_that_new_states_of_the_same_rows_only_repaint_them(table: LedgerTable, qtbot: QtBot) -> None:
    later = tuple(on(date(2026, 8, 3)).values())
    resets: list[bool] = []
    table.modelReset.connect(lambda: resets.append(True))
    with qtbot.waitSignal(table.dataChanged):
        table.show_cases(later, due_ids(due_list(later, date(2026, 8, 3))))
    assert resets == []
    assert table.case_at(1) is later[1]
    assert table.case_at(4) is None


def test_that_a_grid_gives_the_chosen_cases_in_the_order_shown(table: LedgerTable, qtbot: QtBot) -> None:
    grid = LedgerGrid(table)
    qtbot.addWidget(grid)
    grid.selectAll()
    assert [case.id for case in grid.chosen] == ids(table)
    grid.selectRow(2)
    assert [case.id for case in grid.chosen] == [ids(table)[2]]
    table.setParent(None)


def test_that_lights_differ_by_shape_and_colour(qtbot: QtBot) -> None:
    pictures = []
    for colour in Colour:
        mark = LightMark()
        qtbot.addWidget(mark)
        mark.show_light(colour)
        image = mark.grab().toImage()
        ink = light_colour(colour, theme.LIGHT)
        pictures.append(count_of(image, ink.name()))
    red, yellow, green, grey = pictures
    assert red > green > yellow > grey


def test_that_a_small_line_tells_its_figures_and_is_drawn(qtbot: QtBot) -> None:
    line = Sparkline((2.0, 3.0), 20.0)
    qtbot.addWidget(line)
    assert line.accessibleName() == "历次完成值：2、3"
    assert count_of(line.grab().toImage(), theme.LIGHT.accent) > 8


def test_that_a_narrow_table_hides_what_the_card_tells_too(table: LedgerTable, qtbot: QtBot) -> None:
    grid = LedgerGrid(table)
    qtbot.addWidget(grid)
    with qtbot.waitExposed(grid):
        grid.show()
    hidden = {}
    for width in (1200, 700, 400):
        grid.resize(width, 300)
        header = grid.horizontalHeader()
        hidden[width] = [c.name for n, c in enumerate(COLUMNS) if header.isSectionHidden(n)]
    assert hidden[1200] == []
    assert "latest" in hidden[700]
    assert hidden[400] == ["state", "actual", "elapsed", "latest"]
    table.setParent(None)
