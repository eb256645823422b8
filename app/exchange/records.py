"""What an entry of a chain says: its edits, and whether all they touch travels with a package."""

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from app.domain.chains import Link
from app.domain.changes import Edit, Stored
from app.domain.codec import Json
from app.domain.comments import Comment
from app.domain.decisions import Decision
from app.domain.judged import Verdict, YearGoal
from app.domain.people import Person
from app.domain.progress import Progress
from app.domain.reports import Layer, ReportCard
from app.domain.task_moves import TaskMove
from app.domain.tasks import Dismissal, Tag, Task
from app.domain.units import Unit
from app.exchange import shapes
from app.exchange.payloads import OF_REPORT, OFFICE
from app.exchange.shapes import ShapeError

FIELDS = ("id", "at", "who", "person_id", "workstation", "label", "report_id", "edits")
"""What an entry says, all of it text; its chain and position besides."""

KINDS: Mapping[str, type[Stored]] = {
    "task": Task,
    "tag": Tag,
    "dismissal": Dismissal,
    "unit": Unit,
    "report": ReportCard,
    "layer": Layer,
    "person": Person,
    "comment": Comment,
    "decision": Decision,
    "progress": Progress,
    "task_move": TaskMove,
    "verdict": Verdict,
    "year_target": YearGoal,
}
"""The names that the log has for what it tells of."""


def edits_of(link: Link) -> tuple[Edit, ...]:
    """The edits that an entry with a body tells of. ShapeError for one that no program of ours has written."""
    body: Mapping[str, Any] = link.body or {}
    if body.keys() != {*FIELDS, "chain", "position"} or (body["chain"], body["position"]) != (
        link.chain,
        link.position,
    ):
        raise ShapeError("no entry")
    for name in FIELDS:
        shapes.made(str, body[name])
    _check_moment(body["at"])
    told = shapes.parsed(body["edits"].encode())
    if not isinstance(told, list):
        raise ShapeError("no edits")
    return tuple(map(_edit, told))


def _check_moment(text: str) -> None:
    """A moment is hashed as it is written: only one way to write it will do."""
    at = datetime.fromisoformat(text)
    if at.utcoffset() is None or at.astimezone(UTC).isoformat(timespec="microseconds") != text:
        raise ShapeError("no moment")


def _edit(told: Json) -> Edit:
    if not isinstance(told, list) or len(told) != 4 or not isinstance(told[0], str) or told[0] not in KINDS:
        raise ShapeError("no edit")
    before, after = (shapes.made(KINDS[told[0]], data) if data else None for data in told[2:])
    edit = Edit(before, after)
    if edit.id != told[1]:
        raise ShapeError("an edit of another id")
    return edit


def is_told(link: Link, report_id: str, scopes: Collection[str]) -> bool:
    """Whether an entry written here may go whole with a package of these scopes of a report.

    One that names no object (a ledger that went out) goes with its report; one of another report never goes.
    """
    if link.body is None or link.body["report_id"] not in ("", report_id):
        return False
    told = json.loads(link.body["edits"])
    return all(_scope(name, data) in scopes for name, _id, *sides in told for data in sides if data)


def _scope(name: str, data: Json) -> str:
    if name in ("person", "unit"):
        return OFFICE
    if name in OF_REPORT:
        return str(data["report_id"])
    return str(data["id"] if name in ("layer", "report") else data["layer_id"])
