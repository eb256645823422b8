"""A report's next version: read, compared, and written with everything that people did over the old one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from sqlalchemy import Connection

from app.domain.changes import Edit, OfReport, Stored
from app.domain.comments import Comment
from app.domain.corrections import Correction
from app.domain.errors import UserError
from app.domain.judged import Verdict, YearGoal, verdict_id, year_goal_id
from app.domain.people import Person
from app.domain.progress import Progress as Told
from app.domain.progress import progress_id
from app.domain.report import Reading
from app.domain.reports import Layer, LayerState, ReportCard, own_layer_id, report_id_of
from app.domain.suggestions import Suggestions
from app.domain.task_moves import TaskMove
from app.revising import CarriedKind, Comparison, DiffKind, SentenceDiff, sentence_diffs
from app.workspace import importing, rooms
from app.workspace.carrying import CarriedLayer, CarriedThing, Carrier
from app.workspace.importing import Progress
from app.workspace.layers import counting, own_of, visible_of
from db import changes, dots, log, marks, office, reports, supervision, talk
from db.engine import Store
from db.log import Author

_COPIES = UUID("9c2f0f0b-6d5e-4f5e-8a55-2e0f7b6f3d61")
GONE = "gone:"
"""What the key of an issued number begins with whose task is in no layer of the new version: it is not given again."""


@dataclass(frozen=True, slots=True)
class RevisionPreview:
    """What a file would be as the next version of the report `old`: nothing of it is written yet.

    `layer` is the layer whose carrying is told, of those that this person may see; None where nobody tagged yet.
    """

    old: ReportCard
    reading: Reading
    diffs: tuple[SentenceDiff, ...]
    layer: Layer | None = None
    things: tuple[CarriedThing, ...] = ()
    forgotten: int = 0

    @property
    def waiting(self) -> tuple[CarriedThing, ...]:
        """What a person must look at: changed figures first, then what was reworded, then what has no place."""
        return tuple(sorted((t for t in self.things if t.needs_person), key=_pressing))

    def count(self, kind: CarriedKind) -> int:
        """How many tasks and tags come over in a way."""
        return sum(thing.kind == kind for thing in self.things)

    @property
    def words(self) -> str:
        """What people are told."""
        counts = {kind: sum(diff.kind is kind for diff in self.diffs) for kind in DiffKind}
        told = (
            f"新增{counts[DiffKind.ADDED]}句，删去{counts[DiffKind.REMOVED]}句，改动{counts[DiffKind.CHANGED]}句，"
            f"移动{counts[DiffKind.MOVED]}句"
        )
        if self.layer is None:
            return f"{told}；还没有标注。"
        figures = sum(thing.is_figure_changed and bool(thing.after.spans) for thing in self.waiting)
        return (
            f"{told}；标注{len(self.things)}处：原样{self.count(CarriedKind.EXACT)}、移动{self.count(CarriedKind.MOVED)}、"
            f"改写{self.count(CarriedKind.REWORDED)}、无处可放{self.count(CarriedKind.ORPHANED)}；"
            f"待核对{len(self.waiting)}处，其中数字有改动{figures}处。"
        )


@dataclass(frozen=True, slots=True)
class RevisionSummary:
    """The next version as written, how many layers were carried to it, and how much in them waits for a person."""

    card: ReportCard
    layers: int
    waiting: int


def preview(store: Store, person: Person | None, card: ReportCard, reading: Reading) -> RevisionPreview:
    """The differences, and what becomes of the layer that this person works on, or that counts for them.

    UserError where this text is no next version of that report.
    """
    with store.reading() as connection:
        _refuse(reports.cards(connection), card, reading.source.text_sha256)
        text = reports.text(connection, card.id)
        comparison = Comparison(text, reading.source.text)
        diffs = sentence_diffs(comparison)
        layers = reports.layers(connection, card.id)
        layer = own_of(layers, person) or counting(visible_of(layers, person))
        if layer is None:
            return RevisionPreview(card, reading, diffs)
        carrier = Carrier(comparison, text, reading)
        found = carrier.layer(marks.contents(connection, layer), layer)
    return RevisionPreview(card, reading, diffs, layer, found.things, found.forgotten)


def apply(
    store: Store, author: Author, planned: RevisionPreview, progress: Progress | None = None
) -> RevisionSummary:
    """Write the version and carry every layer to it. UserError leaves nothing written."""
    tell = progress or (lambda _words, _share: None)
    tell("正在分析", 0.3)
    with store.reading() as connection:
        units = office.units(connection)
    suggestions = rooms.suggest(planned.reading, units)
    tell("正在沿用标注", 0.7)
    with store.writing() as connection:
        old = next(card for card in reports.cards(connection) if card.id == planned.old.id)
        _refuse(reports.cards(connection), old, planned.reading.source.text_sha256)
        card, edits = _version(connection, author, old, planned.reading, suggestions)
        carried = _Carrying(connection, old, card, planned.reading)
        fresh = (*carried.corrected(), *(Edit(None, thing) for thing in carried.things()))
        edits += changes.written(connection, fresh)
        carried.number()
        if edits:  # else it is here already with all that was over the old one
            _tell(connection, author, old, card, edits)
        card = next(one for one in reports.cards(connection) if one.id == card.id)
    return RevisionSummary(card, len(carried.layers), carried.waiting)


def _tell(
    connection: Connection, author: Author, old: ReportCard, card: ReportCard, edits: tuple[Edit, ...]
) -> None:
    """Let the histories of both versions know."""
    label = f"以新稿取代第{old.number}号《{old.metadata.title}》"
    head = log.append(connection, author, label, card.id, edits)
    dots.stamp(connection, edits, head)
    log.append(connection, author, f"有了新版本：第{card.number}号《{card.metadata.title}》", old.id)


def diffs(connection: Connection, card: ReportCard) -> tuple[SentenceDiff, ...]:
    """The sentences of a version and of the one before it."""
    known = {one.id for one in reports.cards(connection)}
    if card.supersedes not in known:
        raise UserError("这份报告在工作区里没有上一个版本，无从比较。")
    texts = reports.text(connection, card.supersedes), reports.text(connection, card.id)
    return sentence_diffs(Comparison(*texts))


def _pressing(thing: CarriedThing) -> tuple[int, int]:
    place = 2 if not thing.after.spans else 0 if thing.is_figure_changed else 1
    return place, thing.before.spans[0].start


def _refuse(cards: Sequence[ReportCard], old: ReportCard, text_sha256: str) -> None:
    """Only the newest version has a next one, which reads otherwise and is nobody else's version."""
    if old.text_sha256 == text_sha256:
        raise UserError("这个文件和报告现在的文字完全相同，不是新的版本。请核对选的文件。")
    after = next((card for card in cards if card.supersedes == old.id and not card.is_removed), None)
    if after is not None and after.text_sha256 != text_sha256:
        raise UserError(f"这份报告已有新版本（第{after.number}号）。请在那一份上修订。")
    there = next((card for card in cards if card.text_sha256 == text_sha256), None)
    if there is None:
        return
    if there.is_removed:
        importing.refuse_twice((there,), text_sha256)
    if there.supersedes not in {"", old.id} or there.id in _before(cards, old):
        raise UserError(f"这个文件是第{there.number}号报告，属于另一个版本，不能用来取代这一份。")


