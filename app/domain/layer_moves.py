"""Who sees a layer, who may change it, and how it goes on: the rules of review, as one table."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from app.domain.errors import UserError
from app.domain.people import ROLE_NAMES, Person, PersonRole
from app.domain.reports import Layer, LayerState

STATE_NAMES = {
    LayerState.DRAFT: "草稿",
    LayerState.SUBMITTED: "已提交",
    LayerState.IN_REVIEW: "复核中",
    LayerState.RETURNED: "已退回",
    LayerState.FINAL: "已定稿",
}
OPEN_STATES = frozenset({LayerState.DRAFT, LayerState.RETURNED})
"""Where an author may still change their layer."""


class MoveName(StrEnum):
    """The moves of a layer."""

    SUBMIT = "submit"
    TAKE_UP = "take_up"
    RETURN = "return"
    FINALISE = "finalise"
    REOPEN = "reopen"


class Move(NamedTuple):
    """One move: from where to where, who may make it, and whether they must say why.

    `by_author`: only the layer's own author; otherwise only one of the roles who is not the author.
    """

    name: MoveName
    words: str
    sources: frozenset[LayerState]
    target: LayerState
    by_author: bool = False
    roles: tuple[PersonRole, ...] = (PersonRole.REVIEWER,)
    needs_reason: bool = False


MOVES = {
    move.name: move
    for move in (
        Move(
            MoveName.SUBMIT,
            "提交标注",
            OPEN_STATES,
            LayerState.SUBMITTED,
            by_author=True,
            roles=(PersonRole.ANNOTATOR,),
        ),
        Move(MoveName.TAKE_UP, "开始复核", frozenset({LayerState.SUBMITTED}), LayerState.IN_REVIEW),
        Move(
            MoveName.RETURN,
            "退回标注人",
            frozenset({LayerState.SUBMITTED, LayerState.IN_REVIEW}),
            LayerState.RETURNED,
            needs_reason=True,
        ),
        Move(MoveName.FINALISE, "定稿", frozenset({LayerState.IN_REVIEW}), LayerState.FINAL),
        Move(
            MoveName.REOPEN,
            "重新打开定稿",
            frozenset({LayerState.FINAL}),
            LayerState.IN_REVIEW,
            roles=(PersonRole.REVIEWER, PersonRole.COORDINATOR),
            needs_reason=True,
        ),
    )
}

NOBODY = "请先选择您的姓名（“复核”菜单里的“换人”）。"


def refusal(move: Move, person: Person | None, layer: Layer, bases: Iterable[Layer] = ()) -> str:
    """Why this person may not make this move now, as a Chinese sentence; "" where they may.

    `bases` are the layers that a reviewed one is made of: nobody reviews their own tags.
    """
    if person is None:
        return NOBODY
    if layer.state not in move.sources:
        now, then = (
            STATE_NAMES[layer.state],
            "或".join(STATE_NAMES[s] for s in LayerState if s in move.sources),
        )
        return f"这份标注现在是“{now}”，只有“{then}”时才能{move.words}。"
    is_own = person.id in {layer.person_id for layer in (layer, *bases) if not layer.is_reviewed}
    if move.by_author and not is_own:
        return f"只有标注人{layer.author}本人才能{move.words}。"
    if not move.by_author and is_own:
        return f"不能复核自己的标注，请由别的复核人{move.words}。"
    if not any(person.is_a(role) for role in move.roles):
        return (
            f"{move.words}要由{'或'.join(ROLE_NAMES[role] for role in move.roles)}来做，{person.name}不是。"
        )
    return ""


def moved(move: Move, layer: Layer, at: datetime) -> Layer:
    """The layer after the move."""
    is_counted = move.name is MoveName.SUBMIT or (move.name is MoveName.FINALISE and layer.is_reviewed)
    return replace(
        layer,
        state=move.target,
        revision=layer.revision + is_counted,
        submitted=at if move.name is MoveName.SUBMIT else layer.submitted,
    )


def is_visible(layer: Layer, person: Person | None, layers: Iterable[Layer]) -> bool:
    """Whether a person may look into a layer of a report, whose layers are all given.

    One's own, always. Another's once it was submitted, unless one is still to annotate the report oneself: double
    annotation is blind. What review makes is everyone's who may see its bases.
    """
    if person is not None and layer.person_id == person.id and not layer.is_reviewed:
        return True
    return (layer.is_reviewed or layer.revision > 0) and not _is_blind(layer, person, layers)


def _is_blind(layer: Layer, person: Person | None, layers: Iterable[Layer]) -> bool:
    """Whether a person has a draft that was never submitted; one who only annotates, also before it is begun.

    What is final is open to those who have not begun. One who is not signed in may be any of those who draft.
    """
    own = [one for one in layers if not one.is_reviewed and (person is None or one.person_id == person.id)]
    is_drafting = any(one.revision == 0 for one in own)
    if person is not None and own:
        return is_drafting
    is_to_annotate = is_drafting if person is None else set(person.roles) == {PersonRole.ANNOTATOR}
    return is_to_annotate and layer.state is not LayerState.FINAL


def edit_refusal(person: Person | None, layer: Layer, layers: Iterable[Layer] = ()) -> str:
    """Why a person may not change a layer's tasks and tags, as a Chinese sentence; "" where they may."""
    if person is None:
        return NOBODY
    if layer.is_reviewed:
        return _review_refusal(person, layer, layers)
    if layer.person_id != person.id:
        return f"这是{layer.author}的标注，只有本人能改。"
    if layer.state not in OPEN_STATES:
        return f"您的标注{STATE_NAMES[layer.state]}，不能再改；复核人退回后可以接着改。"
    if not person.is_a(PersonRole.ANNOTATOR):
        return f"{person.name}不是标注人，不能标注。"
    return ""


def _review_refusal(person: Person, layer: Layer, layers: Iterable[Layer]) -> str:
    if layer.state is LayerState.FINAL:
        return "已经定稿，不能再改；要改请先重新打开并说明理由。"
    if person.id in {base.person_id for base in layers if base.id in layer.base_ids}:
        return "不能复核自己的标注，请由别的复核人裁决。"
    if not person.is_a(PersonRole.REVIEWER):
        return f"{person.name}不是复核人，不能裁决。"
    return ""


def checked(move: Move, person: Person | None, layer: Layer, bases: Iterable[Layer], reason: str) -> None:
    """Raise UserError where the move may not be made, or wants a reason that is not given."""
    words = refusal(move, person, layer, bases)
    if words:
        raise UserError(words)
    if move.needs_reason and not reason.strip():
        raise UserError(f"{move.words}要说明理由，请填写后再试。")
