"""The card: what it shows, and that nothing typed in it is lost."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain import edits
from app.domain.report import Place
from app.domain.spans import Span
from app.domain.tasks import Comparator, Deadline, DeadlineKind, Item, Owner, Role, TagKind, Target
from app.domain.units import Unit
from app.ui.drafts import Drafts
from app.ui.session import Session
from app.ui.views.card_fields import TextField
from app.ui.views.card_rows import ROWS
from app.ui.views.chips import Chip
from app.ui.views.task_card import TaskCard
from tests.ui.fake_workspace import CARD, SENTENCES, UNITS, open_session, span_of, store_of


class Room:
    """A window with the card, and a field that stands for the report's text; Ctrl+Z undoes in the session."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.session = session
        self.window = QWidget()
        self.text = QLineEdit(self.window)
        self.card = TaskCard(session, Drafts(session), self.window)
        self.card.left.connect(self.text.setFocus)
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.text)
        layout.addWidget(self.card, 1)
        undo = QAction("撤销", self.window)
        undo.setShortcut(QKeySequence("Ctrl+Z"))
        undo.triggered.connect(session.undo_stack.undo)
        self.window.addAction(undo)
        self.window.resize(540, 760)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitExposed(self.window)
        self.text.setFocus()
        qtbot.waitUntil(self.text.hasFocus)

    def select(self, row: int, tag: int | None = None) -> Item:
        item = self.session.items[row]
        self.session.select(item.task.id, "" if tag is None else item.tags[tag].id)
        return item

    def chip(self, row: str, index: int = 0) -> Chip:
        return self.card.chips[row].chips[index]

    def words(self, row: str) -> list[str]:
        return [chip.face.text for chip in self.card.chips[row].chips]

    @property
    def item(self) -> Item:
        item = self.session.current_item
        assert item is not None
        return item

    @property
    def writes(self) -> int:
        return len(store_of(self.session).changes)


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot, open_session())


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


# --- what it shows


def test_that_without_a_selection_the_card_says_how_to_get_one(room: Room) -> None:
    assert room.card._pages.currentIndex() == 1
    room.select(0)
    assert room.card._pages.currentIndex() == 0
    room.session.select("")
    assert room.card._pages.currentIndex() == 1


def test_that_the_head_says_number_state_and_place(room: Room) -> None:
    room.select(1)
    head = room.card.head
    span = span_of(SENTENCES[1])
    assert head.title.text() == "2 · 推动成果落地"
    assert head.badge.text() == "建议"
    assert head.place.text() == f"三、（一） · 原文 {span.start}–{span.end}"
    assert head.place.toolTip().endswith("三、2026年重点工作\n（一）壮大创新动能")
    room.session.submit(edits.change_task(CARD.id, room.item, person="王一鸣"))
    assert (head.badge.text(), head.badge.property("state")) == ("待确认", "draft")
    room.session.submit(edits.accept(CARD.id, [room.item]))
    assert (head.badge.text(), head.badge.property("state")) == ("已确认", "confirmed")


def test_that_the_head_says_page_and_paragraph_of_a_file_that_is_no_text(room: Room) -> None:
    report = room.session.report
    assert report is not None
    item = room.session.items[0]
    span = item.task.spans[0]
    places = (Place(0, 11, 44), Place(span.start, 12, 45), Place(span.start + 1, 12, 46))
    room.session.report = report._replace(reading=report.reading._replace(places=places))
    room.session.select(item.task.id)
    head = room.card.head
    assert head.place.text() == f"三、（一） · 第12页 第45段 · 原文 {span.start}–{span.end}"
    assert head.place.toolTip().endswith("三、2026年重点工作\n（一）壮大创新动能\n第12页 第45段")


