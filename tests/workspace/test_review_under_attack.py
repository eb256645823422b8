"""What a person might try around review: other names and days, layers moved one by one, looking before one's turn."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from app.domain.changes import Change, Edit
from app.domain.comments import Comment
from app.domain.decisions import FIELD_NAMES, Choice, Decision
from app.domain.errors import ConflictError, UserError
from app.domain.layer_moves import MoveName, is_visible
from app.domain.people import EVERY_ROLE, Person, PersonRole
from app.domain.reports import Layer, LayerState
from app.domain.tasks import Task
from app.review import agree, decide
from app.workspace import Workspace
from tests.workspace.people import enter, remark, report_in, tag

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
JIA, YI, LI = (Person(name, name) for name in "甲乙李")
REVIEWING = Person("r", "审", (PersonRole.REVIEWER,))
BOTH = Person("b", "兼", (PersonRole.ANNOTATOR, PersonRole.REVIEWER))


def become(workspace: Workspace, name: str) -> Person:
    return workspace.sign_in(next(p.id for p in workspace.people() if p.name == name))


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def office(empty: Workspace) -> Workspace:
    """周宁 (every role), 陈静 and 赵平 annotate, 孙远 and 李群 review; a report is there."""
    for name in ("陈静", "赵平"):
        enter(empty, name)
    for name in ("孙远", "李群"):
        enter(empty, name, PersonRole.REVIEWER)
    report_in(empty)
    return empty


@pytest.fixture
def reviewed(office: Workspace) -> Layer:
    """What 孙远, who is signed in, reviews of 陈静 and 赵平."""
    report_id = office.report(1).id
    for name in ("陈静", "赵平"):
        become(office, name)
        tag(office, report_id, f"{name}的任务")
        office.move(MoveName.SUBMIT, office.layer(report_id).id)
    become(office, "孙远")
    return office.start_review(report_id, [layer.id for layer in office.layers(report_id)])


def agree_with_all(workspace: Workspace, layer: Layer) -> None:
    review = workspace.review(layer.id)
    assert workspace.person is not None
    for pair in review.pairs:
        review.apply(workspace.apply(agree(review, pair.key, workspace.person, now())))


def states(workspace: Workspace) -> list[str]:
    return [layer.state.value for layer in workspace.layers(workspace.report(1).id)]


# --- who may look


def over(person: Person, state: LayerState, revision: int) -> Layer:
    return Layer(f"of {person.id}", "r", person.name, state, person_id=person.id, revision=revision)


DRAFT, OUT = over(YI, LayerState.DRAFT, 0), over(YI, LayerState.SUBMITTED, 1)
FINAL = over(YI, LayerState.FINAL, 1)


@pytest.mark.parametrize(
    ("layer", "person", "own", "is_shown"),
    [
        (OUT, JIA, None, False),  # who only annotates may still begin
        (OUT, JIA, over(JIA, LayerState.DRAFT, 0), False),
        (OUT, JIA, over(JIA, LayerState.SUBMITTED, 1), True),
        (FINAL, JIA, None, True),
        (FINAL, JIA, over(JIA, LayerState.DRAFT, 0), False),
        (OUT, REVIEWING, None, True),
        (OUT, BOTH, None, True),
        (OUT, BOTH, over(BOTH, LayerState.DRAFT, 0), False),
        (DRAFT, REVIEWING, None, False),
        (OUT, None, None, True),
        (OUT, None, over(LI, LayerState.DRAFT, 0), False),  # it may be 李 who has not signed in
        (FINAL, None, over(LI, LayerState.DRAFT, 0), True),
        (DRAFT, None, None, False),
        (DRAFT, YI, None, True),
    ],
)
def test_that_nobody_looks_on_who_is_still_to_annotate(
    layer: Layer, person: Person | None, own: Layer | None, is_shown: bool
) -> None:
    assert is_visible(layer, person, [layer, *([own] if own else [])]) is is_shown


def test_that_the_history_does_not_say_why_a_hidden_layer_was_returned(office: Workspace) -> None:
    report_id = office.report(1).id
    become(office, "陈静")
    tag(office, report_id)
    hidden = office.layer(report_id)
    office.move(MoveName.SUBMIT, hidden.id)
    become(office, "赵平")
    tag(office, report_id)
    become(office, "孙远")
    office.move(MoveName.RETURN, hidden.id, "泊位应为5个")
    assert office.history()[0].label == "退回标注人：泊位应为5个"
    become(office, "赵平")
    told = office.history()[0]
    assert (told.label, len(told.edits)) == ("退回标注人", 1)
    assert "泊位应为" not in repr(office.history())


# --- in whose name


def test_that_a_comment_is_in_the_name_of_who_makes_it_and_of_today(
    office: Workspace, reviewed: Layer
) -> None:
    said = remark(office, reviewed, who="李群", at=LONG_AGO)
    done = office.apply(Change("意见", reviewed.report_id, (Edit(None, said),)))
    (comment,) = office.comments(reviewed.report_id)
    assert comment == done.edits[0].after
    assert (comment.who, comment.text) == ("孙远", said.text)
    assert timedelta(0) <= now() - comment.at < timedelta(minutes=5)
    resolved = replace(comment, is_resolved=True)
    become(office, "李群")
    office.apply(Change("解决", reviewed.report_id, (Edit(comment, resolved),)))
    assert [(c.who, c.at) for c in office.comments(reviewed.report_id)] == [("孙远", comment.at)]


def test_that_ones_own_words_may_be_mended_and_keep_their_day(office: Workspace, reviewed: Layer) -> None:
    said = remark(office, reviewed, at=now() - timedelta(minutes=9))
    (edit,) = office.apply(Change("意见", reviewed.report_id, (Edit(None, said),))).edits
    assert isinstance(edit.after, Comment)
    assert edit.after.at == said.at
    office.apply(Change("改", reviewed.report_id, (Edit(edit.after, replace(edit.after, text="改了")),)))
    assert [(c.text, c.at) for c in office.comments(reviewed.report_id)] == [("改了", said.at)]


def test_that_who_mends_their_own_words_does_not_date_them_back(office: Workspace, reviewed: Layer) -> None:
    (edit,) = office.apply(Change("意见", reviewed.report_id, (Edit(None, remark(office, reviewed)),))).edits
    assert isinstance(edit.after, Comment)
    office.apply(Change("改", reviewed.report_id, (Edit(edit.after, replace(edit.after, at=LONG_AGO)),)))
    (comment,) = office.comments(reviewed.report_id)
    assert comment.at >= edit.after.at


def test_that_words_made_ready_more_than_ten_minutes_ago_are_of_now(
    office: Workspace, reviewed: Layer
) -> None:
    said = remark(office, reviewed, at=now() - timedelta(minutes=10, seconds=1))
    (edit,) = office.apply(Change("意见", reviewed.report_id, (Edit(None, said),))).edits
    assert isinstance(edit.after, Comment)
    assert edit.after.at > said.at + timedelta(minutes=10)


def test_that_a_comment_belongs_to_the_report_of_its_layer(office: Workspace, reviewed: Layer) -> None:
    other = office.import_bytes(
        "云港区2027年政府工作报告\n一、重点工作\n新建泊位3个，办好港口开放日。\n".encode() * 9, "b.txt"
    )
    said = remark(office, reviewed, report_id=other.id)
    with pytest.raises(ConflictError):
        office.apply(Change("意见", other.id, (Edit(None, said),)))


def test_that_who_only_reviews_begins_no_layer_by_a_comment(office: Workspace) -> None:
    report_id = office.report(1).id
    become(office, "孙远")
    with pytest.raises(UserError, match="还没有能看的标注"):
        office.apply(Change("意见", report_id, (Edit(None, remark(office, office.layer(report_id))),)))
    assert office.layers(report_id) == ()


def decided(workspace: Workspace, layer: Layer, **fields: object) -> Change:
    """A decision on the first difference, as somebody might have forged it."""
    review = workspace.review(layer.id)
    assert workspace.person is not None
    change = decide(review, review.differences[0], Choice.NEITHER, workspace.person, now())
    first, *rest = change.edits
    assert isinstance(first.after, Decision)
    forged = replace(first.after, **fields)  # type: ignore[arg-type]  # callers name its fields
    return change._replace(edits=(Edit(first.before, forged), *rest))


def test_that_a_decision_is_in_the_name_of_who_takes_it_and_of_today(
    office: Workspace, reviewed: Layer
) -> None:
    li = next(p for p in office.people() if p.name == "李群")
    office.apply(decided(office, reviewed, person_id=li.id, who=li.name, at=LONG_AGO))
    (decision,) = office.decisions(reviewed.id)
    assert office.person is not None
    assert (decision.person_id, decision.who) == (office.person.id, "孙远")
    assert timedelta(0) <= now() - decision.at < timedelta(minutes=5)


def test_that_a_decision_of_tomorrow_is_of_today(office: Workspace, reviewed: Layer) -> None:
    office.apply(decided(office, reviewed, at=now() + timedelta(days=1)))
    assert office.decisions(reviewed.id)[0].at < now()


def test_that_an_undo_puts_back_what_another_had_decided(office: Workspace, reviewed: Layer) -> None:
    office.apply(decided(office, reviewed))
    (theirs,) = office.decisions(reviewed.id)
    become(office, "李群")
    overruled = office.apply(decided(office, reviewed, reason="应取"))
    assert office.decisions(reviewed.id)[0].who == "李群"
    office.apply(overruled.inverse())
    assert replace(office.decisions(reviewed.id)[0], version=0) == replace(theirs, version=0)


def test_that_there_is_one_decision_on_a_difference(office: Workspace, reviewed: Layer) -> None:
    with pytest.raises(ConflictError):
        office.apply(decided(office, reviewed, id=str(uuid4())))
    assert office.decisions(reviewed.id) == ()


# --- moves


@pytest.mark.parametrize("name", [MoveName.FINALISE, MoveName.REOPEN])
def test_that_a_base_is_not_made_final_or_opened_alone(
    office: Workspace, reviewed: Layer, name: MoveName
) -> None:
    if name is MoveName.REOPEN:
        agree_with_all(office, reviewed)
        office.move(MoveName.FINALISE, reviewed.id)
    before = states(office)
    base = office.layers(reviewed.report_id)[0]
    assert "请在复核稿上" in office.move_refusal(name, base)
    with pytest.raises(UserError, match="请在复核稿上"):
        office.move(name, base.id, "理由")
    assert states(office) == before


def test_that_what_is_final_locks_what_was_returned(office: Workspace, reviewed: Layer) -> None:
    agree_with_all(office, reviewed)
    base = office.layers(reviewed.report_id)[0]
    office.move(MoveName.RETURN, base.id, "再核")
    assert states(office) == ["returned", "in_review", "in_review"]
    office.move(MoveName.FINALISE, reviewed.id)
    assert states(office) == ["final"] * 3
    become(office, base.author)
    task = office.tasks(base.id)[0]
    with pytest.raises(UserError, match="已定稿，不能再改"):
        office.apply(Change("改", base.report_id, (Edit(task, replace(task, title="改")),)))


def test_that_what_was_put_in_beside_the_decisions_is_not_made_final(
    office: Workspace, reviewed: Layer
) -> None:
    change = decided(office, reviewed)
    forged = Task("forged", reviewed.id, (), "夹带的任务")
    office.apply(change._replace(edits=(*change.edits, Edit(None, forged))))
    review = office.review(reviewed.id)
    assert office.person is not None
    for pair in review.pairs:
        if any(row.is_open for row in review.of_task(pair.key)):
            review.apply(office.apply(agree(review, pair.key, office.person, now())))
    other = decide(review, review.differences[0], Choice.FIRST, office.person, now())
    office.apply(other._replace(edits=(*other.edits, Edit(None, forged))))
    assert "forged" in [task.id for task in office.tasks(reviewed.id)]
    office.move(MoveName.FINALISE, reviewed.id)
    assert "forged" not in [task.id for task in office.tasks(reviewed.id)]


def taken_up(office: Workspace) -> Layer:
    """陈静's layer, taken up by 孙远, who is signed in."""
    report_id = office.report(1).id
    become(office, "陈静")
    tag(office, report_id)
    layer = office.layer(report_id)
    office.move(MoveName.SUBMIT, layer.id)
    become(office, "孙远")
    office.move(MoveName.TAKE_UP, layer.id)
    return layer


