"""Forms that went out before the tasks were edited or the report revised: an untouched cell says nothing."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from app.domain import edits
from app.domain.changes import Change, Edit
from app.domain.judged import Verdict
from app.domain.lights import LightRule
from app.domain.periods import Cycle, period_of
from app.domain.returned import ReturnPreview
from app.domain.returning import NO_REPORT, OLD_VERSION
from app.domain.returning_rows import LOCKED
from app.domain.supervising import Case
from app.domain.tasks import Deadline, DeadlineKind, Item, Tag, TagKind, Target, Task
from app.ledger.marks import SHEET
from app.reading.formats import office
from app.workspace import Workspace
from app.workspace.outgoing import Wanted
from app.workspace.work_then import before

HEADER = 3
MARCH = period_of("2026-03")


@pytest.fixture(autouse=True)
def in_april(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.workspace.supervising._today", lambda: date(2026, 4, 25))


@pytest.fixture
def report_id(sample: Workspace) -> str:
    card = sample.reports()[0]
    sample.apply(edits.accept(card.id, sample.items(card.id)))
    return card.id


def led(workspace: Workspace, report_id: str) -> Case:
    """A task with several targets, and a lead."""
    found = workspace.supervision.cases(report_id)
    return next(c for c in found if len(c.goals) > 1 and c.row.lead)


def led_by_another(workspace: Workspace, report_id: str, case: Case) -> str:
    found = workspace.supervision.cases(report_id)
    return next(c.row.lead for c in found if c.row.lead not in ("", case.row.lead))


def sent(workspace: Workspace, report_id: str, out: Path, unit: str) -> Path:
    wanted = Wanted(unit, MARCH)
    return workspace.supervision.export_layout("units", out / "forms", report_id, wanted)[0]


def filled(path: Path, task_number: int, title: str, value: str) -> None:
    """Type into the first row of a task."""
    book = load_workbook(path)
    page = book.worksheets[0]
    places = {cell.value: cell.column for cell in page[HEADER]}
    for line in range(HEADER + 1, page.max_row + 1):
        if str(page.cell(line, places["编号"]).value).split("-")[0] == str(task_number):
            page.cell(line, places[title]).value = value
            break
    book.save(path)


def reword(item: Item, report_id: str) -> Change:
    return edits.change_task(report_id, item, summary="改写过的督查事项")


def retarget(item: Item, report_id: str) -> Change:
    tag = item.of_kind(TagKind.TARGET)[0]
    assert isinstance(tag.value, Target)
    return edits.change_tag(report_id, item, tag, replace(tag.value, low=987.0, high=None), "987")


def postpone(item: Item, report_id: str) -> Change:
    return edits.set_deadline(report_id, item, Deadline(DeadlineKind.EXPLICIT, date(2026, 9, 30)), "9月底前")


@pytest.mark.parametrize("edit", [reword, retarget, postpone])
def test_that_what_was_edited_since_is_nobodys_doing_and_what_was_tampered_with_is_refused(
    sample: Workspace, report_id: str, tmp_path: Path, edit: Callable[[Item, str], Change]
) -> None:
    case = led(sample, report_id)
    form = sent(sample, report_id, tmp_path, case.row.lead)
    sample.apply(edit(case.item, report_id))
    filled(form, case.row.number, "进展情况", "已开工。")
    found = sample.supervision.preview_return([form])
    assert [(c.field, c.after) for c in found.changes] == [("text", "已开工。")]
    assert found.is_clean
    filled(form, case.row.number, "完成时限", "2099年底前")
    found = sample.supervision.preview_return([form])
    assert [(c.after, c.why) for c in found.refused] == [("2099年底前", LOCKED)]


def test_that_a_form_from_before_a_revision_is_named_and_held_against_the_old_version(
    sample: Workspace, report_id: str, tmp_path: Path
) -> None:
    case = led(sample, report_id)
    form = sent(sample, report_id, tmp_path, case.row.lead)
    text = sample.reading(report_id).source.text
    assert "推进" in text
    data = text.replace("推进", "加快推进").encode()
    newer = sample.apply_revision(sample.revise_bytes(report_id, data, "二稿.txt")).card.id
    filled(form, case.row.number, "进展情况", "已开工。")

    def told() -> ReturnPreview:
        return sample.supervision.preview_return([form])

    found = told()
    assert found.files[0].notes == (OLD_VERSION,)
    assert [(c.field, c.after) for c in found.changes] == [("text", "已开工。")]
    assert found.is_clean
    assert found.change.report_id == newer
    filled(form, case.row.number, "牵头单位", "别的单位")
    assert [(c.after, c.why) for c in told().refused] == [("别的单位", LOCKED)]


@pytest.mark.parametrize(("named", "refused", "count"), [("report-elsewhere", NO_REPORT, 0), (None, "", 1)])
def test_that_a_form_that_names_no_report_that_is_here_is_told_of_or_known_by_its_rows(
    sample: Workspace, report_id: str, tmp_path: Path, named: str | None, refused: str, count: int
) -> None:
    case = led(sample, report_id)
    form = sent(sample, report_id, tmp_path, case.row.lead)
    filled(form, case.row.number, "进展情况", "已开工。")
    book = load_workbook(form)
    del book.custom_doc_props["duban.report"]
    for row in book[SHEET].iter_rows():
        if row[0].value == "report":
            row[1].value = named
    book.save(form)
    found = sample.supervision.preview_return([form])
    assert found.files[0].refused == refused
    assert len(found.changes) == count


@pytest.mark.parametrize(("day", "key"), [(date(2026, 4, 25), "2026-03"), (date(2026, 4, 26), "2026-04")])
def test_that_a_form_is_for_the_period_that_is_collected_where_none_is_named(
    sample: Workspace, report_id: str, tmp_path: Path, day: date, key: str
) -> None:
    case, supervision = led(sample, report_id), sample.supervision
    form = supervision.export_layout("units", tmp_path / "a", report_id, Wanted(case.row.lead, on=day))[0]
    filled(form, case.row.number, "进展情况", "已开工。")
    found = supervision.preview_return([form], on=date(2026, 5, 1))
    assert [c.period for c in found.changes] == [key]
    assert found.files[0].period == key
    (table, *_) = supervision.tables("units", report_id, Wanted(case.row.lead, on=day))
    assert f"报送期：{period_of(key).words}" in table.subtitle
    (whole, *_) = supervision.tables("supervision", report_id, Wanted(on=day))
    assert "报送期" not in whole.subtitle


def test_that_the_day_of_feedback_and_the_cycle_say_what_is_collected(
    sample: Workspace, report_id: str
) -> None:
    supervision, day = sample.supervision, date(2026, 4, 10)
    supervision.set_light_rule(LightRule(feedback_day=9))
    unit = led(sample, report_id).row.lead
    assert "报送期：2026年4月 " in supervision.tables("units", report_id, Wanted(unit, on=day))[0].subtitle
    supervision.set_cycle(Cycle.QUARTERLY)
    words = supervision.tables("units", report_id, Wanted(unit, on=day))[0].subtitle
    assert "报送期：2026年第二季度" in words


def test_that_files_of_the_same_name_come_from_their_folders_and_the_same_file_counts_once(
    sample: Workspace, report_id: str, tmp_path: Path
) -> None:
    case = led(sample, report_id)
    forms = []
    for folder, unit in zip("甲乙", (case.row.lead, led_by_another(sample, report_id, case)), strict=True):
        (tmp_path / folder).mkdir()
        form = sent(sample, report_id, tmp_path, unit).rename(tmp_path / folder / "反馈表.xlsx")
        forms.append(form)
    filled(forms[0], case.row.number, "进展情况", "已开工。")
    found = sample.supervision.preview_return([*forms, forms[0]])
    assert [told.name for told in found.files] == ["甲/反馈表.xlsx", "乙/反馈表.xlsx"]
    assert [(c.place.file, c.after) for c in found.changes] == [("甲/反馈表.xlsx", "已开工。")]
    sample.supervision.apply_return(found)
    assert [p.source for p in sample.supervision.progress(report_id)] == ["甲/反馈表.xlsx"]
    forms[1].write_bytes(b"no workbook")
    broken = sample.supervision.preview_return(forms)
    assert [told.name for told in broken.files if told.refused] == ["乙/反馈表.xlsx"]


def test_that_a_form_is_not_for_a_time_before_the_report(sample: Workspace, report_id: str) -> None:
    unit, day = led(sample, report_id).row.lead, date(2026, 1, 10)
    (table, *_) = sample.supervision.tables("units", report_id, Wanted(unit, on=day))
    assert "报送期：2026年1月 " in table.subtitle


def test_that_an_edit_is_taken_back_whatever_came_later_with_an_older_clock(
    sample: Workspace, report_id: str, tmp_path: Path
) -> None:
    case = led(sample, report_id)
    form = sent(sample, report_id, tmp_path, case.row.lead)
    sample.apply(reword(case.item, report_id))
    other = next(i for i in sample.items(report_id) if i.task.id != case.id)
    sample.apply(edits.change_task(report_id, other, remarks="别处改的"))
    with sample._store.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE change_log SET at = '2026-01-01 00:00:00.000000' WHERE seq = (SELECT max(seq) FROM change_log)"
        )
    filled(form, case.row.number, "进展情况", "已开工。")
    found = sample.supervision.preview_return([form])
    assert [(c.field, c.after) for c in found.changes] == [("text", "已开工。")]
    assert found.is_clean


# --- taking edits back


def tag(name: str, text: str, layer: str = "layer") -> Tag:
    return Tag(name, layer, "甲", TagKind.STANDARD, (), text, None, version=1)


def task(summary: str, layer: str = "layer") -> Task:
    return Task("甲", layer, (), "原文", summary=summary, is_confirmed=True, version=1)


def test_that_items_read_as_before_the_edits_the_newest_first() -> None:
    now = (Item(task("三"), (tag("a", "新"), tag("b", "同"))), Item(replace(task("乙"), id="乙"), ()))
    later = [
        Edit(task("二"), task("三")),
        Edit(task("一"), task("二")),
        Edit(tag("a", "旧"), tag("a", "新")),
        Edit(None, tag("b", "同")),
        Edit(tag("c", "删去的"), None),
    ]
    (first, second) = before(now, later)
    assert first == Item(task("一"), (tag("a", "旧"), tag("c", "删去的")))
    assert second is now[1]


def test_that_edits_of_other_layers_tasks_and_things_take_nothing_back() -> None:
    now = (Item(task("三"), (tag("a", "新"),)),)
    verdict = Verdict("甲", "r", "t", True, "p", "周宁", datetime(2026, 4, 1, tzinfo=UTC))
    others = [
        Edit(task("二", "别层"), task("三", "别层")),
        Edit(tag("a", "旧", "别层"), tag("a", "新", "别层")),
        Edit(replace(task("二"), id="丙"), None),
        Edit(None, task("三")),
        Edit(None, verdict),
    ]
    assert before(now, others) == now


# --- a workbook saved as .xls by mistake


@pytest.mark.skipif(office.office_program() is None, reason="LibreOffice is not installed")
def test_that_an_old_workbook_is_read_through_an_installed_office(
    sample: Workspace, report_id: str, tmp_path: Path
) -> None:
    case = led(sample, report_id)
    form = sent(sample, report_id, tmp_path, case.row.lead)
    filled(form, case.row.number, "进展情况", "已完成主体工程。")
    plain = sample.supervision.preview_return([form])
    old = saved_as_xls(form)
    form.unlink()
    found = sample.supervision.preview_return([old])
    assert [file.name for file in found.files] == [old.name]
    assert [(c.task_id, c.title, c.after) for c in found.changes] == [
        (c.task_id, c.title, c.after) for c in plain.changes
    ]
    assert [c.after for c in found.changes] == ["已完成主体工程。"]
    assert found.is_clean


def test_that_an_old_workbook_that_is_none_of_ours_is_refused_by_its_own_name(
    sample: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "made.xlsx"
    Workbook().save(made)
    monkeypatch.setattr(office, "office_program", lambda: "soffice")
    monkeypatch.setattr(office, "as_workbook", lambda _data, _name: made.read_bytes())
    olds = [tmp_path / name for name in ("反馈表.xls", "另一张.et")]
    for old in olds:
        old.write_bytes(b"old")
    told = sample.supervision.preview_return(olds).files
    assert [each.name for each in told] == ["反馈表.xls", "另一张.et"]
    assert ["“反馈表.xls”里没有找到" in told[0].refused, "“另一张.et”里没有找到" in told[1].refused] == [
        True,
        True,
    ]
    made.write_bytes(b"no workbook")
    assert [each.refused.partition(".")[0] for each in sample.supervision.preview_return(olds).files] == [
        "“反馈表",
        "“另一张",
    ]


def test_that_without_an_office_an_old_workbook_is_refused_by_name(
    sample: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "office_program", lambda: None)
    old = tmp_path / "反馈表.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    (told,) = sample.supervision.preview_return([old]).files
    assert told.name == "反馈表.xls"
    assert "另存为不加密的 .xlsx" in told.refused


def saved_as_xls(path: Path) -> Path:
    program = office.office_program()
    assert program is not None
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "xls", "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    return path.with_suffix(".xls")
