"""Ledgers and documents out of a workspace, templates, and the commands: ledger, return, due."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from app import cli
from app.domain.edits import accept, set_lead
from app.domain.errors import UserError
from app.domain.outgoing import units_of
from app.domain.periods import period_of
from app.domain.plan_years import YearTarget
from app.domain.supervising import Case
from app.domain.task_moves import TaskMoveName
from app.domain.tasks import Owner, Role
from app.ledger.layout import Face, built_in, dump
from app.ledger.manner import dump_manner, manner
from app.workspace import Workspace
from app.workspace.outgoing import DOCUMENTS, Wanted
from app.workspace.supervising import Report

GIVEN_OUT = (TaskMoveName.REGISTER, TaskMoveName.DECOMPOSE, TaskMoveName.DISPATCH)
SPRING = date(2030, 3, 10)
MARCH = period_of("2026-03")
SECOND = (
    "云港区2025年政府工作报告\n\n一、重点任务\n\n"
    + "新建泊位3个，6月底前完成航道疏浚，办好港口开放日，坚持依法行政。\n" * 6
)


@pytest.fixture
def report_id(sample: Workspace) -> str:
    """The sample report, confirmed and given out."""
    card = sample.reports()[0]
    sample.apply(accept(card.id, sample.items(card.id)))
    ids = [case.id for case in sample.supervision.cases(card.id)]
    for name in GIVEN_OUT:
        sample.supervision.make_move(card.id, ids, name)
    return card.id


@pytest.fixture(autouse=True)
def in_spring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.workspace.supervising._today", lambda: SPRING)


def first_unit(workspace: Workspace, report_id: str) -> str:
    return units_of(workspace.supervision.cases(report_id))[0]


def typed_into(path: Path, title: str, value: str, line: int = 4) -> None:
    book = load_workbook(path)
    page = book.worksheets[0]
    titles = [cell.value for cell in page[3]]
    page.cell(line, titles.index(title) + 1).value = value
    book.save(path)


# --- layouts


@pytest.mark.parametrize("key", sorted(built_in()))
def test_that_every_layout_is_written_as_its_preview_shows(
    sample: Workspace, report_id: str, tmp_path: Path, key: str
) -> None:
    wanted = Wanted(period=MARCH)
    out = tmp_path / "a.xlsx"
    assert sample.supervision.export_layout(key, out, report_id, wanted) == (out,)
    shown = sample.supervision.tables(key, report_id, replace(wanted, unit=first_unit(sample, report_id)))
    page = load_workbook(out).worksheets[0]
    assert page["A1"].value == shown[0].title
    assert [c.value for c in page[3]] == [column.title for column in shown[0].plan.columns]


def test_that_each_unit_has_a_file_of_its_own_known_by_its_marks(
    sample: Workspace, report_id: str, tmp_path: Path
) -> None:
    files = sample.supervision.export_layout("units", tmp_path / "反馈表", report_id, Wanted(period=MARCH))
    units = units_of(sample.supervision.cases(report_id))
    assert [file.name for file in files] == [f"督查事项反馈表（{unit}）.xlsx" for unit in units]
    found = sample.supervision.preview_return(files)
    assert [(told.unit, told.period) for told in found.files] == [(unit, "2026-03") for unit in units]
    assert (found.is_clean, found.changes) == (True, ())
    (only,) = sample.supervision.export_layout("units", tmp_path / "一家", report_id, Wanted(units[1], MARCH))
    assert only.name == f"督查事项反馈表（{units[1]}）.xlsx"


def test_that_one_workbook_of_all_units_comes_back_sheet_by_sheet(
    sample: Workspace, report_id: str, tmp_path: Path
) -> None:
    (out,) = sample.supervision.export_layout(
        "units", tmp_path / "全部.xlsx", report_id, Wanted(period=MARCH)
    )
    typed_into(out, "进展情况", "已开工。")
    found = sample.supervision.preview_return([out])
    assert [(c.unit, c.after) for c in found.changes] == [(first_unit(sample, report_id), "已开工。")]
    assert found.is_clean


def test_that_the_whole_ledger_asks_whose_it_is(sample: Workspace, report_id: str, tmp_path: Path) -> None:
    (out,) = sample.supervision.export_layout("supervision", tmp_path / "台账.xlsx", report_id)
    typed_into(out, "进展情况", "已开工。")
    typed_into(out, "截至日期", "2026-03-31")
    asked = sample.supervision.preview_return([out])
    assert [told.needs_unit for told in asked.files] == [True]
    assert asked.change.edits == ()
    case = sample.supervision.cases(report_id)[0]
    found = sample.supervision.preview_return([out], {"台账.xlsx": "各牵头单位"})
    assert [(c.unit, c.period, c.after) for c in found.changes] == [(case.row.lead, "2026-03", "已开工。")]


def test_that_numbers_stand_still_once_a_ledger_has_gone_out(
    sample: Workspace, report_id: str, tmp_path: Path
) -> None:
    assert sample.issued_numbers(report_id) == {}
    sample.supervision.export_layout("supervision", tmp_path / "a.xlsx", report_id)
    assert len(sample.issued_numbers(report_id)) == len(sample.items(report_id))


def test_that_a_unit_nobody_knows_is_refused(sample: Workspace, report_id: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有由“区某局”承担的任务"):
        sample.supervision.export_layout("units", tmp_path / "a.xlsx", report_id, Wanted("区某局"))


def test_that_a_folder_that_cannot_be_made_is_told(sample: Workspace, report_id: str, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x", encoding="utf-8")
    with pytest.raises(UserError, match=r"不能在“.*文件”建文件夹"):
        sample.supervision.export_layout("units", tmp_path / "文件", report_id)


# --- documents


@pytest.mark.parametrize("key", ["division", "bulletin"])
def test_that_a_document_of_the_whole_is_one_file(
    sample: Workspace, report_id: str, tmp_path: Path, key: str
) -> None:
    sample.supervision.set_office("云港区政府督查室")
    out = tmp_path / "a.docx"
    assert sample.supervision.export_layout(key, out, report_id) == (out,)
    text = "\n".join(p.text for p in Document(str(out)).paragraphs)
    assert "云港区" in text
    assert "政府督查室" in text.replace("\n", "")


def test_that_a_report_of_one_year_has_no_mid_term_evaluation(
    sample: Workspace, report_id: str, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="只管一年，没有中期评估"):
        sample.supervision.export_layout("evaluation", tmp_path / "a.docx", report_id)
    assert list(tmp_path.glob("*.docx")) == []


def test_that_a_plans_evaluation_tells_every_target_with_who_leads_it(
    empty: Workspace, tmp_path: Path
) -> None:
    text = (
        "云港区国民经济和社会发展第十五个五年规划纲要（2026—2030年）\n\n一、发展目标\n\n"
        + "到2030年，新建泊位12个，港口吞吐量达到3000万吨。办好港口开放日，推进港城融合发展。\n" * 4
    )
    report_id = empty.import_bytes(text.encode(), "规划.txt").id
    item = next(i for i in empty.items(report_id) if "泊位" in i.task.quote)
    empty.apply(set_lead(report_id, item, Owner(Role.LEAD, "区交通局")))
    empty.supervision.export_layout("evaluation", tmp_path / "a.docx", report_id)
    rows = [
        [cell.text for cell in row.cells]
        for table in Document(str(tmp_path / "a.docx")).tables
        for row in table.rows
    ]
    assert any("泊位" in "".join(row) and "区交通局" in row for row in rows)


@pytest.mark.parametrize(
    ("on", "wanted", "period"),
    [
        (date(2026, 1, 31), None, "2026年1月"),
        (date(2026, 2, 1), None, "2026年1月"),
        (date(2026, 4, 30), None, "2026年3月"),
        (date(2026, 4, 30), "2026-04", "2026年4月"),
    ],
)
def test_that_a_bulletin_is_of_the_last_period_that_is_over(
    sample: Workspace, report_id: str, tmp_path: Path, on: date, wanted: str | None, period: str
) -> None:
    asked = Wanted(period=period_of(wanted) if wanted else None, on=on)
    sample.supervision.export_layout("bulletin", tmp_path / "a.docx", report_id, asked)
    text = "".join(p.text for p in Document(str(tmp_path / "a.docx")).paragraphs)
    assert f"现将{period}《" in text


@pytest.mark.parametrize("key", ["notice", "reminder"])
def test_that_each_unit_has_a_document_of_its_own(
    sample: Workspace, report_id: str, tmp_path: Path, key: str
) -> None:
    files = sample.supervision.export_layout(key, tmp_path / "文", report_id)
    assert len(files) > 3
    name = DOCUMENTS[key].name
    assert {f.name.partition("（")[0] for f in files} == {name}
    unit = files[0].stem.removeprefix(f"{name}（").removesuffix("）")
    assert f"{unit}：" in [p.text for p in Document(str(files[0])).paragraphs]
    (one,) = sample.supervision.export_layout(key, tmp_path / "一.docx", report_id, Wanted(unit))
    assert one == tmp_path / "一.docx"


def test_that_a_plans_years_are_what_is_expected_of_it(sample: Workspace, report_id: str) -> None:
    case = next(c for c in sample.supervision.cases(report_id) if c.goals)
    goal = case.goals[0].id
    years = [YearTarget(goal, 2026, 1.0)]
    sample.apply(sample.supervision.year_targets_change(report_id, years))
    found = {e.goal.id: e for e in sample.supervision.evaluations(report_id)}
    assert found[goal].year == 2026
    assert len(found) == sum(len(c.goals) for c in sample.supervision.cases(report_id))


def test_that_a_year_is_evaluated_by_what_was_reported_up_to_it(sample: Workspace, report_id: str) -> None:
    supervision = sample.supervision
    case = next(c for c in supervision.cases(report_id) if c.goals)
    goal = case.goals[0].id

    def told(year: int) -> str:
        found = {e.goal.id: e for e in supervision.evaluations(report_id, year)}
        figure = found[goal].figure
        return figure.words if figure else ""

    for period, words in (("2026-12", "1"), ("2027-01", "2")):
        supervision.record_progress(report_id, case.id, Report(case.row.lead, period, {goal: words}))
    assert [told(year)[:1] for year in (2025, 2026, 2027)] == ["", "1", "2"]
    assert supervision.evaluations(report_id)[0].year == 2026


# --- templates


def test_that_a_layout_is_edited_shared_and_taken_back(sample: Workspace, tmp_path: Path) -> None:
    supervision = sample.supervision
    layout = supervision.template("units")
    sheet = layout.sheets[0]
    columns = tuple(replace(c, title="本月完成") if c.field == "actual" else c for c in sheet.columns)
    edited = replace(layout, sheets=(replace(sheet, columns=columns),))
    supervision.set_template("units", edited)
    assert supervision.template("units") == edited == supervision.templates()["units"]
    assert sample.history(limit=1)[0].label == "修改台账模板“督查事项反馈表”"
    supervision.save_template("units", tmp_path / "a.json")
    supervision.set_template("units", None)
    assert supervision.template("units") == layout
    assert supervision.load_template("units", tmp_path / "a.json") == edited
    text = (tmp_path / "a.json").read_text(encoding="utf-8").replace('"reported_by"', '"nonsense"')
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="不认识的列“nonsense”"):
        supervision.load_template("units", tmp_path / "a.json")
    assert supervision.template("units") == edited


def test_that_a_template_of_another_layout_is_refused(sample: Workspace, tmp_path: Path) -> None:
    supervision = sample.supervision
    supervision.save_template("units", tmp_path / "a.json")
    with pytest.raises(UserError, match="这是“督查事项反馈表”的模板，不能用作“督查台账”的"):
        supervision.load_template("supervision", tmp_path / "a.json")
    assert supervision.template("supervision") == built_in()["supervision"]


def test_that_templates_that_are_refused_by_now_are_those_that_were_brought_along(sample: Workspace) -> None:
    nameless = Face(" ", 12)  # was once allowed
    supervision, layout, own = sample.supervision, built_in()["units"], manner()
    sample.set_setting(
        "template:units", dump(replace(layout, fonts={**layout.fonts, "body": nameless}, paper="A3"))
    )
    sample.set_setting("template:documents", dump_manner(replace(own, fonts={**own.fonts, "body": nameless})))
    assert supervision.template("units") == layout
    assert supervision.manner() == own
    assert supervision.layout_names()["units"] == layout.name


def test_that_the_words_of_documents_are_edited_and_taken_back(
    sample: Workspace, report_id: str, tmp_path: Path
) -> None:
    supervision = sample.supervision
    edited = replace(manner(), texts={**manner().texts, "division_title": "《{报告}》任务分工"})
    supervision.set_manner(edited)
    assert supervision.manner() == edited
    assert sample.history(limit=1)[0].label == "修改公文模板"
    supervision.export_layout("division", tmp_path / "a.docx", report_id)
    said = "".join(p.text for p in Document(str(tmp_path / "a.docx")).paragraphs[:1])
    assert said == "《云港区2026年政府工作报告》任务分工"
    with pytest.raises(UserError, match=r"不认识的名称“\{天气\}”"):
        supervision.set_manner(replace(edited, texts={**edited.texts, "notice_opening": "{天气}"}))
    assert supervision.manner() == edited
    supervision.set_manner(None)
    assert supervision.manner() == manner()
    assert sample.history(limit=1)[0].label == "恢复公文模板"


def test_that_layouts_are_found_by_either_name(sample: Workspace) -> None:
    supervision = sample.supervision
    assert supervision.layout_key("督查台账") == "supervision" == supervision.layout_key(" supervision ")
    assert supervision.layout_key("催办通知") == "reminder"
    with pytest.raises(UserError, match=r"没有叫“台帐”的版式。可用的有：.*督查台账（supervision）"):
        supervision.layout_key("台帐")


# --- commands


def closed(workspace: Workspace) -> str:
    path = str(workspace.path)
    workspace.close()
    return path


def case_of(workspace: Workspace, report_id: str) -> Case:
    return next(c for c in workspace.supervision.cases(report_id) if c.row.lead)


def test_that_forms_go_out_and_come_back_by_command(
    sample: Workspace, report_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unit, path = first_unit(sample, report_id), closed(sample)
    out = tmp_path / "反馈"
    words = [
        "ledger",
        path,
        "--layout",
        "督查事项反馈表",
        "--period",
        "2026-03",
        "--unit",
        unit,
        "-o",
        str(out),
    ]
    assert cli.main(words) == 0
    (file,) = out.iterdir()
    assert capsys.readouterr().out == f"已写出 {file}\n"
    typed_into(file, "进展情况", "已\n开工。")
    assert cli.main(["return", path, str(file)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].split("\t")[:3] == ["改动", file.name, "第4行"]
    assert said[0].split("\t")[4:] == [unit, "2026-03", "进展情况", "（空）→已 开工。"]
    assert (
        said[-1] == "读取1个文件，改动1格；不采用0格，有问题的0行，不采用的文件0个（未写入，加 --apply 写入）"
    )
    assert cli.main(["return", path, str(file), "--apply", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["applied"], told["files"][0]["changed"], told["changes"][0]["after"]) == (
        True,
        1,
        "已\n开工。",
    )
    assert cli.main(["return", path, str(file), "--apply"]) == 0
    assert "改动0格" in capsys.readouterr().out


def test_that_what_is_refused_is_told_and_fails(
    sample: Workspace, report_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = sample.supervision.export_layout("units", tmp_path / "表", report_id, Wanted(period=MARCH))
    path = closed(sample)
    typed_into(files[0], "完成时限", "2099年")
    typed_into(files[0], "标识", "x", line=5)
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"no")
    assert cli.main(["return", path, str(files[0]), str(bad), "--apply"]) == 1
    said = capsys.readouterr()
    assert [line.split("\t")[0] for line in said.out.splitlines()[:-1]] == ["不采用", "问题"]
    assert "坏.xlsx：“坏.xlsx”不是 Excel 工作簿" in said.err
    assert "是旧表：有1行的任务已不在台账里" in said.err
    assert cli.main(["return", path, str(bad), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["files"][0]["refused"].startswith("“坏.xlsx”不是")


def test_that_whose_a_ledger_is_can_be_told_by_command(
    sample: Workspace, report_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (out,) = sample.supervision.export_layout("supervision", tmp_path / "台账.xlsx", report_id)
    lead, path = sample.supervision.cases(report_id)[0].row.lead, closed(sample)
    typed_into(out, "进展情况", "已开工。")
    typed_into(out, "截至日期", "2026-03-31")
    assert cli.main(["return", path, str(out)]) == 1
    assert "没有写明是哪个单位报的" in capsys.readouterr().err
    for words in (["--by-leads"], ["--unit", lead]):
        assert cli.main(["return", path, str(out), *words]) == 0
        assert f"\t{lead}\t2026-03\t进展情况\t（空）→已开工。" in capsys.readouterr().out


def test_that_the_due_list_is_told_in_words_and_json(
    sample: Workspace, report_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = sample.supervision.due(report_id, date(2030, 1, 2))
    path = closed(sample)
    assert cli.main(["due", path, "--on", "2030-01-02"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert f"（2030-01-02）：已超期{len(found.overdue)}项，本周到期0项，本月到期0项" in said[0]
    assert len(said) == 1 + len(found.overdue) + len(found.missed)
    assert cli.main(["due", path, "--on", "2030-01-02", "--json", "--report", "1"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [entry["list"] for entry in told] == ["overdue"] * len(found.overdue) + ["missed"] * len(
        found.missed
    )
    assert told[0]["due"] == found.overdue[0].day.isoformat()
    with pytest.raises(SystemExit):
        cli.main(["due", path, "--on", "昨天"])


def test_that_a_command_says_which_layouts_and_reports_there_are(
    sample: Workspace, report_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample.import_bytes(SECOND.encode(), "二.txt")
    path = closed(sample)
    assert cli.main(["ledger", path, "--layout", "无", "-o", str(tmp_path / "a.xlsx")]) == 1
    assert "没有叫“无”的版式" in capsys.readouterr().err
    assert cli.main(["ledger", path, "--layout", "督查台账", "-o", str(tmp_path / "a.xlsx")]) == 1
    assert "工作区里有2份报告，请用 --report 指明一份" in capsys.readouterr().err
    assert (
        cli.main(["ledger", path, "--layout", "督查台账", "--report", "1", "-o", str(tmp_path / "a.xlsx")])
        == 0
    )
    with pytest.raises(SystemExit):
        cli.main(["ledger", path, "--unit", "区科技局", "-o", str(tmp_path / "b.xlsx")])
    assert "要和 --layout 一起用" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stopped:
        cli.main(["ledger", "--help"])
    said = capsys.readouterr().out
    assert stopped.value.code == 0
    assert all(document.name in said and key in said for key, document in DOCUMENTS.items())
    assert all(key in said for key in built_in())
