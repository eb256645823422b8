"""Packages taken in: looked at first; conflicts side by side, decided by key; the records checked in words."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.domain.changes import Change, Edit
from app.domain.layer_moves import MoveName
from app.domain.people import PersonRole
from app.exchange.summary import Conflict, MergeSummary, Side
from app.ui.batches import Outcome
from app.ui.dialogs.conflicts_dialog import NONE, NOW, ConflictsDialog
from app.ui.dialogs.merge_preview import MOST, NOTE, SEVERAL, MergePreview
from app.ui.dialogs.verify_dialog import ALONE, VerifyDialog
from app.ui.prompts import Prompts
from app.workspace import Workspace
from tests.ui.office_samples import CHEN, ZHOU, enter, named, office, press, shown, sign_in
from tests.workspace.stations import REPORT, add_task, call, import_report, submit


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    with office(tmp_path) as made:
        yield made


@pytest.fixture
def package(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """From another workstation: 吴凡's layer, and another telephone number for the first unit than the one here."""
    path = tmp_path / "吴凡.dubanpkg"
    with monkeypatch.context() as patch:
        patch.setenv("DUBAN_HOME", str(tmp_path / "there"))
        with Workspace.create(tmp_path / "那边.duban", author="吴凡") as other:
            import_report(other)
            add_task(other, "新建泊位")
            submit(other)
            me = named(other, "吴凡")
            roles = (PersonRole.ANNOTATOR, PersonRole.COORDINATOR)
            other.apply(Change("改角色", "", (Edit(me, replace(me, roles=roles)),)))
            call(other, "0518-2")
            other.export_package(REPORT, path)
    call(workspace, "0518-1")
    return path


def looked_at(workspace: Workspace, *paths: Path) -> Outcome:
    return Outcome(tuple((path, workspace.preview_package(path)) for path in paths), ())


def test_that_what_would_come_in_is_said_before_anything_does(
    qtbot: QtBot, workspace: Workspace, package: Path
) -> None:
    length = workspace.log_length()
    taken: list[object] = []
    dialog = MergePreview(looked_at(workspace, package), taken.append)
    shown(qtbot, dialog)
    assert dialog.words[0] == "吴凡.dubanpkg"
    assert "标注层新增1" in dialog.words[1]
    assert "任务新增1" in dialog.words[1]
    assert dialog.words[2].startswith("冲突：单位 ")
    assert dialog.words[2].endswith("，周宁、吴凡各有一份")
    assert workspace.log_length() == length
    assert {label.text() for label in dialog.findChildren(QLabel)} >= {NOTE}
    press("Return", into=dialog.button)
    assert taken == [[package]]


def test_that_what_is_broken_or_here_already_is_not_taken(
    qtbot: QtBot, workspace: Workspace, package: Path, tmp_path: Path
) -> None:
    workspace.merge_package(package)
    taken: list[object] = []
    known, bad = looked_at(workspace, package), tmp_path / "坏的.dubanpkg"
    dialog = MergePreview(replace(known, failed=((bad, "它已损坏。"),)), taken.append)
    shown(qtbot, dialog)
    assert dialog.words[-2:] == ["坏的.dubanpkg", "不能并入：它已损坏。"]
    assert "没有改动" in dialog.words[1]
    assert not dialog.button.isEnabled()
    press("Escape", into=dialog)
    assert taken == []


def test_that_several_packages_are_counted(
    qtbot: QtBot, workspace: Workspace, package: Path, tmp_path: Path
) -> None:
    twin = tmp_path / "又一个.dubanpkg"
    twin.write_bytes(package.read_bytes())
    dialog = MergePreview(looked_at(workspace, package, twin), lambda _paths: None)
    shown(qtbot, dialog)
    assert dialog.button.text() == "并入2个交接包"
    assert f"{NOTE}{SEVERAL}" in {label.text() for label in dialog.findChildren(QLabel)}


def test_that_of_many_conflicts_the_first_are_told_and_the_rest_counted(qtbot: QtBot, tmp_path: Path) -> None:
    sides = tuple(Side(who, None, (), is_current=False) for who in (ZHOU, "", ZHOU))
    waiting = [Conflict(str(number), "unit", "", f"单位{number}", sides) for number in range(MOST + 2)]
    for count, last in ((MOST, f"冲突：单位{MOST - 1}，周宁、来历不明各有一份"), (MOST + 2, "还有2处冲突")):
        told = MergeSummary("r", "云港", conflicts=tuple(waiting[:count]))
        dialog = MergePreview(Outcome(((tmp_path / "甲.dubanpkg", told),), ()), lambda _paths: None)
        qtbot.addWidget(dialog)
        assert dialog.words[-1] == last


