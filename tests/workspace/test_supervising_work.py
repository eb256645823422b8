"""Work under way in a workspace: progress, moves, verdicts, yearly values, rules; who may do what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.changes import Change, Edit
from app.domain.edits import accept
from app.domain.errors import ConflictError, UserError
from app.domain.layer_moves import NOBODY, MoveName
from app.domain.lights import LightRule
from app.domain.people import PersonRole
from app.domain.periods import Cycle
from app.domain.plan_years import YearTarget
from app.domain.progress import Progress
from app.domain.supervising import Case
from app.domain.task_moves import Given, TaskMove, TaskMoveName, TaskState
from app.workspace import Workspace, task_rights
from app.workspace.work_changes import Report
from tests.workspace.people import enter

GIVEN_OUT = (TaskMoveName.REGISTER, TaskMoveName.DECOMPOSE, TaskMoveName.DISPATCH)


@pytest.fixture
def report_id(sample: Workspace) -> str:
    """The sample report, its first twelve tasks confirmed."""
    card = sample.reports()[0]
    sample.apply(accept(card.id, sample.items(card.id)[:12]))
    return card.id


@pytest.fixture(autouse=True)
def in_spring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every rule that asks for the day is told one before any deadline; what is written is of the real day."""
    monkeypatch.setattr("app.workspace.supervising._today", lambda: date(2026, 3, 10))
    monkeypatch.setattr("app.workspace.task_rights.day_of", lambda _at: date(2026, 3, 10))
    monkeypatch.setattr("app.domain.supervising.day_of", lambda _at: date(2026, 3, 10))
    monkeypatch.setattr("app.workspace.supervising.day_of", lambda _at: date(2026, 3, 10))


def with_goal(workspace: Workspace, report_id: str) -> Case:
    """A confirmed task with a target and a lead."""
    found = workspace.supervision.cases(report_id)
    return next(c for c in found if c.goals and c.row.lead and c.due and not c.item.is_open)


def give_out(workspace: Workspace, report_id: str, *ids: str) -> None:
    for name in GIVEN_OUT:
        workspace.supervision.make_move(report_id, ids, name)


def case_of(workspace: Workspace, report_id: str, task_id: str) -> Case:
    return next(c for c in workspace.supervision.cases(report_id) if c.id == task_id)


# --- progress


def test_that_progress_stands_in_the_case_and_is_undone(sample: Workspace, report_id: str) -> None:
    case = with_goal(sample, report_id)
    give_out(sample, report_id, case.id)
    told = Report(case.row.lead, "2026-02", {case.goals[0].id: "3"}, "已开工。", evidence=("a.pdf",))
    done = sample.supervision.record_progress(report_id, case.id, told)
    after = case_of(sample, report_id, case.id)
    assert after.state is TaskState.REPORTED
    assert after.lead_report is not None
    assert (after.lead_report.text, after.lead_report.evidence, after.lead_report.is_lead) == (
        "已开工。",
        ("a.pdf",),
        True,
    )
    assert after.figures[case.goals[0].id].value == 3.0
    assert sample.history(report_id)[0].label == f"填报进展（{case.row.lead}）"
    sample.apply(done.inverse())
    before = case_of(sample, report_id, case.id)
    assert (before.state, before.reports) == (TaskState.DISPATCHED, ())


def test_that_what_a_later_report_says_nothing_of_stays(sample: Workspace, report_id: str) -> None:
    case = with_goal(sample, report_id)
    record = sample.supervision.record_progress
    record(
        report_id, case.id, Report(case.row.lead, "2026-02", {case.goals[0].id: "3"}, "已开工。", "缺资金")
    )
    record(report_id, case.id, Report(case.row.lead, "2026-02", issues="", next_steps="争取资金"))
    (progress,) = sample.supervision.progress(report_id)
    assert (progress.text, progress.issues, progress.next_steps) == ("已开工。", "", "争取资金")
    assert [f.words for f in progress.figures] == ["3"]
    record(report_id, case.id, Report(case.row.lead, "2026-02", {case.goals[0].id: ""}))
    assert sample.supervision.progress(report_id)[0].figures == ()


