from dataclasses import replace
from datetime import date

import pytest

from app.domain import edits
from app.domain.board import marks
from app.domain.marks import Mark
from app.domain.spans import Span
from app.domain.suggestions import OwnerMention, Suggestions
from app.domain.tasks import Deadline, DeadlineKind, Owner, Role, TagKind
from tests.builders import CONTRACTS, KJ, OFFICE, PLATFORMS, REPORT, SUGGESTIONS, TEXT, WEEK, Desk, commitment


def test_that_every_commitment_but_a_lead_in_is_suggested_in_text_order() -> None:
    lead_in = commitment(30, 36, is_lead_in=True)
    desk = Desk(Suggestions("t", (PLATFORMS, CONTRACTS, lead_in)))
    assert [i.task.id for i in desk.board.items] == ["task:0-16", "task:16-30"]
    assert all(i.is_suggested and i.is_open for i in desk.board.items)
    assert [i.number for i in desk.board.items] == [1, 2]


def test_that_a_suggestion_brings_its_tags_with_lead_supports_and_a_default_deadline() -> None:
    first, second, _ = Desk().board.items
    assert [(t.kind.value, t.id, t.text) for t in first.tags] == [
        ("target", "target:6-8", "2个"),
        ("deadline", "deadline:9-13", "6月底前"),
        ("owner", "lead:0-16", "区科技局"),
        ("owner", "support:0-16:财政", "区财政局"),
    ]
    assert first.lead is not None
    assert first.lead.value == Owner(Role.LEAD, "区科技局", "科技", "u-kj")
    assert first.lead.reason == "职责词：中试平台"
    assert second.deadline is not None
    assert second.deadline.value == Deadline(DeadlineKind.DEFAULT_YEAR_END, date(2026, 12, 31))
    assert second.deadline.spans == ()


def test_that_a_frequency_does_not_stand_for_a_deadline() -> None:
    recurring = PLATFORMS.deadlines[0]._replace(value=Deadline(DeadlineKind.RECURRING))
    desk = Desk(Suggestions("t", (PLATFORMS._replace(deadlines=(recurring,)),)))
    deadline = desk.board.items[0].deadline
    assert deadline is not None
    assert isinstance(deadline.value, Deadline)
    assert deadline.value.kind is DeadlineKind.DEFAULT_YEAR_END


def test_that_a_frequency_taken_in_leaves_the_deadline_proposed() -> None:
    recurring = PLATFORMS.deadlines[0]._replace(value=Deadline(DeadlineKind.RECURRING))
    desk = Desk(Suggestions("t", (PLATFORMS._replace(deadlines=(recurring,)),)))
    for kind, proposed in (
        (DeadlineKind.RECURRING, [DeadlineKind.DEFAULT_YEAR_END]),
        (DeadlineKind.EVENT, []),
    ):
        item = desk.board.items[0]
        taken = next(t for t in item.of_kind(TagKind.DEADLINE) if t.text)
        desk.do(edits.change_tag(REPORT, item, taken, Deadline(kind)))
        open_now = [t.value for t in desk.board.items[0].of_kind(TagKind.DEADLINE) if not t.version]
        assert [v.kind for v in open_now if isinstance(v, Deadline)] == proposed


def test_that_a_row_of_a_table_is_due_in_the_year_that_heads_its_column() -> None:
    deadline = Desk(Suggestions("t", (CONTRACTS._replace(due_year=2030),))).board.items[0].deadline
    assert deadline is not None
    assert deadline.value == Deadline(DeadlineKind.PLAN_END, date(2030, 12, 31))
    assert (deadline.text, deadline.reason) == ("2030年底", "表头写明2030年")


def test_that_several_bodies_of_one_code_are_named_together() -> None:
    assert OFFICE.owner(Role.LEAD, "街道") == Owner(Role.LEAD, "有关街道", "街道")
    assert OFFICE.owner(Role.LEAD, "海关") == Owner(Role.LEAD, "海关", "海关")


def test_that_a_body_that_is_no_more_gets_no_tasks() -> None:
    office = OFFICE._replace(units=(replace(KJ, valid_to=date(2024, 1, 1)),))
    assert office.owner(Role.LEAD, "科技").unit_id == ""


