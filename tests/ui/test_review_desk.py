"""The review page under real keys: walk, decide, say why, edit, give back, finish."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.decisions import Choice, Field
from app.domain.errors import UserError
from app.domain.layer_moves import MoveName
from app.domain.people import PersonRole, entered
from app.domain.reports import LayerState
from app.domain.spans import Span
from app.review import Status
from app.ui import theme
from app.ui.dialogs.key_sheet import KeySheet
from app.ui.dialogs.reason_dialog import ReasonDialog
from app.ui.review import keys
from app.ui.review.desk import TO_TAGGING, ReviewDesk
from app.ui.review.keys import SPECS
from app.ui.review.table import Progress
from tests.e2e.conftest import Answers
from tests.ui.fake_workspace import CARD, SENTENCES, span_of
from tests.ui.review_samples import REVIEWER, ZHANG, ReviewWorkspace, as_workspace, first, in_review, second


class Page:
    """A review page on the screen, and short words for what a reviewer does."""

    def __init__(self, bot: QtBot, made: ReviewWorkspace) -> None:
        self.bot, self.store = bot, made
        self.answers = Answers()
        self.told: list[object] = []
        self.desk = ReviewDesk(as_workspace(made), self.answers, theme.LIGHT, self.told.append)
        self.window = QWidget()
        column = QVBoxLayout(self.window)
        column.addWidget(self.desk)
        column.addWidget(self.desk.keys)
        self.window.resize(1384, 872)
        bot.addWidget(self.window)
        with bot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        bot.waitUntil(self.window.isActiveWindow)
        self.desk.show_report(CARD.id)

    @property
    def grid(self) -> QWidget:
        return self.desk.body.panel.grid

    def press(self, *names: str, into: QWidget | None = None) -> None:
        for name in names:
            *modifiers, key = name.split("+")
            held = Qt.KeyboardModifier.NoModifier
            for modifier in modifiers:
                word = {"Ctrl": "ControlModifier"}.get(modifier, f"{modifier}Modifier")
                held |= getattr(Qt.KeyboardModifier, word)
            target = into or QApplication.focusWidget() or self.grid
            QTest.keyClick(target, getattr(Qt.Key, f"Key_{key}"), held)

    def at(self, field: Field) -> None:
        session = self.desk.session
        session.go(next(d.key for d in session.differences if d.field is field))

    def here(self) -> Field | None:
        difference = self.desk.session.current_difference
        return difference.field if difference else None

    def choices(self) -> list[Choice | None]:
        return [d.decision.choice if d.decision else None for d in self.desk.session.differences]

    def dialog(self) -> ReasonDialog:
        found = [d for d in self.desk.findChildren(ReasonDialog) if d.isVisible()]
        (dialog,) = found
        self.bot.waitUntil(dialog.isActiveWindow)
        return dialog


@pytest.fixture
def open_page(qtbot: QtBot) -> Iterator[Callable[[ReviewWorkspace], Page]]:
    pages: list[Page] = []

    def opened(made: ReviewWorkspace) -> Page:
        pages.append(Page(qtbot, made))
        return pages[-1]

    yield opened
    for page in pages:
        page.desk.release(is_discarding=True)


@pytest.fixture
def page(open_page: Callable[[ReviewWorkspace], Page]) -> Page:
    return open_page(in_review())


def test_that_the_table_has_the_keyboard_and_n_and_p_walk_the_differences(page: Page) -> None:
    assert QApplication.focusWidget() is page.grid
    walked = []
    for key in ("N", "N", "P", "Down", "Up"):
        page.press(key)
        walked.append(page.here())
    assert walked == [Field.COMPARATOR, Field.DEADLINE, Field.COMPARATOR, Field.DEADLINE, Field.COMPARATOR]
    page.at(Field.TASK)
    page.press("N")
    assert page.here() is Field.SUPPORT
    page.press("P")
    assert page.here() is Field.TASK


def test_that_the_same_keys_work_in_the_text(page: Page) -> None:
    view = page.desk.body.view
    view.setFocus()
    page.press("N", "A", into=view)
    assert page.choices()[1] is Choice.FIRST
    assert page.here() is Field.DEADLINE


def test_that_a_table_without_rows_says_why(page: Page, open_page: Callable[[ReviewWorkspace], Page]) -> None:
    model = page.desk.body.panel.model
    assert (model.total, model.is_own) == (7, False)
    page.desk.body.panel.set_text("没有")
    assert (model.rowCount(), model.total) == (0, 7)
    made = in_review()
    made.person = ZHANG
    own = open_page(made).desk.body.panel.model
    assert (own.total, own.is_own) == (0, True)


def test_that_walking_shows_the_place_in_the_text(page: Page) -> None:
    view = page.desk.body.view
    page.at(Field.TASK)
    assert view.caret_source() == span_of(SENTENCES[5]).start
    page.at(Field.COMPARATOR)
    assert view.caret_source() == span_of("达到45亿元").start
    assert view._canvas.focus.task_id == "a-1"
    assert view._canvas.focus.tag_id == "a-1-达到45亿元左右"


def test_that_every_choice_has_its_key_and_the_next_open_one_follows(page: Page) -> None:
    page.press("X")
    assert page.here() is Field.COMPARATOR
    page.press("B", "A", "0", "B")
    assert page.choices() == [
        Choice.BOTH,
        Choice.SECOND,
        Choice.FIRST,
        Choice.NEITHER,
        Choice.SECOND,
        None,
        None,
    ]
    assert page.here() is Field.LEAD


def test_that_a_refused_key_says_why_and_stays(page: Page) -> None:
    page.at(Field.COMPARATOR)
    page.press("X")
    assert page.here() is Field.COMPARATOR
    assert page.choices() == [None] * 7
    assert "只能有一个" in page.desk.keys.word


def test_that_buttons_are_greyed_out_with_the_reason_and_the_standing_one_is_filled(page: Page) -> None:
    buttons = page.desk.body.bar.buttons
    page.at(Field.COMPARATOR)
    assert [c for c, b in buttons.items() if not b.isEnabled()] == [Choice.BOTH, Choice.NEITHER]
    assert "只能有一个" in buttons[Choice.BOTH].toolTip()
    assert buttons[Choice.FIRST].toolTip() == "按 Shift+A 可以写明理由"
    assert buttons[Choice.EDITED].toolTip() == ""
    assert [c for c, b in buttons.items() if b.property("role") == "primary"] == [Choice.FIRST]
    page.desk.session.decide(Choice.SECOND)
    assert [c for c, b in buttons.items() if b.property("role") == "primary"] == [Choice.SECOND]


def test_that_a_button_does_what_its_key_does_and_gives_the_keyboard_back(page: Page) -> None:
    page.desk.body.view.setFocus()
    QTest.mouseClick(page.desk.body.bar.buttons[Choice.SECOND], Qt.MouseButton.LeftButton)
    assert page.choices()[0] is Choice.SECOND
    assert page.here() is Field.COMPARATOR
    assert QApplication.focusWidget() is page.grid


def test_that_enter_agrees_with_the_whole_task_and_goes_to_the_next(page: Page) -> None:
    page.press("N", "Return")
    assert page.choices() == [None, Choice.FIRST, Choice.FIRST, None, None, None, None]
    assert page.here() is Field.TARGET
    page.press("Enter", "Return", "Return")
    assert page.here() is Field.SUPPORT
    page.press("Return")
    assert None not in page.choices()
    assert page.desk.keys.word == "全部差异都已裁决，按 Ctrl+Enter 定稿"


def test_that_who_only_wants_to_agree_needs_one_key_for_each_task(
    open_page: Callable[[ReviewWorkspace], Page],
) -> None:
    page = open_page(in_review(single=True))
    page.press(*["Return"] * 5)
    assert [d.status for d in page.desk.session.differences] == [Status.DECIDED] * 5
    assert page.desk.session.undo_stack.count() == 5


def test_that_a_reason_is_asked_with_shift_and_one_digit_answers(page: Page) -> None:
    page.press("Shift+B")
    assert page.choices() == [None] * 7
    dialog = page.dialog()
    page.press("1", into=dialog)
    decided = page.desk.session.differences[0].decision
    assert decided is not None
    assert (decided.choice, decided.reason) == (Choice.SECOND, "按原文字面")
    assert page.here() is Field.COMPARATOR


@pytest.mark.parametrize(
    ("key", "choice"),
    [
        ("Shift+A", Choice.FIRST),
        ("Shift+X", Choice.BOTH),
        ("Shift+0", Choice.NEITHER),
        ("R", Choice.RETURNED),
    ],
)
def test_that_a_reason_can_be_typed(page: Page, key: str, choice: Choice) -> None:
    page.press(key)
    dialog = page.dialog()
    dialog.words.setText("两家都有职责")
    page.press("Return", into=dialog.words)
    decided = page.desk.session.differences[0].decision
    assert decided is not None
    assert (decided.choice, decided.reason) == (choice, "两家都有职责")


def test_that_what_makes_no_sense_asks_for_no_reason(page: Page) -> None:
    page.at(Field.COMPARATOR)
    page.press("Shift+X")
    assert page.desk.findChildren(ReasonDialog) == []
    assert "只能有一个" in page.desk.keys.word


def test_that_undo_and_redo_say_what_and_go_there(page: Page) -> None:
    page.press("B", "A")
    page.desk.acts()["undo"]()
    assert page.here() is Field.COMPARATOR
    assert page.desk.keys.word == "已撤销：裁决比较词：取甲"
    page.desk.acts()["undo"]()
    assert page.choices() == [None] * 7
    page.desk.acts()["undo"]()
    assert page.desk.keys.word == "没有可撤销的操作"
    page.desk.acts()["redo"]()
    assert page.choices()[0] is Choice.SECOND
    assert page.desk.keys.word == "已重做：裁决配合单位：取乙"
    page.desk.acts()["redo"]()
    page.desk.acts()["redo"]()
    assert page.desk.keys.word == "没有可重做的操作"


def test_that_e_edits_the_field_in_the_reviewed_layer(page: Page) -> None:
    page.at(Field.LEAD)
    page.press("E")
    picker = page.desk.card.editor.units
    assert picker.isVisible()
    page.press("2", into=QApplication.focusWidget())
    item = page.desk.session.item("a-3")
    assert item is not None
    assert item.lead is not None
    assert item.lead.text == "区科技局"
    assert page.choices()[5] is Choice.EDITED
    assert QApplication.focusWidget() is page.grid


@pytest.mark.parametrize(
    ("field", "editor"),
    [
        (Field.COMPARATOR, "targets"),
        (Field.TARGET, "targets"),
        (Field.SUPPORT, "units"),
        (Field.DEADLINE, "deadlines"),
    ],
)
def test_that_e_opens_the_editor_of_the_field(page: Page, field: Field, editor: str) -> None:
    page.at(field)
    page.press("E")
    assert getattr(page.desk.card.editor, editor).isVisible()
    assert page.desk.body.below.currentWidget() is page.desk.card


def test_that_e_edits_the_target_it_is_about(page: Page) -> None:
    page.at(Field.COMPARATOR)
    page.press("E")
    assert page.desk.card.editor.targets.indicator.text() == "技术合同登记额"


def test_that_e_goes_into_the_fields_line_and_esc_back_to_the_table(page: Page) -> None:
    page.at(Field.SPAN)
    page.press("E")
    title = page.desk.card.fields["title"]
    assert title.hasFocus()
    assert page.desk.keys._keys == keys.FIELD
    page.press("Escape", into=title)
    assert QApplication.focusWidget() is page.grid
    assert page.desk.body.below.currentWidget() is page.desk.body.agreement


def test_that_a_task_that_is_not_there_cannot_be_edited(page: Page) -> None:
    page.at(Field.TASK)
    page.press("E")
    assert page.desk._card is None
    assert "先取" in page.desk.keys.word


def test_that_c_writes_a_remark_and_esc_leaves(page: Page) -> None:
    page.press("C")
    line = page.desk.body.comments.line
    assert line.hasFocus()
    assert page.desk.keys._keys == keys.WRITING
    QTest.keyClicks(line, "abx")
    page.press("Return", into=line)
    assert [c.text for c in page.store.comments(CARD.id)] == ["abx"]
    assert page.choices() == [None] * 7
    page.press("Escape", into=line)
    assert QApplication.focusWidget() is page.grid


def test_that_the_filter_narrows_and_deciding_goes_on_inside_it(page: Page) -> None:
    from dataclasses import replace

    panel = page.desk.body.panel
    panel.narrow(replace(panel.model.filter, progress=Progress.OPEN))
    assert panel.button.text() == "已裁决 0 / 7 · 筛选：待裁决 7"
    page.press("A", "A")
    assert panel.shown[0].field is Field.DEADLINE
    assert page.here() is Field.DEADLINE
    assert panel.button.text() == "已裁决 2 / 7 · 筛选：待裁决 5"
    panel.clear()
    assert panel.button.text() == "已裁决 2 / 7 · 筛选"


def test_that_the_filters_menu_offers_sections_states_and_the_fields_that_differ(page: Page) -> None:
    panel = page.desk.body.panel
    page.at(Field.TASK)
    panel._menu.aboutToShow.emit()
    actions = {a.text(): a for a in panel._menu.actions() if a.text()}
    assert list(actions) == [
        "全文", "本节", "全部", "待裁决", "已裁决", "已退回", "需再看", "所有字段",
        "任务", "任务范围", "目标", "比较词", "牵头单位", "配合单位", "完成时限", "清除筛选",
    ]  # fmt: skip
    assert [t for t, a in actions.items() if a.isChecked()] == ["全文", "全部", "所有字段"]
    actions["本节"].trigger()
    assert [d.field for d in panel.shown] == [Field.TASK]
    assert panel.button.text().endswith("筛选：本节 1")
    panel._menu.aboutToShow.emit()
    next(a for a in panel._menu.actions() if a.text() == "全文").trigger()
    panel._menu.aboutToShow.emit()
    next(a for a in panel._menu.actions() if a.text() == "牵头单位").trigger()
    assert [d.field for d in panel.shown] == [Field.LEAD]
    panel._menu.aboutToShow.emit()
    next(a for a in panel._menu.actions() if a.text() == "清除筛选").trigger()
    assert len(panel.shown) == 7


def test_that_search_finds_in_the_text_and_in_the_table(page: Page) -> None:
    page.press("Slash")
    search = page.desk.body.search
    assert search.hasFocus()
    assert page.desk.keys._keys == keys.SEARCHING
    QTest.keyClicks(search, "45")
    assert [d.field for d in page.desk.body.panel.shown] == []
    search.clear()
    search.setText("技改")
    assert [d.field for d in page.desk.body.panel.shown] == [Field.TARGET]
    page.press("Escape", into=search)
    assert len(page.desk.body.panel.shown) == 7


def test_that_a_click_in_the_text_goes_to_the_difference(page: Page) -> None:
    view = page.desk.body.view
    place = span_of("年底前")
    view.reveal(Span(place.start, place.start + 1))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.cursorRect().center())
    assert page.here() is Field.DEADLINE


def test_that_ctrl_enter_goes_to_the_first_open_one_and_says_how_many(page: Page) -> None:
    page.at(Field.TASK)
    page.press("Ctrl+Return")
    assert page.here() is Field.SUPPORT
    assert page.desk.keys.word == "还有7处没有裁决完，不能定稿：已到第一处"
    assert page.answers.told == []


def test_that_ctrl_enter_finalises_after_asking_and_locks_the_page(page: Page) -> None:
    page.press(*["Return"] * 6)
    page.press("Ctrl+Return")
    assert len(page.answers.told) == 1
    review = page.desk.session.review
    assert review is not None
    assert review.layer.state is LayerState.FINAL
    assert page.desk.body.flow.text() == "已定稿 ▾"
    assert page.desk.keys.word == "已定稿，台账从它导出（Alt+3）"
    page.press("A")
    assert "已经定稿" in page.desk.keys.word
    assert not any(b.isEnabled() for b in page.desk.body.bar.buttons.values())
    page.press("Ctrl+Return")
    assert isinstance(page.told[-1], UserError)
    assert page.desk.keys._keys == keys.READING


def test_that_without_a_review_there_is_nothing_to_finalise(
    open_page: Callable[[ReviewWorkspace], Page],
) -> None:
    page = open_page(ReviewWorkspace(first(), second()))
    page.desk.run("finalise")
    assert (page.answers.told, page.told) == ([], [])


def test_that_a_final_layer_is_opened_again_with_a_reason(page: Page) -> None:
    page.press(*["Return"] * 6)
    page.press("Ctrl+Return")
    flow(page)["重新打开定稿…"].trigger()
    page.press("1", into=page.dialog())
    review = page.desk.session.review
    assert review is not None
    assert review.layer.state is LayerState.IN_REVIEW
    assert page.desk.body.flow.text() == "复核中 ▾"
    assert page.desk.keys.word == "已重新打开，可以接着改"


def flow(page: Page) -> dict[str, QAction]:
    menu = page.desk.body.flow.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    return {a.text(): a for a in menu.actions() if a.text()}


def test_that_what_may_not_be_done_with_a_layer_is_greyed_out_and_says_why(page: Page) -> None:
    actions = flow(page)
    assert list(actions) == [
        "定稿　Ctrl+Enter",
        "退回甲（张三）修改…",
        "退回乙（李四）修改…",
        "重新打开定稿…",
        "标注层和状态　L",
    ]
    reopen = actions["重新打开定稿…"]
    assert not reopen.isEnabled()
    assert "只有“已定稿”时才能" in reopen.toolTip()
    assert actions["定稿　Ctrl+Enter"].isEnabled()


def test_that_an_annotator_gets_the_layer_back_with_a_reason(page: Page) -> None:
    page.press("R")
    page.press("2", into=page.dialog())
    flow(page)["退回乙（李四）修改…"].trigger()
    dialog = page.dialog()
    assert "已标明退回的有1处（配合单位）" in dialog.findChildren(type(page.desk.body.legend))[0].text()
    page.press("1", into=dialog)
    states = {layer.author: layer.state for layer in page.desk.session.layers}
    assert states["李四"] is LayerState.RETURNED
    assert states["张三"] is LayerState.IN_REVIEW
    page.desk.body.flow.asked.emit(MoveName.RETURN, "layer-b")  # from a menu that was open all the while
    assert isinstance(page.told[-1], UserError)
    page.desk.body.flow.asked.emit(MoveName.RETURN, "layer-c")
    assert str(page.told[-1]) == "这份标注已经不在了。"


def test_that_l_shows_the_layers_and_esc_comes_back(page: Page) -> None:
    page.press("L")
    assert page.desk._pages.currentWidget() is page.desk.layers
    assert page.desk.keys._keys == keys.CHOOSING
    page.press("Escape", into=page.desk.layers.start)
    assert page.desk._pages.currentWidget() is page.desk.body
    assert QApplication.focusWidget() is page.grid


def test_that_a_review_is_begun_from_the_layers_by_enter(
    open_page: Callable[[ReviewWorkspace], Page],
) -> None:
    page = open_page(ReviewWorkspace(first(), second()))
    assert page.desk._pages.currentWidget() is page.desk.layers
    assert page.desk.keys._keys == keys.BEGINNING
    assert page.desk.layers.chosen == ["layer-a", "layer-b"]
    page.press("Return", into=page.desk.layers.boxes["layer-a"])
    assert page.desk._pages.currentWidget() is page.desk.body
    assert len(page.desk.session.differences) == 7
    assert QApplication.focusWidget() is page.grid


def test_that_a_refused_start_is_told(open_page: Callable[[ReviewWorkspace], Page]) -> None:
    page = open_page(ReviewWorkspace(first(), second()))
    page.store.person = ZHANG
    page.press("Return", into=page.desk.layers.boxes["layer-a"])
    assert "不能复核自己的标注" in str(page.told[0])
    assert page.desk._pages.currentWidget() is page.desk.layers


def test_that_the_heads_the_title_and_the_bottom_line_say_where_one_is(page: Page) -> None:
    titles: list[str] = []
    page.desk.titled.connect(titles.append)
    page.desk.show_report(CARD.id)
    assert titles[-1] == "云港区2026年政府工作报告 · 复核人 王复核 · 复核中"
    assert page.desk.body.legend.text() == "下线 甲（张三）　上线 乙（李四）　灰 一致"
    assert page.desk.keys._state.text() == "已裁决 0 / 7 · 未复核本人标注 · 已保存"
    assert page.desk.keys._keys == keys.REVIEWING
    page.press("A")
    assert page.desk.keys._state.text() == "已裁决 1 / 7 · 未复核本人标注 · 已保存"
    assert page.desk.body.panel.title.text() == "差异"


def test_that_with_one_layer_the_task_is_shown_whole_and_agreed_with(
    open_page: Callable[[ReviewWorkspace], Page],
) -> None:
    page = open_page(in_review(single=True))
    assert page.desk.body.legend.text() == "甲（张三）的标注"
    assert page.desk.body.panel.title.text() == "任务"
    assert page.desk.body.below.currentWidget() is page.desk.card
    buttons = page.desk.body.bar.buttons
    assert [c for c, b in buttons.items() if b.isVisible()] == [
        Choice.FIRST,
        Choice.EDITED,
        Choice.NEITHER,
        Choice.RETURNED,
    ]
    assert page.desk.keys._keys == keys.AGREEING
    assert page.desk.body.view._canvas.places.marks.within(span_of("40项"))[0].kind in {"target", "task"}
    page.press("0")
    assert page.choices()[0] is Choice.NEITHER
    found = page.desk.body.view._canvas.places.marks.within(span_of("20家以上"))
    assert found == []


def test_that_a_layers_author_sees_what_changed_and_decides_nothing(
    open_page: Callable[[ReviewWorkspace], Page],
) -> None:
    made = in_review()
    page = open_page(made)
    page.at(Field.COMPARATOR)
    page.desk.session.decide(Choice.SECOND, "原文没有约数")
    made.person = ZHANG
    own = open_page(made)
    assert own.desk.body.legend.text() == "下线 我的标注　上线 复核结果　灰 一致"
    assert not own.desk.body.bar.isVisible()
    assert own.desk.body.panel.button.text() == "1 处改动 · 筛选"
    assert own.desk.body.panel.title.text() == "改动"
    assert own.desk.body.decision.text().endswith("取另一方：原文没有约数")
    assert own.desk.keys._state.text() == "复核改动了1处 · 已保存"
    own.press("A", "Return", "X")
    assert made.ruled.keys() == {d.decision.id for d in own.desk.session.differences if d.decision}
    own.press("C")
    QTest.keyClicks(own.desk.body.comments.line, "ok")
    own.press("Return", into=own.desk.body.comments.line)
    assert [c.who for c in made.comments(CARD.id)] == ["张三"]


def test_that_the_author_of_the_only_layer_compares_it_with_what_came_of_it(
    open_page: Callable[[ReviewWorkspace], Page],
) -> None:
    made = in_review(single=True)
    page = open_page(made)
    page.press("0")
    made.person = ZHANG
    own = open_page(made)
    assert own.desk.body.legend.text() == "下线 我的标注　上线 复核结果　灰 一致"
    assert not own.desk.body.panel.grid.isColumnHidden(3)
    assert [(d.field, d.second) for d in own.desk.session.differences] == [(Field.TASK, "")]
    kinds = {m.kind for m in own.desk.body.view._canvas.places.marks.within(span_of("20家以上"))}
    assert kinds == {"task", "first:target", "first:task"}


def test_that_f1_shows_every_key_of_the_page(page: Page) -> None:
    page.desk.acts()["key_sheet"]()
    sheet = page.desk.findChild(KeySheet)
    assert isinstance(sheet, KeySheet)
    words = {label.text() for label in sheet.findChildren(type(page.desk.body.legend))}
    assert {spec.text for spec in SPECS} <= words
    assert {"复核页", "N、↓", "文件"} <= words
    assert "采纳并下一条" not in words
    sheet.close()


def test_that_no_key_of_the_page_means_two_things() -> None:
    used = [key for spec in SPECS for key in spec.keys]
    assert len(used) == len(set(used))


def test_that_the_windows_keys_act_on_the_page(page: Page) -> None:
    acts = page.desk.acts()
    acts["zoom_in"]()
    assert page.desk.body.view.zoom_percent == 110
    acts["zoom_out"]()
    acts["zoom_out"]()
    assert page.desk.body.view.zoom_percent == 90
    acts["zoom_reset"]()
    assert page.desk.body.view.zoom_percent == 100
    acts["focus_text"]()
    assert page.desk.body.view.hasFocus()
    acts["new_task"]()
    assert page.desk.keys.word == TO_TAGGING


def test_that_another_theme_repaints_the_text(page: Page) -> None:
    page.desk.set_theme(theme.DARK)
    assert page.desk.body.view._colours.panel == theme.DARK.panel
    page.desk.set_theme(theme.LIGHT)
    assert page.desk.body.view._colours.panel == theme.LIGHT.panel


def test_that_without_a_report_the_page_is_empty(page: Page) -> None:
    page.desk.show_report("")
    assert page.desk._pages.currentIndex() == 2
    assert page.desk.acts() == {}
    assert page.desk.keys._state.text() == ""


def test_that_the_agreement_is_shown_without_asking_by_section_too(page: Page) -> None:
    panel = page.desk.body.agreement
    page.bot.waitUntil(lambda: bool(panel.view.chart.bars))
    whole = panel.view.chart
    assert panel.button.text() == "全文 · 边界容差 2 字"
    assert whole.title == "云港区2026年政府工作报告　一致性 · 全文 · 边界容差 2 字"
    assert "任务范围" in [bar.label for bar in whole.bars]
    section = next(a for a in panel._menu.actions() if a.text().startswith("（二）"))
    section.trigger()
    assert panel.button.text() == "（二）改善城市面貌 · 边界容差 2 字"
    assert panel.view.chart.bars != whole.bars


def test_that_the_agreement_is_written_as_a_table_and_as_a_picture(page: Page, tmp_path: Path) -> None:
    agreeing = page.desk.agreeing
    agreeing.write_table()
    assert page.desk.keys.word == ""
    agreeing.compute()
    table, picture = tmp_path / "一致性.csv", tmp_path / "一致性.png"
    page.answers.files = [table, picture]
    agreeing.write_table()
    assert page.desk.keys.word == "已导出 一致性.csv"
    agreeing.write_picture()
    assert page.desk.keys.word == "已导出 一致性.png"
    assert table.read_text(encoding="utf-8-sig").startswith("章节,字段")
    assert picture.stat().st_size > 1000
    agreeing.write_table()
    assert page.told == []
    page.answers.files = [tmp_path / "nowhere" / "一致性.csv"]
    agreeing.write_table()
    assert "不能写入" in str(page.told[0])


def test_that_one_layer_has_no_agreement(open_page: Callable[[ReviewWorkspace], Page]) -> None:
    page = open_page(in_review(single=True))
    page.desk.agreeing.compute()
    assert page.desk.body.agreement.view.chart.bars == ()
    page.desk.agreeing.show_section(-1)
    assert page.desk.body.agreement.button.text() == ""


def test_that_a_draft_of_the_card_is_taken_up_again(open_page: Callable[[ReviewWorkspace], Page]) -> None:
    made = in_review()
    mine = f"draft:review:{REVIEWER.id}"
    made.settings[mine] = {
        "report": CARD.id,
        "item": "a-1",
        "field": "summary",
        "text": "建成平台",
    }
    page = open_page(made)
    item = page.desk.session.item("a-1")
    assert item is not None
    assert item.task.summary == "建成平台"
    assert page.desk.keys.word == "已恢复没有写完的修改"
    assert made.settings[mine] is None


def test_that_a_stranger_reads_why_nothing_can_be_decided(
    open_page: Callable[[ReviewWorkspace], Page],
) -> None:
    page = open_page(in_review(person=entered("赵六", (PersonRole.COORDINATOR,))))
    assert "不是复核人" in page.desk.body.bar.buttons[Choice.FIRST].toolTip()
    assert page.desk.keys._keys == keys.READING