def _before(cards: Sequence[ReportCard], card: ReportCard) -> set[str]:
    """The versions before a report, as far as they are known."""
    by_id = {one.id: one for one in cards}
    found: set[str] = set()
    while (card_id := card.supersedes) in by_id and card_id not in found:
        found.add(card_id)
        card = by_id[card_id]
    return found


def _version(
    connection: Connection, author: Author, old: ReportCard, reading: Reading, suggestions: Suggestions
) -> tuple[ReportCard, tuple[Edit, ...]]:
    """The next version's card, written if it is not here yet, and the edits that the log is to tell of it."""
    card_id = report_id_of(reading.source.text_sha256)
    there = next((card for card in reports.cards(connection) if card.id == card_id), None)
    if there is None:
        units = office.units(connection)
        card = importing.put(connection, author, reading, suggestions, units, supersedes=old.id)
        return card, (Edit(None, card),)
    if there.supersedes == old.id:
        return there, ()
    done = changes.written(connection, (Edit(there, replace(there, supersedes=old.id)),))
    return next(edit.after for edit in done if isinstance(edit.after, ReportCard)), done


class _Carrying:
    """Everything that people did over the old version, as it stands over the new one.

    Every annotator's layer comes over, whether or not the one who revises may look into it: nobody's work stays
    behind. What review has made final is what its annotators go on from. Ids and times are those of before, or come
    of them: two workstations that carry the same layers make the same ones.
    """

    def __init__(self, connection: Connection, old: ReportCard, card: ReportCard, reading: Reading) -> None:
        self._connection, self._old, self._card = connection, old, card
        text = reports.text(connection, old.id)
        self._carrier = Carrier(Comparison(text, reading.source.text), text, reading)
        self.layers = [self._carried(layer) for layer in self._waiting()]
        self._keys = {key: name for found in self.layers for key, name in _names(found)}

    @property
    def waiting(self) -> int:
        """How much waits for a person, in all layers."""
        return sum(thing.needs_person for found in self.layers for thing in found.things)

    def things(self) -> Iterator[Stored]:
        """All that is to be written, new ids where a thing can stand only once."""
        for found in self.layers:
            held = found.contents
            yield held.layer
            yield from held.tasks
            yield from held.tags
            yield from held.dismissals
        yield from self._comments()
        known = {thing.id for thing in supervision.of_report(self._connection, self._card.id)}
        for thing in supervision.of_report(self._connection, self._old.id):
            copy = _copied(thing, self._card.id, self._name)
            if copy.id not in known:
                yield copy

    def corrected(self) -> Iterator[Edit]:
        """What was decided about slips counts where the same words stand, unless somebody has decided there."""
        made = tuple(
            Correction(*span, one.meant)
            for one in self._old.corrections
            if (span := self._carrier.span(one.span)) and span.end - span.start == len(one.meant)
        )
        if made and not self._card.corrections:
            reports.forget_suggestions(self._connection, self._card.id)  # they read the corrected words
            yield Edit(self._card, replace(self._card, corrections=tuple(sorted(made))))

    def number(self) -> None:
        """The numbers that went out stand still; those of what is no more are not given again."""
        if marks.issued_numbers(self._connection, self._card.id):
            return
        issued = marks.issued_numbers(self._connection, self._old.id)
        known = {task.id for found in self.layers for task in found.contents.tasks}
        numbers = {
            key if key in known else self._name(key) or f"{GONE}{key}": number
            for key, number in issued.items()
        }
        marks.issue_numbers(self._connection, self._card.id, numbers)

    def _waiting(self) -> Iterator[Layer]:
        """Each annotator's newest layer that is not begun over the new version."""
        begun = {layer.person_id for layer in reports.layers(self._connection, self._card.id)}
        newest = {
            layer.person_id: layer
            for layer in reports.layers(self._connection, self._old.id)
            if not layer.is_reviewed
        }
        return (layer for person_id, layer in newest.items() if person_id not in begun)

    def _carried(self, layer: Layer) -> CarriedLayer:
        every = reports.layers(self._connection, self._old.id)
        final = counting(one for one in every if layer.id in one.base_ids and one.revision > 0)
        contents = marks.contents(self._connection, final or layer)
        state = LayerState.DRAFT if layer.state is LayerState.DRAFT else LayerState.RETURNED
        after = replace(
            layer,
            id=own_layer_id(self._card.id, layer.person_id),
            report_id=self._card.id,
            state=state,
            version=0,
        )
        return self._carrier.layer(contents, after)

    def _name(self, key: str) -> str:
        """The id or key that a task or target of the old version goes by in the new one; "" where it is gone."""
        return self._keys.get(key) or self._carrier.key(key)

    def _homes(self) -> Iterator[tuple[str, str]]:
        """Each layer of the old version whose comments come over, and the new one's that they come to.

        What was said about a version that review made final is said to the first of its annotators.
        """
        every = {layer.id: layer for layer in reports.layers(self._connection, self._old.id)}
        for layer in every.values():
            of = every.get(layer.base_ids[0]) if layer.is_reviewed and layer.revision > 0 else layer
            if of is not None and not of.is_reviewed:
                yield layer.id, own_layer_id(self._card.id, of.person_id)

    def _comments(self) -> Iterator[Comment]:
        homes = dict(self._homes())
        carried = {found.contents.layer.id for found in self.layers}
        for comment in talk.comments(self._connection, self._old.id):
            layer_id = homes.get(comment.layer_id, "")
            if layer_id in carried:
                yield replace(
                    comment,
                    id=_copy_id(self._card.id, comment.id),
                    report_id=self._card.id,
                    layer_id=layer_id,
                    span=comment.span and self._carrier.span(comment.span),
                    parent_id=comment.parent_id and _copy_id(self._card.id, comment.parent_id),
                    version=0,
                )


