"""Who works at the window: signing in, taking turns, handing in, correcting what came back; packages dropped on it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from app.domain import edits
from app.domain.changes import Change, Edit
from app.domain.comments import Comment
from app.domain.layer_moves import NOBODY, MoveName
from app.domain.people import PersonRole, entered
from app.domain.reports import LayerState
from app.ui.dialogs.people_dialog import PeopleDialog
from app.ui.dialogs.remarks_dialog import RemarksDialog
from app.ui.dialogs.sign_in_dialog import SignInDialog
from app.workspace import Workspace
from tests.e2e.conftest import Answers, Driver
from tests.e2e.test_two_workstations import back, change_to, dialog, type_into

OPEN = Callable[[Path], Driver]


@pytest.fixture
def office(sample: Path) -> Path:
    """The sample with 甲 in every role, 乙 who annotates and 丙 who reviews; 甲 works."""
    with Workspace.open(sample, author="甲") as workspace:
        for name, role in (("乙", PersonRole.ANNOTATOR), ("丙", PersonRole.REVIEWER)):
            workspace.apply(Change(f"登记人员{name}", "", (Edit(None, entered(name, (role,))),)))
        assert workspace.person is not None
        workspace.sign_in(workspace.person.id)
    return sample


def person_id(workspace: Workspace, name: str) -> str:
    return next(person.id for person in workspace.people() if person.name == name)


def action(driver: Driver, name: str) -> QAction:
    return driver.window.actions_by_name[name]


def title(driver: Driver) -> str:
    return driver.window._title.text()


def test_that_a_locked_workspace_asks_and_without_an_answer_is_only_looked_at(
    office: Path, open_window: OPEN
) -> None:
    with Workspace.open(office) as workspace:
        workspace.set_passphrase(person_id(workspace, "甲"), "云港")
    driver = open_window(office)
    session = driver.desk.session
    asked = dialog(driver, "sign_in")
    assert isinstance(asked, SignInDialog)
    driver.press("Escape", into=asked)
    back(driver)
    assert session.workspace.person is None
    assert title(driver) == "云港区2026年政府工作报告 · 未选姓名 · 草稿"
    assert driver.desk.layer.strip.words.text() == "现在只能看。请先选择您的姓名，再标注。"
    session.select(session.items[0].task.id)
    driver.press("Return", into=driver.desk.view)
    assert driver.desk.keys.word == NOBODY
    assert session.items[0].is_suggested
    for name in ("accept", "new_task", "submit_layer", "merge_packages", "import_report", "export_ledger"):
        assert (action(driver, name).isEnabled(), action(driver, name).toolTip()) == (False, NOBODY)
    driver.press("Ctrl+Shift+P")
    asked = dialog(driver, "sign_in")
    assert isinstance(asked, SignInDialog)
    asked.passphrase.setText("云港")
    driver.press("Return", into=asked)
    driver.wait(lambda: bool(session.items))
    back(driver)
    assert title(driver) == "云港区2026年政府工作报告 · 标注人 甲 · 草稿"
    assert not driver.desk.layer.strip.isVisible()
    assert action(driver, "accept").isEnabled()
    driver.press("N", "Return")
    assert any(not item.is_suggested for item in session.items)


def test_that_whoever_takes_over_has_a_layer_of_their_own_and_undoes_nothing_of_the_other_s(
    office: Path, open_window: OPEN
) -> None:
    driver = open_window(office)
    session = driver.desk.session
    driver.press("N", "Return", "Return")
    assert session.undo_stack.count() == 2
    change_to(driver, "乙")
    assert title(driver) == "云港区2026年政府工作报告 · 标注人 乙 · 草稿"
    assert session.undo_stack.count() == 0
    assert all(item.is_suggested for item in session.items)
    driver.press("Ctrl+Z")
    assert driver.desk.keys.word == "没有可撤销的操作"
    driver.press("N", "Return")
    change_to(driver, "甲")
    assert sum(not item.is_suggested for item in session.items) == 2


def test_that_what_is_typed_is_written_by_the_one_who_typed_it(office: Path, open_window: OPEN) -> None:
    driver = open_window(office)
    session = driver.desk.session
    driver.press("N", "Return", "P")
    session.select(session.items[0].task.id)
    driver.press("E", into=driver.desk.view)
    type_into(driver, "abc")
    change_to(driver, "乙")
    change_to(driver, "甲")
    newest = session.workspace.history(session.report_id, 1, person_id=person_id(session.workspace, "甲"))
    assert newest[0].label == "修改任务"
    for name in "甲乙":
        assert session.workspace.setting(f"draft:{person_id(session.workspace, name)}") is None


def hand_in(driver: Driver, name: str) -> None:
    """Somebody tags two tasks and hands them in."""
    change_to(driver, name)
    driver.press("N", "Return", "Return", "Ctrl+Shift+Return")
    driver.wait(lambda: bool(driver.desk.session.items))


def test_that_what_was_handed_in_is_locked_and_every_key_says_why(
    office: Path, open_window: OPEN, answers: Answers
) -> None:
    driver = open_window(office)
    session = driver.desk.session
    count, gaps = len(session.items), len(session.gaps)
    hand_in(driver, "乙")
    assert answers.told[-1].startswith(f"待确认 {count - 2} 项、遗漏 {gaps} 处。")
    assert f"其中{count - 2}项还只是程序的建议" in answers.told[-1]
    assert title(driver) == "云港区2026年政府工作报告 · 标注人 乙 · 已提交"
    strip = driver.desk.layer.strip
    assert (strip.state.text(), strip.words.text()) == ("已提交", "等待复核；复核人退回后可以接着改。")
    assert session.undo_stack.count() == 0
    words = "您的标注已提交，不能再改；复核人退回后可以接着改。"
    log = session.workspace.log_length()
    for key in ("Return", "Delete", "1", "M", "S", "U", "Ctrl+T"):
        driver.desk.say("")
        driver.press(key, into=driver.desk.view)
        assert driver.desk.keys.word == words
    assert driver.desk.card.fields["title"].isReadOnly()
    assert session.workspace.log_length() == log
    assert "已提交" in action(driver, "submit_layer").toolTip()


def return_with_remark(workspace: Workspace, report_id: str) -> Comment:
    """丙 returns 乙's layer with a remark about its second task; returns the remark."""
    reviewer = workspace.sign_in(person_id(workspace, "丙"))
    layer = next(layer for layer in workspace.layers(report_id) if layer.author == "乙")
    task = workspace.tasks(layer.id)[1]
    workspace.move(MoveName.RETURN, layer.id, "漏了时限")
    said = Comment(
        edits.new_id(),
        report_id,
        layer.id,
        task.id,
        task.spans[0],
        "时限呢？",
        reviewer.id,
        reviewer.name,
        datetime(2026, 3, 2, tzinfo=UTC),
    )
    workspace.apply(Change("写意见", report_id, (Edit(None, said),)))
    return said


