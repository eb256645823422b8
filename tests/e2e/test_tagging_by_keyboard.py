"""The keys over the text, pressed for real."""

from app.domain import edits
from app.domain.changes import Change
from app.domain.spans import Span
from app.domain.tasks import Deadline, Role, TagKind, Target
from app.ui.dialogs.key_sheet import KeySheet
from app.ui.dialogs.reason_dialog import ReasonDialog
from tests.e2e.conftest import Driver


def test_that_enter_accepts_the_task_with_its_tags_and_moves_on(driver: Driver) -> None:
    session = driver.desk.session
    first, second = session.items[:2]
    assert session.current.item_id == first.task.id
    driver.press("Return")
    now = session.items[0]
    assert not now.is_open
    assert all(tag.version for tag in now.tags)
    assert len(now.tags) == len(first.tags)
    assert session.current.item_id == second.task.id


def test_that_n_and_p_walk_open_tasks_only(driver: Driver) -> None:
    session = driver.desk.session
    ids = [item.task.id for item in session.items]
    driver.press("N")
    assert session.current.item_id == ids[1]
    driver.press("Return", "P")
    assert session.current.item_id == ids[0]
    driver.press("N")
    assert session.current.item_id == ids[2]


def test_that_tab_walks_tags_where_enter_takes_one_and_delete_dismisses_one(driver: Driver) -> None:
    session = driver.desk.session
    with_target = next(i for i in session.items if len(i.of_kind(TagKind.TARGET)) >= 2)
    session.select(with_target.task.id)
    driver.press("Tab")
    tag = session.current_tag
    assert tag is not None
    assert tag.id == with_target.tags[0].id
    driver.press("Return")
    item = session.current_item
    assert item is not None
    assert item.is_open
    assert not item.is_suggested
    assert [t.version for t in item.tags].count(1) == 1
    after = session.current_tag
    assert after is not None
    assert after.version == 0
    driver.press("Delete")
    item = session.current_item
    assert item is not None
    assert len(item.tags) == len(with_target.tags) - 1
    assert after.id not in [t.id for t in item.tags]


def test_that_a_task_without_a_figure_is_dismissed_at_once_and_undone_with_ctrl_z(driver: Driver) -> None:
    session = driver.desk.session
    plain = next(i for i in session.items if not i.of_kind(TagKind.TARGET))
    count = len(session.items)
    session.select(plain.task.id)
    driver.press("Delete")
    assert len(session.items) == count - 1
    driver.press("Ctrl+Z")
    assert len(session.items) == count
    driver.press("Ctrl+Shift+Z")
    assert len(session.items) == count - 1


