"""What may be asked of each command, and what is meant where it is not said."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app import cli

W, A, B = Path("w.duban"), Path("a.x"), Path("b.x")
DAY = date(2026, 3, 31)


def meant(words: str) -> dict[str, Any]:
    found = vars(cli.parser().parse_args(words.split()))
    assert found.pop("self_check") is False
    return found


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", {"command": None}),
        ("open w.duban", {"command": "open", "workspace": W}),
        ("sample", {"command": "sample", "demo": None}),
        ("suggest a.x", {"command": "suggest", "file": A, "year": None, "workspace": None, "json": False}),
        ("import a.x b.x -w w.duban", {"command": "import", "files": [A, B], "workspace": W, "year": None}),
        ("list w.duban", {"command": "list", "workspace": W}),
        (
            "revise w.duban --report 1 a.x",
            {"command": "revise", "workspace": W, "report": 1, "file": A, "json": False, "apply": False},
        ),
        (
            "ledger w.duban -o a.x",
            {
                "command": "ledger",
                "workspace": W,
                "report": None,
                "layout": None,
                "unit": "",
                "period": "",
                "on": None,
                "output": A,
            },
        ),
        (
            "return w.duban a.x b.x",
            {
                "command": "return",
                "workspace": W,
                "files": [A, B],
                "apply": False,
                "json": False,
                "unit": "",
                "by_leads": False,
            },
        ),
        ("due w.duban", {"command": "due", "workspace": W, "report": None, "on": None, "json": False}),
        ("experience w.duban a.x b.x", {"command": "experience", "workspace": W, "files": [A, B]}),
        (
            "units w.duban",
            {"command": "units", "workspace": W, "export": None, "source": None, "apply": False},
        ),
        (
            "diff w.duban --report 2",
            {"command": "diff", "workspace": W, "report": 2, "first": None, "second": None, "json": False},
        ),
        (
            "package w.duban --report 3 -o a.x",
            {"command": "package", "workspace": W, "report": 3, "output": A},
        ),
        ("merge w.duban a.x b.x", {"command": "merge", "workspace": W, "files": [A, B], "json": False}),
        ("verify w.duban", {"command": "verify", "workspace": W, "against": None}),
    ],
)
def test_that_a_command_with_what_it_needs_means_the_usual(words: str, expected: dict[str, Any]) -> None:
    assert meant(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("sample --demo a.x", {"demo": A}),
        ("suggest a.x --year 2026 --workspace w.duban --json", {"year": 2026, "workspace": W, "json": True}),
        ("import a.x --workspace w.duban --year 2027", {"workspace": W, "year": 2027}),
        ("revise w.duban --report 1 a.x --json --apply", {"json": True, "apply": True}),
        (
            "ledger w.duban --report 2 --layout 督查台账 --unit 区交通局 --period 2026-03 --on 2026-03-31 --output a.x",
            {
                "report": 2,
                "layout": "督查台账",
                "unit": "区交通局",
                "period": "2026-03",
                "on": DAY,
                "output": A,
            },
        ),
        (
            "return w.duban a.x --apply --json --unit 区交通局",
            {"apply": True, "json": True, "unit": "区交通局"},
        ),
        ("return w.duban a.x --by-leads", {"by_leads": True}),
        ("due w.duban --report 2 --on 2026-03-31 --json", {"report": 2, "on": DAY, "json": True}),
        ("units w.duban --export a.x", {"export": A}),
        ("units w.duban --import a.x --apply", {"source": A, "apply": True}),
        (
            "diff w.duban --report 1 --first 甲 --second 乙 --json",
            {"first": "甲", "second": "乙", "json": True},
        ),
        ("package w.duban --report 1 --output a.x", {"output": A}),
        ("merge w.duban a.x --json", {"json": True}),
        ("verify w.duban --against a.x", {"against": A}),
    ],
)
def test_that_what_is_asked_for_is_meant(words: str, expected: dict[str, Any]) -> None:
    found = meant(words)
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    "words",
    [
        "open",
        "suggest",
        "import a.x",
        "import -w w.duban",
        "list",
        "revise w.duban a.x",
        "revise w.duban --report 1",
        "ledger w.duban",
        "ledger -o a.x",
        "return w.duban",
        "return w.duban a.x --unit 区交通局 --by-leads",
        "due",
        "experience w.duban",
        "units",
        "units w.duban --export a.x --import b.x",
        "diff w.duban",
        "package w.duban -o a.x",
        "package w.duban --report 1",
        "merge w.duban",
        "verify",
        "wonder",
        "due w.duban --report 一",
        "suggest a.x --year 1979",
        "suggest a.x --year 2101",
    ],
)
def test_that_what_is_missing_or_not_understood_is_a_misuse(words: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.parser().parse_args(words.split())
    assert stopped.value.code == cli.MISUSED == 2


@pytest.mark.parametrize("year", [1980, 2100])
def test_that_a_year_may_be_any_that_a_report_is_for(year: int) -> None:
    assert meant(f"suggest a.x --year {year}")["year"] == year


def test_that_the_help_of_a_ledger_lists_the_layouts_in_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["ledger", "--help"])
    lines = capsys.readouterr().out.splitlines()
    assert next(line for line in lines if "督查台账 supervision" in line).startswith(
        "  任务分解表 decomposition "
    )


def test_that_a_workspace_that_was_double_clicked_is_opened() -> None:
    for path in ("云港.duban", "云港.DUBAN"):
        found = cli.main([path])
        assert not isinstance(found, int)
        assert (found.command, found.workspace) == ("open", Path(path))
