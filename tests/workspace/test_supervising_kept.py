"""What supervision keeps between changes is never out of date: after anything it is what a fresh look would find."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.domain import edits
from app.domain.changes import Change, Edit
from app.domain.layer_moves import MoveName
from app.domain.lights import LightRule
from app.domain.people import PersonRole
from app.domain.periods import Cycle
from app.domain.plan_years import YearTarget
from app.domain.supervising import Case, cases, cases_again
from app.domain.task_moves import Given, TaskMoveName
from app.workspace import Workspace, exporting, work_facts
from app.workspace.supervising import Supervision
from app.workspace.work_changes import Report
from tests.workspace.people import enter

AUTHOR = "周宁"
GIVEN_OUT = (TaskMoveName.REGISTER, TaskMoveName.DECOMPOSE, TaskMoveName.DISPATCH)
LATER = date(2030, 1, 5)


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The report's year is over, whatever day it is."""
    monkeypatch.setattr("app.workspace.supervising._today", lambda: LATER)


@pytest.fixture
def report_id(sample: Workspace) -> str:
    card = sample.reports()[0]
    sample.apply(edits.accept(card.id, sample.items(card.id)[:12]))
    return card.id


def fresh(workspace: Workspace) -> Supervision:
    return Supervision(workspace, workspace._store, lambda: workspace._author)


def check(workspace: Workspace, report_id: str) -> None:
    """What is kept is what somebody who has just opened the workspace would find."""
    supervision, other = workspace.supervision, fresh(workspace)
    assert supervision.facts(report_id) == other.facts(report_id)
    assert supervision._work(report_id) == other._work(report_id)
    assert supervision.cases(report_id) == other.cases(report_id) == cases(other.facts(report_id), LATER)
    assert supervision.year_targets(report_id) == other.year_targets(report_id)


def led(workspace: Workspace, report_id: str) -> list[Case]:
    return [
        c for c in workspace.supervision.cases(report_id) if c.row.lead and c.goals and not c.item.is_open
    ]


def report_on(workspace: Workspace, report_id: str, words: str = "3") -> Change:
    case = led(workspace, report_id)[0]
    told = Report(case.row.lead, "2026-02", {case.goals[0].id: words}, f"已办{words}件。")
    return workspace.supervision.record_progress(report_id, case.id, told)


def give_out(workspace: Workspace, report_id: str) -> None:
    ids = [case.id for case in led(workspace, report_id)]
    for name in GIVEN_OUT:
        workspace.supervision.make_move(report_id, ids, name)


Act = Callable[[Workspace, str], object]


def edit_a_task(workspace: Workspace, report_id: str) -> object:
    item = led(workspace, report_id)[0].item
    return workspace.apply(edits.change_task(report_id, item, summary="改过的事项"))


def merge_two(workspace: Workspace, report_id: str) -> object:
    found = [case.item for case in led(workspace, report_id)[:2]]
    return workspace.apply(edits.merge(report_id, found))


def dismiss_one(workspace: Workspace, report_id: str) -> object:
    return workspace.apply(edits.dismiss(report_id, led(workspace, report_id)[-1].item, "不作任务"))


def judge(workspace: Workspace, report_id: str) -> object:
    goal = led(workspace, report_id)[0].goals[0]
    return workspace.apply(workspace.supervision.verdict_change(report_id, goal.id, True))


def set_years(workspace: Workspace, report_id: str) -> object:
    goal = led(workspace, report_id)[0].goals[0]
    wanted = [YearTarget(goal.id, 2026, 4.0)]
    return workspace.apply(workspace.supervision.year_targets_change(report_id, wanted))


def remind(workspace: Workspace, report_id: str) -> object:
    case = led(workspace, report_id)[0]
    return workspace.supervision.make_move(report_id, [case.id], TaskMoveName.REMIND)


def verify(workspace: Workspace, report_id: str) -> object:
    case = led(workspace, report_id)[0]
    given = Given("情况属实")
    return workspace.supervision.make_move(report_id, [case.id], TaskMoveName.VERIFY, given)


def rule(workspace: Workspace, report_id: str) -> object:
    workspace.supervision.set_light_rule(LightRule(0.5, 0.2, 3, 20))
    return None


def cycle(workspace: Workspace, report_id: str) -> object:
    workspace.supervision.set_cycle(Cycle.QUARTERLY)
    return None


def change_a_unit(workspace: Workspace, report_id: str) -> object:
    lead = led(workspace, report_id)[0].row.lead
    unit = next(unit for unit in workspace.units() if lead in (unit.name, unit.short_name, *unit.aliases))
    return workspace.apply(Change("换领导", "", (Edit(unit, replace(unit, leader="白又新")),)))


def from_elsewhere(workspace: Workspace, report_id: str) -> object:
    """Another window on the same file reports and edits."""
    with Workspace.open(workspace.path, author=AUTHOR) as other:
        report_on(other, report_id, "5")
        return edit_a_task(other, report_id)


def reported_elsewhere(workspace: Workspace, report_id: str) -> object:
    with Workspace.open(workspace.path, author=AUTHOR) as other:
        return report_on(other, report_id, "6")


def undone(act: Act) -> Act:
    def do(workspace: Workspace, report_id: str) -> object:
        done = act(workspace, report_id)
        check(workspace, report_id)
        assert isinstance(done, Change)
        return workspace.apply(done.inverse())

    do.__name__ = f"undone_{act.__name__}"
    return do