@pytest.mark.parametrize(("unit", "period"), [("区某局", "2026-02"), ("", "2026-02"), ("lead", "二月")])
def test_that_a_strange_unit_or_period_is_refused(
    sample: Workspace, report_id: str, unit: str, period: str
) -> None:
    case = with_goal(sample, report_id)
    told = Report(case.row.lead if unit == "lead" else unit, period)
    with pytest.raises(UserError, match="不是"):
        sample.supervision.record_progress(report_id, case.id, told)
    assert sample.supervision.progress(report_id) == ()


def test_that_an_unknown_task_is_refused(sample: Workspace, report_id: str) -> None:
    with pytest.raises(UserError, match="没有这项任务"):
        sample.supervision.record_progress(report_id, "nothing", Report("区科技局", "2026-02"))


def test_that_progress_on_a_suggestion_stays_with_the_task_it_becomes(
    sample: Workspace, report_id: str
) -> None:
    case = next(
        c for c in sample.supervision.cases(report_id) if c.item.is_suggested and c.goals and c.row.lead
    )
    told = Report(case.row.lead, "2026-02", {case.goals[0].id: "3"}, "已开工。")
    sample.supervision.record_progress(report_id, case.id, told)
    sample.apply(accept(report_id, [case.item]))
    found = next(c for c in sample.supervision.cases(report_id) if c.reports)
    assert found.id != case.id
    assert found.item.task.origin == case.id
    assert found.figures[found.goals[0].id].words == "3"
    sample.supervision.record_progress(report_id, found.id, Report(case.row.lead, "2026-02", text="快完了。"))
    (progress,) = sample.supervision.progress(report_id)
    assert (progress.text, progress.task_id) == ("快完了。", found.id)


# --- moves


def test_that_moves_go_by_the_table_and_are_logged(sample: Workspace, report_id: str) -> None:
    first, second = [c.id for c in sample.supervision.cases(report_id)[:2]]
    with pytest.raises(UserError, match="只有“已分解”时才能交办"):
        sample.supervision.make_move(report_id, [first], TaskMoveName.DISPATCH)
    give_out(sample, report_id, first, second)
    assert [e.label for e in sample.history(report_id, 3)] == ["交办（2项）", "分解（2项）", "立项（2项）"]
    assert case_of(sample, report_id, second).state is TaskState.DISPATCHED
    assert {e.label for e in sample.history(report_id, task_id=first)} >= {"交办（2项）"}


def test_that_one_refused_task_keeps_all_where_they_are(sample: Workspace, report_id: str) -> None:
    first, second = [c.id for c in sample.supervision.cases(report_id)[:2]]
    sample.supervision.make_move(report_id, [first], TaskMoveName.REGISTER)
    with pytest.raises(UserError, match="立项"):
        sample.supervision.make_move(report_id, [second, first], TaskMoveName.REGISTER)
    assert case_of(sample, report_id, second).state is TaskState.PROPOSED


def test_that_an_extension_keeps_both_days_and_goes_on_from_the_last(
    sample: Workspace, report_id: str
) -> None:
    case = with_goal(sample, report_id)
    assert case.due is not None
    give_out(sample, report_id, case.id)
    for days in (10, 20):
        given = Given("汛期停工", case.due + timedelta(days=days))
        sample.supervision.make_move(report_id, [case.id], TaskMoveName.EXTEND, given)
    after = case_of(sample, report_id, case.id)
    assert [m.due_before for m in after.moves[-2:]] == [case.due, case.due + timedelta(days=10)]
    assert after.due == case.due + timedelta(days=20)
    with pytest.raises(UserError, match="新的完成时限要晚于"):
        sample.supervision.make_move(report_id, [case.id], TaskMoveName.EXTEND, Given("再延", case.due))


