"""Everybody has a layer of their own; what is not theirs to see or change is refused."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain import edits
from app.domain.changes import Change, Edit
from app.domain.decisions import Choice, Decision, Field, decision_id
from app.domain.errors import ConflictError, UserError
from app.domain.layer_moves import MoveName
from app.domain.people import PersonRole
from app.domain.reports import Layer, LayerState, own_layer_id, reviewed_layer_id
from app.domain.tasks import Owner, Role, Task
from app.workspace import Workspace
from app.workspace.layers import counting
from tests.workspace.people import TEXT, enter, put_reviewed, remark, report_in, tag

DAY = datetime(2026, 1, 9, tzinfo=UTC)


@pytest.fixture
def office(empty: Workspace) -> Workspace:
    """A workspace with two annotators (周宁 has every role, 陈静 only that) and a reviewer, 赵平."""
    enter(empty, "陈静")
    enter(empty, "赵平", PersonRole.REVIEWER)
    return empty


def become(workspace: Workspace, name: str) -> None:
    workspace.sign_in(next(p.id for p in workspace.people() if p.name == name))


# --- begun with the first edit


def test_that_importing_a_report_makes_no_layer(office: Workspace) -> None:
    report_id = report_in(office)
    assert office.layers(report_id) == ()
    layer = office.layer(report_id)
    me = office.person
    assert me is not None
    assert layer == Layer(own_layer_id(report_id, me.id), report_id, "周宁", person_id=me.id)
    assert office.layer(report_id) == office.counting_layer(report_id) == layer
    assert (office.tasks(layer.id), office.tags(layer.id), office.marks(layer.id)) == ((), (), [])
    assert office.dismissals(layer.id) == ()
    with pytest.raises(UserError, match="还没有开始"):
        office.contents(layer.id)


def test_that_the_first_edit_begins_the_layer_and_its_undo_leaves_it(office: Workspace) -> None:
    report_id = report_in(office)
    fresh = office.layer(report_id)
    change, _ = edits.new_task(report_id, fresh.id, (), "办好开放日")
    done = office.apply(change)
    stored = office.layer(report_id)
    assert stored == replace(fresh, created=stored.created, version=1)
    assert stored.created is not None
    assert office.layers(report_id) == (stored,)
    assert office.history()[0].edits == (Edit(None, stored), *done.edits)
    office.apply(done.inverse())
    assert office.layers(report_id) == (stored,)
    assert office.contents(stored.id).tasks == ()
    office.apply(done)
    assert len(office.contents(stored.id).tasks) == 1


def test_that_nobody_begins_a_layer_for_another(office: Workspace) -> None:
    report_id = report_in(office)
    become(office, "陈静")
    foreign = office.layer(report_id).id
    become(office, "周宁")
    for layer_id, about in ((foreign, report_id), ("any", report_id), (office.layer(report_id).id, "")):
        task = Task("t", layer_id, (), "替别人写的")
        with pytest.raises(ConflictError):
            office.apply(Change("新建任务", about, (Edit(None, task),)))
    assert office.layers(report_id) == ()


def test_that_two_people_each_have_a_layer_and_the_same_reports(office: Workspace) -> None:
    report_id = report_in(office)
    mine = tag(office, report_id, "周宁的任务")
    become(office, "陈静")
    theirs = tag(office, report_id, "陈静的任务")
    assert mine.layer_id != theirs.layer_id
    assert [layer.author for layer in office.layers(report_id)] == ["周宁", "陈静"]
    assert [i.task.title for i in office.items(report_id) if not i.is_suggested] == ["陈静的任务"]
    become(office, "周宁")
    assert [i.task.title for i in office.items(report_id) if not i.is_suggested] == ["周宁的任务"]


def test_that_one_who_does_not_annotate_works_on_what_counts(office: Workspace) -> None:
    report_id = report_in(office)
    tag(office, report_id)
    mine = office.layer(report_id)
    become(office, "赵平")
    fresh = office.layer(report_id)
    assert (fresh.version, fresh.author) == (0, "赵平")
    with pytest.raises(UserError, match="赵平不是标注人"):
        tag(office, report_id)
    become(office, "周宁")
    office.move(MoveName.SUBMIT, mine.id)
    become(office, "赵平")
    assert office.layer(report_id).id == office.counting_layer(report_id).id == mine.id
    assert "只有本人能改" in office.edit_refusal(office.layer(report_id))


# --- blind


@pytest.fixture
def blind(office: Workspace) -> tuple[str, Layer, Layer]:
    """A report over which 周宁 has submitted and 陈静 has a draft; 陈静 is signed in."""
    report_id = report_in(office)
    mine = tag(office, report_id, "周宁的任务")
    office.apply(Change("意见", report_id, (Edit(None, remark(office, office.layer(report_id))),)))
    office.move(MoveName.SUBMIT, mine.layer_id)
    become(office, "陈静")
    tag(office, report_id, "陈静的任务")
    first, second = office.layers(report_id)
    return report_id, first, second


def test_that_a_blind_annotator_sees_nothing_of_the_other(
    office: Workspace, blind: tuple[str, Layer, Layer]
) -> None:
    report_id, first, second = blind
    assert (office.is_visible(first), office.is_visible(second)) == (False, True)
    for look in (
        office.contents,
        office.marks,
        office.tasks,
        office.tags,
        office.dismissals,
        office.decisions,
        lambda _: office.board(report_id, layer=first),
    ):
        with pytest.raises(UserError, match=r"周宁的标注还看不到"):
            look(first.id)
    assert office.comments(report_id) == ()
    assert office.counting_layer(report_id) == second
    with pytest.raises(UserError, match="还看不到，不能在上面留意见"):
        office.apply(Change("意见", report_id, (Edit(None, remark(office, first)),)))


def test_that_neither_sees_the_other_until_both_have_submitted(
    office: Workspace, blind: tuple[str, Layer, Layer]
) -> None:
    report_id, first, second = blind
    become(office, "周宁")
    assert not office.is_visible(second)
    become(office, "陈静")
    office.move(MoveName.SUBMIT, second.id)
    assert [task.title for task in office.contents(first.id).tasks] == ["周宁的任务"]
    assert [comment.text for comment in office.comments(report_id)] == ["请核对"]
    become(office, "周宁")
    assert [task.title for task in office.contents(second.id).tasks] == ["陈静的任务"]


def test_that_a_reviewer_sees_what_was_submitted_and_no_draft(
    office: Workspace, blind: tuple[str, Layer, Layer]
) -> None:
    _, first, second = blind
    become(office, "赵平")
    assert len(office.contents(first.id).tasks) == 1
    assert not office.is_visible(second)


# --- what counts


def layers_in(states: str) -> tuple[Layer, ...]:
    """Layers by their states; a submitted one went out, on the day of its place in the list; F is a reviewed one."""
    made = []
    for day, word in enumerate(states.split(), 1):
        state = LayerState(word.removeprefix("F-").removesuffix("*"))
        is_out = word.endswith("*") or state is not LayerState.DRAFT
        bases = ("b",) if word.startswith("F-") else ()
        at = datetime(2026, 1, day, tzinfo=UTC) if not bases and is_out else None
        revision = int(word.endswith("*") if bases else is_out)
        made.append(Layer(word, "r", "", state, base_ids=bases, revision=revision, submitted=at))
    return tuple(made)


@pytest.mark.parametrize(
    ("states", "counts"),
    [
        ("draft", "draft"),
        ("draft submitted draft", "submitted"),
        ("submitted returned draft", "returned"),
        ("submitted in_review F-in_review", "in_review"),
        ("final final F-final*", "F-final*"),
        ("F-final* final final", "F-final*"),
        ("in_review F-in_review* submitted", "F-in_review*"),
        ("submitted final", "final"),
    ],
)
def test_that_the_final_layer_counts_then_what_went_out_last(states: str, counts: str) -> None:
    found = counting(layers_in(states))
    assert found is not None
    assert found.id == counts


def test_that_of_drafts_the_newest_counts_and_of_submitted_ones_the_last_submitted() -> None:
    assert counting(()) is None
    drafts = [Layer(str(n), "r", "") for n in range(2)]
    assert counting(drafts) == drafts[1]
    early, late = (
        Layer(
            str(n), "r", "", LayerState.SUBMITTED, revision=1, submitted=datetime(2026, 1, 9 - n, tzinfo=UTC)
        )
        for n in (1, 0)
    )
    assert counting((late, early)) == late
    assert counting((early, late)) == late


def test_that_a_reviewed_layer_is_the_same_whichever_of_its_bases_is_named_first() -> None:
    assert reviewed_layer_id("r", ("a", "b")) == reviewed_layer_id("r", ("b", "a"))
    assert (
        len({reviewed_layer_id("r", ("a",)), reviewed_layer_id("r", ("a", "b")), own_layer_id("r", "a")}) >= 2
    )


# --- rights


def test_that_a_submitted_layer_is_read_only_to_its_author_too(office: Workspace) -> None:
    report_id = report_in(office)
    task = tag(office, report_id)
    undo = Change("删除任务", report_id, (Edit(task, None),))
    office.move(MoveName.SUBMIT, task.layer_id)
    assert "已提交" in office.edit_refusal(office.layer(report_id))
    with pytest.raises(UserError, match="已提交，不能再改"):
        office.apply(undo)
    assert len(office.tasks(task.layer_id)) == 1


def test_that_nobody_edits_anothers_layer(office: Workspace) -> None:
    report_id = report_in(office)
    task = tag(office, report_id)
    become(office, "陈静")
    with pytest.raises(UserError, match="这是周宁的标注，只有本人能改"):
        office.apply(Change("删除任务", report_id, (Edit(task, None),)))


def test_that_a_state_is_changed_by_moves_alone(office: Workspace) -> None:
    report_id = report_in(office)
    tag(office, report_id)
    layer = office.layer(report_id)
    submitted = office.move(MoveName.SUBMIT, layer.id)
    for change in (
        submitted.inverse(),
        Change("改", report_id, (Edit(layer, replace(layer, author="别人")),)),
    ):
        with pytest.raises(UserError, match="只能由提交、退回、定稿"):
            office.apply(change)


def decision_on(layer: Layer) -> Change:
    made = Decision(
        decision_id(layer.id, "task:1"), layer.id, "task:1", Field.TASK, Choice.FIRST, "p", "赵平", DAY
    )
    return Change("裁决", layer.report_id, (Edit(None, made),))


def test_that_a_decision_stands_on_a_reviewed_layer_by_a_reviewer_of_others_work(office: Workspace) -> None:
    report_id = report_in(office)
    task = tag(office, report_id)
    base = office.layer(report_id)
    with pytest.raises(UserError, match="裁决只能写在复核稿上"):
        office.apply(decision_on(base))
    office.move(MoveName.SUBMIT, base.id)
    reviewed = put_reviewed(office, report_id, base)
    with pytest.raises(UserError, match="不能复核自己的标注"):
        office.apply(decision_on(reviewed))
    become(office, "陈静")
    with pytest.raises(UserError, match="陈静不是复核人"):
        office.apply(decision_on(reviewed))
    become(office, "赵平")
    office.apply(decision_on(reviewed))
    assert [d.key for d in office.decisions(reviewed.id)] == ["task:1"]
    office.apply(Change("取用", report_id, (Edit(None, replace(task, layer_id=reviewed.id, version=0)),)))
    assert [t.id for t in office.contents(reviewed.id).tasks] == [task.id]


def test_that_a_final_layer_takes_no_decision(office: Workspace) -> None:
    report_id = report_in(office)
    tag(office, report_id)
    base = office.layer(report_id)
    office.move(MoveName.SUBMIT, base.id)
    final = put_reviewed(office, report_id, base, state=LayerState.FINAL, revision=1)
    become(office, "赵平")
    with pytest.raises(UserError, match="已经定稿"):
        office.apply(decision_on(final))
    assert "已经定稿" in office.edit_refusal(final)


def test_that_one_writes_changes_and_deletes_ones_own_words_only(office: Workspace) -> None:
    report_id = report_in(office)
    tag(office, report_id)
    layer = office.layer(report_id)
    mine = office.apply(Change("意见", report_id, (Edit(None, remark(office, layer)),))).edits[0].after
    office.apply(Change("意见", report_id, (Edit(None, remark(office, layer, "第二条")),)))
    assert [c.text for c in office.comments(report_id)] in (["请核对", "第二条"], ["第二条", "请核对"])
    office.move(MoveName.SUBMIT, layer.id)
    become(office, "赵平")
    comment = next(c for c in office.comments(report_id) if c == mine)
    forged = remark(office, layer, person_id=comment.person_id)
    for edit in (
        Edit(comment, None),
        Edit(comment, replace(comment, text="改了")),
        Edit(comment, replace(comment, person_id=forged.person_id, is_resolved=True, text="改了")),
        Edit(None, forged),
    ):
        with pytest.raises(UserError, match="只能写自己的意见"):
            office.apply(Change("意见", report_id, (edit,)))
    office.apply(Change("标为已解决", report_id, (Edit(comment, replace(comment, is_resolved=True)),)))
    reply = remark(office, layer, "已核对", parent_id=comment.id)
    stored = office.apply(Change("回复", report_id, (Edit(None, reply),))).edits[0].after
    office.apply(Change("删除意见", report_id, (Edit(stored, None),)))
    assert len(office.comments(report_id)) == 2


def test_that_a_comment_on_ones_own_fresh_layer_begins_it(office: Workspace) -> None:
    report_id = report_in(office)
    office.apply(Change("意见", report_id, (Edit(None, remark(office, office.layer(report_id))),)))
    assert len(office.layers(report_id)) == len(office.comments(report_id)) == 1


def test_that_anybody_signed_in_keeps_the_directory_and_the_reports_data(office: Workspace) -> None:
    report_id = report_in(office)
    become(office, "陈静")
    unit, card = office.units()[0], office.report(report_id)
    office.apply(Change("改单位", "", (Edit(unit, replace(unit, telephone="1")),)))
    office.apply(edits.correct_report(card, replace(card, metadata=replace(card.metadata, title="别的"))))


def test_that_tags_follow_a_unit_only_in_layers_one_may_change(office: Workspace) -> None:
    report_id = report_in(office)
    unit = office.units()[0]
    owner = Owner(Role.LEAD, unit.short_name, unit.code, unit.id)
    for name in ("周宁", "陈静"):
        become(office, name)
        tag(office, report_id)
        item = next(i for i in office.items(report_id) if not i.is_suggested)
        office.apply(edits.set_lead(report_id, item, owner))
    own = office.layer(report_id)
    assert [t.layer_id for t in office.tags_of_unit(unit.id)] == [own.id]
    assert office.is_unit_used(unit.id)
    office.move(MoveName.SUBMIT, own.id)
    assert office.tags_of_unit(unit.id) == ()


def test_that_experience_does_not_learn_from_what_one_may_not_see(office: Workspace) -> None:
    body = TEXT.replace("办好港口开放日。", "办好港湾文化艺术节，组织群众演出{}场。")
    first = office.import_bytes(body.format(100).encode(), "a.txt").id
    item = next(i for i in office.items(first) if i.task.quote.startswith("办好港湾"))
    office.apply(edits.set_lead(first, item, Owner(Role.LEAD, "区教育局", "教育")))
    second = office.import_bytes(body.format(120).replace("2026", "2027").encode(), "b.txt").id

    def lead() -> str:
        found = next(i for i in office.items(second) if i.task.quote.startswith("办好港湾"))
        return found.lead.text if found.lead else ""

    assert lead() == "区教育局"
    become(office, "陈静")
    assert lead() != "区教育局"
    become(office, "周宁")
    office.move(MoveName.SUBMIT, office.layer(first).id)
    become(office, "陈静")
    assert lead() != "区教育局"  # who only annotates may still begin on that report
    become(office, "赵平")
    assert lead() == "区教育局"
