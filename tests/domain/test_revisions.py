"""What a new version leaves for a person, and how each is settled."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain import revisions
from app.domain.changes import Edit
from app.domain.errors import UserError
from app.domain.revisions import NoteKind, RevisionNote, read_anew
from app.domain.spans import Span
from app.domain.tasks import (
    Comparator,
    Deadline,
    DeadlineKind,
    Direction,
    Nature,
    Owner,
    Role,
    Tag,
    TagKind,
    Target,
    Task,
)

TASK = Task("t1", "l", (Span(20, 30),), "新建小学", "新建小学8所。")
TAG = Tag(
    "g1",
    "l",
    "t1",
    TagKind.TARGET,
    (Span(24, 26),),
    "8所",
    Target("小学", low=5, high=5, unit="所"),
    revised="5所",
)
GONE = Tag("g2", "l", "t1", TagKind.DEADLINE, (), "6月底前", revised="6月底前")
OTHER = Task("t2", "l", (Span(2, 9),), "改造", "改造老旧小区。", revised="整修老旧小区。")


def test_that_notes_stand_by_how_pressing_they_are_then_in_text_order() -> None:
    late = replace(TAG, id="g3", spans=(Span(40, 42),))
    found = revisions.notes((TASK, OTHER), (GONE, late, TAG))
    assert found == (
        RevisionNote(NoteKind.FIGURE, TAG, "5所", "8所"),
        RevisionNote(NoteKind.FIGURE, late, "5所", "8所"),
        RevisionNote(NoteKind.REWORDED, OTHER, "整修老旧小区。", "改造老旧小区。"),
        RevisionNote(NoteKind.ORPHANED, GONE, "6月底前", ""),
    )
    assert [note.task_id for note in found] == ["t1", "t1", "t2", "t1"]
    assert [note.spans for note in found][-2:] == [(Span(2, 9),), ()]


def test_that_nothing_waits_where_nothing_was_revised() -> None:
    assert revisions.notes((TASK,), (replace(TAG, revised=""),)) == ()


def test_that_a_note_is_kept_taken_placed_or_dropped() -> None:
    note, orphan = (
        RevisionNote(NoteKind.FIGURE, TAG, "5所", "8所"),
        RevisionNote(NoteKind.ORPHANED, GONE, "6月底前", ""),
    )
    value = Target("小学", low=8, high=8, unit="所")
    assert revisions.kept("r", note).edits == (Edit(TAG, replace(TAG, revised="")),)
    assert revisions.taken("r", note, value).edits == (Edit(TAG, replace(TAG, value=value, revised="")),)
    there = revisions.placed("r", orphan, (Span(3, 7),), "年底前")
    assert there.edits == (Edit(GONE, replace(GONE, spans=(Span(3, 7),), text="年底前", revised="")),)
    assert revisions.dropped("r", orphan, (TAG, GONE)).edits == (Edit(GONE, None),)
    assert {c.report_id for c in (revisions.kept("r", note), there)} == {"r"}


def test_that_a_task_is_placed_with_its_words_and_dropped_with_its_tags() -> None:
    note = RevisionNote(NoteKind.REWORDED, OTHER, "整修老旧小区。", "改造老旧小区。")
    after = revisions.placed("r", note, (Span(0, 4),), "新的原文").edits[0].after
    assert after == replace(OTHER, spans=(Span(0, 4),), quote="新的原文", revised="")
    assert revisions.dropped("r", note, (TAG,)).edits == (Edit(TAG, None), Edit(OTHER, None))


def test_that_what_cannot_be_done_is_said() -> None:
    note = RevisionNote(NoteKind.FIGURE, TAG, "5所", "8所")
    value = Target("小学")
    for wrong, read in (
        (note, None),
        (RevisionNote(NoteKind.ORPHANED, GONE, "", ""), value),
        (RevisionNote(NoteKind.REWORDED, OTHER, "", ""), value),
    ):
        with pytest.raises(UserError, match="读不出新值"):
            revisions.taken("r", wrong, read)
    with pytest.raises(UserError, match="选中"):
        revisions.placed("r", note, (), "")


def test_that_a_value_read_anew_keeps_what_its_words_rarely_tell() -> None:
    old = Target("小学", Comparator.EQ, 5, 5, "所", Direction.UP, Nature.BINDING, "3所", True)
    read = Target("新建小学", Comparator.GE, 8, None, "所")
    assert read_anew(old, read) == Target(
        "小学", Comparator.GE, 8, None, "所", Direction.UP, Nature.BINDING, "", True
    )
    assert read_anew(Target(""), read) == read
    other = replace(read, direction=Direction.DOWN, nature=Nature.EXPECTED)
    assert read_anew(old, other) == replace(other, indicator="小学", is_cumulative=True)


def test_that_a_figure_that_cannot_be_read_is_none() -> None:
    old = Target("小学", low=5, high=5)
    assert read_anew(old, Target("小学若干")) is None
    assert read_anew(old, Target("收入", Comparator.SYNC)) == Target("小学", Comparator.SYNC)
    assert read_anew(Target("收入", Comparator.SYNC), Target("收入")) == Target("收入")
    assert read_anew(old, Owner(Role.LEAD, "区教育局")) is None
    assert read_anew(old, None) is None


def test_that_other_values_are_taken_as_read() -> None:
    read = Deadline(DeadlineKind.EXPLICIT, date(2026, 9, 30))
    assert read_anew(Deadline(DeadlineKind.EXPLICIT, date(2026, 6, 30)), read) == read
