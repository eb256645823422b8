"""The layers of a report: whose they are, which counts, what of them a person may see."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from app.domain.errors import UserError
from app.domain.layer_moves import MOVES, MoveName, edit_refusal, is_visible, refusal
from app.domain.marks import Mark
from app.domain.people import Person, PersonRole
from app.domain.reports import Layer, LayerState, own_layer_id
from app.domain.tasks import Dismissal, Tag, Task
from app.workspace.people import Signed
from db import marks, reports

if TYPE_CHECKING:
    from app.domain.comments import Comment
    from app.domain.contents import Contents
    from app.domain.decisions import Decision

TOGETHER = "这份标注是和复核稿一起的，请在复核稿上{words}。"
HIDDEN = "{author}的标注还看不到：双方都提交以后才互相公开。"


def own_of(layers: Iterable[Layer], person: Person | None) -> Layer | None:
    """A person's own layer among those of a report, the newest if there are several."""
    own = [layer for layer in layers if person and layer.person_id == person.id and not layer.is_reviewed]
    return own[-1] if own else None


def fresh_layer(report_id: str, person: Person | None) -> Layer:
    """A person's layer over a report before anything is in it; it is not in the store."""
    who, name = (person.id, person.name) if person else ("", "")
    return Layer(own_layer_id(report_id, who), report_id, name, person_id=who)


def counting(layers: Iterable[Layer]) -> Layer | None:
    """Of layers, oldest first, the one that counts: the final one, else the newest submitted, else the newest draft.

    What review makes counts before what it is made of; one that was opened again, before what was only submitted.
    """
    return max(reversed(tuple(layers)), key=_standing, default=None)


def _standing(layer: Layer) -> tuple[bool, bool, bool, float]:
    is_out = layer.revision > 0
    submitted = layer.submitted.timestamp() if layer.submitted else 0.0
    return layer.state is LayerState.FINAL, layer.is_reviewed and is_out, is_out, submitted * is_out


def visible_of(layers: Sequence[Layer], person: Person | None) -> tuple[Layer, ...]:
    """Those of a report's layers that a person may look into."""
    return tuple(layer for layer in layers if is_visible(layer, person, layers))


def move_refusal(name: MoveName, person: Person | None, layer: Layer, layers: Sequence[Layer]) -> str:
    """Why a person may not make a move of one of a report's layers; "" where they may.

    What review makes is made final and opened again with its bases: none of them alone.
    """
    rule = MOVES[name]
    words = refusal(rule, person, layer, [base for base in layers if base.id in layer.base_ids])
    is_base = any(layer.id in each.base_ids for each in layers)
    if not words and is_base and name in (MoveName.FINALISE, MoveName.REOPEN):
        return TOGETHER.format(words=rule.words)
    return words


class Layered(Signed):
    """What a person meets of the layers. Whatever is not theirs to see is refused with a UserError."""

    def layers(self, report_id: str) -> tuple[Layer, ...]:
        """Every layer of a report, oldest first: their states are no secret."""
        with self._store.reading() as connection:
            return reports.layers(connection, report_id)

    def layer(self, report_id: str) -> Layer:
        """The layer this person works on: their own, stored or not begun yet (version 0).

        For one who does not annotate, the one that counts among those they may see.
        """
        with self._store.reading() as connection:
            return self._layer(connection, report_id)

    def counting_layer(self, report_id: str) -> Layer:
        """The layer that the ledger takes, of those this person may see."""
        visible = visible_of(self.layers(report_id), self._person)
        return counting(visible) or fresh_layer(report_id, self._person)

    def is_visible(self, layer: Layer) -> bool:
        """Whether this person may look into a layer."""
        return is_visible(layer, self._person, self.layers(layer.report_id))

    def edit_refusal(self, layer: Layer) -> str:
        """Why this person may not change a layer's tasks and tags; "" where they may."""
        return edit_refusal(self._person, layer, self.layers(layer.report_id) if layer.is_reviewed else ())

    def move_refusal(self, name: MoveName, layer: Layer) -> str:
        """Why this person may not make that move of a layer now; "" where they may."""
        return move_refusal(name, self._person, layer, self.layers(layer.report_id))

    def contents(self, layer_id: str) -> "Contents":
        """Everything stored in a layer."""
        with self._store.reading() as connection:
            layer = self._shown(connection, layer_id)
            if layer is None:
                raise UserError("这份标注还没有开始，里面没有内容。")
            return marks.contents(connection, layer)

    def marks(self, layer_id: str) -> list[Mark]:
        """The marks of a layer's stored tasks and tags, in text order."""
        with self._store.reading() as connection:
            self._shown(connection, layer_id)
            return marks.marks(connection, layer_id)

    def tasks(self, layer_id: str) -> tuple[Task, ...]:
        """The stored tasks of a layer, in text order."""
        with self._store.reading() as connection:
            self._shown(connection, layer_id)
            return marks.tasks(connection, layer_id)

    def tags(self, layer_id: str) -> tuple[Tag, ...]:
        """The stored tags of a layer, in text order."""
        with self._store.reading() as connection:
            self._shown(connection, layer_id)
            return marks.tags(connection, layer_id)

    def dismissals(self, layer_id: str) -> tuple[Dismissal, ...]:
        """The dismissals of a layer, in text order."""
        with self._store.reading() as connection:
            self._shown(connection, layer_id)
            return marks.dismissals(connection, layer_id)

    def comments(self, report_id: str) -> "tuple[Comment, ...]":
        """The comments on those layers of a report that this person may see, oldest first."""
        from db import talk

        with self._store.reading() as connection:
            shown = {layer.id for layer in visible_of(reports.layers(connection, report_id), self._person)}
            return tuple(c for c in talk.comments(connection, report_id) if c.layer_id in shown)

    def decisions(self, layer_id: str) -> "tuple[Decision, ...]":
        """The decisions of a reviewed layer, by key."""
        from db import talk

        with self._store.reading() as connection:
            self._shown(connection, layer_id)
            return talk.decisions(connection, layer_id)

    def _layer(self, connection: Connection, report_id: str) -> Layer:
        layers, person = reports.layers(connection, report_id), self._person
        if person is not None and person.is_a(PersonRole.ANNOTATOR):
            return own_of(layers, person) or fresh_layer(report_id, person)
        return counting(visible_of(layers, person)) or fresh_layer(report_id, person)

    def _shown(self, connection: Connection, layer_id: str) -> Layer | None:
        """The layer, None where it is not in the store; UserError where this person may not look into it."""
        layer = reports.layers_by_id(connection, (layer_id,)).get(layer_id)
        person = self._person
        if layer is None or (person and layer.person_id == person.id and not layer.is_reviewed):
            return layer
        if not is_visible(layer, person, reports.layers(connection, layer.report_id)):
            raise UserError(HIDDEN.format(author=layer.author))
        return layer