def test_that_every_field_and_tag_of_the_task_is_there(room: Room) -> None:
    item = room.session.items[1]
    texts = {spec.name: f"{spec.label}一" for spec in ROWS if spec.name in room.card.fields}
    room.session.submit(edits.change_task(CARD.id, item, **texts))
    room.select(1)
    shown = {name: field.words for name, field in room.card.fields.items()}
    assert shown == texts
    assert set(shown) == {
        "title", "summary", "leader", "person", "measures", "standard", "remarks",
    }  # fmt: skip
    assert room.words("targets") == ["技术合同登记额 ≈ 45 亿元", "中试平台 ＝ 2 个"]
    assert room.words("lead") == ["区科技局"]
    assert room.words("support") == ["区工信局", "区财政局"]
    assert room.words("deadline") == ["年底前 → 2026-12-31"]
    assert room.card.chips["lead"]._note.text() == "成果转化属科技"


def test_that_a_default_deadline_says_so_and_why(room: Room) -> None:
    room.select(2)
    assert room.words("deadline") == ["年底 → 2026-12-31 · 默认"]
    assert room.card.chips["deadline"]._note.text() == "原文没有写时限，默认到期末"


def test_that_chips_tell_suggested_from_stored_by_look_and_word(room: Room) -> None:
    room.select(1)
    assert room.chip("targets").face.is_suggested
    assert room.chip("targets").accessibleName() == "目标：技术合同登记额 ≈ 45 亿元（建议）"
    assert "空格 采纳" in room.chip("targets").toolTip()
    room.session.submit(edits.accept(CARD.id, [room.item]))
    assert not room.chip("targets").face.is_suggested
    assert room.chip("targets").accessibleName() == "目标：技术合同登记额 ≈ 45 亿元（已采纳）"
    assert room.chip("targets").toolTip().endswith("Enter 修改 · Delete 删除")


def test_that_tagged_measures_and_actors_are_shown(room: Room) -> None:
    place = span_of("建成中试平台")
    item = room.session.items[1]
    room.session.submit(edits.add_tag(CARD.id, item, TagKind.MEASURE, None, "建成中试平台", (place,)))
    actor = Owner(Role.ACTOR, "云港科创公司")
    room.session.submit(edits.add_tag(CARD.id, room.session.items[1], TagKind.OWNER, actor, actor.name))
    room.select(1)
    assert room.words("measures_tags") == ["建成中试平台"]
    assert not room.card.chips["measures_tags"].isHidden()
    assert room.card.chips["standard_tags"].isHidden()
    assert room.words("support") == ["区工信局", "区财政局", "云港科创公司（原文主体）"]


def test_that_a_merged_task_shows_each_stretch_and_reveals_the_one_clicked(room: Room, qtbot: QtBot) -> None:
    room.session.submit(edits.merge(CARD.id, list(room.session.items[2:4])))
    room.select(2)
    labels = [label for label in room.card.quotes._labels if not label.isHidden()]
    assert [label.accessibleName() for label in labels] == [SENTENCES[2], SENTENCES[3]]
    with qtbot.waitSignal(room.card.reveal) as shown:
        QTest.mouseClick(labels[1], Qt.MouseButton.LeftButton)
    assert shown.args == [span_of(SENTENCES[3])]
    room.select(0)
    labels = [label for label in room.card.quotes._labels if not label.isHidden()]
    assert [label.accessibleName() for label in labels] == [SENTENCES[0]]


def test_that_a_task_without_a_source_says_so(room: Room) -> None:
    change, task_id = edits.decided_task(CARD.id, "layer-1", "专题会议定事项", "", date(2026, 12, 31))
    room.session.submit(change)
    room.session.select(task_id)
    assert room.card.head.place.text() == "无原文"
    labels = [label for label in room.card.quotes._labels if not label.isHidden()]
    assert [label.accessibleName() for label in labels] == ["专题会议定事项"]


def test_that_the_selected_tag_s_chip_is_marked(room: Room) -> None:
    room.select(1, tag=0)
    assert [room.chip("targets", i).is_current for i in range(2)] == [True, False]
    room.session.select(room.item.task.id)
    assert not room.chip("targets").is_current


def test_that_the_number_follows_when_a_task_before_it_goes(room: Room) -> None:
    room.select(2)
    room.session.submit(edits.dismiss(CARD.id, room.session.items[0]))
    assert room.card.head.title.text() == "2 · 改造提升传统产业"


def test_that_a_removed_task_leaves_the_card_empty(room: Room) -> None:
    room.select(2)
    room.session.submit(edits.dismiss(CARD.id, room.item))
    assert room.card._pages.currentIndex() == 1


