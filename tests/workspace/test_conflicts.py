"""What was changed in two places waits for a person, who decides once for everybody."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.changes import Change, Edit
from app.domain.decisions import Choice
from app.domain.errors import ConflictError, UserError
from app.domain.layer_moves import MoveName
from app.domain.people import EVERY_ROLE, Person, PersonRole, entered
from app.domain.reports import LayerState
from app.domain.suggestions import Suggestions
from app.exchange.summary import Conflict
from app.review import agree
from app.workspace import Workspace
from db import reports
from tests.workspace import stations
from tests.workspace.stations import (
    NAMES,
    REPORT,
    add_task,
    everything,
    import_report,
    send,
    submit,
    versions,
)

Stations = dict[str, Workspace]
ZHOU, CHEN, LI = NAMES


@pytest.fixture(scope="session")
def apart(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Three workspaces, each with the report, closed."""
    folder = tmp_path_factory.mktemp("apart")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUBAN_HOME", str(folder / "home"))
        return stations.made(folder)


@pytest.fixture
def three(apart: dict[str, Path], tmp_path: Path) -> Iterator[Stations]:
    with stations.opened(apart, tmp_path) as found:
        yield found


@pytest.fixture
def called(three: Stations) -> Stations:
    """Two have given the same unit different telephone numbers, and know of each other."""
    zhou, chen = three[ZHOU], three[CHEN]
    stations.call(zhou, "010-1")
    stations.call(chen, "010-2")
    send(zhou, chen)
    send(chen, zhou)
    return three


def only(workspace: Workspace) -> Conflict:
    (conflict,) = workspace.conflicts()
    return conflict


def number(workspace: Workspace) -> str:
    return workspace.units()[0].telephone


def test_that_each_keeps_their_own_until_a_person_has_decided(called: Stations) -> None:
    assert (number(called[ZHOU]), number(called[CHEN])) == ("010-1", "010-2")
    assert versions(called[ZHOU]) == versions(called[CHEN])


def test_that_a_conflict_says_who_wrote_what_when(called: Stations) -> None:
    conflict = only(called[ZHOU])
    unit = called[ZHOU].units()[0]
    assert (conflict.kind, conflict.report_id, conflict.about) == ("unit", "", f"单位 {unit.short_name}")
    mine, theirs = conflict.sides
    assert (mine.who, mine.words, mine.is_current) == (ZHOU, ("电话：010-1",), True)
    assert (theirs.who, theirs.words, theirs.is_current) == (CHEN, ("电话：010-2",), False)
    assert mine.at is not None
    assert theirs.at is not None
    assert mine.at < theirs.at


def test_that_a_third_who_wrote_nothing_has_what_everybody_would_have(called: Stations) -> None:
    send(called[ZHOU], called[LI])
    first = number(called[LI])
    assert only(called[LI]).id == only(called[ZHOU]).id
    send(called[CHEN], called[LI])
    assert number(called[LI]) == first


def test_that_the_merge_and_its_preview_name_the_conflict(three: Stations) -> None:
    stations.call(three[ZHOU], "010-1")
    stations.call(three[CHEN], "010-2")
    path = stations.packed(three[ZHOU])
    previewed = three[CHEN].preview_package(path).conflicts
    assert three[CHEN].conflicts() == ()
    assert three[CHEN].merge_package(path).conflicts == previewed == three[CHEN].conflicts()
    assert [side.who for side in previewed[0].sides] == [CHEN, ZHOU]


def test_that_a_conflict_that_waits_already_is_named_again(called: Stations) -> None:
    stations.rename_report(called[LI], "别的题名")
    assert send(called[LI], called[ZHOU]).conflicts == called[ZHOU].conflicts()
    assert len(called[ZHOU].conflicts()) == 1


def test_that_nothing_is_built_on_an_undecided_one(called: Stations) -> None:
    with pytest.raises(UserError, match="请先在“冲突”里选定一份"):
        stations.call(called[ZHOU], "010-3")


