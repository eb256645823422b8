"""The codec takes every stored dataclass to JSON and back, unchanged."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import codec
from app.domain.reports import ReportCard
from app.domain.spans import Span
from app.domain.suggestions import Commitment, OwnerProposal, Suggestions, TargetFound
from app.domain.tasks import (
    Comparator,
    Deadline,
    DeadlineKind,
    Dismissal,
    Owner,
    Role,
    Tag,
    TagKind,
    Target,
    Task,
)
from app.domain.units import Unit

KINDS = (Task, Tag, Dismissal, Unit, ReportCard, Suggestions)

# JSON and SQLite hold no lone surrogates, no NaN, and dates are read from texts of our time
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
st.register_type_strategy(str, TEXTS)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))


def through_json(data: Any) -> Any:
    return json.loads(json.dumps(data, ensure_ascii=False, allow_nan=False))


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_that_every_stored_dataclass_comes_back_as_it_went(kind: type, data: st.DataObject) -> None:
    thing = data.draw(st.from_type(kind))
    assert codec.decode(kind, through_json(codec.encode(thing))) == thing


def test_that_defaults_are_left_out_and_enums_and_dates_are_plain_text() -> None:
    tag = Tag(
        "a",
        "l",
        "t",
        TagKind.DEADLINE,
        (Span(3, 9),),
        "6月底",
        Deadline(DeadlineKind.EXPLICIT, date(2026, 6, 30)),
    )
    assert codec.encode(tag) == {
        "id": "a",
        "layer_id": "l",
        "task_id": "t",
        "kind": "deadline",
        "spans": [[3, 9]],
        "text": "6月底",
        "value": {"@": "Deadline", "kind": "explicit", "due": "2026-06-30"},
    }
    assert type(codec.encode(tag)["kind"]) is str


def test_that_what_can_be_made_again_is_kept_as_lists_defaults_and_all() -> None:
    found = TargetFound(Span(3, 5), Target("泊位", low=3.0))
    made = Suggestions("r", (Commitment(Span(0, 9), "新建泊位", targets=(found,)),))
    data = codec.encode(made)
    target = [[3, 5], {"indicator": "泊位", "low": 3.0}, ""]
    kept = [[0, 9], "新建泊位", False, False, "", [target], [], [], [], [], [], "", 0]
    assert data == ["r", [kept], []]
    assert codec.decode(Suggestions, through_json(data)) == made


@pytest.mark.parametrize("data", [{"engine": "r"}, ["r", []], ["r", [], [], 0], "rcu"])
def test_that_a_list_of_another_shape_is_refused(data: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        codec.decode(Suggestions, data)


@pytest.mark.parametrize(
    "value",
    [
        Target("泊位", Comparator.GE, 3.0, None, "个"),
        Owner(Role.LEAD, "区交通局"),
        Deadline(DeadlineKind.EVENT),
        None,
    ],
)
def test_that_a_tag_keeps_which_kind_of_value_it_has(value: Any) -> None:
    tag = Tag("a", "l", "t", TagKind.TARGET, (), "", value)
    back = codec.decode(Tag, through_json(codec.encode(tag)))
    assert back.value == value
    assert type(back.value) is type(value)


def test_that_nested_tuples_come_back_as_tuples_of_their_own_types() -> None:
    found = TargetFound(Span(1, 5), Target("泊位", Comparator.GT, 3.0))
    made = Suggestions(
        "7",
        (Commitment(Span(0, 9), "新建泊位", targets=(found,), leads=(OwnerProposal("交通", 0.5, "词"),)),),
    )
    back = codec.decode(Suggestions, through_json(codec.encode(made)))
    assert type(back.commitments) is tuple
    assert type(back.commitments[0].span) is Span
    assert back.commitments[0].targets[0].value.comparator is Comparator.GT
    assert back.commitments[0].leads == (OwnerProposal("交通", 0.5, "词"),)


def test_that_moments_keep_their_zone_and_days_stay_days() -> None:
    @dataclass(frozen=True)
    class When:
        day: date
        moment: datetime

    when = When(date(2026, 2, 28), datetime(2026, 2, 28, 23, 59, 1, 5, tzinfo=UTC))
    back = codec.decode(When, through_json(codec.encode(when)))
    assert back == when
    assert type(back.day) is date


@pytest.mark.parametrize(
    "data", [{"engine": "1", "colour": "red"}, {}, {"engine": "1", "commitments": [{"text": "没有位置"}]}]
)
def test_that_json_of_another_shape_is_refused(data: Any) -> None:
    with pytest.raises(TypeError):
        codec.decode(Suggestions, data)