# --- typing


def test_that_typed_text_is_written_once_when_the_field_is_left(room: Room) -> None:
    room.select(1)
    room.card.focus_field("summary")
    QTest.keyClicks(focused(), "abc")
    assert room.writes == 0
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert room.item.task.summary == "abc"
    assert room.writes == 1
    room.text.setFocus()
    assert room.writes == 1


def test_that_enter_writes_a_line_and_stays_in_it(room: Room) -> None:
    room.select(1)
    room.card.focus_field("title")
    assert room.card.fields["title"].hasFocus()
    QTest.keyClicks(focused(), "new")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert room.item.task.title == "new"
    assert room.card.fields["title"].hasFocus()
    assert room.card.head.title.text() == "2 · new"


def test_that_enter_makes_a_new_line_in_a_long_field_which_grows(room: Room) -> None:
    room.select(1)
    field = room.card.fields["measures"]
    assert isinstance(field, TextField)
    before = field.height()
    room.card.focus_field("measures")
    QTest.keyClicks(focused(), "a")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    QTest.keyClicks(focused(), "b")
    assert field.words == "a\nb"
    assert field.height() > before
    assert field.verticalScrollBar().maximum() == 0
    room.card.commit_pending()
    assert room.item.task.measures == "a\nb"


def test_that_selecting_another_task_writes_the_text_to_the_one_it_was_typed_for(room: Room) -> None:
    first = room.select(1)
    room.card.focus_field("person")
    QTest.keyClicks(focused(), "zhang")
    room.select(2)
    old = room.session.item(first.task.id)
    assert old is not None
    assert old.task.person == "zhang"
    assert room.item.task.title == "改造提升传统产业"
    assert room.item.task.person == ""
    assert room.card.fields["person"].words == ""


def test_that_escape_writes_and_gives_the_keyboard_back(room: Room, qtbot: QtBot) -> None:
    room.select(1)
    room.card.focus_field("remarks")
    QTest.keyClicks(focused(), "x")
    with qtbot.waitSignal(room.card.left):
        QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert room.item.task.remarks == "x"
    assert room.text.hasFocus()


def test_that_refused_text_stays_and_is_tried_again(room: Room, qtbot: QtBot) -> None:
    room.select(1)
    room.card.focus_field("leader")
    QTest.keyClicks(focused(), "li")
    store_of(room.session).refuse = True
    with qtbot.waitSignal(room.session.failed):
        room.card.commit_pending()
    assert room.card.fields["leader"].words == "li"
    assert room.card.fields["leader"].is_dirty
    store_of(room.session).refuse = False
    room.text.setFocus()
    assert room.item.task.leader == "li"
    assert not room.card.fields["leader"].is_dirty


def test_that_refused_text_is_there_again_when_its_task_is(room: Room) -> None:
    room.select(1)
    room.card.focus_field("leader")
    QTest.keyClicks(focused(), "li")
    store_of(room.session).refuse = True
    room.select(2)
    assert room.card.fields["leader"].words == ""
    room.select(1)
    assert room.card.fields["leader"].words == "li"
    store_of(room.session).refuse = False
    room.card.commit_pending()
    assert room.item.task.leader == "li"
    room.select(2)
    room.select(1)
    room.session.undo_stack.undo()
    assert room.card.fields["leader"].words == ""


def test_that_text_typed_for_a_task_that_is_gone_meanwhile_is_refused_in_words(qtbot: QtBot) -> None:
    session = open_session()
    session.board_loaded.connect(lambda: session.select(""))  # as the table does, which hears of it first
    room = Room(qtbot, session)
    session.submit(edits.accept(CARD.id, [room.select(1)]))
    room.card.focus_field("leader")
    QTest.keyClicks(focused(), "li")
    store_of(session).stored.clear()
    with qtbot.waitSignal(session.failed) as failed:
        session.load_board()
    assert "已在别处修改" in str((failed.args or [None])[0])


def test_that_an_emptied_title_comes_back(room: Room) -> None:
    room.select(1)
    room.card.focus_field("title")
    QTest.keyClick(focused(), Qt.Key.Key_Backspace)
    assert room.card.fields["title"].words == ""
    room.text.setFocus()
    assert room.card.fields["title"].words == "推动成果落地"
    assert room.writes == 0