def test_that_roles_decide_who_moves(sample: Workspace, report_id: str) -> None:
    case = sample.supervision.cases(report_id)[0]
    coordinator = sample.person
    assert coordinator is not None
    annotator = enter(sample, "陈静", PersonRole.ANNOTATOR)
    layer = sample.layer(report_id)
    sample.move(MoveName.SUBMIT, layer.id)
    sample.sign_in(annotator.id)
    for name in GIVEN_OUT[:2]:
        sample.supervision.make_move(report_id, [case.id], name)
    with pytest.raises(UserError, match="交办要由统筹人来做，陈静不是"):
        sample.supervision.make_move(report_id, [case.id], TaskMoveName.DISPATCH)
    theirs = sample.supervision.cases(report_id)[0]
    assert "统筹人" in sample.supervision.move_refusal(theirs, TaskMoveName.DISPATCH)
    sample.sign_in(coordinator.id)
    mine = sample.supervision.cases(report_id)[0]
    assert mine.state is TaskState.DECOMPOSED
    assert sample.supervision.move_refusal(mine, TaskMoveName.DISPATCH) == ""
    sample.supervision.make_move(report_id, [mine.id], TaskMoveName.DISPATCH)


def a_move(
    workspace: Workspace, report_id: str, task_id: str, name: TaskMoveName = TaskMoveName.REGISTER
) -> TaskMove:
    me = workspace.person
    assert me is not None
    return TaskMove("m1", report_id, task_id, name, datetime.now(UTC), me.id, me.name)


def write(workspace: Workspace, before: object, after: object) -> Change:
    return workspace.apply(Change("改", workspace.reports()[0].id, (Edit(before, after),)))  # type: ignore[arg-type]  # moves


def test_that_the_store_asks_the_table_whoever_made_the_change(sample: Workspace, report_id: str) -> None:
    move = a_move(sample, report_id, "t")
    with pytest.raises(UserError, match="交办"):
        write(sample, None, replace(move, name=TaskMoveName.DISPATCH))
    with pytest.raises(UserError, match=task_rights.NOT_IN_NAME):
        write(sample, None, replace(move, person_id="other"))
    done = write(sample, None, move).edits[0].after
    assert isinstance(done, TaskMove)
    with pytest.raises(UserError, match=task_rights.APPEND_ONLY):
        write(sample, done, replace(done, reason="改口"))
    early = replace(move, id="m0", name=TaskMoveName.DECOMPOSE, at=move.at - timedelta(seconds=1))
    with pytest.raises(UserError, match=task_rights.TOO_EARLY):
        write(sample, None, early)
    second = replace(move, id="m2", name=TaskMoveName.DECOMPOSE, at=move.at + timedelta(seconds=1))
    later = write(sample, None, second).edits[0].after
    with pytest.raises(UserError, match=task_rights.NOT_LAST):
        write(sample, done, None)
    write(sample, later, None)
    write(sample, done, None)
    with pytest.raises(ConflictError):
        write(sample, done, None)
    with pytest.raises(UserError, match="佐证材料"):
        write_all(sample, report_id)


def write_all(workspace: Workspace, report_id: str) -> None:
    """Everything up to 办结 in one change, without what it needs."""
    names = (*GIVEN_OUT, TaskMoveName.REPORT, TaskMoveName.VERIFY, TaskMoveName.CLOSE)
    move = a_move(workspace, report_id, "t2")
    made = [
        replace(move, id=f"n{n}", name=name, at=move.at + timedelta(seconds=n), reason="属实")
        for n, name in enumerate(names)
    ]
    workspace.apply(Change("一步到位", report_id, tuple(Edit(None, m) for m in made)))


def test_that_anothers_move_is_taken_back_by_a_coordinator_only(sample: Workspace, report_id: str) -> None:
    coordinator = sample.person
    assert coordinator is not None
    done = write(sample, None, a_move(sample, report_id, "t")).edits[0].after
    sample.sign_in(enter(sample, "陈静", PersonRole.REVIEWER).id)
    with pytest.raises(UserError, match="只有本人或统筹人才能撤销"):
        write(sample, done, None)
    mine = replace(a_move(sample, report_id, "t", TaskMoveName.DECOMPOSE), id="m2")
    own = write(sample, None, mine).edits[0].after
    sample.sign_in(coordinator.id)
    write(sample, own, None)


