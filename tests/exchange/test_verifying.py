"""Two copies of a chain are one, or it shows where they part."""

from dataclasses import replace

from app.domain.chains import Link
from app.exchange.verifying import against, fork_position, head, unseen
from tests.exchange.packages import CHAIN, ELSEWHERE, chain_of, entry, redacted

FOUR = chain_of(*(entry(n) for n in range(1, 5)))
FORKED = chain_of(entry(1), entry(2), entry(30), entry(40))


def test_that_a_head_stands_for_the_whole_chain() -> None:
    assert head(FOUR) == FOUR[-1].hash != head(FOUR[:3]) == FOUR[2].hash
    assert head(()) == ""


def test_that_a_beginning_does_not_fork() -> None:
    assert fork_position(FOUR, FOUR[:2]) == fork_position(FOUR[:2], FOUR) == fork_position((), FOUR) == 0


def test_that_the_first_other_entry_is_where_chains_fork() -> None:
    assert fork_position(FOUR, FORKED) == fork_position(FORKED[:3], FOUR) == 3
    assert fork_position(FOUR[:2], FORKED) == 0
    assert fork_position(FOUR, chain_of(entry(9))) == 1


def test_that_hashes_alone_are_compared() -> None:
    assert fork_position([redacted(link) for link in FOUR], FOUR) == 0


def test_that_what_is_here_needs_nothing() -> None:
    assert unseen(FOUR, FOUR) == unseen(FOUR, FOUR[:1]) == []


def test_that_later_entries_are_unseen() -> None:
    assert unseen(FOUR[:3], FOUR) == [FOUR[3]]
    assert unseen((), FOUR) == list(FOUR)


def test_that_entries_known_as_hashes_are_unseen_until_they_come_whole() -> None:
    mine: list[Link] = [FOUR[0], redacted(FOUR[1]), redacted(FOUR[2]), FOUR[3]]
    theirs = [redacted(FOUR[0]), FOUR[1], redacted(FOUR[2]), FOUR[3]]
    assert unseen(mine, theirs) == [FOUR[1]]


def test_that_a_package_whose_chains_lie_on_ours_has_nothing_against_us() -> None:
    assert against({CHAIN: FOUR, ELSEWHERE: FOUR}, {CHAIN: FOUR[:3]}) == []
    assert against({CHAIN: FOUR}, {CHAIN: FOUR}) == []


def test_that_a_cut_tail_shows() -> None:
    (problem,) = against({CHAIN: FOUR[:3]}, {CHAIN: FOUR})
    assert problem.startswith("记录链chain-a在交接包里有4条，这里只有3条：")


def test_that_a_chain_that_is_gone_shows() -> None:
    (problem,) = against({}, {CHAIN: FOUR})
    assert "在交接包里有4条，这里只有0条" in problem


def test_that_a_rewritten_entry_shows_although_all_hashes_were_made_anew() -> None:
    assert against({CHAIN: FORKED}, {CHAIN: FOUR}) == [
        "记录链chain-a从第3条起与交接包里的不同：这里或包里的记录被改写过。"
    ]


def test_that_a_fork_is_told_once_although_the_tail_is_missing_too() -> None:
    (problem,) = against({CHAIN: FORKED[:3]}, {CHAIN: FOUR})
    assert "从第3条起" in problem


def test_that_every_chain_is_asked() -> None:
    assert len(against({CHAIN: FOUR[:1], ELSEWHERE: FORKED}, {CHAIN: FOUR, ELSEWHERE: FOUR})) == 2


def test_that_an_entry_from_elsewhere_is_another_entry() -> None:
    assert fork_position(FOUR, [replace(FOUR[0], hash="x")]) == 1


def test_that_entries_concealed_here_show() -> None:
    mine = [FOUR[0], redacted(FOUR[1]), redacted(FOUR[2]), FOUR[3]]
    (problem,) = against({CHAIN: mine}, {CHAIN: FOUR})
    assert problem.startswith("记录链chain-a有2条在交接包里有内容、这里只有校验值：")
    assert against({CHAIN: FOUR}, {CHAIN: mine}) == []
