"""人员, 换人 and 口令 by keys: who may do what, who is refused and told why."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.errors import UserError
from app.domain.people import EVERY_ROLE, Person, PersonRole
from app.ui.dialogs.passphrase_dialog import DIFFERENT, PassphraseDialog
from app.ui.dialogs.people_dialog import ACTIVE, LOCK, NAME, NOTE, PeopleDialog, PersonForm
from app.ui.dialogs.sign_in_dialog import SignInDialog
from app.ui.session import Session
from app.workspace import Workspace
from tests.ui.office_samples import CHEN, LI, ZHOU, enter, named, office, press, session_on, shown, sign_in

REVIEWER_COLUMN, COORDINATOR_COLUMN = 2, 3


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    with office(tmp_path) as made:
        yield made


@pytest.fixture
def session(workspace: Workspace, qapp: QApplication) -> Session:
    return session_on(workspace)


@pytest.fixture
def told(session: Session) -> list[str]:
    words: list[str] = []
    session.failed.connect(lambda error: words.append(str(error)))
    return words


def people_dialog(bot: QtBot, session: Session, asked: list[Person] | None = None) -> PeopleDialog:
    kept = [] if asked is None else asked
    made = PeopleDialog(session, lambda person, _over: kept.append(person))
    shown(bot, made)
    return made


def go_to(dialog: PeopleDialog, name: str, column: int) -> None:
    names = [person.name for person in dialog._people]
    dialog.table.setFocus()
    dialog.table.setCurrentCell(names.index(name), column)


def texts(dialog: PeopleDialog, name: str) -> list[object]:
    row = [person.name for person in dialog._people].index(name)
    found: list[object] = []
    for column in range(dialog.table.columnCount()):
        cell = dialog.table.item(row, column)
        assert cell is not None
        is_tick = NAME < column <= ACTIVE
        found.append(cell.checkState() is Qt.CheckState.Checked if is_tick else cell.text())
    return found


def test_that_the_table_shows_names_roles_and_who_rests(
    qtbot: QtBot, session: Session, workspace: Workspace
) -> None:
    workspace.set_passphrase(named(workspace, ZHOU).id, "云港")
    dialog = people_dialog(qtbot, session)
    assert texts(dialog, ZHOU) == [ZHOU, True, True, True, True, "有"]
    assert texts(dialog, CHEN) == [CHEN, True, False, False, True, ""]
    assert dialog.why.text() == NOTE
    assert (ACTIVE, LOCK) == (4, 5)


def test_that_space_gives_a_role_and_ctrl_z_takes_it_back(
    qtbot: QtBot, session: Session, workspace: Workspace
) -> None:
    dialog = people_dialog(qtbot, session)
    go_to(dialog, CHEN, REVIEWER_COLUMN)
    press("Space")
    assert named(workspace, CHEN).roles == (PersonRole.ANNOTATOR, PersonRole.REVIEWER)
    assert texts(dialog, CHEN)[REVIEWER_COLUMN] is True
    assert dialog.table.currentRow() == [p.name for p in dialog._people].index(CHEN)
    press("Ctrl+Z")
    assert named(workspace, CHEN).roles == (PersonRole.ANNOTATOR,)
    assert texts(dialog, CHEN)[REVIEWER_COLUMN] is False
    assert dialog.keys.word == f"已撤销：更改人员{CHEN}"


def test_that_somebody_is_let_in_by_keys_with_the_roles_ticked(
    qtbot: QtBot, session: Session, workspace: Workspace
) -> None:
    dialog = people_dialog(qtbot, session)
    press("Ctrl+N")
    form = dialog.findChild(PersonForm)
    assert isinstance(form, PersonForm)
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    assert not form.add.isEnabled()
    tops = [form.name.y(), *(box.y() for box in form.boxes.values())]
    assert tops == sorted(set(tops))
    form.name.setText("  赵 敏 ")
    press("Tab", "Space", "Tab", "Space", into=None)
    press("Return")
    assert named(workspace, "赵 敏").roles == (PersonRole.REVIEWER,)
    assert dialog._current == named(workspace, "赵 敏")


def test_that_a_name_that_is_there_already_is_refused_and_told(
    qtbot: QtBot, session: Session, workspace: Workspace, told: list[str]
) -> None:
    dialog = people_dialog(qtbot, session)
    go_to(dialog, CHEN, NAME)
    press("F2")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.setText(LI)
    press("Return")
    qtbot.waitUntil(lambda: [words[:6] for words in told] == ["已经有同名的"])
    assert texts(dialog, CHEN)[NAME] == CHEN
    press("F2")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.setText("陈静（二科）")
    press("Return")
    qtbot.waitUntil(lambda: "陈静（二科）" in [person.name for person in workspace.people()])


def test_that_the_last_coordinator_stays_one(
    qtbot: QtBot, session: Session, workspace: Workspace, told: list[str]
) -> None:
    dialog = people_dialog(qtbot, session)
    go_to(dialog, ZHOU, COORDINATOR_COLUMN)
    press("Space")
    press("Ctrl+D")
    assert [words[:9] for words in told] == ["至少要有一名在用的"] * 2
    assert named(workspace, ZHOU).roles == EVERY_ROLE
    assert texts(dialog, ZHOU) == [ZHOU, True, True, True, True, ""]


def test_that_somebody_rests_and_comes_back_by_key(
    qtbot: QtBot, session: Session, workspace: Workspace
) -> None:
    dialog = people_dialog(qtbot, session)
    go_to(dialog, CHEN, NAME)
    press("Ctrl+D")
    assert not named(workspace, CHEN).is_active
    assert [person.name for person in dialog._people][-1] == CHEN
    go_to(dialog, CHEN, ACTIVE)
    press("Space")
    assert named(workspace, CHEN).is_active


def test_that_one_who_is_no_coordinator_may_only_look_and_is_told_why(
    qtbot: QtBot, session: Session, workspace: Workspace
) -> None:
    sign_in(workspace, CHEN)
    dialog = people_dialog(qtbot, session)
    words = "人员和角色由统筹人来定，陈静不是统筹人；这里只能看。"
    assert dialog.why.text() == words
    actions = [a for a in dialog.findChildren(QAction) if a.objectName()]
    assert len(actions) == 4
    assert {(action.isEnabled(), action.toolTip()) for action in actions} == {(False, words)}
    before = workspace.people()
    go_to(dialog, CHEN, COORDINATOR_COLUMN)
    press("Space", "Ctrl+D", "Ctrl+N", "F2")
    assert workspace.people() == before
    assert dialog.findChild(PersonForm) is None


def test_that_who_gives_up_the_office_of_coordinator_may_look_only_from_then_on(
    qtbot: QtBot, session: Session, workspace: Workspace
) -> None:
    enter(workspace, "赵敏", PersonRole.COORDINATOR)
    dialog = people_dialog(qtbot, session)
    go_to(dialog, ZHOU, COORDINATOR_COLUMN)
    press("Space")
    assert dialog.refusal == "人员和角色由统筹人来定，周宁不是统筹人；这里只能看。"
    assert dialog.why.text() == dialog.refusal


def test_that_a_coordinator_is_asked_for_another_s_passphrase(
    qtbot: QtBot, session: Session, workspace: Workspace
) -> None:
    asked: list[Person] = []
    dialog = people_dialog(qtbot, session, asked)
    go_to(dialog, CHEN, NAME)
    press("Ctrl+K")
    assert asked == [named(workspace, CHEN)]


# --- 换人


def sign_in_dialog(bot: QtBot, workspace: Workspace, came: list[str]) -> SignInDialog:
    made = SignInDialog(workspace, lambda person: came.append(person.name))
    shown(bot, made)
    return made


def test_that_typing_a_part_of_a_name_and_enter_lets_its_person_work(
    qtbot: QtBot, workspace: Workspace
) -> None:
    came: list[str] = []
    dialog = sign_in_dialog(qtbot, workspace, came)
    assert dialog.list.count() == 3
    assert dialog.list.currentItem().text() == "周宁　标注人、复核人、统筹人　现在"
    assert dialog.typed.hasFocus()
    dialog.typed.setText("李")
    assert [dialog.list.item(n).text() for n in range(dialog.list.count())] == ["李群　复核人"]
    assert not dialog.passphrase.isVisible()
    press("Return")
    assert came == [LI]
    assert workspace.person == named(workspace, LI)


def test_that_the_arrows_walk_the_names_while_typing(qtbot: QtBot, workspace: Workspace) -> None:
    came: list[str] = []
    dialog = sign_in_dialog(qtbot, workspace, came)
    dialog.list.setCurrentRow(0)
    press("Down")
    second = dialog.list.currentItem().text()[:2]
    press("Down", "Up")
    assert dialog.typed.hasFocus()
    press("Return")
    assert came == [second]


def test_that_nobody_of_that_name_cannot_begin(qtbot: QtBot, workspace: Workspace) -> None:
    came: list[str] = []
    dialog = sign_in_dialog(qtbot, workspace, came)
    dialog.typed.setText("没有这个人")
    assert not dialog.button.isEnabled()
    press("Return")
    assert came == []
    assert dialog.isVisible()


def test_that_a_passphrase_is_asked_for_only_where_there_is_one_and_a_wrong_one_is_told(
    qtbot: QtBot, workspace: Workspace
) -> None:
    workspace.set_passphrase(named(workspace, CHEN).id, "船闸")
    came: list[str] = []
    dialog = sign_in_dialog(qtbot, workspace, came)
    dialog.typed.setText(CHEN)
    assert dialog.passphrase.isVisible()
    press("Return")
    assert dialog.passphrase.hasFocus()
    dialog.passphrase.setText("码头")
    press("Return")
    assert dialog.problem.isVisible()
    assert dialog.problem.text().startswith("口令不对，没有换成陈静。")
    assert (came, workspace.person) == ([], named(workspace, ZHOU))
    dialog.passphrase.setText("船闸")
    press("Return")
    assert came == [CHEN]


def test_that_who_rests_is_not_offered(qtbot: QtBot, workspace: Workspace, session: Session) -> None:
    dialog = people_dialog(qtbot, session)
    go_to(dialog, CHEN, NAME)
    press("Ctrl+D")
    asked = sign_in_dialog(qtbot, workspace, [])
    assert {asked.list.item(n).text()[:2] for n in range(asked.list.count())} == {ZHOU, LI}


def test_that_where_nobody_works_yet_the_last_one_is_offered_with_the_passphrase(
    qtbot: QtBot, workspace: Workspace
) -> None:
    sign_in(workspace, CHEN)
    workspace.set_passphrase(named(workspace, CHEN).id, "船闸")
    path = workspace.path
    workspace.close()
    with Workspace.open(path) as again:
        assert again.person is None
        came: list[str] = []
        dialog = sign_in_dialog(qtbot, again, came)
        assert dialog.windowTitle() == "请选择您的姓名"
        assert dialog.list.currentItem().text() == "陈静　标注人"
        assert dialog.passphrase.hasFocus()
        dialog.passphrase.setText("船闸")
        press("Return")
        assert came == [CHEN]


# --- 口令


def passphrase_dialog(bot: QtBot, workspace: Workspace, name: str, said: list[str]) -> PassphraseDialog:
    made = PassphraseDialog(workspace, named(workspace, name), said.append)
    shown(bot, made)
    return made


def test_that_one_s_own_passphrase_wants_the_old_one_and_the_new_one_twice(
    qtbot: QtBot, workspace: Workspace
) -> None:
    said: list[str] = []
    me = named(workspace, ZHOU)
    dialog = passphrase_dialog(qtbot, workspace, ZHOU, said)
    assert not dialog.old.isVisible()
    dialog.new.setText("云港")
    dialog.again.setText("云巷")
    press("Return", into=dialog.again)
    assert (dialog.problem.text(), workspace.has_passphrase(me.id)) == (DIFFERENT, False)
    dialog.again.setText("云港")
    press("Return", into=dialog.again)
    assert workspace.has_passphrase(me.id)
    again = passphrase_dialog(qtbot, workspace, ZHOU, said)
    assert again.old.isVisible()
    again.old.setText("错的")
    press("Return", into=again.new)
    assert again.problem.text().startswith("原来的口令不对")
    again.old.setText("云港")
    press("Return", into=again.new)
    assert not workspace.has_passphrase(me.id)
    assert said == ["已设周宁的口令", "已取消周宁的口令"]


def test_that_a_coordinator_sets_another_s_without_the_old_one_and_others_are_refused(
    qtbot: QtBot, workspace: Workspace
) -> None:
    said: list[str] = []
    dialog = passphrase_dialog(qtbot, workspace, CHEN, said)
    assert not dialog.old.isVisible()
    dialog.new.setText("船闸")
    dialog.again.setText("船闸")
    press("Return", into=dialog.again)
    assert said == ["已设陈静的口令"]
    with pytest.raises(UserError):
        workspace.sign_in(named(workspace, CHEN).id, "")
    forgotten = passphrase_dialog(qtbot, workspace, CHEN, said)
    assert not forgotten.old.isVisible()
    forgotten.reject()
    sign_in(workspace, LI)
    refused = passphrase_dialog(qtbot, workspace, CHEN, said)
    press("Return", into=refused.again)
    assert refused.problem.text() == "只有陈静本人和统筹人才能改这个口令。"
