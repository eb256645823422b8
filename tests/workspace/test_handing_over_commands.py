"""The commands that hand over say what came in and what waits, and their exit code tells a script."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import cli
from app.workspace import Workspace
from tests.workspace import stations
from tests.workspace.stations import NAMES, REPORT, packed

ZHOU, CHEN, _LI = NAMES
Stations = dict[str, Workspace]


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two workspaces with the report, closed."""
    folder = tmp_path_factory.mktemp("ready")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUBAN_HOME", str(folder / "home"))
        return stations.made(folder, (ZHOU, CHEN))


@pytest.fixture
def two(ready: dict[str, Path], tmp_path: Path) -> Iterator[Stations]:
    with stations.opened(ready, tmp_path) as found:
        yield found


def test_that_a_package_is_written(two: Stations, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zhou = two[ZHOU]
    stations.add_task(zhou, "新建泊位")
    stations.submit(zhou)
    out = tmp_path / "交接.dubanpkg"
    assert cli.main(["package", str(zhou.path), "--report", "1", "-o", str(out)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"已写出 {out}：交接包里有：周宁的标注（任务1项），意见0条，裁决0条，记录")
    assert two[CHEN].merge_package(out).layers.new == 1


def test_that_a_report_that_is_not_there_makes_no_package(
    two: Stations, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "交接.dubanpkg"
    assert cli.main(["package", str(two[ZHOU].path), "--report", "7", "-o", str(out)]) == 1
    assert "没有编号为7的报告" in capsys.readouterr().err
    assert not out.exists()


def test_that_a_merge_tells_what_came_in_file_by_file(
    two: Stations, capsys: pytest.CaptureFixture[str]
) -> None:
    zhou = two[ZHOU]
    stations.add_task(zhou, "新建泊位")
    stations.submit(zhou)
    path = packed(zhou)
    assert cli.main(["merge", str(two[CHEN].path), str(path), str(path)]) == 0
    said = capsys.readouterr()
    first, second = said.out.splitlines()
    assert first.startswith(
        f"{path.name}：《云港区政府工作报告》：标注层新增1；任务新增1；标注新增1；人员新增1；记录"
    )
    assert second == f"{path.name}：《云港区政府工作报告》：包里的内容这里都已经有了，没有改动。"
    assert said.err == ""


def test_that_a_merge_makes_the_workspace_that_is_not_there(
    two: Stations, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stations.add_task(two[ZHOU], "新建泊位")
    stations.submit(two[ZHOU])
    path = packed(two[ZHOU])
    fresh = tmp_path / "新.duban"
    assert cli.main(["merge", str(fresh), str(path)]) == 0
    assert capsys.readouterr().out.startswith(f"{path.name}：《云港区政府工作报告》（新报告）：标注层新增1")
    with Workspace.open(fresh) as workspace:
        assert [card.id for card in workspace.reports()] == [REPORT]


def test_that_a_merge_of_nothing_that_will_do_leaves_no_workspace(tmp_path: Path) -> None:
    bad = tmp_path / "坏.dubanpkg"
    bad.write_bytes(b"x")
    fresh = tmp_path / "新.duban"
    assert cli.main(["merge", str(fresh), str(bad)]) == 1
    assert not fresh.exists()


def test_that_a_refused_file_does_not_stop_the_others(
    two: Stations, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "坏.dubanpkg"
    bad.write_bytes(b"x")
    good = packed(two[ZHOU])
    assert cli.main(["merge", str(two[CHEN].path), str(bad), str(good)]) == 1
    said = capsys.readouterr()
    assert said.err == "duban: “坏.dubanpkg”不是督办交接包（.dubanpkg），请另选一个文件。\n"
    assert said.out.startswith(f"{good.name}：")


def test_that_conflicts_are_listed_and_are_a_failure(
    two: Stations, capsys: pytest.CaptureFixture[str]
) -> None:
    stations.call(two[ZHOU], "010-1")
    stations.call(two[CHEN], "010-2")
    path = packed(two[ZHOU])
    assert cli.main(["merge", str(two[CHEN].path), str(path)]) == 1
    said = capsys.readouterr()
    _, about, mine, theirs = said.out.splitlines()
    name = two[CHEN].units()[0].short_name
    assert about == f"冲突\t单位 {name}"
    assert mine.split("\t")[1:3] == ["现用", CHEN]
    assert theirs.split("\t")[1:3] == ["待定", ZHOU]
    assert (mine.split("\t")[4], theirs.split("\t")[4]) == ("电话：010-2", "电话：010-1")
    assert said.err == "duban: 有1处冲突要由人决定，请打开工作区处理。\n"


def test_that_a_merge_can_be_told_as_json(
    two: Stations, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stations.call(two[ZHOU], "010-1")
    stations.call(two[CHEN], "010-2")
    bad = tmp_path / "坏.dubanpkg"
    bad.write_bytes(b"x")
    path = packed(two[ZHOU])
    assert cli.main(["merge", str(two[CHEN].path), str(path), str(bad), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    came, refused = told["merged"]
    assert (came["file"], came["report"], came["new_report"], came["nothing_new"]) == (
        path.name,
        REPORT,
        False,
        False,
    )
    assert came["people"] == {"new": 1, "changed": 0, "removed": 0}
    assert refused == {
        "file": "坏.dubanpkg",
        "error": "“坏.dubanpkg”不是督办交接包（.dubanpkg），请另选一个文件。",
    }
    (conflict,) = told["conflicts"]
    assert (conflict["kind"], conflict["report"]) == ("unit", "")
    assert [(side["who"], side["words"], side["current"]) for side in conflict["sides"]] == [
        (CHEN, ["电话：010-2"], True),
        (ZHOU, ["电话：010-1"], False),
    ]
    assert conflict["sides"][0]["at"].endswith("+00:00")
    assert conflict["id"] == two[CHEN].conflicts()[0].id


def test_that_verify_says_that_the_records_are_whole(
    two: Stations, capsys: pytest.CaptureFixture[str]
) -> None:
    path = packed(two[ZHOU])
    assert cli.main(["verify", str(two[ZHOU].path)]) == 0
    assert cli.main(["verify", str(two[ZHOU].path), "--against", str(path)]) == 0
    assert capsys.readouterr().out == "记录完整。\n" * 2


def test_that_verify_names_every_problem_on_a_line(two: Stations, capsys: pytest.CaptureFixture[str]) -> None:
    zhou = two[ZHOU]
    stations.call(zhou, "010-1")
    stations.call(zhou, "010-2")
    stations.execute(zhou, "UPDATE change_log SET label = '别的' WHERE label = '改电话'")
    assert cli.main(["verify", str(zhou.path)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 2
    assert all("的内容被改动过" in line for line in said)


def test_that_verify_compares_with_a_package(two: Stations, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", str(two[CHEN].path), "--against", str(packed(two[ZHOU]))]) == 1
    assert "还没有合并过" in capsys.readouterr().out
