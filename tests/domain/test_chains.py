"""A chain of records shows where an entry was altered, removed, put elsewhere or cut out."""

from dataclasses import replace

import pytest

from app.domain.chains import Link, body_hash, canonical, is_whole, link_hash, linked, problems


def chain_of(count: int, name: str = "chain-a", previous: str = "") -> list[Link]:
    links: list[Link] = []
    for position in range(1, count + 1):
        links.append(linked(name, position, previous, {"id": f"{name}-{position}", "label": f"改{position}"}))
        previous = links[-1].hash
    return links


def redacted(link: Link) -> Link:
    return replace(link, body=None)


def test_that_an_entry_carries_its_place_and_the_hash_of_the_one_before() -> None:
    first, second = chain_of(2)
    assert first.body == {"id": "chain-a-1", "label": "改1", "chain": "chain-a", "position": 1}
    assert (first.previous, second.previous) == ("", first.hash)
    assert first.body_hash == body_hash(first.body)
    assert second.hash == link_hash(first.hash, second.body_hash)
    assert len({first.hash, second.hash, first.body_hash, second.body_hash}) == 4


def test_that_data_is_written_down_in_one_way() -> None:
    assert canonical({"b": [1, None], "a": "云"}) == '{"a":"云","b":[1,null]}'
    assert body_hash({"b": 1, "a": 2}) == body_hash({"a": 2, "b": 1})
    with pytest.raises(ValueError, match="JSON"):
        canonical(float("nan"))


def test_that_untouched_chains_side_by_side_have_no_problems() -> None:
    first = chain_of(3)
    assert problems(first) == []
    assert problems([*reversed(first), *chain_of(2, "chain-b", first[1].hash)]) == []
    assert problems([]) == []


def test_that_entries_of_which_only_the_hashes_are_here_still_hold_the_chain_together() -> None:
    first, second, third = chain_of(3)
    assert problems([redacted(first), second, redacted(third)]) == []
    assert problems([redacted(first), redacted(third)]) == ["第3条记录之前的记录被删改过。"]
    assert problems([replace(redacted(first), body_hash="x"), second]) == ["第1条记录的内容被改动过。"]


@pytest.mark.parametrize(
    "field",
    [{"label": "别的"}, {"id": "x"}, {"position": 3}, {"chain": "chain-b"}, {"more": 1}],
)
def test_that_an_altered_entry_is_found(field: dict[str, object]) -> None:
    first, second, third = chain_of(3)
    altered = replace(second, body={**(second.body or {}), **field})
    (problem,) = problems([first, altered, third])
    assert problem.startswith("第2条记录")
    assert problem.endswith("的内容被改动过。")


def test_that_an_entry_moved_to_another_place_with_hashes_made_anew_is_found() -> None:
    first, second = chain_of(2)
    told = dict(first.body or {})
    moved = Link("chain-a", 2, first.hash, body_hash(told), link_hash(first.hash, body_hash(told)), told)
    assert not is_whole(moved)
    assert problems([first, moved]) == ["第2条记录（改1）的内容被改动过。"]
    assert is_whole(second)


@pytest.mark.parametrize(("gone", "after"), [(0, "第2条记录（改2）"), (1, "第3条记录（改3）")])
def test_that_a_removed_entry_is_found(gone: int, after: str) -> None:
    links = chain_of(3)
    del links[gone]
    assert problems(links) == [f"{after}之前的记录被删改过。"]


def test_that_a_cut_tail_alone_does_not_show() -> None:
    assert problems(chain_of(3)[:2]) == []


def test_that_two_entries_in_each_others_place_are_found() -> None:
    first, second, third = chain_of(3)
    swapped = [first, replace(third, position=2), replace(second, position=3)]
    assert problems(swapped) == [
        "第2条记录（改3）之前的记录被删改过。",
        "第2条记录（改3）的内容被改动过。",
        "第3条记录（改2）之前的记录被删改过。",
        "第3条记录（改2）的内容被改动过。",
    ]


def test_that_a_chain_goes_on_only_from_an_entry_that_is_there() -> None:
    mother, child = chain_of(2), chain_of(2, "chain-b", chain_of(2)[1].hash)
    assert problems([*mother, *child]) == []
    assert problems([mother[0], *child]) == ["记录链chain-b的第1条记录（改1）之前的记录被删改过。"]
    assert problems(child) == ["第1条记录（改1）之前的记录被删改过。"]


def test_that_of_several_chains_the_one_at_fault_is_named() -> None:
    other = chain_of(3, "b1234567-8")
    assert problems([*chain_of(1), other[0], other[2]]) == [
        "记录链b1234567的第3条记录（改3）之前的记录被删改过。"
    ]