@pytest.mark.parametrize("take", [0, 1])
def test_that_a_decision_stands_everywhere(called: Stations, take: int) -> None:
    zhou, chen = called[ZHOU], called[CHEN]
    zhou.resolve(only(zhou).id, take)
    expected = ("010-1", "010-2")[take]
    assert number(zhou) == expected
    assert zhou.conflicts() == ()
    summary = send(zhou, chen)
    assert summary.conflicts == chen.conflicts() == ()
    assert number(chen) == expected
    assert send(chen, zhou).units.total == 0
    assert versions(zhou) == versions(chen)
    stations.call(chen, "010-9")


def test_that_a_decision_is_logged_with_what_it_changed(called: Stations) -> None:
    zhou = called[ZHOU]
    zhou.resolve(only(zhou).id, 1)
    entry = zhou.history(limit=1)[0]
    assert (entry.label, entry.who) == (f"处理冲突：单位 {zhou.units()[0].short_name}", ZHOU)
    assert len(entry.edits) == 1
    assert zhou.verify() == []


def test_that_two_who_decide_alike_agree_and_two_who_do_not_meet_again(called: Stations) -> None:
    zhou, chen = called[ZHOU], called[CHEN]
    zhou.resolve(only(zhou).id, 0)
    chen.resolve(only(chen).id, 1)  # each side is listed from its own end: this is the same one
    assert (number(zhou), number(chen)) == ("010-1", "010-1")
    assert send(zhou, chen).conflicts == ()
    stations.call(zhou, "010-4")
    stations.call(chen, "010-5")
    assert len(send(zhou, chen).conflicts) == 1


@pytest.mark.parametrize("take", [-1, 2])
def test_that_a_side_that_is_not_there_cannot_be_taken(called: Stations, take: int) -> None:
    with pytest.raises(ConflictError):
        called[ZHOU].resolve(only(called[ZHOU]).id, take)


def test_that_a_conflict_that_has_got_another_side_is_another_one(called: Stations) -> None:
    before = only(called[ZHOU])
    stations.call(called[LI], "010-3")
    send(called[LI], called[ZHOU])
    assert len(only(called[ZHOU]).sides) == 3
    with pytest.raises(ConflictError):
        called[ZHOU].resolve(before.id, 0)


def test_that_suggestions_are_forgotten_when_a_unit_was_decided(called: Stations) -> None:
    zhou = called[ZHOU]
    with zhou._store.writing() as connection:
        reports.keep_suggestions(connection, REPORT, Suggestions("kept"))
    zhou.resolve(only(zhou).id, 1)
    with zhou._store.reading() as connection:
        assert reports.kept_suggestions(connection, REPORT, "kept") is None


# --- a layer


@pytest.fixture
def returned(three: Stations) -> Stations:
    """陈静 has returned the layer of 周宁, who corrects it here; on another workstation of theirs too."""
    zhou, chen, li = (three[name] for name in NAMES)
    stations.add_task(zhou, "新建泊位")
    stations.submit(zhou)
    send(zhou, chen)
    stations.give_back(chen)
    send(chen, zhou)
    send(chen, li)
    li.sign_in(stations.me(zhou).id)
    stations.retitle(zhou, "扩建泊位")
    stations.retitle(li, "改建泊位")
    stations.submit(li)
    return three


def sit_in(workspace: Workspace, person: Person, *roles: PersonRole) -> None:
    """Let a person work at a workspace with these roles."""
    others = [
        other for other in workspace.people() if other.id != person.id and other.is_a(PersonRole.COORDINATOR)
    ]
    workspace.sign_in(others[0].id)
    known = next(other for other in workspace.people() if other.id == person.id)
    stations.do(workspace, "改角色", (known, replace(known, roles=roles)))
    workspace.sign_in(person.id)


