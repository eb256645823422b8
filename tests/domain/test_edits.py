from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import edits
from app.domain.changes import Change, Edit
from app.domain.errors import ConflictError, UserError
from app.domain.spans import Span
from app.domain.tasks import Dismissal, Item, Owner, Role, Tag, TagKind, Target, Task
from tests.builders import REPORT, TEXT, Desk, words


def first_owner_names(item: Item, role: Role) -> list[str]:
    return [t.value.name for t in item.owners(role) if isinstance(t.value, Owner)]


def test_that_accepting_several_is_one_change_and_says_how_many() -> None:
    desk = Desk()
    change = edits.accept(REPORT, desk.board.items)
    assert change.label == "采纳3项任务"
    desk.do(change)
    assert all(not i.is_open for i in desk.board.items)
    assert edits.accept(REPORT, desk.board.items[:1]).label == "采纳任务"


def test_that_accepting_one_tag_keeps_the_task_open_and_the_others_suggested() -> None:
    desk = Desk()
    item = desk.board.items[0]
    desk.do(edits.accept_tag(REPORT, item, item.tags[0]))
    item = desk.board.items[0]
    assert item.is_open
    assert not item.is_suggested
    assert [t.version for t in item.tags] == [1, 0, 0, 0]


def test_that_accepting_an_open_task_takes_the_rest_of_its_tags() -> None:
    desk = Desk()
    item = desk.board.items[0]
    desk.do(edits.accept_tag(REPORT, item, item.tags[0]))
    desk.do(edits.accept(REPORT, [desk.board.items[0]]))
    item = desk.board.items[0]
    assert not item.is_open
    assert [t.version for t in item.tags] == [1, 1, 1, 1]


def test_that_a_confirmation_can_be_taken_back() -> None:
    desk = Desk()
    desk.do(edits.accept(REPORT, [desk.board.items[0]]))
    desk.do(edits.reopen(REPORT, desk.board.items[0]))
    assert desk.board.items[0].is_open
    assert not desk.board.items[0].is_suggested


def test_that_deleting_a_stored_task_takes_its_tags_and_its_suggestion_along() -> None:
    desk = Desk()
    desk.do(edits.accept(REPORT, [desk.board.items[0]]))
    change = edits.dismiss(REPORT, desk.board.items[0], "重复")
    assert change.label == "删除任务"
    desk.do(change)
    assert [i.task.id for i in desk.board.items] == ["task:16-30", "task:30-36"]
    assert desk.store.of(Tag) == []
    assert [d.reason for d in desk.store.of(Dismissal) if isinstance(d, Dismissal)] == ["重复"]


def test_that_a_suggestion_is_left_aside_and_not_deleted() -> None:
    assert edits.dismiss(REPORT, Desk().board.items[0]).label == "忽略任务"


def test_that_a_task_made_by_hand_leaves_no_decision_behind_when_deleted() -> None:
    desk = Desk()
    desk.do(edits.decided_task(REPORT, "layer", "会议事项", "", date(2026, 12, 31))[0])
    desk.do(edits.dismiss(REPORT, desk.board.items[-1]))
    assert desk.store.content() == set()


def test_that_changing_a_suggested_tag_takes_it_with_its_new_value() -> None:
    desk = Desk()
    item = desk.board.items[0]
    desk.do(edits.change_tag(REPORT, item, item.tags[0], Target("中试平台", low=3, high=3, unit="个")))
    tag = desk.board.items[0].tags[0]
    assert (tag.origin, tag.version, tag.value) == (
        "target:6-8",
        1,
        Target("中试平台", low=3, high=3, unit="个"),
    )
    assert tag.text == "2个"


def test_that_changing_a_stored_tag_keeps_its_id() -> None:
    desk = Desk()
    desk.do(edits.accept(REPORT, [desk.board.items[0]]))
    before = desk.board.items[0].tags[0]
    desk.do(edits.change_tag(REPORT, desk.board.items[0], before, Target("平台"), "两个"))
    after = desk.board.items[0].tags[0]
    assert (after.id, after.version, after.text) == (before.id, 2, "两个")


@pytest.mark.parametrize("is_stored", [False, True])
def test_that_words_given_to_a_task_are_kept(is_stored: bool) -> None:
    desk = Desk()
    if is_stored:
        desk.do(edits.accept(REPORT, [desk.board.items[0]]))
    desk.do(edits.change_task(REPORT, desk.board.items[0], summary="建平台", leader="李副区长"))
    task = desk.board.items[0].task
    assert (task.summary, task.leader, task.is_confirmed) == ("建平台", "李副区长", is_stored)
    assert len(desk.board.items) == 3