def test_that_undo_is_the_field_s_own_until_its_text_is_written(room: Room) -> None:
    room.select(1)
    room.session.submit(edits.change_task(CARD.id, room.item, person="wang"))
    room.card.focus_field("leader")
    QTest.keyClicks(focused(), "li")
    QTest.keyClick(focused(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert room.card.fields["leader"].words == ""
    assert room.item.task.person == "wang"
    QTest.keyClick(focused(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert room.item.task.person == ""
    assert room.card.fields["leader"].hasFocus()


def test_that_a_foreign_change_does_not_touch_what_is_being_typed(room: Room) -> None:
    room.select(1)
    room.card.focus_field("leader")
    QTest.keyClicks(focused(), "li")
    room.session.submit(edits.change_task(CARD.id, room.item, leader="zhao", person="wang"))
    assert room.card.fields["leader"].words == "li"
    assert room.card.fields["person"].words == "wang"
    room.card.commit_pending()
    assert room.item.task.leader == "li"


def test_that_tab_goes_through_the_rows_in_order(room: Room) -> None:
    room.select(1)
    room.card.focus_field("title")
    visited: list[str] = []
    for _ in ROWS:
        widget: QWidget | None = focused()
        while widget is not None and not widget.objectName():
            widget = widget.parentWidget()
        assert widget is not None
        visited.append(widget.objectName())
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert visited == [spec.name for spec in ROWS]


def test_that_the_directory_s_leader_stands_where_the_task_names_none(room: Room) -> None:
    listed = [
        Unit(u.id, u.code, u.name, u.short_name, leader="赵副区长") if u.code == "科技" else u for u in UNITS
    ]
    room.session._units = tuple(listed)
    room.select(1)
    assert room.card.fields["leader"].placeholderText() == "赵副区长（按单位名录）"
    room.select(2)
    assert room.card.fields["leader"].placeholderText() == "输入姓名"


# --- chips


def test_that_arrows_walk_a_row_of_chips_to_its_end(room: Room) -> None:
    room.select(1)
    room.card.focus_field("support")
    assert room.chip("support", 0).hasFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Left)
    assert room.chip("support", 0).hasFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    assert room.chip("support", 1).hasFocus()
    for _ in range(2):
        QTest.keyClick(focused(), Qt.Key.Key_Right)
    assert focused() is room.card.chips["support"]._add
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert room.card.editor.units.isVisible()


def test_that_a_click_on_a_chip_selects_its_tag(room: Room) -> None:
    item = room.select(1)
    QTest.mouseClick(room.chip("targets", 1), Qt.MouseButton.LeftButton)
    assert room.session.current.tag_id == item.of_kind(TagKind.TARGET)[1].id


def test_that_space_takes_a_suggested_chip_only(room: Room) -> None:
    room.select(1)
    room.card.focus_field("targets")
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert [tag.version for tag in room.item.of_kind(TagKind.TARGET)] == [1, 0]
    assert room.chip("targets", 0).hasFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert room.writes == 1


def test_that_delete_removes_a_chip_and_keeps_the_keyboard_in_the_row(room: Room) -> None:
    room.select(1)
    room.card.focus_field("support")
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    QTest.keyClick(focused(), Qt.Key.Key_Delete)
    assert room.words("support") == ["区工信局"]
    assert room.chip("support").hasFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Backspace)
    assert room.words("support") == []
    assert focused() is room.card.chips["support"]._add
    room.session.undo_stack.undo()
    assert room.words("support") == ["区工信局"]


def test_that_escape_on_a_chip_gives_the_keyboard_back(room: Room) -> None:
    room.select(1)
    room.card.focus_field("targets")
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert room.text.hasFocus()


def test_that_enter_on_a_target_edits_it(room: Room) -> None:
    room.select(1)
    room.card.focus_field("targets")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    editor = room.card.editor.targets
    assert editor.indicator.text() == "技术合同登记额"
    editor.comparator.choose(Comparator.GE)
    editor.low.setText("50亿")
    QTest.keyClick(editor.low, Qt.Key.Key_Return)
    assert room.words("targets") == ["技术合同登记额 ≥ 50 亿元", "中试平台 ＝ 2 个"]
    changed = room.item.of_kind(TagKind.TARGET)[0]
    assert changed.value == Target("技术合同登记额", Comparator.GE, 5e9, None, "元")
    assert changed.text == "达到45亿元左右"
    assert changed.version == 1
    assert room.chip("targets", 0).hasFocus()


def test_that_a_target_is_added_from_the_keyboard(room: Room) -> None:
    room.select(3)
    room.card.edit_target()
    editor = room.card.editor.targets
    QTest.keyClicks(editor.indicator, "abc")
    QTest.keyClicks(editor.low, "3")
    QTest.keyClicks(editor.unit, "x")
    QTest.keyClick(editor.unit, Qt.Key.Key_Return)
    assert room.words("targets") == ["abc ＝ 3 x"]
    assert room.item.of_kind(TagKind.TARGET)[0].text == "abc"


def test_that_typing_on_the_lead_row_finds_a_unit(room: Room) -> None:
    room.select(1)
    room.card.focus_field("lead")
    QTest.keyClick(focused(), Qt.Key.Key_G)
    picker = room.card.editor.units
    assert picker.line.text() == "g"
    assert picker.line.hasFocus()
    QTest.keyClicks(picker.line, "x")
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert room.words("lead") == ["区工信局"]
    assert room.words("support") == ["区财政局"]
    assert room.item.lead is not None
    assert room.item.lead.value == Owner(Role.LEAD, "区工信局", "工信", "u-gx")
    assert len(room.card.chips["lead"].chips) == 1


def test_that_f2_on_the_lead_s_chip_opens_its_editor(room: Room) -> None:
    room.select(1)
    room.card.focus_field("lead")
    QTest.keyClick(focused(), Qt.Key.Key_F2)
    picker = room.card.editor.units
    assert picker.isVisible()
    QTest.keyClicks(picker.line, "gx")
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert room.words("lead") == ["区工信局"]


def test_that_the_lead_s_editor_offers_the_proposals_first(room: Room) -> None:
    room.select(1)
    room.card.edit_lead()
    rows = room.card.editor.units.list
    assert [rows.item(i).text() for i in range(3)] == ["区科技局", "区工信局", "区发改委"]
    assert rows.item(1).toolTip() == "区工信局\n中试平台"


def test_that_a_supporting_unit_is_added_or_put_in_another_s_place(room: Room) -> None:
    room.select(1)
    room.card.edit_support()
    picker = room.card.editor.units
    QTest.keyClicks(picker.line, "fg")
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert sorted(room.words("support")) == ["区发改委", "区工信局", "区财政局"]
    index = room.words("support").index("区工信局")
    room.card.focus_field("support")
    for _ in range(index):
        QTest.keyClick(focused(), Qt.Key.Key_Right)
    QTest.keyClick(focused(), Qt.Key.Key_F2)
    QTest.keyClicks(picker.line, "cg")
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert sorted(room.words("support")) == ["区发改委", "区城管委", "区财政局"]
    changed = next(t for t in room.item.owners(Role.SUPPORT) if t.text == "区城管委")
    assert changed.value == Owner(Role.SUPPORT, "区城管委", "城管", "u-cg")


def test_that_a_unit_that_supports_already_is_refused_in_words(room: Room, qtbot: QtBot) -> None:
    room.select(1)
    room.session.submit(edits.accept(CARD.id, [room.item]))
    writes = room.writes
    room.card.edit_support()
    picker = room.card.editor.units
    QTest.keyClicks(picker.line, "gx")
    with qtbot.waitSignal(room.session.failed) as failed:
        QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert str((failed.args or [None])[0]) == "区工信局已经是这项任务的责任单位，不用再加。"
    assert room.writes == writes


def test_that_a_deadline_keeps_the_text_s_words_where_it_has_a_place(room: Room) -> None:
    room.select(1)
    room.card.edit_deadline()
    line = room.card.editor.deadlines.line
    assert line.text() == "年底前"
    QTest.keyClicks(line, "6-30")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert room.words("deadline") == ["年底前 → 2026-06-30"]
    room.card.edit_deadline()
    line.setText("持续推进")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert room.words("deadline") == ["持续推进"]
    assert room.item.deadline is not None
    assert room.item.deadline.value == Deadline(DeadlineKind.ROLLING)


def test_that_a_default_deadline_is_replaced_by_what_is_typed(room: Room) -> None:
    room.select(2)
    room.card.focus_field("deadline")
    QTest.keyClick(focused(), Qt.Key.Key_6)
    line = room.card.editor.deadlines.line
    assert line.text() == "6"
    QTest.keyClicks(line, "-15")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert room.words("deadline") == ["6-15 → 2026-06-15"]
    assert len(room.item.of_kind(TagKind.DEADLINE)) == 1


def test_that_a_removed_deadline_can_be_set_again(room: Room) -> None:
    room.select(1)
    room.card.focus_field("deadline")
    QTest.keyClick(focused(), Qt.Key.Key_Delete)
    while room.words("deadline"):
        QTest.keyClick(focused(), Qt.Key.Key_Delete)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    line = room.card.editor.deadlines.line
    assert line.text() == ""
    line.setText("三季度末")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert room.words("deadline") == ["三季度末 → 2026-09-30"]


def test_that_an_answer_goes_to_the_task_it_was_asked_for(room: Room) -> None:
    asked = room.select(1)
    room.card.edit_lead()
    room.session.select(room.session.items[2].task.id)
    room.card.editor.units.line.setText("qczj")
    QTest.keyClick(room.card.editor.units.line, Qt.Key.Key_Return)
    item = room.session.item(asked.task.id)
    assert item is not None
    assert item.lead is not None
    assert item.lead.text == "区财政局"
    assert room.words("lead") == ["区工信局"]


def test_that_an_answer_for_a_task_that_is_gone_is_let_go(room: Room) -> None:
    room.select(1)
    room.card.edit_deadline()
    room.session.submit(edits.dismiss(CARD.id, room.item))
    line = room.card.editor.deadlines.line
    line.setText("三季度末")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert room.writes == 1


def test_that_text_typed_before_an_editor_opens_is_written_first(room: Room) -> None:
    room.select(1)
    room.card.focus_field("summary")
    QTest.keyClicks(focused(), "abc")
    room.card.edit_lead()
    assert room.item.task.summary == "abc"
    QTest.keyClick(room.card.editor.units.line, Qt.Key.Key_Escape)
    assert room.card.fields["summary"].hasFocus()


# --- only looking


def test_that_a_locked_card_says_why_and_changes_nothing(room: Room) -> None:
    room.select(1)
    room.card.set_editable(False, "已提交复核，暂不可修改。")
    assert room.card._notice.text() == "已提交复核，暂不可修改。"
    assert not room.card._notice.isHidden()
    assert all(field.isReadOnly() for field in room.card.fields.values())
    chip = room.chip("targets")
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_A):
        QTest.keyClick(chip, key)
    room.card.edit_lead()
    room.card.edit_deadline()
    assert not room.card.editor.units.isVisible()
    assert not room.card.editor.deadlines.isVisible()
    assert not room.card.editor.targets.isVisible()
    assert room.card.chips["targets"]._add.isHidden()
    assert room.writes == 0
    room.card.set_editable(True)
    assert room.card._notice.isHidden()
    assert not room.card.chips["targets"]._add.isHidden()
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert room.writes == 1


def test_that_fields_without_a_task_take_no_keyboard(room: Room) -> None:
    room.card.focus_field("title")
    room.card.edit_lead()
    room.card.commit_pending()
    assert room.text.hasFocus()
    assert not room.card.editor.units.isVisible()


def test_that_a_quote_s_click_leaves_the_task_selected_and_no_tag(room: Room) -> None:
    item = room.select(1, tag=0)
    revealed: list[Span] = []
    room.card.reveal.connect(revealed.append)
    QTest.mouseClick(room.card.quotes._labels[0], Qt.MouseButton.LeftButton)
    assert revealed == [item.task.spans[0]]
    assert room.session.current.tag_id == ""
