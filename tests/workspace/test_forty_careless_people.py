"""A whole report sent to thirty units, filled in carelessly and dishonestly, and returned at once."""

import shutil
import subprocess
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from app.domain.edits import accept
from app.domain.outgoing import units_of
from app.domain.periods import period_of
from app.domain.progress import Progress
from app.domain.returned import ReturnPreview
from app.domain.task_moves import TaskMove, TaskMoveName, TaskState
from app.domain.typed import plain
from app.workspace import Workspace
from app.workspace.outgoing import Wanted
from tests.careless import WAYS, Office, behave

SHARED = Path(__file__).parents[2] / ".." / "shared" / "seeds"
UNITS = 30
GIVEN_OUT = (TaskMoveName.REGISTER, TaskMoveName.DECOMPOSE, TaskMoveName.DISPATCH)
OLD_XLS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The report's year is over, whatever day it is."""
    monkeypatch.setattr("app.workspace.supervising._today", lambda: date(2030, 1, 5))


def decomposed(workspace: Workspace) -> str:
    """A report with every suggestion taken, each task given out."""
    found = sorted(SHARED.glob("000_*.txt"))
    card = workspace.import_file(found[0]) if found else workspace.reports()[0]
    workspace.apply(accept(card.id, workspace.items(card.id)))
    ids = [case.id for case in workspace.supervision.cases(card.id)]
    for name in GIVEN_OUT:
        workspace.supervision.make_move(card.id, ids, name)
    return card.id


def sent(workspace: Workspace, report_id: str, folder: Path) -> tuple[Office, list[Path], str]:
    """The forms of the units with most to do, filled in, and the period they are for."""
    supervision = workspace.supervision
    cases = supervision.cases(report_id)
    year = workspace.report(report_id).metadata.year
    period = f"{year}-03"
    by_row = {goal.id: (case, goal) for case in cases for goal in case.goals}
    office = Office({**by_row, **{case.id: (case, None) for case in cases if not case.goals}})
    files = supervision.export_layout("units", folder, report_id, Wanted(period=period_of(period)))
    units = dict(zip(units_of(cases), files, strict=True))
    most = sorted(units, key=lambda u: -sum(u in (c.row.lead, *c.supports) for c in cases))[:UNITS]
    for way, unit in enumerate(most):
        behave(units[unit], unit, office, way)
    return office, [units[unit] for unit in most], period


def saved_again(files: Iterable[Path], folder: Path) -> None:
    """Half of them open their form in LibreOffice and save it there."""
    soffice = shutil.which("soffice")
    if soffice is None:
        return
    profile, out = folder / "profile", folder / "saved"
    command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to"]
    names = [str(file) for file in files]
    subprocess.run(
        [*command, "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), *names],
        check=True,
        capture_output=True,
    )
    for file in out.glob("*.xlsx"):
        shutil.move(file, next(Path(name) for name in names if Path(name).name == file.name))


def said(workspace: Workspace, report_id: str) -> Iterator[tuple[tuple[str, str, str], str]]:
    """What is recorded, as the script has it."""
    for progress in workspace.supervision.progress(report_id):
        for name in ("text", "issues", "next_steps"):
            if getattr(progress, name):
                yield (progress.task_id, progress.unit, name), plain(getattr(progress, name))
        for figure in progress.figures:
            yield (progress.task_id, progress.unit, f"actual:{figure.target_id}"), plain(figure.words)


def listed(preview: ReturnPreview) -> set[tuple[str, int]]:
    places = [cell.place for cell in preview.refused] + [fault.place for fault in preview.faults]
    return {(place.file, place.line) for place in places}


def test_that_every_honest_value_of_forty_careless_people_lands_and_nothing_else_changes(
    sample: Workspace, tmp_path: Path
) -> None:
    report_id = decomposed(sample)
    office, files, period = sent(sample, report_id, tmp_path / "forms")
    saved_again(files[::2], tmp_path)
    odd = tmp_path / "odd"
    odd.mkdir()
    (odd / "错存.xls").write_bytes(OLD_XLS)
    (odd / "半截.xlsx").write_bytes(files[0].read_bytes()[:3000])
    (odd / "文本.xlsx").write_text("完成值\t3\n", encoding="utf-8")
    with Workspace.create(tmp_path / "别处.duban", sample=True, author="别人") as other:
        other_id = other.reports()[0].id
        other.supervision.export_layout("supervision", odd / "别处.xlsx", other_id)
    wrong = sorted(odd.iterdir())
    layer = sample.counting_layer(report_id)
    before = (sample.contents(layer.id), sample.units(), sample.reports(), sample.log_length())

    preview = sample.supervision.preview_return([*files, *wrong])
    sample.supervision.apply_return(preview)

    assert {told.name for told in preview.files if told.refused} == {file.name for file in wrong}
    assert dict(said(sample, report_id)) == {key: plain(words) for key, words in office.said.items()}
    assert len(office.said) > 200
    assert len(office.tried) >= 10
    assert set(office.tried) == listed(preview)
    assert {p.period for p in sample.supervision.progress(report_id)} == {period}
    after = (sample.contents(layer.id), sample.units(), sample.reports(), sample.log_length())
    assert after == (*before[:3], before[3] + 1)
    assert {type(edit.after) for edit in preview.change.edits} == {Progress, TaskMove}

    leads = {(p.task_id, p.unit) for p in sample.supervision.progress(report_id) if p.is_lead}
    reported = {c.id for c in sample.supervision.cases(report_id) if c.state is TaskState.REPORTED}
    assert reported == {task for task, _ in leads}

    again = sample.supervision.preview_return([*files, *wrong])
    assert again.changes == ()
    assert again.change.edits == ()
    assert listed(again) == listed(preview)


def test_that_a_return_is_undone_as_one(sample: Workspace, tmp_path: Path) -> None:
    report_id = decomposed(sample)
    _, files, _ = sent(sample, report_id, tmp_path / "forms")
    done = sample.supervision.apply_return(sample.supervision.preview_return(files[:3]))
    assert sample.supervision.progress(report_id)
    sample.apply(done.inverse())
    assert sample.supervision.progress(report_id) == ()
    assert {c.state for c in sample.supervision.cases(report_id)} == {TaskState.DISPATCHED}
    assert sample.supervision.preview_return(files[:3]).changes


def test_that_people_behave_in_every_way() -> None:
    assert len(WAYS) <= UNITS
