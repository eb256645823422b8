"""Workstations with a workspace each over one small report, and what people do at them."""

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from app.domain.changes import Change, Edit, Stored
from app.domain.comments import Comment
from app.domain.contents import Contents
from app.domain.decisions import Choice, Decision, Field, decision_id
from app.domain.layer_moves import MoveName
from app.domain.people import Person
from app.domain.report import Level, Metadata, Reading, ReportKind, Section, SectionKind, ShownText, Source
from app.domain.reports import Layer, LayerState, report_id_of, reviewed_layer_id
from app.domain.spans import Span
from app.domain.suggestions import Suggestions
from app.domain.tasks import Comparator, Dismissal, Tag, TagKind, Target, Task
from app.domain.units import Unit
from app.exchange.merging import Key
from app.exchange.payloads import LAYER, OFFICE, digest, portable
from app.exchange.summary import MergeSummary
from app.workspace import Workspace, importing, rebuilding
from app.workspace.scopes import held
from db import changes, reports

NAMES = ("周宁", "陈静", "李群")
TEXT = "云港区政府工作报告\n一、主要任务\n新建泊位3个。6月底前完成航道疏浚。\n注：泊位，船舶停靠的位置。"
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()
REPORT = report_id_of(SHA256)
METADATA = Metadata(
    "云港区政府工作报告", "云港区人民政府", "", None, 2026, 2026, Level.DISTRICT, ReportKind.WORK_REPORT
)
READING = Reading(
    Source("报告.txt", "f" * 64, "utf-8", TEXT, SHA256),
    METADATA,
    ShownText("", (), ()),
    (Section(0, -1, 1, SectionKind.TASKS, "（题名）", Span(0, len(TEXT))),),
    (),
)
AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
_ids = count(1)


def made(folder: Path, names: Iterable[str] = NAMES, *, with_report: bool = True) -> dict[str, Path]:
    """A closed workspace for each name, made by that person with every role."""
    files = {}
    for name in names:
        files[name] = folder / f"{name}.duban"
        with Workspace.create(files[name], author=name) as workspace:
            if with_report:
                import_report(workspace)
    return files


def import_report(workspace: Workspace) -> None:
    """Put the report in, as a file that says nothing would come in."""
    importing.keep(workspace._store, workspace._author, READING, Suggestions("none"), workspace.units())


@contextmanager
def opened(files: dict[str, Path], folder: Path) -> Iterator[dict[str, Workspace]]:
    """Copies of these workspaces, open, each at a place of its own."""
    with ExitStack() as stack:
        found = {}
        for name, file in files.items():
            place = folder / f"{name}-{next(_ids)}.duban"
            shutil.copy(file, place)
            found[name] = stack.enter_context(Workspace.open(place, author=name))
        yield found


# --- what people do


def do(workspace: Workspace, label: str, *edits: tuple[Stored | None, Stored | None]) -> None:
    """Apply one change."""
    workspace.apply(Change(label, REPORT, tuple(Edit(before, after) for before, after in edits)))


def add_task(workspace: Workspace, title: str) -> Task:
    """A task with a target, in one's own layer."""
    layer = workspace.layer(REPORT)
    task = Task(f"task-{next(_ids)}", layer.id, (Span(17, 24),), title, "新建泊位3个。")
    value = Target("泊位", Comparator.EQ, 3.0, 3.0, "个")
    tag = Tag(f"{task.id}-1", layer.id, task.id, TagKind.TARGET, (Span(21, 23),), "3个", value)
    do(workspace, "添加", (None, task), (None, tag))
    return task


def retitle(workspace: Workspace, title: str) -> None:
    """Give the first of one's own tasks another title; one is added where there is none."""
    tasks = workspace.tasks(workspace.layer(REPORT).id)
    if not tasks:
        add_task(workspace, title)
    elif tasks[0].title != title:
        do(workspace, "改标题", (tasks[0], replace(tasks[0], title=title)))


def remove_task(workspace: Workspace) -> None:
    """Take away the first of one's own tasks, if there is one."""
    layer_id = workspace.layer(REPORT).id
    for task in workspace.tasks(layer_id)[:1]:
        tags = [tag for tag in workspace.tags(layer_id) if tag.task_id == task.id]
        do(workspace, "删除", *((tag, None) for tag in tags), (task, None))


def submit(workspace: Workspace) -> None:
    """Submit one's own layer."""
    workspace.move(MoveName.SUBMIT, workspace.layer(REPORT).id)


def me(workspace: Workspace) -> Person:
    """Who is signed in."""
    assert workspace.person is not None
    return workspace.person


def others(workspace: Workspace) -> list[Layer]:
    """The layers of others, which may be seen."""
    return [
        layer
        for layer in workspace.layers(REPORT)
        if layer.person_id != me(workspace).id and not layer.is_reviewed and workspace.is_visible(layer)
    ]


def give_back(workspace: Workspace) -> None:
    """Return the first layer of another that was submitted."""
    for layer in others(workspace)[:1]:
        workspace.move(MoveName.RETURN, layer.id, "漏了航道")


def comment(workspace: Workspace, words: str) -> None:
    """Say something about the first layer of another."""
    person = me(workspace)
    for layer in others(workspace)[:1]:
        said = Comment(f"c-{next(_ids)}", REPORT, layer.id, "", None, words, person.id, person.name, AT)
        do(workspace, "意见", (None, said))