# --- verdicts, years, rules


def test_that_a_verdict_stands_until_it_is_taken_back(sample: Workspace, report_id: str) -> None:
    case = with_goal(sample, report_id)
    goal = case.goals[0].id
    supervision = sample.supervision
    sample.apply(supervision.verdict_change(report_id, goal, True, "见公报"))
    assert case_of(sample, report_id, case.id).judgements[0].reached is True
    sample.apply(supervision.verdict_change(report_id, goal, False))
    assert case_of(sample, report_id, case.id).judgements[0].reached is False
    sample.apply(supervision.verdict_change(report_id, goal, None))
    assert supervision.facts(report_id).verdicts == {}
    assert supervision.verdict_change(report_id, goal, None).edits == ()
    sample.sign_in(enter(sample, "陈静", PersonRole.ANNOTATOR).id)
    with pytest.raises(UserError, match="要由复核人或统筹人来判定"):
        sample.apply(supervision.verdict_change(report_id, goal, True))


def test_that_yearly_values_are_kept_changed_and_taken_away(sample: Workspace, report_id: str) -> None:
    supervision = sample.supervision
    first, second = YearTarget("t", 2026, 4.0), YearTarget("t", 2027, None, "同步")
    sample.apply(supervision.year_targets_change(report_id, [first, second]))
    assert supervision.year_targets(report_id) == (first, second)
    change = supervision.year_targets_change(
        report_id, [replace(first, value=5.0), replace(second, words=" ")]
    )
    assert change.label == "年度工作分解（2项）"
    sample.apply(change)
    assert supervision.year_targets(report_id) == (YearTarget("t", 2026, 5.0),)
    assert supervision.year_targets_change(report_id, [YearTarget("t", 2026, 5.0)]).edits == ()


def test_that_the_rule_of_lights_is_the_coordinators_and_its_change_is_told(
    sample: Workspace, report_id: str
) -> None:
    supervision = sample.supervision
    assert supervision.light_rule() == LightRule()
    supervision.set_light_rule(LightRule(0.4, 0.2, 10, 20), date(2026, 4, 1))
    assert supervision.light_rule() == LightRule(0.4, 0.2, 10, 20, date(2026, 4, 1))
    assert supervision.facts(report_id).rule == supervision.light_rule()
    assert sample.history(limit=1)[0].label == (
        "修改亮灯规则：黄灯落后10%、红灯落后30%、临近15天、每月25日报送→黄灯落后20%、红灯落后40%、临近10天、每月20日报送"
    )
    with pytest.raises(UserError, match="亮灯规则不对"):
        supervision.set_light_rule(LightRule(0.1, 0.2))
    supervision.set_cycle(Cycle.QUARTERLY)
    assert (supervision.cycle(), supervision.facts(report_id).cycle) == (Cycle.QUARTERLY, Cycle.QUARTERLY)
    sample.sign_in(enter(sample, "陈静", PersonRole.REVIEWER).id)
    with pytest.raises(UserError, match="由统筹人来定，陈静不是统筹人"):
        supervision.set_light_rule(LightRule())
    with pytest.raises(UserError, match="由统筹人来定，陈静不是统筹人"):
        supervision.set_cycle(Cycle.YEARLY)


def test_that_nobody_does_nothing(sample: Workspace, report_id: str, tmp_path: Path) -> None:
    case = with_goal(sample, report_id)
    sample._person = None
    supervision = sample.supervision
    acts: tuple[Callable[[], object], ...] = (
        lambda: supervision.moves_change(report_id, [case.id], TaskMoveName.REGISTER),
        lambda: supervision.set_light_rule(LightRule()),
        lambda: supervision.export_layout("supervision", tmp_path / "a.xlsx", report_id),
        lambda: supervision.preview_return([]),
        lambda: supervision.set_template("units", None),
    )
    for act in acts:
        with pytest.raises(UserError, match=NOBODY):
            act()


