"""The reviewer's hand: what completing an edit of F asks about it."""

from collections.abc import Iterable
from datetime import datetime

from app.domain.decisions import Choice, Decision, Field, decision_id
from app.domain.people import Person
from app.domain.tasks import Tag, Task
from app.review.making import Making
from app.review.outcomes import Outcomes
from app.review.rulings import presence, tag_presence


class Hand:
    """A person who changes F by hand, at a moment (UTC)."""

    def __init__(self, layer_id: str, made: Making, final: Outcomes, person: Person, at: datetime) -> None:
        self._layer_id = layer_id
        self._made = made
        self._final = final
        self._person = person
        self._at = at

    def is_based(self, thing: Task | Tag) -> bool:
        """Whether a task or tag comes from a base."""
        return thing.id in self._made.homes

    def anchor_of(self, thing: Task | Tag) -> str:
        """The id that the decisions on whether a based task or tag is there go by."""
        pair = self._made.pairs[self._made.homes[thing.id]]
        if isinstance(thing, Task):
            decision = None if pair.is_divided else presence(pair, self._made.docket)
        else:
            match = next(m for m in pair.matches if any(tag and tag.id == thing.id for tag in m))
            decision = tag_presence(match, self._made.docket)
        return decision.key.rpartition("/")[0] if decision else thing.id

    def is_shared(self, tag: Tag) -> bool:
        """Whether a based tag's task is one of several, so that another would get the tag if it goes."""
        return self._made.pairs[self._made.homes[tag.id]].is_divided

    def decision(self, key: str) -> Decision | None:
        """The decision under a key."""
        return self._made.docket.by_key.get(key)

    def made(self, key: str, field: Field, value: Task | Tag | None) -> Decision:
        """A hand edit's decision; what both sides read is filled in afterwards."""
        identity = decision_id(self._layer_id, key)
        who = self._person
        return Decision(
            identity, self._layer_id, key, field, Choice.EDITED, who.id, who.name, self._at, value=value
        )

    def tags_of(self, task_id: str) -> Iterable[Tag]:
        """The tags of a task of F."""
        entry = self._final.entry(task_id)
        return entry.tags if entry else ()

    def recorded(self, task_id: str, field: Field) -> Iterable[Tag]:
        """A list of a task as a hand made it before."""
        return self._made.docket.listed(task_id, field)