def test_that_a_new_lead_replaces_the_suggested_one_and_the_stored_one() -> None:
    desk = Desk()
    for name in ("区工信局", "区教育局"):
        desk.do(edits.set_lead(REPORT, desk.board.items[0], Owner(Role.SUPPORT, name)))
        assert first_owner_names(desk.board.items[0], Role.LEAD) == [name]
    desk.do(edits.accept(REPORT, [desk.board.items[0]]))
    assert first_owner_names(desk.board.items[0], Role.LEAD) == ["区教育局"]
    assert first_owner_names(desk.board.items[0], Role.SUPPORT) == ["区财政局"]


@pytest.mark.parametrize("is_stored", [False, True])
def test_that_a_supporter_who_is_made_lead_stops_supporting(is_stored: bool) -> None:
    desk = Desk()
    if is_stored:
        desk.do(edits.accept(REPORT, [desk.board.items[0]]))
    desk.do(edits.set_lead(REPORT, desk.board.items[0], Owner(Role.LEAD, "区财政局")))
    assert first_owner_names(desk.board.items[0], Role.LEAD) == ["区财政局"]
    assert first_owner_names(desk.board.items[0], Role.SUPPORT) == []


def test_that_adding_a_suggested_supporter_takes_the_suggestion() -> None:
    desk = Desk()
    desk.do(edits.add_support(REPORT, desk.board.items[0], Owner(Role.LEAD, "区财政局")))
    supports = desk.board.items[0].owners(Role.SUPPORT)
    assert [(t.origin, t.version) for t in supports] == [("support:0-16:财政", 1)]


def test_that_a_body_cannot_support_twice() -> None:
    desk = Desk()
    desk.do(edits.add_support(REPORT, desk.board.items[2], Owner(Role.SUPPORT, "区教育局")))
    assert first_owner_names(desk.board.items[2], Role.SUPPORT) == ["区教育局"]
    with pytest.raises(UserError, match="区教育局已经是"):
        edits.add_support(REPORT, desk.board.items[2], Owner(Role.SUPPORT, "区教育局"))


def test_that_a_split_keeps_the_id_on_the_first_part_and_moves_tags_with_their_place() -> None:
    desk = Desk()
    desk.do(edits.accept(REPORT, [desk.board.items[0]]))
    whole = desk.board.items[0]
    change, second_id = edits.split(REPORT, whole, 9, words)
    desk.do(change)
    first, second = desk.board.items[:2]
    assert (first.task.id, second.task.id) == (whole.task.id, second_id)
    assert (first.task.quote, second.task.quote) == (TEXT[:9], TEXT[9:16])
    assert second.task.parent_id == first.task.id
    assert [t.kind for t in first.tags] == [TagKind.TARGET, TagKind.OWNER, TagKind.OWNER]
    assert [t.kind for t in second.tags] == [TagKind.DEADLINE, TagKind.OWNER, TagKind.OWNER]


def test_that_a_title_somebody_wrote_survives_a_split() -> None:
    desk = Desk()
    desk.do(edits.change_task(REPORT, desk.board.items[0], title="平台建设"))
    desk.do(edits.split(REPORT, desk.board.items[0], 9, words)[0])
    assert [i.task.title for i in desk.board.items[:2]] == ["平台建设", "6月底前完成"]


def test_that_splitting_and_merging_decide_on_nothing_that_was_only_suggested() -> None:
    desk = Desk()
    desk.do(edits.split(REPORT, desk.board.items[0], 9, words)[0])
    assert desk.store.of(Tag) == []
    desk.do(edits.merge(REPORT, list(desk.board.items[:2])))
    assert desk.store.of(Tag) == []
    assert [t.text for t in desk.board.items[0].tags] == ["2个", "6月底前", "区科技局", "区财政局"]


def test_that_a_reason_goes_when_the_value_it_spoke_for_is_changed() -> None:
    desk = Desk()
    item = desk.board.items[0]
    assert item.tags[0].reason == "数量"
    desk.do(edits.change_tag(REPORT, item, item.tags[0], Target("平台", low=3, high=3)))
    desk.do(edits.set_lead(REPORT, desk.board.items[0], Owner(Role.LEAD, "区教育局")))
    item = desk.board.items[0]
    assert item.lead is not None
    assert (item.tags[0].reason, item.lead.reason) == ("", "")
    other = Desk()
    item = other.board.items[0]
    other.do(edits.change_tag(REPORT, item, item.tags[0], item.tags[0].value, "两个"))
    assert (other.board.items[0].tags[0].text, other.board.items[0].tags[0].reason) == ("两个", "数量")


