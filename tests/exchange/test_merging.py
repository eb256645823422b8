"""Merging loses nothing that was not seen, keeps what was removed away, and does not mind the order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.merging import (
    Context,
    Dot,
    Group,
    Key,
    Replica,
    Standing,
    has_seen,
    joined,
    merged,
    standing,
)

KEY = Key("note", "n1")
OTHER = Key("note", "n2")
Notes = Replica[str]


def digest(payload: str) -> str:
    """Upper and lower case say the same."""
    return payload.lower()


def replica(versions: dict[Dot, str | None], **context: int) -> Notes:
    return Replica({KEY: versions} if versions else {}, context)


def merge(here: Notes, there: Notes) -> Notes:
    return merged(here, there, digest)


def shown(state: Notes, *own: str, key: Key = KEY) -> Standing[str] | None:
    return standing(state.versions.get(key, {}), own, digest)


A1, A2, B1, C1 = Dot("a", 1), Dot("a", 2), Dot("b", 1), Dot("c", 1)


def test_that_a_place_is_seen_up_to_the_position_and_no_further() -> None:
    context: Context = {"a": 2}
    assert has_seen(context, A2)
    assert not has_seen(context, Dot("a", 3))
    assert not has_seen(context, B1)


def test_that_contexts_are_joined_by_the_furthest() -> None:
    assert joined({"a": 2, "b": 1}, {"a": 1, "c": 4}, {}) == {"a": 2, "b": 1, "c": 4}


def test_that_what_only_one_has_comes_in_from_either_side() -> None:
    here, there = replica({}), replica({A1: "x"}, a=1)
    assert merge(here, there) == merge(there, here) == there


def test_that_a_later_version_takes_the_place_of_what_it_knew() -> None:
    old, new = replica({A1: "x"}, a=1), replica({B1: "y"}, a=1, b=1)
    assert merge(old, new) == merge(new, old) == new


def test_that_a_removal_propagates() -> None:
    old, gone = replica({A1: "x"}, a=1), replica({}, a=1)
    assert merge(old, gone).versions == merge(gone, old).versions == {}


def test_that_an_edit_survives_a_removal_that_did_not_know_it() -> None:
    edited, gone = replica({A2: "y"}, a=2), replica({}, a=1, b=1)
    assert merge(edited, gone).versions == merge(gone, edited).versions == {KEY: {A2: "y"}}


def test_that_an_edit_stands_above_a_remembered_removal_beside_it() -> None:
    state = merge(replica({A2: "y"}, a=2), replica({B1: None}, a=1, b=1))
    assert shown(state) == Standing(Group("y", frozenset({A2})))


def test_that_a_remembered_removal_alone_means_gone() -> None:
    assert shown(replica({B1: None, C1: None}, b=1, c=1)) == Standing(Group(None, frozenset({B1, C1})))


def test_that_what_has_no_version_does_not_stand() -> None:
    assert shown(replica({})) is None


def test_that_two_edits_without_knowledge_of_each_other_stand_side_by_side() -> None:
    state = merge(replica({B1: "y"}, a=1, b=1), replica({C1: "z"}, a=1, c=1))
    assert shown(state) == Standing(Group("y", frozenset({B1})), (Group("z", frozenset({C1})),))


def test_that_ones_own_version_is_shown_and_the_other_waits() -> None:
    state = replica({B1: "y", C1: "z"}, b=1, c=1)
    assert shown(state, "c") == Standing(Group("z", frozenset({C1})), (Group("y", frozenset({B1})),))
    assert shown(state, "b", "x") == Standing(Group("y", frozenset({B1})), (Group("z", frozenset({C1})),))


def test_that_of_two_own_versions_the_least_digest_is_shown() -> None:
    state = replica({A1: "w", B1: "y", C1: "z"}, a=1, b=1, c=1)
    standing_now = shown(state, "b", "c")
    assert standing_now is not None
    assert standing_now.current.payload == "w"


def test_that_equal_contents_are_one_told_as_the_first_entry_has_it() -> None:
    state = merge(replica({C1: "X"}, c=1), replica({B1: "x"}, b=1))
    assert shown(state) == Standing(Group("x", frozenset({B1, C1})))


def test_that_a_version_that_knows_both_sides_ends_the_conflict() -> None:
    state = merge(replica({B1: "y"}, b=1), replica({C1: "z"}, c=1))
    decided = replica({A1: "z"}, a=1, b=1, c=1)
    assert merge(state, decided) == merge(decided, state) == decided


def test_that_what_nobody_wrote_is_not_missed_where_it_is_absent() -> None:
    bare: Notes = Replica({}, {}, {KEY: "seed"})
    assert merge(bare, replica({}, a=5)).baseline == {KEY: "seed"}
    assert merge(replica({}, a=5), bare).baseline == {KEY: "seed"}


def test_that_of_two_seeds_the_least_digest_stays() -> None:
    first: Notes = Replica({}, {}, {KEY: "B", OTHER: "x"})
    second: Notes = Replica({}, {}, {KEY: "a"})
    assert merge(first, second).baseline == merge(second, first).baseline == {KEY: "a", OTHER: "x"}


def test_that_the_same_entry_told_in_two_ways_is_told_in_one() -> None:
    first, second = replica({A1: "X"}, a=1), replica({A1: "x"}, a=1)
    assert merge(first, second) == merge(second, first) == first


# --- histories


@dataclass(frozen=True)
class Step:
    """What happens: an edit or a removal at a place, or one place taking in another's state."""

    what: str
    here: int
    there: int
    key: Key
    payload: str


