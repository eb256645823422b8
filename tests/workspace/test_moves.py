"""A layer is submitted, taken up, returned, made final and opened again; each move is logged and none is undone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.changes import Edit
from app.domain.errors import UserError
from app.domain.layer_moves import MoveName
from app.domain.people import PersonRole
from app.domain.reports import Layer, LayerState
from app.review import Review, agree
from app.workspace import Workspace
from tests.workspace.people import enter, put_reviewed, report_in, tag

SUBMIT, TAKE_UP, RETURN = MoveName.SUBMIT, MoveName.TAKE_UP, MoveName.RETURN
FINALISE, REOPEN = MoveName.FINALISE, MoveName.REOPEN


@pytest.fixture
def office(empty: Workspace) -> Workspace:
    """A workspace with 周宁 (every role) and 陈静, a reviewer, over a report that 周宁 has tagged."""
    enter(empty, "陈静", PersonRole.REVIEWER)
    tag(empty, report_in(empty))
    return empty


def become(workspace: Workspace, name: str) -> None:
    workspace.sign_in(next(p.id for p in workspace.people() if p.name == name))


def own(workspace: Workspace) -> Layer:
    """The layer of 周宁."""
    return workspace.layers(workspace.report(1).id)[0]


def state(workspace: Workspace, layer: Layer) -> tuple[LayerState, int]:
    now = {each.id: each for each in workspace.layers(layer.report_id)}[layer.id]
    return now.state, now.revision


def test_that_submitting_counts_and_says_when(office: Workspace) -> None:
    layer = own(office)
    done = office.move(SUBMIT, layer.id)
    (edit,) = done.edits
    assert edit.before == layer
    assert edit.after == own(office)
    assert own(office) == replace(
        layer, state=LayerState.SUBMITTED, revision=1, submitted=own(office).submitted, version=2
    )
    assert own(office).submitted is not None
    assert timedelta(0) <= datetime.now(UTC) - own(office).submitted < timedelta(minutes=5)  # type: ignore[operator]
    assert office.history()[0].label == "提交标注"
    assert office.history()[0].edits == done.edits


def test_that_a_layer_goes_the_whole_way_and_back(office: Workspace) -> None:
    layer = own(office)
    told = []
    for who, name, reason in (
        ("周宁", SUBMIT, ""),
        ("陈静", TAKE_UP, ""),
        ("陈静", RETURN, " 时限漏标 "),
        ("周宁", SUBMIT, ""),
        ("陈静", TAKE_UP, ""),
        ("陈静", FINALISE, ""),
        ("陈静", REOPEN, "有新情况"),
    ):
        become(office, who)
        office.move(name, layer.id, reason)
        told.append((office.history()[0].label, *state(office, layer)))
    assert told == [
        ("提交标注", "submitted", 1),
        ("开始复核", "in_review", 1),
        ("退回标注人：时限漏标", "returned", 1),
        ("提交标注", "submitted", 2),
        ("开始复核", "in_review", 2),
        ("定稿", "final", 2),
        ("重新打开定稿：有新情况", "in_review", 2),
    ]
    assert office.verify_log() == []


def test_that_what_is_returned_leaves_its_reason_and_may_be_edited_again(office: Workspace) -> None:
    layer = own(office)
    office.move(SUBMIT, layer.id)
    become(office, "陈静")
    done = office.move(RETURN, layer.id, " 时限漏标 ")
    (comment,) = office.comments(layer.report_id)
    assert (comment.text, comment.who, comment.layer_id, comment.task_id) == (
        "时限漏标",
        "陈静",
        layer.id,
        "",
    )
    assert comment in [edit.after for edit in done.edits]
    become(office, "周宁")
    assert len(office.comments(layer.report_id)) == 1
    tag(office, layer.report_id, "补上的任务")
    assert len(office.contents(layer.id).tasks) == 2


@pytest.mark.parametrize("name", [RETURN, REOPEN])
def test_that_a_move_that_wants_a_reason_is_refused_without_one(office: Workspace, name: MoveName) -> None:
    layer = own(office)
    office.move(SUBMIT, layer.id)
    become(office, "陈静")
    if name is REOPEN:
        office.move(TAKE_UP, layer.id)
        office.move(FINALISE, layer.id)
    before = state(office, layer)
    with pytest.raises(UserError, match="要说明理由"):
        office.move(name, layer.id, "  ")
    assert state(office, layer) == before


def test_that_what_a_person_may_not_do_is_refused_with_the_reason_the_window_shows(office: Workspace) -> None:
    layer = own(office)
    for who, name in (("陈静", SUBMIT), ("陈静", TAKE_UP), ("周宁", RETURN)):
        become(office, who)
        words = office.move_refusal(name, own(office))
        assert words
        with pytest.raises(UserError) as caught:
            office.move(name, layer.id, "理由")
        assert str(caught.value) == words
    become(office, "周宁")
    assert office.move_refusal(SUBMIT, layer) == ""
    office.move(SUBMIT, layer.id)
    assert "不能复核自己的标注" in office.move_refusal(TAKE_UP, own(office))
    assert len([e for e in office.history() if e.label == "提交标注"]) == 1


def test_that_a_layer_with_nothing_in_it_can_be_submitted(empty: Workspace) -> None:
    report_id = report_in(empty)
    fresh = empty.layer(report_id)
    done = empty.move(SUBMIT, fresh.id)
    (layer,) = empty.layers(report_id)
    assert done.edits == (Edit(None, layer),)
    assert layer == replace(
        fresh,
        state=LayerState.SUBMITTED,
        revision=1,
        created=layer.created,
        submitted=layer.submitted,
        version=1,
    )
    assert layer.created is not None
    with pytest.raises(UserError, match="不在工作区里"):
        empty.move(SUBMIT, "any")


# --- a reviewed layer takes its bases along


@pytest.fixture
def reviewed(office: Workspace) -> Layer:
    """What review makes of the layers of 周宁 and 吴敏; 陈静 is signed in."""
    enter(office, "吴敏")
    report_id = office.report(1).id
    office.move(SUBMIT, own(office).id)
    become(office, "吴敏")
    tag(office, report_id, "只有吴敏标的任务")
    office.move(SUBMIT, office.layer(report_id).id)
    become(office, "陈静")
    bases = office.layers(report_id)
    for base in bases:
        office.move(TAKE_UP, base.id)
    return put_reviewed(office, report_id, *bases)


def states(workspace: Workspace) -> list[LayerState]:
    return [layer.state for layer in workspace.layers(workspace.report(1).id)]


def test_that_returning_what_is_reviewed_returns_its_bases_with_a_comment_each(
    office: Workspace, reviewed: Layer
) -> None:
    office.move(RETURN, reviewed.id, "请重标")
    assert states(office) == ["returned"] * 3
    comments = office.comments(reviewed.report_id)
    assert {comment.layer_id for comment in comments} == set(reviewed.base_ids)
    assert {comment.text for comment in comments} == {"请重标"}


def test_that_a_base_that_stands_elsewhere_stays_there(office: Workspace, reviewed: Layer) -> None:
    office.move(RETURN, reviewed.base_ids[0], "请重标")
    office.move(RETURN, reviewed.id, "都请重标")
    assert states(office) == ["returned"] * 3
    assert len(office.comments(reviewed.report_id)) == 2


def review_of(workspace: Workspace, layer: Layer) -> Review:
    first, second = (workspace.contents(base_id) for base_id in layer.base_ids)
    return Review(first, second, workspace.contents(layer.id), workspace.decisions(layer.id))


def test_that_nothing_is_made_final_before_every_difference_is_decided(
    office: Workspace, reviewed: Layer
) -> None:
    person = office.person
    assert person is not None
    assert not review_of(office, reviewed).is_finished
    with pytest.raises(UserError, match=r"还有2处差异没有裁决，不能定稿"):
        office.move(FINALISE, reviewed.id)
    assert states(office) == ["in_review"] * 3
    for pair in review_of(office, reviewed).pairs:
        office.apply(agree(review_of(office, reviewed), pair.key, person, datetime(2026, 2, 2, tzinfo=UTC)))
    office.move(FINALISE, reviewed.id)
    assert states(office) == ["final"] * 3
    assert state(office, reviewed) == (LayerState.FINAL, 1)
    assert office.counting_layer(reviewed.report_id).id == reviewed.id
    office.move(REOPEN, reviewed.id, "补充")
    assert states(office) == ["in_review"] * 3
    office.move(FINALISE, reviewed.id)
    assert state(office, reviewed) == (LayerState.FINAL, 2)


def test_that_who_annotated_a_base_may_not_move_what_is_made_of_it(
    office: Workspace, reviewed: Layer
) -> None:
    become(office, "周宁")  # a reviewer too
    for name in (FINALISE, RETURN):
        assert "不能复核自己的标注" in office.move_refusal(name, reviewed)
        with pytest.raises(UserError, match="不能复核自己的标注"):
            office.move(name, reviewed.id, "理由")


def test_that_a_reviewer_who_annotated_what_is_no_base_may_move_what_is_made_of_others(
    office: Workspace, reviewed: Layer
) -> None:
    become(office, "周宁")
    enter(office, "孙远", PersonRole.ANNOTATOR, PersonRole.REVIEWER)
    become(office, "孙远")
    tag(office, reviewed.report_id)
    for name in (FINALISE, RETURN):
        assert office.move_refusal(name, reviewed) == ""


def test_that_nothing_is_made_final_whose_bases_are_not_here(office: Workspace) -> None:
    report_id = office.report(1).id
    office.move(SUBMIT, own(office).id)
    become(office, "陈静")
    office.move(TAKE_UP, own(office).id)
    elsewhere = Layer("elsewhere", report_id, "别处")
    reviewed = put_reviewed(office, report_id, own(office), elsewhere)
    with pytest.raises(UserError, match="不全在这个工作区里"):
        office.move(FINALISE, reviewed.id)
