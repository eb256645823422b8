"""The user's configuration is kept whole; a damaged one is set aside."""

import getpass
import json
from pathlib import Path
from uuid import UUID

import pytest

from app.workspace import Configuration, home, remember, remember_window
from app.workspace.configuration import FILE, login_name


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_that_the_first_start_makes_a_workstation_and_keeps_it(
    user_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "zhou")
    first = Configuration.load()
    assert first.author == "zhou"
    assert str(UUID(first.workstation)) == first.workstation
    assert (first.recent, first.last, first.appearance, first.geometry) == ((), None, "system", "")
    assert Configuration.load() == first
    assert names(user_home) == {FILE}


def test_that_two_users_are_two_workstations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stations = set()
    for name in ("a", "b"):
        monkeypatch.setenv("DUBAN_HOME", str(tmp_path / name / "deep"))
        stations.add(Configuration.load().workstation)
    assert len(stations) == 2


def test_that_what_was_saved_is_loaded(user_home: Path) -> None:
    saved = Configuration(
        "周宁", "7b1d7a5e-1f0c-4f64-9a59-1d0f5bbd1a11", ("/a/云.duban", "/b.duban"), "dark", "xyz"
    )
    saved.save()
    assert Configuration.load() == saved
    assert names(user_home) == {FILE}
    assert "周宁" in (user_home / FILE).read_text(encoding="utf-8")


def test_that_a_configuration_of_an_earlier_version_is_taken_as_it_is(user_home: Path) -> None:
    old = {"author": "周宁", "workstation": "7b1d7a5e-1f0c-4f64-9a59-1d0f5bbd1a11"}
    (user_home / FILE).write_text(json.dumps(old), encoding="utf-8")
    assert Configuration.load() == Configuration(old["author"], old["workstation"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        "{}",
        '{"author": "a", "workstation": "no uuid"}',
        '{"author": "a", "workstation": 7}',
        '{"author": "a", "workstation": "7b1d7a5e-1f0c-4f64-9a59-1d0f5bbd1a11", "recent": 7}',
    ],
)
def test_that_a_damaged_file_is_kept_and_a_fresh_one_takes_its_place(user_home: Path, text: str) -> None:
    for copy in ("config.json.damaged", "config.json.damaged-2"):
        (user_home / FILE).write_text(text, encoding="utf-8")
        fresh = Configuration.load()
        assert fresh.recent == ()
        assert Configuration.load() == fresh
        assert (user_home / copy).read_text(encoding="utf-8") == text


def test_that_bytes_that_are_no_text_count_as_damaged(user_home: Path) -> None:
    (user_home / FILE).write_bytes(b"\xff\xfe\xfa")
    Configuration.load()
    assert (user_home / "config.json.damaged").read_bytes() == b"\xff\xfe\xfa"


def test_that_the_workspace_opened_last_comes_first_and_only_once(tmp_path: Path) -> None:
    configuration = Configuration("a", "b")
    for name in ("one", "two", "one"):
        configuration = configuration.opened(tmp_path / name)
    assert configuration.recent == (str(tmp_path / "one"), str(tmp_path / "two"))
    assert configuration.last == tmp_path / "one"


def test_that_ten_workspaces_are_remembered(tmp_path: Path) -> None:
    for number in range(11):
        remember(tmp_path / f"{number}.duban")
    recent = Configuration.load().recent
    assert [Path(path).stem for path in recent] == ["10", "9", "8", "7", "6", "5", "4", "3", "2", "1"]


def test_that_remembering_keeps_what_another_window_saved(tmp_path: Path) -> None:
    remember(tmp_path / "a.duban")
    remember_window(appearance="dark")
    assert remember_window(geometry="xyz").appearance == "dark"
    after = remember(tmp_path / "b.duban")
    assert after == Configuration.load()
    assert (after.appearance, after.geometry) == ("dark", "xyz")
    assert [Path(path).stem for path in after.recent] == ["b", "a"]
    assert remember_window(appearance="").geometry == "xyz"


def test_that_a_folder_that_cannot_be_written_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "file"))
    assert Configuration.load().workstation
    assert names(tmp_path) == {"file"}


def test_that_a_save_that_fails_leaves_the_old_file(user_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = Configuration.load()

    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "full")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        remember_window(appearance="dark")
    assert Configuration.load() == old
    assert names(user_home) == {FILE}


def test_that_the_folder_is_where_the_system_keeps_configurations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/zhou"))
    assert home({"DUBAN_HOME": "/x", "APPDATA": "/y"}, "win32") == Path("/x")
    assert home({"APPDATA": "/y"}, "win32") == Path("/y/Duban")
    assert home({}, "win32") == Path("/home/zhou/AppData/Roaming/Duban")
    assert home({"XDG_CONFIG_HOME": "/z", "APPDATA": "/y"}, "linux") == Path("/z/duban")
    assert home({}, "linux") == Path("/home/zhou/.config/duban")


@pytest.mark.parametrize("problem", [OSError, KeyError, ImportError])
def test_that_a_user_without_a_name_has_one(
    problem: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise problem

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert login_name() == "本机用户"
