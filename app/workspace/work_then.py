"""A report's tasks as they read at a moment that is over: what a ledger went out with."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.changes import Edit
from app.domain.corrections import Correction
from app.domain.periods import day_of
from app.domain.report import Outline
from app.domain.reports import ReportCard
from app.domain.rereading import recorrected, reread, retitled
from app.domain.supervising import Facts
from app.domain.tasks import Item, Tag, Task
from db import log
from db.engine import Store

if TYPE_CHECKING:
    from app.workspace.store import Workspace


def as_they_read(
    workspace: "Workspace", store: Store, report_id: str, facts: Facts, at: datetime | None
) -> Facts:
    """The facts with the tasks that stand now as they read then: what was edited since is taken back."""
    from app.ledger.rows import build

    if at is None:
        return facts
    with store.reading() as connection:
        later = log.entries(connection, report_id, since=at)
        edits = [edit for entry in later for edit in reversed(entry.edits)]
    items, card = before(facts.items, edits), workspace.report(report_id)
    corrections = _corrections(card, edits)
    if items == facts.items and corrections == card.corrections:
        return facts
    reading = workspace.reading(report_id)
    text, now = reading.source.text, reading.shown
    plain, then = (recorrected(now, text, card.corrections, wanted) for wanted in ((), corrections))
    # what stands is worded as now, what was taken back as it is stored
    items = reread(reread(items, now, plain), plain, then)
    ledger = build(
        card,
        Outline(retitled(reading.sections, now, then), reading.places),
        items,
        workspace.counting_layer(report_id),
        gaps=0,
        made=day_of(at),
        units=workspace.units(),
    )
    return replace(facts, ledger=ledger, items=items)


def _corrections(card: ReportCard, edits: Iterable[Edit]) -> tuple[Correction, ...]:
    """What of the text was corrected before these edits, the newest of them first."""
    for edit in edits:
        if edit.id == card.id and isinstance(edit.before, ReportCard):
            card = edit.before
    return card.corrections


def before(items: tuple[Item, ...], edits: Iterable[Edit]) -> tuple[Item, ...]:
    """Items before these edits, the newest of them first. What was only suggested then stays as it is."""
    found = {item.task.id: item for item in items}
    for edit in edits:
        thing = edit.after or edit.before
        item = found.get(thing.task_id if isinstance(thing, Tag) else edit.id)
        if item is None or not isinstance(thing, (Task, Tag)) or thing.layer_id != item.task.layer_id:
            continue
        if isinstance(edit.before, Task):
            found[item.task.id] = item._replace(task=edit.before)
        elif isinstance(thing, Tag):
            found[item.task.id] = item._replace(tags=_tags(item, edit, thing))
    return tuple(found.values())


def _tags(item: Item, edit: Edit, thing: Tag) -> tuple[Tag, ...]:
    """An item's tags before an edit of one: in its place, at the end where it is gone, without it where it is new."""
    if not isinstance(edit.before, Tag):
        return tuple(tag for tag in item.tags if tag.id != thing.id)
    was = edit.before
    tags = tuple(was if tag.id == thing.id else tag for tag in item.tags)
    return tags if was in tags else (*tags, was)
