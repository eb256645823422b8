"""Several people at one workspace: for tests of layers, moves and what may be seen."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from app.domain import edits
from app.domain.changes import Change, Edit
from app.domain.comments import Comment
from app.domain.people import Person, PersonRole, entered
from app.domain.reports import Layer, LayerState, reviewed_layer_id
from app.domain.tasks import Task
from app.workspace import Workspace
from db.mapping import LAYERS

TEXT = """云港区2026年政府工作报告

一、2026年重点工作

（一）建设枢纽港口。新建泊位3个，6月底前完成航道疏浚。办好港口开放日。

二、加强政府自身建设

坚持依法行政，办理建议提案满意率达到95%以上。
"""


def enter(workspace: Workspace, name: str, *roles: PersonRole) -> Person:
    """Let the coordinator who is signed in enter a person."""
    done = workspace.apply(Change("登记", "", (Edit(None, entered(name, roles or (PersonRole.ANNOTATOR,))),)))
    person = done.edits[0].after
    assert isinstance(person, Person)
    return person


def report_in(workspace: Workspace) -> str:
    """The id of an imported report."""
    return workspace.import_bytes(TEXT.encode(), "报告.txt").id


def tag(workspace: Workspace, report_id: str, words: str = "办好开放日") -> Task:
    """A task of whoever is signed in, in their own layer."""
    change, task_id = edits.new_task(report_id, workspace.layer(report_id).id, (), words)
    workspace.apply(change)
    return next(t for t in workspace.tasks(workspace.layer(report_id).id) if t.id == task_id)


def remark(workspace: Workspace, layer: Layer, text: str = "请核对", **fields: object) -> Comment:
    """A comment of whoever is signed in, not stored yet."""
    me = workspace.person
    assert me is not None
    made = Comment(
        str(uuid4()),
        layer.report_id,
        layer.id,
        "",
        None,
        text,
        me.id,
        me.name,
        datetime(2026, 1, 9, tzinfo=UTC),
    )
    return replace(made, **fields)  # type: ignore[arg-type]  # callers name its fields


def put_reviewed(workspace: Workspace, report_id: str, *bases: Layer, **fields: object) -> Layer:
    """A reviewed layer in the store, as starting a review leaves it."""
    ids = tuple(base.id for base in bases)
    made = Layer(
        reviewed_layer_id(report_id, ids), report_id, "", LayerState.IN_REVIEW, base_ids=ids, version=1
    )
    made = replace(made, created=datetime(2026, 2, 1, tzinfo=UTC), **fields)  # type: ignore[arg-type]  # as above
    with workspace._store.writing() as connection:
        LAYERS.insert(connection, [made])
    return made
