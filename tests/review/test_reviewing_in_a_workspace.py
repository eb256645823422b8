"""Review in a workspace: who may begin it, what it writes, how it follows its layers, and what `diff` says."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import cli
from app.domain import edits
from app.domain.changes import Change, Edit
from app.domain.decisions import Choice, Field
from app.domain.errors import ConflictError, UserError
from app.domain.layer_moves import MoveName
from app.domain.people import PersonRole
from app.domain.reports import Layer, LayerState, reviewed_layer_id
from app.domain.spans import Span
from app.domain.tasks import Comparator, Item, Owner, Role, Tag, TagKind, Target
from app.review import Review, Status, agree, decide
from app.workspace import Workspace
from tests.workspace.people import enter, report_in

AT = datetime(2026, 3, 5, 9, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """甲 (every role), 乙 and the reviewer 丙 over one report; 甲 and 乙 have tagged 新建泊位3个 and submitted."""
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    with Workspace.create(tmp_path / "复核.duban", author="甲") as workspace:
        enter(workspace, "乙")
        enter(workspace, "丙", PersonRole.REVIEWER)
        report_id = report_in(workspace)
        tag_berths(workspace, report_id, 3.0, "区交通局")
        become(workspace, "乙")
        tag_berths(workspace, report_id, 5.0, "区发改委")
        for name in ("甲", "乙"):
            become(workspace, name)
            workspace.move(MoveName.SUBMIT, workspace.layer(report_id).id)
        become(workspace, "丙")
        yield workspace


def become(workspace: Workspace, name: str) -> None:
    workspace.sign_in(next(p.id for p in workspace.people() if p.name == name))


def tag_berths(workspace: Workspace, report_id: str, number: float, lead: str) -> None:
    """The task of the berths, with its figure and its lead, in the layer of whoever is signed in."""
    text = workspace.reading(report_id).source.text
    start = text.index("新建泊位")
    span = Span(start, start + 8)
    layer = workspace.layer(report_id)
    change, task_id = edits.new_task(report_id, layer.id, (span,), text[span.start : span.end])
    figure = Tag(
        f"{task_id}-1",
        layer.id,
        task_id,
        TagKind.TARGET,
        (Span(start + 4, start + 6),),
        "3个",
        Target("泊位", Comparator.EQ, number, number, "个"),
    )
    who = Tag(f"{task_id}-2", layer.id, task_id, TagKind.OWNER, (), lead, Owner(Role.LEAD, lead))
    workspace.apply(change._replace(edits=(*change.edits, Edit(None, figure), Edit(None, who))))


def bases(workspace: Workspace) -> list[Layer]:
    return [layer for layer in workspace.layers(workspace.report(1).id) if not layer.is_reviewed]


def begun(workspace: Workspace) -> Review:
    layer = workspace.start_review(workspace.report(1).id, [base.id for base in bases(workspace)])
    return workspace.review(layer.id)


def decided(workspace: Workspace, review: Review, field: Field, choice: Choice, reason: str = "") -> Change:
    row = next(d for d in review.differences if d.field is field)
    assert workspace.person is not None
    done = workspace.apply(decide(review, row, choice, workspace.person, AT, reason))
    review.apply(done)
    return done


def leads(workspace: Workspace, review: Review) -> list[str]:
    tags = workspace.contents(review.layer.id).tags
    return [tag.value.name for tag in tags if isinstance(tag.value, Owner)]


def test_that_a_review_begins_with_the_first_side_and_takes_its_layers_up(office: Workspace) -> None:
    review = begun(office)
    one, other = bases(office)
    assert review.layer.base_ids == (one.id, other.id)
    assert review.layer.id == reviewed_layer_id(office.report(1).id, (other.id, one.id))
    assert (review.layer.author, review.layer.state) == ("丙", LayerState.IN_REVIEW)
    assert [one.state, other.state] == [LayerState.IN_REVIEW] * 2
    assert leads(office, review) == ["区交通局"]
    assert [d.field for d in review.differences] == [Field.VALUE, Field.LEAD]
    assert review.merging() is None
    assert office.history()[0].label == "开始复核"


def test_that_beginning_again_finds_the_same_review(office: Workspace) -> None:
    review = begun(office)
    length = office.log_length()
    assert begun(office).layer == review.layer
    assert office.log_length() == length


def test_that_the_older_layer_is_the_first_side_in_whatever_order_they_are_named(office: Workspace) -> None:
    one, other = bases(office)
    layer = office.start_review(office.report(1).id, [other.id, one.id])
    assert layer.base_ids == (one.id, other.id)


@pytest.mark.parametrize("count", [0, 3])
def test_that_one_or_two_submitted_layers_are_reviewed(office: Workspace, count: int) -> None:
    named = [*(base.id for base in bases(office)), "nobody's"][:count]
    with pytest.raises(UserError, match="请选一份或两份已提交的标注"):
        office.start_review(office.report(1).id, named)


def test_that_nobody_reviews_their_own_and_only_reviewers_do(office: Workspace) -> None:
    ids = [base.id for base in bases(office)]
    become(office, "甲")
    with pytest.raises(UserError, match="不能复核自己的标注"):
        office.start_review(office.report(1).id, ids)
    become(office, "乙")
    with pytest.raises(UserError, match="要由复核人来做，乙不是"):
        office.start_review(office.report(1).id, ids[:1])
    assert [base.state for base in bases(office)] == [LayerState.SUBMITTED] * 2


def test_that_a_layer_in_one_review_is_not_taken_into_another(office: Workspace) -> None:
    begun(office)
    with pytest.raises(UserError, match="只有“已提交”时才能开始复核"):
        office.start_review(office.report(1).id, [bases(office)[0].id])


def test_that_what_is_decided_stands_in_the_reviewed_layer_and_can_be_undone(office: Workspace) -> None:
    review = begun(office)
    done = decided(office, review, Field.LEAD, Choice.SECOND, "按三定方案")
    assert leads(office, review) == ["区发改委"]
    (decision,) = office.decisions(review.layer.id)
    assert (decision.choice, decision.who, decision.reason) == (Choice.SECOND, "丙", "按三定方案")
    office.apply(done.inverse())
    assert leads(office, review) == ["区交通局"]
    assert office.decisions(review.layer.id) == ()
    assert office.review(review.layer.id).merging() is None


def test_that_one_key_for_a_task_finishes_it(office: Workspace) -> None:
    review = begun(office)
    assert office.person is not None
    review.apply(office.apply(agree(review, review.pairs[0].key, office.person, AT)))
    assert review.is_finished
    assert [t.is_confirmed for t in office.contents(review.layer.id).tasks] == [True]
    office.move(MoveName.FINALISE, review.layer.id)
    assert office.counting_layer(office.report(1).id).id == review.layer.id


def test_that_a_hand_edit_is_written_with_the_decision_that_it_means(office: Workspace) -> None:
    review = begun(office)
    final = office.contents(review.layer.id)
    item = Item(final.tasks[0], final.tags)
    office.apply(edits.set_lead(office.report(1).id, item, Owner(Role.LEAD, "区水务局")))
    again = office.review(review.layer.id)
    row = next(d for d in again.differences if d.field is Field.LEAD)
    assert leads(office, again) == ["区水务局"]
    assert (row.status, row.decision and row.decision.choice) == (Status.DECIDED, Choice.EDITED)


def test_that_a_hand_edit_of_what_has_changed_meanwhile_is_refused(office: Workspace) -> None:
    review = begun(office)
    final = office.contents(review.layer.id)
    item = Item(final.tasks[0], final.tags)
    office.apply(edits.change_task(office.report(1).id, item, summary="先做前期"))
    with pytest.raises(ConflictError):
        office.apply(edits.change_task(office.report(1).id, item, summary="晚了一步"))
    assert [t.summary for t in office.contents(review.layer.id).tasks] == ["先做前期"]


def test_that_what_a_returned_annotator_corrects_comes_into_the_review_and_is_looked_at_again(
    office: Workspace,
) -> None:
    review = begun(office)
    decided(office, review, Field.LEAD, Choice.SECOND)
    decided(office, review, Field.VALUE, Choice.SECOND)
    other = bases(office)[1]
    office.move(MoveName.RETURN, other.id, "牵头单位请再核对")
    become(office, "乙")
    contents = office.contents(other.id)
    item = Item(contents.tasks[0], contents.tags)
    office.apply(edits.set_lead(office.report(1).id, item, Owner(Role.LEAD, "区港务局")))
    office.move(MoveName.SUBMIT, other.id)
    become(office, "丙")
    again = begun(office)
    assert leads(office, again) == ["区港务局"]
    assert {d.field: d.status for d in again.differences} == {
        Field.LEAD: Status.STALE,
        Field.VALUE: Status.DECIDED,
    }
    assert office.history()[0].label == "并入修改后的标注"
    assert [base.state for base in bases(office)] == [LayerState.IN_REVIEW] * 2


def test_that_a_review_returned_as_a_whole_goes_on_when_its_layers_are_submitted_again(
    office: Workspace,
) -> None:
    review = begun(office)
    decided(office, review, Field.LEAD, Choice.SECOND)
    office.move(MoveName.RETURN, review.layer.id, "请两位再核对")
    assert [base.state for base in bases(office)] == [LayerState.RETURNED] * 2
    with pytest.raises(UserError, match="只有“已提交”时才能开始复核"):
        begun(office)
    for name in ("甲", "乙"):
        become(office, name)
        office.move(MoveName.SUBMIT, office.layer(office.report(1).id).id)
    become(office, "丙")
    again = begun(office)
    assert (again.layer.id, again.layer.state) == (review.layer.id, LayerState.IN_REVIEW)
    assert [d.choice for d in again.decisions] == [Choice.SECOND]


def test_that_what_is_final_is_neither_begun_again_nor_written(office: Workspace) -> None:
    review = begun(office)
    assert office.person is not None
    office.apply(agree(review, review.pairs[0].key, office.person, AT))
    office.move(MoveName.FINALISE, review.layer.id)
    length = office.log_length()
    assert begun(office).layer.state is LayerState.FINAL
    assert office.log_length() == length


def test_that_looking_by_one_who_may_not_decide_writes_nothing(office: Workspace) -> None:
    review = begun(office)
    become(office, "甲")
    length = office.log_length()
    assert office.review(review.layer.id).differences == review.differences
    assert office.log_length() == length


def test_that_an_annotator_sees_what_review_changed_and_why(office: Workspace) -> None:
    review = begun(office)
    decided(office, review, Field.LEAD, Choice.SECOND, "按三定方案")
    decided(office, review, Field.VALUE, Choice.FIRST, "原文是3个")
    become(office, "乙")
    seen = office.review(review.layer.id)
    one, other = bases(office)
    assert [(d.field, seen.outcome(d)) for d in seen.changed_in(one.id)] == [(Field.LEAD, "区发改委")]
    assert [(d.field, d.decision and d.decision.reason) for d in seen.changed_in(other.id)] == [
        (Field.VALUE, "原文是3个")
    ]


def test_that_an_annotators_layer_is_no_review(office: Workspace) -> None:
    with pytest.raises(UserError, match="不是复核稿"):
        office.review(bases(office)[0].id)


def test_that_agreement_is_told_for_the_report_and_its_sections(office: Workspace) -> None:
    one, other = bases(office)
    table = office.agreement(office.report(1).id, one.id, other.id)
    rows = {row.field: row for row in table.overall}
    assert (table.first, table.second) == ("甲", "乙")
    assert rows["span"].exact_f1 == 1.0
    assert (rows["value"].share, rows["unit"].share) == (0.0, 1.0)
    assert {row.section_title for row in table.rows} > {""}


# --- the command


def test_that_diff_tells_differences_and_agreement(
    office: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    become(office, "甲")
    path = str(office.path)
    assert cli.main(["diff", path, "--report", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["first"]["author"], told["second"]["author"]) == ("甲", "乙")
    assert [(d["field"], d["first"], d["second"], d["status"]) for d in told["differences"]] == [
        ("value", "＝ 3 个", "＝ 5 个", "open"),
        ("lead", "区交通局", "区发改委", "open"),
    ]
    assert told["differences"][0]["about"] == "泊位"
    rows = {row["field"]: row for row in told["agreement"]["rows"] if row["section"] is None}
    assert rows["span"]["exact_f1"] == 1.0
    assert cli.main(["diff", path, "--report", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "甲：甲\t乙：乙\t差异2处"
    assert lines[2:5] == [
        "目标值（泊位）\t＝ 3 个\t＝ 5 个\t待裁决",
        "牵头单位\t区交通局\t区发改委\t待裁决",
        "",
    ]
    assert lines[5].startswith("一致性\t甲\t乙\t")
    assert any(line.startswith("任务范围\t1\t1\t1.0000\t1.0000\t—") for line in lines)


def test_that_diff_tells_what_is_decided_already(
    office: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    review = begun(office)
    decided(office, review, Field.LEAD, Choice.SECOND)
    become(office, "甲")
    assert cli.main(["diff", str(office.path), "--report", "1", "--json"]) == 0
    told = {d["field"]: d for d in json.loads(capsys.readouterr().out)["differences"]}
    assert (told["lead"]["status"], told["lead"]["choice"]) == ("decided", "second")
    assert told["value"]["choice"] is None
    assert (
        cli.main(["diff", str(office.path), "--report", "1", "--json", "--first", "乙", "--second", "甲"])
        == 0
    )
    again = {d["field"]: d for d in json.loads(capsys.readouterr().out)["differences"]}
    assert again == told


def test_that_diff_takes_the_sides_that_are_named(
    office: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    become(office, "甲")
    words = ["diff", str(office.path), "--report", "1", "--json"]
    assert cli.main([*words, "--first", "乙"]) == 0
    one_named = json.loads(capsys.readouterr().out)
    assert (one_named["first"]["author"], one_named["second"]["author"]) == ("甲", "乙")  # as review has them
    assert cli.main([*words, "--first", "乙", "--second", "甲"]) == 0
    assert json.loads(capsys.readouterr().out) == one_named
    assert cli.main([*words, "--first", "丁"]) == 1
    assert "没有丁的标注" in capsys.readouterr().err
    assert cli.main([*words, "--first", "甲", "--second", "甲"]) == 1
    assert "要有两份标注才能比较" in capsys.readouterr().err
