"""Who moves, changes and sees a layer: every move from every state, by everybody."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from app.domain.errors import UserError
from app.domain.layer_moves import MOVES, NOBODY, MoveName, checked, edit_refusal, is_visible, moved, refusal
from app.domain.people import Person, PersonRole
from app.domain.reports import Layer, LayerState

ANNOTATOR, REVIEWER, COORDINATOR = PersonRole.ANNOTATOR, PersonRole.REVIEWER, PersonRole.COORDINATOR
DRAFT, SUBMITTED, IN_REVIEW, RETURNED, FINAL = LayerState

OWN = Layer("l1", "r", "李", person_id="li")
REVIEWED = Layer("f", "r", "王", person_id="wang", base_ids=("l1",))
AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)

EVERYBODY = list(product(LayerState, PersonRole, [True, False]))
MAY = {
    MoveName.SUBMIT: ({DRAFT, RETURNED}, {ANNOTATOR}),
    MoveName.TAKE_UP: ({SUBMITTED}, {REVIEWER}),
    MoveName.RETURN: ({SUBMITTED, IN_REVIEW}, {REVIEWER}),
    MoveName.FINALISE: ({IN_REVIEW}, {REVIEWER}),
    MoveName.REOPEN: ({FINAL}, {REVIEWER, COORDINATOR}),
}
"""From which states a move leads, and whose it is."""


def person(*roles: PersonRole, own: bool = False) -> Person:
    return Person("li" if own else "zhao", "李" if own else "赵", roles)


@pytest.mark.parametrize("name", MoveName)
@pytest.mark.parametrize("state", LayerState)
@pytest.mark.parametrize("role", PersonRole)
@pytest.mark.parametrize("own", [True, False])
def test_that_a_layer_is_moved_from_its_states_by_its_people_alone(
    name: MoveName, state: LayerState, role: PersonRole, own: bool
) -> None:
    states, roles = MAY[name]
    may = state in states and role in roles and own == (name is MoveName.SUBMIT)
    words = refusal(MOVES[name], person(role, own=own), replace(OWN, state=state))
    assert (words == "") == may
    assert isinstance(words, str)


def test_that_nobody_moves_or_changes_a_layer_who_has_not_signed_in_or_works_here_no_more() -> None:
    assert refusal(MOVES[MoveName.SUBMIT], None, OWN) == edit_refusal(None, OWN) == NOBODY
    gone = replace(person(ANNOTATOR, own=True), is_active=False)
    assert refusal(MOVES[MoveName.SUBMIT], gone, OWN)
    assert edit_refusal(gone, OWN)


def test_that_a_reviewed_layer_is_moved_by_its_reviewer_and_not_by_the_author_of_a_base() -> None:
    layer, finalise = replace(REVIEWED, state=IN_REVIEW), MOVES[MoveName.FINALISE]
    reviewer = Person("wang", "王", (REVIEWER,))
    assert refusal(finalise, reviewer, layer, (OWN,)) == ""
    assert refusal(finalise, person(REVIEWER, own=True), layer, (OWN,))
    assert refusal(finalise, person(REVIEWER, own=True), layer, ()) == ""


def test_that_a_move_that_wants_a_reason_is_not_made_without_one() -> None:
    for name in MoveName:
        states, roles = MAY[name]
        layer = replace(OWN, state=next(iter(states)))
        who = person(*roles, own=name is MoveName.SUBMIT)
        checked(MOVES[name], who, layer, (), "漏标两项")
        if name in (MoveName.RETURN, MoveName.REOPEN):
            with pytest.raises(UserError, match="理由"):
                checked(MOVES[name], who, layer, (), " \n")
        else:
            checked(MOVES[name], who, layer, (), "")
        with pytest.raises(UserError):
            checked(MOVES[name], None, layer, (), "漏标两项")


@pytest.mark.parametrize(
    ("name", "target"),
    [
        (MoveName.SUBMIT, SUBMITTED),
        (MoveName.TAKE_UP, IN_REVIEW),
        (MoveName.RETURN, RETURNED),
        (MoveName.FINALISE, FINAL),
        (MoveName.REOPEN, IN_REVIEW),
    ],
)
def test_that_a_move_leads_to_its_state_and_what_goes_out_is_counted(
    name: MoveName, target: LayerState
) -> None:
    own, reviewed = (moved(MOVES[name], replace(layer, revision=2), AT) for layer in (OWN, REVIEWED))
    assert own.state is reviewed.state is target
    assert own.revision == (3 if name is MoveName.SUBMIT else 2)
    assert reviewed.revision == (3 if name in (MoveName.SUBMIT, MoveName.FINALISE) else 2)
    assert own.submitted == (AT if name is MoveName.SUBMIT else None)


@pytest.mark.parametrize(("state", "role", "own"), EVERYBODY)
def test_that_a_layer_is_changed_by_its_author_while_it_is_open(
    state: LayerState, role: PersonRole, own: bool
) -> None:
    words = edit_refusal(person(role, own=own), replace(OWN, state=state))
    assert isinstance(words, str)
    assert (words == "") == (own and role is ANNOTATOR and state in {DRAFT, RETURNED})


@pytest.mark.parametrize(("state", "role", "own"), EVERYBODY)
def test_that_a_reviewed_layer_is_changed_by_a_reviewer_of_others_work_until_it_is_final(
    state: LayerState, role: PersonRole, own: bool
) -> None:
    layer = replace(REVIEWED, state=state)
    words = edit_refusal(person(role, own=own), layer, (OWN, layer))
    assert isinstance(words, str)
    assert (words == "") == (not own and role is REVIEWER and state is not FINAL)
    other = replace(OWN, id="l9")
    assert (edit_refusal(person(role, own=own), layer, (other,)) == "") == (
        role is REVIEWER and state is not FINAL
    )


@pytest.mark.parametrize("revision", [0, 1])
@pytest.mark.parametrize("reviewed", [True, False])
def test_that_anothers_layer_is_seen_once_it_was_submitted_and_what_review_makes_at_once(
    revision: int, reviewed: bool
) -> None:
    layer = replace(REVIEWED if reviewed else OWN, revision=revision)
    assert is_visible(layer, person(REVIEWER), (layer,)) == (reviewed or revision > 0)


def test_that_ones_own_layer_is_always_seen() -> None:
    assert is_visible(OWN, person(ANNOTATOR, own=True), (OWN,))
    mine = replace(REVIEWED, person_id="li")
    assert not is_visible(mine, person(ANNOTATOR, own=True), (mine, OWN))


def test_that_who_still_has_to_annotate_sees_nothing_of_others() -> None:
    other = Layer("l2", "r", "赵", SUBMITTED, person_id="zhao", revision=1)
    li = person(ANNOTATOR, own=True)
    assert not is_visible(other, li, (other,))
    assert not is_visible(other, li, (other, OWN))
    assert is_visible(other, li, (other, replace(OWN, revision=1)))
    assert is_visible(replace(other, state=FINAL), li, (other,))
    assert not is_visible(replace(other, state=FINAL), li, (other, OWN))
    for roles in ((REVIEWER,), (ANNOTATOR, REVIEWER)):
        assert is_visible(other, person(*roles, own=True), (other,))
        assert not is_visible(other, person(*roles, own=True), (other, OWN))


def test_that_one_who_is_not_signed_in_may_be_any_of_those_who_draft() -> None:
    other = Layer("l2", "r", "赵", SUBMITTED, person_id="zhao", revision=1)
    assert is_visible(other, None, (other,))
    assert not is_visible(other, None, (other, OWN))
    assert is_visible(other, None, (other, replace(OWN, revision=1)))
    assert is_visible(other, None, (other, replace(REVIEWED, revision=0)))
    assert is_visible(replace(other, state=FINAL), None, (other, OWN))