def test_that_a_proposed_support_that_leads_is_remembered_where_its_task_stands() -> None:
    desk = Desk()
    desk.do(edits.set_lead(REPORT, desk.board.items[0], Owner(Role.LEAD, "区财政局")))
    (gone,) = [d for d in desk.store.of(Dismissal) if isinstance(d, Dismissal)]
    assert (gone.key, gone.span) == ("support:0-16:财政", Span(0, 16))


def test_that_splitting_a_suggestion_makes_both_parts_tasks() -> None:
    desk = Desk()
    desk.do(edits.split(REPORT, desk.board.items[0], 9, words)[0])
    first, second = desk.board.items[:2]
    assert not first.is_suggested
    assert not second.is_suggested
    assert first.task.origin == "task:0-16"
    assert first_owner_names(second, Role.LEAD) == ["区科技局"]
    assert [t.text for t in first.of_kind(TagKind.TARGET)] == ["2个"]
    assert [t.text for t in second.of_kind(TagKind.DEADLINE)] == ["6月底前"]


@pytest.mark.parametrize("at", [0, 16, 40])
def test_that_a_task_cannot_be_split_outside_its_words(at: int) -> None:
    with pytest.raises(UserError, match="句子中间"):
        edits.split(REPORT, Desk().board.items[0], at, words)


def test_that_a_merge_keeps_the_first_id_every_place_and_every_anchored_tag() -> None:
    desk = Desk()
    desk.do(edits.accept(REPORT, desk.board.items[:2]))
    head, other = desk.board.items[:2]
    desk.do(edits.merge(REPORT, [head, other]))
    merged = desk.board.items[0]
    assert merged.task.id == head.task.id
    assert merged.task.merged_ids == (other.task.id,)
    assert merged.task.spans == (Span(0, 16), Span(16, 30))
    assert merged.task.quote == TEXT[:30]
    assert [t.text for t in merged.of_kind(TagKind.TARGET)] == ["2个", "突破45亿元"]
    assert first_owner_names(merged, Role.LEAD) == ["区科技局"]
    assert [t.text for t in merged.of_kind(TagKind.DEADLINE)] == ["6月底前"]
    assert len(desk.board.items) == 2


def test_that_the_lead_of_a_merged_task_supports_the_merged_one() -> None:
    desk = Desk()
    desk.do(edits.set_lead(REPORT, desk.board.items[1], Owner(Role.LEAD, "区工信局")))
    desk.do(edits.merge(REPORT, list(desk.board.items[:2])))
    assert first_owner_names(desk.board.items[0], Role.LEAD) == ["区科技局"]
    assert "区工信局" in first_owner_names(desk.board.items[0], Role.SUPPORT)


def test_that_one_task_alone_cannot_be_merged() -> None:
    with pytest.raises(UserError, match="两项或更多"):
        edits.merge(REPORT, [Desk().board.items[0]])


def test_that_a_foreign_edit_makes_undo_a_conflict_and_changes_nothing() -> None:
    desk = Desk()
    done = desk.do(edits.accept(REPORT, [desk.board.items[0]]))
    desk.do(edits.change_task(REPORT, desk.board.items[0], remarks="他人改过"))
    before = desk.store.content()
    with pytest.raises(ConflictError):
        desk.store.apply(done.inverse())
    assert desk.store.content() == before


ACTS: list[Callable[[Desk, int], Change]] = [
    lambda d, i: edits.accept(REPORT, [d.board.items[i]]),
    lambda d, i: edits.dismiss(REPORT, d.board.items[i], "重复"),
    lambda d, i: (
        edits.accept_tag(REPORT, d.board.items[i], d.board.items[i].tags[0])
        if d.board.items[i].tags and not d.board.items[i].tags[0].version
        else edits.accept(REPORT, [d.board.items[i]])
    ),
    lambda d, i: (
        edits.dismiss_tag(REPORT, d.board.items[i], d.board.items[i].tags[-1])
        if d.board.items[i].tags
        else edits.accept(REPORT, [d.board.items[i]])
    ),
    lambda d, i: edits.change_task(REPORT, d.board.items[i], summary="改"),
    lambda d, i: edits.set_lead(REPORT, d.board.items[i], Owner(Role.LEAD, "区教育局")),
    lambda d, i: (
        edits.split(REPORT, d.board.items[i], d.board.items[i].start + 4, words)[0]
        if d.board.items[i].task.spans and len(d.board.items[i].task.quote) > 5
        else edits.accept(REPORT, [d.board.items[i]])
    ),
    lambda d, i: (
        edits.merge(REPORT, list(d.board.items[:2]))
        if len(d.board.items) > 1
        else edits.accept(REPORT, [d.board.items[i]])
    ),
    lambda _, i: edits.new_task(REPORT, "layer", (Span(i, i + 6),), TEXT[i : i + 6])[0],
]


