"""What each choice makes of each field, what cannot be chosen and why, and one key for a whole task."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain import edits
from app.domain.changes import Change, Edit
from app.domain.decisions import Choice, Decision, Field
from app.domain.errors import UserError
from app.domain.spans import Span
from app.domain.tasks import Comparator, Dismissal, Item, Nature, Owner, Role, Tag, TagKind, Target, Task
from app.domain.wording import short_title
from app.review import Difference, Review, Status, agree, build, choices, decide
from tests.review.cases import (
    ALONE,
    AT,
    BING,
    FINAL,
    FIRST,
    SECOND,
    TEXT,
    Office,
    at,
    due,
    ids,
    layer_of,
    owner,
    saying,
    tag,
    target,
    task,
    words,
)

SENTENCE = "技术合同登记额达到45亿元左右。"
X, Y = task("x", SENTENCE), task("y", SENTENCE, SECOND)


def office(first: Sequence[Any], second: Sequence[Any] | None) -> Office:
    return Office(layer_of(FIRST, *first), None if second is None else layer_of(SECOND, *second))


def row(review: Review, field: Field) -> Difference:
    return next(d for d in review.differences if d.field is field)


def take(desk: Office, field: Field, choice: Choice, reason: str = "因为") -> Change:
    done = desk.write(decide(desk.review, row(desk.review, field), choice, BING, AT, reason))
    desk.check()
    return done


def only(desk: Office) -> Task:
    (found,) = desk.review.final.tasks
    return replace(found, version=0)


def amount(tag_id: str, of: Task, number: float = 45e8, unit: str = "元", **value: object) -> Tag:
    return target(tag_id, of, "达到45亿元左右", number, unit, "登记额", **value)


# --- what comes out


@pytest.mark.parametrize(
    ("field", "name", "both"),
    [
        (Field.SUMMARY, "summary", "甲话；乙话"),
        (Field.MEASURES, "measures", "甲话；乙话"),
        (Field.STANDARDS, "standard", "甲话；乙话"),
        (Field.REMARKS, "remarks", "甲话；乙话"),
        (Field.LEADER, "leader", "甲话、乙话"),
        (Field.PERSON, "person", "甲话、乙话"),
    ],
)
def test_that_a_text_is_taken_from_one_from_both_or_left_empty(field: Field, name: str, both: str) -> None:
    wanted = {Choice.FIRST: "甲话", Choice.SECOND: "乙话", Choice.BOTH: both, Choice.NEITHER: ""}
    for choice, text in wanted.items():
        desk = office([saying(X, name, "甲话")], [saying(Y, name, "乙话")])
        assert (getattr(only(desk), name), only(desk).is_confirmed) == ("甲话", False)
        take(desk, field, choice)
        assert (getattr(only(desk), name), only(desk).is_confirmed) == (text, True)


@pytest.mark.parametrize(
    ("ours", "theirs", "both"),
    [("甲", "甲乙", "甲乙"), ("甲乙", "乙", "甲乙"), ("", "乙", "乙"), ("甲", "", "甲")],
)
def test_that_of_both_nothing_is_said_twice(ours: str, theirs: str, both: str) -> None:
    desk = office([replace(X, leader=ours)], [replace(Y, leader=theirs)])
    take(desk, Field.LEADER, Choice.BOTH)
    assert only(desk).leader == both


def slipped(start: int, end: int) -> list[Task]:
    """A task whose ends are off by so many characters."""
    place = at(SENTENCE)
    return [task("y", (Span(place.start + start, place.end + end),), SECOND)]


def test_that_a_span_is_taken_with_its_words_and_title() -> None:
    for choice, start, end in ((Choice.FIRST, 0, 0), (Choice.SECOND, -6, -3), (Choice.BOTH, -6, 0)):
        desk = office([X], [*slipped(-6, -3)])
        take(desk, Field.SPAN, choice)
        place = (Span(at(SENTENCE).start + start, at(SENTENCE).end + end),)
        found = only(desk)
        assert (found.spans, found.quote, found.title) == (place, words(place), short_title(words(place)))


@pytest.mark.parametrize(("start", "end"), [(3, 5), (-3, -5), (2, -2), (-2, 2), (0, 4)])
def test_that_both_places_are_put_together_with_their_words(start: int, end: int) -> None:
    desk = office([X], [*slipped(start, end)])
    take(desk, Field.SPAN, Choice.BOTH)
    place = Span(at(SENTENCE).start + min(start, 0), at(SENTENCE).end + max(end, 0))
    assert (only(desk).spans, only(desk).quote) == ((place,), TEXT[place.start : place.end])


def test_that_no_word_is_lost_between_two_places_that_are_read_shorter_than_they_are() -> None:
    first = replace(task("x", (Span(0, 8),)), quote="新建云港中平台")
    second = replace(task("y", (Span(4, 11),), SECOND), quote="中平台2个，")
    desk = office([first], [second])
    take(desk, Field.SPAN, Choice.BOTH)
    assert (only(desk).spans, only(desk).quote) == ((Span(0, 11),), "新建云港中平台2个，")


def test_that_places_in_several_parts_are_not_put_together() -> None:
    first = task("x", (Span(0, 6), Span(10, 16)))
    desk = office([first], [task("y", (Span(2, 8), Span(10, 18)), SECOND)])
    assert "合不到一起" in choices(desk.review, row(desk.review, Field.SPAN))[Choice.BOTH]
    with pytest.raises(UserError, match="任务范围：两边的原文有几处"):
        take(desk, Field.SPAN, Choice.BOTH)


def test_that_neither_span_takes_the_task_away_and_its_suggestion_does_not_come_back() -> None:
    desk = office([replace(X, origin="task:21-36")], [*slipped(1, 0)])
    take(desk, Field.SPAN, Choice.NEITHER, "去年的事")
    assert desk.review.final.tasks == ()
    (dismissed,) = desk.review.final.dismissals
    assert (dismissed.key, dismissed.span, dismissed.reason) == ("task:21-36", at(SENTENCE), "去年的事")
    assert desk.review.is_finished


def test_that_a_title_is_taken_and_one_that_nobody_wrote_follows_the_words() -> None:
    for choice, title in ((Choice.FIRST, "自拟"), (Choice.SECOND, Y.title)):
        desk = office([replace(X, title="自拟")], [Y])
        take(desk, Field.TITLE, choice)
        assert only(desk).title == title


@pytest.mark.parametrize(
    ("choice", "first_in", "second_in"),
    [
        (Choice.FIRST, True, False),
        (Choice.SECOND, False, True),
        (Choice.BOTH, True, True),
        (Choice.NEITHER, False, False),
    ],
)
def test_that_a_task_of_one_side_is_there_as_decided(choice: Choice, first_in: bool, second_in: bool) -> None:
    one = office([X, amount("a", X)], [])
    assert (ids(one.review.final.tasks), only(one).is_confirmed) == (["x"], False)
    take(one, Field.TASK, choice)
    assert ids(one.review.final.tasks) == (["x"] if first_in else [])
    assert ids(one.review.final.tags) == (["a"] if first_in else [])
    other = office([], [Y, amount("b", Y)])
    assert ids(other.review.final.tasks) == []
    take(other, Field.TASK, choice)
    assert ids(other.review.final.tasks) == (["y"] if second_in else [])
    assert [t.is_confirmed for t in one.review.final.tasks] == [True] * first_in
    assert [t.is_confirmed for t in other.review.final.tasks] == [True] * second_in


@pytest.mark.parametrize(
    ("choice", "first_in", "second_in"),
    [
        (Choice.FIRST, True, False),
        (Choice.SECOND, False, True),
        (Choice.BOTH, True, True),
        (Choice.NEITHER, False, False),
    ],
)
@pytest.mark.parametrize("kind", [TagKind.TARGET, TagKind.MEASURE, TagKind.STANDARD])
def test_that_a_tag_of_one_side_is_there_as_decided(
    kind: TagKind, choice: Choice, first_in: bool, second_in: bool
) -> None:
    field = Field(kind.value)
    one = office([X, tag("a", X, kind, "左右", None)], [Y])
    assert ids(one.review.final.tags) == ["a"]
    take(one, field, choice)
    assert ids(one.review.final.tags) == (["a"] if first_in else [])
    other = office([X], [Y, tag("b", Y, kind, "左右", None)])
    assert ids(other.review.final.tags) == []
    take(other, field, choice)
    assert [(t.id, t.task_id, t.layer_id) for t in other.review.final.tags] == (
        [("b", "x", FINAL.id)] if second_in else []
    )


def test_that_each_part_of_a_target_comes_from_its_own_side() -> None:
    first = amount("a", X, 45e8, comparator=Comparator.ABOUT)
    second = amount("b", Y, 46e8, comparator=Comparator.GE, high=None, unit="美元", indicator="合同额")
    desk = office([X, first], [Y, second])
    for field, choice in (
        (Field.VALUE, Choice.FIRST),
        (Field.COMPARATOR, Choice.SECOND),
        (Field.UNIT, Choice.FIRST),
        (Field.INDICATOR, Choice.SECOND),
    ):
        take(desk, field, choice)
    (found,) = desk.review.final.tags
    assert (found.id, found.value) == ("a", Target("合同额", Comparator.GE, 45e8, None, "元"))


@pytest.mark.parametrize(
    ("comparator", "low", "high"),
    [
        (Comparator.GE, 45e8, None),
        (Comparator.GT, 45e8, None),
        (Comparator.LE, None, 45e8),
        (Comparator.LT, None, 45e8),
        (Comparator.ABOUT, 45e8, 45e8),
        (Comparator.RANGE, 45e8, 45e8),
    ],
)
def test_that_another_comparator_leaves_the_right_side_open(
    comparator: Comparator, low: float | None, high: float | None
) -> None:
    desk = office([X, amount("a", X)], [Y, amount("b", Y, comparator=comparator, low=7.0, high=8.0)])
    take(desk, Field.COMPARATOR, Choice.SECOND)
    value = desk.review.final.tags[0].value
    assert isinstance(value, Target)
    assert (value.comparator, value.low, value.high) == (comparator, low, high)


def test_that_a_targets_place_goes_with_what_it_reads() -> None:
    second = target("b", Y, "45亿元", 46e8, "元", "登记额", comparator=Comparator.GE, high=None)
    first = amount("a", X)
    desk = office([X, first], [Y, second])
    take(desk, Field.VALUE, Choice.SECOND)
    assert desk.review.final.tags[0].text == "达到45亿元左右"
    take(desk, Field.COMPARATOR, Choice.SECOND)
    assert (desk.review.final.tags[0].text, desk.review.final.tags[0].spans) == ("45亿元", second.spans)


def test_that_the_place_of_a_target_alone_is_decided_on() -> None:
    desk = office([X, amount("a", X)], [Y, target("b", Y, "45亿元", 45e8, "元", "登记额")])
    for choice, text in ((Choice.FIRST, "达到45亿元左右"), (Choice.SECOND, "45亿元")):
        take(desk, Field.TARGET, choice)
        assert [t.text for t in desk.review.final.tags] == [text]
    take(desk, Field.TARGET, Choice.NEITHER)
    assert desk.review.final.tags == ()


def test_that_neither_value_takes_the_target_away() -> None:
    desk = office([X, amount("a", X)], [Y, amount("b", Y, 46e8)])
    take(desk, Field.VALUE, Choice.NEITHER)
    assert desk.review.final.tags == ()


def test_that_leads_supports_and_deadlines_are_taken_whole() -> None:
    first = [
        owner("a", X, "甲局"),
        owner("c", X, "丁局", Role.SUPPORT),
        due("e", X, "6月底前", date(2026, 6, 30)),
    ]
    second = [
        owner("u", Y, "乙局"),
        owner("v", Y, "丁局", Role.SUPPORT),
        owner("w", Y, "丙局", Role.SUPPORT),
        due("z", Y, "年底前", date(2026, 12, 31)),
    ]
    for field, outcomes in (
        (Field.LEAD, {Choice.FIRST: ["a"], Choice.SECOND: ["u"], Choice.NEITHER: []}),
        (
            Field.SUPPORT,
            {Choice.FIRST: ["c"], Choice.SECOND: ["v", "w"], Choice.BOTH: ["c", "w"], Choice.NEITHER: []},
        ),
        (
            Field.DEADLINE,
            {Choice.FIRST: ["e"], Choice.SECOND: ["z"], Choice.BOTH: ["e", "z"], Choice.NEITHER: []},
        ),
    ):
        for choice, left in outcomes.items():
            desk = office([X, *first], [Y, *second])
            take(desk, field, choice)
            mine = (
                {"a", "u"}
                if field is Field.LEAD
                else {"c", "v", "w"}
                if field is Field.SUPPORT
                else {"e", "z"}
            )
            assert [i for i in sorted(ids(desk.review.final.tags)) if i in mine] == left


def test_that_who_leads_does_not_support() -> None:
    desk = office(
        [X, owner("a", X, "甲局"), owner("b", X, "乙局", Role.SUPPORT)],
        [Y, owner("u", Y, "乙局"), owner("v", Y, "乙局", Role.SUPPORT)],
    )
    take(desk, Field.LEAD, Choice.SECOND)
    assert ids(desk.review.final.tags) == ["u"]


def test_that_a_division_is_taken_from_one_side_with_its_targets() -> None:
    whole = task("x", "新建云港中试平台2个，6月底前完成。")
    part, rest = task("u", "新建云港中试平台2个，", SECOND), task("v", "6月底前完成。", SECOND)
    desk = office(
        [whole, target("a", whole, "2个", 2), owner("c", whole, "甲局")],
        [part, rest, target("b", part, "2个", 3), owner("d", rest, "乙局")],
    )
    assert ids(desk.review.final.tasks) == ["x"]
    take(desk, Field.DIVISION, Choice.SECOND)
    assert ids(desk.review.final.tasks) == ["u", "v"]
    assert {(t.id, t.task_id) for t in desk.review.final.tags} == {("a", "u"), ("d", "v")}
    assert [t.is_confirmed for t in desk.review.final.tasks] == [False, False]
    take(desk, Field.VALUE, Choice.SECOND)
    value = next(t.value for t in desk.review.final.tags if t.id == "a")
    assert isinstance(value, Target)
    assert value.low == 3
    assert [t.is_confirmed for t in desk.review.final.tasks] == [True, True]
    take(desk, Field.DIVISION, Choice.NEITHER)
    assert desk.review.final.tasks == ()


# --- what stands before anything is decided


def test_that_what_both_have_is_confirmed_and_what_is_open_is_not() -> None:
    also, too = task("z", "办好海港科技周。"), task("w", "办好海港科技周。", SECOND)
    desk = office([X, also, owner("a", X, "甲局")], [Y, too])
    assert {t.id: t.is_confirmed for t in desk.review.final.tasks} == {"x": False, "z": True}


def test_that_dismissals_of_both_come_along_once_but_not_of_what_is_taken() -> None:
    def dismissed(dismissal_id: str, key: str, reason: str) -> Dismissal:
        return Dismissal(dismissal_id, "", key, Span(1, 2), reason)

    first = [dismissed("d1", "task:1-2", ""), dismissed("d2", "task:21-36", "不算")]
    second = [dismissed("e1", "task:1-2", "去年的"), replace(Y, origin="task:21-36")]
    desk = office([*first], [*second])
    assert {d.key: d.reason for d in desk.review.final.dismissals} == {
        "task:1-2": "去年的",
        "task:21-36": "不算",
    }
    take(desk, Field.TASK, Choice.SECOND)
    assert [d.key for d in desk.review.final.dismissals] == ["task:1-2"]


def test_that_a_suggestion_becomes_one_task() -> None:
    one = task("x", "新建云港", origin="task:0-18")
    desk = office([one], [task("y", "6月底前完成。", SECOND, origin="task:0-18")])
    take(desk, Field.TASK, Choice.FIRST)
    desk.write(decide(desk.review, desk.review.of_task("y"), Choice.SECOND, BING, AT))
    assert [(t.id, t.origin) for t in desk.review.final.tasks] == [("x", "task:0-18"), ("y", "")]


def test_that_the_reason_of_a_suggestion_goes_when_its_value_does() -> None:
    first = replace(amount("a", X), reason="数量", origin="target:1-2")
    for choice, reason in ((Choice.FIRST, "数量"), (Choice.SECOND, "")):
        desk = office([X, first], [Y, amount("b", Y, 46e8)])
        take(desk, Field.VALUE, choice)
        (found,) = desk.review.final.tags
        assert (found.reason, found.origin) == (reason, "target:1-2")


# --- what cannot be chosen


REFUSED = {
    (Field.TITLE, Choice.BOTH): "标题只能有一个",
    (Field.TITLE, Choice.NEITHER): "标题总要有一个",
    (Field.VALUE, Choice.BOTH): "目标值只能有一个",
    (Field.COMPARATOR, Choice.BOTH): "比较词只能有一个",
    (Field.COMPARATOR, Choice.NEITHER): "比较词总要有一个",
    (Field.UNIT, Choice.BOTH): "计量单位只能有一个",
    (Field.UNIT, Choice.NEITHER): "请取一方，或修改成没有单位",
    (Field.INDICATOR, Choice.BOTH): "指标名称只能有一个",
    (Field.INDICATOR, Choice.NEITHER): "指标名称总要有一个",
    (Field.QUALITY, Choice.BOTH): "目标属性只能取一方",
    (Field.QUALITY, Choice.NEITHER): "请取一方或修改",
    (Field.LEAD, Choice.BOTH): "牵头单位只能有一个",
}


def test_that_what_makes_no_sense_for_a_field_is_refused_with_the_reason() -> None:
    second = amount("b", Y, 46e8, comparator=Comparator.GE, unit="美元", indicator="别名", is_cumulative=True)
    desk = office(
        [replace(X, title="自拟"), amount("a", X), owner("c", X, "甲局")], [Y, second, owner("u", Y, "乙局")]
    )
    found = {
        (d.field, choice): why
        for d in desk.review.differences
        for choice, why in choices(desk.review, d).items()
        if why
    }
    assert found.keys() == REFUSED.keys()
    assert all(found[at_].startswith(words_) for at_, words_ in REFUSED.items())
    for (field, choice), why in found.items():
        with pytest.raises(UserError, match=why[:6]):
            take(desk, field, choice)
    assert desk.review.decisions == ()


def test_that_a_tag_that_both_have_is_taken_once() -> None:
    desk = office([X, amount("a", X)], [Y, target("b", Y, "45亿元", 45e8, "元", "登记额")])
    assert choices(desk.review, row(desk.review, Field.TARGET))[Choice.BOTH].startswith("两边标的是同一处")


def test_that_a_division_is_not_taken_from_both() -> None:
    desk = office([task("x", SENTENCE)], [task("u", SENTENCE[:6], SECOND), task("v", SENTENCE[6:], SECOND)])
    assert choices(desk.review, row(desk.review, Field.DIVISION))[Choice.BOTH].startswith("两边拆分合并不同")


def test_that_with_one_layer_there_is_no_other_side() -> None:
    desk = office([X], None)
    assert desk.review.layer == ALONE
    found = choices(desk.review, row(desk.review, Field.TASK))
    assert {c for c, why in found.items() if why} == {Choice.SECOND, Choice.BOTH}
    with pytest.raises(UserError, match="任务：只有一份标注，没有另一方可取"):
        take(desk, Field.TASK, Choice.SECOND)


def test_that_only_what_f_has_can_be_edited() -> None:
    desk = office([X], [Y, amount("b", Y)])
    assert "先取有的一方" in choices(desk.review, row(desk.review, Field.TARGET))[Choice.EDITED]
    take(desk, Field.TARGET, Choice.SECOND)
    assert choices(desk.review, row(desk.review, Field.TARGET))[Choice.EDITED] == ""
    gone = office([], [Y])
    assert "先取有的一方" in choices(gone.review, row(gone.review, Field.TASK))[Choice.EDITED]


def test_that_editing_is_not_a_bare_decision_and_nothing_is_none() -> None:
    desk = office([X], [])
    with pytest.raises(UserError, match="直接在任务卡上改"):
        decide(desk.review, desk.review.differences, Choice.EDITED, BING, AT)
    with pytest.raises(UserError, match="没有要裁决的差异"):
        decide(desk.review, [], Choice.FIRST, BING, AT)


# --- who, when and why; several at once; agreeing


def test_that_a_decision_says_who_when_and_why_and_what_both_read() -> None:
    desk = office([X, owner("a", X, "甲局")], [Y, owner("u", Y, "乙局")])
    done = take(desk, Field.LEAD, Choice.SECOND, " 按三定方案 ")
    (found,) = desk.review.decisions
    assert (found.layer_id, found.key, found.field, found.choice) == (
        "f",
        "x/lead",
        Field.LEAD,
        Choice.SECOND,
    )
    assert (found.person_id, found.who, found.at, found.reason) == (BING.id, BING.name, AT, "按三定方案")
    assert (found.first_seen, found.second_seen, found.value) == ("甲局", "乙局", None)
    assert (done.label, done.report_id) == ("裁决牵头单位：取乙", "report")


def test_that_deciding_again_changes_the_same_decision() -> None:
    desk = office([X, owner("a", X, "甲局")], [Y, owner("u", Y, "乙局")])
    take(desk, Field.LEAD, Choice.SECOND)
    take(desk, Field.LEAD, Choice.NEITHER)
    (found,) = desk.review.decisions
    assert (found.choice, found.version) == (Choice.NEITHER, 2)


def test_that_returning_wants_a_reason_and_leaves_the_first_side() -> None:
    desk = office([X, owner("a", X, "甲局")], [Y, owner("u", Y, "乙局")])
    with pytest.raises(UserError, match="退回要说明理由"):
        take(desk, Field.LEAD, Choice.RETURNED, "  ")
    take(desk, Field.LEAD, Choice.RETURNED, "请核对")
    assert row(desk.review, Field.LEAD).status is Status.RETURNED
    assert (ids(desk.review.final.tags), only(desk).is_confirmed) == (["a"], False)
    assert not desk.review.is_finished


def test_that_several_are_decided_in_one_change() -> None:
    desk = office(
        [X, amount("a", X), owner("c", X, "甲局")], [Y, amount("b", Y, 46e8), owner("u", Y, "乙局")]
    )
    done = desk.write(decide(desk.review, desk.review.differences, Choice.SECOND, BING, AT))
    assert done.label == "裁决2处：取乙"
    assert desk.review.is_finished
    desk.undo()
    assert [d.status for d in desk.review.differences] == [Status.OPEN, Status.OPEN]


def test_that_one_key_agrees_with_all_that_is_open_in_a_task() -> None:
    desk = office(
        [X, amount("a", X), owner("c", X, "甲局")], [Y, amount("b", Y, 46e8), owner("u", Y, "乙局")]
    )
    take(desk, Field.LEAD, Choice.SECOND)
    done = desk.write(agree(desk.review, "x", BING, AT))
    assert done.label == "同意任务"
    assert {d.key: d.choice for d in desk.review.decisions} == {
        "x/lead": Choice.SECOND,
        "a/value": Choice.FIRST,
    }
    with pytest.raises(UserError, match="没有待裁决的差异"):
        agree(desk.review, "x", BING, AT)


def test_that_agreeing_keeps_an_earlier_choice_that_is_looked_at_again() -> None:
    desk = office([X, owner("a", X, "甲局")], [Y, owner("u", Y, "乙局")])
    take(desk, Field.LEAD, Choice.SECOND, "按三定方案")
    desk.corrected(desk.first, layer_of(SECOND, Y, owner("u", Y, "丁局")))
    assert row(desk.review, Field.LEAD).status is Status.STALE
    desk.write(agree(desk.review, "x", BING, AT))
    (found,) = desk.review.decisions
    assert (found.choice, found.reason, found.second_seen) == (Choice.SECOND, "按三定方案", "丁局")
    assert ids(desk.review.final.tags) == ["u"]
    assert desk.review.is_finished


def test_that_agreeing_leaves_what_waits_for_the_annotator() -> None:
    desk = office([X, owner("a", X, "甲局")], [Y, owner("u", Y, "乙局")])
    take(desk, Field.LEAD, Choice.RETURNED, "请核对")
    with pytest.raises(UserError, match="没有待裁决的差异"):
        agree(desk.review, "x", BING, AT)
    desk.corrected(desk.first, layer_of(SECOND, Y, owner("u", Y, "丁局")))
    desk.write(agree(desk.review, "x", BING, AT))
    assert [d.choice for d in desk.review.decisions] == [Choice.FIRST]


# --- by hand


def item(desk: Office, task_id: str = "x") -> Item:
    final = desk.review.final
    found = next(t for t in final.tasks if t.id == task_id)
    return Item(found, tuple(t for t in final.tags if t.task_id == task_id))


def keys(desk: Office) -> dict[str, Choice]:
    return {d.key: d.choice for d in desk.review.decisions}


def test_that_a_field_changed_by_hand_is_decided() -> None:
    desk = office([replace(X, summary="甲话")], [replace(Y, summary="乙话")])
    desk.by_hand(edits.change_task("report", item(desk), summary="丙话"))
    assert keys(desk) == {"x/summary": Choice.EDITED}
    assert (only(desk).summary, desk.review.is_finished) == ("丙话", True)
    (found,) = desk.review.decisions
    assert (found.first_seen, found.second_seen, found.who) == ("甲话", "乙话", BING.name)
    desk.corrected(layer_of(FIRST, replace(X, summary="改了")), desk.second)
    assert (only(desk).summary, row(desk.review, Field.SUMMARY).status) == ("丙话", Status.STALE)


def test_that_a_part_changed_by_hand_leaves_the_others_open() -> None:
    desk = office([X, amount("a", X)], [Y, amount("b", Y, 46e8, unit="美元")])
    (first,) = item(desk).tags
    assert isinstance(first.value, Target)
    desk.by_hand(edits.change_tag("report", item(desk), first, replace(first.value, low=47e8, high=47e8)))
    assert keys(desk) == {"a/value": Choice.EDITED}
    take(desk, Field.UNIT, Choice.SECOND)
    assert desk.review.final.tags[0].value == Target("登记额", Comparator.EQ, 47e8, 47e8, "美元")


def test_that_a_place_changed_by_hand_is_decided_without_its_value() -> None:
    desk = office([X, amount("a", X)], [Y, amount("b", Y, 46e8)])
    (first,) = item(desk).tags
    place = (at("45亿元"),)
    desk.by_hand(Change("改标注", "report", (Edit(first, replace(first, spans=place, text="45亿元")),)))
    desk.check()
    assert keys(desk) == {"a/target": Choice.EDITED}
    (made,) = desk.review.final.tags
    assert (made.spans, made.text, made.value) == (place, "45亿元", first.value)
    assert row(desk.review, Field.VALUE).is_open


def test_that_a_comparator_changed_by_hand_is_one_decision() -> None:
    desk = office([X, amount("a", X)], [Y, amount("b", Y)])
    (first,) = item(desk).tags
    assert isinstance(first.value, Target)
    at_least = replace(first.value, comparator=Comparator.GE, high=None)
    desk.by_hand(edits.change_tag("report", item(desk), first, at_least))
    assert keys(desk) == {"a/comparator": Choice.EDITED}
    assert desk.review.final.tags[0].value == at_least


def test_that_a_nature_set_by_hand_is_no_other_value() -> None:
    desk = office([X, amount("a", X)], [Y, amount("b", Y)])
    (first,) = item(desk).tags
    assert isinstance(first.value, Target)
    binding = replace(first.value, nature=Nature.BINDING)
    desk.by_hand(edits.change_tag("report", item(desk), first, binding))
    assert keys(desk) == {"a/quality": Choice.EDITED}
    assert desk.review.final.tags[0].value == binding


def test_that_a_bound_that_is_not_shown_is_a_value_too() -> None:
    desk = office(
        [X, amount("a", X, comparator=Comparator.GE)], [Y, amount("b", Y, comparator=Comparator.GE)]
    )
    (first,) = item(desk).tags
    assert isinstance(first.value, Target)
    unbound = replace(first.value, high=None)
    desk.by_hand(edits.change_tag("report", item(desk), first, unbound))
    assert keys(desk) == {"a/value": Choice.EDITED}
    assert desk.review.final.tags[0].value == unbound


def test_that_a_lead_set_by_hand_is_the_list_as_it_stands_and_a_side_can_be_taken_again() -> None:
    desk = office([X, owner("a", X, "甲局"), owner("c", X, "丁局", Role.SUPPORT)], [Y, owner("u", Y, "乙局")])
    desk.by_hand(edits.set_lead("report", item(desk), Owner(Role.LEAD, "丁局")))
    assert keys(desk) == {"x/lead": Choice.EDITED, "x/support": Choice.EDITED, "tag:a": Choice.EDITED}
    assert [(t.id, t.value) for t in desk.review.final.tags] == [("a", Owner(Role.LEAD, "丁局"))]
    take(desk, Field.LEAD, Choice.SECOND)
    assert ids(desk.review.final.tags) == ["u"]
    desk.by_hand(edits.set_lead("report", item(desk), Owner(Role.LEAD, "戊局")))
    assert keys(desk).keys() == {"x/lead", "x/support", "tag:u"}


def test_that_a_task_deleted_by_hand_is_gone_and_its_suggestion_too() -> None:
    desk = office([replace(X, origin="task:1-2"), amount("a", X)], [Y, amount("b", Y)])
    desk.by_hand(edits.dismiss("report", item(desk), "不算任务"))
    assert keys(desk) == {"x/task": Choice.EDITED, "dismissal:task:1-2": Choice.NEITHER}
    assert (desk.review.final.tasks, desk.review.final.tags) == ((), ())
    assert [(d.key, d.reason, d.span) for d in desk.review.final.dismissals] == [
        ("task:1-2", "不算任务", Span(1, 2))
    ]
    assert desk.review.is_finished
    desk.corrected(desk.first, layer_of(SECOND, Y, amount("b", Y, 46e8)))
    assert [d.status for d in desk.review.differences] == [Status.STALE]


def test_that_what_is_made_by_hand_is_there_confirmed_and_goes_by_hand() -> None:
    desk = office([], [])
    change, task_id = edits.new_task("report", "f", (Span(0, 4),), "新建云港")
    desk.by_hand(change)
    desk.by_hand(edits.add_tag("report", item(desk, task_id), TagKind.MEASURE, None, "分步"))
    desk.by_hand(edits.set_lead("report", item(desk, task_id), Owner(Role.LEAD, "甲局")))
    assert only(desk).is_confirmed
    assert sorted(t.text for t in desk.review.final.tags) == ["分步", "甲局"]
    desk.by_hand(edits.dismiss("report", item(desk, task_id)))
    assert (desk.review.final.tasks, desk.review.final.tags) == ((), ())
    assert keys(desk) == {f"{task_id}/lead": Choice.EDITED}
    desk.check()


def test_that_a_target_removed_by_hand_stays_away() -> None:
    desk = office([X, amount("a", X)], [Y, amount("b", Y)])
    desk.by_hand(edits.dismiss_tag("report", item(desk), item(desk).tags[0]))
    assert keys(desk) == {"a/target": Choice.EDITED}
    assert desk.review.final.tags == ()
    assert [(d.key, d.status) for d in desk.review.differences] == [("a/target", Status.DECIDED)]


def test_that_splitting_by_hand_takes_the_tags_along() -> None:
    whole = task("x", "新建云港中试平台2个，6月底前完成。")
    same = replace(whole, id="y", layer_id="b")
    desk = office(
        [whole, target("a", whole, "2个", 2), due("e", whole, "6月底前", date(2026, 6, 30))],
        [same, target("b", same, "2个", 2), due("z", same, "6月底前", date(2026, 6, 30))],
    )
    change, second = edits.split("report", item(desk), at("6月底前").start, lambda s: TEXT[s.start : s.end])
    desk.by_hand(change)
    desk.check()
    assert {(t.id, t.task_id) for t in desk.review.final.tags} == {("a", "x"), ("e", second)}
    assert [t.quote for t in desk.review.final.tasks] == ["新建云港中试平台2个，", "6月底前完成。"]


def test_that_merging_by_hand_keeps_the_other_tasks_targets() -> None:
    first, second = task("x", "新建云港中试平台2个，"), task("w", "6月底前完成。")
    desk = office([first, second, tag("a", second, TagKind.MEASURE, "6月底前")], None)
    desk.by_hand(edits.merge("report", [item(desk), item(desk, "w")]))
    desk.check()
    assert [(t.id, t.merged_ids) for t in desk.review.final.tasks] == [("x", ("w",))]
    assert [(t.id, t.task_id) for t in desk.review.final.tags] == [("a", "x")]


def test_that_only_confirming_by_hand_changes_nothing() -> None:
    desk = office([X], [])
    change = edits.accept("report", [item(desk)])
    assert desk.review.completed(change, BING, AT).edits == ()


def test_that_an_undo_and_a_redo_are_written_as_they_are() -> None:
    desk = office([X], [])
    done = take(desk, Field.TASK, Choice.NEITHER)
    assert desk.review.completed(done.inverse(), BING, AT) == done.inverse()
    desk.undo()
    assert desk.review.completed(done, BING, AT) == done


# --- reading a review


def test_that_a_review_tells_what_f_reads_and_what_it_changed_in_each_layer() -> None:
    desk = office(
        [replace(X, summary="甲话"), amount("a", X), owner("c", X, "甲局")],
        [replace(Y, summary="乙话"), amount("b", Y, 46e8), owner("u", Y, "乙局")],
    )
    take(desk, Field.VALUE, Choice.SECOND)
    take(desk, Field.SUMMARY, Choice.BOTH)
    take(desk, Field.LEAD, Choice.RETURNED, "核对")
    assert {d.field: desk.review.outcome(d) for d in desk.review.differences} == {
        Field.SUMMARY: "甲话；乙话",
        Field.VALUE: "＝ 46 亿元",
        Field.LEAD: "甲局",
    }
    assert [d.field for d in desk.review.changed_in("a")] == [Field.SUMMARY, Field.VALUE]
    assert [d.field for d in desk.review.changed_in("b")] == [Field.SUMMARY]


def test_that_a_task_taken_in_or_left_out_is_a_change_to_whoever_had_it_otherwise() -> None:
    desk = office([X], [task("y", "办好海港科技周。", SECOND)])
    for found in desk.review.differences:
        desk.write(decide(desk.review, desk.review.of_task(found.task_id), Choice.SECOND, BING, AT))
    assert [d.key for d in desk.review.changed_in("a")] == ["x/task", "y/task"]
    assert desk.review.changed_in("b") == ()
    assert [desk.review.outcome(d) for d in desk.review.differences] == ["", "办好海港科技周。"]


def test_that_a_task_is_found_by_its_id_on_either_side() -> None:
    desk = office([X, owner("a", X, "甲局")], [Y])
    assert desk.review.of_task("x") == desk.review.of_task("y") == desk.review.differences
    assert desk.review.of_task("nobody's") == ()


def test_that_the_review_follows_only_what_concerns_it() -> None:
    desk = office([X], [])
    before = desk.review.final
    elsewhere = Edit(None, replace(X, id="other", layer_id="elsewhere"))
    ruled = Edit(None, Decision("d", "elsewhere", "x/task", Field.TASK, Choice.NEITHER, "p", "丁", AT))
    assert desk.review.apply(Change("别处", "report", (elsewhere, ruled))) == ()
    assert (desk.review.final, desk.review.decisions) == (before, ())
    moved = replace(desk.review.layer, revision=3)
    desk.review.apply(Change("定稿", "report", (Edit(desk.review.layer, moved),)))
    assert desk.review.layer == moved


def test_that_the_touched_pairs_are_told() -> None:
    desk = office([X, owner("a", X, "甲局")], [Y])
    change = decide(desk.review, desk.review.differences, Choice.FIRST, BING, AT)
    assert desk.review.apply(change) == ("x",)


def test_that_f_is_built_with_no_versions_in_its_own_layer() -> None:
    made = build(FINAL, layer_of(FIRST, X, amount("a", X)), layer_of(SECOND, Y), ())
    assert [(t.version, t.layer_id) for t in made.tasks] == [(0, FINAL.id)]
    assert [(t.version, t.layer_id) for t in made.tags] == [(0, FINAL.id)]
