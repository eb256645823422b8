"""Whoever touches the records with another program is found out: here, or against a package that went out."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.domain.chains import linked
from app.domain.errors import UserError
from app.workspace import Workspace, restore
from db import log
from tests.exchange.packages import forged
from tests.workspace import stations
from tests.workspace.stations import NAMES, execute, packed, send

Stations = dict[str, Workspace]
ZHOU, CHEN, _LI = NAMES


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two workspaces with the report, closed."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUBAN_HOME", str(folder / "home"))
        return stations.made(folder, (ZHOU, CHEN))


@pytest.fixture
def two(kept: dict[str, Path], tmp_path: Path) -> Iterator[Stations]:
    with stations.opened(kept, tmp_path) as found:
        for n in range(1, 5):
            stations.call(found[ZHOU], f"010-{n}")
        yield found


SWAPPED = """
UPDATE change_log SET (id, label, edits, body_hash) =
  (SELECT id || '+', label, edits, body_hash FROM change_log AS other WHERE other.seq = {n} - 2)
WHERE seq = {n} - 1
"""
"""An entry that stands where another stood."""


def last(workspace: Workspace) -> int:
    return workspace.log_length()


def test_that_untouched_records_are_whole(two: Stations) -> None:
    package = packed(two[ZHOU])
    assert two[ZHOU].verify() == two[ZHOU].verify(package) == []
    stations.call(two[ZHOU], "010-5")
    assert two[ZHOU].verify(package) == []
    send(two[ZHOU], two[CHEN])
    assert two[CHEN].verify() == two[CHEN].verify(package) == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE change_log SET who = '别人' WHERE seq = {n} - 1",
        "UPDATE change_log SET label = '别的' WHERE seq = {n} - 1",
        "UPDATE change_log SET at = '2020-01-01 00:00:00.000000' WHERE seq = {n} - 1",
        "UPDATE change_log SET at = '昨天' WHERE seq = {n} - 1",
        "UPDATE change_log SET edits = replace(edits, '010-3', '010-9') WHERE seq = {n} - 1",
        "UPDATE change_log SET person_id = '' WHERE seq = {n} - 1",
        "UPDATE change_log SET body_hash = 'x' WHERE seq = {n} - 1",
        "UPDATE change_log SET hash = 'x' WHERE seq = {n} - 1",
        "UPDATE change_log SET previous = 'x' WHERE seq = {n} - 1",
        "UPDATE change_log SET position = 99 WHERE seq = {n} - 1",
        "UPDATE change_log SET chain = 'x' WHERE seq = {n} - 1",
        "UPDATE change_log SET is_redacted = 1, edits = '', label = '' WHERE seq = {n} - 1",
        "UPDATE change_log SET seq = {n} + 1 WHERE seq = {n} - 1",
        "DELETE FROM change_log WHERE seq = {n} - 1",
        "DELETE FROM change_log WHERE seq = {n}",
        SWAPPED,
    ],
)
def test_that_an_entry_altered_removed_moved_or_cut_is_found(two: Stations, sql: str) -> None:
    execute(two[ZHOU], sql.format(n=last(two[ZHOU])))
    assert two[ZHOU].verify() != []


def test_that_a_cut_tail_shows_against_a_package_although_nothing_here_tells_of_it(two: Stations) -> None:
    zhou = two[ZHOU]
    package = packed(zhou)
    execute(zhou, f"DELETE FROM change_log WHERE seq = {last(zhou)}")
    execute(zhou, "DELETE FROM dot")
    assert zhou.verify() == []
    (problem,) = zhou.verify(package)
    assert "这里末尾的记录被删去，或这个交接包还没有合并过" in problem


def test_that_records_rewritten_with_new_hashes_show_against_a_package(two: Stations) -> None:
    zhou = two[ZHOU]
    package = packed(zhou)
    rewritten(zhou)
    assert zhou.verify() == []
    (problem,) = zhou.verify(package)
    assert "起与交接包里的不同：这里或包里的记录被改写过" in problem


def rewritten(workspace: Workspace) -> None:
    """As somebody with a program would: the last entry says something else, and all hashes are true again."""
    head = workspace.log_head()
    assert head is not None
    with workspace._store.reading() as connection:
        link = next(each for each in log.links(connection) if each.hash == head.hash)
    assert link.body is not None
    body = {k: v for k, v in link.body.items() if k not in ("chain", "position")}
    new = linked(link.chain, link.position, link.previous, {**body, "who": "别人"})
    execute(
        workspace,
        f"UPDATE change_log SET who = '别人', body_hash = '{new.body_hash}', hash = '{new.hash}'"
        f" WHERE chain = '{link.chain}' AND position = {link.position}",
    )


def test_that_an_entry_of_another_chain_that_is_concealed_shows_against_the_package_it_came_with(
    two: Stations,
) -> None:
    package = packed(two[ZHOU])
    two[CHEN].merge_package(package)
    execute(two[CHEN], "UPDATE change_log SET is_redacted = 1 WHERE who = '周宁' AND label = '改电话'")
    assert two[CHEN].verify() == []
    (problem,) = two[CHEN].verify(package)
    assert "有4条在交接包里有内容、这里只有校验值" in problem


def test_that_a_package_that_is_not_merged_yet_says_so(two: Stations) -> None:
    problems = two[CHEN].verify(packed(two[ZHOU]))
    assert len(problems) >= 1
    assert all("还没有合并过" in problem for problem in problems)


def test_that_a_tampered_package_is_refused(two: Stations) -> None:
    def alter(parts: dict[str, bytes]) -> None:
        name = next(name for name, data in parts.items() if name.startswith("log/") and b"010-3" in data)
        parts[name] = parts[name].replace(b"010-3", b"010-9")

    path = forged(packed(two[ZHOU]), alter)
    for act in (two[ZHOU].verify, two[CHEN].merge_package, two[CHEN].preview_package):
        with pytest.raises(UserError, match="记录与清单不符"):
            act(path)


# --- files put back and copied


def test_that_what_was_lost_here_comes_back_with_a_package(two: Stations) -> None:
    """The file was put back by hand, and nothing was written since: its chain is the other's beginning."""
    zhou = two[ZHOU]
    old = zhou.path.with_name("旧.duban")
    zhou.save_copy(old)
    stations.call(zhou, "010-6")
    send(zhou, two[CHEN])
    back = packed(two[CHEN])
    with Workspace.open(old, author=ZHOU) as put_back:
        assert put_back.merge_package(back).units.total == 1
        assert put_back.units()[0].telephone == "010-6"
        stations.call(put_back, "010-7")
        assert put_back.verify() == put_back.verify(back) == []
        assert send(put_back, two[CHEN]).conflicts == ()
        assert two[CHEN].units()[0].telephone == "010-7"