@settings(max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(range(len(ACTS))), st.integers(0, 20)), max_size=8))
def test_that_undoing_everything_restores_the_store_and_the_board_follows_every_step(
    steps: list[tuple[int, int]],
) -> None:
    desk = Desk()
    stack: list[tuple[set[object], Change]] = []
    for act, index in steps:
        if not desk.board.items:
            break
        before: set[object] = set(desk.store.content())
        change = ACTS[act](desk, index % len(desk.board.items))
        stack.append((before, desk.do(change)))
        assert [i.task for i in desk.board.items] == [i.task for i in desk.fresh().items]
        assert [i.tags for i in desk.board.items] == [i.tags for i in desk.fresh().items]
    while stack:
        before, done = stack.pop()
        undone = desk.do(done.inverse())
        assert desk.store.content() == before
        if len(stack) % 2:
            again = desk.do(undone.inverse())
            desk.do(again.inverse())
            assert desk.store.content() == before
    assert [i.task.id for i in desk.board.items] == [i.task.id for i in Desk().board.items]


def test_that_an_unnamed_task_is_of_no_use_to_an_edit_without_objects() -> None:
    with pytest.raises(ValueError, match="before or an after"):
        _ = Edit(None, None).id


def test_that_tasks_keep_their_type_through_the_store() -> None:
    desk = Desk()
    desk.do(edits.accept(REPORT, desk.board.items))
    assert len(desk.store.of(Task)) == 3


def test_that_a_new_versions_change_is_settled_by_changing_the_value() -> None:
    desk = Desk()
    desk.do(edits.accept(REPORT, desk.board.items[:1]))
    item = desk.board.items[0]
    stored = item.of_kind(TagKind.TARGET)[0]
    desk.do(Change("修订", REPORT, (Edit(stored, replace(stored, revised="3个")),)))
    item = desk.board.items[0]
    with pytest.raises(UserError, match="修订核对"):
        edits.accept(REPORT, [item])
    both = edits.accept(REPORT, desk.board.items[:2])
    assert item.task.id not in {edit.id for edit in both.edits}
    assert both.label == "采纳任务"
    desk.do(edits.change_tag(REPORT, item, item.of_kind(TagKind.TARGET)[0], Target("平台", low=4, high=4)))
    assert desk.board.items[0].of_kind(TagKind.TARGET)[0].revised == ""
    edits.accept(REPORT, [desk.board.items[0]])


def test_that_a_revised_task_is_not_accepted_either() -> None:
    desk = Desk()
    desk.do(edits.accept(REPORT, desk.board.items[:1]))
    task = desk.board.items[0].task
    desk.do(Change("修订", REPORT, (Edit(task, replace(task, revised="原来的话")),)))
    with pytest.raises(UserError, match="修订核对"):
        edits.accept(REPORT, [desk.board.items[0]])
    assert edits.accept(REPORT, []).edits == ()


def test_that_every_change_is_one_of_its_report() -> None:
    desk = Desk()
    item, other = desk.board.items[:2]
    lead = Owner(Role.LEAD, "区工信局")
    changes = (
        edits.accept(REPORT, [item]),
        edits.reopen(REPORT, item),
        edits.dismiss(REPORT, item),
        edits.dismiss_sentence(REPORT, "l", Span(0, 2), "不是任务"),
        edits.accept_tag(REPORT, item, item.tags[0]),
        edits.dismiss_tag(REPORT, item, item.tags[0]),
        edits.add_tag(REPORT, item, TagKind.OWNER, lead, "区工信局"),
        edits.change_tag(REPORT, item, item.tags[0], Target("平台", low=3, high=3)),
        edits.change_task(REPORT, item, title="平台"),
        edits.set_lead(REPORT, item, lead),
        edits.add_support(REPORT, item, lead),
        edits.new_task(REPORT, "l", (Span(0, 2),), "新建")[0],
        edits.split(REPORT, item, 9, words)[0],
        edits.merge(REPORT, [item, other]),
    )
    assert {change.report_id for change in changes} == {REPORT}
    assert {change.inverse().report_id for change in changes} == {REPORT}
