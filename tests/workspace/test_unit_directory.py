"""The unit directory of a stored workspace: used units, renamed tags, workbooks in and out, the command."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app import cli
from app.domain import edits, unit_edits
from app.domain.tasks import Item, Owner
from app.domain.units import Unit
from app.workspace import Workspace

DAY = date(2026, 3, 1)


def unit(workspace: Workspace, code: str) -> Unit:
    return next(u for u in workspace.units() if u.code == code)


def items(workspace: Workspace) -> tuple[Item, ...]:
    return workspace.items(workspace.report(1).id)


def led(workspace: Workspace, code: str) -> list[Item]:
    return [
        i
        for i in items(workspace)
        if i.lead and isinstance(i.lead.value, Owner) and i.lead.value.code == code
    ]


def owner(item: Item) -> Owner:
    assert item.lead is not None
    assert isinstance(item.lead.value, Owner)
    return item.lead.value


def accept_first(workspace: Workspace, code: str) -> Item:
    """Confirm the first task that a code leads; returns it as stored."""
    first = led(workspace, code)[0]
    workspace.apply(edits.accept(workspace.report(1).id, [first]))
    return next(i for i in items(workspace) if i.task.origin == first.task.origin)


# --- edits


def test_that_a_unit_is_used_once_a_task_names_it(sample: Workspace) -> None:
    science = unit(sample, "科技")
    assert not sample.is_unit_used(science.id)
    assert sample.tags_of_unit(science.id) == ()
    item = accept_first(sample, "科技")
    assert sample.is_unit_used(science.id)
    assert item.lead in sample.tags_of_unit(science.id)
    assert not sample.is_unit_used(unit(sample, "海关").id)


def test_that_a_renamed_unit_is_renamed_in_suggested_and_stored_tasks_and_back(sample: Workspace) -> None:
    item = accept_first(sample, "科技")
    science = unit(sample, "科技")
    done = sample.apply(
        unit_edits.rename(
            sample.units(),
            science,
            "区科学技术和数据局",
            "区科创局",
            sample.initials,
            sample.tags_of_unit(science.id),
        )
    )
    assert {owner(i).name for i in led(sample, "科技")} == {"区科创局"}
    assert unit(sample, "科技").initials == "qkcj"
    assert "区科技局" in unit(sample, "科技").aliases
    sample.apply(done.inverse())
    assert {owner(i).name for i in led(sample, "科技")} == {"区科技局"}
    again = next(i for i in items(sample) if i.task.id == item.task.id)
    assert owner(again) == owner(item)
    assert replace(unit(sample, "科技"), version=0) == replace(science, version=0)
    assert sample.verify_log() == []


def test_that_tasks_of_a_merged_unit_are_proposed_to_its_successor_and_decisions_stand(
    sample: Workspace,
) -> None:
    item = accept_first(sample, "科技")
    count = len(led(sample, "科技"))
    assert count > 2
    industry = unit(sample, "工信")
    before = len(led(sample, "工信"))
    sample.apply(unit_edits.succeed(unit(sample, "科技"), industry, DAY))
    assert [owner(i) for i in led(sample, "科技")] == [owner(item)]
    assert len(led(sample, "工信")) == before + count - 1
    proposed = [owner(i) for i in led(sample, "工信") if not i.lead or i.lead.version == 0]
    assert {(o.name, o.unit_id) for o in proposed} == {(industry.short_name, industry.id)}


def test_that_a_ledger_says_the_directory_s_people_until_a_task_names_others(
    sample: Workspace, tmp_path: Path
) -> None:
    item = accept_first(sample, "科技")
    science = unit(sample, "科技")
    sample.apply(
        unit_edits.change(
            sample.units(), science, sample.initials, leader="李若川", person="周宁", telephone="022-1"
        )
    )

    def cells() -> tuple[str, str]:
        out = tmp_path / "台账.xlsx"
        sample.export_ledger(out)
        rows = load_workbook(out)["任务分解表"].iter_rows(min_row=4, values_only=True)
        row = next(r for r in rows if r[-1] == item.task.id)
        return str(row[5]), str(row[10])

    assert cells() == ("李若川", "责任人：周宁（022-1）")
    now = next(i for i in items(sample) if i.task.id == item.task.id)
    assert (now.task.leader, now.task.person) == ("", "")
    sample.apply(edits.change_task(sample.report(1).id, now, leader="赵启航", person="陈立"))
    assert cells() == ("赵启航", "责任人：陈立")


# --- workbooks


def test_that_an_exported_directory_changes_nothing_when_it_comes_back(
    empty: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "名录.xlsx"
    assert empty.export_units(out) == len(empty.units())
    found = empty.read_units(out)
    assert (found.differences, found.misread, found.same) == ((), (), len(empty.units()))


def test_that_a_sheet_is_applied_as_one_change_and_taken_back(empty: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "名录.xlsx"
    empty.export_units(out)
    book = load_workbook(out)
    sheet = book.worksheets[0]
    sheet["F5"], sheet["H5"] = "李若川", "022-1"
    sheet.append([None, "水务", "区海洋局", None, "海洋局"])
    sheet.append([None, "海洋", "区渔业局"])
    book.save(out)
    before = empty.units()
    found = empty.read_units(out)
    assert (len(found.added), len(found.changed), len(found.misread)) == (1, 1, 1)
    assert empty.units() == before
    done = empty.apply(found.change)
    assert empty.units()[1].leader == "李若川"
    assert empty.units()[-1].initials == "qhyj"
    assert empty.history()[0].label == "导入单位名录（2项）"
    again = empty.read_units(out)
    assert again.differences == ()
    assert len(again.misread) == 1
    empty.apply(done.inverse())
    assert [replace(u, version=0) for u in empty.units()] == [replace(u, version=0) for u in before]


def test_that_a_renaming_by_workbook_reaches_stored_tasks(sample: Workspace, tmp_path: Path) -> None:
    item = accept_first(sample, "科技")
    out = tmp_path / "名录.xlsx"
    sample.export_units(out)
    book = load_workbook(out)
    book.worksheets[0]["D7"] = "区科创局"
    book.save(out)
    sample.apply(sample.read_units(out).change)
    now = next(i for i in items(sample) if i.task.id == item.task.id)
    assert owner(now) == replace(owner(item), name="区科创局")


# --- the command


def run(*words: str) -> int:
    code = cli.main(words)
    assert isinstance(code, int)
    return code


def test_that_the_command_lists_exports_and_imports(
    empty: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = str(empty.path), tmp_path / "名录.xlsx"
    empty.apply(unit_edits.close(unit(empty, "海关"), DAY))
    empty.close()
    assert run("units", path) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "发改\t区发改委\t区发展和改革委员会\t\t\t\t有效"
    assert [line.split("\t")[1] for line in lines if line.endswith("已停用")] == ["海关"]
    assert run("units", path, "--export", str(out)) == 0
    assert capsys.readouterr().out == f"已写出 {out}：53个单位\n"
    book = load_workbook(out)
    book.worksheets[0]["F5"] = "李若川"
    book.save(out)
    assert run("units", path, "--import", str(out)) == 0
    assert capsys.readouterr().out == (
        "修改\t区发改委\t分管领导 （空）→李若川\n新增0个，修改1个，不变52个（未写入，加 --apply 写入）\n"
    )
    assert run("units", path, "--import", str(out), "--apply") == 0
    assert "（已写入）" in capsys.readouterr().out
    with Workspace.open(empty.path) as workspace:
        assert unit(workspace, "发改").leader == "李若川"


def test_that_the_command_names_rows_it_does_not_understand_and_fails(
    empty: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "名录.xlsx"
    empty.export_units(out)
    book = load_workbook(out)
    book.worksheets[0].append([None, "海洋", "区渔业局"])
    book.worksheets[0].append([None, "水务", "区海洋局"])
    book.save(out)
    empty.close()
    assert run("units", str(empty.path), "--import", str(out), "--apply") == 1
    told = capsys.readouterr()
    assert told.err == "duban: 第57行 区渔业局：职能代码“海洋”不在清单里。\n"
    assert told.out.startswith("新增\t区海洋局\t序号 （空）→54；职能代码 （空）→水务；")
    with Workspace.open(empty.path) as workspace:
        assert len(workspace.units()) == 54


def test_that_applying_needs_something_to_import(
    empty: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    empty.close()
    with pytest.raises(SystemExit) as stop:
        run("units", str(empty.path), "--apply")
    assert stop.value.code == 2
    assert "--import" in capsys.readouterr().err
