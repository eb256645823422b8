"""The change log tells every transaction, and shows when somebody has rewritten it."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from app.domain.chains import Link, linked
from app.domain.changes import Change, Edit
from db import changes, files, log
from db.engine import Store, open_store
from db.log import Author
from tests.stored import DISMISSAL, HERE, REPORT, TAGS, TASK, UNIT, adding, card, put_report

THERE = Author("陈静", "station-b", "person-b")


def apply(store: Store, change: Change, author: Author = HERE) -> Change:
    with store.writing() as connection:
        return changes.apply(connection, change, author)


def entries(store: Store, report_id: str | None = None, limit: int = 100) -> tuple[log.Entry, ...]:
    with store.reading() as connection:
        return tuple(log.entries(connection, report_id, limit))


def problems(store: Store) -> list[str]:
    with store.reading() as connection:
        return log.problems(connection)


def execute(store: Store, sql: str) -> None:
    with store.writing() as connection:
        connection.exec_driver_sql(sql)


@pytest.fixture
def three(filled: Store) -> Store:
    """Three entries of one workstation: made, changed, taken away."""
    made = apply(filled, adding(TASK))
    stored = made.edits[0].after
    changed = apply(filled, Change("改标题", REPORT, (Edit(stored, replace(TASK, title="扩建泊位")),)))
    apply(filled, Change("删除任务", REPORT, (Edit(changed.edits[0].after, None),)))
    return filled


def test_that_an_entry_tells_who_did_what_where_and_when(filled: Store) -> None:
    done = apply(filled, adding(TASK, TAGS[0], DISMISSAL, UNIT))
    (entry,) = entries(filled)
    assert (entry.seq, entry.who, entry.workstation) == (1, "周宁", "station-a")
    assert (entry.label, entry.report_id) == ("添加", REPORT)
    assert entry.edits == done.edits
    assert timedelta(0) <= datetime.now(UTC) - entry.at < timedelta(minutes=5)


def test_that_before_and_after_of_every_edit_are_kept(three: Store) -> None:
    newest, middle, oldest = entries(three)
    assert [entry.label for entry in (newest, middle, oldest)] == ["删除任务", "改标题", "添加"]
    assert oldest.edits == (Edit(None, replace(TASK, version=1)),)
    assert middle.edits == (Edit(replace(TASK, version=1), replace(TASK, title="扩建泊位", version=2)),)
    assert newest.edits == (Edit(replace(TASK, title="扩建泊位", version=2), None),)


def test_that_a_reports_own_change_is_told(filled: Store) -> None:
    about = card()
    done = apply(filled, Change("移除报告", about.id, (Edit(about, replace(about, is_removed=True)),)))
    assert entries(filled)[0].edits == done.edits


def test_that_every_entry_has_an_id_of_its_own(three: Store) -> None:
    assert len({entry.id for entry in entries(three)}) == 3


def test_that_history_can_be_of_one_report_and_of_the_newest_only(three: Store) -> None:
    apply(three, Change("改单位", "", (Edit(None, UNIT),)))
    assert [entry.label for entry in entries(three, limit=2)] == ["改单位", "删除任务"]
    assert [entry.label for entry in entries(three, REPORT, 2)] == ["删除任务", "改标题"]
    assert [entry.label for entry in entries(three, "")] == ["改单位"]
    assert entries(three, "another") == ()


def test_that_history_can_be_of_what_was_written_after_a_moment(three: Store) -> None:
    execute(three, "UPDATE change_log SET at = '2026-03-01 08:00:00.000000' WHERE seq = 1")
    execute(three, "UPDATE change_log SET at = '2026-03-01 08:00:00.000001' WHERE seq = 3")
    with three.reading() as connection:
        later = list(log.entries(connection, since=datetime(2026, 3, 1, 8, tzinfo=UTC)))
    assert [entry.seq for entry in later] == [3, 2]


def test_that_an_untouched_log_has_no_problems(three: Store) -> None:
    assert problems(three) == []


@pytest.mark.parametrize(
    "column",
    [
        "label = '别的'",
        "who = '别人'",
        "at = '2020-01-01 00:00:00.000000'",
        "edits = '[]'",
        "report_id = ''",
        "id = 'x'",
    ],
)
def test_that_a_rewritten_entry_is_found(three: Store, column: str) -> None:
    execute(three, f"UPDATE change_log SET {column} WHERE seq = 2")
    (problem,) = problems(three)
    assert "第2条记录" in problem
    assert "内容被改动过" in problem


def test_that_a_deleted_entry_is_found(three: Store) -> None:
    execute(three, "DELETE FROM change_log WHERE seq = 2")
    assert problems(three) == ["第3条记录（删除任务）之前的记录被删改过。"]


def test_that_a_deleted_first_entry_is_found(three: Store) -> None:
    execute(three, "DELETE FROM change_log WHERE seq = 1")
    assert problems(three) == ["第2条记录（改标题）之前的记录被删改过。"]


def test_that_a_rewritten_hash_is_found_on_both_sides(three: Store) -> None:
    execute(three, "UPDATE change_log SET hash = 'x' WHERE seq = 1")
    assert problems(three) == [
        "第1条记录（添加）的内容被改动过。",
        "第2条记录（改标题）之前的记录被删改过。",
    ]


def test_that_every_workstation_has_a_chain_of_its_own(three: Store) -> None:
    apply(three, adding(DISMISSAL), THERE)
    apply(three, adding(UNIT))
    apply(three, adding(replace(DISMISSAL, id="d2")), THERE)
    assert problems(three) == []
    execute(three, "DELETE FROM change_log WHERE workstation = 'station-b' AND seq = 4")
    (chain,) = {entry.chain for entry in entries(three) if entry.workstation == "station-b"}
    assert problems(three) == [f"记录链{chain[:8]}的第2条记录（添加）之前的记录被删改过。"]


def test_that_a_chain_cannot_fork(three: Store) -> None:
    with pytest.raises(IntegrityError, match="UNIQUE"):
        execute(
            three,
            "INSERT INTO change_log SELECT seq + 1, 'fork', at, who, person_id, workstation, label, report_id,"
            " edits, chain, position, previous, body_hash, 'y', is_redacted FROM change_log WHERE seq = 3",
        )


def test_that_an_entry_says_who_as_a_person_and_where_in_which_chain(three: Store) -> None:
    newest, middle, oldest = entries(three)
    assert {entry.person_id for entry in (newest, middle, oldest)} == {HERE.person_id}
    assert len({entry.chain for entry in (newest, middle, oldest)}) == 1
    assert [entry.position for entry in (newest, middle, oldest)] == [3, 2, 1]


def test_that_entries_can_be_of_one_person_and_of_one_task(three: Store) -> None:
    apply(three, adding(DISMISSAL), THERE)
    assert [entry.who for entry in chosen(three, person_id="person-b")] == ["陈静"]
    assert len(chosen(three, person_id=HERE.person_id)) == 3
    assert [entry.label for entry in chosen(three, task_id="task-1")] == ["删除任务", "改标题", "添加"]
    assert chosen(three, task_id="task-%") == ()
    assert [entry.who for entry in chosen(three, task_id="dismissal-1")] == ["陈静"]


def chosen(store: Store, **fields: str) -> tuple[log.Entry, ...]:
    with store.reading() as connection:
        return tuple(log.entries(connection, **fields))  # type: ignore[arg-type]  # callers name its filters


# --- chains of files and workstations


def head(store: Store, workstation: str = HERE.workstation) -> log.Head | None:
    with store.reading() as connection:
        return log.head(connection, workstation)


def test_that_the_head_is_the_last_entry_of_the_own_chain_else_the_newest_of_all(filled: Store) -> None:
    assert head(filled) is None
    apply(filled, adding(TASK))
    own = entries(filled)[0]
    assert head(filled) == (own.chain, 1, own.hash)
    apply(filled, adding(DISMISSAL), THERE)
    other = entries(filled)[0]
    assert head(filled) == (own.chain, 1, own.hash)
    assert head(filled, "station-b") == (other.chain, 1, other.hash)
    assert head(filled, "station-c") == (other.chain, 1, other.hash)


def test_that_a_copy_goes_on_in_a_chain_of_its_own_from_the_old_head(three: Store, tmp_path: Path) -> None:
    old = head(three)
    copy = tmp_path / "copy.duban"
    three.close()
    shutil.copy(three.path, copy)
    for path in (copy, three.path):
        with closing(open_store(path)) as store:
            apply(store, adding(DISMISSAL))
            found = entries(store)[0]
            assert old is not None
            is_copy = path == copy
            assert (found.chain != old.chain, found.position) == (is_copy, 1 if is_copy else 4)
            (link,) = [link for link in links(store) if link.hash == found.hash]
            assert link.previous == old.hash
            assert problems(store) == []


def test_that_a_restored_backup_begins_a_new_chain_at_the_old_place(three: Store, tmp_path: Path) -> None:
    backup = tmp_path / "backup.duban"
    files.copy(three.path, backup)
    apply(three, adding(DISMISSAL))
    lost = head(three)
    three.close()
    files.put_back(backup, three.path, tmp_path / "kept.duban")
    with closing(open_store(three.path)) as store:
        apply(store, adding(DISMISSAL))
        found = entries(store)[0]
        assert lost is not None
        assert (found.chain != lost.chain, found.position) == (True, 1)
        assert problems(store) == []


def test_that_a_chain_goes_on_where_its_file_is_moved_on_purpose(three: Store, tmp_path: Path) -> None:
    old = head(three)
    moved = tmp_path / "moved.duban"
    with three.writing() as connection:
        log.moved(connection, str(moved))
    three.close()
    three.path.rename(moved)
    with closing(open_store(moved)) as store:
        apply(store, adding(DISMISSAL))
        found = entries(store)[0]
        assert old is not None
        assert (found.chain, found.position) == (old.chain, 4)


def test_that_a_workstation_new_to_a_file_goes_on_from_its_newest_entry(three: Store) -> None:
    old = head(three)
    apply(three, adding(DISMISSAL), THERE)
    (link,) = [link for link in links(three) if link.position == 1 and link.previous]
    assert old is not None
    assert link.previous == old.hash


# --- entries that come with a package


def test_that_a_chain_of_which_nothing_is_left_is_begun_again(filled: Store) -> None:
    apply(filled, adding(TASK))
    (before,) = entries(filled)
    execute(filled, "DELETE FROM change_log")
    apply(filled, adding(DISMISSAL))
    (entry,) = entries(filled)
    assert (entry.chain, entry.position) == (before.chain, 1)
    assert links(filled)[0].previous == ""


def links(store: Store) -> list[Link]:
    with store.reading() as connection:
        return list(log.links(connection))


def receive(store: Store, fresh: list[Link]) -> int:
    with store.writing() as connection:
        return log.receive(connection, fresh)


@pytest.fixture
def other(empty_file: Path, tmp_path: Path) -> Iterator[Store]:
    """Another workspace with a report."""
    with closing(open_store(Path(shutil.copy(empty_file, tmp_path / "other.duban")))) as store:
        put_report(store)
        yield store


def test_that_received_entries_read_as_where_they_were_written(three: Store, other: Store) -> None:
    sent = links(three)
    assert receive(other, sent) == 3
    assert receive(other, sent) == 0
    assert links(other) == sent
    assert [e._replace(seq=0) for e in entries(other)] == [e._replace(seq=0) for e in entries(three)]
    assert problems(other) == []


def test_that_what_came_only_as_hashes_tells_nothing_until_it_comes_whole(three: Store, other: Store) -> None:
    sent = links(three)
    bare = [replace(link, body=None) for link in sent]
    assert receive(other, [bare[0], sent[1], bare[2]]) == 3
    assert [entry.label for entry in entries(other)] == ["改标题"]
    assert links(other) == [bare[0], sent[1], bare[2]]
    assert problems(other) == []
    assert receive(other, bare) == 0
    assert receive(other, sent) == 2
    assert links(other) == sent
    assert {entry.label for entry in entries(other)} == {"删除任务", "改标题", "添加"}


def test_that_entries_that_fork_a_chain_are_not_taken(three: Store, other: Store) -> None:
    sent = links(three)
    receive(other, sent)
    forged = linked(sent[2].chain, 3, sent[1].hash, {**(sent[2].body or {}), "label": "别的"})
    with pytest.raises(ValueError, match="forks at 3"):
        receive(other, [forged])


def test_that_a_tail_cut_off_shows_by_what_it_wrote(filled: Store) -> None:
    made = apply(filled, adding(TASK))
    apply(filled, Change("改标题", REPORT, (Edit(made.edits[0].after, replace(TASK, title="扩建")),)))
    chain = entries(filled)[0].chain
    execute(filled, "DELETE FROM change_log WHERE seq = 2")
    assert problems(filled) == [f"记录链{chain[:8]}在第1条之后被截断：有内容写于第2条。"]
