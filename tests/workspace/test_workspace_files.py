"""A workspace is made, opened, copied, backed up and restored as one whole file."""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain import edits
from app.domain.changes import Change, Edit
from app.domain.errors import ConflictError, UserError
from app.domain.people import EVERY_ROLE, entered
from app.domain.scheme import TagStyle
from app.domain.tasks import TagKind, Task
from app.places import SEEDS
from app.workspace import Configuration, Workspace, fitting, is_there, restore, seeding
from db import files

ROOT = Path(__file__).parents[2]
AUTHOR = "周宁"
NING = replace(entered(AUTHOR, EVERY_ROLE), version=1)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def renamed(workspace: Workspace, title: str) -> None:
    """Correct the title of the first report."""
    card = workspace.report(1)
    after = replace(card, metadata=replace(card.metadata, title=title))
    workspace.apply(edits.correct_report(card, after))


def title_in(path: Path) -> str:
    with Workspace.open(path) as workspace:
        return workspace.report(1).metadata.title


# --- made


def test_that_a_new_workspace_starts_with_the_offices_seeds(tmp_path: Path) -> None:
    path = tmp_path / "新.duban"
    with Workspace.create(path, author="周宁") as workspace:
        assert workspace.path == path
        assert workspace.reports(include_removed=True) == ()
        assert workspace.units() == fitting.for_any_office(seeding.units())
        assert {unit.version for unit in workspace.units()} == {1}
        assert [style.kind for style in workspace.tag_scheme()] == ["task", *TagKind]
        assert all(type(style) is TagStyle for style in workspace.tag_scheme())
        (entry,) = workspace.history()
        assert (entry.label, entry.who, entry.position) == ("登记人员周宁", "周宁", 1)
        assert (workspace.people(), workspace.person) == ((NING,), NING)
    assert names(tmp_path) == {"新.duban"}


def test_that_the_sample_workspace_holds_the_sample_report(sample: Workspace) -> None:
    (card,) = sample.reports()
    assert card.source_name == "sample_report.txt"
    assert sample.reading(card.id).source.text == (SEEDS / "sample_report.txt").read_text(encoding="utf-8")
    assert sample.layer(card.id).author == "周宁"
    assert len(sample.items(card.id)) > 20


def test_that_a_workspace_is_not_made_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "旧.duban"
    path.write_text("旧")
    with pytest.raises(UserError, match="已经存在"):
        Workspace.create(path)
    assert path.read_text() == "旧"
    with pytest.raises(UserError, match="不存在"):
        Workspace.create(tmp_path / "没有" / "新.duban")
    assert names(tmp_path) == {"旧.duban"}


def test_that_a_sample_that_fails_leaves_nothing_half_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeding, "SAMPLE", tmp_path / "没有.txt")
    with pytest.raises(UserError, match="找不到"):
        Workspace.create(tmp_path / "新.duban", sample=True)
    assert names(tmp_path) == set()


def test_that_a_relative_path_is_made_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Workspace.create(Path("新.duban")) as workspace:
        assert workspace.path == tmp_path / "新.duban"
    with Workspace.open(Path("新.duban")) as workspace:
        assert workspace.path == tmp_path / "新.duban"


def test_that_the_person_is_the_configured_one_unless_another_is_named(empty: Workspace) -> None:
    configuration = Configuration.load()._replace(author="陈静")
    configuration.save()
    unit = empty.units()[0]
    for author, expected in (("", "陈静"), ("赵平", "赵平")):
        with Workspace.open(empty.path, author=author) as workspace:
            unit = workspace.units()[0]
            workspace.apply(Change("改", "", (Edit(unit, replace(unit, telephone=author or "1")),)))
            entry = workspace.history()[0]
            assert (entry.who, entry.workstation) == (expected, configuration.workstation)


# --- opened


def test_that_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到"):
        Workspace.open(tmp_path / "没有.duban")