def test_that_a_lead_named_in_the_text_leaves_no_room_for_a_proposed_one() -> None:
    named = PLATFORMS._replace(mentions=(OwnerMention(Span(0, 2), "区科委", Role.LEAD),))
    item = Desk(Suggestions("t", (named,))).board.items[0]
    assert [(t.text, t.value) for t in item.owners(Role.LEAD)] == [
        ("新建", Owner(Role.LEAD, "区科技局", "科技", "u-kj"))
    ]
    assert [t.id for t in item.owners(Role.SUPPORT)] == ["support:0-16:财政"]


def test_that_accepting_makes_one_task_of_the_suggestion_at_the_same_number() -> None:
    desk = Desk()
    desk.do(edits.accept(REPORT, [desk.board.items[0]]))
    first = desk.board.items[0]
    assert (first.number, first.is_open, first.task.origin) == (1, False, "task:0-16")
    assert all(tag.version == 1 for tag in first.tags)
    assert len(first.tags) == 4
    assert len(desk.board.items) == 3


def test_that_an_item_is_found_under_the_key_it_was_suggested_with() -> None:
    desk = Desk()
    desk.do(edits.accept(REPORT, [desk.board.items[0]]))
    found = desk.board.item("task:0-16")
    assert found is not None
    assert found.task.id == desk.board.items[0].task.id
    assert desk.board.item("task:1-2") is None


def test_that_a_dismissed_suggestion_does_not_come_back_when_computed_again() -> None:
    desk = Desk()
    desk.do(edits.dismiss(REPORT, desk.board.items[1], "上年成绩"))
    assert [i.task.id for i in desk.board.items] == ["task:0-16", "task:30-36"]
    assert [i.task.id for i in desk.fresh().items] == ["task:0-16", "task:30-36"]


def test_that_a_dismissed_tag_stays_away_also_after_its_task_is_accepted() -> None:
    desk = Desk()
    item = desk.board.items[0]
    desk.do(edits.dismiss_tag(REPORT, item, item.tags[0]))
    desk.do(edits.accept(REPORT, [desk.board.items[0]]))
    assert [t.kind for t in desk.board.items[0].tags] == [TagKind.DEADLINE, TagKind.OWNER, TagKind.OWNER]


def test_that_a_task_drawn_by_hand_over_most_of_a_suggestion_takes_its_place_and_its_tags() -> None:
    desk = Desk()
    change, task_id = edits.new_task(REPORT, "layer", (Span(0, 14),), TEXT[:14])
    desk.do(change)
    first = desk.board.items[0]
    assert first.task.id == task_id
    assert [t.id for t in first.tags] == ["target:6-8", "deadline:9-13", "lead:0-16", "support:0-16:财政"]
    assert len(desk.board.items) == 3


@pytest.mark.parametrize(("end", "is_taken"), [(8, True), (7, False)])
def test_that_half_of_a_suggestion_is_most_of_it(end: int, is_taken: bool) -> None:
    desk = Desk()
    change, _ = edits.new_task(REPORT, "layer", (Span(0, end),), TEXT[:end])
    desk.do(change)
    assert ("task:0-16" not in [i.task.id for i in desk.board.items]) is is_taken


def test_that_a_stored_tag_leaves_no_room_for_a_suggested_one_of_its_kind_in_its_place() -> None:
    desk = Desk()
    change, _ = edits.new_task(REPORT, "layer", (Span(0, 16),), TEXT[:16])
    desk.do(change)
    item = desk.board.items[0]
    desk.do(edits.add_tag(REPORT, item, TagKind.TARGET, None, "台2个", (Span(5, 8),)))
    kinds = [(t.kind, t.version) for t in desk.board.items[0].tags if t.kind is TagKind.TARGET]
    assert kinds == [(TagKind.TARGET, 1)]


def test_that_a_chosen_lead_and_deadline_leave_no_room_for_the_proposed_ones() -> None:
    desk = Desk()
    change, _ = edits.new_task(REPORT, "layer", (Span(16, 30),), TEXT[16:30])
    desk.do(change)
    desk.do(edits.set_lead(REPORT, desk.board.items[1], Owner(Role.LEAD, "区工信局")))
    when = Deadline(DeadlineKind.EXPLICIT, date(2026, 9, 30))
    desk.do(edits.set_deadline(REPORT, desk.board.items[1], when, "9月底前"))
    item = desk.board.items[1]
    assert [t.text for t in item.owners(Role.LEAD)] == ["区工信局"]
    assert [t.value for t in item.of_kind(TagKind.DEADLINE)] == [when]