def titles(workspace: Workspace) -> list[str]:
    return [task.title for task in workspace.tasks(workspace.layer(REPORT).id)]


def test_that_ones_own_correction_is_not_replaced(returned: Stations) -> None:
    zhou, li = returned[ZHOU], returned[LI]
    send(li, zhou)
    assert titles(zhou) == ["扩建泊位"]
    assert zhou.layer(REPORT).state is LayerState.RETURNED
    conflict = only(zhou)
    assert (conflict.kind, conflict.about, conflict.report_id) == ("layer", "周宁的标注", REPORT)
    assert [side.words for side in conflict.sides] == [
        ("已退回，任务1项，标注1个", "扩建泊位"),
        ("已提交，任务1项，标注1个", "改建泊位"),
    ]
    with pytest.raises(UserError):
        stations.retitle(zhou, "又一个")


@pytest.mark.parametrize(
    ("take", "title", "state"), [(0, "扩建泊位", "returned"), (1, "改建泊位", "submitted")]
)
def test_that_the_author_decides_which_layer_stands(
    returned: Stations, take: int, title: str, state: str
) -> None:
    zhou, li = returned[ZHOU], returned[LI]
    send(li, zhou)
    zhou.resolve(only(zhou).id, take)
    assert (titles(zhou), zhou.layer(REPORT).state) == ([title], state)
    if take == 0:
        stations.submit(zhou)
    assert send(zhou, li).conflicts == ()
    assert titles(li) == [title]
    assert versions(zhou) == versions(li)


def test_that_an_annotator_does_not_decide_about_anothers_layer(returned: Stations) -> None:
    zhou, chen, li = (returned[name] for name in NAMES)
    send(li, zhou)
    person = stations.me(chen)
    conflict = only(zhou).id
    sit_in(zhou, person, PersonRole.ANNOTATOR)
    with pytest.raises(UserError):
        zhou.resolve(conflict, 0)  # who only annotates does not even see it
    stations.submit(zhou)
    with pytest.raises(UserError, match="要由复核人或统筹人来定，陈静不是"):
        zhou.resolve(conflict, 0)
    sit_in(zhou, person, PersonRole.REVIEWER)
    zhou.resolve(conflict, 1)


def test_that_its_author_alone_does_not_take_back_what_was_made_final(three: Stations) -> None:
    zhou, chen = three[ZHOU], three[CHEN]
    stations.add_task(zhou, "新建泊位")
    stations.submit(zhou)
    send(zhou, chen)
    (base,) = stations.others(chen)
    final = chen.start_review(REPORT, [base.id])
    review = chen.review(final.id)
    chen.apply(agree(review, review.pairs[0].key, stations.me(chen), datetime.now(UTC)))
    chen.move(MoveName.RETURN, base.id, "请再核")
    send(chen, zhou)
    chen.move(MoveName.FINALISE, final.id)
    stations.retitle(zhou, "扩建泊位")
    send(chen, zhou)
    conflict = only(zhou)
    assert conflict.kind == "layer"
    author = stations.me(zhou)
    sit_in(zhou, author, PersonRole.ANNOTATOR)
    with pytest.raises(UserError, match="要由复核人或统筹人来定，周宁不是"):
        zhou.resolve(conflict.id, 0)
    sit_in(zhou, author, PersonRole.ANNOTATOR, PersonRole.COORDINATOR)
    zhou.resolve(conflict.id, 1)
    assert (titles(zhou), zhou.layer(REPORT).state) == (["新建泊位"], LayerState.FINAL)


