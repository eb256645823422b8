"""duban revise: what a new version would carry, change and orphan, and doing it."""

import json
from pathlib import Path

import pytest

from app.cli import FAILED, OK, main
from app.domain import edits
from app.workspace import Workspace
from tests.workspace.people import TEXT

NEW = TEXT.replace("新建泊位3个", "新建泊位5个").replace("办好港口开放日。", "")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A workspace with a report that is tagged, and the report's next version."""
    path, text = tmp_path / "督办.duban", tmp_path / "通过稿.txt"
    text.write_text(NEW, encoding="utf-8")
    with Workspace.create(path, author="周宁") as made:
        report_id = made.import_bytes(TEXT.encode(), "报告.txt").id
        made.apply(edits.accept(report_id, made.items(report_id)))
    return path, text


def test_that_json_tells_what_is_carried_changed_and_orphaned_and_writes_nothing(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path, text = files
    assert main(["revise", str(path), "--report", "1", str(text), "--json"]) == OK
    told = json.loads(capsys.readouterr().out)
    assert (told["report"], told["applied"], told["layer"]["author"]) == (1, None, "周宁")
    assert [one["kind"] for one in told["sentences"]] == ["changed", "removed"]
    assert told["sentences"][0]["figure_changed"]
    changed = next(one for one in told["changed"] if one["type"] == "target")
    (start, end), (now, then) = changed["old"]["spans"][0], changed["new"]["spans"][0]
    assert (
        (TEXT[start:end], NEW[now:then]) == ("3个", "5个") == (changed["old"]["text"], changed["new"]["text"])
    )
    assert (changed["old_figures"], changed["new_figures"]) == (["3"], ["5"])
    assert (changed["figure_changed"], changed["needs_person"], changed["how"]) == (True, True, "reworded")
    assert {one["how"] for one in told["carried"]} == {"exact", "reworded"}
    assert not any(one["needs_person"] for one in told["carried"])
    (orphan,) = (one for one in told["orphaned"] if one["type"] == "task")
    assert (orphan["new"], orphan["score"], orphan["task"]) == (None, 0.0, orphan["id"])
    with Workspace.open(path) as opened:
        assert len(opened.reports()) == 1


def test_that_it_is_written_when_told_to(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path, text = files
    assert main(["revise", str(path), "--report", "1", str(text), "--json", "--apply"]) == OK
    assert json.loads(capsys.readouterr().out)["applied"] == 2
    with Workspace.open(path) as opened:
        assert opened.report(2).supersedes == opened.report(1).id
        assert opened.revision_notes(opened.report(2).id)[0].old == "3个"


def test_that_people_are_told_in_words(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    path, text = files
    assert main(["revise", str(path), "--report", "1", str(text)]) == OK
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("通过稿.txt：新增0句，删去1句，改动1句，移动0句；标注")
    assert lines[1] == "数字有改动\t新建泊位3个\t目标\t3个\t5个\t0.72"
    assert "无处可放\t办好港口开放日\t整条\t办好港口开放日。\t（无）\t0.00" in lines
    assert lines[-1] == "未写入，加 --apply 写入。"
    assert main(["revise", str(path), "--report", "1", str(text), "--apply"]) == OK
    assert capsys.readouterr().out.splitlines()[-1] == "已写入为第2号报告。"


def test_that_what_is_no_new_version_is_one_line(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    same = tmp_path / "原稿.txt"
    same.write_text(TEXT, encoding="utf-8")
    assert main(["revise", str(files[0]), "--report", "1", str(same)]) == FAILED
    assert (
        capsys.readouterr().err == "duban: 这个文件和报告现在的文字完全相同，不是新的版本。请核对选的文件。\n"
    )


def test_that_importing_says_which_report_it_may_be_the_next_version_of_and_revising_joins_it(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path, text = files
    assert main(["import", str(text), "-w", str(path)]) == OK
    said = capsys.readouterr()
    assert said.out.startswith("2\t")
    assert said.err.startswith("duban: 通过稿.txt：已另作一份报告导入，但和第1号报告有")
    assert said.err.endswith("请再运行 duban revise（--report 1，加 --apply），标注就会沿用过来。\n")
    assert main(["revise", str(path), "--report", "1", str(text), "--apply"]) == OK
    with Workspace.open(path) as opened:
        assert [card.supersedes for card in opened.reports()] == ["", opened.report(1).id]
        assert opened.revision_notes(opened.report(2).id)[0].old == "3个"


def test_that_importing_another_report_says_nothing_of_versions_and_takes_the_year_that_is_given(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path, text = files
    assert main(["import", str(text), "-w", str(path), "--year", "2031"]) == OK
    assert capsys.readouterr().err == ""
    with Workspace.open(path) as opened:
        assert opened.report(2).metadata.year == 2031


def test_that_a_file_that_cannot_be_imported_is_named_once(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty, same = tmp_path / "空.txt", tmp_path / "又一份.txt"
    empty.write_bytes(b"")
    same.write_text(TEXT, encoding="utf-8")
    assert main(["import", str(empty), str(same), "-w", str(files[0])]) == FAILED
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("duban: “空.txt”是空文件")
    assert second.startswith("duban: 又一份.txt：这份报告已在工作区中：第1号")