def test_that_what_comes_back_leads_from_remark_to_remark_and_is_handed_in_again(
    office: Path, open_window: OPEN
) -> None:
    driver = open_window(office)
    session = driver.desk.session
    workspace, report_id = session.workspace, session.report_id
    hand_in(driver, "乙")
    said = return_with_remark(workspace, report_id)
    change_to(driver, "乙")
    strip = driver.desk.layer.strip
    assert (strip.state.text(), strip.words.text()) == ("已退回", "2条意见。逐条看过、改好后再提交。")
    assert action(driver, "accept").isEnabled()
    session.select("")
    driver.press("Ctrl+Shift+C")
    listed = dialog(driver, "remarks_dialog")
    assert isinstance(listed, RemarksDialog)
    listed.table.setCurrentCell([c.id for c in listed._rows].index(said.id), 0)
    driver.press("Return", into=listed.table)
    assert session.current.item_id == said.task_id
    assert driver.desk.remarks is not None
    assert [c.text for c in driver.desk.remarks.view._comments] == ["时限呢？"]
    driver.press("Space", into=listed.table)
    assert strip.words.text() == "1条意见。逐条看过、改好后再提交。"
    listed.close()
    back(driver)
    driver.press("Ctrl+Shift+Return")
    assert workspace.layer(report_id).state is LayerState.SUBMITTED
    assert workspace.layer(report_id).revision == 2


def test_that_c_writes_a_remark_also_on_what_is_locked(office: Path, open_window: OPEN) -> None:
    driver = open_window(office)
    session = driver.desk.session
    change_to(driver, "乙")
    driver.press("N", "Return", "Ctrl+Shift+Return")
    driver.wait(lambda: bool(session.items))
    done = next(item for item in session.items if not item.is_suggested)
    session.select(done.task.id)
    driver.press("C", into=driver.desk.view)
    line = QApplication.focusWidget()
    assert driver.desk.remarks is not None
    assert line is driver.desk.remarks.view.line
    assert [words for _, words in driver.desk.keys._keys][:2] == ["发送", "回到原文"]
    driver.desk.remarks.view.line.setText("请复核时留意")
    driver.press("Return")
    (made,) = session.workspace.comments(session.report_id)
    assert (made.task_id, made.text, made.who) == (done.task.id, "请复核时留意", "乙")
    driver.press("Escape")
    assert driver.desk.view.hasFocus()


def test_that_a_reviewer_looks_at_what_was_handed_in_and_can_tag_nothing(
    office: Path, open_window: OPEN
) -> None:
    driver = open_window(office)
    session = driver.desk.session
    change_to(driver, "乙")
    driver.press("N", "Return", "Ctrl+Shift+Return")
    change_to(driver, "丙")
    assert title(driver) == "云港区2026年政府工作报告 · 复核人 丙 · 看乙的标注 · 已提交"
    assert driver.desk.layer.strip.words.text() == "这是乙的标注，只有本人能改。"
    assert [n for n, b in driver.desk.layer.strip.buttons.items() if b.isVisible()] == ["show_review"]
    log = session.workspace.log_length()
    session.select(session.items[3].task.id)
    driver.press("Return", "Delete", "Ctrl+Return", into=driver.desk.view)
    assert session.workspace.log_length() == log
    assert [words for _, words in driver.desk.keys._keys] == [
        "下一条 上一条",
        "逐个标注",
        "写意见",
        "搜索",
        "全部按键",
    ]