# --- conflicts


def conflicts_dialog(bot: QtBot, workspace: Workspace, followed: list[int]) -> ConflictsDialog:
    made = ConflictsDialog(workspace, lambda: followed.append(len(workspace.conflicts())))
    shown(bot, made)
    return made


def side_words(dialog: ConflictsDialog) -> list[list[str]]:
    boxes = [dialog._row.itemAt(n).widget() for n in range(dialog._row.count())]
    return [[label.text() for label in box.findChildren(QLabel)] for box in boxes]


def test_that_both_sides_are_shown_with_who_and_when_and_a_digit_takes_one(
    qtbot: QtBot, workspace: Workspace, package: Path
) -> None:
    workspace.merge_package(package)
    (conflict,) = workspace.conflicts()
    followed: list[int] = []
    dialog = conflicts_dialog(qtbot, workspace, followed)
    assert dialog.list.count() == 1
    sides = side_words(dialog)
    assert [words[0] for words in sides] == [ZHOU, "吴凡"]
    assert [NOW in words[1] for words in sides] == [True, False]
    assert [words[2] for words in sides] == ["电话：0518-1", "电话：0518-2"]
    at = conflict.sides[1].at
    assert at is not None
    assert sides[1][1] == f"{at.astimezone():%Y-%m-%d %H:%M}"
    press("3")
    assert followed == []
    press("2")
    assert followed == [0]
    assert workspace.units()[0].telephone == "0518-2"
    assert dialog.list.count() == 0
    assert NONE in {label.text() for label in dialog.findChildren(QLabel)}
    assert dialog.keys.word.startswith("已处理：单位 ")
    press("1")
    assert followed == [0]


def test_that_a_decision_that_is_another_s_is_refused_with_the_reason(
    qtbot: QtBot, workspace: Workspace, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(workspace, "吴凡")
    theirs = named(workspace, "吴凡")
    assert theirs.name == "吴凡"
    workspace.merge_package(package)
    sign_in(workspace, CHEN)
    dialog = conflicts_dialog(qtbot, workspace, [])
    about = [dialog.list.item(n).text() for n in range(dialog.list.count())]
    assert "人员 吴凡" in about
    dialog.list.setCurrentRow(about.index("人员 吴凡"))
    press("1")
    assert dialog.problem.isVisible()
    assert dialog.problem.text() == "这处冲突要由统筹人来定，陈静不是。"
    assert dialog.list.count() == len(about)


# --- the records


class OneFile(Prompts):
    """Answers with a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @override
    def open_file(self, title: str, folder: str, kinds: str) -> Path | None:
        return self._path


def test_that_whole_records_are_said_to_be_so_alone_and_against_a_package(
    qtbot: QtBot, workspace: Workspace, tmp_path: Path
) -> None:
    workspace.move(MoveName.SUBMIT, workspace.layer(REPORT).id)
    path = tmp_path / "自己.dubanpkg"
    workspace.export_package(REPORT, path)
    dialog = VerifyDialog(workspace, OneFile(path))
    shown(qtbot, dialog)
    assert dialog.words.text().startswith(f"记录完整：{workspace.log_length()}条记录")
    assert (dialog.note.text(), dialog.list.isVisible()) == (ALONE, False)
    dialog.package.click()
    assert dialog.words.text() == "记录完整，而且包含交接包“自己.dubanpkg”里的全部记录。"
    assert not dialog.note.isVisible()


def test_that_what_is_missing_is_listed(qtbot: QtBot, workspace: Workspace, package: Path) -> None:
    dialog = VerifyDialog(workspace, OneFile(package))
    shown(qtbot, dialog)
    dialog.package.click()
    assert dialog.words.text() == "发现1处问题："
    assert "这里只有0条" in dialog.list.item(0).text()
    assert not dialog.note.isVisible()


def test_that_what_is_no_package_is_told(qtbot: QtBot, workspace: Workspace, tmp_path: Path) -> None:
    bad = tmp_path / "坏的.dubanpkg"
    bad.write_bytes(b"no")
    dialog = VerifyDialog(workspace, OneFile(bad))
    shown(qtbot, dialog)
    dialog.package.click()
    assert "不是督办交接包" in dialog.words.text()
    assert dialog.list.count() == 0
