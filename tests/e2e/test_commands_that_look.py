"""Commands that only look leave no trace: who is not known at a workspace is not entered by them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app import cli
from app.domain.edits import accept
from app.domain.periods import period_of
from app.places import SEEDS
from app.workspace import Workspace
from app.workspace.outgoing import Wanted

REPORT = SEEDS / "sample_report.txt"
COMMANDS: tuple[Callable[[str, str], list[str]], ...] = (
    lambda path, _form: ["list", path],
    lambda path, _form: ["due", path],
    lambda path, _form: ["due", path, "--json", "--on", "2026-06-30"],
    lambda path, form: ["return", path, form],
    lambda path, form: ["return", path, form, "--json"],
    lambda path, _form: ["suggest", str(REPORT), "-w", path],
    lambda path, _form: ["units", path],
    lambda path, _form: ["verify", path],
    lambda path, _form: ["diff", path, "--report", "1"],
    lambda path, _form: ["revise", path, str(REPORT), "--report", "1"],
)


def seen(path: Path) -> tuple[list[str], int]:
    with Workspace.open(path, author="甲") as workspace:
        return [person.name for person in workspace.people()], workspace.log_length()


@pytest.fixture
def form(sample: Path, tmp_path: Path) -> Path:
    """A unit's form, sent out by who works here."""
    with Workspace.open(sample, author="甲") as workspace:
        report_id = workspace.reports()[0].id
        workspace.apply(accept(report_id, workspace.items(report_id)))
        out, wanted = tmp_path / "forms", Wanted(period=period_of("2026-03"))
        return workspace.supervision.export_layout("units", out, report_id, wanted)[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_that_looking_enters_nobody(
    sample: Path,
    form: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    command: Callable[[str, str], list[str]],
) -> None:
    before = seen(sample)
    monkeypatch.setenv(
        "DUBAN_HOME", str(tmp_path / "别处")
    )  # another workstation, nobody's name is known there
    cli.main(command(str(sample), str(form)))
    assert seen(sample) == before


def test_that_a_preview_makes_no_fingerprint_and_takes_nothing_of_elsewhere(
    sample: Path, form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "另一个.duban"
    Workspace.create(other, sample=True, author="甲").close()
    assert cli.main(["return", str(other), str(form)]) == 1
    assert "从别的工作区发出" in capsys.readouterr().err
    with Workspace.open(other, author="甲") as workspace:
        assert workspace.setting("fingerprint") is None


def test_that_who_takes_forms_in_is_entered(
    sample: Path, form: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "别处"))
    known, _ = seen(sample)
    cli.main(["return", str(sample), str(form), "--apply"])
    assert len(seen(sample)[0]) == len(known) + 1


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("昨天", "日期要写成2026-03-31，不能是“昨天”"),
        ("2026-3-1", "日期要写成2026-03-31，不能是“2026-3-1”"),
        ("9999-12-31", "年份要在1980到2100之间，不能是“9999”"),
        ("0001-01-01", "年份要在1980到2100之间，不能是“1”"),
    ],
)
def test_that_a_day_no_office_can_mean_is_refused(
    sample: Path, day: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["due", str(sample), "--on", day])
    assert stopped.value.code == 2
    assert why in capsys.readouterr().err


@pytest.mark.parametrize("day", ["1980-01-01", "2100-12-31"])
def test_that_the_first_and_last_days_are_looked_at(sample: Path, day: str) -> None:
    assert cli.main(["due", str(sample), "--on", day]) == 0
