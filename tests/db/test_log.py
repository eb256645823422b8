"""The change log tells every transaction, and shows when somebody has rewritten it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from app.domain.changes import Change, Edit
from db import changes, log
from db.engine import Store
from db.log import Author
from tests.stored import DISMISSAL, HERE, REPORT, TAGS, TASK, UNIT, adding, card

THERE = Author("陈静", "station-b")


def apply(store: Store, change: Change, author: Author = HERE) -> Change:
    with store.writing() as connection:
        return changes.apply(connection, change, author)


def entries(store: Store, report_id: str | None = None, limit: int = 100) -> tuple[log.Entry, ...]:
    with store.reading() as connection:
        return log.entries(connection, report_id, limit)


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
    assert problems(three) == ["第6条记录（添加）之前的记录被删改过。"]


def test_that_a_chain_cannot_fork(three: Store) -> None:
    with pytest.raises(IntegrityError, match="UNIQUE"):
        execute(
            three,
            "INSERT INTO change_log (id, at, who, workstation, label, report_id, edits, previous, hash)"
            " SELECT 'fork', at, who, workstation, label, report_id, edits, previous, 'y' FROM change_log"
            " WHERE seq = 3",
        )