def test_that_a_task_without_a_source_comes_last_with_a_default_deadline() -> None:
    desk = Desk()
    change, task_id = edits.decided_task(REPORT, "layer", "建立周调度机制", "常务会议", date(2026, 12, 31))
    desk.do(change)
    last = desk.board.items[-1]
    assert last.task.id == task_id
    assert (last.number, last.is_open, last.task.remarks) == (4, False, "常务会议")
    assert [(t.version, t.value) for t in last.tags] == [
        (1, Deadline(DeadlineKind.DEFAULT_YEAR_END, date(2026, 12, 31)))
    ]


def test_that_issued_numbers_stand_still_and_new_tasks_come_after_them() -> None:
    desk = Desk(issued={"task:16-30": 1, "task:30-36": 2})
    assert [(i.task.id, i.number) for i in desk.board.items] == [
        ("task:0-16", 3),
        ("task:16-30", 1),
        ("task:30-36", 2),
    ]
    desk.do(edits.accept(REPORT, [desk.board.items[1]]))
    assert [i.number for i in desk.board.items] == [3, 1, 2]


def test_that_a_gap_is_listed_until_a_task_covers_it_or_it_is_dismissed() -> None:
    desk = Desk()
    assert [g.span for g in desk.board.gaps()] == [Span(36, 44)]
    done = desk.do(edits.dismiss_sentence(REPORT, "layer", Span(36, 44), "例行工作"))
    assert desk.board.gaps() == ()
    desk.do(done.inverse())
    change, _ = edits.new_task(REPORT, "layer", (Span(39, 44),), TEXT[39:44])
    desk.do(change)
    assert desk.board.gaps() == ()


def test_that_a_figure_dismissed_without_a_reason_is_a_gap() -> None:
    desk = Desk()
    desk.do(edits.dismiss(REPORT, desk.board.items[1]))
    desk.do(edits.dismiss(REPORT, desk.board.items[1]))
    assert [(g.span, g.reason) for g in desk.board.gaps()] == [
        (CONTRACTS.span, "忽略时没有说明理由"),
        (Span(36, 44), "含时限"),
    ]


def test_that_marks_say_what_is_only_suggested() -> None:
    desk = Desk(Suggestions("t", (WEEK, PLATFORMS)[1:]))
    assert marks(desk.board.items) == [
        Mark("task:0-16", "task:0-16", "task", 0, 16, True),
        Mark("target:6-8", "task:0-16", "target", 6, 8, True),
        Mark("deadline:9-13", "task:0-16", "deadline", 9, 13, True),
    ]
    desk.do(edits.accept(REPORT, desk.board.items))
    assert [m.is_suggested for m in marks(desk.board.items)] == [False, False, False]


def test_that_supporters_stand_in_the_directorys_order_whatever_they_were_added_in() -> None:
    desk = Desk()
    for name in ("望海街", "某公司", "区财政局", "区工信局"):
        desk.do(edits.add_support(REPORT, desk.board.items[2], Owner(Role.SUPPORT, name)))
    supports = [t.text for t in desk.board.items[2].owners(Role.SUPPORT)]
    assert supports == ["区工信局", "区财政局", "望海街", "某公司"]


def test_that_the_delta_names_exactly_what_changed() -> None:
    desk = Desk()
    change = edits.accept(REPORT, [desk.board.items[1]])
    delta = desk.board.apply(desk.store.apply(change))
    assert [i.task.id for i in delta.removed] == ["task:16-30"]
    assert [i.task.origin for i in delta.added] == ["task:16-30"]


def test_that_the_board_knows_the_commitment_behind_an_item() -> None:
    desk = Desk()
    found = desk.board.commitment_of(desk.board.items[0])
    assert found is not None
    assert found.opener == "推进成果转化"
    desk.do(edits.decided_task(REPORT, "layer", "会议议定事项", "", date(2026, 12, 31))[0])
    assert desk.board.commitment_of(desk.board.items[-1]) is None


def test_that_the_value_of_a_place_is_known_also_after_its_suggestion_was_dismissed() -> None:
    desk = Desk()
    item = desk.board.items[0]
    desk.do(edits.dismiss_tag(REPORT, item, item.tags[0]))
    assert desk.board.value_at(TagKind.TARGET, Span(7, 9)) == item.tags[0].value
    assert desk.board.value_at(TagKind.TARGET, Span(8, 9)) is None
    assert desk.board.value_at(TagKind.OWNER, Span(7, 9)) is None


def test_that_suggestions_are_not_changed_by_what_is_stored() -> None:
    assert len(SUGGESTIONS.commitments) == 3
