"""An adjudication that is going on: two layers, what is made of them, and what is decided."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from app.domain.changes import Change, Edit
from app.domain.contents import Contents
from app.domain.decisions import Decision
from app.domain.people import Person
from app.domain.reports import Layer
from app.domain.tasks import Dismissal, Tag, Task
from app.review.completing import decisions_of
from app.review.difference import Difference
from app.review.docket import Docket
from app.review.editing import edits_between, followed
from app.review.hand import Hand
from app.review.making import Making
from app.review.matching import Pair
from app.review.outcomes import Outcomes, is_changed
from app.review.rulings import members


class Review:
    """The bases, the decisions and F, kept current change by change, like the board.

    `final` is F as stored. Invariant: its content is `build(layer, first, second, decisions)`; `merging()` is the
    change that makes it so again after the bases or the decisions came in otherwise.
    """

    def __init__(
        self, first: Contents, second: Contents | None, final: Contents, decisions: Iterable[Decision] = ()
    ) -> None:
        self.first, self.second, self.final = first, second, final
        self._made = Making(final.layer, first, second, Docket(decisions))
        self._outcomes: Outcomes | None = None

    # --- what there is to see

    @property
    def layer(self) -> Layer:
        """F."""
        return self.final.layer

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The matched tasks, in text order."""
        return self._made.pairs

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Every decision stored for F, by key."""
        by_key = self._made.docket.by_key
        return tuple(by_key[key] for key in sorted(by_key))

    @property
    def differences(self) -> tuple[Difference, ...]:
        """All differences in text order, decided ones too."""
        return tuple(difference for found in self._made.found for difference in found)

    @property
    def is_finished(self) -> bool:
        """Whether nothing is open: F can be made final."""
        return not any(difference.is_open for found in self._made.found for difference in found)

    def of_task(self, task_id: str) -> tuple[Difference, ...]:
        """The differences in a task's pair, by its id in F or in either base; none for a task made by hand."""
        index = self._made.homes.get(task_id)
        return () if index is None else self._made.found[index]

    def tasks_of(self, difference: Difference) -> tuple[Task | None, Task | None]:
        """The first task of each side in a difference's pair."""
        pair = self._pair_of(difference)
        ours, theirs = (side[0].task if side else None for side in (pair.first, pair.second))
        return ours, theirs

    def holds(self, difference: Difference) -> bool:
        """Whether F has the task or tag that a difference is about."""
        return self._read().holds(difference)

    def outcome(self, difference: Difference) -> str:
        """What F reads there now, as people read it; "" where it has nothing."""
        return self._read().side(difference, self._kept(difference)).words

    def changed_in(self, layer_id: str) -> tuple[Difference, ...]:
        """What review changed in one of the bases: what was decided so that F reads otherwise than it."""
        is_first = layer_id == self.first.layer.id
        return tuple(
            row
            for row in self.differences
            if is_changed(
                row,
                row.first_seen if is_first else row.second_seen,
                self._read().side(row, self._kept(row)),
            )
        )

    # --- changes

    def apply(self, change: Change) -> tuple[str, ...]:
        """Follow a change that the store has taken; the keys of the pairs that it touched."""
        here = [edit for edit in change.edits if self._is_here(edit)]
        decisions = self._decided(here)
        keys = _keys(here)
        layer = next((e.after for e in reversed(here) if isinstance(e.after, Layer)), self.layer)
        self.final = Contents(
            layer,
            followed(self.final.tasks, here, Task),
            followed(self.final.tags, here, Tag),
            followed(self.final.dismissals, here, Dismissal),
        )
        self._made = self._made.decided(decisions, keys) if keys else self._made
        self._made = self._made if layer == self._made.layer else self._made.at(layer)
        self._outcomes = None
        return tuple(self.pairs[index].key for index in self._made.touched(keys))

    def deciding(self, label: str, edits: Iterable[Edit]) -> Change:
        """The change that these edits of decisions make, F's edits included; of one key the last edit counts."""
        wanted = tuple({edit.id: edit for edit in edits}.values())
        after = self._made.decided(self._decided(wanted), _keys(wanted)).contents
        edits_of_final = edits_between(self._made.contents, after, self.final)
        return Change(label, self.layer.report_id, (*wanted, *edits_of_final))

    def completed(self, change: Change, person: Person, at: datetime) -> Change:
        """A hand edit of F with its EDITED decisions: what `Workspace.apply` writes instead of it.

        A change that holds decisions already (an undo, a redo) is returned as it is. What the edit would only
        confirm is left out: a task is confirmed by deciding on everything in it. May come back without edits.
        """
        if any(isinstance(edit.after or edit.before, Decision) for edit in change.edits):
            return change
        hand = Hand(self.layer.id, self._made, self._read(), person, at)
        edits = tuple({edit.id: edit for edit in decisions_of(change, hand)}.values())
        trial = self._made.decided(self._decided(edits), _keys(edits))
        return self.deciding(change.label, (_with_seen(edit, trial) for edit in edits))

    def merging(self) -> Change | None:
        """The change that brings stored F to what the bases and decisions make of it; None where it is that."""
        edits = tuple(edits_between(self.final, self._made.contents, self.final))
        return Change("并入修改后的标注", self.layer.report_id, edits) if edits else None

    def _pair_of(self, difference: Difference) -> Pair:
        return self.pairs[self._made.homes[difference.pair_key]]

    def _kept(self, difference: Difference) -> tuple[str, ...]:
        """The ids of the tasks that F has of a difference's pair."""
        kept = members(self._pair_of(difference), self._made.docket)
        return tuple(entry.task.id for entry in kept)

    def _read(self) -> Outcomes:
        if self._outcomes is None:
            self._outcomes = Outcomes(self.final)
        return self._outcomes

    def _is_here(self, edit: Edit) -> bool:
        thing = edit.after or edit.before
        if isinstance(thing, Layer):
            return thing.id == self.layer.id
        return isinstance(thing, Task | Tag | Dismissal | Decision) and thing.layer_id == self.layer.id

    def _decided(self, edits: Iterable[Edit]) -> dict[str, Decision]:
        """The decisions by key, with these edits."""
        decisions = dict(self._made.docket.by_key)
        for edit in edits:
            if isinstance(edit.after, Decision):
                decisions[edit.after.key] = edit.after
            elif isinstance(edit.before, Decision):
                decisions.pop(edit.before.key, None)
        return decisions


def _keys(edits: Iterable[Edit]) -> list[str]:
    """The keys of the decisions that edits are about."""
    return [thing.key for edit in edits if isinstance(thing := edit.after or edit.before, Decision)]


def _with_seen(edit: Edit, trial: Making) -> Edit:
    """The edit of a decision with what both sides read where it was taken; nothing where they read nothing."""
    row = trial.row(edit.after.key) if isinstance(edit.after, Decision) else None
    if row is None or not isinstance(edit.after, Decision):
        return edit
    return Edit(edit.before, replace(edit.after, first_seen=row.first_seen, second_seen=row.second_seen))