def test_that_the_roles_of_a_person_are_the_coordinators_to_decide(three: Stations) -> None:
    zhou, chen = three[ZHOU], three[CHEN]
    for workspace, roles in ((zhou, ("reviewer",)), (chen, ("annotator",))):
        stations.do(workspace, "登记", (None, entered("孙远", roles)))
    send(zhou, chen)
    conflict = only(chen)
    assert (conflict.kind, conflict.about) == ("person", "人员 孙远")
    me = stations.me(chen)
    sit_in(chen, stations.me(zhou), PersonRole.REVIEWER, PersonRole.ANNOTATOR)
    with pytest.raises(UserError, match="要由统筹人来定"):
        chen.resolve(conflict.id, 0)
    chen._person = None
    with pytest.raises(UserError, match="请先选择您的姓名"):
        chen.resolve(conflict.id, 0)
    chen.sign_in(me.id)
    chen.resolve(conflict.id, 1)
    assert next(p for p in chen.people() if p.name == "孙远").roles == ("reviewer",)


def test_that_a_blind_annotator_is_told_nothing_of_a_conflict_in_anothers_layer(returned: Stations) -> None:
    zhou, li = returned[ZHOU], returned[LI]
    send(li, zhou)
    zhou.sign_in(next(p.id for p in zhou.people() if p.name == CHEN))
    assert len(zhou.conflicts()) == 1
    stations.add_task(zhou, "新建泊位")  # a draft of one's own: blind from now on
    assert zhou.conflicts() == ()


# --- decisions


@pytest.fixture
def reviewed(three: Stations) -> Stations:
    """Two reviewers have decided otherwise on the same task."""
    zhou, chen, li = (three[name] for name in NAMES)
    stations.add_task(zhou, "新建泊位")
    stations.submit(zhou)
    for other, choice in ((chen, Choice.FIRST), (li, Choice.NEITHER)):
        send(zhou, other)
        stations.review(other, choice)
    send(chen, li)
    return three


def test_that_what_two_reviewers_decide_otherwise_is_decided_by_a_person(reviewed: Stations) -> None:
    chen, li = reviewed[CHEN], reviewed[LI]
    conflict = only(li)
    assert (conflict.kind, conflict.about) == ("decision", "对“任务”的裁决")
    assert [side.words for side in conflict.sides] == [("都不取",), ("取甲",)]
    li.resolve(conflict.id, 1)
    send(li, chen)
    assert chen.conflicts() == ()
    assert [
        d.choice for layer in chen.layers(REPORT) if layer.is_reviewed for d in chen.decisions(layer.id)
    ] == [Choice.FIRST]
    send(chen, li)
    assert everything(chen) == everything(li)


def test_that_nobody_decides_about_the_review_of_their_own_layer(reviewed: Stations) -> None:
    li, zhou = reviewed[LI], reviewed[ZHOU]
    li.sign_in(stations.me(zhou).id)
    with pytest.raises(UserError, match="不能复核自己的标注"):
        li.resolve(only(li).id, 0)


def test_that_two_reviewers_who_decide_alike_have_no_conflict(three: Stations) -> None:
    zhou, chen, li = (three[name] for name in NAMES)
    stations.submit(zhou)
    for other in (chen, li):
        send(zhou, other)
        stations.review(other, Choice.NEITHER)
    assert send(chen, li).conflicts == ()
    send(li, chen)
    assert everything(chen) == everything(li)


def test_that_who_was_entered_elsewhere_with_fewer_roles_is_no_conflict_at_the_first_hand_over(
    tmp_path: Path,
) -> None:
    with Workspace.create(tmp_path / "甲.duban", author="甲") as here:
        import_report(here)
        here.apply(Change("登记人员乙", "", (Edit(None, entered("乙")),)))
        with Workspace.create(tmp_path / "乙.duban", author="乙") as there:
            import_report(there)
            add_task(there, "新建泊位")
            submit(there)
            there.export_package(REPORT, tmp_path / "乙.dubanpkg")
        assert here.merge_package(tmp_path / "乙.dubanpkg").conflicts == ()
        known = {person.name: person.roles for person in here.people()}
        assert (known["甲"], known["乙"]) == (EVERY_ROLE, (PersonRole.ANNOTATOR,))