def test_that_a_workspace_that_lets_nobody_in_is_let_go_of(
    empty: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(*_told: object, **_more: object) -> None:
        raise UserError("不能进入。")

    empty.close()
    monkeypatch.setattr("app.workspace.people.at_opening", nobody)
    with pytest.raises(UserError, match="不能进入"):
        Workspace.open(empty.path)
    assert [path for path in files.sidecars(empty.path) if path.exists()] == []


def test_that_a_workspace_on_a_share_warns(empty: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    path = empty.path
    assert empty.warnings == ()
    empty.close()
    monkeypatch.setattr("db.shares.is_network", lambda _: True)
    with Workspace.open(path) as workspace:
        (warning,) = workspace.warnings
        assert "网络共享" in warning


def test_that_opening_brings_nothing_that_the_first_screen_does_not_need(
    made_once: Path, tmp_path: Path
) -> None:
    path = shutil.copy(made_once / "sample.duban", tmp_path / "a.duban")
    code = (
        "import sys; from pathlib import Path; from app.workspace import Workspace\n"
        f"with Workspace.open(Path({str(path)!r})) as w:\n"
        "    w.reports(), w.units(), w.tag_scheme(), w.marks(w.layer(w.report(1).id).id)\n"
        "print([m for m in ('jieba', 'openpyxl', 'alembic', 'pypinyin', 'app.ledger') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_that_closing_leaves_one_file(sample: Workspace, tmp_path: Path) -> None:
    renamed(sample, "改过")
    assert "样例.duban-wal" in names(tmp_path)
    sample.close()
    assert names(tmp_path) == {"样例.duban"}
    assert title_in(sample.path) == "改过"


# --- two windows


def test_that_two_windows_see_each_others_edits(sample: Workspace) -> None:
    with Workspace.open(sample.path, author=AUTHOR) as other:
        renamed(other, "别人改的")
        assert sample.report(1).metadata.title == "别人改的"
        renamed(sample, "我改的")
        assert other.report(1).metadata.title == "我改的"
        assert len(sample.history()) == 4
        assert other.verify_log() == []


def test_that_an_undo_after_another_windows_edit_is_refused(sample: Workspace) -> None:
    card = sample.report(1)
    mine = sample.apply(
        edits.correct_report(card, replace(card, metadata=replace(card.metadata, title="我改的")))
    )
    with Workspace.open(sample.path, author=AUTHOR) as other:
        renamed(other, "别人改的")
    with pytest.raises(ConflictError):
        sample.apply(mine.inverse())
    assert sample.report(1).metadata.title == "别人改的"


def test_that_several_threads_and_windows_may_write_at_once(sample: Workspace) -> None:
    card = sample.report(1)
    layer_id = sample.layer(card.id).id

    def write(workspace: Workspace, name: str) -> None:
        for number in range(10):
            task = Task(f"{name}-{number}", layer_id, (), name)
            workspace.apply(Change("新建任务", card.id, (Edit(None, task),)))

    with Workspace.open(sample.path, author=AUTHOR) as other, ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(write, w, f"{i}") for i, w in enumerate((sample, other, sample, other))]
        for job in jobs:
            job.result()
    assert len(sample.tasks(layer_id)) == 40
    assert len(sample.history()) == 42
    assert sample.verify_log() == []


def test_that_settings_are_shared_and_not_logged(empty: Workspace) -> None:
    assert empty.setting("place") is None
    assert empty.setting("place", 3) == 3
    empty.set_setting("place", {"report": 1})
    with Workspace.open(empty.path, author=AUTHOR) as other:
        assert other.setting("place") == {"report": 1}
    assert len(empty.history()) == 1


# --- copied and put back


def test_that_an_open_workspace_is_copied_whole(sample: Workspace, tmp_path: Path) -> None:
    renamed(sample, "改过")
    for write in (sample.save_copy, sample.backup):
        target = tmp_path / "别处" / "副本.duban"
        target.parent.mkdir(exist_ok=True)
        write(target)
        assert names(target.parent) == {"副本.duban"}
        assert title_in(target) == "改过"
    with pytest.raises(UserError, match="它自己"):
        sample.save_copy(sample.path)


def test_that_a_backup_that_came_out_damaged_is_told(
    sample: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(_source: Path, target: Path) -> None:
        target.write_bytes(b"SQLite format 3\0")

    backup = tmp_path / "备份.duban"
    sample.backup(backup)
    before = backup.read_bytes()
    monkeypatch.setattr(files, "_copy_pages", spoilt)
    with pytest.raises(UserError, match="已损坏"):
        sample.backup(backup)
    assert backup.read_bytes() == before


def test_that_the_log_of_a_deleted_workspace_does_not_get_into_a_new_one(
    sample: Workspace, tmp_path: Path
) -> None:
    renamed(sample, "改过")
    log = tmp_path / "样例.duban-wal"
    left = log.read_bytes()
    sample.close()
    sample.path.unlink()
    log.write_bytes(left)
    with Workspace.create(sample.path) as new:
        assert new.reports(include_removed=True) == ()
        assert new.verify_log() == []
    files.check_backup(sample.path)
    assert names(tmp_path) == {"样例.duban"}


def test_that_whether_a_file_is_there_can_be_asked_of_any_name(sample: Workspace, tmp_path: Path) -> None:
    assert is_there(sample.path)
    assert not is_there(tmp_path / "没有.duban")
    long = tmp_path / ("督" * 90 + ".duban")
    for ask in (is_there, Workspace.create, Workspace.open):
        with pytest.raises(UserError, match="太长"):
            ask(long)


def test_that_a_backup_is_restored_and_the_workspace_kept(sample: Workspace, tmp_path: Path) -> None:
    backup, path = tmp_path / "备份.duban", sample.path
    sample.backup(backup)
    old = sample.report(1).metadata.title
    renamed(sample, "改过")
    sample.close()
    kept = restore(backup, path)
    assert kept is not None
    assert kept.name.startswith("样例.duban.bak-20")
    assert len(kept.name) == len("样例.duban.bak-20260120")
    assert (title_in(path), title_in(kept)) == (old, "改过")
    again = restore(backup, path)
    assert again is not None
    assert again.name == f"{kept.name}-2"


def test_that_only_a_whole_workspace_of_ours_is_restored(sample: Workspace, tmp_path: Path) -> None:
    path = sample.path
    sample.close()
    before = path.read_bytes()
    other = tmp_path / "别的.duban"
    other.write_text("别的")
    for backup, words in (
        (other, "不是督办工作区"),
        (tmp_path / "没有.duban", "找不到"),
        (path, "自己恢复自己"),
    ):
        with pytest.raises(UserError, match=f"{words}.*。$"):
            restore(backup, path)
    assert path.read_bytes() == before
    assert names(tmp_path) == {"样例.duban", "别的.duban"}


def test_that_a_workspace_can_be_restored_where_none_is_left(sample: Workspace, tmp_path: Path) -> None:
    backup = tmp_path / "备份.duban"
    sample.backup(backup)
    assert restore(backup, tmp_path / "新.duban") is None
    assert title_in(tmp_path / "新.duban") == sample.report(1).metadata.title
