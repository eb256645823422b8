"""The history tells who did what, with before and after; what a person may not see stays hidden."""

from dataclasses import replace

import pytest

from app.domain import edits
from app.domain.changes import Change, Edit
from app.domain.layer_moves import MoveName
from app.domain.people import PersonRole
from app.workspace import Workspace
from tests.workspace.people import enter, remark, report_in, tag


@pytest.fixture
def office(empty: Workspace) -> Workspace:
    """A workspace with 周宁 (every role) and 陈静, an annotator, and a report."""
    enter(empty, "陈静")
    report_in(empty)
    return empty


def become(workspace: Workspace, name: str) -> None:
    workspace.sign_in(next(p.id for p in workspace.people() if p.name == name))


def labels(workspace: Workspace, *arguments: object, **fields: object) -> list[str]:
    return [entry.label for entry in workspace.history(*arguments, **fields)]  # type: ignore[arg-type]  # as history's


def test_that_what_another_does_in_a_hidden_layer_is_not_told_until_it_may_be_seen(office: Workspace) -> None:
    report_id = office.report(1).id
    tag(office, report_id)
    become(office, "陈静")
    tag(office, report_id)
    assert labels(office) == ["新建任务", "新建任务", "导入报告", "登记", "登记人员周宁"]
    (mine, theirs) = office.history(report_id)[:2]
    assert len(mine.edits) == 2
    assert len(theirs.edits) == 1  # that 周宁 has begun a layer is no secret, what is in it is
    office.move(MoveName.SUBMIT, office.layer(report_id).id)
    become(office, "周宁")
    office.move(MoveName.SUBMIT, office.layer(report_id).id)
    assert [len(entry.edits) for entry in office.history(report_id)[2:4]] == [2, 2]


def test_that_an_entry_of_which_nothing_may_be_seen_is_left_out(office: Workspace) -> None:
    report_id = office.report(1).id
    task = tag(office, report_id)
    office.apply(Change("改标题", report_id, (Edit(task, replace(task, title="别的")),)))
    office.apply(Change("意见", report_id, (Edit(None, remark(office, office.layer(report_id))),)))
    become(office, "陈静")
    assert labels(office, report_id) == ["新建任务", "导入报告"]
    assert labels(office, report_id, 1) == ["新建任务"]
    assert labels(office, None, 3) == ["新建任务", "导入报告", "登记"]
    assert labels(office, task_id=task.id) == []


def test_that_it_can_be_of_one_person(office: Workspace) -> None:
    report_id = office.report(1).id
    become(office, "陈静")
    tag(office, report_id)
    jing = office.person
    assert jing is not None
    assert labels(office, person_id=jing.id) == ["新建任务"]
    become(office, "周宁")
    assert labels(office, person_id=jing.id) == ["新建任务"]
    assert office.history(person_id=jing.id)[0].edits[0].after == office.layers(report_id)[0]


def test_that_it_can_be_of_one_task_with_its_tags_and_what_was_said_about_it(office: Workspace) -> None:
    report_id = office.report(1).id
    task, _other = tag(office, report_id, "一"), tag(office, report_id, "二")
    item = next(i for i in office.items(report_id) if i.task.id == task.id)
    office.apply(edits.change_task(report_id, item, remarks="备注"))
    layer = office.layer(report_id)
    office.apply(Change("意见", report_id, (Edit(None, remark(office, layer, task_id=task.id)),)))
    assert labels(office, task_id=task.id) == ["意见", "修改任务", "新建任务"]
    assert labels(office, report_id, 2, task_id=task.id) == ["意见", "修改任务"]
    changed = office.history(task_id=task.id)[1].edits[0]
    assert (changed.before, changed.after) == (task, replace(task, remarks="备注", version=2))


def test_that_a_reviewer_is_not_told_of_drafts(office: Workspace) -> None:
    report_id = office.report(1).id
    tag(office, report_id)
    ping = enter(office, "赵平", PersonRole.REVIEWER)
    office.sign_in(ping.id)
    assert [len(entry.edits) for entry in office.history(report_id)] == [1, 1]


def test_that_the_head_stands_for_the_log_as_it_is(office: Workspace) -> None:
    first = office.log_head()
    newest = office.history()[0]
    assert first == (newest.chain, newest.position, newest.hash)
    tag(office, office.report(1).id)
    second = office.log_head()
    assert first is not None
    assert second is not None
    assert (second.chain, second.position) == (first.chain, first.position + 1)
    assert second.hash != first.hash
