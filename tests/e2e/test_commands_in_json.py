"""What commands print for programs: every name in it is relied on elsewhere."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app import cli
from app.cli import handing_over, review, supervision
from app.domain import edits
from app.domain.decisions import Field
from app.domain.due_list import DueEntry, DueList
from app.domain.periods import period_of
from app.domain.reports import Layer
from app.domain.returned import (
    CellChange,
    FileTold,
    Place,
    RefusedCell,
    ReturnPreview,
    RowFault,
    UnitDifference,
)
from app.exchange.summary import Conflict, Count, MergeSummary, Side
from app.review import AgreementRow, AgreementTable, Difference
from app.review.places import NOWHERE
from app.workspace import Workspace

PLACE = Place("反馈表.xlsx", "区交通局", 5, "3-2")
TOLD = {"file": "反馈表.xlsx", "sheet": "区交通局", "line": 5, "number": "3-2"}
Said = pytest.CaptureFixture[str]


def test_that_a_return_is_told_in_full() -> None:
    found = ReturnPreview(
        (FileTold("反馈表.xlsx", "区交通局", "2026-03", 9, 1, "", True, ("旧表",)), FileTold("坏.xlsx", refused="坏了")),
        (CellChange(PLACE, "t1", "区交通局", "2026-03", "text", "进展情况", "", "已开工"),),
        (RefusedCell(PLACE, "完成时限", "6月底", "2099年", "已锁定"),),
        (RowFault(PLACE, "没有表头"),),
        (UnitDifference("t1", "3", "泊位", "2026-03", "区交通局", "3个", "区财政局", "2个"),),
    )  # fmt: skip
    assert supervision._data(found, is_applied=True) == {
        "applied": True,
        "files": [
            {
                "file": "反馈表.xlsx",
                "unit": "区交通局",
                "period": "2026-03",
                "rows": 9,
                "changed": 1,
                "refused": None,
                "needs_unit": True,
                "notes": ["旧表"],
            },
            {
                "file": "坏.xlsx",
                "unit": "",
                "period": "",
                "rows": 0,
                "changed": 0,
                "refused": "坏了",
                "needs_unit": False,
                "notes": [],
            },
        ],
        "changes": [
            {
                **TOLD,
                "task": "t1",
                "unit": "区交通局",
                "period": "2026-03",
                "field": "text",
                "title": "进展情况",
                "before": "",
                "after": "已开工",
            }
        ],
        "refused": [{**TOLD, "title": "完成时限", "before": "6月底", "after": "2099年", "why": "已锁定"}],
        "faults": [{**TOLD, "why": "没有表头"}],
        "differences": [
            {
                "task": "t1",
                "number": "3",
                "goal": "泊位",
                "period": "2026-03",
                "lead": "区交通局",
                "lead_said": "3个",
                "unit": "区财政局",
                "unit_said": "2个",
            }
        ],
    }


def test_that_a_return_is_told_to_people_in_lines(capsys: Said) -> None:
    cell = RefusedCell(PLACE, "完成值", "", "", "是错误值")
    found = ReturnPreview(
        (FileTold("反馈表.xlsx"),),
        (CellChange(PLACE, "t1", "区交通局", "2026-03", "text", "进展\n情况", "旧", "新"),),
        (cell,),
        (RowFault(PLACE, "没有表头"),),
        (UnitDifference("t1", "3", "泊位", "2026-03", "区交通局", "3个", "区财政局", "2个"),),
    )
    supervision._tell(found, is_applied=True)
    assert [line.split("\t") for line in capsys.readouterr().out.splitlines()][:-1] == [
        ["改动", "反馈表.xlsx", "第5行", "3-2", "区交通局", "2026-03", "进展 情况", "旧→新"],
        ["不采用", "反馈表.xlsx", "第5行", "3-2", "完成值", "（空）→（空）", "是错误值"],
        ["问题", "反馈表.xlsx", "第5行", "3-2", "没有表头"],
        ["不一致", "3", "泊位", "2026-03", "区交通局（牵头）报3个", "区财政局报2个"],
    ]


def test_that_a_merge_is_told_in_full() -> None:
    sorts = ("layers", "tasks", "tags", "comments", "decisions", "units", "people", "metadata")
    work = ("progress", "task_moves", "verdicts", "year_targets")
    counts = {name: Count(n, n + 1, n + 2) for n, name in enumerate((*sorts, *work), 1)}
    summary = MergeSummary("r1", "报告", is_new_report=True, entries=7, conflicts=(), **counts)
    assert handing_over._data(summary) == {
        "report": "r1",
        "title": "报告",
        "new_report": True,
        "nothing_new": False,
        "entries": 7,
        **{name: {"new": c.new, "changed": c.changed, "removed": c.removed} for name, c in counts.items()},
    }


def test_that_a_conflict_is_told_in_full() -> None:
    at = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    sides = (
        Side("周宁", at, ("电话：010-1",), is_current=True),
        Side("", None, ("删去",), is_current=False),
    )
    assert handing_over._conflict_data(Conflict("c1", "unit", "r1", "单位 区交通局", sides)) == {
        "id": "c1",
        "kind": "unit",
        "report": "r1",
        "about": "单位 区交通局",
        "sides": [
            {"who": "周宁", "at": "2026-03-02T08:30:00+00:00", "words": ["电话：010-1"], "current": True},
            {"who": "", "at": None, "words": ["删去"], "current": False},
        ],
    }


def test_that_a_conflict_is_told_to_people_whoever_and_whenever_it_was(capsys: Said) -> None:
    at = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    sides = (
        Side("周宁", at, ("电话：010-1", "改名"), is_current=True),
        Side("", None, ("删去",), is_current=False),
    )
    handing_over._tell((Conflict("c1", "unit", "r1", "单位 区交通局", sides),))
    when = at.astimezone().strftime("%Y-%m-%d %H:%M")
    assert capsys.readouterr().out.splitlines() == [
        "冲突\t单位 区交通局",
        f"\t现用\t周宁\t{when}\t电话：010-1；改名",
        "\t待定\t不详\t时间不详\t删去",
    ]


def test_that_what_is_due_is_told_in_full(sample: Path) -> None:
    with Workspace.open(sample) as workspace:
        card = workspace.reports()[0]
        workspace.apply(edits.accept(card.id, workspace.items(card.id)[:1]))
        case = workspace.supervision.cases(card.id)[0]
    late, soon, later = (DueEntry(case, date(2026, 6, day), day - 20) for day in (19, 21, 30))
    missed = replace(case, missed=(period_of("2026-02"), period_of("2026-03")))
    found = DueList(date(2026, 6, 20), (late,), (soon,), (later,), (missed,))
    told = {
        "report": 1,
        "task": case.id,
        "number": 1,
        "title": case.item.task.title,
        "lead": case.row.lead,
        "state": case.state.value,
        "light": case.light.colour.value,
    }
    assert list(supervision._due_data(card, found)) == [
        {**told, "list": "overdue", "due": "2026-06-19", "days": -1},
        {**told, "list": "this_week", "due": "2026-06-21", "days": 1},
        {**told, "list": "this_month", "due": "2026-06-30", "days": 10},
        {**told, "list": "missed", "periods": ["2026-02", "2026-03"]},
    ]


def test_that_a_revision_is_told_in_full(tmp_path: Path, capsys: Said) -> None:
    more = "".join(f"推进第{n}批港口岸线整治和航道疏浚，" for n in "一二三四五六七八九")
    text = f"云港区2026年政府工作报告\n一、主要任务\n新建泊位3个。办好港口开放日。{more}健全长效机制。\n"
    path, new = tmp_path / "云港.duban", tmp_path / "通过稿.txt"
    new.write_text(text.replace("3个", "5个").replace("办好港口开放日。", ""), encoding="utf-8")
    with Workspace.create(path, author="周宁") as workspace:
        report_id = workspace.import_bytes(text.encode(), "报告.txt").id
        workspace.apply(edits.accept(report_id, workspace.items(report_id)))
        layer = workspace.layer(report_id)
    assert cli.main(["revise", str(path), "--report", "1", str(new), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    groups = {"carried", "changed", "orphaned"}
    assert told.keys() == {"report", "applied", "layer", "sentences", "dismissals_forgotten"} | groups
    assert told["layer"] == {"id": layer.id, "author": "周宁"}
    assert all(one.keys() == {"kind", "old", "new", "score", "figure_changed"} for one in told["sentences"])
    things = [thing for group in groups for thing in told[group]]
    names = {"id", "type", "task", "how", "score", "old", "new"}
    figures = {"figure_changed", "old_figures", "new_figures", "needs_person"}
    assert things
    assert all(thing.keys() == names | figures for thing in things)
    assert all(thing["old"].keys() == {"spans", "text"} for thing in things)
    assert all(thing["new"].keys() == {"spans", "text"} for thing in things if thing["new"])


def test_that_a_revision_of_what_nobody_worked_on_has_no_layer(
    tmp_path: Path, home: Path, capsys: Said
) -> None:
    path, new = tmp_path / "云港.duban", tmp_path / "通过稿.txt"
    text = "云港区2026年政府工作报告\n一、主要任务\n新建泊位3个。" + "推进港口岸线整治和航道疏浚。" * 9 + "\n"
    new.write_text(text.replace("3个", "5个"), encoding="utf-8")
    with Workspace.create(path, author="周宁") as workspace:
        workspace.import_bytes(text.encode(), "报告.txt")
    assert cli.main(["revise", str(path), "--report", "1", str(new), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["layer"] is None


def test_that_a_difference_is_told_in_full() -> None:
    made = Difference("t1/lead", "t1", "t1", Field.LEAD, 17, "区交通局", "", "泊位")
    told = {
        "key": "t1/lead",
        "task": "t1",
        "field": "lead",
        "name": "牵头单位",
        "start": 17,
        "about": "泊位",
        "first": "区交通局",
        "second": "",
        "status": "open",
        "choice": None,
    }
    assert review._told_difference(made) == told
    assert review._told_difference(replace(made, start=NOWHERE)) == {**told, "start": None}


def test_that_agreement_is_told_in_full() -> None:
    row = AgreementRow(2, "一、主要任务", "lead", "牵头单位", 5, 4, 3, 0.5, 0.6, 0.7, 0.8, 0.9)
    layer = Layer("l1", "r1", "甲")
    told = review._told(
        layer, replace(layer, id="l2", author="乙"), (), AgreementTable("甲", "乙", 2, (row,))
    )
    assert told == {
        "first": {"layer": "l1", "author": "甲", "state": "draft"},
        "second": {"layer": "l2", "author": "乙", "state": "draft"},
        "differences": [],
        "agreement": {
            "tolerance": 2,
            "rows": [
                {
                    "section": "一、主要任务",
                    "field": "lead",
                    "name": "牵头单位",
                    "first": 5,
                    "second": 4,
                    "compared": 3,
                    "exact_f1": 0.5,
                    "tolerant_f1": 0.6,
                    "share": 0.7,
                    "kappa": 0.8,
                    "alpha": 0.9,
                }
            ],
        },
    }
