"""People sign in by name, with a passphrase where they want one; a coordinator says who does what."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.changes import Change, Edit
from app.domain.errors import UserError
from app.domain.people import EVERY_ROLE, Person, PersonRole, entered
from app.workspace import Configuration, Workspace
from app.workspace.layers import fresh_layer
from db import office
from tests.workspace.people import enter, report_in, tag


def change_of(before: Person | None, after: Person | None) -> Change:
    return Change("改人员", "", (Edit(before, after),))


def named(workspace: Workspace, name: str) -> Person:
    return next(person for person in workspace.people() if person.name == name)


# --- who is there when a workspace is opened


def test_that_who_makes_a_workspace_has_every_role_and_is_told_in_the_log(empty: Workspace) -> None:
    ning = replace(entered("周宁", EVERY_ROLE), version=1)
    assert empty.people() == (ning,)
    assert empty.person == ning
    (entry,) = empty.history()
    assert (entry.label, entry.who, entry.person_id) == ("登记人员周宁", "周宁", ning.id)
    assert entry.edits == (Edit(None, ning),)


def test_that_whoever_comes_later_is_entered_as_an_annotator_once(empty: Workspace) -> None:
    for _ in range(2):
        with Workspace.open(empty.path, author="陈静") as other:
            assert other.person == replace(entered("陈静"), version=1)
            assert other.person.roles == ("annotator",)
    assert [person.name for person in empty.people()] == ["周宁", "陈静"]
    assert len(empty.history()) == 2


def test_that_a_person_is_found_by_the_name_they_were_entered_with_after_renaming(empty: Workspace) -> None:
    me = empty.person
    assert me is not None
    empty.apply(change_of(me, replace(me, name="周宁（综合科）")))
    with Workspace.open(empty.path, author="周宁") as other:
        assert other.person == empty.person == named(empty, "周宁（综合科）")
    with Workspace.open(empty.path, author="周宁（综合科）") as other:
        assert other.person == empty.person


def test_that_a_name_is_taken_without_spaces_around_it_and_never_empty(
    empty: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workspace.open(empty.path, author=" 周宁 ") as other:
        assert other.person == empty.person
    Configuration.load()._replace(author=" ").save()
    monkeypatch.setattr("app.workspace.people.login_name", lambda: "office-pc")
    with Workspace.open(empty.path) as other:
        assert other.person is not None
        assert other.person.name == "office-pc"


def test_that_who_signed_in_last_at_this_workstation_is_there_again(empty: Workspace) -> None:
    jing = enter(empty, "陈静")
    Configuration.load()._replace(author="赵平").save()
    empty.sign_in(jing.id)
    with Workspace.open(empty.path) as other:
        assert other.person == jing
    with Workspace.open(empty.path, author="周宁") as other:  # who is named goes first
        assert other.person is not None
        assert other.person.name == "周宁"
    Configuration.load()._replace(workstation="7b1d7a5e-1f0c-4f64-9a59-1d0f5bbd1a11").save()
    with Workspace.open(empty.path) as other:
        assert other.person is not None
        assert other.person.name == "赵平"


def test_that_who_makes_a_workspace_works_there_next_time(tmp_path: Path) -> None:
    path = tmp_path / "a.duban"
    Workspace.create(path, author="标注人甲").close()
    with Workspace.open(path) as opened:
        assert opened.person is not None
        assert opened.person.name == "标注人甲"
        report_in(opened)
        assert {entry.chain for entry in opened.history()} == {opened.history()[0].chain}
        assert opened.verify_log() == []


def test_that_somebody_who_left_is_not_let_in(empty: Workspace) -> None:
    jing = enter(empty, "陈静")
    empty.sign_in(jing.id)
    empty.sign_in(named(empty, "周宁").id)
    empty.apply(change_of(jing, replace(jing, is_active=False)))
    with pytest.raises(UserError, match="停用"):
        empty.sign_in(jing.id)
    with Workspace.open(empty.path, author="陈静") as other:
        assert other.person is None
    assert [person.name for person in empty.people()] == ["周宁", "陈静"]


# --- passphrases


def test_that_a_passphrase_is_asked_for_and_nothing_else_will_do(empty: Workspace) -> None:
    me, jing = empty.person, enter(empty, "陈静")
    assert me is not None
    assert not empty.has_passphrase(me.id)
    empty.set_passphrase(me.id, "港湾2026")
    assert empty.has_passphrase(me.id)
    empty.sign_in(jing.id)
    for words in ("", "港湾2025", "港湾2026 "):
        with pytest.raises(UserError, match=r"口令不对.*周宁"):
            empty.sign_in(me.id, words)
    assert empty.person == jing
    assert empty.sign_in(me.id, "港湾２０２６") == me  # as an input method may give it
    assert empty.person == me


def test_that_nobody_is_signed_in_before_the_passphrase_is_given(empty: Workspace) -> None:
    me = empty.person
    assert me is not None
    report_id = report_in(empty)
    task = tag(empty, report_id)
    empty.set_passphrase(me.id, "x")
    with Workspace.open(empty.path, author="周宁") as other:
        assert other.person is None
        for refused in (
            lambda: other.apply(Change("改", report_id, (Edit(task, None),))),
            lambda: other.import_bytes(b"\xe4", "b.txt"),
            lambda: other.import_experience(Path("x.xlsx")),
            lambda: other.set_passphrase(me.id, "", "x"),
        ):
            with pytest.raises(UserError, match="请先选择您的姓名"):
                refused()
        with pytest.raises(UserError, match="看不到"):
            other.tasks(task.layer_id)
        assert other.layer(report_id) == fresh_layer(report_id, None)
        assert other.sign_in(me.id, "x") == me
        other.apply(Change("改", report_id, (Edit(task, None),)))


def test_that_one_changes_ones_own_passphrase_with_the_old_one(empty: Workspace) -> None:
    me = empty.person
    assert me is not None
    empty.set_passphrase(me.id, "一", "whatever")
    with pytest.raises(UserError, match="原来的口令不对"):
        empty.set_passphrase(me.id, "二", "零")
    empty.set_passphrase(me.id, "二", "一")
    empty.sign_in(me.id, "二")
    empty.set_passphrase(me.id, "", "二")
    assert not empty.has_passphrase(me.id)
    assert empty.sign_in(me.id) == me


def test_that_only_a_coordinator_sets_anothers_passphrase(empty: Workspace) -> None:
    me, jing = empty.person, enter(empty, "陈静")
    assert me is not None
    empty.set_passphrase(jing.id, "初始")
    empty.sign_in(jing.id, "初始")
    with pytest.raises(UserError, match=r"只有周宁本人和统筹人"):
        empty.set_passphrase(me.id, "夺取")
    assert not empty.has_passphrase(me.id)
    with pytest.raises(UserError, match="没有这个人"):
        empty.set_passphrase("nobody", "x")
    with pytest.raises(UserError, match="没有这个人"):
        empty.sign_in("nobody")


def test_that_passphrases_are_kept_as_salted_scrypt_and_not_in_the_log(empty: Workspace) -> None:
    me, jing = empty.person, enter(empty, "陈静")
    assert me is not None
    empty.set_passphrase(me.id, "same")
    empty.set_passphrase(jing.id, "same")
    with empty._store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM passphrase").fetchall()
    assert len({row.salt for row in rows}) == len({row.digest for row in rows}) == 2
    assert {(len(r.salt), r.cost, r.block, r.lanes, len(r.digest)) for r in rows} == {(16, 2**14, 8, 1, 32)}
    assert [entry.label for entry in empty.history()] == ["登记", "登记人员周宁"]


# --- who may say who does what


def test_that_a_coordinator_enters_people_and_gives_roles(empty: Workspace) -> None:
    jing = enter(empty, "陈静", PersonRole.ANNOTATOR, PersonRole.REVIEWER)
    assert named(empty, "陈静") == jing
    done = empty.apply(change_of(jing, replace(jing, roles=(PersonRole.REVIEWER,))))
    assert named(empty, "陈静").roles == ("reviewer",)
    empty.apply(done.inverse())
    assert named(empty, "陈静").roles == ("annotator", "reviewer")


def test_that_others_may_not(empty: Workspace) -> None:
    jing = enter(empty, "陈静", PersonRole.ANNOTATOR, PersonRole.REVIEWER)
    empty.sign_in(jing.id)
    for before, after in ((None, entered("赵平")), (jing, replace(jing, roles=EVERY_ROLE))):
        with pytest.raises(UserError, match="陈静不是统筹人"):
            empty.apply(change_of(before, after))
    assert named(empty, "陈静") == jing


def test_that_somebody_must_be_left_who_can_let_others_in(empty: Workspace) -> None:
    me = empty.person
    assert me is not None
    for after in (replace(me, roles=("annotator",)), replace(me, is_active=False), None):
        with pytest.raises(UserError, match="至少要有一名在用的统筹人"):
            empty.apply(change_of(me, after))
    enter(empty, "陈静", PersonRole.COORDINATOR)
    empty.apply(change_of(me, replace(me, roles=("annotator",))))
    assert empty.person == replace(me, roles=("annotator",), version=2)


def test_that_who_stops_working_here_is_signed_out(empty: Workspace) -> None:
    me = empty.person
    assert me is not None
    enter(empty, "陈静", PersonRole.COORDINATOR)
    empty.apply(change_of(me, replace(me, is_active=False)))
    assert empty.person is None


@pytest.mark.parametrize(("name", "words"), [("周宁", "同名"), (" 周宁 ", "同名"), ("  ", "不能空着")])
def test_that_a_name_tells_people_apart(empty: Workspace, name: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        empty.apply(change_of(None, Person("another", name)))
    assert len(empty.people()) == 1


def test_that_a_person_with_a_layer_is_not_deleted(empty: Workspace) -> None:
    jing = enter(empty, "陈静")
    ping = enter(empty, "赵平")
    report_id = report_in(empty)
    empty.sign_in(jing.id)
    tag(empty, report_id)
    empty.sign_in(named(empty, "周宁").id)
    with pytest.raises(UserError, match=r"陈静已有标注，不能删除"):
        empty.apply(change_of(jing, None))
    empty.apply(change_of(ping, None))
    assert [person.name for person in empty.people()] == ["周宁", "陈静"]


def test_that_a_role_taken_away_in_another_window_counts_at_once(empty: Workspace) -> None:
    jing = enter(empty, "陈静")
    report_id = report_in(empty)
    with Workspace.open(empty.path, author="陈静") as other:
        tag(other, report_id)
        empty.apply(change_of(jing, replace(jing, roles=(PersonRole.REVIEWER,))))
        with pytest.raises(UserError, match="陈静不是标注人"):
            tag(other, report_id)
        fresh = named(empty, "陈静")
        empty.apply(change_of(fresh, replace(fresh, is_active=False)))
        with pytest.raises(UserError, match="请先选择"):
            tag(other, report_id)


def test_that_the_settings_that_remember_people_are_no_secret_of_theirs(empty: Workspace) -> None:
    me = empty.person
    assert me is not None
    empty.sign_in(me.id)
    with empty._store.reading() as connection:
        assert office.setting(connection, f"person:{Configuration.load().workstation}") == me.id
