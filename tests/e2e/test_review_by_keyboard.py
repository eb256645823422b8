"""Two people's layers compared and decided by key, from the rail to the final layer and its ledger."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from app.domain import edits
from app.domain.changes import Change, Edit
from app.domain.decisions import Choice
from app.domain.layer_moves import MoveName
from app.domain.people import Person, PersonRole, entered
from app.domain.reports import LayerState
from app.domain.tasks import Deadline, DeadlineKind, Item, Owner, Role, TagKind, Target
from app.places import SEEDS
from app.review import Status
from app.ui.dialogs.reason_dialog import ReasonDialog
from app.ui.rail import REVIEW, TAGGING
from app.ui.review.desk import ReviewDesk
from app.workspace import Workspace
from tests.e2e.conftest import Answers, Driver

OPEN = Callable[[Path], Driver]
KEYS = {Choice.FIRST: "A", Choice.SECOND: "B", Choice.BOTH: "X", Choice.NEITHER: "0"}


def enter(workspace: Workspace, name: str, role: PersonRole) -> Person:
    done = workspace.apply(Change("登记", "", (Edit(None, entered(name, (role,))),)))
    person = done.edits[0].after
    assert isinstance(person, Person)
    return person


def tag_everything(workspace: Workspace, report_id: str, *, leaving_out: int = 0) -> None:
    """Accept every suggestion, but for each so-many-th, and hand the layer in."""
    items = workspace.items(report_id)
    taken = [item for n, item in enumerate(items) if not leaving_out or n % leaving_out != 3]
    workspace.apply(edits.accept(report_id, taken))


def submit(workspace: Workspace, report_id: str) -> None:
    workspace.move(MoveName.SUBMIT, workspace.layer(report_id).id)


def differ(workspace: Workspace, report_id: str) -> None:
    """Correct some of what was accepted: leads, figures, deadlines, words, supporters."""
    for number, item in enumerate(i for i in workspace.items(report_id) if not i.is_suggested):
        for change in _corrections(report_id, number, item):
            workspace.apply(change)
            break


def _corrections(report_id: str, number: int, item: Item) -> list[Change]:
    made: list[Change] = []
    targets = item.of_kind(TagKind.TARGET)
    if number % 4 == 0 and targets and isinstance(targets[0].value, Target):
        value = targets[0].value
        if value.low is not None:
            changed = replace(value, low=value.low + 1, high=value.high and value.high + 1)
            made.append(edits.change_tag(report_id, item, targets[0], changed))
    if number % 4 == 1:
        made.append(edits.set_lead(report_id, item, Owner(Role.LEAD, "区督查室")))
    if number % 4 == 2:
        made.append(
            edits.set_deadline(report_id, item, Deadline(DeadlineKind.EXPLICIT, date(2026, 9, 30)), "9月底前")
        )
    if number % 8 == 3:
        made.append(edits.change_task(report_id, item, summary="逐月调度"))
    return made


@pytest.fixture
def handed_in(sample: Path) -> Path:
    """The sample, annotated by 甲 and by 乙 apart, both handed in; 丙, who reviews, is at the window."""
    with Workspace.open(sample, author="甲") as workspace:
        (card,) = workspace.reports()
        first = workspace.person
        assert first is not None
        second = enter(workspace, "乙", PersonRole.ANNOTATOR)
        third = enter(workspace, "丙", PersonRole.REVIEWER)
        tag_everything(workspace, card.id)
        submit(workspace, card.id)
        workspace.sign_in(second.id)
        tag_everything(workspace, card.id, leaving_out=9)
        differ(workspace, card.id)
        submit(workspace, card.id)
        workspace.sign_in(third.id)
    return sample


def reviewing(driver: Driver) -> ReviewDesk:
    """The review page, begun over both layers by key."""
    driver.press("Alt+2")
    assert driver.window.pages is not None
    review = driver.window.pages.review
    assert review is not None
    if review.session.review is None:
        driver.press("Return")
    driver.wait(lambda: review.session.review is not None)
    return review


def decide_by_key(driver: Driver, review: ReviewDesk, *, but: int = 0) -> int:
    """Press one key for each difference that waits, whichever can be taken in turn; how many were pressed."""
    wishes, pressed = cycle(KEYS), 0
    while sum(d.status is Status.OPEN for d in review.session.differences) > but:
        refusals = review.session.refusals(review.session.current_difference)
        choice = next(c for c in wishes if not refusals[c])
        driver.press(KEYS[choice])
        pressed += 1
        assert pressed < 400
    return pressed


def test_that_every_difference_is_decided_by_key_and_the_final_layer_makes_the_ledger(
    handed_in: Path, open_window: OPEN, answers: Answers, tmp_path: Path
) -> None:
    driver = open_window(handed_in)
    review = reviewing(driver)
    session, workspace = review.session, review.session.workspace
    report_id = session.report_id
    fields = {d.field for d in session.differences}
    assert len(session.differences) >= 20
    assert len(fields) >= 5
    driver.press("Ctrl+Return")
    assert "不能定稿" in review.keys.word
    decide_by_key(driver, review, but=1)
    driver.press("Ctrl+Z")
    assert sum(d.status is Status.OPEN for d in session.differences) == 2
    driver.press("Ctrl+Shift+Z")
    driver.press("R")
    dialog = review.findChild(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    driver.wait(dialog.isActiveWindow)
    driver.press("1", into=dialog)
    driver.window.activateWindow()  # as the desktop does when a dialog closes
    driver.wait(review.body.panel.grid.hasFocus)
    waiting = {d.status for d in session.differences if d.is_open}
    assert waiting == {Status.RETURNED, Status.OPEN}
    decide_by_key(driver, review)
    driver.press("Ctrl+Return")
    assert "还有1处" in review.keys.word
    current = session.current_difference
    assert current is not None
    assert current.status is Status.RETURNED
    driver.press("A")
    driver.press("Ctrl+Return")
    final = session.reviewed
    assert final is not None
    assert final.state is LayerState.FINAL
    assert {d.decision.who for d in session.differences if d.decision} == {"丙"}
    assert workspace.counting_layer(report_id).id == final.id
    out = tmp_path / "台账.xlsx"
    answers.files = [out]
    driver.press("Ctrl+E")
    driver.wait(out.exists)
    assert {layer.state for layer in workspace.layers(report_id)} == {LayerState.FINAL}


def test_that_the_annotator_sees_what_review_changed_and_can_change_nothing(
    handed_in: Path, open_window: OPEN
) -> None:
    driver = open_window(handed_in)
    review = reviewing(driver)
    report_id = review.session.report_id
    decide_by_key(driver, review)
    driver.press("Ctrl+Return")
    driver.window.close()
    with Workspace.open(handed_in) as workspace:
        names = {person.name: person.id for person in workspace.people()}
        workspace.sign_in(names["乙"])
    driver = open_window(handed_in)
    own = reviewing(driver)
    changed = own.session.differences
    assert own.session.own_side == "second"
    assert changed
    assert all(d.first != d.second and d.decision and d.decision.who == "丙" for d in changed)
    log = own.session.workspace.log_length()
    driver.press("A", "B", "Return", "0")
    assert own.session.workspace.log_length() == log
    assert own.session.workspace.layer(report_id).state is LayerState.FINAL
    driver.press("Alt+1")
    assert driver.window.pages is not None
    assert driver.window.pages.current == TAGGING.name


def test_that_a_layer_that_was_given_back_goes_on_where_it_was_with_its_decisions(
    handed_in: Path, open_window: OPEN
) -> None:
    driver = open_window(handed_in)
    review = reviewing(driver)
    count = len(review.session.differences)
    driver.press("B", "A")
    kept = {d.key: d.decision.choice for d in review.session.differences if d.decision}
    second = review.session.review.second if review.session.review else None
    assert second is not None
    review.reviewing.send_back(second.layer.id)
    dialog = next(d for d in review.findChildren(ReasonDialog) if d.isVisible())
    driver.wait(dialog.isActiveWindow)
    driver.press("1", into=dialog)
    driver.window.close()
    with Workspace.open(handed_in) as workspace:
        (card,) = workspace.reports()
        names = {person.name: person.id for person in workspace.people()}
        workspace.sign_in(names["乙"])
        item = next(
            i for i in workspace.items(card.id) if not i.is_suggested and i.task.summary != "逐月调度"
        )
        workspace.apply(edits.change_task(card.id, item, remarks="已按意见核对"))
        submit(workspace, card.id)
        workspace.sign_in(names["丙"])
    driver = open_window(handed_in)
    again = reviewing(driver)
    now = {d.key: d for d in again.session.differences}
    assert len(now) == count + 1
    assert {d.key: d.decision.choice for d in now.values() if d.decision} == kept
    bases = [layer for layer in again.session.layers if not layer.is_reviewed]
    assert {layer.state for layer in bases} == {LayerState.IN_REVIEW}
    assert again.session.refusal == ""


def test_that_the_pages_share_the_window_and_each_has_its_keys(handed_in: Path, open_window: OPEN) -> None:
    driver = open_window(handed_in)
    window = driver.window
    assert window.pages is not None
    assert window.pages.review is None
    titles = [window.menuBar().cornerWidget().text()]  # type: ignore[attr-defined]  # the title is a label
    review = reviewing(driver)
    titles.append(window.menuBar().cornerWidget().text())  # type: ignore[attr-defined]  # as above
    assert titles[1] == "云港区2026年政府工作报告 · 复核人 丙 · 复核中"
    assert titles[1] != titles[0]
    assert window.pages.rail.buttons[REVIEW.name].isChecked()
    assert not window._tagging_menu.isEnabled()
    driver.press("B")
    driver.press("Alt+1")
    assert window.pages.rail.buttons[TAGGING.name].isChecked()
    assert window._tagging_menu.isEnabled()
    driver.wait(driver.desk.view.hasFocus)
    driver.wait(lambda: bool(driver.desk.session.items))
    driver.press("Alt+2")
    assert len([d for d in review.session.differences if d.decision]) == 1
    assert review.session.undo_stack.count() == 1
    driver.press("Ctrl+Z")
    assert not [d for d in review.session.differences if d.decision]


def test_that_an_imported_report_is_shown_on_the_page_that_is_open(
    handed_in: Path, open_window: OPEN, tmp_path: Path, answers: Answers
) -> None:
    driver = open_window(handed_in)
    review = reviewing(driver)
    first = review.session.report_id
    other = tmp_path / "另一份.txt"
    text = (SEEDS / "sample_report.txt").read_text(encoding="utf-8")
    other.write_text(text.replace("云港区", "青禾县").replace("2026年", "2027年"), encoding="utf-8")
    answers.files = [other]
    driver.press("Ctrl+I")
    driver.wait(lambda: review.session.report_id != first or bool(answers.told))
    assert answers.told == []
    assert review.session.report_id == driver.desk.session.report_id
    assert review.session.review is None
    assert review._pages.currentWidget() is review.layers


def test_that_of_several_reviews_the_one_that_was_begun_or_opened_is_shown(
    handed_in: Path, open_window: OPEN
) -> None:
    with Workspace.open(handed_in) as workspace:
        (card,) = workspace.reports()
        third = workspace.person
        fourth = entered("丁", (PersonRole.ANNOTATOR,))
        workspace.sign_in(next(p.id for p in workspace.people() if p.name == "甲"))
        workspace.apply(Change("登记", "", (Edit(None, fourth),)))
        workspace.sign_in(fourth.id)
        tag_everything(workspace, card.id, leaving_out=5)
        submit(workspace, card.id)
        assert third is not None
        workspace.sign_in(third.id)
    driver = open_window(handed_in)
    review = reviewing(driver)
    both = review.session.review
    assert both is not None
    assert both.second is not None
    driver.press("L")
    driver.press("Return")
    alone = review.session.review
    assert alone is not None
    assert (alone.first.layer.author, alone.second) == ("丁", None)
    driver.press("L")
    buttons = {b.text(): b for b in review.layers.findChildren(QPushButton) if b.objectName()}
    assert set(buttons) == {"打开复核稿（甲、乙）", "打开复核稿（丁）"}
    buttons["打开复核稿（甲、乙）"].click()
    assert review.session.review is not None
    assert review.session.review.layer.id == both.layer.id
    assert review.body.isVisible()


def test_that_another_person_sees_both_pages_as_theirs(handed_in: Path, open_window: OPEN) -> None:
    driver = open_window(handed_in)
    review = reviewing(driver)
    driver.press("B")
    pages = driver.window.pages
    assert pages is not None
    workspace = review.session.workspace
    first = next(person.id for person in workspace.people() if person.name == "甲")
    workspace.sign_in(first)
    pages.reload()
    driver.wait(lambda: bool(driver.desk.session.items))
    corner = driver.window.menuBar().cornerWidget()
    assert isinstance(corner, QLabel)
    assert corner.text() == "云港区2026年政府工作报告 · 甲 · 复核中"
    assert review.session.own_side == "first"
    assert len(review.session.differences) == 1
    driver.press("Alt+1")
    pages.reload()
    driver.wait(lambda: bool(driver.desk.session.items))
    assert corner.text().startswith("云港区2026年政府工作报告 · 标注人 甲")
    assert pages.current == TAGGING.name
