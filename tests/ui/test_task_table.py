"""The task table's model: rows, words, filter, order, and how it follows changes."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from pytestqt.qtbot import QtBot

from app.domain import edits
from app.domain.spans import Span
from app.domain.tasks import Deadline, DeadlineKind, Item, Owner, Role
from app.ui.models.task_columns import COLUMNS, Content, Progress, TaskFilter
from app.ui.models.task_table import ITEM_ROLE, TEXT_ORDER, TaskTableModel
from app.ui.session import Session
from tests.ui.fake_workspace import CARD, HEADINGS, SENTENCES, FakeWorkspace, open_session, span_of, store_of

pytestmark = pytest.mark.usefixtures("qapp")

RISING, FALLING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
NUMBER, TITLE, TARGETS, LEAD, DEADLINE = 1, 2, 3, 4, 5
TITLES = [
    "培育创新企业", "推动成果落地", "改造提升传统产业", "优化营商环境", "更新老旧片区", "提升城市管理水平",
]  # fmt: skip


def column(model: TaskTableModel, number: int, role: int = Qt.ItemDataRole.DisplayRole) -> list[object]:
    return [model.data(model.index(row, number), role) for row in range(model.rowCount())]


def accept(session: Session, *rows: int) -> None:
    assert session.submit(edits.accept(CARD.id, [session.items[row] for row in rows]))


def item_of(model: TaskTableModel, row: int) -> Item:
    item = model.item_at(row)
    assert item is not None
    return item


def test_that_the_rows_are_the_report_s_items_in_text_order() -> None:
    model = TaskTableModel(open_session())
    assert column(model, NUMBER) == ["1", "2", "3", "4", "5", "6"]
    assert column(model, TITLE) == TITLES
    assert column(model, TARGETS) == ["≥20家；＞300家", "≈45亿元；2个", "40项", "", "20个；6个", ""]
    assert column(model, LEAD) == ["区科技局", "区科技局", "区工信局", "待定", "区城管委", "区城管委"]
    assert column(model, DEADLINE) == ["6月底前", "12月底前", *["年底（默认）"] * 4]
    assert model.total == 6


def test_that_a_model_without_a_board_is_empty_until_it_is_loaded() -> None:
    session = open_session()
    session.open_report(CARD.id)
    model = TaskTableModel(session)
    assert (model.rowCount(), model.total) == (0, 0)
    session.load_board()
    assert (model.rowCount(), model.total) == (6, 6)
    session.open_report(None)
    assert (model.rowCount(), model.total) == (0, 0)


def test_that_heads_tooltips_and_screen_readers_have_their_words() -> None:
    session = open_session()
    accept(session, 1)
    session.submit(edits.change_task(CARD.id, session.items[2], summary="逐户诊断"))
    model = TaskTableModel(session)
    flat = Qt.Orientation.Horizontal
    heads = [model.headerData(i, flat) for i in range(model.columnCount())]
    assert heads == ["", "编号", "重点任务", "目标", "牵头单位", "时限"]
    assert model.headerData(0, flat, Qt.ItemDataRole.AccessibleTextRole) == "状态"
    assert model.headerData(1, flat, Qt.ItemDataRole.ToolTipRole) == "编号"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.headerData(6, flat) is None
    assert column(model, 0, Qt.ItemDataRole.AccessibleTextRole)[:3] == [
        "状态：建议",
        "状态：已确认",
        "状态：待确认",
    ]
    assert column(model, 0, Qt.ItemDataRole.ToolTipRole)[:3] == ["建议", "已确认", "待确认"]
    assert column(model, 1, Qt.ItemDataRole.ToolTipRole)[:2] == ["1", "2"]
    assert model.data(model.index(0, LEAD), Qt.ItemDataRole.AccessibleTextRole) == "牵头单位：区科技局"
    assert (
        column(model, TARGETS, Qt.ItemDataRole.ToolTipRole)[1] == "技术合同登记额 ≈ 45 亿元\n中试平台 ＝ 2 个"
    )
    assert column(model, LEAD, Qt.ItemDataRole.ToolTipRole)[3] == "待定\n还没有牵头单位"
    assert column(model, LEAD, Qt.ItemDataRole.ToolTipRole)[1] == "区科技局\n成果转化属科技"
    assert column(model, TITLE, Qt.ItemDataRole.ToolTipRole)[3] == f"优化营商环境\n{SENTENCES[3]}"
    assert model.data(QModelIndex()) is None


def test_that_the_model_keeps_qt_s_rules(qtmodeltester: Any) -> None:
    session = open_session()
    model = TaskTableModel(session)
    qtmodeltester.check(model)
    accept(session, 1)
    model.sort(TITLE, FALLING)
    model.set_filter(TaskFilter(progress=Progress.OPEN))
    accept(session, 0, 4)
    session.undo_stack.undo()
    session.submit(edits.merge(CARD.id, list(session.items[2:4])))
    session.undo_stack.undo()
    session.submit(edits.dismiss(CARD.id, session.items[5]))
    qtmodeltester.check(model)


def test_that_each_filter_shows_what_it_says() -> None:
    session = open_session()
    accept(session, 0)
    session.submit(edits.change_task(CARD.id, session.items[1], summary="组建中试基地"))
    change, _ = edits.decided_task(CARD.id, "layer-1", "会议议定事项", "", date(2026, 12, 31))
    session.submit(change)
    model = TaskTableModel(session)

    def shown(**narrowed: object) -> list[object]:
        model.set_filter(TaskFilter(**narrowed))  # type: ignore[arg-type]  # named by each test
        return column(model, NUMBER)

    assert shown() == ["1", "2", "3", "4", "5", "6", "7"]
    assert shown(progress=Progress.OPEN) == ["2", "3", "4", "5", "6"]
    assert shown(progress=Progress.SUGGESTED) == ["3", "4", "5", "6"]
    assert shown(progress=Progress.DRAFT) == ["2"]
    assert shown(progress=Progress.CONFIRMED) == ["1", "7"]
    assert shown(content=Content.WITH_TARGET) == ["1", "2", "3", "5"]
    assert shown(content=Content.WITHOUT_TARGET) == ["4", "6", "7"]
    assert shown(content=Content.WITHOUT_LEAD) == ["4", "7"]
    assert shown(content=Content.DEFAULT_DEADLINE) == ["3", "4", "5", "6", "7"]
    assert shown(content=Content.WITHOUT_SOURCE) == ["7"]
    assert shown(content=Content.WITH_TARGET, progress=Progress.OPEN) == ["2", "3", "5"]


def test_that_a_section_holds_what_begins_in_it() -> None:
    model = TaskTableModel(open_session())
    first, fourth = span_of(SENTENCES[0]), span_of(SENTENCES[3])
    model.set_filter(TaskFilter(section=Span(first.start, fourth.start)))
    assert column(model, NUMBER) == ["1", "2", "3"]
    model.set_filter(TaskFilter(section=Span(first.start + 1, fourth.start + 1)))
    assert column(model, NUMBER) == ["2", "3", "4"]
    model.set_filter(TaskFilter(section=span_of(HEADINGS[0])))
    assert column(model, NUMBER) == []


def test_that_a_text_is_found_in_words_targets_units_and_notes() -> None:
    session = open_session()
    session.submit(edits.change_task(CARD.id, session.items[5], remarks="纳入PPP试点", person="王一鸣"))
    model = TaskTableModel(session)

    def found(text: str) -> list[object]:
        model.set_filter(TaskFilter(text=text))
        return column(model, NUMBER)

    assert found("口袋公园") == ["5"]
    assert found("≈ 45 亿元") == ["2"]
    assert found("区财政局") == ["2"]
    assert found("ppp试点") == ["6"]
    assert found("王一鸣") == ["6"]
    assert found("没有这样的字") == []


def test_that_columns_sort_by_what_they_mean() -> None:
    session = open_session()
    lead = Owner(Role.LEAD, "区城管委", "城管", "u-cg")
    session.submit(edits.set_lead(CARD.id, session.items[0], lead))
    accept(session, 2)
    model = TaskTableModel(session)

    def order(by: int, way: Qt.SortOrder = RISING) -> list[object]:
        model.sort(by, way)
        return column(model, NUMBER)

    assert order(0) == ["2", "4", "5", "6", "1", "3"]
    assert order(NUMBER, FALLING) == ["6", "5", "4", "3", "2", "1"]
    assert order(TITLE) == ["4", "1", "2", "6", "3", "5"]
    assert order(TARGETS)[-2:] == ["4", "6"]
    assert order(LEAD) == ["1", "5", "6", "3", "2", "4"]
    assert order(LEAD, FALLING) == ["4", "2", "3", "6", "5", "1"]
    assert order(DEADLINE)[0] == "1"
    assert order(TEXT_ORDER) == ["1", "2", "3", "4", "5", "6"]


def test_that_a_task_without_a_date_sorts_after_every_date() -> None:
    session = open_session()
    session.submit(edits.set_deadline(CARD.id, session.items[0], Deadline(DeadlineKind.ROLLING), "持续推进"))
    model = TaskTableModel(session)
    model.sort(DEADLINE, RISING)
    assert column(model, NUMBER)[-1] == "1"


def test_that_an_edit_repaints_one_row_and_resets_nothing() -> None:
    session = open_session()
    model = TaskTableModel(session)
    resets: list[str] = []
    rows: list[tuple[int, int]] = []
    model.modelReset.connect(lambda: resets.append("reset"))
    model.dataChanged.connect(lambda first, last: rows.append((first.row(), last.row())))
    accept(session, 2)
    assert rows == [(2, 2)]
    assert resets == []
    assert item_of(model, 2).task.is_confirmed


def test_that_a_suggestion_keeps_its_row_when_it_becomes_a_task_and_back() -> None:
    session = open_session()
    model = TaskTableModel(session)
    moved: list[str] = []
    model.rowsInserted.connect(lambda: moved.append("in"))
    model.rowsRemoved.connect(lambda: moved.append("out"))
    suggested = item_of(model, 3).task.id
    held = QPersistentModelIndex(model.index(3, TITLE))
    accept(session, 3)
    assert held.row() == 3
    assert item_of(model, 3).task.origin == suggested
    assert item_of(model, 3).task.id != suggested
    assert model.row_of(suggested) == 3
    session.undo_stack.undo()
    assert held.row() == 3
    assert item_of(model, 3).task.id == suggested
    assert moved == []


def test_that_removed_and_split_tasks_leave_and_enter_at_their_place() -> None:
    session = open_session()
    model = TaskTableModel(session)
    session.submit(edits.dismiss(CARD.id, session.items[1]))
    assert column(model, TITLE) == [TITLES[0], *TITLES[2:]]
    assert column(model, NUMBER) == ["1", "2", "3", "4", "5"]
    session.undo_stack.undo()
    assert column(model, TITLE) == TITLES
    at = span_of("新建口袋公园").start
    change, second = edits.split(CARD.id, session.items[4], at, session.words)
    session.submit(change)
    assert column(model, TITLE) == [*TITLES[:5], "新建口袋公园6个", TITLES[5]]
    assert column(model, NUMBER) == ["1", "2", "3", "4", "5", "6", "7"]
    assert model.row_of(second) == 5
    session.undo_stack.undo()
    assert column(model, TITLE) == TITLES


def test_that_shifted_numbers_are_repainted() -> None:
    session = open_session()
    model = TaskTableModel(session)
    rows: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: rows.append((first.row(), last.row())))
    session.submit(edits.dismiss(CARD.id, session.items[0]))
    assert rows == [(0, 4)]


def test_that_an_edited_row_moves_where_it_sorts_now() -> None:
    session = open_session()
    model = TaskTableModel(session)
    model.sort(TITLE, RISING)
    assert column(model, NUMBER) == ["4", "1", "2", "6", "3", "5"]
    held = QPersistentModelIndex(model.index(1, TITLE))
    session.submit(edits.change_task(CARD.id, session.items[0], title="龙头企业培育"))
    assert column(model, NUMBER) == ["4", "2", "6", "3", "5", "1"]
    assert held.row() == 5
    session.submit(edits.change_task(CARD.id, session.items[0], title="一批龙头"))
    assert column(model, NUMBER) == ["1", "4", "2", "6", "3", "5"]
    assert held.row() == 0


def test_that_a_filtered_table_lets_rows_go_and_takes_them_back() -> None:
    session = open_session()
    model = TaskTableModel(session)
    model.set_filter(TaskFilter(progress=Progress.OPEN))
    accept(session, 1)
    assert column(model, NUMBER) == ["1", "3", "4", "5", "6"]
    session.undo_stack.undo()
    assert column(model, NUMBER) == ["1", "2", "3", "4", "5", "6"]


def test_that_a_narrowed_table_keeps_the_rows_that_stay() -> None:
    model = TaskTableModel(open_session())
    stays = QPersistentModelIndex(model.index(4, TITLE))
    goes = QPersistentModelIndex(model.index(3, TITLE))
    model.set_filter(TaskFilter(content=Content.WITH_TARGET))
    assert stays.row() == 3
    assert not goes.isValid()


def test_that_patching_is_said_while_rows_change_and_is_over_afterwards() -> None:
    session = open_session()
    model = TaskTableModel(session)
    seen: list[bool] = []
    model.dataChanged.connect(lambda: seen.append(model.is_patching))
    over: list[bool] = []
    model.patched.connect(lambda: over.append(model.is_patching))
    accept(session, 0)
    assert seen == [True]
    assert over == [False]


def test_that_a_title_is_edited_in_its_cell() -> None:
    session = open_session()
    model = TaskTableModel(session)
    assert model.setData(model.index(3, TITLE), " 优化政务服务 ")
    assert column(model, TITLE)[3] == "优化政务服务"
    assert session.undo_stack.undoText() == "修改任务"
    assert len(store_of(session).changes) == 1


def test_that_an_unchanged_or_empty_title_writes_nothing_new() -> None:
    session = open_session()
    model = TaskTableModel(session)
    assert model.setData(model.index(3, TITLE), "优化营商环境")
    assert store_of(session).changes == []
    model.setData(model.index(3, TITLE), "  ")
    assert column(model, TITLE)[3] == "优化营商环境"


def test_that_only_titles_owners_and_deadlines_can_be_edited_and_only_while_allowed() -> None:
    session = open_session()
    model = TaskTableModel(session)

    def editable() -> list[bool]:
        flags = (model.flags(model.index(0, i)) for i in range(len(COLUMNS)))
        return [bool(flag & Qt.ItemFlag.ItemIsEditable) for flag in flags]

    assert editable() == [False, False, True, False, True, True]
    assert not model.setData(model.index(0, NUMBER), "9")
    assert not model.setData(model.index(0, TITLE), "甲", Qt.ItemDataRole.ToolTipRole)
    model.set_editable(False)
    assert editable() == [False] * 6


def test_that_a_refused_title_is_told_and_not_shown(qtbot: QtBot) -> None:
    session = open_session()
    model = TaskTableModel(session)
    store_of(session).refuse = True
    with qtbot.waitSignal(session.failed):
        assert not model.setData(model.index(3, TITLE), "别的名称")
    assert column(model, TITLE)[3] == "优化营商环境"


def test_that_the_item_of_a_row_is_at_hand() -> None:
    model = TaskTableModel(open_session(FakeWorkspace()))
    item = model.data(model.index(2, 0), ITEM_ROLE)
    assert isinstance(item, Item)
    assert item.task.title == "改造提升传统产业"
    assert model.item_at(6) is None
    assert model.item_at(-1) is None
    assert model.row_of("") == -1
    assert model.row_of("nobody") == -1
