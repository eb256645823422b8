"""One tag more and one tag less while many others are there or few: the repaint, and apart from it the commit."""

import statistics
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint

from app.domain.changes import Change, Edit
from app.domain.marks import Mark
from app.domain.spans import Span
from app.workspace import Workspace
from tests.bench.contest import Area, Comparison, Sample, hash_of
from tests.bench.documents import numbers_of, overlapping_marks, shown_text, source_text
from tests.bench.stored import tag_of, workspace
from tests.bench.windows import LIBRARIES, OwnView, own_view, settle, text_shown, until_painted

CHANGES = 60


def _repaint(tags: int) -> Sample:
    marks, view = overlapping_marks(tags), own_view()
    view.show_report(shown_text())
    view.set_marks(marks, numbers_of(marks))
    middle = len(shown_text().text) // 2
    place = shown_text().to_source(Span(middle, middle + 1))
    if place is not None:
        view.reveal(place)
    settle(view)
    fresh = _fresh_marks(view)
    settle(view)
    added = [until_painted(view, partial(view.patch_marks, (), (mark,))) for mark in fresh]
    removed = [until_painted(view, partial(view.patch_marks, (mark,), ())) for mark in fresh]
    seconds = {"add": statistics.median(added), "remove": statistics.median(removed)}
    return Sample(seconds, hash_of(text_shown(view)))


def _fresh_marks(view: OwnView) -> list[Mark]:
    """Tags of eight characters all over what is seen, the same whatever is there already."""
    height, marks = view.viewport().height(), []
    for number in range(CHANGES):
        point = QPoint(100 + 37 * number % 300, height // 10 + height * 8 * number // (10 * CHANGES))
        view.setTextCursor(view.cursorForPosition(point))
        at = view.caret_source() or 0
        marks.append(Mark(f"fresh-{number}", "task-0", "target", at - 4, at + 4, number % 2 == 0))
    return marks


def _commit(tags: int) -> Sample:
    """The workspace's own way: the change checked, its rows and its log entry written, on disk."""
    with workspace(tags) as opened:
        changes = _changes(opened)
        added = [_seconds(partial(opened.apply, change)) for change in changes]
        told = _rows(opened, changes)
        removed = [_seconds(partial(opened.apply, change.inverse())) for change in changes]
    return Sample({"add": statistics.median(added), "remove": statistics.median(removed)}, _told(told))


def _commit_orm(tags: int) -> Sample:
    """SQLAlchemy's own way to the same rows: objects added to or deleted from a session, committed."""
    from sqlalchemy.orm import Session

    from db.schema import ChangeLogRow, TagRow

    with workspace(tags) as opened:
        changes = _changes(opened)
        for change in changes:
            opened.apply(change)
        rows = _rows(opened, changes)
    with workspace(tags) as opened:
        engine = opened._store._writer

        def add(tag: dict[str, Any], entry: dict[str, Any]) -> None:
            with Session(engine) as session:
                session.add_all([TagRow(**tag), ChangeLogRow(**entry)])
                session.commit()

        def remove(tag: dict[str, Any], entry: dict[str, Any]) -> None:
            with Session(engine) as session:
                session.delete(session.get_one(TagRow, {"layer_id": tag["layer_id"], "id": tag["id"]}))
                session.add(ChangeLogRow(**entry))
                session.commit()

        added = [_seconds(partial(add, tag, entry)) for tag, entry in rows]
        told = _rows(opened, changes)
        later = [
            (
                tag,
                {
                    **entry,
                    "id": f"x{entry['id']}",
                    "seq": entry["seq"] + CHANGES,
                    "position": entry["position"] + CHANGES,
                },
            )
            for tag, entry in rows
        ]
        removed = [_seconds(partial(remove, tag, entry)) for tag, entry in later]
    return Sample({"add": statistics.median(added), "remove": statistics.median(removed)}, _told(told))


def _changes(opened: Workspace) -> list[Change]:
    """One tag more, again and again."""
    (card,) = opened.reports()
    layer, text = opened.layer(card.id).id, source_text()
    task = opened.tasks(layer)[0].id
    marks = [Mark(f"fresh-{n}", task, "target", 900 + n, 912 + n, is_suggested=False) for n in range(CHANGES)]
    return [Change("标为目标", card.id, (Edit(None, tag_of(mark, layer, text)),)) for mark in marks]


def _rows(opened: Workspace, changes: list[Change]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The rows of each change: its tag's and its log entry's, both as they stand in the file."""
    from sqlalchemy import select

    from db.schema import ChangeLogRow, TagRow, table_of

    tag, entry = table_of(TagRow), table_of(ChangeLogRow)
    ids = [change.edits[0].id for change in changes]
    with opened._store.reading() as connection:
        tags = {r["id"]: dict(r) for r in connection.execute(select(tag).where(tag.c.id.in_(ids))).mappings()}
        last = select(entry).order_by(entry.c.seq.desc()).limit(len(ids))
        entries = [dict(row) for row in connection.execute(last).mappings()][::-1]
    return [(tags[tag_id], entry_row) for tag_id, entry_row in zip(ids, entries, strict=True)]


def _told(rows: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> str:
    """A hash of what was written, but for ids, times and layers, which no two runs share."""
    return hash_of(str([(t["id"], t["kind"], t["spans"], t["text"], e["label"]) for t, e in rows]))


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


AREA = Area(
    "tagging",
    f"adding and removing one tag, the median of {CHANGES}",
    {
        "repaint, 100 tags": partial(_repaint, 100),
        "repaint, 10,000 tags": partial(_repaint, 10_000),
        "commit, 100 tags": partial(_commit, 100),
        "commit, 10,000 tags": partial(_commit, 10_000),
        "commit, SQLAlchemy ORM": partial(_commit_orm, 10_000),
    },
    (
        Comparison(
            "add: repaint, 10,000 tags against 100", "repaint, 10,000 tags", "repaint, 100 tags", "add", 1.3
        ),
        Comparison(
            "remove: repaint, 10,000 tags against 100",
            "repaint, 10,000 tags",
            "repaint, 100 tags",
            "remove",
            1.3,
        ),
        Comparison(
            "add: commit, 10,000 tags against 100",
            "commit, 10,000 tags",
            "commit, 100 tags",
            "add",
            1.3,
            same_output=False,
        ),
        Comparison(
            "remove: commit, 10,000 tags against 100",
            "commit, 10,000 tags",
            "commit, 100 tags",
            "remove",
            1.3,
            same_output=False,
        ),
        Comparison(
            "add: commit against SQLAlchemy's ORM", "commit, 10,000 tags", "commit, SQLAlchemy ORM", "add", 2
        ),
        Comparison(
            "remove: commit against SQLAlchemy's ORM",
            "commit, 10,000 tags",
            "commit, SQLAlchemy ORM",
            "remove",
            2,
        ),
    ),
    (*LIBRARIES, "SQLAlchemy"),
)
