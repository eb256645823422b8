"""What tasks, targets and units are called today, by what they were ever called; when ledgers went out."""

from datetime import UTC, datetime
from pathlib import Path

from app.domain.spans import Span
from app.domain.tasks import Item, Tag, TagKind, Target, Task
from app.domain.units import Unit
from app.workspace import Workspace
from app.workspace.exporting import head_mark
from app.workspace.returning import _named, _Sent
from app.workspace.work_facts import bodies, names_of


def item(task_id: str, origin: str = "", merged: tuple[str, ...] = (), *tags: tuple[str, str]) -> Item:
    task = Task(task_id, "l", (Span(0, 1),), "", merged_ids=merged, origin=origin, version=1)
    made = tuple(Tag(t, "l", task_id, TagKind.TARGET, (), "", Target(""), o, version=1) for t, o in tags)
    return Item(task, made)


def test_that_a_task_is_known_by_its_id_its_suggestion_and_what_was_merged_into_it() -> None:
    items = [item("t1", "task:1-9", ("t8",), ("g1", "target:2-3")), item("t2")]
    assert names_of(items, []) == {
        "t1": "t1",
        "t2": "t2",
        "g1": "g1",
        "task:1-9": "t1",
        "target:2-3": "g1",
        "t8": "t1",
    }


def test_that_anothers_version_of_a_task_is_the_same_by_its_suggestion() -> None:
    items = [item("t1", "task:1-9")]
    others = [
        ("a1", "task:1-9", ("a2",)),
        ("t1", "task:1-9", ("t7",)),
        ("b1", "", ()),
        ("b2", "task:5-6", ("b3",)),
    ]
    names = names_of(items, others)
    assert (names["a1"], names["a2"], names["t7"]) == ("t1", "t1", "t1")
    assert not names.keys() & {"b1", "b2", "b3", ""}


def test_that_what_stands_is_never_called_after_something_else() -> None:
    items = [item("t1", "t2", ("t3",)), item("t2"), item("t3")]
    names = names_of(items, [("t2", "t1", ())])
    assert [names[name] for name in ("t1", "t2", "t3")] == ["t1", "t2", "t3"]


def test_that_a_unit_is_known_by_every_name_it_had() -> None:
    new = Unit("u2", "科技", "云港区科技和工业局", "区科工局")
    old = Unit(
        "u1",
        "科技",
        "云港区科学技术局",
        "区科技局",
        aliases=("区科委",),
        valid_to=datetime(2026, 1, 1, tzinfo=UTC).date(),
        successor_id="u2",
    )
    found = bodies((old, new), ["区科工局", "区某办"])
    assert {
        name: found[name] for name in ("区科工局", "云港区科技和工业局", "区科技局", "区科委", "区某办")
    } == {
        "区科工局": "区科工局",
        "云港区科技和工业局": "区科工局",
        "区科技局": "区科工局",
        "区科委": "区科工局",
        "区某办": "区某办",
    }
    assert bodies((old, new), ["区某办"]) == {"区某办": "区某办"}


def test_that_a_ledgers_mark_tells_when_it_went_out(empty: Workspace) -> None:
    sent = _Sent(empty._store)
    (entry, *_) = empty.history(limit=1)
    assert sent.at(head_mark(empty)) == entry.at
    for mark in (
        "",
        "1",
        "x-3f9a1c20ab34",
        "1-",
        "1-%%%%%%%%%%%%",
        "99-" + entry.hash[:12],
        "²-" + entry.hash[:12],
    ):
        assert sent.at(mark) is None


def test_that_files_are_told_by_as_much_of_their_path_as_tells_them_apart(tmp_path: Path) -> None:
    one, other = tmp_path / "甲" / "表.xlsx", tmp_path / "乙" / "表.xlsx"
    deep, alone = tmp_path / "x" / "甲" / "表.xlsx", tmp_path / "别的.xlsx"
    assert _named([one, alone, one]) == {"表.xlsx": one, "别的.xlsx": alone}
    assert _named([one, other]) == {"甲/表.xlsx": one, "乙/表.xlsx": other}
    assert _named([one, other, deep]) == {str(one): one, "乙/表.xlsx": other, str(deep): deep}
    assert list(_named([Path("/表.xlsx")]).values()) == [Path("/表.xlsx").absolute()]