def test_that_the_menu_says_why_something_is_grey(office: Path, open_window: OPEN) -> None:
    driver = open_window(office)
    change_to(driver, "丙")
    menu = next(m for m in driver.window.findChildren(QMenu) if m.title().startswith("复核"))
    assert menu.toolTipsVisible()
    menu.aboutToShow.emit()
    greyed = [a.objectName() for a in menu.actions() if not a.isSeparator() and not a.isEnabled()]
    assert greyed == ["submit_layer"]
    menu.hovered.emit(action(driver, "submit_layer"))
    assert driver.desk.keys.word == action(driver, "submit_layer").toolTip()
    assert driver.desk.keys.word == "提交标注要由标注人来做，丙不是。"
    menu.hovered.emit(action(driver, "show_remarks"))
    assert driver.desk.keys.word == ""


def test_that_giving_oneself_other_roles_is_followed_at_once(office: Path, open_window: OPEN) -> None:
    driver = open_window(office)
    driver.window.run("show_people")
    people = dialog(driver, "people")
    assert isinstance(people, PeopleDialog)
    people.table.setCurrentCell([p.name for p in people._people].index("甲"), 1)
    driver.press("Space", into=people.table)
    assert driver.desk.layer.refusal == "甲不是标注人，不能标注。"
    assert not action(driver, "accept").isEnabled()
    driver.press("Ctrl+Z", into=people.table)
    assert driver.desk.layer.refusal == ""
    assert action(driver, "accept").isEnabled()


def drop(driver: Driver, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPoint(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    driver.window.dropEvent(event)


def test_that_a_package_dropped_on_the_window_is_looked_at_first(
    office: Path, open_window: OPEN, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    driver = open_window(office)
    workspace = driver.desk.session.workspace
    package = tmp_path / "旧的.dubanpkg"
    answers.files = [package]
    driver.press("Ctrl+Shift+E")
    driver.wait(lambda: bool(answers.told))
    assert "没有提交、因而不在包里的" in answers.told[-1] or "没有已提交的标注" in answers.told[-1]
    log = workspace.log_length()
    drop(driver, package)
    preview = dialog(driver, "merge_preview")
    assert workspace.log_length() == log
    driver.press("Escape", into=preview)
    qtbot.waitUntil(lambda: not any(d.isVisible() for d in driver.desk.findChildren(QDialog)))
    assert workspace.log_length() == log


def test_that_history_conflicts_and_records_open_by_key(office: Path, open_window: OPEN) -> None:
    driver = open_window(office)
    for keys, name in (("Ctrl+H", "history"), ("Ctrl+Shift+D", "conflicts")):
        driver.press(keys)
        shown = dialog(driver, name)
        driver.press("Escape", into=shown)
        back(driver)
    driver.window.run("verify_records")
    driver.press("Escape", into=dialog(driver, "verify"))


def test_that_on_the_review_page_people_take_turns_and_look_things_up_too(
    office: Path, open_window: OPEN
) -> None:
    driver = open_window(office)
    hand_in(driver, "乙")
    change_to(driver, "丙")
    driver.press("Alt+2")
    assert driver.window.pages is not None
    review = driver.window.pages.review
    assert review is not None
    driver.press("Return")
    driver.wait(lambda: review.session.review is not None)
    driver.press("Ctrl+H")
    shown = dialog(driver, "history")
    assert shown.isVisible()
    driver.press("Escape", into=shown)
    driver.window.activateWindow()
    driver.wait(driver.window.isActiveWindow)
    review.focus()
    assert review.session.refusal == ""
    driver.press("Ctrl+Shift+P")
    asked = dialog(driver, "sign_in")
    type_into(driver, "甲")
    driver.press("Return", into=asked)
    assert review.session.refusal == ""  # 甲 reviews as well, and did not tag this
    assert driver.window.pages.current == "review"
    assert title(driver) == "云港区2026年政府工作报告 · 复核人 甲 · 复核中"
    driver.window.activateWindow()
    driver.wait(driver.window.isActiveWindow)
    review.focus()
    driver.press("Ctrl+Shift+P")
    asked = dialog(driver, "sign_in")
    type_into(driver, "乙")
    driver.press("Return", into=asked)
    assert review.session.own_side == "first"
    assert "不能复核自己的标注" in review.session.refusal


def test_that_a_package_taken_for_a_report_is_told_where_it_belongs(
    office: Path, open_window: OPEN, answers: Answers, tmp_path: Path
) -> None:
    driver = open_window(office)
    package = tmp_path / "交接.dubanpkg"
    package.write_bytes(b"")
    answers.files = [package]
    driver.press("Ctrl+I")
    driver.wait(lambda: bool(answers.told))
    assert answers.told == ["“交接.dubanpkg”是交接包，不是报告。请用菜单“复核 → 并入交接包…”并入它。"]
