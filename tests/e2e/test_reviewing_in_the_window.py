"""What a reviewer's keys do beyond the straight way: gaps, tags by hand, walking, the bottom line."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain import edits
from app.domain.spans import Span
from app.domain.suggestions import Uncovered
from app.domain.tasks import Item, Owner, Role, TagKind
from app.ui.dialogs.reason_dialog import ReasonDialog
from app.ui.views.task_panel import HERE
from tests.e2e.conftest import Answers, Driver


def word(driver: Driver) -> str:
    """The word at the bottom line's right."""
    return driver.desk.keys.word


def keys(driver: Driver) -> list[str]:
    """What the bottom line's keys do."""
    return [words for _key, words in driver.desk.keys._keys]


def mark_words(driver: Driver, start: int, length: int) -> None:
    driver.desk.view.reveal(Span(start, start + 1))
    for _ in range(length):
        driver.press("Shift+Right", into=driver.desk.view)


def made_gaps(driver: Driver) -> list[Uncovered]:
    """Two gaps, in text order: tasks with figures dismissed without a word."""
    session = driver.desk.session
    chosen = [i for i in session.items if i.of_kind(TagKind.TARGET)]
    for item in (chosen[0], chosen[-1]):
        session.submit(edits.dismiss(session.report_id, item))
    ours = {chosen[0].task.spans[0], chosen[-1].task.spans[0]}
    gaps = [gap for gap in session.gaps if gap.span in ours]
    assert len(gaps) == 2
    return gaps


def test_that_u_takes_a_confirmation_back_and_does_nothing_to_an_open_task(driver: Driver) -> None:
    session = driver.desk.session
    driver.press("Return", "P")
    session.select(session.items[0].task.id)
    driver.press("U")
    assert session.items[0].is_open
    assert not session.items[0].is_suggested
    steps = session.undo_stack.count()
    driver.press("U")
    assert session.undo_stack.count() == steps
    session.select("")
    driver.press("U")
    assert session.undo_stack.count() == steps


def test_that_walking_goes_round_both_ends(driver: Driver) -> None:
    session = driver.desk.session
    ids = [item.task.id for item in session.items]
    session.select(ids[0])
    driver.press("P")
    assert session.current.item_id == ids[-1]
    driver.press("N")
    assert session.current.item_id == ids[0]
    driver.press("N", "N", "P")
    assert session.current.item_id == ids[1]


def test_that_enter_where_there_is_no_task_walks_to_the_next_one(driver: Driver) -> None:
    session = driver.desk.session
    driver.go_to(session.items[40].start)
    session.select("")
    steps = session.undo_stack.count()
    driver.press("Return", into=driver.desk.view)
    assert session.current.item_id == session.items[40].task.id
    assert session.undo_stack.count() == steps


def test_that_enter_on_a_decided_task_only_walks_on(driver: Driver) -> None:
    session = driver.desk.session
    driver.press("Return")
    session.select(session.items[0].task.id)
    driver.press("Return")
    assert session.undo_stack.count() == 1
    assert session.current.item_id == session.items[1].task.id


def test_that_when_all_is_decided_the_bottom_line_says_so(driver: Driver) -> None:
    session = driver.desk.session
    session.submit(edits.accept(session.report_id, session.items))
    here = session.current
    for key in ("N", "P"):
        driver.desk.say("")
        driver.press(key)
        assert word(driver) == "全部任务都已处理"
    assert session.current.item_id == here.item_id or session.current_item is not None
    count = len(session.items)
    assert driver.desk.keys._state.text().startswith(f"已处理 {count} / {count} · 遗漏 ")
    assert driver.desk.keys._state.text().endswith(f"遗漏 {len(session.gaps)} · 已保存")


def test_that_tab_goes_round_a_task_s_tags_both_ways_and_esc_leaves_them(driver: Driver) -> None:
    session = driver.desk.session
    item = next(i for i in session.items if len(i.tags) >= 3)
    ids = [tag.id for tag in item.tags]
    session.select(item.task.id)
    driver.press("Shift+Tab")
    assert session.current.tag_id == ids[-1]
    driver.press("Shift+Tab")
    assert session.current.tag_id == ids[-2]
    driver.press("Tab", "Tab")
    assert session.current.tag_id == ids[0]
    assert keys(driver)[:2] == ["采纳此标注", "忽略此标注"]
    driver.press("Escape")
    assert (session.current.item_id, session.current.tag_id) == (item.task.id, "")
    assert keys(driver)[:2] == ["采纳并下一条", "忽略"]