def test_that_a_copy_goes_its_own_way_and_both_can_be_merged(two: Stations) -> None:
    zhou, chen = two[ZHOU], two[CHEN]
    other = zhou.path.with_name("副本.duban")
    zhou.save_copy(other)
    stations.call(zhou, "010-6")
    with Workspace.open(other, author=ZHOU) as copied:
        stations.add_unit(copied)
        send(zhou, chen)
        assert send(copied, chen).units.new == 1
        assert chen.units()[0].telephone == "010-6"
        assert send(chen, copied).units.changed == 1
        assert send(chen, zhou).units.new == 1
        assert zhou.verify() == copied.verify() == chen.verify() == []


def test_that_a_restored_backup_begins_a_chain_of_its_own(kept: dict[str, Path], tmp_path: Path) -> None:
    with stations.opened({CHEN: kept[CHEN]}, tmp_path) as found:
        path = Path(shutil.copy(kept[ZHOU], tmp_path / "周.duban"))
        backup = tmp_path / "备份.duban"
        with Workspace.open(path, author=ZHOU) as zhou:
            stations.call(zhou, "010-1")
            zhou.backup(backup)
            stations.call(zhou, "010-2")
            send(zhou, found[CHEN])
        restore(backup, path)
        with ExitStack() as stack:
            zhou = stack.enter_context(Workspace.open(path, author=ZHOU))
            stations.rename_report(zhou, "恢复以后")
            assert send(zhou, found[CHEN]).metadata.total == 1
            assert found[CHEN].units()[0].telephone == "010-2"
            send(found[CHEN], zhou)
            assert zhou.units()[0].telephone == "010-2"
            assert zhou.verify() == found[CHEN].verify() == []


def test_that_a_chain_that_goes_two_ways_is_refused_with_both_named(two: Stations) -> None:
    zhou, chen = two[ZHOU], two[CHEN]
    send(zhou, chen)
    rewritten(zhou)
    with pytest.raises(UserError, match=r"里的记录与这里的对不上（记录链.{8}从第\d+条起不同）"):
        send(zhou, chen)
    with pytest.raises(UserError, match="没有合并"):
        chen.preview_package(packed(zhou))