def test_that_a_layer_that_was_taken_up_can_be_reviewed(office: Workspace) -> None:
    layer = taken_up(office)
    begun = office.start_review(layer.report_id, [layer.id])
    assert begun.base_ids == (layer.id,)
    assert states(office) == ["in_review", "in_review"]


def test_that_an_annotator_begins_no_review_of_what_a_reviewer_has_taken_up(office: Workspace) -> None:
    layer = taken_up(office)
    become(office, "赵平")
    with pytest.raises(UserError):
        office.start_review(layer.report_id, [layer.id])
    become(office, "孙远")
    assert states(office) == ["in_review"]


def test_that_a_layer_in_one_review_is_not_taken_into_another(office: Workspace, reviewed: Layer) -> None:
    with pytest.raises(UserError, match="复核中"):
        office.start_review(reviewed.report_id, reviewed.base_ids[:1])


# --- roles that were changed in another window


def demote(workspace: Workspace, name: str, *roles: PersonRole) -> None:
    """What the coordinator does in another window."""
    with Workspace.open(workspace.path, author="周宁") as other:
        person = next(p for p in other.people() if p.name == name)
        other.apply(Change("改角色", "", (Edit(person, replace(person, roles=roles)),)))


def test_that_roles_that_another_window_took_away_move_nothing(office: Workspace, reviewed: Layer) -> None:
    agree_with_all(office, reviewed)
    demote(office, "孙远", PersonRole.COORDINATOR)
    with pytest.raises(UserError, match="孙远不是"):
        office.move(MoveName.FINALISE, reviewed.id)
    assert states(office) == ["in_review"] * 3