def test_that_a_tag_taken_goes_to_the_next_that_waits_and_the_last_to_the_task(driver: Driver) -> None:
    session = driver.desk.session
    item = next(i for i in session.items if len(i.tags) >= 3)
    session.select(item.task.id)
    driver.press("Tab")
    for count in range(1, len(item.tags) + 1):
        driver.press("Return")
        now = session.current_item
        assert now is not None
        assert sum(tag.version > 0 for tag in now.tags) == count
        assert (session.current_tag is None) is (count == len(item.tags))
    driver.press("Tab")
    steps = session.undo_stack.count()
    driver.press("Return")
    assert session.undo_stack.count() == steps


def test_that_dismissing_tags_goes_to_the_one_in_their_place_then_to_the_last(driver: Driver) -> None:
    session = driver.desk.session
    item = next(i for i in session.items if len(i.tags) >= 3)
    session.select(item.task.id, item.tags[1].id)
    driver.press("Delete")
    assert session.current_tag is not None
    assert session.current_tag.text == item.tags[2].text
    session.select(session.current.item_id, session.current_item.tags[-1].id if session.current_item else "")
    driver.press("Delete")
    now = session.current_item
    assert now is not None
    assert session.current_tag == now.tags[-1]


def test_that_g_walks_the_gaps_and_delete_dismisses_one_for_a_reason(driver: Driver) -> None:
    session = driver.desk.session
    first, last = made_gaps(driver)
    driver.go_to(first.span.start - 1)
    driver.press("G", into=driver.desk.view)
    at = driver.desk.view.caret_source()
    assert at is not None
    assert session.gaps[0].span.start <= at
    driver.desk.coverage.chosen.emit(last)
    assert word(driver).startswith(last.reason)
    assert driver.desk.view.caret_source() == last.span.start
    assert session.current.item_id == ""
    driver.press("Delete", into=driver.desk.view)
    dialog = driver.desk.findChild(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    driver.wait(dialog.isActiveWindow)
    driver.press("2", into=dialog)
    assert last not in session.gaps
    report = session.report
    assert report is not None
    said = {d.key: d.reason for d in session.workspace.dismissals(report.layer.id)}
    assert said[f"sentence:{last.span.start}-{last.span.end}"] == "情况描述或口号"


def test_that_g_after_the_last_gap_goes_to_the_first_and_without_gaps_says_so(driver: Driver) -> None:
    session = driver.desk.session
    made_gaps(driver)
    gaps = session.gaps
    for gap in gaps:
        driver.desk.tagging.show_gap(gap)
        assert driver.desk.view.caret_source() == gap.span.start
    driver.press("G", into=driver.desk.view)
    assert driver.desk.view.caret_source() == gaps[0].span.start
    driver.press("G", into=driver.desk.view)
    assert driver.desk.view.caret_source() == gaps[1].span.start
    assert session.report is not None
    for gap in gaps:
        session.submit(edits.dismiss_sentence(session.report_id, session.report.layer.id, gap.span, "口号"))
    driver.press("G", into=driver.desk.view)
    assert word(driver) == "没有遗漏"


def test_that_a_gap_left_by_the_caret_is_not_dismissed_with_delete(driver: Driver) -> None:
    session = driver.desk.session
    gap = made_gaps(driver)[0]
    driver.desk.tagging.show_gap(gap)
    driver.go_to(session.items[40].start)
    session.select("")
    steps = session.undo_stack.count()
    driver.press("Delete", into=driver.desk.view)
    assert driver.desk.findChild(ReasonDialog) is None
    assert session.undo_stack.count() == steps


def inside(driver: Driver) -> tuple[Item, int]:
    """A task without owners of its own in the text, and where in it nothing is tagged."""
    item = next(
        i
        for i in driver.desk.session.items
        if not i.of_kind(TagKind.TARGET) and i.lead and not any(t.spans for t in i.tags)
    )
    return item, item.start + 2


@pytest.mark.parametrize(
    ("key", "kind"), [("4", TagKind.DEADLINE), ("5", TagKind.MEASURE), ("6", TagKind.STANDARD)]
)
def test_that_a_digit_tags_the_selected_words_as_its_kind(driver: Driver, key: str, kind: TagKind) -> None:
    item, at = inside(driver)
    mark_words(driver, at, 2)
    chosen = driver.desk.view.selected_span()
    assert chosen is not None
    driver.press(key, into=driver.desk.view)
    now = driver.desk.session.items[item.number - 1]
    (made,) = [tag for tag in now.tags if tag.spans]
    assert (made.kind, made.spans, made.text) == (kind, (chosen,), driver.desk.session.words(chosen))
    assert driver.desk.view.selected_span() is None


def test_that_the_first_body_tagged_leads_and_the_next_supports(driver: Driver) -> None:
    session = driver.desk.session
    item, at = inside(driver)
    for start in (at, at + 4):
        mark_words(driver, start, 2)
        driver.press("3", into=driver.desk.view)
    now = session.items[item.number - 1]
    roles = [t.value.role for t in now.tags if t.spans and isinstance(t.value, Owner)]
    assert roles == [Role.LEAD, Role.SUPPORT]


def test_that_words_outside_every_task_are_not_tagged(driver: Driver) -> None:
    session = driver.desk.session
    mark_words(driver, 0, 2)
    driver.press("5", into=driver.desk.view)
    assert word(driver) == "选中的文字不在任务里：先按 1 立为任务"
    assert session.undo_stack.count() == 0
    driver.desk.view.drop_selection()
    session.select("")
    driver.press("5", into=driver.desk.view)
    assert word(driver) == "先选中原文，或先走到一项任务"


def test_that_a_digit_without_selected_words_goes_to_its_field_and_esc_comes_back(driver: Driver) -> None:
    desk = driver.desk
    for key, name in (("5", "measures"), ("6", "standard"), ("E", "title")):
        driver.press(key, into=desk.view)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus is desk.card.fields[name]
        assert keys(driver)[:2] == ["下一栏", "回到原文"]
        driver.press("Escape")
        assert desk.view.hasFocus()
        assert keys(driver)[0] == "采纳并下一条"


def test_that_m_on_the_last_task_says_what_to_do(driver: Driver, answers: Answers) -> None:
    session = driver.desk.session
    count = len(session.items)
    session.select(session.items[-1].task.id)
    driver.press("M", into=driver.desk.view)
    session.select("")
    driver.press("M", into=driver.desk.view)
    assert len(session.items) == count
    assert [told[:9] for told in answers.told] == ["请先选中要合并的任"] * 2


def test_that_m_merges_the_rows_selected_in_the_table(driver: Driver) -> None:
    session, table = driver.desk.session, driver.desk.panel.table
    items = session.items
    session.select(items[4].task.id)
    table.setFocus()
    driver.press("Shift+Down", into=table)
    assert len(driver.desk.panel.selected_ids()) == 2
    driver.press("M", into=table)
    assert len(session.items) == len(items) - 1
    assert session.items[4].task.spans == tuple(s for i in items[4:6] for s in i.task.spans)
    session.select(session.items[1].task.id)
    driver.press("Shift+Down", "Shift+Down", into=table)
    driver.press("M", into=table)
    assert len(session.items) == len(items) - 3


def test_that_the_task_that_follows_a_dismissed_one_is_selected(driver: Driver) -> None:
    session = driver.desk.session
    plain = [i for i in session.items if not i.of_kind(TagKind.TARGET)]
    following = session.items[plain[0].number]
    session.select(plain[0].task.id)
    driver.press("Delete")
    assert session.current.item_id == following.task.id


def test_that_undoing_and_redoing_say_what(driver: Driver) -> None:
    driver.press("Ctrl+Z")
    assert word(driver) == "没有可撤销的操作"
    driver.press("Ctrl+Shift+Z")
    assert word(driver) == "没有可重做的操作"
    driver.press("Return")
    assert word(driver) == ""
    label = driver.desk.session.undo_stack.undoText()
    driver.press("Ctrl+Z")
    assert word(driver) == f"已撤销：{label}"
    driver.press("Ctrl+Shift+Z")
    assert word(driver) == f"已重做：{label}"


def test_that_the_section_chosen_is_shown_in_text_table_and_outline(driver: Driver) -> None:
    desk = driver.desk
    report = desk.session.report
    assert report is not None
    sections = report.reading.sections
    section = next(
        s for s in sections[3:] if sum(s.span.start <= i.start < s.span.end for i in desk.session.items) > 0
    )
    inner = [i for i in desk.session.items if section.span.start <= i.start < section.span.end]
    desk.outline._tree.setFocus()
    desk.outline.chosen.emit(section.span)
    assert desk.view.caret_source() == section.span.start
    assert desk.view.hasFocus()
    desk.panel.narrow(HERE)
    assert desk.panel.table.model().rowCount() == len(inner)
    last = desk.session.items[-1]
    desk.session.select(last.task.id)
    current = desk.outline._tree.currentItem()
    around = [s.title for s in sections if s.span.start <= last.start < s.span.end]
    assert current is not None
    assert current.text(0) == around[-1]


def test_that_esc_leaves_the_panels_at_the_side_for_the_text(driver: Driver) -> None:
    for panel in (driver.desk.outline._tree, driver.desk.coverage._list):
        panel.setFocus()
        assert not driver.desk.view.hasFocus()
        driver.press("Escape", into=panel)
        assert driver.desk.view.hasFocus()


def test_that_the_search_counts_names_its_keys_and_is_walked_by_f3(driver: Driver) -> None:
    desk = driver.desk
    driver.press("Ctrl+F", into=driver.window)
    assert keys(driver)[:2] == ["下一处", "上一处"]
    counted: list[str] = []
    desk.search.counted.connect(counted.append)
    desk.search.setText(" 港口 ")
    source = desk.session.report.reading.shown.text if desk.session.report else ""
    assert counted == [f"{source.count('港口')}处"]
    places: list[int | None] = []
    for key in ("F3", "F3", "Shift+F3"):
        driver.press(key, into=driver.window)
        places.append(desk.view.caret_source())
    assert places[0] == places[2] != places[1]
    driver.press("Ctrl+F", into=driver.window)
    assert desk.search.selectedText() == " 港口 "
    driver.press("Escape", into=desk.search)
    assert counted[-1] == ""
    assert desk.search.text() == ""


def test_that_the_text_grows_and_shrinks_by_keys(driver: Driver) -> None:
    view = driver.desk.view
    driver.press("Ctrl+Equal", into=driver.window)
    grown = view.zoom_percent
    driver.press("Ctrl+0", into=driver.window)
    assert view.zoom_percent == 100
    driver.press("Ctrl+Minus", into=driver.window)
    assert view.zoom_percent < 100 < grown
    driver.desk.search.setFocus()
    driver.press("F6", into=driver.window)
    assert view.hasFocus()


def test_that_a_click_on_a_mark_selects_its_tag_and_on_a_task_the_task(driver: Driver) -> None:
    session, view = driver.desk.session, driver.desk.view
    item = next(i for i in session.items[:6] if any(t.spans for t in i.tags))
    tag = next(t for t in item.tags if t.spans)
    session.select("")
    view.reveal(tag.spans[0])
    place = view.cursorRect().center()
    place.setX(place.x() + 6)
    mark = view.mark_at(place)
    assert mark is not None
    assert mark.id == tag.id
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (session.current.item_id, session.current.tag_id) == (item.task.id, tag.id)
    view.mark_clicked.emit(mark._replace(id=item.task.id))
    assert (session.current.item_id, session.current.tag_id) == (item.task.id, "")


def test_that_without_a_task_s_and_e_do_nothing_and_a_task_needs_words(driver: Driver) -> None:
    session = driver.desk.session
    count = len(session.items)
    driver.go_to(session.items[40].start)
    session.select("")
    driver.press("S", "E", "Tab", "Ctrl+Return", into=driver.desk.view)
    driver.desk.tagging.add_task("  ", "会议议定")
    assert len(session.items) == count
    assert session.undo_stack.count() == 0
    assert driver.desk.view.hasFocus()


def test_that_the_outline_follows_the_caret_where_there_is_no_task(driver: Driver) -> None:
    desk = driver.desk
    report = desk.session.report
    assert report is not None
    starts = [i.start for i in desk.session.items]
    bare = next(s for s in report.reading.sections if not any(s.span.start <= i < s.span.end for i in starts))
    desk.session.select(desk.session.items[-1].task.id)
    driver.go_to(bare.span.start + 1)
    current = desk.outline._tree.currentItem()
    assert current is not None
    assert current.text(0) == bare.title