# --- identities, and work that travels


def test_that_work_stays_with_its_task_when_the_layer_that_counts_changes(
    sample: Workspace, report_id: str
) -> None:
    case = with_goal(sample, report_id)
    give_out(sample, report_id, case.id)
    told = Report(case.row.lead, "2026-02", {case.goals[0].id: "3"}, "已开工。")
    sample.supervision.record_progress(report_id, case.id, told)
    sample.move(MoveName.SUBMIT, sample.layer(report_id).id)
    reviewer = enter(sample, "陈静", PersonRole.REVIEWER, PersonRole.ANNOTATOR)
    sample.sign_in(reviewer.id)
    sample.apply(accept(report_id, sample.items(report_id)[:12]))
    sample.move(MoveName.SUBMIT, sample.layer(report_id).id)
    assert sample.counting_layer(report_id).person_id == reviewer.id
    found = next(c for c in sample.supervision.cases(report_id) if c.reports)
    assert found.id != case.id
    assert found.item.task.origin == case.item.task.origin
    assert (found.state, found.figures[found.goals[0].id].words) == (TaskState.REPORTED, "3")


def test_that_work_travels_with_its_report_and_arrives_once(
    sample: Workspace, report_id: str, tmp_path: Path
) -> None:
    case = with_goal(sample, report_id)
    give_out(sample, report_id, case.id)
    told = Report(case.row.lead, "2026-02", {case.goals[0].id: "3"}, "已开工。")
    supervision = sample.supervision
    supervision.record_progress(report_id, case.id, told)
    sample.apply(supervision.verdict_change(report_id, case.goals[0].id, True))
    sample.apply(supervision.year_targets_change(report_id, [YearTarget(case.goals[0].id, 2026, 4.0)]))
    sample.move(MoveName.SUBMIT, sample.layer(report_id).id)
    sample.export_package(report_id, tmp_path / "a.dubanpkg")
    with Workspace.create(tmp_path / "那边.duban", author="别人") as there:
        summary = there.merge_package(tmp_path / "a.dubanpkg")
        assert (summary.progress.new, summary.task_moves.new) == (1, 4)
        assert (summary.verdicts.new, summary.year_targets.new) == (1, 1)
        assert there.supervision.progress(report_id) == supervision.progress(report_id)
        assert case_of(there, report_id, case.id).state is TaskState.REPORTED
        assert there.merge_package(tmp_path / "a.dubanpkg").is_nothing_new
        there.supervision.record_progress(report_id, case.id, Report(case.row.lead, "2026-02", text="那边说"))
        there.export_package(report_id, tmp_path / "b.dubanpkg")
        supervision.record_progress(report_id, case.id, Report(case.row.lead, "2026-02", text="这边说"))
        summary = sample.merge_package(tmp_path / "b.dubanpkg")
    (conflict,) = summary.conflicts
    assert (conflict.kind, conflict.about) == ("progress", f"{case.row.lead}2026-02的进展")
    assert [side.words for side in conflict.sides] == [
        ("完成值：3", "进展：这边说"),
        ("完成值：3", "进展：那边说"),
    ]
    with pytest.raises(UserError, match="没有取舍"):
        supervision.record_progress(report_id, case.id, Report(case.row.lead, "2026-02", text="再说"))
    sample.resolve(conflict.id, 1)
    assert supervision.progress(report_id)[0].text == "那边说"


def test_that_progress_is_read_back_as_it_was_written(sample: Workspace, report_id: str) -> None:
    case = with_goal(sample, report_id)
    told = Report(
        case.row.lead, "2026-Q1", {case.goals[0].id: "约3个"}, "甲\n乙", "丙", "丁", "戊", ("a、b",)
    )
    done = sample.supervision.record_progress(report_id, case.id, told).edits[0].after
    assert isinstance(done, Progress)
    with sample._store.reading() as connection:
        from db import supervision

        assert supervision.progress(connection, report_id) == (done,)