def test_that_dismissing_a_figure_asks_why_and_one_digit_answers(driver: Driver) -> None:
    session = driver.desk.session
    figure = next(i for i in session.items if i.of_kind(TagKind.TARGET))
    count = len(session.items)
    session.select(figure.task.id)
    driver.press("Delete")
    assert len(session.items) == count
    dialog = driver.desk.findChild(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    driver.wait(dialog.isActiveWindow)
    driver.press("1", into=dialog)
    assert len(session.items) == count - 1
    report = session.report
    assert report is not None
    dismissals = session.workspace.dismissals(report.layer.id)
    assert [d.reason for d in dismissals] == ["上年成绩，不是任务"]


def test_that_ctrl_enter_accepts_the_rest_of_the_paragraph(driver: Driver) -> None:
    session = driver.desk.session
    report = session.report
    assert report is not None
    blocks = report.reading.shown.blocks

    def paragraph(start: int) -> int:
        place = report.reading.shown.to_shown(Span(start, start + 1))
        assert place is not None
        return next(n for n, b in enumerate(blocks) if b.start <= place.start <= b.end)

    by_paragraph: dict[int, list[str]] = {}
    for item in session.items:
        by_paragraph.setdefault(paragraph(item.start), []).append(item.task.id)
    ids = next(ids for ids in by_paragraph.values() if len(ids) >= 3)
    session.select(ids[1])
    driver.press("Ctrl+Return")
    states = [session.item(i) for i in ids]
    assert [s.is_open for s in states if s] == [True] + [False] * (len(ids) - 1)


def test_that_a_selection_becomes_a_target_with_its_value_read(driver: Driver) -> None:
    session = driver.desk.session
    item = next(i for i in session.items if i.of_kind(TagKind.TARGET))
    tag = item.of_kind(TagKind.TARGET)[0]
    driver.desk.session.submit(_dismissed(driver, item.task.id, tag.id))
    words = tag.text
    source = session.report.reading.source.text if session.report else ""
    start = tag.spans[0].start
    assert source[start:].startswith(words[0])
    driver.desk.view.reveal(Span(start, start + 1))
    for _ in words:
        driver.press("Shift+Right", into=driver.desk.view)
    driver.press("2", into=driver.desk.view)
    made = [t for t in session.items[item.number - 1].of_kind(TagKind.TARGET) if t.version]
    assert [t.spans for t in made] == [tag.spans]
    assert isinstance(made[0].value, Target)
    assert isinstance(tag.value, Target)
    assert (made[0].value.low, made[0].value.unit) == (tag.value.low, tag.value.unit)


def test_that_2_on_a_selected_target_edits_it_and_elsewhere_begins_a_new_one(driver: Driver) -> None:
    session, editor = driver.desk.session, driver.desk.card.editor
    item = next(i for i in session.items if i.tags[0].kind is TagKind.TARGET and len(i.tags) >= 3)
    tag, other = item.tags[0], next(t for t in item.tags if t.kind is TagKind.OWNER)
    assert isinstance(tag.value, Target)
    session.select(item.task.id)
    driver.press("Tab", "2")
    assert editor.targets.isVisible()
    assert editor.targets.indicator.text() == tag.value.indicator
    driver.press("Escape")
    for tag_id in ("", other.id):
        session.select(item.task.id, tag_id)
        driver.press("2")
        assert editor.targets.isVisible()
        assert editor.targets.indicator.text() == ""
        driver.press("Escape")
    session.select(item.task.id, tag.id)
    driver.press("2")
    driver.press("Tab", "Tab", "7", "Return")
    now = session.current_item
    assert now is not None
    changed = [t.value for t in now.of_kind(TagKind.TARGET)]
    assert len(changed) == len(item.of_kind(TagKind.TARGET))
    assert sum(isinstance(v, Target) and 7 in (v.low, v.high) for v in changed) == 1


def test_that_a_wrong_lead_costs_two_keys_and_enter_walks_on(driver: Driver) -> None:
    session = driver.desk.session
    index, item = next((n, i) for n, i in enumerate(session.items) if len(session.proposals(i)) >= 2)
    second = session.proposals(item)[1].code
    session.select(item.task.id)
    driver.press("3", "2", "Return")
    now = session.items[index]
    assert not now.is_open
    assert now.lead is not None
    assert getattr(now.lead.value, "code", "") == second
    assert session.current.item_id == session.items[index + 1].task.id


def _dismissed(driver: Driver, item_id: str, tag_id: str) -> Change:
    item = driver.desk.session.item(item_id)
    assert item is not None
    tag = next(t for t in item.tags if t.id == tag_id)
    return edits.dismiss_tag(driver.desk.session.report_id, item, tag)


def test_that_s_splits_at_the_caret_and_m_merges_with_the_next(driver: Driver) -> None:
    session = driver.desk.session
    source = session.report.reading.source.text if session.report else ""
    item = next(i for i in session.items if "，" in source[i.start + 4 : i.task.spans[0].end - 4])
    at = source.index("，", item.start + 4) + 1
    count = len(session.items)
    driver.go_to(at)
    driver.press("S", into=driver.desk.view)
    assert len(session.items) == count + 1
    parts = [i for i in session.items if i.start in (item.start, at)]
    assert [p.task.spans[0] for p in parts] == [Span(item.start, at), Span(at, item.task.spans[0].end)]
    assert session.current.item_id == parts[0].task.id
    session.select(parts[0].task.id)
    driver.press("M", into=driver.desk.view)
    assert len(session.items) == count
    merged = session.current_item
    assert merged is not None
    assert merged.task.merged_ids == (parts[1].task.id,)


def test_that_1_makes_the_sentence_at_the_caret_a_task_without_a_selection(driver: Driver) -> None:
    session = driver.desk.session
    source = session.report.reading.source.text if session.report else ""
    at = source.index("过去一年") if "过去一年" in source else source.index("2025年")
    count = len(session.items)
    driver.go_to(at)
    driver.press("1", into=driver.desk.view)
    assert len(session.items) == count + 1
    made = session.current_item
    assert made is not None
    assert made.task.quote == session.words(made.task.spans[0])
    assert made.task.spans[0].start <= at < made.task.spans[0].end


def test_that_a_task_keeps_its_default_deadline_and_lead_when_accepted(driver: Driver) -> None:
    session = driver.desk.session
    driver.press("Return")
    item = session.items[0]
    assert item.lead is not None
    assert len(item.owners(Role.LEAD)) == 1
    assert item.deadline is not None
    assert isinstance(item.deadline.value, Deadline)


def test_that_every_key_of_the_table_is_shown_on_the_sheet(driver: Driver) -> None:
    driver.press("F1")
    sheet = driver.window.findChild(KeySheet)
    assert isinstance(sheet, KeySheet)
    assert sheet.isVisible()
    sheet.close()