STEPS = st.lists(
    st.builds(
        Step,
        st.sampled_from(["edit", "edit", "remove", "merge"]),
        st.integers(0, 2),
        st.integers(0, 2),
        st.sampled_from([KEY, OTHER]),
        st.sampled_from(["x", "X", "y", "z"]),
    ),
    max_size=14,
)


def write(state: Notes, chain: str, position: int, key: Key, payload: str | None) -> Notes:
    """A person writes a version that knows all that is there; a removal of a seed is remembered."""
    versions = dict(state.versions)
    versions.pop(key, None)
    if payload is not None or key in state.baseline:
        versions[key] = {Dot(chain, position): payload}
    return replace(state, versions=versions, context=joined(state.context, {chain: position}))


def played(steps: Sequence[Step], remember: Callable[[Notes], None] = lambda _state: None) -> list[Notes]:
    """Three places after these steps; each began with the same seed."""
    states: list[Notes] = [Replica({}, {}, {OTHER: "seed"}) for _ in range(3)]
    for position, step in enumerate(steps, 1):
        if step.what == "merge":
            states[step.here] = merge(states[step.here], states[step.there])
        else:
            payload = step.payload if step.what == "edit" else None
            states[step.here] = write(states[step.here], "abc"[step.here], position, step.key, payload)
        remember(states[step.here])
    return states


@given(STEPS)
def test_that_the_order_of_merging_does_not_matter(steps: list[Step]) -> None:
    states = played(steps)
    results = []
    for order in permutations(states):
        first, second, third = order
        results += [merge(merge(first, second), third), merge(first, merge(second, third))]
    assert all(result == results[0] for result in results)


@given(STEPS)
def test_that_merging_again_changes_nothing(steps: list[Step]) -> None:
    known: list[Notes] = []
    played(steps, known.append)
    for state in known:
        assert merge(state, state) == state
    if known:
        for old in known:
            assert merge(merge(known[-1], old), old) == merge(known[-1], old)


@given(STEPS)
def test_that_every_place_shows_the_same_once_all_have_met(steps: list[Step]) -> None:
    states = played(steps)
    met = merge(merge(states[0], states[1]), states[2])
    for state in states:
        assert merge(state, met) == met
    assert shown(met) == shown(merge(met, states[0]))


@given(STEPS, st.integers(0, 2))
def test_that_ones_own_last_edit_is_never_lost_to_what_did_not_know_it(steps: list[Step], place: int) -> None:
    before = played(steps)
    mine = write(before[place], "abc"[place], len(steps) + 1, KEY, "mine")
    for other in before:
        found = shown(merge(mine, other), "abc"[place])
        assert found is not None
        payloads = [group.payload for group in (found.current, *found.others)]
        assert "mine" in payloads


@pytest.mark.parametrize("own", [(), ("a",), ("b",), ("a", "b")])
def test_that_a_standing_holds_every_version_once(own: tuple[str, ...]) -> None:
    found = shown(replica({A1: "x", A2: "X", B1: "y", C1: None}, a=2, b=1, c=1), *own)
    assert found is not None
    dots = [dot for group in (found.current, *found.others) for dot in group.dots]
    assert sorted(dots) == [A1, A2, B1]