def _names(found: CarriedLayer) -> Iterator[tuple[str, str]]:
    """By what a task or tag was known, by its suggestion's key too, and what it is known by now."""
    for thing in found.things:
        yield thing.before.id, thing.after.id
        if thing.before.origin:
            yield thing.before.origin, thing.after.origin or thing.after.id


def _copied(thing: OfReport, report_id: str, name: Callable[[str], str]) -> OfReport:
    """What units reported and persons decided about tasks and targets goes on over the new version."""
    match thing:
        case Told():
            task_id = name(thing.task_id) or thing.task_id
            figures = tuple(replace(f, target_id=name(f.target_id) or f.target_id) for f in thing.figures)
            its_id = progress_id(report_id, task_id, thing.period, thing.unit)
            return replace(thing, id=its_id, report_id=report_id, task_id=task_id, figures=figures, version=0)
        case TaskMove():
            task_id = name(thing.task_id) or thing.task_id
            its_id = _copy_id(report_id, thing.id)
            return replace(thing, id=its_id, report_id=report_id, task_id=task_id, version=0)
        case Verdict():
            target_id = name(thing.target_id) or thing.target_id
            its_id = verdict_id(report_id, target_id)
            return replace(thing, id=its_id, report_id=report_id, target_id=target_id, version=0)
        case YearGoal():
            target_id = name(thing.target_id) or thing.target_id
            its_id = year_goal_id(report_id, target_id, thing.year)
            return replace(thing, id=its_id, report_id=report_id, target_id=target_id, version=0)


def _copy_id(report_id: str, thing_id: str) -> str:
    """The id of the copy over another version: the same wherever it is made."""
    return str(uuid5(_COPIES, f"{report_id}/{thing_id}"))
