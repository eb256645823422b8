"""Every kind of object that a change may touch, as rows and back: those of talk and supervision, and the list of all.

Apart from `db.mapping`, because nothing of it is needed before the first edit and its classes cost the start.
"""

import json
from dataclasses import fields
from operator import attrgetter

from app.domain import codec
from app.domain.comments import Comment
from app.domain.decisions import Choice, Decision, Field
from app.domain.judged import Verdict, YearGoal
from app.domain.people import Person
from app.domain.progress import Figure, Progress
from app.domain.reports import Layer, ReportCard
from app.domain.spans import Span
from app.domain.task_moves import TaskMove, TaskMoveName
from app.domain.tasks import Dismissal, Tag, Task
from app.domain.units import Unit
from db import tables
from db.mapping import DISMISSALS, LAYERS, PEOPLE, REPORTS, TAGS, TASKS, UNITS, Mapping, Values, all_of

_comment_start = attrgetter("id", "report_id", "layer_id", "task_id")
_comment_end = attrgetter("text", "person_id", "who", "at", "parent_id", "is_resolved", "version")


def _comment_values(comment: Comment) -> Values:
    return (*_comment_start(comment), *(comment.span or (None, None)), *_comment_end(comment))


def comment_of(row: Values) -> Comment:
    """The comment of a row."""
    span = None if row[4] is None else Span(row[4], row[5])
    return Comment(*(*row[:4], span, *row[6:]))


_decision_values_but = attrgetter(*(f.name for f in fields(Decision) if f.name not in ("value", "version")))


def _decision_values(decision: Decision) -> Values:
    by_hand = codec.encode(decision).get("value")
    value = json.dumps(by_hand, ensure_ascii=False) if by_hand else None
    return (*_decision_values_but(decision), value, decision.version)


def decision_of(row: Values) -> Decision:
    """The decision of a row."""
    return Decision(*(*row[:3], Field(row[3]), Choice(row[4]), *row[5:11], _by_hand(row[11]), row[12]))


def _by_hand(text: str | None) -> Task | Tag | None:
    if not text:
        return None
    data = json.loads(text)
    return codec.decode({"Task": Task, "Tag": Tag}[data.pop(codec.TYPE)], data)


_progress_start = attrgetter(
    "id", "report_id", "task_id", "period", "unit", "is_lead", "at", "person_id", "who"
)
_progress_end = attrgetter("text", "issues", "next_steps", "reported_by", "evidence", "source", "version")
_figure_values = all_of(Figure)


def _progress_values(progress: Progress) -> Values:
    figures = json.dumps([_figure_values(figure) for figure in progress.figures], ensure_ascii=False)
    return (*_progress_start(progress), figures, *_progress_end(progress))


def progress_of(row: Values) -> Progress:
    """The progress of a row."""
    figures = tuple([Figure(*told) for told in json.loads(row[9])])
    return Progress(*(*row[:9], figures, *row[10:]))


_TASK_MOVES = {name.value: name for name in TaskMoveName}


def task_move_of(row: Values) -> TaskMove:
    """The task's move of a row."""
    return TaskMove(row[0], row[1], row[2], _TASK_MOVES[row[3]], *row[4:])


def verdict_of(row: Values) -> Verdict:
    """The verdict of a row."""
    return Verdict(*row)


def year_goal_of(row: Values) -> YearGoal:
    """The value for a year of a row."""
    return YearGoal(*row)


COMMENTS = Mapping("comment", tables.comment, _comment_values, comment_of)
DECISIONS = Mapping("decision", tables.decision, _decision_values, decision_of)
PROGRESS = Mapping("progress", tables.progress, _progress_values, progress_of)
TASK_MOVES = Mapping("task_move", tables.task_move, all_of(TaskMove), task_move_of)
VERDICTS = Mapping("verdict", tables.verdict, all_of(Verdict), verdict_of)
YEAR_GOALS = Mapping("year_target", tables.year_target, all_of(YearGoal), year_goal_of)

MAPPINGS: dict[type, Mapping] = {
    Layer: LAYERS,
    Task: TASKS,
    Tag: TAGS,
    Dismissal: DISMISSALS,
    Comment: COMMENTS,
    Decision: DECISIONS,
    Progress: PROGRESS,
    TaskMove: TASK_MOVES,
    Verdict: VERDICTS,
    YearGoal: YEAR_GOALS,
    Person: PEOPLE,
    Unit: UNITS,
    ReportCard: REPORTS,
}
"""By the class of the object, in the order in which rows are written."""
