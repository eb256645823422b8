"""The objects that are handed over, and what of them counts when two versions are compared."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.domain import codec
from app.domain.changes import OfReport
from app.domain.comments import Comment
from app.domain.contents import Contents
from app.domain.decisions import Decision
from app.domain.judged import Verdict, YearGoal
from app.domain.people import Person
from app.domain.progress import Progress
from app.domain.reports import ReportCard
from app.domain.task_moves import TaskMove
from app.domain.units import Unit

Payload = Contents | Comment | Decision | Unit | Person | ReportCard | OfReport
"""A version of an object. A layer goes whole, with its tasks, tags and dismissals, as Contents."""

OFFICE = "office"
"""The scope of the people and units. A report's scope is its id, a layer's is the layer's id."""

LAYER, COMMENT, DECISION, UNIT, PERSON, REPORT = "layer", "comment", "decision", "unit", "person", "report"
PROGRESS, TASK_MOVE, VERDICT, YEAR_TARGET = OF_REPORT = ("progress", "task_move", "verdict", "year_target")
KINDS: Mapping[str, type[Payload]] = {
    LAYER: Contents,
    COMMENT: Comment,
    DECISION: Decision,
    UNIT: Unit,
    PERSON: Person,
    REPORT: ReportCard,
    PROGRESS: Progress,
    TASK_MOVE: TaskMove,
    VERDICT: Verdict,
    YEAR_TARGET: YearGoal,
}
NO_TIME = datetime(1, 1, 1, tzinfo=UTC)


def id_of(payload: Payload) -> str:
    """The id of the object that a payload is a version of."""
    return payload.layer.id if isinstance(payload, Contents) else payload.id


def portable(payload: Payload) -> Payload:
    """A version as it travels: without what is one workspace's own, so that it is the same from each of them.

    Of a reviewed layer only the layer itself goes: what it holds is made of its bases and the decisions.
    """
    return _PORTABLE[type(payload)](payload)


def digest(payload: Payload) -> str:
    """A hash of what a portable version says. Who agrees with whom is left out: they do not contradict."""
    told = _TOLD.get(type(payload), _itself)(payload)
    words = json.dumps(
        codec.encode(told), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return hashlib.sha256(words.encode()).hexdigest()


def _portable_contents(contents: Contents) -> Contents:
    layer = replace(contents.layer, version=0)
    if layer.is_reviewed:
        return Contents(layer)
    parts = (contents.tasks, contents.tags, contents.dismissals)
    return Contents(layer, *(_unversioned(part) for part in parts))


def _unversioned(things: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(replace(thing, version=0) for thing in sorted(things, key=lambda thing: thing.id))


def _portable_decision(decision: Decision) -> Decision:
    value = decision.value and replace(decision.value, version=0)
    return replace(decision, value=value, version=0)


def _portable_card(card: ReportCard) -> ReportCard:
    """Its number, its file and whether it was removed are each workspace's own."""
    told = ReportCard(card.id, 0, card.metadata, "", "", card.text_sha256, "", NO_TIME)
    return replace(told, supersedes=card.supersedes, corrections=card.corrections)


def _portable_other(thing: Comment | Unit | Person | OfReport) -> Payload:
    return replace(thing, version=0)


def _told_contents(contents: Contents) -> Contents:
    """Whoever began a reviewed layer, it is the same one."""
    layer = contents.layer
    if not layer.is_reviewed:
        return contents
    return Contents(replace(layer, author="", person_id="", created=None))


def _told_decision(decision: Decision) -> Decision:
    return replace(decision, person_id="", who="", at=NO_TIME)


def _told_unit(unit: Unit) -> Unit:
    """Its place in the list is moved by others' coming and going; its initials follow its name."""
    return replace(unit, order=0, initials="")


def _told_by_whom(thing: Progress | Verdict) -> Payload:
    """Two who take in the same workbook, or say the same of a target, do not contradict each other."""
    plain = replace(thing, person_id="", who="", at=NO_TIME)
    return replace(plain, source="") if isinstance(plain, Progress) else plain


def _itself(payload: Payload) -> Payload:
    return payload


_PORTABLE: Mapping[type, Callable[[Any], Payload]] = {
    Contents: _portable_contents,
    Comment: _portable_other,
    Decision: _portable_decision,
    Unit: _portable_other,
    Person: _portable_other,
    ReportCard: _portable_card,
    Progress: _portable_other,
    TaskMove: _portable_other,
    Verdict: _portable_other,
    YearGoal: _portable_other,
}
_TOLD: Mapping[type, Callable[[Any], Payload]] = {
    Contents: _told_contents,
    Decision: _told_decision,
    Unit: _told_unit,
    Progress: _told_by_whom,
    Verdict: _told_by_whom,
}
