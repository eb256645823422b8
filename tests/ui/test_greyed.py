"""What may not be used now is grey, says why, and comes back; the strip says how far a layer is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.domain.layer_moves import MoveName
from app.domain.people import Person, PersonRole
from app.ui.actions import Actions
from app.ui.greyed import Greyed
from app.ui.layer_watch import EDITING, LayerWatch, role_words, title_words
from app.ui.session import Session
from app.ui.views.task_panel import TaskPanel
from app.ui.views.task_remarks import settled
from app.workspace import Workspace
from tests.ui.office_samples import CHEN, LI, ZHOU, come_back, named, office, session_on, sign_in
from tests.workspace.stations import REPORT

WHY = "现在只能看"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    with office(tmp_path) as made:
        yield made


class Window:
    """A window with the actions, one text in it, and what was done and said."""

    def __init__(self, bot: QtBot) -> None:
        self.done: list[str] = []
        self.said: list[str] = []
        self.window = QMainWindow()
        bot.addWidget(self.window)
        self.text = QWidget()
        self.text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.window.setCentralWidget(self.text)
        self.actions = Actions(self.window, self.done.append)
        self.actions.work_in(self.text)
        self.greyed = Greyed(self.actions, self.said.append, self.window)
        self.greyed.watch((self.text,))
        with bot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        bot.waitUntil(self.window.isActiveWindow)
        self.text.setFocus()


@pytest.fixture
def made(qtbot: QtBot) -> Window:
    return Window(qtbot)


def test_that_a_greyed_key_does_nothing_and_says_why(made: Window) -> None:
    made.greyed.show_reasons({"split": WHY, "new_task": WHY, "merge": ""})
    QTest.keyClick(made.text, Qt.Key.Key_S)
    QTest.keyClick(made.text, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert (made.done, made.said) == ([], [WHY, WHY])
    assert made.actions["split"].toolTip() == WHY
    QTest.keyClick(made.text, Qt.Key.Key_M)
    QTest.keyClick(made.text, Qt.Key.Key_Q)
    assert (made.done, made.said) == (["merge"], [WHY, WHY])


def test_that_what_may_be_used_again_works_and_says_nothing(made: Window) -> None:
    made.greyed.show_reasons({"split": WHY, "submit_layer": WHY})
    made.greyed.show_reasons({"submit_layer": WHY})
    QTest.keyClick(made.text, Qt.Key.Key_S)
    assert (made.done, made.said) == (["split"], [])
    assert made.actions["split"].toolTip() == "在光标处拆分任务"
    assert not made.actions["submit_layer"].isEnabled()
    made.greyed.show_reasons({})
    assert made.actions["submit_layer"].isEnabled()
    assert made.actions["submit_layer"].toolTip() == "提交标注"


def test_that_a_menu_says_why_below_the_mouse(made: Window) -> None:
    menu = QMenu(made.window)
    menu.addAction(made.actions["split"])
    made.greyed.explain((menu,))
    made.greyed.show_reasons({"split": WHY})
    menu.hovered.emit(made.actions["split"])
    menu.hovered.emit(made.actions["merge"])
    assert made.said == [WHY, ""]
    assert menu.toolTipsVisible()


def test_that_every_action_that_changes_tags_is_greyed_and_walking_is_not() -> None:
    assert {"accept", "dismiss", "tag_task", "split", "merge", "new_task", "edit_card", "reopen"} <= set(
        EDITING
    )
    assert not {"next_open", "next_tag", "leave_tag", "next_gap", "remark", "search"} & set(EDITING)


# --- the layer


class Watched:
    """A watch over a session, with the table that it locks."""

    def __init__(self, bot: QtBot, made: Window, session: Session) -> None:
        self.panel = TaskPanel(session)
        bot.addWidget(self.panel)
        self.watch = LayerWatch(session, self.panel, made.actions, made.window)
        bot.addWidget(self.watch.strip)
        self.watch.follow()

    @property
    def told(self) -> tuple[str, str, list[str]]:
        strip = self.watch.strip
        offered = [name for name, button in strip.buttons.items() if not button.isHidden()]
        return strip.state.text(), strip.words.text(), offered


def test_that_a_draft_of_one_s_own_is_open_and_says_nothing(
    qtbot: QtBot, made: Window, workspace: Workspace
) -> None:
    watched = Watched(qtbot, made, session_on(workspace))
    assert (watched.watch.refusal, watched.told) == ("", ("", "", []))
    assert watched.watch.strip.isHidden()


def test_that_the_strip_follows_a_layer_on_its_way(qtbot: QtBot, made: Window, workspace: Workspace) -> None:
    sign_in(workspace, CHEN)
    layer = workspace.layer(REPORT)
    workspace.move(MoveName.SUBMIT, layer.id)
    session = session_on(workspace)
    watched = Watched(qtbot, made, session)
    assert watched.told == ("已提交", "等待复核；复核人退回后可以接着改。", ["show_remarks"])
    assert watched.watch.refusal == "您的标注已提交，不能再改；复核人退回后可以接着改。"
    assert watched.panel.table.toolTip() == watched.watch.refusal
    sign_in(workspace, LI)
    reviewed = workspace.start_review(REPORT, [layer.id])
    sign_in(workspace, CHEN)
    session.open_report(REPORT)
    assert watched.told == ("复核中", "暂时不能改；复核人退回后可以接着改。", ["show_remarks"])
    sign_in(workspace, LI)
    workspace.move(MoveName.FINALISE, reviewed.id)
    sign_in(workspace, CHEN)
    session.open_report(REPORT)
    assert watched.told == ("已定稿", "不能再改；复核改动了什么，见复核页（Alt+2）。", ["show_review"])


def test_that_a_layer_that_came_back_counts_what_waits_and_offers_to_hand_it_in(
    qtbot: QtBot, made: Window, workspace: Workspace
) -> None:
    come_back(workspace)
    session = session_on(workspace)
    watched = Watched(qtbot, made, session)
    offered = ["show_remarks", "submit_layer"]
    assert watched.told == ("已退回", "1条意见。逐条看过、改好后再提交。", offered)
    assert (watched.watch.refusal, watched.panel.table.toolTip()) == ("", "")
    (remark,) = workspace.comments(REPORT)
    session.submit(settled(remark, is_resolved=True))
    assert watched.told == ("已退回", "改好后再提交。", offered)


def test_that_another_s_layer_is_only_looked_at(qtbot: QtBot, made: Window, workspace: Workspace) -> None:
    sign_in(workspace, CHEN)
    workspace.move(MoveName.SUBMIT, workspace.layer(REPORT).id)
    sign_in(workspace, LI)
    watched = Watched(qtbot, made, session_on(workspace))
    assert watched.told == ("已提交", "这是陈静的标注，只有本人能改。", ["show_review"])


def test_that_the_corner_says_who_works_on_whose_tags(qtbot: QtBot, workspace: Workspace) -> None:
    report = session_on(workspace).report
    assert report is not None
    name = report.card.metadata.title
    assert title_words(report, named(workspace, ZHOU)) == f"{name} · 标注人 周宁 · 草稿"
    assert title_words(report, None) == f"{name} · 未选姓名 · 草稿"
    assert title_words(report, named(workspace, LI)) == f"{name} · 复核人 李群"
    workspace.move(MoveName.SUBMIT, report.layer.id)
    again = session_on(workspace).report
    assert again is not None
    assert title_words(again, named(workspace, LI)) == f"{name} · 复核人 李群 · 看周宁的标注 · 已提交"


def test_that_a_person_is_called_by_the_highest_role() -> None:
    assert role_words(Person("p", "赵敏", (PersonRole.COORDINATOR,))) == "统筹人"
    assert role_words(Person("p", "赵敏", (PersonRole.COORDINATOR, PersonRole.REVIEWER))) == "复核人"
    assert role_words(Person("p", "赵敏", ())) == "人员"
