"""What is said about layers: comments and decisions."""

from sqlalchemy import BindParameter, Connection, bindparam

from app.domain.comments import Comment
from app.domain.decisions import Decision
from db import tables
from db.kinds import COMMENTS, DECISIONS, comment_of, decision_of

_comment, _decision = tables.comment, tables.decision
_of: BindParameter[str] = bindparam("of")
_comments = COMMENTS.every.where(_comment.c.report_id == _of).order_by(_comment.c.at, _comment.c.id)
_decisions = DECISIONS.every.where(_decision.c.layer_id == _of).order_by(_decision.c.key, _decision.c.id)


def comments(connection: Connection, report_id: str) -> tuple[Comment, ...]:
    """The comments on a report's layers, the oldest first."""
    return tuple(comment_of(row) for row in connection.execute(_comments, {"of": report_id}))


def decisions(connection: Connection, layer_id: str) -> tuple[Decision, ...]:
    """The decisions of a reviewed layer, by key."""
    return tuple(decision_of(row) for row in connection.execute(_decisions, {"of": layer_id}))
