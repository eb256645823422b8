"""What people are told while and after something long is done."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.edits import accept
from app.workspace import Workspace
from app.workspace.experience import ExperienceSummary
from app.workspace.outgoing import Wanted
from tests.workspace.people import TEXT, report_in

Tell = Callable[[str, float], None]


def imported(workspace: Workspace, folder: Path, tell: Tell) -> None:
    path = folder / "报告.txt"
    path.write_text(TEXT, encoding="utf-8")
    workspace.import_reading(workspace.read_file(path, tell), tell)


def ledger_out(workspace: Workspace, folder: Path, tell: Tell) -> None:
    report_in(workspace)
    workspace.import_bytes((TEXT + "再办好一件实事。").encode(), "二.txt")
    workspace.export_ledger(folder / "分解表.xlsx", progress=tell)


def forms_out(workspace: Workspace, folder: Path, tell: Tell) -> None:
    report_id = report_in(workspace)
    workspace.apply(accept(report_id, workspace.items(report_id)))
    workspace.supervision.export_layout("units", folder / "表", report_id, Wanted(), tell)


def revised(workspace: Workspace, folder: Path, tell: Tell) -> None:
    report_id = report_in(workspace)
    path = folder / "通过稿.txt"
    path.write_text(TEXT.replace("3个", "5个"), encoding="utf-8")
    workspace.apply_revision(workspace.revise(report_id, path, progress=tell), progress=tell)


@pytest.mark.parametrize("work", [imported, ledger_out, forms_out, revised])
def test_that_the_share_that_is_done_grows_and_is_never_beyond_all(
    empty: Workspace, tmp_path: Path, work: Callable[[Workspace, Path, Tell], None]
) -> None:
    told: list[tuple[str, float]] = []
    work(empty, tmp_path, lambda words, share: told.append((words, share)))
    shares = [share for _, share in told]
    assert 0 <= shares[0] <= 0.3
    assert shares == sorted(shares)
    assert len(set(shares)) > 1
    assert shares[-1] <= 1
    assert all(words.strip() for words, _ in told)


@pytest.mark.parametrize(
    ("count", "end"), [(1, "：第1局。"), (12, "、第12局。"), (13, "、第12局等。"), (0, "新增2项经验。")]
)
def test_that_the_first_twelve_bodies_that_nobody_knows_are_named(count: int, end: str) -> None:
    unknown = tuple(f"第{n}局" for n in range(1, count + 1))
    words = ExperienceSummary(3, 2, 0, unknown).words
    assert words.endswith(end)
    assert (f"{count}个单位名录里没有" in words) is bool(count)
    assert "待确认" not in words
    assert "1项还是“待确认”" in ExperienceSummary(3, 2, 1, unknown).words
