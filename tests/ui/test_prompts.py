"""The file dialogs look at no file's content, and a file is replaced only when the user says so."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QAbstractFileIconProvider
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QMessageBox, QPushButton, QTreeView, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.ui import prompts
from app.ui.actions import ACTIONS
from app.ui.file_dialogs import NameIcons, file_dialog
from app.ui.prompts import BACKUPS, WORKBOOKS, WORKSPACES, Prompts, with_suffix
from app.workspace import Workspace
from db.faults import damaged

Mode = QFileDialog.FileMode


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def sqlite_locks(folder: Path) -> list[str]:
    """The locks of SQLite's kind on the files of a folder, by the file's name."""
    names = {str(path.stat().st_ino): path.name for path in folder.iterdir()}
    lines = [line.split() for line in Path("/proc/locks").read_text(encoding="ascii").splitlines()]
    found = [names.get(fields[5].split(":")[2]) for fields in lines if fields[1] == "POSIX"]
    return sorted(name for name in found if name)


@pytest.mark.skipif(
    sys.platform != "linux", reason="only there do locks go with a closed file, and can be seen"
)
@pytest.mark.parametrize("mode", [Mode.AnyFile, Mode.ExistingFile, Mode.ExistingFiles])
def test_that_a_dialog_leaves_an_open_workspace_its_locks(
    qtbot: QtBot, window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: QFileDialog.FileMode
) -> None:
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "notes").write_text("a kind that only its content tells", encoding="utf-8")
    with Workspace.create(tmp_path / "w" / "云港.duban") as workspace:
        assert sqlite_locks(tmp_path / "w") == ["云港.duban", "云港.duban-shm"]
        dialog = file_dialog(window, "打开", workspace.path.parent, "所有文件 (*)", mode)
        dialog.show()
        tree = dialog.findChild(QTreeView)
        assert isinstance(tree, QTreeView)
        model = tree.model()
        # the model has asked for the icons by the time that it knows the kinds
        kinds: list[str] = []

        def known() -> bool:
            root = tree.rootIndex()
            kinds[:] = [model.index(row, 2, root).data() or "" for row in range(model.rowCount(root))]
            return "督办工作区" in kinds

        qtbot.waitUntil(known, timeout=10_000)
        assert sorted(set(kinds)) == ["文件", "督办工作区"]
        dialog.close()
        assert sqlite_locks(tmp_path / "w") == ["云港.duban", "云港.duban-shm"]
        dialog.deleteLater()
        qtbot.wait(1)


def test_that_icons_and_kinds_go_by_the_name(qtbot: QtBot, tmp_path: Path) -> None:
    icons = NameIcons()
    place = QAbstractFileIconProvider.IconType
    file = QFileInfo(str(tmp_path / "不在.DUBAN"))
    assert icons.icon(file).cacheKey() == icons.icon(place.File).cacheKey()
    assert icons.icon(QFileInfo(str(tmp_path))).cacheKey() == icons.icon(place.Folder).cacheKey()
    assert not any(icons.icon(each).isNull() for each in place)
    names = ("a.DUBAN", "a.xlsx", "a.txt", "a.duban.bak-20260101", "a")
    assert [icons.type(QFileInfo(name)) for name in names] == [
        "督办工作区",
        "Excel 工作簿",
        "文本文件",
        "文件",
        "文件",
    ]
    assert icons.type(QFileInfo(str(tmp_path))) == "文件夹"


def test_that_a_dialog_begins_on_the_suggested_file(window: QWidget, tmp_path: Path) -> None:
    dialog = Prompts(window).save_dialog("另存", str(tmp_path / "副本.duban"), WORKSPACES)
    assert Path(dialog.directory().path()) == tmp_path
    name = dialog.findChild(QLineEdit)
    assert isinstance(name, QLineEdit)
    assert name.text() == "副本.duban"
    name.setText("另一个")
    assert dialog.selectedFiles() == [str(tmp_path / "另一个.duban")]
    room = dialog.screen().availableSize()
    assert dialog.width() >= min(720, room.width() - 80)
    dialog.deleteLater()


def test_that_backups_kept_beside_a_workspace_are_shown(window: QWidget, tmp_path: Path) -> None:
    dialog = file_dialog(window, "恢复", tmp_path, BACKUPS, Mode.ExistingFile)
    assert dialog.nameFilters() == ["督办工作区和备份 (*.duban *.bak *.bak-*)", "所有文件 (*)"]
    dialog.deleteLater()


@pytest.mark.parametrize(
    ("name", "kinds", "full"),
    [
        ("云港", WORKSPACES, "云港.duban"),
        ("云港.duban", WORKSPACES, "云港.duban"),
        ("云港.DUBAN", WORKSPACES, "云港.DUBAN"),
        ("云港1.2", WORKSPACES, "云港1.2.duban"),
        ("duban", WORKSPACES, "duban.duban"),
        ("表", WORKBOOKS, "表.xlsx"),
        ("备份", BACKUPS, "备份.duban"),
    ],
)
def test_that_a_name_gets_its_suffix(name: str, kinds: str, full: str) -> None:
    assert with_suffix(Path("/srv") / name, kinds) == Path("/srv") / full


class Asked(Prompts):
    """Answers the file dialog and the question whether to replace in turn."""

    def __init__(self, window: QWidget, names: list[Path], *replacing: bool) -> None:
        super().__init__(window)
        self.names, self.replacing = names, list(replacing)
        self.suggested: list[str] = []

    @override
    def save_dialog(self, title: str, suggested: str, kinds: str) -> QFileDialog:
        self.suggested.append(suggested)
        return super().save_dialog(title, suggested, kinds)

    @override
    def _may_replace(self, title: str, path: Path) -> bool:
        return self.replacing.pop(0)


@pytest.fixture
def there(tmp_path: Path) -> Path:
    path = tmp_path / "有.duban"
    path.touch()
    return path


def asked(window: QWidget, monkeypatch: pytest.MonkeyPatch, names: list[Path], *replacing: bool) -> Asked:
    asks = Asked(window, names, *replacing)
    monkeypatch.setattr(prompts, "_chosen", lambda _: [asks.names.pop(0)] if asks.names else [])
    return asks


def test_that_the_file_is_named_that_would_be_replaced(
    window: QWidget, monkeypatch: pytest.MonkeyPatch, there: Path
) -> None:
    typed = there.with_name("有")
    asks = asked(window, monkeypatch, [typed, there.with_name("新")], False)
    assert asks.save_file("另存", "/srv/x.duban", WORKSPACES) == there.with_name("新.duban")
    assert asks.suggested == ["/srv/x.duban", str(there)]
    assert asked(window, monkeypatch, [typed], True).save_file("另存", "x", WORKSPACES) == there
    assert asked(window, monkeypatch, [typed], False).save_file("另存", "x", WORKSPACES) is None


def test_that_who_replaces_nothing_does_not_ask(
    window: QWidget, monkeypatch: pytest.MonkeyPatch, there: Path
) -> None:
    asks = asked(window, monkeypatch, [there])
    assert asks.save_file("新建", "x", WORKSPACES, may_replace=False) == there


def test_that_what_is_chosen_is_handed_on_and_nothing_when_cancelled(
    window: QWidget, monkeypatch: pytest.MonkeyPatch, there: Path
) -> None:
    answers = [QFileDialog.DialogCode.Accepted, QFileDialog.DialogCode.Rejected] * 2

    def answer(dialog: QFileDialog) -> int:
        dialog.selectFile(str(there))
        return answers.pop(0).value

    monkeypatch.setattr(QFileDialog, "exec", answer)
    asks, folder = Prompts(window), str(there.parent)
    assert asks.open_file("打开", folder, WORKSPACES) == there
    assert asks.open_file("打开", folder, WORKSPACES) is None
    assert asks.open_files("打开", folder, WORKSPACES) == [there]
    assert asks.open_files("打开", folder, WORKSPACES) == []


@pytest.mark.parametrize("words", ["替换", "取消"])
def test_that_the_question_names_the_file_and_its_buttons_say_what_they_do(
    qtbot: QtBot, window: QWidget, there: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    shown: list[str] = []

    def press(box: QMessageBox) -> int:
        label = box.findChild(QLabel, "qt_msgbox_label")
        assert isinstance(label, QLabel)
        shown.append(label.text())
        button = next(b for b in box.findChildren(QPushButton) if b.text() == words)
        assert (box.defaultButton() is button) == (words == "取消")
        box.show()
        button.click()
        return box.result()

    monkeypatch.setattr(QMessageBox, "exec", press)
    assert Prompts(window)._may_replace("另存", there) is (words == "替换")
    assert shown == ["“有.duban”已经存在。要用新的内容替换它吗？"]


def test_that_a_damaged_file_is_told_which_menu_entry_helps() -> None:
    entry = next(spec for spec in ACTIONS if spec.name == "restore")
    assert f"“{entry.menu} → {entry.text}”" in str(damaged(Path("云港.duban")))
