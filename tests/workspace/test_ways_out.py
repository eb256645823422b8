"""What goes out of a workspace, what is shown of it before, and what is said where there is nothing to send."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from app.domain.edits import accept, dismiss
from app.domain.errors import UserError
from app.domain.lights import Colour
from app.domain.outgoing import units_of
from app.domain.periods import period_of
from app.workspace import Workspace
from app.workspace.outgoing import NO_UNITS, NOBODY_TO_REMIND, Wanted
from tests.workspace.people import report_in


@pytest.fixture
def report_id(sample: Workspace) -> str:
    """The sample report with what was suggested accepted."""
    card = sample.reports()[0]
    sample.apply(accept(card.id, sample.items(card.id)))
    return card.id


def paragraphs(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(data)).paragraphs]


@pytest.mark.parametrize("key", ["division", "notice", "reminder", "bulletin"])
def test_that_a_document_is_shown_as_it_goes_out(
    sample: Workspace, report_id: str, tmp_path: Path, key: str
) -> None:
    on = date(2026, 12, 30)
    unit = units_of(sample.supervision.cases(report_id, on))[0]
    wanted = Wanted(unit, on=on)
    shown = paragraphs(sample.supervision.document(key, report_id, wanted))
    (out,) = sample.supervision.export_layout(key, tmp_path / "a.docx", report_id, wanted)
    assert shown == paragraphs(out.read_bytes())
    assert any("2026年12月30日" in text for text in shown)


def test_that_a_document_is_of_today_and_of_every_unit_where_nothing_is_asked_for(
    sample: Workspace, report_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.workspace.supervising._today", lambda: date(2026, 5, 9))
    assert any(
        "2026年5月9日" in text for text in paragraphs(sample.supervision.document("bulletin", report_id))
    )


def test_that_nobody_is_reminded_where_nothing_is_due(
    sample: Workspace, report_id: str, tmp_path: Path
) -> None:
    on = Wanted(on=date(2026, 1, 20))
    with pytest.raises(UserError, match=NOBODY_TO_REMIND):
        sample.supervision.export_layout("reminder", tmp_path / "催办", report_id, on)


def test_that_nothing_goes_out_by_unit_where_no_unit_is_named(empty: Workspace, tmp_path: Path) -> None:
    report_id = report_in(empty)
    while items := empty.items(report_id):
        empty.apply(dismiss(report_id, items[0]))
    assert units_of(empty.supervision.cases(report_id)) == ()
    with pytest.raises(UserError, match=NO_UNITS):
        empty.supervision.export_layout("notice", tmp_path / "通知", report_id)


def test_that_a_unit_without_tasks_gets_nothing(sample: Workspace, report_id: str, tmp_path: Path) -> None:
    for key in ("units", "supervision"):
        with pytest.raises(UserError, match="没有由“区没有局”承担的任务"):
            sample.supervision.export_layout(key, tmp_path / "a.xlsx", report_id, Wanted("区没有局"))
    assert list(tmp_path.glob("*.xlsx")) == []


def test_that_a_folder_that_cannot_be_made_is_said(sample: Workspace, report_id: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="建文件夹"):
        sample.supervision.export_layout(
            "units", tmp_path / "a", report_id, Wanted(period=period_of("2026-03"))
        )


def test_that_the_ledger_of_supervision_has_the_lights_of_each_month(
    sample: Workspace, report_id: str, tmp_path: Path
) -> None:
    on = date(2026, 3, 10)
    sample.supervision.export_layout("supervision", tmp_path / "a.xlsx", report_id, Wanted(on=on))
    page = load_workbook(tmp_path / "a.xlsx")["统计图"]
    lines = [[page.cell(line, column).value for column in range(1, 6)] for line in range(1, page.max_row + 1)]
    months = sample.supervision.lights_over_time(report_id, on)
    top = lines.index(["月份", "红灯", "黄灯", "绿灯", "灰灯"]) + 1
    assert [line[1:] for line in lines[top : top + 3]] == [
        [month.lights[colour] for colour in (Colour.RED, Colour.YELLOW, Colour.GREEN, Colour.GREY)]
        for month in months
    ]
    assert [month.on for month in months] == [date(2026, 1, 31), date(2026, 2, 28), on]
    assert sum(months[-1].lights.values()) == len(sample.supervision.cases(report_id, on))


def test_that_who_signed_in_last_is_known_at_their_workstation_only(
    empty: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    me = empty.person
    assert me is not None
    assert empty.last_person_id() == ""
    empty.sign_in(me.id)
    assert empty.last_person_id() == me.id
    path = empty.path
    empty.close()
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "别处"))
    with Workspace.open(path, author=me.name) as elsewhere:
        assert elsewhere.last_person_id() == ""