def settle_comment(workspace: Workspace) -> None:
    """Mark the first comment as resolved, or open again."""
    for said in workspace.comments(REPORT)[:1]:
        do(workspace, "解决", (said, replace(said, is_resolved=not said.is_resolved)))


def remove_comment(workspace: Workspace) -> None:
    """Take away the first comment of one's own."""
    for said in [c for c in workspace.comments(REPORT) if c.person_id == me(workspace).id][:1]:
        do(workspace, "删意见", (said, None))


def call(workspace: Workspace, number: str) -> None:
    """Give the first unit another telephone number."""
    for unit in workspace.units()[:1]:
        if unit.telephone != number:
            do(workspace, "改电话", (unit, replace(unit, telephone=number)))


def add_unit(workspace: Workspace) -> None:
    """A unit more."""
    n = next(_ids)
    do(workspace, "加单位", (None, Unit(f"new-{n}", "交通", f"云港区第{n}局", f"第{n}局", order=99)))


def remove_unit(workspace: Workspace) -> None:
    """Take away the last unit but the first two."""
    for unit in workspace.units()[2:][-1:]:
        do(workspace, "删单位", (unit, None))


def rename_report(workspace: Workspace, title: str) -> None:
    """Give the report another title."""
    card = workspace.report(REPORT)
    if card.metadata.title != title:
        do(workspace, "改题名", (card, replace(card, metadata=replace(card.metadata, title=title))))


def review(workspace: Workspace, choice: Choice) -> None:
    """Decide something on what is made of the first layer of another; begin it where it is not begun."""
    person = me(workspace)
    for base in others(workspace)[:1]:
        layer = Layer(
            reviewed_layer_id(REPORT, [base.id]),
            REPORT,
            person.name,
            LayerState.IN_REVIEW,
            AT,
            person.id,
            (base.id,),
        )
        stored = {each.id for each in workspace.layers(REPORT)}
        decided = {d.key: d for d in workspace.decisions(layer.id)} if layer.id in stored else {}
        key = f"{base.id}/task"
        made_now = Decision(
            decision_id(layer.id, key), layer.id, key, Field.TASK, choice, person.id, person.name, AT
        )
        edits = [Edit(None, layer)] if layer.id not in stored else []
        edits.append(Edit(decided.get(key), made_now))
        with workspace._store.writing() as connection:
            changes.apply(connection, Change("裁决", REPORT, tuple(edits)), workspace._author)
            rebuilding.build_again(connection, workspace._author, REPORT, [layer.id])


def settle(workspace: Workspace, take: int) -> None:
    """Decide the first conflict."""
    for conflict in workspace.conflicts()[:1]:
        workspace.resolve(conflict.id, take)


def sit_down(workspace: Workspace) -> None:
    """Somebody else takes the place: two may then work on one layer at two workstations."""
    known = [person.id for person in workspace.people()]
    workspace.sign_in(known[(known.index(me(workspace).id) + 1) % len(known)])


def send(here: Workspace, there: Workspace) -> MergeSummary:
    """Carry a package from one to the other."""
    return there.merge_package(packed(here))


def execute(workspace: Workspace, sql: str) -> None:
    """What somebody does to the file with another program."""
    with workspace._store.writing() as connection:
        connection.exec_driver_sql(sql)


def packed(workspace: Workspace) -> Path:
    """A package of the report, in a file of its own."""
    path = workspace.path.with_name(f"{next(_ids)}.dubanpkg")
    workspace.export_package(REPORT, path)
    return path


# --- what stands


Versions = dict[tuple[str, Key], dict[tuple[str, int], str]]


def versions(workspace: Workspace, wanted: Callable[[Layer], bool] = lambda _layer: True) -> Versions:
    """Every version that stands or waits, by what it says; of those layers."""
    with workspace._store.reading() as connection:
        layers = [layer.id for layer in reports.layers(connection, REPORT) if wanted(layer)]
        scopes = held(connection, [OFFICE, REPORT, *layers], REPORT)
    found: Versions = {}
    for name, each in scopes.items():
        for key, told in each.replica.versions.items():
            found[name, key] = {(dot.chain, dot.position): digest(p) if p else "" for dot, p in told.items()}
        for key, bare in each.replica.baseline.items():
            found[name, key] = {("", 0): digest(bare)}
    return found


def everything(workspace: Workspace) -> object:
    """All that people see, versions of rows and numbers of this workspace left out."""
    with workspace._store.reading() as connection:
        layers = [layer.id for layer in reports.layers(connection, REPORT)]
        scopes = held(connection, [OFFICE, REPORT, *layers], REPORT)
        stored = {name: each.stored.objects for name, each in scopes.items()}
    return {
        (name, key): digest(portable(thing)) if key.kind != LAYER else replace_versions(thing)
        for name, objects in stored.items()
        for key, thing in objects.items()
    }


def replace_versions(contents: object) -> object:
    """A layer with all it holds, also of a reviewed one."""
    assert isinstance(contents, Contents)
    things: tuple[Task | Tag | Dismissal, ...] = (*contents.tasks, *contents.tags, *contents.dismissals)
    return digest(portable(contents)), frozenset(replace(thing, version=0) for thing in things)
