"""The session of a review: what is current, what may be decided, and what follows a decision."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.domain import edits
from app.domain.changes import Change, Edit
from app.domain.decisions import Choice, Decision, Field
from app.domain.errors import UserError
from app.domain.layer_moves import MoveName
from app.domain.people import EVERY_ROLE, PersonRole, entered
from app.domain.reports import LayerState
from app.domain.spans import Span
from app.domain.tasks import Target, Task
from app.review import Difference, Status
from app.ui.review.session import ALL_DONE, BACK, NOTHING_HERE, ReviewSession
from tests.ui.fake_workspace import CARD, SENTENCES, span_of
from tests.ui.review_samples import (
    LI,
    REVIEWER,
    ZHANG,
    ReviewWorkspace,
    as_workspace,
    first,
    in_review,
    second,
)

KEYS = [
    ("a-0", Field.SUPPORT),
    ("a-1", Field.COMPARATOR),
    ("a-1", Field.DEADLINE),
    ("a-2", Field.TARGET),
    ("a-3", Field.SPAN),
    ("a-3", Field.LEAD),
    ("b-5", Field.TASK),
]
"""The differences of the samples: (task, field)."""


class Said:
    """What a session said."""

    def __init__(self, session: ReviewSession) -> None:
        self.words: list[str] = []
        session.said.connect(self.words.append)

    @property
    def last(self) -> str:
        return self.words[-1] if self.words else ""


def opened(made: ReviewWorkspace) -> ReviewSession:
    session = ReviewSession(as_workspace(made))
    session.show(CARD.id)
    return session


@pytest.fixture
def session(qtbot: QtBot) -> ReviewSession:
    return opened(in_review())


def everything(_difference: Difference) -> bool:
    return True


def at(session: ReviewSession, field: Field) -> None:
    session.go(next(d.key for d in session.differences if d.field is field))


def store(session: ReviewSession) -> ReviewWorkspace:
    made = session.workspace
    assert isinstance(made, ReviewWorkspace)
    return made


def test_that_the_differences_stand_in_text_order_and_the_first_is_current(session: ReviewSession) -> None:
    assert [(d.task_id, d.field) for d in session.differences] == KEYS
    current = session.current_difference
    assert current is not None
    assert current.field is Field.SUPPORT
    assert session.current.item_id == "a-0"
    assert (session.is_single, session.own_id, session.own_side, session.refusal) == (False, "", "", "")


def test_that_a_decision_goes_into_the_reviewed_layer_with_person_and_reason(
    session: ReviewSession,
) -> None:
    at(session, Field.COMPARATOR)
    assert session.decide(Choice.SECOND, "按原文")
    current = session.current_difference
    assert current is not None
    assert current.status is Status.DECIDED
    assert current.decision is not None
    assert (current.decision.who, current.decision.person_id, current.decision.reason) == (
        "王复核",
        REVIEWER.id,
        "按原文",
    )
    item = session.item("a-1")
    assert item is not None
    values = [tag.value for tag in item.tags if isinstance(tag.value, Target)]
    assert [value.comparator.value for value in values] == ["=", "="]


def test_that_undo_and_redo_go_where_the_decision_was(session: ReviewSession) -> None:
    at(session, Field.LEAD)
    before = store(session).final
    session.decide(Choice.SECOND)
    at(session, Field.SUPPORT)
    session.step(session.undo_stack.undo)
    current = session.current_difference
    assert current is not None
    assert (current.field, current.status) == (Field.LEAD, Status.OPEN)
    assert before is not None
    after = store(session).final
    assert after is not None
    assert {(t.id, t.text) for t in after.tags} == {(t.id, t.text) for t in before.tags}
    at(session, Field.SUPPORT)
    session.step(session.undo_stack.redo)
    current = session.current_difference
    assert current is not None
    assert (current.field, current.status) == (Field.LEAD, Status.DECIDED)


def test_that_a_choice_that_makes_no_sense_is_refused_with_its_reason(session: ReviewSession) -> None:
    said = Said(session)
    at(session, Field.COMPARATOR)
    refusal = session.refusals(session.current_difference)[Choice.BOTH]
    assert refusal
    assert not session.decide(Choice.BOTH)
    assert said.last == refusal
    assert session.undo_stack.count() == 0


def test_that_without_a_difference_nothing_can_be_decided(session: ReviewSession) -> None:
    session.go("")
    assert session.refusals(None) == dict.fromkeys(Choice, NOTHING_HERE)
    said = Said(session)
    assert not session.decide(Choice.FIRST)
    assert said.last == NOTHING_HERE
    assert not session.agree()
    assert not session.remark("说什么", "")


def test_that_going_on_finds_the_next_that_waits_round_the_end(session: ReviewSession) -> None:
    at(session, Field.TASK)
    session.decide(Choice.NEITHER)
    session.go_on(everything)
    current = session.current_difference
    assert current is not None
    assert current.field is Field.SUPPORT
    session.decide(Choice.SECOND)
    session.go_on(lambda d: d.task_id == "a-1")
    assert session.current_difference is not None
    assert session.current_difference.field is Field.COMPARATOR


def test_that_a_filter_that_is_done_says_how_many_wait_outside(session: ReviewSession) -> None:
    said = Said(session)
    at(session, Field.LEAD)
    session.decide(Choice.FIRST)
    session.go_on(lambda d: d.field is Field.LEAD)
    assert said.last == "筛选内都已裁决，其余还有6处"
    assert session.current_difference is not None
    assert session.current_difference.field is Field.LEAD


def test_that_what_was_returned_waits_for_the_annotator(session: ReviewSession) -> None:
    said = Said(session)
    for difference in session.differences[1:]:
        session.go(difference.key)
        session.decide(Choice.FIRST)
    at(session, Field.SUPPORT)
    session.decide(Choice.RETURNED, "请核对")
    session.go_on(everything)
    assert said.last == BACK.format(count=1)
    session.decide(Choice.SECOND)
    session.go_on(everything)
    assert said.last == ALL_DONE


def test_that_corrected_layers_are_taken_up_again_by_who_reviews_and_by_nobody_else(qtbot: QtBot) -> None:
    made = in_review(person=ZHANG)
    for name, base in made.base.items():
        made.base[name] = replace(base, layer=replace(base.layer, state=LayerState.SUBMITTED))
    opened(made)
    assert {base.layer.state for base in made.base.values()} == {LayerState.SUBMITTED}
    made.person = REVIEWER
    opened(made)
    assert {base.layer.state for base in made.base.values()} == {LayerState.IN_REVIEW}


def test_that_agreeing_takes_the_whole_task_with_one_key(session: ReviewSession) -> None:
    at(session, Field.DEADLINE)
    assert session.agree()
    assert [d.status for d in session.differences] == [
        Status.OPEN,
        Status.DECIDED,
        Status.DECIDED,
        *[Status.OPEN] * 4,
    ]
    assert session.undo_stack.count() == 1
    assert session.agree()
    assert session.undo_stack.count() == 1


def test_that_an_edit_of_the_card_is_a_decision(session: ReviewSession) -> None:
    at(session, Field.LEAD)
    item = session.current_item
    assert item is not None
    owner = item.lead
    assert owner is not None
    session.submit(edits.dismiss_tag(CARD.id, item, owner))
    decided = next(d for d in session.differences if d.field is Field.LEAD)
    assert decided.status is Status.DECIDED
    assert decided.decision is not None
    assert decided.decision.choice is Choice.EDITED


def test_that_a_refused_change_says_why_and_changes_nothing(session: ReviewSession) -> None:
    failed: list[UserError] = []
    session.failed.connect(failed.append)
    store(session).refuse = True
    at(session, Field.LEAD)
    assert not session.decide(Choice.SECOND)
    assert "已在别处修改" in str(failed[0])
    assert session.current_difference is not None
    assert session.current_difference.status is Status.OPEN


def test_that_an_edit_of_the_card_reaches_the_store_as_the_decisions_it_means(
    session: ReviewSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Change] = []
    keep = store(session).apply

    def apply(change: Change) -> Change:
        given.append(change)
        return keep(change)

    monkeypatch.setattr(store(session), "apply", apply)
    at(session, Field.LEAD)
    item = session.current_item
    assert item is not None
    session.submit(edits.change_task(CARD.id, item, remarks="另报"))
    task = store(session).tasks("final")[0]
    confirmed = replace(task, is_confirmed=not task.is_confirmed)
    session.submit(Change("确认", CARD.id, (Edit(task, confirmed),)))
    kinds = [{type(edit.after or edit.before) for edit in change.edits} for change in given]
    assert kinds == [{Task, Decision}, {Task}]  # a confirmation by hand means no decision
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert store(session).ruled == {}


def test_that_after_a_conflict_the_review_is_shown_as_it_stands(session: ReviewSession, qtbot: QtBot) -> None:
    other = ReviewSession(session.workspace)
    other.show(CARD.id)
    at(other, Field.LEAD)
    other.decide(Choice.SECOND)
    at(session, Field.LEAD)
    store(session).refuse = True
    with qtbot.waitSignal(session.review_opened):
        assert not session.decide(Choice.FIRST)
    store(session).refuse = False
    found = next(d for d in session.differences if d.field is Field.LEAD)
    assert (found.status, session.current_difference) == (Status.DECIDED, found)
    assert session.decide(Choice.FIRST)


def test_that_remarks_are_kept_with_their_task_and_answered(session: ReviewSession) -> None:
    at(session, Field.COMPARATOR)
    assert session.remark("左右算不算比较词？", "")
    said = session.remarks_of(session.current_difference)
    assert [(c.text, c.who, c.layer_id, c.task_id, c.parent_id) for c in said] == [
        ("左右算不算比较词？", "王复核", "final", "a-1", "")
    ]
    start = span_of("达到45亿元").start
    assert said[0].span == Span(start, start + 1)
    at(session, Field.DEADLINE)
    assert session.remark("算", said[0].id)
    answers = session.remarks_of(session.current_difference)
    assert [(c.text, c.parent_id, c.span) for c in answers[1:]] == [("算", said[0].id, said[0].span)]
    at(session, Field.LEAD)
    assert session.remarks_of(session.current_difference) == ()
    assert session.settle(said[0].id, True)
    assert session.comments[0].is_resolved
    assert not session.settle("nobody", True)
    session.step(session.undo_stack.undo)
    assert not session.comments[0].is_resolved


def test_that_the_other_sides_remarks_on_the_same_work_are_seen(session: ReviewSession) -> None:
    at(session, Field.COMPARATOR)
    session.remark("看原文", "")
    (comment,) = session.comments
    from dataclasses import replace

    session.comments = (replace(comment, task_id="b-1"), replace(comment, id="x", task_id="b-3"))
    assert [c.task_id for c in session.remarks_of(session.current_difference)] == ["b-1"]


def test_that_with_one_layer_each_task_is_one_row(qtbot: QtBot) -> None:
    session = opened(in_review(single=True))
    assert session.is_single
    assert [(d.task_id, d.field) for d in session.differences] == [(f"a-{n}", Field.TASK) for n in range(5)]
    for _ in range(5):
        assert session.agree()
        session.go_on(everything)
    assert all(d.status is Status.DECIDED for d in session.differences)
    assert session.undo_stack.count() == 5
    assert all(item.task.is_confirmed for item in session.items)


def test_that_a_layers_author_only_looks_and_sees_what_review_changed(qtbot: QtBot) -> None:
    made = in_review()
    reviewer = opened(made)
    at(reviewer, Field.COMPARATOR)
    reviewer.decide(Choice.SECOND, "原文没有约数的意思")
    at(reviewer, Field.DEADLINE)
    reviewer.decide(Choice.FIRST)
    made.person = ZHANG
    session = opened(made)
    assert (session.own_id, session.own_side) == ("layer-a", "first")
    assert [(d.field, d.first, d.second) for d in session.differences] == [
        (Field.COMPARATOR, "≈ 左右", "＝ 等于")
    ]
    assert session.refusal == "不能复核自己的标注，请由别的复核人裁决。"
    said = Said(session)
    assert not session.decide(Choice.FIRST)
    assert not session.agree()
    assert said.words == [session.refusal] * 2
    made.person = LI
    session = opened(made)
    assert (session.own_id, session.own_side) == ("layer-b", "second")
    assert [(d.field, d.first) for d in session.differences] == [(Field.DEADLINE, "")]
    assert session.differences[0].second.startswith("年底前")


def test_that_a_stranger_who_reviews_nothing_may_only_look(qtbot: QtBot) -> None:
    session = opened(in_review(person=entered("赵六", (PersonRole.COORDINATOR,))))
    assert session.own_id == ""
    assert len(session.differences) == len(KEYS)
    assert "不是复核人" in session.refusal


def test_that_nobody_signed_in_decides_nothing(session: ReviewSession) -> None:
    store(session).person = None
    assert not session.decide(Choice.FIRST)
    assert session.undo_stack.count() == 0


def test_that_the_selected_tag_is_the_one_that_stands_in_the_reviewed_layer(
    session: ReviewSession,
) -> None:
    at(session, Field.COMPARATOR)
    assert session.current.tag_id == "a-1-达到45亿元左右"
    at(session, Field.TASK)
    assert session.current.tag_id == ""
    assert session.current_item is None
    session.decide(Choice.SECOND)
    at(session, Field.TASK)
    assert session.current_item is not None


def test_that_numbers_stand_still_when_a_task_comes_in(session: ReviewSession) -> None:
    before = dict(session.numbers)
    at(session, Field.TASK)
    session.decide(Choice.SECOND)
    assert {k: session.numbers[k] for k in before} == before
    assert session.numbers["b-5"] == session.task_numbers["b-5"] == 6


def test_that_no_review_means_no_differences(qtbot: QtBot) -> None:
    session = opened(ReviewWorkspace(first(), second()))
    assert (session.review, session.differences, session.items) == (None, (), ())
    assert [layer.author for layer in session.layers] == ["张三", "李四"]
    session.start(["layer-a", "layer-b"])
    assert len(session.differences) == len(KEYS)
    assert {layer.state for layer in session.layers} == {LayerState.IN_REVIEW}
    session.show("")
    assert session.report is None
    assert session.differences == ()


def test_that_a_review_that_cannot_be_opened_leaves_the_layers(
    session: ReviewSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_layer_id: str) -> None:
        raise UserError("标注不全")

    monkeypatch.setattr(store(session), "review", refuse)
    with pytest.raises(UserError, match="标注不全"):
        session.show(CARD.id)
    assert (session.review, session.differences) == (None, ())
    assert len(session.layers) == 3


def test_that_finalising_waits_for_everything_and_then_locks(session: ReviewSession) -> None:
    at(session, Field.TASK)
    assert session.left_over() == len(KEYS)
    assert session.current_difference is not None
    assert session.current_difference.field is Field.SUPPORT
    for difference in session.differences:
        session.go(difference.key)
        session.decide(Choice.FIRST)
    assert session.left_over() == 0
    session.move(MoveName.FINALISE, "final")
    assert session.review is not None
    assert session.review.layer.state is LayerState.FINAL
    assert session.report is not None
    assert session.report.layer.state is LayerState.FINAL
    assert "已经定稿" in session.refusal
    assert not session.undo_stack.canUndo()
    with pytest.raises(UserError, match="理由"):
        session.move(MoveName.REOPEN, "final")
    session.move(MoveName.REOPEN, "final", "发现差错")
    assert session.refusal == ""


def test_that_another_windows_decision_is_loaded_when_one_looks_again(session: ReviewSession) -> None:
    session.look_away()
    assert not session.look_again()
    session.look_away()
    other = opened(store(session))
    at(other, Field.LEAD)
    other.decide(Choice.SECOND)
    here = session.current_difference
    assert session.look_again()
    assert session.current_difference is not None
    assert here is not None
    assert session.current_difference.key == here.key
    assert [d.status for d in session.differences].count(Status.DECIDED) == 1


def test_that_ones_own_decision_is_no_news(session: ReviewSession) -> None:
    session.look_away()
    at(session, Field.LEAD)
    session.decide(Choice.SECOND)
    assert not session.look_again()


def test_that_a_person_of_every_role_may_review_others(qtbot: QtBot) -> None:
    session = opened(in_review(person=entered("钱一", EVERY_ROLE)))
    assert session.refusal == ""
    assert session.words(span_of(SENTENCES[3])) == SENTENCES[3]
