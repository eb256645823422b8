"""Where two layers differ: by which field, in which words, and how far it is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.decisions import Choice, Decision, Field
from app.domain.spans import Span
from app.domain.tasks import (
    Comparator,
    DeadlineKind,
    Direction,
    Nature,
    Owner,
    Role,
    Tag,
    TagKind,
    Target,
    Task,
)
from app.review import Difference, Status, compare
from app.review.places import NOWHERE
from tests.review.cases import AT, FIRST, SECOND, at, due, layer_of, owner, saying, tag, target, task

SENTENCE = "技术合同登记额达到45亿元左右。"
X, Y = task("x", SENTENCE), task("y", SENTENCE, SECOND)
ABOUT = {"comparator": Comparator.ABOUT}


def differences(first: Sequence[Any], second: Sequence[Any] | None, *ruled: Decision) -> list[Difference]:
    sides = layer_of(FIRST, *first), None if second is None else layer_of(SECOND, *second)
    return list(compare(*sides, ruled))


def told(first: Sequence[Any], second: Sequence[Any] | None) -> list[tuple[Field, str, str]]:
    return [(d.field, d.first, d.second) for d in differences(first, second)]


def amount(tag_id: str, of: Task, number: float = 45e8, unit: str = "元", **value: object) -> Tag:
    return target(tag_id, of, "达到45亿元左右", number, unit, "技术合同登记额", **value)


def ruling(
    key: str, choice: Choice, first: str = "", second: str = "", value: Task | Tag | None = None
) -> Decision:
    return Decision(key, "f", key, Field.TASK, choice, "p", "丙", AT, "", first, second, value)


def test_that_layers_that_read_the_same_do_not_differ() -> None:
    lead, until = owner("a2", X, "区科技局"), due("a3", X, "年底前", date(2026, 12, 31))
    other_lead, other_until = owner("u2", Y, "区科技局"), due("u3", Y, "年末", date(2026, 12, 31))
    assert told([X, amount("a1", X), lead, until], [Y, amount("u1", Y), other_lead, other_until]) == []


def test_that_a_task_of_one_side_is_one_difference() -> None:
    (found,) = differences([X, amount("a1", X)], [])
    assert (found.key, found.pair_key, found.task_id, found.field) == ("x/task", "x", "x", Field.TASK)
    assert (found.first, found.second, found.start, found.status) == (
        SENTENCE,
        "",
        at(SENTENCE).start,
        Status.OPEN,
    )
    (other,) = differences([], [Y])
    assert (other.key, other.first, other.second, other.second_seen != "") == ("y/task", "", SENTENCE, True)


def test_that_with_one_layer_every_task_wants_agreement() -> None:
    second = task("z", "办好海港科技周。", summary="三场活动")
    assert told([X, second], None) == [(Field.TASK, SENTENCE, ""), (Field.TASK, "三场活动", "")]


def test_that_a_span_that_slipped_is_shown_where_it_differs() -> None:
    longer = task("y", (Span(at(SENTENCE).start - 6, at(SENTENCE).end - 1),), SECOND)
    ((field, first, second),) = told([X], [longer])
    assert (field, first, second) == (Field.SPAN, SENTENCE, "月底前完成。" + SENTENCE[:-1])


def test_that_long_texts_are_cut_to_where_they_differ() -> None:
    place = at("改造老旧泊位12个以上，年底前投用。规上工业增加值增长6%。每季度调度一次进度。")
    first, second = task("x", (place,)), task("y", (Span(place.start, place.end - 1),), SECOND)
    ((_, ours, theirs),) = told([first], [second])
    assert (ours, theirs) == ("…调度一次进度。", "…调度一次进度")


def test_that_a_division_is_one_difference_that_names_the_parts() -> None:
    whole = task("x", "新建云港中试平台2个，6月底前完成。")
    parts = [task("u", "新建云港中试平台2个，", SECOND), task("v", "6月底前完成。", SECOND)]
    (found,) = differences([whole], [*parts])
    assert (found.key, found.field) == ("x/division", Field.DIVISION)
    assert found.first.startswith("1项：")
    assert found.second == f"2项：{parts[0].title}；{parts[1].title}"


def test_that_a_part_taken_away_by_hand_is_shown_on_the_side_that_has_it() -> None:
    whole = task("x", "新建云港中试平台2个，6月底前完成。")
    parts = [task("u", "新建云港中试平台2个，", SECOND), task("v", "6月底前完成。", SECOND)]
    gone = ruling("u/task", Choice.EDITED), ruling("x/task", Choice.EDITED)
    rows = {d.key: (d.first, d.second) for d in differences([whole], [*parts], *gone)}
    assert rows["u/task"] == ("", parts[0].quote)
    assert rows["x/task"] == (whole.quote, "")
    assert "v/task" not in rows


def test_that_targets_are_compared_across_a_division() -> None:
    whole = task("x", "新建云港中试平台2个，6月底前完成。")
    part, rest = task("u", "新建云港中试平台2个，", SECOND), task("v", "6月底前完成。", SECOND)
    found = differences([whole, target("a", whole, "2个", 2)], [part, rest, target("b", part, "2个", 3)])
    assert [(d.field, d.task_id) for d in found] == [(Field.DIVISION, "x"), (Field.VALUE, "x")]


@pytest.mark.parametrize(
    ("field", "name"),
    [
        (Field.TITLE, "title"),
        (Field.SUMMARY, "summary"),
        (Field.MEASURES, "measures"),
        (Field.STANDARDS, "standard"),
        (Field.REMARKS, "remarks"),
        (Field.LEADER, "leader"),
        (Field.PERSON, "person"),
    ],
)
def test_that_a_text_is_compared(field: Field, name: str) -> None:
    assert told([saying(X, name, "甲的话")], [saying(Y, name, "乙的话")]) == [(field, "甲的话", "乙的话")]
    assert told([saying(X, name, "同样")], [saying(Y, name, "同样 ")]) == []


def test_that_a_title_that_only_begins_the_quote_goes_with_the_place() -> None:
    shorter = task("y", SENTENCE[8:], SECOND)
    assert X.title != shorter.title
    assert [field for field, _, _ in told([X], [shorter])] == [Field.SPAN]


@pytest.mark.parametrize(
    ("field", "ours", "theirs", "first", "second"),
    [
        (Field.VALUE, {}, {"low": 46e8, "high": 46e8}, "＝ 45 亿元", "＝ 46 亿元"),
        (Field.COMPARATOR, ABOUT, {}, "≈ 左右", "＝ 等于"),
        (Field.COMPARATOR, {"comparator": Comparator.GE, "high": None}, {}, "≥ 不少于", "＝ 等于"),
        (Field.UNIT, {}, {"unit": "美元"}, "元", "美元"),
        (Field.UNIT, {}, {"unit": ""}, "元", "（空）"),
        (Field.INDICATOR, {}, {"indicator": "合同额"}, "技术合同登记额", "合同额"),
        (
            Field.QUALITY,
            {
                "direction": Direction.UP,
                "nature": Nature.BINDING,
                "baseline": "40亿元",
                "is_cumulative": True,
            },
            {},
            "增长、约束性、基期40亿元、累计",
            "（空）",
        ),
    ],
)
def test_that_a_part_of_a_target_is_compared_by_itself(
    field: Field, ours: dict[str, Any], theirs: dict[str, Any], first: str, second: str
) -> None:
    rows = differences([X, amount("a", X, **ours)], [Y, amount("b", Y, **theirs)])
    assert [
        (d.field, d.first, d.second) for d in rows if d.field is not Field.VALUE or field is Field.VALUE
    ] == [(field, first, second)]
    row = next(d for d in rows if d.field is field)
    assert (row.key, row.first_tag, row.second_tag) == (f"a/{field}", "a", "b")
    assert row.about == str(ours.get("indicator", "技术合同登记额"))


def test_that_numbers_that_are_the_same_but_for_rounding_do_not_differ() -> None:
    assert told([X, amount("a", X, 229999999.99999997)], [Y, amount("b", Y, 230000000.0)]) == []


def test_that_a_target_of_one_side_is_a_difference_of_its_own() -> None:
    (found,) = differences([X, amount("a", X)], [Y])
    assert (found.key, found.field, found.first, found.second) == ("a/target", Field.TARGET, "＝ 45 亿元", "")
    assert (found.start, found.first_tag, found.second_tag) == (at("达到45亿元左右").start, "a", "")
    (other,) = differences([X], [Y, amount("b", Y)])
    assert (other.key, other.first, other.second, other.second_tag) == ("b/target", "", "＝ 45 亿元", "b")


def test_that_the_place_of_a_target_differs_by_itself_only_where_all_else_is_the_same() -> None:
    shorter = target("b", Y, "45亿元左右", 45e8, "元", "技术合同登记额")
    assert told([X, amount("a", X)], [Y, shorter]) == [(Field.TARGET, "达到45亿元左右", "45亿元左右")]
    other = replace(shorter, value=Target("技术合同登记额", Comparator.ABOUT, 45e8, 45e8, "元"))
    assert [f for f, _, _ in told([X, amount("a", X)], [Y, other])] == [Field.COMPARATOR]


def test_that_a_target_at_one_place_is_the_same_however_the_place_was_read() -> None:
    ours, theirs = amount("a", X), replace(amount("b", Y), text="达到45亿 元左右")
    assert ours.spans == theirs.spans
    assert differences([X, ours], [Y, theirs]) == []


def test_that_words_are_shown_without_the_blanks_around_them() -> None:
    ours, theirs = tag("a", X, TagKind.MEASURE, " 分步 "), tag("b", Y, TagKind.MEASURE, "分期")
    assert told([X, ours], [Y, theirs]) == [(Field.MEASURE, "分步", ""), (Field.MEASURE, "", "分期")]


def test_that_measures_and_standards_are_compared_by_place() -> None:
    ours = [tag("a", X, TagKind.MEASURE, "登记额"), tag("b", X, TagKind.STANDARD, "左右")]
    theirs = [tag("u", Y, TagKind.MEASURE, "技术合同登记额")]
    assert told([X, *ours], [Y, *theirs]) == [
        (Field.MEASURE, "登记额", "技术合同登记额"),
        (Field.STANDARD, "左右", ""),
    ]


def test_that_leads_supports_and_deadlines_are_lists_of_a_task() -> None:
    ours = [owner("a", X, "区政务服务办"), owner("b", X, "区工信局", Role.SUPPORT)]
    theirs = [
        owner("u", Y, "区市场监管局"),
        owner("v", Y, "区工信局", Role.SUPPORT),
        owner("w", Y, "区财政局", Role.ACTOR),
        due("z", Y, "年底前", date(2026, 12, 31)),
    ]
    rows = differences([X, *ours], [Y, *theirs])
    assert [(d.key, d.first, d.second) for d in rows] == [
        ("x/lead", "区政务服务办", "区市场监管局"),
        ("x/support", "区工信局", "区工信局、区财政局（参与）"),
        ("x/deadline", "", "年底前 → 2026-12-31"),
    ]
    assert (rows[0].first_tag, rows[0].second_tag, rows[2].first_tag, rows[2].second_tag) == (
        "a",
        "u",
        "",
        "z",
    )


def test_that_the_order_of_bodies_does_not_differ() -> None:
    ours = [owner("a", X, "区工信局", Role.SUPPORT), owner("b", X, "区财政局", Role.SUPPORT)]
    theirs = [owner("u", Y, "区财政局", Role.SUPPORT), owner("v", Y, "区工信局", Role.SUPPORT)]
    assert told([X, *ours], [Y, *theirs]) == []


def test_that_deadlines_of_one_day_and_two_kinds_are_told_apart() -> None:
    ours = due("a", X, "年底", date(2026, 12, 31))
    theirs = due("u", Y, "年底", date(2026, 12, 31), DeadlineKind.DURING)
    assert told([X, ours], [Y, theirs]) == [(Field.DEADLINE, "2026-12-31（截止）", "2026-12-31（期间）")]


@pytest.mark.parametrize(
    ("number", "other", "words"),
    [(5, 8, ("5", "8")), (5, None, ("5", "无数值")), (None, 0, ("无数值", "0"))],
)
def test_that_assigned_figures_whose_words_are_alike_are_told_apart(
    number: float | None, other: float | None, words: tuple[str, str]
) -> None:
    text = "完成市下达指标"
    ours = tag("a", X, TagKind.TARGET, text, Target("泊位", Comparator.ASSIGNED, number, number))
    theirs = tag("u", Y, TagKind.TARGET, text, Target("泊位", Comparator.ASSIGNED, other, other))
    assert told([X, ours], [Y, theirs]) == [(Field.VALUE, *words)]


def test_that_deadlines_without_a_day_go_by_their_words() -> None:
    ours = due("a", X, "汛前", None, DeadlineKind.EVENT)
    assert told([X, ours], [Y, due("u", Y, "汛前", None, DeadlineKind.EVENT)]) == []
    assert told([X, ours], [Y, due("u", Y, "主汛期前", None, DeadlineKind.EVENT)]) == [
        (Field.DEADLINE, "汛前", "主汛期前")
    ]


def test_that_differences_stand_in_text_order_task_by_task() -> None:
    later, also = task("z", "办好海港科技周。"), task("w", "会上定的一件事")
    rows = differences(
        [also, later, X, amount("a", X), owner("c", X, "区科技局")],
        [replace(Y, summary="分两步"), amount("b", Y, 46e8)],
    )
    assert [d.key for d in rows] == ["x/summary", "a/value", "x/lead", "z/task", "w/task"]
    assert [d.start for d in rows[-2:]] == [at("办好海港科技周。").start, NOWHERE]


# --- decisions


def test_that_a_decision_holds_as_long_as_both_sides_read_as_they_did() -> None:
    first, second = [X, owner("a", X, "区科技局")], [Y, owner("u", Y, "区工信局")]
    decided = ruling("x/lead", Choice.SECOND, "区科技局", "区工信局")
    assert [d.status for d in differences(first, second, decided)] == [Status.DECIDED]
    returned = ruling("x/lead", Choice.RETURNED, "区科技局", "区工信局")
    assert [d.status for d in differences(first, second, returned)] == [Status.RETURNED]
    for one, other in (("别的", "区工信局"), ("区科技局", "别的")):
        for choice in (Choice.SECOND, Choice.RETURNED):
            (row,) = differences(first, second, ruling("x/lead", choice, one, other))
            assert (row.status, row.is_open) == (Status.STALE, True)


def test_that_only_what_is_decided_is_closed() -> None:
    first, second = [X, owner("a", X, "区科技局")], [Y, owner("u", Y, "区工信局")]
    (row,) = differences(first, second)
    assert (row.status, row.is_open) == (Status.OPEN, True)
    (row,) = differences(first, second, ruling("x/lead", Choice.RETURNED, "区科技局", "区工信局"))
    assert row.is_open
    (row,) = differences(first, second, ruling("x/lead", Choice.FIRST, "区科技局", "区工信局"))
    assert not row.is_open


def test_that_what_is_taken_away_has_no_other_differences() -> None:
    first, second = [X, amount("a", X), owner("c", X, "区科技局")], [Y, amount("b", Y, 46e8)]
    assert [d.key for d in differences(first, second)] == ["a/value", "x/lead"]
    assert [d.key for d in differences(first, second, ruling("x/span", Choice.NEITHER))] == ["x/span"]
    assert [d.key for d in differences(first, second, ruling("x/task", Choice.NEITHER))] == ["x/task"]
    assert [d.key for d in differences(first, second, ruling("a/value", Choice.NEITHER))] == [
        "a/value",
        "x/lead",
    ]
    assert [d.key for d in differences(first, second, ruling("b/target", Choice.NEITHER))] == [
        "b/target",
        "x/lead",
    ]


def test_that_a_task_decided_on_alone_is_looked_at_again_when_the_other_side_has_it_too() -> None:
    (alone,) = differences([X], [])
    decided = ruling("x/task", Choice.SECOND, alone.first_seen, alone.second_seen)
    assert [d.status for d in differences([X], [], decided)] == [Status.DECIDED]
    (row,) = differences([X], [Y], decided)
    assert (row.key, row.status) == ("x/task", Status.STALE)


def test_that_a_target_decided_on_alone_is_looked_at_again_when_the_other_side_has_it_too() -> None:
    (alone,) = differences([X], [Y, amount("b", Y)])
    decided = ruling("b/target", Choice.FIRST, alone.first_seen, alone.second_seen)
    rows = differences([X, amount("a", X)], [Y, amount("b", Y)], decided)
    assert [(d.key, d.status) for d in rows] == [("b/target", Status.STALE)]


def test_that_agreeing_with_a_task_is_looked_at_again_when_anything_in_it_changes() -> None:
    (alone,) = differences([X, amount("a", X), owner("c", X, "区科技局")], None)
    agreed = ruling("x/task", Choice.FIRST, alone.first_seen)
    same = [X, amount("a", X), owner("c", X, "区科技局")]
    assert [d.status for d in differences(same, None, agreed)] == [Status.DECIDED]
    for changed in (
        [X, amount("a", X, 46e8), owner("c", X, "区科技局")],
        [X, amount("a", X), owner("c", X, "区工信局")],
        [X, amount("a", X)],
        [replace(X, summary="分两步"), amount("a", X), owner("c", X, "区科技局")],
        [replace(X, spans=(Span(0, 3),)), amount("a", X), owner("c", X, "区科技局")],
        [*same, due("d", X, "年底前", date(2026, 12, 31))],
    ):
        assert [d.status for d in differences(changed, None, agreed)] == [Status.STALE]


def test_that_a_target_of_a_task_that_one_side_has_is_listed_where_a_hand_took_it_away() -> None:
    first = [X, amount("a", X)]
    for choice, listed in ((Choice.EDITED, ["x/task", "a/target"]), (Choice.FIRST, ["x/task"])):
        assert [d.key for d in differences(first, [], ruling("a/target", choice))] == listed


def test_that_what_was_changed_by_hand_is_listed_where_both_read_the_same() -> None:
    edited = ruling("x/summary", Choice.EDITED, value=replace(X, summary="复核改的"))
    (row,) = differences([X], [Y], edited)
    assert (row.field, row.first, row.second, row.status) == (Field.SUMMARY, "", "", Status.DECIDED)
    assert differences([X], [Y], ruling("x/summary", Choice.FIRST)) == []


def test_that_a_body_without_a_role_in_the_text_is_named_with_its_words() -> None:
    blank = tag("a", X, TagKind.OWNER, "某局", None)
    assert told([X, blank], [Y]) == [(Field.SUPPORT, "某局", "")]
    assert (
        told(
            [X, owner("a", X, " 区科技局 ")],
            [Y, tag("u", Y, TagKind.OWNER, "", Owner(Role.LEAD, "区科技局"))],
        )
        == []
    )