def test_that_roles_that_another_window_took_away_begin_no_review(office: Workspace) -> None:
    report_id = office.report(1).id
    become(office, "陈静")
    tag(office, report_id)
    layer = office.layer(report_id)
    office.move(MoveName.SUBMIT, layer.id)
    become(office, "孙远")
    demote(office, "孙远", PersonRole.COORDINATOR)
    with pytest.raises(UserError, match="孙远不是"):
        office.start_review(report_id, [layer.id])


def test_that_one_who_was_a_coordinator_sets_no_passphrase_for_others(office: Workspace) -> None:
    sun = next(p for p in office.people() if p.name == "孙远")
    office.apply(Change("改角色", "", (Edit(sun, replace(sun, roles=EVERY_ROLE)),)))
    become(office, "孙远")
    demote(office, "孙远", PersonRole.REVIEWER)
    jing = next(p for p in office.people() if p.name == "陈静")
    with pytest.raises(UserError, match="本人和统筹人"):
        office.set_passphrase(jing.id, "x")


# --- what is given back


def test_that_what_is_given_back_stands_on_its_task_for_its_author(
    office: Workspace, reviewed: Layer
) -> None:
    review = office.review(reviewed.id)
    given_back = next(d for d in review.differences if d.first)
    assert office.person is not None
    change = decide(review, given_back, Choice.RETURNED, office.person, now(), "漏了时限")
    office.apply(change)
    base = next(layer for layer in office.layers(reviewed.report_id) if layer.id == reviewed.base_ids[0])
    office.move(MoveName.RETURN, base.id, "请按逐条意见修改")
    found = [comment for comment in office.comments(reviewed.report_id) if comment.layer_id == base.id]
    words = f"{FIELD_NAMES[given_back.field]}：漏了时限"
    assert {(c.text, c.task_id, c.who) for c in found} == {
        ("请按逐条意见修改", "", "孙远"),
        (words, given_back.task_id, "孙远"),
    }
    author = become(office, base.author)
    office.move(MoveName.SUBMIT, base.id)
    become(office, "孙远")
    office.move(MoveName.RETURN, base.id, "还没有改")
    texts = [c.text for c in office.comments(reviewed.report_id) if c.layer_id == base.id]
    assert author.name == base.author
    assert sorted(texts) == sorted(["请按逐条意见修改", "还没有改", words])