ACTS: tuple[Act, ...] = (
    report_on,
    remind,
    judge,
    set_years,
    edit_a_task,
    merge_two,
    dismiss_one,
    rule,
    cycle,
    change_a_unit,
    from_elsewhere,
    reported_elsewhere,
    undone(report_on),
    undone(remind),
    undone(judge),
    undone(set_years),
    undone(edit_a_task),
    undone(merge_two),
)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_that_after_anything_that_is_done_nothing_stale_is_shown(
    sample: Workspace, report_id: str, act: Act
) -> None:
    give_out(sample, report_id)
    check(sample, report_id)
    before = sample.supervision.facts(report_id)
    act(sample, report_id)
    check(sample, report_id)
    if not act.__name__.startswith("undone"):
        sides = (sample.supervision.facts(report_id), sample.supervision.year_targets(report_id))
        assert sides != (before, ())


def test_that_nothing_is_stale_after_many_things_in_any_order(sample: Workspace, report_id: str) -> None:
    dice = random.Random(5)  # noqa: S311
    give_out(sample, report_id)
    report_on(sample, report_id)
    check(sample, report_id)
    for turn in range(12):
        act = dice.choice([a for a in ACTS if a not in (merge_two, dismiss_one)])
        if act is report_on:
            report_on(sample, report_id, str(turn))
        else:
            act(sample, report_id)
        if dice.random() < 0.6:
            check(sample, report_id)
    check(sample, report_id)


def test_that_nothing_is_stale_after_a_package_a_choice_and_another_person(
    sample: Workspace, report_id: str, tmp_path: Path
) -> None:
    give_out(sample, report_id)
    report_on(sample, report_id)
    check(sample, report_id)
    sample.move(MoveName.SUBMIT, sample.layer(report_id).id)
    sample.export_package(report_id, tmp_path / "a.dubanpkg")
    check(sample, report_id)
    with Workspace.create(tmp_path / "那边.duban", author="别人") as there:
        there.merge_package(tmp_path / "a.dubanpkg")
        check(there, report_id)
        case = next(c for c in there.supervision.cases(report_id) if c.reports)
        told = Report(case.row.lead, "2026-02", text="那边说")
        there.supervision.record_progress(report_id, case.id, told)
        there.export_package(report_id, tmp_path / "b.dubanpkg")
    report_on(sample, report_id, "9")
    check(sample, report_id)
    summary = sample.merge_package(tmp_path / "b.dubanpkg")
    check(sample, report_id)
    sample.resolve(summary.conflicts[0].id, 1)
    check(sample, report_id)
    reviewer = enter(sample, "陈静", PersonRole.REVIEWER, PersonRole.ANNOTATOR)
    sample.sign_in(reviewer.id)
    check(sample, report_id)


def counted(patch: pytest.MonkeyPatch) -> list[str]:
    """The reports whose ledger is made from now on."""
    made: list[str] = []
    built = exporting.ledger_of

    def ledger_of(workspace: Workspace, report_id: str) -> Any:
        made.append(report_id)
        return built(workspace, report_id)

    patch.setattr(exporting, "ledger_of", ledger_of)
    return made


def test_that_work_alone_does_not_make_the_ledger_anew(
    sample: Workspace, report_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_out(sample, report_id)
    check(sample, report_id)
    made = counted(monkeypatch)
    report_on(sample, report_id)
    remind(sample, report_id)
    judge(sample, report_id)
    sample.supervision.cases(report_id)
    assert made == []
    edit_a_task(sample, report_id)
    sample.supervision.cases(report_id)
    assert made == [report_id]


def test_that_what_is_written_while_one_looks_leaves_nothing_out(
    sample: Workspace, report_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample.supervision.facts(report_id)
    length = sample.log_length()
    report_on(sample, report_id)
    give_out(sample, report_id)
    monkeypatch.setattr(Workspace, "log_length", lambda _self: length + 1)
    check(sample, report_id)


def test_that_more_than_a_few_entries_are_gathered_and_not_followed(
    sample: Workspace, report_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_out(sample, report_id)
    for count, times in ((work_facts.MOST_ENTRIES, 0), (work_facts.MOST_ENTRIES + 1, 1)):
        case, other = led(sample, report_id)[0], fresh(sample)
        for turn in range(count):
            told = Report(case.row.lead, "2026-02", text=f"{count}之{turn}")
            sample.apply(other.progress_change(report_id, case.id, told))
        with monkeypatch.context() as patch:
            made = counted(patch)
            sample.supervision.facts(report_id)
        assert len(made) == times
        check(sample, report_id)


def test_that_another_day_is_looked_at_afresh(
    sample: Workspace, report_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_out(sample, report_id)
    supervision = sample.supervision
    made = supervision.facts(report_id).ledger.summary.made

    tomorrow = SimpleNamespace(now=lambda: datetime.now(UTC) + timedelta(days=1))
    monkeypatch.setattr(exporting, "datetime", tomorrow)
    monkeypatch.setattr(work_facts, "datetime", tomorrow)
    assert supervision.facts(report_id).ledger.summary.made == made + timedelta(days=1)


def test_that_only_what_was_touched_is_computed_again(
    sample: Workspace, report_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_out(sample, report_id)
    before = sample.supervision.facts(report_id)
    found = cases(before, LATER)
    report_on(sample, report_id)
    after = sample.supervision.facts(report_id)
    again = cases_again(after, LATER, before, found)
    assert again == cases(after, LATER)
    changed = [new.id for old, new in zip(found, again, strict=True) if old is not new]
    assert changed == [led(sample, report_id)[0].id]
